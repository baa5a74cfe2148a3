"""Figures, words and marks of a text, as far as numbers are read from them."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

Language = Literal["en", "fr"]

SPACES: Final = " \u00a0\u202f\u2009"
SIGNS: Final = frozenset("$€£¥")
HYPHENS: Final = frozenset("-‑–")
_TOKEN: Final = re.compile(
    # « 0, 5 % » is a slip of the keyboard; in « 2010, 20 % » two numbers meet.
    r"(?P<figure>(?<!\d)\d{1,2},[ ]\d+(?=\s?%)"
    rf"|(?<![\d.,])\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?:[.,]\d+)?(?!\d)"
    r"|\d+(?:[.,'’]\d+)*)"
    r"|(?P<word>[^\W\d_]+)|(?P<mark>[^\w\s]|_)"
)


class Token(NamedTuple):
    """A figure, word or mark; `glued` says that nothing stands between it and the one before."""

    start: int
    end: int
    text: str
    norm: str
    kind: str
    glued: bool


class Tokens:
    """The tokens of a text; indices may lie outside of it, where nothing stands."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language: Language = language
        self.english = language == "en"
        self.all: list[Token] = []
        before = -1
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            word = match.group()
            kind = match.lastgroup or ""
            self.all.append(Token(start, end, word, word.lower(), kind, start == before))
            before = end

    def norm(self, i: int) -> str:
        """The token in lower case."""
        return self.all[i].norm if 0 <= i < len(self.all) else ""

    def kind(self, i: int) -> str:
        """Whether it is a `figure`, a `word` or a `mark`."""
        return self.all[i].kind if 0 <= i < len(self.all) else ""

    def glued(self, i: int) -> bool:
        """Whether nothing stands before it."""
        return 0 <= i < len(self.all) and self.all[i].glued

    def words(self, i: int, count: int) -> tuple[str, ...]:
        """So many tokens in a row, in lower case."""
        return tuple(self.norm(k) for k in range(i, i + count))

    def hyphen(self, i: int) -> bool:
        """Whether a hyphen joins what stands on both sides of it."""
        return self.norm(i) in HYPHENS and self.glued(i) and self.glued(i + 1)

    def past_hyphen(self, i: int) -> int:
        """Behind a hyphen, where one stands."""
        return i + 1 if self.hyphen(i) else i

    def past_of(self, i: int) -> int:
        """Behind « de », « d' », "of" and "of a", where one stands."""
        if self.norm(i) == "of":
            return i + 1 + (self.norm(i + 1) in ("a", "an"))
        if self.norm(i) == "d" and self.norm(i + 1) in ("'", "’"):
            return i + 2
        return i + 1 if self.norm(i) == "de" else i
