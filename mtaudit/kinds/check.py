"""Rules of kind `check`: functions for what no pattern can say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks import ASKS, CHECKS
from mtaudit.rulebook import Rule


class CheckMatcher:
    """All check rules, each bound to its function."""

    def __init__(self, rules: Sequence[Rule], resources: Resources) -> None:
        self.resources = resources
        self.rules = rules
        for rule in rules:
            if rule.check not in CHECKS:
                raise rule.error(
                    f"there is no check {rule.check!r}",
                    "check",
                    expected=f"one of {', '.join(sorted(CHECKS))}",
                )

    def check(self) -> None:
        """All are compiled from the beginning."""

    def asks(self, annotated: Annotated) -> set[int]:
        """The sentences that the checks which read syntax will look at."""
        return {
            index
            for rule in self.rules
            if rule.check in ASKS
            for index in ASKS[rule.check](annotated, self.resources)
        }

    def hits(self, annotated: Annotated) -> Iterator[Hit]:
        """What the checks find, in the sections of their rules."""
        for rule in self.rules:
            for hit in CHECKS[rule.check](annotated, rule, self.resources):
                if annotated.section_at(hit.start) in rule.sections:
                    yield hit
