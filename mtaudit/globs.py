"""Paths as a gate's files name them, and the patterns that stand for them.

A baseline or a suppression is written once and read from any folder, so paths in them are relative
to the folder of the settings file, with `/`.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache

from mtaudit.model import Article


@dataclass(frozen=True)
class Names:
    """How articles are named in baselines, suppressions and policies.

    Attributes:
        root: The folder that names are relative to, absolute; none where empty.
        cwd: The folder that the paths of articles are relative to, absolute.
    """

    root: str = ""
    cwd: str = ""

    def path(self, path: str) -> str:
        """The path below the root; as it was given where it lies elsewhere."""
        if not self.root or path in ("", "-"):
            return path
        full = posixpath.normpath(posixpath.join(self.cwd, path))
        root = self.root.rstrip("/") + "/"
        return full[len(root) :] if full.startswith(root) else posixpath.normpath(path)

    def article(self, article: Article) -> str:
        """The path, with the id behind it where one file holds several articles."""
        path = self.path(article.path)
        if article.id == article.path or not path:
            return path or article.id
        return f"{path}::{article.id}"

    def matches(self, article: Article, patterns: tuple[str, ...]) -> bool:
        """Whether one of the patterns stands for the article's path, its id or both."""
        names = {self.path(article.path), article.id, self.article(article)}
        return any(glob(pattern).fullmatch(name) for pattern in patterns for name in names)


@lru_cache(maxsize=1024)
def glob(pattern: str) -> re.Pattern[str]:
    """A pattern as a regular expression: `*` and `?` within a folder's name, `**` across folders.

    A pattern without `/` stands for a file of that name in any folder, one that ends in `/` for
    all that the folder holds; as in .gitignore.
    """
    if pattern.endswith("/"):
        pattern += "**"
    if "/" not in pattern:
        pattern = "**/" + pattern
    parts: list[str] = []
    for part in re.split(r"(\*\*/|\*\*|\*|\?|\[[^]]+\])", pattern.removeprefix("./")):
        if part == "**/":
            parts.append("(?:.*/)?")
        elif part == "**":
            parts.append(".*")
        elif part == "*":
            parts.append("[^/]*")
        elif part == "?":
            parts.append("[^/]")
        elif len(part) > 2 and part.startswith("[") and part.endswith("]"):
            body = part[1:-1].replace("\\", "\\\\").replace("[", "\\[")
            parts.append("[" + ("^" + body[1:] if body.startswith("!") else body) + "]")
        else:
            parts.append(re.escape(part))
    try:
        return re.compile("".join(parts), re.DOTALL)
    except re.error:
        return re.compile(re.escape(pattern))


def has_prefix(rule: str, prefixes: tuple[str, ...]) -> bool:
    """Whether a rule's id is one of the prefixes or begins with it, at a `/` or a hyphen."""
    for prefix in prefixes:
        prefix = prefix.rstrip("/*")
        if rule == prefix or rule.startswith((prefix + "/", prefix + "-")):
            return True
    return False
