"""The source beside the text: alignment, and the English that confirms a finding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mtaudit.annotate import annotate
from mtaudit.errors import RuleError
from mtaudit.examples import prove
from mtaudit.model import Article, ArticleResult
from mtaudit.rulebook import load_rulebook, packaged_rules
from mtaudit.scan import Scanner
from mtaudit.source.align import align
from mtaudit.source.confirm import confirmation
from mtaudit.source.lemmas import EnglishLemmas

FRENCH = [
    "Le port de Vessel a rouvert lundi après 12 jours de grève, a annoncé la direction.",
    "Les dockers demandaient 4 % de plus, et ils en ont obtenu 3.",
    "Le maire, Anton Brandt, a salué un compromis raisonnable pour toute la région.",
    "Trois navires attendaient au large depuis le 5 mai, chargés de blé et d'engrais.",
]
ENGLISH = [
    "The port of Vessel reopened on Monday after a 12-day strike, management said.",
    "The dockers had asked for 4% more, and they got 3.",
    "The mayor, Anton Brandt, welcomed a sensible compromise for the whole region.",
    "Three ships had been waiting offshore since 5 May, loaded with grain and fertiliser.",
]


@pytest.fixture(scope="module")
def lemmas(resources: Any) -> EnglishLemmas:
    return EnglishLemmas(resources.english)


def beside(french: list[str], english: list[str]) -> list[str | None]:
    """For each French line the English that it was laid beside."""
    alignment = align(Article(id="a", text="\n".join(french), source="\n".join(english)))
    assert alignment is not None
    found, position = [], 0
    for line in french:
        pair = alignment.at(position)
        found.append(pair.english if pair else None)
        position += len(line) + 1
    return found


def test_lines_of_equal_number_belong_together() -> None:
    assert beside(FRENCH, ENGLISH) == ENGLISH


def test_a_dropped_line_leaves_the_others_aligned() -> None:
    assert beside(FRENCH, ENGLISH[:1] + ENGLISH[2:])[2:] == ENGLISH[2:]
    assert beside(FRENCH[:1] + FRENCH[2:], ENGLISH) == [ENGLISH[0], ENGLISH[2], ENGLISH[3]]


def test_two_lines_that_were_merged_are_found_together() -> None:
    merged = [FRENCH[0], f"{FRENCH[1]} {FRENCH[2]}", FRENCH[3]]
    assert beside(merged, ENGLISH) == [ENGLISH[0], f"{ENGLISH[1]} {ENGLISH[2]}", ENGLISH[3]]


def test_an_article_without_source_has_no_alignment() -> None:
    assert align(Article(id="a", text="Un texte.")) is None


@pytest.mark.parametrize(
    ("english", "source", "expected"),
    [
        (["food for thought"], "It gives much food for thought.", "food for thought"),
        (["walk away with"], "They walked away with the prize.", "walked away with"),
        (["make a decision"], "He made a very hard decision.", "made a very hard decision"),
        (["food for thought"], "It gives food to those who thought.", None),
        (["race"], "The races were held.", "races"),
        (["race"], "The grace of it.", None),
        (["lawmakers", "legislators"], "Two legislators left.", "legislators"),
        (["that"], "He said that.", None),
    ],
)
def test_the_english_of_a_rule_in_any_of_its_forms(
    english: list[str], source: str, expected: str | None, lemmas: EnglishLemmas
) -> None:
    alignment = align(Article(id="a", text="Une ligne.", source=source))
    assert alignment is not None
    assert confirmation(english, alignment, 0, lemmas) == expected


def test_a_finding_is_confirmed_where_the_source_says_so(auditor: Any) -> None:
    text = "Ce rapport fournit de la nourriture pour la pensée aux élus."
    said = {}
    for source in (None, "The report gives councillors food for thought.", "The report is long."):
        result = auditor.audit_article(Article(id="a", text=text, source=source))
        assert isinstance(result, ArticleResult)
        (finding,) = [f for f in result.findings if f.rule == "idiom/food-for-thought"]
        said[source] = (finding.evidence, finding.source_text)
    assert said == {
        None: ("suspect", None),
        "The report gives councillors food for thought.": ("confirmed", "food for thought"),
        "The report is long.": ("suspect", None),
    }


PAIR = """
speaker:
  kind: pair
  english: speaker
  near: [parliament, house, vote]
  far: [native speaker]
  match: "(le|l'|un) {orateur}"
  rendered: [<président>]
  suggest: [président]
  flag:
    - {fr: "L'[[orateur]] a clos la séance.", en: "The speaker closed the house."}
  pass:
    - {fr: "L'orateur a clos la séance.", en: "The man at the desk closed the house."}
"""


@pytest.mark.parametrize(
    ("french", "english", "fires"),
    [
        ("L'orateur a clos la séance.", "The speakers closed parliament.", True),
        ("L'orateur a clos la séance.", "The Speaker closed the rally.", False),
        ("L'orateur a clos la séance.", "The native speaker closed parliament.", False),
        ("L'orateur a parlé au président.", "The orator met the speaker after the vote.", False),
        ("L'orateur a clos la séance.", None, False),
    ],
)
def test_a_pair_fires_beside_its_english_alone(
    french: str, english: str | None, fires: bool, resources: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "sense"
    folder.mkdir()
    (folder / "_family.yaml").write_bytes((packaged_rules() / "sense/_family.yaml").read_bytes())
    (folder / "pairs.yaml").write_text(PAIR, encoding="utf-8")
    book = load_rulebook([tmp_path])
    assert not list(prove(book, resources))
    article = Article(id="a", text=french, source=english)
    findings = Scanner(book, resources).scan(annotate(article))
    assert [(found.text, found.evidence) for found in findings] == (
        [("L'orateur", "confirmed")] if fires else []
    )


@pytest.mark.parametrize(
    ("phrase", "english", "found"),
    [
        ("=nationals", "Two foreign nationals left.", "nationals"),
        ("=nationals", "The national team left.", None),
        ("=Lent", "He lent it in Lent.", "Lent"),
        ("=Lent", "He lent it.", None),
        ("=neither", "Neither of them came.", "Neither"),
        ("tour_in", "On tour in Iraq", "tour in"),
        ("tour_in", "A tour of zones in Iraq", None),
        ("tour in", "A tour of zones in Iraq", "tour of zones in"),
        ("programme", "New programmes began.", "programmes"),
        ("lawmaker", "Lawmakers met.", "Lawmakers"),
    ],
)
def test_what_a_phrase_of_english_asks_for(
    phrase: str, english: str, found: str | None, lemmas: EnglishLemmas
) -> None:
    alignment = align(Article(id="a", text="Un texte.", source=english))
    assert alignment is not None
    assert confirmation([phrase], alignment, 0, lemmas) == found


def test_english_of_a_pair_that_every_sentence_has_is_refused(
    resources: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "sense"
    folder.mkdir()
    (folder / "_family.yaml").write_bytes((packaged_rules() / "sense/_family.yaml").read_bytes())
    (folder / "pairs.yaml").write_text(PAIR.replace("native speaker", "to have"), encoding="utf-8")
    with pytest.raises(RuleError, match=r"pairs\.yaml:6:\d+.*'to have' says nothing"):
        Scanner(load_rulebook([tmp_path]), resources).check()
