"""TSV and CSV with a header: each row an article, or a line of one.

Columns are told by their names, in any order and case: those of JSON Lines, and for some of them
the names that spreadsheets of translations use. With a column `article` (or `doc`), the rows of one
article are its lines, in their order, and `id` names the row. Without it a row with an `id` is an
article by itself; without either, the whole file is one.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any, BinaryIO, Final, NamedTuple

from mtaudit.errors import InputError
from mtaudit.model import Article, Problem
from mtaudit.readers._decode import decode
from mtaudit.readers._units import Row, article_of

# What a column is for, by the names that it may have.
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "target", "translation", "fr", "fr-fr", "fr-ca", "french"),
    "source": ("source", "en", "en-us", "en-gb", "english"),
    "reference": ("reference", "ref"),
    "article": ("article", "doc", "document"),
    "id": ("id",),
    "system": ("system",),
    "title": ("title",),
    "date": ("date",),
    "url": ("url",),
}
_DETAILS: Final = ("title", "system", "date", "url")
_DELIMITERS: Final = (",", ";", "|")

# Tables of findings, which have columns named as those of articles are.
_REPORTS: Final[Mapping[frozenset[str], str]] = {
    frozenset(("rule", "family", "fingerprint")): "a report of findings",
    frozenset(("docsegid", "globalsegid", "rater")): "ratings in the format of Marot",
}

# A cell with quotation marks round it, or one without any, up to what ends it.
_CELL: Final = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|[^"\t\r\n]*)(?:\t|\r\n?|\n|$)')


class _Line(NamedTuple):
    """A row of the table: its cells by what they are for, and the others by the column's name."""

    number: int
    cells: dict[str, str]
    others: dict[str, str]


def read(path: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Yields the articles in the order of their first rows, and a problem for each bad row.

    Rows that are an article each are read one by one.

    Raises:
        InputError: The file is no table with a column of translations.
    """
    table = _table(decode(stream.read(), path), path)
    number, header = next(table, (1, []))
    columns = _columns(header, path, number)
    rows = _lines(table, header, columns, path)
    first = next(rows, None)
    if first is None:
        raise InputError("no row under the header", where=path, expected="rows of translations")
    rows = chain((first,), rows)
    if "article" in columns or "id" not in columns:
        yield from _joined(rows, path)
    else:
        for row in rows:
            yield _single(row, path) if isinstance(row, _Line) else row


def _lines(
    table: Iterator[tuple[int, list[str]]],
    header: Sequence[str],
    columns: Mapping[str, int],
    path: str,
) -> Iterator[_Line | Problem]:
    try:
        for number, cells in table:
            yield _line(number, cells, header, columns, path)
    except InputError as error:
        yield Problem(path, str(error))


def _table(text: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the number of the line that it begins on."""
    first = 1
    if text.startswith("sep=") and "\n" in text:
        # Spreadsheets write the delimiter so.
        text, first = text[text.index("\n") + 1 :], 2
    head = text.lstrip("\r\n").split("\n", 1)[0]
    usual = "\t" if "\t" in head or path.lower().endswith(".tsv") else ","
    delimiter = usual if usual == "\t" else max(_DELIMITERS, key=head.count)
    quoted = delimiter != "\t" or _quotes(text)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        strict=True,
    )
    limit = csv.field_size_limit(len(text) + 1)
    try:
        while True:
            number = reader.line_num + first
            cells = next(reader, None)
            if cells is None:
                return
            if any(map(str.strip, cells)):
                yield number, cells
    except csv.Error as error:
        raise InputError(
            f"the table breaks off here ({error})",
            where=f"{path}:{number}",
            expected="quotation marks in a cell doubled, and the cell in quotation marks",
            hint="rows before it were read; mend the row, or write the table again",
        ) from None
    finally:
        csv.field_size_limit(limit)


def _quotes(text: str) -> bool:
    """Whether a table with tabs has quotation marks round some of its cells.

    By its media type it has none, and those in it belong to the text; spreadsheets write them. It
    has some if every mark in it can be read so, and if one cell could not be read otherwise: one
    with a doubled mark, a tab or a line end in it, or a name in the header.
    """
    if '"' not in text:
        return False
    position, evidence = 0, text.startswith('"')
    while position < len(text):
        cell = _CELL.match(text, position)
        if cell is None:
            return False
        inner = cell[1] or ""
        evidence = evidence or '""' in inner or "\t" in inner or "\n" in inner
        position = cell.end()
    return evidence


