"""Reads articles from files, folders and standard input; one module a format.

A bad input never stops the reading: it becomes a `Problem` whose message is one whole line with
the place in it.
"""

from __future__ import annotations

import codecs
import os
import posixpath
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, Literal

from mtaudit.errors import InputError, NotArticles
from mtaudit.model import Article, Problem
from mtaudit.readers import (
    delimited,
    docx,
    html,
    jsonlines,
    markdown,
    marked,
    newsxml,
    ninjs,
    plain,
    po,
    tmx,
    warc,
    xliff,
)
from mtaudit.readers._decode import decode
from mtaudit.readers.gold import is_gold, read_gold
from mtaudit.readers.marked import parse_marked

__all__ = [
    "READERS",
    "Reader",
    "find_files",
    "parse_marked",
    "read_bytes",
    "read_gold",
    "read_paths",
]

Reader = Callable[[str, BinaryIO], Iterator[Article | Problem]]
"""Yields what a file of this path and content holds; an InputError gives up on the file."""

READERS: Final[Mapping[str, Reader]] = {
    "": plain.read,
    ".txt": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    marked.SUFFIX: marked.read,
    ".jsonl": jsonlines.read,
    ".ndjson": jsonlines.read,
    ".xlf": xliff.read,
    ".xliff": xliff.read,
    ".tmx": tmx.read,
    ".po": po.read,
    ".tsv": delimited.read,
    ".csv": delimited.read,
    ".html": html.read,
    ".htm": html.read,
    ".json": ninjs.read,
    ".xml": newsxml.read,
    ".nitf": newsxml.read,
    ".docx": docx.read,
    ".warc": warc.read,
    ".warc.gz": warc.read,
}

STDIN: Final = "-"
_MARKUP: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html\b|<html[\s>]|(<\?xml\s|<nitf[\s>]|<newsItem\s))", re.I
)

# Files about a folder, not articles of it; skipped only where the folder is walked.
_ABOUT: Final = frozenset(
    ("readme", "licence", "license", "copying", "changelog", "contributing", "makefile")
)


def read_paths(
    paths: Sequence[str], *, stdin: BinaryIO | None = None, numbered: bool = False
) -> Iterator[Article | Problem]:
    """Yields the articles of files and folders in order, and a problem for each bad input.

    Reads lazily, one file or line at a time. Ids are unique: what repeats one is a problem.
    JSON, XML and HTML of other kinds than articles is a problem where it is named, and passed
    over where a folder holds it.

    Args:
        stdin: What `-` stands for; the process's standard input if not given.
        numbered: Whether lines of JSON without an id are read, under `path:line`. Collections of
            sentences come so; in an audit of articles a missing id is a fault.
    """
    origin: dict[str, str] = {}
    named = {Path(path) for path in paths}
    passed: list[Problem] = []
    told = False
    for item in find_files(paths):
        if isinstance(item, Problem):
            yield item
            told = True
            continue
        name = STDIN if item == STDIN else _display(item)
        for found in _read_file(item, name, stdin, numbered):
            if isinstance(found, _Other) and item not in named:
                passed.append(found)
                continue
            told = True
            if isinstance(found, Article):
                if found.id in origin:
                    error = InputError(
                        f"the id {found.id!r} again, already read from {origin[found.id]}",
                        where=name,
                        expected="an id of its own for each article",
                        hint="rename one of them; the first is kept",
                    )
                    yield Problem(name, str(error))
                    continue
                origin[found.id] = name
            yield found
    if not told:
        yield from passed


class _Other(Problem):
    """A file that is of another kind than articles."""


def read_bytes(name: str, data: bytes) -> Iterator[Article | Problem]:
    """Yields what a file of this name would hold if these bytes were in it."""
    reader = READERS[suffix_of(posixpath.basename(name)) or ""]
    try:
        yield from reader(name, BytesIO(data))
    except InputError as error:
        yield Problem(name, str(error))


