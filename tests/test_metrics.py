"""Metrics against references: values worked by hand, and sacreBLEU's own numbers reproduced."""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.lib_ter import translation_edit_rate
from sacrebleu.metrics.ter import TER
from sacrebleu.significance import PairedTest

from mtaudit.cache import Cache
from mtaudit.errors import InputError
from mtaudit.metrics import (
    COLUMNS,
    METRICS,
    against_references,
    countable,
    counts,
    cut,
    measure,
    scores,
)
from mtaudit.readers import read_paths
from mtaudit.resampling import by_columns, randomization
from mtaudit.ter import QuickTER, edit_rate

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = "le chat dort sur le tapis"

Command = Callable[..., Any]


@pytest.fixture(scope="module")
def segments() -> tuple[list[str], list[str], list[str]]:
    """Lines of the corpus: translation, the same with its grave faults mended, reference."""
    machine, mended, reference = [], [], []
    for article in read_paths([str(ROOT / "corpus")]):
        text = article.text
        for mark in sorted(article.gold, key=lambda mark: -mark.start):
            if mark.severity in ("major", "critical"):
                fix = "" if mark.fix == "(delete)" else mark.fix
                text = text[: mark.start] + fix + text[mark.end :]
        for one, other, best in cut(article.text, text, article.reference).segments[:5]:
            machine.append(one)
            mended.append(other)
            reference.append(best)
    return machine, mended, reference


def test_equal_texts_reach_the_best_of_every_metric() -> None:
    made = against_references([REFERENCE], [REFERENCE])
    assert list(made) == list(METRICS) == ["chrF2++", "BLEU", "TER"]
    assert made["BLEU"].score == pytest.approx(100)
    assert made["chrF2++"].score == pytest.approx(100)
    assert made["TER"].score == 0


def test_one_word_in_six_replaced() -> None:
    made = against_references(["le chat dort sur le lit"], [REFERENCE])
    # 5 of 6 words, 4 of 5 pairs, 3 of 4 triples, 2 of 3 fours; as long as the reference.
    bleu = 100 * (5 / 6 * 4 / 5 * 3 / 4 * 2 / 3) ** (1 / 4)
    assert made["BLEU"].score == pytest.approx(bleu)
    assert made["TER"].score == pytest.approx(100 / 6)
    assert bleu < made["chrF2++"].score < 100


def test_nothing_in_common_scores_nothing() -> None:
    made = against_references(["a b c d e f"], ["1 2 3 4 5 6"])
    assert made["chrF2++"].score == 0
    assert made["TER"].score == pytest.approx(100)
    assert math.isclose(made["BLEU"].score, 0, abs_tol=10)  # smoothed, as the signature says


def test_signatures_name_the_metric_and_its_options() -> None:
    signatures = {k: v.signature for k, v in against_references(["a"], ["a"]).items()}
    assert signatures["BLEU"].startswith("BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|")
    assert signatures["chrF2++"].startswith("chrF2++|nrefs:1|case:mixed|eff:yes|nc:6|nw:2|")
    assert signatures["TER"].startswith("TER|nrefs:1|case:lc|tok:tercom|")


@pytest.mark.parametrize(("hypotheses", "references"), [([], []), (["a"], []), (["a"], ["a", "b"])])
def test_lists_that_do_not_pair_are_refused(hypotheses: list[str], references: list[str]) -> None:
    with pytest.raises(InputError, match="expected one reference for each translation"):
        against_references(hypotheses, references)


