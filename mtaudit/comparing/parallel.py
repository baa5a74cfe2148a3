"""Reads translations of the same articles by several systems: a file or folder a system, or rows
of JSON with a key for each.
"""

from __future__ import annotations

import difflib
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Final

from mtaudit.errors import InputError
from mtaudit.model import Article, Problem
from mtaudit.readers import read_paths
from mtaudit.readers.jsonlines import parse_object
from mtaudit.source.beside import Beside, name_under

# Keys of a row that are no system's translation; none of them can name a system.
_NO_SYSTEM: Final = frozenset(
    "id set line source reference origlang date url title text system systems".split()
)
_NAMED: Final = 3


@dataclass(frozen=True)
class Row:
    """One article as each system translated it, in the order of the systems.

    Attributes:
        key: What it is known by in every system: an id, or the name of a file.
    """

    key: str
    articles: tuple[Article, ...]

    @property
    def source(self) -> str | None:
        """The English, the same for all systems."""
        return self.articles[0].source

    @property
    def reference(self) -> str | None:
        """The translation by people, the same for all systems."""
        return self.articles[0].reference


@dataclass(frozen=True)
class Parallel:
    """The articles that all systems translated.

    Attributes:
        systems: Their names, each once; the first is the baseline.
        left: What could not be read or has no counterpart, and why.
    """

    systems: tuple[str, ...]
    rows: tuple[Row, ...]
    left: tuple[Problem, ...]


def read_systems(
    paths: Sequence[str], source: str | None = None, reference: str | None = None
) -> tuple[Parallel, list[str]]:
    """Files or folders of articles, one for each system; ids or names of files match them.

    Args:
        source, reference: Where texts lie beside the articles of each system.

    Returns:
        The articles, and lines to tell of texts beside them that have no counterpart.

    Raises:
        InputError: There is nothing to compare.
    """
    if len(paths) < 2:
        raise InputError(
            f"one system alone ({', '.join(paths)})",
            expected="two or more files or folders of articles, one for each system",
            hint=_hint(paths),
        )
    left: list[Problem] = []
    told: list[str] = []
    systems: list[dict[str, Article]] = []
    for path in paths:
        companions: list[Beside] = []
        if source is not None:
            companions.append(Beside("source", source, [path]))
        if reference is not None:
            companions.append(Beside("reference", reference, [path]))
        articles = read_paths([path])
        for each in companions:
            articles = each.add(articles)
        found: dict[str, Article] = {}
        for article in articles:
            if isinstance(article, Problem):
                left.append(article)
            else:
                found[_key(article, path)] = article
        systems.append(found)
        told += [line for each in companions for line in each.told() if line not in told]
    names = _names(paths, systems)
    rows = list(_matched(names, systems, left))
    if not rows:
        raise InputError(
            "no article is in all of them: "
            + "; ".join(
                f"{path} has {_listed(list(found))}"
                for path, found in zip(paths, systems, strict=True)
            ),
            expected="files of the same names, or JSON Lines of the same ids",
        )
    return Parallel(names, tuple(rows), tuple(left)), told


def read_rows(paths: Sequence[str], systems: Sequence[str]) -> Parallel:
    """Rows of JSON: `source` and `reference` (both optional), and a string for each system.

    Strings may also stand in an object `systems`. Each row is an article of its own, known by its
    `id`, else by its place: sentences out of their articles say nothing about each other.

    Raises:
        InputError: A file cannot be read, or has nothing by one of the systems.
    """
    names = tuple(dict.fromkeys(systems))
    if len(names) < 2:
        raise InputError(
            f"--systems names one alone ({', '.join(systems)})",
            expected="two or more, such as --systems one,other",
        )
    rows: list[Row] = []
    left: list[Problem] = []
    seen: set[str] = set()
    there: Counter[str] = Counter()
    for path in paths:
        for number, raw in enumerate(_lines(path), 1):
            if not raw.strip():
                continue
            try:
                value = parse_object(raw, path, number)
            except InputError as error:
                left.append(Problem(path, str(error)))
                continue
            texts = _translations(value)
            there.update(texts)
            missing = [name for name in names if name not in texts]
            key = value.get("id", f"{path}:{number}")
            key = str(key)
            if missing or key in seen:
                what = f"no translation by {', '.join(missing)}" if missing else f"{key!r} again"
                left.append(Problem(path, f"{path}:{number}: {what}; the row is left out"))
                continue
            seen.add(key)
            rows.append(_row(key, value, names, texts, path, number))
    for name in names:
        if not there[name]:
            near = difflib.get_close_matches(name, there, n=1)
            raise InputError(
                f"no row has a translation by {name!r}",
                where=", ".join(paths),
                expected=f"keys of the rows: {', '.join(sorted(there)) or 'none is there'}",
                hint=f"did you mean {near[0]!r}?" if near else "",
            )
    if not rows:
        raise InputError("no row has a translation by all systems", where=", ".join(paths))
    return Parallel(names, tuple(rows), tuple(left))


