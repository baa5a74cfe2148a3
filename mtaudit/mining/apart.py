"""Renderings of an English word or pair of words on which a system stands apart.

A wording that one system has, or at most half of them, and neither the human text nor the other
systems, is suspect; one that comes back in many sentences for the same English is a habit.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from mtaudit.mining.collocations import Collocations, Pair, count, neighbours
from mtaudit.mining.corpus import HUMAN, Corpus
from mtaudit.mining.french import Word
from mtaudit.mining.proposal import Hit, Proposal
from mtaudit.mining.statistics import breadth, log_likelihood, places

_LEAST: Final = 2
_REACH: Final = 3
_SHOWN: Final = 2
Key = tuple[str, tuple[str, ...]]


@dataclass
class _Counts:
    """What was counted, by (English, French) and by either alone."""

    hits: defaultdict[Key, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    others: defaultdict[Key, Counter[tuple[str, ...]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    asked: Counter[Key] = field(default_factory=Counter)
    human: Counter[Key] = field(default_factory=Counter)
    shared: Counter[Key] = field(default_factory=Counter)
    english: Counter[str] = field(default_factory=Counter)
    alone: Counter[tuple[str, ...]] = field(default_factory=Counter)
    system_alone: Counter[str] = field(default_factory=Counter)


def renderings(corpus: Corpus) -> list[Proposal]:
    """Single words and pairs of words on which a system stands apart, best first."""
    if not any(row.source for row in corpus.rows):
        return []
    counts = _Counts()
    for row in range(len(corpus.rows)):
        _count_row(corpus, row, counts)
    keys = [key for key, hits in counts.hits.items() if len({r for r, _ in hits}) >= _LEAST]
    instead = {key: _instead(counts.others[key]) for key in keys}
    contexts = {key: _contexts(corpus, key, counts.hits[key], instead[key]) for key in keys}
    collocations = count(corpus.human_texts(), _wanted(keys, instead, contexts))
    habits = _habits(corpus, counts)
    made = [
        _proposal(corpus, key, counts, instead[key], contexts[key], collocations, habits)
        for key in keys
    ]
    return sorted(made, key=lambda proposal: (-proposal.score, proposal.wording))


def _count_row(corpus: Corpus, row: int, counts: _Counts) -> None:
    links = corpus.links[row]
    made: dict[str, dict[tuple[str, ...], str]] = {}
    for name, words in corpus.texts[row].items():
        made[name] = dict(_units(words, links, corpus, row))
    lemmas = corpus.lemma_sets[row]
    systems = [name for name in made if name != HUMAN]
    users: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in systems:
        for unit in made[name]:
            users[unit].append(name)
    english = {word.lemma for word in corpus.sources[row] if word.content}
    english.update(e for units in made.values() for u, e in units.items() if len(u) > 1)
    counts.english.update(english)
    for unit, e in made.get(HUMAN, {}).items():
        counts.human[e, unit] += 1
    for unit, names in users.items():
        e = made[names[0]][unit]
        key = (e, unit)
        if len(names) > max(1, len(systems) // 2):
            counts.shared[key] += 1
            continue
        if _elsewhere(unit, names, made, lemmas) or (len(systems) < 2 and HUMAN not in made):
            continue
        counts.alone[unit] += 1
        if len(names) == 1:
            counts.system_alone[names[0]] += 1
        if any(part in corpus.names for part in e.split()):
            continue
        counts.hits[key].extend((row, name) for name in names)
        own = frozenset[str]().union(*(lemmas[name] for name in names))
        for other, units in made.items():
            if other in names:
                continue
            counts.asked[key] += 1
            if len(unit) > 1:
                found = _linked(corpus.texts[row][other], links, e)
                if found and found != unit:
                    counts.others[key][found] += 1
            else:
                counts.others[key].update(
                    each
                    for each, its in units.items()
                    if its == e and len(each) == 1 and each[0] not in own
                )


def _elsewhere(
    unit: tuple[str, ...],
    names: Sequence[str],
    made: Mapping[str, Mapping[tuple[str, ...], str]],
    lemmas: Mapping[str, frozenset[str]],
) -> bool:
    if len(unit) == 1:
        return any(unit[0] in its for other, its in lemmas.items() if other not in names)
    return any(unit in its for other, its in made.items() if other not in names)


def _units(
    words: tuple[Word, ...], links: Mapping[str, str], corpus: Corpus, row: int
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Lemmas with the English that they render, and neighbouring pairs that render neighbours."""
    beside = _english_pairs(corpus, row)
    last: Word | None = None
    distance = 0
    for word in words:
        distance += 1
        if not word.word:
            last = None
        if not word.content:
            continue
        e = links.get(word.lemma)
        if e:
            yield (word.lemma,), e
            before = links.get(last.lemma) if last else None
            if last and before and before != e and distance <= _REACH:
                pair = beside.get((before, e)) or beside.get((e, before))
                if pair:
                    yield (last.lemma, word.lemma), pair
        last, distance = word, 0


