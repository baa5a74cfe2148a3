"""Word documents (.docx): paragraphs in reading order, those of tables and text boxes too.

Read by hand: the document inside the archive is one XML file, and python-docx passes over what was
inserted with changes tracked, which is what an editor's copy is full of.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from mtaudit.errors import InputError
from mtaudit.model import Article, Problem, SectionKind
from mtaudit.readers._blocks import Block, article_of
from mtaudit.readers._xml import local_name, parse_xml

if TYPE_CHECKING:
    from lxml import etree

# Of one file in the archive, unpacked: a book of a thousand pages has a quarter of it.
_MOST: Final = 20_000_000
_OLE: Final = b"\xd0\xcf\x11\xe0"
# What holds no text of the document as it stands: marks, what was deleted, what is computed.
_SKIPPED: Final = frozenset(
    """
    pPr rPr tblPr trPr tcPr sectPr sdtPr sdtEndPr del moveFrom delText delInstrText instrText
    rt annotationRef footnoteRef endnoteRef fldData
    """.split()
)
_LEVELS: Final = frozenset("012345678")  # 9 is text
_MARKS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read(path: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Yields the one article; its units are paragraphs, named by their number in the document.

    Raises:
        InputError: It is no Word document, is damaged, or holds no text.
    """
    archive = _Archive(path, stream)
    document = archive.document()
    root = parse_xml(archive.read(document), f"{path}: {document}")
    styles = posixpath.join(posixpath.dirname(document), "styles.xml")
    kinds: Mapping[str, str] = {}
    if styles in archive.names:
        kinds = _styles(parse_xml(archive.read(styles), f"{path}: {styles}"))
    found = _with_headline(list(_Paragraphs(kinds).of(root)))
    if not found:
        raise InputError("the document holds no text", where=path, expected="an article")
    yield article_of(found, id=path, path=path)


class _Archive:
    """The files in a Word document, each read up to a limit."""

    def __init__(self, path: str, stream: BinaryIO) -> None:
        self.path = path
        source = stream if stream.seekable() else BytesIO(stream.read())
        head = source.read(4)
        source.seek(0)
        try:
            self.zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, OSError, ValueError, EOFError):
            raise self.none("an old or a protected document" if head == _OLE else "") from None
        self.names = frozenset(self.zip.namelist())

    def none(self, what: str = "") -> InputError:
        """The error about a file that is no such document."""
        return InputError(
            f"{what}, not a .docx" if what else "not a Word document",
            where=self.path,
            expected="a document as Word 2007 and later save it",
            hint="save it as .docx without a password",
        )

    def read(self, name: str) -> bytes:
        """A file of the archive."""
        try:
            with self.zip.open(name) as part:
                data = part.read(_MOST + 1)
        except (
            *(KeyError, RuntimeError, NotImplementedError, EOFError, OSError, ValueError),
            *(zipfile.BadZipFile, zlib.error),
        ):
            raise InputError(
                f"{name} in the document cannot be read",
                where=self.path,
                expected="a whole document without a password",
                hint="open it in Word and save it again",
            ) from None
        if len(data) > _MOST:
            raise InputError(
                f"{name} in the document unpacks to more than {_MOST // 1_000_000} MB",
                where=self.path,
                expected="the document of one article",
            )
        return data

    def document(self) -> str:
        """The name of the file that holds the text."""
        name = "word/document.xml"
        if "_rels/.rels" in self.names:
            for each in parse_xml(self.read("_rels/.rels"), f"{self.path}: _rels/.rels"):
                if (each.get("Type") or "").endswith("/officeDocument"):
                    name = (each.get("Target") or name).lstrip("/")
        if name not in self.names:
            raise self.none("another archive" if self.names else "an empty archive")
        return name


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute in the namespace of its element, which differs between editions."""
    namespace = element.tag.rpartition("}")[0] if isinstance(element.tag, str) else ""
    return element.get(f"{namespace}}}{name}" if namespace else name) or ""


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    if element is None:
        return None
    return next((child for child in element if local_name(child) == name), None)


def _styles(root: etree._Element) -> dict[str, str]:
    """For the id of each style the name of Word's own style that it is or is based on."""
    names: dict[str, str] = {}
    bases: dict[str, str] = {}
    for style in root:
        if local_name(style) != "style":
            continue
        id_ = _attribute(style, "styleId")
        for child in style:
            if local_name(child) == "name":
                names[id_] = _attribute(child, "val").lower()
            elif local_name(child) == "basedOn":
                bases[id_] = _attribute(child, "val")
            elif local_name(child) == "pPr":
                level = _child(child, "outlineLvl")
                if level is not None and _attribute(level, "val") in _LEVELS:
                    bases.setdefault(id_, "")
                    names.setdefault(id_, "heading")
    found: dict[str, str] = {}
    for id_ in names:
        base, seen = id_, {""}
        while base not in seen:
            seen.add(base)
            if _kind(names.get(base, "")):
                found[id_] = names[base]
                break
            base = bases.get(base, "")
    return found


