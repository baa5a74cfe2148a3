"""The table of articles that the writers for people share, as cells of text."""

from __future__ import annotations

import math
from typing import NamedTuple

from mtaudit.model import SEVERITIES, Article, ArticleResult, Metrics, Problem, Report, Score
from mtaudit.readers._units import skipped_units
from mtaudit.writers.document import severities
from mtaudit.writers.excerpt import visible
from mtaudit.writers.labels import LABELS, counted, decimal


class Table(NamedTuple):
    """Headings, one row an article with the worst first, and the row of the whole report.

    The last column is the article's name; numbers stand in the others.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


def articles_table(report: Report, lang: str) -> Table:
    """The articles with their findings by severity, penalty, score and verdict.

    The column of intervals is there only where a text was short enough to have one, those of
    metrics only where these were computed.
    """
    labels = LABELS[lang]
    measured = tuple(report.metrics.scores) if report.metrics else ()
    short = any(result.score.interval for result in report.results)
    head = [
        labels["verdict"],
        labels["score"],
        *([labels["interval"]] if short else []),
        labels["penalty"],
        *(labels[severity] for severity in reversed(SEVERITIES)),
        *measured,
        labels["length"],
        labels["article"],
    ]

    def row(
        score: Score, metrics: Metrics | None, counts: dict[str, int], name: str
    ) -> tuple[str, ...]:
        return (
            verdict(score, lang),
            shown_score(score, lang),
            *([_bounds(score, lang)] if short else []),
            decimal(score.penalty, lang),
            *(str(counts[severity]) for severity in reversed(SEVERITIES)),
            *(_metric(metrics, each, lang) for each in measured),
            str(score.words),
            name,
        )

    return Table(
        tuple(head),
        tuple(
            row(
                result.score,
                result.metrics,
                severities(result.findings),
                article_name(result.article),
            )
            for result in worst_first(report)
        ),
        row(
            report.total,
            report.metrics,
            severities(finding for result in report.results for finding in result.findings),
            labels["total"],
        ),
    )


def worst_first(report: Report) -> list[ArticleResult]:
    """Results that failed before those that passed, then by score; ties in the input's order."""
    return sorted(report.results, key=lambda result: (result.score.passed, result.score.score))


def summary_line(report: Report, lang: str) -> str:
    """What was covered and what came of it, in one line."""
    findings = sum(len(result.findings) for result in report.results)
    parts = [
        counted(len(report.results), "articles", lang),
        counted(report.total.words, "words", lang),
        counted(report.rules, "rules", lang),
        counted(findings, "findings", lang),
    ]
    skipped = sum(skipped_units(result.article) for result in report.results)
    if skipped:
        parts.append(counted(skipped, "skipped", lang))
    if report.problems:
        parts.append(counted(len(report.problems), "problems", lang))
    if not report.results:
        return ", ".join(parts)  # a score of nothing would read like praise
    score = f"{LABELS[lang]['score']} {shown_score(report.total, lang)}"
    if report.total.interval:
        score += f" ({LABELS[lang]['interval']} {_bounds(report.total, lang)})"
    return f"{', '.join(parts)} — {score}, {verdict(report.total, lang)}"


def metrics_line(report: Report, lang: str) -> str:
    """The metrics against references, and what they cover, in one line; empty without any."""
    metrics = report.metrics
    if metrics is None:
        return ""
    covered = [
        counted(metrics.articles, "referenced", lang),
        counted(metrics.segments, "segments", lang),
    ]
    shown = []
    interval = f"{LABELS[lang]['interval']} "
    for name, made in metrics.scores.items():
        if made is None:
            shown.append(f"{name} – ({LABELS[lang]['too-long']})")
            continue
        text = f"{name} {decimal(made.score, lang)}"
        if made.interval:
            text += f" ({interval}{bounds_text(made.interval, lang)})"
            interval = ""  # said once
        shown.append(text)
    return f"{', '.join(covered)} — {', '.join(shown)}"


def signatures(report: Report) -> list[str]:
    """What produced the scores of the report, one line each."""
    made = report.metrics.scores.values() if report.metrics else ()
    return [visible(report.signature), *(each.signature for each in made if each)]


def problem_line(problem: Problem) -> str:
    """Path and message; a message that begins with the path is not given it twice."""
    named = problem.message.startswith(problem.path)
    return visible(problem.message if named else f"{problem.path}: {problem.message}")


def article_name(article: Article) -> str:
    """The id, and the path where the id is not the path."""
    name = article.id
    if article.path and article.path != article.id:
        name += f" ({article.path})"
    return visible(name)


def verdict(score: Score, lang: str) -> str:
    """Passed or failed, as the score was judged."""
    return LABELS[lang]["passed" if score.passed else "failed"]


def shown_score(score: Score, lang: str) -> str:
    """The score with one decimal, rounded down: 94.96 is not shown as the pass mark it missed."""
    return decimal(math.floor(score.score * 10 + 1e-6) / 10, lang)


def bounds_text(bounds: tuple[float, float], lang: str) -> str:
    """An interval with one decimal."""
    return "–".join(decimal(bound, lang) for bound in bounds)


def _bounds(score: Score, lang: str) -> str:
    return "" if score.interval is None else bounds_text(score.interval, lang)


def _metric(metrics: Metrics | None, name: str, lang: str) -> str:
    made = metrics.scores.get(name) if metrics else None
    return "–" if made is None else decimal(made.score, lang)
