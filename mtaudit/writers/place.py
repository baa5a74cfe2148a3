"""Where a finding stands in the files of a repository, and what is said of it in one line.

An article that is a file by itself gives lines and columns. One line of JSON Lines holds a whole
article: there the place is that line, and the article is named in the message. Where a file holds
its text in units, the place is the line that the unit begins on, and the unit is named as well.
"""

from __future__ import annotations

import bisect
import os
import posixpath
import re
import sys
from typing import Final, NamedTuple

from mtaudit.model import Article, Finding
from mtaudit.writers.excerpt import visible

STDIN: Final = "stdin"
_MOST: Final = 300
_BLANKS: Final = re.compile(r"[ \t\r\n]+")


class Place(NamedTuple):
    """Lines and columns from 1, in code points, the last column exclusive; columns are 0 where
    only the line is known."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


def place_of(article: Article, finding: Finding) -> Place:
    """The place in the article's file."""
    path = relative(article.path or article.id)
    if article.units:
        line = _unit_line(article, finding)
        return Place(path, line, 0, line, 0)
    if article.line or article.id != article.path:
        line = article.line or 1
        return Place(path, line, 0, line, 0)
    end_line, end_column = article.position(max(finding.end, finding.start))
    return Place(path, finding.line, finding.column, end_line, end_column)


def _unit_line(article: Article, finding: Finding) -> int:
    """The line of the file that the finding's unit begins on, or that of the unit before it."""
    index = bisect.bisect_right(article.units, (finding.start, sys.maxsize)) - 1
    return article.units[max(index, 0)].line or article.line or 1


def utf16_column(article: Article, offset: int) -> int:
    """The column of a character, counted from 1 in UTF-16 code units."""
    start = article.text.rfind("\n", 0, offset) + 1
    before = article.text[start:offset]
    return 1 + len(before) + sum(char > "\uffff" for char in before)


def relative(path: str) -> str:
    """A path as other programs of a pipeline name it: below the current folder, with `/`."""
    if path == "-":
        return STDIN
    path = path.replace(os.sep, "/")
    if posixpath.isabs(path):
        here = os.getcwd().replace(os.sep, "/").rstrip("/") + "/"
        path = path[len(here) :] if path.startswith(here) else path
    return posixpath.normpath(path)


def told(article: Article, finding: Finding) -> str:
    """Where a file cannot be pointed into, the place in it; then what `said` says."""
    where = [article.id] if article.path and article.id != article.path else []
    if article.units and finding.unit:
        where.append(finding.unit)
    elif where:
        where.append(f"{finding.line}:{finding.column}")
    return visible(_BLANKS.sub(" ", f"[{', '.join(where)}] ") if where else "") + said(finding)


def said(finding: Finding) -> str:
    """The words found, the message and what to write instead, in one line."""
    words = _BLANKS.sub(" ", finding.text)
    if len(words) > _MOST:
        words = words[:_MOST] + "…"
    line = ": ".join(each for each in (f"“{words}”" if words else "", finding.message) if each)
    if finding.suggestions:
        line += " → " + " | ".join(finding.suggestions)
    # No-break spaces stay: they are what some suggestions are about.
    return visible(_BLANKS.sub(" ", line).strip(" "))
