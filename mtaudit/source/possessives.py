"""Whether the English beside a word in -s has a possessive there: `Rutte's` beside « Ruttes »."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from mtaudit.source.align import Alignment
from mtaudit.source.lemmas import FUNCTION

_POSSESSIVE: Final = re.compile(r"\b([A-ZÀ-Þ][\w-]*[^\W\d_])['’`´]s\b")
_NAME: Final = re.compile(r"\b[A-ZÀ-Þ][\w-]+")


def possessive(
    alignment: Alignment,
    source: str,
    offset: int,
    word: str,
    english: Callable[[str], bool],
    named: Callable[[str], bool],
) -> str | None:
    """The possessive of the English that a word carries over, as it is written there.

    The English has the apostrophe, or has lost it as well: then it writes the bare name
    elsewhere, and a noun follows.

    Args:
        offset: Where the word begins, in characters of the article's text.
        english: Whether a form in lower case is an English word.
        named: Whether a form is a name.
    """
    pair = alignment.at(offset)
    if pair is None:
        return None
    name = word[:-1]
    written = set(_NAME.findall(_POSSESSIVE.sub(" ", pair.english)))
    if word not in written:
        there = (match for match in _POSSESSIVE.finditer(pair.english) if match[1] == name)
        return next((match[0] for match in there), None)
    if name not in _bare(source) or named(word) or english(word.lower()) or english(name.lower()):
        return None
    place = re.search(rf"(\w+\s+)?\b{re.escape(word)}\s+([a-z]+)", pair.english)
    if place is None or place[2] in FUNCTION or (place[1] or "").strip().lower() == "the":
        return None
    return word


@lru_cache(maxsize=16)
def _bare(source: str) -> frozenset[str]:
    """The names that the English writes without an apostrophe and s."""
    return frozenset(_NAME.findall(_POSSESSIVE.sub(" ", source)))
