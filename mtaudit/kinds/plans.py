"""How patterns are found, worked out by an earlier run: so a pattern is parsed at its first
candidate only, and most never are.

A plan follows from the pattern's text, the lexicon and the code alone. Whoever keeps plans keeps
them under a digest of these, and only of patterns that could be compiled.
"""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

__all__ = ["Lead", "Plan", "Plans"]

# What other rule folders or earlier states of a rule left behind is dropped beyond so many.
_MOST: Final = 20_000


class Lead(NamedTuple):
    """Words of which a match holds one, `least` to `most` tokens from where one counts."""

    forms: frozenset[str]
    least: int
    most: int
    frequency: float


class Plan(NamedTuple):
    """Where to look for a pattern.

    Attributes:
        leads: Ways to find it, of which every match has one: words of which it holds one, and
            more words of which it holds one, counted from the first; None for no second word.
        width: The most tokens that a match takes.
        tagged: Whether the pattern names parts of speech that only the sentence can tell.
    """

    leads: tuple[tuple[Lead, Lead | None], ...]
    width: int
    tagged: bool


class Plans:
    """Plans by the text of the pattern; new ones are added as patterns are compiled."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Any]] = {}
        self._forms: list[str] = []
        self._sets: dict[int, frozenset[str]] = {}
        self._used: dict[str, Plan] = {}
        self.grown = False

    def get(self, text: str) -> Plan | None:
        """The plan of a pattern, where there is one."""
        plan = self._used.get(text)
        if plan is None and text in self._rows:
            width, tagged, leads = self._rows[text]
            pairs = tuple([(self._lead(a), b and self._lead(b)) for a, b in leads])
            plan = Plan(pairs, width, tagged)
            self._used[text] = plan
        return plan

    def add(self, text: str, plan: Plan) -> None:
        """Keeps the plan of a pattern that was compiled."""
        self._used[text] = plan
        self.grown = True

    def _lead(self, row: list[Any]) -> Lead:
        number, least, most, frequency = row
        forms = self._sets.get(number)
        if forms is None:
            forms = self._sets[number] = frozenset(self._forms[number].split("\n"))
        return Lead(forms, least, most, frequency)

    def encode(self) -> bytes:
        """All plans as JSON; those alone that were used where there are too many."""
        if len(self._rows.keys() | self._used.keys()) <= _MOST:
            for text in self._rows:
                self.get(text)
        numbers: dict[frozenset[str], int] = {}

        def row(lead: Lead | None) -> list[Any] | None:
            if lead is None:
                return None
            return [numbers.setdefault(lead.forms, len(numbers)), *lead[1:]]

        rows = {
            text: [
                plan.width,
                plan.tagged,
                [[row(first), row(second)] for first, second in plan.leads],
            ]
            for text, plan in self._used.items()
        }
        forms = ["\n".join(sorted(each)) for each in numbers]
        return json.dumps([forms, rows], separators=(",", ":")).encode()

    @classmethod
    def decode(cls, data: bytes) -> Plans:
        """Plans that were encoded.

        Raises:
            ValueError, TypeError: They are none.
        """
        made = cls()
        made._forms, made._rows = json.loads(data)
        return made
