"""Markup to text: the paragraphs, titles and captions of a tree of HTML or NITF, and their places.

A block is what a reader sees set off by line ends. Runs of blanks in it are one space and soft
hyphens are gone, as in any display of the markup; all other characters stay as they are decoded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mtaudit.model import Article, Section, SectionKind, Unit
from mtaudit.readers._xml import local_name

if TYPE_CHECKING:
    from lxml import etree

# Elements that begin and end a block, of HTML and of NITF; all others run on in the text.
_BLOCKS: Final = frozenset(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol
    option p pre search section summary table tbody td tfoot th thead title tr ul
    abstract block body.content body.end body.head bq byline byttl copyrite credit dateline
    distributor docdata fn head hedline hl1 hl2 media media-caption media-metadata media-producer
    media-reference nitf nitf-table note pubdata rights tagline datasource
    """.split()
)
# Elements that hold no text of the article.
_DROPPED: Final = frozenset(
    """
    script style template noscript svg math iframe object embed applet canvas audio video map select
    button textarea input nav title
    head docdata pubdata media-metadata media-reference media-object note nitf-table-metadata
    """.split()
)
_KINDS: Final[Mapping[str, SectionKind]] = MappingProxyType({
    "h1": "headline", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading",
    "h6": "heading", "figcaption": "caption", "caption": "caption", "blockquote": "quotation",
    "hedline": "headline", "hl1": "headline", "hl2": "heading", "media-caption": "caption",
    "bq": "quotation", "abstract": "lead",
    "dateline": "dateline", "byline": "furniture",
    "media-producer": "furniture", "credit": "furniture", "distributor": "furniture",
    "copyrite": "furniture", "rights": "furniture", "tagline": "furniture",
    "bibliography": "furniture", "datasource": "furniture",
})  # fmt: skip
# What paths are given from: the innermost of these.
_ANCHORS: Final = frozenset(("article", "main", "body", "body.head", "body.content", "body.end"))
_ROWS: Final = frozenset(("li", "dt", "dd", "td", "th"))
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_INK: Final = re.compile(r"[^ \t\r\n\f]")


class Block(NamedTuple):
    """A block of text.

    Attributes:
        name: Its path in the markup, from the body or the article on: `article/p[3]`.
        line: The line of the file where its text begins, counted from 1; 0 where it is unknown.
        kind: The part of the article that the markup says it is, None where it leaves that open.
        tight: Whether it follows the block before without a blank line.
        owner: The element that makes it a block; None where there is no tree.
    """

    text: str
    name: str
    line: int = 0
    kind: SectionKind | None = None
    tight: bool = False
    owner: etree._Element | None = None


def blocks(root: etree._Element, *, kind: SectionKind | None = None) -> list[Block]:
    """The blocks below an element, in reading order.

    Args:
        kind: Of blocks whose kind the markup does not say.
    """
    return _Walk(kind).blocks(root)


def article_of(found: Iterable[Block], *, id: str, path: str, **fields: Any) -> Article:
    """The article that blocks make: blank lines between them, each a unit of its file."""
    pieces: list[str] = []
    units: list[Unit] = []
    parts: list[Section] = []
    length = 0
    for block in found:
        if pieces:
            pieces.append("\n" if block.tight else "\n\n")
            length += len(pieces[-1])
        end = length + len(block.text)
        pieces.append(block.text)
        units.append(Unit(length, end, block.name, block.line))
        if block.kind is not None:
            parts.append(Section(block.kind, length, end))
        length = end
    return Article(
        id=id,
        text="".join(pieces),
        path=path,
        units=tuple(units),
        parts=tuple(parts),
        **fields,
    )


def _is_lede(element: etree._Element) -> bool:
    """Whether NITF marks the paragraph as the lead."""
    lede = element.get("lede")
    return lede is not None and lede.lower() not in ("false", "no", "0", "")


@dataclass
class _Open:
    """An element that the walk is in."""

    element: etree._Element
    tag: str
    step: str
    kind: SectionKind | None
    children: Iterator[etree._Element]
    totals: Counter[str] | None = None
    seen: Counter[str] = field(default_factory=Counter)


