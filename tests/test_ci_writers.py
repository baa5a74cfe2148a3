"""Writers for pipelines: golden files, each format read by its own schema or by a library."""

from __future__ import annotations

import io
import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif
from test_writers import ODD, audited, build, marked, odd_report

from mtaudit.model import Article, Problem, Report, RuleCard
from mtaudit.score import Profile, total
from mtaudit.writers import WRITERS

GOLDEN = Path(__file__).with_name("golden")
FILES = {
    "sarif": "report.sarif",
    "github": "report.github.txt",
    "gitlab": "report.gitlab.json",
    "junit": "report.junit.xml",
    "checkstyle": "report.checkstyle.xml",
}


def report() -> Report:
    """That of the other writers, with a file of its own and a rule that says what it is."""
    text = "Le maire 😀 a vu ✓ 😀 les forces de Pyongyangs partir.\n"
    article = Article("a/é b.txt", text, path="a/é b.txt")
    finding = marked(
        article,
        "Pyongyangs",
        "apostrophe/possessive-name",
        "major",
        "Lost apostrophe, 100 % sure: yes",
        suggestions=("Pyongyang",),
    )
    whole = build()
    line = replace(whole.results[1].article, line=3)
    results = (
        audited(article, [finding]),
        whole.results[0],
        replace(whole.results[1], article=line),
    )
    card = RuleCard(
        id="idiom/food-for-thought",
        family="idiom",
        title="Literal idiom",
        mqm="accuracy/mistranslation",
        severity="major",
        confidence=0.9,
        gates=True,
        english=("food for thought",),
        suggest=("<donner> matière à réflexion",),
        flagged="Ce rapport fournit de la nourriture pour la pensée.",
        passed="De la nourriture pour la semaine.",
    )
    return replace(whole, results=results, total=total(results, Profile()), cards=(card,))


EMPTY = Report((), (), total((), Profile()), "mtaudit|version:0.1.0", 0)


