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


@dataclass(frozen=True)
class Expression:
    """A compiled expression; `left` and `right` ask for a word's edge at its ends."""

    compiled: Any
    left: bool
    right: bool

    def finditer(self, text: str) -> Iterator[Any]:
        """Matches at whose ends the asked word edges are."""
        for match in self.compiled.finditer(text):
            start, end = match.span()
            if start == end:
                continue
            if self.left and start > 0 and _word(text[start - 1]) and _word(text[start]):
                continue
            if self.right and end < len(text) and _word(text[end]) and _word(text[end - 1]):
                continue
            yield match


def compile_expression(text: str) -> Expression:
    """Compiles an expression with Unicode words: RE2's own `\\w`, `\\s` and `\\b` know ASCII only.

    `\\b` is Unicode-aware at the two ends of the expression, where rules need it.

    Raises:
        re2.error: The expression is wrong.
    """
    import re2

    flags, body = re.fullmatch(r"(?s)((?:\(\?[ims]+\))?)(.*)", text).groups()  # type: ignore[union-attr]
    left = body.startswith(r"\b")
    right = body.endswith(r"\b") and not body.endswith(r"\\b")
    body = body[2:] if left else body
    body = body[:-2] if right else body
    options = re2.Options()
    options.log_errors = False
    return Expression(re2.compile(flags + _unicode(body), options), left, right)


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


def _word(char: str) -> bool:
    return char.isalnum() or char == "_"


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
                        self.expressions.append((rule, expression))
                    else:
                        self.unless.setdefault(rule.id, []).append(expression)

    def hits(self, annotated: Annotated) -> Iterator[Hit]:
        """One hit per match that stands in a section of the rule and no antipattern overlaps."""
        text = annotated.article.text
        for rule, expression in self.expressions:
            for match in expression.finditer(text):
                group = match.re.groupindex.get("flag", 0)
                start, end = match.span(group)
                if start < 0 or start == end:
                    continue
                if annotated.section_at(start) not in rule.sections:
                    continue
                if any(
                    other.start() < match.end() and other.end() > match.start()
                    for antipattern in self.unless.get(rule.id, ())
                    for other in antipattern.finditer(text)
                ):
                    continue
                yield Hit(rule, start, end, tuple(_suggestions(rule, match)))


def _suggestions(rule: Rule, match: Any) -> Iterator[str]:
    for template in rule.suggest:
        filled = _GROUP.sub(lambda part: match.group(int(part.group(1))) or "", template)
        yield mend_seams(filled) if filled != template else filled
