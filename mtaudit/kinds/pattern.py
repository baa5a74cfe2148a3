"""The pattern language of phrase rules: parsed into nodes here, matched in `matching`.

`docs/rules.md` describes the notation for those who write rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from weakref import WeakKeyDictionary

from mtaudit.french.forms import function_forms
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.tokenizer import normalise, tokenize

POS: Final = "NOUN VERB ADJ ADV ADP DET PRON CCONJ SCONJ NUM INTJ PROPN NAME WORD AUX PUNCT".split()
FEATURES: Final = (
    "masc fem sing plur 1 2 3 inf part_pres part_past pres imperf past_simple fut cond subj "
    "subj_imperf imper".split()
)
DEFAULT_GAP: Final = 4


@dataclass(frozen=True)
class Words:
    """One token whose normalised form is among the forms.

    Attributes:
        lemmas: For `<...>`: what it names, so that a suggestion can follow the form that matched.
    """

    forms: frozenset[str]
    lemmas: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Exact:
    """One token spelled exactly so."""

    text: str


@dataclass(frozen=True)
class Class:
    """One token of a part of speech with features."""

    upos: str
    features: frozenset[str]


@dataclass(frozen=True)
class Regex:
    """One token whose normalised form matches in full."""

    expression: re.Pattern[str]


@dataclass(frozen=True)
class Gap:
    """Up to `most` tokens, over no punctuation but quotation marks."""

    most: int


@dataclass(frozen=True)
class Edge:
    """The sentence's beginning (`start`) or end."""

    start: bool


@dataclass(frozen=True)
class Sequence_:
    """Nodes one after the other."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Choice:
    """One of several; `group` numbers the parentheses for suggestions."""

    options: tuple[Sequence_, ...]
    group: int


@dataclass(frozen=True)
class Optional_:
    """The node or nothing, the node first."""

    node: Node


@dataclass(frozen=True)
class Not:
    """A place where the node does not match; takes no token."""

    node: Node


@dataclass(frozen=True)
class Mark:
    """The beginning (`start`) or end of the flagged tokens."""

    start: bool


Node = Words | Exact | Class | Regex | Gap | Edge | Sequence_ | Choice | Optional_ | Not | Mark


class PatternError(ValueError):
    """A pattern that cannot be read; `column` counts from 0 within the pattern."""

    def __init__(self, what: str, column: int) -> None:
        super().__init__(what)
        self.column = column


_RUN: Final = re.compile(r"""[^<>\[\](){}|?!^$"/\\\s]+""")


# What `<...>` expands to, by lexicon: rules ask for the same lemmas again and again.
_EXPANDED: Final[WeakKeyDictionary[Lexicon, dict[str, Words]]] = WeakKeyDictionary()


