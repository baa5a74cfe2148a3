"""HTML pages: trafilatura says what the article is, the page says where it stands.

trafilatura gives text without places, drops titles, leads and captions that stand outside what it
takes for the main text, and gives short articles twice. So its text only decides: an article is
made of the blocks of the page that are in it, each once, with their lines in the file.
"""

from __future__ import annotations

import codecs
import datetime
import logging
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

from mtaudit.errors import InputError, NotArticles
from mtaudit.model import Article, Problem
from mtaudit.readers._blocks import Block, article_of, blocks
from mtaudit.readers._decode import decode
from mtaudit.readers._items import key_of, same_text
from mtaudit.readers._xml import local_name

if TYPE_CHECKING:
    from lxml import etree

# Pages of articles have a fifth of it. trafilatura takes ten seconds for so many elements or so
# much text in one page, and minutes for ten times as many.
MOST: Final = 10_000_000
_MOST_ELEMENTS: Final = 30_000
_MOST_TEXT: Final = 1_000_000
_META_CHARSET: Final = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
# What pages without UTF-8 are written in, by Python's names; browsers read the first two alike.
_CHARSETS: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "cp1252": "cp1252",
    "iso8859-15": "iso8859-15",
    "mac-roman": "mac-roman",
}
_LEAD: Final = re.compile(
    r"chapo|standfirst|\blead\b|lede|\bintro|sub-?title|\bdek\b|summary", re.I
)
_BOXES: Final = frozenset(("aside", "footer", "header", "form"))
_WORD: Final = re.compile(r"\w+")
# In letters and digits: shorter texts may be found in others by chance.
_LONG: Final = 25


