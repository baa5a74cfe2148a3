"""The cache: never wrong, only slow."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mtaudit.cache import _FILE, FOLDER, Cache, _sealed, open_cache
from mtaudit.kinds import Plans
from mtaudit.model import Article, ArticleResult, Finding
from mtaudit.pipeline import Auditor
from mtaudit.records import Record, decode_record, encode_record
from mtaudit.rulebook import load_rulebook
from mtaudit.ruleparser import parse_rules
from mtaudit.rulestore import decode_rulebook, encode_rulebook
from mtaudit.settings import Settings

FEW = Settings(select=("apostrophe",))
BAD = "Les forces de Pyongyangs ont pris la ville dans la nuit, selon le chef de l'OTANs.\n"
KEY, VALUE = b"k" * 32, b"value" * 100


def articles(count: int = 5) -> list[Article]:
    return [Article(id=f"a{at}", text=f"{BAD}Le maire {at} est parti.\n") for at in range(count)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def expected() -> list[Any]:
    """What an auditor without a cache finds."""
    return list(Auditor(replace(FEW, cache=False)).results(articles()))


def audit(folder: Path, settings: Settings = FEW) -> tuple[list[Any], Auditor]:
    cache = Cache(folder)
    auditor = Auditor(settings, cache)
    found = list(auditor.results(articles()))
    cache.close()
    return found, auditor


def loaded(auditor: Auditor) -> bool:
    return "scanner" in vars(auditor) or "resources" in vars(auditor)


# --- values ---------------------------------------------------------------------------------------


def test_a_value_comes_back_in_another_process(folder: Path) -> None:
    cache = Cache(folder)
    cache.put(KEY, VALUE)
    assert cache.get(KEY) == VALUE
    cache.close()
    assert Cache(folder).get(KEY) == VALUE
    assert Cache(folder).get(b"other") is None


def test_no_folder_holds_nothing() -> None:
    cache = Cache()
    cache.put(KEY, VALUE)
    cache.close()
    assert cache.get(KEY) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:100],
        lambda data: b"\0" * len(data),
        lambda data: random.Random(1).randbytes(len(data)),
        lambda data: data[:100] + random.Random(2).randbytes(len(data) - 100),
        lambda data: data + b"more",
    ],
)
def test_a_damaged_file_is_begun_anew(folder: Path, expected: list[Any], damage: Any) -> None:
    audit(folder)
    path = folder / _FILE
    path.write_bytes(damage(path.read_bytes()))
    assert audit(folder)[0] == expected
    found, auditor = audit(folder)
    assert found == expected
    assert not loaded(auditor)


def test_any_flipped_byte_is_noticed(folder: Path) -> None:
    chance = random.Random(3)
    values = {bytes([at]) * 32: chance.randbytes(700) for at in range(60)}
    cache = Cache(folder)
    for key, value in values.items():
        cache.put(key, value)
    cache.close()
    path = folder / _FILE
    whole = path.read_bytes()
    lost = 0
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(20):
            data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
        path.write_bytes(data)
        cache = Cache(folder)
        for key, value in values.items():
            found = cache.get(key)
            assert found in (None, value)
            lost += found is None
        cache.close()
    assert lost


def test_a_value_of_another_key_is_refused(folder: Path) -> None:
    cache = Cache(folder)
    cache.put(KEY, VALUE)
    cache.flush()
    with sqlite3.connect(folder / _FILE) as connection:
        for stored in (_sealed(b"other", VALUE), b"", b"short", b"\0" * 80):
            connection.execute("UPDATE entries SET value = ?", (stored,))
            connection.commit()
            assert Cache(folder).get(KEY) is None
        connection.execute("UPDATE entries SET value = 'text'")
        connection.commit()
    assert Cache(folder).get(KEY) is None
    connection.close()


@pytest.mark.parametrize(
    "schema",
    [
        "CREATE TABLE other (x)",
        "CREATE TABLE entries (key, value)",
        "CREATE VIEW entries AS SELECT 1 AS key, 2 AS used, 3 AS value",
        "CREATE TABLE entries (key BLOB PRIMARY KEY, used, value);"
        "CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM entries; END",
    ],
)
def test_another_database_is_replaced(folder: Path, schema: str) -> None:
    folder.mkdir()
    connection = sqlite3.connect(folder / _FILE)
    connection.executescript(schema)
    connection.close()
    cache = Cache(folder)
    assert cache.get(KEY) is None
    cache.put(KEY, VALUE)
    cache.close()
    assert Cache(folder).get(KEY) == VALUE


def test_the_oldest_go_where_it_is_full(folder: Path) -> None:
    limit = 400_000
    cache = Cache(folder, limit)
    chance = random.Random(1)
    values = {bytes([at]) * 32: chance.randbytes(4000) for at in range(250)}
    for key, value in values.items():
        cache.put(key, value)
        cache.flush()
    cache.close()
    assert (folder / _FILE).stat().st_size <= limit * 1.3
    again = Cache(folder, limit)
    held = [key for key, value in values.items() if again.get(key) == value]
    assert held == list(values)[-len(held) :]
    assert len(held) > 50


def test_what_is_used_stays(folder: Path) -> None:
    cache = Cache(folder)
    cache.put(KEY, VALUE)
    cache.flush()
    old = int(time.time()) - 10 * 24 * 3600
    with sqlite3.connect(folder / _FILE) as connection:
        connection.execute("UPDATE entries SET used = ?", (old,))
    connection.close()
    again = Cache(folder)
    assert again.get(KEY) == VALUE
    again.close()
    with sqlite3.connect(folder / _FILE) as connection:
        assert connection.execute("SELECT used FROM entries").fetchone()[0] > old
    connection.close()


@pytest.mark.parametrize("trouble", ["file", "unwritable", "missing-parent"])
def test_a_folder_that_cannot_be_used_is_silent(
    tmp_path: Path, trouble: str, expected: list[Any], capfd: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "place"
    if trouble == "file":
        place.write_text("a file")
    elif trouble == "unwritable":
        place = Path("/proc/mtaudit")
    else:
        place.write_text("a file")
        place = place / "under"
    assert audit(place)[0] == expected
    assert capfd.readouterr() == ("", "")


def test_a_lock_that_is_held_is_not_waited_for(
    folder: Path, expected: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    audit(folder)
    monkeypatch.setattr("mtaudit.cache._PATIENCE", 0.01)
    holder = sqlite3.connect(folder / _FILE, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert audit(folder)[0] == expected
    holder.close()


def test_a_disk_that_is_full_is_silent(folder: Path) -> None:
    """A limit on the size of files stands for the disk: writing fails in the same place."""
    resource = pytest.importorskip("resource")
    assert resource
    code = (
        "import resource, sys; from pathlib import Path; from mtaudit.cache import Cache\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "import os\n"
        "for at in range(300): cache.put(bytes([at % 256]) * 32, os.urandom(3000))\n"
        "cache.close(); print('done')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
    cache = Cache(folder)
    cache.put(KEY, VALUE)
    cache.close()
    assert Cache(folder).get(KEY) == VALUE


def test_processes_share_a_file(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from mtaudit.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "for at in range(200):\n"
        "    key = at.to_bytes(32, 'big')\n"
        "    value = cache.get(key)\n"
        "    assert value in (None, key * 9), value\n"
        "    cache.put(key, key * 9)\n"
        "    if at % 7 == 0: cache.flush()\n"
        "cache.close()"
    )
    command = [sys.executable, "-c", code, str(folder)]
    running = [subprocess.Popen(command) for _ in range(4)]
    assert [process.wait() for process in running] == [0] * 4
    cache = Cache(folder)
    assert sum(cache.get(at.to_bytes(32, "big")) is not None for at in range(200)) > 100


def test_a_writer_killed_at_any_moment_leaves_whole_values(folder: Path) -> None:
    code = (
        "import sys, os; from pathlib import Path; from mtaudit.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1])); print('go', flush=True); at = 0\n"
        "while True:\n"
        "    at += 1; key = (at % 500).to_bytes(32, 'big')\n"
        "    cache.put(key, key * 200)\n"
    )
    chance = random.Random(4)
    for _ in range(8):
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        cache = Cache(folder)
        for at in range(500):
            key = at.to_bytes(32, "big")
            assert cache.get(key) in (None, key * 200)
        assert cache.path is not None, "a killed writer damages nothing"
        cache.close()


# --- what is kept ---------------------------------------------------------------------------------


def test_a_record_comes_back_as_it_was() -> None:
    text = "Une phrase 😀 avec\nun \ud800 seul et « guillemets ».\n"
    finding = Finding(
        rule="name/x", family="name", severity="major", confidence=0.1 + 0.2, evidence="suspect",
        start=18, end=24, line=1, column=19, text=text[18:24], message="« é » \u2028",
        suggestions=("a", ""), source_text=None, section="body", gates=True, fingerprint="f-2",
    )  # fmt: skip
    article = Article(id="a", text=text)
    line, column = article.position(18)
    record = Record("fr", 7, (replace(finding, line=line, column=column),))
    assert decode_record(encode_record(record), article) == record


def test_every_rule_comes_back_as_it_was() -> None:
    book = load_rulebook()
    again = decode_rulebook(encode_rulebook(book))
    assert again == book
    assert [rule.pattern for rule in again.rules] == [rule.pattern for rule in book.rules]


def test_plans_come_back_as_they_were(auditor: Auditor) -> None:
    plans = auditor.resources.plans
    again = Plans.decode(plans.encode())
    texts = [text for rule in auditor.rules if rule.kind == "phrase" for text in rule.match]
    assert texts
    for text in texts:
        assert again.get(text) == plans.get(text)
    assert not again.grown


def test_rules_compiled_from_plans_find_the_same(auditor: Auditor) -> None:
    """With all rules: patterns are parsed at their first candidate, from what the cache holds."""
    again = Auditor()
    assert not loaded(again)
    for rule in auditor.rules[::9]:
        article = Article(id=rule.id, text=rule.flag[0].text)
        assert again.audit_article(article) == auditor.audit_article(article)
    assert not again.resources.plans.grown


# --- runs -----------------------------------------------------------------------------------------


def test_an_article_that_is_known_loads_no_rules(folder: Path, expected: list[Any]) -> None:
    assert audit(folder)[0] == expected
    found, auditor = audit(folder)
    assert found == expected
    assert not loaded(auditor)
    assert auditor.report(found) == Auditor(replace(FEW, cache=False)).report(expected)


def test_a_known_article_imports_no_engine(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BAD, encoding="utf-8")
    code = (
        "import sys; from mtaudit.pipeline import audit; from mtaudit.settings import Settings\n"
        "report = audit([sys.argv[1]], Settings(select=('apostrophe',)))\n"
        "heavy = ('spacy', 'yaml', 're2', 'marisa_trie', 'pandas', 'multiprocessing.pool')\n"
        "print(len(report.results[0].findings), [name for name in heavy if name in sys.modules])"
    )
    environment = {**os.environ, FOLDER: str(folder)}
    command = [sys.executable, "-c", code, str(path)]
    told = [
        subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
        for _ in range(2)
    ]
    assert "spacy" in told[0]
    assert told[1] == "2 []\n"


def test_place_and_score_are_not_part_of_the_key(folder: Path) -> None:
    audit(folder)
    settings = replace(FEW, scheme="google", formula="linear")
    cache = Cache(folder)
    auditor = Auditor(settings, cache)
    moved = [replace(each, id=f"b-{each.id}", path="b.txt") for each in articles()]
    found = list(auditor.results(moved))
    assert not loaded(auditor)
    assert found == list(Auditor(replace(settings, cache=False)).results(moved))


@pytest.mark.parametrize(
    "settings",
    [
        replace(FEW, language="fr"),
        Settings(select=("typography",)),
        Settings(select=("apostrophe", "typography")),
        Settings(select=("apostrophe",), ignore=("apostrophe/possessive",)),
    ],
)
def test_other_settings_have_results_of_their_own(folder: Path, settings: Settings) -> None:
    audit(folder)
    try:
        expected = list(Auditor(replace(settings, cache=False)).results(articles()))
    except Exception as error:
        with pytest.raises(type(error)):
            Auditor(settings, Cache(folder))
        return
    assert audit(folder, settings)[0] == expected


def test_other_rules_have_results_of_their_own(folder: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules" / "calque"
    rules.mkdir(parents=True)
    (rules / "own.yaml").write_text(
        "own-rule:\n  match: maire\n  severity: major\n  flag: ['Le [[maire]] dort.']\n"
        "  pass: ['La mairie dort.']\n"
    )
    settings = Settings(select=("calque/own-rule",), rules=(str(tmp_path / "rules"),))
    first, _ = audit(folder, settings)
    assert [finding.severity for finding in first[0].findings] == ["major"]
    path = rules / "own.yaml"
    path.write_text(path.read_text().replace("major", "minor"))
    second, _ = audit(folder, settings)
    assert [finding.severity for finding in second[0].findings] == ["minor"]
    path.write_text(path.read_text().replace("match: maire", "match: (maire"))
    with pytest.raises(Exception, match=r"own\.yaml:2"):
        audit(folder, settings)


def test_other_code_has_results_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit(folder)
    monkeypatch.setattr("mtaudit.pipeline.identity", lambda: b"another version")
    monkeypatch.setattr("mtaudit.rulestore.identity", lambda: b"another version")
    assert loaded(audit(folder)[1])


def test_an_identity_that_cannot_be_told_keeps_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, expected: list[Any]
) -> None:
    monkeypatch.setattr("mtaudit.pipeline.identity", lambda: None)
    monkeypatch.setattr("mtaudit.rulestore.identity", lambda: None)
    assert audit(folder)[0] == expected
    assert not (folder / _FILE).exists()


def test_another_language_is_remembered(folder: Path) -> None:
    text = "The mayor said that the bridge would be closed for two weeks and that was all. " * 5
    for path in ("a.txt", "b.txt"):
        cache = Cache(folder)
        auditor = Auditor(FEW, cache)
        (problem,) = auditor.results([Article(id=path, path=path, text=text)])
        assert not isinstance(problem, ArticleResult)
        assert problem.message.startswith(f"{path}: ")
        assert loaded(auditor) == (path == "a.txt")
        cache.close()


@pytest.fixture
def command(tmp_path: Path, folder: Path) -> Any:
    path = tmp_path / "articles.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for each in articles():
            file.write(json.dumps({"id": each.id, "text": each.text}) + "\n")

    def run(*options: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "mtaudit", *options, "--rules", "apostrophe", str(path)],
            capture_output=True,
            check=False,
            env={**os.environ, FOLDER: str(folder), **environment},
            cwd=tmp_path,
        )

    return run


@pytest.mark.parametrize("name", ["run", "gate"])
def test_the_same_bytes_with_and_without(command: Any, folder: Path, name: str) -> None:
    without = command(name, "--format", "json", "--no-cache")
    assert not folder.exists()
    assert without.stdout
    for _ in range(2):
        done = command(name, "--format", "json")
        assert (done.returncode, done.stdout, done.stderr) == (
            without.returncode, without.stdout, without.stderr,
        )  # fmt: skip
    assert (folder / _FILE).is_file()


def test_the_setting_turns_it_off(command: Any, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mtaudit.toml").write_text("cache = false\n")
    assert command("run", "--quiet").returncode == 0
    assert not folder.exists()
    (tmp_path / "mtaudit.toml").write_text("cache = 'no'\n")
    assert b"expected true or false" in command("run", "--quiet").stderr


def test_the_environment_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    assert open_cache().path == tmp_path / _FILE
    assert open_cache(False).path is None
    monkeypatch.delenv(FOLDER)
    path = open_cache().path
    assert path is not None
    assert path.parent.name == "mtaudit"


def test_files_of_rules_are_read_once(tmp_path: Path) -> None:
    """What is parsed is what the digest is of, whatever happens to the files meanwhile."""
    from mtaudit.rulebook import packaged_rules
    from mtaudit.rulefiles import read_rule_files

    files = read_rule_files([packaged_rules()])
    assert parse_rules(files).digest == files.content.hex()[:12] == load_rulebook().digest
