"""Lays an article's English source beside its French text: paragraphs, and sentences in them.

Where both have the same number of lines, lines belong together, unless their lengths show that
they do not. Else the lines that are not blank are aligned by length and anchors: the dynamic
programme of Gale and Church ("A Program for Aligning Sentences in Bilingual Corpora",
Computational Linguistics 19(1), 1993), with numbers, names and look-alike words that both sides
share as a reward. The sentences within a pair are aligned in the same way when they are asked for.
"""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

from mtaudit.model import Article

# French runs to about 1.15 characters for one of English in the news of 2010-2012.
RATIO: Final = 1.15
_SPREAD: Final = 6.8
# What a step costs that joins so many French units with so many English ones. Among lines and
# sentences of news nearly all go one to one; a merged or split one is ten times as likely as a
# lost one.
_STEPS: Final = (
    ((1, 1), 0.0),
    ((1, 2), 2.3),
    ((2, 1), 2.3),
    ((2, 2), 4.5),
    ((1, 3), 4.6),
    ((3, 1), 4.6),
    ((1, 0), 4.5),
    ((0, 1), 4.5),
)
_ANCHOR: Final = re.compile(r"\d+(?:[.,]\d+)*|[A-ZÀ-Þ][\w'-]{2,}|[a-zß-ÿ]{6,}")
_REWARD: Final = 4.0
# Beyond this many lines a side the table would take seconds; such texts are not articles.
_MOST_LINES: Final = 2000
# How far from the diagonal a path may stray: no article loses forty paragraphs in a row.
_BAND: Final = 40
# Lines of equal number belong together unless this share of the longer ones differs in length by
# more than the factor.
_ODD: Final = 0.25
_FACTOR: Final = 2.2
_LONG: Final = 60
_END: Final = re.compile(r"[.!?…]+[\"”»’)\]]*(?=\s+[\"“«‘(\[]?\s?[A-ZÀ-Þ0-9])")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:[A-ZÀ-Þ]|Mr|Mrs|Ms|Dr|St|Ste|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Capt|Prof|Jr|Sr|No"
    r"|vs|MM|Mme|Mlle|Me|Pr|Mgr|art|cf|env|etc|Inc|Corp|Ltd|Co|[a-z]\.[a-z]|[A-Z]\.[A-Z]))\.$"
)


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


@dataclass(frozen=True)
class Lost:
    """English that no French stands beside.

    Attributes:
        start, end: The French before it, half-open in characters of the article's text; the
            French behind it where there is none before.
    """

    start: int
    end: int
    english: str


@dataclass(frozen=True)
class Segments:
    """The finest pairs of an article, of sentences where those could be told apart.

    Attributes:
        extra: French that no English stands beside, half-open in characters of the text.
    """

    pairs: tuple[Pair, ...]
    lost: tuple[Lost, ...]
    extra: tuple[tuple[int, int], ...]


Reader = Callable[[str], frozenset[str]]


class Alignment:
    """The pairs of an article in reading order.

    Args:
        text: The article's text.
        lost, extra: Lines that have no counterpart.
        lines: The lines of text and source and the source, where they were aligned by length.
    """

    def __init__(
        self,
        pairs: tuple[Pair, ...],
        text: str = "",
        lost: tuple[Lost, ...] = (),
        extra: tuple[tuple[int, int], ...] = (),
        lines: tuple[Sequence[_Span], Sequence[_Span], str] | None = None,
    ) -> None:
        self.pairs = pairs
        self._text, self._lines = text, lines
        self._whole = Segments(pairs, lost, extra)
        self._starts = [pair.start for pair in pairs]

    def at(self, offset: int) -> Pair | None:
        """The pair whose French holds the character, None where no English belongs to it."""
        index = bisect.bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.pairs[index].end:
            return None
        return self.pairs[index]

    @cached_property
    def segments(self) -> Segments:
        """The pairs taken apart into sentences, and what has no counterpart on either side."""
        return self.split(_anchors, _anchors)

    def split(self, french: Reader, english: Reader) -> Segments:
        """The segments, with what each language's sentences have to compare with the other's.

        Args:
            french, english: Give the words of a sentence that the other side may share.
        """
        whole = self._whole
        if self._lines is not None:
            ours, theirs, source = self._lines
            left = [french(self._text[slice(*span)]) for span in ours]
            right = [english(source[slice(*span)]) for span in theirs]
            whole = _aligned(ours, left, source, theirs, right, 1.0)
        pairs: list[Pair] = []
        lost, extra = list(whole.lost), list(whole.extra)
        for pair in whole.pairs:
            ours = _sentences(self._text, pair.start, pair.end)
            theirs = _sentences(pair.english, 0, len(pair.english))
            if len(ours) < 2 and len(theirs) < 2:
                pairs.append(pair)
                continue
            left = [french(self._text[slice(*span)]) for span in ours]
            right = [english(pair.english[slice(*span)]) for span in theirs]
            found = _aligned(ours, left, pair.english, theirs, right, pair.trust)
            pairs += found.pairs
            lost += found.lost
            extra += found.extra
        return Segments(tuple(pairs), tuple(sorted(lost, key=_place)), tuple(sorted(extra)))


def _place(lost: Lost) -> tuple[int, int]:
    return lost.start, lost.end


class _Span(NamedTuple):
    start: int
    end: int


