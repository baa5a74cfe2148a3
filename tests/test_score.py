"""Scores: worked vectors of MQM's models, the schemes, the properties of the formulas."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mtaudit.errors import SettingsError
from mtaudit.model import Article, ArticleResult, Finding, Severity
from mtaudit.score import (
    FORMULAS,
    SCHEMES,
    Curve,
    Profile,
    Weights,
    chi_square,
    curve_through,
    interval,
    make_profile,
    points,
    score_findings,
    signature,
    total,
)


def finding(
    severity: Severity, *, family: str = "calque", line: int = 1, gates: bool = True
) -> Finding:
    return Finding(
        rule=f"{family}/test",
        family=family,
        severity=severity,
        confidence=0.9,
        evidence="suspect",
        start=0,
        end=1,
        line=line,
        column=1,
        text="x",
        message="",
        suggestions=(),
        source_text=None,
        section="body",
        gates=gates,
        fingerprint="",
    )


def many(minor: int = 0, major: int = 0, critical: int = 0) -> list[Finding]:
    return (
        [finding("minor")] * minor + [finding("major")] * major + [finding("critical")] * critical
    )


def of(formula: str, **changes: float) -> Profile:
    return replace(Profile(formula=formula), **changes)  # type: ignore[arg-type]


# Words, points, then the scores, worked by hand, with the decimals given.
VECTORS = [
    (400, 8, {"raw": 98.0, "msv-npt": 80.0, "linear": 90.0, "non-linear": 92.052}),
    (200, 1, {"raw": 99.5, "msv-npt": 95.0, "linear": 97.5, "non-linear": 98.214}),
    (200, 6, {"raw": 97.0, "msv-npt": 70.0, "linear": 85.0, "non-linear": 89.286}),
    (1200, 12, {"raw": 99.0, "msv-npt": 90.0, "linear": 95.0, "non-linear": 94.596}),
]


@pytest.mark.parametrize(("words", "weight", "expected"), VECTORS)
def test_score_findings_gives_the_worked_vectors(
    words: int, weight: int, expected: dict[str, float]
) -> None:
    for formula, value in expected.items():
        score = score_findings(many(minor=weight), words, of(formula))
        assert score.score == pytest.approx(value, abs=0.001), formula
        assert score.points == weight
        assert score.penalty == pytest.approx(weight * 1000 / words)


def test_vectors_cover_every_formula_but_the_default() -> None:
    assert set(VECTORS[0][2]) == set(FORMULAS) - {Profile().formula}


@pytest.mark.parametrize(
    ("penalty", "expected"), [(0, 100.0), (10, 95.0), (20, 90.25), (200, 35.849), (1000, 0.592)]
)
def test_exponential_falls_by_the_pass_mark_per_accepted_penalty(
    penalty: int, expected: float
) -> None:
    score = score_findings(many(minor=penalty), 1000, Profile())
    assert score.score == pytest.approx(expected, abs=0.001)
    assert score.passed is (penalty <= 10)


def test_curve_through_solves_the_reference_points() -> None:
    curve = curve_through((2000, 15), (500, 6))
    assert curve.a == pytest.approx(11.0628, abs=0.0001)
    assert curve.b == pytest.approx(0.00144012, abs=1e-8)
    assert Profile().curve == curve


@given(
    words=st.integers(50, 2000),
    longer=st.floats(1.5, 20),
    tolerated=st.floats(0.5, 50),
    share=st.floats(0.15, 0.95),
)
def test_curve_through_passes_through_its_points(
    words: int, longer: float, tolerated: float, share: float
) -> None:
    words2 = round(words * longer)
    tolerated2 = tolerated * (1 + (words2 / words - 1) * share)
    curve = curve_through((words, tolerated), (words2, tolerated2))
    assert curve.tolerated(words) == pytest.approx(tolerated, rel=1e-6)
    assert curve.tolerated(words2) == pytest.approx(tolerated2, rel=1e-6)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((500, 6), (2000, 24)),  # in proportion
        ((500, 6), (2000, 6)),
        ((500, 6), (500, 15)),
        ((0, 6), (500, 15)),
        ((500, 0), (2000, 15)),
        ((0, 0), (0, 0)),
    ],
)
def test_curve_through_refuses_points_without_a_curve(
    first: tuple[int, float], second: tuple[int, float]
) -> None:
    with pytest.raises(SettingsError, match="no curve of tolerated points passes through"):
        curve_through(first, second)


# --- schemes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("mqm", (0, 1, 5, 25, 1)),
        ("google", (0, 1, 5, 5, 0.1)),
        ("marot", (0, 1, 5, 5, 0.1)),
        ("gemba", (0, 1, 5, 25, 1)),
        ("xcomet", (0, 1, 5, 10, 1)),
    ],
)
def test_schemes_have_the_weights_of_the_reference(
    scheme: str, expected: tuple[float, ...]
) -> None:
    profile = SCHEMES[scheme]
    assert profile.name == scheme
    cases = [finding(severity) for severity in ("neutral", "minor", "major", "critical")]
    cases.append(finding("minor", family="typography"))
    assert [profile.weight(case) for case in cases] == list(expected)
    assert profile.weight(finding("major", family="typography")) == 5


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("mqm", 175 + 6),
        ("google", 25 + 5 + 1),  # at most five of a line, the heaviest
        ("marot", 35 + 6),
        ("gemba", 25 + 5 + 1),  # five criticals capped at 25
        ("xcomet", 25 + 6),  # seven criticals capped at 25
    ],
)
def test_caps_hold_for_each_line(scheme: str, expected: float) -> None:
    findings = many(critical=7)
    findings += [finding("major", line=2), finding("minor", line=3)]
    assert points(findings, SCHEMES[scheme]) == expected


def test_make_profile_takes_the_settings_and_names_the_schemes() -> None:
    profile = make_profile("gemba", pass_mark=90, accepted=25, formula="linear")
    assert profile == replace(SCHEMES["gemba"], pass_mark=90, accepted=25, formula="linear")
    with pytest.raises(SettingsError) as caught:
        make_profile("marrot")
    assert str(caught.value) == (
        "unknown scheme 'marrot'; expected one of mqm, google, marot, gemba, xcomet; "
        "did you mean 'marot'?"
    )


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"pass_mark": 100}, "the pass mark is 100; expected a number above 0 and below 100"),
        ({"pass_mark": 0}, "the pass mark is 0"),
        ({"accepted": 0}, "the accepted penalty is 0"),
        ({"accepted": math.nan}, "the accepted penalty is nan"),
        ({"formula": "linaer"}, "unknown formula 'linaer'.*did you mean 'linear'"),
        ({"weights": Weights(minor=-1)}, "a weight of profile 'mqm' is negative"),
    ],
)
def test_profile_refuses_what_would_pass_everything_or_nothing(
    changes: dict[str, object], text: str
) -> None:
    with pytest.raises(SettingsError, match=text):
        Profile(**changes)  # type: ignore[arg-type]


# --- verdict --------------------------------------------------------------------------------------


def test_neutral_findings_cost_nothing() -> None:
    score = score_findings([finding("neutral")] * 50, 1000, Profile())
    assert (score.points, score.penalty, score.score, score.passed) == (0, 0, 100, True)


def test_a_critical_finding_that_gates_fails_whatever_the_score() -> None:
    score = score_findings(many(critical=1), 10_000, Profile())
    assert score.score > 98
    assert not score.passed
    assert score_findings([finding("critical", gates=False)], 10_000, Profile()).passed
    assert score_findings(many(critical=1), 10_000, Profile(critical_fails=False)).passed


@pytest.mark.parametrize("formula", ["exponential", "linear"])
@given(pass_mark=st.floats(1, 99.9), weight=st.integers(1, 200))
def test_a_text_exactly_at_the_accepted_penalty_has_the_pass_mark_and_passes(
    formula: str, pass_mark: float, weight: int
) -> None:
    profile = of(formula, pass_mark=pass_mark, accepted=float(weight))
    score = score_findings(many(minor=weight), 1000, profile)
    assert score.score == pytest.approx(pass_mark)
    assert score.passed


def test_a_text_without_words_does_not_pass() -> None:
    for formula in FORMULAS:
        empty = score_findings([], 0, of(formula))
        assert (empty.words, empty.penalty, empty.score, empty.passed) == (0, 0, 100, False)
        assert empty.interval is not None
        assert empty.interval[0] < 1
        assert score_findings(many(major=1), 0, of(formula)).score < 100


# --- properties -----------------------------------------------------------------------------------

counts = st.builds(
    many, minor=st.integers(0, 40), major=st.integers(0, 20), critical=st.integers(0, 4)
)
words = st.integers(1, 20_000)
profiles = st.builds(
    Profile,
    formula=st.sampled_from(sorted(FORMULAS)),
    pass_mark=st.floats(50, 99),
    accepted=st.floats(1, 100),
)


@given(findings=counts, words=words, profile=profiles)
def test_more_findings_never_score_higher(
    findings: list[Finding], words: int, profile: Profile
) -> None:
    fewer = score_findings(findings, words, profile)
    more = score_findings([*findings, finding("minor")], words, profile)
    assert more.penalty > fewer.penalty
    assert more.score < fewer.score or more.score < 1e-300
    assert fewer.score <= 100


@given(findings=counts, words=words)
def test_the_default_score_lies_above_0_and_up_to_100(findings: list[Finding], words: int) -> None:
    score = score_findings(findings, words, Profile()).score
    assert 0 < score <= 100


@given(findings=counts, words=st.integers(0, 400), profile=profiles)
def test_short_texts_have_an_interval_round_their_score(
    findings: list[Finding], words: int, profile: Profile
) -> None:
    score = score_findings(findings, words, profile)
    assert (score.interval is None) is (words >= 300)
    if score.interval:
        low, high = score.interval
        assert low < 100
        assert low <= score.score <= high <= 100
        assert low < high or high < 1e-300


@given(findings=counts, words=st.integers(100, 299))
def test_intervals_narrow_with_length(findings: list[Finding], words: int) -> None:
    weights = [Profile().weight(one) for one in findings]
    low, high = interval(weights, words, of("linear"))
    low2, high2 = interval(weights * 2, words * 2, of("linear"))
    assert high2 - low2 < high - low


def test_interval_of_equal_weights_is_the_exact_poisson_one() -> None:
    # Five events: 1.6235 to 11.6683 (Garwood 1936); here five majors of 5 points in 250 words.
    low, high = interval([5.0] * 5, 250, of("msv-npt"))
    assert 100 - high == pytest.approx(1.6235 * 5 * 4, rel=0.01)
    assert 100 - low == pytest.approx(11.6683 * 5 * 4, rel=0.002)


@pytest.mark.parametrize(
    ("degrees", "low", "high"),
    [(2, 0.0506, 7.378), (4, 0.4844, 11.143), (12, 4.404, 23.337), (20, 9.591, 34.170)],
)
def test_chi_square_is_within_its_stated_error(degrees: int, low: float, high: float) -> None:
    assert low - 0.04 < chi_square(0.025, degrees) < low + 0.001
    assert high * 0.994 < chi_square(0.975, degrees) < high * 1.001
    assert chi_square(0.5, degrees) == pytest.approx(degrees * (1 - 2 / (9 * degrees)) ** 3)


# --- totals and signatures ------------------------------------------------------------------------


def result(findings: list[Finding], words: int, profile: Profile) -> ArticleResult:
    return ArticleResult(
        Article("a", "x"), tuple(findings), score_findings(findings, words, profile)
    )


@given(st.lists(st.tuples(counts, st.integers(1, 2000)), max_size=4))
def test_total_scores_all_articles_as_one_text(texts: list[tuple[list[Finding], int]]) -> None:
    assume(all(len(findings) < 60 for findings, _ in texts))
    profile = Profile()
    whole = total([result(findings, words, profile) for findings, words in texts], profile)
    together = [one for findings, _ in texts for one in findings]
    assert whole == score_findings(together, sum(words for _, words in texts), profile)


def test_total_keeps_the_caps_of_each_article() -> None:
    profile = SCHEMES["gemba"]
    results = [result(many(critical=3), 500, profile)] * 2
    assert total(results, profile).points == 50


def test_total_of_nothing_does_not_pass() -> None:
    assert not total([], Profile()).passed


def test_signature_says_what_produced_the_score() -> None:
    def sign(profile: Profile, model: str = "none") -> str:
        return signature("0.1.0", "a1b2c3", 412, model, profile, "target-words")

    assert sign(Profile()) == (
        "mtaudit|version:0.1.0|rules:412-a1b2c3|model:none|scheme:mqm|formula:exponential"
        "|pass:95@10|basis:target-words"
    )
    assert "|scheme:mqm(0/1/5/10/1/0/0)|" in sign(Profile(weights=Weights(critical=10)))
    assert "|scheme:xcomet|formula:linear|pass:90@12.5|" in sign(
        make_profile("xcomet", pass_mark=90, accepted=12.5, formula="linear")
    )
    curved = Profile(formula="non-linear", curve=Curve(11, 0.0015))
    assert "|formula:non-linear(a=11,b=0.0015)|" in sign(curved)
    assert sign(Profile(critical_fails=False)).endswith("|critical:counts")
    assert "|model:a/b|" in sign(Profile(), "a|b")
    assert sign(SCHEMES["google"]) != sign(SCHEMES["marot"])
