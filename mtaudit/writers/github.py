"""GitHub workflow commands: annotations on the lines of a pull request.

GitHub shows ten errors and ten warnings a step and drops the rest without a word, so the worst ten
of each are written, worst first, and one line says how many there are beyond them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

from mtaudit.model import SEVERITIES, Article, Finding, Report
from mtaudit.writers.excerpt import visible
from mtaudit.writers.place import Place, place_of, relative, told

MOST: Final = 10


def write(report: Report, stream: IO[str]) -> None:
    """Writes errors for findings that gate and for inputs not audited, warnings for others."""
    errors = [
        _command("error", relative(p.path), None, "mtaudit", p.message) for p in report.problems
    ]
    warnings: list[str] = []
    for article, finding in _worst_first(report):
        level, lines = ("error", errors) if finding.gates else ("warning", warnings)
        place = place_of(article, finding)
        title = f"{finding.severity}: {finding.rule}"
        lines.append(_command(level, place.path, place, title, told(article, finding)))
    for lines in (errors, warnings):
        stream.writelines(lines[:MOST])
    left = max(len(errors) - MOST, 0) + max(len(warnings) - MOST, 0)
    if left:
        stream.write(f"::notice title=mtaudit::{left} more findings in the step summary\n")


def _worst_first(report: Report) -> Iterator[tuple[Article, Finding]]:
    every = [(result.article, each) for result in report.results for each in result.findings]
    # Stable, so that findings of one weight stay in reading order.
    yield from sorted(
        every,
        key=lambda pair: (
            not pair[1].gates,
            -SEVERITIES.index(pair[1].severity),
            -pair[1].confidence,
        ),
    )


def _command(level: str, path: str, place: Place | None, title: str, message: str) -> str:
    fields = {"file": path}
    if place is not None:
        fields["line"] = str(place.line)
        fields["endLine"] = str(place.end_line)
        if place.column:
            fields["col"] = str(place.column)
            # GitHub takes columns only where a finding stands on one line.
            if place.end_line == place.line:
                fields["endColumn"] = str(max(place.end_column - 1, place.column))
    fields["title"] = title
    told_fields = ",".join(f"{key}={_property(value)}" for key, value in fields.items())
    return f"::{level} {told_fields}::{_data(message)}\n"


def _data(text: str) -> str:
    """As actions/toolkit escapes the message of a command."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
