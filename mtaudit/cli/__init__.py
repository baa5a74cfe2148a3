"""The command line: the only place that prints and exits. One file per command."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from mtaudit.version import __version__

app = typer.Typer(
    name="mtaudit",
    help="Audit machine-translated French news: what translation software left in the text.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
rules_app = typer.Typer(
    help="List, show, test and scaffold rules.", no_args_is_help=True, rich_markup_mode=None
)


def _version(shown: bool) -> None:
    if shown:
        typer.echo(f"mtaudit {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Audit machine-translated French news: what translation software left in the text."""


def main() -> None:
    """Runs the command line; every error that a user can act on is one line and exit status 2."""
    import os

    # Importing a command registers it; none of them imports the engine before it runs.
    from mtaudit.cli import evaluate, gate, rules, run  # noqa: F401
    from mtaudit.cli.common import CANNOT_RUN
    from mtaudit.errors import MtauditError

    try:
        app()
    except MtauditError as error:
        typer.echo(f"mtaudit: {error}", err=True)
        sys.exit(CANNOT_RUN)
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing to say, and nothing to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CANNOT_RUN)


app.add_typer(rules_app, name="rules")
