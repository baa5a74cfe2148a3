"""`mtaudit evaluate`: findings against gold, false alarms on human French."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtaudit.cli import app
from mtaudit.cli.common import Ignore, RulesFolders, Select, outcomes, settings_of
from mtaudit.errors import InputError

if TYPE_CHECKING:
    from mtaudit.evaluation import Evaluation, FalseAlarms, Tally
    from mtaudit.pipeline import Auditor


@app.command()
def evaluate(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="ARTICLES...", help="Articles; marked ones bring their own gold."),
    ],
    gold: Annotated[
        list[str] | None, typer.Option("--gold", metavar="GOLD.jsonl", help="Gold marks.")
    ] = None,
    human: Annotated[
        bool, typer.Option("--human", help="The articles are human French: count false alarms.")
    ] = False,
    max_words: Annotated[
        int | None, typer.Option("--max-words", help="Stop after so many words.")
    ] = None,
    missed: Annotated[bool, typer.Option("--missed", help="List the marks missed.")] = False,
    wrong: Annotated[bool, typer.Option("--wrong", help="List the wrong findings.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
    rules: Select = None,
    ignore: Ignore = None,
    rules_dir: RulesFolders = None,
) -> None:
    """Compare findings with gold marks: precision, recall, partial credit, by group."""
    from mtaudit import evaluation
    from mtaudit.model import ArticleResult
    from mtaudit.pipeline import Auditor
    from mtaudit.readers import read_gold

    marks: dict[str, Any] = {}
    for path in gold or ():
        marks.update(read_gold(path))
    auditor = Auditor(settings_of(select=rules, ignore=ignore, rules=rules_dir))
    results: list[ArticleResult] = []
    words = 0
    for outcome in outcomes(auditor, paths, numbered=human):
        if not isinstance(outcome, ArticleResult):
            typer.echo(f"mtaudit: {outcome.message}", err=True)
            continue
        if outcome.article.gold and outcome.article.id not in marks:
            marks[outcome.article.id] = outcome.article.gold
        results.append(outcome)
        words += outcome.score.words
        if max_words is not None and words >= max_words:
            break
    if human:
        _show_alarms(evaluation.false_alarms(results), results if wrong else [], as_json)
        return
    if len(marks) == 1 and len(results) == 1:
        # One article and one set of marks belong together, whatever the file was called.
        marks = {results[0].article.id: next(iter(marks.values()))}
    made = evaluation.evaluate(results, marks)
    if not made.articles:
        raise InputError(
            "no article has gold marks",
            where=", ".join(paths),
            expected="ids of the articles as the gold names them, or marked articles",
            hint="give the marks by --gold",
        )
    if as_json:
        json.dump(_document(made, auditor), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return
    _show(made, auditor)
    texts = {result.article.id: result.article.text for result in results}
    if missed:
        typer.echo("\nmissed marks")
        for mark in made.missed:
            shown = _context(texts.get(mark.article) or next(iter(texts.values())), mark)
            typer.echo(f"  {mark.category:<12} {mark.evidence:<9} {shown} -> {mark.fix!r}")
    if wrong:
        typer.echo("\nwrong findings")
        for article, finding in made.wrong:
            typer.echo(f"  {finding.rule:<40} {_context(texts[article], finding)}")


def _context(text: str, span: Any) -> str:
    before = text[max(0, span.start - 40) : span.start].replace("\n", "⏎")
    after = text[span.end : span.end + 30].replace("\n", "⏎")
    return f"{before}[[{text[span.start : span.end]}]]{after}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _rows(made: Evaluation) -> list[tuple[str, Tally]]:
    rows = [("all", made.all), ("gating", made.gating)]
    for name, group in (
        ("family", made.family),
        ("severity", made.severity),
        ("evidence", made.evidence),
        ("found", made.found),
    ):
        rows.extend((f"{name} {key}", group[key]) for key in sorted(group))
    return rows


def _show(made: Evaluation, auditor: Auditor) -> None:
    typer.echo(f"{made.articles} articles, {made.words} words, {auditor.signature}")
    typer.echo(
        f"{'':<22}{'findings':>9}{'precision':>10}{'marks':>7}{'recall':>8}{'F1':>7}{'partial':>9}"
    )
    for name, tally in _rows(made):
        typer.echo(
            f"{name:<22}{tally.findings:>9}{_number(tally.precision):>10}{tally.marks:>7}"
            f"{_number(tally.recall):>8}{_number(tally.f1):>7}{_number(tally.partial):>9}"
        )


def _document(made: Evaluation, auditor: Auditor) -> dict[str, Any]:
    return {
        "signature": auditor.signature,
        "articles": made.articles,
        "words": made.words,
        "groups": {
            name: {
                "findings": tally.findings,
                "right": tally.right,
                "marks": tally.marks,
                "hit": tally.hit,
                "precision": tally.precision,
                "recall": tally.recall,
                "f1": tally.f1,
                "partial": tally.partial,
            }
            for name, tally in _rows(made)
        },
        "rules": {
            name: {"findings": tally.findings, "right": tally.right}
            for name, tally in sorted(made.rule.items())
        },
    }


def _show_alarms(alarms: FalseAlarms, shown: list[Any], as_json: bool) -> None:
    if as_json:
        document = {
            "words": alarms.words,
            "findings": alarms.findings,
            "gating": alarms.gating,
            "per_thousand": alarms.per_thousand,
            "gating_per_thousand": alarms.gating_per_thousand,
            "rules": alarms.rules,
        }
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    typer.echo(
        f"{alarms.words} words of human French: {alarms.findings} findings "
        f"({alarms.per_thousand:.2f} per 1,000 words), {alarms.gating} gating "
        f"({alarms.gating_per_thousand:.2f} per 1,000 words)"
    )
    for rule, count in alarms.rules.items():
        typer.echo(f"  {count:>6}  {rule}")
    for result in shown:
        for finding in result.findings:
            typer.echo(f"  {finding.rule:<40} {_context(result.article.text, finding)}")
