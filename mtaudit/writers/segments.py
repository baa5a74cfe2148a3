"""An article cut into segments of text and source, for the formats that are made of them."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mtaudit.model import Article, Finding
from mtaudit.source.align import align


class Segment(NamedTuple):
    """A stretch of an article that is not blank, and the English that belongs to it.

    Attributes:
        start, end: Half-open, in characters of the article's text.
        source: Empty where none is known.
        reference: What a person made of the source; known only where lines match one to one.
        name: Of the unit of the file that it begins in; empty where the format has none.
    """

    start: int
    end: int
    source: str = ""
    reference: str = ""
    name: str = ""


def segments(article: Article) -> list[Segment]:
    """The units of an article that are lines of it, else what its alignment makes pairs.

    Lines that no English belongs to are segments of their own. The segments are in reading order,
    do not overlap, and leave out nothing but white space.
    """
    text = article.text
    if article.units and [(unit.start, unit.end) for unit in article.units] == list(_spans(text)):
        sources = _beside(article, article.source)
        stretches = [
            (unit.start, unit.end, source)
            for unit, source in zip(article.units, sources, strict=True)
        ]
    else:
        stretches = []
        done = 0
        alignment = align(article)
        for pair in alignment.pairs if alignment else ():
            start, end = _trimmed(text, pair.start, pair.end)
            if done <= start < end:
                stretches += [(*span, "") for span in _lines(text, done, start)]
                stretches.append((start, end, pair.english.strip()))
                done = end
        stretches += [(*span, "") for span in _lines(text, done, len(text))]
    lines = [_trimmed(text, *span) for span in _spans(text)]
    references = dict(zip(lines, _beside(article, article.reference), strict=True))
    return [
        Segment(start, end, source, references.get((start, end), ""), _name(article, start))
        for start, end, source in stretches
    ]


def at(found: Sequence[Segment], finding: Finding) -> int:
    """The index of the segment that a finding begins in, or of the one before it."""
    return max(bisect.bisect_right(found, finding.start, key=lambda each: each.start) - 1, 0)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line, blank or not."""
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end, without white space around, of each line between two places."""
    for first, last in _spans(text[start:end]):
        begin, stop = _trimmed(text, start + first, start + last)
        if begin < stop:
            yield begin, stop


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the white space at either end; empty if it is nothing else."""
    part = text[start:end]
    begin = start + len(part) - len(part.lstrip())
    return begin, begin + len(part.strip())


def _beside(article: Article, other: str | None) -> list[str]:
    """The lines of another text that stand beside those of the article, empty ones if it has more
    or fewer."""
    lines = (other or "").split("\n")
    count = article.text.count("\n") + 1
    return [line.strip() for line in lines] if len(lines) == count else [""] * count


def _name(article: Article, start: int) -> str:
    unit = article.unit_at(start)
    return unit.name if unit else ""
