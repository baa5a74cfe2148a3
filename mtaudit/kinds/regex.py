"""Rules of kind `regex`: RE2 expressions on the text of an article, in linear time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from mtaudit.annotate import Annotated
from mtaudit.french.inflect import mend_seams
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule

_CLASS: Final = {"w": r"\pL\pN_", "s": r"\s\x{00A0}\x{202F}"}
_GROUP: Final = re.compile(r"\\(\d)")
_OUTSIDE: Final = r"[^\pL\pN_]"
_WHOLE_NAME: Final = "whole"
_STEP: Final = 1_000  # characters
_WHOLE: Final = 1  # the group of that name is the first to open


class Encoded:
    """A text as RE2 reads it, encoded once for all expressions.

    The package's own way with `str` encodes the text again for each search and so takes quadratic
    time (99 s for 36,000 words with 50 matches in a thousand, measured).
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.data = text.encode("utf-8")
        pieces = [text[at : at + _STEP] for at in range(0, len(text), _STEP)]
        self._marks = [0, *accumulate(len(piece.encode("utf-8")) for piece in pieces)]

    def character(self, byte: int) -> int:
        """The offset in characters of an offset in bytes."""
        if len(self.data) == len(self.text):
            return byte
        piece = bisect_right(self._marks, byte, hi=len(self._marks) - 1) - 1
        rest = self.data[self._marks[piece] : byte]
        return piece * _STEP + len(rest.decode("utf-8"))


@dataclass(frozen=True)
class Match:
    """A match; its spans are offsets in characters."""

    found: Any
    encoded: Encoded

    def span(self, group: int) -> tuple[int, int]:
        """Start and end of a group, (-1, -1) where it took no part."""
        start, end = self.found.span(group)
        if start < 0:
            return -1, -1
        return self.encoded.character(start), self.encoded.character(end)

    def group(self, group: int) -> str:
        """The text of a group, empty where it took no part."""
        return (self.found.group(group) or b"").decode("utf-8")


@dataclass(frozen=True)
class Expression:
    """A compiled expression whose group `whole` holds the match without the edges around it.

    Attributes:
        right: It ends in an edge, a character that is no part of a word.
        flag: The number of the group `flag`, which holds what is to be flagged; None without one.
    """

    compiled: Any
    right: bool
    flag: int | None

    def finditer(self, encoded: Encoded) -> Iterator[tuple[int, int, Match]]:
        """Yields start, end and the match, from left to right, none of them empty."""
        data = encoded.data
        for found in self._matches(data) if self.right else self.compiled.finditer(data):
            start, end = found.span(_WHOLE)
            if start < end:
                yield encoded.character(start), encoded.character(end), Match(found, encoded)

    def _matches(self, data: bytes) -> Iterator[Any]:
        """The mark that closes one match may open the next: goes on behind the match itself."""
        found = self.compiled.search(data)
        while found is not None:
            yield found
            position = found.end(_WHOLE)
            if position == found.start(_WHOLE):
                position += 1
                while position < len(data) and data[position] & 0xC0 == 0x80:
                    position += 1  # not into the middle of a character
            found = self.compiled.search(data, position)


def compile_expression(text: str) -> Expression:
    """Compiles an expression with Unicode words: RE2's own `\\w`, `\\s` and `\\b` know ASCII only.

    `\\b` is Unicode-aware at the two ends of the expression, where rules need it; RE2 cannot look
    around, so a character that is no part of a word (or the text's end) is matched there.

    Raises:
        re2.error: The expression is wrong.
    """
    import re2

    flags, body = re.fullmatch(r"(?s)((?:\(\?[ims]+\))?)(.*)", text).groups()  # type: ignore[union-attr]
    left = body.startswith(r"\b")
    right = body.endswith(r"\b") and not body.endswith(r"\\b")
    body = body[2:] if left else body
    body = body[:-2] if right else body
    edged = f"(?P<{_WHOLE_NAME}>{_unicode(body)})"
    if left:
        edged = rf"(?:\A|{_OUTSIDE})" + edged
    if right:
        edged += rf"(?:\z|{_OUTSIDE})"
    options = re2.Options()
    options.log_errors = False
    compiled = re2.compile(flags + edged, options)
    return Expression(compiled, right, compiled.groupindex.get("flag"))


