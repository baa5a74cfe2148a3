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
    from mtaudit.source.beside import Beside

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

Source = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="FILE|DIR",
        help="The English: a file, or a folder with files of the same names.",
    ),
]
Reference = Annotated[
    str | None,
    typer.Option(
        "--reference",
        metavar="FILE|DIR",
        help="Translations by people: a file, or a folder with files of the same names.",
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
    auditor: Auditor,
    paths: list[str],
    numbered: bool = False,
    jobs: int | None = None,
    source: str | None = None,
    reference: str | None = None,
) -> Iterator[ArticleResult | Problem]:
    """Audits the paths with a progress display on a terminal's standard error.

    Args:
        jobs: How many processes; as many as there are cores where it is None.
        source, reference: Where texts lie beside the articles, see `mtaudit.source.beside`. What
            belongs together by no name is told on standard error at the end.

    Raises:
        InputError: Nothing lies there for any article.
    """
    from mtaudit.jobs import cores
    from mtaudit.readers import read_paths

    stdin = sys.stdin.buffer if "-" in paths else None
    articles = read_paths(paths, stdin=stdin, numbered=numbered)
    companions = companions_of(paths, source, reference)
    for each in companions:
        articles = each.add(articles)
    yield from progress(auditor.results(articles, jobs or cores()))
    tell(companions)


def companions_of(paths: list[str], source: str | None, reference: str | None) -> list[Beside]:
    """What lies beside the articles of the paths, as the options say."""
    if source is None and reference is None:
        return []
    from mtaudit.source.beside import Beside

    made = []
    if source is not None:
        made.append(Beside("source", source, paths))
    if reference is not None:
        made.append(Beside("reference", reference, paths))
    return made


def tell(companions: Iterable[Beside]) -> None:
    """One line on standard error for each sort of text that has no counterpart."""
    for each in companions:
        for line in each.told():
            typer.echo(f"mtaudit: {line}", err=True)


def progress(items: Iterable[_Outcome], what: str = "articles") -> Iterator[_Outcome]:
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
        TextColumn("{task.completed} " + what),
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
