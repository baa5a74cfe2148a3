"""Neighbours that do not agree, where the dictionary leaves no doubt: « des contrat ».

Only pairs of which no reading agrees are told, and only where the second word can be nothing
else than a noun (or an adjective) in that place; agreement at a distance needs syntax.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.inflect import elides
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import DETERMINERS, GENDER, NUMBER, Shape, shape_of
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule

_DETERMINERS: Final = {
    form: DETERMINERS[form]
    for form in (
        "le la les un une des du au aux ce cet cette ces ma ta sa mes tes ses nos vos leurs notre "
        "votre plusieurs quelques aucun aucune chaque"
    ).split()
}


def determiner_noun(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A determiner whose gender or number the noun behind it cannot have."""
    tokens, norms, lexicon = annotated.tokens, annotated.norms, resources.lexicon
    for i in range(len(tokens) - 1):
        agreement = _DETERMINERS.get(norms[i])
        if agreement is None or annotated.sentence_of[i] != annotated.sentence_of[i + 1]:
            continue
        following = tokens[i + 1]
        if not following.text.islower() or following.start - tokens[i].end != 1:
            continue
        if i and (tokens[i - 1].text == "-" or tokens[i].text.isupper()):
            continue
        noun = _noun(lexicon, norms[i + 1])
        if noun is None:
            continue
        gender, number = agreement & GENDER, agreement & NUMBER
        wrong_gender = bool(gender) and gender.isdisjoint(noun.genders)
        wrong_number = number.isdisjoint(noun.numbers)
        if not (wrong_gender or wrong_number) or annotated.quoted(tokens[i].start):
            continue
        if gender == {"fem"} and norms[i] in ("ma", "ta", "sa") and elides(norms[i + 1]):
            continue
        yield Hit(
            rule,
            tokens[i].start,
            following.end,
            tuple(_mended(lexicon, norms[i], norms[i + 1], number, wrong_number)),
        )


@lru_cache(maxsize=16384)
def _noun(lexicon: Lexicon, form: str) -> Shape | None:
    """The shape of a form that can only be a noun; None for any other form."""
    readings = lexicon.analyses(form)
    if not readings or any(reading.upos != "NOUN" for reading in readings):
        return None
    if not any(reading.common for reading in readings):
        return None
    if any(not each.feats & GENDER or not each.feats & NUMBER for each in readings):
        return None
    return shape_of(readings)


def _mended(
    lexicon: Lexicon, determiner: str, noun: str, number: frozenset[str], wrong_number: bool
) -> Iterator[str]:
    lemma = next(reading.lemma for reading in lexicon.analyses(noun))
    if wrong_number:
        form = lexicon.inflect(lemma, "NOUN", number)
        if form and form != noun:
            yield f"{determiner} {form}"
