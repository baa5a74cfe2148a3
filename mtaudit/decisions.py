"""What an editor decided on the page, read back: suppressions, pairs, and counts of each rule.

A dismissal becomes a suppression anchored to its rule, its words and those round them. House style
is meant for every article, so it goes without the words round it. Mended texts become pairs of
translation and published text for `mtaudit mine`.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from mtaudit.errors import InputError
from mtaudit.model import Article, ArticleResult, Finding
from mtaudit.suppressions import Suppression

SCHEMA_VERSION: Final = 1
KINDS: Final = ("accepted", "written", "dismissed", "noted")
REASONS: Final[Mapping[str, str]] = {
    "not-an-error": "not an error",
    "house-style": "house style",
    "quotation": "quotation",
}


@dataclass(frozen=True)
class Decision:
    """What was decided on one finding.

    Attributes:
        kind: One of KINDS.
        reason: Of a dismissal, a key of REASONS; else empty.
        day: When it was taken, as far as the file says so.
    """

    article: str
    rule: str
    words: str
    context: str
    kind: str
    reason: str = ""
    note: str = ""
    author: str = ""
    day: str = ""
    report: str = ""

    def suppression(self, expires: datetime.date | None = None) -> Suppression:
        """The entry that lets a dismissed finding stand."""
        told = REASONS[self.reason]
        return Suppression(
            rule=self.rule,
            words=self.words,
            reason=f"{told}: {self.note}" if self.note else told,
            place=f"decision in {self.article}",
            context="" if self.reason == "house-style" else self.context,
            owner=self.author,
            expires=expires,
        )


@dataclass(frozen=True)
class Mended:
    """An article that was worked on; `published` is None where its text stayed as it was."""

    article: Article
    published: str | None


@dataclass(frozen=True)
class Decisions:
    """What one file holds."""

    decisions: tuple[Decision, ...]
    articles: tuple[Mended, ...]


class RuleCount(NamedTuple):
    """How the findings of a rule fared."""

    rule: str
    taken: int
    dismissed: int
    wrong: int


def read_decisions(path: Path) -> Decisions:
    """Reads a file that the page exported.

    Raises:
        InputError: The file cannot be read, or is not what the page exports.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror or error}", where=str(path), expected="a file"
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError("is not JSON", where=str(path), expected=_EXPECTED) from error
    if not isinstance(document, dict) or document.get("mtaudit") != "decisions":
        raise InputError("holds no decisions", where=str(path), expected=_EXPECTED)
    if document.get("schema") != SCHEMA_VERSION:
        raise InputError(
            f"schema is {document.get('schema')!r}",
            where=str(path),
            expected=str(SCHEMA_VERSION),
            hint="export the decisions anew from a report of this version",
        )
    fields = _Fields(document, str(path))
    common = {"author": fields.text("author"), "report": fields.text("report")}
    decisions: list[Decision] = []
    articles: list[Mended] = []
    for article in fields.rows("articles"):
        name = article.text("id", needed=True)
        articles.append(
            Mended(
                Article(
                    name,
                    article.text("translation", needed=True),
                    path=article.text("path"),
                    source=article.text("source") or None,
                    system=article.text("system") or None,
                ),
                article.text("published") or None,
            )
        )
        decisions += [_decision(row, name, common) for row in article.rows("decisions")]
    return Decisions(tuple(decisions), tuple(articles))


_EXPECTED: Final = "the file that “Export decisions” on the page wrote"


