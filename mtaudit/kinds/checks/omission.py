"""What the English says and the French does not, and the reverse: words, clauses, sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.readings import Read, Reading, read
from mtaudit.rulebook import Rule
from mtaudit.source.align import sentence_spans
from mtaudit.source.links import Links
from mtaudit.source.lost import Loss, added_words, lost_names, lost_words
from mtaudit.source.passages import (
    added_runs,
    added_sentences,
    is_added,
    is_lost,
    lost_runs,
    lost_sentences,
    too_long,
    too_short,
)
from mtaudit.source.translations import load_translations
from mtaudit.source.words import english_words, french_words

# Characters of French around a lost sentence in which words to spare may render it all the same.
_NEAR: Final = 1500
# Tokens at the end of the French before it that show where a sentence is missing.
_SHOWN: Final = 3
# Names that are no other word of English, whatever the dictionary holds.
_PLACES: Final = frozenset(("country", "capital", "region"))


def lost_word(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Words of the English that have no counterpart, where the French phrase lacks them."""
    segments = read(annotated, resources).segments
    table = load_translations() if segments else None
    for index, reading in enumerate(segments):
        assert table is not None
        links = reading.links
        places: dict[tuple[int, int], list[Loss]] = {}
        for loss in lost_words(links, table, _beside(segments, index), resources.lexicon):
            places.setdefault((loss.first, loss.last), []).append(loss)
        for (first, last), losses in places.items():
            lost = _english(reading, losses[0].at, losses[-1].at)
            if losses[-1].at - losses[0].at >= len(losses):
                lost = ", ".join(links.english[loss.at].text for loss in losses)
            yield _hit(
                rule,
                links,
                first,
                last,
                f"« {lost} » n'est pas rendu",
                f"“{lost}” is not rendered",
                lost,
            )


