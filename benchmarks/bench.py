#!/usr/bin/env python3
"""Measures mtaudit on any file: throughput, cost of more rules, start-up, memory,
the second run from the cache, several jobs.

python benchmarks/bench.py FILE [--words 50000] [--key google] [--against grammalecte]

See benchmarks/README.md for what is measured and how.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import dataclasses
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mtaudit.annotate import annotate  # noqa: E402
from mtaudit.errors import MtauditError  # noqa: E402
from mtaudit.french.language import language  # noqa: E402
from mtaudit.model import Article, Problem, Sentence  # noqa: E402
from mtaudit.pipeline import Auditor  # noqa: E402
from mtaudit.readers import read_paths  # noqa: E402
from mtaudit.scan import Scanner  # noqa: E402
from mtaudit.score import score_findings  # noqa: E402
from mtaudit.settings import Settings  # noqa: E402

LINES_PER_ARTICLE = 20
PARTS = ("throughput", "rules", "startup", "memory", "cache", "jobs")
BUDGETS = {"version": 0.3, "run": 2.0, "rules": 1.05, "memory": 1536.0, "cache": 20.0, "jobs": 1.7}
MANY = 1000
LONG = 500


def main() -> None:
    options = parse_arguments()
    lines = read_lines(options.file, options.key, options.words)
    articles = make_articles(lines)
    result: dict[str, Any] = {
        "file": str(options.file),
        "key": options.key,
        "words": sum(len(line.split()) for line in lines),
        "lines": len(lines),
        "articles": len(articles),
        "rounds": options.rounds,
        "python": platform.python_version(),
        "load_average": os.getloadavg()[0],
    }
    show(
        f"{options.file}: {result['words']} words, {len(lines)} lines, {len(articles)} articles; "
        f"{options.rounds} rounds, Python {result['python']}, load {result['load_average']:.1f}"
    )
    before = time.process_time()
    auditor = Auditor(Settings(cache=False))
    kinds = [rule.kind for rule in auditor.scanner.rules]
    result["rules"] = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    show(
        f"{len(kinds)} rules loaded in {time.process_time() - before:.2f} s of CPU time ("
        + ", ".join(f"{count} {kind}" for kind, count in result["rules"].items())
        + ")"
    )
    if "throughput" in options.only:
        result["throughput"] = throughput(auditor, articles, lines, options)
    if "rules" in options.only:
        result["more_rules"] = more_rules(auditor, articles, options.rounds)
    if "startup" in options.only:
        result["startup"] = startup(articles[0], options.rounds)
    if "memory" in options.only:
        result["memory"] = memory(articles)
    if "cache" in options.only:
        result["cache"] = second_run(lines, options.rounds)
    if "jobs" in options.only:
        result["jobs"] = jobs(lines, options.rounds)
    if options.json:
        text = json.dumps(result, indent=2, ensure_ascii=False) + "\n"
        options.json.write_text(text, encoding="utf-8")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Measure mtaudit: throughput, cost of more rules, start-up, memory."
    )
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        default=ROOT / "corpus",
        metavar="FILE",
        help="JSON Lines, or anything else that mtaudit reads (default: corpus/)",
    )
    parser.add_argument("--key", default="text", help="key of JSON Lines that holds the French")
    parser.add_argument("--words", type=int, default=50_000, help="words to read (default: 50000)")
    parser.add_argument("--against", choices=["grammalecte"], help="time that program beside it")
    parser.add_argument("--rounds", type=int, default=5, help="repetitions (default: 5)")
    parser.add_argument(
        "--only", action="append", choices=PARTS, help="measure only this (repeatable)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    options.only = options.only or PARTS
    if options.rounds < 1 or options.words < 1:
        parser.error("--rounds and --words must be 1 or more")
    return options


def show(line: str) -> None:
    print(line, flush=True)


def row(*cells: str) -> None:
    widths = (44, 28, 28, 12)[: len(cells)]
    show("  " + "".join(f"{c:<{w}}" for c, w in zip(cells, widths, strict=True)).rstrip())


# Text ------------------------------------------------------------------------------------------


def read_lines(path: Path, key: str, most: int) -> list[str]:
    """Lines of the file until they hold `most` words or more."""
    lines: list[str] = []
    words = 0
    try:
        for text in texts(path, key):
            for line in text.splitlines():
                if line.strip():
                    lines.append(line)
                    words += len(line.split())
                    if words >= most:
                        return lines
    except (OSError, ValueError) as error:
        sys.exit(f"bench: {path}: {error}")
    if not lines:
        sys.exit(f"bench: {path}: no text under the key {key!r}; see --key")
    return lines


def texts(path: Path, key: str) -> Iterator[str]:
    if path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                value = json.loads(line)
                if not isinstance(value.get(key), str):
                    raise ValueError(f"line {number} has no text under the key {key!r}; see --key")
                yield value[key]
        return
    for article in read_paths([str(path)]):
        if isinstance(article, Problem):
            raise ValueError(article.message)
        yield article.text


def make_articles(lines: Sequence[str]) -> list[Article]:
    return [
        Article(id=f"bench-{at}", text="\n".join(lines[at : at + LINES_PER_ARTICLE]))
        for at in range(0, len(lines), LINES_PER_ARTICLE)
    ]


# Timing ----------------------------------------------------------------------------------------


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds of a call."""
    cpu, wall = time.process_time(), time.perf_counter()
    action()
    return time.process_time() - cpu, time.perf_counter() - wall


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Median and range, for people."""
    made = [f"{value:,.{digits}f}" for value in (statistics.median(values), *extremes(values))]
    return f"{made[0]} ({made[1]}-{made[2]})"


def extremes(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


def summary(values: Sequence[float]) -> dict[str, float]:
    low, high = extremes(values)
    return {"median": round(statistics.median(values), 5), "min": low, "max": high}


# Throughput ------------------------------------------------------------------------------------


def audit_all(auditor: Auditor, articles: Sequence[Article]) -> None:
    """Audit articles as `mtaudit run --jobs 1 --no-cache` does."""
    deque(auditor.results(articles), maxlen=0)


def throughput(
    auditor: Auditor, articles: Sequence[Article], lines: Sequence[str], options: Any
) -> dict[str, Any]:
    """Words per second of the whole audit, stage by stage, and of another program in turn."""
    words = sum(len(line.split()) for line in lines)

    def whole() -> None:
        audit_all(auditor, articles)

    other = Grammalecte(lines) if options.against else None
    if other is not None and not other.here:
        show(f"grammalecte: skipped, {other.why}")
        other = None
    whole()  # warm
    cpu: list[float] = []
    wall: list[float] = []
    by_stage: dict[str, list[float]] = {}
    parsed = (0, 0, 0, 0)
    rival: dict[str, list[float]] = {"cpu": [], "wall": [], "grammar_cpu": []}
    for _ in range(options.rounds):
        spent, elapsed = timed(whole)
        cpu.append(spent)
        wall.append(elapsed)
        measured, parsed = stages(auditor, articles)
        for stage, seconds in measured.items():
            by_stage.setdefault(stage, []).append(seconds)
        if other is not None:
            for name, seconds in other.round().items():
                rival[name].append(seconds)
    if other is not None:
        other.close()

    show("\nthroughput, one process, warm: median (min-max)")
    row("", "words/s of CPU time", "words/s of wall time")
    speed = [words / value for value in cpu]
    row("mtaudit, all rules", spread(speed, 0), spread([words / value for value in wall], 0))
    made: dict[str, Any] = {
        "words_per_cpu_second": summary(speed),
        "words_per_wall_second": summary([words / value for value in wall]),
        "stages_cpu_seconds": {name: summary(values) for name, values in by_stage.items()},
    }
    if other is not None:
        rival_speed = [words / value for value in rival["cpu"]]
        rival_wall = [words / value for value in rival["wall"]]
        row(other.name, spread(rival_speed, 0), spread(rival_wall, 0))
        ratios = [theirs / ours for theirs, ours in zip(rival["cpu"], cpu, strict=True)]
        wall_ratios = [theirs / ours for theirs, ours in zip(rival["wall"], wall, strict=True)]
        row("times as fast", spread(ratios, 1), spread(wall_ratios, 1))
        grammar = [theirs / ours for theirs, ours in zip(rival["grammar_cpu"], cpu, strict=True)]
        row("  as its grammar alone, without spelling", spread(grammar, 1))
        made["grammalecte"] = {
            "version": other.version,
            "python": other.python,
            "words_per_cpu_second": summary(rival_speed),
            "words_per_wall_second": summary(rival_wall),
            "ratio_cpu": summary(ratios),
            "ratio_wall": summary(wall_ratios),
            "ratio_cpu_grammar_alone": summary(grammar),
        }
    show("\nby stage: median (min-max)")
    row("", "ms of CPU time", "share")
    total = sum(statistics.median(values) for values in by_stage.values())
    for name, values in by_stage.items():
        share = f"{100 * statistics.median(values) / total:.0f} %"
        row(name, spread([1000 * value for value in values], 0), share)
    sentences, all_sentences, read, all_tokens = parsed
    show(
        f"sentences parsed: {sentences:,} of {all_sentences:,} "
        f"({100 * sentences / max(1, all_sentences):.1f} %), "
        f"{100 * read / max(1, all_tokens):.1f} % of the tokens"
    )
    made["sentences_parsed"] = sentences / max(1, all_sentences)
    made["tokens_parsed"] = read / max(1, all_tokens)
    return made


def stages(
    auditor: Auditor, articles: Sequence[Article]
) -> tuple[dict[str, float], tuple[int, int, int, int]]:
    """CPU seconds of each stage, one stage over all articles at a time.

    And the sentences that were parsed, all sentences, and the tokens of both.
    """
    found: dict[str, float] = {}
    annotated = []
    found["annotate"], _ = timed(lambda: annotated.extend(annotate(each) for each in articles))
    found["language"], _ = timed(
        lambda: [language(each.article.text, each.norms) for each in annotated]
    )
    found["what needs syntax, and parsing"], _ = timed(lambda: auditor.scanner.prepare(annotated))
    for matcher in auditor.scanner.matchers:
        name = type(matcher).__name__.removesuffix("Matcher").lower()
        found[name], _ = timed(lambda run=matcher: [list(run.hits(each)) for each in annotated])
    hits = [auditor.scanner.hits(each) for each in annotated]
    # The scanner's matchers have had their turn: what is left is to make findings of their hits.
    shell = copy.copy(auditor.scanner)
    made = iter(hits)
    shell.hits = lambda _: next(made)  # type: ignore[method-assign]
    findings: list[Any] = []
    found["findings"], _ = timed(lambda: findings.extend(shell.scan(each) for each in annotated))
    found["score"], _ = timed(
        lambda: [
            score_findings(each, one.words, auditor.profile)
            for each, one in zip(findings, annotated, strict=True)
        ]
    )
    parsed = [each.sentences[index] for each in annotated for index in each.parsed_sentences]
    every = [sentence for each in annotated for sentence in each.sentences]
    return found, (len(parsed), len(every), tokens(parsed), tokens(every))


def tokens(sentences: Sequence[Sentence]) -> int:
    """How many tokens sentences have in all."""
    return sum(sentence.last - sentence.first for sentence in sentences)


# Twice as many rules ---------------------------------------------------------------------------


def more_rules(auditor: Auditor, articles: Sequence[Article], rounds: int) -> dict[str, Any]:
    """CPU time with twice the phrase rules over that without, two ways.

    `half_to_all` leaves out every other phrase rule, so that the second half brings words of its
    own. `all_to_copies` adds every phrase rule again under another id: each place that a rule
    looks at is looked at twice and each finding made twice, the worst case.
    """
    rules = auditor.scanner.rules
    phrase = [rule for rule in rules if rule.kind == "phrase"]
    half = {rule.id for rule in random.Random(1).sample(phrase, len(phrase) // 2)}
    copies = [
        dataclasses.replace(rule, id=f"{rule.id}-copy", name=f"{rule.name}-copy") for rule in phrase
    ]
    sets = {
        "half": [rule for rule in rules if rule.id not in half],
        "all": list(rules),
        "copies": [*rules, *copies],
    }
    auditors = {}
    for name, chosen in sets.items():
        rulebook = dataclasses.replace(auditor.rulebook, rules=tuple(chosen))
        auditors[name] = copy.copy(auditor)
        auditors[name].scanner = Scanner(rulebook, auditor.resources)

    def whole(name: str) -> None:
        audit_all(auditors[name], articles)

    for name in sets:
        whole(name)
    spent: dict[str, list[float]] = {name: [] for name in sets}
    for turn in range(2 * rounds):
        for name in sets if turn % 2 else reversed(sets):
            spent[name].append(timed(lambda name=name: whole(name))[0])
    pairs = {"half_to_all": ("all", "half"), "all_to_copies": ("copies", "all")}
    made: dict[str, Any] = {"phrase_rules": len(phrase)}
    show(f"\ncost of twice as many phrase rules, budget {BUDGETS['rules']:.2f}: median (min-max)")
    row("", "ratio of CPU time")
    labels = {
        "half_to_all": f"{len(phrase) - len(half)} to {len(phrase)}, other words",
        "all_to_copies": f"{len(phrase)} to {2 * len(phrase)}, same words",
    }
    for name, (more, less) in pairs.items():
        ratios = [a / b for a, b in zip(spent[more], spent[less], strict=True)]
        least = min(spent[more]) / min(spent[less])
        row(labels[name], spread(ratios, 3), f"least/least {least:.3f}")
        made[name] = {**summary(ratios), "least_over_least": least}
    return made


# Whole processes -------------------------------------------------------------------------------


# A child counts the memory of the process that starts it as its own peak, until it has become
# another program; so a small process starts it.
LAUNCHER = r"""
import json, os, subprocess, sys, time
began = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
elapsed = time.perf_counter() - began
child.returncode = os.waitstatus_to_exitcode(status)
scale = 1024 * 1024 if sys.platform == "darwin" else 1024
cpu = usage.ru_utime + usage.ru_stime
print(json.dumps([child.returncode, elapsed, cpu, usage.ru_maxrss / scale]))
"""


def process(command: Sequence[str], cache: Path | None = None) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds (with its children's) and peak megabytes of a command."""
    # Without compiled modules a start would measure Python's compiler.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    if cache is not None:
        environment["MTAUDIT_CACHE_DIR"] = str(cache)
    environment |= {"PYTHONPATH": os.pathsep.join([str(ROOT), *inherited_path()])}
    done = subprocess.run(
        [sys.executable, "-S", "-c", LAUNCHER, *command],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=ROOT,
    )
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(command)}: {done.stderr}")
    status, elapsed, cpu, peak = json.loads(done.stdout)
    if status not in (0, 1):
        sys.exit(f"bench: {' '.join(command)}: {done.stderr}")
    return elapsed, cpu, peak


