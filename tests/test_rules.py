"""The rules that come with mtaudit: they prove themselves, and they hang together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from mtaudit.annotate import annotate
from mtaudit.examples import prove
from mtaudit.kinds import Resources
from mtaudit.measures import FILE
from mtaudit.model import Article
from mtaudit.rulebook import Example, Rule, Rulebook, load_rulebook, packaged_rules
from mtaudit.scan import Scanner

# What English hides behind a rule of these families can be said in words.
ENGLISH_BEARING = {"anglicism", "calque", "idiom", "sense"}

# Alarms on near misses that test_checks.py has as wrong: the near miss, and the rule that fires.
KNOWN = {("untranslated/and-between", "untranslated/english-run")}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


def listed(items: list[str]) -> str:
    return "\n" + "\n".join(items)


def test_every_rule_is_proven_by_its_own_examples(rulebook: Rulebook, resources: Resources) -> None:
    failures = [str(failure) for failure in prove(rulebook, resources)]
    assert not failures, listed(failures)


def test_there_are_rules_enough(rulebook: Rulebook) -> None:
    kinds = Counter(rule.kind for rule in rulebook.rules)
    assert kinds["phrase"] + kinds["consistency"] >= 250
    families = {rule.family.name for rule in rulebook.rules}
    assert {"apostrophe", "calque", "idiom", "sense", "number", "quote", "structure"} <= families


def test_every_family_has_rules_and_a_place_in_mqm(rulebook: Rulebook) -> None:
    dimensions = {
        *("accuracy", "terminology", "linguistic-conventions", "style", "locale-conventions"),
        *("audience-appropriateness", "design-and-markup"),
    }
    for name, family in rulebook.families.items():
        dimension, _, kind = family.mqm.partition("/")
        assert dimension in dimensions, name
        assert kind, name
        assert all("{english}" in template for template in family.message.values()), name
        assert family.message["fr"].format(english="x") != family.message["en"].format(english="x")


def test_rules_say_what_english_is_behind_them(rulebook: Rulebook) -> None:
    silent = [
        f"{rule.place}: {rule.id}"
        for rule in rulebook.rules
        if rule.family.name in ENGLISH_BEARING and not (rule.english and all(rule.english))
    ]
    assert not silent, listed(silent)


def as_article(example: Example) -> Article:
    return Article(id="a", text=example.text, source=example.source or None)


def test_ids_read_well(rulebook: Rulebook) -> None:
    odd = [
        f"{rule.place}: {rule.id}"
        for rule in rulebook.rules
        if len(rule.name) > 48
        or rule.name.count("-") > 7
        or re.search(r"\d{3}|^(rule|test|new|tmp|todo)(-?\d+)?$", rule.name)
    ]
    assert not odd, listed(odd)


def test_no_example_is_both_flagged_and_passed(rulebook: Rulebook) -> None:
    odd = [
        f"{example.place}: {rule.id}: {example.text!r}"
        for rule in rulebook.rules
        for example in rule.pass_
        if (example.text, example.source) in {(each.text, each.source) for each in rule.flag}
    ]
    assert not odd, listed(odd)


def test_suggestions_are_not_what_is_flagged(rulebook: Rulebook, resources: Resources) -> None:
    odd = []
    for rule in rulebook.rules:
        if not rule.suggest or rule.status not in ("stable", "preview"):
            continue
        scanner = Scanner(Rulebook((rule,), rulebook.families, ""), resources)
        for example in rule.flag:
            for hit in scanner.hits(annotate(as_article(example))):
                flagged = example.text[hit.start : hit.end]
                odd.extend(
                    f"{example.place}: {rule.id}: {flagged!r} -> {each!r}"
                    for each in hit.suggestions
                    if each == flagged or re.search(r"[<>\\{}]|  ", each)
                )
    assert not odd, listed(odd)


def test_no_gating_rule_fires_on_what_its_family_passes(
    rulebook: Rulebook, resources: Resources
) -> None:
    """A near miss of one rule is good French; a consistent article may still be wrong."""
    families: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in rulebook.rules:
        families[rule.family.name].append(rule)
    alarms = []
    for rules in families.values():
        scanner = Scanner(Rulebook(tuple(rules), rulebook.families, ""), resources)
        for rule in rules:
            if rule.kind == "consistency":
                continue
            for example in rule.pass_:
                alarms += [
                    f"{example.place}: {rule.id}: {hit.rule.id} flags "
                    f"{example.text[hit.start : hit.end]!r} in {example.text!r}"
                    for hit in scanner.hits(annotate(as_article(example)))
                    if hit.rule.gating
                    and (rule.id, hit.rule.id) not in KNOWN
                    # Beside other English the same words are right, which no rule can see here.
                    and not example.source
                ]
    assert not alarms, listed(alarms)


def test_every_flag_example_still_fires_among_all_rules(
    rulebook: Rulebook, resources: Resources
) -> None:
    scanner = Scanner(rulebook, resources)
    lost = []
    for rule in scanner.rules:
        for example in rule.flag:
            hits = scanner.hits(annotate(as_article(example)))
            if not any(hit.rule is rule for hit in hits):
                lost.append(f"{example.place}: {rule.id}: {example.text!r}")
    assert not lost, listed(lost)


def test_rule_files_are_in_order() -> None:
    folder = packaged_rules()
    odd = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and path != folder / FILE
        and not re.fullmatch(r"[a-z-]+/(_family|[a-z0-9]+(-[a-z0-9]+)*)\.yaml", _name(path, folder))
    ]
    assert not odd, listed(odd)


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
