"""Several processes at one stream of articles, whose results come out in the order of the input.

A process gets a chunk at a time and answers it before it gets the next, so that neither side
ever waits for the other to read. All of them end when the process that started them does,
however that ends: what they read from is closed then.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Final, Literal, NamedTuple

from mtaudit.errors import MtauditError
from mtaudit.model import Article, ArticleResult, Problem, Section

__all__ = ["Slot", "Work", "cores", "forks", "in_order"]

# In characters of text. A chunk takes about a quarter of a second. What is less in all than
# ALONE is not worth a start of processes, which without fork load everything for themselves.
CHUNK: Final = 24_000
ALONE: Final = 120_000
ALONE_UNFORKED: Final = 1_000_000
# Results that wait for their turn, besides the text: each holds an article.
_HELD: Final = 2_000

Outcome = ArticleResult | Problem
Work = Callable[[Sequence[Article]], list[bytes]]
"""Audits articles and gives a record of each."""


@dataclass
class Slot:
    """A place in the output: an article, and what it comes to once that is known."""

    article: Article
    key: bytes = b""
    outcome: Outcome | None = None


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def forks() -> bool:
    """Whether processes start as copies of this one, with all that it has loaded.

    Apple's frameworks do not survive that.
    """
    return sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()


def in_order(
    items: Iterator[Slot | Outcome],
    jobs: int,
    work: Work,
    finish: Callable[[Slot, bytes], Outcome],
    *,
    alone: int = ALONE,
    chunk: int = CHUNK,
    start_method: str = "fork",
    warm: Callable[[], object] = bool,
) -> Iterator[Outcome]:
    """Yields what the items come to, in order; reads only so far ahead as keeps the jobs busy.

    Args:
        items: Slots to be worked on, and outcomes that are known already.
        jobs: How many processes; with one the work is done here.
        work: Done in this process or in others; where they do not fork, it is sent to them.
        finish: Makes an outcome of a slot's record.
        alone: Characters of text up to which the work is done here.
        warm: Called before work is done or processes start: loads what it needs and they share.

    Raises:
        MtauditError: A process died.
    """

    if jobs == 1:
        yield from _alone(items, work, finish, chunk, warm)
        return
    held: deque[Slot | Outcome] = deque()
    size = 0
    for item in items:
        held.append(item)
        if isinstance(item, Slot):
            size += len(item.article.text)
        if size > alone:
            break
        if size == 0 or len(held) > _HELD:
            yield from _alone(held, work, finish, chunk, warm)
            held.clear()
            size = 0
    if size <= alone:
        yield from _alone(held, work, finish, chunk, warm)
        return
    warm()
    crew = _Crew(jobs, work, start_method)
    try:
        yield from _Stream(crew, finish, chunk).run(held, items)
    finally:
        crew.close()


def _alone(
    items: Iterable[Slot | Outcome],
    work: Work,
    finish: Callable[[Slot, bytes], Outcome],
    chunk: int,
    warm: Callable[[], object],
) -> Iterator[Outcome]:
    """Does the work in this process, by chunks too: sentences are parsed faster in company."""
    line: list[Slot | Outcome] = []
    size = 0
    for item in items:
        line.append(item)
        if isinstance(item, Slot):
            size += len(item.article.text)
        if size == 0 or size >= chunk or len(line) > _HELD:
            yield from _worked(line, work, finish, warm)
            line, size = [], 0
    yield from _worked(line, work, finish, warm)


def _worked(
    line: Sequence[Slot | Outcome],
    work: Work,
    finish: Callable[[Slot, bytes], Outcome],
    warm: Callable[[], object],
) -> Iterator[Outcome]:
    articles = [item.article for item in line if isinstance(item, Slot)]
    records: Iterator[bytes] = iter(())
    if articles:
        warm()
        records = iter(work(articles))
    for item in line:
        yield finish(item, next(records)) if isinstance(item, Slot) else item


class _Text(NamedTuple):
    """What an audit needs of an article; the rest stays here."""

    text: str
    title: str | None
    source: str | None
    markup: Literal["plain", "markdown"]
    parts: tuple[Section, ...]

    @classmethod
    def of(cls, article: Article) -> _Text:
        return cls(article.text, article.title, article.source, article.markup, article.parts)

    def article(self) -> Article:
        return Article(id="", **self._asdict())


class _Stream:
    """The way of the items through a crew."""

    def __init__(self, crew: _Crew, finish: Callable[[Slot, bytes], Outcome], chunk: int) -> None:
        self.crew = crew
        self.finish = finish
        self.chunk = chunk
        self.line: deque[Slot | Outcome] = deque()
        self.waiting: deque[list[Slot]] = deque()
        self.open: list[Slot] = []
        self.open_size = 0

    def run(
        self, held: deque[Slot | Outcome], items: Iterator[Slot | Outcome]
    ) -> Iterator[Outcome]:
        while held:
            self.take(held.popleft())
        more = True
        while True:
            # One chunk for each process waits beside the one in work; results may run ahead.
            while more and len(self.waiting) < self.crew.size and len(self.line) < _HELD:
                item = next(items, None)
                if item is None:
                    more = False
                else:
                    self.take(item)
                self.crew.give(self.waiting)
            if not more or not self.crew.busy:
                self.shut()
            self.crew.give(self.waiting)
            while self.line:
                first = self.line[0]
                outcome = first.outcome if isinstance(first, Slot) else first
                if outcome is None:
                    break
                self.line.popleft()
                yield outcome
            if self.crew.busy:
                for slots, records in self.crew.answers():
                    for slot, record in zip(slots, records, strict=True):
                        slot.outcome = self.finish(slot, record)
            elif not more and not self.line:
                return

    def take(self, item: Slot | Outcome) -> None:
        self.line.append(item)
        if isinstance(item, Slot):
            self.open.append(item)
            self.open_size += len(item.article.text)
            if self.open_size >= self.chunk:
                self.shut()

    def shut(self) -> None:
        if self.open:
            self.waiting.append(self.open)
            self.open, self.open_size = [], 0


class _Crew:
    """Processes that wait for chunks."""

    def __init__(self, size: int, work: Work, start_method: str) -> None:
        self.size = size
        self.idle: list[Connection] = []
        self.busy: dict[Connection, list[Slot]] = {}
        self.processes: dict[Connection, Any] = {}
        context: Any = multiprocessing.get_context(start_method)
        try:
            with _no_interrupts(), warnings.catch_warnings():
                # From 3.12 on Python warns of threads (numpy's); none of them is used here.
                warnings.simplefilter("ignore", DeprecationWarning)
                for _ in range(size):
                    here, there = context.Pipe()
                    # A copy of the ends of the others would keep those alive beyond this process.
                    others = (here, *self.processes) if start_method == "fork" else ()
                    process = context.Process(
                        target=_serve, args=(there, work, others), daemon=True
                    )
                    process.start()
                    there.close()
                    self.processes[here] = process
                    self.idle.append(here)
        except OSError as error:
            self.close()
            raise MtauditError(
                f"cannot start {size} processes ({error.strerror or error})", hint="try --jobs 1"
            ) from error

    def give(self, waiting: deque[list[Slot]]) -> None:
        """Hands out chunks as long as a process is idle."""
        while waiting and self.idle:
            connection = self.idle.pop()
            slots = waiting.popleft()
            self.busy[connection] = slots
            try:
                connection.send([_Text.of(slot.article) for slot in slots])
            except (OSError, EOFError) as error:
                raise self._death(connection) from error

    def answers(self) -> Iterator[tuple[list[Slot], list[bytes]]]:
        """Waits for chunks that are done."""
        for connection in wait(list(self.busy)):
            assert isinstance(connection, Connection)
            try:
                answer = connection.recv()
            except (OSError, EOFError) as error:
                raise self._death(connection) from error
            slots = self.busy.pop(connection)
            self.idle.append(connection)
            if isinstance(answer, Exception):
                raise answer
            yield slots, answer

    def _death(self, connection: Connection) -> MtauditError:
        process = self.processes[connection]
        process.join(5)
        code = process.exitcode
        how = f"by signal {-code}" if code is not None and code < 0 else f"with status {code}"
        return MtauditError(
            f"a process of the audit ended {how} before its work was done",
            hint="is memory short? --jobs 1 needs the least",
        )

    def close(self) -> None:
        """Ends the processes at once, whatever they do."""
        for connection, process in self.processes.items():
            process.terminate()
            connection.close()
        for process in self.processes.values():
            process.join(5)


def _serve(connection: Connection, work: Work, others: Sequence[Connection]) -> None:
    """What a process of the crew does: Control-C is the business of the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what is shared stays so: the collector would write to it
    for other in others:
        other.close()
    with contextlib.suppress(EOFError, OSError):
        while True:
            articles = [text.article() for text in connection.recv()]
            answer: list[bytes] | Exception
            try:
                answer = work(articles)
            except MtauditError as error:
                answer = MtauditError(str(error))
            except Exception:
                answer = RuntimeError(f"in a process of the audit:\n{traceback.format_exc()}")
            connection.send(answer)


@contextlib.contextmanager
def _no_interrupts() -> Iterator[None]:
    """Holds Control-C back until it is over; processes started meanwhile never get it.

    A mask is not enough: another thread (numpy's) may take the signal, and an interrupt that is
    raised while Python runs its callbacks around a fork is lost.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    # Handlers are the business of the main thread, the only one that is ever interrupted.
    ours = before is not None and threading.current_thread() is threading.main_thread()
    held: list[int] = []
    if ours:
        signal.signal(signal.SIGINT, lambda number, _: held.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if ours:
            signal.signal(signal.SIGINT, before)
        if held:
            signal.raise_signal(signal.SIGINT)
