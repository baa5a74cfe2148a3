"""Where a finding stands in the files of a repository, and what is said of it in one line.

An article that is a file by itself gives lines and columns. One line of JSON Lines holds a whole
article: there the place is that line, and the article is named in the message.
"""

from __future__ import annotations

import os
import posixpath
import re
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
    if article.line or article.id != article.path:
        line = article.line or 1
        return Place(path, line, 0, line, 0)
    end_line, end_column = article.position(max(finding.end, finding.start))
    return Place(path, finding.line, finding.column, end_line, end_column)


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
    """The words found, the message and what to write instead, in one line."""
    words = _BLANKS.sub(" ", finding.text)
    if len(words) > _MOST:
        words = words[:_MOST] + "…"
    line = f"“{words}”: {finding.message}" if finding.message else f"“{words}”"
    if finding.suggestions:
        line += " → " + " | ".join(finding.suggestions)
    if article.path and article.id != article.path:
        line = f"[{article.id}, {finding.line}:{finding.column}] {line}"
    # No-break spaces stay: they are what some suggestions are about.
    return visible(_BLANKS.sub(" ", line).strip(" "))
