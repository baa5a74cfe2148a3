"""The table of translations, the words that it is asked about, and links between two sentences."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from mtaudit.errors import DataMissing
from mtaudit.french.tokenizer import tokenize
from mtaudit.source import translations as module
from mtaudit.source.lemmas import EnglishLemmas
from mtaudit.source.links import Links, link, neighbours
from mtaudit.source.translations import Translations, load_translations, parse
from mtaudit.source.words import english_words, french_words, past_tense

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "mtaudit" / "source" / "data" / "translations.tsv"


@pytest.fixture(scope="module")
def table() -> Translations:
    return load_translations()


@pytest.fixture(scope="module")
def lemmas(resources: Any) -> EnglishLemmas:
    return EnglishLemmas(resources.english)


def linked(english: str, french: str, table: Translations, resources: Any) -> Links:
    return link(
        english_words(english, EnglishLemmas(resources.english)),
        french_words(tokenize(french), resources.lexicon),
        table,
    )


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("government", "gouvernement"),
        ("small", "petit"),
        ("recently", "récemment"),
        ("hospital", "hôpital"),
        ("decide", "décider"),
    ],
)
def test_the_usual_rendering_of_a_frequent_word_comes_first(
    english: str, french: str, table: Translations
) -> None:
    entry = table.english(english)
    assert entry.count >= 8
    assert entry.rate > 0.7
    assert max(entry.others, key=entry.others.__getitem__) == french


def test_nothing_is_claimed_of_an_unknown_word(table: Translations) -> None:
    entry = table.english("zembrinate")
    assert (entry.count, entry.rate, dict(entry.others)) == (0, 0.0, {})
    assert table.french("zembriner").count == 0


@pytest.mark.parametrize(
    ("english", "french", "related"),
    [
        ("Zembrin", "Zembrin", True),
        ("political", "politologue", True),
        ("city", "centre-ville", True),
        ("musician", "musicien", True),
        ("literature", "littéraire", True),
        ("school", "banque", False),
        ("minister", "port", False),
    ],
)
def test_words_that_look_alike_or_are_of_one_family(
    english: str, french: str, related: bool, table: Translations
) -> None:
    assert bool(table.akin(english, french)) == related


def test_the_table_is_compact_and_holds_no_sentences() -> None:
    text = DATA.read_text(encoding="utf-8")
    assert len(text.encode()) < 1_200_000
    english, french = text.rstrip("\n").split("\n\n")
    assert all(line.count("\t") == 6 for line in english.split("\n"))
    assert all(line.count("\t") == 5 for line in french.split("\n"))
    assert not any(" " in line.split("\t")[0] for line in text.split("\n"))


def test_a_missing_table_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FILE", "nowhere.tsv")
    load_translations.cache_clear()
    try:
        with pytest.raises(DataMissing, match="a data file of the package is missing") as raised:
            load_translations()
    finally:
        load_translations.cache_clear()
    assert "nowhere.tsv" in str(raised.value)
    assert "reinstall mtaudit" in str(raised.value)


def test_words_are_read_by_their_parts_and_degrees(lemmas: EnglishLemmas) -> None:
    words = english_words("The star-studded, oldest 5th school", lemmas)
    said = [(word.text, word.key, word.content, word.joined) for word in words]
    assert said == [
        ("The", "the", False, False),
        ("star", "star", True, False),
        ("studded", "stud", True, True),
        (",", ",", False, False),
        ("oldest", "old", True, False),
        ("5", "5", False, False),
        ("th", "th", False, False),
        ("school", "school", True, False),
    ]


def test_french_words_keep_their_places(resources: Any) -> None:
    text = "L&#39;été, les plus-zembriens partis"
    for word in french_words(tokenize(text), resources.lexicon):
        assert text[word.start : word.end].replace("&#39;", "'") == word.text


@pytest.mark.parametrize(
    ("form", "key", "past"),
    [
        ("said", "say", True),
        ("voted", "vote", True),
        ("votes", "vote", False),
        ("red", "red", False),
    ],
)
def test_forms_that_can_be_a_simple_past(form: str, key: str, past: bool) -> None:
    assert past_tense(form, key) == past


def test_links_go_one_to_one_and_leave_out_what_is_lost(
    table: Translations, resources: Any
) -> None:
    links = linked(
        "The city opened a small school.", "La ville a ouvert une école.", table, resources
    )
    pairs = {links.english[i].text: links.french[j].text for i, j in links.partner.items()}
    assert pairs == {"city": "ville", "opened": "ouvert", "school": "école"}
    lost = [
        word.text
        for i, word in enumerate(links.english)
        if word.content and i not in links.rendered
    ]
    assert lost == ["small"]
    assert not links.spare


def test_a_second_rendering_of_one_word_is_spare(table: Translations, resources: Any) -> None:
    links = linked("The city slept.", "La ville est une ville.", table, resources)
    assert [links.french[j].text for j in links.spare] == ["ville"]


def test_neighbours_stop_at_a_mark(lemmas: EnglishLemmas) -> None:
    words = english_words("the film, a director of banks", lemmas)
    assert list(neighbours(words, 4)) == ["bank+"]


def test_a_table_is_read_as_it_is_written() -> None:
    table = parse("key\t9\t80\t5\t60\trendu:70 rare:0\tnear+\n\nrendu\t12\t90\t3\t40\tloin-\n")
    entry = table.english("key")
    assert (entry.count, entry.rate, entry.dropped, entry.nominal) == (9, 0.8, 0.005, 0.6)
    assert entry.others == {"rendu": 0.7, "rare": 0.05}
    assert entry.swallowed == {"near+"}
    assert (table.french("rendu").nominal, table.french("rendu").swallowed) == (0.4, {"loin-"})


# The training script --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def script() -> ModuleType:
    path = ROOT / "training" / "translations.py"
    spec = importlib.util.spec_from_file_location("training_translations", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["training_translations"] = made
    spec.loader.exec_module(made)
    return made


SENTENCES = [
    ("The city opened a school.", "La ville a ouvert une école."),
    ("The school is small.", "L'école est petite."),
    ("A small city voted.", "Une petite ville a voté."),
    ("The bank left the city.", "La banque a quitté la ville."),
    ("The bank opened a small school.", "La banque a ouvert une petite école."),
    ("The marked city stays out.", "La ville marquée reste dehors."),
]


def test_training_is_deterministic_and_leaves_marked_passages_out(
    script: ModuleType, tmp_path: Path
) -> None:
    names = list(script.WEIGHTS)
    rows = [
        {"set": "own", "line": k, "source": english, **dict.fromkeys(names, french)}
        for k, (english, french) in enumerate(SENTENCES, start=1)
    ]
    articles = [{"source": SENTENCES[0][0], "systems": {"old": SENTENCES[0][1]}}]
    marked = [{"set": "own", "first_line": len(SENTENCES)}]
    for folder, lines in (("parallel", rows), ("articles", articles), ("gold", marked)):
        (tmp_path / folder).mkdir()
        name = "articles.jsonl" if folder == "gold" else "own.jsonl"
        text = "\n".join(json.dumps(line) for line in lines)
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    made = []
    for name in ("one.tsv", "two.tsv"):
        script.main(["--data", str(tmp_path), "--output", str(tmp_path / name)])
        made.append((tmp_path / name).read_text(encoding="utf-8"))
    assert made[0] == made[1]
    table = parse(made[0])
    city, small = table.english("city"), table.english("small")
    assert (city.count, max(city.others, key=city.others.__getitem__)) == (3, "ville")
    assert (small.count, max(small.others, key=small.others.__getitem__)) == (3, "petit")
    assert table.english("mark").count == 0
