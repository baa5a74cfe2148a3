"""The command line: what it prints, where, and how it exits."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from mtaudit.model import FAMILIES
from mtaudit.rulebook import load_rulebook
from mtaudit.version import __version__
from mtaudit.writers import WRITERS
from mtaudit.writers.json import schema

ROOT = Path(__file__).resolve().parents[1]
CLEAN = "Le conseil de la ville a voté le budget hier soir, et le maire est parti.\n"
BAD = "Les forces de Pyongyangs ont pris la ville dans la nuit, selon le chef de l'OTANs.\n"
ENGLISH = (
    "The mayor said that the bridge would be closed for two weeks and that the council would "
    "pay for the work that has to be done before the end of the winter.\n"
)
# The few rules of one family start faster than all of them.
FEW = ("--rules", "apostrophe")

Command = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One good file among bad ones, in `articles`."""
    made = tmp_path / "articles"
    made.mkdir()
    (made / "anglais.txt").write_text(ENGLISH, encoding="utf-8")
    (made / "binaire.txt").write_bytes(b"\x00\x01\x02\xff\xfe\x00abc\x00" * 9)
    (made / "bon.txt").write_text(BAD, encoding="utf-8")
    (made / "latin.txt").write_bytes(
        "Le maire a été réélu à l'aube, dans la fête.".encode("latin-1")
    )
    (made / "lignes.jsonl").write_text('{"id": 3,\n{"id": "sans-texte"}\n', encoding="utf-8")
    (made / "vide.txt").write_text("", encoding="utf-8")
    return made


@pytest.fixture
def clean(tmp_path: Path) -> str:
    (tmp_path / "propre.txt").write_text(CLEAN, encoding="utf-8")
    return "propre.txt"


@pytest.fixture
def bad(tmp_path: Path) -> str:
    (tmp_path / "mauvais.txt").write_text(BAD, encoding="utf-8")
    return "mauvais.txt"


# run ----------------------------------------------------------------------------------------------


def test_run_shows_findings_and_exits_0(command: Command, bad: str) -> None:
    done = command("run", bad, *FEW)
    assert done.status == 0
    assert "1:15  major  apostrophe/possessive-name" in done.out
    assert "[[Pyongyangs]]" in done.out
    assert "→ Pyongyang" in done.out
    assert done.err == ""


def test_run_says_how_much_it_covered(command: Command, clean: str) -> None:
    done = command("run", clean, *FEW)
    few = len(load_rulebook().select(["apostrophe"]).rules)
    assert "1 article" in done.out
    assert "16 words" in done.out
    assert f"{few} rules" in done.out
    assert done.status == 0


PROBLEMS = {
    "anglais.txt": "the text is in another language (en); expected French",
    "binaire.txt": "expected",
    "latin.txt": "ISO-8859-1",
    "lignes.jsonl:1": "not valid JSON",
    "lignes.jsonl:2": '"text" is missing',
    "vide.txt": "expected",
}


def test_a_folder_with_bad_files_gives_one_line_each_and_audits_the_good_one(
    command: Command, folder: Path
) -> None:
    done = command("run", "articles", *FEW, "--format", "json")
    assert done.status == 0
    report = json.loads(done.out)
    assert [article["id"] for article in report["articles"]] == ["articles/bon.txt"]
    assert len(report["articles"][0]["findings"]) == 2
    lines = done.err.splitlines()
    assert len(lines) == len(PROBLEMS)
    for line, (name, said) in zip(lines, PROBLEMS.items(), strict=True):
        assert line.startswith(f"mtaudit: articles/{name}"), line
        assert said in line, line
    assert len(report["summary"]["problems"]) == len(PROBLEMS)


def test_the_terminal_shows_each_problem_once(command: Command, folder: Path) -> None:
    done = command("run", "articles", *FEW)
    shown = done.out + done.err
    for name, said in PROBLEMS.items():
        (line,) = [line for line in shown.splitlines() if f"articles/{name}" in line]
        assert said in line
    assert "6 " in done.out.splitlines()[-2], "the summary counts what could not be read"