def _key(article: Article, path: str) -> str:
    """What an article is known by in every system: not the folder of one."""
    if article.id != article.path:
        return article.id
    if os.path.isdir(path):
        return name_under(article.path, [path])
    return ""  # the one article of a file: of whatever name


def _names(paths: Sequence[str], systems: Sequence[dict[str, Article]]) -> tuple[str, ...]:
    """What each system is called: as its articles say, else as its file or folder."""
    names = []
    for path, found in zip(paths, systems, strict=True):
        said = {article.system for article in found.values()}
        own = said.pop() if len(said) == 1 else None
        names.append(own or PurePosixPath(path.replace(os.sep, "/")).stem or path)
    if len(set(names)) < len(names):
        names = list(paths)
    counted: Counter[str] = Counter()
    for at, name in enumerate(names):
        counted[name] += 1
        if counted[name] > 1:
            names[at] = f"{name} ({counted[name]})"
    return tuple(names)


def _matched(
    names: Sequence[str], systems: Sequence[dict[str, Article]], left: list[Problem]
) -> Iterator[Row]:
    for key in dict.fromkeys(key for found in systems for key in found):
        there = [found[key] for found in systems if key in found]
        if len(there) < len(systems):
            lacking = [name for name, found in zip(names, systems, strict=True) if key not in found]
            where = there[0].path or key
            named = where if where == there[0].id else f"{where}: {key}"
            left.append(
                Problem(where, f"{named}: no translation by {', '.join(lacking)}; left out")
            )
            continue
        shared: dict[str, str | None] = {}
        for role in ("source", "reference"):
            texts = [text for article in there if (text := getattr(article, role))]
            if len({" ".join(text.split()) for text in texts}) > 1:
                left.append(
                    Problem(
                        there[0].path,
                        f"{key or there[0].id}: the systems bring different texts as its {role}; "
                        "left out",
                    )
                )
                break
            shared[role] = texts[0] if texts else None
        else:
            articles = tuple(
                replace(article, source=shared["source"], reference=shared["reference"])
                for article in there
            )
            yield Row(key or there[0].id, articles)


def _row(
    key: str,
    value: dict[str, Any],
    names: Sequence[str],
    texts: dict[str, str],
    path: str,
    number: int,
) -> Row:
    source, reference = (
        text if isinstance(text := value.get(role), str) and text.strip() else None
        for role in ("source", "reference")
    )
    return Row(
        key,
        tuple(
            Article(
                id=key,
                text=texts[name],
                path=path,
                source=source,
                reference=reference,
                system=name,
                line=number,
            )
            for name in names
        ),
    )


def _translations(value: dict[str, Any]) -> dict[str, str]:
    inner = value.get("systems")
    found = inner if isinstance(inner, dict) else value
    return {
        key: text
        for key, text in found.items()
        if isinstance(text, str) and (found is inner or key not in _NO_SYSTEM)
    }


def _lines(path: str) -> Iterator[bytes]:
    try:
        if path == "-":
            yield from sys.stdin.buffer
            return
        with open(path, "rb") as stream:
            for number, line in enumerate(stream):
                yield line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line
    except OSError as error:
        raise InputError(
            f"cannot be read ({(error.strerror or str(error)).lower()})",
            where=path,
            expected="a file of rows, one JSON object a line",
        ) from error


def _hint(paths: Sequence[str]) -> str:
    """What to do about one path: a file of rows is likely meant for --systems."""
    for path in paths:
        if path == "-" or not os.path.isfile(path):
            continue
        try:
            first = next(_lines(path), b"")
            found = sorted(_translations(parse_object(first, path, 1)))
        except InputError:
            continue
        if len(found) > 1:
            return f"of these rows, --systems takes two or more of {', '.join(found)}"
    return "or rows of JSON and --systems ONE,OTHER"


def _listed(keys: Sequence[str]) -> str:
    if not keys:
        return "none"
    more = ", …" if len(keys) > _NAMED else ""
    return ", ".join(key or "one text" for key in keys[:_NAMED]) + more