def lost_name(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Names of the English of which the French has no trace."""
    named, exonym = _named(resources), resources.names.exonym
    segments = read(annotated, resources).segments
    table = load_translations() if segments else None
    for index, reading in enumerate(segments):
        assert table is not None
        links = reading.links
        for loss in lost_names(links, table, _beside(segments, index), named, exonym):
            name = links.english[loss.at].text
            yield _hit(rule, links, loss.first, loss.last, *_not_rendered(name), name)


def added_word(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """French words that nothing in the English calls for.

    The option `instead` tells which: `name` those that stand where a name is missing, `nothing`
    the others.
    """
    instead = rule.options.get("instead")
    if instead not in ("name", "nothing"):
        raise rule.error(f"instead is {instead!r}", "options", expected="instead: name or nothing")
    named = _named(resources)
    segments = read(annotated, resources).segments
    table = load_translations() if segments else None
    for index, reading in enumerate(segments):
        assert table is not None
        links = reading.links
        for loss in added_words(links, table, _beside(segments, index), named):
            if (loss.name is None) == (instead == "name"):
                continue
            word = links.french[loss.at].text
            if loss.name is None:
                french, english = f"rien ne dit « {word} »", f"nothing says “{word}”"
                yield _hit(
                    rule, links, loss.first, loss.last, french, english, reading.pair.english
                )
            else:
                name = links.english[loss.name].text
                french, english = f"l'anglais dit « {name} »", f"English says “{name}”"
                yield _hit(rule, links, loss.first, loss.last, french, english, name)


def lost_passage(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Clauses and whole sentences of the English that the French passes over.

    A clause is shown on the French words on either side of it, a sentence on the last words of
    the French before it.
    """
    if annotated.alignment is None:
        return
    found, table = read(annotated, resources), load_translations()
    for reading in found.segments:
        links, pair = reading.links, reading.pair
        places = [
            (_english(reading, gap.start, gap.end), gap.first, gap.last)
            for gap in lost_runs(links, table)
        ]
        spans = sentence_spans(pair.english)
        if len(spans) > 1:
            places += [
                (pair.english[slice(*spans[number])], max(0, after - 1), after)
                for number, after in lost_sentences(links, spans, table)
            ]
        for lost, first, last in places:
            if too_short(pair.end - pair.start, len(pair.english), len(lost)):
                yield _hit(rule, links, first, last, *_not_rendered(lost), lost)
    for missing in found.lost:
        near = _near(found, missing.start)
        spare = [reading.links.french[j] for reading in near for j in sorted(reading.links.spare)]
        words = english_words(missing.english, resources.lemmas)
        size = len(missing.english)
        joined = any(
            not too_short(
                reading.pair.end - reading.pair.start, len(reading.pair.english) + size, size
            )
            for reading in _next(found, missing.start, missing.end)
        )
        if joined or not is_lost(words, spare, table):
            continue
        inside = [t for t in annotated.tokens if missing.start <= t.start < missing.end]
        last_words = inside[-_SHOWN:]
        if last_words:
            french, english = _not_rendered(missing.english)
            yield Hit(
                rule,
                last_words[0].start,
                last_words[-1].end,
                (),
                {"fr": french, "en": english},
                source_text=missing.english,
            )


def added_passage(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Clauses and sentences of the French that the English does not call for."""
    if annotated.alignment is None:
        return
    found, table = read(annotated, resources), load_translations()
    text = annotated.article.text
    told = {"fr": "rien de tel dans l'anglais", "en": "nothing like it in the English"}
    for reading in found.segments:
        links, pair = reading.links, reading.pair
        places = [
            (links.french[gap.first].start, links.french[gap.last].end)
            for gap in added_runs(links, table)
        ]
        spans = [
            (pair.start + start, pair.start + end)
            for start, end in sentence_spans(text[pair.start : pair.end])
        ]
        if len(spans) > 1:
            places += [spans[number] for number in added_sentences(links, spans, table)]
        for start, end in places:
            if too_long(pair.end - pair.start, len(pair.english), end - start):
                yield Hit(rule, start, end, (), told, source_text=pair.english)
    for start, end in found.extra:
        near = _near(found, start)
        unsaid = [
            word
            for reading in near
            for i, word in enumerate(reading.links.english)
            if word.content and i not in reading.links.partner
        ]
        inside = [token for token in annotated.tokens if start <= token.start < end]
        parted = any(
            not too_long(
                reading.pair.end - reading.pair.start + end - start,
                len(reading.pair.english),
                end - start,
            )
            for reading in _next(found, start, end)
        )
        words = french_words(inside, resources.lexicon)
        if near and not parted and is_added(words, unsaid, table):
            yield Hit(rule, start, end, (), told, source_text=near[-1].pair.english)


def _near(found: Read, place: int) -> list[Reading]:
    """The segments around a place of the text."""
    return [reading for reading in found.segments if abs(reading.pair.start - place) < _NEAR]


def _next(found: Read, start: int, end: int) -> list[Reading]:
    """The segments that hold, end before or follow a stretch of the text."""
    before = [reading for reading in found.segments if reading.pair.start < end]
    behind = [reading for reading in found.segments if reading.pair.start >= end]
    return before[-1:] + behind[:1]


def _named(resources: Resources) -> Callable[[str], bool]:
    """Tells whether a capitalised English word is a name and nothing else."""
    names, english = resources.names, resources.english

    def named(word: str) -> bool:
        word = word.removesuffix("'s").removesuffix("’s")
        return not english.knows(word.lower()) or bool(names.kinds(word) & _PLACES)

    return named


def _beside(segments: tuple[Reading, ...], index: int) -> list[Links]:
    return [segments[k].links for k in (index - 1, index + 1) if 0 <= k < len(segments)]


def _not_rendered(english: str) -> tuple[str, str]:
    return f"« {english} » n'est pas rendu", f"“{english}” is not rendered"


def _english(reading: Reading, first: int, last: int) -> str:
    words = reading.links.english
    return reading.pair.english[words[first].start : words[last].end]


def _hit(
    rule: Rule, links: Links, first: int, last: int, french: str, english: str, source: str
) -> Hit:
    start, end = links.french[first].start, links.french[last].end
    return Hit(rule, start, end, (), {"fr": french, "en": english}, source_text=source)
