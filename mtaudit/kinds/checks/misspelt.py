"""English words that are misspelt too: cut at the front, half translated, a letter wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.english import English
from mtaudit.french.lexicon import Lexicon
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.nonword import built, common, one_away, slip
from mtaudit.kinds.checks.words import lower, sentences
from mtaudit.rulebook import Rule

_SHORTEST: Final = 7
_LEARNED: Final = frozenset("primature posteriori europeana off-road crazing".split())


def misspelt_english(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A word of no dictionary that is one letter away from English and from no French word."""
    lexicon, english = resources.lexicon, resources.english
    for sentence in sentences(annotated):
        for i in range(sentence.first, sentence.last):
            norm = annotated.norms[i]
            if len(norm) < _SHORTEST or lexicon.knows(norm) or norm in _LEARNED:
                continue
            if not lower(annotated, i):
                continue
            joined = norm.replace("-", "")
            if not joined.isalpha() or any(
                known(word) for word in (norm, joined) for known in (lexicon.knows, english.knows)
            ):
                continue
            if _beside_name(annotated, i) or not joined.isascii():
                continue
            meant = _meant(joined, lexicon, english)
            if meant:
                token = annotated.tokens[i]
                message = {"fr": f"anglais « {meant} » ?", "en": f"English “{meant}”?"}
                yield Hit(rule, token.start, token.end, (), message)


def _meant(word: str, lexicon: Lexicon, english: English) -> str | None:
    """The English word one letter away, where no French word is as near."""
    if built(lexicon, word) or slip(lexicon, word):
        return None
    near = sorted(one_away(word))
    if any(common(lexicon, other) for other in near):
        return None
    return next((other for other in near if len(other) > 5 and english.only(other)), None)


def _beside_name(annotated: Annotated, i: int) -> bool:
    """Whether a name or an unknown mark touches the word."""
    tokens = annotated.tokens
    return any(0 <= k < len(tokens) and tokens[k].text in "@#_/&" for k in (i - 1, i + 1))
