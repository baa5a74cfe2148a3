"""Gold marks: which artifacts annotators found in which article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from mtaudit.errors import InputError
from mtaudit.model import FAMILIES, SEVERITIES, GoldSpan
from mtaudit.readers._decode import decode
from mtaudit.readers.jsonlines import parse_object
from mtaudit.readers.marked import LEVELS, SUFFIX, check_choice, parse_marked

_REQUIRED: Final = {"article": str, "start": int, "end": int, "text": str, "category": str}
_OPTIONAL: Final = {"severity": str, "evidence": str, "agreement": int, "fix": str, "why": str}
_NAMES: Final = {str: "a string", int: "an integer"}


def read_gold(path: str | Path) -> dict[str, tuple[GoldSpan, ...]]:
    """The marks of each article, in reading order, by the article's id.

    Reads a gold file (JSON Lines, one mark a line), a `.marked.md` file, or a folder of both,
    where gold files are those named `gold.jsonl` or `*.gold.jsonl`. An article that a
    `.marked.md` file gives without a mark has an empty tuple: it was looked at.

    Raises:
        InputError: A file cannot be read, a mark is not of the form, two files mark one article.
    """
    path = Path(path)
    try:
        files = list(_gold_files(path)) if path.is_dir() else [path]
        found: dict[str, tuple[GoldSpan, ...]] = {}
        for file in files:
            for article, spans in _read_file(file).items():
                if article in found:
                    raise InputError(
                        f"marks for {article!r} again, after those of another file",
                        where=str(file),
                        expected="the marks of an article in one file",
                    )
                found[article] = spans
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=str(path), expected="a file of gold marks"
        ) from None
    if not found:
        raise InputError(
            "no gold marks in it", where=str(path), expected=f"gold.jsonl or *{SUFFIX} files"
        )
    return found


def is_gold(name: str) -> bool:
    """Whether a file of this name holds marks rather than articles."""
    return name == "gold.jsonl" or name.endswith(".gold.jsonl")


def _gold_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file() and (path.name.endswith(SUFFIX) or is_gold(path.name)):
            yield path


def _read_file(path: Path) -> dict[str, tuple[GoldSpan, ...]]:
    text = decode(path.read_bytes(), path.as_posix())
    if path.name.endswith(SUFFIX):
        article = parse_marked(text, path.as_posix())
        return {article.id: article.gold}
    marks: defaultdict[str, list[GoldSpan]] = defaultdict(list)
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            value = parse_object(line.encode("utf-8"), path.as_posix(), number)
            span = _span(value, f"{path.as_posix()}:{number}")
            marks[span.article].append(span)
    return {
        article: tuple(sorted(spans, key=lambda span: (span.start, span.end)))
        for article, spans in marks.items()
    }


def _span(value: dict[str, Any], where: str) -> GoldSpan:
    for key, kind in (_REQUIRED | _OPTIONAL).items():
        if key not in value:
            if key in _REQUIRED:
                raise InputError(
                    f'"{key}" is missing',
                    where=where,
                    expected=f"a mark with {', '.join(_REQUIRED)}",
                )
        elif not isinstance(value[key], kind) or isinstance(value[key], bool):
            raise InputError(f'"{key}" is {value[key]!r:.40}', where=where, expected=_NAMES[kind])
    span = GoldSpan(**{key: value[key] for key in _REQUIRED | _OPTIONAL if key in value})
    check_choice("category", span.category, FAMILIES, where)
    check_choice("severity", span.severity, SEVERITIES, where)
    check_choice("evidence", span.evidence, LEVELS, where)
    if not 0 <= span.start < span.end or span.end - span.start != len(span.text):
        raise InputError(
            f"a span from {span.start} to {span.end} for {len(span.text)} characters",
            where=where,
            expected="start and end around the text, half-open, in code points",
        )
    return span
