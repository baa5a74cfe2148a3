"""News in XML: NewsML-G2 (one item, or many in a message) and NITF; the root says which.

XLIFF, TMX and XHTML under the name of XML go to their readers; other XML is named and refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from mtaudit.errors import InputError, NotArticles
from mtaudit.model import Article, Problem, SectionKind
from mtaudit.readers import html, tmx, xliff
from mtaudit.readers._blocks import Block, article_of, blocks
from mtaudit.readers._items import check_language, check_status, composed, is_french, no_text
from mtaudit.readers._xml import local_name, parse_xml

if TYPE_CHECKING:
    from lxml import etree

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# Items of NewsML-G2 that hold no article.
_OTHER_ITEMS: Final = ("packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
_PICTURES: Final = ("picture", "graphic", "video", "audio", "animated")


def read(path: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Yields the articles of a document; units are named by their paths in it.

    Raises:
        InputError: It is not well-formed, not safe, or not news.
    """
    data = stream.read()
    root = parse_xml(data, path)
    name = local_name(root)
    if name == "xliff":
        yield from xliff.read(path, BytesIO(data))
    elif name == "tmx":
        yield from tmx.read(path, BytesIO(data))
    elif name == "html":
        yield from html.read(path, BytesIO(data))
    elif name == "nitf":
        yield _nitf(root, path)
    elif name in ("newsItem", "newsMessage") and _is_g2(root):
        yield from _newsml(root, path)
    else:
        raise _other(root, name, path)


def _other(root: etree._Element, name: str, path: str) -> InputError:
    told = {
        "NewsML": "NewsML 1, the forerunner of NewsML-G2",
        "rss": "a feed of headlines (RSS)",
        "feed": "a feed of headlines (Atom)",
        **dict.fromkeys(_OTHER_ITEMS, f"NewsML-G2 without an article ({name})"),
    }
    return NotArticles(
        told.get(name, f"XML of another kind (its root is {name[:60]})"),
        where=path,
        expected="NewsML-G2, NITF, XLIFF or TMX",
    )


def _is_g2(root: etree._Element) -> bool:
    return "iptc.org/std/nar" in str(root.tag) or bool(_below(root, "itemMeta", "itemSet"))


def _below(element: etree._Element, *names: str) -> list[etree._Element]:
    """The children of these names, whatever their namespace."""
    return [child for child in element if local_name(child) in names]


def _within(element: etree._Element, *path: str) -> list[etree._Element]:
    found = [element]
    for name in path:
        found = [child for each in found for child in _below(each, name)]
    return found


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(piece) for piece in element.itertext()).split())


# NITF


def _nitf(root: etree._Element, path: str) -> Article:
    head = _within(root, "head", "docdata")
    data = head[0] if head else root
    check_status(data.get("management-status"), path)
    bodies = _below(root, "body")
    languages = [each.get(_LANG) or each.get("lang") for each in (*bodies, root)]
    language = next(filter(None, languages), "")
    check_language(language, path)
    found = composed(headlines=(), leads=(), bodies=[_nitf_blocks(root)], captions=())
    if not found:
        raise no_text(path)
    titles = _within(root, "head", "title")
    kept = {
        "language": language,
        "urgency": _first(data, "urgency", "ed-urg"),
        "slugline": _first(data, "du-key", "key"),
    }
    titled = any(block.kind == "headline" for block in found)
    return article_of(
        found,
        id=_first(data, "doc-id", "id-string") or path,
        path=path,
        title=_text(titles[0]) or None if titles and not titled else None,
        date=_first(data, "date.issue", "norm") or None,
        metadata=MappingProxyType({name: value for name, value in kept.items() if value}),
    )


def _first(element: etree._Element, name: str, attribute: str) -> str:
    for each in _below(element, name):
        value = (each.get(attribute) or "").strip()
        if value:
            return value
    return ""


def _nitf_blocks(root: etree._Element) -> list[Block]:
    return [block for body in _below(root, "body") for block in blocks(body, kind="body")]


# NewsML-G2


def _newsml(root: etree._Element, path: str) -> Iterator[Article | Problem]:
    if local_name(root) == "newsItem":
        yield from _tried(root, path, path)
        return
    items = [each for each in root.iter() if local_name(each) == "newsItem"]
    if not items:
        raise NotArticles(
            "a message of NewsML-G2 without a newsItem",
            where=path,
            expected="newsItem elements in its itemSet",
        )
    for number, item in enumerate(items, 1):
        line: Any = item.sourceline
        yield from _tried(item, path, f"{path}:{line}", f"{path}#{number}")


