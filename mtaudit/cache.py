"""What earlier runs worked out, by the digest of all that it depends on: never wrong, only slow.

One SQLite file serves all processes: its transactions outlast a kill at any moment. A value
carries a checksum over key and value, so that what the disk or another program did to the file is
noticed. Values are data (JSON), never code. Any trouble, be it a full disk, a folder that cannot
be written or a damaged file, ends the use of the cache and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
import zlib
from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["FOLDER", "Cache", "cache_folder", "open_cache"]

FOLDER: Final = "MTAUDIT_CACHE_DIR"
"""The environment variable that names another folder than the user's own for caches."""

# The number is that of the form of the file; keys take care of versions of mtaudit.
_FILE: Final = "results-1.sqlite"
_LIMIT: Final = 256 * 1024 * 1024  # an article of 500 words takes about 1.5 KB
_BATCH: Final = 64  # entries written in one transaction, a millisecond
_DAY: Final = 24 * 60 * 60
# Other processes write for milliseconds; one that is stopped with the lock held is not waited for.
_PATIENCE: Final = 1.0
_SUM: Final = 16


class _Damaged(Exception):
    """The file is no cache."""


# A message of SQLite's that quotes a damaged schema may be no text: that is a ValueError.
_TROUBLE: Final = (_Damaged, sqlite3.Error, OSError, ValueError, OverflowError)


class _Entry(NamedTuple):
    used: int
    value: bytes


class Cache:
    """Values by key; keys are digests of all that the value depends on.

    Args:
        folder: Made where it is missing. None for a cache that holds nothing.
        limit: Bytes on the disk; what was used longest ago goes first.
    """

    def __init__(self, folder: Path | None = None, limit: int = _LIMIT) -> None:
        self.path = folder / _FILE if folder is not None else None
        self._limit = limit
        self._process = os.getpid()
        self._connection: sqlite3.Connection | None = None
        self._writing = True
        self._fresh: dict[bytes, bytes] = {}
        self._seen: set[bytes] = set()

    @property
    def usable(self) -> bool:
        """Whether there is a file to ask, as far as is known."""
        # SQLite forbids the use of a connection in a forked process.
        return self.path is not None and os.getpid() == self._process

    def get(self, key: bytes) -> bytes | None:
        """The value of a key, exactly as it was put; None where it is not known for sure."""
        if not self.usable:
            return None
        found = self._fresh.get(key)
        if found is not None:
            return found
        entry = self._row(key)
        if entry is None:
            return None
        value = _opened(key, entry.value)
        if value is not None and entry.used < time.time() - _DAY:
            self._seen.add(key)
        return value

    def put(self, key: bytes, value: bytes) -> None:
        """Keeps a value; it may reach the disk only at the next `flush`."""
        if self.usable and self._writing:
            self._fresh[key] = value
            if len(self._fresh) >= _BATCH:
                self.flush()

    def flush(self) -> None:
        """Writes what is new, and evicts what was used longest ago where it is too much."""
        fresh, seen = self._fresh, self._seen
        self._fresh, self._seen = {}, set()
        if not (self.usable and self._writing and (fresh or seen)):
            return
        now = int(time.time())
        rows = [(key, now, _sealed(key, value)) for key, value in fresh.items()]
        try:
            with _transaction(self._open()) as connection:
                connection.executemany("UPDATE entries SET used = ? WHERE key = ?", [
                    (now, key) for key in seen
                ])  # fmt: skip
                connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
            self._evict()
        except _TROUBLE as error:
            if _is_damage(error):
                self._remove()
            self._writing = False

    def close(self) -> None:
        """Writes what is new and lets the file go."""
        self.flush()
        if self._connection is not None and os.getpid() == self._process:
            with contextlib.suppress(*_TROUBLE):
                self._connection.close()
            self._connection = None

    def _row(self, key: bytes, again: bool = True) -> _Entry | None:
        """The row of a key. A damaged file is begun anew once; any other trouble is the end."""
        try:
            found = self._open().execute("SELECT used, value FROM entries WHERE key = ?", (key,))
            row = found.fetchone()
        except _TROUBLE as error:
            if again and _is_damage(error):
                self._remove()
                return self._row(key, again=False)
            self.path = None
            return None
        if row is None or not (isinstance(row[0], int) and isinstance(row[1], bytes)):
            return None
        return _Entry(*row)

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None:
            return self._connection
        assert self.path is not None
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            # After a power failure the file may be damaged: checksums and SQLite notice.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            size = int(connection.execute("PRAGMA page_size").fetchone()[0])
            connection.execute(f"PRAGMA max_page_count = {self._limit * 5 // 4 // size + 16}")
            tables = connection.execute("SELECT name, type FROM sqlite_master").fetchall()
            if not tables:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS entries "
                    "(key BLOB PRIMARY KEY, used INTEGER NOT NULL, value BLOB NOT NULL)"
                )
            elif ("entries", "table") not in tables or any(kind == "trigger" for _, kind in tables):
                raise _Damaged
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _evict(self) -> None:
        connection = self._open()

        def pragma(name: str) -> int:
            return int(connection.execute(f"PRAGMA {name}").fetchone()[0])

        pages = pragma("page_count") - pragma("freelist_count")
        excess = pages * pragma("page_size") - self._limit
        if excess <= 0:
            return
        excess += self._limit // 4  # else every batch would evict
        gone = []
        rows = connection.execute(
            "SELECT key, length(value) FROM entries ORDER BY used, rowid"
        ).fetchall()
        for key, size in rows:
            if excess <= 0:
                break
            gone.append((key,))
            excess -= size + len(key) * 2
        with _transaction(connection):
            connection.executemany("DELETE FROM entries WHERE key = ?", gone)
        connection.execute("PRAGMA incremental_vacuum").fetchall()

    def _remove(self) -> None:
        """Takes a damaged file away; a process that still has it open goes on with its copy."""
        if self._connection is not None:
            with contextlib.suppress(*_TROUBLE):
                self._connection.close()
            self._connection = None
        if self.path is not None:
            for suffix in ("", "-journal", "-wal", "-shm"):
                with contextlib.suppress(OSError):
                    os.unlink(f"{self.path}{suffix}")


