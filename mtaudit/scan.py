"""Runs the rules on annotated articles and turns their hits into findings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from mtaudit.annotate import Annotated
from mtaudit.kinds import KINDS, Hit, Resources
from mtaudit.model import Finding
from mtaudit.rulebook import Rule, Rulebook
from mtaudit.source.confirm import confirmation

# Words on either side that a fingerprint holds: enough to tell two places of an article apart,
# few enough that an edit elsewhere in the sentence does not change it.
_CONTEXT_WORDS = 3
# Families whose findings are wrong whatever the English says: it neither confirms nor clears them.
_FORMAL = frozenset(("typography", "number", "quote", "structure"))


class Scanner:
    """The rules of a rulebook, compiled once and run on any number of articles.

    Args:
        language: Of the messages, `en` or `fr`.

    Raises:
        RuleError: A rule cannot be compiled.
    """

    def __init__(self, rulebook: Rulebook, resources: Resources, language: str = "en") -> None:
        self.language = language
        self.rules = rulebook.running
        by_kind: dict[str, list[Rule]] = {}
        for rule in self.rules:
            by_kind.setdefault(rule.kind, []).append(rule)
        self.lemmas = resources.lemmas
        self.matchers = [KINDS[kind](rules, resources) for kind, rules in by_kind.items()]

    def hits(self, annotated: Annotated) -> list[Hit]:
        """All hits in reading order; a rule that reports once per article gives its first."""
        found = [hit for matcher in self.matchers for hit in matcher.hits(annotated)]
        found.sort(key=lambda hit: (hit.start, hit.end, hit.rule.id))
        return list(_distinct(found))

    def scan(self, annotated: Annotated) -> tuple[Finding, ...]:
        """The findings of an article in reading order; overlapping ones of two rules both stay."""
        seen: dict[tuple[str, str], int] = {}
        return tuple(self._finding(annotated, hit, seen) for hit in self.hits(annotated))

    def _finding(
        self,
        annotated: Annotated,
        hit: Hit,
        seen: dict[tuple[str, str], int],
    ) -> Finding:
        article, rule = annotated.article, hit.rule
        text = article.text[hit.start : hit.end]
        line, column = article.position(hit.start)
        digest = _fingerprint(annotated, hit, text)
        occurrence = seen[rule.id, digest] = seen.get((rule.id, digest), 0) + 1
        severity = hit.severity or rule.severity
        source_text, alignment = hit.source_text, annotated.alignment
        if (
            source_text is None
            and alignment is not None
            and rule.english
            and rule.family.name not in _FORMAL
        ):
            source_text = confirmation(rule.english, alignment, hit.start, self.lemmas)
        unit = article.unit_at(hit.start)
        return Finding(
            rule=rule.id,
            family=rule.family.name,
            severity=severity,
            confidence=rule.confidence,
            evidence="suspect" if source_text is None else "confirmed",
            start=hit.start,
            end=hit.end,
            line=line,
            column=column,
            text=text,
            message=message(rule, hit, self.language),
            suggestions=hit.suggestions,
            source_text=source_text,
            section=annotated.section_at(hit.start),
            gates=rule.gating,
            fingerprint=digest if occurrence == 1 else f"{digest}-{occurrence}",
            unit=unit.name if unit else "",
        )


def message(rule: Rule, hit: Hit, language: str) -> str:
    """The family's template filled in, then what the rule and the hit have of their own."""
    family = rule.family
    if rule.english:
        made = family.message[language].format(english=rule.english[0])
    else:
        made = family.plain_message[language]
    own = [part[language] for part in (rule.message, hit.detail) if part.get(language)]
    separator = " : " if language == "fr" else ": "
    return made + (separator + "; ".join(own) if own else "")


def _distinct(hits: Iterable[Hit]) -> Iterable[Hit]:
    once: set[str] = set()
    spans: set[tuple[str, int, int]] = set()
    for hit in hits:
        key = (hit.rule.id, hit.start, hit.end)
        if key in spans or hit.rule.id in once:
            continue
        spans.add(key)
        if hit.rule.once:
            once.add(hit.rule.id)
        yield hit


def _fingerprint(annotated: Annotated, hit: Hit, text: str) -> str:
    article = annotated.article.text
    before = article[max(0, hit.start - 80) : hit.start].split()[-_CONTEXT_WORDS:]
    after = article[hit.end : hit.end + 80].split()[:_CONTEXT_WORDS]
    parts: Sequence[str] = (hit.rule.id, " ".join(before), " ".join(text.split()), " ".join(after))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