class _Fields:
    """An object of the document; a wrong value is told with its place."""

    def __init__(self, table: Mapping[str, Any], where: str) -> None:
        self.table, self.where = table, where

    def text(self, key: str, needed: bool = False) -> str:
        value = self.table.get(key)
        if value is None and not needed:
            return ""
        if not isinstance(value, str):
            raise InputError(f"{key} is {value!r}", where=self.where, expected="a string")
        return value

    def choice(self, key: str, choices: Iterable[str]) -> str:
        value = self.text(key, needed=True)
        if value not in choices:
            expected = "one of " + ", ".join(choices)
            raise InputError(f"{key} is {value!r}", where=self.where, expected=expected)
        return value

    def rows(self, key: str) -> list[_Fields]:
        rows = self.table.get(key)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise InputError(f"{key} is no list of objects", where=self.where, expected=_EXPECTED)
        return [_Fields(row, f"{self.where}: {key}[{n}]") for n, row in enumerate(rows)]


def _decision(row: _Fields, article: str, common: Mapping[str, str]) -> Decision:
    kind = row.choice("decision", KINDS)
    return Decision(
        article=article,
        rule=row.text("rule", needed=True),
        words=row.text("words"),
        context=row.text("context"),
        kind=kind,
        reason=row.choice("reason", REASONS) if kind == "dismissed" else "",
        note=" ".join(row.text("note").split()),
        day=row.text("when")[:10],
        **common,
    )


def suppressions_of(
    decisions: Iterable[Decision],
    there: Iterable[Suppression] = (),
    expires: datetime.date | None = None,
) -> list[tuple[Decision, Suppression]]:
    """Each dismissal with its entry, once; those that `there` holds already are left out.

    A finding without words (something that is missing) has nothing that an entry could name.
    """
    known = {_key(each) for each in there}
    made = []
    for decision in decisions:
        if decision.kind != "dismissed" or not decision.words.strip():
            continue
        entry = decision.suppression(expires)
        if _key(entry) not in known:
            known.add(_key(entry))
            made.append((decision, entry))
    return made


def _key(entry: Suppression) -> tuple[str, str, str]:
    words, context = (" ".join(text.split()).casefold() for text in (entry.words, entry.context))
    return entry.rule, words, context


def silenced(entry: Suppression, results: Iterable[ArticleResult]) -> list[tuple[Article, Finding]]:
    """The findings that an entry would silence."""
    return [
        (result.article, finding)
        for result in results
        for finding in result.findings
        if entry.covers(finding, result.article)
    ]


def as_toml(decision: Decision, entry: Suppression) -> str:
    """A table for the suppressions file, with the day and the report in a comment."""
    told = " ".join(filter(None, ("decided", decision.day, decision.report and "in report")))
    lines = [f"# {told} {decision.report[:8]}".rstrip(), "[[suppress]]"]
    values = {key: getattr(entry, key) for key in ("rule", "words", "context", "reason", "owner")}
    lines += [f"{key} = {_quoted(value)}" for key, value in values.items() if value]
    if entry.expires:
        lines.append(f"expires = {entry.expires.isoformat()}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's, with delete escaped, and no half characters."""
    whole = text.encode("utf-8", "replace").decode()
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")


def pairs(files: Iterable[Decisions]) -> list[dict[str, str]]:
    """Rows for `mtaudit mine --translation translation --published published --source source`."""
    rows = []
    for file in files:
        for mended in file.articles:
            if mended.published is None:
                continue
            article = mended.article
            row = {
                "id": article.id,
                "system": article.system,
                "source": article.source,
                "translation": article.text,
                "published": mended.published,
            }
            rows.append({key: value for key, value in row.items() if value})
    return rows


def counts(decisions: Sequence[Decision]) -> list[RuleCount]:
    """Of each rule: findings that were mended, dismissed, and dismissed as no error at all."""
    taken = Counter(each.rule for each in decisions if each.kind in ("accepted", "written"))
    dismissed = Counter(each.rule for each in decisions if each.kind == "dismissed")
    wrong = Counter(each.rule for each in decisions if each.reason == "not-an-error")
    rules = sorted(taken | dismissed, key=lambda rule: (-wrong[rule], rule))
    return [RuleCount(rule, taken[rule], dismissed[rule], wrong[rule]) for rule in rules]
