"""The verdict on a report: what a pipeline lets through and what it stops. Pure."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from mtaudit.baseline import Baseline, Known, accepted, text_digest
from mtaudit.globs import Names, has_prefix
from mtaudit.model import ArticleResult, Finding, Problem, Report, Score
from mtaudit.policy import FINDINGS, Override, Policy
from mtaudit.score import Profile, score_findings
from mtaudit.suppressions import Malformed, Suppression, comments

# Scores are computed from powers: an article exactly at the minimum must not stop by a rounding.
_ROUNDING = 1e-9

Outcome = Literal["passed", "stopped", "could not run"]
Why = Literal[
    "no-gate", "not-selected", "ignored", "confidence", "evidence",
    "suppressed", "baseline", "since", "rule-pack",
]  # fmt: skip


class Exempt(NamedTuple):
    """A finding that does not count.

    Attributes:
        why: `no-gate` where its rule does not gate by default, which is no exemption but the rule.
        by: The key, override or suppression that exempts it, and the reason where one is given.
    """

    finding: Finding
    why: Why
    by: str


class Reason(NamedTuple):
    """Why an article is stopped: what was reached, and what was asked.

    Attributes:
        kind: `score`, `critical`, `limit` or `empty`.
        what: Of a limit, its key; with the sections where it is theirs.
    """

    kind: Literal["score", "critical", "limit", "empty"]
    what: str
    value: float
    limit: float


@dataclass(frozen=True)
class Judged:
    """An article before the gate.

    Attributes:
        counted: The findings that count, in reading order.
        score: Of these alone.
        minimum: The score that was asked of it.
        spared: Whether a score below the minimum was let through since the text is short.
    """

    result: ArticleResult
    counted: tuple[Finding, ...]
    exempt: tuple[Exempt, ...]
    score: Score
    minimum: float
    reasons: tuple[Reason, ...]
    spared: bool


@dataclass(frozen=True)
class Verdict:
    """What the gate says of a report.

    Attributes:
        judged: All articles, in the order of the report.
        unreadable: Inputs about which nothing can be said.
        general: Why the run is stopped beyond its articles, each a clause.
        unused: Suppressions meant for an audited article that silence nothing.
        expired: Suppressions past their day, with the number of findings they would silence.
        idle: How many suppressions are meant for none of the audited articles.
        grown: Findings that stand in an unchanged text and are not in the baseline: what the
            changed rules alone add.
    """

    policy: Policy
    judged: tuple[Judged, ...]
    unreadable: tuple[Problem, ...] = ()
    general: tuple[str, ...] = ()
    unused: tuple[Suppression, ...] = ()
    expired: tuple[tuple[Suppression, int], ...] = ()
    malformed: tuple[Malformed, ...] = ()
    idle: int = 0
    grown: tuple[tuple[ArticleResult, Finding], ...] = ()

    @property
    def audited(self) -> int:
        """How many articles the verdict covers."""
        return len(self.judged)

    @property
    def stopped(self) -> tuple[Judged, ...]:
        """Articles that do not pass, in the order of the report."""
        return tuple(each for each in self.judged if each.reasons)

    @property
    def outcome(self) -> Outcome:
        """Stopped by what was audited; else whether all was audited that the policy asks for."""
        if self.stopped or self.general:
            return "stopped"
        if not self.judged or (self.unreadable and self.policy.unreadable == "error"):
            return "could not run"
        return "passed"

    @property
    def passed(self) -> bool:
        """Whether the gate lets everything through."""
        return self.outcome == "passed"


def judge(
    report: Report,
    policy: Policy | None = None,
    profile: Profile | None = None,
    *,
    names: Names | None = None,
    suppressions: Sequence[Suppression] = (),
    today: datetime.date | None = None,
    baseline: Baseline | None = None,
    before: Mapping[str, Known] | None = None,
    revision: str = "",
    ran: Collection[str] = (),
) -> Verdict:
    """Judges every article of a report by the policy.

    Args:
        profile: How the findings that count become a score.
        names: How articles are named in the policy, the baseline and the suppressions.
        today: The day on which suppressions are looked at; None lets none expire.
        before: What stood in the articles at an earlier revision, by the names of articles.
        revision: The name of that revision.
        ran: The rules that ran, where these are not all: suppressions of others are not unused.
    """
    judge_ = _Judge(
        policy or Policy(), profile or Profile(), names or Names(), baseline, before, revision
    )
    expired = [each for each in suppressions if today is not None and each.expired(today)]
    valid = [each for each in suppressions if each not in expired]
    judged: list[Judged] = []
    malformed: list[Malformed] = []
    used: Counter[Suppression] = Counter()
    meant: set[Suppression] = set()
    for result in report.results:
        own, wrong = comments(result.article)
        malformed += wrong
        here = [each for each in (*valid, *own) if each.concerns(result.article, judge_.names)]
        meant.update(here)
        late = [each for each in expired if each.concerns(result.article, judge_.names)]
        meant.update(late)
        for finding in result.findings:
            for each in (*here, *late):
                used[each] += each.covers(finding, result.article)
        judged.append(judge_.article(result, here))
    unused = tuple(
        each
        for each in (*valid, *(one for one in meant if one.article))
        if each in meant
        and not used[each]
        and (not ran or any(has_prefix(rule, (each.rule,)) for rule in ran))
    )
    unused = tuple(sorted(unused, key=lambda each: (bool(each.article), each.article, each.line)))
    verdict = Verdict(
        policy=judge_.policy,
        judged=tuple(judged),
        unreadable=report.problems,
        unused=unused,
        expired=tuple((each, used[each]) for each in expired),
        malformed=tuple(malformed),
        idle=sum(each not in meant for each in suppressions),
        grown=tuple(judge_.grown),
    )
    return replace(verdict, general=tuple(_general(verdict)))


def _gating(finding: Finding, gates: bool) -> Finding:
    return finding if finding.gates == gates else replace(finding, gates=gates)


def standing(report: Report, verdict: Verdict) -> Report:
    """The report as the gate sees it, for writers: `gates` marks the findings that count,
    `passed` is the verdict, and findings that are suppressed or known already are left out."""
    hidden = ("suppressed", "baseline", "since")
    results = []
    for each in verdict.judged:
        left_out = {exempt.finding for exempt in each.exempt if exempt.why in hidden}
        counted = set(each.counted)
        findings = tuple(
            _gating(finding, finding in counted)
            for finding in each.result.findings
            if finding not in left_out
        )
        score = replace(each.result.score, passed=not each.reasons)
        results.append(replace(each.result, findings=findings, score=score))
    total = replace(report.total, passed=verdict.passed)
    return replace(report, results=tuple(results), total=total)


class _Judge:
    """The policy applied to one article after another."""

    def __init__(
        self,
        policy: Policy,
        profile: Profile,
        names: Names,
        baseline: Baseline | None,
        before: Mapping[str, Known] | None,
        revision: str,
    ) -> None:
        self.policy = policy
        self.profile = profile
        self.names = names
        self.baseline = baseline
        self.before = before
        self.revision = revision
        self.grown: list[tuple[ArticleResult, Finding]] = []

    def article(self, result: ArticleResult, suppressions: Sequence[Suppression]) -> Judged:
        policy, parts = self._policy(result)
        name = self.names.article(result.article)
        was = self.baseline.articles.get(name) if self.baseline else None
        old = accepted(result.findings, was.entries) if was else set()
        unchanged = was is not None and was.digest == text_digest(result.article.text)
        earlier = self.before.get(name) if self.before else None
        older = accepted(result.findings, earlier.entries) if earlier else set()

        counted: list[Finding] = []
        exempt: list[Exempt] = []
        critical = 0
        for index, finding in enumerate(result.findings):
            asked, origin = _for_section(policy, parts, finding)
            without = _filtered(finding, asked, origin)
            if without is None:
                without = _suppressed(finding, result, suppressions, asked)
            if without is None and index in old:
                without = Exempt(finding, "baseline", "")
            if without is None and index in older:
                without = Exempt(finding, "since", self.revision)
            if without is None and unchanged:
                self.grown.append((result, finding))
                if policy.rule_changes == "report":
                    without = Exempt(finding, "rule-pack", "rule_changes")
            if without is not None:
                exempt.append(without)
                continue
            counted.append(finding)
            critical += finding.severity == "critical" and asked.critical_stops

        gating = [_gating(finding, True) for finding in counted]
        score = score_findings(gating, result.score.words, self.profile)
        reasons, spared = _reasons(policy, parts, counted, critical, score)
        return Judged(
            result=result,
            counted=tuple(counted),
            exempt=tuple(exempt),
            score=score,
            minimum=policy.minimum_score,
            reasons=tuple(reasons),
            spared=spared,
        )

    def _policy(self, result: ArticleResult) -> tuple[Policy, list[Override]]:
        """The policy of the whole article, and the overrides for parts of it."""
        policy = self.policy
        parts: list[Override] = []
        for override in policy.overrides:
            if override.paths and not self.names.matches(result.article, override.paths):
                continue
            if override.sections:
                parts.append(override)
            else:
                policy = policy.with_override(override)
                changed = dict.fromkeys(override.values, override.origin)
                policy = replace(policy, origins={**policy.origins, **changed})
        return policy, parts


def _for_section(
    policy: Policy, parts: Sequence[Override], finding: Finding
) -> tuple[Policy, Mapping[str, str]]:
    if not parts:
        return policy, policy.origins
    origins = dict(policy.origins)
    for override in parts:
        if finding.section in override.sections:
            policy = policy.with_override(override)
            origins.update(dict.fromkeys(override.values, override.origin))
    return policy, origins


def _filtered(finding: Finding, policy: Policy, origins: Mapping[str, str]) -> Exempt | None:
    why: Why
    if policy.ignore and has_prefix(finding.rule, policy.ignore):
        why, key = "ignored", "ignore"
    elif policy.select and not has_prefix(finding.rule, policy.select):
        why, key = "not-selected", "select"
    elif policy.count == "gating" and not finding.gates:
        why, key = "no-gate", "count"
    elif finding.confidence < policy.minimum_confidence:
        why, key = "confidence", "minimum_confidence"
    elif finding.evidence not in policy.evidence:
        why, key = "evidence", "evidence"
    else:
        return None
    return Exempt(finding, why, f"{key} ({origins.get(key, 'default')})")


def _suppressed(
    finding: Finding, result: ArticleResult, suppressions: Sequence[Suppression], policy: Policy
) -> Exempt | None:
    if policy.never_suppress and has_prefix(finding.rule, policy.never_suppress):
        return None
    for each in suppressions:
        if each.covers(finding, result.article):
            owner = f" ({each.owner})" if each.owner else ""
            return Exempt(finding, "suppressed", f"{each.place}: {each.reason}{owner}")
    return None


def _reasons(
    policy: Policy,
    parts: Sequence[Override],
    counted: Sequence[Finding],
    critical: int,
    score: Score,
) -> tuple[list[Reason], bool]:
    reasons: list[Reason] = []
    spared = False
    if not score.words:
        reasons.append(Reason("empty", "words", 0, 1))
    if critical:
        reasons.append(Reason("critical", "critical", critical, 0))
    if score.score < policy.minimum_score - _ROUNDING:
        short = policy.short_text == "interval" and score.interval is not None
        spared = short and score.interval is not None and score.interval[1] >= policy.minimum_score
        if not spared:
            reasons.append(Reason("score", "score", score.score, policy.minimum_score))
    reasons += _over(policy.maximum, counted, "")
    for override in parts:
        if "maximum" in override.values:
            here = [finding for finding in counted if finding.section in override.sections]
            named = " in " + ", ".join(override.sections)
            reasons += _over(override.values["maximum"], here, named)
    return reasons, spared


def _over(maximum: Mapping[str, int], findings: Sequence[Finding], where: str) -> list[Reason]:
    if not maximum:
        return []
    counts = Counter(key for each in findings for key in (FINDINGS, each.severity, each.family))
    return [
        Reason("limit", key + where, counts[key], limit)
        for key, limit in maximum.items()
        if counts[key] > limit
    ]


def _general(verdict: Verdict) -> Iterable[str]:
    policy, skipped = verdict.policy, len(verdict.unreadable)
    inputs = skipped + verdict.audited
    if skipped and policy.unreadable == "stop":
        yield f"{skipped} of {inputs} inputs could not be audited"
    elif policy.maximum_skipped is not None and skipped > policy.maximum_skipped * inputs:
        yield (
            f"{skipped} of {inputs} inputs could not be audited "
            f"(at most {policy.maximum_skipped:.0%} may be skipped)"
        )
    if verdict.unused and policy.unused_suppressions == "stop":
        yield f"{len(verdict.unused)} unused suppressions"
    if verdict.malformed and policy.unused_suppressions == "stop":
        yield f"{len(verdict.malformed)} comments that cannot be read"
    if verdict.expired and policy.expired_suppressions == "stop":
        yield f"{len(verdict.expired)} expired suppressions"