def align(article: Article) -> Alignment | None:
    """The alignment of an article with its source; None where it has none."""
    if not article.source:
        return None
    text, source = article.text, article.source
    french, english = _lines(text), _lines(source)
    if text.count("\n") == source.count("\n") and not _shifted(french, english):
        by_number = dict(english)
        pairs = tuple(
            Pair(span.start, span.end, source[slice(*by_number[number])], 1.0)
            for number, span in french
            if number in by_number
        )
        numbers = {number for number, _ in french}
        spans = [span for _, span in french]
        lost = tuple(
            _lost(spans, sum(other < number for other in numbers), source[slice(*span)])
            for number, span in english
            if number not in numbers and french
        )
        extra = tuple((*span,) for number, span in french if number not in by_number)
        return Alignment(pairs, text, lost, extra)
    if not french or not english or max(len(french), len(english)) > _MOST_LINES:
        return None
    ours, theirs = [span for _, span in french], [span for _, span in english]
    left = [_anchors(text[slice(*span)]) for span in ours]
    right = [_anchors(source[slice(*span)]) for span in theirs]
    found = _aligned(ours, left, source, theirs, right, 1.0)
    return Alignment(found.pairs, text, found.lost, found.extra, (ours, theirs, source))


def _lost(french: Sequence[_Span], before: int, english: str) -> Lost:
    """English that belongs behind so many French units."""
    span = french[max(0, before - 1)]
    return Lost(span.start, span.end, english)


def _lines(text: str) -> list[tuple[int, _Span]]:
    """Number and place of each line that is not blank."""
    found = []
    position = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            found.append((number, _Span(position, position + len(line))))
        position += len(line) + 1
    return found


def _shifted(french: list[tuple[int, _Span]], english: list[tuple[int, _Span]]) -> bool:
    """Whether lines of the same number cannot belong together: a line lost, another added."""
    lengths = {number: span.end - span.start for number, span in english}
    long = odd = 0
    for number, span in french:
        size, other = span.end - span.start, lengths.get(number, 0) * RATIO
        if max(size, other) >= _LONG:
            long += 1
            odd += max(size, other) > _FACTOR * min(size, other)
    return long > 2 and odd > max(2, _ODD * long)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text stand, half-open in its characters."""
    return [(span.start, span.end) for span in _sentences(text, 0, len(text))]


def _sentences(text: str, start: int, end: int) -> list[_Span]:
    """The sentences of a stretch of either language, without the space around them."""
    found = []
    position = start
    for match in _END.finditer(text, start, end):
        if _ABBREVIATED.search(text, position, match.end()):
            continue
        found.append(_Span(position, match.end()))
        position = match.end()
        while position < end and text[position].isspace():
            position += 1
    if position < end and text[position:end].strip():
        found.append(_Span(position, end))
    return found


def _aligned(
    french: Sequence[_Span],
    left: Sequence[frozenset[str]],
    source: str,
    english: Sequence[_Span],
    right: Sequence[frozenset[str]],
    most: float,
) -> Segments:
    """The cheapest way through both; `most` is the trust that no pair of it exceeds."""
    sizes = [0, *accumulate(span.end - span.start for span in french)]
    others = [0, *accumulate(span.end - span.start for span in english)]
    rows, columns = len(left), len(right)
    band = max(_BAND, abs(rows - columns) + _BAND // 2)
    best: dict[tuple[int, int], tuple[float, tuple[int, int], float]] = {(0, 0): (0.0, (0, 0), 0.0)}
    for i in range(rows + 1):
        middle = i * columns // max(1, rows)
        for j in range(max(0, middle - band), min(columns, middle + band) + 1):
            here = best.get((i, j))
            if here is None:
                continue
            for (di, dj), price in _STEPS:
                if i + di > rows or j + dj > columns:
                    continue
                match = 0.0
                if di and dj:
                    match = _distance(sizes[i + di] - sizes[i], others[j + dj] - others[j])
                    match -= _shared(left[i : i + di], right[j : j + dj])
                total = here[0] + price + match
                key = (i + di, j + dj)
                if key not in best or total < best[key][0]:
                    best[key] = (total, (di, dj), match)
    pairs: list[Pair] = []
    lost: list[Lost] = []
    extra: list[tuple[int, int]] = []
    i, j = rows, columns
    while i or j:
        _, (di, dj), match = best[i, j]
        i, j = i - di, j - dj
        if di and dj:
            trust = min(most, 1 / (1 + math.exp(match / 2 - 1)))
            words = source[english[j].start : english[j + dj - 1].end]
            pairs.append(
                Pair(french[i].start, french[i + di - 1].end, " ".join(words.split("\n")), trust)
            )
        elif dj:
            lost.append(_lost(french, i, source[slice(*english[j])]))
        else:
            extra.append((french[i].start, french[i].end))
    return Segments(tuple(pairs[::-1]), tuple(lost[::-1]), tuple(extra[::-1]))


def _distance(size: float, other: float) -> float:
    """Gale and Church's cost of two lengths: minus the log of how likely they differ so much."""
    other *= RATIO
    deviation = abs(size - other) / math.sqrt(_SPREAD * max((size + other) / 2, 1))
    return deviation * deviation / 2 if deviation < 8 else 8 * deviation - 32


def _anchors(line: str) -> frozenset[str]:
    """What both languages write alike: numbers, names, and the beginnings of long words."""
    return frozenset(match.group()[:5].lower() for match in _ANCHOR.finditer(line))


def _shared(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> float:
    one = left[0] if len(left) == 1 else frozenset().union(*left)
    other = right[0] if len(right) == 1 else frozenset().union(*right)
    if not one or not other:
        return 0.0
    return _REWARD * len(one & other) / min(len(one), len(other))
