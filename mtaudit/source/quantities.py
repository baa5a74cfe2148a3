"""Reads the quantities of an English or a French text into values that can be compared.

A quantity is a number in figures or words with what belongs to it: magnitude, currency, unit,
per cent, the hour of a clock. « 27,5 milliards d'euros » and "27.5 thousand million euros" come
to the same value and unit. Where a form is ambiguous ("1.234", "at 11 o'clock") a quantity has
several values, the likeliest first; whoever compares takes any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from mtaudit.source.clock import clock, o_clock
from mtaudit.source.number_words import (
    DECADES,
    FRACTIONS,
    LETTERS,
    LETTERS_BEFORE_SIGN,
    MAGNITUDES,
    ORDINAL_SUFFIXES,
    ORDINALS,
    VAGUE,
    WEAK,
    cardinal,
    ordinal_end,
    roman,
)
from mtaudit.source.tokens import HYPHENS, SIGNS, SPACES, Language, Tokens
from mtaudit.source.units import CLOCK, CODE, UNITS, Unit, sign_before, unit_after

Form = Literal["cardinal", "ordinal", "decade", "clock", "fraction", "vague"]


@dataclass(frozen=True)
class Quantity:
    """A number of a text and what it says.

    Attributes:
        start, end: Half-open, in characters of the text read, with sign and unit.
        core: Where number and magnitude end, before the unit.
        values: What it may stand for, the likeliest first, magnitude included.
        units: What it may count, empty where nothing is named.
        figures: Whether it is written in figures.
        weak: Whether languages add and drop it freely (one, first, a couple, half) or it is part
            of a name: it can answer for another quantity and is never missed itself.
        magnitude: The factor of its magnitude words (million, k), 1 without such.
    """

    start: int
    end: int
    core: int
    text: str
    values: tuple[float, ...]
    units: tuple[Unit, ...] = ()
    form: Form = "cardinal"
    figures: bool = True
    weak: bool = False
    magnitude: float = 1.0


@lru_cache(maxsize=512)
def read(text: str, language: Language) -> tuple[Quantity, ...]:
    """The quantities of a text in reading order; names such as G20 and F-16 are none."""
    return tuple(_neighbours(text, _summed(text, list(_Reader(text, language).quantities()))))


def figure_values(figure: str, language: Language) -> tuple[float, ...]:
    """What figures may stand for, the likeliest first; empty where they are no number."""
    digits = re.sub(rf"[{SPACES}'’]", "", figure)
    groups = re.split(r"[.,]", digits)
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return (float(digits),)
    thousands = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3
    if len(marks) > 1:
        if len(set(marks)) == 1:
            return (float("".join(groups)),) if thousands else ()
        if marks[-1] in marks[:-1]:
            return ()
        return (float(f"{''.join(groups[:-1])}.{groups[-1]}"),)
    decimal = float(f"{groups[0]}.{groups[1]}")
    if not thousands or groups[0].startswith("0") or figure != digits:
        return (decimal,)
    whole = float("".join(groups))
    grouping = "," if language == "en" else "."
    return (whole, decimal) if marks[0] == grouping else (decimal, whole)


_AND_A_HALF: Final = frozenset((("et", "demi"), ("et", "demie")))

# A quantity that was read and the token behind it; no quantity where figures are part of a name.
_Made = tuple[Quantity | None, int] | None


class _Reader(Tokens):
    """One pass over the tokens of a text; methods take and return indices of tokens."""

    def __init__(self, text: str, language: Language) -> None:
        super().__init__(text, language)
        self.magnitudes = MAGNITUDES[language]
        self.ordinals = ORDINALS[language]
        self.fractions = FRACTIONS[language]
        self.units = UNITS[language]

    def quantities(self) -> Iterator[Quantity]:
        i = 0
        while i < len(self.all):
            made = self._figure(i) if self.kind(i) == "figure" else self._word(i)
            if made is None:
                i += 1
                continue
            quantity, i = made
            if quantity is not None:
                yield quantity

    def made(
        self,
        first: int,
        after: int,
        values: Sequence[float],
        form: Form = "cardinal",
        *,
        units: tuple[Unit, ...] = (),
        figures: bool = True,
        weak: bool = False,
    ) -> tuple[Quantity, int]:
        start, end = self.all[first].start, self.all[after - 1].end
        text = self.text[start:end]
        made = Quantity(start, end, end, text, tuple(values), units, form, figures, weak)
        return made, after

    # Figures

    def _figure(self, i: int) -> _Made:
        token = self.all[i]
        if self._part_of_name(i):
            end = i + 1
            while self.glued(end) and (self.kind(end) != "mark" or self.hyphen(end)):
                end += 1
            return None, end + (self.norm(end) in self.magnitudes)
        values = figure_values(token.text, self.language)
        if not values:
            return None
        time = clock(self, i, values[0])
        if time is not None:
            return self.made(i, time[1], time[0], "clock", units=(CLOCK,))
        after = i + 1
        decade = self._decade(i, values[0])
        if decade is not None:
            return decade
        if self.glued(after) and self.norm(after) in ORDINAL_SUFFIXES[self.language]:
            return self.made(i, after + 1, values[:1], "ordinal", weak=values[0] <= 2)
        if self.kind(after) == "word" and self.glued(after) and not self._suffix(after):
            return None, after + 1
        if self.norm(after) == "x" and self.glued(after):
            after += 1
        if self.norm(i - 1) in ("'", "’") and len(token.text) == 2 and not self.glued(i - 1):
            values = (1900 + values[0], 2000 + values[0], *values)
        return self._finished(i, after, values, figures=True)

    def _part_of_name(self, i: int) -> bool:
        """A320, F-16, COVID-19, /2012: letters or an address stand right before the figures."""
        before = self.all[i - 1] if i else None
        if before is None or not self.all[i].glued:
            return False
        if before.kind == "word":
            return not (CODE.fullmatch(before.text) or before.norm in ("d", "l", "n"))
        if before.text in HYPHENS and before.glued and i > 1:
            name = self.all[i - 2]
            return name.kind == "word" and not name.text.islower()
        return before.text in ("_", "@") or (before.text == "/" and self.kind(i - 2) == "word")

    def _suffix(self, i: int) -> bool:
        """Whether letters glued to figures are a unit, a magnitude or a clock's."""
        word = self.norm(i)
        return word in self.units or word in self.magnitudes or word in ("m", "k", "b", "h", "x")

    def _decade(self, i: int, value: float) -> _Made:
        """1990s, 1990's, « années 90 »."""
        if value % 10 or not (value < 100 or 1000 < value < 2100):
            return None
        after = i + 1
        if self.english:
            if self.norm(after) in ("'", "’"):
                after += 1
            if self.norm(after) != "s" or not self.glued(after):
                return None
            after += 1
        elif self.norm(i - 1) != "années":
            return None
        short = value % 100
        whole = (1900 + short, 2000 + short, 1800 + short) if value < 100 else (value,)
        return self.made(i, after, (*whole, short), "decade")

    # Words

    def _word(self, i: int) -> _Made:
        token = self.all[i]
        word = token.norm
        if token.kind != "word":
            return None
        if not self.english and word in ("années", "ans"):
            return self._decade_in_words(i + 1)
        number = cardinal(self, i)
        if number is not None:
            return self._from_cardinal(i, *number)
        if self.english and word in DECADES:
            value = DECADES[word]
            return self.made(i, i + 1, (1900 + value, value), "decade", figures=False)
        if word in self.ordinals and not (token.text.isupper() and len(word) > 1):
            return self._ordinal(i, self.ordinals[word], i + 1)
        vague = VAGUE[self.language].get(word)
        if vague is not None:
            return self._vague(i, vague)
        weak = WEAK[self.language].get(word)
        if weak is not None:
            return self._weak(i, weak)
        figure = 0.0 if self.english else roman(token.text)
        if figure:
            return self.made(i, i + 1, (figure,), "ordinal", weak=True)
        return None

    def _from_cardinal(self, i: int, value: float, after: int) -> _Made:
        """What a number in words turns out to be once its end is known."""
        if self.english and value == 19 and self.norm(after) in DECADES:
            decade = DECADES[self.norm(after)]
            values = (1900 + decade, decade)
            return self.made(i, after + 1, values, "decade", figures=False)
        time = o_clock(self, i, after, value) if self.english else None
        if time is not None:
            return self.made(i, time[1], time[0], "clock", units=(CLOCK,), figures=False)
        fraction = self._fraction(i, value, after)
        if fraction is not None:
            return fraction
        ordinal = ordinal_end(self, value, after)
        if ordinal is not None:
            return self._ordinal(i, *ordinal)
        return self._finished(i, after, (value,), figures=False)

    def _decade_in_words(self, i: int) -> _Made:
        """« années soixante-dix »."""
        best: tuple[float, int] | None = None
        word, k = self.norm(i), i
        while word:
            if word in DECADES:
                best = DECADES[word], k + 1
            if not self.hyphen(k + 1):
                break
            word, k = f"{word}-{self.norm(k + 2)}", k + 2
        if best is None:
            return None
        return self.made(i, best[1], (1900 + best[0], best[0]), "decade", figures=False)

    def _fraction(self, i: int, value: float, after: int) -> _Made:
        """Two thirds, three-quarters, un quart de million, deux tiers."""
        k = self.past_hyphen(after)
        word = self.norm(k)
        part = self.fractions.get(word)
        if part is None or value >= 20:
            return None
        plural = word.endswith("s") or (self.english and k > after)
        if self.english:
            if not plural and not (value == 1 and word in ("quarter", "third", "half", "fifth")):
                return None
        elif value == 1 and part not in (0.5, 0.25) and word != "tiers":
            return None  # « un cinquième » is mostly the fifth of several
        elif not plural and value > 1:
            return None
        whole = value * part
        k += 1
        m = self.past_of(self.past_hyphen(k))
        if m > k and self.norm(m) in self.magnitudes:
            factor = self.magnitudes[self.norm(m)]
            return self._finished(i, m + 1, (whole * factor,), figures=False, magnitude=factor)
        others = WEAK["en"].get(word, ())[1:] if value == 1 else ()
        values = (whole, *others, round(whole * 100), value)
        return self.made(i, k, values, "fraction", figures=False, weak=True)

    def _ordinal(self, i: int, value: float, after: int) -> tuple[Quantity, int]:
        values: tuple[float, ...] = (value,)
        part = self.fractions.get(self.norm(after - 1))
        # "a third of", « un cinquième »: a part or one of several.
        share = part is not None and after == i + 1 and self.norm(i - 1) in ("a", "one", "un", "-")
        if share and part:
            values = (value, part, round(part * 100))
        weak = value <= 2 or share or self._in_name(i, after)
        return self.made(i, after, values, "ordinal", figures=False, weak=weak)

    def _in_name(self, i: int, after: int) -> bool:
        """Whether a number in words is part of a name: Fifth Avenue, Three Mile Island."""
        capital = after < len(self.all) and self.all[after].text[0].isupper()
        return capital and self.all[i].text[0].isupper()

    def _vague(self, i: int, values: tuple[float, ...]) -> tuple[Quantity, int]:
        """Dozens, hundreds of thousands, « dizaines de millions »."""
        end, magnitude = i + 1, self.magnitudes.get(self.norm(i), 1.0)
        while True:
            k = self.past_of(end)
            word = self.norm(k)
            factor = 100.0 if word == "centaines" else self.magnitudes.get(word)
            if factor is None or (word == "mille" and k == end):
                break
            values = tuple(value * factor for value in values)
            magnitude *= factor
            end = k + 1
        made, after = self._finished(i, end, values, figures=False, magnitude=magnitude)
        return replace(made, form="vague"), after

    def _weak(self, i: int, values: tuple[float, ...]) -> tuple[Quantity, int]:
        k = self.past_hyphen(i + 1)
        k = k + 1 if self.norm(k) == "a" else self.past_of(k)
        if self.norm(k) in self.magnitudes and values[0] < 1:  # half a million
            factor = self.magnitudes[self.norm(k)]
            value = values[0] * factor
            return self._finished(i, k + 1, (value,), figures=False, magnitude=factor)
        form: Form = "fraction" if values[0] < 1 else "cardinal"
        return self.made(i, i + 1, values, form, figures=False, weak=True)

    # What stands beside a number

    def _finished(
        self,
        first: int,
        after: int,
        values: tuple[float, ...],
        *,
        figures: bool,
        magnitude: float = 1.0,
    ) -> tuple[Quantity, int]:
        """The quantity with magnitude, currency and unit."""
        sign = sign_before(self, first)
        if figures:
            values, magnitude, after = self._magnified(values, after, sign is not None)
        elif magnitude == 1.0:
            magnitude = self._magnitude_before(first, after)
            if self.norm(self.past_hyphen(after)) == "dozen":
                values = tuple(n * value for value in values for n in (12, 10))
                after = self.past_hyphen(after) + 1
        values, after = self._half_more(values, after, magnitude)
        core = after
        units, start = sign if sign is not None else ((), first)
        found = unit_after(self, after)
        if found is not None and (not units or found[0][0].dimension == "money"):
            units, after = units or found[0], found[1]
        bare = not figures and (values[0] == 1 or self._in_name(first, core))
        last_rounds = self.norm(first - 1) == "last" and not figures and values[0] in (16, 8, 4)
        made, _ = self.made(start, after, values, units=units, figures=figures)
        return (
            replace(
                made,
                core=self.all[core - 1].end,
                weak=bare or last_rounds or (not figures and values[0] == 0),
                magnitude=magnitude,
            ),
            after,
        )

    def _magnitude_before(self, first: int, after: int) -> float:
        """The factor of the magnitude words that end a number in words."""
        factor = 1.0
        for token in reversed(self.all[first:after]):
            if token.norm not in self.magnitudes:
                break
            factor *= self.magnitudes[token.norm]
        return factor

    def _magnified(
        self, values: tuple[float, ...], after: int, money: bool
    ) -> tuple[tuple[float, ...], float, int]:
        """Values, factor and end with the magnitude words behind figures."""
        magnitude = 1.0
        while True:
            k = self.past_hyphen(after)
            if magnitude > 1:
                k = self.past_of(k)
            word = self.norm(k)
            if word == "milles" and magnitude == 1:
                # « 200 milles pesos » is misspelt, « 200 milles » may be miles.
                return (*values, *(value * 1e3 for value in values)), magnitude, after
            factor = self._factor(k, word, money, values[0])
            if word == "mille" and self.norm(k + 1) in ("nautiques", "marins"):
                factor = None
            if factor is None:
                if word == "m" and self.english and self.glued(k):
                    return (*values, *(value * 1e6 for value in values)), magnitude, after
                return values, magnitude, after
            values = tuple(value * factor for value in values)
            magnitude *= factor
            after = k + 1

    def _factor(self, k: int, word: str, money: bool, value: float) -> float | None:
        factor = self.magnitudes.get(word)
        if factor is not None:
            return factor
        if self.english and word == "hundred" and value < 100:
            return 100.0
        if word in ("dozen", "dozens"):
            return 12.0
        if self.norm(k + 1) in SIGNS and word in LETTERS_BEFORE_SIGN:
            return LETTERS_BEFORE_SIGN[word]
        follows = self.units.get(self.norm(k + 1), ())  # 25m CZK
        money = money or any(unit.dimension == "money" for unit in follows)
        if self.glued(k) and word in LETTERS and (money or self.all[k].text == "k"):
            return LETTERS[word]
        return None

    def _half_more(
        self, values: tuple[float, ...], after: int, magnitude: float
    ) -> tuple[tuple[float, ...], int]:
        """« two and a half », « deux ans et demi », « 5 1/2 »."""
        words = tuple(word.replace("⁄", "/") for word in self.words(after, 3))
        step = max(1.0, magnitude)
        if words in (("1", "/", "2"), ("1", "/", "4"), ("3", "/", "4")):
            return tuple(v + float(words[0]) / float(words[2]) for v in values), after + 3
        if words[0] == "½":
            return tuple(v + 0.5 for v in values), after + 1
        if self.english:
            k = self.past_hyphen(after)
            parts = [k, self.past_hyphen(k + 1)]
            parts.append(self.past_hyphen(parts[1] + 1))
            if [self.norm(part) for part in parts] != ["and", "a", "half"]:
                return values, after
            end = parts[2] + 1
            factor = self.magnitudes.get(self.norm(end), 1.0)
            return tuple((v + 0.5 * step) * factor for v in values), end + (factor > 1)
        if words[:2] in _AND_A_HALF:
            return tuple(v + 0.5 * step for v in values), after + 2
        k = after
        while k < after + 4 and self.kind(k) == "word" and self.norm(k) != "et":
            k += 1
        if self.words(k, 2) in _AND_A_HALF:
            return (*(v + 0.5 * step for v in values), *values), after
        if words in (("heure", "et", "quart"), ("heures", "et", "quart")):
            return (*(v + 0.25 for v in values), *(v * 60 + 15 for v in values)), after
        return values, after


