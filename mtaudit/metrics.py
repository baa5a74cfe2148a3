"""Translation metrics against references, by sacreBLEU, each with sacreBLEU's own signature.

sacreBLEU counts, once for each segment, what matches; a score is a function of the sums of these
counts. They are kept, so that scores of articles, of the corpus, of resamples and of mixtures of
two systems cost no second count.
"""

from __future__ import annotations

import hashlib
import json
import math
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, repeat
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from mtaudit.cache import Cache
from mtaudit.errors import InputError, MtauditError
from mtaudit.jobs import forks
from mtaudit.model import ArticleResult, Metrics, MetricScore, Report
from mtaudit.resampling import RESAMPLES, SEED, bootstrap, by_columns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sacrebleu.metrics.base import Metric

    Matrix = NDArray[np.float64]

Unit = Literal["line", "text", "mixed"]
Pair = tuple[str, str]
"""A translation and its reference."""
Row = Sequence[float]
"""The counts of a segment."""
Watch = Callable[[Iterable[Row]], Iterable[Row]]
"""Hands on what is counted, segment by segment; to show progress."""


def _chrf() -> Metric:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF(word_order=2)


def _bleu() -> Metric:
    from sacrebleu.metrics.bleu import BLEU

    # With force it does not warn of lines that end in a mark apart: French has such.
    return BLEU(force=True)


def _ter() -> Metric:
    try:
        from mtaudit.ter import QuickTER
    except ImportError:  # another sacreBLEU, with other names inside: the same, only slower
        from sacrebleu.metrics.ter import TER

        return TER()
    return QuickTER()


# What to go by comes first: BLEU's usual tokenizer was made for English. sacreBLEU is imported on
# use: it costs a tenth of a second that most runs need not spend.
METRICS: Final[Mapping[str, Callable[[], Metric]]] = MappingProxyType(
    {"chrF2++": _chrf, "BLEU": _bleu, "TER": _ter}
)
LOWER_IS_BETTER: Final = frozenset(("TER",))

# Counts of a segment, side by side: hypothesis, reference and match for six orders of characters
# and two of words; two lengths, four matches and four totals; edits and length.
COLUMNS: Final[Mapping[str, slice]] = MappingProxyType(
    {"chrF2++": slice(0, 24), "BLEU": slice(24, 34), "TER": slice(34, 36)}
)
_WIDTH: Final = 36

# TER of a sentence of 25 words takes 3 ms, of 100 words 0.2 s, of 200 words 1.2 s, and so on: eight
# times as long for twice the words.
_TER_WORDS: Final = 200
# Resamples of a handful of lines are the same few lines again and again.
_LEAST_SEGMENTS: Final = 5
# What takes less than a second altogether is not worth the start of processes.
_ALONE: Final = 200
_CHUNK: Final = 40


class Cut(NamedTuple):
    """Texts that say the same, cut into what a metric takes for one sentence.

    Attributes:
        segments: One text each of every text given, for each segment.
        unit: `line` where the lines of all correspond, else `text`: one segment, the whole.
        lines: For each text the lines that its segments are, counted from 1; none of whole texts.
    """

    segments: tuple[tuple[str, ...], ...]
    unit: Unit
    lines: tuple[tuple[int, ...], ...] = ()


def cut(*texts: str) -> Cut:
    """The segments of texts that say the same.

    Lines correspond where all texts have as many of them, or as many that are not blank. A line
    that is blank in some of the texts alone counts: something was left out there.
    """
    for lines in (_lines, _inked):
        found = [lines(text) for text in texts]
        if len(set(map(len, found))) == 1:
            kept = [each for each in zip(*found, strict=True) if any(line for _, line in each)]
            return Cut(
                tuple(tuple(line for _, line in each) for each in kept),
                "line",
                tuple(tuple(each[at][0] for each in kept) for at in range(len(texts))),
            )
    return Cut((texts,), "text")


