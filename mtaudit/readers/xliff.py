"""XLIFF 1.2 and 2.x: an article for each `<file>`, a line for each segment that has a translation.

A segment is a `<trans-unit>` or what `<mrk mtype="seg">` marks in it (1.2), or a `<segment>` (2.x).
Inline elements that mark text (`g`, `pc`, `mrk`) are read as their text. Codes that stand for
something else (`x`, `ph`, `bpt`, ...) are dropped, but for those whose equivalent text is words,
and those that break a line, which become a space.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from mtaudit.errors import InputError
from mtaudit.model import Article, Problem
from mtaudit.readers._units import Row, article_of, is_language, one_line
from mtaudit.readers._xml import DROPPED, line_of, local_name, parse_xml, text_of

if TYPE_CHECKING:
    from lxml import etree

FINDINGS: Final = (".findings.xlf", ".findings.xliff")
"""Suffixes of documents that mtaudit has written: a walk passes over them, for what they hold is
in the folder already."""

# Inline elements that are read as the text in them; all others are codes.
_TEXT: Final = frozenset(("g", "pc", "mrk"))
# Those among the codes that stand for something by themselves.
_PLACEHOLDERS: Final = frozenset(("x", "ph"))
# States of a segment that a tool has filled with a copy of its source.
_NOT_YET: Final = frozenset(("new", "needs-translation", "initial"))


class Segment(NamedTuple):
    """A segment that has a translation, and the element that a note on it belongs to."""

    row: Row
    unit: etree._Element


class File(NamedTuple):
    """A `<file>` of a document.

    Attributes:
        id: Of the article that it is.
        element: The `<file>` itself.
        segments: Those with a translation, in reading order.
        skipped: How many others there are, by the reason.
    """

    id: str
    element: etree._Element
    segments: tuple[Segment, ...]
    skipped: Counter[str]


def read(path: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Yields an article for each `<file>` that has a translation into French, else a problem.

    Raises:
        InputError: The document is no XLIFF.
    """
    root = parse_xml(stream.read(), path)
    for file in files(root, path):
        error = _fault(file, root, path)
        yield Problem(path, str(error)) if error else _article(file, root, path)


def files(root: etree._Element, path: str) -> list[File]:
    """What the `<file>`s of a document hold.

    Raises:
        InputError: The document is no XLIFF, of another version, or has no `<file>`.
    """
    if local_name(root) != "xliff":
        raise InputError(
            f"the root element is <{local_name(root)}>", where=path, expected="<xliff>"
        )
    version = root.get("version") or ""
    if version.partition(".")[0] not in ("1", "2"):
        raise InputError(f"XLIFF of version {version!r}", where=path, expected="version 1.2 or 2.x")
    elements = [each for each in root if local_name(each) == "file"]
    if not elements:
        raise InputError("no <file> in it", where=path, expected="XLIFF with translated units")
    names = [each.get("id" if is_2(root) else "original") or "" for each in elements]
    counts = Counter(names)
    found: list[File] = []
    for number, (name, element) in enumerate(zip(names, elements, strict=True), 1):
        # One article is named as its file is; several by what tells them apart.
        own = f"{path}#{name if name and counts[name] == 1 else number}"
        skipped: Counter[str] = Counter()
        read_units = _units_2 if is_2(root) else _units_1
        segments = tuple(read_units(element, skipped))
        found.append(File(path if len(elements) == 1 else own, element, segments, skipped))
    return found


def is_2(root: etree._Element) -> bool:
    """Whether a document is XLIFF 2.x."""
    return (root.get("version") or "").startswith("2")


def _languages(file: File, root: etree._Element) -> tuple[str, str]:
    """The tags of source and target; empty where they are not given."""
    if is_2(root):
        return root.get("srcLang") or "", root.get("trgLang") or ""
    return file.element.get("source-language") or "", file.element.get("target-language") or ""


def _fault(file: File, root: etree._Element, path: str) -> InputError | None:
    target = _languages(file, root)[1]
    where = f"{path}:{line_of(file.element)}"
    if target and not is_language(target, "fr"):
        return InputError(f"the target language is {target!r}", where=where, expected="French (fr)")
    if not file.segments:
        why = ", ".join(f"{count} {reason}" for reason, count in file.skipped.items())
        return InputError(
            f"no translated unit in this <file> ({why or 'no unit at all'})",
            where=where,
            expected="units with a <target>",
            hint="translate it first",
        )
    return None