def inherited_path() -> list[str]:
    return [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]


def write_articles(path: Path, articles: Sequence[Article], times: int = 1) -> None:
    with path.open("w", encoding="utf-8") as file:
        for turn in range(times):
            for article in articles:
                value = {"id": f"{article.id}-{turn}", "text": article.text}
                file.write(json.dumps(value, ensure_ascii=False) + "\n")


def startup(article: Article, rounds: int) -> dict[str, Any]:
    """Whole processes: `mtaudit --version` and `mtaudit run` on one article."""
    made: dict[str, Any] = {}
    show("\nstart-up, whole process, files in the page cache: median (min-max)")
    row("", "s wall", "s CPU", "budget")
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "one.jsonl"
        write_articles(one, [article])
        mtaudit = [sys.executable, "-m", "mtaudit"]
        commands = {
            "version": ("mtaudit --version", [*mtaudit, "--version"]),
            "run": ("mtaudit run ARTICLE, rules known", [*mtaudit, "run", str(one)]),
            "cold": ("the same, --no-cache", [*mtaudit, "run", str(one), "--no-cache"]),
            "known": ("the same, article known", [*mtaudit, "run", str(one)]),
        }
        for name, (label, command) in commands.items():
            cache = Path(folder) / "cache"
            process(command, cache)  # leaves compiled modules and rules behind
            runs = []
            for turn in range(max(rounds, 5)):
                if name == "run":
                    write_articles(
                        one, [dataclasses.replace(article, text=f"{article.text}\n{turn}.")]
                    )
                runs.append(process(command, cache))
            wall = [run[0] for run in runs]
            cpu = [run[1] for run in runs]
            row(label, spread(wall), spread(cpu), f"{BUDGETS.get(name, BUDGETS['run']):.1f} s")
            made[name] = {"wall": summary(wall), "cpu": summary(cpu)}
    return made


