"""Several processes: the same output in the same order for any number of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from mtaudit.errors import MtauditError
from mtaudit.jobs import Outcome, Slot, _no_interrupts, cores, forks, in_order
from mtaudit.model import Article, Problem
from mtaudit.pipeline import Auditor
from mtaudit.settings import Settings

FEW = Settings(select=("apostrophe",))
BAD = "Les forces de Pyongyangs ont pris la ville dans la nuit, selon le chef de l'OTANs.\n"
START = ["fork", "spawn"] if forks() else ["spawn"]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")


def slots(count: int, size: int = 100) -> Iterator[Slot | Outcome]:
    for at in range(count):
        if at % 7 == 3:
            yield Problem(str(at), "known")
        else:
            yield Slot(Article(id=str(at), text=f"{at} ".ljust(size)))


def echo(articles: Sequence[Article]) -> list[bytes]:
    return [article.text.split()[0].encode() for article in articles]


def uneven(articles: Sequence[Article]) -> list[bytes]:
    """The first chunks take longest."""
    time.sleep(0.05 / (1 + int(articles[0].text.split()[0])))
    return echo(articles)


def die(articles: Sequence[Article]) -> list[bytes]:
    if any(article.text.startswith("40") for article in articles):
        os.kill(os.getpid(), signal.SIGKILL)
    return echo(articles)


def leave(articles: Sequence[Article]) -> list[bytes]:
    os._exit(3)


def refuse(articles: Sequence[Article]) -> list[bytes]:
    raise MtauditError("no such thing", where="here", hint="do this")


def fail(articles: Sequence[Article]) -> list[bytes]:
    raise ZeroDivisionError("a fault")


def finish(slot: Slot, record: bytes) -> Outcome:
    return Problem(slot.article.id, record.decode())


def run(work: Any, count: int = 100, jobs: int = 2, **options: Any) -> list[Outcome]:
    options = {"alone": 0, "chunk": 300, "start_method": START[0], **options}
    return list(in_order(slots(count), jobs, work, finish, **options))


def expected(count: int) -> list[Outcome]:
    return [Problem(str(at), "known" if at % 7 == 3 else str(at)) for at in range(count)]


@pytest.mark.parametrize("jobs", [1, 2, 3, 7])
@pytest.mark.parametrize("count", [0, 1, 4, 100])
def test_results_come_in_order(jobs: int, count: int) -> None:
    assert run(uneven, count, jobs) == expected(count)


@pytest.mark.parametrize("start", START)
def test_processes_start_either_way(start: str) -> None:
    assert run(echo, 50, start_method=start) == expected(50)


@pytest.mark.parametrize("chunk", [1, 250, 10**6])
def test_any_size_of_chunk_will_do(chunk: int) -> None:
    assert run(echo, chunk=chunk) == expected(100)


def test_little_is_done_here() -> None:
    def here(articles: Sequence[Article]) -> list[bytes]:
        seen.add(os.getpid())
        return echo(articles)

    seen: set[int] = set()
    assert run(here, alone=10**6) == expected(100)
    assert seen == {os.getpid()}


def test_no_more_is_read_than_is_needed() -> None:
    def counted() -> Iterator[Slot | Outcome]:
        for item in slots(5000):
            read.append(1)
            yield item

    read: list[int] = []
    stream = in_order(counted(), 2, echo, finish, alone=1000, chunk=300, start_method=START[0])
    assert next(stream) == Problem("0", "0")
    assert len(read) < 100
    stream.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("known", [True, False])
def test_what_is_held_is_bounded(known: bool) -> None:
    """One slot at the head, and known outcomes without end behind it."""

    def endless() -> Iterator[Slot | Outcome]:
        yield Slot(Article(id="0", text="0 "))
        while True:
            yield Problem("1", "known") if known else Slot(Article(id="1", text=""))

    stream = in_order(
        endless(), 2, lambda each: [b"x" for _ in each], finish, start_method=START[0]
    )
    assert next(stream) == Problem("0", "x")
    stream.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("work", "told"), [(die, "by signal 9"), (leave, "with status 3")], ids=["signal", "status"]
)
def test_a_death_is_told(work: Any, told: str) -> None:
    with pytest.raises(MtauditError, match=f"ended {told} before its work was done"):
        run(work)


def test_errors_are_those_of_the_work() -> None:
    with pytest.raises(MtauditError, match="here: no such thing; do this"):
        run(refuse)
    with pytest.raises(RuntimeError, match="ZeroDivisionError: a fault"):
        run(fail)


def test_cores_are_counted() -> None:
    assert cores() >= 1


# --- audits ---------------------------------------------------------------------------------------


def articles(count: int = 60) -> Iterator[Article | Problem]:
    for at in range(count):
        if at % 11 == 5:
            yield Problem(f"p{at}", "cannot be read")
        text = f"{BAD}L'article {at} est court.\n" * (1 + at % 5)
        yield Article(id=f"a{at}", text=text, metadata=MappingProxyType({"n": at}))


@pytest.mark.parametrize("start", START)
def test_audits_are_the_same(start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mtaudit.pipeline.forks", lambda: start == "fork")
    monkeypatch.setattr("mtaudit.pipeline.ALONE_UNFORKED", 1000)
    monkeypatch.setitem(in_order.__kwdefaults__, "alone", 1000)
    monkeypatch.setitem(in_order.__kwdefaults__, "chunk", 800)
    auditor = Auditor(replace(FEW, cache=False))
    alone = list(auditor.results(articles()))
    assert len(alone) == 65
    for jobs in (2, 3) if start == "fork" else (2,):
        assert list(auditor.results(articles(), jobs)) == alone


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Enough for processes to start: 160,000 characters."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for at in range(4):
        with (folder / f"{at}.jsonl").open("w", encoding="utf-8") as file:
            for number in range(20):
                text = f"{BAD}C'est le numéro {number} du dossier {at}.\n" * (10 + number)
                file.write(json.dumps({"id": f"{at}-{number}", "text": text}) + "\n")
            file.write("no JSON\n")
    return folder


def start(*options: str, cwd: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "mtaudit", *options, "--rules", "apostrophe", "--no-cache"]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd, start_new_session=True
    )


@pytest.mark.parametrize("name", ["run", "gate"])
def test_the_same_bytes_for_any_number(name: str, corpus: Path) -> None:
    running = [
        start(name, "corpus", "--format", "json", "--jobs", str(jobs), cwd=corpus.parent)
        for jobs in (1, 2, 3)
    ]
    one, two, three = [(*process.communicate(), process.returncode) for process in running]
    assert one == two == three
    assert one[0].count(b'"fingerprint"') > 1000
    assert one[2] == (0 if name == "run" else 1)


def family(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes that it started."""
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(each) for each in path.read_text().split()] if path.exists() else []


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="needs POSIX signals")
def test_an_interrupt_that_another_thread_takes_is_held_back_and_kept() -> None:
    ready = threading.Event()

    def take() -> None:
        ready.wait()
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)

    thread = threading.Thread(target=take)
    thread.start()
    steps = []

    def work() -> None:
        with _no_interrupts():
            ready.set()
            thread.join()
            time.sleep(0.05)
            steps.append("done")
        steps.append("went on")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert steps == ["done"]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
