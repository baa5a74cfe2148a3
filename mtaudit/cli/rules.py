"""`mtaudit rules list | show | test | new`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtaudit.cli import rules_app
from mtaudit.cli.common import STOPPED, RulesFolders, settings_of
from mtaudit.errors import RuleError

if TYPE_CHECKING:
    from mtaudit.rulebook import Rule, Rulebook


@rules_app.command("list")
def list_rules(
    prefixes: Annotated[
        list[str] | None, typer.Argument(metavar="[PREFIX]...", help="Only these rules.")
    ] = None,
    rules_dir: RulesFolders = None,
    lang: Annotated[str | None, typer.Option("--lang", help="en or fr.")] = None,
) -> None:
    """List the rules: id, severity, status, the English behind them."""
    import sys

    settings = settings_of(language=lang, select=prefixes, rules=rules_dir)
    rulebook = _rulebook(prefixes or [], rules_dir)
    shown = "–" if settings.language == "fr" else "-"
    for rule in rulebook.rules:
        line = f"{rule.id:<48} {rule.kind:<11} {rule.severity:<8} {rule.status:<8}"
        typer.echo(f"{line} {rule.english[0] if rule.english else shown}")
    total = len(rulebook.rules)
    families = len({rule.family.name for rule in rulebook.rules})
    print(f"{total} rules in {families} families", file=sys.stderr)


@rules_app.command()
def show(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="A rule's id, family/name.")],
    rules_dir: RulesFolders = None,
    lang: Annotated[str | None, typer.Option("--lang", help="en or fr.")] = None,
) -> None:
    """Show one rule: what it looks for, why, its examples, where it stands."""
    language = settings_of(language=lang).language
    rulebook = _rulebook([rule_id], rules_dir)
    exact = [rule for rule in rulebook.rules if rule.id == rule_id]
    if not exact:
        ids = ", ".join(rule.id for rule in rulebook.rules[:8])
        raise RuleError(f"{rule_id} is several rules", expected=f"one of {ids}, ...")
    for line in describe(exact[0], language):
        typer.echo(line)


def describe(rule: Rule, language: str) -> list[str]:
    """The rule for reading, line by line."""
    lines = [rule.id, f"  family    {rule.family.title[language]} (MQM {rule.family.mqm})"]
    lines.append(f"  kind      {rule.kind}, {rule.severity}, {rule.status}")
    beside = "where the source confirms it" if rule.gates_on("confirmed") else "no"
    lines.append(f"  gates     {'yes' if rule.gating else beside}")
    for label, people, one in (
        ("measured", "human French", rule.measure),
        ("confirmed", "human translations", rule.confirmed),
    ):
        if one is not None:
            lines.append(
                f"  {label:<9} {one.date}: {one.human_rate:.2f} per million words of {people}, "
                f"{one.mt_rate:.2f} of systems; gold {one.gold_right} of {one.gold_findings}; "
                f"confidence {one.confidence:.2f}"
            )
    lines.append(f"  file      {rule.place}")
    if rule.english:
        lines.append(f"  english   {' | '.join(rule.english)}")
    if rule.message:
        lines.append(f"  message   {rule.message[language]}")
    for label, texts in (
        ("match", (*rule.match, *rule.variants)),
        ("unless", rule.unless),
        ("when", rule.when),
        ("near", rule.near),
        ("far", rule.far),
        ("rendered", rule.rendered),
        ("suggest", rule.suggest),
    ):
        lines.extend(f"  {label:<9} {text}" for text in texts)
    if rule.check:
        lines.append(f"  check     {rule.check} {dict(rule.options) or ''}".rstrip())
    for label, examples in (("flag", rule.flag), ("pass", rule.pass_)):
        for example in examples:
            text = example.text
            for start, end in reversed(example.spans):
                text = f"{text[:start]}[[{text[start:end]}]]{text[end:]}"
            lines.append(f"  {label:<9} {text}")
    return lines


@rules_app.command()
def test(
    targets: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID|PREFIX|FILE|FOLDER]...", help="Only these rules."),
    ] = None,
    rules_dir: RulesFolders = None,
) -> None:
    """Prove rules by their own examples; exit status 1 where one fails."""
    from mtaudit.examples import prove
    from mtaudit.pipeline import load_resources

    prefixes = [target for target in targets or [] if not Path(target).exists()]
    files = [Path(target).resolve() for target in targets or [] if Path(target).exists()]
    rulebook = _rulebook(prefixes, rules_dir) if prefixes or not files else None
    chosen = list(rulebook.rules) if rulebook else []
    if files:
        everything = _rulebook([], rules_dir)
        for rule in everything.rules:
            path = Path(rule.place.path).resolve()
            if any(path == file or file in path.parents for file in files):
                chosen.append(rule)
        rulebook = everything
    assert rulebook is not None
    from mtaudit.rulebook import Rulebook

    chosen_book = Rulebook(tuple(chosen), rulebook.families, rulebook.digest)
    failed: set[str] = set()
    for failure in prove(chosen_book, load_resources()):
        typer.echo(str(failure))
        failed.add(failure.rule.id)
    examples = sum(len(rule.flag) + len(rule.pass_) for rule in chosen)
    typer.echo(f"{len(chosen)} rules, {examples} examples, {len(failed)} rules failed")
    if failed or not chosen:
        raise typer.Exit(STOPPED)


@rules_app.command("catalogue")
def write_catalogue(
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="DIR", help="Folder of the pages.")
    ] = "docs/catalogue",
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 where a page is out of date.")
    ] = False,
    rules_dir: RulesFolders = None,
) -> None:
    """Write the rule catalogue, one page per family, from the rules."""
    from mtaudit.catalogue import catalogue

    folder = Path(output)
    pages = catalogue(_rulebook([], rules_dir))
    kept = {path.name: path for path in folder.glob("*.md")} if folder.is_dir() else {}
    stale = [
        name
        for name, text in pages.items()
        if name not in kept or kept[name].read_text(encoding="utf-8") != text
    ]
    left = sorted(set(kept) - set(pages))
    if check:
        for name in (*stale, *left):
            typer.echo(f"{folder / name}: out of date; run: mtaudit rules catalogue")
        raise typer.Exit(STOPPED if stale or left else 0)
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (folder / name).write_text(pages[name], encoding="utf-8", newline="\n")
    for name in left:
        kept[name].unlink()
    typer.echo(f"{folder}: {len(pages)} pages, {len(stale)} written, {len(left)} removed")


@rules_app.command()
def new(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="family/name of the new rule.")],
    file: Annotated[
        str, typer.Option("--file", help="File within the family's folder, without .yaml.")
    ] = "new",
    folder: Annotated[str, typer.Option("--rules-dir", metavar="DIR")] = "rules",
) -> None:
    """Append the skeleton of a rule to a file of its family."""
    from mtaudit.model import FAMILIES
    from mtaudit.rulebook import NAME

    family, _, name = rule_id.partition("/")
    if family not in FAMILIES or not NAME.fullmatch(name):
        raise RuleError(
            f"{rule_id!r} is no rule id",
            expected=f"family/name-with-hyphens, the family one of {', '.join(FAMILIES)}",
        )
    path = Path(folder) / family / f"{file}.yaml"
    if not path.parent.is_dir():
        raise RuleError("no such folder", where=str(path.parent), hint="name one by --rules-dir")
    for other in sorted(path.parent.rglob("*.yaml")):
        if re.search(rf"^{name}:", other.read_text(encoding="utf-8"), re.MULTILINE):
            raise RuleError(f"{rule_id} exists", where=str(other), expected="a new name")
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    skeleton = (
        f"{name}:\n"
        "  english: what the source says\n"
        "  match: what the translation says\n"
        "  suggest: what to write\n"
        "  flag:\n"
        "    - A sentence that holds [[what the translation says]].\n"
        "  pass:\n"
        "    - A near miss.\n"
    )
    path.write_text(f"{before.rstrip()}\n\n{skeleton}" if before else skeleton, encoding="utf-8")
    typer.echo(f"{path}: fill in {name}, then run: mtaudit rules test {rule_id}")


def _rulebook(prefixes: list[str], folders: list[str] | None) -> Rulebook:
    from mtaudit.pipeline import chosen_rules
    from mtaudit.settings import load_settings

    return chosen_rules(
        load_settings().with_options(
            select=tuple(prefixes), rules=tuple(folders) if folders else None
        )
    )
