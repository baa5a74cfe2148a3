"""Lays an article's English source beside its French text, paragraph by paragraph.

Where both have the same number of lines, lines belong together. Else the lines that are not blank
are aligned by length and anchors: the dynamic programme of Gale and Church ("A Program for
Aligning Sentences in Bilingual Corpora", Computational Linguistics 19(1), 1993) over pairs of
1-1, 1-2, 2-1, 1-0 and 0-1, with numbers and names that both sides share as a reward.
"""

from __future__ import annotations

import bisect
import math
import re
from dataclasses import dataclass
from typing import Final

from mtaudit.model import Article

# French runs to about 1.15 characters for one of English in the news of 2010-2012.
_RATIO: Final = 1.15
_SPREAD: Final = 6.8
_STEPS: Final = (((1, 1), 0.0), ((1, 2), 2.3), ((2, 1), 2.3), ((1, 0), 4.5), ((0, 1), 4.5))
_ANCHOR: Final = re.compile(r"\d+(?:[.,]\d+)*|[A-ZÀ-Þ][\w'-]{2,}")
_REWARD: Final = 4.0
# Beyond this many lines a side the table would take seconds; such texts are not articles.
_MOST_LINES: Final = 2000


@dataclass(frozen=True)
class Pair:
    """A stretch of the article, half-open in characters of its text, and the English of it.

    Attributes:
        trust: From 0 to 1, how surely the two belong together; 1 where lines match one to one.
    """

    start: int
    end: int
    english: str
    trust: float


class Alignment:
    """The pairs of an article in reading order."""

    def __init__(self, pairs: tuple[Pair, ...]) -> None:
        self.pairs = pairs
        self._starts = [pair.start for pair in pairs]

    def at(self, offset: int) -> Pair | None:
        """The pair whose French holds the character, None where no English belongs to it."""
        index = bisect.bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.pairs[index].end:
            return None
        return self.pairs[index]


def align(article: Article) -> Alignment | None:
    """The alignment of an article with its source; None where it has none."""
    if not article.source:
        return None
    french, english = _lines(article.text), _lines(article.source)
    if article.text.count("\n") == article.source.count("\n"):
        by_number = {number: (start, end) for number, start, end in english}
        return Alignment(
            tuple(
                Pair(start, end, article.source[slice(*by_number[number])], 1.0)
                for number, start, end in french
                if number in by_number
            )
        )
    if not french or not english or max(len(french), len(english)) > _MOST_LINES:
        return None
    return Alignment(tuple(_aligned(article.text, french, article.source, english)))


def _lines(text: str) -> list[tuple[int, int, int]]:
    """Number, start and end of each line that is not blank."""
    found = []
    position = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            found.append((number, position, position + len(line)))
        position += len(line) + 1
    return found


def _aligned(
    text: str,
    french: list[tuple[int, int, int]],
    source: str,
    english: list[tuple[int, int, int]],
) -> list[Pair]:
    left = [text[start:end] for _, start, end in french]
    right = [source[start:end] for _, start, end in english]
    anchors = [_anchors(line) for line in left], [_anchors(line) for line in right]
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            if (i, j) not in best:
                continue
            cost = best[i, j][0]
            for (di, dj), price in _STEPS:
                if i + di > len(left) or j + dj > len(right):
                    continue
                total = cost + price
                if di and dj:
                    total += _distance(left[i : i + di], right[j : j + dj])
                    total -= _shared(anchors[0][i : i + di], anchors[1][j : j + dj])
                key = (i + di, j + dj)
                if key not in best or total < best[key][0]:
                    best[key] = (total, (di, dj))
    pairs: list[Pair] = []
    i, j = len(left), len(right)
    while i or j:
        di, dj = best[i, j][1]
        i, j = i - di, j - dj
        if di and dj:
            parts = left[i : i + di], right[j : j + dj]
            distance = _distance(*parts)
            shared = _shared(anchors[0][i : i + di], anchors[1][j : j + dj])
            trust = 1 / (1 + math.exp((distance - shared) / 2 - 1))
            pairs.append(Pair(french[i][1], french[i + di - 1][2], " ".join(parts[1]), trust))
    return pairs[::-1]


def _distance(left: list[str], right: list[str]) -> float:
    """Gale and Church's cost of two lengths: minus the log of how likely they differ so much."""
    size, other = sum(map(len, left)), sum(map(len, right)) * _RATIO
    deviation = abs(size - other) / math.sqrt(_SPREAD * max((size + other) / 2, 1))
    return deviation * deviation / 2 if deviation < 8 else 8 * deviation - 32


def _anchors(line: str) -> frozenset[str]:
    return frozenset(match.group()[:5].lower() for match in _ANCHOR.finditer(line))


def _shared(left: list[frozenset[str]], right: list[frozenset[str]]) -> float:
    one, other = frozenset().union(*left), frozenset().union(*right)
    if not one or not other:
        return 0.0
    return _REWARD * len(one & other) / min(len(one), len(other))
