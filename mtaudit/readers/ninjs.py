"""News in JSON of the IPTC (ninjs 1.x, 2.x and 3.x): an item, an array of items, or one a line.

Versions differ in names only: 1.x has `headline`, `body_text` and `body_xhtml`, 2.x and 3.x arrays
of objects with role, content type and value, 3.x writes `pubStatus` where the others have
`pubstatus`. Of several renditions of one body that with the most markup is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, BinaryIO, Final, NamedTuple, NoReturn

from mtaudit.errors import InputError, NotArticles
from mtaudit.model import Article, Problem, SectionKind
from mtaudit.readers import jsonlines
from mtaudit.readers._blocks import Block, article_of, blocks
from mtaudit.readers._decode import decode
from mtaudit.readers._items import check_language, check_status, composed, is_french, no_text
from mtaudit.readers._xml import parse_xml
from mtaudit.readers.html import parse_html

_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],]')
_TAGS: Final = re.compile(
    r"</(?:p|div|h[1-6]|li|section|article|body|blockquote)\s*>|<br\s*/?>", re.IGNORECASE
)
_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")
_OLD: Final = re.compile(r"(headline|description|body)(?:_(\w+))?")
_KEPT: Final = ("language", "version", "urgency", "slugline", "profile", "located", "by", "byline")
_PICTURES: Final = frozenset(("picture", "graphic", "video", "audio"))
# Which rendition of a body is read: the earlier the more it says of its parts.
_FORMATS: Final = ("html", "nitf", "plain")

Path = tuple[str | int, ...]


def read(path: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Yields the articles of ninjs items, their units named by their paths in the item.

    Raises:
        InputError: The file is not JSON, or JSON of another kind.
    """
    text = decode(stream.read(), path)
    value, lines = _parsed(text, path)
    if lines is None:
        yield from _of_lines(text, path)
        return
    items = value if isinstance(value, list) else [value]
    if not any(map(_is_ninjs, items)):
        raise _not_ninjs(items, path)
    for number, item in enumerate(items):
        place: Path = (number,) if isinstance(value, list) else ()
        yield from _articles(item, path, place, lines)


def _of_lines(text: str, path: str) -> Iterator[Article | Problem]:
    """JSON Lines under the name of JSON: of ninjs items, or as `.jsonl` has them."""
    first = True
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = jsonlines.parse_object(line.encode("utf-8"), path, number)
        except InputError as error:
            if first:
                raise
            yield Problem(path, str(error))
            continue
        if first and not _is_ninjs(item):
            if item.keys() >= {"id", "text"}:
                yield from jsonlines.read_lines(
                    path, text.encode("utf-8").splitlines(keepends=True)
                )
                return
            raise _not_ninjs([item], path)
        first = False
        yield from _articles(item, path, (), _Lines({}, number), name=f"{path}:{number}")


class _Lines(NamedTuple):
    """The lines of the strings and objects of a document, by their paths."""

    at: Mapping[Path, int]
    otherwise: int = 0

    def of(self, place: Path) -> int:
        return self.at.get(place, self.otherwise)


def _parsed(text: str, path: str) -> tuple[Any, _Lines | None]:
    """The value of a document and its lines; no lines if it is JSON Lines."""
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        before = text[: error.pos]
        if error.msg == "Extra data" and before.endswith("\n") and "\n" not in before.strip():
            return None, None
        raise InputError(
            f"not valid JSON ({error.msg})",
            where=f"{path}:{error.lineno}:{error.colno}",
            expected="an item of ninjs, or an array of them",
            hint="mend the file, or write it again from its origin",
        ) from None
    except (ValueError, RecursionError) as error:
        what = "too deeply nested" if isinstance(error, RecursionError) else str(error)
        raise InputError(
            f"not readable JSON ({what})", where=path, expected="an item of ninjs"
        ) from None
    return value, _Lines(_places(text))


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _places(text: str) -> dict[Path, int]:
    """The line of each string and object of a document, which must be right JSON."""
    found: dict[Path, int] = {}
    path: list[str | int] = []
    key = False  # whether a string would be one
    line, done = 1, 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", done, token.start())
        done = token.start()
        mark = text[done]
        if mark in "{[":
            found[tuple(path)] = line
            path.append("" if mark == "{" else 0)
            key = mark == "{"
        elif mark in "}]":
            path.pop()
            key = False
        elif mark == ",":
            if isinstance(path[-1], int):
                path[-1] += 1
            else:
                key = True
        elif key:
            path[-1] = json.loads(token[0])
            key = False
        else:
            found[tuple(path)] = line
    return found


