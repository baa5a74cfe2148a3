"""Rules of kind `consistency`: one thing written in several ways within one article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.phrase import Index, compile_one
from mtaudit.rulebook import Rule


class ConsistencyMatcher:
    """All consistency rules; their variants are patterns of the phrase language."""

    def __init__(self, rules: Sequence[Rule], resources: Resources) -> None:
        self.variant: dict[int, str] = {}
        patterns = []
        for rule in rules:
            texts = list(rule.variants)
            if rule.prefer is not None and rule.prefer not in texts:
                texts.insert(0, rule.prefer)
            if len(texts) < 2:
                raise rule.error("one variant alone", "variants", expected="two or more")
            for text in texts:
                pattern = compile_one(rule, text, "variants", resources)
                self.variant[id(pattern)] = text
                patterns.append(pattern)
        self.patterns = patterns
        self.index = Index(patterns)

    def check(self) -> None:
        """All are compiled from the beginning."""

    def asks(self, annotated: Annotated) -> set[int]:
        """None: no rule of this kind needs syntax."""
        return set()

    def hits(self, annotated: Annotated) -> Iterator[Hit]:
        """A hit at each place that departs from the preferred variant of the article."""
        found: dict[str, list[tuple[str, int, int, Rule]]] = {}
        for pattern, _, start, state in self.index.matches(annotated):
            first = state.flag_start if state.flag_start >= 0 else start
            last = state.flag_end if state.flag_end >= 0 else state.end
            found.setdefault(pattern.rule.id, []).append(
                (self.variant[id(pattern)], first, last, pattern.rule)
            )
        tokens = annotated.tokens
        for places in found.values():
            rule = places[0][3]
            places.sort(key=lambda place: place[1])
            counts: dict[str, int] = {}
            for variant, *_ in places:
                counts[variant] = counts.get(variant, 0) + 1
            preferred = rule.prefer
            if preferred is None or (preferred not in counts and not rule.always):
                preferred = max(counts, key=lambda variant: counts[variant])
            if len(counts) < 2 and not (rule.always and preferred not in counts):
                continue
            example = next((place for place in places if place[0] == preferred), None)
            for variant, first, last, _ in places:
                if variant == preferred:
                    continue
                start, end = tokens[first].start, tokens[last - 1].end
                detail = {}
                if example is not None:
                    at = tokens[example[1]].start
                    line, _ = annotated.article.position(at)
                    shown = annotated.article.text[at : tokens[example[2] - 1].end]
                    detail = {
                        "fr": f"l'article écrit aussi « {shown} » (ligne {line})",
                        "en": f"the article also writes “{shown}” (line {line})",
                    }
                    suggestions = rule.suggest or (shown,)
                else:
                    suggestions = rule.suggest or (preferred.strip('"'),)
                yield Hit(rule, start, end, suggestions, detail)
