"""JSON: the whole report as one document, described by `report.schema.json`."""

from __future__ import annotations

import json
import re
from typing import IO, Any, Final

from mtaudit.model import Report
from mtaudit.writers.document import as_document

_plain: Final = json.JSONEncoder(ensure_ascii=False).encode

# Lone surrogates cannot be encoded in UTF-8, and the three others end a line for some readers of
# JSON Lines. All of them stand in strings only, where JSON has an escape for them.
_ESCAPED: Final = re.compile("[\ud800-\udfff\x85\u2028\u2029]")


def write(report: Report, stream: IO[str]) -> None:
    """Writes the report as a JSON document, indented by two."""
    document = as_document(report)
    for at, (key, value) in enumerate(document.items()):
        stream.write(("," if at else "{") + f"\n  {json.dumps(key)}: ")
        if key == "articles" and value:
            # One at a time: the whole as one string would be as large again.
            for number, each in enumerate(value):
                stream.write(("," if number else "[") + "\n    ")
                stream.write(escaped(indented(each, "    ")))
            stream.write("\n  ]")
        else:
            stream.write(escaped(indented(value, "  ")))
    stream.write("\n}\n")


def indented(value: Any, margin: str) -> str:
    """A value as `json.dumps` indents it by two; with `indent` that takes four times as long."""
    if isinstance(value, dict) and value:
        inner = margin + "  "
        items = [f"{inner}{_plain(key)}: {indented(each, inner)}" for key, each in value.items()]
        return "{\n" + ",\n".join(items) + f"\n{margin}}}"
    if isinstance(value, (list, tuple)) and value:
        inner = margin + "  "
        return "[\n" + ",\n".join(inner + indented(each, inner) for each in value) + f"\n{margin}]"
    return _plain(value)


def one_line(value: dict[str, Any]) -> str:
    """A value as JSON on one line, without its newline."""
    return escaped(json.dumps(value, ensure_ascii=False))


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the document."""
    from importlib import resources

    path = resources.files("mtaudit.writers").joinpath("report.schema.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def escaped(chunk: str) -> str:
    """JSON text in which every character can be written as UTF-8 and no string ends a line."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", chunk)
