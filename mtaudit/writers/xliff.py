"""XLIFF with each finding as a note on its unit, for the tools of translators.

Where all articles come from one document of XLIFF, that document is written again, with its ids,
its codes and all else that is in it, and notes of an earlier run are replaced. All other articles
become a `<file>` each of XLIFF 1.2, which more tools read than 2.x.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from mtaudit.errors import MtauditError
from mtaudit.model import Article, ArticleResult, Finding, Report, Severity
from mtaudit.readers import READERS, suffix_of
from mtaudit.readers import xliff as reader
from mtaudit.readers._units import one_line
from mtaudit.readers._xml import local_name, parse_xml
from mtaudit.version import __version__
from mtaudit.writers.labels import counted
from mtaudit.writers.place import said
from mtaudit.writers.segments import Segment, at, segments
from mtaudit.writers.xml import HEAD, possible

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
NAME: Final = "mtaudit"
"""Who notes are from (1.2); what their category begins with (2.x)."""

# From 1, the highest, to 10.
_PRIORITY: Final[dict[Severity, int]] = {"critical": 1, "major": 2, "minor": 4, "neutral": 7}
# What comes after the notes of a unit of XLIFF 2.x.
_AFTER_NOTES: Final = frozenset(("originalData", "segment", "ignorable"))


def write(report: Report, stream: IO[str]) -> None:
    """Writes the document.

    Raises:
        MtauditError: The document that the articles come from cannot be read again, or is another
            by now.
    """
    from lxml import etree

    path = _document(report)
    root = _noted(report, path) if path else _made(report)
    stream.write(HEAD)
    stream.write(etree.tostring(root.getroottree(), encoding="unicode"))
    stream.write("\n")


def _document(report: Report) -> str:
    """The one document of XLIFF that all articles come from; empty where there is no such."""
    paths = {result.article.path for result in report.results}
    path = paths.pop() if len(paths) == 1 else ""
    return path if READERS.get(suffix_of(posixpath.basename(path)) or "") is reader.read else ""


def _noted(report: Report, path: str) -> etree._Element:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise MtauditError(
            f"cannot be read again ({error.strerror})",
            where=path,
            expected="the document, to write it with the findings as notes",
        ) from None
    root = parse_xml(data, path, whole=True)
    _without_notes(root)
    results = {result.article.id: result for result in report.results}
    for file in reader.files(root, path):
        result = results.get(file.id)
        if result is None:
            continue
        units = result.article.units
        texts = [result.article.text[unit.start : unit.end] for unit in units]
        if texts != [one_line(segment.row.text) for segment in file.segments]:
            raise MtauditError(
                "the document has changed since it was read",
                where=path,
                expected="the text that was audited",
                hint="run again",
            )
        places = [Segment(unit.start, unit.end) for unit in units]
        counts: Counter[str] = Counter(segment.unit.get("id") or "" for segment in file.segments)
        for finding in reversed(result.findings):
            segment = file.segments[at(places, finding)]
            shared = counts[segment.unit.get("id") or ""] > 1
            text = _text(finding, segment.row.name if shared else "")
            if reader.is_2(root):
                _note_2(segment.unit, finding, text)
            else:
                _note_1(segment.unit, finding, text)
    for unit in root.iter("{*}unit"):
        _numbered(unit)
    return root


def _text(finding: Finding, unit: str = "") -> str:
    where = f"[{unit}] " if unit else ""
    return possible(f"{where}{said(finding)} ({finding.severity}, {finding.rule})")


def _note_1(unit: etree._Element, finding: Finding, text: str) -> None:
    """Puts a note after the unit's `<target>`, before those that are there."""
    target = next(each for each in unit if local_name(each) == "target")
    note = unit.makeelement(_beside(unit, "note"), _attributes_1(finding))
    note.text = text
    note.tail, target.tail = target.tail, unit.text
    unit.insert(unit.index(target) + 1, note)


def _attributes_1(finding: Finding) -> dict[str, str]:
    return {
        "from": NAME,
        "priority": str(_PRIORITY[finding.severity]),
        "annotates": "target",
    }


