"""Numbers, sums, measures and dates beside those of the source.

One check serves a rule for each fault: its option `fault` names it (see `source.amounts.FAULTS`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule
from mtaudit.source.align import Alignment, Pair
from mtaudit.source.amounts import FAULTS, Difference, differences
from mtaudit.source.dates import changed_dates
from mtaudit.source.quantities import Quantity
from mtaudit.source.render import figures as in_figures
from mtaudit.source.render import in_french, in_words

# How surely French and English must belong together: a lost number may stand in a line that was
# laid beside another, so what one side lacks needs more than what both sides have.
_TRUSTED: Final = 0.5
_TRUSTED_WHOLE: Final = 0.8
# Faults that lie in the number and its magnitude; the others lie in what it counts as well.
_OF_NUMBER: Final = frozenset(
    ("magnitude", "value", "clock", "mixed-figures", "invented", "comma-kept", "point-kept")
)
_FOUR_DIGITS: Final = re.compile(r"[1-9]\d{3}")
_WITH_SPACE: Final = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?")
# People write « 5000 euros » and « 1500 personnes » whatever stands beside them.
_COUNTED: Final = frozenset(
    "points yens yuans roubles couronnes km kilomètres mètres tonnes kilos hectares litres barils "
    "logements exemplaires spectateurs".split()
)
_BEFORE_YEAR: Final = frozenset("en depuis l'an année de d' dès avant après fin début".split())
_BARE_SCALE: Final = re.compile(r"\s?([CF])\b")
_REFERENCE: Final = re.compile(r"&#\w+;")
# Where the English does not say how French would put it.
_UNCLEAR: Final = frozenset(("unit-changed", "percent-points", "clock", "lost"))
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


def number_differs(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Numbers of the French that differ from their English by the rule's fault."""
    fault = rule.options.get("fault")
    if fault not in FAULTS:
        raise rule.error(
            f"there is no fault {fault!r}", "options", expected=f"fault: {', '.join(FAULTS)}"
        )
    alignment = annotated.alignment
    if alignment is None:
        return
    needed = _TRUSTED_WHOLE if fault in ("lost", "invented") else _TRUSTED
    for pair, french, found in _differences(alignment, annotated.article.text):
        if pair.trust >= needed:
            for made in found:
                if made.fault == fault:
                    yield _hit(rule, pair, french, made)


@lru_cache(maxsize=4)
def _differences(
    alignment: Alignment, text: str
) -> tuple[tuple[Pair, str, tuple[Difference, ...]], ...]:
    """Pairs to be trusted with what differs in them: once for the rules of all faults."""
    found = []
    for index, pair in enumerate(alignment.pairs):
        if pair.trust >= _TRUSTED:
            french = _read(text[pair.start : pair.end])
            made = differences(pair.english, french, *_beside(alignment, index, text))
            if made:
                found.append((pair, french, made))
    return tuple(found)


def date_differs(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Months and days of the week that differ from those of the English."""
    alignment = annotated.alignment
    if alignment is None:
        return
    text = annotated.article.text
    for index, pair in enumerate(alignment.pairs):
        if pair.trust < _TRUSTED:
            continue
        beside = _beside(alignment, index, text)
        for found in changed_dates(pair.english, text[pair.start : pair.end], *beside):
            yield Hit(
                rule,
                pair.start + found.start,
                pair.start + found.end,
                (found.right,),
                {
                    "fr": f"l'anglais dit « {found.english} »",
                    "en": f"English says “{found.english}”",
                },
                source_text=found.english,
            )


def ungrouped_thousands(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """« 1251 points » in an article that writes « 12 078 » with a space."""
    tokens, norms = annotated.tokens, annotated.norms
    if not any(_WITH_SPACE.fullmatch(token.text) for token in tokens):
        return
    for i in range(len(tokens) - 1):
        if not _FOUR_DIGITS.fullmatch(norms[i]) or tokens[i + 1].start - tokens[i].end != 1:
            continue
        # A year may stand before « personnes », never before « points » or « euros ».
        unit = norms[i + 1] in _COUNTED
        year = 1000 < int(norms[i]) < 2100
        if unit and not (year and norms[i - 1] in _BEFORE_YEAR):
            yield Hit(rule, tokens[i].start, tokens[i].end, (in_figures(float(norms[i])),))


def _read(french: str) -> str:
    """The French without the numbers of its character references, `&#39;`."""
    if "&#" not in french:
        return french
    return _REFERENCE.sub(_blank, french)


def _blank(reference: re.Match[str]) -> str:
    """A character reference as a mark of its length."""
    return ("'" if reference[0] == "&#39;" else " ").ljust(len(reference[0]))


def _beside(alignment: Alignment, index: int, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """English and French of the pairs before and after one."""
    pairs = alignment.pairs
    near = [pairs[k] for k in (index - 1, index + 1) if 0 <= k < len(pairs)]
    return (
        tuple(pair.english for pair in near),
        tuple(_read(text[pair.start : pair.end]) for pair in near),
    )


def _hit(rule: Rule, pair: Pair, french: str, found: Difference) -> Hit:
    e, f = found.english, found.french
    if f is None:
        start, end = _word_at(french, found.place)
        suggestions: tuple[str, ...] = ()
    else:
        start, end = f.start, f.end
        prefixed = e is not None and e.units and f.units and not set(e.units) & set(f.units)
        if found.fault in _OF_NUMBER and f.magnitude > 1 and not prefixed:
            end = f.core
        suggestions = _suggested(found.fault, e, french[start:end], f, end)
        if found.fault == "degree-lost" and (scale := _BARE_SCALE.match(french, end)):
            end, suggestions = scale.end(), (f"{french[start:end]}\u00a0°{scale[1]}",)
    english = e.text if e else pair.english
    detail = {"fr": f"l'anglais dit « {e.text} »", "en": f"English says “{e.text}”"} if e else {}
    return Hit(
        rule,
        pair.start + start,
        pair.start + end,
        suggestions,
        detail,
        source_text=english,
    )


def _suggested(
    fault: str, e: Quantity | None, written: str, f: Quantity, end: int
) -> tuple[str, ...]:
    """The amount as French writes it, where the English says it clearly."""
    if e is None or fault in _UNCLEAR:
        return ()
    if fault == "mixed-figures":
        made = in_words(e.values[0])
    else:
        made = in_french(e, f, with_unit=end == f.end)
    return (made,) if made and made != written else ()


def _word_at(french: str, place: int) -> tuple[int, int]:
    """The word nearest to a place: a finding has to stand somewhere."""
    words = [match.span() for match in _WORD.finditer(french)] or [(0, len(french))]
    return min(words, key=lambda span: min(abs(span[0] - place), abs(span[1] - place)))
