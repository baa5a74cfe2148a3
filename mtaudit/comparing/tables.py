"""The tables of a comparison as cells of text, and what is said round them: for all formats that
people read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from mtaudit.comparing.comparison import FINDINGS, PENALTY, Comparison, System, Versus
from mtaudit.comparing.differences import Difference, RuleTally, Tally
from mtaudit.comparing.labels import LABELS
from mtaudit.metrics import LOWER_IS_BETTER, METRICS
from mtaudit.model import MetricScore
from mtaudit.writers.excerpt import visible
from mtaudit.writers.labels import counted, decimal
from mtaudit.writers.table import problem_line, shown_score

SIGNIFICANT: Final = 0.05

# What is shown of a line on either side of the found words, in characters.
_REACH: Final = 110
_PROBLEMS: Final = 5


class Cell(NamedTuple):
    """What stands in a table.

    Attributes:
        tone: `better` or `worse` than the baseline and not by chance; else empty.
    """

    text: str
    tone: str = ""


class Grid(NamedTuple):
    """A table: the first column holds names, the others numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Shown(NamedTuple):
    """A text with what was found in it, safe to show."""

    label: str
    before: str
    found: str = ""
    after: str = ""


def opening(comparison: Comparison, lang: str) -> str:
    """What was compared, in one line."""
    names = ", ".join(visible(system.name) for system in comparison.systems)
    segments = counted(comparison.segments, "segments", lang)
    if comparison.unit != "line":
        segments += f" ({LABELS[lang][f'unit-{comparison.unit}']})"
    parts = [
        counted(comparison.articles, "articles", lang),
        segments,
        counted(comparison.rules, "rules", lang),
    ]
    return f"{names} — {', '.join(parts)}"


def scores_grid(comparison: Comparison, lang: str) -> Grid:
    """A row for each system; under all but the baseline, the difference from it, and its p."""
    labels = LABELS[lang]
    there = [name for name in METRICS if any(_metric(each, name) for each in comparison.systems)]
    head = [labels["system"]]
    head += [f"{name} {'↓' if name in LOWER_IS_BETTER else '↑'}" for name in there]
    head += [f"{labels['penalty']} ↓", f"{labels['score']} ↑"]
    rows = []
    for at, system in enumerate(comparison.systems):
        values = [_value(_metric(system, name), lang) for name in there]
        penalty = _interval(system.score.penalty, system.penalty_interval, lang)
        score = shown_score(system.score, lang) + _half(system.score_interval, lang)
        rows.append(tuple(map(Cell, [visible(system.name), *values, penalty, score])))
        if at:
            versus = comparison.against[at - 1]
            changes = list(_changes(comparison.systems[0], system, versus, there, lang))
            rows.append((Cell(f"  {labels['difference']}"), *(each for each, _ in changes)))
            rows.append((Cell("  p"), *(p for _, p in changes)))
    return Grid(tuple(head), tuple(rows))


def families_grid(versus: Versus, lang: str) -> Grid:
    """A row for each family that has findings, and one for all."""
    labels = LABELS[lang]
    names = visible(versus.baseline), visible(versus.system)
    head = (
        labels["family"],
        *names,
        labels["difference"],
        "p",
        labels["both"],
        *(labels["only"].format(name) for name in names),
    )
    rows = [
        _family(family, tally, versus.p.get(family), lang)
        for family, tally in versus.families.items()
    ]
    tallies = versus.families.values()
    whole = Tally(
        sum(each.baseline for each in tallies),
        sum(each.other for each in tallies),
        sum(each.both for each in tallies),
    )
    return Grid(head, (*rows, _family(labels["all"], whole, versus.p.get(FINDINGS), lang)))


def differing(versus: Versus) -> tuple[RuleTally, ...]:
    """The rules that one of the two has findings of alone, those whose counts differ most first."""
    return tuple(rule for rule in versus.rules if rule.only_baseline or rule.only_other)


def examples(versus: Versus, most: int) -> dict[str, list[Difference]]:
    """By rule, up to so many findings of each side alone: other words and other places first."""
    found: dict[tuple[str, int], list[Difference]] = {}
    for each in versus.differences:
        found.setdefault((each.finding.rule, each.side), []).append(each)
    chosen: dict[str, list[Difference]] = {}
    for (rule, _), differences in sorted(found.items()):
        words: set[str] = set()
        places: set[tuple[str, int]] = set()
        ranked: list[list[Difference]] = [[], [], []]
        for each in differences:
            word, place = each.finding.text.casefold(), (each.article, each.finding.line)
            ranked[(word in words) + (place in places)].append(each)
            words.add(word)
            places.add(place)
        chosen.setdefault(rule, []).extend([one for rank in ranked for one in rank][:most])
    return chosen


def example(difference: Difference, versus: Versus, lang: str, reach: int = _REACH) -> list[Shown]:
    """Source, both texts and reference of a finding, as far as there are such."""
    labels = LABELS[lang]
    size = max(len(difference.own), 1)
    place = difference.start / size
    shown = []
    if difference.source:
        shown.append(_whole(labels["source"], difference.source, place, reach))
    start, end = difference.start, difference.end
    before, after = _cut(difference.own, start, end, reach)
    own = Shown(
        (versus.baseline, versus.system)[difference.side],
        visible(before),
        visible(_middle(difference.own[start:end], reach)),
        visible(after),
    )
    name = (versus.system, versus.baseline)[difference.side]
    other = _whole(name, difference.other, place, reach)
    shown += [other, own] if difference.side else [own, other]
    if difference.reference:
        shown.append(_whole(labels["reference"], difference.reference, place, reach))
    return [each for each in shown if each.before or each.found or each.after]


