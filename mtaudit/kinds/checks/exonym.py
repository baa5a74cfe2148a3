"""Places left in their English form although French has its own: « à Moscow », « en Germany »."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule

# Only after one of these is the word surely a place and not part of a name: « l'agence China
# News », « Jordan Bardella ».
_BEFORE: Final = frozenset(
    "à au aux en de d' du dans vers pour contre depuis sur par entre et chez la le l' les".split()
)
_MOST_WORDS: Final = 3


def english_exonym(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A place name in English spelling, behind a preposition and beside no other name."""
    tokens, norms, names = annotated.tokens, annotated.norms, resources.names
    text = annotated.text
    for sentence in annotated.sentences:
        i = sentence.first + 1
        while i < sentence.last:
            if norms[i - 1] not in _BEFORE or not tokens[i].text[0].isupper():
                i += 1
                continue
            for size in range(_MOST_WORDS, 0, -1):
                end = i + size
                if end > sentence.last:
                    continue
                name = text[tokens[i].start : tokens[end - 1].end]
                french = names.exonym(name)
                if french is None or names.is_first_name(name) or not names.is_place(name):
                    continue
                beside = tokens[end] if end < sentence.last else None
                if beside is not None and (beside.text[0].isupper() or beside.text[0] in "&-/"):
                    continue
                if annotated.quoted(tokens[i].start) or _within_name(annotated, i):
                    continue
                yield Hit(rule, tokens[i].start, tokens[end - 1].end, (french,))
                i = end - 1
                break
            i += 1


def _within_name(annotated: Annotated, i: int) -> bool:
    """« Serum Institute de India », « FC de Seoul »: a capitalised word before the preposition."""
    return (
        i >= 2
        and annotated.norms[i - 1] in ("de", "d'", "du", "of")
        and annotated.tokens[i - 2].text[0].isupper()
    )
