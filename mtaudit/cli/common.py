"""What the commands share: exit statuses, options, settings, progress."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer

if TYPE_CHECKING:
    from mtaudit.model import ArticleResult, Problem
    from mtaudit.pipeline import Auditor
    from mtaudit.settings import Settings

PASSED: Final = 0
STOPPED: Final = 1
CANNOT_RUN: Final = 2

_Outcome = TypeVar("_Outcome")

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files or folders of articles; - is standard input."),
]
Select = Annotated[
    list[str] | None,
    typer.Option("--rules", metavar="PREFIX", help="Run only these rules (repeatable)."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="PREFIX", help="Leave these rules out (repeatable)."),
]
RulesFolders = Annotated[
    list[str] | None,
    typer.Option("--rules-dir", metavar="DIR", help="A folder of further rules (repeatable)."),
]
Language = Annotated[
    str | None, typer.Option("--lang", help="Language of messages and report: en or fr.")
]
Scheme = Annotated[
    str | None, typer.Option("--scheme", help="Severity weights by name, such as mqm or google.")
]
Formula = Annotated[
    str | None, typer.Option("--formula", help="Score by name, such as exponential or linear.")
]

NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Neither use nor keep results of earlier runs.")
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, metavar="N", help="Processes at work; as many as cores if not given."
    ),
]


def settings_of(
    *,
    language: str | None = None,
    select: list[str] | None = None,
    ignore: list[str] | None = None,
    rules: list[str] | None = None,
    scheme: str | None = None,
    formula: str | None = None,
    no_cache: bool = False,
) -> Settings:
    """The settings of the folder with the options of the command line over them."""
    from mtaudit.settings import load_settings

    return load_settings().with_options(
        language=language,
        select=tuple(select) if select else None,
        ignore=tuple(ignore) if ignore else None,
        rules=tuple(rules) if rules else None,
        scheme=scheme,
        formula=formula,
        cache=False if no_cache else None,
    )


def outcomes(
    auditor: Auditor, paths: list[str], numbered: bool = False, jobs: int | None = None
) -> Iterator[ArticleResult | Problem]:
    """Audits the paths with a progress display on a terminal's standard error.

    Args:
        jobs: How many processes; as many as there are cores where it is None.
    """
    from mtaudit.jobs import cores
    from mtaudit.readers import read_paths

    stdin = sys.stdin.buffer if "-" in paths else None
    articles = read_paths(paths, stdin=stdin, numbered=numbered)
    return progress(auditor.results(articles, jobs or cores()))


def progress(items: Iterable[_Outcome]) -> Iterator[_Outcome]:
    """Hands the items on, and counts them on standard error where that is a terminal.

    The count stands for long runs: the first second shows nothing.
    """
    if not sys.stderr.isatty():
        yield from items
        return
    import time

    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    began = time.monotonic()
    shown = Progress(
        SpinnerColumn(),
        TextColumn("{task.completed} articles"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = shown.add_task("audit", total=None)
    running = False
    try:
        for item in items:
            yield item
            shown.advance(task)
            if not running and time.monotonic() - began > 1:
                shown.start()
                running = True
    finally:
        if running:
            shown.stop()
