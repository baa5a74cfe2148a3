"""GitLab Code Quality: the JSON that `artifacts:reports:codequality` takes.

GitLab shows one finding for each fingerprint, so the fingerprint holds the place as well.
"""

from __future__ import annotations

import hashlib
import json
from typing import IO, Any, Final

from mtaudit.model import Article, Finding, Problem, Report, Severity
from mtaudit.writers.excerpt import visible
from mtaudit.writers.json import escaped
from mtaudit.writers.place import place_of, relative, told

_SEVERITIES: Final[dict[Severity, str]] = {
    "neutral": "info",
    "minor": "minor",
    "major": "major",
    "critical": "critical",
}


def write(report: Report, stream: IO[str]) -> None:
    """Writes an array of findings; inputs that could not be audited are `blocker`s."""
    issues = [_trouble(problem) for problem in report.problems]
    issues += [
        _issue(result.article, finding) for result in report.results for finding in result.findings
    ]
    stream.write(escaped(json.dumps(issues, ensure_ascii=False, indent=1)) + "\n")


def _issue(article: Article, finding: Finding) -> dict[str, Any]:
    place = place_of(article, finding)
    made: dict[str, Any] = {
        "description": told(article, finding),
        "check_name": finding.rule,
        "fingerprint": _digest(place.path, article.id, finding.fingerprint),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": place.path, "lines": {"begin": place.line, "end": place.end_line}},
    }
    return made


def _trouble(problem: Problem) -> dict[str, Any]:
    path = relative(problem.path)
    return {
        "description": visible(problem.message),
        "check_name": "mtaudit/unreadable",
        "fingerprint": _digest(path, problem.message),
        "severity": "blocker",
        "location": {"path": path, "lines": {"begin": 1}},
    }


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