class _transaction:
    """All or nothing; SQLite's own context manager would not begin at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __enter__(self) -> sqlite3.Connection:
        self.connection.execute("BEGIN IMMEDIATE")
        return self.connection

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None:
            self.connection.execute("COMMIT")
        elif self.connection.in_transaction:
            with contextlib.suppress(*_TROUBLE):
                self.connection.execute("ROLLBACK")


def _is_damage(error: Exception) -> bool:
    """Whether the file itself is wrong; trouble that may pass is an OperationalError."""
    if type(error) is sqlite3.DatabaseError or isinstance(error, (_Damaged, ValueError)):
        return True
    return str(error).startswith(("no such", "table entries", "Could not decode"))


def _sealed(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(key + value, digest_size=_SUM).digest() + zlib.compress(value, 1)


def _opened(key: bytes, stored: bytes) -> bytes | None:
    try:
        value = zlib.decompress(stored[_SUM:])
    except zlib.error:
        return None
    same = hashlib.blake2b(key + value, digest_size=_SUM).digest() == stored[:_SUM]
    return value if same else None


def cache_folder() -> Path | None:
    """Where caches lie: `MTAUDIT_CACHE_DIR`, else the user's folder for them; None without one."""
    named = os.environ.get(FOLDER)
    if named:
        return Path(named)
    from platformdirs import user_cache_dir

    try:
        return Path(user_cache_dir("mtaudit", appauthor=False))
    except (OSError, RuntimeError, KeyError):
        return None


def open_cache(wanted: bool = True) -> Cache:
    """The cache of this user; one that holds nothing where it is not wanted."""
    return Cache(cache_folder() if wanted else None)
