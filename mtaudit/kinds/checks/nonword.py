"""Words in no dictionary: invented by software, half translated, or two words run together."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule

_SHORTEST: Final = 5
_MOST_NEAR: Final = 3
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôûùœ"
_LATIN: Final = frozenset(
    "priori posteriori fortiori facto vitro vivo situ extremis statu courre petto minima maxima "
    "jure ayants tempo dixit nihil cogito ergo contrario absurdo".split()
)
# Elements that French builds new words with: what is left must be a word.
_PREFIX: Final = re.compile(
    r"(?:anti|auto|bi|bio|co|contre|cyber|cardio|chimio|chrono|crypto|dé|dés|éco|électro|embryo|euro|ethno|ex|exo|"
    r"extra|fémini|franco|géo|hélio|hydro|hyper|hypo|in|inter|intra|iso|macro|maxi|méga|méta|micro|mini|"
    r"mono|multi|narco|nano|néo|neuro|non|omni|ortho|paléo|para|patho|péri|photo|pluri|poly|post|pré|"
    r"pro|proto|pseudo|psycho|quadri|radio|ré|re|rétro|semi|socio|sous|sub|super|supra|sur|techno|"
    r"télé|thermo|tous|trans|tri|turbo|ultra|uni|vice|vidéo)(?P<rest>\w{3,})"
)
_SUFFIX: Final = re.compile(
    r"\w{4,}(?:ismes?|istes?|ien(?:ne)?s?|ois(?:e)?s?|ais(?:e)?s?|ologues?|ologies?|ologiques?|"
    r"isations?|isée?s?|iser|phobies?|phobes?|manies?|ettes?|esques?|ables?|ivités?|ocraties?|"
    r"ites?|ïtes?|ines?|ose|ium|oïdes?|philes?|phores?|morphes?|ènes?|genèses?|génèses?)"
)
# What tells that a foreign word is meant: « (crazing en anglais) », « du latin stella ».
_TONGUES: Final = frozenset("anglais latin grec allemand arabe hébreu japonais sanskrit".split())
_INVENTED_FEMININE: Final = re.compile(r"\w+(?:euse|rice|eure)s?")


def nonword(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A lower-case word that no dictionary, gazetteer or word-building of French accounts for.

    A word that the article repeats is a term of its subject, one in quotation marks is meant.
    """
    tokens, norms = annotated.tokens, annotated.norms
    lexicon, english, names = resources.lexicon, resources.english, resources.names
    suspects = [
        i
        for i, token in enumerate(tokens)
        if len(token.text) >= _SHORTEST
        and token.text.islower()
        and token.text.isalpha()
        and not lexicon.knows(token.norm)
    ]
    if not suspects:
        return
    counts = Counter(norms)
    for i in suspects:
        norm = norms[i]
        if counts[norm] > 1 or norm in _LATIN or english.knows(norm) or english.borrowed(norm):
            continue
        if names.kinds(norm.capitalize()) or not all(ord(char) < 0x180 for char in norm):
            continue
        if built(lexicon, norm) or annotated.quoted(tokens[i].start):
            continue
        if _foreign_neighbours(annotated, i, lexicon):
            continue
        if slip(lexicon, norm):
            continue
        yield Hit(rule, tokens[i].start, tokens[i].end, _meant(lexicon, norm))


@lru_cache(maxsize=8192)
def built(lexicon: Lexicon, word: str) -> bool:
    """Whether French may have built the word that no dictionary lists: « antimaire »."""
    prefixed = _PREFIX.fullmatch(word)
    if prefixed and (lexicon.knows(prefixed["rest"]) or _SUFFIX.fullmatch(prefixed["rest"])):
        return True
    if _SUFFIX.fullmatch(word) or _INVENTED_FEMININE.fullmatch(word):
        return True
    # Plurals and feminines that the dictionary does not list.
    return any(
        word.endswith(ending) and lexicon.knows(word[: -len(ending)])
        for ending in ("s", "x", "e", "es")
    )


@lru_cache(maxsize=4096)
def slip(lexicon: Lexicon, word: str) -> bool:
    """Whether a person rather than software wrote it: an accent wrong, a letter doubled, halved
    or swapped, a space forgotten. Of such slips half of the unknown words in press consist."""
    if any(
        common(lexicon, word[:k]) and common(lexicon, word[k:]) for k in range(2, len(word) - 1)
    ):
        return True
    plain = _unaccented(word)
    return any(
        common(lexicon, other) and (_unaccented(other) == plain or _squeezed(other) == short)
        for short in (_squeezed(word),)
        for other in one_away(word)
    )


def _unaccented(word: str) -> str:
    return unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode()


def _squeezed(word: str) -> str:
    """The letters sorted, each once: alike for words that differ by doubling or swapping."""
    return "".join(sorted(set(_unaccented(word))))


@lru_cache(maxsize=1024)
def _meant(lexicon: Lexicon, word: str) -> tuple[str, ...]:
    """Common words one letter away, in alphabetical order, a few at the most."""
    near = sorted(other for other in one_away(word) if common(lexicon, other))
    return tuple(near[:_MOST_NEAR])


def one_away(word: str) -> set[str]:
    """All strings that differ from the word by one letter dropped, changed, added or swapped."""
    parts = [(word[:k], word[k:]) for k in range(len(word) + 1)]
    found = {a + b[1:] for a, b in parts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    found |= {a + letter + b[1:] for a, b in parts if b for letter in _LETTERS}
    found |= {a + letter + b for a, b in parts for letter in _LETTERS}
    return found - {word}


def common(lexicon: Lexicon, word: str) -> bool:
    """Whether the word is French, and none of the dictionary's rarities."""
    return any(reading.common for reading in lexicon.analyses(word))


def _foreign_neighbours(annotated: Annotated, i: int, lexicon: Lexicon) -> bool:
    """Whether a word beside it is foreign too, or its language is told: it is no invented word."""
    norms = annotated.norms
    return any(
        0 <= k < len(norms) and norms[k].isalpha() and not lexicon.knows(norms[k])
        for k in (i - 1, i + 1)
    ) or not _TONGUES.isdisjoint(norms[max(0, i - 3) : i + 3])