# Quantities beside each other -------------------------------------------------------------------

_LINKS: Final = frozenset(
    ("-", "–", "—", "‑", "/", "to", "or", "and", "à", "ou", "et", "ou à", "et à")
)
_EXACT: Final = frozenset(("ordinal", "decade", "fraction", "clock"))


def _summed(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """« 1 million 200 thousand », « 9 mille 200 pieds », 2 hours 40 minutes as one quantity."""
    found: list[Quantity] = []
    for quantity in quantities:
        before = found[-1] if found else None
        if before is not None:
            between = text[before.end : quantity.start].strip()
            plain = before.form == quantity.form == "cardinal" and quantity.values
            if (
                plain
                and not between
                and not before.units
                and before.magnitude > quantity.values[0] * max(1, quantity.magnitude / 1e3)
                and before.magnitude >= 1e3
                and quantity.values[0] < before.magnitude
            ):
                found[-1] = replace(
                    quantity,
                    start=before.start,
                    text=text[before.start : quantity.end],
                    values=tuple(a + b for a in before.values for b in quantity.values),
                    magnitude=1.0,
                )
                continue
            hours = any(unit.name == "hour" for unit in before.units)
            minutes = any(unit.name == "minute" for unit in quantity.units)
            if plain and hours and minutes and between in ("", "and", "et", ","):
                found[-1] = replace(
                    before,
                    end=quantity.end,
                    core=quantity.end,
                    text=text[before.start : quantity.end],
                    values=tuple(a + quantity.values[0] / 60 for a in before.values),
                    units=(CLOCK,),
                    form="clock",
                )
                continue
        found.append(quantity)
    return found


def _neighbours(text: str, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """« 3 à 4 millions d'euros », 2008-09: the one takes from the other what it does not say."""
    for index, quantity in enumerate(quantities):
        made = quantity
        if index + 1 < len(quantities) and _linked(text, quantity, quantities[index + 1]):
            following = quantities[index + 1]
            if following.magnitude > 1 and quantity.magnitude == 1 and quantity.values[0] < 1000:
                more = tuple(value * following.magnitude for value in quantity.values)
                made = replace(made, values=(*more, *made.values), magnitude=following.magnitude)
            if following.units and not quantity.units:
                made = replace(made, units=following.units)
        elif index and _linked(text, quantities[index - 1], quantity):
            before = quantities[index - 1]
            if before.units and not quantity.units and before.text[0] in SIGNS:
                made = replace(made, units=before.units)
            if before.figures and 1000 < before.values[0] < 2100 and len(quantity.text) == 2:
                century = before.values[0] // 100 * 100
                made = replace(made, values=(*made.values, century + made.values[0]))
        yield made


def _linked(text: str, left: Quantity, right: Quantity) -> bool:
    between = text[left.end : right.start].strip().lower()
    return between in _LINKS and not {left.form, right.form} & _EXACT
