"""Quotation marks of the English that the French lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.readings import Reading, read
from mtaudit.rulebook import Rule
from mtaudit.source.links import Links
from mtaudit.source.words import Word

_QUOTED: Final = re.compile(r"[\"“”]([^\"“”]+)[\"“”]")
_MARKS: Final = re.compile(r"[\"“”«»„‟‹›]|&quot;|&#34;|''|``|‘|(?<!\w)['’](?=\w)")
_DASH: Final = re.compile(r"\s*[-–—]")
# A quotation of fewer words may be a title or a nickname, which French sets in italics.
_WORDS: Final = 3
_LOOK_BACK: Final = 3


def quotes_lost(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Quoted words of the English whose French stands without any quotation mark."""
    text = annotated.article.text
    segments = read(annotated, resources).segments
    for index, reading in enumerate(segments):
        pair = reading.pair
        french = text[pair.start : pair.end]
        if _MARKS.search(french) or _DASH.match(french):
            continue
        if annotated.quoted(pair.start) or _open(
            text, segments[max(0, index - _LOOK_BACK) : index]
        ):
            continue
        for quotation in _QUOTED.finditer(pair.english):
            if len(quotation.group(1).split()) < _WORDS:
                continue
            span = _rendered(reading.links, *quotation.span(1))
            if span is None:
                continue
            first, last = reading.links.french[span[0]].start, reading.links.french[span[1]].end
            yield Hit(
                rule,
                first,
                last,
                (f"« {text[first:last]} »",),
                {"fr": "guillemets dans l'anglais", "en": "quotation marks in the English"},
                source_text=quotation.group(),
            )


def _open(text: str, before: Sequence[Reading]) -> bool:
    """Whether a quotation was opened in the French just before and not closed."""
    stretch = text[before[0].pair.start : before[-1].pair.end] if before else ""
    return stretch.count("«") > stretch.count("»") or stretch.count('"') % 2 == 1


def _rendered(links: Links, start: int, end: int) -> tuple[int, int] | None:
    """The first and last French word of a stretch of the English, by index."""
    inside = [
        links.partner[i]
        for i, word in enumerate(links.english)
        if start <= word.start < end and i in links.partner
    ]
    if len(inside) < 2:
        return None
    first, last = min(inside), max(inside)
    if last - first > 3 * (end - start) // 4:
        return None
    while first and _leads(links.french[first - 1]):
        first -= 1
    return first, last


def _leads(word: Word) -> bool:
    """Whether a word belongs to what follows it: an article, a preposition, a pronoun."""
    return word.text[0].isalpha() and not word.content