class _Walk:
    def __init__(self, kind: SectionKind | None) -> None:
        self.kind = kind
        self.found: list[Block] = []
        self.stack: list[_Open] = []
        self.pieces: list[str] = []  # of the block that is open
        self.line = 0  # where the walk is in the file
        self.start = 0  # where the open block begins
        self.tight = False

    def blocks(self, root: etree._Element) -> list[Block]:
        self.enter(root)
        while self.stack:
            child = next(self.stack[-1].children, None)
            if child is None:
                self.leave()
                continue
            tag = local_name(child)
            if tag == "br":
                self.at(child)
                self.break_line()
            elif tag in _DROPPED or child.get("hidden") is not None:
                self.skip(child)
            elif tag:
                self.enter(child)
                continue
            else:
                self.entity(child)
            self.text(child.tail)
        return self.found

    def at(self, element: etree._Element) -> None:
        # libxml2 gives the line on which a tag ends, and 65535 for any beyond in HTML.
        line: Any = element.sourceline
        self.line = max(self.line, line or 0)

    def enter(self, element: etree._Element) -> None:
        tag = local_name(element)
        self.at(element)
        kind: SectionKind | None
        if self.stack:
            above = self.stack[-1]
            kind = above.kind
            if kind not in ("headline", "caption"):
                kind = _KINDS.get(tag, kind)
            if above.totals is None:
                above.totals = Counter(map(local_name, above.element))
            above.seen[tag] += 1
            step = tag if above.totals[tag] == 1 else f"{tag}[{above.seen[tag]}]"
        else:
            step, kind = tag, _KINDS.get(tag)
        if _is_lede(element):
            step, kind = f"{step}[@lede]", "lead"
        if tag in _BLOCKS:
            self.end_block()
        self.stack.append(_Open(element, tag, step, kind, iter(element)))
        self.text(element.text)

    def skip(self, element: etree._Element) -> None:
        """Passes an element over; one inside a paragraph does not end it."""
        if local_name(element) in _BLOCKS:
            self.end_block()
        for each in element.iter():
            self.at(each)
            tail = each.tail if each is not element else ""
            self.line += (each.text or "").count("\n") + (tail or "").count("\n")

    def leave(self) -> None:
        done = self.stack[-1]
        if done.tag in _BLOCKS:
            self.end_block()
        self.stack.pop()
        if self.stack:
            self.text(done.element.tail)

    def entity(self, node: etree._Element) -> None:
        """A reference that the parser left alone: the DTD of NITF knows those of HTML."""
        from html import unescape

        self.at(node)
        name: Any = getattr(node, "name", None)
        if name is not None:
            self.text(unescape(f"&{name};"))

    def text(self, piece: str | None) -> None:
        if not piece:
            return
        if any(each.tag == "pre" for each in self.stack):
            for number, line in enumerate(piece.split("\n")):
                if number:
                    self.end_block(tight=True)
                    self.line += 1
                self.add(line)
        else:
            self.add(piece)

    def add(self, piece: str) -> None:
        if not self.pieces:
            ink = _INK.search(piece)
            if ink is None:
                self.line += piece.count("\n")
                return
            self.start = self.line + piece.count("\n", 0, ink.start())
        self.pieces.append(piece)
        self.line += piece.count("\n")

    def break_line(self) -> None:
        """Ends a line of a paragraph; a title goes on after it, two in a row part paragraphs."""
        if self.stack[-1].kind in ("headline", "heading"):
            self.add(" ")
        else:
            self.end_block(tight=True)

    def end_block(self, *, tight: bool = False) -> None:
        text = _BLANKS.sub(" ", "".join(self.pieces).replace("\xad", "")).strip()
        self.pieces.clear()
        if text:
            place = len(self.stack) - 1
            while place and self.stack[place].tag not in _BLOCKS:
                place -= 1
            top = place
            while top and self.stack[top].tag not in _ANCHORS:
                top -= 1
            owner = self.stack[place]
            name = "/".join(each.step for each in self.stack[top : place + 1])
            before = self.found[-1].owner if self.found else None
            rows = owner.tag in _ROWS and before is not None and local_name(before) in _ROWS
            self.found.append(
                Block(
                    text,
                    name,
                    self.start,
                    self.stack[-1].kind or self.kind,
                    self.tight or rows,
                    owner.element,
                )
            )
        self.tight = tight and bool(text)
