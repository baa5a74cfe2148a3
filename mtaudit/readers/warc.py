"""Web archives (WARC): each HTML page that a server answered with is one article.

Compression is undone here and not by warcio, which sets no bound to it.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, Final

from mtaudit.errors import InputError
from mtaudit.model import Article, Problem
from mtaudit.readers.html import MOST, need_trafilatura, page_text, read_page

_HTML: Final = ("text/html", "application/xhtml+xml")
_GZIP: Final = b"\x1f\x8b"
# Pages compress to a tenth, never to a thousandth as a bomb does.
_RATIO: Final = 200
_UNJUDGED: Final = 8_000_000


def read(path: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Yields the article of each page, by its address; units have no line, as pages in files do.

    Raises:
        InputError: The file is no WARC, is damaged, holds no page, or a package is missing.
    """
    plain = _Plain(stream, path)
    iterator = _records(plain)
    need_trafilatura(path)
    pages = 0
    record: Any = None
    while True:
        record = _next(iterator, record, plain)
        if record is None:
            break
        if not _is_page(record):
            continue
        pages += 1
        uri = record.rec_headers.get_header("WARC-Target-URI") or f"{path}#{pages}"
        try:
            yield _article(record, path, uri)
        except _Unsound:
            raise
        except InputError as error:
            yield Problem(path, str(error))
    if not pages:
        raise InputError(
            "no HTML page in it", where=path, expected="a response record with a page of HTML"
        )


class _Unsound(InputError):
    """The archive itself is damaged or hostile: nothing after this can be read."""


def _records(plain: _Plain) -> Any:
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise InputError(
            f"reading WARC needs warcio ({error.name or 'warcio'} is not installed)",
            where=plain.path,
            expected="mtaudit with its extras warc and html",
            hint="pip install 'mtaudit[html,warc]'",
        ) from None
    iterator = ArchiveIterator(plain)
    iterator.reader.set_decomp(None)
    return iterator


def _next(iterator: Any, before: Any, plain: _Plain) -> Any:
    """The record that follows another, None after the last."""
    try:
        with contextlib.redirect_stderr(io.StringIO()):  # warcio prints its remarks
            record = next(iterator, None)
        # Two line ends follow each record; one that is cut within its header is none to warcio.
        whole = before is None or (before.raw_stream.limit == 0 and plain.last == b"\n")
        if record is not None or whole:
            return record
    except InputError:
        raise
    except Exception as error:  # of many kinds, for a file that is damaged
        if before is None:
            what = " ".join(str(error).split())[:80] or type(error).__name__
            raise InputError(
                f"not a record of WARC ({what})",
                where=plain.path,
                expected="a web archive in WARC 1.0 or 1.1",
            ) from None
    raise _Unsound(
        "the archive is damaged or breaks off",
        where=plain.path,
        expected="a whole file",
        hint="fetch it again, or see what warcio check FILE tells",
    )


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if record.rec_type == "response" and headers is not None:
        type_ = headers.get_header("Content-Type") or ""
        if not headers.get_statuscode().startswith("2"):
            return False
    elif record.rec_type == "resource":
        type_ = record.content_type or ""
    else:
        return False
    return type_.partition(";")[0].strip().lower() in _HTML


def _article(record: Any, path: str, uri: str) -> Article:
    where = f"{path}: {uri}"
    with contextlib.redirect_stderr(io.StringIO()):
        data = record.raw_stream.read(MOST + 1)
    headers = record.http_headers
    type_ = record.content_type or ""
    if headers is not None:
        type_ = headers.get_header("Content-Type") or ""
        if (headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
            data = _joined(data)
        data = _inflated(data, (headers.get_header("Content-Encoding") or "").lower(), where)
    charset = type_.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    made = read_page(
        page_text(data, where, charset),
        where,
        id=uri,
        path=path,
        url=uri if uri.startswith("http") else None,
    )
    return replace(
        made,
        date=made.date or record.rec_headers.get_header("WARC-Date"),
        units=tuple(unit._replace(line=0) for unit in made.units),
    )


def _joined(data: bytes) -> bytes:
    """The body that came in chunks; what is not in chunks, as some archives have it, as it is."""
    pieces: list[bytes] = []
    at = 0
    while at < len(data):
        end = data.find(b"\r\n", at, at + 64)
        try:
            size = int(data[at:end].partition(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return data if not pieces else b"".join(pieces)
        if size == 0:
            break
        pieces.append(data[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(pieces)


def _inflated(data: bytes, encoding: str, where: str) -> bytes:
    """The body before it was compressed for its way; at most a little more than MOST of it."""
    if encoding in ("", "identity") or (encoding != "br" and data.lstrip()[:1] == b"<"):
        return data
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise InputError(
            f"the page is compressed with {encoding[:20]}",
            where=where,
            expected="gzip, deflate or no compression",
        )
    try:
        # 47: a header of gzip or of zlib.
        return zlib.decompressobj(47).decompress(data, MOST + 1)
    except zlib.error:
        raise InputError(
            "the page is damaged (it cannot be decompressed)", where=where, expected="a whole page"
        ) from None


class _Plain:
    """The stream without its compression, which must not be beyond belief."""

    def __init__(self, stream: BinaryIO, path: str) -> None:
        self.path = path
        self.total = 0
        self.taken = 0
        self.last = b""
        self.stream = stream
        self.head = stream.read(2)
        self.source: Any = self
        if self.head == _GZIP:
            self.source = gzip.GzipFile(fileobj=_Counted(self), mode="rb")

    def raw(self, size: int) -> bytes:
        """Bytes of the file."""
        data: bytes = self.head + self.stream.read(max(size - len(self.head), 0))
        self.head = b""
        self.taken += len(data)
        return data

    def read(self, size: int) -> bytes:
        """Bytes of the archive, as many as there are up to `size`."""
        data = self.raw(size) if self.source is self else self.inflated(size)
        self.last = data[-1:] or self.last
        return data

    def inflated(self, size: int) -> bytes:
        """Bytes that were compressed."""
        try:
            data: bytes = self.source.read(size)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise _Unsound(
                "the compressed file is damaged or breaks off",
                where=self.path,
                expected="a whole .warc.gz",
                hint="fetch it again",
            ) from None
        self.total += len(data)
        if self.total > max(_UNJUDGED, _RATIO * self.taken):
            raise _Unsound(
                f"it unpacks to more than {_RATIO} times its size",
                where=self.path,
                expected="a web archive",
                hint="such files are made to fill memory",
            )
        return data


class _Counted(io.RawIOBase):
    """The compressed file, as GzipFile reads it."""

    def __init__(self, plain: _Plain) -> None:
        self.plain = plain

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Bytes of the file."""
        return self.plain.raw(size if size >= 0 else 1 << 16)
