"""The command line: the only place that prints and exits. One file per command."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from mtaudit.version import __version__


class _ReaderGone(Exception):
    """What standard output was read by has gone (`| head`)."""


class _Interrupted(Exception):
    """Control-C."""


class _Group(TyperGroup):
    """Keeps from click what it would end with exit status 1 or 130: 1 is a stopped gate's."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGone from error
        except KeyboardInterrupt as error:
            raise _Interrupted from error


app = typer.Typer(
    name="mtaudit",
    cls=_Group,
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
    # Importing a command registers it; none of them imports the engine before it runs.
    from mtaudit.cli import compare, decisions, evaluate, gate, measure, mine, rules, run  # noqa: F401
    from mtaudit.cli.common import CANNOT_RUN
    from mtaudit.cli.outputs import hush
    from mtaudit.errors import MtauditError

    try:
        try:
            app()
        finally:
            # Else a full disk would be noticed only after the exit status is settled.
            sys.stdout.flush()
    except MtauditError as error:
        typer.echo(f"mtaudit: {error}", err=True)
    except (_ReaderGone, BrokenPipeError):
        hush()
    except (_Interrupted, KeyboardInterrupt):
        hush()
        typer.echo("mtaudit: interrupted", err=True)
    except OSError as error:
        hush()
        typer.echo(f"mtaudit: cannot write the output: {error.strerror or error}", err=True)
    else:
        return
    sys.exit(CANNOT_RUN)


app.add_typer(rules_app, name="rules")