@pytest.mark.parametrize("module", ["metrics", "resampling"])
def test_importing_imports_neither_sacrebleu_nor_numpy(module: str) -> None:
    code = (
        f"import sys, mtaudit.{module}\n"
        "print([name for name in ('sacrebleu', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


# sacreBLEU ----------------------------------------------------------------------------------------


def test_scores_and_intervals_are_those_of_sacrebleu(
    segments: tuple[list[str], list[str], list[str]],
) -> None:
    machine, _, reference = segments
    made = scores(counts(list(zip(machine, reference, strict=True))), "line")
    theirs = {"chrF2++": CHRF(word_order=2), "BLEU": BLEU(), "TER": TER()}
    for name, metric in theirs.items():
        expected = metric.corpus_score(machine, [reference], n_bootstrap=1000)
        own = made[name]
        assert own is not None
        assert own.score == pytest.approx(expected.score)
        assert own.interval is not None
        assert (own.interval[1] - own.interval[0]) / 2 == pytest.approx(expected._ci, rel=1e-4)
        assert own.signature == f"{expected.name}|{metric.get_signature()}"


def test_significance_is_that_of_sacrebleu(
    segments: tuple[list[str], list[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SACREBLEU_SEED", raising=False)
    machine, mended, reference = segments
    # Half of the lines are exchanged, so that the difference is small and p is no extreme.
    one = [a if at % 2 else b for at, (a, b) in enumerate(zip(machine, mended, strict=True))]
    other = [b if at % 3 else a for at, (a, b) in enumerate(zip(machine, mended, strict=True))]
    theirs = {"chrF2++": CHRF(word_order=2), "BLEU": BLEU()}
    _, expected = PairedTest(
        [("one", one), ("other", other)], theirs, [reference], "ar", n_samples=1000
    )()
    counted = [counts(list(zip(texts, reference, strict=True))) for texts in (one, other)]
    measures = by_columns({name: (COLUMNS[name], measure(name)) for name in theirs})
    p = randomization(counted[0], counted[1], measures, trials=1000)
    assert {name: expected[name][1].p_value for name in theirs} == pytest.approx(p)
    assert 0.001 < p["BLEU"] < 1


def test_a_system_against_itself_has_p_1(
    segments: tuple[list[str], list[str], list[str]],
) -> None:
    machine, _, reference = segments
    counted = counts(list(zip(machine[:10], reference[:10], strict=True)))
    measures = by_columns({name: (COLUMNS[name], measure(name)) for name in METRICS})
    assert set(randomization(counted, counted, measures, trials=200).values()) == {1.0}


def test_one_segment_proves_nothing() -> None:
    one, other = (counts([(text, REFERENCE)]) for text in ("un chien court", REFERENCE))
    measures = by_columns({name: (COLUMNS[name], measure(name)) for name in METRICS})
    assert set(randomization(one, other, measures, trials=200).values()) == {1.0}


@pytest.mark.parametrize("longest", [0, 3, 20, 60])
def test_quick_ter_is_sacrebleus_ter(longest: int) -> None:
    draw = random.Random(longest)
    for _ in range(400 // (longest + 4)):
        words = "a b c d e f g h i j k l"[: draw.choice((3, 7, 23))].split()
        pair = [draw.choices(words, k=draw.randint(0, longest)) for _ in range(2)]
        assert edit_rate(*pair) == translation_edit_rate(*pair), pair
    # Far longer than the reference: the beam is widened.
    assert edit_rate(["a"] * 3, ["b"] * 400) == translation_edit_rate(["a"] * 3, ["b"] * 400)


def test_quick_ter_of_the_corpus_is_sacrebleus(
    segments: tuple[list[str], list[str], list[str]],
) -> None:
    machine, _, reference = segments
    for one, other in zip(machine, reference, strict=True):
        pair = one.lower().split(), other.lower().split()
        assert edit_rate(*pair) == translation_edit_rate(*pair), pair
    assert QuickTER().corpus_score(["a b"], [["b a"], ["c"]]).score == (
        TER().corpus_score(["a b"], [["b a"], ["c"]]).score
    )


# segments -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "segments", "unit"),
    [
        (("a\n\nb\n", "A\n\nB"), [("a", "A"), ("b", "B")], "line"),
        (("a\n\nb", "A\nB"), [("a", "A"), ("b", "B")], "line"),
        (("a\r\nb", "A\nB"), [("a", "A"), ("b", "B")], "line"),
        (("a\n\nc", "A\nB\nC"), [("a", "A"), ("", "B"), ("c", "C")], "line"),
        (("a\nb", "A"), [("a\nb", "A")], "text"),
        (("a", "A", "x\ny"), [("a", "A", "x\ny")], "text"),
    ],
)
def test_lines_are_the_segments_where_they_correspond(
    texts: tuple[str, ...], segments: list[tuple[str, ...]], unit: str
) -> None:
    made = cut(*texts)
    assert list(made.segments) == segments
    assert made.unit == unit


def test_the_lines_of_segments_are_those_of_the_text() -> None:
    text = "\nun\n\ndeux\n"
    made = cut(text, "one\ntwo")
    lines = text.split("\n")
    assert [lines[number - 1] for number in made.lines[0]] == [s[0] for s in made.segments]


def test_signatures_say_where_whole_texts_are_the_segments() -> None:
    counted = counts([("un chat\ndort", "un chat dort bien")])
    made = scores(counted, "text")
    assert "|seg:text|version:" in made["BLEU"].signature
    assert "seg:" not in scores(counted, "line")["BLEU"].signature


def test_few_segments_have_no_interval_and_the_signature_says_so() -> None:
    made = scores(counts([(REFERENCE, REFERENCE)] * 4), "line")["BLEU"]
    assert made.interval is None
    assert "bs:" not in made.signature
    made = scores(counts([(REFERENCE, REFERENCE)] * 5), "line")["BLEU"]
    assert made.interval == pytest.approx((100, 100))
    assert "|bs:1000|seed:12345|" in made.signature


def test_ter_of_a_segment_that_would_take_seconds_is_left_out_not_made_up() -> None:
    long = " ".join(f"mot{number}" for number in range(300))
    counted = counts([(long, long), ("un", "un")])
    assert countable(counted) == ("chrF2++", "BLEU")
    made = scores(counted, "mixed")
    assert made["TER"] is None
    assert made["BLEU"].score == pytest.approx(100)


def test_counts_are_kept_for_later_runs_and_the_same_by_any_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = [(f"le chat {number} dort ici", f"le chat {number} dort là") for number in range(250)]
    cache = Cache(tmp_path)
    first = counts(pairs, cache=cache, jobs=2)
    assert (first == counts(pairs[:3] + pairs[3:])).all()
    monkeypatch.setattr("mtaudit.metrics._count", None)  # nothing is left to count
    assert (first == counts(pairs, cache=Cache(tmp_path))).all()


# mtaudit run --------------------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Two articles in a.jsonl, the first with a reference."""
    first = "Le maire a voté le budget.\nIl est parti hier soir."
    rows = [
        {"id": "un", "text": first, "reference": first.replace("parti", "sorti")},
        {"id": "deux", "text": "Le conseil de la ville est réuni ce soir."},
    ]
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return tmp_path


def test_run_computes_metrics_where_they_are_asked_for(command: Command, two: Path) -> None:
    plain = json.loads(command("run", "a.jsonl", "--rules", "apostrophe", "-f", "json").out)
    assert plain["summary"]["metrics"] is None
    done = command("run", "a.jsonl", "--rules", "apostrophe", "--metrics", "-f", "json")
    document = json.loads(done.out)
    first, second = document["articles"]
    assert second["metrics"] is None
    assert first["metrics"]["segments"] == 2
    assert document["summary"]["metrics"]["articles"] == 1
    expected = TER().corpus_score(
        ["Le maire a voté le budget.", "Il est parti hier soir."],
        [["Le maire a voté le budget.", "Il est sorti hier soir."]],
    )
    for metrics in (first["metrics"], document["summary"]["metrics"]):
        assert metrics["scores"]["TER"]["score"] == pytest.approx(expected.score, abs=1e-4)
        assert metrics["scores"]["TER"]["signature"].startswith("TER|nrefs:1|")


def test_the_terminal_shows_metrics_with_their_signatures(command: Command, two: Path) -> None:
    done = command("run", "a.jsonl", "--rules", "apostrophe", "--metrics")
    head, *rows = done.out.splitlines()
    assert head.split()[-5:] == ["chrF2++", "BLEU", "TER", "words", "article"]
    assert [row.split()[8:11] for row in rows[:2] if "deux" in row] == [["–", "–", "–"]]
    assert "1 article with a reference, 2 segments — chrF2++ " in done.out
    assert [line.split("|")[0] for line in done.out.splitlines()[-4:]] == [
        "mtaudit",
        *METRICS,
    ]


def test_metrics_without_any_reference_are_told_missing(command: Command, two: Path) -> None:
    (two / "b.txt").write_text("Le maire a voté le budget de la ville.", "utf-8")
    done = command("run", "b.txt", "--rules", "apostrophe", "--metrics")
    assert done.status == 0
    assert done.err == "mtaudit: no metrics: none of the articles has a reference\n"
