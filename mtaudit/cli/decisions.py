"""`mtaudit decisions`: what an editor decided on the page, back into mtaudit."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from mtaudit.cli import app
from mtaudit.cli.common import RulesFolders, settings_of
from mtaudit.errors import MtauditError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mtaudit.decisions import Decision, Decisions
    from mtaudit.model import Article, ArticleResult, Finding
    from mtaudit.suppressions import Suppression

_SHOWN_MOST: Final = 5


@app.command()
def decisions(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Decisions that the page exported.")
    ],
    articles: Annotated[
        list[str] | None,
        typer.Option(
            "--articles",
            metavar="PATH",
            help="Further articles to try the suppressions on (repeatable).",
        ),
    ] = None,
    suppressions: Annotated[
        str | None,
        typer.Option(
            "--suppressions",
            metavar="FILE",
            help="The file; mtaudit-suppressions.toml if left out.",
        ),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Append the new entries to the suppressions file.")
    ] = False,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="In place of the author's name.")
    ] = None,
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="DATE", help="Last day of the entries.")
    ] = None,
    pairs: Annotated[
        str | None,
        typer.Option("--pairs", metavar="FILE", help="Mended texts as JSON Lines, for mining."),
    ] = None,
    rules_dir: RulesFolders = None,
) -> None:
    """Turn dismissals into suppressions, and mended texts into pairs; nothing else is written.

    Each new entry is shown with what it would silence in the articles of the decisions and in
    those of --articles.
    """
    from dataclasses import replace

    from mtaudit.decisions import as_toml, read_decisions, suppressions_of
    from mtaudit.suppressions import FILE, load_suppressions

    read = [read_decisions(Path(file)) for file in files]
    taken = [each for file in read for each in file.decisions]
    if owner:
        taken = [replace(each, author=owner) for each in taken]
    target = Path(suppressions or FILE)
    there = load_suppressions(target, str(target)) if target.exists() else ()
    made = suppressions_of(taken, there, _day(expires))
    results = _audited(read, articles or [], rules_dir) if made else []
    for decision, entry in made:
        typer.echo(as_toml(decision, entry), nl=False)
        for line in _effect(decision, entry, results):
            typer.echo(line)
        typer.echo("")
    typer.echo(_summary(taken, len(made), len(there)))
    for line in _rules(taken):
        typer.echo(line)
    if made and write:
        _append(target, [as_toml(decision, entry) for decision, entry in made])
    elif made:
        typer.echo(f"--write appends them to {target}")
    if pairs:
        _write_pairs(Path(pairs), read)


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise SettingsError(
            f"--expires is {text!r}", expected="a date such as 2027-01-31"
        ) from error


def _audited(
    read: Sequence[Decisions], paths: list[str], rules_dir: list[str] | None
) -> list[ArticleResult]:
    """The articles of the decisions as they were translated, then those of the paths."""
    from mtaudit.model import ArticleResult, Problem
    from mtaudit.pipeline import Auditor
    from mtaudit.readers import read_paths

    auditor = Auditor(settings_of(rules=rules_dir))
    found: dict[tuple[str, str], Article] = {}
    for file in read:
        for mended in file.articles:
            found[mended.article.id, mended.article.text] = mended.article
    for each in read_paths(paths, stdin=None) if paths else ():
        if isinstance(each, Problem):
            typer.echo(f"mtaudit: {each.message}", err=True)
        else:
            found[each.id, each.text] = each
    outcomes = map(auditor.audit_article, found.values())
    return [each for each in outcomes if isinstance(each, ArticleResult)]


def _effect(
    decision: Decision, entry: Suppression, results: Sequence[ArticleResult]
) -> Iterator[str]:
    from mtaudit.decisions import silenced

    hits = silenced(entry, results)
    if not hits:
        yield "# silences nothing: the rules or the article have changed"
        return
    elsewhere = [hit for hit in hits if hit[0].id != decision.article]
    yield f"# silences {len(hits)} here, {len(elsewhere)} of them in other articles"
    for article, finding in elsewhere[:_SHOWN_MOST]:
        yield f"#   {_place(article, finding)}"
    if len(elsewhere) > _SHOWN_MOST:
        yield f"#   and {len(elsewhere) - _SHOWN_MOST} more"


def _place(article: Article, finding: Finding) -> str:
    from mtaudit.writers.excerpt import excerpt, visible

    around = excerpt(article, finding, context=4)
    where = f"{visible(article.id)}:{finding.line}:{finding.column}"
    return f"{where}: {around.before}[[{around.found}]]{around.after}"


def _summary(taken: Sequence[Decision], new: int, there: int) -> str:
    kinds = [each.kind for each in taken]
    accepted, written = kinds.count("accepted"), kinds.count("written")
    return (
        f"{len(taken)} decisions: {accepted} accepted, {written} written, "
        f"{kinds.count('dismissed')} dismissed; {new} new suppressions, {there} there already"
    )


def _rules(taken: Sequence[Decision]) -> Iterator[str]:
    """The rules that were called wrong, with what editors made of their findings."""
    from mtaudit.decisions import counts

    for rule in counts(taken):
        if rule.wrong:
            yield (
                f"  {rule.rule}: {rule.taken} mended, {rule.dismissed} dismissed, "
                f"{rule.wrong} of them as no error"
            )


def _append(target: Path, entries: Sequence[str]) -> None:
    try:
        before = target.read_text(encoding="utf-8") if target.exists() else ""
        gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
        target.write_text(before + gap + "\n".join(entries), encoding="utf-8")
    except OSError as error:
        raise _unwritten(target, error) from error
    typer.echo(f"mtaudit: wrote {target}", err=True)


def _write_pairs(target: Path, read: Sequence[Decisions]) -> None:
    from mtaudit.decisions import pairs

    rows = pairs(read)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise _unwritten(target, error) from error
    typer.echo(f"mtaudit: wrote {len(rows)} pairs to {target}", err=True)


def _unwritten(target: Path, error: OSError) -> MtauditError:
    return MtauditError(
        f"cannot be written: {error.strerror or error}",
        where=str(target),
        expected="a file in a folder that is there and may be written to",
    )
