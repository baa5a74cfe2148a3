"""`mtaudit compare`: systems on the same articles, as its users meet it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from markdown_it import MarkdownIt
from sacrebleu.metrics.chrf import CHRF

import mtaudit.comparing
from mtaudit.comparing import compare, read_rows, read_systems
from mtaudit.comparing.formats import FORMATS
from mtaudit.metrics import cut
from mtaudit.pipeline import Auditor
from mtaudit.readers import read_paths
from mtaudit.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = Path(mtaudit.comparing.__file__).with_name("comparison.schema.json")
FAMILIES = ("apostrophe", "calque", "idiom", "typography")
FEW = tuple(part for family in FAMILIES for part in ("--rules", family))
# Few enough to be quick, enough for p-values of two digits.
QUICK = (*FEW, "--trials", "1000", "--jobs", "1")

Command = Callable[..., Any]


@pytest.fixture(scope="module")
def few() -> Auditor:
    return Auditor(Settings(select=FAMILIES))


@pytest.fixture(scope="module")
def corpus() -> dict[str, dict[str, str]]:
    """The articles of the corpus: machine's, the same mended by the marks, English, reference."""
    texts: dict[str, dict[str, str]] = {"machine": {}, "mended": {}, "english": {}, "people": {}}
    for article in read_paths([str(ROOT / "corpus")]):
        mended = article.text
        for mark in sorted(article.gold, key=lambda mark: -mark.start):
            fix = "" if mark.fix == "(delete)" else mark.fix
            mended = mended[: mark.start] + fix + mended[mark.end :]
        for name, text in zip(
            texts, (article.text, mended, article.source, article.reference), strict=True
        ):
            texts[name][article.id] = text
    return texts


@pytest.fixture
def folders(tmp_path: Path, corpus: dict[str, dict[str, str]]) -> Path:
    """The corpus as four folders of files of the same names."""
    for folder, texts in corpus.items():
        (tmp_path / folder).mkdir()
        for name, text in texts.items():
            (tmp_path / folder / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    return tmp_path


def rows(tmp_path: Path, *values: dict[str, Any]) -> str:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(f"{json.dumps(value)}\n" for value in values), "utf-8")
    return str(path)


def document(done: Any) -> dict[str, Any]:
    assert done.status == 0, done.err
    made: dict[str, Any] = json.loads(done.out)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(made)
    return made


# what comes of it ---------------------------------------------------------------------------------


def test_the_mended_translations_are_better_and_not_by_chance(
    command: Command, folders: Path, corpus: dict[str, dict[str, str]]
) -> None:
    options = ("--source", "english", "--reference", "people", *QUICK, "-f", "json")
    made = document(command("compare", "machine", "mended", *options))
    machine, mended = made["systems"]
    assert (machine["name"], mended["name"]) == ("machine", "mended")
    assert made["articles"] == 12
    assert made["unit"] == "line"
    assert machine["penalty"] > 3 * mended["penalty"]
    assert machine["penalty_interval"][0] < machine["penalty"] < machine["penalty_interval"][1]
    (versus,) = made["comparisons"]
    assert versus["penalty"]["difference"] == pytest.approx(
        mended["penalty"] - machine["penalty"], abs=1e-3
    )
    for name in ("chrF2++", "BLEU", "TER"):
        change = versus["metrics"][name]
        assert (change["difference"] < 0) == (name == "TER")
        assert change["p"] == pytest.approx(1 / 1001, abs=1e-6)
    assert versus["penalty"]["p"] < 0.05
    assert versus["families"]["apostrophe"]["p"] < 0.05
    segments = [
        each
        for name, text in corpus["mended"].items()
        for each in cut(text, corpus["people"][name]).segments
    ]
    expected = CHRF(word_order=2).corpus_score([a for a, _ in segments], [[b for _, b in segments]])
    assert mended["metrics"]["scores"]["chrF2++"]["score"] == pytest.approx(
        expected.score, abs=1e-4
    )
    assert "|ar:1000|seed:12345|" in mended["metrics"]["scores"]["chrF2++"]["signature"]


def test_a_system_against_itself_differs_in_nothing(command: Command, folders: Path) -> None:
    options = ("--reference", "people", *QUICK, "-f", "json")
    made = document(command("compare", "machine", "machine", *options))
    assert [system["name"] for system in made["systems"]] == ["machine", "machine (2)"]
    (versus,) = made["comparisons"]
    assert versus["differences"] == []
    tests = [versus["penalty"], versus["findings"], *versus["metrics"].values()]
    assert [(each["difference"], each["p"]) for each in tests] == [(0, 1)] * 5
    assert {family["p"] for family in versus["families"].values()} == {1}
    shown = command("compare", "machine", "machine", "--no-metrics", *QUICK).out
    assert "No finding differs." in shown


