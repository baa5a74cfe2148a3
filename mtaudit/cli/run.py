"""`mtaudit run`: audit, print a summary, write reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtaudit.cli import app
from mtaudit.cli.common import (
    CANNOT_RUN,
    Formula,
    Ignore,
    Language,
    Paths,
    RulesFolders,
    Scheme,
    Select,
    outcomes,
    settings_of,
)

if TYPE_CHECKING:
    from mtaudit.model import Report


@app.command()
def run(
    paths: Paths,
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", help="Format of standard output; text by default."),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write a report, format from the suffix."
        ),
    ] = None,
    most: Annotated[
        int | None,
        typer.Option("--most", min=0, help="Findings shown per article in the terminal."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the summary.")] = False,
    rules: Select = None,
    ignore: Ignore = None,
    rules_dir: RulesFolders = None,
    lang: Language = None,
    scheme: Scheme = None,
    formula: Formula = None,
) -> None:
    """Audit articles, print a summary and write reports.

    The exit status is 0 where at least one article was audited, else 2: findings do not change
    it (that is what mtaudit gate is for).
    """
    from mtaudit.pipeline import Auditor
    from mtaudit.writers import writer_for

    settings = settings_of(
        language=lang, select=rules, ignore=ignore, rules=rules_dir, scheme=scheme, formula=formula
    )
    targets = [(path, writer_for(path=path)) for path in output or ()]
    shown = writer_for(name=format_) if format_ and format_ != "text" else None
    auditor = Auditor(settings)
    report = auditor.report(outcomes(auditor, paths))
    for path, writer in targets:
        writer.write_file(report, Path(path), language=settings.language)
        typer.echo(f"mtaudit: wrote {path}", err=True)
    if shown is not None:
        shown.write_stream(report, sys.stdout.buffer, language=settings.language)
        tell_problems(report)
    else:
        from mtaudit.writers.text import write_text

        write_text(report, sys.stdout, language=settings.language, most=most, quiet=quiet)
    if not report.results:
        raise typer.Exit(CANNOT_RUN)


def tell_problems(report: Report) -> None:
    """One line on standard error for each input that could not be audited."""
    for problem in report.problems:
        typer.echo(f"mtaudit: {problem.message}", err=True)
