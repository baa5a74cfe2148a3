"""Rule files: every fault is told at path:line:column, with what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mtaudit.errors import RuleError
from mtaudit.examples import prove
from mtaudit.kinds import Resources
from mtaudit.rulebook import Rulebook, load_rulebook, packaged_rules
from mtaudit.scan import Scanner

FAMILY = """\
title: {fr: 'Locution', en: 'Idiom'}
mqm: accuracy/mistranslation
severity: major
message: {fr: '« {english} » mot à mot', en: 'Renders “{english}” word by word'}
plain_message: {fr: 'Mot à mot', en: 'Word by word'}
"""
RULE = """\
food-for-thought:
  match: nourriture pour la pensée
  flag:
    - Voilà de la [[nourriture pour la pensée]].
  pass:
    - Voilà de la nourriture pour la semaine.
"""
MATCH = "  match: nourriture pour la pensée\n"


class Folder:
    """A folder of rules to be written and read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, text: str, name: str = "idiom/thinking.yaml", family: str = FAMILY) -> Folder:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        definition = self.path / name.split("/")[0] / "_family.yaml"
        if family:
            definition.write_text(family, encoding="utf-8")
        return self

    def load(self) -> Rulebook:
        return load_rulebook([self.path])

    def fault(self) -> str:
        with pytest.raises(RuleError) as caught:
            self.load()
        line = str(caught.value)
        assert "\n" not in line
        return line.replace(self.path.as_posix() + "/", "")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "rules")


def test_a_rule_as_its_file_states_it(folder: Folder) -> None:
    text = RULE.replace(
        MATCH,
        "  english: [food for thought, a thought]\n"
        "  match: [nourriture pour la pensée, pâture]\n"
        "  unless: pâture verte\n"
        "  severity: minor\n"
        "  status: preview\n"
        "  sections: [headline, body]\n"
        "  suggest: matière à réflexion\n"
        "  message: {fr: un, en: one}\n"
        "  once: true\n",
    )
    (rule,) = folder.write(text).load().rules
    assert (rule.id, rule.name, rule.kind) == (
        "idiom/food-for-thought",
        "food-for-thought",
        "phrase",
    )
    assert rule.english == ("food for thought", "a thought")
    assert rule.match == ("nourriture pour la pensée", "pâture")
    assert rule.unless == ("pâture verte",)
    assert (rule.severity, rule.status, rule.once) == ("minor", "preview", True)
    assert rule.sections == {"headline", "body", "lead", "quotation"}
    assert rule.suggest == ("matière à réflexion",)
    assert rule.message == {"fr": "un", "en": "one"}
    (flag,), (silent,) = rule.flag, rule.pass_
    assert [flag.text[start:end] for start, end in flag.spans] == ["nourriture pour la pensée"]
    assert flag.text == "Voilà de la nourriture pour la pensée."
    assert (flag.place.line, flag.place.column) == (12, 7)
    assert silent.spans == ()


def test_what_a_rule_leaves_out_it_takes_from_its_family(folder: Folder) -> None:
    (rule,) = folder.write(RULE).load().rules
    assert (rule.severity, rule.status, rule.gating) == ("major", "stable", True)
    assert "furniture" not in rule.sections
    assert "body" in rule.sections


@pytest.mark.parametrize(
    ("severity", "status", "gates", "gating"),
    [
        ("critical", "stable", None, True),
        ("major", "stable", None, True),
        ("minor", "stable", None, False),
        ("neutral", "stable", None, False),
        ("major", "preview", None, False),
        ("major", "stable", False, False),
        ("minor", "stable", True, True),
        ("minor", "preview", True, False),
    ],
)
def test_gating(folder: Folder, severity: Any, status: Any, gates: Any, gating: bool) -> None:
    (rule,) = folder.write(RULE).load().rules
    assert replace(rule, severity=severity, status=status, gates=gates).gating is gating