def _columns(header: Sequence[str], path: str, number: int) -> dict[str, int]:
    """The place of each column that is known, by what it is for."""
    names = [name.strip().lower().replace("_", "-") for name in header]
    for keys, what in _REPORTS.items():
        if keys <= set(names):
            raise InputError(
                f"{what}, not articles",
                where=path,
                expected="a table of translations",
                hint="write reports to a folder of their own",
            )
    columns: dict[str, int] = {}
    for use, known in _NAMES.items():
        places = [place for place, name in enumerate(names) if name in known]
        if len(places) > 1:
            both = " and ".join(repr(header[place].strip()) for place in places)
            raise InputError(
                f"several columns for the {use}: {both}",
                where=f"{path}:{number}",
                expected=f"one of {', '.join(known)}",
                hint="rename those that are not meant",
            )
        if places:
            columns[use] = places[0]
    if "text" not in columns:
        shown = ", ".join(name.strip() for name in header[:8])
        raise InputError(
            f"no column of translations in the header ({shown:.100})",
            where=f"{path}:{number}",
            expected=f"one named {', '.join(_NAMES['text'][:4])}",
            hint="name the columns in the first line",
        )
    return columns


def _line(
    number: int, cells: list[str], header: Sequence[str], columns: Mapping[str, int], path: str
) -> _Line | Problem:
    where = f"{path}:{number}"
    if len(cells) > len(header):
        error = InputError(
            f"{len(cells)} cells under {len(header)} columns",
            where=where,
            expected="a cell for each column",
            hint="put cells that hold the delimiter in quotation marks",
        )
        return Problem(path, str(error))
    cells = cells + [""] * (len(header) - len(cells))
    known = {use: cells[place] for use, place in columns.items()}
    if not known.get("article", "-").strip():
        name = header[columns["article"]].strip()
        error = InputError(f"{name!r} is blank", where=where, expected="the article's id")
        return Problem(path, str(error))
    others = {
        name.strip(): cell
        for place, (name, cell) in enumerate(zip(header, cells, strict=True))
        if place not in columns.values() and name.strip() and cell.strip()
    }
    return _Line(number, known, others)


def _joined(rows: Iterable[_Line | Problem], path: str) -> Iterator[Article | Problem]:
    """An article for each name in the column of articles, or one for all; problems first.

    Where an article is there from several systems, each gives one of its own.
    """
    groups: dict[tuple[str, str], list[_Line]] = {}
    for row in rows:
        if isinstance(row, Problem):
            yield row
            continue
        name = row.cells["article"].strip() if "article" in row.cells else path
        groups.setdefault((name, row.cells.get("system", "").strip()), []).append(row)
    systems = Counter(name for name, _ in groups)
    for (name, system), members in groups.items():
        own = f"{name}/{system}" if system and systems[name] > 1 else name
        yield _article(own, members, path, {"article": name} if name != path else {})


def _article(
    name: str, lines: Sequence[_Line], path: str, metadata: Mapping[str, str]
) -> Article | Problem:
    filled = [line for line in lines if line.cells["text"].strip()]
    if not filled:
        error = InputError(
            f"no translation of {name!r}" if name != path else "no translation in it",
            where=f"{path}:{lines[0].number}",
            expected="text in the column of translations",
        )
        return Problem(path, str(error))
    rows = [
        Row(
            line.cells.get("id", "").strip() or f"line {line.number}",
            line.cells["text"],
            line.cells.get("source", ""),
            line.cells.get("reference", ""),
            line.number,
        )
        for line in filled
    ]
    skipped = Counter({"untranslated": len(lines) - len(filled)})
    return article_of(
        rows, skipped, id=name, path=path, metadata=metadata, **_details(filled[0].cells)
    )


def _single(line: _Line, path: str) -> Article | Problem:
    name = line.cells["id"].strip()
    text = line.cells["text"]
    if not name or not text.strip():
        error = InputError(
            f"the text of {name} is empty" if name else "the id is blank",
            where=f"{path}:{line.number}",
            expected="an article with its id",
        )
        return Problem(path, str(error))
    return Article(
        id=name,
        text=text,
        path=path,
        source=_filled(line.cells, "source"),
        reference=_filled(line.cells, "reference"),
        metadata=MappingProxyType(line.others),
        line=line.number,
        **_details(line.cells),
    )


def _details(cells: Mapping[str, str]) -> dict[str, Any]:
    return {name: _filled(cells, name) for name in _DETAILS}


def _filled(cells: Mapping[str, str], name: str) -> str | None:
    cell = cells.get(name, "")
    return cell if cell.strip() else None
