"""JSON Lines: one article a line, each judged by itself.

`id` (a string or an integer) and `text` are required; `title`, `source`, `reference`, `system`,
`date` and `url` are optional strings; other keys are kept as metadata. null and blank strings
stand for an optional key that is not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from types import MappingProxyType
from typing import Any, BinaryIO, Final, NoReturn

from mtaudit.errors import InputError
from mtaudit.model import Article, Problem
from mtaudit.readers._decode import decode, guess

_OPTIONAL: Final = ("title", "source", "reference", "system", "date", "url")
_KNOWN: Final = frozenset(("id", "text", *_OPTIONAL))
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_NUL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # as json.dumps writes it
_JSON_TYPES: Final = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def read(path: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Yields an article or a problem for each line that is not blank, one line at a time.

    Raises:
        InputError: The file as a whole is something else, such as JSON over several lines.
    """
    return read_lines(path, stream)


def read_numbered(path: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Does the work of `read`, and takes `path:line` as the id of an article that has none."""
    return read_lines(path, stream, numbered=True)


def read_lines(
    path: str, lines: Iterable[bytes], numbered: bool = False
) -> Iterator[Article | Problem]:
    """Does the work of `read` for lines from anywhere."""
    empty = True
    for number, raw in enumerate(_utf8(lines, path), 1):
        if not raw.strip():
            continue
        if empty and raw.strip() in (b"{", b"["):
            raise InputError(
                "the JSON is spread over several lines",
                where=f"{path}:{number}",
                expected="one object a line",
                hint="rewrite it with jq -c . (or jq -c '.[]' for an array)",
            )
        first, empty = empty, False
        found: Article | Problem | None
        try:
            value = parse_object(raw, path, number)
            gold = first and "id" not in value and value.keys() >= {"article", "start"}
            if numbered and not gold:
                value.setdefault("id", f"{path}:{number}")
            found = None if gold else _article(value, path, number)
        except InputError as error:
            found = Problem(path, str(error))
        if found is None:
            raise InputError(
                "gold marks, not articles",
                where=path,
                expected='JSON objects with "id" and "text"',
                hint="give the file of the articles; marks go to mtaudit evaluate --gold",
            )
        yield found
    if empty:
        raise InputError("no article in it", where=path, expected="one JSON object a line")


def parse_object(raw: bytes, path: str, number: int) -> dict[str, Any]:
    """The JSON object on a line.

    Raises:
        InputError: The line is not UTF-8, not JSON, not an object, or no Unicode text.
    """
    where = f"{path}:{number}"
    try:
        line = raw.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        name = guess(raw)
        raise InputError(
            f"not UTF-8 (byte 0x{raw[error.start]:02X}); the line looks like {name}",
            where=f"{where}:{len(raw[: error.start].decode('utf-8')) + 1}",
            expected="UTF-8",
            hint=f"convert what wrote it, or the file if all is so: iconv -f {name} -t UTF-8",
        ) from None
    try:
        value = json.loads(line, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        hint = "write one object a line" if error.msg == "Extra data" else "mend or drop the line"
        raise InputError(
            f"not valid JSON ({error.msg})",
            where=f"{where}:{error.colno}",
            expected="a JSON object",
            hint=hint,
        ) from None
    except (ValueError, RecursionError) as error:
        what = "too deeply nested" if isinstance(error, RecursionError) else str(error)
        raise InputError(
            f"not readable JSON ({what})", where=where, expected="a JSON object"
        ) from None
    if not isinstance(value, dict):
        hint = "for an array, jq -c '.[]' writes one object a line"
        raise InputError(
            f"the line is {_JSON_TYPES[type(value)]}",
            where=where,
            expected="a JSON object",
            hint=hint if isinstance(value, list) else "",
        )
    # Only an escape can bring a lone surrogate in, and no output could be written with one.
    if "\\u" in line:
        plain = json.dumps(value, ensure_ascii=False)
        if _LONE_SURROGATE.search(plain):
            raise InputError(
                "half a surrogate pair (\\ud800 to \\udfff) in a string",
                where=where,
                expected="whole characters",
                hint="write the text again from its origin",
            )
        if _NUL.search(plain):
            raise InputError("a NUL character in a string", where=where, expected="text")
    return value


def _article(value: dict[str, Any], path: str, number: int) -> Article:
    where = f"{path}:{number}"
    for key in ("id", "text"):
        if key not in value:
            raise InputError(
                f'"{key}" is missing',
                where=where,
                expected='a JSON object with "id" and "text"',
                hint=f'add "{key}" to the object',
            )
    name = value["id"]
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if not isinstance(name, str) or not name.strip():
        raise _wrong_type("id", value["id"], where, "a string that is not blank, or an integer")
    text = value["text"]
    if not isinstance(text, str):
        raise _wrong_type("text", text, where, "a string")
    if not text.strip():
        raise InputError(f'"text" of {name} is empty', where=where, expected="text of an article")
    fields: dict[str, str | None] = {}
    for key in _OPTIONAL:
        entry = value.get(key)
        if entry is not None and not isinstance(entry, str):
            raise _wrong_type(key, entry, where, "a string, or no such key")
        # A blank source says that none is known, not that everything was invented.
        fields[key] = entry if entry and entry.strip() else None
    unknown = {key: entry for key, entry in value.items() if key not in _KNOWN}
    return Article(
        id=name,
        text=text,
        path=path,
        title=fields["title"],
        source=fields["source"],
        reference=fields["reference"],
        system=fields["system"],
        date=fields["date"],
        url=fields["url"],
        metadata=MappingProxyType(unknown),
        line=number,
    )


def _wrong_type(key: str, entry: object, where: str, expected: str) -> InputError:
    got = "blank" if isinstance(entry, str) else _JSON_TYPES[type(entry)]
    return InputError(f'"{key}" is {got}', where=where, expected=expected)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _utf8(lines: Iterable[bytes], path: str) -> Iterable[bytes]:
    """The lines in UTF-8; a file in UTF-16 is read whole, others line by line."""
    lines = iter(lines)
    first = next(lines, b"")
    if first.startswith(b"\xef\xbb\xbf"):
        first = first[3:]
    elif first.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decode(first + b"".join(lines), path).encode("utf-8").split(b"\n")
    return chain((first,), lines)