# A new text in place of the match line, and the fault it makes: its place and its beginning.
FAULTS = [
    ("  mach: a\n", "2:3", "unknown key 'mach'; expected one of .*; did you mean 'match'?"),
    (MATCH + "  severty: minor\n", "3:3", "unknown key 'severty'.*did you mean 'severity'?"),
    (MATCH + "  zzz: minor\n", "3:3", "unknown key 'zzz'; expected one of budget, english, flag"),
    (MATCH + "  prefer: a\n", "3:3", "unknown key 'prefer'"),
    (MATCH + "  severity: grave\n", "3:13", "severity is 'grave'; expected one of neutral, minor"),
    (MATCH + "  status: beta\n", "3:11", "status is 'beta'; expected one of stable, preview"),
    (MATCH + "  kind: magic\n", "3:9", "kind is 'magic'; expected one of phrase, regex"),
    (MATCH + "  sections: [title]\n", "3:13", "unknown section 'title'; expected some of headline"),
    (MATCH + "  message: {fr: un}\n", "3:12", "message lacks 'en'; expected fr and en"),
    (MATCH + "  message: {de: ein}\n", "3:13", "language of message is 'de'; expected one of fr"),
    (MATCH + "  message: un\n", "3:12", "is no mapping; expected fr and en"),
    (MATCH + "  once: oui\n", "3:9", "once is 'oui'; expected one of true, false"),
    (MATCH + "  gates: 1\n", "3:10", "gates is '1'; expected one of true, false"),
    (MATCH + "  suggest: {a: b}\n", "3:12", "suggest is no string; expected a string"),
    (MATCH + MATCH, "3:3", "'match' stands twice"),
    ("", "1:1", "a rule of kind phrase needs 'match'"),
    ("  kind: regex\n", "1:1", "a rule of kind regex needs 'pattern'"),
    ("  kind: regex\n  match: a\n", "3:3", "unknown key 'match'"),
    ("  kind: consistency\n", "1:1", "a rule of kind consistency needs 'variants'"),
    ("  kind: check\n", "1:1", "a rule of kind check needs 'check'"),
    ("  match: {a: b}\n", "2:10", "match is no string"),
    ("  match: a: b\n", "2:11", "is not YAML: mapping values are not allowed"),
    ("  match: [a\n", "3:7", "is not YAML: .*quote strings that hold a colon"),
    ("  match: *a\n", "2:10", "is not YAML: found undefined alias"),
    ("\tmatch: a\n", "2:1", "is not YAML: found character that cannot start any token"),
]


@pytest.mark.parametrize(("text", "place", "message"), FAULTS)
def test_faults_of_a_rule(folder: Folder, text: str, place: str, message: str) -> None:
    line = folder.write(RULE.replace(MATCH, text)).fault()
    assert line.startswith(f"idiom/thinking.yaml:{place}: "), line
    assert re.search(message, line), line


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("[[nourriture pour la pensée]]", "nourriture", "4:7", "a flag example marks no words"),
        ("semaine", "[[semaine]]", "6:7", "a pass example marks words"),
        (
            "  pass:\n    - Voilà de la nourriture pour la semaine.\n",
            "",
            "1:1",
            "no 'pass' example",
        ),
        (
            "  flag:\n    - Voilà de la [[nourriture pour la pensée]].\n",
            "",
            "1:1",
            "no 'flag' exam",
        ),
        ("food-for", "Food_for", "1:1", "'Food_for-thought' is no name; expected lower-case ASCII"),
        ("food-for-thought", "pensée", "1:1", "the rule name 'pensée' is no name"),
    ],
)
def test_faults_of_examples_and_names(
    folder: Folder, old: str, new: str, place: str, message: str
) -> None:
    line = folder.write(RULE.replace(old, new)).fault()
    assert line.startswith(f"idiom/thinking.yaml:{place}: "), line
    assert message in line


def test_one_name_twice_in_a_file(folder: Folder) -> None:
    assert (
        folder.write(RULE + RULE)
        .fault()
        .startswith("idiom/thinking.yaml:7:1: 'food-for-thought' stands twice")
    )


def test_one_name_twice_in_a_family(folder: Folder) -> None:
    line = folder.write(RULE).write(RULE, "idiom/verbs.yaml").fault()
    assert line.startswith(
        "idiom/verbs.yaml:1:1: idiom/food-for-thought: a rule of that name stands"
    )
    assert "thinking.yaml:1:1" in line


@pytest.mark.parametrize("text", ["- a\n- b\n", "a\n"])
def test_a_file_that_is_no_mapping(folder: Folder, text: str) -> None:
    assert "1:1: is no mapping; expected a rule name and its block" in folder.write(text).fault()


def test_a_rule_that_is_no_mapping(folder: Folder) -> None:
    assert ":1:4: is no mapping; expected the keys of a rule" in folder.write("a: 3\n").fault()


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_a_file_without_rules(folder: Folder, text: str) -> None:
    assert folder.write(text).load().rules == ()


