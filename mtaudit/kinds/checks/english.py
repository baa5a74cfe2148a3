"""English left standing in the French: runs of words, single words, whole passages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.english import English
from mtaudit.french.language import detect, shares
from mtaudit.kinds.base import Hit, Resources
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

# A passage is English where at least this share of its words are English function words; human
# French with a long English title stays below.
_PASSAGE: Final = 0.2
_PASSAGE_WORDS: Final = 5
_FREE_MARKS: Final = frozenset((",", ".", ";", ":", "!", "?", ")", "(", "...", "…"))


def english_passage(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A sentence that was left in English as a whole; langdetect has the last word."""
    for sentence in annotated.sentences:
        if sentence.section == "furniture":
            continue
        if _is_passage(annotated, sentence):
            tokens = annotated.tokens
            yield Hit(rule, tokens[sentence.first].start, tokens[sentence.last - 1].end)


def _is_passage(annotated: Annotated, sentence: Sentence) -> bool:
    norms = annotated.norms[sentence.first : sentence.last]
    if sum(norm[0].isalpha() for norm in norms) < _PASSAGE_WORDS:
        return False
    french, english = shares(norms)
    if english < _PASSAGE or french > english / 2:
        return False
    tokens = annotated.tokens
    text = annotated.text[tokens[sentence.first].start : tokens[sentence.last - 1].end]
    return detect(text) == "en"


def english_run(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Two or more English words in a row within a French sentence: « slam spend deal »."""
    english = resources.english
    tokens = annotated.tokens
    for sentence in annotated.sentences:
        if sentence.section == "furniture":
            continue
        marked = _marked(annotated, sentence, english)
        if not marked or _is_passage(annotated, sentence):
            continue
        for first, last in _runs(annotated, sentence, marked, english):
            if last - first < 2 or _titled(annotated, first, last):
                continue
            if annotated.quoted(tokens[first].start):
                continue
            yield Hit(rule, tokens[first].start, tokens[last - 1].end)


def english_word(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A single English word in lower case outside quotation marks."""
    english = resources.english
    tokens = annotated.tokens
    for sentence in annotated.sentences:
        if sentence.section == "furniture":
            continue
        marked = _marked(annotated, sentence, english)
        if not marked or _is_passage(annotated, sentence):
            continue
        for first, last in _runs(annotated, sentence, marked, english):
            token = tokens[first]
            if last - first != 1 or not token.text.islower() or annotated.quoted(token.start):
                continue
            if not _stands_alone(annotated, sentence, first):
                continue
            yield Hit(rule, token.start, token.end)


def _marked(annotated: Annotated, sentence: Sentence, english: English) -> list[int]:
    """English words in lower case: capitalised ones are names and titles more often than not."""
    return [
        i
        for i in range(sentence.first, sentence.last)
        if english.only(annotated.norms[i]) and annotated.tokens[i].text.islower()
    ]


def _runs(
    annotated: Annotated, sentence: Sentence, marked: list[int], english: English
) -> Iterator[tuple[int, int]]:
    """Maximal runs of English words that hold a marked one; words of both languages may join in."""
    norms = annotated.norms
    done = sentence.first
    for at in marked:
        if at < done:
            continue
        first, last = at, at + 1
        while first > done and _joins(norms[first - 1], english):
            first -= 1
        while last < sentence.last and _joins(norms[last], english):
            last += 1
        # A word that both languages have belongs to the run only between or behind English ones.
        while first < at and not english.only(norms[first]):
            first += 1
        # « rock and roll »: a borrowed word before the conjunction makes it one expression.
        if norms[first] in ("and", "or") and first > done and english.knows(norms[first - 1]):
            done = last
            continue
        done = last
        yield first, last


def _joins(norm: str, english: English) -> bool:
    return english.function_word(norm) or (english.knows(norm) and not english.french(norm))


def _titled(annotated: Annotated, first: int, last: int) -> bool:
    """Whether the run is a title or a name: its longer words are capitalised."""
    words = [annotated.tokens[i].text for i in range(first, last)]
    content = [word for word in words if len(word) > 3] or words
    return sum(word[0].isupper() for word in content) * 2 >= len(content)


def _stands_alone(annotated: Annotated, sentence: Sentence, i: int) -> bool:
    """Whether no name, address or hyphen is beside it that the word may be part of."""
    tokens = annotated.tokens
    for k in (i - 1, i + 1):
        if sentence.first <= k < sentence.last:
            near = tokens[k]
            touches = near.end == tokens[i].start or near.start == tokens[i].end
            if touches and near.text not in _FREE_MARKS and near.text[-1] not in "'’":
                return False
            if near.text[0].isupper() and k > sentence.first:
                return False
    return True
