"""Proves rules by their own examples: exact spans flagged, near misses passed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtaudit.annotate import annotate
from mtaudit.errors import RuleError
from mtaudit.kinds import KINDS, Resources
from mtaudit.model import Article
from mtaudit.rulebook import Example, Rule, Rulebook


@dataclass(frozen=True)
class Failure:
    """An example that a rule got wrong, or a rule that cannot run at all (no example then)."""

    rule: Rule
    example: Example | None
    what: str

    def __str__(self) -> str:
        if self.example is None:
            return self.what
        return f"{self.example.place}: {self.rule.id}: {self.what}: {self.example.text!r}"


def prove(rulebook: Rulebook, resources: Resources) -> Iterator[Failure]:
    """Runs each rule alone on its examples; yields what is not as they say.

    A flag example asks for exactly its marked spans; a pass example for silence.
    """
    for rule in rulebook.rules:
        try:
            matcher = KINDS[rule.kind]([rule], resources)
            matcher.check()
        except RuleError as error:
            yield Failure(rule, None, str(error))
            continue
        for example in (*rule.flag, *rule.pass_):
            annotated = annotate(
                Article(id="example", text=example.text, source=example.source or None)
            )
            found = sorted({(hit.start, hit.end) for hit in matcher.hits(annotated)})
            if rule.once:
                found = found[:1]
            wanted = sorted(example.spans)
            if found == wanted:
                continue
            flagged = [example.text[start:end] for start, end in found]
            if not found:
                yield Failure(rule, example, "does not fire")
            elif not wanted:
                yield Failure(rule, example, f"fires on a pass example, on {flagged}")
            else:
                yield Failure(rule, example, f"flags other words, {flagged}")
