"""Sources and references that lie beside the articles: a file beside a file, a folder of files of
the same names beside a folder, a file of JSON Lines of the same ids beside another.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final, Literal

from mtaudit.errors import InputError
from mtaudit.model import Article, Problem
from mtaudit.readers import find_files, read_paths

Role = Literal["source", "reference"]

# Names that a line lists before it says how many more there are.
_NAMED: Final = 3


class Beside:
    """The texts of one role for the articles of a run.

    Args:
        role: Which field of an article the texts are for; errors name the option after it.
        given: A file, a folder or `-`.
        paths: The files and folders that the articles are read from.

    Raises:
        InputError: There is nothing at `given`.
    """

    def __init__(self, role: Role, given: str, paths: Sequence[str]) -> None:
        self.role = role
        self.given = given
        self._option = f"--{role}"
        self._folder = os.path.isdir(given)
        self._roots = [path for path in paths if os.path.isdir(path)]
        if given != "-" and not os.path.exists(given):
            raise InputError(
                "no such file or folder",
                where=f"{self._option} {given}",
                expected="a file beside a file, or a folder with files of the same names",
            )
        self._path = ""
        self._texts: dict[str, str] = {}
        self._sole: str | None = None
        self._taken = ""
        self._used: set[str] = set()
        self._found = 0
        self._without: list[str] = []

    def add(self, articles: Iterable[Article | Problem]) -> Iterator[Article | Problem]:
        """The articles with their text of this role, read as they come.

        A text given so goes before one that the article brings along. What cannot be read of the
        texts is a problem in the stream.

        Raises:
            InputError: No article has a text here, or several share one.
        """
        for article in articles:
            if isinstance(article, Problem):
                yield article
                continue
            path = self._path_for(article)
            if path != self._path:
                yield from self._read(path)
            text = self._texts.get(article.id)
            if text is None and self._sole is not None:
                text = self._one(article)
            if text is None:
                self._without.append(article.id)
                yield article
                continue
            self._found += 1
            yield (
                replace(article, source=text)
                if self.role == "source"
                else replace(article, reference=text)
            )
        if self._without and not self._found:
            raise InputError(
                f"no text in it for any of {len(self._without)} articles ({self._named()})",
                where=f"{self._option} {self.given}",
                expected="files of the same names, or lines of JSON of the same ids",
            )

    def told(self) -> Iterator[str]:
        """One line for articles that have no text here, one for texts that belong to none."""
        place = f"{self._option} {self.given}"
        if self._without:
            total = len(self._without) + self._found
            yield (
                f"{place}: nothing for {len(self._without)} of {total} articles ({self._named()})"
            )
        if self._folder:
            files = [_posix(each) for each in find_files([self.given]) if isinstance(each, Path)]
            left = [path for path in files if path not in self._used]
            if left:
                more = ", …" if len(left) > _NAMED else ""
                yield (
                    f"{place}: {len(left)} of {len(files)} files belong to no article "
                    f"({', '.join(left[:_NAMED])}{more})"
                )

    def _named(self) -> str:
        more = ", …" if len(self._without) > _NAMED else ""
        return ", ".join(self._without[:_NAMED]) + more

    def _path_for(self, article: Article) -> str:
        if not self._folder:
            return self.given
        return _posix(os.path.join(self.given, name_under(article.path, self._roots)))

    def _read(self, path: str) -> Iterator[Problem]:
        """Reads a file of texts in place of the last one; a run takes them one after another."""
        self._path, self._texts, self._sole = path, {}, None
        if path != "-" and not os.path.exists(path):
            return
        self._used.add(path)
        found = []
        for each in read_paths([path]):
            if isinstance(each, Problem):
                yield each
            else:
                found.append(each)
        self._texts = {each.id: each.text for each in found}
        if len(found) == 1 and not found[0].line:
            self._sole = found[0].text

    def _one(self, article: Article) -> str | None:
        """The text of a file that holds one alone: for one article, whatever their names."""
        if not self._folder and self._taken:
            raise InputError(
                f"one text for several articles ({self._taken}, {article.id})",
                where=f"{self._option} {self.given}",
                expected="a folder with files of the same names, or JSON Lines of the same ids",
            )
        self._taken = article.id
        return self._sole


def name_under(path: str, folders: Sequence[str]) -> str:
    """A file's path as seen from the folder that was named; its name alone if it is in none."""
    whole = PurePosixPath(path)
    roots = [PurePosixPath(_posix(folder)) for folder in folders]
    names = [str(whole.relative_to(root)) for root in roots if whole.is_relative_to(root)]
    return min(names, key=len) if names else whole.name


def _posix(path: object) -> str:
    return PurePosixPath(os.path.normpath(str(path)).replace(os.sep, "/")).as_posix()