def test_the_counts_add_up(few: Auditor, folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folders)
    parallel, told = read_systems(["machine", "mended", "people"], "english")
    made = compare(parallel, few, metrics=False, trials=100)
    assert told == []
    assert [system.metrics for system in made.systems] == [None] * 3
    for at, versus in enumerate(made.against, start=1):
        sides = [each.side for each in versus.differences]
        whole = (made.systems[0].findings, made.systems[at].findings)
        assert sum(rule.baseline for rule in versus.rules) == whole[0]
        assert sum(rule.other for rule in versus.rules) == whole[1]
        assert sum(rule.only_baseline for rule in versus.rules) == sides.count(0)
        assert sum(rule.only_other for rule in versus.rules) == sides.count(1)
        for name, family in versus.families.items():
            assert family.baseline == made.systems[0].families[name]
        apart = [abs(rule.baseline - rule.other) for rule in versus.rules]
        assert apart == sorted(apart, reverse=True)
    for versus in made.against:
        for each in versus.differences:
            assert each.own[each.start : each.end] == each.finding.text.strip()
            assert each.source


def test_a_finding_in_the_same_segment_is_the_same(few: Auditor, tmp_path: Path) -> None:
    """By rule and segment, whatever the words; in another segment it is another."""
    name, entity = "Les forces de Pyongyangs ont avancé.", "Il n&#39;a rien dit hier soir."
    plain = "Le maire est venu au conseil hier."
    path = rows(
        tmp_path,
        {"source": "One", "a": name, "b": "Les troupes de Moscous ont avancé."},
        {"source": "Two", "a": f"{plain}\n{entity}", "b": f"{entity}\n{plain}"},
        {"source": "Three", "a": f"{entity} {entity}", "b": entity},
    )
    made = compare(read_rows([path], ["a", "b"]), few, trials=100)
    tallies = {rule.rule: rule for rule in made.against[0].rules}
    kept = tallies["apostrophe/possessive-name"]
    assert (kept.baseline, kept.other, kept.both) == (1, 1, 1)
    moved = tallies["apostrophe/entity"]
    assert (moved.baseline, moved.other, moved.both) == (3, 2, 1)
    shown = [(each.side, each.place, each.own, each.other) for each in made.against[0].differences]
    assert [each for each in shown if ":2" in each[1] and each[2] == entity] == [
        (1, f"{path}:2:1", entity, plain),
        (0, f"{path}:2:2", entity, plain),
    ]


def test_texts_with_other_lines_are_compared_as_wholes(few: Auditor, tmp_path: Path) -> None:
    first = "Les forces de Pyongyangs ont avancé vers la ville.\nLe maire est parti hier soir."
    other = "Les forces de Pyongyang ont avancé vers la ville. Puis rien.\nOui.\nLe maire part."
    path = rows(tmp_path, {"a": first, "b": other, "reference": other})
    made = compare(read_rows([path], ["a", "b"]), few, trials=100)
    assert (made.segments, made.unit) == (1, "text")
    assert made.systems[0].penalty_interval is None
    assert made.against[0].p["penalty"] == 1  # one segment proves nothing
    (only,) = made.against[0].differences
    assert only.other.startswith("Les forces de Pyongyang ont")
    assert only.reference == only.other
    metrics = made.systems[1].metrics
    assert metrics is not None
    assert metrics.scores["BLEU"].score == pytest.approx(100)
    assert "|seg:text|" in metrics.scores["BLEU"].signature


def test_a_text_left_in_english_stays_in_and_is_told(command: Command, tmp_path: Path) -> None:
    english = "The council voted on the budget and the mayor left the hall before the end of it."
    french = "Le conseil a voté le budget et le maire a quitté la salle avant la fin."
    values = [{"source": english, "a": french, "b": french, "reference": french}] * 2
    path = rows(tmp_path, *values, {"source": english, "a": french, "b": english})
    done = command("compare", path, "--systems", "a,b", *QUICK)
    assert done.status == 0
    assert "b: texts in another language, audited all the same: 1" in done.out
    assert "metrics of 2 of 3 articles, those that have a reference" in done.out


