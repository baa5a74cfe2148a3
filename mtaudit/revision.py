"""Files as they were at a git revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from mtaudit.errors import SettingsError


def earlier_files(paths: Iterable[str], revision: str) -> dict[str, bytes]:
    """The content that files had at a revision; those that were not there are left out.

    A file that git takes for renamed since is given under its new path.

    Raises:
        SettingsError: There is no git, no repository, or no such revision.
    """
    top = os.path.realpath(_git("rev-parse", "--show-toplevel").decode("utf-8").rstrip("\n"))
    if revision.startswith("-"):
        raise _unknown(revision)
    try:
        commit = _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except SettingsError:
        raise _unknown(revision) from None
    name = commit.decode("ascii").strip()
    renamed = _renamed(name)
    wanted: dict[str, str] = {}
    for path in paths:
        full = os.path.realpath(path)
        if path in ("", "-") or os.path.commonpath((top, full)) != top:
            continue
        inside = Path(full).relative_to(top).as_posix()
        inside = renamed.get(inside, inside)
        if "\n" not in inside:
            wanted[path] = f"{name}:{inside}"
    return _blobs(wanted)


def _renamed(commit: str) -> dict[str, str]:
    """New path to old one, both below the top of the repository."""
    listed = _git("diff", "--name-status", "-z", "-M", "--diff-filter=R", "--no-relative", commit)
    parts = listed.decode("utf-8", "surrogateescape").split("\0")
    return {new: old for _, old, new in zip(parts[::3], parts[1::3], parts[2::3], strict=False)}


def _blobs(wanted: dict[str, str]) -> dict[str, bytes]:
    names = "".join(f"{name}\n" for name in wanted.values())
    answer = _git("cat-file", "--batch", said=names.encode("utf-8", "surrogateescape"))
    found: dict[str, bytes] = {}
    position = 0
    for path in wanted:
        end = answer.index(b"\n", position)
        head = answer[position:end].rsplit(b" ", 2)
        position = end + 1
        if len(head) == 3 and head[2].isdigit():
            size = int(head[2])
            if head[1] == b"blob":
                found[path] = answer[position : position + size]
            position += size + 1
    return found


def _git(*arguments: str, said: bytes = b"") -> bytes:
    try:
        done = subprocess.run(["git", *arguments], input=said, capture_output=True, check=False)
    except OSError as error:
        raise SettingsError(
            f"git cannot be run ({error.strerror or error})",
            where="--since",
            expected="git on the PATH",
        ) from error
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise SettingsError(
            f"git {arguments[0]} failed" + (f": {why[0]}" if why else ""),
            where="--since",
            expected="a folder in a git repository",
        )
    return done.stdout


def _unknown(revision: str) -> SettingsError:
    return SettingsError(
        f"git knows no revision {revision!r}",
        where="--since",
        expected="a commit, branch or tag of this repository",
        hint="fetch it first (in GitHub Actions: fetch-depth: 0)",
    )
