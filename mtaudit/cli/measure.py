"""`mtaudit rules measure`: hits of every rule in human French, in translations and on gold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtaudit.cli import rules_app
from mtaudit.cli.common import STOPPED, RulesFolders, Select, progress, settings_of
from mtaudit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mtaudit.evaluation import Tally
    from mtaudit.measures import Measure
    from mtaudit.measuring import Sample
    from mtaudit.model import Article
    from mtaudit.pipeline import Auditor
    from mtaudit.rulebook import Rule

_SHOWN = 20


@rules_app.command()
def measure(
    human: Annotated[
        list[str] | None,
        typer.Option("--human", metavar="PATH", help="French written by people (repeatable)."),
    ] = None,
    parallel: Annotated[
        list[str] | None,
        typer.Option(
            "--parallel", metavar="ROWS.jsonl", help="Rows with systems' translations (repeatable)."
        ),
    ] = None,
    gold: Annotated[
        list[str] | None,
        typer.Option("--gold", metavar="GOLD", help="Gold marks (repeatable)."),
    ] = None,
    articles: Annotated[
        list[str] | None,
        typer.Option("--articles", metavar="PATH", help="The articles of the gold (repeatable)."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the measures: measured.tsv."),
    ] = None,
    max_words: Annotated[
        int | None,
        typer.Option("--max-words", min=1, help="Words of human French, and of translations."),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Exit 1 where a stable rule exceeds its budget of false alarms; without --human "
            "the measures on file are checked.",
        ),
    ] = False,
    rules: Select = None,
    rules_dir: RulesFolders = None,
) -> None:
    """Measure every rule: false alarms, hits in translations, precision on gold."""
    from mtaudit import measuring
    from mtaudit.measures import FILE, format_measures, read_measures
    from mtaudit.pipeline import Auditor
    from mtaudit.rulebook import packaged_rules

    if bool(gold) != bool(articles):
        raise InputError("gold marks and their articles go together", expected="both options")
    auditor = Auditor(settings_of(select=rules, rules=rules_dir))
    scanner = auditor.scanner
    if not (human or parallel or gold):
        if not check:
            raise InputError(
                "nothing to measure on", expected="--human, --parallel, or --gold and --articles"
            )
        files = [packaged_rules(), *(Path(folder) for folder in rules_dir or ())]
        known: dict[str, Measure] = {}
        for folder in files:
            known.update(read_measures(folder / FILE))
        if not known:
            raise InputError(
                "no measures to check",
                where=", ".join(str(folder / FILE) for folder in files),
                expected="a file that mtaudit rules measure wrote, or --human to measure anew",
            )
        _verdict(scanner.rules, known)
        return
    people = measuring.sample(scanner, progress(_articles(human)), max_words)
    systems = measuring.sample(scanner, progress(measuring.translations(parallel or [])), max_words)
    found = measuring.measures(
        scanner.rules,
        human=people,
        translated=systems,
        gold=_gold(auditor, gold or [], articles or []),
        date=date.today().isoformat(),
    )
    if output:
        target = Path(output)
        # A part measured anew leaves the rest of the file as it was.
        kept = read_measures(target) if rules else {}
        target.write_text(format_measures(kept | found), encoding="utf-8", newline="\n")
        typer.echo(f"mtaudit: wrote {target}", err=True)
    _summary(scanner.rules, found, people, systems)
    if check:
        _verdict(scanner.rules, found)


def _articles(paths: list[str] | None) -> Iterator[Article]:
    from mtaudit.model import Article
    from mtaudit.readers import read_paths

    if not paths:
        return
    for found in read_paths(paths, numbered=True):
        if isinstance(found, Article):
            yield found
        else:
            typer.echo(f"mtaudit: {found.message}", err=True)


def _gold(auditor: Auditor, gold: list[str], articles: list[str]) -> Mapping[str, Tally]:
    """Findings and right ones by rule; a lone article has the marks that fit no other."""
    from mtaudit.evaluation import evaluate
    from mtaudit.model import ArticleResult
    from mtaudit.readers import read_gold

    if not gold:
        return {}
    marks: dict[str, Any] = {}
    for path in gold:
        marks.update(read_gold(path))
    results = [
        result
        for result in map(auditor.audit_article, _articles(articles))
        if isinstance(result, ArticleResult)
    ]
    ids = {result.article.id for result in results}
    loose = [name for name in marks if name not in ids]
    strays = [result.article.id for result in results if result.article.id not in marks]
    if len(loose) == 1 and len(strays) == 1:
        marks[strays[0]] = marks[loose[0]]
    made = evaluate(results, marks)
    if not made.articles:
        raise InputError(
            "no article has gold marks",
            where=", ".join(articles),
            expected="ids of the articles as the gold names them",
        )
    return made.rule


def _summary(
    rules: tuple[Rule, ...], found: Mapping[str, Measure], people: Sample, systems: Sample
) -> None:
    from dataclasses import replace

    measured = [replace(rule, measure=found[rule.id], measured=True) for rule in rules]
    wanting = [replace(rule, measured=False) for rule in rules]
    gating = sum(rule.gating for rule in measured)
    asked = sum(rule.gating for rule in wanting)
    typer.echo(
        f"{len(found)} rules on {people.words} words of human French "
        f"({people.hits.total()} hits) and {systems.words} of translations "
        f"({systems.hits.total()} hits)"
    )
    typer.echo(f"{gating} rules gate; {asked - gating} more would if they had enough evidence")
    most = sorted(found.items(), key=lambda item: (-item[1].human_hits, item[0]))
    typer.echo(f"{'human':>7}{'per M':>8}{'mt':>7}{'per M':>8}{'gold':>9}  rule")
    for name, one in most[:_SHOWN]:
        if one.human_hits:
            right = f"{one.gold_right}/{one.gold_findings}"
            typer.echo(
                f"{one.human_hits:>7}{one.human_rate:>8.1f}{one.mt_hits:>7}{one.mt_rate:>8.1f}"
                f"{right:>9}  {name}"
            )


def _verdict(rules: tuple[Rule, ...], found: Mapping[str, Measure]) -> None:
    from mtaudit.measuring import over_budget

    over = over_budget(rules, found)
    for rule in over:
        one = found[rule.id]
        typer.echo(
            f"{rule.place}: {rule.id}: {one.human_hits} false alarms in {one.human_words} words "
            f"of human French, {one.human_rate:.1f} per million; budget {rule.budget:g}"
        )
    typer.echo(f"{len(found)} rules measured, {len(over)} over their budget of false alarms")
    if over:
        raise typer.Exit(STOPPED)
