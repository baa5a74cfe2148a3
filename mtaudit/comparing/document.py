"""A comparison as plain data: the document that `comparison.schema.json` describes.

Numbers are rounded to 4 decimals, p-values to 6; verdicts on them are the reader's.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO, Any, Final

from mtaudit.comparing.comparison import FINDINGS, PENALTY, Comparison, System, Versus
from mtaudit.comparing.differences import Difference, Tally
from mtaudit.writers.csv import BETWEEN_SUGGESTIONS, guard
from mtaudit.writers.document import bounds_document, finding_document, metrics_document
from mtaudit.writers.json import escaped, indented

SCHEMA_VERSION: Final = 1

COLUMNS: Final = (
    "baseline", "system", "only", "article", "rule", "family", "severity", "confidence",
    "evidence", "gates", "start", "end", "line", "text", "message", "suggestions", "own", "other",
    "source", "reference",
)  # fmt: skip


def as_document(comparison: Comparison) -> dict[str, Any]:
    """The whole comparison."""
    return {
        "schema": SCHEMA_VERSION,
        "signature": comparison.signature,
        "articles": comparison.articles,
        "segments": comparison.segments,
        "unit": comparison.unit,
        "rules": comparison.rules,
        "seed": comparison.seed,
        "trials": comparison.trials,
        "systems": [_system(system) for system in comparison.systems],
        "comparisons": [
            _versus(versus, comparison.systems[0], system)
            for versus, system in zip(comparison.against, comparison.systems[1:], strict=True)
        ],
        "left_out": [
            {"path": problem.path, "message": problem.message} for problem in comparison.left
        ],
    }


def write_json(comparison: Comparison, stream: IO[str]) -> None:
    """Writes the comparison as a JSON document, indented by two."""
    stream.write(escaped(indented(as_document(comparison), "")) + "\n")


def write_csv(comparison: Comparison, stream: IO[str]) -> None:
    """Writes a row for each finding that differs, with both texts; for spreadsheets."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for versus in comparison.against:
        for row in _rows(versus):
            writer.writerow([guard(cell) for cell in row])


def _rows(versus: Versus) -> Iterator[list[Any]]:
    for each in versus.differences:
        made = _difference(each)
        made["suggestions"] = BETWEEN_SUGGESTIONS.join(each.finding.suggestions)
        made |= {"baseline": versus.baseline, "system": versus.system}
        yield [made[column] for column in COLUMNS]


def _system(system: System) -> dict[str, Any]:
    return {
        "name": system.name,
        "words": system.score.words,
        "findings": system.findings,
        "families": dict(system.families),
        "penalty": round(system.score.penalty, 4),
        "penalty_interval": bounds_document(system.penalty_interval),
        "score": round(system.score.score, 4),
        "score_interval": bounds_document(system.score_interval),
        "foreign": system.foreign,
        "metrics": metrics_document(system.metrics),
    }


def _versus(versus: Versus, baseline: System, system: System) -> dict[str, Any]:
    metrics = {}
    if baseline.metrics and system.metrics:
        for name, own in system.metrics.scores.items():
            base = baseline.metrics.scores.get(name)
            metrics[name] = own and base and _change(own.score - base.score, versus.p.get(name))
    return {
        "baseline": versus.baseline,
        "system": versus.system,
        "metrics": metrics,
        "penalty": _change(system.score.penalty - baseline.score.penalty, versus.p.get(PENALTY)),
        "findings": {
            "difference": system.findings - baseline.findings,
            "p": _p(versus.p.get(FINDINGS)),
        },
        "families": {
            family: _tally(tally) | {"p": _p(versus.p.get(family))}
            for family, tally in versus.families.items()
        },
        "rules": [
            {"rule": rule.rule, "family": rule.family, "severity": rule.severity, **_tally(rule)}
            for rule in versus.rules
        ],
        "differences": [_difference(each) for each in versus.differences],
    }


def _change(difference: float, p: float | None) -> dict[str, Any]:
    return {"difference": round(difference, 4), "p": _p(p)}


def _p(p: float | None) -> float | None:
    return None if p is None else round(p, 6)


def _tally(tally: Tally) -> dict[str, int]:
    return {
        "baseline": tally.baseline,
        "system": tally.other,
        "both": tally.both,
        "only_baseline": tally.only_baseline,
        "only_system": tally.only_other,
    }


def _difference(each: Difference) -> dict[str, Any]:
    return {
        "only": ("baseline", "system")[each.side],
        "article": each.article,
        **finding_document(each.finding),
        "own": each.own,
        "other": each.other,
        "source": each.source,
        "reference": each.reference,
    }
