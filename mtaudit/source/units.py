"""Currencies, units and per cent: what numbers count, and where a text says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from mtaudit.source.tokens import SIGNS, Language, Tokens


class Unit(NamedTuple):
    """What a number counts.

    Attributes:
        dimension: `money`, `percent`, `length`, `mass`, `time`, ...; amounts of one dimension can
            be compared.
        name: Canonical, such as `USD`, `%`, `mile`.
        factor: How many base units of its dimension it is; 0 where that says nothing (money).
        imperial: Whether French news converts it.
    """

    dimension: str
    name: str
    factor: float = 0.0
    imperial: bool = False


PERCENT: Final = Unit("percent", "%")
_PERMILLE: Final = Unit("percent", "‰")
POINTS: Final = Unit("points", "points")
CLOCK: Final = Unit("time", "clock")
_POUND: Final = Unit("mass", "pound", 0.45359, True)
_MPH: Final = Unit("speed", "mph", 1.609, True)
_KMH: Final = Unit("speed", "km/h", 1.0)
_NAUTICAL: Final = Unit("length", "nautical mile", 1852.0)


# Currencies: the name, then symbols, codes and words for it.
_CURRENCIES: Final[Mapping[Language, str]] = {
    "en": """
        USD $ usd dollar dollars buck bucks|EUR € eur euro euros|GBP £ gbp sterling quid
        JPY ¥ jpy yen|CNY cny rmb yuan yuans renminbi|CHF chf|franc franc francs
        crown crown crowns koruna korunas koruny kč czk kronor krona kroner krone
        RUB rub rouble roubles ruble rubles|INR inr rupee rupees|PLN pln zloty zlotys zlotych
        HUF huf forint forints|peso peso pesos|real real reais|KRW won|ILS shekel shekels
        lira lira liras|UAH hryvnia hryvnias|dinar dinar dinars|rial rial rials riyal riyals
        dirham dirham dirhams|THB baht bahts|ZAR rand rands|mark mark marks
        cent cent cents|pence pence penny p
    """,
    "fr": """
        USD $ usd dollar dollars|EUR € eur euro euros|GBP £ gbp sterling
        JPY ¥ jpy yen yens|CNY cny rmb yuan yuans renminbi renminbis|CHF chf|franc franc francs
        crown couronne couronnes kč czk|RUB rub rouble roubles|INR inr roupie roupies
        PLN pln zloty zlotys|HUF huf forint forints|peso peso pesos|real real reais réal réaux
        KRW won wons|ILS shekel shekels|lira lire lires|UAH hryvnia hryvnias
        dinar dinar dinars|rial rial rials riyal riyals|dirham dirham dirhams|THB baht bahts
        ZAR rand rands|mark mark marks|cent cent cents centime centimes|pence pence penny
    """,
}
# Units: dimension, name, factor, `i` for imperial, the English words, then the French ones.
_UNITS_OF_BOTH: Final = """
    length mm 0.001 - mm millimetre millimetres millimeter millimeters ; mm millimètre millimètres
    length cm 0.01 - cm centimetre centimetres centimeter centimeters ; cm centimètre centimètres
    length m 1 - m metre metres meter meters ; m mètre mètres
    length km 1000 - km kms kilometre kilometres kilometer kilometers ; km kms kilomètre kilomètres
    length inch 0.0254 i inch inches in ; pouce pouces
    length foot 0.3048 i foot feet ft ; pied pieds
    length yard 0.9144 i yard yards ; yard yards verge verges
    length mile 1609.344 i mile miles mi ; mile miles mille milles
    area km² 1e6 - km2 km² ; km2 km²
    area m² 1 - m2 m² ; m2 m²
    volume m³ 1000 - m3 m³ ; m3 m³
    area hectare 1e4 - hectare hectares ha ; hectare hectares ha
    area acre 4046.86 i acre acres ; acre acres
    mass g 0.001 - gram grams gramme grammes g ; gramme grammes g
    mass kg 1 - kg kgs kilo kilos kilogram kilograms ; kg kgs kilo kilos kilogramme kilogrammes
    mass t 1000 - tonne tonnes ton tons ; tonne tonnes
    mass Mt 1e9 - mt megatonne megatonnes ; mt mégatonne mégatonnes
    mass Gt 1e12 - gt gigatonne gigatonnes gigaton gigatons ; gt gigatonne gigatonnes
    mass ounce 0.02835 i ounce ounces oz ; once onces
    mass stone 6.35 i stone ; stone
    volume l 1 - litre litres liter liters ; litre litres
    volume gallon 3.785 i gallon gallons ; gallon gallons
    volume pint 0.5 i pint pints ; pinte pintes
    volume barrel 159 - barrel barrels ; baril barils
    temperature C 0 - celsius centigrade ; celsius centigrades
    temperature F 0 i fahrenheit ; fahrenheit
    temperature degree 0 - degree degrees ; degré degrés
    power W 1 - watt watts w ; watt watts w
    power kW 1e3 - kilowatt kilowatts kw ; kilowatt kilowatts kw
    power MW 1e6 - megawatt megawatts mw ; mégawatt mégawatts mw
    power GW 1e9 - gigawatt gigawatts gw ; gigawatt gigawatts gw
    data kB 1e3 - kb kilobyte kilobytes ; ko kb kilooctet kilooctets
    data MB 1e6 - mb megabyte megabytes ; mo mb mégaoctet mégaoctets
    data GB 1e9 - gb gigabyte gigabytes ; go gb gigaoctet gigaoctets
    data TB 1e12 - tb terabyte terabytes ; to tb téraoctet téraoctets
    time second 1 - second seconds sec ; seconde secondes sec
    time minute 60 - minute minutes min mins ; minute minutes min
    time hour 3600 - hour hours hr hrs ; heure heures
    time day 86400 - day days ; jour jours journée journées
    time week 604800 - week weeks ; semaine semaines
    time month 2629800 - month months ; mois
    time year 31557600 - year years yr yrs ; an ans année années
    time decade 315576000 - decade decades ; décennie décennies
    time century 3155760000 - century centuries ; siècle siècles
    speed km/h 1 - kph kmh ; kmh
    speed mph 1.609 i mph ; mph
