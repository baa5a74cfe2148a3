"""Patterns as functions: each node is compiled with what follows it already inside.

A compiled node takes the state and a token index and says whether the rest of the pattern
matches from there; on success the state holds the end, the groups and the flagged range.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mtaudit.french.forms import DETERMINERS, FEATURES, NUMBER_WORDS, PREPOSITIONS
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.names import Names
from mtaudit.kinds.pattern import (
    Choice,
    Class,
    Edge,
    Exact,
    Gap,
    Mark,
    Node,
    Not,
    Optional_,
    Regex,
    Sequence_,
    Words,
)
from mtaudit.model import Token

if TYPE_CHECKING:
    from mtaudit.french.syntax import Parsed

QUOTES: Final = frozenset('«»"“”„‹›')
_FINAL: Final = QUOTES | frozenset((".", "!", "?", "…", "...", ")", "]"))
_OPENING: Final = QUOTES | frozenset("([-–—•*#")
_NUMBER: Final = re.compile(r"\d[\d\s,.\u00a0\u202f]*")


# Classes that a form shows by itself; of the others a tagger can say more.
LEXICAL: Final = frozenset(("WORD", "PUNCT", "NAME", "NUM"))


@dataclass
class State:
    """A sentence, and what the match in progress has found in it.

    Attributes:
        first, last: The sentence as a half-open token range.
        parsed: Its syntax; None where the lexicon's readings have to do.
        groups: Token ranges of the parentheses, by number.
        lemmas: What `<...>` elements matched, in order: the token and the lemmas they name.
    """

    tokens: Sequence[Token]
    norms: Sequence[str]
    first: int
    last: int
    end: int = 0
    flag_start: int = -1
    flag_end: int = -1
    groups: dict[int, tuple[int, int]] = field(default_factory=dict)
    lemmas: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    parsed: Parsed | None = None

    def reset(self) -> None:
        """Forgets the match, not the sentence."""
        self.end, self.flag_start, self.flag_end = 0, -1, -1
        self.groups.clear()
        self.lemmas.clear()


Step = Callable[[State, int], bool]

# Tags that the treebanks give to what a linguist would call by the key: participles are adjectives
# or verbs, contracted articles prepositions.
_ALIKE: Final[Mapping[str, frozenset[str]]] = {
    "VERB": frozenset(("ADJ",)),
    "AUX": frozenset(("VERB",)),
    "ADJ": frozenset(("VERB", "NUM")),
    "NOUN": frozenset(("PROPN",)),
    "PROPN": frozenset(("NOUN",)),
    "DET": frozenset(("ADP", "NUM", "ADJ")),
    "CCONJ": frozenset(("SCONJ", "ADV")),
    "SCONJ": frozenset(("CCONJ", "ADV", "PRON")),
}


def compile_pattern(pattern: Sequence_, lexicon: Lexicon, names: Names) -> Step:
    """The pattern as a function of a state and the token at which the match begins."""
    return _Compiler(lexicon, names).node(pattern, _accept)


def _accept(state: State, i: int) -> bool:
    state.end = i
    return True


def _true(state: State, i: int) -> bool:
    return True


class _Compiler:
    def __init__(self, lexicon: Lexicon, names: Names) -> None:
        self.lexicon = lexicon
        self.names = names

    def node(self, node: Node, follow: Step) -> Step:
        match node:
            case Sequence_(nodes):
                for each in reversed(nodes):
                    follow = self.node(each, follow)
                return follow
            case Words(forms, lemmas):
                return _lemma(forms, lemmas, follow) if lemmas else _words(forms, follow)
            case Exact(text):
                return _exact(text, follow)
            case Class(upos, features):
                return _tested(self.tester(upos, features), follow)
            case Regex(expression):
                return _regex(expression, follow)
            case Gap(most):
                return _gap(most, follow)
            case Edge(start):
                return _start(follow) if start else _end(follow)
            case Choice(options, group):
                return self.choice(options, group, follow)
            case Optional_(inner):
                return _either(self.node(inner, follow), follow)
            case Not(inner):
                return _not(self.node(inner, _true), follow)
            case Mark(start):
                return _mark_start(follow) if start else _mark_end(follow)

    def choice(self, options: Sequence[Node], group: int, follow: Step) -> Step:
        def close(state: State, i: int) -> bool:
            before = state.groups.get(group)
            start = starts.pop()
            state.groups[group] = (start, i)
            if follow(state, i):
                return True
            starts.append(start)
            if before is not None:
                state.groups[group] = before
            else:
                del state.groups[group]
            return False

        starts: list[int] = []
        steps = [self.node(option, close) for option in options]

        def step(state: State, i: int) -> bool:
            starts.append(i)
            for each in steps:
                if each(state, i):
                    return True
            starts.pop()
            return False

        return step

    def tester(self, upos: str, features: frozenset[str]) -> Callable[[State, int], bool]:
        lexicon, names = self.lexicon, self.names
        if upos == "WORD":
            return lambda state, i: state.tokens[i].text[0].isalpha()
        if upos == "PUNCT":
            return lambda state, i: not any(char.isalnum() for char in state.norms[i])
        if upos == "NAME":

            def is_name(state: State, i: int) -> bool:
                text = state.tokens[i].text
                if not text[0].isupper() or len(text) < 2:
                    return False
                return i > state.first or bool(names.kinds(text))

            return is_name
        if upos == "NUM":
            return lambda state, i: (
                state.norms[i] in NUMBER_WORDS or _NUMBER.fullmatch(state.norms[i]) is not None
            )
        closed = {"DET": DETERMINERS, "ADP": PREPOSITIONS}.get(upos, frozenset())
        wanted = ("VERB", "AUX") if upos == "VERB" else (upos,)
        # Per form: whether a reading fits, and the parts of speech of those that do not, between
        # which the tagger decides.
        known: dict[str, tuple[bool, frozenset[str]]] = {}
        named = frozenset(each for name in features for each in FEATURES[name])

        def test(state: State, i: int) -> bool:
            norm = state.norms[i]
            answer = known.get(norm)
            if answer is None:
                if not features and norm in closed:
                    answer = True, frozenset()
                else:
                    readings = lexicon.analyses(norm)
                    other = [
                        each
                        for each in readings
                        if not (each.upos in wanted and features <= each.feats)
                    ]
                    fits = len(other) < len(readings)
                    answer = fits, frozenset(each.upos for each in other)
                known[norm] = answer
            fits, others = answer
            if not fits or not others or state.parsed is None:
                return fits
            token = i - state.first
            tag = state.parsed.upos[token]
            if tag in wanted:
                return not _contradict(state.parsed.feats[token], named)
            # What the form cannot be according to the lexicon is a slip of the tagger.
            return tag not in others or tag in _ALIKE.get(upos, ())

        return test


def _contradict(told: frozenset[str], named: frozenset[str]) -> bool:
    """Whether the tagger gives one of the features another value."""
    for each in named - told:
        key = each.partition("=")[0] + "="
        if any(other.startswith(key) for other in told):
            return True
    return False


def _words(forms: frozenset[str], follow: Step) -> Step:
    def step(state: State, i: int) -> bool:
        return i < state.last and state.norms[i] in forms and follow(state, i + 1)

    return step


def _lemma(forms: frozenset[str], lemmas: frozenset[str], follow: Step) -> Step:
    def step(state: State, i: int) -> bool:
        if i < state.last and state.norms[i] in forms:
            state.lemmas.append((i, lemmas))
            if follow(state, i + 1):
                return True
            state.lemmas.pop()
        return False

    return step


def _exact(text: str, follow: Step) -> Step:
    def step(state: State, i: int) -> bool:
        return i < state.last and state.tokens[i].text == text and follow(state, i + 1)

    return step


def _tested(test: Callable[[State, int], bool], follow: Step) -> Step:
    def step(state: State, i: int) -> bool:
        return i < state.last and test(state, i) and follow(state, i + 1)

    return step


def _regex(expression: re.Pattern[str], follow: Step) -> Step:
    full = expression.fullmatch

    def step(state: State, i: int) -> bool:
        return i < state.last and full(state.norms[i]) is not None and follow(state, i + 1)

    return step


def _gap(most: int, follow: Step) -> Step:
    def step(state: State, i: int) -> bool:
        taken = 0
        while True:
            if follow(state, i):
                return True
            if taken == most or i >= state.last:
                return False
            norm = state.norms[i]
            if norm not in QUOTES and not any(char.isalnum() for char in norm):
                return False
            i += 1
            taken += 1

    return step


def _start(follow: Step) -> Step:
    def step(state: State, i: int) -> bool:
        return all(state.norms[k] in _OPENING for k in range(state.first, i)) and follow(state, i)

    return step


def _end(follow: Step) -> Step:
    def step(state: State, i: int) -> bool:
        return all(state.norms[k] in _FINAL for k in range(i, state.last)) and follow(state, i)

    return step


def _either(taken: Step, follow: Step) -> Step:
    def step(state: State, i: int) -> bool:
        return taken(state, i) or follow(state, i)

    return step


def _not(inner: Step, follow: Step) -> Step:
    def step(state: State, i: int) -> bool:
        return not inner(state, i) and follow(state, i)

    return step


def _mark_start(follow: Step) -> Step:
    def step(state: State, i: int) -> bool:
        state.flag_start = i
        return follow(state, i)

    return step


def _mark_end(follow: Step) -> Step:
    def step(state: State, i: int) -> bool:
        if follow(state, i):
            state.flag_end = i
            return True
        return False

    return step
