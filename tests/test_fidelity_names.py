"""Names and acronyms that differ from the source; what translators may do."""

from __future__ import annotations

from typing import Any

import pytest

from mtaudit.model import Article
from mtaudit.source.names import english_words, fold, french_words


def found(auditor: Any, french: str, english: str | None) -> list[tuple[str, str]]:
    """Rules of the family that the source confirms and what they flag."""
    result = auditor.audit_article(Article(id="a", text=french, source=english))
    own = [f for f in result.findings if f.family == "name" and f.source_text]
    assert all(french[f.start : f.end] == f.text for f in own)
    return [(f.rule.removeprefix("name/"), f.text) for f in own]


@pytest.mark.parametrize(
    ("french", "english", "expected"),
    [
        ("Le juge Anton Brundvik a parlé.", "Judge Anton Brandvík spoke.",
         ("changed-name", "Brundvik")),
        ("Elle vit à J'rfalvi.", "She lives in Járfalvi.", ("changed-name", "J'rfalvi")),
        ("Le bac de Zilanteco coule.", "The Zinanteco ferry sinks.",
         ("changed-name", "Zilanteco")),
        ("Les billets e-Lizpa sont chers.", "eLišpa tickets are dear.",
         ("changed-name", "e-Lizpa")),
        ("Le poète Sorller lit.", "The poet Sörller reads.", ("lost-diacritics", "Sorller")),
        ("Il court sur la brunnenstrasse.", "He runs along the Brunnenstrasse.",
         ("lower-case-name", "brunnenstrasse")),
        ("Le poète Werner est cet agent.", "The poet Werner Sörller is that agent.",
         ("dropped-surname", "Werner")),
        ("Il quitte la DF.", "He leaves ZDF.", ("changed-acronym", "DF")),
        ("La Cour suprême de justice (SCJ) tranche.",
         "The Supreme Court of Justice (SCJ) decides.", ("kept-acronym", "SCJ")),
        ("M. Brun a voté.", "Mr Brown voted.", ("translated-surname", "Brun")),
        ("M. Brunérel parle, M. Brunerel écoute.", "Mr Brunerel speaks, Mr Brunerel listens.",
         ("accent-varies", "Brunerel")),
        ("La Fraternité musulmane dément.", "The Muslim Brotherhood denies it.",
         ("muslim-brotherhood", "Fraternité musulmane")),
    ],
)  # fmt: skip
def test_what_differs_from_the_source(
    french: str, english: str, expected: tuple[str, str], auditor: Any
) -> None:
    assert expected in found(auditor, french, english)
    assert found(auditor, french, None) == []


@pytest.mark.parametrize(
    ("french", "english"),
    [
        # French forms and transcriptions.
        ("La Moravie et la Bohême.", "Moravia and Bohemia."),
        ("Les Moraves et les Viennois.", "The Moravians and the Viennese."),
        ("Ioulia Verkhovskaïa et Loujine.", "Yulia Verkhovskaya and Luzhin."),
        ("Toutankhamon et Encelade.", "Tutankhamun and Enceladus."),
        ("L'OTAN et le FMI.", "NATO and the IMF."),
        ("Le Parti démocrate-progressiste (PDP) gagne, dit le PDP.",
         "The Democratic Progressive Party (DPP) wins, says the DPP."),
        # A house style that drops the marks of other languages throughout.
        ("Petr Vanek et Jan Novak.", "Petr Vaněk and Jan Novák."),
        # A name said once, a pronoun after.
        ("Il lit.", "Werner Sörller reads."),
        ("Le poète Sörller lit.", "The poet Werner Sörller reads."),
        # Words that are names and names that are words.
        ("M. Brown porte un manteau brun.", "Mr Brown wears a brown coat."),
        ("La Cour suprême siège à Los Angeles.", "The Supreme Court sits in Los Angeles."),
        ("Le chantier de microfinance.", "The Microfinance yard."),
        # The source mends itself.
        ("Klitschnar gagne. Klitschnar rit.", "Klitchnar wins. Klitschnar laughs."),
    ],
)  # fmt: skip
def test_what_translators_do_is_let_be(french: str, english: str, auditor: Any) -> None:
    assert found(auditor, french, english) == []


def test_lost_marks_count_where_the_article_keeps_others(auditor: Any) -> None:
    english = "Petr Vaněk and Jan Novák."
    assert found(auditor, "Petr Vanek et Jan Novák.", english) == [("lost-diacritics", "Vanek")]


def test_the_name_of_the_source_is_suggested(auditor: Any) -> None:
    article = Article(id="a", text="Le juge Brundvik lit.", source="Judge Brandvík reads.")
    (finding,) = [f for f in auditor.audit_article(article).findings if f.family == "name"]
    assert (finding.suggestions, finding.source_text) == (("Brandvík",), "Brandvík")


def test_character_references_keep_their_place(auditor: Any) -> None:
    french = "L&#39;avocat de Brundvik parle."
    english = "Brandvík's lawyer speaks."
    assert found(auditor, french, english) == [("changed-name", "Brundvik")]


def test_words_are_read_with_their_places() -> None:
    text = "L'avocat de D'valos, M. Söllner, lit."
    assert all(text[w.start : w.end] == w.text for w in french_words(text))
    assert [w.text for w in french_words(text)][:3] == ["avocat", "de", "D'valos"]
    assert english_words("Rutte's and the Browns' dog")[0].text == "Rutte"
    assert fold("Söllner-Brön") == "sollnerbron"
