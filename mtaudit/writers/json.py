"""JSON: the whole report as one document, described by `report.schema.json`."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import IO, Any, Final

from mtaudit.model import Report
from mtaudit.writers.document import as_document

# Lone surrogates cannot be encoded in UTF-8, and the three others end a line for some readers of
# JSON Lines. All of them stand in strings only, where JSON has an escape for them.
_ESCAPED: Final = re.compile("[\ud800-\udfff\x85\u2028\u2029]")


def write(report: Report, stream: IO[str]) -> None:
    """Writes the report as a JSON document, indented by two."""
    encoder = json.JSONEncoder(ensure_ascii=False, indent=2)
    for chunk in encoder.iterencode(as_document(report)):
        stream.write(escaped(chunk))
    stream.write("\n")


def one_line(value: dict[str, Any]) -> str:
    """A value as JSON on one line, without its newline."""
    return escaped(json.dumps(value, ensure_ascii=False))


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the document."""
    path = resources.files("mtaudit.writers").joinpath("report.schema.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def escaped(chunk: str) -> str:
    """JSON text in which every character can be written as UTF-8 and no string ends a line."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", chunk)
