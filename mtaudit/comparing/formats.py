"""The formats of a comparison, as those of a report: one function each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mtaudit.comparing import document, html, markdown, text
from mtaudit.writers import Writer

FORMATS: Final[Mapping[str, Writer]] = MappingProxyType(
    {
        "text": Writer(text.write, (".txt",), spoken=True),
        "json": Writer(document.write_json, (".json",)),
        "csv": Writer(document.write_csv, (".csv",)),
        "markdown": Writer(markdown.write, (".md", ".markdown"), spoken=True),
        "html": Writer(html.write, (".html", ".htm"), spoken=True),
    }
)
