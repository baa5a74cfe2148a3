"""JSON Lines: one finding a line, with the article it stands in."""

from __future__ import annotations

from typing import IO

from mtaudit.model import Report
from mtaudit.writers.document import finding_document
from mtaudit.writers.json import one_line


def write(report: Report, stream: IO[str]) -> None:
    """Writes `article` (its id), `path`, `system` (may be null) and the finding's own keys."""
    for result in report.results:
        article = result.article
        place = {"article": article.id, "path": article.path, "system": article.system}
        for finding in result.findings:
            stream.write(one_line(place | finding_document(finding)) + "\n")
