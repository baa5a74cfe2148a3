"""The words round a finding, safe to show: article text is data, whatever is in it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from mtaudit.model import Article, Finding

CONTEXT: Final = 8

# Longer findings (a looped or doubled passage) are shown by their two ends.
_FOUND_WORDS: Final = 24

# How far context is looked for, in characters: a line may be a whole article.
_REACH: Final = 400

_WORD: Final = re.compile(r"\S+")
_NAMED: Final = {"\n": "⏎", "\r": "␍", "\t": "␉", "\x1b": "␛", "\u2028": "⏎", "\u2029": "⏎"}
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class Excerpt(NamedTuple):
    """The found words and those round them on the same line, with controls made visible.

    `before` and `after` keep the space next to the found words, and end in … where they are cut.
    """

    before: str
    found: str
    after: str


def excerpt(article: Article, finding: Finding, context: int = CONTEXT) -> Excerpt:
    """Up to `context` words on each side, whole ones, cut at the ends of the line."""
    text, start, end = article.text, finding.start, finding.end
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end

    near = max(line_start, start - _REACH)
    before = text[near:start]
    words = list(_WORD.finditer(before))
    if near > line_start and len(words) > 1 and not text[near - 1].isspace():
        words = words[1:]  # the window may begin inside a word
    kept = words[-context:]
    first = kept[0].start() if kept else len(before)
    cut_before = bool(text[line_start : near + first].strip())

    far = min(line_end, end + _REACH)
    after = text[end:far]
    words = list(_WORD.finditer(after))
    if far < line_end and len(words) > 1 and not text[far].isspace():
        words = words[:-1]
    kept = words[:context]
    last = kept[-1].end() if kept else 0
    cut_after = bool(text[end + last : line_end].strip())

    return Excerpt(
        ("… " if cut_before else "") + visible(before[first:]),
        visible(_ends(text[start:end])),
        visible(after[:last]) + (" …" if cut_after else ""),
    )


def visible(text: str) -> str:
    r"""The text with what cannot be seen, or would steer a terminal, written out.

    Control and format characters (escape sequences, zero-width and bidirectional marks, soft
    hyphens), line separators and lone surrogates become a sign or `\uXXXX`. Spaces of every
    width stay: French typography uses them.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char.isprintable() or unicodedata.category(char) not in _HIDDEN:
        return char
    return _NAMED.get(char) or (f"\\u{ord(char):04x}" if ord(char) < 0x10000 else _long(char))


def _long(char: str) -> str:
    return f"\\U{ord(char):08x}"


def _ends(found: str) -> str:
    words = list(_WORD.finditer(found))
    if len(words) <= _FOUND_WORDS:
        return found
    half = _FOUND_WORDS // 2
    return f"{found[: words[half - 1].end()]} […] {found[words[-half].start() :]}"
