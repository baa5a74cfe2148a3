"""XML that comes from anywhere: parsed without entities, network or external files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mtaudit.errors import InputError

if TYPE_CHECKING:
    from lxml import etree

# What a file of articles or translations has at most; expat's and libxml2's own limits stand too.
_DEEPEST: Final = 200


def parse_xml(data: bytes, path: str) -> etree._Element:
    """The root of a document; elements know the line that they begin on (`sourceline`).

    A document type may be named (NITF does); one that declares entities is refused, since it may
    read other files or grow without bound.

    Raises:
        InputError: The document is not well-formed, nested beyond reason, or declares entities.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise InputError(
            f"not well-formed XML ({(error.msg or 'no document').split(', line')[0]})",
            where=f"{path}:{line}:{column}",
            expected="an XML document",
            hint="mend the file, or write it again from its origin",
        ) from None
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():
        raise InputError(
            "the document declares entities",
            where=path,
            expected="XML without a DOCTYPE that declares entities",
            hint="they can read other files; write the text itself in their place",
        )
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise InputError(
                f"elements are nested more than {_DEEPEST} deep",
                where=path,
                expected="a document of articles or translations",
            )
    return root
