"""Suggestions take the determiner before their noun along, and the adjective behind it."""

from __future__ import annotations

import pytest

from mtaudit.along import along
from mtaudit.annotate import annotate
from mtaudit.french.lexicon import load_lexicon
from mtaudit.kinds import Hit
from mtaudit.model import Article
from mtaudit.rulebook import load_rulebook

RULE = load_rulebook().rules[0]


def carried(marked: str, *suggestions: str) -> tuple[str, tuple[str, ...]]:
    """What a finding flags and suggests, whose rule flags what stands in brackets."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    hit = Hit(RULE, start, end, suggestions)
    made = along(annotate(Article("a", text)), hit, load_lexicon())
    return text[made.start : made.end], made.suggestions


@pytest.mark.parametrize(
    ("marked", "suggestions", "flagged", "made"),
    [
        ("Le [président] a dit non.", ["présidente"], "Le président", ["La présidente"]),
        ("Il suit la [route] vers Dax.", ["tracé"], "la route", ["le tracé"]),
        ("Une [route] différente va.", ["tracé"], "Une route différente", ["Un tracé différent"]),
        ("Le bord de la [colonie] brûle.", ["quartier"], "de la colonie", ["du quartier"]),
        ("Il tient au [spectacle] de Lyon.", ["fête"], "au spectacle", ["à la fête"]),
        ("Elle fait l'[appel] ce soir.", ["décision"], "l'appel", ["la décision"]),
        (
            "Il achève sa [tournée] en mai.",
            ["mission", "affectation"],
            "sa tournée",
            ["sa mission", "son affectation"],
        ),
        ("Ce [papier]-là.", ["article", "carnet"], "Ce papier", ["Cet article", "Ce carnet"]),
    ],
)  # fmt: skip
def test_another_gender_or_a_vowel_takes_the_determiner_along(
    marked: str, suggestions: list[str], flagged: str, made: list[str]
) -> None:
    assert carried(marked, *suggestions) == (flagged, tuple(made))


@pytest.mark.parametrize(
    ("marked", "suggestion"),
    [
        ("Il suit la [route] vers Dax.", "voie"),  # the same determiner does
        ("Il suit les [routes] vers Dax.", "tracés"),
        ("Il suit la [route] vers Dax.", "aller"),
        ("[Route] coupée hier.", "Tracé"),
        ("Il suit la grande [route] vers Dax.", "tracé"),
    ],
)
def test_else_a_finding_stays_as_it_is(marked: str, suggestion: str) -> None:
    flagged = marked[marked.index("[") + 1 : marked.index("]")]
    assert carried(marked, suggestion) == (flagged, (suggestion,))
