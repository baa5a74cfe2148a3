"""`mtaudit rules measure`: hits of every rule in human French, in translations and on gold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtaudit.cli import rules_app
from mtaudit.cli.common import STOPPED, RulesFolders, Select, progress, settings_of
from mtaudit.errors import InputError, MtauditError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mtaudit.evaluation import Evaluation
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
    decisions: Annotated[
        list[str] | None,
        typer.Option(
            "--decisions",
            metavar="FILE.json",
            help="What editors decided on the page, added to the measures on file (repeatable); "
            "write it to a folder of your own and name that in the setting rules.",
        ),
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
    if decisions:
        if human or parallel or gold or check:
            raise InputError(
                "decisions are added to the measures on file", expected="--decisions and -o alone"
            )
        _decided(auditor, decisions, output)
        return
    if not (human or parallel or gold):
        if not check:
            raise InputError(
                "nothing to measure on",
                expected="--human, --parallel, --decisions, or --gold and --articles",
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
    made = _gold(auditor, gold or [], articles or [])
    people = measuring.sample(scanner, progress(_articles(human)), max_words)
    systems = measuring.sample(scanner, progress(measuring.translations(parallel or [])), max_words)
    translators = measuring.sample(scanner, progress(measuring.references(parallel or [])))
    found = measuring.measures(
        scanner.rules,
        human=people,
        translated=systems,
        referenced=translators,
        gold=made.rule,
        gold_confirmed=made.confirmed,
        date=_today(),
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


def _today() -> str:
    return date.today().isoformat()


def _decided(auditor: Auditor, paths: list[str], output: str | None) -> None:
    """Adds what editors decided to the measures, and shows what became of each rule."""
    from mtaudit import measuring
    from mtaudit.decisions import counts, read_decisions
    from mtaudit.measures import format_measures

    taken = [each for path in paths for each in read_decisions(Path(path)).decisions]
    found = measuring.with_decisions(auditor.all_rules.rules, counts(taken), _today())
    if output:
        target = Path(output)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(format_measures(found), encoding="utf-8", newline="\n")
        except OSError as error:
            raise MtauditError(
                f"cannot be written ({error.strerror or error})", where=str(target)
            ) from error
        typer.echo(f"mtaudit: wrote {target}", err=True)
    before = {rule.id: rule.confidence for rule in auditor.all_rules.rules}
    typer.echo(f"{'before':>7}{'now':>6}{'right':>9}  rule")
    for name, one in sorted(found.items(), key=lambda item: (item[1].confidence, item[0])):
        right = f"{one.gold_right}/{one.gold_findings}"
        typer.echo(f"{before[name]:>7.2f}{one.confidence:>6.2f}{right:>9}  {name}")
    typer.echo(f"{len(found)} rules measured by {len(taken)} decisions")


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


def _gold(auditor: Auditor, gold: list[str], articles: list[str]) -> Evaluation:
    """Findings against the marks; a lone article has the marks that fit no other."""
    from mtaudit.evaluation import Evaluation, evaluate
    from mtaudit.model import ArticleResult
    from mtaudit.readers import read_gold

    if not gold:
        return Evaluation()
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
    return made


def _summary(
    rules: tuple[Rule, ...], found: Mapping[str, Measure], people: Sample, systems: Sample
) -> None:
    from dataclasses import replace

    from mtaudit.measures import confirmed

    measured = [
        replace(
            rule, measure=found[rule.id], confirmed=found.get(confirmed(rule.id)), measured=True
        )
        for rule in rules
    ]
    wanting = [replace(rule, measured=False) for rule in rules]
    gating = sum(rule.gating for rule in measured)
    beside = sum(rule.gates_on("confirmed") for rule in measured)
    asked = sum(rule.gating for rule in wanting)
    typer.echo(
        f"{len(rules)} rules on {people.words} words of human French "
        f"({people.hits.total()} hits) and {systems.words} of translations "
        f"({systems.hits.total()} hits)"
    )
    typer.echo(
        f"{gating} rules gate on the French alone, {beside} where the source confirms; "
        f"{asked - beside} more would if they had enough evidence"
    )
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
