"""Amounts whose currency sign was lost: « une amende de 20 000 (16 500) »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule

_FIGURE: Final = re.compile(r"\d[\d\s.,\u00a0\u202f]*")
_MAGNITUDE: Final = frozenset(
    "million millions milliard milliards mille m mds md mrd k bn billion billions trillion "
    "trillions".split()
)
_MONEY_WORDS: Final = frozenset(
    "euro euros dollar dollars livre livres sterling yen yens yuan yuans franc francs rouble "
    "roubles roupie roupies couronne couronnes peso pesos real reais rand rands won wons zloty "
    "zlotys hryvnia hryvnias dinar dinars dirham dirhams shekel shekels lire lires mark marks "
    "cent cents centime centimes pence bitcoin bitcoins usd eur gbp jpy chf cny $ £ € ¥ ₽ ₹ % "
    "pour".split()
)
# Nouns that a sum of money follows by « de ».
_SUMS: Final = frozenset(
    "amende amendes prime primes dette dettes rançon rançons salaire salaires subvention "
    "subventions indemnité indemnités caution cautions budget prêt prêts chèque chèques facture "
    "factures bénéfice bénéfices perte pertes don dons montant coût prix pot-de-vin pots-de-vin "
    "investissement investissements".split()
)
_NOT_MONEY_BEFORE: Final = frozenset(("en", "années", "article", "page", "vol", "n°", "numéro"))


def lost_currency(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A sum with its conversion in brackets, or a fine, a price, a debt, without any currency."""
    norms, tokens = annotated.norms, annotated.tokens
    for sentence in annotated.sentences:
        last = sentence.last
        i = sentence.first
        while i < last:
            if not _FIGURE.fullmatch(norms[i]):
                i += 1
                continue
            end = _amount_end(norms, i, last)
            pair = _converted(norms, end, last)
            if pair is not None:
                if not _has_currency(norms, i, pair + 1, last) and _plausible(norms, i, end, pair):
                    yield _hit(rule, annotated, i, pair)
                    i = pair
                    continue
                i = end
                continue
            if (
                i - 2 >= sentence.first
                and norms[i - 1] == "de"
                and norms[i - 2] in _SUMS
                and _bare(norms, tokens[i].text, end, last)
            ):
                yield _hit(rule, annotated, i, end)
            i = end


def _amount_end(norms: tuple[str, ...], i: int, last: int) -> int:
    end = i + 1
    while end < last and norms[end] in _MAGNITUDE:
        end += 1
    return end


def _converted(norms: tuple[str, ...], end: int, last: int) -> int | None:
    """The end of a bracket that holds a second amount and nothing else."""
    if end + 2 >= last or norms[end] != "(":
        return None
    k = end + 1
    if norms[k] in ("environ", "soit", "près"):
        k += 1
    if k >= last or not _FIGURE.fullmatch(norms[k]):
        return None
    k = _amount_end(norms, k, last)
    return k + 1 if k < last and norms[k] == ")" else None


def _has_currency(norms: tuple[str, ...], first: int, end: int, last: int) -> bool:
    around = norms[max(0, first - 1) : min(last, end + 2)]
    return any(norm in _MONEY_WORDS or norm[-1] in "$£€¥" for norm in around)


def _plausible(norms: tuple[str, ...], i: int, end: int, pair: int) -> bool:
    """Two amounts of one kind: not a year with a number, a score, an age or a reference."""
    first, second = norms[i], norms[end + 1] if norms[end + 1][0].isdigit() else norms[end + 2]
    if norms[i - 1] in _NOT_MONEY_BEFORE and i:
        return False
    grouped = any(mark in norms[i] for mark in " \u00a0\u202f") or any(
        mark in second for mark in " \u00a0\u202f"
    )
    magnitude = any(norm in _MAGNITUDE for norm in norms[i + 1 : pair])
    one, other = _value(first), _value(second)
    if one is None or other is None or not one or not other:
        return False
    ratio = one / other
    return (grouped or magnitude) and (0.05 < ratio < 20 or magnitude)


def _value(figure: str) -> float | None:
    digits = re.sub(r"[\s\u00a0\u202f]", "", figure).replace(",", ".").rstrip(".")
    try:
        return float(digits)
    except ValueError:
        return None


def _bare(norms: tuple[str, ...], figure: str, end: int, last: int) -> bool:
    """Whether a clause ends behind the amount: no noun is counted, no currency named."""
    value = _value(figure)
    if value is None or (value < 100 and norms[end - 1] not in _MAGNITUDE):
        return False
    if end >= last:
        return True
    if norms[end] in ("et", "à", "ou") and end + 1 < last and norms[end + 1][0].isdigit():
        return False  # « de 1 500 à 2 000 euros »
    return norms[end] in (",", ".", ";", ")", "pour", "et", "à", "après", "avec")


def _hit(rule: Rule, annotated: Annotated, first: int, end: int) -> Hit:
    tokens = annotated.tokens
    return Hit(rule, tokens[first].start, tokens[end - 1].end)