def test_only_bad_files_exit_2(command: Command, folder: Path) -> None:
    (folder / "bon.txt").unlink()
    done = command("run", "articles", *FEW)
    assert done.status == 2
    assert "0 articles" in done.out


def test_a_path_that_is_not_there_exits_2_with_one_line(command: Command) -> None:
    done = command("run", "nulle-part", *FEW)
    assert done.status == 2
    assert "nulle-part: cannot be read (no such file or directory)" in done.out + done.err


def test_several_reports_at_once(command: Command, bad: str, tmp_path: Path) -> None:
    names = [f"rapport{writer.suffixes[0]}" for writer in WRITERS.values()]
    options = [part for name in names for part in ("-o", name)]
    done = command("run", bad, *FEW, *options)
    assert done.status == 0
    assert done.err.splitlines() == [f"mtaudit: wrote {name}" for name in names]
    assert all((tmp_path / name).stat().st_size for name in names)
    jsonschema.validate(json.loads((tmp_path / "rapport.json").read_text("utf-8")), schema())
    with (tmp_path / "rapport.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.reader(stream))) == 3
    assert len((tmp_path / "rapport.jsonl").read_text("utf-8").splitlines()) == 2


def test_json_keeps_to_its_schema_and_its_offsets_to_the_file(
    command: Command, bad: str, tmp_path: Path
) -> None:
    done = command("run", bad, *FEW, "--format", "json")
    report = json.loads(done.out)
    jsonschema.validate(report, schema(), cls=jsonschema.Draft202012Validator)
    text = (tmp_path / bad).read_text(encoding="utf-8")
    for finding in report["articles"][0]["findings"]:
        assert finding["text"] == text[finding["start"] : finding["end"]]
    assert [finding["text"] for finding in report["articles"][0]["findings"]] == [
        "Pyongyangs",
        "OTANs",
    ]


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "parquet"])
def test_every_format_on_standard_output(command: Command, bad: str, name: str) -> None:
    done = command("run", bad, *FEW, "--format", name)
    assert done.status == 0
    assert "Pyongyangs" in done.out


def test_standard_input_as_text_and_as_json_lines(command: Command) -> None:
    for stdin in (BAD, json.dumps({"id": "a", "text": BAD})):
        done = command("run", "-", *FEW, "-f", "jsonl", stdin=stdin.encode())
        assert [json.loads(line)["text"] for line in done.out.splitlines()] == [
            "Pyongyangs",
            "OTANs",
        ]


def test_french_messages(command: Command, bad: str) -> None:
    done = command("run", bad, *FEW, "--lang", "fr")
    assert "Apostrophe perdue : le s est ce qui reste du possessif anglais" in done.out


def test_quiet_and_most(command: Command, bad: str) -> None:
    assert "Pyongyangs" not in command("run", bad, *FEW, "--quiet").out
    most = command("run", bad, *FEW, "--most", "1").out
    assert "Pyongyangs" in most
    assert "OTANs" not in most.replace("l'OTANs.", "")
    assert "1 more" in most


def test_selection_and_ignoring(command: Command, bad: str) -> None:
    ignored = command("run", bad, *FEW, "--ignore", "apostrophe/possessive", "-f", "jsonl")
    assert (ignored.status, ignored.out) == (0, "")


USAGE = [
    (["--rules", "idiome"], "no rule is called 'idiome' or begins so; .*did you mean idiom"),
    (["--ignore", "idiom/food-for-though"], "did you mean idiom/food-for-thought"),
    (["--lang", "de"], "language is 'de'; expected one of en, fr"),
    ([*FEW, "--format", "jsn"], "unknown output format 'jsn'; expected .*did you mean 'json'"),
    ([*FEW, "-o", "rapport.zip"], "rapport.zip: the suffix names no output format"),
    ([*FEW, "-o", "nulle-part/a.json"], "nulle-part/a.json: cannot write the report: No such"),
    ([*FEW, "--scheme", "mqn"], "'mqn'.*expected one of"),
    ([*FEW, "--formula", "linaer"], "'linaer'.*expected one of"),
    (["--rules-dir", "nulle-part"], "nulle-part: no such folder of rules"),
]


