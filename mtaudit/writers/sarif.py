"""SARIF 2.1.0: for GitHub code scanning, editors and all that reads it.

The properties are those that GitHub asks for (docs.github.com, "SARIF support for code scanning");
inputs that could not be audited are notifications of the invocation. Columns are UTF-16 code units,
as `columnKind` says.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import IO, Any, Final
from urllib.parse import quote

from mtaudit.model import Article, ArticleResult, Finding, Problem, Report, RuleCard, Severity
from mtaudit.version import __version__
from mtaudit.writers.excerpt import visible
from mtaudit.writers.json import escaped
from mtaudit.writers.place import place_of, relative, told, utf16_column

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_DESCRIPTION_MOST: Final = 1024
_FIXES_MOST: Final = 3

# JSON could hold a lone one as an escape, but readers of SARIF refuse it.
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

# Of findings that gate and of others: what does not gate is never an error.
_LEVELS: Final[dict[bool, dict[Severity, str]]] = {
    True: {"neutral": "note", "minor": "warning", "major": "error", "critical": "error"},
    False: {"neutral": "note", "minor": "note", "major": "warning", "critical": "warning"},
}
_PRECISION: Final = ((0.95, "very-high"), (0.85, "high"), (0.7, "medium"), (0.0, "low"))


def write(report: Report, stream: IO[str]) -> None:
    """Writes one run, with the rules that found something."""
    cards = {card.id: card for card in report.cards}
    for result in report.results:
        for finding in result.findings:
            if finding.rule not in cards:
                cards[finding.rule] = _plain_card(finding)
    rules = [cards[name] for name in sorted(cards)]
    index = {card.id: number for number, card in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "mtaudit",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(card) for card in rules],
            }
        },
        "columnKind": "utf16CodeUnits",
        "invocations": [
            {
                "executionSuccessful": not report.problems,
                "toolExecutionNotifications": [_notification(each) for each in report.problems],
            }
        ],
        "results": [
            _result(result, finding, index[finding.rule])
            for result in report.results
            for finding in result.findings
        ],
        "properties": {
            "signature": report.signature,
            "articles": len(report.results),
            "words": report.total.words,
            "score": round(report.total.score, 4),
            "passed": report.total.passed,
        },
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    for chunk in json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(document):
        stream.write(escaped(_SURROGATE.sub("\ufffd", chunk)))
    stream.write("\n")


def _plain_card(finding: Finding) -> RuleCard:
    return RuleCard(
        id=finding.rule,
        family=finding.family,
        title=finding.family,
        mqm="",
        severity=finding.severity,
        confidence=finding.confidence,
        gates=finding.gates,
    )


def _rule(card: RuleCard) -> dict[str, Any]:
    name = card.id.partition("/")[2].replace("-", " ")
    short = f"{card.title}: {card.english[0] if card.english else name}"
    lines = []
    if card.english:
        lines.append("English: " + " | ".join(card.english))
    if card.suggest:
        lines.append("Instead: " + " | ".join(card.suggest))
    if card.flagged:
        lines.append("Flagged: " + card.flagged)
    if card.passed:
        lines.append("Right: " + card.passed)
    help_text = visible_lines([short, *lines])
    tags = ["translation", card.family, *([f"mqm/{card.mqm}"] if card.mqm else [])]
    return {
        "id": card.id,
        "name": "".join(part.capitalize() for part in card.id.replace("/", "-").split("-")),
        "shortDescription": {"text": visible(short)[:_DESCRIPTION_MOST]},
        "fullDescription": {"text": visible(" — ".join([short, *lines]))[:_DESCRIPTION_MOST]},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": _LEVELS[card.gates][card.severity]},
        "properties": {
            "precision": _precision(card.confidence),
            "problem.severity": _problem_severity(card),
            "tags": tags,
        },
    }


def visible_lines(lines: Iterable[str]) -> str:
    """Lines of text, each safe to show."""
    return "\n".join(visible(line) for line in lines)


def _precision(confidence: float) -> str:
    return next(name for least, name in _PRECISION if confidence >= least)


def _problem_severity(card: RuleCard) -> str:
    level = _LEVELS[card.gates][card.severity]
    return "recommendation" if level == "note" else level


def _result(result: ArticleResult, finding: Finding, index: int) -> dict[str, Any]:
    article = result.article
    place = place_of(article, finding)
    region: dict[str, Any] = {"startLine": place.line}
    if place.column:
        region["startColumn"] = utf16_column(article, finding.start)
        region["endLine"] = place.end_line
        region["endColumn"] = utf16_column(article, finding.end)
        if finding.end > finding.start:
            region["snippet"] = {"text": finding.text}
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _artifact(article), "region": region}
    }
    names = _logical(article, finding)
    if names:
        location["logicalLocations"] = names
    own = f"{place.path}\0{article.id}" if article.id != article.path else place.path
    print_ = hashlib.sha256(f"{own}\0{finding.fingerprint}".encode("utf-8", "surrogatepass"))
    made: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.gates][finding.severity],
        "message": {"text": told(article, finding)},
        "locations": [location],
        "partialFingerprints": {
            "mtaudit/v1": finding.fingerprint,
            "mtauditPlace/v1": print_.hexdigest()[:32],
        },
        "properties": {
            "article": article.id,
            "family": finding.family,
            "severity": finding.severity,
            "confidence": finding.confidence,
            "evidence": finding.evidence,
            "section": finding.section,
            "gates": finding.gates,
        },
    }
    if finding.suggestions and place.column:
        deleted = {key: value for key, value in region.items() if key != "snippet"}
        made["fixes"] = [
            {
                "description": {"text": f"→ {visible(text)}"},
                "artifactChanges": [
                    {
                        "artifactLocation": _artifact(article),
                        "replacements": [
                            {"deletedRegion": deleted, "insertedContent": {"text": text}}
                        ],
                    }
                ],
            }
            for text in finding.suggestions[:_FIXES_MOST]
        ]
    return made


def _logical(article: Article, finding: Finding) -> list[dict[str, str]]:
    """The article where its file holds several, and the unit where the format has such."""
    names = []
    if article.id != article.path:
        names.append({"fullyQualifiedName": article.id, "kind": "member"})
    if finding.unit:
        whole = f"{article.id}#{finding.unit}"
        names.append({"name": finding.unit, "fullyQualifiedName": whole, "kind": "element"})
    return names


def _artifact(article: Article) -> dict[str, str]:
    return {"uri": _uri(relative(article.path or article.id))}


def _uri(path: str) -> str:
    uri = quote(path.encode("utf-8", "replace"), safe="/")
    return f"file://{uri}" if uri.startswith("/") else uri


def _notification(problem: Problem) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": visible(problem.message)},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": _uri(relative(problem.path))}}}
        ],
    }
