"""Chance by drawing again: bootstrap intervals and paired approximate randomization.

Texts come as a matrix of statistics, a row for each segment, whose column sums are all that a
score needs (counts of matches, of words, of penalty points). So a score of any mixture of segments
is the score of a sum of rows, and thousands of mixtures are one product of matrices.

Draws are those of sacreBLEU 2 with the same seed: its intervals and p-values come out the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

SEED: Final = 12345
RESAMPLES: Final = 1000
TRIALS: Final = 10_000

# How many numbers of a block of draws are held at a time, 64 MiB of them.
_HELD: Final = 8_000_000
# Blocks begin where sacreBLEU's draw in one piece has used up whole words of random bits.
_WORD: Final = 32
# Scores of equal mixtures that were summed in another order differ by this part of them.
_ROUNDING: Final = 1e-9

Measure = Callable[["Matrix"], Sequence[float]]
"""The score of each row of sums."""


def bootstrap(
    statistics: Matrix,
    measures: Mapping[str, Measure],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, tuple[float, float]]:
    """Lower and upper bound at 95 % of each measure, from segments drawn with replacement."""
    import numpy as np

    drawn: dict[str, list[float]] = {name: [] for name in measures}
    generator = np.random.default_rng(seed)
    size = len(statistics)
    for rows in _blocks(resamples, size):
        chosen = generator.choice(size, size=(rows, size), replace=True)
        weights = np.zeros((rows, size))
        for weight, indices in zip(weights, chosen, strict=True):
            weight += np.bincount(indices, minlength=size)
        sums = weights @ statistics
        for name, measure in measures.items():
            drawn[name].extend(measure(sums))
    cut = resamples // 40
    bounds = {}
    for name, values in drawn.items():
        values.sort()
        bounds[name] = float(values[cut]), float(values[resamples - cut - 1])
    return bounds


def randomization(
    one: Matrix,
    other: Matrix,
    measures: Mapping[str, Measure],
    *,
    trials: int = TRIALS,
    seed: int = SEED,
) -> dict[str, float]:
    """How likely so great a difference is by chance, for each measure: p, two-sided.

    In each trial every segment is given to the one or the other by a coin, and the difference of
    the two mixtures is taken (Noreen 1989, Riezler and Maxwell 2005). Differences as great as the
    real one count as chance: two equal systems have p = 1, and a single segment proves nothing.
    sacreBLEU counts greater ones alone, and so gives a system against itself p = 1/10001; where no
    trial ties, the two agree.

    Args:
        one, other: Statistics of the same segments in the same order.
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    apart, of_one, of_other = one - other, one.sum(axis=0), other.sum(axis=0)
    sums = np.stack([of_one, of_other])
    real = {name: abs(_difference(measure(sums))) for name, measure in measures.items()}
    as_great = dict.fromkeys(measures, 0)
    for rows in _blocks(trials, len(one)):
        heads = generator.integers(2, size=(rows, len(one)), dtype=bool).astype(np.float64)
        mixed = heads @ apart + of_other
        rest = of_one + of_other - mixed
        for name, measure in measures.items():
            first, second = np.asarray(measure(mixed)), np.asarray(measure(rest))
            slack = _ROUNDING * np.maximum(np.abs(first), np.abs(second))
            as_great[name] += int(np.sum(np.abs(first - second) + slack >= real[name]))
    return {name: (count + 1) / (trials + 1) for name, count in as_great.items()}


def by_columns(parts: Mapping[str, tuple[slice, Measure]]) -> dict[str, Measure]:
    """Measures that look each at its own columns of the statistics alone."""

    def looking(where: slice, measure: Measure) -> Measure:
        return lambda sums: measure(sums[:, where])

    return {name: looking(*part) for name, part in parts.items()}


def _difference(values: Sequence[float]) -> float:
    return float(values[0]) - float(values[1])


def _blocks(count: int, size: int) -> Iterator[int]:
    most = max(_HELD // max(size, 1) // _WORD * _WORD, _WORD)
    for start in range(0, count, most):
        yield min(most, count - start)
