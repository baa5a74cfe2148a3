"""`mtaudit run`: audit, print a summary, write reports."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from mtaudit.cli import app
from mtaudit.cli.common import (
    CANNOT_RUN,
    Formula,
    Ignore,
    Jobs,
    Language,
    NoCache,
    Paths,
    Reference,
    RulesFolders,
    Scheme,
    Select,
    Source,
    outcomes,
    progress,
    settings_of,
)
from mtaudit.cli.outputs import Format, Output, targets

if TYPE_CHECKING:
    from mtaudit.model import Report
    from mtaudit.pipeline import Auditor


@app.command()
def run(
    paths: Paths,
    format_: Format = None,
    output: Output = None,
    most: Annotated[
        int | None,
        typer.Option("--most", min=0, help="Findings shown per article in the terminal."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the summary.")] = False,
    source: Source = None,
    reference: Reference = None,
    metrics: Annotated[
        bool | None,
        typer.Option(
            "--metrics/--no-metrics",
            help="chrF2++, BLEU and TER against references; on where --reference is given.",
        ),
    ] = None,
    rules: Select = None,
    ignore: Ignore = None,
    rules_dir: RulesFolders = None,
    lang: Language = None,
    scheme: Scheme = None,
    formula: Formula = None,
    jobs: Jobs = None,
    no_cache: NoCache = False,
) -> None:
    """Audit articles, print a summary and write reports.

    The exit status is 0 where at least one article was audited, else 2: findings do not change
    it (that is what mtaudit gate is for).
    """
    from mtaudit.pipeline import Auditor

    settings = settings_of(
        language=lang,
        select=rules,
        ignore=ignore,
        rules=rules_dir,
        scheme=scheme,
        formula=formula,
        no_cache=no_cache,
    )
    beside = [each for each in (source, reference) if each is not None]
    wanted = targets(output, format_, [*paths, *beside])
    auditor = Auditor(settings)
    report = auditor.report(outcomes(auditor, paths, jobs=jobs, source=source, reference=reference))
    # TER may take as long as the audit: references that articles bring along are also there for the
    # reader of the page, and no reason to wait.
    if metrics or (metrics is None and reference is not None):
        report = _measured(report, auditor, jobs)
    wanted.write_files(report, settings.language)
    if wanted.screen is not None and wanted.screen_name != "text":
        wanted.write_screen(report, settings.language)
        tell_problems(report)
    else:
        from mtaudit.writers.text import write_text

        write_text(report, sys.stdout, language=settings.language, most=most, quiet=quiet)
    if not report.results:
        raise typer.Exit(CANNOT_RUN)


def _measured(report: Report, auditor: Auditor, jobs: int | None) -> Report:
    from mtaudit.jobs import cores
    from mtaudit.metrics import measured

    made = measured(
        report,
        cache=auditor.cache,
        jobs=jobs or cores(),
        watch=lambda counts: progress(counts, "segments"),
    )
    if made.metrics is None and report.results:
        typer.echo("mtaudit: no metrics: none of the articles has a reference", err=True)
    return made


def tell_problems(report: Report) -> None:
    """One line on standard error for each input that could not be audited."""
    for problem in report.problems:
        typer.echo(f"mtaudit: {problem.message}", err=True)