def _kind(style: str) -> SectionKind | None:
    """The part of an article that paragraphs of this style of Word are; None if any."""
    if style == "title":
        return "headline"
    if style.startswith("heading"):
        return "heading"
    if style in ("caption", "legend"):
        return "caption"
    if style == "subtitle":
        return "lead"
    if style in ("quote", "intense quote"):
        return "quotation"
    return "furniture" if style.startswith("toc") else None


class _Paragraphs:
    """The way through a document, paragraph by paragraph."""

    def __init__(self, styles: Mapping[str, str]) -> None:
        self.styles = styles

    def of(self, root: etree._Element) -> Iterator[Block]:
        """The paragraphs that hold text."""
        table = None
        numbers = (each for each in root.iter() if local_name(each) == "p")
        for number, paragraph in enumerate(numbers, 1):
            text = _text(paragraph)
            if not text.strip() or _is_gone(paragraph):
                continue
            before, table = table, _table(paragraph)
            yield Block(
                text,
                f"paragraph {number}",
                kind=self.kind(paragraph),
                tight=table is not None and table is before,
            )

    def kind(self, paragraph: etree._Element) -> SectionKind | None:
        """The part of the article that its style says it is."""
        properties = _child(paragraph, "pPr")
        style = _child(properties, "pStyle")
        found = _kind(self.styles.get(_attribute(style, "val"), "")) if style is not None else None
        level = _child(properties, "outlineLvl")
        if found is None and level is not None and _attribute(level, "val") in _LEVELS:
            return "heading"
        return found


def _with_headline(found: list[Block]) -> list[Block]:
    """The same, with a heading above all the text as the headline where no title is."""
    if found and found[0].kind == "heading" and not any(b.kind == "headline" for b in found):
        found[0] = found[0]._replace(kind="headline")
    return found


def _text(paragraph: etree._Element) -> str:
    """The text of a paragraph without that of paragraphs inside it (text boxes)."""
    pieces: list[str] = []
    stack: list[Iterator[etree._Element]] = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        tag = local_name(child)
        if tag == "t":
            pieces.append(child.text or "")
        elif tag in _MARKS:
            if _attribute(child, "type") not in ("page", "column"):
                pieces.append(_MARKS[tag])
        elif tag == "AlternateContent":
            stack.append(iter(list(child)[:1]))
        elif tag == "r" and _hidden(child):
            continue
        elif tag and tag != "p" and tag not in _SKIPPED:
            stack.append(iter(child))
    return "".join(pieces)


def _hidden(run: etree._Element) -> bool:
    vanish = _child(_child(run, "rPr"), "vanish")
    return vanish is not None and _attribute(vanish, "val") not in ("0", "false", "off")


def _is_gone(paragraph: etree._Element) -> bool:
    """Whether it is inside what was deleted, or the second rendition of a text box."""
    inner = paragraph
    outer = paragraph.getparent()
    while outer is not None:
        tag = local_name(outer)
        if tag in ("del", "moveFrom") or (tag == "AlternateContent" and outer[0] is not inner):
            return True
        inner, outer = outer, outer.getparent()
    return False


def _table(paragraph: etree._Element) -> etree._Element | None:
    """The outermost table that holds a paragraph."""
    found = None
    outer = paragraph.getparent()
    while outer is not None:
        if local_name(outer) == "tbl":
            found = outer
        outer = outer.getparent()
    return found