def memory(articles: Sequence[Article]) -> dict[str, Any]:
    """Peak memory of `mtaudit run`, on the text once and several times over."""
    made: dict[str, Any] = {}
    words = sum(len(article.text.split()) for article in articles)
    show(f"\npeak memory of mtaudit run -f jsonl, budget {BUDGETS['memory']:,.0f} MB and flat")
    row("words", "MB", "s CPU")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        for times in (1, 2, 4, 8):
            write_articles(path, articles, times)
            command = [sys.executable, "-m", "mtaudit", "run", "--format", "jsonl", str(path)]
            command += ["--no-cache", "--jobs", "1"]
            _, cpu, peak = process(command)
            row(f"{words * times:,}", f"{peak:,.0f}", f"{cpu:.1f}")
            made[str(words * times)] = round(peak, 1)
    sizes = list(made)
    growth = (made[sizes[-1]] - made[sizes[0]]) / (int(sizes[-1]) - int(sizes[0])) * 1e6
    row("growth per million words", f"{growth:,.0f}")
    return {"peak_megabytes": made, "megabytes_per_million_words": round(growth, 1)}


# Many articles ---------------------------------------------------------------------------------


def many(lines: Sequence[str]) -> list[Article]:
    """1,000 articles of 500 words or a little more; lines of a short file come again, shuffled."""
    chance = random.Random(1)
    made: list[Article] = []
    left: list[str] = []
    while len(made) < MANY:
        taken: list[str] = []
        words = 0
        while words < LONG:
            if not left:
                left = list(lines)
                if made:
                    chance.shuffle(left)
                left.reverse()
            taken.append(left.pop())
            words += len(taken[-1].split())
        made.append(Article(id=f"many-{len(made)}", text="\n".join(taken)))
    return made