def notes(comparison: Comparison, lang: str) -> Iterator[str]:
    """What a reader must know of the numbers, a line each."""
    labels = LABELS[lang]
    yield labels["tests"].format(comparison.trials, comparison.seed)
    metrics = comparison.systems[0].metrics
    if comparison.metrics and metrics is None:
        yield labels["no-reference"]
    if metrics is not None:
        if metrics.articles < comparison.articles:
            yield labels["partly"].format(metrics.articles, comparison.articles)
        for name in METRICS:
            if any(_metric(system, name) is None for system in comparison.systems):
                yield f"{name} – {labels['too-long']}"
    for system in comparison.systems:
        if system.foreign:
            yield labels["foreign"].format(visible(system.name), system.foreign)


def left_out(comparison: Comparison, lang: str) -> Iterator[str]:
    """What could not be compared, the first of it and how much more there is."""
    for problem in comparison.left[:_PROBLEMS]:
        yield problem_line(problem)
    more = len(comparison.left) - _PROBLEMS
    if more > 0:
        yield LABELS[lang]["more"].format(more)


def signatures(comparison: Comparison) -> list[str]:
    """What produced the numbers: mtaudit's and, where there are metrics, sacreBLEU's."""
    made = [visible(comparison.signature)]
    for name in METRICS:
        metric = _metric(comparison.systems[0], name)
        if metric is not None:
            made.append(metric.signature)
    return made


def p_text(p: float | None, lang: str) -> str:
    """A p-value with four decimals; 0.0001 is the least that 10,000 trials can tell."""
    if p is None:
        return ""
    shown = f"{p:.4f}"
    return shown.replace(".", ",") if lang == "fr" else shown


def _metric(system: System, name: str) -> MetricScore | None:
    return system.metrics.scores.get(name) if system.metrics else None


def _value(metric: MetricScore | None, lang: str) -> str:
    return "–" if metric is None else _interval(metric.score, metric.interval, lang)


def _interval(value: float, bounds: tuple[float, float] | None, lang: str) -> str:
    return decimal(value, lang) + _half(bounds, lang)


def _half(bounds: tuple[float, float] | None, lang: str) -> str:
    """Half an interval, as sacreBLEU gives it."""
    return "" if bounds is None else f" ± {decimal((bounds[1] - bounds[0]) / 2, lang)}"


def _changes(
    baseline: System, system: System, versus: Versus, there: Sequence[str], lang: str
) -> Iterator[tuple[Cell, Cell]]:
    """The difference in each column and its p; the score says the same as the penalty."""
    for name in there:
        own, base = _metric(system, name), _metric(baseline, name)
        if own is None or base is None:
            yield Cell(""), Cell("")
        else:
            lower = name in LOWER_IS_BETTER
            yield _change(own.score - base.score, versus.p.get(name), lower, lang)
    p = versus.p.get(PENALTY)
    yield _change(system.score.penalty - baseline.score.penalty, p, True, lang)
    difference, _ = _change(system.score.score - baseline.score.score, p, False, lang)
    yield difference, Cell("")


def _change(value: float, p: float | None, lower_is_better: bool, lang: str) -> tuple[Cell, Cell]:
    tone = _tone(value, p, lower_is_better)
    return Cell(signed(value, lang), tone), Cell(p_text(p, lang), tone)


def _tone(value: float, p: float | None, lower_is_better: bool) -> str:
    if p is None or p >= SIGNIFICANT or not value:
        return ""
    return "better" if (value < 0) == lower_is_better else "worse"


def signed(value: float, lang: str) -> str:
    """A difference with one decimal and its sign."""
    shown = decimal(abs(value), lang)
    if not any(digit in shown for digit in "123456789"):
        return shown
    return ("−" if value < 0 else "+") + shown


def _family(name: str, tally: Tally, p: float | None, lang: str) -> tuple[Cell, ...]:
    change = tally.other - tally.baseline
    sign = "−" if change < 0 else "+" if change else ""
    return (
        Cell(name),
        Cell(str(tally.baseline)),
        Cell(str(tally.other)),
        Cell(f"{sign}{abs(change)}", _tone(change, p, True)),
        Cell(p_text(p, lang), _tone(change, p, True)),
        Cell(str(tally.both)),
        Cell(str(tally.only_baseline)),
        Cell(str(tally.only_other)),
    )


def _cut(text: str, start: int, end: int, reach: int) -> tuple[str, str]:
    """What stands before and after the found words, cut at a space where it is long."""
    before, after = text[:start], text[end:]
    if len(before) > reach:
        kept = before[-reach:]
        before = "… " + kept[kept.find(" ") + 1 :]
    if len(after) > reach:
        kept = after[:reach]
        space = kept.rfind(" ")
        after = kept[: space if space >= 0 else reach] + " …"
    return before, after


def _middle(found: str, reach: int) -> str:
    if len(found) <= 2 * reach:
        return found
    return f"{found[:reach]} […] {found[-reach:]}"


def _whole(label: str, text: str, place: float, reach: int) -> Shown:
    """A text, cut round the place (a share of its length) where it is long."""
    middle = round(place * len(text))
    before, after = _cut(text, middle, middle, round(reach * 1.25))
    return Shown(label, visible(before + after))