def _note_2(unit: etree._Element, finding: Finding, text: str) -> None:
    """Puts a note before those that are there, in the unit's `<notes>` or in new ones."""
    indent = unit.text or ""
    notes = next((each for each in unit if local_name(each) == "notes"), None)
    if notes is None:
        notes = unit.makeelement(_beside(unit, "notes"))
        after = next(each for each in unit if local_name(each) in _AFTER_NOTES)
        unit.insert(unit.index(after), notes)
        notes.text, notes.tail = indent, indent
    note = notes.makeelement(
        _beside(unit, "note"),
        {
            "id": NAME,
            "category": f"{NAME}:{finding.rule}",
            "priority": str(_PRIORITY[finding.severity]),
            "appliesTo": "target",
        },
    )
    note.text, note.tail = text, notes.text
    notes.insert(0, note)


def _numbered(unit: etree._Element) -> None:
    """Gives the notes of a unit ids that are no other's."""
    taken = {note.get("id") for note in unit.iter("{*}note")}
    number = 0
    for note in unit.iter("{*}note"):
        if _ours(note):
            number += 1
            while f"{NAME}-{number}" in taken:
                number += 1
            note.set("id", f"{NAME}-{number}")


def _without_notes(root: etree._Element) -> None:
    """Takes the notes of an earlier run out, and `<notes>` that hold no other."""
    for note in list(root.iter("{*}note")):
        if _ours(note):
            parent = note.getparent()
            assert parent is not None
            _remove(note)
            if local_name(parent) == "notes" and not len(parent):
                _remove(parent)


def _ours(note: etree._Element) -> bool:
    return note.get("from") == NAME or (note.get("category") or "").startswith(f"{NAME}:")


def _remove(element: etree._Element) -> None:
    """Removes an element and the white space before it."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    if before is not None:
        before.tail = element.tail
    else:
        parent.text = element.tail
    parent.remove(element)


def _beside(element: etree._Element, name: str) -> str:
    """A name in the namespace of an element."""
    tag = element.tag
    assert isinstance(tag, str)
    return f"{tag.rpartition('}')[0]}}}{name}" if tag.startswith("{") else name


def _made(report: Report) -> etree._Element:
    from lxml import etree

    names: Any = {None: NAMESPACE}
    root = etree.Element(f"{{{NAMESPACE}}}xliff", {"version": "1.2"}, nsmap=names)
    for result in report.results:
        _file(root, result, report.signature)
    if not report.results:
        _child(_child(root, "file", **_about("")), "body")
    etree.indent(root, " ")
    return root


def _about(original: str) -> dict[str, str]:
    return {
        "original": possible(original),
        "source-language": "en",
        "target-language": "fr",
        "datatype": "plaintext",
    }


def _file(root: etree._Element, result: ArticleResult, signature: str) -> None:
    article = result.article
    file = _child(root, "file", **_about(article.id), **{"tool-id": NAME})
    head = _child(file, "header")
    tool = {"tool-id": NAME, "tool-name": NAME, "tool-version": __version__}
    _child(head, "tool", **tool)
    score = result.score
    findings, words = (
        counted(len(result.findings), "findings", "en"),
        counted(score.words, "words", "en"),
    )
    told = f"score {score.score:.1f}, {findings} in {words}"
    _child(head, "note", **{"from": NAME}).text = possible(f"{told}; {signature}")
    body = _child(file, "body")
    found = segments(article)
    notes: list[list[Finding]] = [[] for _ in found]
    for finding in result.findings:
        notes[at(found, finding)].append(finding)
    for name, segment, here in zip(_names(found), found, notes, strict=True):
        unit = _child(body, "trans-unit", id=name)
        unit.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        _child(unit, "source").text = possible(segment.source)
        _child(unit, "target").text = possible(_words(article, segment))
        for finding in here:
            _child(unit, "note", **_attributes_1(finding)).text = _text(finding)


def _words(article: Article, segment: Segment) -> str:
    return article.text[segment.start : segment.end]


def _names(found: Sequence[Segment]) -> list[str]:
    """An id for each segment: its unit's name where that is there once, else its number."""
    names = Counter(segment.name for segment in found)
    taken = set(names)
    made: list[str] = []
    for number, segment in enumerate(found, 1):
        name = possible(segment.name) if segment.name and names[segment.name] == 1 else str(number)
        while name != segment.name and name in taken:
            name += "-"
        made.append(name)
    return made


def _child(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    from lxml import etree

    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
