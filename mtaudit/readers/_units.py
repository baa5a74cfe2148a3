"""Articles whose file holds them in units: rows of source and translation, one a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from mtaudit.model import Article, Unit

SKIPPED: Final = "skipped-units"
"""The key of an article's metadata with what of its file was not read: how often, by the reason."""

# All that some reader of lines takes for the end of one, with the blanks of indentation round it.
_BREAK: Final = re.compile("(?<![ \t])[ \t]*(?:[\n\r\v\f\x85\u2028\u2029][ \t]*)+")


class Skipped(dict[str, int]):
    """Counts of units that were not read, by the reason: not what an input may have by that key."""


class Row(NamedTuple):
    """A unit as its file has it: French, and the English and a person's French of it."""

    name: str
    text: str
    source: str = ""
    reference: str = ""
    line: int = 0


def one_line(text: str) -> str:
    """The text of a unit on one line: its line breaks become spaces."""
    return _BREAK.sub(" ", text).strip(" \t")


def article_of(rows: Sequence[Row], skipped: Counter[str] | None = None, **fields: Any) -> Article:
    """An article with one line for each row, in its text, source and reference alike.

    So the lines of the three belong together one by one. A row without source or reference has
    an empty line there; where no row has any, the article has none. Rows must not be blank.
    """
    lines = [one_line(row.text) for row in rows]
    units: list[Unit] = []
    start = 0
    for row, line in zip(rows, lines, strict=True):
        units.append(Unit(start, start + len(line), row.name, row.line))
        start += len(line) + 1
    metadata = dict(fields.pop("metadata", {}))
    counts = Skipped({reason: count for reason, count in (skipped or {}).items() if count})
    if counts:
        metadata[SKIPPED] = counts
    return Article(
        text="\n".join(lines),
        source=_beside([row.source for row in rows]),
        reference=_beside([row.reference for row in rows]),
        units=tuple(units),
        metadata=MappingProxyType(metadata),
        **fields,
    )


def skipped_units(article: Article) -> int:
    """How many units of an article's file were not read."""
    counts = article.metadata.get(SKIPPED)
    return sum(counts.values()) if isinstance(counts, Skipped) else 0


def _beside(texts: Sequence[str]) -> str | None:
    lines = [one_line(text) for text in texts]
    return "\n".join(lines) if any(lines) else None


def is_language(code: str | None, language: str) -> bool:
    """Whether a language tag such as `fr-CA` or `fr_FR` names the language."""
    return re.split("[-_@.]", (code or "").strip().lower())[0] == language
