"""The statistics of mining: log-likelihood, and the places that a row stands for."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

# Rows that stand nearer than this are taken for one article: a topic is not a habit.
_ARTICLE: Final = 20


def log_likelihood(both: int, first: int, second: int, total: int) -> float:
    """Dunning's G² of two events among `total`, negative where they shun each other.

    Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", Computational
    Linguistics 19(1), 1993: −2 log λ of the two-by-two table of counts.

    Args:
        both: How often both happen.
        first, second: How often each happens, with or without the other.
    """
    table = (both, first - both, second - both, max(0, total - first - second + both))
    a, b, c, d = table
    value = 2 * (_entropy(table) - _entropy((a + b, c + d)) - _entropy((a + c, b + d)))
    return value if both * total >= first * second else -value


def _entropy(counts: Iterable[int]) -> float:
    counts = tuple(counts)
    total = sum(counts)
    return sum(count * math.log(count / total) for count in counts if count > 0)


def two_samples(here: int, size_here: int, there: int, size_there: int) -> float:
    """G² of an event that happened `here` times among `size_here`, and `there` elsewhere."""
    return log_likelihood(here, here + there, size_here, size_here + size_there)


def breadth(sentences: int, spots: int) -> float:
    """How much the numbers of sentences and of places count: by their logs, one place little."""
    return math.log(1 + sentences) * math.log(1 + spots) * (0.6 if spots == 1 else 1.0)


def places(rows: Iterable[int]) -> int:
    """How many places the rows come from; neighbours count as one article."""
    ordered = sorted(set(rows))
    return sum(1 for at, row in enumerate(ordered) if at == 0 or row - ordered[at - 1] > _ARTICLE)
