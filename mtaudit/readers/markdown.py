"""Markdown: the whole file is one article, its marks and front matter part of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from mtaudit.model import Article, Problem
from mtaudit.readers._decode import decode

_FRONT_MATTER: Final = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_KEY: Final = re.compile(r"^(title|date|url):[ \t]*(\S.*?)[ \t\r]*$", re.MULTILINE)


def read(path: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Yields the one article, with title, date and url from front matter where there is any.

    The front matter stays in the text, where it counts as furniture, so that offsets are those
    of the file. Other keys of it are left alone: it is written for other programs.

    Raises:
        InputError: The bytes are no text in UTF-8.
    """
    text = decode(stream.read(), path)
    front = _FRONT_MATTER.match(text)
    keys = {}
    if front:
        keys = {key: unquoted(value) for key, value in _KEY.findall(front[1])}
    yield Article(
        id=path,
        text=text,
        path=path,
        title=keys.get("title"),
        date=keys.get("date"),
        url=keys.get("url"),
        markup="markdown",
    )


def unquoted(value: str) -> str:
    """The value without the quotes that YAML allows around it."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
