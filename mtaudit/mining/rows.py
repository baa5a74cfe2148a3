"""Rows of source, translations and human text, from JSON Lines, CSV and TSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mtaudit.errors import InputError

_TABLES: Final = {".csv": ",", ".tsv": "\t"}


@dataclass(frozen=True)
class Row:
    """One sentence, as far as the translators kept to sentences.

    Attributes:
        translations: By system; a system that left the row out is not there.
        human: What people made of it: a reference, or the text as published.
    """

    source: str
    translations: Mapping[str, str]
    human: str


@dataclass(frozen=True)
class Columns:
    """Which columns hold what; a dotted name leads into objects: `systems.google`."""

    translations: Sequence[str]
    source: str | None = None
    human: str | None = None


def read_rows(paths: Sequence[str], columns: Columns) -> Iterator[Row]:
    """The rows of the files in order.

    A row whose texts all have the same number of lines, more than one, is an article aligned
    line by line, and gives a row for each line. Rows without a translation, or with nothing to
    hold it against, are passed over.

    Raises:
        InputError: A file cannot be read, or no row of it has the columns.
    """
    for path in paths:
        found = False
        seen: set[str] = set()
        for record in _records(Path(path)):
            seen.update(record)
            for row in _rows(record, columns):
                found = True
                yield row
        if not found:
            wanted = [*columns.translations]
            wanted += [one for one in (columns.source, columns.human) if one]
            raise InputError(
                f"no row has texts under {', '.join(wanted)}",
                where=path,
                expected=f"some of the columns there: {', '.join(sorted(seen)) or 'none'}",
                hint="name them by --source, --translation and --human",
            )


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    suffix = path.suffix.lower()
    try:
        with open(path, encoding="utf-8-sig", newline="" if suffix in _TABLES else None) as stream:
            if suffix in _TABLES:
                limit = csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
                try:
                    yield from csv.DictReader(stream, delimiter=_TABLES[suffix], strict=True)
                finally:
                    csv.field_size_limit(limit)
                return
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield _object(line, f"{path}:{number}")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"cannot be read ({error})",
            where=str(path),
            expected="UTF-8: JSON Lines, CSV (.csv) or tab-separated (.tsv)",
        ) from error


def _object(line: str, where: str) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise InputError(f"not valid JSON ({error})", where=where) from error
    if not isinstance(value, dict):
        raise InputError("no JSON object", where=where, expected="one object a line")
    return value


def _cell(record: Mapping[str, Any], column: str | None) -> str:
    if column is None:
        return ""
    value: Any = record.get(column)
    if value is None and "." in column:
        value = record
        for key in column.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
    return value.strip() if isinstance(value, str) else ""


def _rows(record: Mapping[str, Any], columns: Columns) -> Iterator[Row]:
    source, human = _cell(record, columns.source), _cell(record, columns.human)
    translations = {name: _cell(record, name) for name in columns.translations}
    translations = {name: text for name, text in translations.items() if text}
    if not translations or not (source or human):
        return
    texts = [text for text in (source, human, *translations.values()) if text]
    sizes = {text.count("\n") for text in texts}
    if sizes == {0} or len(sizes) > 1:
        yield Row(source, translations, human)
        return
    for at in range(sizes.pop() + 1):
        lines = {name: text.split("\n")[at].strip() for name, text in translations.items()}
        lines = {name: line for name, line in lines.items() if line}
        if lines:
            yield Row(
                source.split("\n")[at].strip() if source else "",
                lines,
                human.split("\n")[at].strip() if human else "",
            )
