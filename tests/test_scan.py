"""Findings: what a report tells of a place, on any text."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mtaudit.annotate import annotate
from mtaudit.kinds import Hit, Resources
from mtaudit.model import Article, ArticleResult, Finding, Problem
from mtaudit.pipeline import Auditor
from mtaudit.rulebook import Rule, Rulebook
from mtaudit.scan import Scanner, message


@pytest.fixture
def scan(resources: Resources) -> Callable[..., tuple[Finding, ...]]:
    def run(rules: list[Rule], text: str, language: str = "en") -> tuple[Finding, ...]:
        scanner = Scanner(Rulebook(tuple(rules), {}, "0"), resources, language)
        return scanner.scan(annotate(Article(id="a", text=text)))

    return run


def named(rule: Rule, name: str) -> Rule:
    return replace(rule, id=f"calque/{name}", name=name)


def test_a_finding_tells_all_about_its_place(
    make_rule: Callable[..., Rule], scan: Callable[..., Any]
) -> None:
    text = "Un titre court\n\nVoilà le plan. Le plan l&#39;emporte."
    rule = make_rule(
        match=("l'emporte",), english=("carries the day",), severity="major", suggest=("gagne",)
    )
    (finding,) = scan([rule], text)
    assert (finding.start, finding.end) == (text.index("l&#39;"), len(text) - 1)
    assert finding.text == "l&#39;emporte"
    assert (finding.line, finding.column) == (3, 24)
    assert (finding.rule, finding.family) == ("calque/tested", "calque")
    assert (finding.severity, finding.gates, finding.evidence) == ("major", True, "suspect")
    assert finding.message == "Copies “carries the day”"
    assert finding.suggestions == ("gagne",)
    assert finding.section == "body"
    assert 0 < finding.confidence <= 1


@pytest.mark.parametrize(
    ("keys", "detail", "language", "expected"),
    [
        ({}, {}, "en", "Calque"),
        ({"english": ("a", "b")}, {}, "en", "Copies “a”"),
        ({"english": ("a",)}, {}, "fr", "Calque de « a »"),
        ({"message": {"fr": "un", "en": "one"}}, {}, "en", "Calque: one"),
        ({"message": {"fr": "un", "en": "one"}}, {}, "fr", "Calque : un"),
        ({"message": {"fr": "un", "en": "one"}}, {"fr": "x", "en": "y"}, "en", "Calque: one; y"),
        ({"english": ("{odd}",)}, {}, "en", "Copies “{odd}”"),
    ],
)
def test_messages(
    keys: dict[str, Any],
    detail: dict[str, str],
    language: str,
    expected: str,
    make_rule: Callable[..., Rule],
) -> None:
    rule = make_rule(match=("a",), **keys)
    assert message(rule, Hit(rule, 0, 1, (), detail), language) == expected


def test_findings_stand_in_reading_order_and_overlapping_rules_both_stay(
    make_rule: Callable[..., Rule], scan: Callable[..., Any]
) -> None:
    rules = [
        named(make_rule(match=("le plan vert",)), "b"),
        named(make_rule(match=("plan",)), "c"),
        named(make_rule(match=("le plan",)), "a"),
        named(make_rule("regex", match=("plan vert",)), "d"),
    ]
    found = scan(rules, "Voilà le plan. Voici le plan vert.")
    assert [(finding.rule[-1], finding.text) for finding in found] == [
        ("a", "le plan"),
        ("c", "plan"),
        ("a", "le plan"),
        ("b", "le plan vert"),
        ("c", "plan"),
        ("d", "plan vert"),
    ]


def test_once_per_article_gives_the_first(
    make_rule: Callable[..., Rule], scan: Callable[..., Any]
) -> None:
    (finding,) = scan([make_rule(match=("plan",), once=True)], "Le plan. Un plan. Des plans.")
    assert finding.start == 3


def test_one_place_that_two_patterns_find_is_one_finding(
    make_rule: Callable[..., Rule], scan: Callable[..., Any]
) -> None:
    assert len(scan([make_rule(match=("le plan", "(le|un) plan", "plan"))], "Voilà le plan.")) == 1
    assert len(scan([make_rule("regex", match=("pl.n", "plan"))], "Voilà le plan.")) == 1


@pytest.mark.parametrize(
    ("status", "runs"),
    [("stable", True), ("preview", True), ("optional", False), ("deprecated", False)],
)
def test_status(
    status: str, runs: bool, make_rule: Callable[..., Rule], scan: Callable[..., Any]
) -> None:
    found = scan([make_rule(match=("plan",), status=status, severity="major")], "Le plan.")
    assert [finding.gates for finding in found] == ([status == "stable"] if runs else [])


def test_rules_stay_in_their_sections(
    make_rule: Callable[..., Rule], scan: Callable[..., Any]
) -> None:
    text = "Le plan du port\n\nLe plan a été voté lundi soir par le conseil de la ville.\n"
    rule = make_rule(match=("plan",))
    assert [finding.section for finding in scan([rule], text)] == ["headline", "body"]
    body = replace(rule, sections=frozenset(("body",)))
    assert [finding.line for finding in scan([body], text)] == [3]


def test_fingerprints_hold_against_edits_elsewhere_and_tell_places_apart(
    make_rule: Callable[..., Rule], scan: Callable[..., Any]
) -> None:
    rules = [make_rule(match=("plan",))]

    def prints(text: str) -> list[str]:
        return [finding.fingerprint for finding in scan(rules, text)]

    text = "La maire a dit que le plan vert sera voté demain matin. Un plan."
    first = prints(text)
    assert first == prints(text.replace("La maire", "Hier soir, la maire"))
    assert len(set(first)) == 2
    twice = prints("le plan vert\nle plan vert\nle plan vert")
    assert len(set(twice)) == 3
    assert prints("que le plan  vert") == prints("que le plan vert")


def test_a_rule_by_another_name_has_other_fingerprints(
    make_rule: Callable[..., Rule], scan: Callable[..., Any]
) -> None:
    found = [
        finding
        for name in "ab"
        for finding in scan([named(make_rule(match=("plan",)), name)], "Le plan.")
    ]
    assert len({finding.fingerprint for finding in found}) == 2


# What an audit holds to on any text ---------------------------------------------------------------

PIECES = (
    "l&#39;OTAN|qu il|dIsraël|de Israël|Pyongyangs|l'ONUs|1 500 (1 300)|une amende de 5 000|$5m"
    "|a a|de la ville de la ville|Nous partons, a dit Paul.|Il a dit : Nous partons demain matin."
    "|Le président Christine Morel|des alliances, Mark Rutte|slam spend deal|Read more|rapidem..."
    '|nourriture pour la pensée|font sens|«|»|"|“|”|(|)|. |, |… |\n|\n\n|\r\n|\u2028|\u00a0| '
    "|😀|e\u0301|İ|ﬁn|ß|\u200b|\ufeff|\x00|&|&nbsp;|&amp;quot;|<b>|# |* |- |[a](b)|Le maire|dort"
    "|The mayor said that the bridge was closed|Nato|OTAN|km2|10,000 habitants|mars 5, 2024"
).split("|")
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join),
    st.text(max_size=80),
)
FRENCH = (
    "Le conseil de la ville a voté le budget, et le maire est parti dans la nuit avec les élus. "
)


def check(result: ArticleResult) -> None:
    text = result.article.text
    for finding in result.findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.text == text[finding.start : finding.end]
        assert finding.text.strip(), finding
        assert finding.line == text.count("\n", 0, finding.start) + 1
        assert finding.column == finding.start - (text.rfind("\n", 0, finding.start) + 1) + 1
        assert finding.message
        assert finding.text not in finding.suggestions
        assert len(set(finding.suggestions)) == len(finding.suggestions)
    for before, after in pairwise(result.findings):
        assert (before.start, before.end, before.rule) < (after.start, after.end, after.rule)
    prints = [finding.fingerprint for finding in result.findings]
    assert len(set(prints)) == len(prints)
    assert result.score.words >= 0
    assert 0 <= result.score.score <= 100


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["plain", "markdown"]))
@example("l&#39;OTAN dit qu il part\r\nà 1 500 (1 300) \x00", "plain")
@example("", "plain")
@example("\n\n\n", "markdown")
def test_an_audit_never_crashes_and_its_offsets_hold(
    auditor: Auditor, text: str, markup: Any
) -> None:
    for whole in (text, FRENCH + text):
        outcome = auditor.audit_article(Article(id="a", text=whole, markup=markup))
        if isinstance(outcome, Problem):
            assert "another language" in outcome.message
        else:
            check(outcome)


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_findings(auditor: Auditor, text: str) -> None:
    article = Article(id="a", text=FRENCH + text)
    assert auditor.audit_article(article) == auditor.audit_article(article)


@pytest.mark.parametrize(
    "filler",
    ["a ", "à à ", "« ", "« a » ", "de la ", "1 ", "&#39;", "(", "-", "l'", "Le plan. ", "a\n"],
)
def test_monotonous_text_is_audited_in_seconds(auditor: Auditor, filler: str) -> None:
    began = time.process_time()
    outcome = auditor.audit_article(Article(id="a", text=FRENCH * 3 + filler * 3000))
    assert isinstance(outcome, ArticleResult | Problem)
    assert time.process_time() - began < 5


def test_nothing_is_found_in_comments_of_markdown(auditor: Auditor) -> None:
    seen = "Le chef de l&#39;OTAN a parlé. Read more: the full story is here, 25% off."
    hidden = f"Le chef est parti.\n\n<!-- {seen} -->\n\nIl pleut.\n"
    shown = annotate(Article(id="a", text=hidden.replace("<!--", "").replace("-->", "")))
    assert auditor.scanner.scan(shown)
    assert not auditor.scanner.scan(annotate(Article(id="a", text=hidden, markup="markdown")))


def test_two_rules_of_a_family_on_the_same_words_are_one_finding(
    make_rule: Callable[..., Rule], scan: Callable[..., Any]
) -> None:
    one, other = (
        named(make_rule(match=("fait sens",)), "a"),
        named(make_rule(match=("fait sens",)), "b"),
    )
    longer = named(make_rule(match=("fait sens ici",)), "c")
    found = scan([one, other, longer], "Cela fait sens ici.")
    assert [finding.rule for finding in found] == ["calque/a", "calque/c"]
