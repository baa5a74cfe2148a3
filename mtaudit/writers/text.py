"""Text for the terminal: the articles with the worst first, their findings, and the summary.

Lines are built from (text, style) pairs, which rich never reads as markup. Without colours the
found words stand in [[double brackets]], as in the examples of the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Final

from mtaudit.model import Article, ArticleResult, Finding, Report
from mtaudit.writers.excerpt import excerpt, visible
from mtaudit.writers.labels import LABELS, counted
from mtaudit.writers.table import (
    article_name,
    articles_table,
    metrics_line,
    problem_line,
    signatures,
    summary_line,
    worst_first,
)

if TYPE_CHECKING:
    from rich.console import Console

Line = list[tuple[str, str]]

STYLES: Final = {
    "critical": "bold red",
    "major": "red",
    "minor": "yellow",
    "neutral": "dim",
    True: "green",
    False: "red",
}


def write(report: Report, stream: IO[str], language: str = "en") -> None:
    """Writes the report as plain text, whatever the stream or the environment say of colours."""
    for line in _lines(report, language, None, False, marked=True):
        stream.write("".join(text for text, _ in line) + "\n")


def console(target: IO[str]) -> Console:
    """A console that leaves a closed pipe to the command line: rich would exit with status 1."""
    from rich.console import Console

    class Passing(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Passing(file=target)


def write_text(
    report: Report,
    target: Console | IO[str],
    *,
    language: str = "en",
    most: int | None = None,
    quiet: bool = False,
) -> None:
    """Writes the report to a console or a stream; only on a terminal are lines wrapped.

    Args:
        target: A stream gets colours where it is a terminal and the environment allows them.
        most: How many findings are shown of each article; None shows all. What is left out is
            counted, and the table and the summary still count everything.
        quiet: Only the problems and the summary.
    """
    from rich.console import Console
    from rich.text import Text

    screen = target if isinstance(target, Console) else console(target)
    for line in _lines(report, language, most, quiet, marked=screen.color_system is None):
        screen.print(Text.assemble(*line), soft_wrap=not screen.is_terminal)


def _lines(
    report: Report, lang: str, most: int | None, quiet: bool, *, marked: bool
) -> Iterator[Line]:
    results = worst_first(report)
    if results and not quiet:
        yield from _table(report, results, lang)
        yield []
        for result in results:
            if result.findings:
                yield from _details(result, lang, most, marked)
                yield []
    if report.problems:
        yield [(LABELS[lang]["trouble"], "bold")]
        for problem in report.problems:
            yield [("  " + problem_line(problem), "red")]
        yield []
    yield [(summary_line(report, lang), f"bold {STYLES[report.total.passed]}")]
    if report.metrics:
        yield [(metrics_line(report, lang), "bold")]
    for each in signatures(report):
        yield [(each, "dim")]


def _table(report: Report, results: list[ArticleResult], lang: str) -> Iterator[Line]:
    table = articles_table(report, lang)
    widths = [max(map(len, column)) for column in zip(table.head, *table.rows, strict=True)]

    def padded(cells: tuple[str, ...]) -> Iterator[str]:
        first, *numbers, name = cells
        yield first.ljust(widths[0])
        for cell, width in zip(numbers, widths[1:-1], strict=True):
            yield "  " + cell.rjust(width)
        yield "  " + name

    yield [("".join(padded(table.head)), "bold")]
    for row, result in zip(table.rows, results, strict=True):
        first, *rest = padded(row)
        yield [(first, STYLES[result.score.passed]), ("".join(rest), "")]


def _details(result: ArticleResult, lang: str, most: int | None, marked: bool) -> Iterator[Line]:
    yield [(article_name(result.article), "bold")]
    shown = result.findings if most is None else result.findings[: max(most, 0)]
    for finding in shown:
        yield from _finding(result.article, finding, lang, marked)
    left = len(result.findings) - len(shown)
    if left:
        yield [(f"  … {counted(left, 'more', lang)}", "dim")]


def _finding(article: Article, finding: Finding, lang: str, marked: bool) -> Iterator[Line]:
    labels = LABELS[lang]
    unit = article.unit_at(finding.start)
    within = [visible(unit.name)] if unit is not None else []
    if unit is not None and unit.line and not unit.name.startswith("line "):
        within.append(f"{labels['line']} {unit.line}")
    yield [
        (f"  {finding.line}:{finding.column}", ""),
        (f" ({', '.join(within)})" if within else "", ""),
        (f"  {labels[finding.severity]}", STYLES[finding.severity]),
        (f"  {visible(finding.rule)}", ""),
        ("" if finding.gates else f"  ({labels['no-gate']})", "dim"),
    ]
    before, found, after = excerpt(article, finding)
    around = (f"[[{found}]]", "") if marked else (found or "‸", f"{STYLES[finding.severity]} bold")
    yield [("      " + before, "dim"), around, (after, "dim")]
    if finding.message:
        yield [("      " + visible(finding.message), "")]
    if finding.suggestions:
        made = [visible(each) or labels["delete"] for each in finding.suggestions]
        yield [("      → " + " | ".join(made), "green")]
