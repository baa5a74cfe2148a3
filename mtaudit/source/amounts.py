"""What differs between the quantities of a stretch of French and those of its English.

Quantities are paired off, the surest way first: same value and unit, same amount in another unit,
a clock of twelve hours, rounding. What pairs tell by their units, and what is left on both sides,
are the differences. Translators round, convert, spell out and move numbers to the sentence beside;
all of that pairs off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from mtaudit.source.quantities import Quantity, read
from mtaudit.source.units import PERCENT, POINTS

Fault = Literal[
    "magnitude",
    "value",
    "clock",
    "currency-lost",
    "currency-changed",
    "percent-points",
    "unit-changed",
    "unit-kept",
    "degree-lost",
    "mixed-figures",
    "comma-kept",
    "point-kept",
    "lost",
    "invented",
]
FAULTS: Final[tuple[Fault, ...]] = get_args(Fault)

_SAME: Final = 1e-6
# Conversions are rounded to what reads well: 1,700 miles are « 2 700 km » or « près de 3 000 km ».
_CONVERTED: Final = 0.15
_POWERS: Final = (10.0, 100.0, 1e3, 1e6, 1e9)
_GROUPED: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?![\d]|[.,]\d)")
_COUNTS: Final = re.compile(r"\s(?:de\s(?!plus|moins|hausse|baisse)|d['’])")
_POINT_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)")
# Below this a number in words comes and goes with the wording (both, a pair, « les deux »).
_LEAST_WORDS: Final = 12
# Things that French measures in inches too, and heights that its pilots give in feet.
_KEPT_INCHES: Final = re.compile(
    r"\b(screen|display|monitor|tv|television|laptop|tablet|lcd|led|wheels?|tyres?|tires?|rims?|"
    r"discs?|disks?|vinyl|bikes?|pizza)\b",
    re.IGNORECASE,
)
_FLIGHT: Final = re.compile(
    r"\b(altitude|aircraft|flight|plane|airliner|sea level)\b", re.IGNORECASE
)
_WEIGHT: Final = re.compile(
    r"\s(?:of\s(?!debts?|tax|public|aid|cash|funding|damage|profits?)\w|heavier"
    r"|lighter|overweight|in weight)"
)
_WEIGHS: Final = re.compile(r"\b(weigh\w*|baby|newborn)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Difference:
    """Something said otherwise in the French.

    Attributes:
        english, french: The two quantities; one is None where a number was lost or invented.
        place: Where in the French a lost number belongs, in characters of the French.
    """

    fault: Fault
    english: Quantity | None
    french: Quantity | None
    place: int = 0


def differences(
    english: str, french: str, english_beside: tuple[str, ...], french_beside: tuple[str, ...]
) -> tuple[Difference, ...]:
    """What differs, in no order.

    Args:
        english, french: Two stretches that belong together.
        english_beside, french_beside: What stands before and after them: numbers move there.
    """
    left, right = read(english, "en"), read(french, "fr")
    if not left and not right:
        return ()
    pairs = _paired(left, right)
    found = [made for e, f in pairs for made in _of_pair(e, f, right, english, french)]
    found += _mixed(pairs)
    found += [made for e, f in pairs for made in _separators(e, f)]
    before_after = [q for text in french_beside for q in read(text, "fr")]
    rest_e = [
        e
        for e in left
        if not (_answered(e, pairs, 0) or _any_equal(e, right) or _moved(e, before_after))
    ]
    before_after = [q for text in english_beside for q in read(text, "en")]
    rest_f = [
        f
        for f in right
        if not (_answered(f, pairs, 1) or _any_equal(f, left) or _moved(f, before_after))
    ]
    rest_e = [e for e in rest_e if not e.weak]
    rest_f = [f for f in rest_f if not f.weak and f.text not in english]
    found += _changed(rest_e, rest_f)
    for e in rest_e:
        if _worth(e) and not _elsewhere(e, right, english, french):
            place = _place(e, pairs, len(english), len(french))
            found.append(Difference("lost", e, None, place))
    found += [
        Difference("invented", None, f)
        for f in rest_f
        if _worth(f) and f.figures and not _written(f, english) and not _aside(f, french)
    ]
    return tuple(found)


# Pairing off ------------------------------------------------------------------------------------


def _equal(e: Quantity, f: Quantity) -> bool:
    return any(abs(a - b) <= _SAME * max(abs(a), abs(b)) for a in e.values for b in f.values)


def _any_equal(one: Quantity, others: Sequence[Quantity]) -> bool:
    return any(_equal(one, other) for other in others)


def _moved(one: Quantity, beside: Sequence[Quantity]) -> bool:
    """Whether the sentence before or after has the number, counting the same."""
    return any(
        _equal(one, other) and (not (one.units and other.units) or _same_unit(one, other))
        for other in beside
    )


def _same_unit(e: Quantity, f: Quantity) -> bool:
    if not e.units or not f.units:
        return not e.units and not f.units
    return bool({unit.name for unit in e.units} & {unit.name for unit in f.units})


def _amount(e: Quantity, f: Quantity, tolerance: float) -> bool:
    """Whether both are one amount, in the same unit or in two that French does not convert."""
    return any(
        abs(x * a.factor - y * b.factor) <= tolerance * max(x * a.factor, y * b.factor)
        for a in e.units
        for b in f.units
        if a.dimension == b.dimension and a.factor and b.factor and not a.imperial
        for x in e.values
        for y in f.values
        if x and y
    )


def _converted(e: Quantity, f: Quantity) -> bool:
    """Whether the French gives an English measure in a metric one."""
    for a in e.units:
        if not a.imperial:
            continue
        for b in f.units:
            if b.imperial or b.dimension != a.dimension:
                continue
            for x in e.values:
                for y in f.values:
                    if a.name == "F":
                        # A temperature, or a difference of temperatures.
                        if min(abs((x - 32) / 1.8 - y), abs(x / 1.8 - y)) <= 1.5:
                            return True
                    elif abs(x * a.factor - y * b.factor) <= _CONVERTED * x * a.factor:
                        return True
    return False


def _twelve_hours(e: Quantity, f: Quantity) -> bool:
    hourly = e.form == "clock" or any(unit.name in ("hour", "clock") for unit in f.units)
    return hourly and any(abs(abs(a - b) - 12) < _SAME for a in e.values for b in f.values)


def _point_clock(written: Quantity, clock: Quantity) -> bool:
    """Whether "20.45" is the hour « 20 h 45 »."""
    match = _POINT_CLOCK.fullmatch(written.text[: written.core - written.start])
    if clock.form != "clock" or match is None:
        return False
    hour = float(match[1]) + float(match[2]) / 60
    return any(abs(value - hour) % 12 < _SAME for value in clock.values)


def _months(years: Quantity, months: Quantity) -> bool:
    """Whether "a year and a half" are « 18 mois », whose unit stands farther off."""
    yearly = any(unit.name == "year" for unit in years.units)
    return yearly and any(abs(a * 12 - b) < _SAME for a in years.values for b in months.values)


def _rounded(e: Quantity, f: Quantity) -> bool:
    """« près de 20 % » for 19.8 %."""
    return any(
        max(a, b) >= 10
        and abs(a - b) <= 0.05 * max(a, b)
        and len(_significant(b)) < len(_significant(a))
        for a in e.values
        for b in f.values
    )


def _estimated(e: Quantity, f: Quantity) -> bool:
    """« des milliers » for a number of thousands, "scores" for « des dizaines »."""
    if "vague" not in (e.form, f.form) or not (e.values[0] and f.values[0]):
        return False
    ratio = max(e.values[0], f.values[0]) / min(e.values[0], f.values[0])
    return ratio < 100


def _significant(value: float) -> str:
    return f"{value:.10g}".split("e")[0].replace(".", "").strip("0")


_WAYS: Final[tuple[Callable[[Quantity, Quantity], bool], ...]] = (
    lambda e, f: _equal(e, f) and _same_unit(e, f) and e.form == f.form,
    lambda e, f: _equal(e, f) and _same_unit(e, f),
    lambda e, f: _amount(e, f, 0.01),
    lambda e, f: _equal(e, f) and not (e.units and f.units),
    _converted,
    _equal,
    lambda e, f: _amount(e, f, 0.08),
    lambda e, f: _point_clock(e, f) or _point_clock(f, e) or _months(e, f) or _months(f, e),
    lambda e, f: _rounded(e, f) or _estimated(e, f),
)


def _paired(left: Sequence[Quantity], right: Sequence[Quantity]) -> list[tuple[Quantity, Quantity]]:
    pairs: list[tuple[Quantity, Quantity]] = []
    free_e, free_f = list(enumerate(left)), list(enumerate(right))
    for way in _WAYS:
        for i, e in list(free_e):
            fits = [(j, f) for j, f in free_f if way(e, f)]
            if not fits:
                continue
            share = i / len(left)
            j, f = min(fits, key=lambda item: abs(item[0] / len(right) - share))
            pairs.append((e, f))
            free_e.remove((i, e))
            free_f.remove((j, f))
    return pairs


def _answered(one: Quantity, pairs: Sequence[tuple[Quantity, Quantity]], side: int) -> bool:
    return any(pair[side] is one for pair in pairs)


# What pairs tell --------------------------------------------------------------------------------


def _money(quantity: Quantity) -> set[str]:
    return {unit.name for unit in quantity.units if unit.dimension == "money"}


def _of_pair(
    e: Quantity, f: Quantity, right: Sequence[Quantity], english: str, french: str
) -> Iterator[Difference]:
    """What differs in the units of two numbers of one value."""
    if _imperial(e, english) and _same_unit(e, f):
        if not _metric_too(e, right):
            yield Difference("unit-kept", e, f)
        return
    if _amount(e, f, 0.08) or _converted(e, f):
        return
    money = _money(e), _money(f)
    if money[0] and len(money[0]) == len(e.units):
        everywhere = {name for quantity in right for name in _money(quantity)}
        if money[0] & everywhere or "cent" in money[0] | everywhere or _euro_countries(e):
            return
        if money[1]:
            yield Difference("currency-changed", e, f)
        elif f.units:
            yield Difference("unit-changed", e, f)
        elif f.magnitude < 1e6 or _COUNTS.match(french[f.end :]):
            # « 4 milliards pour le métro » goes without saying, « 90, pour les enfants » does not.
            yield Difference("currency-lost", e, f)
        return
    if (PERCENT in e.units and POINTS in f.units) or (POINTS in e.units and PERCENT in f.units):
        yield Difference("percent-points", e, f)
        return
    if "vague" in (e.form, f.form):
        return
    if not f.units:
        if any(unit.name in ("C", "F") for unit in e.units):
            yield Difference("degree-lost", e, f)
        return
    if not e.units or _same_unit(e, f):
        return
    dimensions = {unit.dimension for unit in (*e.units, *f.units)}
    if dimensions & {"time", "money"} or any(
        unit.name == "degree" for unit in (*e.units, *f.units)
    ):
        return
    yield Difference("unit-changed", e, f)


def _imperial(e: Quantity, english: str) -> bool:
    """Whether an English quantity is a measure that French news converts."""
    if e.weak or not e.units:
        return False
    names = {unit.name for unit in e.units if unit.imperial}
    weight = _WEIGHT.match(english[e.end :]) or _WEIGHS.search(english)
    if "pound" in names and _money(e) and not weight:
        return False  # pounds of money bear the same name
    if "inch" in names and _KEPT_INCHES.search(english[max(0, e.start - 40) : e.end + 30]):
        return False
    return bool(names) and not ("foot" in names and _FLIGHT.search(english))


def _metric_too(e: Quantity, right: Sequence[Quantity]) -> bool:
    """Whether the French gives the same measure in metric units beside the English ones."""
    return any(_converted(e, f) for f in right)


def _euro_countries(e: Quantity) -> bool:
    """« the 17 Euro countries » counts countries, not money."""
    name = e.text[e.core - e.start :].strip(" -").lower()
    return name.isalpha() and not name.endswith("s") and e.magnitude == 1


def _mixed(pairs: Sequence[tuple[Quantity, Quantity]]) -> Iterator[Difference]:
    """Words and figures for two numbers of one size that English writes in words."""
    both = [(e, f) for e, f in pairs if not e.figures and e.magnitude >= 1e3 and e.form != "vague"]
    for e, f in both:
        if f.figures and any(
            not written.figures and said.magnitude == e.magnitude for said, written in both
        ):
            yield Difference("mixed-figures", e, f)


def _separators(e: Quantity, f: Quantity) -> Iterator[Difference]:
    """An English thousands comma that French reads as a decimal; a point in its place."""
    said, written = _GROUPED.search(e.text), _GROUPED.search(f.text)
    if said is None or written is None or not _equal(e, f):
        return
    if said[0] == written[0] and "," in said[0]:
        if e.magnitude < 1e6:  # "6,925 million" has a decimal comma itself
            yield Difference("comma-kept", e, f)
    elif "." in written[0] and said[0].replace(",", ".") == written[0]:
        yield Difference("point-kept", e, f)


# What is left on both sides ---------------------------------------------------------------------


def _changed(rest_e: list[Quantity], rest_f: list[Quantity]) -> Iterator[Difference]:
    """Pairs up what has no equal on the other side, and takes it out of the lists."""
    ways: tuple[tuple[Fault, Callable[[Quantity, Quantity], bool]], ...] = (
        ("magnitude", _magnitudes_apart),
        ("clock", _twelve_hours),
        ("value", _one_thing),
    )
    for fault, way in ways:
        for e in list(rest_e):
            for f in rest_f:
                if _swapped(e, f):
                    rest_e.remove(e)
                    rest_f.remove(f)
                    break
                if way(e, f):
                    rest_e.remove(e)
                    rest_f.remove(f)
                    yield Difference(fault, e, f)
                    break
    if len(rest_e) == len(rest_f) == 1 and _alike(rest_e[0], rest_f[0]):
        yield Difference("value", rest_e.pop(), rest_f.pop())


def _magnitudes_apart(e: Quantity, f: Quantity) -> bool:
    """Whether one is the other times ten, a hundred, a thousand, a million ..."""
    if {e.form, f.form} & {"clock", "ordinal", "decade", "fraction"}:
        return False
    return any(
        abs(max(a, b) / min(a, b) - power) < _SAME * power
        for a in e.values
        for b in f.values
        if a and b
        for power in _POWERS
    )


def _one_thing(e: Quantity, f: Quantity) -> bool:
    """Whether two different numbers count the same unit."""
    if e.form == "vague" or f.form == "vague":
        return False
    return bool(e.units) and _same_unit(e, f)


def _alike(e: Quantity, f: Quantity) -> bool:
    """Whether the last number on either side may stand for the other."""
    forms = {e.form, f.form}
    if len(forms) > 1 or forms & {"vague", "fraction"}:
        return False
    return not (e.units and f.units)


def _swapped(e: Quantity, f: Quantity) -> bool:
    """A slip in the source that the translation mended: 2102 for 2012."""
    years = f.figures and 1900 < f.values[0] < 2100
    return years and sorted(e.text) == sorted(f.text)


def _worth(quantity: Quantity) -> bool:
    """Whether nobody drops or adds the number for the sake of wording."""
    if quantity.form not in ("cardinal", "decade", "clock") or quantity.values[0] in (0, 1):
        return False
    in_words = quantity.values[0] > _LEAST_WORDS and quantity.form == "cardinal"
    return quantity.figures or in_words


def _written(quantity: Quantity, text: str) -> bool:
    """Whether the other text has the same figures, in a name or in a form that was not read."""
    digits = re.match(r"\d+", quantity.text.lstrip("$€£¥USCA "))
    return digits is not None and re.search(rf"(?<!\d){digits[0]}(?!\d)", text) is not None


def _elsewhere(e: Quantity, right: Sequence[Quantity], english: str, french: str) -> bool:
    """Whether the French says a number of the English in a way that leaves the number out."""
    score = ":" in (english[e.start - 1 : e.start], english[e.end : e.end + 1])
    year = e.figures and 1900 < e.values[0] < 2100
    short_year = year and re.search(rf"-{int(e.values[0]) % 100:02}\b", french)
    # « quinquagénaire » for a man of 55.
    age = e.values[0] // 10 * 10
    aged = any(f.weak and f.text.endswith("naire") and f.values[0] == age for f in right)
    in_metres = any(_converted(e, f) for f in right)
    return bool(
        score or short_year or aged or in_metres or _aside(e, english) or _written(e, french)
    )


def _aside(quantity: Quantity, text: str) -> bool:
    """A sum in brackets: converted for the readers of one language, and not for the other's."""
    before = text[max(0, quantity.start - 12) : quantity.start]
    return bool(_money(quantity)) and "(" in before


def _place(
    e: Quantity, pairs: Sequence[tuple[Quantity, Quantity]], long_e: int, long_f: int
) -> int:
    """Where a lost number belongs: between the numbers that its neighbours became."""
    before = max(((p.end, f.end) for p, f in pairs if p.end <= e.start), default=(0, 0))
    after = min(
        ((p.start, f.start) for p, f in pairs if p.start >= e.end), default=(long_e, long_f)
    )
    if after[1] <= before[1]:
        before, after = (0, 0), (long_e, long_f)
    share = (e.start - before[0]) / max(1, after[0] - before[0])
    return int(before[1] + share * (after[1] - before[1]))
