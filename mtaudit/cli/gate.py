"""`mtaudit gate`: the same audit as a verdict."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from mtaudit.cli import app
from mtaudit.cli.common import (
    CANNOT_RUN,
    PASSED,
    STOPPED,
    Formula,
    Ignore,
    Jobs,
    Language,
    NoCache,
    RulesFolders,
    Scheme,
    Select,
    Source,
    outcomes,
    settings_of,
)
from mtaudit.cli.outputs import Format, Output, hush, targets
from mtaudit.cli.run import tell_problems
from mtaudit.errors import SettingsError

if TYPE_CHECKING:
    from mtaudit.baseline import Baseline, Known
    from mtaudit.gate import Verdict
    from mtaudit.globs import Names
    from mtaudit.model import Report
    from mtaudit.pipeline import Auditor
    from mtaudit.policy import Policy
    from mtaudit.suppressions import Suppression

_STATUS: Final = {"passed": PASSED, "stopped": STOPPED, "could not run": CANNOT_RUN}


def _option(name: str, text: str, metavar: str = "") -> Any:
    return typer.Option(name, help=text, metavar=metavar or None)


@app.command()
def gate(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Files or folders of articles; - is stdin."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the policy in force and its origins; no audit.")
    ] = False,
    min_score: Annotated[
        float | None, _option("--min-score", "Least score of an article.", "SCORE")
    ] = None,
    limit: Annotated[
        list[str] | None,
        _option("--max", "Most findings by severity, family or in all (repeatable).", "KEY=N"),
    ] = None,
    critical: Annotated[
        bool | None,
        _option("--critical-stops/--critical-counts", "Whether one critical finding stops."),
    ] = None,
    count: Annotated[str | None, _option("--count", "Findings that count.", "gating|all")] = None,
    min_confidence: Annotated[
        float | None, _option("--min-confidence", "Least confidence that counts.", "0..1")
    ] = None,
    evidence: Annotated[
        list[str] | None, _option("--evidence", "Evidence that counts.", "suspect|confirmed")
    ] = None,
    gate_rules: Annotated[
        list[str] | None, _option("--gate-rules", "Only these rules count.", "PREFIX")
    ] = None,
    gate_ignore: Annotated[
        list[str] | None, _option("--gate-ignore", "These rules do not count.", "PREFIX")
    ] = None,
    short_text: Annotated[
        str | None, _option("--short-text", "How short texts are judged.", "score|interval")
    ] = None,
    unreadable: Annotated[
        str | None, _option("--unreadable", "What such an input means.", "error|stop|ignore")
    ] = None,
    max_skipped: Annotated[
        float | None, _option("--max-skipped", "Most inputs that may be skipped.", "0..1")
    ] = None,
    rule_changes: Annotated[
        str | None, _option("--rule-changes", "What changed rules alone add.", "stop|report")
    ] = None,
    unused: Annotated[
        str | None, _option("--unused", "Unused suppressions.", "ignore|report|stop")
    ] = None,
    expired: Annotated[
        str | None, _option("--expired", "Expired suppressions.", "ignore|report|stop")
    ] = None,
    suppressions: Annotated[
        str | None, _option("--suppressions", "A file of suppressions.", "FILE")
    ] = None,
    baseline: Annotated[
        str | None, _option("--baseline", "Only what is not in it stops.", "FILE")
    ] = None,
    write_baseline: Annotated[
        str | None, _option("--write-baseline", "Accept what stands today.", "FILE")
    ] = None,
    prune: Annotated[bool, _option("--prune", "Remove from the baseline what is gone.")] = False,
    since: Annotated[
        str | None, _option("--since", "Only what is new since a git revision.", "REV")
    ] = None,
    output: Output = None,
    format_: Format = None,
    rules: Select = None,
    ignore: Ignore = None,
    rules_dir: RulesFolders = None,
    lang: Language = None,
    scheme: Scheme = None,
    formula: Formula = None,
    jobs: Jobs = None,
    source: Source = None,
    no_cache: NoCache = False,
) -> None:
    """Let translations through or stop them: 0 passed, 1 stopped, 2 could not run."""
    settings = settings_of(
        language=lang,
        select=rules,
        ignore=ignore,
        rules=rules_dir,
        scheme=scheme,
        formula=formula,
        no_cache=no_cache,
    )
    policy, names = _policy_of(
        settings.pass_mark,
        {
            "minimum_score": ("--min-score", min_score),
            "maximum": ("--max", _limits(limit) if limit else None),
            "critical_stops": ("--critical-stops" if critical else "--critical-counts", critical),
            "count": ("--count", count),
            "minimum_confidence": ("--min-confidence", min_confidence),
            "evidence": ("--evidence", evidence),
            "select": ("--gate-rules", gate_rules),
            "ignore": ("--gate-ignore", gate_ignore),
            "short_text": ("--short-text", short_text),
            "unreadable": ("--unreadable", unreadable),
            "maximum_skipped": ("--max-skipped", max_skipped),
            "rule_changes": ("--rule-changes", rule_changes),
            "unused_suppressions": ("--unused", unused),
            "expired_suppressions": ("--expired", expired),
            "suppressions": ("--suppressions", suppressions),
            "baseline": ("--baseline", baseline),
        },
    )
    if explain:
        from mtaudit.policy import explain as explained

        for line in explained(policy):
            typer.echo(line)
        return
    if not paths:
        raise typer.BadParameter("name files or folders of articles", ctx=context)
    if prune and not policy.baseline:
        raise SettingsError("--prune needs a baseline", hint="give it by --baseline FILE")
    wanted = targets(output, format_, paths)
    accepted = _baseline_of(policy, write_baseline)
    silenced = _suppressions_of(policy, names)

    from mtaudit.gate import judge, standing
    from mtaudit.pipeline import Auditor

    auditor = Auditor(settings)
    _check_prefixes(policy, auditor)
    report = auditor.report(outcomes(auditor, paths, jobs=jobs, source=source))
    ran = [rule.id for rule in auditor.rules] if settings.select or settings.ignore else ()
    before = _earlier(report, auditor, names, since) if since else None
    if prune and accepted is not None:
        accepted = _prune(accepted, report, names, auditor, policy.baseline)
    verdict = judge(
        report,
        policy,
        auditor.profile,
        names=names,
        suppressions=silenced,
        today=datetime.date.today(),
        baseline=None if write_baseline else accepted,
        before=before,
        revision=since or "",
        ran=ran,
    )
    tell_problems(report)
    if write_baseline:
        _write_baseline(verdict, report, names, accepted, write_baseline)
        raise typer.Exit(CANNOT_RUN if not report.results else PASSED)

    from mtaudit.cli.verdict import lines

    shown = standing(report, verdict) if wanted.files or wanted.screen else report
    wanted.write_files(shown, settings.language)
    try:
        for line in lines(verdict, report, accepted):
            typer.echo(line, err=wanted.screen is not None)
        wanted.write_screen(shown, settings.language)
        sys.stdout.flush()
    except BrokenPipeError:
        hush()  # Whoever read along has seen enough; the verdict stands.
    raise typer.Exit(_STATUS[verdict.outcome])


def _policy_of(pass_mark: float, options: Mapping[str, tuple[str, Any]]) -> tuple[Policy, Names]:
    from mtaudit.globs import Names
    from mtaudit.policy import load_policy
    from mtaudit.settings import find_settings

    found = find_settings()
    given = {key: each for key, each in options.items() if each[1] not in (None, [])}
    root = found.path.parent if found else Path.cwd().resolve()
    names = Names(root=root.as_posix(), cwd=Path.cwd().resolve().as_posix())
    return load_policy(found, pass_mark, given), names


def _limits(given: list[str]) -> dict[str, int]:
    limits: dict[str, int] = {}
    for each in given:
        key, _, number = each.partition("=")
        try:
            limits[key] = int(number)
        except ValueError:
            raise SettingsError(
                f"--max {each}", expected="KEY=N, such as major=2 or idiom=0"
            ) from None
    return limits


def _baseline_of(policy: Policy, write: str | None) -> Baseline | None:
    from mtaudit.baseline import load_baseline

    if write:
        return load_baseline(Path(write)) if os.path.isfile(write) else None
    return load_baseline(Path(policy.baseline)) if policy.baseline else None


def _suppressions_of(policy: Policy, names: Names) -> tuple[Suppression, ...]:
    from mtaudit.suppressions import FILE, load_suppressions

    path = policy.suppressions
    if not path:
        usual = os.path.join(names.root, FILE)
        if not os.path.isfile(usual):
            return ()
        path = usual
    return load_suppressions(Path(path), names.path(Path(path).as_posix()))


def _check_prefixes(policy: Policy, auditor: Auditor) -> None:
    """Refuses a policy that names rules which are not there: a misspelt choice of rules would
    let everything pass."""
    if not policy.prefixes:
        return
    for prefix in policy.prefixes:
        auditor.all_rules.select([prefix])


def _earlier(report: Report, auditor: Auditor, names: Names, revision: str) -> dict[str, Known]:
    """What stood in the articles at the revision; files that are unchanged are not read again."""
    from mtaudit.baseline import known
    from mtaudit.model import ArticleResult
    from mtaudit.readers import read_bytes
    from mtaudit.revision import earlier_files

    paths = dict.fromkeys(result.article.path for result in report.results)
    found: dict[str, Known] = {}
    changed: set[str] = set()
    files = earlier_files(paths, revision)
    for path, data in files.items():
        try:
            same = Path(path).read_bytes() == data
        except OSError:
            same = False
        if same:
            continue
        changed.add(path)
        for outcome in auditor.results(read_bytes(path, data)):
            if isinstance(outcome, ArticleResult):
                found[names.article(outcome.article)] = known(outcome)
    for result in report.results:
        if result.article.path in files and result.article.path not in changed:
            found[names.article(result.article)] = known(result)
    return found


def _prune(
    accepted: Baseline, report: Report, names: Names, auditor: Auditor, path: str
) -> Baseline:
    from mtaudit.baseline import prune, save_baseline

    files = {name.split("::")[0] for name in accepted.articles}
    gone = {name for name in files if not os.path.exists(os.path.join(names.root, name))}
    ran = {rule.id for rule in auditor.rules}
    pruned = prune(accepted, report, names, ran, gone)
    if pruned.baseline != accepted:
        save_baseline(pruned.baseline, Path(path))
    typer.echo(
        f"mtaudit: pruned {pruned.findings} findings and {pruned.articles} articles from {path}",
        err=True,
    )
    return pruned.baseline


def _write_baseline(
    verdict: Verdict, report: Report, names: Names, before: Baseline | None, path: str
) -> None:
    from dataclasses import replace

    from mtaudit.baseline import save_baseline, updated

    results = []
    for judged in verdict.judged:
        silenced = {each.finding for each in judged.exempt if each.why == "suppressed"}
        kept = tuple(each for each in judged.result.findings if each not in silenced)
        results.append(replace(judged.result, findings=kept))
    made = updated(replace(report, results=tuple(results)), names, before)
    save_baseline(made, Path(path))
    findings = sum(len(result.findings) for result in results)
    others = len(made.articles) - len(results)
    typer.echo(
        f"accepted: {findings} findings in {len(results)} articles, {path}"
        + (f"; {others} articles not audited stay as they were" if others else "")
    )
