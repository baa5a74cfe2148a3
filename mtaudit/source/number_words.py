"""Numbers in words, in English and in French.

No library stands in for the tables: those on the package index rewrite a text without saying
where each number stood, and read one language each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from mtaudit.source.tokens import Language, Tokens


def _values(table: str) -> dict[str, float]:
    """Words by value: each entry is a value and the words for it."""
    found: dict[str, float] = {}
    for entry in table.replace("\n", "|").split("|"):
        if entry.strip():
            value, *words = entry.split()
            found.update(dict.fromkeys(words, float(value)))
    return found


def _ways(table: str) -> dict[str, tuple[float, ...]]:
    """Words that may mean several values: each entry is a word and the values, likeliest first."""
    found: dict[str, tuple[float, ...]] = {}
    for entry in table.replace("\n", "|").split("|"):
        if entry.strip():
            word, *values = entry.split()
            found[word] = tuple(float(value) for value in values)
    return found


# What a number in words begins with or adds up from.
SMALL: Final[Mapping[Language, Mapping[str, float]]] = {
    "en": _values("""
        0 zero|1 one|2 two|3 three|4 four|5 five|6 six|7 seven|8 eight|9 nine|10 ten|11 eleven
        12 twelve|13 thirteen|14 fourteen|15 fifteen|16 sixteen|17 seventeen|18 eighteen
        19 nineteen|20 twenty|30 thirty|40 forty fourty|50 fifty|60 sixty|70 seventy|80 eighty
        90 ninety
    """),
    "fr": _values("""
        0 zéro|1 un une|2 deux|3 trois|4 quatre|5 cinq|6 six|7 sept|8 huit|9 neuf|10 dix|11 onze
        12 douze|13 treize|14 quatorze|15 quinze|16 seize|20 vingt vingts|30 trente|40 quarante
        50 cinquante|60 soixante|70 septante|80 huitante octante|90 nonante
    """),
}
HUNDRED: Final[Mapping[Language, frozenset[str]]] = {
    "en": frozenset(("hundred",)),
    "fr": frozenset(("cent", "cents")),
}
# Misspelt ones too: the point is to know what a number says, not how well it is written.
MAGNITUDES: Final[Mapping[Language, Mapping[str, float]]] = {
    "en": _values("""
        1e3 thousand thousands|1e6 million millions milion milions mn mln mio
        1e9 billion billions bn bln|1e12 trillion trillions tn trn
    """),
    "fr": _values("""
        1e3 mille millier milliers|1e6 million millions mln
        1e9 milliard milliards md mds mrd mrds bn|1e12 billion billions|1e18 trillion trillions
    """),
}
# Letters for a magnitude behind figures; behind a bare number `m` may be metres.
LETTERS: Final = {"m": 1e6, "k": 1e3, "b": 1e9, "t": 1e12}
LETTERS_BEFORE_SIGN: Final = {"m": 1e6, "k": 1e3, "g": 1e9, "md": 1e9}

# Some, not exactly so many.
VAGUE: Final[Mapping[Language, Mapping[str, tuple[float, ...]]]] = {
    "en": _ways("""
        dozen 12 10|dozens 12 10|scores 20|tens 10 12|hundreds 100|hundred 100|thousand 1e3
        thousands 1e3|million 1e6|millions 1e6|billion 1e9|billions 1e9|trillion 1e12
        trillions 1e12
    """),
    "fr": _ways("""
        dizaine 10 12|dizaines 10 12|douzaine 12 10|douzaines 12 10|quinzaine 15 14
        vingtaine 20 24|trentaine 30|quarantaine 40|cinquantaine 50|soixantaine 60|centaine 100
        centaines 100|millier 1e3|milliers 1e3|million 1e6|millions 1e6|milliard 1e9
        milliards 1e9|billions 1e12|trillions 1e18
    """),
}
# Words that hold a number and that the other language may put otherwise or leave out.
WEAK: Final[Mapping[Language, Mapping[str, tuple[float, ...]]]] = {
    "en": _ways("""
        once 1|single 1|twice 2|double 2|doubled 2|doubling 2|both 2|couple 2|pair 2|twin 2
        half 0.5 2 50 30|halved 0.5 2|triple 3|tripled 3|quarter 0.25 3 4 25 15|quadruple 4
        decade 10|decades 10|century 100|fortnight 15 14 2|week 7 8|noon 12|midday 12
        midnight 0 24|nil 0|year 12|trio 3|duo 2|tenfold 10|centenary 100
    """),
    "fr": _ways("""
        double 2|doublé 2|doubler 2|couple 2|paire 2|moitié 0.5 2 50|demi 0.5 30|demie 0.5 30
        tiers 0.33333333 3|triple 3|triplé 3|quart 0.25 4 15|quarts 0.25 4|trimestre 3
        semestre 6|décennie 10|décennies 10|siècle 100|semaine 7|midi 12|minuit 0 24
        quadruple 4|trio 3|duo 2|septennal 7|quinquennal 5|biennal 2|décennal 10
        trentenaire 30|quadragénaire 40|quinquagénaire 50|sexagénaire 60|septuagénaire 70
        octogénaire 80|nonagénaire 90|centenaire 100|centenaires 100
        bicentenaire 200|hebdomadaire 7
    """),
}
ORDINALS: Final[Mapping[Language, Mapping[str, float]]] = {
    "en": _values("""
        1 first|2 second|3 third thirds|4 fourth fourths|5 fifth fifths|6 sixth sixths
        7 seventh sevenths|8 eighth eighths|9 ninth ninths|10 tenth tenths|11 eleventh|12 twelfth
        13 thirteenth|14 fourteenth|15 fifteenth|16 sixteenth|17 seventeenth|18 eighteenth
        19 nineteenth|20 twentieth|30 thirtieth|40 fortieth|50 fiftieth|60 sixtieth
        70 seventieth|80 eightieth|90 ninetieth|100 hundredth
    """),
    "fr": _values("""
        1 premier première premiers premières|2 second seconde deuxième|3 troisième|4 quatrième
        5 cinquième|6 sixième|7 septième|8 huitième|9 neuvième|10 dixième|11 onzième|12 douzième
        13 treizième|14 quatorzième|15 quinzième|16 seizième|20 vingtième|30 trentième
        40 quarantième|50 cinquantième|60 soixantième|100 centième
    """),
}
FRACTIONS: Final[Mapping[Language, Mapping[str, float]]] = {
    "en": _values("""
        0.5 half halves|0.33333333 third thirds|0.25 quarter quarters fourth fourths
        0.2 fifth fifths|0.16666667 sixth sixths|0.1 tenth tenths
    """),
    "fr": _values("""
        0.5 demi demie demis|0.33333333 tiers|0.25 quart quarts|0.2 cinquième cinquièmes
        0.16666667 sixième sixièmes|0.1 dixième dixièmes
    """),
}
DECADES: Final = _values("""
    20 twenties vingt|30 thirties trente|40 forties quarante|50 fifties cinquante
    60 sixties soixante|70 seventies soixante-dix septante|80 eighties quatre-vingt quatre-vingts
    90 nineties quatre-vingt-dix nonante
