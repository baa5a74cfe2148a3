"""Findings against gold marks: precision, recall, partial credit; false alarms on human French.

Counts follow the annotators' agreement: marks that two saw count; a mark that one saw is
neither rewarded nor punished.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mtaudit.model import ArticleResult, Finding, GoldSpan


@dataclass
class Tally:
    """Counts of one group: all, a family, a severity or a kind of evidence.

    Attributes:
        right: Findings that overlap a mark of either agreement.
        hit: Marks of agreement 2 that a finding overlaps, of `marks`.
        credit: Sum over marks of agreement 2 of the best overlap length over union length,
            each finding and each mark counted once.
    """

    findings: int = 0
    right: int = 0
    marks: int = 0
    hit: int = 0
    credit: float = 0.0

    @property
    def precision(self) -> float | None:
        """Right findings over all findings; None where there is none."""
        return self.right / self.findings if self.findings else None

    @property
    def recall(self) -> float | None:
        """Marks hit over all marks; None where there is none."""
        return self.hit / self.marks if self.marks else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        precision, recall = self.precision, self.recall
        if precision is None or recall is None or not precision + recall:
            return None
        return 2 * precision * recall / (precision + recall)

    @property
    def partial(self) -> float | None:
        """F1 with partial credit: a long finding that covers all earns little.

        None for a group without findings of its own, such as a kind of evidence.
        """
        if not self.findings:
            return None
        total = self.findings + self.marks
        return 2 * self.credit / total if total else None


@dataclass
class Evaluation:
    """Tallies over all articles with gold.

    Attributes:
        family, severity: Findings by their own, marks by theirs. A finding is right if it
            overlaps a mark of any family.
        evidence: Marks alone, by the least that shows the error, so only recall is given.
        found: Findings alone, suspect or confirmed by the source, so only precision is given.
        missed, wrong: For reading: marks that no finding overlaps, findings that hit no mark.
    """

    all: Tally = field(default_factory=Tally)
    gating: Tally = field(default_factory=Tally)
    family: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    severity: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    evidence: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    found: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    rule: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    confirmed: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    missed: list[GoldSpan] = field(default_factory=list)
    wrong: list[tuple[str, Finding]] = field(default_factory=list)
    articles: int = 0
    words: int = 0


def evaluate(
    results: Iterable[ArticleResult], gold: Mapping[str, Sequence[GoldSpan]]
) -> Evaluation:
    """Compares findings with gold marks; articles that gold does not name are passed over."""
    made = Evaluation()
    for result in results:
        marks = gold.get(result.article.id)
        if marks is None:
            continue
        made.articles += 1
        made.words += result.score.words
        _compare(result, marks, made)
    return made


def _compare(result: ArticleResult, marks: Sequence[GoldSpan], made: Evaluation) -> None:
    findings = result.findings
    for finding in findings:
        right = any(_overlap(finding, mark) > 0 for mark in marks)
        groups = [made.all, made.family[finding.family], made.severity[finding.severity]]
        groups += [made.rule[finding.rule], made.found[finding.evidence]]
        if finding.evidence == "confirmed":
            groups.append(made.confirmed[finding.rule])
        if finding.gates:
            groups.append(made.gating)
        for tally in groups:
            tally.findings += 1
            tally.right += right
        if not right:
            made.wrong.append((result.article.id, finding))
    firm = [mark for mark in marks if mark.agreement >= 2]
    credit = _credits(findings, firm)
    gating_credit = _credits([finding for finding in findings if finding.gates], firm)
    for mark in firm:
        hit = any(_overlap(finding, mark) > 0 for finding in findings)
        for tally in (
            made.all,
            made.family[mark.category],
            made.severity[mark.severity],
            made.evidence[mark.evidence],
        ):
            tally.marks += 1
            tally.hit += hit
            tally.credit += credit.get(id(mark), 0.0)
        made.gating.marks += 1
        made.gating.hit += any(f.gates and _overlap(f, mark) > 0 for f in findings)
        made.gating.credit += gating_credit.get(id(mark), 0.0)
        if not hit:
            made.missed.append(mark)


def _overlap(finding: Finding, mark: GoldSpan) -> int:
    return max(0, min(finding.end, mark.end) - max(finding.start, mark.start))


def _credits(findings: Sequence[Finding], marks: Sequence[GoldSpan]) -> dict[int, float]:
    """The best pairs first: each mark and each finding earns credit once."""
    pairs = []
    for mark in marks:
        for finding in findings:
            common = _overlap(finding, mark)
            if common:
                union = max(finding.end, mark.end) - min(finding.start, mark.start)
                pairs.append((common / union, mark, finding))
    pairs.sort(key=lambda pair: -pair[0])
    used: set[int] = set()
    earned: dict[int, float] = {}
    for share, mark, finding in pairs:
        if id(mark) not in earned and id(finding) not in used:
            earned[id(mark)] = share
            used.add(id(finding))
    return earned


@dataclass(frozen=True)
class FalseAlarms:
    """Findings on French that people wrote: all are counted as false."""

    words: int
    findings: int
    gating: int
    rules: Mapping[str, int]

    @property
    def per_thousand(self) -> float:
        """Findings per 1,000 words."""
        return 1000 * self.findings / self.words if self.words else 0.0

    @property
    def gating_per_thousand(self) -> float:
        """Gating findings per 1,000 words."""
        return 1000 * self.gating / self.words if self.words else 0.0


def false_alarms(results: Iterable[ArticleResult]) -> FalseAlarms:
    """Counts findings on human French, by rule, most first."""
    words = findings = gating = 0
    rules: dict[str, int] = defaultdict(int)
    for result in results:
        words += result.score.words
        findings += len(result.findings)
        gating += sum(finding.gates for finding in result.findings)
        for finding in result.findings:
            rules[finding.rule] += 1
    ordered = dict(sorted(rules.items(), key=lambda item: (-item[1], item[0])))
    return FalseAlarms(words, findings, gating, ordered)
