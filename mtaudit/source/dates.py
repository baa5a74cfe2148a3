"""Months and days of the week of the English that the French gives as others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_MONTHS: Final = (
    ("January", "Jan", "janvier"),
    ("February", "Feb", "février"),
    ("March", "Mar", "mars"),
    ("April", "Apr", "avril"),
    ("May", "May", "mai"),
    ("June", "Jun", "juin"),
    ("July", "Jul", "juillet"),
    ("August", "Aug", "août"),
    ("September", "Sept?", "septembre"),
    ("October", "Oct", "octobre"),
    ("November", "Nov", "novembre"),
    ("December", "Dec", "décembre"),
)
_DAYS: Final = (
    ("Monday", "Mon", "lundi"),
    ("Tuesday", "Tues?", "mardi"),
    ("Wednesday", "Wed", "mercredi"),
    ("Thursday", "Thurs?", "jeudi"),
    ("Friday", "Fri", "vendredi"),
    ("Saturday", "Sat", "samedi"),
    ("Sunday", "Sun", "dimanche"),
)
# « May » and « March » are words of other kinds too: a number or a preposition shows the month.
_SURE: Final = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|of|last|this|next|since|until|till|by|early|late|mid|during|from|"
    r"to|between|and|every|each))[\s-]$",
    re.IGNORECASE,
)
# The night from Saturday to Sunday belongs to Saturday in English, to Sunday in much of French.
_NIGHT: Final = re.compile(r"\b(?:night|overnight|morning|hours|midnight|day after)\b")
_NUMBER_AFTER: Final = re.compile(r"\.?\s\d")


def _english(names: Sequence[tuple[str, str, str]]) -> re.Pattern[str]:
    ways = "|".join(f"(?P<d{i}>{full}|{short}\\.)" for i, (full, short, _) in enumerate(names))
    return re.compile(rf"\b(?:{ways})(?!\w)")


def _french(names: Sequence[tuple[str, str, str]]) -> re.Pattern[str]:
    # « mais » is no plural of « mai ».
    plural = "s?" if names is _DAYS else ""
    ways = "|".join(f"(?P<d{i}>{name}{plural})" for i, (_, _, name) in enumerate(names))
    return re.compile(rf"\b(?:{ways})(?!\w)", re.IGNORECASE)


_KINDS: Final = (
    (_MONTHS, _english(_MONTHS), _french(_MONTHS)),
    (_DAYS, _english(_DAYS), _french(_DAYS)),
)


@dataclass(frozen=True)
class ChangedDate:
    """A month or day in the French, half-open in its characters, and what should stand there."""

    start: int
    end: int
    right: str
    english: str


def changed_dates(
    english: str, french: str, english_beside: Sequence[str], french_beside: Sequence[str]
) -> Iterator[ChangedDate]:
    """Months and days of the French that the English does not name, where it names others."""
    for names, of_english, of_french in _KINDS:
        right = _named(of_english, english, sure=True)
        written = [(index, match) for index, match in _found(of_french, french)]
        if not right or not written:
            continue
        may_be = set().union(*(_named(of_english, text, sure=False) for text in english_beside), ())
        may_be |= _named(of_english, english, sure=False)
        there = {index for index, _ in written}
        there |= {i for text in french_beside for i, _ in _found(of_french, text)}
        lost = [index for index in right if index not in there]
        strange = [match for index, match in written if index not in may_be]
        # One for one, or nobody can tell which stands for which.
        if len(lost) == 1 and len({match[0].lower() for match in strange}) == 1:
            name = names[lost[0]]
            following = _DAYS[(lost[0] + 1) % len(_DAYS)][2]
            if names is _DAYS and strange[0][0].lower() == following and _NIGHT.search(english):
                continue
            for match in strange:
                yield ChangedDate(match.start(), match.end(), name[2], name[0])


def _found(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    for match in pattern.finditer(text):
        yield int((match.lastgroup or "d0")[1:]), match


def _named(pattern: re.Pattern[str], text: str, *, sure: bool) -> set[int]:
    """The months or days that a text names; `sure` leaves out what may be another word."""
    found = set()
    for index, match in _found(pattern, text):
        if sure and match[0] in ("May", "March", "Sun.", "Sat.", "Mar."):
            before = text[max(0, match.start() - 9) : match.start()]
            if not (_SURE.search(before) or _NUMBER_AFTER.match(text, match.end())):
                continue
        found.add(index)
    return found
