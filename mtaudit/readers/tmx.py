"""TMX: the whole memory is one article, each French variant of a unit a line of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

from mtaudit.errors import InputError
from mtaudit.model import Article, Problem
from mtaudit.readers._units import Row, article_of, is_language
from mtaudit.readers._xml import DROPPED, line_of, local_name, parse_xml, text_of

if TYPE_CHECKING:
    from lxml import etree

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# Codes of the document that a segment was taken from; what is in them is no text of it.
_CODES: Final = frozenset(("bpt", "ept", "it", "ph", "sub", "ut"))


def read(path: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Yields the one article; units without French are counted, those without English are read.

    Raises:
        InputError: The document is no TMX, or has no French.
    """
    root = parse_xml(stream.read(), path)
    if local_name(root) != "tmx":
        raise InputError(f"the root element is <{local_name(root)}>", where=path, expected="<tmx>")
    rows: list[Row] = []
    skipped: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for unit in root.iter("{*}tu"):
        variants = [each for each in unit if local_name(each) == "tuv"]
        languages.update(_language(each) for each in variants)
        english = next((each for each in variants if is_language(_language(each), "en")), None)
        french = [each for each in variants if is_language(_language(each), "fr")]
        read_before = len(rows)
        for number, variant in enumerate(french, 1):
            name = unit.get("tuid") or f"line {line_of(unit)}"
            own = f"{name}/{number}" if len(french) > 1 else name
            text = _text(variant)
            if text.strip():
                rows.append(Row(own, text, _text(english), line=line_of(variant)))
        if len(rows) == read_before:
            skipped["untranslated"] += 1
    if not rows:
        there = ", ".join(sorted(language for language in languages if language))
        raise InputError(
            f"no French in it (languages: {there or 'none'})",
            where=path,
            expected='units with a <tuv xml:lang="fr">',
        )
    yield article_of(rows, skipped, id=path, path=path)


def _language(variant: etree._Element) -> str:
    # TMX up to 1.3 has no prefix there.
    return variant.get(_LANG) or variant.get("lang") or ""


def _text(variant: etree._Element | None) -> str:
    if variant is None:
        return ""
    segment = next((each for each in variant if local_name(each) == "seg"), None)
    return text_of(segment, _replaced) if segment is not None else ""


def _replaced(name: str, element: etree._Element) -> str | None:
    return DROPPED if name in _CODES else None
