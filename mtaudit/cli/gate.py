"""`mtaudit gate`: the same audit as a verdict."""

from __future__ import annotations

import typer

from mtaudit.cli import app
from mtaudit.cli.common import (
    CANNOT_RUN,
    PASSED,
    STOPPED,
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
from mtaudit.cli.run import tell_problems


@app.command()
def gate(
    paths: Paths,
    rules: Select = None,
    ignore: Ignore = None,
    rules_dir: RulesFolders = None,
    lang: Language = None,
    scheme: Scheme = None,
    formula: Formula = None,
) -> None:
    """Let translations through or stop them: 0 passed, 1 stopped, 2 could not run."""
    from mtaudit.gate import judge
    from mtaudit.pipeline import Auditor

    settings = settings_of(
        language=lang, select=rules, ignore=ignore, rules=rules_dir, scheme=scheme, formula=formula
    )
    auditor = Auditor(settings)
    report = auditor.report(outcomes(auditor, paths))
    verdict = judge(report)
    tell_problems(report)
    for result in verdict.stopped:
        gating = [finding for finding in result.findings if finding.gates]
        typer.echo(
            f"stopped: {result.article.id}: score {result.score.score:.1f} "
            f"(at least {settings.pass_mark:g} passes), {len(gating)} gating findings in "
            f"{result.score.words} words"
        )
        for finding in gating:
            where = result.article.path or result.article.id
            typer.echo(
                f"  {where}:{finding.line}:{finding.column}: {finding.severity} "
                f"{finding.rule}: {finding.message}"
            )
    typer.echo(
        f"{'passed' if verdict.passed else 'stopped' if verdict.stopped else 'could not run'}: "
        f"{verdict.audited} articles, {report.total.words} words, {report.rules} rules, "
        f"{len(verdict.stopped)} stopped, {len(verdict.unreadable)} unreadable"
    )
    if verdict.stopped:
        raise typer.Exit(STOPPED)
    raise typer.Exit(PASSED if verdict.passed else CANNOT_RUN)
