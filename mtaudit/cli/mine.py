"""`mtaudit mine`: rules proposed from translations beside what people wrote."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtaudit.cli import app
from mtaudit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd


@app.command()
def mine(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="ROWS...", help="Rows: JSON Lines, or .csv and .tsv with a header."),
    ],
    translation: Annotated[
        list[str],
        typer.Option(
            "--translation", metavar="COLUMN", help="A system's translation (repeatable)."
        ),
    ],
    source: Annotated[
        str | None, typer.Option("--source", metavar="COLUMN", help="The English.")
    ] = None,
    human: Annotated[
        str | None,
        typer.Option("--human", metavar="COLUMN", help="A translation by people, a reference."),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            "--published", metavar="COLUMN", help="The translation as corrected and published."
        ),
    ] = None,
    background: Annotated[
        list[str] | None,
        typer.Option(
            "--background",
            metavar="PATH",
            help="French written by people, such as an archive: tells what goes together.",
        ),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option("-o", "--output", metavar="FILE", help="A .csv, .tsv or .html (repeatable)."),
    ] = None,
    most: Annotated[
        int, typer.Option("--most", min=0, help="Proposals shown in the terminal.")
    ] = 30,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Keep only the best so many.")
    ] = None,
) -> None:
    """Propose rules from translations beside what people wrote, best first."""
    from mtaudit.mining import Columns, Dictionaries, read_rows
    from mtaudit.mining import mine as propose
    from mtaudit.mining.table import SUFFIXES, frame, write
    from mtaudit.pipeline import load_resources

    if human and published:
        raise InputError("--human and --published name the same thing", expected="one of the two")
    if not (human or published or source):
        raise InputError(
            "nothing to hold the translations against",
            expected="--human COLUMN or --published COLUMN, and --source COLUMN where there is one",
        )
    targets = [Path(path) for path in output or ()]
    for target in targets:
        if target.suffix.lower() not in SUFFIXES:
            raise InputError(
                "unknown format", where=str(target), expected=f"one of {', '.join(SUFFIXES)}"
            )
    columns = Columns(tuple(translation), source, human or published)
    resources = load_resources()
    rows = list(read_rows(paths, columns))
    proposals, corpus = propose(
        rows,
        Dictionaries(resources.lexicon, resources.names, resources.english),
        _texts(background or ()),
    )
    table = frame(proposals[:limit], corpus)
    for target in targets:
        write(table, target)
        typer.echo(f"mtaudit: wrote {target}", err=True)
    _show(table.head(most))
    typer.echo(
        f"{len(table)} proposals from {len(rows)} rows of {len(corpus.systems)} systems", err=True
    )


def _texts(paths: Sequence[str]) -> Iterator[str]:
    from mtaudit.model import Article
    from mtaudit.readers import read_paths

    if not paths:
        return
    for found in read_paths(list(paths), numbered=True):
        if isinstance(found, Article):
            yield found.text
        else:
            typer.echo(f"mtaudit: {found.message}", err=True)


def _show(table: pd.DataFrame) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not len(table):
        return
    shown = Table(box=None, pad_edge=False)
    for name in ("kind", "english", "wording", "instead"):
        shown.add_column(name, overflow="fold")
    for name in ("n", "human", "score"):
        shown.add_column(name, justify="right", no_wrap=True)
    for record in table.to_dict("records"):
        cells = [record[key] for key in ("kind", "english", "wording", "instead", "n", "n_human")]
        shown.add_row(*(Text(str(cell)) for cell in cells), Text(f"{record['score']:.1f}"))
    console = Console() if sys.stdout.isatty() else Console(width=120)
    console.print(shown)
