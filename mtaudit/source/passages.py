"""Clauses and sentences that the English has and the French passes over, and the reverse."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mtaudit.source.align import RATIO
from mtaudit.source.links import Links, link
from mtaudit.source.lost import FAR, is_name, partner_before, partner_behind, waiting_words
from mtaudit.source.translations import Translations
from mtaudit.source.words import Word

# A run of so many words that the table knows a little is a clause.
_RUN: Final = 6
_KNOWN: Final = 3
_REST: Final = 0.75
# A sentence must hold so many known words.
_SENTENCE: Final = 3
# So few of its words are found one to one by chance, so many where it was translated.
_LEFT: Final = 0.35
_KEPT: Final = 0.5


@dataclass(frozen=True)
class Gap:
    """A run of words of one language of which the other has nothing.

    Attributes:
        start, end: Its words, both inclusive, by index in its own language.
        first, last: The French words to point to, both inclusive.
    """

    start: int
    end: int
    first: int
    last: int


def lost_runs(links: Links, table: Translations) -> Iterator[Gap]:
    """Runs of English content words, a clause or more, that the French passes over."""
    english = links.english
    for run in _runs([word.content for word in english], links.rendered):
        known = [k for k in run if table.english(english[k].key).count >= _KNOWN]
        names = sum(is_name(english, k) for k in run)
        if len(known) < _RUN or names > len(run) // 2:
            continue
        if not _rest_found([word.content for word in english], run, links.rendered):
            continue
        low, high = partner_before(links, run[0]), partner_behind(links, run[-1])
        if low is None:
            if high is None:
                continue
            low = high - 1
        elif high is None:
            high = low + 1
        if high < low or high - low > FAR:
            continue
        spare = sum(low - 1 <= j <= high + 1 for j in links.spare)
        if spare <= len(run) // 4:
            yield Gap(run[0], run[-1], max(0, low), min(len(links.french) - 1, high))


def lost_sentences(
    links: Links, spans: Sequence[tuple[int, int]], table: Translations
) -> Iterator[tuple[int, int]]:
    """Sentences of a stretch of several that the French beside them leaves out.

    Args:
        spans: Where the English sentences stand, half-open in characters of the English.

    Yields:
        The index of the sentence, and that of the French word it would have followed.
    """
    known = [table.english(word.key).count >= _KNOWN for word in links.english]
    for number, first in _left_out(links.english, spans, known, links.partner):
        before = partner_before(links, first)
        yield number, 0 if before is None else before


def added_sentences(
    links: Links, spans: Sequence[tuple[int, int]], table: Translations
) -> Iterator[int]:
    """Sentences of a stretch of several that the English beside them does not call for, by index.

    Args:
        spans: Where the French sentences stand, half-open as the places of the French words.
    """
    known = [table.french(word.key).count >= _KNOWN for word in links.french]
    for number, _ in _left_out(links.french, spans, known, links.partner.values()):
        yield number


def _left_out(
    words: Sequence[Word],
    spans: Sequence[tuple[int, int]],
    known: Sequence[bool],
    found: Collection[int],
) -> Iterator[tuple[int, int]]:
    """Sentences hardly a word of which was found, beside others that were: index, first word."""
    sentences = []
    for start, end in spans:
        inside = [k for k, word in enumerate(words) if start <= word.start < end]
        content = [k for k in inside if words[k].content]
        share = sum(k in found for k in content) / len(content) if content else 1.0
        sentences.append((share, sum(known[k] for k in content), inside))
    for number, (share, count, inside) in enumerate(sentences):
        others = (other for k, (other, *_) in enumerate(sentences) if k != number)
        if count >= _SENTENCE and share <= _LEFT and max(others, default=0.0) >= _KEPT:
            yield number, inside[0]


def is_lost(sentence: Sequence[Word], near: Sequence[Word], table: Translations) -> bool:
    """Whether nothing near it renders a sentence that no French was laid beside.

    Args:
        near: The French words around it that render nothing else.
    """
    content = [word for word in sentence if word.content]
    known = [word for word in content if table.english(word.key).count >= _KNOWN]
    if len(known) < _SENTENCE:
        return False
    return len(link(sentence, near, table).partner) <= _LEFT * len(content)


def is_added(sentence: Sequence[Word], near: Sequence[Word], table: Translations) -> bool:
    """Whether nothing near it calls for a French sentence that no English was laid beside.

    Args:
        near: The English words around it that nothing renders.
    """
    content = [word for word in sentence if word.content]
    known = [word for word in content if table.french(word.key).count >= _KNOWN]
    if len(known) < _SENTENCE:
        return False
    return len(link(near, sentence, table).partner) <= _LEFT * len(content)


def added_runs(links: Links, table: Translations) -> Iterator[Gap]:
    """Runs of French content words, a clause or more, that the English does not call for."""
    french = links.french
    places = {j: i for i, j in links.partner.items()}
    for run in _runs([word.content for word in french], links.explained):
        known = [k for k in run if table.french(french[k].key).count >= _KNOWN]
        if len(known) < _RUN:
            continue
        if not _rest_found([word.content for word in french], run, links.explained):
            continue
        waiting = waiting_words(links, places, run[len(run) // 2])
        if waiting is not None and len(waiting) <= len(run) // 4:
            yield Gap(run[0], run[-1], run[0], run[-1])


def _runs(content: Sequence[bool], found: frozenset[int]) -> Iterator[list[int]]:
    """Content words in a row of which none was found, by index."""
    run: list[int] = []
    for k, says in enumerate(content):
        if not says:
            continue
        if k in found:
            if run:
                yield run
            run = []
        else:
            run.append(k)
    if run:
        yield run


def too_short(french: int, english: int, lost: int) -> bool:
    """Whether French of that length cannot hold all of its English, nor most of what is lost.

    Lengths are in characters; where they fit, a sentence was joined to another, not dropped.
    """
    return french < RATIO * (english - lost / 2)


def too_long(french: int, english: int, added: int) -> bool:
    """Whether French of that length holds more than its English, by most of what is added."""
    return french > RATIO * english + added / 2


def _rest_found(content: Sequence[bool], run: Sequence[int], found: frozenset[int]) -> bool:
    """Whether most other words were found: a free translation leaves runs everywhere."""
    rest = [k for k, says in enumerate(content) if says and not run[0] <= k <= run[-1]]
    return sum(k in found for k in rest) >= _REST * len(rest)
