"""What a form can be where words agree: its genders and numbers as a noun, adjective or verb.

The dictionary's readings of a form are taken together; what the sentence makes of them is for
those who ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from mtaudit.french.lexicon import Analysis, Lexicon

__all__ = [
    "DETERMINERS",
    "GENDER",
    "NOT_FINITE",
    "NUMBER",
    "SURE",
    "Shape",
    "adjective",
    "clash",
    "collective",
    "finite",
    "in_number",
    "infinitive",
    "inflected",
    "noun",
    "shape_of",
    "third_person",
]  # fmt: skip

GENDER: Final = frozenset(("masc", "fem"))
NUMBER: Final = frozenset(("sing", "plur"))
NOT_FINITE: Final = frozenset(("inf", "part_pres", "part_past"))

DETERMINERS: Final[Mapping[str, frozenset[str]]] = {
    form: frozenset(features.split())
    for features, forms in (
        ("masc sing", "le un du au ce cet aucun"),
        ("fem sing", "la une cette ma ta sa aucune"),
        ("sing", "l' mon ton son notre votre leur chaque"),
        ("masc plur", "certains"),
        ("fem plur", "certaines"),
        (
            "plur",
            "les des aux ces mes tes ses nos vos leurs plusieurs quelques deux trois quatre cinq "
            "six sept huit neuf dix",
        ),
    )
    for form in forms.split()
}
"""Gender and number that a determiner asks of its noun, as far as it tells."""

# Nouns that stand for many: the verb may follow them or their complement.
_COLLECTIVE: Final = frozenset(
    "plupart majorité minorité partie nombre totalité moitié tiers quart cinquième dixième "
    "dizaine douzaine quinzaine vingtaine trentaine quarantaine cinquantaine soixantaine centaine "
    "millier million milliard foule multitude infinité quantité poignée série groupe ensemble "
    "couple paire reste pourcentage proportion force tas flot vague armée masse équipe demi fois "
    "type sorte genre espèce plusieurs beaucoup peu assez trop tant combien moins plus monde "
    "famille police gens duo trio quatuor quintette quelque part dernier total milliers".split()
)
# Nouns of one gender in the dictionary that the press uses for men and women.
_EITHER: Final = frozenset(
    "ministre juge maire député chef professeur auteur médecin écrivain ingénieur sénateur témoin "
    "premier-ministre secrétaire commissaire membre capitaine général colonel magistrat procureur "
    "préfet bébé mannequin otage guide cadre porte-parole leader numéro manager coach proviseur "
    "champion artiste modèle star vedette sage-femme après-midi œuvre amour délice orgue".split()
)
SURE: Final = frozenset(
    "est sont a ont était étaient avait avaient sera seront aura auront fut furent serait seraient "
    "aurait auraient va vont peut peuvent doit doivent".split()
)
"""Verbs that the dictionary knows as nouns too, which hardly any text does."""


class Shape(NamedTuple):
    """The genders and the numbers that a form can have."""

    genders: frozenset[str]
    numbers: frozenset[str]


def shape_of(readings: Iterable[Analysis]) -> Shape:
    """The shape of some readings; one that tells no gender or number may have either."""
    feats = [each.feats for each in readings]
    return Shape(
        frozenset().union(*(each & GENDER or GENDER for each in feats)),
        frozenset().union(*(each & NUMBER or NUMBER for each in feats)),
    )


def clash(one: Shape, other: Shape) -> bool:
    """Whether two shapes cannot agree: they have no gender or no number in common."""
    return any(
        bool(mine and theirs) and mine.isdisjoint(theirs)
        for mine, theirs in zip(one, other, strict=True)
    )


@lru_cache(maxsize=16384)
def noun(lexicon: Lexicon, form: str) -> Shape | None:
    """The shape of a form as a noun; None where it is none that texts use."""
    all_ = lexicon.analyses(form)
    readings = [each for each in all_ if each.upos == "NOUN" and each.common]
    # « avoir », « pouvoir », « a » and « est » are nouns in the dictionary alone.
    if not readings or any(each.upos == "AUX" or "inf" in each.feats for each in all_):
        return None
    shape = shape_of(readings)
    if any(each.lemma in _EITHER for each in readings):
        return Shape(GENDER, shape.numbers)
    return shape


@lru_cache(maxsize=16384)
def collective(lexicon: Lexicon, form: str) -> bool:
    """Whether a form is a noun that stands for many: « la plupart », « des dizaines »."""
    return form in _COLLECTIVE or any(
        each.lemma in _COLLECTIVE for each in lexicon.analyses(form) if each.upos == "NOUN"
    )


@lru_cache(maxsize=16384)
def adjective(lexicon: Lexicon, form: str, bound: bool = False) -> Shape | None:
    """The shape of a form that can only be an adjective or a past participle; else None.

    Args:
        bound: Whether it stands where no finite verb can, as after *être*.
    """
    # « conçus » may be a passé simple, which news does not write in the first person.
    but = {"part_past", "inf", "part_pres"} | (set() if bound else {"3"})
    readings = [
        each
        for each in lexicon.analyses(form)
        if each.upos not in ("VERB", "AUX") or each.feats & but
    ]
    found = [each for each in readings if each.upos == "ADJ" or "part_past" in each.feats]
    # A noun of the same shape (« un blessé ») says the same of gender and number.
    if not found or any(each not in found and each.upos != "NOUN" for each in readings):
        return None
    return shape_of(found)


@lru_cache(maxsize=16384)
def third_person(lexicon: Lexicon, form: str) -> frozenset[str]:
    """The numbers of a finite verb in the third person; empty where the form may be no verb."""
    readings = lexicon.analyses(form)
    verbs = [
        each for each in readings if each.upos in ("VERB", "AUX") and not each.feats & NOT_FINITE
    ]
    if not verbs or (len(verbs) < len(readings) and form not in SURE):
        return frozenset()
    return frozenset().union(*(each.feats & NUMBER for each in verbs if "3" in each.feats))


@lru_cache(maxsize=16384)
def finite(lexicon: Lexicon, form: str) -> tuple[Analysis, ...]:
    """The finite readings of a form that can be nothing else; none where it may be."""
    readings = lexicon.analyses(form)
    found = tuple(
        each for each in readings if each.upos in ("VERB", "AUX") and not each.feats & NOT_FINITE
    )
    if not any(each.common for each in found):
        return ()
    others = [each for each in readings if each not in found and "imper" not in each.feats]
    return found if form in SURE or not others else ()


@lru_cache(maxsize=16384)
def infinitive(lexicon: Lexicon, form: str) -> bool:
    """Whether a form is an infinitive and nothing else (« pouvoir » may be a noun)."""
    readings = lexicon.analyses(form)
    return bool(readings) and all("inf" in each.feats for each in readings)


def inflected(lexicon: Lexicon, form: str, shape: Shape) -> str | None:
    """An adjective or participle in the gender and number of a shape, where that tells one.

    None where the dictionary has no such form, or it is the form itself.
    """
    for reading in lexicon.analyses(form):
        if reading.upos == "ADJ" or "part_past" in reading.feats:
            gender = shape.genders if len(shape.genders) == 1 else reading.feats & GENDER
            number = shape.numbers if len(shape.numbers) == 1 else reading.feats & NUMBER
            feats = (reading.feats - GENDER - NUMBER) | gender | number
            found = lexicon.inflect(reading.lemma, reading.upos, feats)
            if found and found != form:
                return found
    return None


def in_number(lexicon: Lexicon, form: str, number: str) -> str | None:
    """A verb's form of the third person in the other number, `sing` or `plur`.

    None where the dictionary has no such form, or it is the form itself.
    """
    for reading in lexicon.analyses(form):
        if reading.upos in ("VERB", "AUX") and "3" in reading.feats:
            found = lexicon.inflect(
                reading.lemma, reading.upos, (reading.feats - NUMBER) | {number}
            )
            if found and found != form:
                return found
    return None
