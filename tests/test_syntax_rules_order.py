"""Word order: what its checks flag (between [[ ]]) and near misses, in French of our own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from mtaudit.errors import RuleError

KINDS_OF_THINGS = [
    "La ville a trouvé de [[similaires soucis]] ailleurs.",
    "Ils attendent trois [[supplémentaires semaines]].",
    # the noun may be a name's part, and be written like one
    "L'[[olympique Comité]] tchèque se tait.",
    # behind the noun, or a noun itself
    "Trois semaines supplémentaires sont prévues.",
    "Le public applaudit les musiciens.",
    "Les militaires français sont rentrés.",
    # set phrases
    "Au Moyen Âge, le bourg avait un port.",
    # other genders and numbers: the words do not belong together
    "La ville et les musicales soir.",
]
PLACES = [
    "Les [[allemands soldats]] ont quitté la vallée.",
    "Une [[autrichienne galerie]] prête la toile.",
    "Les soldats allemands ont quitté la vallée.",
    "L'Allemande Petra Voss a gagné.",
    "La Suisse samedi a perdu.",
]


def read(marked: str) -> tuple[str, list[str]]:
    return re.sub(r"\[\[|\]\]", "", marked), re.findall(r"\[\[(.+?)\]\]", marked)


@pytest.mark.parametrize(
    ("adjectives", "marked"),
    [("kind", each) for each in KINDS_OF_THINGS] + [("place", each) for each in PLACES],
)
def test_adjectives_before_their_noun(
    adjectives: str, marked: str, make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    rule = make_rule("check", check="adjective-before-noun", options={"adjectives": adjectives})
    text, expected = read(marked)
    assert [hit.text for hit in flagged(rule, text)] == expected


def test_the_adjective_is_put_behind_its_noun(
    make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    rule = make_rule("check", check="adjective-before-noun", options={"adjectives": "place"})
    (hit,) = flagged(rule, "Les allemands soldats ont quitté la vallée.")
    assert hit.suggestions == ("soldats allemands",)


def test_an_unknown_list_of_adjectives_is_told(
    make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    rule = make_rule("check", check="adjective-before-noun", options={"adjectives": "smells"})
    with pytest.raises(RuleError, match="'smells'"):
        list(flagged(rule, "La ville dort."))


@pytest.mark.parametrize(
    "marked",
    [
        "Les [[sécurité problèmes]] demeurent.",
        # a determiner that agrees with the first noun says nothing
        "La pause clopes est finie.",
        "Les problèmes de sécurité demeurent.",
    ],
)
def test_stacked_nouns(
    marked: str, make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    text, expected = read(marked)
    assert [hit.text for hit in flagged(make_rule("check", check="stacked-nouns"), text)] == (
        expected
    )


@pytest.mark.parametrize(
    "marked",
    [
        "La porte donne sur la [[réception UBS]].",
        "La porte donne sur la réception d'UBS.",
        # people bear their names behind their trades
        "L'avocat Ford plaide; le joueur Martin sort.",
        # what follows makes it another name
        "Le président Corée du Nord compris, nul ne vient.",
    ],
)
def test_names_stacked_behind_a_noun(
    marked: str, make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    text, expected = read(marked)
    assert [hit.text for hit in flagged(make_rule("check", check="bare-name"), text)] == expected
