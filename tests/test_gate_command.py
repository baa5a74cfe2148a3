"""`mtaudit gate` in a repository of its own: policy, baseline, revisions, suppressions, reports."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

import mtaudit.pipeline

ROOT = Path(__file__).resolve().parents[1]
OWN = ("--rules-dir", str(ROOT / "tests" / "gate_rules"))
NAMES = ("--rules", "apostrophe/possessive-name")
FEW = (*NAMES, "--rules", "idiom/mine-of-gold", *OWN)
Command = Callable[..., Any]

TOWNS = ("Nantes", "Lyon", "Brest", "Dijon", "Tours", "Metz", "Nancy", "Rouen", "Lille", "Caen")
DAYS = ("lundi", "mardi", "jeudi", "samedi")
CLEAN = """\
# Le budget de {town} est voté

Le conseil municipal de {town} a voté {day} le budget de la ville après un long débat.

Le maire a remercié les élus de leur travail, et le vote aura des suites dès la rentrée. Les
travaux du pont, dont le coût reste inconnu, commenceront {day} prochain devant la gare.
"""
POSSESSIVE = "Les forces de Pyongyangs ont pris la ville dans la nuit de {day}.\n"
MINE = "Le rapport est une mine dorée pour les élus.\n"


@pytest.fixture(autouse=True)
def one_auditor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules are read once for all commands of these tests."""
    monkeypatch.setattr(mtaudit.pipeline, "Auditor", AUDITOR)


AUDITOR = functools.lru_cache(maxsize=None)(mtaudit.pipeline.Auditor)


