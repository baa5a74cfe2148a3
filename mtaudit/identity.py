"""What mtaudit itself is, as a digest: results of other code or other data are not its own."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from pathlib import Path
from typing import Final

# Packages whose versions may change what is found, as their folders of metadata begin.
_PACKAGES: Final = (
    "spacy-", "google_re2-", "google-re2-", "langdetect-", "marisa_trie-",
    "marisa-trie-", "pyyaml-",
)  # fmt: skip


@cache
def identity() -> bytes | None:
    """Digest of code, data, Python and the packages that matter; None where it cannot be told.

    The content counts, not the time of change: two builds of one version may differ in either.
    """
    found = hashlib.sha256(f"{sys.version}\0{sys.byteorder}\0{sys.platform}".encode())
    root = str(Path(__file__).parent)
    try:
        found.update(repr(_versions()).encode())
        for path in sorted(_files(root)):
            with open(path, "rb") as file:
                data = file.read()
            found.update(f"\0{os.path.relpath(path, root)}\0{len(data)}\0".encode())
            found.update(data)
    except OSError:
        return None
    return found.digest()


def _files(folder: str) -> list[str]:
    """The modules and the data of the package; rules are known by a digest of their own."""
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name not in ("__pycache__", "rules"):
                    found += _files(entry.path)
            elif entry.name.endswith((".py", ".marisa", ".ids", ".tsv", ".txt")):
                found.append(entry.path)
    return found


def _versions() -> list[str]:
    """Names of folders such as `spacy-3.8.7.dist-info`; importlib.metadata takes 25 ms to load."""
    found: set[str] = set()
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            plain = name.lower()
            if plain.endswith((".dist-info", ".egg-info")) and plain.startswith(_PACKAGES):
                found.add(plain)
    return sorted(found)
