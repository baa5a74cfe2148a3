"""Writes a quantity of the English as French news does, to suggest it in place of a wrong one."""

from __future__ import annotations

import re
from typing import Final

from mtaudit.source.quantities import Quantity
from mtaudit.source.units import PERCENT, Unit

_NARROW: Final = "\u202f"
_WIDE: Final = "\u00a0"
_MAGNITUDES: Final = ((1e9, "milliard"), (1e6, "million"))
_COUNTS: Final = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
    "seize".split()
)
# Currencies whose name is sure; a crown or a franc may be of several countries, and is so in both.
_MONEY: Final = {
    "USD": "dollars",
    "EUR": "euros",
    "GBP": "livres",
    "JPY": "yens",
    "CNY": "yuans",
    "CHF": "francs suisses",
    "crown": "couronnes",
    "RUB": "roubles",
    "INR": "roupies",
    "PLN": "zlotys",
    "HUF": "forints",
    "peso": "pesos",
    "franc": "francs",
    "ILS": "shekels",
}
# Imperial units, what French gives instead, and how many of that make one.
_METRIC: Final = {
    "mile": ("km", 1.609344),
    "foot": ("mètres", 0.3048),
    "yard": ("mètres", 0.9144),
    "inch": ("cm", 2.54),
    "pound": ("kg", 0.45359),
    "ounce": ("grammes", 28.35),
    "gallon": ("litres", 3.785),
    "acre": ("hectares", 0.404686),
    "mph": ("km/h", 1.609344),
    "foot²": ("m²", 0.0929),
    "mile²": ("km²", 2.58999),
}


def figures(value: float) -> str:
    """A number in figures: a comma before decimals, narrow spaces between thousands."""
    text = f"{value:.10g}" if value < 1e9 else f"{value:.0f}"
    whole, _, decimals = text.partition(".")
    if len(whole) > 3:
        whole = f"{int(whole):,}".replace(",", _NARROW)
    return f"{whole},{decimals}" if decimals else whole


def in_french(english: Quantity, french: Quantity, *, with_unit: bool) -> str:
    """The amount of the English in figures; empty where it cannot be said for sure.

    Args:
        french: What stands in its place now, whose unit goes on where only the number was wrong.
        with_unit: Whether the unit is to be written too, not only the number.
    """
    if english.form != "cardinal" or len(english.values) > 2:
        return ""
    value = english.values[0]
    if with_unit and set(english.units) & set(french.units):
        metric = _metric(value, english.units)
        if metric:
            return metric
    if with_unit and PERCENT in english.units:
        return f"{figures(value)}{_WIDE}%"
    money = [unit for unit in english.units if unit.dimension == "money"]
    if with_unit and money:
        name = _MONEY.get(money[0].name)
        if name is None:
            return ""
        return _counted(value, _singular(name) if value < 2 else name)
    kept = french.text[french.core - french.start :].strip() if with_unit else ""
    return _counted(_in_units(value, english, french), re.sub(r"^(?:de |d['’])", "", kept))


def in_words(value: float) -> str:
    """« quatre mille », « trois milliards »; empty where the count is not a small whole number."""
    for factor, name in (*_MAGNITUDES, (1e3, "mille")):
        count = value / factor
        if 1 <= count < len(_COUNTS) and count == int(count):
            plural = "s" if count > 1 and name != "mille" else ""
            words = "" if count == 1 and name == "mille" else f"{_COUNTS[int(count)]} "
            return f"{words}{name}{plural}"
    return ""


def _counted(value: float, noun: str) -> str:
    """A number and what it counts, joined by « de » behind a magnitude."""
    for factor, name in _MAGNITUDES:
        if value >= factor:
            count = round(value / factor, 6)
            number = f"{figures(count)}{_WIDE}{name}{'s' if count >= 2 else ''}"
            return f"{number} {_of(noun)}" if noun else number
    return f"{figures(value)} {noun}" if noun else figures(value)


def _in_units(value: float, english: Quantity, french: Quantity) -> float:
    """The number that the English comes to in the unit that the French names: 5 Gt in tonnes."""
    if english.units and french.units:
        a, b = english.units[0], french.units[0]
        if a.dimension == b.dimension and a.factor and b.factor and a != b:
            return value * a.factor / b.factor
    return value


def _singular(name: str) -> str:
    return " ".join(word.removesuffix("s") for word in name.split())


def _of(noun: str) -> str:
    return f"d'{noun}" if noun[0].lower() in "aeiouéèêh" else f"de {noun}"


def _metric(value: float, units: tuple[Unit, ...]) -> str:
    """A measure in metric units, rounded to as much as was said."""
    for unit in units:
        if unit.name in _METRIC:
            name, factor = _METRIC[unit.name]
            digits = 2 if value * factor < 1e4 else 3
            return f"{figures(float(f'{value * factor:.{digits}g}'))}{_WIDE}{name}"
    return ""
