"""Whether the English beside a finding says what its rule names: then it is confirmed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

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
    words = _read(pair.english, lemmas)
    for phrase in english:
        for way in wanted(phrase, lemmas):
            span = _find(way, words)
            if span is not None:
                return pair.english[words.spans[span[0]][0] : words.spans[span[1]][1]]
    return None


class _Wanted(NamedTuple):
    """One word of a phrase.

    Attributes:
        exact: Whether `word` is a form; else it is a lemma.
        next: Whether it must follow right after the word before it.
    """

    word: str
    exact: bool = False
    next: bool = False


class _Words(NamedTuple):
    """The words of a stretch of English."""

    spans: tuple[tuple[int, int], ...]
    lemmas: tuple[str, ...]
    forms: tuple[str, ...]

    def has(self, at: int, wanted: _Wanted) -> bool:
        """Whether the word at an index is the one."""
        if not wanted.exact:
            return self.lemmas[at] == wanted.word
        form = self.forms[at]
        # Upper case in a rule asks for it; lower case takes any.
        return (form if wanted.word != wanted.word.lower() else form.lower()) == wanted.word


@lru_cache(maxsize=256)
def _read(text: str, lemmas: EnglishLemmas) -> _Words:
    spans = tuple(match.span() for match in WORD.finditer(text))
    forms = tuple(text[start:end] for start, end in spans)
    return _Words(spans, tuple(lemmas.lemma(form.lower()) for form in forms), forms)


@lru_cache(maxsize=8192)
def wanted(phrase: str, lemmas: EnglishLemmas) -> tuple[tuple[_Wanted, ...], ...]:
    """What to look for, one tuple per way that the phrase names (« it's / its »).

    `=word` asks for that form, `a_b` for b right behind a. Words that uses of a phrase leave out or
    change (articles, possessives, be, have, do, to) do not count unless they are asked for so.
    """
    ways = []
    for way in re.split(r"\s+/\s+", phrase):
        kept: list[_Wanted] = []
        told = False
        for group in way.split():
            for n, part in enumerate(group.split("_")):
                exact = part.startswith("=")
                for word in _WORD.findall(part):
                    if exact:
                        kept.append(_Wanted(word, True, n > 0))
                        told = True
                        continue
                    if _PLACEHOLDER.fullmatch(word):
                        continue
                    lemma = lemmas.lemma(word.lower())
                    if lemma not in _OPTIONAL or n:
                        kept.append(_Wanted(lemma, False, n > 0))
        # One function word alone says nothing: every sentence has some.
        if told or len(kept) > 1 or any(each.word not in FUNCTION for each in kept):
            ways.append(tuple(kept))
    return tuple(way for way in ways if way)


def _find(phrase: tuple[_Wanted, ...], words: _Words) -> tuple[int, int] | None:
    """First and last index of the words in order, with few others between them."""
    size = len(words.spans)
    for first in range(size):
        if not words.has(first, phrase[0]):
            continue
        last = first
        for following in phrase[1:]:
            reach = 1 if following.next else 1 + _GAP
            at = next(
                (
                    k
                    for k in range(last + 1, min(size, last + 1 + reach))
                    if words.has(k, following)
                ),
                -1,
            )
            if at < 0:
                break
            last = at
        else:
            return first, last
    return None