def _lines(text: str) -> list[tuple[int, str]]:
    """Number and text of each line, without blank ones at the end."""
    return [(number, line.strip()) for number, line in enumerate(text.rstrip().split("\n"), 1)]


def _inked(text: str) -> list[tuple[int, str]]:
    return [(number, line) for number, line in _lines(text) if line]


def counts(
    pairs: Sequence[Pair],
    *,
    cache: Cache | None = None,
    jobs: int = 1,
    watch: Watch = iter,
) -> Matrix:
    """What sacreBLEU counts in each segment: a row a segment, the columns as COLUMNS has them.

    TER's columns are NaN where a segment is so long that TER would take seconds.

    Args:
        cache: Where counts of earlier runs are, and these are put.
        jobs: How many processes count, where there is enough to do.
    """
    import numpy as np

    cache = cache or Cache()
    keys = _keys(pairs) if cache.usable else list(repeat(b"", len(pairs)))
    rows: dict[int, Row] = {}
    for index, key in enumerate(keys):
        row = _known(cache.get(key)) if key else None
        if row is not None:
            rows[index] = row
    missing = [index for index in range(len(pairs)) if index not in rows]
    counted = _counted([pairs[index] for index in missing], jobs)
    for index, row in zip(missing, watch(counted), strict=True):
        rows[index] = row
        if keys[index]:
            cache.put(keys[index], json.dumps(row).encode())
    cache.flush()
    return np.array([rows[index] for index in range(len(pairs))], dtype=np.float64).reshape(
        len(pairs), _WIDTH
    )


def measure(name: str) -> Callable[[Matrix], list[float]]:
    """The function that gives a metric's score for each row of its counts, summed."""
    metric = METRICS[name]()

    def scores(sums: Matrix) -> list[float]:
        return [metric._compute_score_from_stats(row).score for row in sums.tolist()]

    return scores


def countable(counted: Matrix) -> tuple[str, ...]:
    """The metrics that every segment has the counts of, best first."""
    import numpy as np

    return tuple(name for name in METRICS if not np.isnan(counted[:, COLUMNS[name]]).any())


def scores(
    counted: Matrix, unit: Unit, *, seed: int = SEED, trials: int | None = None
) -> dict[str, MetricScore | None]:
    """The metrics of segments taken as one corpus, best first; None for one that was not counted.

    Intervals are by sacreBLEU's bootstrap of segments, and there from five segments on.

    Args:
        unit: What the segments are.
        trials: Of the test of significance that goes with the scores; signatures name it.
    """
    measures = {name: measure(name) for name in countable(counted)}
    bounds: Mapping[str, tuple[float, float]] = {}
    if len(counted) >= _LEAST_SEGMENTS:
        parts = {name: (COLUMNS[name], each) for name, each in measures.items()}
        bounds = bootstrap(counted, by_columns(parts), seed=seed)
    found: dict[str, MetricScore | None] = dict.fromkeys(METRICS)
    for name, each in measures.items():
        total = counted[:, COLUMNS[name]].sum(axis=0, keepdims=True)
        found[name] = MetricScore(
            each(total)[0],
            _signature(
                name,
                seg=None if unit == "line" else unit,
                bs=RESAMPLES if bounds else None,
                ar=trials,
                seed=seed if bounds or trials else None,
            ),
            bounds.get(name),
        )
    return found


def against_references(
    hypotheses: Sequence[str], references: Sequence[str]
) -> dict[str, MetricScore | None]:
    """Scores translations against one reference each, by every metric of METRICS.

    Prefer chrF2++ for French; BLEU and TER are there to compare with older figures.

    Args:
        hypotheses: The translations: sentences, lines or whole articles, but all of one sort.
        references: The translations made by people, in the same order.

    Raises:
        InputError: Nothing to compare, or not one reference for each translation.
    """
    if len(hypotheses) != len(references) or not hypotheses:
        raise InputError(
            f"{len(hypotheses)} translations and {len(references)} references",
            expected="one reference for each translation, and at least one",
            hint="leave out the articles without a reference",
        )
    return scores(counts(list(zip(hypotheses, references, strict=True))), "line")


