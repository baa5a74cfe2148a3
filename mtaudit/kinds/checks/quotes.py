"""French quotation marks that have no partner in the whole article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule

_OTHER: Final = re.compile(r"[\"“”]|&quot;|&#34;")
# A shorter text is an excerpt: what it lacks may stand before or behind it.
_LINES: Final = 4


def unpaired_guillemet(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A closing mark that nothing opened, and the end of a paragraph whose quotation stays open."""
    text = annotated.text
    if sum(bool(line.strip()) for line in text.split("\n")) < _LINES:
        return
    opened: list[int] = []
    for at, char in enumerate(text):
        if char == "«":
            # A quotation of several paragraphs repeats the mark at the head of each.
            if opened and not _heads_line(text, at) and not _nested(text, at):
                yield from _unclosed(text, opened[-1], at, rule)
            if not _nested(text, at):
                opened.clear()
            opened.append(at)
        elif char == "»":
            if opened:
                opened.pop()
            else:
                yield Hit(rule, at, at + 1, ("",))
    if opened:
        yield from _unclosed(text, opened[0], len(text), rule)


def _nested(text: str, at: int) -> bool:
    """Whether a quotation within a quotation opens: « Il a dit : « Non. » »"""
    before = at - 1
    while before >= 0 and text[before] in " \u00a0\u202f":
        before -= 1
    return before >= 0 and text[before] == ":"


def _heads_line(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    return not text[start:at].strip(" \u00a0\u202f-–—")


def _unclosed(text: str, opened: int, limit: int, rule: Rule) -> Iterator[Hit]:
    """The last word of the line in which a quotation was opened."""
    end = text.find("\n", opened, limit)
    stop = limit if end < 0 else end
    line = text[opened:stop].rstrip()
    last = line.rsplit(None, 1)[-1] if line.split() else ""
    if len(line.split()) > 1 and not _OTHER.search(line):
        stop = opened + len(line)
        yield Hit(rule, stop - len(last), stop, (f"{last} »",))
