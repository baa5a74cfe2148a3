"""The GitHub action, the GitLab job, the pre-commit hook and the image: read, and run as they are.

pre-commit's own run with a fresh environment takes minutes: MTAUDIT_SLOW=1 has it done.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
CLEAN = "Le conseil de la ville a voté le budget hier soir, et le maire est parti.\n"
BAD = "Les forces de Pyongyangs ont pris la ville dans la nuit, selon la radio.\n"
FILES = ("action.yml", "ci/mtaudit.gitlab-ci.yml", ".pre-commit-hooks.yaml")


def loaded(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """Two articles, and an `mtaudit` on the path that runs the few rules of one family."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bon.md").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "articles" / "mauvais article.md").write_text(BAD, encoding="utf-8")
    (tmp_path / "mtaudit.toml").write_text('select = ["apostrophe"]\n', encoding="utf-8")
    (tmp_path / "bin").mkdir()
    own = tmp_path / "bin" / "mtaudit"
    own.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mtaudit "$@"\n', encoding="utf-8")
    own.chmod(0o755)
    return tmp_path


def bash(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        # as a runner of GitHub starts it
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("schema", "name"),
    [("vendor.github-actions", "action.yml"), ("vendor.gitlab-ci", "ci/mtaudit.gitlab-ci.yml")],
)
def test_files_keep_to_the_schemas_of_their_makers(schema: str, name: str) -> None:
    pytest.importorskip("check_jsonschema")
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="runs bash")
def test_the_steps_of_the_action(scratch: Path) -> None:
    action = loaded("action.yml")
    (step,) = [each for each in action["runs"]["steps"] if each.get("id") == "gate"]
    asked = {key: re.search(r"inputs\.([\w-]+)", value)[1] for key, value in step["env"].items()}  # type: ignore[index]
    assert set(asked.values()) == set(action["inputs"]) - {"python-version"}
    defaults = {key: action["inputs"][name]["default"] for key, name in asked.items()}
    github = {"GITHUB_OUTPUT": "out.txt", "GITHUB_STEP_SUMMARY": "summary.md"}

    stopped = bash(step["run"], scratch, **{**defaults, **github, "PATHS": "articles"})
    assert stopped.returncode == 1, stopped.stderr
    assert stopped.stdout.startswith("::error file=articles/mauvais article.md,line=1,")
    assert "stopped: 2 articles" in stopped.stderr
    assert "Pyongyangs" in (scratch / "summary.md").read_text(encoding="utf-8")
    assert "Pyongyangs" in (scratch / "mtaudit.sarif").read_text(encoding="utf-8")
    assert (scratch / "out.txt").read_text() == "verdict=stopped\n"

    given = {"PATHS": "articles/mauvais article.md\narticles/bon.md\n", "SARIF": ""}
    options = {"ARGUMENTS": "--min-score\n0\n--max\nmajor=$(touch pwned)\n"}
    wrong = bash(step["run"], scratch, **{**defaults, **github, **given, **options})
    assert wrong.returncode == 2
    assert not (scratch / "pwned").exists()
    options = {"ARGUMENTS": "--min-score\n0\n"}
    passed = bash(step["run"], scratch, **{**defaults, **github, **given, **options})
    assert passed.returncode == 0, passed.stderr
    verdicts = (scratch / "out.txt").read_text().splitlines()
    assert verdicts == ["verdict=stopped", "verdict=could not run", "verdict=passed"]


@pytest.mark.skipif(sys.platform == "win32", reason="runs bash")
def test_the_script_of_the_gitlab_job(scratch: Path) -> None:
    job = loaded("ci/mtaudit.gitlab-ci.yml")["mtaudit"]
    (script,) = job["script"]
    done = bash(script, scratch, MTAUDIT_PATHS="articles", MTAUDIT_ARGUMENTS="--max major=9")
    assert done.returncode == 1, done.stderr
    for name in (*job["artifacts"]["reports"].values(), *job["artifacts"]["paths"]):
        assert "Pyongyangs" in (scratch / name).read_text(encoding="utf-8"), name


def test_the_hook_takes_what_the_readers_take() -> None:
    from mtaudit.readers import READERS

    (hook,) = loaded(".pre-commit-hooks.yaml")
    # pre-commit names each file: one of JSON or XML that is no article would stop the commit.
    # Pages need an extra, and the last three are not text.
    others = {".json", ".xml", ".html", ".htm", ".docx", ".warc", ".warc.gz"}
    assert others < READERS.keys()
    for suffix in READERS.keys() - others - {""}:
        assert re.search(hook["files"], f"articles/a{suffix}")
    assert not re.search(hook["files"], "articles/a.py")
    assert hook["entry"].startswith("mtaudit gate ")


def test_the_image_holds_what_the_wheel_is_built_from() -> None:
    docker = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert 'ENTRYPOINT ["mtaudit"]' in docker
    kept = [
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    ]
    assert not [name for name in kept if not (ROOT / name).exists()]
    for needed in ("pyproject.toml", "build_data.py", "mtaudit", "rules", "README.md", "LICENSE"):
        assert needed in kept


@pytest.mark.skipif(not os.environ.get("MTAUDIT_SLOW"), reason="takes minutes: MTAUDIT_SLOW=1")
def test_pre_commit_runs_the_hook(tmp_path: Path) -> None:
    pytest.importorskip("pre_commit")
    tree, site = tmp_path / "tree", tmp_path / "site"
    site.mkdir()
    (site / "bon.md").write_text(CLEAN, encoding="utf-8")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache")}

    def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    listed = run("git", "ls-files", "-co", "--exclude-standard", cwd=ROOT).stdout.splitlines()
    for name in listed:
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_bytes((ROOT / name).read_bytes())
    for folder in (tree, site):
        run("git", "init", "-q", cwd=folder)
        run("git", "add", "-A", cwd=folder)
    run("git", "-c", "user.name=t", "-c", "user.email=t@t.t", "commit", "-qm", "t", cwd=tree)
    try_ = (sys.executable, "-m", "pre_commit", "try-repo", str(tree), "mtaudit")
    clean = run(*try_, "--files", "bon.md", cwd=site)
    assert clean.returncode == 0, clean.stdout + clean.stderr
    (site / "mauvais.md").write_text(BAD, encoding="utf-8")
    bad = run(*try_, "--files", "bon.md", "mauvais.md", cwd=site)
    assert bad.returncode == 1
    assert "mauvais.md:1:15: major apostrophe/possessive-name" in bad.stdout
