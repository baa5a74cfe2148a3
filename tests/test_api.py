"""The public names, and the documents that the README points to."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import mtaudit
from mtaudit import Article, Auditor, Finding, Report, Settings, audit

ROOT = Path(__file__).resolve().parents[1]


def test_public_names() -> None:
    assert set(mtaudit.__all__) == {
        "Article",
        "Auditor",
        "Finding",
        "Report",
        "Settings",
        "__version__",
        "audit",
    }
    for name in mtaudit.__all__:
        assert getattr(mtaudit, name) is not None
    with pytest.raises(AttributeError, match="module 'mtaudit' has no attribute 'nothing'"):
        mtaudit.nothing  # noqa: B018


def test_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", mtaudit.__version__)


def test_import_is_light() -> None:
    heavy = "spacy pandas re2 marisa_trie langdetect typer rich sacrebleu".split()
    script = f"import sys, mtaudit; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def test_an_article_from_python() -> None:
    text = "Les forces de Pyongyangs ont pris la ville. Le plan l&#39;emporte."
    auditor = Auditor(Settings(select=("apostrophe",), language="fr"))
    result = auditor.audit_article(Article(id="a", text=text))
    findings = [(finding.rule, finding.text, finding.suggestions) for finding in result.findings]
    assert findings == [
        ("apostrophe/possessive-name", "Pyongyangs", ("Pyongyang",)),
        ("apostrophe/entity", "&#39;", ("'",)),
    ]
    assert all(isinstance(finding, Finding) for finding in result.findings)
    assert result.findings[0].message.startswith("Apostrophe perdue")


def test_files_from_python(tmp_path: Path) -> None:
    (tmp_path / "bon.txt").write_text("Les forces de Pyongyangs ont pris la ville.", "utf-8")
    (tmp_path / "vide.txt").write_text("", "utf-8")
    report = audit([tmp_path], Settings(select=("apostrophe",)))
    assert isinstance(report, Report)
    assert [len(result.findings) for result in report.results] == [1]
    assert [Path(problem.path).name for problem in report.problems] == ["vide.txt"]
    assert report.total.words == 8
    assert report.signature.startswith(("mtaudit", "version"))


def test_english_is_a_problem_and_no_result() -> None:
    text = "The council voted on the budget and the mayor left the hall before the end of it."
    problem = Auditor(Settings(select=("apostrophe",))).audit_article(Article(id="a", text=text))
    assert "a: the text is in another language (en); expected French" in problem.message


def test_paths_that_the_documents_name_exist() -> None:
    missing = [
        f"{page.name}: {target}"
        for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not missing
