"""Runs the rules on annotated articles and turns their hits into findings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from mtaudit.along import along
from mtaudit.annotate import Annotated, parse
from mtaudit.kinds import KINDS, Hit, Resources
from mtaudit.model import Evidence, Finding
from mtaudit.rulebook import Rule, Rulebook
from mtaudit.settings import LANGUAGES
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
        self.resources = resources
        self.matchers = [KINDS[kind](rules, resources) for kind, rules in by_kind.items()]

    def check(self) -> None:
        """Compiles what waits for an article that needs it.

        Raises:
            RuleError: A rule is wrong.
        """
        for matcher in self.matchers:
            matcher.check()

    def hits(self, annotated: Annotated) -> list[Hit]:
        """All hits in reading order; a rule that reports once per article gives its first."""
        found = [hit for matcher in self.matchers for hit in matcher.hits(annotated)]
        found.sort(key=lambda hit: (hit.start, hit.end, hit.rule.id))
        return list(_distinct(found))

    def prepare(self, articles: Sequence[Annotated]) -> None:
        """Parses the sentences that the rules will ask for, of all articles in one go."""
        wanted = [
            (annotated, index)
            for annotated in articles
            for index in sorted(set().union(*(each.asks(annotated) for each in self.matchers)))
        ]
        if wanted:
            parse(wanted, self.resources.syntax)

    def scan(self, annotated: Annotated) -> tuple[Finding, ...]:
        """The findings of an article in reading order.

        Where two rules of one family flag the very same words it is one error, told by the rule
        that the source confirms or, of two alike, by the surer one; findings that overlap
        otherwise all stay.
        """
        seen: dict[tuple[str, str], int] = {}
        best: dict[tuple[int, int, str], tuple[bool, float, Hit]] = {}
        for hit in self.hits(annotated):
            told = self.source_text(annotated, hit) is not None
            sure = hit.rule.confidence_in("confirmed" if told else "suspect")
            key = (hit.start, hit.end, hit.rule.family.name)
            if key not in best or (told, sure) > best[key][:2]:
                best[key] = (told, sure, hit)
        return tuple(self._finding(annotated, hit, seen) for _, _, hit in best.values())

    def source_text(self, annotated: Annotated, hit: Hit) -> str | None:
        """The words of the source that confirm a hit, None where nothing does."""
        rule, alignment = hit.rule, annotated.alignment
        if hit.source_text is not None or alignment is None:
            return hit.source_text
        if not rule.english or rule.family.name in _FORMAL:
            return None
        return confirmation(rule.english, alignment, hit.start, self.resources.lemmas)

    def _finding(
        self,
        annotated: Annotated,
        hit: Hit,
        seen: dict[tuple[str, str], int],
    ) -> Finding:
        article, rule = annotated.article, hit.rule
        # The fingerprint is of what the rule flags: a better suggestion does not change it.
        digest = _fingerprint(annotated, hit, article.text[hit.start : hit.end])
        hit = along(annotated, hit, self.resources.lexicon)
        text = article.text[hit.start : hit.end]
        line, column = article.position(hit.start)
        occurrence = seen[rule.id, digest] = seen.get((rule.id, digest), 0) + 1
        severity = hit.severity or rule.severity
        source_text = self.source_text(annotated, hit)
        evidence: Evidence = "suspect" if source_text is None else "confirmed"
        unit = article.unit_at(hit.start)
        messages = {code: message(rule, hit, code) for code in LANGUAGES}
        return Finding(
            rule=rule.id,
            family=rule.family.name,
            severity=severity,
            confidence=rule.confidence_in(evidence),
            evidence=evidence,
            start=hit.start,
            end=hit.end,
            line=line,
            column=column,
            text=text,
            message=messages[self.language],
            suggestions=hit.suggestions,
            source_text=source_text,
            section=annotated.section_at(hit.start),
            gates=rule.gates_on(evidence),
            fingerprint=digest if occurrence == 1 else f"{digest}-{occurrence}",
            unit=unit.name if unit else "",
            messages=messages,
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
