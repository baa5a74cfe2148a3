"""CSV: one finding a row, for spreadsheets.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` (a tab or a line break before it
does not help) as a formula, and these cells hold text of articles that nobody here wrote. So such
a cell gets an apostrophe in front, as OWASP advises ("CSV Injection"). Where the text must be
exact, take JSON Lines or Parquet, which leave it as it is.
"""

from __future__ import annotations

from typing import IO, Final

from mtaudit.model import Report
from mtaudit.writers.frame import COLUMNS, frame

BETWEEN_SUGGESTIONS: Final = " | "
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(report: Report, stream: IO[str]) -> None:
    """Writes a header, also where there are no findings, and the rows; None is an empty cell."""
    table = frame(report)
    table["suggestions"] = [BETWEEN_SUGGESTIONS.join(texts) for texts in table["suggestions"]]
    for name, dtype in COLUMNS.items():
        if dtype == "object":
            table[name] = [guard(cell) for cell in table[name]]
    table.to_csv(stream, index=False, lineterminator="\n")


def guard(cell: object) -> object:
    """The cell with an apostrophe in front where a spreadsheet would run it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