def read(path: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Yields the article of a page; its units are the blocks of the page, with their lines.

    Raises:
        InputError: There is no article in it, it cannot be read, or trafilatura is not installed.
    """
    need_trafilatura(path)
    yield read_page(page_text(stream.read(MOST + 1), path), path, id=path, path=path)


def need_trafilatura(where: str) -> Any:
    """The module; an InputError that says how to install it where it cannot be imported."""
    try:
        import trafilatura
    except ImportError as error:
        missing = error.name or "trafilatura"
        raise InputError(
            f"reading HTML needs trafilatura ({missing} is not installed)",
            where=where,
            expected="mtaudit with its extra html",
            hint="pip install 'mtaudit[html]'",
        ) from None
    # Its remarks would reach the terminal; what matters is told as an error.
    for name in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return trafilatura


def page_text(data: bytes, where: str, charset: str = "") -> str:
    """The text of a page: UTF-8 if it is that, else what the page or its server declares.

    Args:
        charset: What the server declared; it goes before what the page says.

    Raises:
        InputError: The page is too large, or not text in the encoding that it declares.
    """
    if len(data) > MOST:
        raise InputError(
            f"the page is larger than {MOST // 1_000_000} MB",
            where=where,
            expected="the page of one article",
        )
    try:
        return decode(data, where)
    except InputError:
        declared = _META_CHARSET.search(data, 0, 4096)
        name = charset or (declared[1].decode("ascii", "replace") if declared else "")
        try:
            known = _CHARSETS.get(codecs.lookup(name).name) if name.strip() else None
        except (LookupError, ValueError):
            known = None
        if known is None or not data.strip() or b"\0" in data:
            raise
        return data.decode(known, "replace")


def read_page(text: str, where: str, **fields: Any) -> Article:
    """The article of a page.

    Args:
        where: The place that errors name.
        fields: Of the article; `url` and `date` go before what the page says.

    Raises:
        InputError: There is no article in the page.
        NotArticles: It is a report of mtaudit.
    """
    root = parse_html(text, where)
    found = blocks(root)
    elements = sum(1 for _ in root.iter())
    length = sum(len(block.text) for block in found)
    if elements > _MOST_ELEMENTS or length > _MOST_TEXT:
        raise InputError(
            f"the page is larger than any article ({elements} elements, {length} characters)",
            where=where,
            expected="the page of one article",
        )
    data: Any = root.xpath("//script[@id='data']/text()")
    if "mtaudit|" in "".join(data):
        raise NotArticles("a report of mtaudit, not an article", where=where, expected="an article")
    extracted = _extract(root, where)
    chosen = _Choice(found, extracted).blocks()
    if not chosen:
        raise InputError(
            "no text of an article in the page",
            where=where,
            expected="the page of one article",
            hint="give its text as .txt or .md",
        )
    titled = any(block.kind == "headline" for block in chosen)
    fields["url"] = fields.get("url") or extracted.url
    fields["date"] = fields.get("date") or extracted.date
    language = _language(chosen)
    if language:
        fields["metadata"] = MappingProxyType({"language": language})
    return article_of(chosen, title=None if titled else extracted.title, **fields)


def parse_html(text: str, where: str) -> etree._Element:
    """The root of a page or of a piece of one, however badly written.

    Raises:
        InputError: It is empty, or nested beyond what libxml2 reads.
    """
    import lxml.html
    from lxml import etree

    parser: Any = lxml.html.HTMLParser(encoding="utf-8")
    try:
        root: Any = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if any("depth" in str(entry.message).lower() for entry in parser.error_log):
        raise InputError(
            "elements are nested more than 250 deep", where=where, expected="the page of an article"
        )
    if root is None:
        raise InputError("no HTML in it", where=where, expected="the page of one article")
    found: etree._Element = root
    return found


class _Extracted(NamedTuple):
    """What trafilatura found: the text of the article, and what the page says about it."""

    lines: frozenset[str]
    triples: frozenset[tuple[str, ...]]
    title: str | None
    description: str
    date: str | None
    url: str | None


def _extract(root: etree._Element, where: str) -> _Extracted:
    trafilatura = need_trafilatura(where)
    # With the extensive search any year in the text may become the date of the page.
    dates = {
        "extensive_search": False,
        "original_date": True,
        "max_date": datetime.date.today().isoformat(),
    }
    try:
        document = trafilatura.bare_extraction(
            root, include_comments=False, with_metadata=True, date_extraction_params=dates
        )
    except Exception as error:  # whatever a hostile page makes it raise
        raise InputError(
            f"trafilatura cannot read the page ({type(error).__name__})",
            where=where,
            expected="the page of one article",
        ) from error
    if document is None or document.body is None:
        raise InputError(
            "no article found in the page", where=where, expected="the page of one article"
        )
    # Of elements, and of what line ends part in them: paragraphs may come as one.
    texts = ["".join(each.itertext()) for each in document.body.iter() if len(each) < 200]
    texts += [line for piece in document.body.itertext() for line in piece.split("\n")]
    lines = {key_of(text) for text in texts}
    whole = " ".join(document.body.itertext())
    return _Extracted(
        frozenset(lines),
        frozenset(_triples(whole)),
        document.title or None,
        document.description or "",
        document.date or None,
        document.url or None,
    )


class _Choice:
    """The choice among the blocks of a page."""

    def __init__(self, found: Sequence[Block], extracted: _Extracted) -> None:
        self.found = found
        self.extracted = extracted
        self.keys = [key_of(block.text) for block in found]
        # As it is; a text of a few words is taken for no part of a longer one.
        self.kept = {i for i, key in enumerate(self.keys) if key and key in extracted.lines}
        if not self.kept:
            self.kept = {i for i in range(len(found)) if self.inexact(i)}

    def blocks(self) -> list[Block]:
        """The blocks of the article in the order of the page."""
        owners = {self.found[i].owner for i in self.kept if len(self.keys[i]) >= _LONG}
        places = {self.place(i) for i in self.kept}
        around = {place.getparent() for place in places if place is not None}
        for i, block in enumerate(self.found):
            # A short line between two line ends of a paragraph that is in the article.
            part = bool(self.keys[i]) and block.owner in owners
            if part or (self.near(i, places, around) and self.inexact(i)):
                self.kept.add(i)
        self.drop_repeated()
        self.kept |= self.headings()
        title = self.title()
        leads: set[int] = set()
        if title is not None:
            self.kept.add(title)
            leads = self.leads(title)
            self.kept |= leads
        self.kept |= self.captions()
        chosen = []
        for i in sorted(self.kept):
            block = self.found[i]
            if i == title:
                block = block._replace(kind="headline")
            elif i in leads:
                block = block._replace(kind="lead")
            elif block.kind == "headline":
                block = block._replace(kind="heading")
            chosen.append(block)
        return chosen

    def near(self, i: int, places: Set[Any], around: Set[Any]) -> bool:
        """Whether it stands beside what is in the article, and not in a box of its own."""
        place = self.place(i)
        if place is None or local_name(place) in _BOXES:
            return False
        return place in places or place.getparent() in around

    def inexact(self, i: int) -> bool:
        """Whether the article holds most of a block: trafilatura drops a note, say, within it."""
        words = _WORD.findall(self.found[i].text.casefold())
        triples = list(zip(words, words[1:], words[2:], strict=False))
        known = sum(each in self.extracted.triples for each in triples)
        return len(self.keys[i]) >= _LONG and known >= 0.6 * len(triples) > 0

    def drop_repeated(self) -> None:
        """Keeps what the page holds in several places in that where most of the article is.

        What is repeated in one place stays: a translation may loop.
        """
        weight: defaultdict[Any, int] = defaultdict(int)
        places: defaultdict[str, dict[Any, None]] = defaultdict(dict)
        for i in sorted(self.kept):
            place = self.place(i)
            weight[place] += len(self.keys[i])
            if len(self.keys[i]) >= _LONG:
                places[self.keys[i]].setdefault(place)
        for i in list(self.kept):
            several = places.get(self.keys[i], {})
            if len(several) > 1 and max(several, key=weight.__getitem__) is not self.place(i):
                self.kept.discard(i)

    def place(self, i: int) -> Any:
        owner = self.found[i].owner
        return None if owner is None else owner.getparent()

    def title(self) -> int | None:
        """The block that is the headline of the page."""
        titles = [i for i, block in enumerate(self.found) if block.kind == "headline"]
        named = self.extracted.title
        first = min(self.kept, default=len(self.found))
        if named:
            for i in titles:
                if same_text(self.found[i].text, named):
                    return i
        for i in titles:
            if i in self.kept:
                return i
        before = [i for i in titles if i < first and len(self.found[i].text.split()) > 3]
        if before:
            return before[-1]
        key = key_of(named) if named else ""
        return next((i for i in range(min(first + 1, len(self.keys))) if self.keys[i] == key), None)

    def leads(self, title: int) -> set[int]:
        """What follows the headline and is the page's description or marked as the lead."""
        first = min((i for i in self.kept if i > title), default=title)
        named = self.extracted.description
        return {
            i
            for i in range(title + 1, first + 1)
            if len(self.keys[i]) >= _LONG
            and (_is_lead(self.found[i]) or (named and same_text(self.found[i].text, named)))
        }

    def headings(self) -> set[int]:
        """The headings of what is in the article."""
        return {
            i - 1
            for i in self.kept
            if i and self.found[i - 1].kind == "heading" and self.place(i - 1) is self.place(i)
        }

    def captions(self) -> set[int]:
        """The captions among the text, each once."""
        once: dict[str, int] = {}
        for i in range(min(self.kept, default=0), max(self.kept, default=-1) + 1):
            if self.found[i].kind == "caption" and self.keys[i]:
                once.setdefault(self.keys[i], i)
        return set(once.values())


def _is_lead(block: Block) -> bool:
    owner = block.owner
    while owner is not None and local_name(owner) not in ("article", "main", "body"):
        marks = " ".join(owner.get(name, "") for name in ("class", "id", "itemprop"))
        if _LEAD.search(marks):
            return True
        owner = owner.getparent()
    return False


def _triples(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return zip(words, words[1:], words[2:], strict=False)


def _language(chosen: Sequence[Block]) -> str:
    """The language that the page declares for its article."""
    owner = chosen[-1].owner
    while owner is not None:
        declared = owner.get("lang") or owner.get("{http://www.w3.org/XML/1998/namespace}lang")
        if declared:
            return declared
        owner = owner.getparent()
    return ""
