"""XML that comes from anywhere: parsed without entities, network or external files."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from mtaudit.errors import InputError, NotArticles
from mtaudit.readers._decode import guess

if TYPE_CHECKING:
    from lxml import etree

# What a file of articles or translations has at most; expat's and libxml2's own limits stand too.
_DEEPEST: Final = 200

# libxml2's numbers for bytes that are not in the encoding that the document declares.
_WRONG_BYTES: Final = frozenset((9, 81))

# What other programs are told in XML: in a folder of articles it is met, and is none of them.
_REPORTS: Final = {
    "checkstyle": "a report in the format of Checkstyle",
    "testsuite": "a report in the format of JUnit",
    "testsuites": "a report in the format of JUnit",
}

# Stands for an inline code while text is put together: XML cannot hold it.
DROPPED: Final = "\0"
_ROUND_DROPPED: Final = re.compile("(?<! ) *\0[ \0]*")


def parse_xml(data: bytes, path: str, *, whole: bool = False) -> etree._Element:
    """The root of a document; elements know the line that they begin on (`sourceline`).

    A document type may be named (NITF does); one that declares entities is refused, since it may
    read other files or grow without bound.

    Args:
        whole: Keep processing instructions and CDATA sections, to write the document again.

    Raises:
        InputError: The document is not well-formed, nested beyond reason, declares entities, or
            is a report of findings.
    """
    from lxml import etree

    # Before libxml2 sees the document; what expat cannot read is looked at after it.
    _refuse_entities(data, path)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=not whole,
        strip_cdata=not whole,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(data, path, error) from None
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():
        raise _declares_entities(path)
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise _too_deep(path)
    report = _REPORTS.get(local_name(root))
    if report:
        raise NotArticles(
            f"{report}, not articles",
            where=path,
            expected="a document of articles or translations",
            hint="write reports to a folder of their own",
        )
    return root


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def line_of(element: etree._Element) -> int:
    """The line that an element's start tag ends on; 0 for one that was read from no file."""
    line = element.sourceline
    return line if isinstance(line, int) else 0


def text_of(element: etree._Element, replaced: Callable[[str, etree._Element], str | None]) -> str:
    """The text of an element with its inline codes replaced.

    Args:
        replaced: Given an inline element's local name and itself, what stands for it with all
            that is in it: a text, DROPPED, or None to read it as part of the text. Of the spaces
            on either side of what was dropped one is left.
    """
    parts: list[str] = []
    _collect(element, replaced, parts)
    text = "".join(parts)
    if DROPPED in text:
        text = _ROUND_DROPPED.sub(lambda found: " " if " " in found[0] else "", text)
    return text


def _collect(
    element: etree._Element,
    replaced: Callable[[str, etree._Element], str | None],
    parts: list[str],
) -> None:
    parts.append(element.text or "")
    for child in element:
        name = local_name(child)
        if name:
            instead = replaced(name, child)
            if instead is None:
                _collect(child, replaced, parts)
            else:
                parts.append(instead)
        elif (child.text or "").startswith("&"):
            # An entity that only an external document type would declare, such as &eacute;.
            from html import unescape

            parts.append(unescape(child.text or ""))
        parts.append(child.tail or "")


def _refuse_entities(data: bytes, path: str) -> None:
    """Reads a document up to its root for declarations of entities."""
    from xml.parsers import expat

    class Root(Exception):
        pass

    def declared(*_: object) -> None:
        raise _declares_entities(path)

    def begun(*_: object) -> None:
        raise Root

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        parser.Parse(data, True)
    except (Root, expat.ExpatError, LookupError, ValueError):
        return


def _declares_entities(path: str) -> InputError:
    return InputError(
        "the document declares entities",
        where=path,
        expected="XML without a DOCTYPE that declares entities",
        hint="they can read other files; write the text itself in their place",
    )


def _too_deep(path: str) -> InputError:
    return InputError(
        f"elements are nested more than {_DEEPEST} deep",
        where=path,
        expected="a document of articles or translations",
    )


def _not_well_formed(data: bytes, path: str, error: etree.XMLSyntaxError) -> InputError:
    line, column = error.position
    where = f"{path}:{line}:{column}"
    what = " ".join((error.msg or "no document").split(", line")[0].split())
    if what.startswith("Excessive depth"):
        return _too_deep(path)
    if not data.strip():
        return InputError("the file is empty", where=path, expected="an XML document")
    if getattr(error, "code", 0) in _WRONG_BYTES and b"\0" not in data and not _is_utf8(data):
        name = guess(data)
        return InputError(
            f"not in the encoding that it declares; it looks like {name}",
            where=where,
            expected="UTF-8, unless the first line names another encoding",
            hint=f'convert it: iconv -f {name} -t UTF-8, or declare encoding="{name}"',
        )
    return InputError(
        f"not well-formed XML ({what})",
        where=where,
        expected="an XML document",
        hint="mend the file, or write it again from its origin",
    )


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
