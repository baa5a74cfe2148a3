"""`mtaudit compare`: two or more systems on the same articles."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtaudit.cli import app
from mtaudit.cli.common import (
    Formula,
    Ignore,
    Jobs,
    Language,
    NoCache,
    Reference,
    RulesFolders,
    Scheme,
    Select,
    Source,
    progress,
    settings_of,
)
from mtaudit.cli.outputs import Output, targets
from mtaudit.errors import SettingsError

if TYPE_CHECKING:
    from mtaudit.comparing import Parallel


@app.command()
def compare(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="A B...",
            help="A file or folder of articles for each system, the baseline first; "
            "with --systems, files of rows.",
        ),
    ],
    systems: Annotated[
        str | None,
        typer.Option(
            "--systems",
            metavar="ONE,OTHER",
            help="Keys of the rows that hold the systems' translations.",
        ),
    ] = None,
    source: Source = None,
    reference: Reference = None,
    metrics: Annotated[
        bool,
        typer.Option("--metrics/--no-metrics", help="chrF2++, BLEU and TER against references."),
    ] = True,
    most: Annotated[
        int, typer.Option("--most", min=0, help="Rules that differ shown in the terminal.")
    ] = 10,
    examples: Annotated[
        int, typer.Option("--examples", min=0, help="Examples of each of them on either side.")
    ] = 1,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="Of the draws of intervals and tests.")
    ] = 12345,
    trials: Annotated[
        int, typer.Option("--trials", min=100, help="Of each test of significance.")
    ] = 10_000,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME[:FILE]",
            help="text, json, csv, markdown or html, on standard output or in a file (repeatable).",
        ),
    ] = None,
    output: Output = None,
    rules: Select = None,
    ignore: Ignore = None,
    rules_dir: RulesFolders = None,
    lang: Language = None,
    scheme: Scheme = None,
    formula: Formula = None,
    jobs: Jobs = None,
    no_cache: NoCache = False,
) -> None:
    """Compare systems on the same articles: scores with significance, findings that differ.

    The exit status is 0 where there was something to compare, whatever came of it, else 2.
    """
    from mtaudit.comparing import compare as held_against
    from mtaudit.comparing.formats import FORMATS
    from mtaudit.jobs import cores
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
    wanted = targets(output, format_, [*paths, *beside], FORMATS)
    parallel = _read(paths, systems, source, reference)
    made = held_against(
        parallel,
        Auditor(settings),
        metrics=metrics,
        jobs=jobs or cores(),
        seed=seed,
        trials=trials,
        watch=_watch,
    )
    wanted.write_files(made, settings.language)
    if wanted.screen is not None and wanted.screen_name != "text":
        wanted.write_screen(made, settings.language)
        for problem in made.left:
            typer.echo(f"mtaudit: {problem.message}", err=True)
    else:
        from mtaudit.comparing.text import write_text

        write_text(made, sys.stdout, language=settings.language, most=most, shown=examples)


def _read(
    paths: list[str], systems: str | None, source: str | None, reference: str | None
) -> Parallel:
    from mtaudit.comparing import read_rows, read_systems

    if systems is None:
        parallel, told = read_systems(paths, source, reference)
        for line in told:
            typer.echo(f"mtaudit: {line}", err=True)
        return parallel
    if source is not None or reference is not None:
        option = "--source" if source is not None else "--reference"
        raise SettingsError(
            f"{option} does not go with --systems",
            expected="rows that bring their own source and reference",
        )
    return read_rows(paths, [name.strip() for name in systems.split(",") if name.strip()])


def _watch(items: Iterable[Any], what: str) -> Iterable[Any]:
    return progress(items, what)