def _is_ninjs(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    named = value.get("standard") or value.get("$standard")
    if isinstance(named, dict) and "ninjs" in str(named.get("name", "")).lower():
        return True
    listed = any(
        isinstance(value.get(name), list) for name in ("headlines", "bodies", "descriptions")
    )
    old = any(
        isinstance(value[name], str)
        for name in value
        if (found := _OLD.fullmatch(name)) and (found[2] or found[1] == "headline")
    )
    return (listed or old) and ("uri" in value or "bodies" in value or "headlines" in value or old)


def _not_ninjs(items: Sequence[Any], path: str) -> InputError:
    first = items[0] if items and isinstance(items[0], dict) else {}
    if "mtaudit|" in str(first.get("signature", "")):
        what, hint = "a report of mtaudit, not articles", ""
    elif first.keys() >= {"id", "text"}:
        what = "articles as mtaudit has them in JSON Lines"
        hint = "write one a line into a .jsonl file: jq -c . (or jq -c '.[]' for an array)"
    else:
        what = "JSON, but no item of ninjs"
        hint = "articles as JSON go into a .jsonl file, one a line"
    return NotArticles(
        what, where=path, expected="an item with a uri and headlines or bodies", hint=hint
    )


def _articles(
    item: Any, path: str, place: Path, lines: _Lines, name: str = ""
) -> Iterator[Article | Problem]:
    """The article of an item, and those of the items that a composite one is made of."""
    where = f"{path}:{line}" if (line := lines.of(place)) > 1 or place else path
    try:
        if not _is_ninjs(item):
            raise _not_ninjs([item], where)
        yield _Item(item, path, place, lines, where).article(name or path)
    except InputError as error:
        composite = isinstance(item, dict) and item.get("type") == "composite"
        if not (composite and "holds no text" in error.what):
            yield Problem(path, str(error))
    if isinstance(item, dict) and item.get("type") == "composite":
        for each, value in _associations(item):
            if isinstance(value, dict) and value.get("type") == "text" and _is_ninjs(value):
                yield from _articles(value, path, (*place, "associations", each), lines)


class _Entry(NamedTuple):
    """A text of an item, with what the item says of it."""

    place: Path
    text: str
    type: str
    role: str


class _Item:
    """An item on the way to its article."""

    def __init__(
        self, item: dict[str, Any], path: str, place: Path, lines: _Lines, where: str
    ) -> None:
        self.item = item
        self.path = path
        self.place = place
        self.lines = lines
        self.where = where

    def article(self, name: str) -> Article:
        """The article.

        Args:
            name: Its id if the item has none.
        """
        try:
            json.dumps(self.item, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            raise InputError(
                "half a surrogate pair (\\ud800 to \\udfff) in a string",
                where=self.where,
                expected="whole characters",
                hint="write the text again from its origin",
            ) from None
        check_status(self.get("pubStatus", "pubstatus"), self.where)
        check_language(self.get("language"), self.where)
        kind: SectionKind = "caption" if self.get("type") in _PICTURES else "lead"
        found = composed(
            headlines=[
                b for each in self.entries("headline") for b in self.blocks(each, "headline")
            ],
            leads=[b for each in self.entries("description") for b in self.blocks(each, kind)],
            bodies=self.bodies(),
            captions=list(self.captions()),
        )
        if not found:
            raise no_text(self.where)
        if any("\0" in block.text for block in found):
            raise InputError("a NUL character in a string", where=self.where, expected="text")
        uri = self.get("uri").replace("\0", "")
        single = not self.place
        return article_of(
            found,
            id=uri or (name if single else f"{name}#{self.name(())}"),
            path=self.path,
            title=None if any(b.kind == "headline" for b in found) else self.get("title") or None,
            date=self.get("versionCreated", "versioncreated") or None,
            url=uri if uri.startswith(("http://", "https://")) else None,
            metadata=MappingProxyType({k: self.item[k] for k in _KEPT if k in self.item}),
        )

    def get(self, *names: str) -> str:
        """The first of these keys that is a string; empty without one."""
        for name in names:
            value = self.item.get(name)
            if isinstance(value, str):
                return value.strip()
        return ""

    def name(self, place: Path) -> str:
        """The path as a unit's name, as in `bodies[0]`."""
        path = "".join(
            f"[{step}]" if isinstance(step, int) else f".{step}" for step in (*self.place, *place)
        )
        return path.removeprefix(".")

    def entries(self, kind: str) -> list[_Entry]:
        """The headlines, descriptions or bodies of the item, under the names of any version."""
        return list(_entries(self.item, kind, self.where))

    def blocks(self, entry: _Entry, kind: SectionKind | None) -> list[Block]:
        """The blocks of a text; none if it is in a format that is not read."""
        place = (*self.place, *entry.place)
        line = self.lines.at.get((*place, "value")) or self.lines.of(place)
        name = self.name(entry.place)
        format_ = _format(entry)
        if not entry.text.strip():
            return []
        if format_ == "plain":
            return [Block(entry.text, name, line, kind)]
        if format_ == "html":
            root = parse_html(entry.text, f"{self.where}: {name}")
        elif format_ == "nitf":
            data = _DECLARATION.sub("", entry.text, count=1).encode("utf-8")
            root = parse_xml(data, f"{self.where}: {name}")
        else:
            return []
        return [
            block._replace(name=f"{name}/{block.name.removeprefix('body/')}", line=line)
            for block in blocks(root, kind=kind or "body")
        ]

    def bodies(self) -> list[list[Block]]:
        """The blocks of each body that is read, those with the most markup first."""
        bodies = [each for each in self.entries("body") if _format(each) in _FORMATS]
        bodies.sort(key=lambda each: _FORMATS.index(_format(each)))
        return [self.blocks(each, None) for each in bodies]

    def captions(self) -> Iterator[Block]:
        """What is said of pictures and films that go with the item."""
        for each, value in _associations(self.item):
            if not isinstance(value, dict) or value.get("type") not in _PICTURES:
                continue
            language = value.get("language")
            if not is_french(language if isinstance(language, str) else None):
                continue
            for entry in _entries(value, "description", self.where):
                place = ("associations", each, *entry.place)
                yield from self.blocks(entry._replace(place=place), "caption")


def _associations(item: Mapping[str, Any]) -> list[tuple[str | int, Any]]:
    """The items that go with an item: an array, or in 1.x an object."""
    found = item.get("associations")
    if isinstance(found, dict):
        return list(found.items())
    return list(enumerate(found)) if isinstance(found, list) else []


def _entries(item: Mapping[str, Any], kind: str, where: str) -> Iterator[_Entry]:
    plural = "bodies" if kind == "body" else f"{kind}s"
    listed = item.get(plural, [])
    wrong = InputError(
        f'"{plural}" is not as ninjs has it', where=where, expected="objects with a string value"
    )
    if not isinstance(listed, list):
        raise wrong
    for number, each in enumerate(listed):
        if not isinstance(each, dict) or not isinstance(each.get("value"), str):
            raise wrong
        type_ = str(each.get("contentType", each.get("contenttype", "")))
        yield _Entry((plural, number), each["value"], type_, str(each.get("role", "")))
    for name, value in item.items():
        old = _OLD.fullmatch(name)
        if old and old[1] == kind and isinstance(value, str):
            yield _Entry((name,), value, "", old[2] or "")


def _format(entry: _Entry) -> str:
    """`html`, `nitf` or `plain`; else the content type, which is not read."""
    type_ = entry.type.lower().partition(";")[0].strip()
    said = type_ or entry.role.lower()
    if "nitf" in said or (said.endswith("xml") and re.search(r"<nitf\b", entry.text[:1000])):
        return "nitf" if re.search(r"<(?:\w+:)?nitf\b", entry.text[:2000]) else said or "other"
    if "html" in said:
        return "html"
    if type_.startswith("text/") and type_ != "text/xml":
        return "plain"
    if type_:
        return type_
    return "html" if _TAGS.search(entry.text) else "plain"