def _tried(
    item: etree._Element, path: str, where: str, name: str = ""
) -> Iterator[Article | Problem]:
    try:
        yield _item(item, path, where, name or path)
    except InputError as error:
        yield Problem(path, str(error))


def _item(item: etree._Element, path: str, where: str, name: str) -> Article:
    """The article of a newsItem.

    Args:
        name: Its id if it has no guid.
    """
    for status in _within(item, "itemMeta", "pubStatus"):
        check_status(status.get("qcode") or status.get("uri"), where)
    language = _language(item)
    check_language(language, where)
    classes = _within(item, "itemMeta", "itemClass")
    nature = "".join(each.get("qcode") or each.get("uri") or "" for each in classes)
    picture = any(kind in nature for kind in _PICTURES)
    found = composed(
        headlines=[
            *_meta(item, "headline", "headline"),
            *_meta(item, "dateline", "dateline"),
        ],
        leads=_meta(item, "description", "caption" if picture else "lead"),
        bodies=_contents(item, where),
        captions=(),
    )
    if not found:
        raise no_text(where)
    created = _within(item, "itemMeta", "versionCreated")
    kept = {
        "language": language,
        "version": item.get("version") or "",
        "urgency": "".join(map(_text, _within(item, "contentMeta", "urgency")[:1])),
        "slugline": "".join(map(_text, _within(item, "contentMeta", "slugline")[:1])),
    }
    return article_of(
        found,
        id=(item.get("guid") or "").strip() or name,
        path=path,
        date=_text(created[0]) or None if created else None,
        metadata=MappingProxyType({key: value for key, value in kept.items() if value}),
    )


def _language(item: etree._Element) -> str:
    """The language of an item's content, in French if it has several."""
    inline = _within(item, "contentSet", "inlineXML") + _within(item, "contentSet", "inlineData")
    declared = [each.get("tag") or "" for each in _within(item, "contentMeta", "language")]
    declared = list(filter(None, declared)) or list(filter(None, map(_lang_of, inline)))
    declared = declared or list(filter(None, [item.get(_LANG)]))
    return next(filter(is_french, declared), declared[0] if declared else "")


def _lang_of(element: etree._Element) -> str:
    """The language that a piece of content declares, on itself or on its root."""
    for each in (element, *element):
        found: str | None = each.get(_LANG) or each.get("lang")
        if found:
            return found
    return ""


def _meta(item: etree._Element, name: str, kind: SectionKind) -> list[Block]:
    found = _within(item, "contentMeta", name)
    made = []
    for number, each in enumerate(found, 1):
        text = _text(each)
        if text and is_french(each.get(_LANG)):
            line: Any = each.sourceline
            step = f"[{number}]" if len(found) > 1 else ""
            made.append(Block(text, f"contentMeta/{name}{step}", line or 0, kind))
    return made


def _contents(item: etree._Element, where: str) -> list[Sequence[Block]]:
    """The blocks of each piece of content in French, those with markup first."""
    marked: list[Sequence[Block]] = []
    plain: list[Sequence[Block]] = []
    other = ""
    content = [each for some in _below(item, "contentSet") for each in some]
    numbers = {"inlineXML": 0, "inlineData": 0}
    for each in content:
        tag = local_name(each)
        if tag not in numbers:
            continue
        numbers[tag] += 1
        several = sum(local_name(one) == tag for one in content) > 1
        name = f"{tag}[{numbers[tag]}]" if several else tag
        if not is_french(_lang_of(each)):
            continue
        if tag == "inlineXML":
            found = _inline(each, name)
            marked.append(found)
            other = other or ("" if found else each.get("contenttype") or "no content type")
        elif (each.get("contenttype") or "text/plain").startswith("text/plain"):
            line: Any = each.sourceline
            text = "".join(str(piece) for piece in each.itertext())
            ink = text.lstrip()
            line = (line or 0) + text[: len(text) - len(ink)].count("\n")
            plain.append([Block(ink.rstrip(), name, line)] if ink else [])
    if other and not any(marked) and not any(plain):
        raise InputError(
            f"content in a format that is not read ({other})",
            where=where,
            expected="XHTML or NITF in inlineXML, or plain text in inlineData",
        )
    return marked + plain


def _inline(element: etree._Element, name: str) -> list[Block]:
    """The blocks of XHTML or NITF; none of any other vocabulary."""
    found: list[Block] = []
    for root in element:
        tag = local_name(root)
        if tag == "nitf":
            found += _nitf_blocks(root)
        elif tag == "html":
            for body in _below(root, "body"):
                found += blocks(body, kind="body")
        elif "xhtml" in str(root.tag) or "nitf" in str(root.tag).lower():
            found += blocks(root, kind="body")
    return [block._replace(name=f"{name}/{block.name.removeprefix('body/')}") for block in found]
