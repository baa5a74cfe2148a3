"""The verdict: what counts, what stops, what is exempt and by what."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from test_writers import audited, marked

from mtaudit.baseline import Baseline, known
from mtaudit.gate import Verdict, judge, standing
from mtaudit.globs import Names
from mtaudit.model import Article, Finding, Problem, Report
from mtaudit.policy import Override, Policy
from mtaudit.score import Profile, total
from mtaudit.suppressions import Suppression

TEXT = "Le titre rouge\n\n" + "Le maire a vu le projet bleu et le pont vert de la ville. " * 90
ARTICLE = Article("a/b.md", TEXT, path="a/b.md", markup="markdown")


def red(**fields: Any) -> Finding:
    return marked(ARTICLE, "rouge", "idiom/red", "major", section="headline", **fields)


def blue(**fields: Any) -> Finding:
    return marked(ARTICLE, "bleu", "sense/blue", "major", **fields)


def green(**fields: Any) -> Finding:
    return marked(ARTICLE, "vert", "typography/green", "minor", gates=False, **fields)


def report(*findings: Finding, article: Article = ARTICLE, problems: int = 0) -> Report:
    results = (audited(article, list(findings)),)
    trouble = tuple(Problem(f"{n}.txt", "the file is empty") for n in range(problems))
    return Report(results, trouble, total(results, Profile()), "mtaudit|rules:3-abc", 3)


def reasons(verdict: Verdict) -> list[tuple[str, str]]:
    return [(each.kind, each.what) for judged in verdict.judged for each in judged.reasons]


def exempt(verdict: Verdict) -> dict[str, str]:
    return {each.finding.rule: each.why for judged in verdict.judged for each in judged.exempt}


def over(values: Mapping[str, Any], *, paths: Any = (), sections: Any = ()) -> Policy:
    return Policy(overrides=(Override(paths, sections, values, "f: gate.override[1]"),))


def test_the_default_is_the_score_of_the_findings_that_gate() -> None:
    verdict = judge(report(red(), blue(), green()))
    assert verdict.passed
    assert exempt(verdict) == {"typography/green": "no-gate"}
    (judged,) = verdict.judged
    assert [finding.rule for finding in judged.counted] == ["idiom/red", "sense/blue"]
    assert judged.score.points == 10
    harsh = judge(report(red(), blue()), Policy(minimum_score=98))
    assert reasons(harsh) == [("score", "score")]
    assert harsh.outcome == "stopped"


def test_exactly_the_minimum_passes() -> None:
    (judged,) = judge(report(red())).judged
    assert judge(report(red()), Policy(minimum_score=judged.score.score)).passed


def test_a_critical_finding_stops_at_once() -> None:
    severe = replace(blue(), severity="critical")
    low = Policy(minimum_score=0)
    assert reasons(judge(report(severe), low)) == [("critical", "critical")]
    assert judge(report(severe), replace(low, critical_stops=False)).passed
    assert judge(report(replace(severe, gates=False)), low).passed


def test_limits_by_severity_family_and_in_all() -> None:
    found = report(red(), blue(), green())
    for limits, stops in (
        ({"major": 2}, []),
        ({"major": 1}, ["major"]),
        ({"idiom": 0}, ["idiom"]),
        ({"typography": 0, "minor": 0}, []),
        ({"findings": 1, "sense": 0}, ["findings", "sense"]),
    ):
        made = reasons(judge(found, Policy(maximum=limits)))
        assert made == [("limit", key) for key in stops]
    assert reasons(judge(found, Policy(maximum={"minor": 0}, count="all"))) == [("limit", "minor")]


def test_what_counts() -> None:
    found = report(red(confidence=0.6), blue(evidence="confirmed"), green())
    low = Policy(count="all")
    assert exempt(judge(found, low)) == {}
    assert exempt(judge(found, replace(low, minimum_confidence=0.7))) == {"idiom/red": "confidence"}
    assert exempt(judge(found, replace(low, evidence=("confirmed",)))) == {
        "idiom/red": "evidence", "typography/green": "evidence",
    }  # fmt: skip
    assert exempt(judge(found, replace(low, select=("sense", "idiom")))) == {
        "typography/green": "not-selected"
    }
    assert exempt(judge(found, replace(low, ignore=("sense",)))) == {"sense/blue": "ignored"}


def test_overrides_by_path_and_by_section() -> None:
    found = report(red(), blue())
    assert exempt(judge(found, over({"ignore": ("idiom",)}, paths=("a/**",)))) == {
        "idiom/red": "ignored"
    }
    assert exempt(judge(found, over({"ignore": ("idiom",)}, paths=("c/**",)))) == {}
    headline = over({"ignore": ("idiom", "sense")}, sections=("headline",))
    verdict = judge(found, headline)
    assert exempt(verdict) == {"idiom/red": "ignored"}
    assert verdict.judged[0].exempt[0].by == "ignore (f: gate.override[1])"
    strict = over({"maximum": {"major": 0}}, sections=("headline",))
    assert reasons(judge(found, strict)) == [("limit", "major in headline")]
    assert judge(report(blue()), strict).passed
    assert not judge(found, over({"minimum_score": 99.0}, paths=("b.md",))).passed


def test_a_critical_finding_may_count_only_in_a_section() -> None:
    severe = replace(red(), severity="critical")
    policy = over({"critical_stops": False}, sections=("headline",))
    assert judge(report(severe), replace(policy, minimum_score=0)).passed


def test_a_short_text_is_spared_only_within_its_interval() -> None:
    brief = Article("c.md", "Le titre rouge de la ville. " * 20, path="c.md")
    finding = marked(brief, "rouge", "idiom/red", "major")
    found = report(finding, article=brief)
    assert reasons(judge(found, Policy(minimum_score=97))) == [("score", "score")]
    kind = judge(found, Policy(minimum_score=97, short_text="interval"))
    assert kind.passed
    assert kind.judged[0].spared
    assert not judge(found, Policy(minimum_score=100, short_text="interval")).passed
    severe = report(replace(finding, severity="critical"), article=brief)
    assert not judge(severe, Policy(short_text="interval")).passed


def test_an_article_without_words_does_not_pass() -> None:
    empty = report(article=Article("c.md", "…", path="c.md"))
    result = replace(empty.results[0], score=replace(empty.results[0].score, words=0))
    assert reasons(judge(replace(empty, results=(result,)))) == [("empty", "words")]


@pytest.mark.parametrize(
    ("unreadable", "skipped", "outcome"),
    [
        ("error", None, "could not run"),
        ("stop", None, "stopped"),
        ("ignore", None, "passed"),
        ("ignore", 0.75, "passed"),
        ("ignore", 0.5, "stopped"),
        ("error", 0.0, "stopped"),
    ],
)
def test_what_an_unreadable_input_means(
    unreadable: str, skipped: float | None, outcome: str
) -> None:
    policy = Policy(unreadable=unreadable, maximum_skipped=skipped)
    verdict = judge(report(problems=2), policy)
    assert verdict.outcome == outcome
    assert len(verdict.unreadable) == 2


def test_nothing_audited_never_passes() -> None:
    nothing = replace(report(problems=1), results=())
    assert judge(nothing, Policy(unreadable="ignore")).outcome == "could not run"
    assert judge(replace(nothing, problems=())).outcome == "could not run"


def test_the_baseline_exempts_what_it_knows_and_the_rest_stops() -> None:
    old, new = report(red()), report(red(), blue())
    baseline = Baseline("mtaudit|rules:3-abc", {"a/b.md": known(old.results[0])})
    strict = Policy(maximum={"findings": 0})
    assert judge(old, strict, baseline=baseline).passed
    verdict = judge(new, strict, baseline=baseline)
    assert [finding.rule for finding in verdict.judged[0].counted] == ["sense/blue"]
    assert exempt(verdict) == {"idiom/red": "baseline"}
    names = Names("/r", "/r/a")
    moved = replace(ARTICLE, id="b.md", path="b.md")
    assert judge(report(red(), article=moved), strict, baseline=baseline, names=names).passed
    assert not judge(report(red(), article=moved), strict, baseline=baseline).passed


def test_what_changed_rules_alone_add_is_told_apart() -> None:
    old = report(red())
    baseline = Baseline("mtaudit|rules:2-old", {"a/b.md": known(old.results[0])})
    strict = Policy(maximum={"findings": 0})
    verdict = judge(report(red(), blue()), strict, baseline=baseline)
    assert [finding.rule for _, finding in verdict.grown] == ["sense/blue"]
    assert not verdict.passed
    kind = judge(report(red(), blue()), replace(strict, rule_changes="report"), baseline=baseline)
    assert kind.passed
    assert exempt(kind)["sense/blue"] == "rule-pack"
    edited = replace(ARTICLE, text=TEXT + "Fin.")
    assert not judge(report(red(), blue(), article=edited), strict, baseline=baseline).grown


def test_findings_of_an_earlier_revision_are_exempt() -> None:
    before = {"a/b.md": known(report(red()).results[0])}
    strict = Policy(maximum={"findings": 0})
    verdict = judge(report(red(), blue()), strict, before=before, revision="main")
    assert exempt(verdict) == {"idiom/red": "since"}
    assert verdict.judged[0].exempt[0].by == "main"


TODAY = datetime.date(2026, 6, 1)


def silence(**fields: Any) -> Suppression:
    made = Suppression(rule="idiom/red", words="Rouge", reason="a title", place="s.toml:1")
    return replace(made, **fields)


def test_suppressions_silence_what_they_name() -> None:
    strict = Policy(maximum={"findings": 0})

    def run(*given: Suppression, policy: Policy = strict) -> Verdict:
        return judge(report(red(), blue()), policy, suppressions=given, today=TODAY)

    verdict = run(silence(owner="desk"))
    assert exempt(verdict) == {"idiom/red": "suppressed"}
    assert verdict.judged[0].exempt[0].by == "s.toml:1: a title (desk)"
    assert exempt(run(silence(context="le titre"))) == {"idiom/red": "suppressed"}
    for off in ({"context": "le pont"}, {"words": "roug"}, {"rule": "idiom/re"}, {"path": "c/**"}):
        assert exempt(run(silence(**off))) == {}
    assert exempt(run(silence(rule="idiom"))) == {"idiom/red": "suppressed"}
    locked = replace(strict, never_suppress=("idiom",))
    assert exempt(run(silence(), policy=locked)) == {}


def test_unused_and_expired_suppressions_are_told_and_can_stop() -> None:
    late = silence(expires=datetime.date(2026, 5, 31))
    unused = silence(words="jaune", place="s.toml:9")
    idle = silence(path="c/**", place="s.toml:18")
    given = (late, unused, idle)
    verdict = judge(report(red()), suppressions=given, today=TODAY)
    assert verdict.passed
    assert verdict.expired == ((late, 1),)
    assert verdict.unused == (unused,)
    assert verdict.idle == 1
    assert exempt(verdict) == {}
    assert exempt(judge(report(red()), suppressions=(replace(late, expires=TODAY),), today=TODAY))
    for key in ("unused_suppressions", "expired_suppressions"):
        stern = judge(report(red()), Policy(**{key: "stop"}), suppressions=given, today=TODAY)
        assert stern.outcome == "stopped"
        assert len(stern.general) == 1
    partial = judge(report(red()), suppressions=(unused,), today=TODAY, ran=["sense/blue"])
    assert partial.unused == ()


def test_comments_silence_a_line_of_markdown() -> None:
    text = (
        "Le titre\n\n<!-- mtaudit: ignore idiom/red: a book -->\n\nLe maire rouge.\n"
        "Le pont vert. <!-- mtaudit: ignore sense : same line -->\n"
        "<!-- mtaudit: ignore number: nothing here -->\nUn mot.\n<!-- mtaudit ignore x -->\n"
    )
    article = Article("c.md", text, path="c.md", markup="markdown")
    findings = [
        marked(article, "rouge", "idiom/red", "major"),
        marked(article, "vert", "sense/green", "major"),
        marked(article, "maire", "sense/mayor", "major"),
    ]
    verdict = judge(report(*findings, article=article), today=TODAY)
    assert exempt(verdict) == {"idiom/red": "suppressed", "sense/green": "suppressed"}
    assert verdict.judged[0].exempt[0].by == "c.md:3: a book"
    assert [each.place for each in verdict.unused] == ["c.md:7"]
    assert [each.place for each in verdict.malformed] == ["c.md:9"]
    plain = replace(article, markup="plain")
    assert exempt(judge(report(*findings, article=plain))) == {}


def test_reports_of_the_gate_show_what_stands() -> None:
    found = report(red(), blue(), green())
    verdict = judge(
        found, Policy(count="all", minimum_score=0), suppressions=(silence(),), today=TODAY
    )
    (result,) = standing(found, verdict).results
    assert [(f.rule, f.gates) for f in result.findings] == [
        ("sense/blue", True), ("typography/green", True),
    ]  # fmt: skip
    assert result.score.passed
