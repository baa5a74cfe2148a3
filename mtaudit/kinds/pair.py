"""Rules of kind `pair`: English in the source × a rendering of it that is wrong there.

They fire on nothing less: what the French says may be good French, and is wrong only because the
English says something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.phrase import Index, PhraseMatcher, compile_one
from mtaudit.rulebook import Rule
from mtaudit.source.confirm import confirmation


class PairMatcher:
    """All pair rules: patterns on the French, tried against the aligned source after a hit."""

    def __init__(self, rules: Sequence[Rule], resources: Resources) -> None:
        self.phrases = PhraseMatcher(rules, resources)
        self.lemmas = resources.lemmas
        self.rendered = {
            rule.id: Index([compile_one(rule, text, "rendered", resources) for text in right])
            for rule in rules
            if (right := rule.rendered)
        }

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