@pytest.mark.parametrize("how", ["interrupt", "kill", "kill-child"])
def test_whoever_ends_takes_the_others_along(how: str, tmp_path: Path) -> None:
    """Control-C goes to all, SIGKILL to one; nothing is left running, nothing is told twice."""
    with (tmp_path / "big.jsonl").open("w", encoding="utf-8") as file:
        for number in range(20_000):
            file.write(json.dumps({"id": str(number), "text": BAD * 40}) + "\n")
    process = start("run", "big.jsonl", "--quiet", "--jobs", "2", cwd=tmp_path)
    until = time.monotonic() + 60
    while len(family(process)) < 2 and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    children = family(process)
    assert len(children) == 2
    time.sleep(0.1)
    if how == "interrupt":
        os.killpg(process.pid, signal.SIGINT)
    elif how == "kill":
        process.kill()
    else:
        os.kill(children[1], signal.SIGKILL)
    out, told = process.communicate(timeout=60)
    until = time.monotonic() + 30
    while any(map(alive, children)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(map(alive, children))
    assert out == b""
    if how == "kill":
        assert told == b""
        return
    assert process.returncode == 2
    (line,) = told.decode().splitlines()
    if how == "interrupt":
        assert line == "mtaudit: interrupted"
    else:
        assert "ended by signal 9" in line