def _unicode(body: str) -> str:
    made = ""
    inside = False
    i = 0
    while i < len(body):
        char = body[i]
        if char == "\\" and i + 1 < len(body):
            following = body[i + 1]
            lower = following.lower()
            if lower in _CLASS and (following == lower or not inside):
                inner = _CLASS[lower]
                if following != lower:
                    made += f"[^{inner}]"
                else:
                    made += inner if inside else f"[{inner}]"
            else:
                made += char + following
            i += 2
            continue
        if char == "[" and not inside:
            inside = True
        elif char == "]" and inside and body[i - 1] not in "[^":
            inside = False
        made += char
        i += 1
    return made


class RegexMatcher:
    """All regex rules, compiled."""

    def __init__(self, rules: Sequence[Rule], resources: Resources) -> None:
        import re2

        self.expressions: list[tuple[Rule, Expression]] = []
        self.unless: dict[str, list[Expression]] = {}
        for rule in rules:
            for key in ("match", "unless"):
                for text in getattr(rule, key):
                    try:
                        expression = compile_expression(text)
                    except re2.error as error:
                        message = error.args[0] if error.args else error
                        if isinstance(message, bytes):
                            message = message.decode()
                        raise rule.error(
                            f"the expression {text!r} is wrong: {message}",
                            "pattern" if key == "match" else key,
                            hint="RE2 has neither look-around nor back-references",
                        ) from error
                    if key == "match":
                        _check_suggestions(rule, expression.compiled.groups - _WHOLE)
                        self.expressions.append((rule, expression))
                    else:
                        self.unless.setdefault(rule.id, []).append(expression)

    def check(self) -> None:
        """All are compiled from the beginning."""

    def asks(self, annotated: Annotated) -> set[int]:
        """None: no rule of this kind needs syntax."""
        return set()

    def hits(self, annotated: Annotated) -> Iterator[Hit]:
        """One hit per match that stands in a section of the rule and no antipattern overlaps."""
        encoded = annotated.once(Encoded, lambda: Encoded(annotated.text))
        for rule, expression in self.expressions:
            excused: list[tuple[int, int]] | None = None
            for first, last, match in expression.finditer(encoded):
                start, end = match.span(expression.flag) if expression.flag else (first, last)
                if start < 0 or start == end:
                    continue
                if annotated.section_at(start) not in rule.sections:
                    continue
                if excused is None:
                    excused = self._excused(rule, encoded)
                if _overlaps(excused, first, last):
                    continue
                yield Hit(rule, start, end, tuple(_suggestions(rule, match)))

    def _excused(self, rule: Rule, encoded: Encoded) -> list[tuple[int, int]]:
        """What the antipatterns of a rule match, from left to right; overlaps are made one."""
        spans: list[tuple[int, int]] = []
        for first, last in sorted(
            (first, last)
            for antipattern in self.unless.get(rule.id, ())
            for first, last, _ in antipattern.finditer(encoded)
        ):
            if spans and first < spans[-1][1]:
                spans[-1] = spans[-1][0], max(last, spans[-1][1])
            else:
                spans.append((first, last))
        return spans


def _overlaps(spans: Sequence[tuple[int, int]], first: int, last: int) -> bool:
    """Whether one of the spans, which are apart and in order, overlaps another one."""
    at = bisect_left(spans, (last, 0)) - 1
    return at >= 0 and spans[at][1] > first


def _suggestions(rule: Rule, match: Match) -> Iterator[str]:
    for template in rule.suggest:
        # Numbers count the groups that the rule wrote, behind the one around them all.
        filled = _GROUP.sub(lambda part: match.group(int(part.group(1)) + _WHOLE), template)
        yield mend_seams(filled) if filled != template else filled


def _check_suggestions(rule: Rule, groups: int) -> None:
    for template in rule.suggest:
        for number in _GROUP.findall(template):
            if not 0 < int(number) <= groups:
                raise rule.error(
                    f"the suggestion {template!r} repeats group {number}",
                    "suggest",
                    expected=f"a number from 1 to {groups}"
                    if groups
                    else "no group: there is none",
                )