""")

ORDINAL_SUFFIXES: Final[Mapping[Language, frozenset[str]]] = {
    "en": frozenset(("st", "nd", "rd", "th")),
    "fr": frozenset("er re e è ère ere ème eme me ième ieme ers res es èmes emes nd nde".split()),
}
_ROMAN: Final = re.compile(r"(X{0,3}(?:IX|IV|V?I{0,3}))(?:er|e|ème|è)")
_TENS: Final = frozenset((20, 30, 40, 50, 60, 70, 80, 90))


def cardinal(tokens: Tokens, i: int) -> tuple[float, int] | None:
    """Value and end of a number in words."""
    total = current = 0.0
    seen = False
    k = i
    if tokens.english and tokens.norm(k) in ("a", "an"):
        follows = tokens.norm(k + 1)
        if follows not in HUNDRED[tokens.language] and follows not in MAGNITUDES[tokens.language]:
            return None
        current, k = 1.0, k + 1
    last = k
    while k < len(tokens.all):
        word = tokens.norm(k)
        if seen:
            joined = _joined(tokens, k, current, total)
            if joined is None:
                break
            if joined > k:
                k = joined
                continue
        if word in SMALL[tokens.language]:
            value = _added(tokens, SMALL[tokens.language][word], current, k)
            if value is None:
                break
            current = value
        elif word in HUNDRED[tokens.language]:
            value = _hundreds(tokens, current, word, seen, k)
            if value is None:
                break
            current = value
        elif word in MAGNITUDES[tokens.language] and (current or total):
            # « thousand million », « mille milliards » multiply what is there.
            factor = MAGNITUDES[tokens.language][word]
            total, current = (total + current * factor) if current else total * factor, 0.0
        elif word == "mille" and not tokens.english and not seen and not _per(tokens, k):
            total = 1000.0
        else:
            break
        seen = True
        k += 1
        last = k
    return (total + current, last) if seen else None


def _per(tokens: Tokens, k: int) -> bool:
    """« pour cent » and « pour mille » are units, « faire les cent pas » is an idiom."""
    return tokens.norm(k - 1) == "pour" or tokens.norm(k + 1) == "pas"


def _joined(tokens: Tokens, k: int, current: float, total: float) -> int | None:
    """Where a number goes on behind a hyphen or « et »; k where neither stands there."""
    if tokens.hyphen(k):
        if tokens.norm(k + 1) == "et" and tokens.hyphen(k + 2):
            return k + 3 if SMALL[tokens.language].get(tokens.norm(k + 3)) in (1, 11) else None
        word = tokens.norm(k + 1)
        goes_on = (
            word in SMALL[tokens.language]
            or word in HUNDRED[tokens.language]
            or word in MAGNITUDES[tokens.language]
        )
        return k + 1 if goes_on else None
    if tokens.norm(k) not in ("and", "et"):
        return k
    following = SMALL[tokens.language].get(tokens.norm(k + 1))
    if following is None:
        return None
    if tokens.english:
        # "a hundred and five", not "two million and three others".
        hundreds = current >= 100 and current % 100 == 0
        thousands = current == 0 and 0 < total < 1e6
        return k + 1 if hundreds or thousands else None
    tens = current % 100 in _TENS
    return k + 1 if following in (1, 11) and tens else None


def _added(tokens: Tokens, value: float, current: float, k: int) -> float | None:
    """The sum of a number word and what stands before it; None where a new number begins."""
    rest = current % 100
    if not tokens.english:
        if value == 20 and rest == 4:  # quatre-vingts
            return current + 76
        if 10 <= value <= 16 and rest in (60, 80):
            return current + value
        if 7 <= value <= 9 and rest in (10, 70, 90):
            return current + value
        if value == 1 and rest == 10:
            return None
    if value == 0:
        return None if current or tokens.norm(k - 1) in SMALL[tokens.language] else 0.0
    tens = rest == 0 or (value < 10 and rest in _TENS)
    return current + value if tens else None


def _hundreds(tokens: Tokens, current: float, word: str, seen: bool, k: int) -> float | None:
    if tokens.english:
        return current * 100 if 0 < current < 100 else None
    if not seen and (word == "cents" or _per(tokens, k)):
        return None
    if current == 0:
        return 100.0
    # « un cent » is a coin, « vingt cents » are coins.
    return current * 100 if 1 < current < 10 or 10 < current < 20 else None


def ordinal_end(tokens: Tokens, value: float, after: int) -> tuple[float, int] | None:
    """Value and end of twenty-first, vingt et unième, dix-septième."""
    k = tokens.past_hyphen(after)
    if tokens.norm(k) == ("and" if tokens.english else "et"):
        k = tokens.past_hyphen(k + 1)
    word = tokens.norm(k)
    if not tokens.english and word == "unième" and value % 10 == 0:
        return value + 1, k + 1
    ordinal = ORDINALS[tokens.language].get(word)
    if ordinal is None or (k == after and value < 100 and value != 10):
        return None
    rest = value % 100
    fits = (rest in _TENS and ordinal < 10) or rest == 0
    if not tokens.english:
        if rest == 4 and ordinal == 20:
            return value + 76, k + 1
        fits = fits or (rest in (60, 80) and 10 <= ordinal < 20)
        fits = fits or (rest in (10, 70, 90) and 7 <= ordinal <= 9)
    return (value + ordinal, k + 1) if fits else None


def roman(word: str) -> float:
    """The value of an ordinal in Roman figures, « XIXe »; 0 for any other word."""
    match = _ROMAN.fullmatch(word)
    figure = match[1] if match else ""
    if not figure:
        return 0.0
    digits = {"I": 1, "V": 5, "X": 10}
    total = 0
    for here, following in zip(figure, [*figure[1:], ""], strict=True):
        value = digits[here]
        total += -value if following and digits[following] > value else value
    return float(total)
