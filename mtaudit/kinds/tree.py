"""The notation of dependency rules: a tree of tokens, one a line, read into nodes.

`docs/rules.md` describes it for those who write rules. A line is an operator of spaCy's
DependencyMatcher with the relations it may follow, then the token; its indentation says to which
line above it belongs. `!` before it asks that there be no such token.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from mtaudit.french.lexicon import Lexicon
from mtaudit.kinds.pattern import Class, Exact, Node, PatternError, Regex, Words, parse

# Longest first: `>++` must not be read as `>` and a token.
_OPERATORS: Final = (
    ">++", ">--", "<++", "<--", "$++", "$--", ">+", ">-", "<+", "<-", "$+", "$-", ">>", "<<",
    ".*", ";*", ">", "<", ".", ";",
)  # fmt: skip
_RELATION: Final = re.compile(r"[a-z]+(?::[a-z]+)?(?:\|[a-z]+(?::[a-z]+)?)*")
_ELEMENT: Final = re.compile(r"<[^>]*>|\[[^\]]*\]|\"[^\"]*\"|/[^/]*/|[^\s<>\[\]\"/{}]+")
RELATIONS: Final = frozenset(
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse "
    "dislocated expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis "
    "punct root vocative xcomp".split()
)


@dataclass(frozen=True)
class Token:
    """What one token of a tree must be.

    Attributes:
        parent: Index of the token that it hangs on in the notation; -1 for the first one.
        operator: How it stands to that, in DependencyMatcher's notation.
        relations: Names of the relation between the two; any where empty.
        absent: Whether there must be no such token.
        flagged: `token`, `subtree` (all that depends on it as well) or empty.
        lemmas: For `<...>`: what it names, so that a suggestion can follow the form.
    """

    parent: int
    operator: str
    relations: tuple[str, ...]
    absent: bool
    flagged: str
    forms: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()
    exact: str = ""
    expression: str = ""
    upos: str = ""
    features: frozenset[str] = frozenset()


def parse_tree(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """The tokens of a tree, each after the one that it hangs on.

    Raises:
        PatternError: The notation is wrong, or the lexicon lacks a lemma; `column` counts
            characters of the whole text.
    """
    tokens: list[Token] = []
    open_: list[tuple[int, int]] = []  # indentation and index of the lines that may be hung on
    position = 0
    for line in text.split("\n"):
        body = line.split(" #")[0].rstrip()
        if body.strip():
            indent = len(body) - len(body.lstrip())
            while open_ and open_[-1][0] >= indent:
                open_.pop()
            if tokens and not open_:
                raise PatternError("a second token that hangs on none", position + indent)
            parent = open_[-1][1] if open_ else -1
            if parent >= 0 and tokens[parent].absent:
                raise PatternError("a token hangs on one that must be absent", position + indent)
            tokens.append(_token(body.strip(), parent, position + indent, lexicon))
            open_.append((indent, len(tokens) - 1))
        position += len(line) + 1
    if not tokens:
        raise PatternError("the tree is empty", 0)
    return tuple(tokens)


def _token(text: str, parent: int, at: int, lexicon: Lexicon) -> Token:
    absent = text.startswith("!")
    rest = text[absent:].lstrip()
    operator = ""
    relations: tuple[str, ...] = ()
    if parent >= 0:
        operator = next((each for each in _OPERATORS if rest.startswith(each)), "")
        # `<faire>` begins like an operator and is none.
        if not operator or (operator == "<" and re.match(r"<[^>\s]+>", rest)):
            raise PatternError(
                f"{text!r} begins with no operator; expected one of {' '.join(_OPERATORS)}", at
            )
        rest = rest[len(operator) :]
        named = _RELATION.match(rest)
        if named and (len(rest) == named.end() or rest[named.end()].isspace()):
            relations = tuple(named.group().split("|"))
            for each in relations:
                if each.partition(":")[0] not in RELATIONS:
                    raise PatternError(f"{each!r} is no relation of Universal Dependencies", at)
            rest = rest[named.end() :]
        rest = rest.strip()
    elif absent:
        raise PatternError("the first token must be there", at)
    flagged = ""
    if rest.startswith("{{") and rest.endswith("}}"):
        flagged, rest = "subtree", rest[2:-2].strip()
    elif rest.startswith("{") and rest.endswith("}"):
        flagged, rest = "token", rest[1:-1].strip()
    made = Token(parent, operator, relations, absent, flagged)
    for node in _nodes(rest or "*", at, lexicon):
        made = _with(made, node, at)
    return made


def _nodes(text: str, at: int, lexicon: Lexicon) -> list[Node]:
    found: list[Node] = []
    end = 0
    for part in _ELEMENT.finditer(text):
        if part.start() != end:
            break
        end = part.end()
        if part.group() == "*":
            continue
        if part.group()[0] not in '<["/' and "|" in part.group():
            forms = [parse(each, lexicon).nodes for each in part.group().split("|")]
            found.append(Words(frozenset(f for nodes in forms for n in nodes for f in _forms(n))))
            continue
        try:
            nodes = parse(part.group(), lexicon).nodes
        except PatternError as error:
            raise PatternError(str(error), at + part.start()) from None
        if len(nodes) != 1:
            raise PatternError(f"{part.group()!r} is more than one token", at + part.start())
        found.append(nodes[0])
    if end != len(text):
        raise PatternError(f"{text[end:]!r} cannot be read as part of a token", at + end)
    return found


def _forms(node: Node) -> frozenset[str]:
    return node.forms if isinstance(node, Words) else frozenset()


def _with(token: Token, node: Node, at: int) -> Token:
    match node:
        case Words(forms, lemmas):
            return replace(token, forms=forms, lemmas=lemmas)
        case Exact(text):
            return replace(token, exact=text)
        case Regex(expression):
            return replace(token, expression=expression.pattern)
        case Class(upos, features):
            return replace(token, upos=upos, features=features)
        case _:
            raise PatternError('only words, <lemmas>, [classes], "exact" and /expressions/', at)
