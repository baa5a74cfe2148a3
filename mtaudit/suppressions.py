"""Findings that people have looked at and let stand, each with its reason.

A suppression names a rule and the very words, so that a new hit of the same rule is not silenced
with it. In Markdown a comment does the same for one line:

    <!-- mtaudit: ignore idiom/food-for-thought: the title of a book -->
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mtaudit.errors import SettingsError
from mtaudit.globs import Names, has_prefix
from mtaudit.model import Article, Finding
from mtaudit.settings import read_toml

FILE: Final = "mtaudit-suppressions.toml"
_KEYS: Final = ("rule", "words", "context", "path", "reason", "owner", "expires")
_NEEDED: Final = ("rule", "words", "reason")
_HEADER: Final = re.compile(r"^\s*\[\[\s*suppress\s*\]\]", re.MULTILINE)
_COMMENT: Final = re.compile(r"<!--\s*mtaudit\b(.*?)-->", re.DOTALL | re.IGNORECASE)
_IGNORE: Final = re.compile(
    r"\s*:\s*ignore\s+([a-z0-9-]+(?:/[a-z0-9-]+)?/?)\s*:\s*(\S.*?)\s*", re.S
)


@dataclass(frozen=True)
class Suppression:
    """One entry of the file, or one comment.

    Attributes:
        rule: A rule's id or a prefix of ids.
        words: The words found, whatever their case and spaces; any where empty (comments).
        context: Further words of the line that must be there.
        path: A pattern of paths or ids; any article where empty.
        expires: The last day on which it holds.
        place: `file:line`, to be told.
        article: The id of the article whose comment it is.
        line: The line that a comment is about.
    """

    rule: str
    words: str
    reason: str
    place: str
    context: str = ""
    path: str = ""
    owner: str = ""
    expires: datetime.date | None = None
    article: str = ""
    line: int = 0

    def concerns(self, article: Article, names: Names) -> bool:
        """Whether it is meant for the article at all."""
        if self.article:
            return article.id == self.article
        return not self.path or names.matches(article, (self.path,))

    def covers(self, finding: Finding, article: Article) -> bool:
        """Whether it is meant for the finding of an article that it concerns."""
        if not has_prefix(finding.rule, (self.rule,)):
            return False
        if self.line:
            return finding.line == self.line
        if _plain(finding.text) != _plain(self.words):
            return False
        return not self.context or _plain(self.context) in _plain(_lines(article, finding))

    def expired(self, today: datetime.date) -> bool:
        """Whether its last day has gone by."""
        return self.expires is not None and self.expires < today


@dataclass(frozen=True)
class Malformed:
    """A comment that begins as ours do and cannot be read: it silences nothing."""

    place: str
    text: str


def load_suppressions(path: Path, shown: str = "") -> tuple[Suppression, ...]:
    """The entries of a file, in its order.

    Args:
        shown: The path as it is told.

    Raises:
        SettingsError: The file cannot be read, or an entry is not what it should be.
    """
    shown = shown or str(path)
    table = read_toml(path)
    for key in table:
        if key != "suppress":
            raise SettingsError(
                f"unknown key {key!r}", where=shown, expected="tables headed [[suppress]]"
            )
    entries = table.get("suppress", [])
    if not isinstance(entries, list) or not all(isinstance(each, Mapping) for each in entries):
        raise SettingsError(
            f"suppress is {entries!r}", where=shown, expected="tables headed [[suppress]]"
        )
    text = path.read_text(encoding="utf-8")
    lines = [text.count("\n", 0, found.end()) + 1 for found in _HEADER.finditer(text)]
    if len(lines) != len(entries):
        # Written inline, or with such a header inside a string: the number must do.
        return tuple(_entry(e, f"{shown}: suppress[{n}]") for n, e in enumerate(entries, 1))
    return tuple(_entry(e, f"{shown}:{n}") for n, e in zip(lines, entries, strict=True))


def comments(article: Article) -> tuple[list[Suppression], list[Malformed]]:
    """The comments of an article in Markdown: for their own line where it holds text, else for
    the next line that is not blank."""
    found: list[Suppression] = []
    malformed: list[Malformed] = []
    if article.markup != "markdown" or "<!--" not in article.text:
        return found, malformed
    lines = article.text.split("\n")
    for comment in _COMMENT.finditer(article.text):
        number, _ = article.position(comment.start())
        last, _ = article.position(comment.end())
        place = f"{article.path or article.id}:{number}"
        parsed = _IGNORE.fullmatch(comment[1])
        if parsed is None:
            malformed.append(Malformed(place, " ".join(comment[0].split())))
            continue
        line = number
        if not _COMMENT.sub("", "\n".join(lines[number - 1 : last])).strip():
            line = last + 1
            while line <= len(lines) and not _COMMENT.sub("", lines[line - 1]).strip():
                line += 1
        found.append(
            Suppression(
                rule=parsed[1],
                words="",
                reason=" ".join(parsed[2].split()),
                place=place,
                article=article.id,
                line=line,
            )
        )
    return found, malformed


def _entry(entry: Mapping[str, Any], where: str) -> Suppression:
    for key, value in entry.items():
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            raise SettingsError(
                f"unknown key {key!r}",
                where=where,
                expected="one of " + ", ".join(_KEYS),
                hint=f"did you mean {near[0]!r}?" if near else "",
            )
        if key == "expires":
            if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
                raise SettingsError(
                    f"expires is {value!r}", where=where, expected="a date such as 2027-01-31"
                )
        elif not isinstance(value, str) or not value.strip():
            raise SettingsError(f"{key} is {value!r}", where=where, expected="a string")
    for key in _NEEDED:
        if key not in entry:
            hints = {
                "rule": "name the rule, such as idiom/food-for-thought",
                "words": "give the words found; to leave out a rule, use ignore in the policy",
                "reason": "say why it may stand",
            }
            raise SettingsError(
                f"{key} is missing", where=where, expected=", ".join(_NEEDED), hint=hints[key]
            )
    return Suppression(**entry, place=where)


def _lines(article: Article, finding: Finding) -> str:
    start = article.text.rfind("\n", 0, finding.start) + 1
    end = article.text.find("\n", finding.end)
    return article.text[start : len(article.text) if end < 0 else end]


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()