def test_the_seed_makes_it_the_same_again(command: Command, folders: Path) -> None:
    options = ("--no-metrics", *QUICK, "-f", "json")
    first = command("compare", "machine", "mended", *options).out
    assert first == command("compare", "machine", "mended", *options).out
    other = json.loads(command("compare", "machine", "mended", *options, "--seed", "7").out)
    assert other["seed"] == 7
    bounds = [json.loads(first)["systems"][0]["penalty_interval"]]
    assert bounds != [other["systems"][0]["penalty_interval"]]


# inputs -------------------------------------------------------------------------------------------


def test_files_of_json_lines_are_matched_by_id(few: Auditor, tmp_path: Path) -> None:
    for name, keys in (("a", "123"), ("b", "312")):
        lines = [
            json.dumps({"id": key, "text": f"Texte {key} du conseil.", "system": f"mt-{name}"})
            for key in keys
        ]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    parallel, _ = read_systems([str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")])
    assert parallel.systems == ("mt-a", "mt-b")
    assert [row.key for row in parallel.rows] == ["1", "2", "3"]
    assert all(len({article.text for article in row.articles}) == 1 for row in parallel.rows)


def test_two_files_are_one_article_whatever_their_names(tmp_path: Path) -> None:
    for name in ("avant.txt", "apres.txt"):
        (tmp_path / name).write_text("Le maire est parti.", "utf-8")
    parallel, _ = read_systems([str(tmp_path / "avant.txt"), str(tmp_path / "apres.txt")])
    assert parallel.systems == ("avant", "apres")
    assert len(parallel.rows) == 1


def test_rows_may_hold_systems_in_an_object_and_have_ids(tmp_path: Path) -> None:
    path = rows(tmp_path, {"id": 7, "systems": {"a": "Oui.", "b": "Non.", "c": "Si."}})
    parallel = read_rows([path], ["c", "a"])
    assert parallel.systems == ("c", "a")
    assert [article.text for article in parallel.rows[0].articles] == ["Si.", "Oui."]
    assert parallel.rows[0].key == "7"


def test_what_has_no_counterpart_is_left_out_and_told(command: Command, folders: Path) -> None:
    (folders / "mended/sport-cup-upset.txt").unlink()
    (folders / "mended/nouveau.txt").write_text("Le maire est parti.", "utf-8")
    done = command("compare", "machine", "mended", "--no-metrics", *QUICK)
    assert done.status == 0
    assert "11 articles" in done.out
    assert "machine/sport-cup-upset.txt: no translation by mended; left out" in done.out
    assert "mended/nouveau.txt: no translation by machine; left out" in done.out


def test_a_row_that_lacks_a_system_is_left_out_and_told(command: Command, tmp_path: Path) -> None:
    path = rows(tmp_path, {"a": "Il est parti hier.", "b": "Il part."}, {"a": "Seul ici."})
    with open(path, "a", encoding="utf-8") as stream:
        stream.write("{ceci n'est pas du JSON\n")
    done = command("compare", path, "--systems", "a,b", *QUICK, "-f", "json")
    assert document(done)["articles"] == 1
    first, second = done.err.splitlines()
    assert first.endswith("rows.jsonl:2: no translation by b; the row is left out")
    assert "rows.jsonl:3:2: not valid JSON" in second


BAD = [
    (("machine",), "one system alone (machine); expected two or more files or folders"),
    (("rows.jsonl",), "--systems takes two or more of a, b"),
    (("rows.jsonl", "--systems", "a"), "--systems names one alone (a)"),
    (("rows.jsonl", "--systems", "a,bb"), "no row has a translation by 'bb'"),
    (("nulle-part.jsonl", "--systems", "a,b"), "nulle-part.jsonl: cannot be read"),
    (("machine", "nulle-part"), "no article is in all of them: machine has business"),
    (("machine", "rows.jsonl"), "no article is in all of them"),
    (("machine", "english"), "english: 12 of 12 texts are not in French"),
    (("machine", "mended", "--reference", "rien"), "--reference rien: no such file or folder"),
    (("rows.jsonl", "--systems", "a,b", "--source", "english"), "does not go with --systems"),
    (("machine", "mended", "-f", "sarif"), "unknown output format 'sarif'"),
    (("machine", "mended", "-o", "machine/sport-cup-upset.txt"), "is among the articles"),
]


@pytest.mark.parametrize(("arguments", "said"), BAD)
def test_bad_input_is_one_line_and_exit_2(
    command: Command, folders: Path, arguments: tuple[str, ...], said: str
) -> None:
    rows(folders, {"a": "Il est parti.", "b": "Il part."})
    done = command("compare", *arguments, *QUICK)
    assert done.status == 2
    (line,) = done.err.splitlines()
    assert said in line
    assert "expected" in line
    assert done.out == ""


# formats ------------------------------------------------------------------------------------------


def test_the_terminal_shows_scores_families_and_examples(command: Command, folders: Path) -> None:
    options = ("--source", "english", "--reference", "people", "--most", "2", *QUICK)
    lines = command("compare", "machine", "mended", *options).out.splitlines()
    assert lines[0].startswith("machine, mended — 12 articles, 158 segments, ")
    head = "system chrF2++ ↑ BLEU ↑ TER ↓ penalty ↓ score ↑"
    assert " ".join(lines[2].split()) == head
    assert [line.split()[0] for line in lines[3:7]] == ["machine", "mended", "difference", "p"]
    at = lines.index("Rules that differ most")
    rule = lines[at + 1].split()
    assert rule[0].startswith("apostrophe/")
    assert rule[2:] == ["machine", rule[3], "mended", rule[5]]
    labels = [line.split()[0] for line in lines[at + 3 : at + 7]]
    assert labels == ["source", "machine", "mended", "reference"]
    assert re.search(r"machine    .*\[\[\S.*\]\]", lines[at + 4])
    assert any(line.endswith("more rules that differ") for line in lines)
    assert [line.split("|")[0] for line in lines[-4:]] == ["mtaudit", "chrF2++", "BLEU", "TER"]


def test_three_systems_stand_against_the_first(command: Command, folders: Path) -> None:
    done = command("compare", "machine", "mended", "people", "--no-metrics", *QUICK, "-f", "json")
    made = document(done)
    pairs = [(versus["baseline"], versus["system"]) for versus in made["comparisons"]]
    assert pairs == [("machine", "mended"), ("machine", "people")]


def test_it_speaks_french(command: Command, folders: Path) -> None:
    shown = command("compare", "machine", "mended", "--no-metrics", "--lang", "fr", *QUICK).out
    assert "Règles qui diffèrent le plus" in shown
    assert re.search(r"^  p +0,\d{4}$", shown, re.MULTILINE)


def test_every_format_by_its_suffix(command: Command, folders: Path) -> None:
    names = [f"out{writer.suffixes[0]}" for writer in FORMATS.values()]
    outputs = [part for name in names for part in ("-o", name)]
    done = command("compare", "machine", "mended", "--no-metrics", *QUICK, *outputs)
    assert done.status == 0
    assert done.err.splitlines() == [f"mtaudit: wrote {name}" for name in names]
    assert (folders / "out.txt").read_text("utf-8").splitlines()[:5] == done.out.splitlines()[:5]
    table = list(csv.DictReader(io.StringIO((folders / "out.csv").read_text("utf-8"))))
    made = json.loads((folders / "out.json").read_text("utf-8"))
    differences = made["comparisons"][0]["differences"]
    assert [row["rule"] for row in table] == [each["rule"] for each in differences]
    assert {row["only"] for row in table} <= {"baseline", "system"}


HOSTILE = "=cmd()<script>alert(1)</script> | **gras** l&#39;ami \x1b[31m du conseil est venu."


def test_article_text_is_data_in_every_format(command: Command, tmp_path: Path) -> None:
    path = rows(tmp_path, {"id": "<b>|*", "a": HOSTILE, "b": "Un ami du conseil est venu."})
    outputs = [part for suffix in ("html", "md", "csv") for part in ("-o", f"out.{suffix}")]
    done = command("compare", path, "--systems", "a,b", *QUICK, *outputs)
    assert done.status == 0
    assert "\x1b" not in done.out
    page = (tmp_path / "out.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<mark>&amp;#39;</mark>" in page
    assert "default-src 'none'" in page.replace("&#39;", "'")
    shown = MarkdownIt("commonmark").render((tmp_path / "out.md").read_text("utf-8"))
    assert "<script" not in shown
    assert "<strong>&amp;#39;</strong>" in shown
    table = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8"))))
    assert all(row["own"].startswith("'=") for row in table)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMA.read_text("utf-8")))


# speed --------------------------------------------------------------------------------------------


@pytest.mark.skipif(not os.environ.get("MTAUDIT_SLOW"), reason="set MTAUDIT_SLOW: a minute")
def test_three_thousand_sentences_in_a_minute(command: Command, shared_data: Path) -> None:
    began = time.monotonic()
    path = str(shared_data / "parallel" / "wmt11.jsonl")
    done = command("compare", path, "--systems", "google,microsoft", "--no-cache")
    assert done.status == 0
    assert time.monotonic() - began < 60
