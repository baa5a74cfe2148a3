"""Mining: rows, lemmas, links, and what each kind of proposal brings up. All data are our own."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from mtaudit.cli import app
from mtaudit.cli import mine as _command  # noqa: F401  (registers itself)
from mtaudit.errors import InputError
from mtaudit.french.english import load_english
from mtaudit.french.lexicon import load_lexicon
from mtaudit.french.names import load_names
from mtaudit.mining import Columns, Corpus, Dictionaries, Proposal, Row, mine, read_rows, rule_block
from mtaudit.mining.alignment import link
from mtaudit.mining.french import FrenchLemmas
from mtaudit.mining.proposal import slug
from mtaudit.mining.statistics import log_likelihood, places
from mtaudit.mining.table import frame, page, write
from mtaudit.source.lemmas import EnglishLemmas

# Twelve sentences of sport in which system "a" takes a race for a breed, between fillers that
# keep the occurrences in places of their own.
RACES = [
    ("won the race in", "a gagné la {} à", "Lyon"),
    ("lost the race in", "a perdu la {} à", "Brest"),
    ("started the race in", "a commencé la {} à", "Nantes"),
    ("finished the race in", "a fini la {} à", "Rennes"),
]
FILLERS = [
    ("The mayor opened the bridge.", "Le maire a inauguré le pont."),
    ("The judge closed the case.", "Le juge a clos le dossier."),
    ("The school bought computers.", "L'école a acheté des ordinateurs."),
    ("The farmer sold the wheat.", "L'agriculteur a vendu le blé."),
    ("The nurse called the doctor.", "L'infirmière a appelé le médecin."),
]


def dictionaries() -> Dictionaries:
    return Dictionaries(load_lexicon(), load_names(), load_english())


def races() -> list[Row]:
    rows: list[Row] = []
    for english, french, city in RACES:
        source = f"The rider {english} {city}."
        good = f"Le cycliste {french.format('course')} {city}."
        bad = f"Le cycliste {french.format('race')} {city}."
        rows.append(Row(source, {"a": bad, "b": good, "c": good}, good))
        for _ in range(5):
            rows.extend(Row(en, {"a": fr, "b": fr, "c": fr}, fr) for en, fr in FILLERS)
    return rows


@pytest.fixture(scope="module")
def mined() -> tuple[list[Proposal], Corpus]:
    return mine(races(), dictionaries())


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("races", "race"), ("matches", "match"), ("injuries", "injury"), ("stopped", "stop"),
        ("making", "make"), ("carried", "carry"), ("accused", "accuse"), ("went", "go"),
        ("children", "child"), ("news", "news"), ("during", "during"), ("minister's", "minister"),
        ("passed", "pass"), ("boxes", "box"), ("his", "his"),
    ],
)  # fmt: skip
def test_english_lemmas(form: str, lemma: str) -> None:
    assert EnglishLemmas(load_english()).lemma(form) == lemma


def test_french_lemmas_go_by_what_stands_before() -> None:
    texts = ["une entreprise vend".split(), "cette entreprise a entrepris un effort".split()]
    lemmas = FrenchLemmas(load_lexicon(), texts)
    assert lemmas.lemma("entreprise") == "entreprise"
    assert lemmas.lemma("entrepris") == "entreprendre"
    assert lemmas.lemma("zorglub") == "zorglub"
    assert not lemmas.content("cette")


def test_names_and_marks_are_no_words_of_content() -> None:
    lemmas = FrenchLemmas(load_lexicon(), [])
    words = lemmas.words([(t, t.lower()) for t in ["Le", "maire", "de", "Ville", ",", "hier"]])
    assert [word.form for word in words if word.content] == ["maire"]
    assert [word.word for word in words] == [True, True, True, True, False, True]


def test_log_likelihood() -> None:
    # By hand: 2 × (10 ln 10/4 + 2 × 10 ln 10/16 + 70 ln 70/64).
    assert log_likelihood(10, 20, 20, 100) == pytest.approx(12.0714, abs=1e-4)
    assert log_likelihood(4, 20, 20, 100) == pytest.approx(0.0, abs=1e-9)
    assert log_likelihood(0, 20, 20, 100) < 0


def test_places_take_neighbours_for_one_article() -> None:
    assert places([3, 4, 12, 80, 81]) == 2
    assert places([]) == 0


def test_links_find_the_word_that_goes_along() -> None:
    sources = [frozenset({"dog", "bite"}), frozenset({"dog", "sleep"}), frozenset({"cat", "sleep"})]
    targets = [{"chien": 2, "mordre": 2}, {"chien": 2, "dormir": 2}, {"chat": 2, "dormir": 2}]
    links = link(sources, targets)
    assert links[0] == {"chien": "dog", "mordre": "bite"}
    assert links[2] == {"chat": "cat", "dormir": "sleep"}
    assert link([frozenset()], [{}]) == [{}]


def test_rendering_that_stands_alone_comes_first(mined: tuple[list[Proposal], Corpus]) -> None:
    proposals, _ = mined
    first = proposals[0]
    assert (first.kind, first.english, first.wording) == ("apart", "race", ("race",))
    assert first.instead[0] == ("course",)
    assert first.systems == {"a": 4}
    assert (first.n, first.places, first.human) == (4, 4, 0)


def test_rule_block_is_yaml_to_go_on_from(mined: tuple[list[Proposal], Corpus]) -> None:
    proposals, corpus = mined
    block = yaml.safe_load(rule_block(proposals[0], corpus))
    assert block["race"]["english"] == "race"
    assert block["race"]["match"] == "<race>"
    assert block["race"]["suggest"][0] == "<course>"
    assert block["race"]["status"] == "preview"
    assert "[[" in block["race"]["flag"][0]


def test_slug_is_ascii() -> None:
    one = Proposal("apart", "work", ("œuvre", "d'été"), (), ((0, "a"),), 1, 0, 1.0)
    assert slug(one) == "oeuvre-d-ete-for-work"


def test_corrections_of_published_text_without_a_source() -> None:
    rows = []
    for name in ("Paul", "Marie", "Jean", "Anne"):
        rows.append(
            Row(
                "",
                {"mt": f"Selon {name}, ce plan fait du sens pour la ville."},
                f"Selon {name}, ce plan est logique pour la ville.",
            )
        )
        rows.extend(Row("", {"mt": fr}, fr) for _, fr in FILLERS * 5)
    proposals, _ = mine(rows, dictionaries())
    assert proposals[0].kind == "correction"
    assert proposals[0].n == 4
    assert proposals[0].wording == ("faire", "un", "sens") or "sens" in proposals[0].wording
    assert proposals[0].instead == (("être", "logique"),)


def test_what_goes_both_ways_is_a_matter_of_taste() -> None:
    one, other = "Le maire a bâti un grand pont.", "Le maire a construit un grand pont."
    rows = [Row("", {"mt": one}, other), Row("", {"mt": other}, one)] * 4
    both, _ = mine(rows, dictionaries())
    single, _ = mine([Row("", {"mt": one}, other)] * 8, dictionaries())
    assert both[0].score < single[0].score / 2


def test_nonwords_and_english_left_standing() -> None:
    good = "Le ministre prépare la réorganisation du stade."
    rows = []
    for bad in ("réorganisage", "facility"):
        text = good.replace("réorganisation", bad)
        rows += [Row("The minister prepares it.", {"a": text, "b": good}, good)] * 3
    proposals, _ = mine(rows, dictionaries())
    found = {each.wording[0]: each for each in proposals if len(each.wording) == 1}
    assert found["réorganisage"].kind == "nonword"
    assert found["réorganisage"].instead[0] == ("réorganisation",)
    assert found["facility"].kind == "untranslated"
    assert "ministre" not in found


def test_background_tells_choice_from_artifact() -> None:
    rows = races()
    usual = ["Le cycliste a gagné la race. Il a perdu la race, il a fini la race."] * 20
    plain, _ = mine(rows, dictionaries())
    informed, _ = mine(rows, dictionaries(), usual)
    score = {"plain": plain, "informed": informed}
    best = {
        name: max(each.score for each in found if each.wording == ("race",))
        for name, found in score.items()
    }
    assert best["informed"] < best["plain"]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".tsv"])
def test_rows_of_each_format(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"rows{suffix}"
    records: list[dict[str, Any]] = [
        {"en": "A dog.", "mt": "Un chien.", "ref": "Un chien !"},
        {"en": "B.", "mt": "", "ref": "B."},
    ]
    with open(path, "w", encoding="utf-8", newline="") as stream:
        if suffix == ".jsonl":
            stream.writelines(json.dumps(record) + "\n" for record in records)
        else:
            writer = csv.DictWriter(stream, records[0], delimiter="," if "c" in suffix else "\t")
            writer.writeheader()
            writer.writerows(records)
    rows = list(read_rows([str(path)], Columns(["mt"], "en", "ref")))
    assert rows == [Row("A dog.", {"mt": "Un chien."}, "Un chien !")]


def test_rows_of_nested_columns_and_articles_by_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    record = {"source": "A.\nB.", "systems": {"x": "Un.\nDeux."}, "reference": "I.\nII."}
    path.write_text(json.dumps(record), encoding="utf-8")
    rows = list(read_rows([str(path)], Columns(["systems.x"], "source", "reference")))
    assert rows == [
        Row("A.", {"systems.x": "Un."}, "I."),
        Row("B.", {"systems.x": "Deux."}, "II."),
    ]


def test_wrong_columns_are_told_with_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"en": "A.", "fr": "Un."}\n', encoding="utf-8")
    with pytest.raises(InputError, match="expected some of the columns there: en, fr"):
        list(read_rows([str(path)], Columns(["mt"], "en", "ref")))
    path.write_text("{\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"rows\.jsonl:1: not valid JSON"):
        list(read_rows([str(path)], Columns(["mt"])))
    with pytest.raises(InputError, match="cannot be read"):
        list(read_rows([str(tmp_path / "none.jsonl")], Columns(["mt"])))


def test_table_and_page(mined: tuple[list[Proposal], Corpus], tmp_path: Path) -> None:
    proposals, corpus = mined
    table = frame(proposals, corpus)
    assert list(table.columns[:4]) == ["kind", "english", "wording", "instead"]
    assert "race" in table.translation[0]
    assert "course" in table.human[0]
    for suffix in (".csv", ".tsv", ".html"):
        write(table, tmp_path / f"mined{suffix}")
    with open(tmp_path / "mined.csv", encoding="utf-8", newline="") as stream:
        assert next(csv.DictReader(stream))["wording"] == "race"
    with pytest.raises(InputError, match="unknown format"):
        write(table, tmp_path / "mined.xls")
    table.loc[0, "source"] = "<script>alert(1)</script>"
    text = page(table)
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_command(tmp_path: Path) -> None:
    path, target = tmp_path / "rows.jsonl", tmp_path / "mined.csv"
    with open(path, "w", encoding="utf-8") as stream:
        for row in races():
            record = {"en": row.source, "fr": row.human, **row.translations}
            stream.write(json.dumps(record) + "\n")
    systems = [part for name in "abc" for part in ("--translation", name)]
    options = ["mine", str(path), *systems]
    made = CliRunner().invoke(
        app, [*options, "--source", "en", "--human", "fr", "-o", str(target), "--limit", "5"]
    )
    assert made.exit_code == 0, made.output
    assert "course" in made.output
    with open(target, encoding="utf-8", newline="") as stream:
        assert len(list(csv.DictReader(stream))) <= 5
    assert isinstance(CliRunner().invoke(app, options).exception, InputError)


def test_real_rows_bring_up_renderings_first(shared_data: Path) -> None:
    columns = Columns(
        ("bergamot-tiny", "bergamot-base-memory", "google", "microsoft"), "source", "reference"
    )
    rows = read_rows([str(shared_data / "parallel" / "wmt10.jsonl")], columns)
    proposals, _ = mine(list(rows), dictionaries())
    first = {(each.english, each.wording) for each in proposals[:60]}
    assert ("star", ("étoile",)) in first
    assert ("achiever", ("accomplisseurs",)) in first
    assert [each.kind for each in proposals[:100]].count("overuse") < 5
