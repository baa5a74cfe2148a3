"""One page to work through: opened by double click, offline, with everything in it.

The report becomes a plain dict, which lies in the page as JSON; the page's own script shows it and
puts text in as text alone. The policy in the page lets that script and that style run by their
digests, and nothing else: whatever an article, a title or a rule holds is data.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import IO, Any, Final, get_args

from mtaudit.model import (
    SEVERITIES,
    Article,
    ArticleResult,
    Finding,
    Report,
    RuleCard,
    Score,
    SectionKind,
)
from mtaudit.sections import article_sections
from mtaudit.settings import LANGUAGES
from mtaudit.version import __version__
from mtaudit.writers.labels import LABELS

SCHEMA_VERSION: Final = 1
KINDS: Final[tuple[str, ...]] = get_args(SectionKind)
# In the order in which the script reads them: what is declared first is there for the others.
SCRIPTS: Final = ("labels", "store", "view", "desk", "article", "card", "main")
FOLDER: Final = Path(__file__).with_name("page")

_GATES: Final = 1
_CONFIRMED: Final = 2
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_WIDE: Final = re.compile("[\U00010000-\U0010ffff]")
_NEEDS_SCRIPT: Final = {
    "en": "This page shows its articles by a script of its own, and scripts are off.",
    "fr": "Cette page affiche ses articles par son propre script, et les scripts sont désactivés.",
}


def write(report: Report, stream: IO[str], language: str = "en") -> None:
    """Writes the page.

    Args:
        language: Of a browser that asks for none that the page speaks.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    style, script = _part("page.css"), _script()
    template = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    ).from_string(_part("template.html"))
    stream.write(
        template.render(
            language=language,
            title=LABELS[language]["title"],
            policy=policy(style, script),
            needs_script=_NEEDS_SCRIPT[language],
            style=Markup(style),
            script=Markup(script),
            data=Markup(as_json(page_data(report, language))),
        )
    )


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy of a page with this style and this script, and no network."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src '{_digest(script)}'",
            f"style-src '{_digest(style)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def as_json(data: object) -> str:
    """JSON that no HTML parser takes for the end of its element, or for a comment.

    Lone surrogates are written as escapes: UTF-8 cannot hold them.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("<", "\\u003c"))


def page_data(report: Report, language: str = "en") -> dict[str, Any]:
    """What the page holds: rows in place of objects where there are many of them.

    Offsets are half-open, in UTF-16 code units of the article's text, as JavaScript counts. `key`
    is a digest of all the rest: the browser keeps an editor's decisions under it.
    """
    tables = _Tables(report)
    data: dict[str, Any] = {
        "schema": SCHEMA_VERSION,
        "version": __version__,
        "language": language,
        "signature": report.signature,
        "ran": report.rules,
        "total": _score(report.total),
        "problems": [
            problem.message
            if problem.message.startswith(problem.path)
            else f"{problem.path}: {problem.message}"
            for problem in report.problems
        ],
        "severities": list(SEVERITIES),
        "kinds": list(KINDS),
        "articles": [_article(result, tables) for result in report.results],
    }
    data["rules"] = [_rule(card) for card in tables.cards]
    data["languages"] = list(LANGUAGES)
    data["messages"] = list(tables.messages)
    data["key"] = hashlib.sha256(as_json(data).encode()).hexdigest()[:32]
    return data


class _Tables:
    """Rules and messages that findings name by their number."""

    def __init__(self, report: Report) -> None:
        self.cards: list[RuleCard] = list(report.cards)
        self.numbers = {card.id: number for number, card in enumerate(self.cards)}
        self.messages: dict[tuple[str, ...], int] = {}

    def rule(self, finding: Finding) -> int:
        if finding.rule not in self.numbers:
            self.numbers[finding.rule] = len(self.cards)
            self.cards.append(
                RuleCard(
                    id=finding.rule,
                    family=finding.family,
                    title=finding.family,
                    mqm="",
                    severity=finding.severity,
                    confidence=finding.confidence,
                    gates=finding.gates,
                )
            )
        return self.numbers[finding.rule]

    def message(self, finding: Finding) -> int:
        texts = tuple(finding.messages.get(code, finding.message) for code in LANGUAGES)
        return self.messages.setdefault(texts, len(self.messages))


def _article(result: ArticleResult, tables: _Tables) -> dict[str, Any]:
    article = result.article
    units = _Units(article.text)
    return {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "system": article.system,
        "date": article.date,
        "url": article.url,
        **_score(result.score),
        "text": article.text,
        "source": article.source,
        "reference": article.reference,
        "parts": _parts(article, units),
        "findings": [_finding(finding, units, tables) for finding in result.findings],
    }


def _parts(article: Article, units: _Units) -> list[list[int]]:
    """Kind, start and end of each line that is not blank, and whether a blank one precedes it."""
    rows: list[list[int]] = []
    before = 0
    for part in article_sections(article, article.text):
        apart = article.text.count("\n", before, part.start) > 1 or not rows
        rows.append([KINDS.index(part.kind), units.at(part.start), units.at(part.end), int(apart)])
        before = part.end
    return rows


def _finding(finding: Finding, units: _Units, tables: _Tables) -> list[Any]:
    return [
        tables.rule(finding),
        SEVERITIES.index(finding.severity),
        units.at(finding.start),
        units.at(finding.end),
        tables.message(finding),
        list(finding.suggestions),
        round(finding.confidence, 4),
        _GATES * finding.gates + _CONFIRMED * (finding.evidence == "confirmed"),
        finding.source_text,
        finding.fingerprint,
    ]


class _Units:
    """Code points of a text as UTF-16 code units: emoji and their like count twice there."""

    def __init__(self, text: str) -> None:
        self.wide = [found.start() for found in _WIDE.finditer(text)]

    def at(self, offset: int) -> int:
        if not self.wide:
            return offset
        return offset + sum(place < offset for place in self.wide)


def _rule(card: RuleCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "family": card.family,
        "english": list(card.english),
        "flagged": card.flagged,
        "passed": card.passed,
    }


def _score(score: Score) -> dict[str, Any]:
    bounds = score.interval
    return {
        "words": score.words,
        "score": round(score.score, 4),
        "penalty": round(score.penalty, 4),
        "passed": score.passed,
        "interval": None if bounds is None else [round(bound, 4) for bound in bounds],
    }


@cache
def _part(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    parts = "\n".join(_part(f"{name}.js") for name in SCRIPTS)
    return f'"use strict";\n{{\n{parts}}}\n'


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
