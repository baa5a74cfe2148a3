"""What is measured of a rule, the file it is kept in, and what follows for confidence and gate."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mtaudit.cli import app
from mtaudit.cli import measure as _command  # noqa: F401  (registers itself)
from mtaudit.errors import MtauditError, RuleError
from mtaudit.evaluation import Tally
from mtaudit.measures import (
    Measure,
    confirmed,
    format_measures,
    pooled,
    posterior,
    read_measures,
    wilson,
)
from mtaudit.measuring import Sample, measures, over_budget, sample, translations
from mtaudit.model import Article
from mtaudit.pipeline import load_resources
from mtaudit.rulebook import load_rulebook
from mtaudit.scan import Scanner

FAMILY = """
title: {fr: Calque, en: Calque}
mqm: style/unidiomatic
severity: major
message: {fr: 'Calque de « {english} »', en: 'Copies “{english}”'}
plain_message: {fr: Calque, en: Calque}
"""
RULES = """
own-make-sense:
  english: make sense
  match: <faire> sens
  suggest: <avoir> du sens
  flag:
    - Ce choix [[fait sens]] pour le club.
  pass:
    - Le maire fait appel à son bon sens.
own-at-the-end:
  english: at the end of the day
  match: à la fin de la journée
  budget: 500000
  severity: minor
  flag:
    - "[[À la fin de la journée]], tout dépend du juge."
  pass:
    - La fin de la journée sera pluvieuse.