class _Parser:
    def __init__(self, pattern: str, lexicon: Lexicon) -> None:
        self.text = pattern
        self.lexicon = lexicon
        self.at = 0
        self.groups = 0
        self.marks = 0

    def peek(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def skip(self) -> None:
        while self.peek() and self.peek().isspace():
            self.at += 1

    def until(self, close: str, what: str) -> str:
        end = self.text.find(close, self.at)
        if end < 0:
            raise PatternError(f"{what} is not closed by {close}", self.at)
        inner = self.text[self.at : end]
        self.at = end + 1
        if not inner.strip():
            raise PatternError(f"{what} is empty", self.at - 1)
        return inner

    def pattern(self) -> Sequence_:
        node = self.sequence("")
        if self.at < len(self.text):
            raise PatternError(f"{self.peek()!r} closes nothing", self.at)
        if self.marks == 1:
            raise PatternError("the flagged part is not closed by }", 0)
        if not node.nodes:
            raise PatternError("the pattern is empty", 0)
        return node

    def sequence(self, stops: str) -> Sequence_:
        nodes: list[Node] = []
        while True:
            self.skip()
            char = self.peek()
            if not char or char in stops or char == ")":
                return Sequence_(tuple(nodes))
            nodes.extend(self.element())

    def element(self) -> list[Node]:
        start = self.at
        char = self.peek()
        if char == "{" or char == "}":
            self.at += 1
            self.marks += 1
            if (char == "{") != (self.marks == 1) or self.marks > 2:
                raise PatternError("the flagged part is opened or closed more than once", start)
            return [Mark(char == "{")]
        if char == "!":
            self.at += 1
            if not self.peek() or self.peek().isspace():
                raise PatternError("! stands before nothing", start)
            inner = self.element()
            return [Not(inner[0] if len(inner) == 1 else Sequence_(tuple(inner)))]
        nodes = self.atom()
        if self.peek() == "?":
            self.at += 1
            return [Optional_(nodes[0] if len(nodes) == 1 else Sequence_(tuple(nodes)))]
        return nodes

    def atom(self) -> list[Node]:
        start = self.at
        char = self.peek()
        if char == "(":
            self.at += 1
            self.groups += 1
            group = self.groups
            options = [self.sequence("|")]
            while self.peek() == "|":
                self.at += 1
                options.append(self.sequence("|"))
            if self.peek() != ")":
                raise PatternError("a parenthesis is not closed", start)
            self.at += 1
            return [Choice(tuple(options), group)]
        if char == "<":
            self.at += 1
            return [self.lemma(self.until(">", "a lemma"), start)]
        if char == "[":
            self.at += 1
            return [self.token_class(self.until("]", "a part of speech"), start)]
        if char == '"':
            self.at += 1
            return [Exact(token.text) for token in tokenize(self.until('"', "an exact word"))]
        if char == "/":
            self.at += 1
            try:
                return [Regex(re.compile(self.until("/", "an expression")))]
            except re.error as error:
                raise PatternError(f"the expression is wrong: {error}", start) from error
        if char in "^$":
            self.at += 1
            return [Edge(char == "^")]
        gap = re.compile(r"\.\.(\d+)?(?=[\s)}|]|$)").match(self.text, self.at)
        if gap:
            self.at = gap.end()
            return [Gap(int(gap.group(1) or DEFAULT_GAP))]
        return self.words()

    def words(self) -> list[Node]:
        start = self.at
        plain = _RUN.match(self.text, self.at)
        run = plain.group() if plain else ""
        self.at += len(run)
        if not run and self.peek() == "\\" and self.at + 1 < len(self.text):
            run = self.text[self.at + 1]
            self.at += 2
        if not run:
            raise PatternError(f"{self.peek()!r} cannot stand here", start)
        if run.isalpha():
            return [Words(frozenset((normalise(run),)))]
        return list(_words(run))

    def lemma(self, inner: str, start: int) -> Node:
        names, _, constraint = inner.partition(":")
        known = _EXPANDED.setdefault(self.lexicon, {}).get(inner)
        if known is not None:
            return known
        upos, features = self.constraint(constraint, start) if constraint else (None, frozenset())
        forms: set[str] = set()
        for name in names.split("|"):
            lemma = normalise(name.strip())
            found = function_forms(lemma) if upos is None else frozenset[str]()
            found = found or self.lexicon.forms(lemma, upos, features)
            if not found:
                raise PatternError(
                    f"the lexicon knows no form of {lemma!r}"
                    + (f" as {constraint.strip()}" if constraint else ""),
                    start,
                )
            forms.update(found)
        lemmas = frozenset(normalise(name.strip()) for name in names.split("|"))
        made = Words(frozenset(normalise(form) for form in forms), lemmas)
        _EXPANDED[self.lexicon][inner] = made
        return made

    def token_class(self, inner: str, start: int) -> Node:
        upos, features = self.constraint(inner, start)
        return Class(upos, features)

    def constraint(self, text: str, start: int) -> tuple[str, frozenset[str]]:
        upos, *features = (part.strip() for part in text.split(","))
        if upos not in POS:
            raise PatternError(
                f"{upos!r} is no part of speech; expected one of {', '.join(POS)}", start
            )
        for feature in features:
            if feature not in FEATURES:
                raise PatternError(
                    f"{feature!r} is no feature; expected some of {', '.join(FEATURES)}", start
                )
        return upos, frozenset(features)


@lru_cache(maxsize=4096)
def _words(run: str) -> tuple[Node, ...]:
    """The tokens of a run without spaces, as nodes; rules repeat the same few thousand runs."""
    # An elided word keeps its apostrophe only before a word.
    elided = run[-1] in "'’" and len(run) > 1
    tokens = tokenize(run + "a" if elided else run)
    return tuple(Words(frozenset((token.norm,))) for token in (tokens[:-1] if elided else tokens))


def parse(pattern: str, lexicon: Lexicon) -> Sequence_:
    """The nodes of a pattern.

    Raises:
        PatternError: The notation is wrong, or the lexicon lacks a lemma.
    """
    return _Parser(pattern, lexicon).pattern()