def git(*arguments: str, cwd: Path) -> str:
    options = [
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.invalid",
        "-c",
        "commit.gpgsign=false",
    ]
    done = subprocess.run(
        ["git", *options, *arguments], cwd=cwd, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty clean articles, committed; GitHub's variables of the machine are out of the way."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(40):
        text = CLEAN.format(town=TOWNS[number % 10], day=DAYS[number // 10])
        (folder / f"{number:02}.md").write_text(text, encoding="utf-8")
    git("init", "-q", "-b", "main", cwd=tmp_path)
    git("add", ".", cwd=tmp_path)
    git("commit", "-qm", "forty articles", cwd=tmp_path)
    return tmp_path


def add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


# The scenario -------------------------------------------------------------------------------------


def test_the_gate_over_the_life_of_a_repository(command: Command, repository: Path) -> None:
    gate = functools.partial(command, "gate", "articles", *FEW)
    articles = repository / "articles"

    clean = gate()
    assert (clean.status, clean.err) == (0, "")
    assert clean.out.startswith("passed: 40 articles, ")

    # a new bad article stops, and the finding is named
    bad = articles / "nouveau.md"
    bad.write_text(
        CLEAN.format(town="Paris", day="lundi") + POSSESSIVE.format(day="lundi"), "utf-8"
    )
    stopped = gate()
    assert stopped.status == 1
    assert "stopped: articles/nouveau.md: score" in stopped.out
    assert "articles/nouveau.md:7:15: major apostrophe/possessive-name: “Pyongyangs”" in stopped.out
    assert "40 articles" not in stopped.out
    assert stopped.out.splitlines()[-1].startswith("stopped: 41 articles")

    # what stands today is accepted
    written = gate("--write-baseline", "baseline.json")
    assert written.status == 0
    assert written.out == "accepted: 1 findings in 41 articles, baseline.json\n"
    held = gate("--baseline", "baseline.json")
    assert held.status == 0
    assert (
        "exempt: articles/nouveau.md: 1 finding in the baseline: apostrophe/possessive-name"
        in held.out
    )

    # edited lines elsewhere, moved lines and an edit beside the finding keep the baseline
    text = bad.read_text(encoding="utf-8")
    bad.write_text("Une ligne.\n\n" + text.replace("remercié", "salué"), encoding="utf-8")
    add(articles / "03.md", "Une phrase de plus.\n")
    assert gate("--baseline", "baseline.json").status == 0
    bad.write_text(text.replace("ont pris la ville", "avancent vers la ville"), encoding="utf-8")
    assert gate("--baseline", "baseline.json").status == 0

    # another finding stops
    add(articles / "05.md", MINE)
    more = gate("--baseline", "baseline.json")
    assert more.status == 1
    assert "articles/05.md:7:20: major idiom/mine-of-gold" in more.out
    assert "nouveau.md:7" not in more.out

    # it is suppressed with a reason, until the reason runs out
    entry = (
        '[[suppress]]\nrule = "idiom/mine-of-gold"\n'
        'words = "mine dorée"\npath = "articles/05.md"\n'
        'reason = "a quotation"\nowner = "desk"\nexpires = {}\n'
    )
    (repository / "mtaudit-suppressions.toml").write_text(entry.format("2999-12-31"), "utf-8")
    silent = gate("--baseline", "baseline.json")
    assert silent.status == 0
    assert "suppressed by mtaudit-suppressions.toml:1: a quotation (desk)" in silent.out
    (repository / "mtaudit-suppressions.toml").write_text(entry.format("2020-12-31"), "utf-8")
    late = gate("--baseline", "baseline.json")
    assert late.status == 1
    assert (
        "note: suppression expired on 2020-12-31: mtaudit-suppressions.toml:1: "
        "idiom/mine-of-gold “mine dorée”, desk; "
        "would silence 1 findings" in late.out
    )

    # the finding is mended: the expired entry is still told, and stops where the policy says so
    (articles / "05.md").write_text(CLEAN.format(town="Metz", day="lundi"), encoding="utf-8")
    assert "silences nothing" in gate("--baseline", "baseline.json").out
    stern = gate("--baseline", "baseline.json", "--expired", "stop")
    assert stern.status == 1
    assert "stopped: 1 expired suppressions" in stern.out

    # what is gone leaves the baseline, and does not come back unnoticed
    bad.unlink()
    pruned = gate("--baseline", "baseline.json", "--prune")
    assert pruned.status == 0
    assert "pruned 1 findings and 1 articles from baseline.json" in pruned.err
    bad.write_text(text, encoding="utf-8")
    assert gate("--baseline", "baseline.json").status == 1


def test_only_what_is_new_since_a_revision(command: Command, repository: Path) -> None:
    gate = functools.partial(command, "gate", "articles", *FEW)
    old = repository / "articles" / "07.md"
    add(old, MINE)
    git("commit", "-qam", "a finding", cwd=repository)
    assert gate().status == 1
    same = gate("--since", "HEAD")
    assert same.status == 0
    assert "exempt: articles/07.md: 1 finding there at HEAD: idiom/mine-of-gold" in same.out
    assert gate("--since", "HEAD~1").status == 1
    # changed and renamed files are compared with what they were
    text = old.read_text(encoding="utf-8")
    old.write_text("Une ligne.\n" + text, encoding="utf-8")
    assert gate("--since", "main").status == 0
    git("mv", "articles/07.md", "articles/sept.md", cwd=repository)
    assert gate("--since", "main").status == 0
    add(repository / "articles" / "sept.md", POSSESSIVE.format(day="lundi"))
    new = gate("--since", "main")
    assert new.status == 1
    assert "articles/sept.md:9:15: major apostrophe/possessive-name" in new.out
    assert "sept.md:8:" not in new.out
    (repository / "articles" / "autre.md").write_text(MINE * 3, encoding="utf-8")
    assert "articles/autre.md:1:20" in gate("--since", "main").out


def test_json_lines_are_compared_article_by_article(command: Command, repository: Path) -> None:
    def write(*texts: str) -> None:
        lines = [json.dumps({"id": f"n{n}", "text": text}) for n, text in enumerate(texts)]
        (repository / "lot.jsonl").write_text("\n".join(lines), encoding="utf-8")

    clean = CLEAN.format(town="Metz", day="lundi")
    write(clean + MINE, clean)
    git("add", "lot.jsonl", cwd=repository)
    git("commit", "-qm", "feed", cwd=repository)
    write(clean + MINE, clean + MINE)
    done = command("gate", "lot.jsonl", *FEW, "--since", "HEAD")
    assert done.status == 1
    assert "stopped: n1:" in done.out
    assert "lot.jsonl:2: n1:7:20: major idiom/mine-of-gold" in done.out
    assert "stopped: n0" not in done.out


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("no-such-branch", "--since: git knows no revision 'no-such-branch'; expected a commit"),
        ("--upload-pack=x", "git knows no revision"),
    ],
)
def test_a_revision_that_is_not_there(
    command: Command, repository: Path, revision: str, said: str
) -> None:
    done = command("gate", "articles/00.md", *FEW, f"--since={revision}")
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_no_repository(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN, encoding="utf-8")
    done = command("gate", "a.md", *FEW, "--since", "HEAD")
    assert done.status == 2
    assert "--since: git rev-parse failed: fatal: not a git repository" in done.err


# Policy -------------------------------------------------------------------------------------------


def test_the_policy_of_the_file_holds_and_is_explained(command: Command, repository: Path) -> None:
    (repository / "mtaudit.toml").write_text(
        '[gate]\nmaximum = { idiom = 0 }\nunreadable = "ignore"\nbaseline = "base.json"\n'
        '[[gate.override]]\npaths = ["articles/0*.md"]\nignore = ["idiom"]\n',
        encoding="utf-8",
    )
    explained = command("gate", "--explain", "--min-score", "50")
    assert (explained.status, explained.err) == (0, "")
    assert "idiom 0  " in explained.out
    assert "50  " in explained.out
    assert explained.out.splitlines()[0].endswith("--min-score")
    assert "for paths articles/0*.md" in explained.out

    missing = command("gate", "articles", *FEW)
    assert missing.status == 2
    assert "base.json: the baseline cannot be read" in missing.err
    assert command("gate", "articles", *FEW, "--write-baseline", "base.json").status == 0

    add(repository / "articles" / "05.md", MINE)
    add(repository / "articles" / "15.md", MINE)
    (repository / "articles" / "vide.md").write_text("", encoding="utf-8")
    done = command("gate", "articles", *FEW, "--min-score", "50")
    assert done.status == 1
    assert "stopped: articles/15.md: score" in done.out
    assert "1 idiom (at most 0)" in done.out
    assert "exempt: 1 finding ignored, ignore (" in done.out
    assert "gate.override[1]): idiom/mine-of-gold" in done.out
    assert "exempt: 1 inputs not audited, unreadable (" in done.out


def test_another_folder_means_the_same(
    command: Command, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "mtaudit.toml").write_text('[gate]\nbaseline = "base.json"\n', encoding="utf-8")
    add(repository / "articles" / "05.md", MINE)
    made = command("gate", "articles", *FEW, "--write-baseline", "base.json")
    assert made.status == 0
    monkeypatch.chdir(repository / "articles")
    assert command("gate", "05.md", *FEW).status == 0
    assert command("gate", str(repository / "articles" / "05.md"), *FEW).status == 0


def test_changed_rules_are_told_apart(command: Command, repository: Path) -> None:
    add(repository / "articles" / "05.md", MINE)
    gate = functools.partial(command, "gate", "articles")
    assert gate(*NAMES, *OWN, "--write-baseline", "base.json").status == 0
    done = gate(*FEW, "--baseline", "base.json")
    assert done.status == 1
    assert "note: the rules have changed since the baseline (" in done.out
    assert "alone they add 1 findings; --write-baseline accepts them" in done.out
    kind = gate(*FEW, "--baseline", "base.json", "--rule-changes", "report")
    assert kind.status == 0
    assert "exempt: 1 finding from changed rules alone, rule_changes: idiom/mine-of" in kind.out


def test_writing_a_baseline_for_one_article_keeps_the_others(
    command: Command, repository: Path
) -> None:
    for name in ("05.md", "06.md"):
        add(repository / "articles" / name, MINE)
    gate = functools.partial(command, "gate", *FEW)
    assert gate("articles", "--write-baseline", "base.json").status == 0
    add(repository / "articles" / "06.md", POSSESSIVE.format(day="mardi"))
    one = gate("articles/06.md", "--write-baseline", "base.json")
    assert one.out.endswith("base.json; 39 articles not audited stay as they were\n")
    assert gate("articles", "--baseline", "base.json").status == 0


USAGE = [
    (["--max", "major"], "--max major; expected KEY=N"),
    (["--max", "majr=2"], r"--max is .*\(major for majr\?\)"),
    (["--min-score", "120"], "--min-score is 120.0; expected a number from 0 to 100"),
    (["--prune"], "--prune needs a baseline; give it by --baseline FILE"),
    (["--gate-rules", "idiome"], "no rule is called 'idiome'.*did you mean idiom"),
    (["--gate-ignore", "idiom/no-such"], "no rule is called 'idiom/no-such'"),
    (["--suppressions", "nulle-part.toml"], "nulle-part.toml: cannot be read as TOML"),
    (["--format", "json", "--format", "csv"], "--format is given for standard output twice"),
    (["--format", "json:"], "--format json: names no file; expected json:FILE"),
    (["--format", "jsn:a"], "unknown output format 'jsn'"),
    (["--write-baseline", "nulle-part/b.json"], "nulle-part/b.json: cannot write the baseline"),
]


@pytest.mark.parametrize(("options", "said"), USAGE)
def test_bad_usage_is_one_line_and_exit_2(
    command: Command, repository: Path, options: list[str], said: str
) -> None:
    import re

    done = command("gate", "articles/00.md", *FEW, *options)
    assert done.status == 2
    assert len(done.err.splitlines()) == 1, done.err
    assert re.search(said, done.err), done.err


SUPPRESSIONS = [
    ('[[suppres]]\nrule = "idiom"', "unknown key 'suppres'"),
    ("suppress = 3", "suppress is 3; expected tables"),
    ('[[suppress]]\nrule = "idiom"\nwords = "a"', "s.toml:1: reason is missing; .*say why"),
    ('\n[[suppress]]\nrule = "idiom"\nreason = "a"', "s.toml:2: words is missing.*use ignore"),
    ('[[suppress]]\nrul = "idiom"', "s.toml:1: unknown key 'rul'.*did you mean 'rule'"),
    ('[[suppress]]\nrule = ""', "rule is ''; expected a string"),
    ('[[suppress]]\nexpires = "2027-01-01"', "expires is '2027-01-01'; expected a date"),
    ("[[suppress]]\nexpires = 2027-01-01T00:00:00", "expected a date such as"),
    ('suppress = [{rule = "idiom"}]', r"s.toml: suppress\[1\]: words is missing"),
]


@pytest.mark.parametrize(("text", "said"), SUPPRESSIONS)
def test_faults_of_suppressions_are_told_at_their_line(
    command: Command, repository: Path, text: str, said: str
) -> None:
    import re

    (repository / "s.toml").write_text(text, encoding="utf-8")
    done = command("gate", "articles/00.md", *FEW, "--suppressions", "s.toml")
    assert (done.status, done.out) == (2, "")
    assert re.search(said, done.err), done.err


def test_comments_silence_and_are_no_text(command: Command, repository: Path) -> None:
    why = "this is the title of a book, and it has been checked by the desk and by the author"
    path = repository / "articles" / "brief.md"
    path.write_text(
        f"# Un titre\n\n<!-- mtaudit: ignore idiom/mine-of-gold: {why} -->\n{MINE}"
        f"<!-- mtaudit: ignore apostrophe: {why} --> {POSSESSIVE.format(day='lundi')}"
        "<!-- mtaudit: ignor idiom: mine dorée -->\n",
        encoding="utf-8",
    )
    done = command("gate", "articles/brief.md", *FEW)
    assert done.status == 0, done.err
    assert f"suppressed by articles/brief.md:3: {why}" in done.out
    assert f"suppressed by articles/brief.md:5: {why}" in done.out
    assert "note: comment cannot be read: articles/brief.md:6: <!-- mtaudit: ignor" in done.out
    assert done.out.splitlines()[-1].startswith("passed: 1 articles, 24 words")


# Reports ------------------------------------------------------------------------------------------


def test_several_reports_at_once_show_what_stands(
    command: Command, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(repository / "summary.md"))
    add(repository / "articles" / "05.md", MINE)
    add(repository / "articles" / "06.md", MINE)
    gate = functools.partial(command, "gate", "articles", *FEW)
    assert gate("--write-baseline", "base.json").status == 0
    add(repository / "articles" / "06.md", POSSESSIVE.format(day="mardi"))
    outputs = ("a.sarif", "b.junit.xml", "gl-code-quality.json", "c.checkstyle.xml")
    options = [part for name in outputs for part in ("-o", name)]
    done = gate(
        "--baseline", "base.json", *options, "--format", "markdown:note", "--format", "github"
    )
    assert done.status == 1
    Sarif.model_validate_json((repository / "a.sarif").read_bytes())
    document = json.loads((repository / "a.sarif").read_text(encoding="utf-8"))
    (result,) = document["runs"][0]["results"]
    assert result["ruleId"] == "apostrophe/possessive-name"
    (rule,) = [
        rule
        for rule in document["runs"][0]["tool"]["driver"]["rules"]
        if rule["id"] == result["ruleId"]
    ]
    assert "Flagged: " in rule["help"]["text"]
    assert len(json.loads((repository / "gl-code-quality.json").read_text("utf-8"))) == 1
    for name in (*outputs, "note", "summary.md"):
        assert "Pyongyangs" in (repository / name).read_text(encoding="utf-8"), name
    # standard output is the annotations alone, the verdict is told beside it
    assert done.out.startswith("::error file=articles/06.md,line=8,endLine=8,col=15,endColumn=24,")
    assert len(done.out.splitlines()) == 1
    assert "stopped: articles/06.md: score" in done.err


def test_a_summary_that_is_too_long_for_github_is_cut(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from test_writers import build

    from mtaudit.cli import outputs

    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(repository / "summary.md"))
    monkeypatch.setattr(outputs, "_SUMMARY_MOST", 400)
    outputs.step_summary(build(), "en")
    made = (repository / "summary.md").read_text(encoding="utf-8")
    assert made.endswith("\n\n…\n")
    assert len(made.encode()) < 410


# The process --------------------------------------------------------------------------------------


def start(*arguments: str, cwd: Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "mtaudit", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        check=False,
        **options,
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
def test_a_full_disk_is_one_line_and_exit_2(command: Command, repository: Path) -> None:
    report = command("gate", "articles/00.md", *FEW, "--format", "sarif:/dev/full")
    assert report.status == 2
    assert report.err == (
        "mtaudit: /dev/full: cannot write the report: No space left on device; "
        "expected a file in a folder that is there and may be written to\n"
    )
    baseline = command("gate", "articles/00.md", *FEW, "--write-baseline", "/dev/full")
    assert baseline.status == 2
    assert len(baseline.err.splitlines()) == 1
    with open("/dev/full", "wb") as full:
        done = start("gate", "articles/00.md", *FEW, cwd=repository, stdout=full)
    assert done.returncode == 2
    assert done.stderr == b"mtaudit: cannot write the output: No space left on device\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes there")
def test_a_reader_that_goes_away_leaves_the_verdict(repository: Path) -> None:
    add(repository / "articles" / "00.md", MINE)
    for article, status in (("articles/00.md", 1), ("articles/01.md", 0)):
        reading, writing = os.pipe()
        os.close(reading)
        done = start("gate", article, *FEW, cwd=repository, stdout=writing)
        os.close(writing)
        assert (done.returncode, done.stderr) == (status, b"")


def test_control_c_is_exit_2(
    command: Command, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("mtaudit.cli.gate.outcomes", interrupted)
    monkeypatch.setattr("mtaudit.cli.outputs.hush", lambda: None)
    done = command("gate", "articles", *FEW)
    assert (done.status, done.err) == (2, "mtaudit: interrupted\n")
