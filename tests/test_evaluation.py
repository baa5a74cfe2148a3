"""Findings against gold by the counting rules of the data, on cases computed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from mtaudit.evaluation import Evaluation, Tally, evaluate, false_alarms
from mtaudit.model import Article, ArticleResult, Finding, GoldSpan, Problem, Score
from mtaudit.pipeline import Auditor
from mtaudit.readers import read_gold, read_paths

TEXT = "abcdefghijklmnopqrstuvwxyz" * 4


def finding(start: int, end: int, **keys: Any) -> Finding:
    values: dict[str, Any] = {
        "rule": "calque/tested",
        "family": "calque",
        "severity": "minor",
        "confidence": 0.8,
        "evidence": "suspect",
        "line": 1,
        "column": start + 1,
        "text": TEXT[start:end],
        "message": "Calque",
        "suggestions": (),
        "source_text": None,
        "section": "body",
        "gates": False,
        "fingerprint": f"{start}-{end}",
    }
    return Finding(start=start, end=end, **(values | keys))


def mark(start: int, end: int, **keys: Any) -> GoldSpan:
    values: dict[str, Any] = {"article": "a", "text": TEXT[start:end], "category": "calque"}
    return GoldSpan(start=start, end=end, **(values | keys))


def result(findings: Sequence[Finding], name: str = "a", words: int = 100) -> ArticleResult:
    score = Score(words=words, points=0, penalty=0, score=100, passed=True)
    return ArticleResult(Article(id=name, text=TEXT), tuple(findings), score)


def compared(findings: Sequence[Finding], marks: Sequence[GoldSpan]) -> Evaluation:
    return evaluate([result(findings)], {"a": marks})


# Findings, marks (start, end, agreement), and what is counted: findings, right, marks, hit, credit.
COUNTS = [
    ([], [], (0, 0, 0, 0, 0.0)),
    # one finding on one mark
    ([(0, 10)], [(0, 10, 2)], (1, 1, 1, 1, 1.0)),
    # overlap 5 of union 15
    ([(0, 10)], [(5, 15, 2)], (1, 1, 1, 1, 5 / 15)),
    # they touch and do not overlap: ends are half-open
    ([(0, 10)], [(10, 20, 2)], (1, 0, 1, 0, 0.0)),
    ([(5, 6)], [(0, 10, 2)], (1, 1, 1, 1, 0.1)),
    # a mark that one annotator saw: the finding is right, the mark is not counted
    ([(0, 10)], [(0, 10, 1)], (1, 1, 0, 0, 0.0)),
    ([], [(0, 10, 1)], (0, 0, 0, 0, 0.0)),
    # the same with a firm mark beside it that is missed
    ([(0, 10)], [(0, 10, 1), (20, 30, 2)], (1, 1, 1, 0, 0.0)),
    # wrong and missed
    ([(40, 50)], [(0, 10, 2)], (1, 0, 1, 0, 0.0)),
    # one long finding hits three marks and earns credit once, from the best: 10 of 50
    ([(0, 50)], [(0, 10, 2), (20, 25, 2), (40, 45, 2)], (1, 1, 3, 3, 10 / 50)),
    # three findings on one mark are all right, and earn credit once, from the best: 6 of 10
    ([(0, 2), (2, 8), (8, 10)], [(0, 10, 2)], (3, 3, 1, 1, 0.6)),
    # two findings, two marks: the best pair first (10 of 10), then what is left (5 of 20)
    ([(0, 10), (0, 15)], [(0, 10, 2), (10, 20, 2)], (2, 2, 2, 2, 1.0 + 5 / 20)),
    # the same words found by two rules
    ([(0, 10), (0, 10)], [(0, 10, 2)], (2, 2, 1, 1, 1.0)),
]


@pytest.mark.parametrize(("findings", "marks", "expected"), COUNTS)
def test_counts(
    findings: list[tuple[int, int]], marks: list[tuple[int, int, int]], expected: tuple[Any, ...]
) -> None:
    made = compared(
        [finding(*span, rule=f"calque/r{i}") for i, span in enumerate(findings)],
        [mark(start, end, agreement=agreement) for start, end, agreement in marks],
    )
    tally = made.all
    assert (tally.findings, tally.right, tally.marks, tally.hit) == expected[:4]
    assert tally.credit == pytest.approx(expected[4])


@pytest.mark.parametrize(
    ("tally", "precision", "recall", "f1", "partial"),
    [
        (Tally(), None, None, None, None),
        (Tally(findings=4, right=3, marks=6, hit=2, credit=1.5), 0.75, 1 / 3, 6 / 13, 0.3),
        (Tally(findings=2, right=0, marks=2, hit=0), 0.0, 0.0, None, 0.0),
        (Tally(findings=2, right=2), 1.0, None, None, 0.0),
        (Tally(marks=2, hit=1, credit=0.5), None, 0.5, None, None),
    ],
)
def test_figures_of_a_tally(
    tally: Tally,
    precision: float | None,
    recall: float | None,
    f1: float | None,
    partial: float | None,
) -> None:
    figures = (tally.precision, tally.recall, tally.f1, tally.partial)
    assert figures == tuple(
        value if value is None else pytest.approx(value)
        for value in (precision, recall, f1, partial)
    )


def test_groups() -> None:
    made = compared(
        [
            finding(0, 10, family="calque", severity="minor"),
            finding(20, 30, family="idiom", severity="major", gates=True, rule="idiom/tested"),
            finding(60, 70, family="idiom", severity="major", gates=True, rule="idiom/tested"),
        ],
        [
            mark(0, 5, category="sense", severity="major", evidence="source"),
            mark(20, 30, category="idiom", severity="major"),
            mark(40, 50, category="idiom", severity="minor", evidence="world"),
        ],
    )
    assert made.all == Tally(findings=3, right=2, marks=3, hit=2, credit=1.5)
    assert made.gating == Tally(findings=2, right=1, marks=3, hit=1, credit=1.0)
    # a finding is right whatever the family of the mark; marks count under their own
    assert made.family["calque"] == Tally(findings=1, right=1)
    assert made.family["sense"] == Tally(marks=1, hit=1, credit=0.5)
    assert made.family["idiom"] == Tally(findings=2, right=1, marks=2, hit=1, credit=1.0)
    assert made.severity["major"] == Tally(findings=2, right=1, marks=2, hit=2, credit=1.5)
    assert made.evidence["source"] == Tally(marks=1, hit=1, credit=0.5)
    assert made.evidence["world"] == Tally(marks=1)
    assert made.rule["idiom/tested"] == Tally(findings=2, right=1)
    assert [missed.start for missed in made.missed] == [40]
    assert [(article, wrong.start) for article, wrong in made.wrong] == [("a", 60)]


def test_articles_that_gold_does_not_name_are_passed_over() -> None:
    results = [result([finding(0, 5)], "a", 30), result([finding(0, 5)], "b", 50)]
    made = evaluate(results, {"a": [mark(0, 5)], "c": [mark(0, 5, article="c")]})
    assert (made.articles, made.words, made.all.findings, made.all.marks) == (1, 30, 1, 1)
    # an article that was looked at and has no mark punishes every finding
    clean = evaluate(results, {"b": []})
    assert (clean.articles, clean.all.findings, clean.all.right) == (1, 1, 0)


def test_false_alarms() -> None:
    alarms = false_alarms(
        [
            result([finding(0, 5, gates=True), finding(9, 12, rule="calque/b")], "a", 300),
            result([finding(0, 5, rule="calque/b")], "b", 100),
            result([], "c", 100),
        ]
    )
    assert (alarms.words, alarms.findings, alarms.gating) == (500, 3, 1)
    assert (alarms.per_thousand, alarms.gating_per_thousand) == (6.0, 2.0)
    assert list(alarms.rules.items()) == [("calque/b", 2), ("calque/tested", 1)]
    assert false_alarms([]).per_thousand == 0.0


# Real text ----------------------------------------------------------------------------------------


def audited(auditor: Auditor, *paths: Path) -> list[ArticleResult]:
    texts = read_paths([str(path) for path in paths], numbered=True)
    return [made for made in auditor.results(texts) if not isinstance(made, Problem)]


def shown(spans: Sequence[Any]) -> str:
    return "\n".join(f"{span.start}-{span.end} {span.text!r}" for span in spans)


def test_seed_article(auditor: Auditor, shared_data: Path) -> None:
    (article,) = audited(auditor, shared_data / "seed" / "article.txt")
    (marks,) = read_gold(shared_data / "seed" / "gold.jsonl").values()
    made = evaluate([article], {article.article.id: marks})
    apostrophes = [each for each in made.missed if each.category == "apostrophe"]
    assert not apostrophes, shown(apostrophes)
    assert made.family["apostrophe"].marks
    assert made.all.precision is not None
    assert made.all.precision >= 0.90, shown([wrong for _, wrong in made.wrong])
    assert made.all.recall is not None
    assert made.all.recall >= 0.60, shown(made.missed)


def test_gold_excerpts(auditor: Auditor, shared_data: Path) -> None:
    made = evaluate(
        audited(auditor, shared_data / "gold" / "articles.jsonl"),
        read_gold(shared_data / "gold" / "gold.jsonl"),
    )
    assert made.articles == 46
    assert made.all.precision is not None
    assert made.all.precision >= 0.75, shown([wrong for _, wrong in made.wrong])
    assert made.gating.precision is not None
    assert made.gating.precision >= 0.90
    assert made.all.recall is not None
    assert made.all.recall >= 0.20


def test_human_french_raises_few_alarms(auditor: Auditor, shared_data: Path) -> None:
    alarms = false_alarms(audited(auditor, *sorted((shared_data / "human").glob("*.jsonl"))))
    worst = dict(list(alarms.rules.items())[:15])
    assert alarms.words > 100_000
    assert alarms.gating_per_thousand <= 0.5, worst
    assert alarms.per_thousand <= 3, worst