def _english_pairs(corpus: Corpus, row: int) -> dict[Pair, str]:
    found: dict[Pair, str] = {}
    source = corpus.sources[row]
    for first, second in pairwise(source):
        if first.content and second.content:
            found[first.lemma, second.lemma] = f"{first.lemma} {second.lemma}"
    return found


def _linked(words: tuple[Word, ...], links: Mapping[str, str], english: str) -> tuple[str, ...]:
    """What another text has for the two English words, in its order."""
    parts = english.split()
    found = [w.lemma for w in words if w.content and links.get(w.lemma) in parts]
    return tuple(dict.fromkeys(found))[:3]


def _instead(others: Counter[tuple[str, ...]]) -> list[tuple[tuple[str, ...], int]]:
    return others.most_common(_SHOWN)


def _contexts(
    corpus: Corpus,
    key: Key,
    hits: list[Hit],
    instead: list[tuple[tuple[str, ...], int]],
) -> Counter[tuple[str, str]]:
    """The neighbours of a single word, and of what the others have for it, over all hits."""
    found: Counter[tuple[str, str]] = Counter()
    unit = key[1]
    if len(unit) > 1 or not instead:
        return found
    other = instead[0][0][0]
    ours = set(hits)
    for row in sorted({row for row, _ in hits}):
        here: set[tuple[str, str]] = set()
        for each, words in corpus.texts[row].items():
            here |= neighbours(words, unit[0] if (row, each) in ours else other)
        found.update(here)
    return found


def _wanted(
    keys: list[Key],
    instead: Mapping[Key, list[tuple[tuple[str, ...], int]]],
    contexts: Mapping[Key, Counter[tuple[str, str]]],
) -> set[Pair]:
    wanted: set[Pair] = set()
    for key in keys:
        units = [key[1], *(each for each, _ in instead[key][:1])]
        wanted.update((unit[0], unit[1]) for unit in units if len(unit) == 2)
        for unit in units:
            for side, other in contexts[key]:
                wanted.add((other, unit[0]) if side == "<" else (unit[0], other))
    return wanted


def _habits(corpus: Corpus, counts: _Counts) -> dict[str, float]:
    """How often each system stands alone against the mean of them: odd ones out err more."""
    mean = sum(counts.system_alone.values()) / max(1, len(corpus.systems))
    return {
        name: min(2.0, max(0.5, counts.system_alone[name] / mean)) if mean else 1.0
        for name in corpus.systems
    }


def _proposal(
    corpus: Corpus,
    key: Key,
    counts: _Counts,
    instead: list[tuple[tuple[str, ...], int]],
    contexts: Counter[tuple[str, str]],
    collocations: Collocations,
    habits: Mapping[str, float],
) -> Proposal:
    """Scores one rendering.

    The square root of its G² against standing alone elsewhere, times the logs of sentences and
    of places, is damped by how often people (twice) and several systems at once render the
    English so, by how little the others agree on another word, and by how well the wording goes
    with its neighbours in human French; it grows with how odd the systems are that have it.
    """
    english, unit = key
    hits = counts.hits[key]
    n = len({row for row, _ in hits})
    spread = places(row for row, _ in hits)
    gsquare = log_likelihood(
        n, max(n, counts.alone[unit]), max(n, counts.english[english]), len(corpus.rows)
    )
    human, shared = counts.human[key], counts.shared[key]
    agreed = instead[0][1] / counts.asked[key] if instead and counts.asked[key] else 0.0
    score = (
        breadth(n, spread)
        * math.sqrt(max(0.0, gsquare))
        * (n + 0.5)
        / (n + 2 * human + 1)
        * math.sqrt((n + 1) / (n + shared + 1))
        * (0.2 + min(1.0, agreed))
        * (sum(habits[name] for _, name in hits) / len(hits))
    )
    if len(unit) == 1:
        score *= collocations.oddness(unit[0], instead[0][0][0], contexts) if instead else 0.03
    else:
        score *= _pair_oddness(unit, instead, collocations)
    beside = [other for (_, other), _ in contexts.most_common(4) if len(unit) == 1]
    return Proposal(
        kind="apart",
        english=english,
        wording=unit,
        instead=tuple(each for each, _ in instead),
        hits=tuple(hits),
        places=spread,
        human=human,
        score=score,
        beside=tuple(dict.fromkeys(beside)),
    )


def _pair_oddness(
    unit: tuple[str, ...],
    instead: list[tuple[tuple[str, ...], int]],
    collocations: Collocations,
) -> float:
    """Whether people put the two words together, and the two that the others have."""
    if not instead:
        return 0.03
    other = instead[0][0]
    mine = collocations.pairs.get((unit[0], unit[1]), 0)
    if len(other) == 2:
        its = collocations.pairs.get((other[0], other[1]), 0)
    elif len(other) == 1:
        its = collocations.words.get(other[0], 0) // 10
    else:
        its = 0
    if set(other) == set(unit):
        return 0.03
    value = (math.log((min(its, 100) + 0.5) / (mine + 0.5)) + 1) / 5
    return min(1.0, max(0.03, value))