def written(name: str, made: Report) -> str:
    stream = io.StringIO(newline="")
    WRITERS[name].write(made, stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_golden(name: str) -> None:
    from mtaudit.version import __version__

    path = GOLDEN / FILES[name]
    output = written(name, report()).replace(f'"{__version__}"', '"VERSION"')
    if os.environ.get("MTAUDIT_UPDATE_GOLDEN"):
        path.write_text(output, encoding="utf-8", newline="")
    assert output == path.read_text(encoding="utf-8")


# sarif --------------------------------------------------------------------------------------------


def sarif(made: Report) -> dict[str, Any]:
    """The document, read by models that are made from the OASIS schema and know no other keys."""
    text = written("sarif", made)
    Sarif.model_validate_json(text)
    document: dict[str, Any] = json.loads(text)
    return document


@pytest.mark.parametrize("made", [report(), EMPTY, odd_report()], ids=["full", "empty", "odd"])
def test_sarif_keeps_to_its_schema(made: Report) -> None:
    document = sarif(made)
    assert document["version"] == "2.1.0"
    assert len(document["runs"]) == 1


def test_sarif_has_what_github_asks_for() -> None:
    run = sarif(report())["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) == 8
    for rule in rules:
        for key in ("shortDescription", "fullDescription", "help"):
            assert rule[key]["text"]
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["properties"]["precision"] in ("very-high", "high", "medium", "low")
        assert len(rule["properties"]["tags"]) <= 10
    prints = set()
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("note", "warning", "error")
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert ":" not in location["physicalLocation"]["artifactLocation"]["uri"]
        prints.add(tuple(result["partialFingerprints"].values()))
    assert len(prints) == len(run["results"]) == 8


def test_sarif_counts_columns_in_utf16() -> None:
    run = sarif(report())["runs"][0]
    assert run["columnKind"] == "utf16CodeUnits"
    result = run["results"][0]
    physical = result["locations"][0]["physicalLocation"]
    region = physical["region"]
    line = report().results[0].article.text.split("\n")[region["startLine"] - 1].encode("utf-16-le")
    cut = line[2 * (region["startColumn"] - 1) : 2 * (region["endColumn"] - 1)]
    assert cut.decode("utf-16-le") == "Pyongyangs" == region["snippet"]["text"]
    assert physical["artifactLocation"]["uri"] == "a/%C3%A9%20b.txt"
    change = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change["insertedContent"]["text"] == "Pyongyang"
    assert change["deletedRegion"]["startColumn"] == region["startColumn"]


def test_sarif_points_to_the_line_of_json_lines_and_names_the_article() -> None:
    results = sarif(report())["runs"][0]["results"]
    result = next(each for each in results if each["ruleId"] == "idiom/food-for-thought")
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 3}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "conseil|7"
    assert result["message"]["text"].startswith("[conseil|7, 3:")
    assert "fixes" not in result


def test_sarif_tells_what_could_not_be_audited() -> None:
    invocation = sarif(report())["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    (note,) = invocation["toolExecutionNotifications"]
    assert "the file is empty" in note["message"]["text"]
    assert sarif(EMPTY)["runs"][0]["invocations"][0]["executionSuccessful"] is True


# github -------------------------------------------------------------------------------------------

COMMAND = re.compile(r"::(error|warning|notice)(?: ([^:\n]*))?::(.+)")


def commands(made: Report) -> list[tuple[str, dict[str, str], str]]:
    """What the runner reads: the command, its properties and its message, unescaped."""

    def plain(text: str, marks: str = "") -> str:
        for char in marks + "\r\n%":
            text = text.replace(f"%{ord(char):02X}", char)
        return text

    found = []
    for line in written("github", made).splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        fields = dict(part.split("=", 1) for part in match[2].split(","))
        found.append((match[1], {k: plain(v, ":,") for k, v in fields.items()}, plain(match[3])))
    return found


def test_github_commands_survive_the_runner() -> None:
    made = commands(report())
    first = next(each for each in made if each[1].get("file") == "a/é b.txt")
    assert first[0] == "error"
    assert first[1] == {
        "file": "a/é b.txt", "line": "1", "endLine": "1", "col": "35", "endColumn": "44",
        "title": "major: apostrophe/possessive-name",
    }  # fmt: skip
    assert first[2] == "“Pyongyangs”: Lost apostrophe, 100 % sure: yes → Pyongyang"
    assert made[0][1]["file"] == "vide.txt"
    assert "col" not in next(each for each in made if each[1]["file"] == "lot <1>.jsonl")[1]


def test_github_writes_the_worst_ten_and_counts_the_rest() -> None:
    article = Article("a.txt", "mot " * 40, path="a.txt")
    findings = [
        replace(
            marked(article, "mot", f"calque/x-{n}", "critical" if n == 29 else "minor"),
            gates=n % 3 != 0,
        )
        for n in range(30)
    ]
    results = (audited(article, findings),)
    made = commands(Report(results, (), total(results, Profile()), "mtaudit", 1))
    kinds = [kind for kind, _, _ in made]
    assert kinds == ["error"] * 10 + ["warning"] * 10 + ["notice"]
    assert made[0][1]["title"] == "critical: calque/x-29"
    assert made[-1][2] == "10 more findings in the step summary"
    assert commands(EMPTY) == []


# gitlab -------------------------------------------------------------------------------------------


def issues(made: Report) -> list[dict[str, Any]]:
    """What GitLab takes (docs.gitlab.com, "Code Quality report format"), checked field by field."""
    text = written("gitlab", made)
    assert not text.startswith("\ufeff")
    found = json.loads(text)
    assert isinstance(found, list)
    for each in found:
        assert set(each) == {"description", "check_name", "fingerprint", "severity", "location"}
        for key in ("description", "check_name", "fingerprint"):
            assert isinstance(each[key], str)
            assert each[key]
        assert each["severity"] in ("info", "minor", "major", "critical", "blocker")
        path, lines = each["location"]["path"], each["location"]["lines"]
        assert not path.startswith(("/", "./", "../"))
        assert isinstance(lines["begin"], int)
        assert 1 <= lines["begin"] <= lines.get("end", lines["begin"])
    prints = [each["fingerprint"] for each in found]
    assert len(set(prints)) == len(prints)
    return found


def test_gitlab_takes_it() -> None:
    found = issues(report())
    assert len(found) == 9
    assert found[0]["severity"] == "blocker"
    assert found[1]["location"] == {"path": "a/é b.txt", "lines": {"begin": 1, "end": 1}}
    assert found[2]["location"] == {"path": "lot <1>.jsonl", "lines": {"begin": 3, "end": 3}}
    assert issues(EMPTY) == []
    assert len(issues(odd_report())) == 1


def test_gitlab_fingerprints_do_not_move_with_lines() -> None:
    made = report()
    moved = [
        replace(
            each,
            article=replace(each.article, text="Une ligne.\n" + each.article.text),
            findings=tuple(
                replace(f, line=f.line + 1, start=f.start + 11, end=f.end + 11)
                for f in each.findings
            ),
        )
        for each in made.results
    ]
    after = issues(replace(made, results=tuple(moved)))
    assert after[1]["location"]["lines"]["begin"] == 2
    before = [each["fingerprint"] for each in issues(made)]
    assert before == [each["fingerprint"] for each in after]


# junit, checkstyle --------------------------------------------------------------------------------


def test_junit_is_read_by_a_library() -> None:
    from junitparser import Error, Failure, JUnitXml, SystemOut

    made = JUnitXml.fromstring(written("junit", report()).encode())
    assert (made.tests, made.failures, made.errors) == (4, 2, 1)
    (suite,) = list(made)
    assert {each.name: each.value for each in suite.properties()}["signature"].startswith(
        "mtaudit|"
    )
    cases = {case.name: case for case in suite}
    assert list(cases) == ["vide.txt", "a/é b.txt", "breves/07.txt", "conseil|7"]
    assert isinstance(cases["vide.txt"].result[0], Error)
    assert cases["breves/07.txt"].is_passed
    failure = cases["a/é b.txt"].result[0]
    assert isinstance(failure, Failure)
    assert "a/é b.txt:1:35: major apostrophe/possessive-name: “Pyongyangs”" in failure.text
    assert "typography/colon" in cases["conseil|7"].system_out
    assert SystemOut is not None
    assert JUnitXml.fromstring(written("junit", EMPTY).encode()).tests == 0


def test_junit_has_only_elements_and_attributes_that_jenkins_knows() -> None:
    """After the XSD of Jenkins' xunit plugin (junit-10.xsd), where `file` is GitLab's."""
    known = {
        "testsuites": {"name", "tests", "failures", "errors", "time"},
        "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
        "properties": set(),
        "property": {"name", "value"},
        "testcase": {"classname", "name", "time", "file"},
        "failure": {"message", "type"},
        "error": {"message", "type"},
        "system-out": set(),
    }
    for element in ElementTree.fromstring(written("junit", report())).iter():
        assert set(element.attrib) <= known[element.tag], element.tag


def test_checkstyle_is_what_its_readers_expect() -> None:
    root = ElementTree.fromstring(written("checkstyle", report()))
    assert (root.tag, root.get("version")) == ("checkstyle", "4.3")
    files = {each.get("name"): each for each in root}
    assert list(files) == ["vide.txt", "a/é b.txt", "breves/07.txt", "lot <1>.jsonl"]
    assert [len(each) for each in files.values()] == [1, 1, 0, 7]
    for error in root.iter("error"):
        assert set(error.attrib) in (
            {"line", "column", "severity", "message", "source"},
            {"line", "severity", "message", "source"},
        )
        assert error.get("severity") in ("error", "warning", "info")
        assert int(error.get("line", "0")) >= 1
    (error,) = files["a/é b.txt"]
    assert (error.get("line"), error.get("column")) == ("1", "35")
    assert error.get("source") == "mtaudit.apostrophe.possessive-name"


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_holds_what_xml_cannot(name: str) -> None:
    odd = odd_report()
    strange = replace(odd, problems=(Problem("p", "a\x00b\ufffe\ud800c\x1b<&\"'"),))
    root = ElementTree.fromstring(written(name, strange).encode("utf-8"))
    told = [each.get("message", "") for each in root.iter() if each.get("message")]
    assert "a\\u0000b\ufffd\\ud800c␛<&\"'" in told
    assert ODD not in "".join(root.itertext())


def test_paths_are_told_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mtaudit.writers.place import relative

    monkeypatch.chdir(tmp_path)
    assert relative(f"{tmp_path.as_posix()}/a/b.txt") == "a/b.txt"
    assert relative("./a/../b.txt") == "b.txt"
    assert relative("/elsewhere/b.txt") == "/elsewhere/b.txt"
    assert relative("-") == "stdin"