"""


def _units(language: Language) -> dict[str, tuple[Unit, ...]]:
    found: dict[str, tuple[Unit, ...]] = {}
    for entry in _CURRENCIES[language].replace("\n", "|").split("|"):
        if entry.strip():
            name, *words = entry.split()
            found.update({word: (Unit("money", name),) for word in words})
    for line in _UNITS_OF_BOTH.strip().splitlines():
        english, french = line.split(";")
        dimension, name, factor, imperial, *words = english.split()
        unit = Unit(dimension, name, float(factor), imperial == "i")
        found |= dict.fromkeys(words if language == "en" else french.split(), (unit,))
    # Money and weight bear one name.
    both: tuple[Unit, ...] = (Unit("money", "GBP"), _POUND)
    if language == "fr":
        both = (*both, Unit("money", "lira"))
    names = ("pound", "pounds") if language == "en" else ("livre", "livres")
    found |= dict.fromkeys(names, both)
    return found | dict.fromkeys(("lb", "lbs"), (_POUND,))


UNITS: Final[Mapping[Language, Mapping[str, tuple[Unit, ...]]]] = {
    "en": _units("en"),
    "fr": _units("fr"),
}
_CELSIUS: Final = UNITS["en"]["celsius"]
_FAHRENHEIT: Final = UNITS["en"]["fahrenheit"]
_DEGREES: Final = UNITS["en"]["degrees"]

# What may stand between a number and its currency or unit: « 3 millions de nouveaux francs ».
_BETWEEN: Final = frozenset(
    "us euro canadian australian american swiss czech swedish norwegian danish british indian "
    "mexican hong kong singapore taiwan new nouveaux anciens".split()
)
_SQUARE: Final = frozenset("square sq carré carrés carrée carrées".split())
_CUBIC: Final = frozenset("cubic cube cubes".split())
# Unit words that are other words as well; they count only glued to their number.
_AMBIGUOUS: Final = frozenset("in to go mo p g t w won real mark stone".split())
# Codes that stand before a number.
CODE: Final = re.compile(r"US|USD|EUR|GBP|CHF|CZK|Kč|JPY|RMB|CNY|INR|HUF|PLN")
# « 2,6 °% » is a slip of the keyboard.
_PERCENT: Final = frozenset(
    (
        ("°", "%"),
        *((per, hundred) for per in ("per", "pour") for hundred in ("cent", "cents", "100")),
    )
)

# Units and the token behind them.
Counted = tuple[tuple[Unit, ...], int]


def sign_before(tokens: Tokens, first: int) -> Counted | None:
    """The currency before a number ($, US$, EUR) and where it begins."""
    if not first:
        return None
    before = tokens.all[first - 1]
    if before.text in SIGNS:
        start = first - 1
        if tokens.glued(start) and tokens.kind(start - 1) == "word":
            start -= len(tokens.all[start - 1].text) <= 3
        return UNITS[tokens.language][before.text], start
    if CODE.fullmatch(before.text) and before.norm in UNITS[tokens.language]:
        return UNITS[tokens.language][before.norm], first - 1
    return None


def unit_after(tokens: Tokens, after: int) -> Counted | None:
    """The unit behind a number and where it ends."""
    k = tokens.past_of(tokens.past_hyphen(after))
    share = _percent(tokens, k)
    if share is not None:
        return share
    for _ in range(2):
        if tokens.norm(k) in _BETWEEN and _counts(tokens, k + 1):
            k += 1
    word = tokens.norm(k)
    if word in _SQUARE | _CUBIC and tokens.norm(k + 1) in UNITS[tokens.language]:
        return (_raised(UNITS[tokens.language][tokens.norm(k + 1)][0], word in _CUBIC),), k + 2
    if word == "°":
        scale = {"c": _CELSIUS, "f": _FAHRENHEIT}.get(tokens.norm(k + 1))
        return (scale, k + 2) if scale else (_DEGREES, k + 1)
    if word in ("degrees", "degree", "degrés", "degré"):
        scale = {"c": _CELSIUS, "f": _FAHRENHEIT}.get(tokens.norm(k + 1)[:1])
        known = tokens.norm(k + 1) in ("c", "f") or tokens.norm(k + 1) in UNITS[tokens.language]
        return (scale, k + 2) if scale and known else (_DEGREES, k + 1)
    units = UNITS[tokens.language].get(word)
    if units is None or not _is_unit(tokens, k, word):
        return None
    return _with_second_word(tokens, k, word, units)


def _percent(tokens: Tokens, k: int) -> Counted | None:
    words = tokens.words(k, 3)
    end = 0
    if words[0] in ("%", "percent", "pct", "pourcent", "pourcents"):
        end = k + 1
    elif words[:2] in _PERCENT:
        end = k + 2
    elif words[0] == "‰" or words[:2] in (("per", "mille"), ("pour", "mille")):
        return (_PERMILLE,), k + (1 if words[0] == "‰" else 2)
    elif words == ("p", ".", "100"):
        end = k + 3
    elif words[0] in ("percentage", "basis") and words[1] in ("point", "points"):
        return (POINTS,), k + 2
    elif words[0] in ("point", "points"):
        return (POINTS,), k + (3 if words[1:] in (("de", "pourcentage"), ("de", "base")) else 1)
    if not end:
        return None
    behind = tokens.past_hyphen(end)
    if tokens.norm(behind) in ("point", "points"):
        return (POINTS,), behind + 1
    return (PERCENT,), end


def _counts(tokens: Tokens, k: int) -> bool:
    word = tokens.norm(k)
    return word in UNITS[tokens.language] or word in _BETWEEN


def _is_unit(tokens: Tokens, k: int, word: str) -> bool:
    """Whether a word that may be a unit is one here: not « à 5 in », not « 12 P »."""
    token = tokens.all[k]
    if word in _AMBIGUOUS:
        return token.glued and not (len(word) == 1 and token.text.isupper())
    if len(word) == 1 and word not in SIGNS:
        return token.text.islower()
    if word in ("second", "mille"):
        return token.glued or tokens.hyphen(k - 1)
    return True


def _with_second_word(tokens: Tokens, k: int, word: str, units: tuple[Unit, ...]) -> Counted:
    """Pounds sterling, km/h, miles per hour, m2, mètres cubes."""
    end = k + 1
    follows = tokens.norm(end)
    if follows in _SQUARE | _CUBIC:
        return (_raised(units[0], follows in _CUBIC),), end + 1
    if units[0].dimension == "length" and tokens.glued(end) and follows in ("2", "3"):
        return (_raised(units[0], follows == "3"),), end + 1
    if word == "milles" and follows in UNITS[tokens.language]:  # « 200 milles pesos »
        return UNITS[tokens.language][follows], end + 1
    if follows == "sterling":
        return UNITS[tokens.language]["£"], end + 1
    hourly = tokens.norm(end + 1) in ("h", "hour", "heure") or (
        tokens.words(end, 2) in (("à", "l"), ("a", "l")) and tokens.norm(end + 3) == "heure"
    )
    if units[0].name in ("km", "mile") and hourly and follows in ("/", "per", "par", "an", "à"):
        stop = end + (4 if follows == "à" else 2)
        return ((_KMH if units[0].name == "km" else _MPH),), stop
    if follows in ("nautiques", "marins"):
        return (_NAUTICAL,), end + 1
    return units, end


def _raised(unit: Unit, cubic: bool) -> Unit:
    """The square or the cube of a unit of length; volumes count litres."""
    if cubic:
        return Unit("volume", f"{unit.name}³", unit.factor**3 * 1000, unit.imperial)
    return Unit("area", f"{unit.name}²", unit.factor**2, unit.imperial)
