"""Words and collocations that translations use more than people do, in the same rows."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from mtaudit.mining.corpus import HUMAN, Corpus
from mtaudit.mining.french import Word
from mtaudit.mining.proposal import Hit, Proposal
from mtaudit.mining.statistics import places, two_samples

_LEAST: Final = 4
_CERTAIN: Final = 10.83  # chi squared, one degree of freedom, p < 0.001
# Over-use alone is mostly manner: it comes after what stands apart.
_WEIGHT: Final = 0.12
Unit = tuple[str, ...]


def overused(corpus: Corpus) -> list[Proposal]:
    """Lemmas, and two or three of them in a row, ranked by G² over places, best first.

    Rows without a human text are passed over: the two sides must speak of the same things.
    """
    hits: defaultdict[Unit, list[Hit]] = defaultdict(list)
    people: defaultdict[Unit, set[int]] = defaultdict(set)
    sizes = [0, 0]
    for row, texts in enumerate(corpus.texts):
        if HUMAN not in texts or len(texts) < 2:
            continue
        for name, words in texts.items():
            sizes[name != HUMAN] += len(words)
            for unit in set(_units(words)):
                if name == HUMAN:
                    people[unit].add(row)
                else:
                    hits[unit].append((row, name))
    found: list[Proposal] = []
    for unit, where in hits.items():
        rows = {row for row, _ in where}
        if len(rows) < _LEAST:
            continue
        human = len(people[unit])
        # Several systems translate each row: their counts are brought down to one's.
        here = round(len(where) * sizes[0] / sizes[1])
        gsquare = two_samples(here, sizes[0], human, sizes[0])
        if gsquare < _CERTAIN:
            continue
        spread = places(rows)
        score = _WEIGHT * math.sqrt(gsquare) * math.log(1 + spread) * here / (here + 2 * human + 1)
        found.append(
            Proposal(
                kind="overuse",
                english=_english(corpus, unit, where),
                wording=unit,
                instead=(),
                hits=tuple(where),
                places=spread,
                human=human,
                score=score,
            )
        )
    return sorted(found, key=lambda proposal: (-proposal.score, proposal.wording))


def _units(words: Sequence[Word]) -> Iterator[Unit]:
    """Lemmas of content, and runs of two or three words with content at both ends."""
    for at, word in enumerate(words):
        if not word.content:
            continue
        yield (word.lemma,)
        for size in (2, 3):
            run = words[at : at + size]
            if len(run) == size and run[-1].content and all(each.word for each in run):
                yield tuple(each.lemma for each in run)


def _english(corpus: Corpus, unit: Unit, hits: Sequence[Hit]) -> str:
    found: Counter[str] = Counter()
    if not corpus.rows[hits[0][0]].source:
        return ""
    for row, _ in hits:
        linked = [corpus.links[row].get(lemma) for lemma in unit]
        found[" ".join(dict.fromkeys(each for each in linked if each))] += 1
    best, count = found.most_common(1)[0]
    return best if 2 * count >= len(hits) else ""
