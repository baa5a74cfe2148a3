"""Writers: one module per output format, each with `write(report, stream)`.

A writing function turns a `Report` into text or bytes on the stream it is given. It decides
nothing, prints nothing of its own and opens no file. Text streams should be UTF-8 with newline="".
Those of formats for people also take `language`, a key of `labels.LABELS`.
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Final, NamedTuple

from mtaudit.errors import MtauditError, SettingsError
from mtaudit.readers.xliff import FINDINGS
from mtaudit.writers import (
    checkstyle,
    csv,
    github,
    gitlab,
    html,
    json,
    jsonl,
    junit,
    markdown,
    marot,
    parquet,
    sarif,
    text,
    xliff,
)


class Writer(NamedTuple):
    """A format.

    Attributes:
        suffixes: File suffixes that ask for the format, in lower case.
        binary: Whether `write` wants a stream of bytes.
        spoken: Whether `write` takes the `language` of its headings.
    """

    write: Callable[..., None]
    suffixes: tuple[str, ...]
    binary: bool = False
    spoken: bool = False

    def write_stream(self, report: Any, stream: IO[bytes], language: str = "en") -> None:
        """Writes to a stream of bytes, text as UTF-8 with line feeds, and leaves it open.

        Args:
            report: What `write` takes: a `Report`, for those of WRITERS.
        """
        options: dict[str, Any] = {"language": language} if self.spoken else {}
        if self.binary:
            self.write(report, stream, **options)
            return
        characters = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        try:
            self.write(report, characters, **options)
        finally:
            characters.detach()

    def write_file(self, report: Any, path: Path, language: str = "en") -> None:
        """Writes a file, over one that is there.

        Raises:
            MtauditError: The file cannot be written.
        """
        try:
            with path.open("wb") as stream:
                self.write_stream(report, stream, language)
        except OSError as error:
            raise MtauditError(
                f"cannot write the report: {error.strerror or error}",
                where=str(path),
                expected="a file in a folder that is there and may be written to",
            ) from error


WRITERS: Final[Mapping[str, Writer]] = MappingProxyType(
    {
        "text": Writer(text.write, (".txt",), spoken=True),
        "json": Writer(json.write, (".json",)),
        "jsonl": Writer(jsonl.write, (".jsonl", ".ndjson")),
        "csv": Writer(csv.write, (".csv",)),
        "parquet": Writer(parquet.write, (".parquet",), binary=True),
        "markdown": Writer(markdown.write, (".md", ".markdown"), spoken=True),
        "html": Writer(html.write, (".html", ".htm"), spoken=True),
        "sarif": Writer(sarif.write, (".sarif", ".sarif.json")),
        "github": Writer(github.write, (".github.txt",)),
        "gitlab": Writer(
            gitlab.write, (".gitlab.json", "code-quality.json", "code-quality-report.json")
        ),
        "junit": Writer(junit.write, (".junit.xml", "junit.xml")),
        "checkstyle": Writer(checkstyle.write, (".checkstyle.xml", "checkstyle.xml")),
        "marot": Writer(marot.write, (".marot.tsv",)),
        "xliff": Writer(xliff.write, FINDINGS),
    }
)


def writer_for(
    *,
    name: str | None = None,
    path: str | Path = "",
    writers: Mapping[str, Writer] = WRITERS,
) -> Writer:
    """The writer of a format by its name, or else by the suffix of a path; the longest wins.

    Args:
        writers: The formats there are.

    Raises:
        SettingsError: No format has that name or that suffix.
    """
    if name is not None:
        if name not in writers:
            close = difflib.get_close_matches(name, writers, n=1)
            raise SettingsError(
                f"unknown output format {name!r}",
                expected="one of " + ", ".join(writers),
                hint=f"did you mean {close[0]!r}?" if close else "",
            )
        return writers[name]
    suffixes = {suffix: writer for writer in writers.values() for suffix in writer.suffixes}
    found = [suffix for suffix in suffixes if str(path).lower().endswith(suffix)]
    if not found:
        raise SettingsError(
            "the suffix names no output format",
            where=str(path),
            expected="one of " + ", ".join(suffixes),
            hint="choose one of these suffixes",
        )
    return suffixes[max(found, key=len)]
