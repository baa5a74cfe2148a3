"""What the source says and the translation does not, or says otherwise; what translators may do.

Numbers and names have files of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mtaudit.annotate import annotate
from mtaudit.kinds.checks import CHECKS
from mtaudit.model import Article, Finding
from mtaudit.source.align import align

# Rules of these checks run alone, so that no other rule's findings stand in the way.
Found = list[tuple[str, str | None]]
Look = Callable[..., Found]


@pytest.fixture
def look(make_rule: Callable[..., Any], resources: Any) -> Look:
    """What a check flags in a text beside its source, and the English that it shows."""

    def run(check: str, french: str, english: str | None, **options: Any) -> Found:
        rule = make_rule("check", check=check, options=options)
        annotated = annotate(Article(id="a", text=french, source=english))
        hits = sorted(CHECKS[check](annotated, rule, resources), key=lambda hit: hit.start)
        return [(french[hit.start : hit.end], hit.source_text) for hit in hits]

    return run


CHECKED = (
    "lost-word", "lost-name", "lost-passage", "added-passage", "negation-lost", "negation-gained",
    "past-in-present", "person-gender", "person-title", "speaker-gender", "spokeswoman",
    "quotes-lost", "copied-passage", "possessive-in-source",
)  # fmt: skip


@pytest.mark.parametrize("check", CHECKED)
def test_nothing_is_said_without_a_source(check: str, look: Look) -> None:
    french = "M. Keller n'a pas vendu l'école de Ruttes, a-t-il dit. The council voted to close it."
    assert look(check, french, None) == []


# Words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("french", "english", "expected"),
    [
        ("Le maire a lu le discours.", "The mayor read the final speech.",
         [("le discours", "final")]),
        ("La ville a ouvert une école.", "The city opened a small local school.",
         [("une école", "small local")]),
        ("Les étudiants ont quitté l'école.", "The students immediately left the school.",
         [("Les étudiants ont quitté", "immediately")]),
    ],
)  # fmt: skip
def test_a_lost_word_is_shown_on_the_french_of_its_phrase(
    french: str, english: str, expected: Found, look: Look
) -> None:
    assert look("lost-word", french, english) == expected


@pytest.mark.parametrize(
    ("french", "english"),
    [
        # Another word of the family, of the same look, a compound that holds it.
        ("La ville veut une petite école.", "The city wants a small school."),
        ("Le débat est devenu politique.", "The debate became political."),
        ("Il vit dans le centre-ville.", "He lives in the city centre."),
        # One French word for two.
        ("Le réalisateur a parlé à la presse.", "The film director spoke to the press."),
        # A rendering that the table does not know fills the place.
        ("La ville a ouvert une école minuscule.", "The city opened a small school."),
        # Discourse fillers, vague nouns and verbs come and go.
        ("Il a voté lundi.", "He just actually voted on Monday, you know."),
        ("Trois blessés ont quitté l'hôpital.", "Three injured people left the hospital."),
        # A rendering in the sentence beside.
        ("La ville a ouvert une école.\nElle est petite et belle.",
         "The city opened a small school.\nIt is beautiful."),
        # Free translation.
        ("L'éducation progresse chez nous, dit-on.", "The city has opened a small school."),
    ],
)  # fmt: skip
def test_what_translators_do_is_no_omission(french: str, english: str, look: Look) -> None:
    assert look("lost-word", french, english) == []


@pytest.mark.parametrize(
    ("french", "english", "expected"),
    [
        ("Le siège est toujours dans la ville.", "The headquarters are still in Zembrin.",
         [("la ville", "Zembrin")]),
        ("Le siège est toujours à Zembrin.", "The headquarters are still in Zembrin.", []),
    ],
)  # fmt: skip
def test_a_common_noun_in_place_of_a_name(
    french: str, english: str, expected: Found, look: Look
) -> None:
    assert look("added-word", french, english, instead="name") == expected


@pytest.mark.parametrize(
    ("french", "english", "expected"),
    [
        ("Deux femmes ont été tuées dans la ville lundi.",
         "Two women were killed in Zembrin in the city on Monday.",
         [("tuées dans la ville", "Zembrin")]),
        # A French form, an inhabitant's name, a transcription, a pronoun.
        ("Le ministre a visité Moscou.", "The minister visited Moscow.", []),
        ("Le ministre a visité le port moscovite.", "The minister visited the Moscow port.", []),
        ("Le ministre a visité Louhansk.", "The minister visited Luhansk.", []),
        ("Lundi, il a visité le port.", "On Monday Zembrin visited the port.", []),
    ],
)  # fmt: skip
def test_a_lost_name(french: str, english: str, expected: Found, look: Look) -> None:
    assert look("lost-name", french, english) == expected


# Passages ---------------------------------------------------------------------------------------

ENGLISH = (
    "Police closed the bridge on Monday morning.",
    "Three people were injured when a truck hit the station.",
    "Traffic resumed in the evening, the city council said.",
    "The government will pay for a new bridge next year.",
)
FRENCH = (
    "La police a fermé le pont lundi matin.",
    "Trois personnes ont été blessées quand un camion a heurté la gare.",
    "Le trafic a repris dans la soirée, selon le conseil municipal.",
    "Le gouvernement paiera un nouveau pont l'année prochaine.",
)


@pytest.mark.parametrize("joint", [" ", "\n"], ids=["sentences", "lines"])
@pytest.mark.parametrize("dropped", [0, 1, 2, 3])
def test_a_dropped_sentence_is_told_where_it_would_have_stood(
    dropped: int, joint: str, look: Look
) -> None:
    french = [sentence for k, sentence in enumerate(FRENCH) if k != dropped]
    (found,) = look("lost-passage", joint.join(french), joint.join(ENGLISH))
    assert found[1] == ENGLISH[dropped]
    text = joint.join(french)
    if dropped:
        before = FRENCH[dropped - 1]
        assert text.index(found[0]) in range(text.index(before), text.index(before) + len(before))


@pytest.mark.parametrize("joint", [" ", "\n"], ids=["sentences", "lines"])
@pytest.mark.parametrize("added", [1, 2, 3])
def test_an_added_sentence_is_flagged_whole(added: int, joint: str, look: Look) -> None:
    english = [sentence for k, sentence in enumerate(ENGLISH) if k != added]
    found = look("added-passage", joint.join(FRENCH), joint.join(english))
    assert [text for text, _ in found] == [FRENCH[added]]


@pytest.mark.parametrize("joint", [" ", "\n"], ids=["sentences", "lines"])
def test_sentences_joined_or_moved_are_not_lost(joint: str, look: Look) -> None:
    joined = f"{FRENCH[0][:-1]}, et {FRENCH[1][0].lower()}{FRENCH[1][1:]}"
    french = joint.join([joined, *FRENCH[2:]])
    assert look("lost-passage", french, joint.join(ENGLISH)) == []
    assert look("added-passage", french, joint.join(ENGLISH)) == []


def test_the_sentences_of_a_paragraph_are_aligned() -> None:
    article = Article(id="a", text=" ".join(FRENCH), source=" ".join(ENGLISH))
    alignment = align(article)
    assert alignment is not None
    assert len(alignment.pairs) == 1
    found = [
        (article.text[pair.start : pair.end], pair.english) for pair in alignment.segments.pairs
    ]
    assert found == list(zip(FRENCH, ENGLISH, strict=True))


def test_lines_of_equal_number_that_do_not_belong_together_are_aligned_by_length() -> None:
    long = "Les dockers de Zembrin ont voté la grève jusqu'au 12 mai, a annoncé leur syndicat."
    said = "The dockers of Zembrin voted to strike until 12 May, their union announced."
    sizes = (1, 4, 1, 5, 2, 6, 1, 3)
    french = [*(" ".join([long] * size) for size in sizes), "Fin."]
    english = ["News.", *(" ".join([said] * size) for size in sizes)]
    text = "\n".join(french)
    alignment = align(Article(id="a", text=text, source="\n".join(english)))
    assert alignment is not None
    pair = alignment.at(text.index("\n") + 1)
    assert pair is not None
    assert pair.english == english[2]


# People, time, negation, quotation ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "french", "english", "expected"),
    [
        ("negation-lost", "Le maire soutient la loi.", "The mayor does not support the law.",
         ["soutient"]),
        ("negation-lost", "Le maire refuse la loi.", "The mayor does not support the law.", []),
        ("negation-lost", "Le maire juge la loi inacceptable.",
         "The mayor does not find the law acceptable.", []),
        ("negation-lost", "Le maire soutient la loi et l'école.",
         "The mayor supports not only the law but the school.", []),
        ("negation-gained", "Le maire ne soutient pas la loi.", "The mayor supports the law.",
         ["ne soutient pas"]),
        ("negation-gained", "Le maire ne soutient pas la loi.", "The mayor is against the law.",
         []),
        ("person-gender", "Il est venu avec sa sœur.", "He came with his brother.", ["sœur"]),
        ("person-gender", "Il est venu avec sa sœur et son frère.",
         "He came with his brother and sister.", []),
        ("person-gender", "La société sœur a fermé.", "The brother company closed.", []),
        ("person-title", "Mme Keller a voté.", "Mr Keller voted.", ["Mme Keller"]),
        ("person-title", "Mme Keller a voté.", "Mr Keller and Mrs Keller voted.", []),
        ("speaker-gender", "La loi passera, a-t-il dit.", "The law will pass, she said.",
         ["-t-il"]),
        ("speaker-gender", "La loi passera, a-t-il dit.", "The law will pass, she told him.", []),
        ("speaker-gender", "Il faut voter, a-t-elle dit.", "We must vote, she said.", []),
        ("spokeswoman", "Le porte-parole a parlé.", "The spokeswoman spoke.",
         ["Le porte-parole"]),
        ("spokeswoman", "Le porte-parole a parlé.", "The spokesman spoke.", []),
        ("quotes-lost", "Le maire a parlé d'un jour noir pour la ville.",
         'The mayor spoke of "a dark day for the city".', ["d'un jour noir pour la ville"]),
        ("quotes-lost", "Le maire a parlé d'&quot;un jour noir pour la ville&quot;.",
         'The mayor spoke of "a dark day for the city".', []),
        ("copied-passage", "Selon lui, the council voted to close the harbour.",
         "According to him, the council voted to close the harbour.",
         ["the council voted to close the harbour"]),
        ("copied-passage", "La Royal Society for the Prevention of Cruelty to Animals proteste.",
         "The Royal Society for the Prevention of Cruelty to Animals protests.", []),
        ("possessive-in-source", "Le plan de Zembrins plaît.", "Zembrin's plan is popular.",
         ["Zembrins"]),
        ("possessive-in-source", "Le plan de Zembrins plaît.",
         "Zembrins plan is popular. Zembrin smiles.", ["Zembrins"]),
        ("possessive-in-source", "Les Zembrins partent.", "The Zembrins leave. Zembrin smiles.",
         []),
    ],
)  # fmt: skip
def test_beside_the_source(
    check: str, french: str, english: str, expected: list[str], look: Look
) -> None:
    assert [text for text, _ in look(check, french, english)] == expected


PAST = (
    "Le maire a fermé le pont lundi.\n{}\nLes ouvriers ont quitté la ville.",
    "The mayor closed the bridge on Monday.\n{}\nThe workers left the city.",
)


@pytest.mark.parametrize(
    ("french", "english", "expected"),
    [
        ("La police exige une enquête.", "Police demanded an inquiry.", ["exige"]),
        ("La police a exigé une enquête.", "Police demanded an inquiry.", []),
        ("La police exige une enquête.", "Police demand an inquiry.", []),
        # History is told in the present.
        ("En 1902, la police exige une enquête.", "In 1902 police demanded an inquiry.", []),
    ],
)
def test_a_past_that_became_a_present(
    french: str, english: str, expected: list[str], look: Look
) -> None:
    found = look("past-in-present", PAST[0].format(french), PAST[1].format(english))
    assert [text for text, _ in found] == expected


def test_the_apostrophe_of_the_source_confirms_what_the_french_gives_away(auditor: Any) -> None:
    text = "Le secrétaire général Mark Rutte a parlé. L'intervention de Ruttes a plu."
    said = {}
    for source in (None, "Mark Rutte spoke. Rutte's speech was liked."):
        result = auditor.audit_article(Article(id="a", text=text, source=source))
        (finding,) = [f for f in result.findings if f.text == "Ruttes"]
        assert isinstance(finding, Finding)
        said[source] = (finding.rule, finding.evidence)
    assert {evidence for _, evidence in said.values()} == {"suspect", "confirmed"}
    assert len({rule for rule, _ in said.values()}) == 1


def test_an_option_that_is_none_is_told(look: Look) -> None:
    with pytest.raises(Exception, match="instead is 'nobody'"):
        look("added-word", "Un mot.", "A word.", instead="nobody")