def second_run(lines: Sequence[str], rounds: int) -> dict[str, Any]:
    """`mtaudit gate` on 1,000 articles: first, again, with one article changed, and that alone."""
    articles = many(lines)
    made: dict[str, dict[str, list[float]]] = {}

    def measure(name: str, path: Path, cache: Path) -> None:
        command = [sys.executable, "-m", "mtaudit", "gate", "--jobs", "1", str(path)]
        wall, cpu, _ = process(command, cache)
        for unit, value in (("wall", wall), ("cpu", cpu)):
            made.setdefault(name, {}).setdefault(unit, []).append(value)

    with tempfile.TemporaryDirectory() as folder:
        whole, changed, alone = (Path(folder) / f"{name}.jsonl" for name in ("all", "one", "only"))
        write_articles(whole, articles)
        for turn in range(rounds):
            cache = Path(folder) / f"cache-{turn}"
            middle = dataclasses.replace(articles[MANY // 2])
            middle = dataclasses.replace(middle, text=f"{middle.text}\n{turn}.")
            write_articles(changed, [*articles[: MANY // 2], middle, *articles[MANY // 2 + 1 :]])
            only = dataclasses.replace(middle, text=f"{middle.text}.")
            write_articles(alone, [only])
            measure("first", whole, cache)
            measure("second", whole, cache)
            measure("changed", changed, cache)
            measure("alone", alone, cache)
    show(f"\nmtaudit gate --jobs 1, {MANY:,} articles of {LONG} words: median (min-max)")
    row("", "s CPU", "s wall")
    labels = {
        "first": "first run",
        "second": "second run",
        "changed": "one article changed",
        "alone": "that article alone, rules known",
    }
    for name, label in labels.items():
        row(label, spread(made[name]["cpu"]), spread(made[name]["wall"]))
    result: dict[str, Any] = {
        name: {unit: summary(values) for unit, values in both.items()}
        for name, both in made.items()
    }
    for unit in ("cpu", "wall"):
        pairs = zip(made["first"][unit], made["second"][unit], strict=True)
        result[f"ratio_{unit}"] = [first / second for first, second in pairs]
    ratios = [spread(result[f"ratio_{unit}"], 1) for unit in ("cpu", "wall")]
    row("times as fast", *ratios, f"{BUDGETS['cache']:.0f}")
    for unit in ("cpu", "wall"):
        result[f"ratio_{unit}"] = summary(result[f"ratio_{unit}"])
    return result


def jobs(lines: Sequence[str], rounds: int) -> dict[str, Any]:
    """`mtaudit run` on 1,000 new articles, rules known, in pairs: one job, two jobs."""
    spent: dict[int, dict[str, list[float]]] = {n: {"wall": [], "cpu": []} for n in (1, 2)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.jsonl"
        write_articles(path, many(lines))
        other = Path(folder) / "other.jsonl"
        write_articles(other, [Article(id="other", text="Le maire est parti.")])
        command = [sys.executable, "-m", "mtaudit", "run", "--quiet"]
        rules = Path(folder) / "rules"
        process([*command, str(other)], rules)
        for turn in range(rounds):
            for count in (1, 2) if turn % 2 else (2, 1):
                cache = Path(folder) / f"cache-{turn}-{count}"
                shutil.copytree(rules, cache)
                wall, cpu, _ = process([*command, str(path), "--jobs", str(count)], cache)
                spent[count]["wall"].append(wall)
                spent[count]["cpu"].append(cpu)
    show(
        f"\nmtaudit run, rules known, {MANY:,} new articles of {LONG} words, "
        f"{os.cpu_count()} cores: median (min-max)"
    )
    row("", "s wall", "s CPU")
    for count, both in spent.items():
        row(f"--jobs {count}", spread(both["wall"]), spread(both["cpu"]))
    ratios = [one / two for one, two in zip(spent[1]["wall"], spent[2]["wall"], strict=True)]
    # What two free cores would give, were the processes never to wait for each other.
    more = [two / one for one, two in zip(spent[1]["cpu"], spent[2]["cpu"], strict=True)]
    least = min(spent[1]["wall"]) / min(spent[2]["wall"])
    row("times as fast, pair by pair", spread(ratios), f"least/least {least:.2f}", "1.7")
    row("CPU time of two over one", spread(more))
    return {
        **{str(count): {k: summary(v) for k, v in both.items()} for count, both in spent.items()},
        "ratio": {**summary(ratios), "least_over_least": least},
        "cpu_two_over_one": summary(more),
    }


# Grammalecte -----------------------------------------------------------------------------------

# Runs in a process of its own, which has loaded Grammalecte and waits: a line on standard input
# starts a round. A paragraph is checked as grammalecte-cli does, for grammar and for spelling.
WORKER = r"""
import json, sys, time
sys.path.append(sys.argv[1])
import grammalecte
checker = grammalecte.GrammarChecker("fr")
with open(sys.argv[2], encoding="utf-8") as file:
    lines = json.load(file)
for line in lines[:50]:
    checker.getParagraphErrors(line)
engine = checker.getGCEngine()
print(json.dumps({"version": engine.version, "python": sys.version.split()[0]}), flush=True)
for _ in sys.stdin:
    cpu, wall = time.process_time(), time.perf_counter()
    grammar = 0.0
    for line in lines:
        before = time.process_time()
        list(engine.parse(line, "FR"))
        grammar += time.process_time() - before
        list(checker.getSpellChecker().parseParagraph(line, False))
    print(json.dumps({
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "grammar_cpu": grammar,
    }), flush=True)
"""
SYSTEM_PYTHON = "/usr/bin/python3"


class Grammalecte:
    """Debian's grammalecte-cli package, warm in a process of its own.

    It runs under the Python that runs mtaudit where it can, else under the system's.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.here = False
        self.version = self.python = ""
        self.why = f"{SYSTEM_PYTHON} has no such module (Debian: apt install grammalecte-cli)"
        folder = self._folder()
        if folder is None:
            return
        self._place = tempfile.mkdtemp()
        text = Path(self._place) / "lines.json"
        text.write_text(json.dumps(lines), encoding="utf-8")
        for python in (sys.executable, SYSTEM_PYTHON):
            environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
            self._child = subprocess.Popen(
                [python, "-c", WORKER, folder, str(text)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env=environment,
            )
            hello = self._child.stdout.readline() if self._child.stdout else ""
            if hello:
                told = json.loads(hello)
                self.version, self.python = told["version"], told["python"]
                self.here = True
                return
            self._child.wait()
        self.why = f"the module in {folder} cannot be run"
        shutil.rmtree(self._place)

    @property
    def name(self) -> str:
        return f"Grammalecte {self.version} (Python {self.python})"

    def _folder(self) -> str | None:
        code = "import grammalecte; print(grammalecte.__path__[0])"
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            found = subprocess.run(
                [SYSTEM_PYTHON, "-I", "-c", code], capture_output=True, text=True, check=True
            )
            return str(Path(found.stdout.strip()).parent)
        return None

    def round(self) -> dict[str, float]:
        """Checks all lines once; CPU and wall seconds."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write("go\n")
        self._child.stdin.flush()
        told: dict[str, float] = json.loads(self._child.stdout.readline())
        return told

    def close(self) -> None:
        assert self._child.stdin is not None
        self._child.stdin.close()
        self._child.wait()
        shutil.rmtree(self._place)


if __name__ == "__main__":
    try:
        main()
    except MtauditError as error:
        sys.exit(f"bench: {error}")
