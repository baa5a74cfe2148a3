"""Counts what each rule finds: in French by people, in translations, against gold marks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from mtaudit.annotate import annotate
from mtaudit.decisions import RuleCount
from mtaudit.errors import InputError
from mtaudit.evaluation import Tally
from mtaudit.measures import Measure, confirmed, pooled, posterior
from mtaudit.model import Article
from mtaudit.rulebook import UNMEASURED, Rule
from mtaudit.scan import Scanner

# Keys of a row of parallel text that are no system's translation.
_NO_SYSTEM: Final = frozenset(
    ("id", "set", "line", "source", "reference", "origlang", "date", "url", "title", "text")
)


@dataclass
class Sample:
    """What all rules found in some texts, and how many words those have.

    Attributes:
        hits: By rule, what it finds in the French alone.
        confirmed: By rule, what the source confirms, in `source_words` of texts that have one.
    """

    words: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    source_words: int = 0
    confirmed: Counter[str] = field(default_factory=Counter)


def sample(scanner: Scanner, articles: Iterable[Article], max_words: int | None = None) -> Sample:
    """Counts the hits of each rule, until so many words were read."""
    made = Sample()
    for article in articles:
        annotated = annotate(article)
        made.words += annotated.words
        scanner.prepare([annotated])
        hits = scanner.hits(annotated)
        made.hits.update(hit.rule.id for hit in hits if hit.source_text is None)
        if annotated.alignment is not None:
            made.source_words += annotated.words
            made.confirmed.update(
                hit.rule.id for hit in hits if scanner.source_text(annotated, hit) is not None
            )
        if max_words is not None and made.words >= max_words:
            break
    return made


def references(paths: Sequence[str]) -> Iterator[Article]:
    """What people made of the source of each row of parallel text, with that source.

    Raises:
        InputError: A line is no such row.
    """
    for path in paths:
        for number, line in enumerate(_lines(path), 1):
            if line.strip():
                row = _row(line, f"{path}:{number}")
                text, source = row.get("reference"), row.get("source")
                if isinstance(text, str) and isinstance(source, str) and text.strip():
                    yield Article(id=f"{path}:{number}", text=text, source=source)


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


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"not valid JSON ({error})", where=where) from error
    if not isinstance(row, dict):
        raise InputError("no JSON object", where=where, expected="one row a line")
    return row


def _systems(line: str, where: str) -> Iterator[Article]:
    row = _row(line, where)
    source = row.get("source")
    source = source if isinstance(source, str) and source.strip() else None
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
        yield Article(id=f"{where}:{name}", text=text, system=name, source=source)


def measures(
    rules: Iterable[Rule],
    *,
    human: Sample,
    translated: Sample,
    gold: Mapping[str, Tally],
    date: str,
    referenced: Sample | None = None,
    gold_confirmed: Mapping[str, Tally] | None = None,
) -> dict[str, Measure]:
    """What the counts say of each rule; the prior is what its family does on gold.

    Args:
        human: French written by people.
        translated: Translations by software, with their source where it is known.
        gold: By rule, what it found on the French alone, and how much of it was right.
        referenced: Translations by people, with their source.
        gold_confirmed: Like `gold`, of what the source confirmed.
    """
    rules = list(rules)
    # What fires beside a source alone has nothing to show without one.
    beside_only = translated.confirmed.keys() - translated.hits.keys() - human.hits.keys()
    unaided = {rule: tally for rule, tally in gold.items() if rule not in beside_only}
    alone = _Counts(human.words, human.hits, translated.words, translated.hits, unaided)
    found = alone.measures(rules, date, {rule.id: rule.id for rule in rules})
    if referenced is None:
        return found
    beside = _Counts(
        referenced.source_words,
        referenced.confirmed,
        translated.source_words,
        translated.confirmed,
        gold_confirmed or {},
    )
    seen = beside.human.keys() | beside.translated.keys() | beside.gold.keys()
    names = {rule.id: confirmed(rule.id) for rule in rules if rule.id in seen}
    return found | beside.measures(rules, date, names)


def with_decisions(
    rules: Iterable[Rule], counts: Iterable[RuleCount], date: str
) -> dict[str, Measure]:
    """The measures of the rules on which editors decided, with what they decided.

    A finding that was mended counts as one on gold that was right, one dismissed as no error as
    one that was wrong; house style and quotations say nothing about the rule.
    """
    by_id = {rule.id: rule for rule in rules}
    found: dict[str, Measure] = {}
    for rule_id, taken, _, wrong in counts:
        rule = by_id.get(rule_id)
        if rule is None or not taken + wrong:
            continue
        old = rule.measure or Measure(rule.pattern, 0, 0, 0, 0, 0, 0, UNMEASURED[rule.status], date)
        right, findings = old.gold_right + taken, old.gold_findings + taken + wrong
        confidence = posterior(
            UNMEASURED[rule.status],
            right=right,
            findings=findings,
            human_hits=old.human_hits,
            human_words=old.human_words,
            mt_hits=old.mt_hits,
            mt_words=old.mt_words,
        )
        found[rule.id] = replace(
            old,
            gold_right=right,
            gold_findings=findings,
            confidence=round(confidence, 3),
            date=date,
        )
    return found


class _Counts(NamedTuple):
    """What was counted for one kind of evidence."""

    human_words: int
    human: Mapping[str, int]
    translated_words: int
    translated: Mapping[str, int]
    gold: Mapping[str, Tally]

    def measures(
        self, rules: Sequence[Rule], date: str, names: Mapping[str, str]
    ) -> dict[str, Measure]:
        """The measures of the rules that have a name, under it."""
        families: dict[str, Tally] = {}
        for rule in rules:
            tally = families.setdefault(rule.family.name, Tally())
            counted = self.gold.get(rule.id, Tally())
            tally.findings += counted.findings
            tally.right += counted.right
        found: dict[str, Measure] = {}
        for rule in rules:
            if rule.id not in names:
                continue
            family, counted = families[rule.family.name], self.gold.get(rule.id, Tally())
            human, translated = self.human.get(rule.id, 0), self.translated.get(rule.id, 0)
            confidence = posterior(
                pooled(
                    family.right - counted.right,
                    family.findings - counted.findings,
                    UNMEASURED[rule.status],
                ),
                right=counted.right,
                findings=counted.findings,
                human_hits=human,
                human_words=self.human_words,
                mt_hits=translated,
                mt_words=self.translated_words,
            )
            found[names[rule.id]] = Measure(
                pattern=rule.pattern,
                human_hits=human,
                human_words=self.human_words,
                mt_hits=translated,
                mt_words=self.translated_words,
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
