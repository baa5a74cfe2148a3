"""The files of rule folders, each read once: what is parsed is what the digest is of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mtaudit.errors import RuleError
from mtaudit.measures import FILE
from mtaudit.model import FAMILIES

DEFINITION = "_family.yaml"


@dataclass(frozen=True)
class RuleFolder:
    """A folder of rules.

    Attributes:
        families: The files of each family by path, in order.
        measured: The content of its table of measures; None where it holds no line.
    """

    path: Path
    families: Mapping[str, Mapping[Path, bytes]]
    measured: bytes | None

    @property
    def measures(self) -> Path:
        """Where the table of measures is, or would be."""
        return self.path / FILE


@dataclass(frozen=True)
class RuleFiles:
    """All rule files of a run, in the order in which they are parsed."""

    folders: tuple[RuleFolder, ...]

    @cached_property
    def content(self) -> bytes:
        """Digest of what the files say, wherever they lie: of this the signature has a part."""
        digest = hashlib.sha256()
        for folder in self.folders:
            if folder.measured is not None:
                digest.update(f"{FILE}\0".encode() + folder.measured)
            for files in folder.families.values():
                for path, data in files.items():
                    inside = path.relative_to(folder.path).as_posix()
                    digest.update(f"{inside}\0".encode() + data)
        return digest.digest()

    @cached_property
    def whole(self) -> bytes:
        """Digest of content, paths and lengths: equal only where errors name the same places."""
        digest = hashlib.sha256(self.content)
        for folder in self.folders:
            digest.update(f"{folder.path}\0{len(folder.measured or b'')}\0".encode())
            for files in folder.families.values():
                for path, data in files.items():
                    digest.update(f"{path}\0{len(data)}\0".encode())
        return digest.digest()


def read_rule_files(folders: Sequence[Path]) -> RuleFiles:
    """Reads all rule files below the folders, each of which holds one folder per family.

    Raises:
        RuleError: A folder is missing or named after no family, or a file cannot be read.
    """
    return RuleFiles(tuple(_read_folder(folder) for folder in folders))


def _read_folder(folder: Path) -> RuleFolder:
    if not folder.is_dir():
        raise RuleError("no such folder of rules", where=str(folder))
    families: dict[str, dict[Path, bytes]] = {}
    for inner in sorted(path for path in folder.iterdir() if path.is_dir()):
        if inner.name.startswith((".", "_")):
            continue
        if inner.name not in FAMILIES:
            raise RuleError(
                f"unknown family {inner.name!r}",
                where=str(inner),
                expected=f"one of {', '.join(FAMILIES)}",
            )
        families[inner.name] = {path: _read(path) for path in sorted(inner.rglob("*.yaml"))}
    measured = folder / FILE
    data = _read(measured) if measured.is_file() else b""
    # A heading alone measures nothing.
    return RuleFolder(folder, families, data if b"\n" in data.strip() else None)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RuleError(f"cannot be read: {error}", where=str(path)) from error
