"""The segments of an article read beside their English: their words, and what renders what."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.tokenizer import tokenize
from mtaudit.kinds.base import Resources
from mtaudit.source.align import Alignment, Lost, Pair
from mtaudit.source.links import Links, link
from mtaudit.source.translations import Translations, load_translations
from mtaudit.source.words import english_words, french_words

# How surely French and English must belong together before a word's absence says anything.
TRUSTED: Final = 0.5
# Renderings from such a strength on tell sentences apart when they are aligned.
_TELLING: Final = 0.1


@dataclass(frozen=True)
class Reading:
    """A segment; places of French words are characters of the article's text, those of English
    words are characters of `pair.english`.
    """

    pair: Pair
    links: Links


@dataclass(frozen=True)
class Read:
    """An article read beside its source.

    Attributes:
        segments: In reading order, as far as the alignment is to be trusted.
        lost: English sentences that no French stands beside.
        extra: French that no English stands beside, half-open in characters of the text.
    """

    segments: tuple[Reading, ...] = ()
    lost: tuple[Lost, ...] = ()
    extra: tuple[tuple[int, int], ...] = ()


def read(annotated: Annotated, resources: Resources) -> Read:
    """The article beside its source; nothing where it has none."""
    alignment = annotated.alignment
    if alignment is None:
        return Read()
    return annotated.once(read, lambda: _read(annotated, alignment, resources))


def _read(annotated: Annotated, alignment: Alignment, resources: Resources) -> Read:
    table = load_translations()
    lexicon, lemmas = resources.lexicon, resources.lemmas

    def french(text: str) -> frozenset[str]:
        return frozenset(w.key for w in french_words(tokenize(text), lexicon) if w.content)

    def english(text: str) -> frozenset[str]:
        return _expected([w.key for w in english_words(text, lemmas) if w.content], table)

    segments = alignment.split(french, english)
    tokens = annotated.tokens
    starts = [token.start for token in tokens]
    made = []
    for pair in segments.pairs:
        if pair.trust < TRUSTED:
            continue
        first, last = bisect.bisect_left(starts, pair.start), bisect.bisect_left(starts, pair.end)
        words = french_words(tokens[first:last], lexicon)
        made.append(Reading(pair, link(english_words(pair.english, lemmas), words, table)))
    return Read(tuple(made), segments.lost, segments.extra)


def _expected(keys: list[str], table: Translations) -> frozenset[str]:
    """The English words themselves, for names, and the French ones that they lead to expect."""
    expected = set(keys)
    for key in keys:
        for rendering, strength in table.english(key).others.items():
            if strength >= _TELLING:
                expected.add(rendering)
    return frozenset(expected)