def measured(
    report: Report,
    *,
    cache: Cache | None = None,
    jobs: int = 1,
    watch: Watch = iter,
) -> Report:
    """The report with the metrics of each article that has a reference, and of all of them."""
    cuts = [
        cut(result.article.text, result.article.reference) if result.article.reference else None
        for result in report.results
    ]
    there = [each for each in cuts if each is not None]
    if not there:
        return report
    pairs = [(text, reference) for each in there for text, reference in each.segments]
    counted = counts(pairs, cache=cache, jobs=jobs, watch=watch)
    results: list[ArticleResult] = []
    first = 0
    for result, each in zip(report.results, cuts, strict=True):
        if each is None:
            results.append(result)
            continue
        last = first + len(each.segments)
        own = Metrics(scores(counted[first:last], each.unit), len(each.segments))
        results.append(replace(result, metrics=own))
        first = last
    whole = scores(counted, common_unit(each.unit for each in there))
    return replace(report, results=tuple(results), metrics=Metrics(whole, len(counted), len(there)))


def common_unit(units: Iterable[Unit]) -> Unit:
    """What the segments of several articles are."""
    found = set(units)
    return found.pop() if len(found) == 1 else "mixed"


def _signature(name: str, **keys: int | str | None) -> str:
    metric = METRICS[name]()
    metric.num_refs = 1
    made = metric.get_signature()
    for key, value in keys.items():
        if value is not None:
            made.update(key, value)
    return f"{name}|{made.format()}"


def _keys(pairs: Sequence[Pair]) -> list[bytes]:
    """Digests of all that the counts depend on."""
    from sacrebleu import __version__

    begin = hashlib.sha256(f"sacrebleu {__version__} {_TER_WORDS} ".encode())
    keys = []
    for pair in pairs:
        digest = begin.copy()
        digest.update(json.dumps(pair).encode())
        keys.append(digest.digest())
    return keys


def _known(value: bytes | None) -> Row | None:
    if value is None:
        return None
    try:
        row = json.loads(value)
        return [float(each) for each in row] if len(row) == _WIDTH else None
    except (ValueError, TypeError):
        return None


def _counted(pairs: Sequence[Pair], jobs: int) -> Iterator[Row]:
    chunks = [pairs[at : at + _CHUNK] for at in range(0, len(pairs), _CHUNK)]
    if jobs < 2 or len(pairs) < _ALONE:
        yield from chain.from_iterable(map(_count, chunks))
        return
    import multiprocessing
    import warnings
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    for make in METRICS.values():
        make()  # what is imported now is shared
    context = multiprocessing.get_context("fork" if forks() else "spawn")
    with warnings.catch_warnings():
        # From 3.12 on Python warns of threads (numpy's); none of them is used here.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            with ProcessPoolExecutor(jobs, context, initializer=_uninterrupted) as pool:
                yield from chain.from_iterable(pool.map(_count, chunks))
        except BrokenProcessPool as error:
            raise MtauditError(
                "a process that counts for the metrics ended before its work was done",
                hint="is memory short? --jobs 1 needs the least",
            ) from error


def _uninterrupted() -> None:
    """Control-C is the business of the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _count(pairs: Sequence[Pair]) -> list[Row]:
    metrics = {name: make() for name, make in METRICS.items()}
    rows: list[Row] = []
    for text, reference in pairs:
        row: list[float] = []
        longest = max(len(text.split()), len(reference.split()))
        for name, metric in metrics.items():
            where = COLUMNS[name]
            if name == "TER" and longest > _TER_WORDS:
                row += [math.nan] * (where.stop - where.start)
            else:
                row += metric._extract_corpus_statistics([text], [[reference]])[0]
        rows.append(row)
    return rows
