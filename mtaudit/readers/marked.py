"""Articles of our own with gold marks: one file a source, a marked translation, a reference.

---
id: harbour
field: economy
---
# source
The harbour opened on Monday.

# translation
Le port a ouvert {{sur lundi|calque|minor|surface|lundi|'on Monday' word by word}}.

# reference
Le port a ouvert lundi.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import BinaryIO, Final

from mtaudit.errors import InputError
from mtaudit.model import FAMILIES, SEVERITIES, Article, GoldSpan, Problem
from mtaudit.readers._decode import decode
from mtaudit.readers.markdown import unquoted

SUFFIX: Final = ".marked.md"
LEVELS: Final = ("surface", "document", "source", "world")
"""The least that shows an error, in the order of how much it takes."""

_SECTIONS: Final = ("source", "translation", "reference")
_FIELDS: Final = "{{wrong words|category|severity|evidence|fix|why}}"
_KEY: Final = re.compile(r"([\w-]+):(?:\s+(.*)|)$")
_BRACES: Final = re.compile(r"\{\{|\}\}")


def read(path: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Yields the one article, see `parse_marked`."""
    yield parse_marked(decode(stream.read(), path), path)


def parse_marked(text: str, path: str) -> Article:
    """The article in a marked file: its translation without marks, and the marks as gold.

    Offsets of the gold spans, as all others, count in `Article.text`: the translation as it
    reads once marks and the blank lines around it are gone, with line ends made `\\n`. Keys of
    the front matter that an article has no place for become its metadata.

    Raises:
        InputError: Front matter, sections or marks are not of the form; the first fault found.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    keys, first = _front_matter(lines, path)
    parts = _parts(lines, first, path)
    if "translation" not in parts:
        raise InputError(
            "no translation in it", where=path, expected="a section headed '# translation'"
        )
    name = keys.pop("id", "") or PurePath(path).name.removesuffix(SUFFIX)
    begin, end = parts["translation"]
    plain, gold = _unmarked(lines[begin:end], begin + 1, path, name)
    texts = {part: "\n".join(lines[slice(*parts[part])]) for part in parts}
    return Article(
        id=name,
        text=plain,
        path=path,
        title=keys.pop("title", "") or None,
        source=texts.get("source"),
        reference=texts.get("reference"),
        system=keys.pop("system", "") or None,
        date=keys.pop("date", "") or None,
        url=keys.pop("url", "") or None,
        gold=gold,
        metadata=MappingProxyType(keys),
    )


def check_choice(kind: str, value: str, choices: Collection[str], where: str) -> None:
    """Raises an InputError that lists the choices, the likeliest first, if it is none of them."""
    if value not in choices:
        close = difflib.get_close_matches(value, choices, 1)
        raise InputError(
            f"unknown {kind} {value!r}",
            where=where,
            expected=", ".join(choices),
            hint=f"did you mean {close[0]}?" if close else "",
        )


def _front_matter(lines: Sequence[str], path: str) -> tuple[dict[str, str], int]:
    """The keys between the lines `---`, and the index of the first line after them."""
    keys: dict[str, str] = {}
    if lines[0].rstrip() != "---":
        return keys, 0
    for i, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return keys, i + 1
        if not line.strip():
            continue
        entry = _KEY.match(line.rstrip())
        if not entry or entry[1] in keys:
            raise InputError(
                f"{entry[1]} is given twice" if entry else "not front matter",
                where=f"{path}:{i + 1}:1",
                expected="a line 'key: value', each key once",
                hint="" if entry else "close the front matter with a line '---'",
            )
        keys[entry[1]] = unquoted(entry[2] or "")
    raise InputError(
        "the front matter does not end", where=f"{path}:1:1", expected="a second line '---'"
    )


def _parts(lines: Sequence[str], first: int, path: str) -> dict[str, tuple[int, int]]:
    """For each section that has text, its half-open range of lines without blank ones around."""
    ranges: dict[str, tuple[int, int]] = {}
    name = ""
    for i in range(first, len(lines)):
        line = lines[i].rstrip()
        if line.startswith("# "):
            name = line[2:].strip()
            check_choice("section", name, _SECTIONS, f"{path}:{i + 1}:3")
            if name in ranges:
                raise InputError(
                    f"a second section {name!r}", where=f"{path}:{i + 1}:1", expected="one of each"
                )
            ranges[name] = (i + 1, i + 1)
        elif line and not name:
            raise InputError(
                "text before the first section",
                where=f"{path}:{i + 1}:1",
                expected="a line '# source' or '# translation'",
            )
        elif line:
            begin, end = ranges[name]
            ranges[name] = (begin if end > begin else i, i + 1)
    return {name: (begin, end) for name, (begin, end) in ranges.items() if end > begin}


def _unmarked(
    lines: Sequence[str], number: int, path: str, article: str
) -> tuple[str, tuple[GoldSpan, ...]]:
    """The text of marked lines, and their marks; `number` is that of the first line."""
    pieces: list[str] = []
    length = 0
    gold: list[GoldSpan] = []
    for row, line in enumerate(lines, number):
        if row > number:
            pieces.append("\n")
            length += 1
        done = 0
        opened = -1
        for brace in _BRACES.finditer(line):
            where = f"{path}:{row}:{brace.start() + 1}"
            if brace[0] == "{{":
                if opened >= 0:
                    raise _bad_mark("a mark inside a mark", where)
                opened = brace.start()
                continue
            if opened < 0:
                raise _bad_mark("'}}' without '{{' before it", where)
            where = f"{path}:{row}:{opened + 1}"
            before, fields = line[done:opened], line[opened + 2 : brace.start()].split("|")
            start = length + len(before)
            span = _span(article, start, fields, where)
            pieces += (before, span.text)
            length = span.end
            gold.append(span)
            done, opened = brace.end(), -1
        if opened >= 0:
            raise _bad_mark("a mark that the line does not close", f"{path}:{row}:{opened + 1}")
        pieces.append(line[done:])
        length += len(line) - done
    return "".join(pieces), tuple(gold)


def _span(article: str, start: int, fields: Sequence[str], where: str) -> GoldSpan:
    if len(fields) != 6:
        raise _bad_mark(f"a mark of {len(fields)} fields", where)
    words = fields[0]
    category, severity, evidence, fix, why = (field.strip() for field in fields[1:])
    if not words:
        raise _bad_mark("a mark without words", where)
    check_choice("category", category, FAMILIES, where)
    check_choice("severity", severity, SEVERITIES, where)
    check_choice("evidence", evidence, LEVELS, where)
    return GoldSpan(
        article=article,
        start=start,
        end=start + len(words),
        text=words,
        category=category,
        severity=severity,
        evidence=evidence,
        agreement=2,
        fix=fix,
        why=why,
    )


def _bad_mark(what: str, where: str) -> InputError:
    return InputError(what, where=where, expected=_FIELDS)
