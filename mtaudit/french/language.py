"""Which language a passage is in: by its function words where they are clear, else langdetect."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final

FRENCH_WORDS: Final = frozenset(
    "le la les l' un une des du de d' et est dans pour que qu' qui par sur pas plus ne n' ce cette "
    "ces il elle ils elles au aux avec son sa ses se s' en être sont ont été mais ou où leur leurs "
    "nous vous je j' c' y selon après avant depuis entre sous chez cet dont comme si tout tous "
    "lui même aussi très sans deux ans avait était fait".split()
)
ENGLISH_WORDS: Final = frozenset(
    "the of and to in is that for with was were his her their has have had be been by at from this "
    "which who will would could should not are they he she it its as but about after before into "
    "over than then there when where while what your you our we my says said more all other can "
    "how up out his him them these those".split()
)
# « a », « on », « an », « or », « me » and « as » are words of both languages.

_CLEAR: Final = 0.15
_DOUBT: Final = 0.04
# On shorter texts langdetect takes headlines and lists of names for any language.
_SHORT: Final = 30
# langdetect does about 170 passages a second and its time grows with their length.
_SAMPLE: Final = 1500


def shares(norms: Sequence[str]) -> tuple[float, float]:
    """The shares of French and of English function words among the tokens."""
    words = [norm for norm in norms if norm[0].isalpha()]
    if not words:
        return 0.0, 0.0
    french = sum(norm in FRENCH_WORDS for norm in words)
    english = sum(norm in ENGLISH_WORDS and norm not in FRENCH_WORDS for norm in words)
    return french / len(words), english / len(words)


def language(text: str, norms: Sequence[str]) -> str:
    """The ISO 639-1 code of a text's language; `und` where it cannot be told.

    Args:
        norms: The normalised tokens of the text.
    """
    french, english = shares(norms)
    if french >= _CLEAR and english <= _DOUBT:
        return "fr"
    words = sum(norm[0].isalpha() for norm in norms)
    if words < _SHORT:
        return "en" if words > 3 and english > 2 * french and english > _CLEAR else "und"
    found = detect(text[:_SAMPLE])
    # A list of names or a table misleads a detector of letters; French function words do not lie.
    return "fr" if found != "fr" and french >= _CLEAR and english < french / 2 else found


@functools.cache
def _detector() -> object:
    from langdetect import DetectorFactory, detect_langs

    DetectorFactory.seed = 0  # langdetect draws at random; the same text must get the same answer
    return detect_langs


@functools.lru_cache(maxsize=512)
def detect(text: str) -> str:
    """langdetect's first guess, the same at every call; `und` where it has none."""
    from langdetect import LangDetectException

    detect_langs = _detector()
    try:
        return str(detect_langs(text)[0].lang)  # type: ignore[operator]
    except LangDetectException:
        return "und"
