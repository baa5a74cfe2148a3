"""Compares systems on the same articles: scores with their significance, findings that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mtaudit.comparing.differences import Difference, Pairing, RuleTally, Tally, segment_of
from mtaudit.comparing.parallel import Parallel, Row
from mtaudit.errors import InputError
from mtaudit.metrics import COLUMNS, Cut, Unit, common_unit, countable, counts, cut, measure, scores
from mtaudit.model import (
    FAMILIES,
    Article,
    ArticleResult,
    Finding,
    Metrics,
    Problem,
    Score,
)
from mtaudit.resampling import SEED, TRIALS, Measure, bootstrap, by_columns, randomization
from mtaudit.score import FORMULAS, PER_WORDS, Profile, points, score_findings, total

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mtaudit.pipeline import Auditor

    Matrix = NDArray[np.float64]

FINDINGS: Final = "findings"
PENALTY: Final = "penalty"
SCORE: Final = "score"

# Columns of what was found in a segment: penalty points, words, findings by family.
_POINTS, _WORDS, _FIRST = 0, 1, 2
# As for metrics: resamples of a handful of segments say nothing.
_LEAST_SEGMENTS: Final = 5


@dataclass(frozen=True)
class System:
    """What one system's translations come to.

    Attributes:
        score: MQM, of all articles as one text; its own interval is that of a short text.
        penalty_interval, score_interval: At 95 %, by bootstrap of segments; None for few.
        families: Findings by family, those without any included.
        foreign: How many of its texts are in another language; they are audited all the same.
        metrics: Against the references, where there are some.
    """

    name: str
    score: Score
    findings: int
    families: Mapping[str, int]
    penalty_interval: tuple[float, float] | None
    score_interval: tuple[float, float] | None
    foreign: int = 0
    metrics: Metrics | None = None


@dataclass(frozen=True)
class Versus:
    """A system beside the baseline.

    Attributes:
        p: How likely so great a difference is by chance, for each metric, the penalty, and the
            number of findings, all and of each family that has some: two-sided, paired, by
            randomization.
        families: By family, those without findings in either left out.
        rules: The rules whose counts differ most first, those that find the same everywhere last.
        differences: Findings that one has alone, in the order of the articles and of reading.
    """

    baseline: str
    system: str
    p: Mapping[str, float]
    families: Mapping[str, Tally]
    rules: tuple[RuleTally, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Comparison:
    """Systems on the same articles.

    Attributes:
        systems: The first is the baseline of the others.
        segments: How many lines, or whole texts where lines do not correspond, were paired; `unit`
            says which of them.
        metrics: Whether metrics were asked for.
        signature: What produced the findings and MQM scores, of all systems alike.
    """

    systems: tuple[System, ...]
    against: tuple[Versus, ...]
    articles: int
    segments: int
    unit: Unit
    rules: int
    metrics: bool
    signature: str
    seed: int
    trials: int
    left: tuple[Problem, ...]


Watch = Callable[[Iterable[Any], str], Iterable[Any]]


def compare(
    parallel: Parallel,
    auditor: Auditor,
    *,
    metrics: bool = True,
    jobs: int = 1,
    seed: int = SEED,
    trials: int = TRIALS,
    watch: Watch = lambda items, _: items,
) -> Comparison:
    """Audits the articles of all systems and compares each system with the first.

    Args:
        metrics: Whether to hold them against their references as well.
        jobs: How many processes work on it.
        trials: Of each test of significance.
        watch: Hands on what is done, and gets the name of it; to show progress.

    Raises:
        InputError: Most texts of a system are not in French.
    """
    names = parallel.systems
    audited, foreign = _audited(parallel, auditor, jobs, watch)
    cuts = [cut(*(article.text for article in row.articles)) for row in parallel.rows]
    found = [_found(parallel.rows, cuts, audited, at, auditor.profile) for at in range(len(names))]
    counted: list[Matrix] = []
    measured: list[Metrics | None] = [None] * len(names)
    if metrics:
        counted, measured = _measured(parallel, auditor, jobs, seed, trials, watch)
    systems = tuple(
        _system(
            name,
            [results[at] for results in audited],
            found[at],
            auditor.profile,
            seed=seed,
            foreign=foreign[at],
            metrics=measured[at],
        )
        for at, name in enumerate(names)
    )
    once = [rule.id for rule in auditor.rules if rule.once]
    against = []
    for at in range(1, len(names)):
        p = _significance(found[0], found[at], seed, trials)
        if counted:
            p |= _metric_significance(counted[0], counted[at], seed, trials)
        pairing = Pairing(parallel.rows, cuts, audited, (0, at), once)
        against.append(_versus((systems[0], systems[at]), audited, (0, at), p, pairing))
    return Comparison(
        systems=systems,
        against=tuple(against),
        articles=len(parallel.rows),
        segments=len(found[0]),
        unit=common_unit(each.unit for each in cuts),
        rules=len(auditor.rules),
        metrics=metrics,
        signature=auditor.signature,
        seed=seed,
        trials=trials,
        left=parallel.left,
    )


def _audited(
    parallel: Parallel, auditor: Auditor, jobs: int, watch: Watch
) -> tuple[list[tuple[ArticleResult, ...]], list[int]]:
    """For each row the results by system; and how many texts of each are in another language."""
    names = parallel.systems
    articles = [article for row in parallel.rows for article in row.articles]
    foreign = [0] * len(names)
    results: list[ArticleResult] = []
    for outcome in watch(auditor.results(iter(articles), jobs), "articles"):
        if isinstance(outcome, ArticleResult):
            results.append(outcome)
            continue
        # What a system left in English stays in: it is its worst fault, not an input gone wrong.
        foreign[len(results) % len(names)] += 1
        results.append(_as_it_is(articles[len(results)], auditor))
    for name, number in zip(names, foreign, strict=True):
        if number * 2 > len(parallel.rows):
            raise InputError(
                f"{number} of {len(parallel.rows)} texts are not in French",
                where=name,
                expected="translations into French",
                hint="the originals go to --source, or to the key source of rows",
            )
    size = len(names)
    rows = [tuple(results[at : at + size]) for at in range(0, len(results), size)]
    return rows, foreign


def _as_it_is(article: Article, auditor: Auditor) -> ArticleResult:
    from mtaudit.annotate import annotate

    annotated = annotate(article)
    findings = auditor.scanner.scan(annotated)
    return ArticleResult(
        article, findings, score_findings(findings, annotated.words, auditor.profile)
    )


def _found(
    rows: Sequence[Row],
    cuts: Sequence[Cut],
    audited: Sequence[tuple[ArticleResult, ...]],
    at: int,
    profile: Profile,
) -> Matrix:
    """What was found in each segment of one system: a row a segment."""
    import numpy as np

    families = {family: _FIRST + index for index, family in enumerate(FAMILIES)}
    lines = []
    for row, cut_, results in zip(rows, cuts, audited, strict=True):
        result = results[at]
        segments = segment_of(cut_, at)
        made = np.zeros((max(len(cut_.segments), 1), _FIRST + len(FAMILIES)))
        of_segment: dict[int, list[Finding]] = {}
        for finding in result.findings:
            index = segments.get(finding.line, 0)
            of_segment.setdefault(index, []).append(finding)
            made[index, families[finding.family]] += 1
        for index, findings in of_segment.items():
            made[index, _POINTS] = points(findings, profile)
        if len(made) == 1:
            made[0, _WORDS] = result.score.words
        else:
            for line, words in _words(row.articles[at]).items():
                made[segments.get(line, 0), _WORDS] += words
        lines.append(made)
    return np.concatenate(lines)


def _words(article: Article) -> Counter[int]:
    """Words by line, as the score counts them."""
    from mtaudit.annotate import annotate

    annotated = annotate(article)
    found: Counter[int] = Counter()
    for sentence in annotated.sentences:
        if sentence.section == "furniture":
            continue
        tokens = annotated.tokens[sentence.first : sentence.last]
        line, _ = article.position(tokens[0].start)
        found[line] += sum(each.text[0].isalnum() or each.text[-1].isalnum() for each in tokens)
    return found


def _measured(
    parallel: Parallel, auditor: Auditor, jobs: int, seed: int, trials: int, watch: Watch
) -> tuple[list[Matrix], list[Metrics | None]]:
    """Counts and metrics of each system, on the articles that have a reference."""
    names = parallel.systems
    referenced = [row for row in parallel.rows if row.reference]
    cuts = [
        cut(*(article.text for article in row.articles), row.reference or "") for row in referenced
    ]
    segments = [segment for each in cuts for segment in each.segments]
    if not segments:
        return [], [None] * len(names)
    unit = common_unit(each.unit for each in cuts)
    pairs = [(segment[at], segment[-1]) for at in range(len(names)) for segment in segments]
    whole = counts(
        pairs, cache=auditor.cache, jobs=jobs, watch=lambda rows: watch(rows, "segments")
    )
    size = len(segments)
    counted = [whole[at * size : (at + 1) * size] for at in range(len(names))]
    return counted, [
        Metrics(scores(each, unit, seed=seed, trials=trials), size, len(referenced))
        for each in counted
    ]


def _penalty(sums: Matrix) -> Sequence[float]:
    made: Sequence[float] = (PER_WORDS * sums[:, _POINTS] / sums[:, _WORDS].clip(min=1)).tolist()
    return made


def _number(columns: slice) -> Measure:
    """Of findings: the systems had the same to translate, so that they compare as they are."""

    def numbers(sums: Matrix) -> Sequence[float]:
        made: Sequence[float] = sums[:, columns].sum(axis=1).tolist()
        return made

    return numbers


def _score(profile: Profile) -> Measure:
    formula = FORMULAS[profile.formula]

    def values(sums: Matrix) -> Sequence[float]:
        return [formula(row[_POINTS], max(int(row[_WORDS]), 1), profile) for row in sums.tolist()]

    return values


def _system(
    name: str,
    results: Sequence[ArticleResult],
    found: Matrix,
    profile: Profile,
    *,
    seed: int,
    foreign: int,
    metrics: Metrics | None,
) -> System:
    bounds: Mapping[str, tuple[float, float]] = {}
    if len(found) >= _LEAST_SEGMENTS:
        measures = {PENALTY: _penalty, SCORE: _score(profile)}
        bounds = bootstrap(found, measures, seed=seed)
    families = Counter(finding.family for result in results for finding in result.findings)
    return System(
        name=name,
        score=total(results, profile),
        findings=families.total(),
        families={family: families[family] for family in FAMILIES},
        penalty_interval=bounds.get(PENALTY),
        score_interval=bounds.get(SCORE),
        foreign=foreign,
        metrics=metrics,
    )


def _significance(one: Matrix, other: Matrix, seed: int, trials: int) -> dict[str, float]:
    measures: dict[str, Measure] = {
        PENALTY: _penalty,
        FINDINGS: _number(slice(_FIRST, _FIRST + len(FAMILIES))),
    }
    for at, family in enumerate(FAMILIES, start=_FIRST):
        if one[:, at].any() or other[:, at].any():
            measures[family] = _number(slice(at, at + 1))
    return randomization(one, other, measures, seed=seed, trials=trials)


def _metric_significance(one: Matrix, other: Matrix, seed: int, trials: int) -> dict[str, float]:
    both = [name for name in countable(one) if name in countable(other)]
    parts = {name: (COLUMNS[name], measure(name)) for name in both}
    return randomization(one, other, by_columns(parts), seed=seed, trials=trials)


def _versus(
    systems: tuple[System, System],
    audited: Sequence[tuple[ArticleResult, ...]],
    at: tuple[int, int],
    p: Mapping[str, float],
    pairing: Pairing,
) -> Versus:
    findings = [[finding for results in audited for finding in results[i].findings] for i in at]
    alone = Counter(each.finding.rule for each in pairing.differences if each.side == 0)
    mine, theirs = (Counter(finding.rule for finding in each) for each in findings)
    known = {finding.rule: finding for each in findings for finding in each}
    rules = [
        RuleTally(
            rule=rule,
            family=finding.family,
            severity=finding.severity,
            baseline=mine[rule],
            other=theirs[rule],
            both=mine[rule] - alone[rule],
        )
        for rule, finding in known.items()
    ]
    rules.sort(
        key=lambda each: (
            -abs(each.baseline - each.other),
            -(each.only_baseline + each.only_other),
            each.rule,
        )
    )
    families = {}
    for family in FAMILIES:
        own = [each for each in rules if each.family == family]
        if own:
            families[family] = Tally(
                sum(each.baseline for each in own),
                sum(each.other for each in own),
                sum(each.both for each in own),
            )
    return Versus(
        systems[0].name,
        systems[1].name,
        p,
        families,
        tuple(rules),
        pairing.differences,
    )
