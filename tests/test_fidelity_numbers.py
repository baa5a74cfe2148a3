"""Numbers, sums, measures and dates that differ from the source; what translators may do."""

from __future__ import annotations

from typing import Any

import pytest

from mtaudit.annotate import annotate
from mtaudit.errors import RuleError
from mtaudit.kinds.checks.numbers import number_differs
from mtaudit.model import Article
from mtaudit.rulebook import load_rulebook
from mtaudit.source.amounts import FAULTS, differences

FAMILY = "number"


def found(auditor: Any, french: str, english: str | None) -> list[tuple[str, str]]:
    """Rules of the family and what they flag; with the source these are confirmed."""
    result = auditor.audit_article(Article(id="a", text=french, source=english))
    own = [f for f in result.findings if f.family == FAMILY and f.source_text]
    assert all(f.evidence == "confirmed" for f in own)
    assert all(french[f.start : f.end] == f.text for f in own)
    return [(f.rule.removeprefix("number/"), f.text) for f in own]


@pytest.mark.parametrize(
    ("french", "english", "expected"),
    [
        ("Il manque 600 dollars.", "$600 billion is missing.", "changed-magnitude"),
        ("Il manque 3 millions d'euros.", "3 billion euros are missing.", "changed-magnitude"),
        ("La dette de 9 billions d'euros.", "The debt of 9 billion euros.", "changed-magnitude"),
        ("Le port perd 5 millions de tonnes.", "The port loses 5 Gt.", "changed-magnitude"),
        ("Le taux est de 3,42 %.", "The rate is 3.423%.", "changed-number"),
        ("Il a 18 ans.", "He is 81 years old.", "changed-number"),
        ("Le bar ferme à 4 h.", "The bar closes at 4 p.m.", "changed-hour"),
        ("Le livre (90, dès 6 ans) est ici.", "The book ($90, ages 6 up) is here.",
         "dropped-currency"),
        ("Il doit 50 000 dollars.", "He owes £50,000.", "changed-currency"),
        ("Le taux perd 2 %.", "The rate loses 2 percentage points.", "percent-or-points"),
        ("Un champ de 40 hectares.", "A field of 40 acres.", "changed-unit"),
        ("Un mur de 300 milles.", "A 300-mile wall.", "unconverted-unit"),
        ("Un mur de 12 pieds.", "A wall of 12 feet.", "unconverted-unit"),
        ("Un four à 120 chauffe.", "A kiln at 120°C heats.", "dropped-degree"),
        ("Trois mille ici, 4 000 là.", "Three thousand here, four thousand there.",
         "mixed-figures"),
        ("Le stade offre 31,000 places.", "The stadium has 31,000 seats.",
         "thousands-comma-copied"),
        ("Le stade offre 31.000 places.", "The stadium has 31,000 seats.", "thousands-point"),
        ("Une femme a gagné.", "A 23-year-old woman won.", "lost-number"),
        ("Le club compte 350 marins.", "The club has sailors.", "added-number"),
        ("On vote en juin.", "They vote in July.", "changed-date"),
        ("On vote mercredi.", "They vote on Tuesday.", "changed-date"),
    ],
)  # fmt: skip
def test_what_differs_from_the_source(
    french: str, english: str, expected: str, auditor: Any
) -> None:
    assert expected in [rule for rule, _ in found(auditor, french, english)]
    assert found(auditor, french, None) == []


