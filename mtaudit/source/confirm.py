"""Whether the English beside a finding says what its rule names: then it is confirmed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from mtaudit.source.align import Alignment
from mtaudit.source.lemmas import FUNCTION, WORD, EnglishLemmas

# How surely French and English must belong together before one may confirm the other.
_TRUSTED: Final = 0.5
# Words that may stand between two words of the rule's English: articles, adverbs, a name.
_GAP: Final = 3
# Words of a phrase that its uses leave out, change or add.
_OPTIONAL: Final = frozenset("a an the his her their its your my our be have do to".split())
_PLACEHOLDER: Final = re.compile(r"(?:[A-Z]|\d[\d,.]*|sb|sth|someone|something|one's|X's)")
_WORD: Final = re.compile(r"[\w'’-]+|[$£€%]")


def confirmation(
    english: Sequence[str], alignment: Alignment, offset: int, lemmas: EnglishLemmas
) -> str | None:
    """The words of the source that confirm a finding, None where they do not.

    Args:
        english: What the rule names: words and phrases, in any of their forms.
        offset: Where the finding begins, in characters of the article's text.
    """
    pair = alignment.at(offset)
    if pair is None or pair.trust < _TRUSTED:
        return None
    words, found = _read(pair.english, lemmas)
    for phrase in english:
        for wanted in _wanted(phrase, lemmas):
            span = _find(wanted, found)
            if span is not None:
                return pair.english[words[span[0]][0] : words[span[1]][1]]
    return None


@lru_cache(maxsize=256)
def _read(text: str, lemmas: EnglishLemmas) -> tuple[tuple[tuple[int, int], ...], tuple[str, ...]]:
    spans = tuple(match.span() for match in WORD.finditer(text))
    return spans, tuple(lemmas.lemma(text[start:end].lower()) for start, end in spans)


@lru_cache(maxsize=8192)
def _wanted(phrase: str, lemmas: EnglishLemmas) -> tuple[tuple[str, ...], ...]:
    """The lemmas to look for, one tuple per way that the phrase names (« it's / its »)."""
    ways = []
    for way in re.split(r"\s+/\s+", phrase):
        words = [word for word in _WORD.findall(way) if not _PLACEHOLDER.fullmatch(word)]
        kept = tuple(
            lemma
            for lemma in (lemmas.lemma(word.lower()) for word in words)
            if lemma not in _OPTIONAL
        )
        # One function word alone says nothing: every sentence has some.
        if len(kept) > 1 or any(lemma not in FUNCTION for lemma in kept):
            ways.append(kept)
    return tuple(way for way in ways if way)


def _find(wanted: tuple[str, ...], found: tuple[str, ...]) -> tuple[int, int] | None:
    """First and last index of the words in order, with few others between them."""
    for first, word in enumerate(found):
        if word != wanted[0]:
            continue
        last = first
        for following in wanted[1:]:
            window = found[last + 1 : last + 2 + _GAP]
            if following not in window:
                break
            last += 1 + window.index(following)
        else:
            return first, last
    return None
