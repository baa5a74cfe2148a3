"""Checkstyle XML: findings by file, for reviewdog, Jenkins and others that read it."""

from __future__ import annotations

from typing import IO, Final

from mtaudit.model import Article, Finding, Report
from mtaudit.writers.place import place_of, relative, told
from mtaudit.writers.xml import HEAD, attributes

# Which of its formats readers may take it for; all of them know this one.
_VERSION: Final = "4.3"


def write(report: Report, stream: IO[str]) -> None:
    """Writes each file once, also those without findings: they were looked at."""
    files: dict[str, list[str]] = {}
    for problem in report.problems:
        line = attributes(
            line=1, severity="error", message=problem.message, source="mtaudit.unreadable"
        )
        files.setdefault(relative(problem.path), []).append(f"  <error{line}/>\n")
    for result in report.results:
        lines = files.setdefault(relative(result.article.path or result.article.id), [])
        lines += [_error(result.article, finding) for finding in result.findings]
    stream.write(HEAD)
    stream.write(f"<checkstyle{attributes(version=_VERSION)}>\n")
    for path, lines in files.items():
        stream.write(f" <file{attributes(name=path)}>\n{''.join(lines)} </file>\n")
    stream.write("</checkstyle>\n")


def _error(article: Article, finding: Finding) -> str:
    place = place_of(article, finding)
    values: dict[str, object] = {"line": place.line}
    if place.column:
        values["column"] = place.column
    level = "error" if finding.gates else "info" if finding.severity == "neutral" else "warning"
    source = "mtaudit." + finding.rule.replace("/", ".")
    rest = attributes(severity=level, message=told(article, finding), source=source)
    return f"  <error{attributes(**values)}{rest}/>\n"
