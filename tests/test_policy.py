"""The gate's policy: where values come from, what is refused, and what patterns stand for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mtaudit.errors import SettingsError
from mtaudit.globs import Names, glob, has_prefix
from mtaudit.model import Article
from mtaudit.policy import KEYS, Policy, explain, load_policy
from mtaudit.settings import find_settings, load_settings

FULL = """\
pass_mark = 90
[gate]
minimum-score = 92.5
maximum = { major = 2, idiom = 0, findings = 9 }
critical_stops = false
count = "all"
minimum_confidence = 0.6
evidence = ["confirmed"]
select = ["idiom", "sense"]
ignore = ["idiom/red"]
short_text = "interval"
unreadable = "ignore"
maximum_skipped = 0.05
rule_changes = "report"
unused_suppressions = "stop"
expired_suppressions = "stop"
never_suppress = ["number"]
baseline = "base.json"
suppressions = "ci/silenced.toml"

[[gate.override]]
paths = ["feuilleton/**"]
minimum_score = 80
ignore = ["register"]

[[gate.override]]
sections = ["headline"]
maximum = { major = 0 }
"""


def load(folder: Path, text: str, options: dict[str, tuple[str, Any]] | None = None) -> Policy:
    (folder / "mtaudit.toml").write_text(text, encoding="utf-8")
    return load_policy(find_settings(folder), load_settings(folder).pass_mark, options)


def test_defaults_without_a_file() -> None:
    policy = load_policy(None, 95.0)
    assert policy == Policy(origins=policy.origins)
    assert set(policy.origins.values()) == {"default", "default pass_mark"}


def test_every_key_from_a_file(tmp_path: Path) -> None:
    policy = load(tmp_path, FULL)
    assert policy.minimum_score == 92.5
    assert policy.maximum == {"major": 2, "idiom": 0, "findings": 9}
    assert (policy.critical_stops, policy.count, policy.evidence) == (False, "all", ("confirmed",))
    assert (policy.select, policy.ignore) == (("idiom", "sense"), ("idiom/red",))
    assert policy.baseline == str(tmp_path / "base.json")
    assert policy.suppressions == str(tmp_path / "ci" / "silenced.toml")
    assert policy.maximum_skipped == 0.05
    changed = [key for key in KEYS if getattr(policy, key) == getattr(Policy(), key)]
    assert changed == [], "the file above sets every key to something else"
    assert policy.origins["minimum_score"] == f"{tmp_path / 'mtaudit.toml'}: gate.minimum_score"
    first, second = policy.overrides
    assert (first.paths, first.values["minimum_score"]) == (("feuilleton/**",), 80.0)
    assert second.sections == ("headline",)
    assert policy.with_override(first).ignore == ("idiom/red", "register")


def test_settings_leave_the_gate_alone(tmp_path: Path) -> None:
    load(tmp_path, FULL)
    assert load_settings(tmp_path).pass_mark == 90


def test_pyproject_and_the_pass_mark(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[tool.mtaudit]\npass_mark = 80\n[tool.mtaudit.gate]\ncount = 'all'\n", encoding="utf-8"
    )
    policy = load_policy(find_settings(tmp_path), load_settings(tmp_path).pass_mark)
    path = tmp_path / "pyproject.toml"
    assert policy.minimum_score == 80
    assert policy.origins["minimum_score"] == f"{path}: tool.mtaudit.pass_mark"
    assert policy.origins["count"] == f"{path}: tool.mtaudit.gate.count"


def test_options_go_before_the_file(tmp_path: Path) -> None:
    policy = load(tmp_path, FULL, {"minimum_score": ("--min-score", 70)})
    assert policy.minimum_score == 70
    assert policy.origins["minimum_score"] == "--min-score"
    with pytest.raises(SettingsError, match=r"--count is 'al'; expected one of gating, all \(all"):
        load(tmp_path, FULL, {"count": ("--count", "al")})


FAULTS = [
    ("gate = 3", "gate is 3; expected a table"),
    ("[gates]\na = 1", "unknown setting 'gates'.*did you mean 'gate'"),
    ("[gate]\nminimum_scor = 3", "unknown setting 'gate.minimum_scor'.*did you mean 'minimum_sc"),
    ("[gate]\nminimum_score = 101", "gate.minimum_score is 101; expected a number from 0 to 100"),
    ("[gate]\nminimum_score = true", "gate.minimum_score is True; expected a number"),
    ("[gate]\nminimum_score = nan", "expected a number from 0 to 100"),
    ("[gate]\nmaximum = { majr = 1 }", r"expected findings, severities .*\(major for majr\?\)"),
    ("[gate]\nmaximum = { major = -1 }", "expected whole numbers of 0 or more"),
    ("[gate]\nmaximum = 3", "expected a table such as"),
    ("[gate]\nevidence = ['sure']", "expected a list of suspect, confirmed"),
    ("[gate]\nevidence = []", "expected a list of suspect, confirmed"),
    ("[gate]\nselect = 'idiom'", "gate.select is 'idiom'; expected a list of strings"),
    ("[gate]\ncritical_stops = 1", "expected true or false"),
    ("[gate]\nunreadable = 'skip'", "expected one of error, stop, ignore"),
    ("[gate]\nmaximum_skipped = 2", "expected a number from 0 to 1"),
    ("[gate]\nbaseline = ''", "expected the path of a file"),
    ("[gate]\noverride = 3", r"expected tables, each headed \[\[gate.override\]\]"),
    ("[[gate.override]]\ncount = 'all'", r"gate.override\[1\] names no articles"),
    (
        "[[gate.override]]\nsections = ['title']",
        r"override\[1\].sections is .*expected a list of h",
    ),
    ("[[gate.override]]\nsections = []", "sections is "),
    ("[[gate.override]]\npaths = ['a']\nunreadable = 'stop'", "cannot be set for a part"),
    ("[[gate.override]]\nsections = ['body']\nminimum_score = 3", "cannot be set for a part"),
    ("[[gate.override]]\npaths = ['a']\ncout = 'all'", "did you mean 'count'"),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_faults_are_told_with_their_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'mtaudit.toml'}: ")


def test_explain_says_every_value_and_its_origin(tmp_path: Path) -> None:
    lines = explain(load(tmp_path, FULL, {"count": ("--count", "gating")}))
    assert [line.split()[0] for line in lines[: len(KEYS)]] == list(KEYS)
    told = {line.split()[0]: line for line in lines[: len(KEYS)]}
    assert told["count"].split() == ["count", "gating", "--count"]
    assert told["minimum_score"].endswith("mtaudit.toml: gate.minimum_score")
    assert "major 2, idiom 0, findings 9" in told["maximum"]
    assert lines[-5].startswith("for paths feuilleton/**  (")
    assert lines[-2].endswith("mtaudit.toml: gate.override[2])")


def test_explain_warns_of_a_limit_that_will_hardly_bite(tmp_path: Path) -> None:
    text = "[gate]\nmaximum = { minor = 3 }\n"
    assert explain(load(tmp_path, text))[-1].startswith("note: most rules of severity minor do not")
    assert not explain(load(tmp_path, text + "count = 'all'\n"))[-1].startswith("note")


# globs --------------------------------------------------------------------------------------------

MATCHES = [
    ("a/*.md", "a/b.md", True),
    ("a/*.md", "a/c/b.md", False),
    ("a/**", "a/c/b.md", True),
    ("a/**/b.md", "a/b.md", True),
    ("a/**/b.md", "a/x/y/b.md", True),
    ("a/", "a/c/b.md", True),
    ("b.md", "a/c/b.md", True),
    ("*.md", "a/c/b.md", True),
    ("./a/b.md", "a/b.md", True),
    ("a/b?.md", "a/b1.md", True),
    ("a/b?.md", "a/b/.md", False),
    ("a/[bc].md", "a/c.md", True),
    ("a/[!bc].md", "a/c.md", False),
    ("a/b.md", "a/bxmd", False),
    ("a/[.md", "a/[.md", True),
    ("a/[z-a].md", "a/[z-a].md", True),
]


@pytest.mark.parametrize(("pattern", "path", "fits"), MATCHES)
def test_globs(pattern: str, path: str, fits: bool) -> None:
    assert bool(glob(pattern).fullmatch(path)) is fits


def test_names_do_not_depend_on_where_one_stands() -> None:
    article = Article("x", "t", path="b.md")
    for names, path in (
        (Names("/r", "/r/a"), "b.md"),
        (Names("/r", "/r"), "a/b.md"),
        (Names("/r", "/elsewhere"), "/r/a/b.md"),
        (Names("/r", "/r/c"), "../a/b.md"),
    ):
        assert names.path(path) == "a/b.md"
    assert Names("/r", "/q").path("b.md") == "b.md"
    names = Names("/r", "/r/a")
    assert names.article(article) == "a/b.md::x"
    assert names.article(Article("b.md", "t", path="b.md")) == "a/b.md"
    assert names.article(Article("x", "t")) == "x"
    for pattern in ("a/**", "x", "a/b.md::x"):
        assert names.matches(article, (pattern,))
    assert not names.matches(article, ("c/**",))


def test_prefixes_end_at_a_word() -> None:
    assert has_prefix("idiom/food-for-thought", ("idiom",))
    assert has_prefix("idiom/food-for-thought", ("sense", "idiom/food"))
    assert not has_prefix("idiom/food-for-thought", ("idiom/foo", "idio"))


# docs ---------------------------------------------------------------------------------------------


def test_the_page_on_the_gate_shows_every_key_with_its_default(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "gate.md").read_text(encoding="utf-8")
    shown = page.split("```toml\n")[1].split("```")[0]
    policy = load(tmp_path, shown)
    for key in KEYS:
        assert f"\n{key} = " in shown
        if key not in ("maximum_skipped", "baseline", "suppressions"):
            assert getattr(policy, key) == getattr(Policy(), key), key
    assert [override.sections for override in policy.overrides] == [(), ("headline",)]