@pytest.mark.parametrize(
    ("french", "english"),
    [
        # Figures and words, and English magnitudes.
        ("Douze marins et 31 000 places.", "12 sailors and thirty-one thousand seats."),
        ("Une dette de 3 000 milliards de dollars.", "A $3tn debt."),
        ("Entre 3 et 4 millions d'euros.", "Between €3m and €4m."),
        ("Mille milliards de yens.", "A trillion yen."),
        # Rounding, halves and parts.
        ("Près de 20 % des voix.", "Some 19.8% of the vote."),
        ("La moitié des voix.", "50 per cent of the vote."),
        ("Les deux tiers des voix.", "Two-thirds of the vote."),
        ("Un quart de million de voix.", "A quarter of a million votes."),
        ("Des milliers de voix.", "5,000 votes."),
        # Units that French has otherwise.
        ("À 160 km de la côte.", "100 miles off the coast."),
        ("Il faisait 32 °C.", "It was 90°F."),
        ("Il pèse 90 kilos.", "He weighs 200 pounds."),
        ("Un écran de 20 pouces.", "A 20-inch screen."),
        ("À 9 000 pieds d'altitude.", "At an altitude of 9,000 feet."),
        ("Le mur (300 miles, soit 480 km).", "The wall (300 miles, or 480 km)."),
        ("Il doit 50 000 livres.", "He owes £50,000."),
        ("Ces 4 milliards pour le métro.", "The €4 billion for the metro."),
        # Time.
        ("Le bar ferme à 23 heures.", "The bar closes at 11pm."),
        ("Le bar ferme à 20h45.", "The bar closes at 20.45."),
        ("Un voyage de 2 heures 40.", "A journey of 2 hours 40 minutes."),
        ("Les 18 derniers mois.", "The last one and a half years."),
        ("Dix ans plus tard, quinze jours durant.", "A decade later, for a fortnight."),
        ("Dans les années 80 et 90.", "In the 1980s and the nineties."),
        ("Depuis le XIXe siècle.", "Since the 19th century."),
        ("Un octogénaire a gagné.", "An eighty-year-old won."),
        ("Le feu a pris dans la nuit de dimanche.", "The fire broke out on Saturday night."),
        ("Il peut marcher en mai, mais seul.", "He may march in May, but alone."),
        # Wording.
        ("Les équipes sont quittes.", "The two teams are even."),
        ("Un homme et une femme.", "One man and one woman."),
        ("Le vol du F-16 au G20.", "The F-16's flight to the G20."),
        ("Il entre en huitièmes de finale.", "He is in the last sixteen."),
        ("Un ticket pour Three Mile Island.", "A ticket to Three Mile Island."),
        # The sum in another currency for other readers.
        ("Un don de dix millions (1,1 million d'euros).", "A gift of ten million (25m CZK)."),
    ],
)  # fmt: skip
def test_what_translators_do_is_let_be(french: str, english: str, auditor: Any) -> None:
    assert found(auditor, french, english) == []


def test_a_number_may_move_to_the_sentence_beside() -> None:
    english, french = "The yard has 350 welders.", "Le chantier embauche."
    assert [d.fault for d in differences(english, french, (), ())] == ["lost"]
    assert differences(english, french, (), ("Ses 350 soudeurs restent.",)) == ()


def test_a_lost_number_is_flagged_where_it_belongs(auditor: Any) -> None:
    french = "En 1998 le chantier employait du monde, en 2004 plus personne."
    english = "In 1998 the yard employed 350 people, in 2004 nobody."
    ((rule, word),) = found(auditor, french, english)
    assert rule == "lost-number"
    assert french.index("1998") < french.index(word) < french.index("2004")


def test_the_correction_is_suggested(auditor: Any) -> None:
    article = Article(id="a", text="Il manque 600 dollars.", source="$600 billion is missing.")
    (finding,) = auditor.audit_article(article).findings
    assert finding.suggestions == ("600\u00a0milliards de dollars",)
    assert finding.source_text == "$600 billion"
    assert finding.severity == "critical"


def test_character_references_are_no_numbers(auditor: Any) -> None:
    assert found(auditor, "L&#39;homme a payé 5 euros.", "The man paid 5 euros.") == []


def test_every_fault_has_its_rule() -> None:
    rules = [rule for rule in load_rulebook().rules if rule.check == "number-differs"]
    assert {rule.options["fault"] for rule in rules} == set(FAULTS)


def test_an_unknown_fault_is_an_error(resources: Any, make_rule: Any) -> None:
    rule = make_rule("check", check="number-differs", options={"fault": "odd"})
    article = Article(id="a", text="5 marins.", source="5 sailors.")
    with pytest.raises(RuleError, match="there is no fault 'odd'"):
        list(number_differs(annotate(article), rule, resources))


def test_forms_that_are_not_french_need_no_source(auditor: Any) -> None:
    text = (
        "Le 1 mai, à l'âge de 51, il a payé 14 Euros. Dans les 1960s, à la 53rd minute, l'indice "
        "valait 1251 points et le Nikkei 12 078."
    )
    found = {f.rule: f.text for f in auditor.audit_article(Article(id="a", text=text)).findings}
    assert {
        "number/first-of-month": "1",
        "number/capital-euro": "Euros",
        "number/english-decade": "1960s",
        "number/english-ordinal": "53rd",
        "number/ungrouped-thousands": "1251",
    }.items() <= found.items()