def test_a_file_in_another_encoding(folder: Folder) -> None:
    folder.write(RULE)
    (folder.path / "idiom" / "thinking.yaml").write_bytes(RULE.encode("latin-1"))
    assert "thinking.yaml: cannot be read: 'utf-8' codec" in folder.fault()


FAMILY_FAULTS = [
    (FAMILY.replace("mqm:", "mqn:"), ":2:1: the key is 'mqn'; expected one of title, mqm"),
    (FAMILY.replace("severity: major", "severity: big"), ":3:11: severity is 'big'"),
    (FAMILY.replace("mqm: accuracy/mistranslation\n", ""), ": mqm is missing"),
    (FAMILY.replace(", en: 'Idiom'", ""), ":1:8: title lacks 'en'"),
    ("- a\n", ":1:1: is no mapping; expected the keys title, mqm"),
]


@pytest.mark.parametrize(("family", "message"), FAMILY_FAULTS)
def test_faults_of_a_family(folder: Folder, family: str, message: str) -> None:
    line = folder.write(RULE, family=family).fault()
    assert line.startswith("idiom/_family.yaml" + message), line


def test_an_unknown_family(folder: Folder) -> None:
    line = folder.write(RULE, "idiome/a.yaml").fault()
    assert line.startswith("idiome: unknown family 'idiome'; expected one of apostrophe, calque")


def test_a_family_without_definition(folder: Folder) -> None:
    assert folder.write(RULE, family="").fault() == "idiom: the family has no _family.yaml"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="nowhere: no such folder of rules"):
        load_rulebook([tmp_path / "nowhere"])


def test_hidden_folders_are_passed_over(folder: Folder) -> None:
    folder.write(RULE).write(RULE, ".git/a.yaml").write(RULE, "_drafts/a.yaml")
    assert len(folder.load().rules) == 1


@pytest.mark.parametrize(
    ("text", "family"),
    [
        pytest.param("? [a]\n: b\n", FAMILY, id="a rule's name is a list"),
        pytest.param("a:\n  ? [a]\n  : b\n", FAMILY, id="a key is a list"),
        pytest.param("a:\n  match: \x01\n", FAMILY, id="a control character"),
        pytest.param(RULE, "\n", id="an empty family definition"),
        pytest.param(RULE, FAMILY.replace("{english}", "{englisch}"), id="an unknown placeholder"),
        pytest.param(RULE.replace(MATCH, MATCH + "  english:\n"), FAMILY, id="an empty english"),
    ],
)
def test_faults_of_files(folder: Folder, text: str, family: str) -> None:
    with pytest.raises(RuleError):
        folder.write(text, family=family).load()


# Faults that are found where a kind compiles its rules --------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            "  match: <nourritur\n",
            "2:10",
            "a lemma is not closed by > .*character 2.*docs/rules.md",
        ),
        ("  match: <zzzqqq>\n", "2:10", "the lexicon knows no form of 'zzzqqq'"),
        (MATCH + "  unless: '[FOO] a'\n", "3:11", "'FOO' is no part of speech"),
        (MATCH + "  suggest: \\2\n", "3:12", r"the suggestion '\\\\2' repeats group 2"),
        ("  kind: regex\n  pattern: (a\n", "3:12", r"the expression '\(a' is wrong: missing \)"),
        ("  kind: regex\n  pattern: a\n  unless: (?=a)\n", "4:11", "RE2 has neither look-around"),
        ("  kind: check\n  check: magic\n", "3:10", "there is no check 'magic'; expected one of"),
        ("  kind: consistency\n  variants: [a]\n", "3:13", "one variant alone; expected two"),
    ],
)
def test_faults_of_patterns(
    folder: Folder, resources: Resources, text: str, place: str, message: str
) -> None:
    rulebook = folder.write(RULE.replace(MATCH, text)).load()
    with pytest.raises(RuleError, match=message) as caught:
        Scanner(rulebook, resources)
    assert f"thinking.yaml:{place}: idiom/food-for-thought: " in str(caught.value)


# Selection and digest -----------------------------------------------------------------------------


def named(*ids: str) -> Callable[[Folder], Rulebook]:
    def make(folder: Folder) -> Rulebook:
        for each in ids:
            family, name = each.split("/")
            folder.write(RULE.replace("food-for-thought", name), f"{family}/{name}.yaml")
        return folder.load()

    return make


FOUR = named("idiom/iron-out", "idiom/iron-will", "idiom/ironic", "sense/iron")


