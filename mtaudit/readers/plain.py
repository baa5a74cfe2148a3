"""Plain text: the whole file is one article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from mtaudit.model import Article, Problem
from mtaudit.readers._decode import decode


def read(path: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Yields the one article; offsets count in the file's decoded text as it stands.

    Raises:
        InputError: The bytes are no text in UTF-8.
    """
    yield Article(id=path, text=decode(stream.read(), path), path=path)
