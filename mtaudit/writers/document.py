"""The report as plain data: the document that report.schema.json describes.

Penalties, scores and bounds are rounded to 4 decimals, so that the same audit gives the same bytes
on every machine; verdicts were taken before the rounding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from mtaudit.model import FAMILIES, SEVERITIES, ArticleResult, Finding, Metrics, Report, Score

SCHEMA_VERSION: Final = 1


def as_document(report: Report) -> dict[str, Any]:
    """The whole report; `report.schema.json` describes every key."""
    return {
        "schema": SCHEMA_VERSION,
        "signature": report.signature,
        "summary": _summary(report),
        "articles": [_article(result) for result in report.results],
    }


def finding_document(finding: Finding) -> dict[str, Any]:
    """One finding; `start` and `end` are half-open, in code points of the article's text."""
    return {
        "rule": finding.rule,
        "family": finding.family,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "evidence": finding.evidence,
        "start": finding.start,
        "end": finding.end,
        "line": finding.line,
        "column": finding.column,
        "text": finding.text,
        "message": finding.message,
        "suggestions": list(finding.suggestions),
        "source_text": finding.source_text,
        "section": finding.section,
        "gates": finding.gates,
        "fingerprint": finding.fingerprint,
        "unit": finding.unit,
    }


def metrics_document(metrics: Metrics | None) -> dict[str, Any] | None:
    """Metrics against references; null for those that were not computed."""
    if metrics is None:
        return None
    return {
        "articles": metrics.articles,
        "segments": metrics.segments,
        "scores": {
            name: made
            and {
                "score": round(made.score, 4),
                "interval": bounds_document(made.interval),
                "signature": made.signature,
            }
            for name, made in metrics.scores.items()
        },
    }


def bounds_document(bounds: tuple[float, float] | None) -> list[float] | None:
    """An interval as a list of its two bounds."""
    return None if bounds is None else [round(bound, 4) for bound in bounds]


def severities(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity, zeros included."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in SEVERITIES}


def _summary(report: Report) -> dict[str, Any]:
    findings = [finding for result in report.results for finding in result.findings]
    families = Counter(finding.family for finding in findings)
    return {
        "articles": len(report.results),
        "words": report.total.words,
        "rules": report.rules,
        "findings": len(findings),
        "severities": severities(findings),
        "families": {family: families[family] for family in FAMILIES},
        **_score(report.total),
        "problems": [
            {"path": problem.path, "message": problem.message} for problem in report.problems
        ],
        "metrics": metrics_document(report.metrics),
    }


def _article(result: ArticleResult) -> dict[str, Any]:
    return {
        "id": result.article.id,
        "path": result.article.path,
        "words": result.score.words,
        **_score(result.score),
        "counts": severities(result.findings),
        "findings": [finding_document(finding) for finding in result.findings],
        "metrics": metrics_document(result.metrics),
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "penalty": round(score.penalty, 4),
        "score": round(score.score, 4),
        "interval": bounds_document(score.interval),
        "passed": score.passed,
    }