@pytest.mark.parametrize(
    ("select", "ignore", "kept"),
    [
        ([], [], "idiom/iron-out idiom/iron-will idiom/ironic sense/iron"),
        (["idiom"], [], "idiom/iron-out idiom/iron-will idiom/ironic"),
        (["idiom/"], [], "idiom/iron-out idiom/iron-will idiom/ironic"),
        (["idiom/*"], [], "idiom/iron-out idiom/iron-will idiom/ironic"),
        (["idiom/iron"], [], "idiom/iron-out idiom/iron-will"),
        (["idiom/iron-out", "sense"], [], "idiom/iron-out sense/iron"),
        ([], ["idiom"], "sense/iron"),
        (["idiom"], ["idiom/iron"], "idiom/ironic"),
        (["sense"], ["sense/iron"], ""),
    ],
)
def test_selection(folder: Folder, select: list[str], ignore: list[str], kept: str) -> None:
    chosen = FOUR(folder).select(select, ignore)
    assert " ".join(rule.id for rule in chosen.rules) == kept


@pytest.mark.parametrize(
    ("prefix", "hint"),
    [
        ("idiom/iron-ot", "did you mean idiom/iron-out"),
        ("idiome", "did you mean idiom"),
        ("iron", "see mtaudit rules list|did you mean"),
        ("idiom/iro", "did you mean"),
        ("zzzzzz", "see mtaudit rules list"),
    ],
)
def test_a_prefix_that_names_no_rule(folder: Folder, prefix: str, hint: str) -> None:
    rulebook = FOUR(folder)
    for select, ignore in (([prefix], []), ([], [prefix])):
        with pytest.raises(RuleError, match=f"no rule is called '{prefix}'.*({hint})"):
            rulebook.select(select, ignore)


def test_the_digest_tells_rule_packs_apart(tmp_path: Path) -> None:
    same = [Folder(tmp_path / name).write(RULE).load().digest for name in ("a", "b")]
    assert same[0] == same[1]
    assert re.fullmatch("[0-9a-f]{12}", same[0])
    changed = [
        Folder(tmp_path / "c").write(RULE + "# a remark\n").load().digest,
        Folder(tmp_path / "d").write(RULE, family=FAMILY + "# a remark\n").load().digest,
        Folder(tmp_path / "e").write(RULE, "idiom/other.yaml").load().digest,
        Folder(tmp_path / "f").write(RULE, "sense/thinking.yaml").load().digest,
    ]
    assert len({same[0], *changed}) == 5


def test_the_digest_covers_folders_below(tmp_path: Path) -> None:
    book = [
        Folder(tmp_path / name).write(text, "idiom/more/a.yaml").load()
        for name, text in (("a", RULE), ("b", RULE.replace("semaine", "journée")))
    ]
    assert len(book[0].rules) == len(book[1].rules) == 1
    assert book[0].digest != book[1].digest


def test_the_digest_follows_the_selection(folder: Folder) -> None:
    rulebook = FOUR(folder)
    digests = [
        rulebook.digest,
        rulebook.select(["idiom"]).digest,
        rulebook.select(["sense"]).digest,
        rulebook.select([], ["idiom/ironic"]).digest,
    ]
    assert len(set(digests)) == 4
    assert rulebook.select(["idiom"]).digest == rulebook.select([], ["sense"]).digest


def test_further_folders_add_to_the_packaged_rules(folder: Folder) -> None:
    own = folder.write(RULE.replace("food-for-thought", "of-my-own"), family="")
    both = load_rulebook([packaged_rules(), own.path])
    assert "idiom/of-my-own" in {rule.id for rule in both.rules}
    assert len(both.rules) == len(load_rulebook().rules) + 1
    assert both.digest != load_rulebook().digest


# Proofs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "failure"),
    [
        ("", "", None),
        ("match: nourriture pour la pensée", "match: pâture", ":4:7: .*: does not fire: 'Voilà"),
        (
            "match: nourriture pour la pensée",
            "match: nourriture pour la",
            ":4:7: .*flags other words",
        ),
        (
            "la semaine",
            "la pensée",
            r":6:7: .*fires on a pass example, on \['nourriture pour la pens",
        ),
        ("match: nourriture pour la pensée", "match: <nour", ":2:10: .* is not closed by >"),
    ],
)
def test_proofs(
    folder: Folder, resources: Resources, old: str, new: str, failure: str | None
) -> None:
    rulebook = folder.write(RULE.replace(old, new)).load()
    failures = [str(each) for each in prove(rulebook, resources)]
    if failure is None:
        assert failures == []
    else:
        assert re.search(r"thinking\.yaml" + failure, failures[0]), failures