"""


def measure(**changes: object) -> Measure:
    usual = Measure("0", 0, 2_000_000, 5, 1_000_000, 4, 4, 0.9, "2025-01-01")
    return replace(usual, **changes)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    calque = tmp_path / "rules" / "calque"
    calque.mkdir(parents=True)
    (calque / "_family.yaml").write_text(FAMILY, encoding="utf-8")
    (calque / "own.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path / "rules"


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [(0, 0, 0.0, 1.0), (8, 10, 0.4902, 0.9433), (10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775)],
)
def test_wilson(right: int, total: int, low: float, high: float) -> None:
    assert wilson(right, total) == pytest.approx((low, high), abs=1e-4)


def test_pooled_family_draws_from_the_status_to_its_record() -> None:
    assert pooled(0, 0, 0.8) == pytest.approx(0.8)
    assert pooled(96, 96, 0.8) == pytest.approx(0.992)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, 0.8),
        ({"right": 4, "findings": 4}, 7.2 / 8),
        ({"findings": 4}, 3.2 / 8),
        # Twenty hits in translations, none by people: as good as five right findings.
        ({"mt_hits": 20, "mt_words": 1000, "human_words": 1000}, 8.2 / 9),
        # As frequent in human French: as bad as five wrong ones.
        ({"mt_hits": 20, "human_hits": 20, "mt_words": 1000, "human_words": 1000}, 3.2 / 9),
        # Half the text of people with half the hits is the same rate.
        ({"mt_hits": 20, "human_hits": 10, "mt_words": 1000, "human_words": 500}, 3.2 / 9),
    ],
)
def test_posterior(counts: dict[str, int], expected: float) -> None:
    none = {
        "right": 0, "findings": 0, "human_hits": 0, "human_words": 0, "mt_hits": 0, "mt_words": 0
    }  # fmt: skip
    assert posterior(0.8, **(none | counts)) == pytest.approx(expected)


def test_rates_and_ratio() -> None:
    made = measure(human_hits=4, mt_hits=9)
    assert (made.human_rate, made.mt_rate) == (2.0, 9.0)
    assert made.ratio == pytest.approx(9.5 / 1 / 4.5 * 2)
    assert measure(mt_hits=0).ratio is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"human_words": 0}, False),
        ({"human_hits": 4}, True),
        ({"human_hits": 5}, False),
        ({"mt_hits": 1, "gold_right": 0}, True),
        ({"mt_hits": 1, "gold_right": 0, "human_words": 900_000}, False),
        ({"mt_hits": 2, "gold_right": 0, "human_hits": 1}, False),
        ({"mt_hits": 0, "gold_right": 0}, False),
        ({"confidence": 0.7}, False),
    ],
)
def test_evidence(changes: dict[str, object], expected: bool) -> None:
    assert measure(**changes).enough(2.0) is expected


def test_one_hit_is_no_rate() -> None:
    assert measure(human_hits=1, human_words=1000).within(2.0)
    assert not measure(human_hits=2, human_words=1000).within(2.0)


def test_file_round_trip_is_sorted_and_stable(tmp_path: Path) -> None:
    both = {"sense/b": measure(), "calque/a": measure(human_hits=3, mt_hits=0)}
    text = format_measures(both)
    path = tmp_path / "measured.tsv"
    path.write_text(text, encoding="utf-8")
    assert read_measures(path) == both
    assert [line.split("\t")[0] for line in text.splitlines()] == ["rule", "calque/a", "sense/b"]
    assert format_measures(dict(reversed(both.items()))) == text
    assert read_measures(tmp_path / "none.tsv") == {}


def test_broken_file_tells_its_line(tmp_path: Path) -> None:
    path = tmp_path / "measured.tsv"
    path.write_text(
        format_measures({"a/b": measure()}).replace("2000000", "many"), encoding="utf-8"
    )
    with pytest.raises(RuleError, match=r"measured\.tsv:2: no line of measures"):
        read_measures(path)


def test_without_a_file_status_and_severity_decide(folder: Path) -> None:
    rules = {rule.name: rule for rule in load_rulebook([folder]).rules}
    assert rules["own-make-sense"].gating
    assert not rules["own-at-the-end"].gating
    assert rules["own-make-sense"].confidence == 0.8


def test_measured_rules_gate_by_evidence_and_only_as_measured(folder: Path) -> None:
    before = load_rulebook([folder])
    rule = before.rules[1]
    path = folder / "measured.tsv"
    path.write_text(format_measures({rule.id: measure(pattern=rule.pattern)}), encoding="utf-8")
    book = load_rulebook([folder])
    assert book.rules[1].gating
    assert book.rules[1].confidence == 0.9
    assert book.digest != before.digest
    # Not in the file: shown, not gating.
    assert not replace(rule, measure=None, measured=True).gating
    # Changed since: the measure is not of this pattern.
    own = folder / "calque" / "own.yaml"
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace("<faire> sens", "<faire> (du)? sens"), encoding="utf-8")
    changed = load_rulebook([folder]).rules[1]
    assert changed.measure is None
    assert not changed.gating
    assert changed.confidence == 0.8
    # A new example changes nothing.
    own.write_text(text.replace("pour le club", "pour le maire"), encoding="utf-8")
    assert load_rulebook([folder]).rules[1].gating


def test_gates_false_stays_and_gates_true_needs_evidence(folder: Path) -> None:
    rule = load_rulebook([folder]).rules[0]
    known = measure(pattern=rule.pattern)
    assert replace(rule, gates=True, measured=True, measure=known).gating
    assert not replace(rule, gates=True, measured=True).gating
    assert not replace(rule, severity="major", gates=False, measured=True, measure=known).gating
    assert not replace(rule, gates=True, status="preview", measured=True, measure=known).gating


@pytest.mark.parametrize("budget", ["much", "-1", "[1]"])
def test_budget_is_a_number(folder: Path, budget: str) -> None:
    own = folder / "calque" / "own.yaml"
    text = own.read_text(encoding="utf-8").replace("500000", budget)
    own.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=r"own\.yaml:\d+:\d+: budget is"):
        load_rulebook([folder])


def test_counting(folder: Path) -> None:
    book = load_rulebook([folder])
    scanner = Scanner(book, load_resources())
    human = sample(
        scanner, [Article(id="h", text="Le club gagne. À la fin de la journée, il dort.")]
    )
    rows = [Article(id=str(n), text="Cela fait sens pour lui.") for n in range(6)]
    translated = sample(scanner, rows)
    assert human.hits == {"calque/own-at-the-end": 1}
    assert translated.hits == {"calque/own-make-sense": 6}
    assert sample(scanner, rows, max_words=8).words < translated.words
    found = measures(book.rules, human=human, translated=translated, gold={}, date="2025-01-01")
    assert found["calque/own-make-sense"].confidence == pytest.approx(8.2 / 9, abs=1e-3)
    assert found["calque/own-at-the-end"].human_hits == 1
    assert not over_budget(book.rules, found)


def test_prior_is_the_record_of_the_rest_of_the_family(folder: Path) -> None:
    book = load_rulebook([folder])
    gold = {"calque/own-make-sense": Tally(findings=12, right=0)}
    found = measures(book.rules, human=Sample(), translated=Sample(), gold=gold, date="2025-01-01")
    assert found["calque/own-at-the-end"].confidence == pytest.approx(3.2 / 16)
    assert found["calque/own-make-sense"].confidence == pytest.approx(3.2 / 16)


def test_translations_of_both_shapes(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    lines = [
        {"set": "x", "line": 1, "source": "A.", "reference": "B.", "one": "Un.", "two": "Deux."},
        {"id": "d", "origlang": "en", "source": "A.", "systems": {"three": "Trois."}},
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = [(each.system, each.text) for each in translations([str(path)])]
    assert found == [("one", "Un."), ("two", "Deux."), ("three", "Trois.")]
    path.write_text('{"source": "A."}', encoding="utf-8")
    with pytest.raises(MtauditError, match=r"rows\.jsonl:1: no translation"):
        list(translations([str(path)]))


def test_command_writes_and_checks(folder: Path, tmp_path: Path) -> None:
    human = tmp_path / "human.jsonl"
    said = "Ce projet fait sens et le choix fait sens aussi."
    human.write_text(json.dumps({"text": said}) + "\n", encoding="utf-8")
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"one": "Cela fait sens."}) + "\n", encoding="utf-8")
    target = folder / "measured.tsv"
    options = ["rules", "measure", "--rules-dir", str(folder), "--rules", "calque/own-make-sense"]
    made = CliRunner().invoke(
        app,
        [*options, "--human", str(human), "--parallel", str(rows), "-o", str(target), "--check"],
    )
    assert made.exit_code == 1, made.output
    assert "calque/own-make-sense: 2 false alarms in" in made.output
    one = read_measures(target)["calque/own-make-sense"]
    assert (one.human_hits, one.mt_hits) == (2, 1)
    again = CliRunner().invoke(app, [*options, "--check"])
    assert again.exit_code == 1
    assert "1 over their budget" in again.output


def test_confirmed_findings_have_a_measure_and_a_verdict_of_their_own(folder: Path) -> None:
    rule = load_rulebook([folder]).rules[0]
    weak, strong = measure(mt_hits=0, gold_right=0, gold_findings=0), measure()
    found = replace(rule, gates=True, measured=True, measure=weak, confirmed=strong)
    assert not found.gates_on("suspect")
    assert found.gates_on("confirmed")
    assert found.confidence_in("confirmed") == strong.confidence
    # Never confirmed: it goes by the French alone.
    assert replace(found, confirmed=None).confidence_in("confirmed") == weak.confidence
    path = folder / "measured.tsv"
    pattern = rule.pattern
    path.write_text(
        format_measures(
            {
                rule.id: replace(weak, pattern=pattern),
                confirmed(rule.id): replace(strong, pattern=pattern),
            }
        ),
        encoding="utf-8",
    )
    read = load_rulebook([folder]).rules[0]
    assert (read.measure, read.confirmed) == (
        replace(weak, pattern=pattern),
        replace(strong, pattern=pattern),
    )


def test_what_editors_decided_counts_in_the_measures(folder: Path, tmp_path: Path) -> None:
    def decision(kind: str, **more: str) -> dict[str, str]:
        return {"rule": "calque/own-make-sense", "words": "fait sens", "decision": kind, **more}

    rows = [decision("accepted")] * 2 + [decision("written")]
    rows += [decision("dismissed", reason="not-an-error")] * 5
    rows += [decision("dismissed", reason="house-style"), decision("noted")]
    file = tmp_path / "decisions.json"
    article = {"id": "a", "translation": "Cela fait sens.", "decisions": rows}
    file.write_text(
        json.dumps({"mtaudit": "decisions", "schema": 1, "articles": [article]}), encoding="utf-8"
    )
    house = tmp_path / "house"
    options = ["rules", "measure", "--rules-dir", str(folder), "--decisions", str(file)]
    result = CliRunner().invoke(app, [*options, "-o", str(house / "measured.tsv")])
    assert result.exit_code == 0, result.output
    one = read_measures(house / "measured.tsv")["calque/own-make-sense"]
    assert (one.gold_right, one.gold_findings) == (3, 8)
    # The newsroom's own folder overrules what is measured elsewhere.
    rule = next(
        rule for rule in load_rulebook([folder, house]).rules if rule.id == "calque/own-make-sense"
    )
    assert rule.measure == one
    assert rule.confidence < 0.75