@pytest.mark.parametrize(("options", "said"), USAGE)
def test_bad_usage_is_one_line_and_exit_2(
    command: Command, clean: str, options: list[str], said: str
) -> None:
    done = command("run", clean, *options)
    assert (done.status, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    assert done.err.startswith("mtaudit: ")
    assert re.search(said, done.err), done.err


@pytest.mark.parametrize(
    "arguments", [[], ["run"], ["run", "--nothing", "a"], ["nothing"], ["gate"]]
)
def test_commands_and_options_that_are_not_there(command: Command, arguments: list[str]) -> None:
    done = command(*arguments)
    assert done.status == 2
    assert "Usage:" in done.out + done.err


def test_an_unknown_setting_exits_2(command: Command, clean: str, tmp_path: Path) -> None:
    (tmp_path / "mtaudit.toml").write_text('selct = ["idiom"]\n', encoding="utf-8")
    for name in ("run", "gate"):
        done = command(name, clean)
        assert done.status == 2
        assert "mtaudit.toml: unknown setting 'selct'" in done.err
        assert "did you mean 'select'?" in done.err


def test_settings_hold_and_options_go_before_them(
    command: Command, bad: str, tmp_path: Path
) -> None:
    (tmp_path / "mtaudit.toml").write_text(
        'language = "fr"\nselect = ["apostrophe/entity"]\n', encoding="utf-8"
    )
    assert "Pyongyangs" not in command("run", bad).out
    assert "Apostrophe perdue" in command("run", bad, *FEW).out
    assert "Lost apostrophe" in command("run", bad, *FEW, "--lang", "en").out


# gate ---------------------------------------------------------------------------------------------


def test_gate_passes_stops_and_cannot_run(
    command: Command, clean: str, bad: str, folder: Path
) -> None:
    passed = command("gate", clean, *FEW)
    assert passed.status == 0
    assert passed.out.startswith("passed: 1 articles, 16 words")
    stopped = command("gate", clean, bad, *FEW)
    assert stopped.status == 1
    assert "stopped: mauvais.txt: score" in stopped.out
    assert "mauvais.txt:1:15: major apostrophe/possessive-name: " in stopped.out
    assert "propre.txt" not in stopped.out
    missing = command("gate", clean, "nulle-part", *FEW)
    assert missing.status == 2
    assert "nulle-part: cannot be read" in missing.err
    assert "1 unreadable" in missing.out
    both = command("gate", "articles", *FEW)
    assert both.status == 1
    assert len(both.err.splitlines()) == len(PROBLEMS)


def test_gate_on_nothing_readable_exits_2(command: Command, folder: Path) -> None:
    (folder / "bon.txt").unlink()
    assert command("gate", "articles", *FEW).status == 2


def test_minor_findings_do_not_stop(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN + "Le plan de l&#39;OTAN.\n", encoding="utf-8")
    assert '"apostrophe/entity"' in command("run", "a.txt", *FEW, "-f", "jsonl").out
    assert command("gate", "a.txt", *FEW).status == 0


# rules --------------------------------------------------------------------------------------------


def test_rules_list(command: Command) -> None:
    done = command("rules", "list", "apostrophe")
    ids = [line.split()[0] for line in done.out.splitlines()]
    assert "apostrophe/possessive-name" in ids
    assert ids == sorted(ids)
    assert all(each.startswith("apostrophe/") for each in ids)
    assert f"{len(ids)} rules in 1 families" in done.err


def test_rules_show(command: Command) -> None:
    done = command("rules", "show", "idiom/food-for-thought")
    assert done.status == 0
    for said in ("food for thought", "flag", "[[", "rules/idiom/", "MQM accuracy/mistranslation"):
        assert said in done.out
    several = command("rules", "show", "idiom")
    assert several.status == 2
    assert "idiom is several rules; expected one of idiom/" in several.err


@pytest.fixture
def own_rules(tmp_path: Path) -> Path:
    (tmp_path / "miennes" / "idiom").mkdir(parents=True)
    return tmp_path / "miennes"


RULE = """\
mine-of-gold:
  match: mine dorée
  flag: ['Une [[mine dorée]] pour la ville.']
  pass: ['Une mine de charbon.']
"""


def test_rules_test_passes_and_fails(command: Command, own_rules: Path) -> None:
    file = own_rules / "idiom" / "mines.yaml"
    file.write_text(RULE, encoding="utf-8")
    options = ("--rules-dir", "miennes")
    for target in ("idiom/mine-of-gold", "miennes", "miennes/idiom/mines.yaml"):
        done = command("rules", "test", target, *options)
        assert (done.status, done.out) == (0, "1 rules, 2 examples, 0 rules failed\n"), target
    file.write_text(RULE.replace("de charbon", "dorée"), encoding="utf-8")
    done = command("rules", "test", "idiom/mine-of-gold", *options)
    assert done.status == 1
    assert "mines.yaml:4:10: idiom/mine-of-gold: fires on a pass example" in done.out
    assert "1 rules failed" in done.out
    file.write_text(RULE.replace("match: mine", "match: <mine"), encoding="utf-8")
    done = command("rules", "test", "idiom/mine-of-gold", *options)
    assert done.status == 1
    assert "mines.yaml:2:10: idiom/mine-of-gold: a lemma is not closed by >" in done.out


def test_a_broken_rule_file_exits_2(command: Command, clean: str, own_rules: Path) -> None:
    (own_rules / "idiom" / "mines.yaml").write_text("a:\n  mach: b\n", encoding="utf-8")
    for arguments in (["run", clean], ["gate", clean], ["rules", "test"], ["rules", "list"]):
        done = command(*arguments, "--rules-dir", "miennes")
        assert done.status == 2
        assert "mines.yaml:2:3: idiom/a: unknown key 'mach'" in done.err
        assert len(done.err.splitlines()) == 1


def test_own_rules_run_beside_the_packaged_ones(
    command: Command, own_rules: Path, tmp_path: Path
) -> None:
    (own_rules / "idiom" / "mines.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / "a.txt").write_text(BAD + "Une mine dorée pour la ville.\n", encoding="utf-8")
    options = (*FEW, "--rules", "idiom/mine-of-gold", "--rules-dir", "miennes")
    done = command("run", "a.txt", *options, "-f", "jsonl")
    found = {json.loads(line)["rule"] for line in done.out.splitlines()}
    assert found == {"apostrophe/possessive-name", "idiom/mine-of-gold"}


def test_rules_new_makes_a_skeleton_that_reads(command: Command, own_rules: Path) -> None:
    for name in ("first-one", "second-one"):
        done = command("rules", "new", f"idiom/{name}", "--rules-dir", "miennes")
        assert done.status == 0
        assert f"fill in {name}, then run: mtaudit rules test idiom/{name}" in done.out
    path = own_rules / "idiom" / "new.yaml"
    assert list(yaml.safe_load(path.read_text(encoding="utf-8"))) == ["first-one", "second-one"]
    family = ROOT / "rules" / "idiom" / "_family.yaml"
    (own_rules / "idiom" / "_family.yaml").write_bytes(family.read_bytes())
    rules = load_rulebook([own_rules]).rules
    assert [rule.id for rule in rules] == ["idiom/first-one", "idiom/second-one"]
    assert all(rule.english and rule.match and rule.suggest for rule in rules)
    # the skeleton's own examples hold, so that what fails is what was filled in
    assert command("rules", "test", "idiom/first-one", "--rules-dir", "miennes").status == 0


def test_rules_new_does_not_repeat_a_name(command: Command, own_rules: Path) -> None:
    family = ROOT / "rules" / "idiom" / "_family.yaml"
    (own_rules / "idiom" / "_family.yaml").write_bytes(family.read_bytes())
    for _ in range(2):
        command("rules", "new", "idiom/twice", "--rules-dir", "miennes")
    assert len(load_rulebook([own_rules]).rules) == 1


@pytest.mark.parametrize("name", ["idiom/My_Rule", "idiome/a", "idiom", "idiom/", "idiom/a b"])
def test_rules_new_refuses_what_is_no_id(command: Command, own_rules: Path, name: str) -> None:
    done = command("rules", "new", name, "--rules-dir", "miennes")
    assert done.status == 2
    assert f"{name!r} is no rule id; expected family/name-with-hyphens" in done.err
    assert FAMILIES[0] in done.err
    assert not list(own_rules.rglob("*.yaml"))


# evaluate -----------------------------------------------------------------------------------------


def test_evaluate(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": BAD}), encoding="utf-8")
    spans = [("Pyongyangs", 2, "apostrophe"), ("la nuit", 2, "sense"), ("OTANs", 1, "apostrophe")]
    gold = [
        {
            "article": "a",
            "start": BAD.index(words),
            "end": BAD.index(words) + len(words),
            "text": words,
            "category": category,
            "severity": "major",
            "evidence": "surface",
            "agreement": agreement,
        }
        for words, agreement, category in spans
    ]
    (tmp_path / "or.jsonl").write_text("\n".join(map(json.dumps, gold)), encoding="utf-8")
    done = command("evaluate", "--gold", "or.jsonl", "a.jsonl", *FEW, "--json")
    assert done.status == 0
    made = json.loads(done.out)
    whole = made["groups"]["all"]
    assert (whole["findings"], whole["right"], whole["marks"], whole["hit"]) == (2, 2, 2, 1)
    assert (whole["precision"], whole["recall"], whole["partial"]) == (1.0, 0.5, 0.5)
    table = command("evaluate", "--gold", "or.jsonl", "a.jsonl", *FEW, "--missed", "--wrong")
    assert table.status == 0
    assert "[[la nuit]]" in table.out
    assert "family apostrophe" in table.out


def test_evaluate_without_gold_exits_2(command: Command, clean: str) -> None:
    done = command("evaluate", clean, *FEW)
    assert done.status == 2
    assert "propre.txt: no article has gold marks; expected ids" in done.err
    missing = command("evaluate", clean, "--gold", "nulle-part.jsonl")
    assert missing.status == 2
    assert "nulle-part.jsonl" in missing.err


def test_evaluate_human(command: Command, bad: str) -> None:
    done = command("evaluate", "--human", bad, *FEW, "--json")
    assert done.status == 0
    made = json.loads(done.out)
    assert (made["findings"], made["gating"], made["words"]) == (2, 2, 17)
    assert made["rules"] == {"apostrophe/possessive-name": 2}


# The process --------------------------------------------------------------------------------------


def start(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mtaudit", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=options.pop("cwd", ROOT),
        check=False,
        **options,
    )


def test_version_is_quick(command: Command) -> None:
    assert command("--version") == (0, f"mtaudit {__version__}\n", "")
    script = (
        "import sys\nsys.argv = ['mtaudit', '--version']\n"
        "from mtaudit.cli import main\n"
        "try: main()\n"
        "finally: print([n for n in ('spacy', 'pandas', 're2', 'sacrebleu') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout == f"mtaudit {__version__}\n[]\n"


def test_a_run_imports_no_pandas(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    script = (
        "import sys\nsys.argv = ['mtaudit', 'run', 'a.txt', '--rules', 'apostrophe']\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from mtaudit.cli import main\n"
        "try: main()\n"
        "finally: print([n for n in ('pandas', 'sacrebleu', 'spacy.lang.fr') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_exit_statuses_reach_the_shell(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD, encoding="utf-8")
    stopped = start("gate", str(tmp_path / "a.txt"), *FEW)
    assert stopped.returncode == 1
    wrong = start("run", str(tmp_path / "a.txt"), "--rules", "idiome")
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("mtaudit: no rule is called 'idiome'")
    assert "Traceback" not in wrong.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes there")
def test_a_reader_that_goes_away_is_no_error_to_tell(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD * 3000, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "mtaudit", "run", str(tmp_path / "a.txt"), *FEW, "-f", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read().decode()
    assert "Traceback" not in said
    assert "Exception ignored" not in said


def test_a_closed_pipe_is_no_verdict_of_a_text_report(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Les forces de Pyongyangs avancent.\n" * 3000, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "mtaudit", "run", str(article), "--rules", "apostrophe"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == 2
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
