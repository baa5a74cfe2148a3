"""What several test files share."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mtaudit.annotate import annotate
from mtaudit.cache import FOLDER
from mtaudit.kinds import KINDS, Resources
from mtaudit.model import Article
from mtaudit.pipeline import Auditor, load_resources
from mtaudit.rulebook import Family, Place, Rule


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps tests out of the user's cache, and the processes that they start."""
    before = os.environ.get(FOLDER)
    os.environ[FOLDER] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ[FOLDER]
    else:
        os.environ[FOLDER] = before


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of third-party data: $MTAUDIT_DATA, else shared/data beside the repository."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("MTAUDIT_DATA") or beside)
    if not folder.is_dir():
        pytest.skip(f"third-party data is not here: {folder} (set MTAUDIT_DATA)")
    return folder


@pytest.fixture(scope="session")
def resources() -> Resources:
    """Lexicon, names and English words."""
    return load_resources()


@pytest.fixture(scope="session")
def auditor() -> Auditor:
    """All packaged rules with the default settings."""
    return Auditor()


@pytest.fixture(scope="session")
def make_rule() -> Callable[..., Rule]:
    """Makes a rule `calque/tested` without a file: `make_rule(kind, key=value, ...)`."""
    text = {"fr": "Calque", "en": "Calque"}
    family = Family(
        name="calque",
        title=text,
        mqm="style/unidiomatic",
        severity="minor",
        message={"fr": "Calque de « {english} »", "en": "Copies “{english}”"},
        plain_message=text,
    )

    def make(kind: Any = "phrase", **keys: Any) -> Rule:
        return Rule(
            id="calque/tested",
            name="tested",
            family=family,
            kind=kind,
            place=Place("tested.yaml", 1, 1),
            **{"severity": "minor", **keys},
        )

    return make


class Flagged(NamedTuple):
    """A hit for a test to look at: the words and what is suggested for them."""

    text: str
    suggestions: tuple[str, ...]


@pytest.fixture(scope="session")
def flagged(resources: Resources) -> Callable[[Rule, str], list[Flagged]]:
    """Runs one rule on a text; what it flags, in reading order."""

    def run(rule: Rule, text: str) -> list[Flagged]:
        matcher = KINDS[rule.kind]([rule], resources)
        hits = sorted(
            matcher.hits(annotate(Article(id="tested", text=text))), key=lambda hit: hit.start
        )
        return [Flagged(text[hit.start : hit.end], hit.suggestions) for hit in hits]

    return run


class Ended(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ended]:
    """Runs the command line in this process, in an empty folder: `command("run", "a.txt")`."""
    from mtaudit.cli import main

    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["mtaudit", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        status: int | str | None = 0
        try:
            main()
        except SystemExit as end:
            status = end.code
        out, err = capsys.readouterr()
        return Ended(int(status or 0), out, err)

    return run
