"""Rules of kind `pair`: English in the source × a rendering of it that is wrong there.

They fire on nothing less: what the French says may be good French, and is wrong only because the
English says something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.phrase import Index, PhraseMatcher, compile_one
from mtaudit.rulebook import Rule
from mtaudit.source.confirm import confirmation, wanted


class PairMatcher:
    """All pair rules: patterns on the French, tried against the aligned source after a hit."""

    def __init__(self, rules: Sequence[Rule], resources: Resources) -> None:
        self.rules = rules
        self.resources = resources
        self.lemmas = resources.lemmas

    def check(self) -> None:
        """Compiles the rules, which else waits for an article with a source: half a second.

        Raises:
            RuleError: A rule is wrong.
        """
        for rule in self.rules:
            for key in ("english", "near", "far"):
                for phrase in getattr(rule, key):
                    if not wanted(phrase, self.lemmas):
                        raise rule.error(
                            f"{phrase!r} says nothing: every sentence has such words",
                            key,
                            expected="a word that is no article, auxiliary or possessive",
                            hint="=word asks for that very form",
                        )
        self.phrases, self.rendered  # noqa: B018 - compiles them

    @cached_property
    def phrases(self) -> PhraseMatcher:
        """The patterns on the French."""
        return PhraseMatcher(self.rules, self.resources)

    @cached_property
    def rendered(self) -> dict[str, Index]:
        """By rule, the patterns that show the English rendered rightly."""
        return {
            rule.id: Index(
                [compile_one(rule, text, "rendered", self.resources) for text in rule.rendered]
            )
            for rule in self.rules
            if rule.rendered
        }

    def asks(self, annotated: Annotated) -> set[int]:
        """Those of its patterns on the French."""
        return set() if annotated.alignment is None else self.phrases.asks(annotated)

    def hits(self, annotated: Annotated) -> Iterator[Hit]:
        """What the patterns find beside their English; nothing without a source."""
        alignment = annotated.alignment
        if alignment is None:
            return
        right: dict[str, list[tuple[int, int]]] = {}
        for hit in self.phrases.hits(annotated):
            rule = hit.rule

            def said(phrases: Sequence[str], at: int = hit.start) -> str | None:
                return confirmation(phrases, alignment, at, self.lemmas)

            english = said(rule.english)
            if english is None or (rule.near and not said(rule.near)) or said(rule.far):
                continue
            if rule.id in self.rendered:
                if rule.id not in right:
                    right[rule.id] = self._places(rule.id, annotated)
                pair = alignment.at(hit.start)
                # The English is rendered rightly in this stretch: what was hit is another word.
                if pair and any(
                    pair.start <= start < pair.end and (end <= hit.start or start >= hit.end)
                    for start, end in right[rule.id]
                ):
                    continue
            yield replace(hit, source_text=english)

    def _places(self, rule_id: str, annotated: Annotated) -> list[tuple[int, int]]:
        tokens = annotated.tokens
        return [
            (tokens[start].start, tokens[state.end - 1].end)
            for _, _, start, state in self.rendered[rule_id].matches(annotated)
            if state.end > start
        ]
