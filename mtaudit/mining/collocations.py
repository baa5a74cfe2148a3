"""How French goes together where people write it: counts of neighbouring words of content.

A wording that stands where people would never put it is an artifact; one that they do put
there, though less often than what the others have, is a choice. The difference shows in the
neighbours: « course illégale » is attested, « race illégale » is not.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mtaudit.mining.french import Word

Pair = tuple[str, str]
_REACH: Final = 3  # neighbours stand at most this many tokens apart, with no mark between
_CAP: Final = 20


def neighbours(words: Sequence[Word], lemma: str) -> set[tuple[str, str]]:
    """The words of content next to each occurrence of a lemma, as (side, lemma): `<` or `>`."""
    found: set[tuple[str, str]] = set()
    for at, word in enumerate(words):
        if word.lemma != lemma:
            continue
        for side, reach in (
            ("<", range(at - 1, max(-1, at - 1 - _REACH), -1)),
            (">", range(at + 1, min(len(words), at + 1 + _REACH))),
        ):
            for other in reach:
                if not words[other].word:
                    break
                if words[other].content:
                    found.add((side, words[other].lemma))
                    break
    return found


def pairs(words: Iterable[tuple[str, bool, bool]]) -> Iterator[Pair]:
    """Neighbouring words of content of a text given as (lemma, word, content)."""
    last = ""
    distance = 0
    for lemma, word, content in words:
        if not word:
            last = ""
            continue
        distance += 1
        if content:
            if last and distance <= _REACH:
                yield last, lemma
            last, distance = lemma, 0


@dataclass(frozen=True)
class Collocations:
    """Counts over human French of the pairs that were asked for, and of all words of content."""

    pairs: Mapping[Pair, int]
    words: Mapping[str, int]
    total: int

    def fit(self, lemma: str, contexts: Mapping[tuple[str, str], int]) -> int:
        """How often people put the lemma beside its neighbours here, each counted to a cap."""
        return sum(
            times * min(_CAP, self.pairs.get((other, lemma) if side == "<" else (lemma, other), 0))
            for (side, other), times in contexts.items()
        )

    def oddness(self, lemma: str, other: str, contexts: Mapping[tuple[str, str], int]) -> float:
        """How much better another word goes with the neighbours than the lemma does: 0.03 to 1.3.

        The log of the ratio of their counts, and a part of what it exceeds the ratio of their
        frequencies by; a floor stays for words whose neighbours human French has not got.
        """
        mine, its = self.fit(lemma, contexts), self.fit(other, contexts)
        raw = math.log((its + 0.5) / (mine + 0.5))
        usual = math.log((self.words.get(other, 0) + 1) / (self.words.get(lemma, 0) + 1))
        value = min(1.0, max(0.03, (raw + 0.3 * max(0.0, raw - usual) + 1) / 5))
        return value * (1.3 if mine == 0 else 1.0)


def count(texts: Iterable[tuple[tuple[str, bool, bool], ...]], wanted: set[Pair]) -> Collocations:
    """Counts the wanted pairs and all words of content."""
    found: Counter[Pair] = Counter()
    words: Counter[str] = Counter()
    for text in texts:
        words.update(lemma for lemma, _, content in text if content)
        found.update(pair for pair in pairs(text) if pair in wanted)
    return Collocations(found, words, words.total())
