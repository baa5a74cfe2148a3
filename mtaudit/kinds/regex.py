"""Rules of kind `regex`: RE2 expressions on the text of an article, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mtaudit.annotate import Annotated
from mtaudit.french.inflect import mend_seams
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule

_CLASS: Final = {"w": r"\pL\pN_", "s": r"\s\x{00A0}\x{202F}"}
_GROUP: Final = re.compile(r"\\(\d)")
_OUTSIDE: Final = r"[^\pL\pN_]"
_WHOLE_NAME: Final = "whole"
_WHOLE: Final = 1  # the group of that name is the first to open


@dataclass(frozen=True)
class Expression:
    """A compiled expression whose group `whole` holds the match without the edges around it."""

    compiled: Any
    right: bool

    def finditer(self, text: str) -> Iterator[tuple[int, int, Any]]:
        """Yields start, end and the match object, from left to right, none of them empty."""
        for match in self._matches(text) if self.right else self.compiled.finditer(text):
            start, end = match.span(_WHOLE)
            if start < end:
                yield start, end, match

    def _matches(self, text: str) -> Iterator[Any]:
        """The mark that closes one match may open the next: goes on behind the match itself."""
        match = self.compiled.search(text)
        while match is not None:
            yield match
            position = max(match.end(_WHOLE), match.start(_WHOLE) + 1)
            match = self.compiled.search(text, position)


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
    return Expression(re2.compile(flags + edged, options), right)


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
        text = annotated.text
        for rule, expression in self.expressions:
            for first, last, match in expression.finditer(text):
                named = match.re.groupindex.get("flag")
                start, end = match.span(named) if named else (first, last)
                if start < 0 or start == end:
                    continue
                if annotated.section_at(start) not in rule.sections:
                    continue
                if any(
                    other_first < last and other_last > first
                    for antipattern in self.unless.get(rule.id, ())
                    for other_first, other_last, _ in antipattern.finditer(text)
                ):
                    continue
                yield Hit(rule, start, end, tuple(_suggestions(rule, match)))


def _suggestions(rule: Rule, match: Any) -> Iterator[str]:
    for template in rule.suggest:
        # Numbers count the groups that the rule wrote, behind the one around them all.
        filled = _GROUP.sub(lambda part: match.group(int(part.group(1)) + _WHOLE) or "", template)
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
