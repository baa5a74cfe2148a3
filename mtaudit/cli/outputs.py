"""Where reports go: `-o FILE` by its suffix, `--format NAME:FILE`, `--format NAME` to stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

import typer

from mtaudit.errors import MtauditError, SettingsError

if TYPE_CHECKING:
    from mtaudit.model import Report
    from mtaudit.writers import Writer

Output = Annotated[
    list[str] | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write a report, format from the suffix (repeatable).",
    ),
]
Format = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        "-f",
        metavar="NAME[:FILE]",
        help="Format of standard output, or of a file (repeatable).",
    ),
]

# GitHub takes 1 MiB of summary a step, and shows nothing of one that is longer.
_SUMMARY_MOST: Final = 1_000_000


class Targets(NamedTuple):
    """Files with their writers, and the format of standard output where one was asked for."""

    files: tuple[tuple[str, Writer], ...]
    screen: Writer | None
    screen_name: str = ""

    def write_files(self, report: Any, language: str) -> None:
        """Writes the files, and the summary of a GitHub step where its annotations are written."""
        from mtaudit.writers import WRITERS

        for path, writer in self.files:
            writer.write_file(report, Path(path), language=language)
            typer.echo(f"mtaudit: wrote {path}", err=True)
        if WRITERS["github"] in (self.screen, *(writer for _, writer in self.files)):
            step_summary(report, language)

    def write_screen(self, report: Any, language: str) -> None:
        """Writes standard output's report, where there is one."""
        if self.screen is not None:
            sys.stdout.flush()
            self.screen.write_stream(report, sys.stdout.buffer, language=language)
            sys.stdout.flush()


def targets(
    output: list[str] | None,
    formats: list[str] | None,
    inputs: Sequence[str] = (),
    writers: Mapping[str, Writer] | None = None,
) -> Targets:
    """What the options ask for, before anything is read.

    Args:
        inputs: Files and folders of articles, none of which is written over.
        writers: The formats there are; those of reports where it is None.

    Raises:
        SettingsError: A format that is not known, two for standard output, or a file that is
            one of the inputs.
    """
    from mtaudit.writers import WRITERS, writer_for

    writers = WRITERS if writers is None else writers
    files = [(path, writer_for(path=path, writers=writers)) for path in output or ()]
    screen: list[str] = []
    for each in formats or ():
        name, colon, path = each.partition(":")
        writer = writer_for(name=name, writers=writers)
        if colon and not path:
            raise SettingsError(f"--format {each} names no file", expected=f"{name}:FILE")
        if colon:
            files.append((path, writer))
        else:
            screen.append(name)
    for path, _ in files:
        _refuse_input(path, inputs)
    if len(screen) > 1:
        raise SettingsError(
            f"--format is given for standard output twice: {', '.join(screen)}",
            expected="one format, and files for the others",
            hint=f"write --format {screen[1]}:FILE",
        )
    if not screen:
        return Targets(tuple(files), None)
    return Targets(tuple(files), writer_for(name=screen[0], writers=writers), screen[0])


def _refuse_input(path: str, inputs: Sequence[str]) -> None:
    """Refuses a file that is there and is read: named itself, or an article of a folder.

    A report of an earlier run that lies among the articles is written anew.
    """
    from mtaudit.model import Article
    from mtaudit.readers import read_paths, walked

    if not os.path.isfile(path):
        return
    for each in inputs:
        if os.path.isfile(each):
            taken = os.path.samefile(path, each)
        else:
            inside = os.path.isdir(each) and walked(path, each)
            taken = inside and isinstance(next(read_paths([path]), None), Article)
        if taken:
            raise SettingsError(
                f"{path} is among the articles that are read",
                expected="a file of its own for the report",
                hint="articles are never written over; choose another name or folder",
            )


def step_summary(report: Report, language: str) -> None:
    """Appends the report in Markdown to the summary of a GitHub step, cut to what GitHub takes."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    import io

    from mtaudit.writers import WRITERS

    stream = io.BytesIO()
    WRITERS["markdown"].write_stream(report, stream, language=language)
    made = stream.getvalue()
    if len(made) > _SUMMARY_MOST:
        made = made[: made.rfind(b"\n", 0, _SUMMARY_MOST) + 1] + b"\n\xe2\x80\xa6\n"
    try:
        with open(path, "ab") as file:
            file.write(made)
    except OSError as error:
        raise MtauditError(
            f"cannot write the step summary: {error.strerror or error}",
            where="GITHUB_STEP_SUMMARY",
        ) from error


def hush() -> None:
    """Sends what standard output still gets to nowhere: its reader has gone."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