def find_files(paths: Sequence[str]) -> Iterator[Path | Literal["-"] | Problem]:
    """Yields each file once, in the order given; folders are walked in sorted order.

    Any named file is yielded, whatever its suffix. A walk yields files of a suffix in READERS
    and passes over hidden files and folders, README and its like, gold marks, and XLIFF that
    mtaudit has written its findings to; it follows no links to folders. A path that does not
    exist, cannot be listed or holds no article gives a problem.
    """
    seen: set[str] = set()
    for path in paths:
        if path == STDIN:
            if STDIN not in seen:
                seen.add(STDIN)
                yield STDIN
            continue
        try:
            # An empty path would stand for the current folder.
            os.stat(path or "\0")
        except (OSError, ValueError) as error:
            yield _unreadable(_display(path), error)
            continue
        found = 0
        for item in _walk(path) if os.path.isdir(path) else [Path(path)]:
            found += 1
            if isinstance(item, Path):
                real = os.path.realpath(item)
                if real in seen:
                    continue
                seen.add(real)
            yield item
        if not found:
            known = ", ".join(suffix for suffix in READERS if suffix)
            nothing = InputError(
                "no article in this folder",
                where=_display(path),
                expected=f"files ending in {known}",
                hint="name a file to have it read as text whatever its suffix",
            )
            yield Problem(_display(path), str(nothing))


def walked(path: str, folder: str) -> bool:
    """Whether a walk of the folder yields this file."""
    real = os.path.realpath(path)
    return any(isinstance(item, Path) and os.path.realpath(item) == real for item in _walk(folder))


def suffix_of(name: str) -> str | None:
    """The longest suffix in READERS that a file name has; None for one that is not known."""
    name = name.lower()
    known = [suffix for suffix in READERS if suffix and name.endswith(suffix)]
    if known:
        return max(known, key=len)
    return None if "." in name else ""


def _walk(folder: str) -> Iterator[Path | Problem]:
    problems: list[Problem] = []

    def note(error: OSError) -> None:
        problems.append(_unreadable(_display(str(error.filename)), error))

    for root, folders, names in os.walk(folder, onerror=note):
        yield from problems
        problems.clear()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            about = name.split(".")[0].lower() in _ABOUT or is_gold(name)
            about = about or name.lower().endswith(xliff.FINDINGS)
            if name.startswith(".") or about or suffix_of(name) is None:
                continue
            if not _endless(path):
                yield path
    yield from problems


def _endless(path: Path) -> bool:
    """Whether it is a pipe or device; what cannot be told will be told when it is opened."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def _read_file(
    item: Path | Literal["-"], name: str, stdin: BinaryIO | None, numbered: bool
) -> Iterator[Article | Problem]:
    try:
        if item == STDIN:
            yield from _read_stream(name, stdin if stdin is not None else sys.stdin.buffer)
            return
        reader = READERS[suffix_of(item.name) or ""]
        if numbered and reader is jsonlines.read:
            reader = jsonlines.read_numbered
        with open(item, "rb") as stream:
            # A pipe such as <(command) has no suffix to go by.
            sniffed = reader is plain.read and not item.is_file()
            yield from (_read_stream if sniffed else reader)(name, stream)
    except NotArticles as error:
        yield _Other(name, str(error))
    except InputError as error:
        yield Problem(name, str(error))
    except OSError as error:
        yield _unreadable(name, error)


def _read_stream(name: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Reads JSON Lines, a page of HTML or XML if it begins as such, else plain text."""
    head = b""
    for line in stream:
        head += line
        if line.removeprefix(codecs.BOM_UTF8).strip():
            break
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = decode(head + stream.read(), name).encode("utf-8")
    if head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        yield from jsonlines.read_lines(name, chain(BytesIO(head), stream))
    elif begun := _MARKUP.match(head):
        reader = newsxml.read if begun[1] else html.read
        yield from reader(name, BytesIO(head + stream.read()))
    else:
        yield from plain.read(name, BytesIO(head + stream.read()))


def _unreadable(path: str, error: OSError | ValueError) -> Problem:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "no such file"
    line = InputError(
        f"cannot be read ({reason[:1].lower()}{reason[1:]})",
        where=path or "''",
        expected="a file or folder of articles",
        hint="check the path and its permissions",
    )
    return Problem(path, str(line))


def _display(path: str | Path) -> str:
    """The path as it is told and used as id: with `/`, and writable as UTF-8 come what may."""
    return os.fsencode(Path(path).as_posix()).decode("utf-8", "replace") if path else ""