def _article(file: File, root: etree._Element, path: str) -> Article:
    source = _languages(file, root)[0]
    rows = [segment.row for segment in file.segments]
    if source and not is_language(source, "en"):
        # Checks against the source know English alone.
        rows = [row._replace(source="") for row in rows]
    return article_of(rows, file.skipped, id=file.id, path=path, date=file.element.get("date"))


def _units_1(file: etree._Element, skipped: Counter[str]) -> Iterator[Segment]:
    for unit in file.iter("{*}trans-unit"):
        name = unit.get("id") or f"line {line_of(unit)}"
        source, target = _child(unit, "source"), _child(unit, "target")
        if _protected(unit, file):
            skipped["not to translate"] += 1
            continue
        rows = list(_rows_1(name, unit, source, target))
        state = target.get("state") if target is not None else None
        for row in rows:
            if _translated(row, state, skipped):
                yield Segment(row, unit)


def _rows_1(
    name: str,
    unit: etree._Element,
    source: etree._Element | None,
    target: etree._Element | None,
) -> Iterator[Row]:
    if target is None:
        yield Row(name, "")
        return
    segmented = _child(unit, "seg-source")
    translated = _marked(target)
    english = _marked(segmented) if segmented is not None else {}
    # Segments stand for their unit only where they hold all of its text, and have their English.
    if translated and translated.keys() <= english.keys() and not _text_beside(target):
        for mid, mark in translated.items():
            yield Row(f"{name}/{mid}", _text(mark), _text(english[mid]), line=line_of(mark))
        return
    yield Row(name, _text(target), _text(source), line=line_of(target))


def _marked(element: etree._Element) -> dict[str, etree._Element]:
    """The segments that a `<target>` or `<seg-source>` of XLIFF 1.2 is cut into, by their `mid`."""
    marks = [each for each in element.iter("{*}mrk") if each.get("mtype") == "seg"]
    found = {mark.get("mid") or "": mark for mark in marks}
    return found if len(found) == len(marks) and "" not in found else {}


def _text_beside(target: etree._Element) -> bool:
    """Whether some text of a segmented target stands outside its segments."""

    def replaced(name: str, element: etree._Element) -> str | None:
        return DROPPED if element.get("mtype") == "seg" else _replaced(name, element)

    return bool(text_of(target, replaced).strip())


def _units_2(file: etree._Element, skipped: Counter[str]) -> Iterator[Segment]:
    for unit in file.iter("{*}unit"):
        name = unit.get("id") or f"line {line_of(unit)}"
        segments = [each for each in unit if local_name(each) == "segment"]
        if _protected(unit, file):
            skipped["not to translate"] += len(segments)
            continue
        for number, segment in enumerate(segments, 1):
            source, target = _child(segment, "source"), _child(segment, "target")
            own = f"{name}/{segment.get('id') or number}" if len(segments) > 1 else name
            line = line_of(target) if target is not None else 0
            row = Row(own, _text(target), _text(source), line=line)
            if _translated(row, segment.get("state") or "initial", skipped):
                yield Segment(row, unit)


def _translated(row: Row, state: str | None, skipped: Counter[str]) -> bool:
    copied = state in _NOT_YET and one_line(row.text) == one_line(row.source)
    if row.text.strip() and not copied:
        return True
    skipped["untranslated"] += 1
    return False


def _protected(unit: etree._Element, file: etree._Element) -> bool:
    """Whether the nearest `translate` round a unit says no."""
    at: etree._Element | None = unit
    while at is not None:
        if at.get("translate"):
            return at.get("translate") == "no"
        at = at.getparent() if at is not file else None
    return False


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((each for each in element if local_name(each) == name), None)


def _text(element: etree._Element | None) -> str:
    return text_of(element, _replaced) if element is not None else ""


def _replaced(name: str, element: etree._Element) -> str | None:
    if name in _TEXT:
        return None
    if name in _PLACEHOLDERS:
        equivalent = element.get("equiv-text") or element.get("equiv") or ""
        kinds = (element.get("ctype"), element.get("subType"))
        if "lb" in kinds or "xlf:lb" in kinds or equivalent == "\n" or equivalent[:3] == "<br":
            return f"{DROPPED} "
        if "<" not in equivalent and any(map(str.isalnum, equivalent)):
            return equivalent
    return DROPPED
