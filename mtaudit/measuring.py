"""Counts what each rule finds: in French by people, in translations, against gold marks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mtaudit.annotate import annotate
from mtaudit.errors import InputError
from mtaudit.evaluation import Tally
from mtaudit.measures import Measure, pooled, posterior
from mtaudit.model import Article
from mtaudit.rulebook import UNMEASURED, Rule
from mtaudit.scan import Scanner

# Keys of a row of parallel text that are no system's translation.
_NO_SYSTEM: Final = frozenset(
    ("id", "set", "line", "source", "reference", "origlang", "date", "url", "title", "text")
)


@dataclass
class Sample:
    """What all rules found in some texts, and how many words those have."""

    words: int = 0
    hits: Counter[str] = field(default_factory=Counter)


def sample(scanner: Scanner, articles: Iterable[Article], max_words: int | None = None) -> Sample:
    """Counts the hits of each rule, until so many words were read."""
    made = Sample()
    for article in articles:
        annotated = annotate(article)
        made.words += annotated.words
        made.hits.update(hit.rule.id for hit in scanner.hits(annotated))
        if max_words is not None and made.words >= max_words:
            break
    return made


def translations(paths: Sequence[str]) -> Iterator[Article]:
    """The translations in files of parallel text, system by system within each row.

    A row is a JSON object with `source` and `reference` and a string for each system, or with
    an object `systems` of them.

    Raises:
        InputError: A line is no such row.
    """
    for path in paths:
        for number, line in enumerate(_lines(path), 1):
            if line.strip():
                yield from _systems(line, f"{path}:{number}")


def _lines(path: str) -> Iterator[str]:
    try:
        with open(Path(path), encoding="utf-8") as stream:
            yield from stream
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read ({error})", where=path) from error


def _systems(line: str, where: str) -> Iterator[Article]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"not valid JSON ({error})", where=where) from error
    if not isinstance(row, dict):
        raise InputError("no JSON object", where=where, expected="one row a line")
    systems = row.get("systems")
    if not isinstance(systems, dict):
        systems = {key: text for key, text in row.items() if key not in _NO_SYSTEM}
    texts = {key: text for key, text in systems.items() if isinstance(text, str) and text.strip()}
    if not texts:
        raise InputError(
            "no translation in the row",
            where=where,
            expected="a string for each system, or an object `systems` of them",
        )
    for name, text in texts.items():
        yield Article(id=f"{where}:{name}", text=text, system=name)


def measures(
    rules: Iterable[Rule],
    *,
    human: Sample,
    translated: Sample,
    gold: Mapping[str, Tally],
    date: str,
) -> dict[str, Measure]:
    """What the counts say of each rule; the prior is what its family does on gold."""
    rules = list(rules)
    families: dict[str, Tally] = {}
    for rule in rules:
        tally = families.setdefault(rule.family.name, Tally())
        counted = gold.get(rule.id, Tally())
        tally.findings += counted.findings
        tally.right += counted.right
    found: dict[str, Measure] = {}
    for rule in rules:
        family, counted = families[rule.family.name], gold.get(rule.id, Tally())
        confidence = posterior(
            pooled(
                family.right - counted.right,
                family.findings - counted.findings,
                UNMEASURED[rule.status],
            ),
            right=counted.right,
            findings=counted.findings,
            human_hits=human.hits[rule.id],
            human_words=human.words,
            mt_hits=translated.hits[rule.id],
            mt_words=translated.words,
        )
        found[rule.id] = Measure(
            pattern=rule.pattern,
            human_hits=human.hits[rule.id],
            human_words=human.words,
            mt_hits=translated.hits[rule.id],
            mt_words=translated.words,
            gold_findings=counted.findings,
            gold_right=counted.right,
            confidence=round(confidence, 3),
            date=date,
        )
    return found


def over_budget(rules: Iterable[Rule], found: Mapping[str, Measure]) -> list[Rule]:
    """The stable rules whose false alarms exceed their budget, worst first."""
    over = [
        rule
        for rule in rules
        if rule.status == "stable" and rule.id in found and not found[rule.id].within(rule.budget)
    ]
    return sorted(over, key=lambda rule: (-found[rule.id].human_hits, rule.id))
