"""Metrics against references: tiny values worked by hand, and the signatures."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

from mtaudit.errors import InputError
from mtaudit.metrics import METRICS, against_references

REFERENCE = "le chat dort sur le tapis"


def test_equal_texts_reach_the_best_of_every_metric() -> None:
    scores = against_references([REFERENCE], [REFERENCE])
    assert list(scores) == list(METRICS) == ["BLEU", "chrF2++", "TER"]
    assert scores["BLEU"].score == pytest.approx(100)
    assert scores["chrF2++"].score == pytest.approx(100)
    assert scores["TER"].score == 0


def test_one_word_in_six_replaced() -> None:
    scores = against_references(["le chat dort sur le lit"], [REFERENCE])
    # 5 of 6 words, 4 of 5 pairs, 3 of 4 triples, 2 of 3 fours; as long as the reference.
    bleu = 100 * (5 / 6 * 4 / 5 * 3 / 4 * 2 / 3) ** (1 / 4)
    assert scores["BLEU"].score == pytest.approx(bleu)
    assert scores["TER"].score == pytest.approx(100 / 6)
    assert bleu < scores["chrF2++"].score < 100


def test_nothing_in_common_scores_nothing() -> None:
    scores = against_references(["a b c d e f"], ["1 2 3 4 5 6"])
    assert scores["chrF2++"].score == 0
    assert scores["TER"].score == pytest.approx(100)
    assert math.isclose(scores["BLEU"].score, 0, abs_tol=10)  # smoothed, as the signature says


def test_signatures_name_the_metric_and_its_options() -> None:
    signatures = {k: v.signature for k, v in against_references(["a"], ["a"]).items()}
    assert signatures["BLEU"].startswith("BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|")
    assert signatures["chrF2++"].startswith("chrF2++|nrefs:1|case:mixed|eff:yes|nc:6|nw:2|")
    assert signatures["TER"].startswith("TER|nrefs:1|case:lc|tok:tercom|")


@pytest.mark.parametrize(("hypotheses", "references"), [([], []), (["a"], []), (["a"], ["a", "b"])])
def test_lists_that_do_not_pair_are_refused(hypotheses: list[str], references: list[str]) -> None:
    with pytest.raises(InputError, match="expected one reference for each translation"):
        against_references(hypotheses, references)


def test_importing_the_module_does_not_import_sacrebleu() -> None:
    code = "import sys, mtaudit.metrics; sys.exit('sacrebleu' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
