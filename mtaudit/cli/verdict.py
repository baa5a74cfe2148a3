"""A verdict as lines of text: what is stopped and why, every exemption, and the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from mtaudit.writers.excerpt import visible

if TYPE_CHECKING:
    from mtaudit.baseline import Baseline
    from mtaudit.gate import Exempt, Judged, Reason, Verdict
    from mtaudit.model import Article, Finding, Report

_TOLD: Final = {
    "not-selected": "not selected",
    "ignored": "ignored",
    "confidence": "below the least confidence",
    "evidence": "of evidence that does not count",
    "rule-pack": "from changed rules alone",
}
_COMMENT: Final = "<!-- mtaudit: ignore RULE: reason -->"


def lines(verdict: Verdict, report: Report, baseline: Baseline | None) -> Iterator[str]:
    """The whole verdict."""
    for judged in verdict.stopped:
        yield from _stopped(judged)
    yield from _exempt(verdict)
    yield from _suppressions(verdict)
    yield from _pack(verdict, report, baseline)
    for clause in verdict.general:
        yield f"stopped: {clause}"
    yield _summary(verdict, report)


def _stopped(judged: Judged) -> Iterator[str]:
    article, counted = judged.result.article, judged.counted
    reasons = sorted(judged.reasons, key=lambda reason: reason.kind != "score")
    told = ", ".join(map(_reason, reasons))
    if not any(reason.kind == "score" for reason in reasons):
        told = f"score {_score(judged.score.score)}, {told}"
    yield (
        f"stopped: {visible(article.id)}: {told}, "
        f"{len(counted)} gating findings in {judged.score.words} words"
    )
    for finding in counted:
        yield f"  {_finding(article, finding)}"


def _reason(reason: Reason) -> str:
    if reason.kind == "score":
        return f"score {_score(reason.value)} (at least {reason.limit:g} passes)"
    if reason.kind == "critical":
        return f"{reason.value:g} critical (one stops)"
    if reason.kind == "limit":
        return f"{reason.value:g} {reason.what} (at most {reason.limit:g})"
    return "no words"


def _score(value: float) -> str:
    # Rounded down: 94.96 is not shown as the 95 that it missed.
    return f"{int(value * 10 + 1e-6) / 10:.1f}"


def _finding(article: Article, finding: Finding) -> str:
    where = article.path or article.id
    line = article.line
    unit = article.unit_at(finding.start)
    if unit is not None:
        line = unit.line or line
    if line:
        where = f"{where}:{line}"
    if article.path and article.id != article.path:
        where = f"{where}: {article.id}"
    place = f"{finding.line}:{finding.column}" if unit is None else f" {unit.name}"
    return visible(
        f"{where}:{place}: {finding.severity} {finding.rule}: "
        f"“{_short(finding.text)}”: {finding.message}"
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else words[:79] + "…"


def _exempt(verdict: Verdict) -> Iterator[str]:
    everywhere: dict[str, list[Exempt]] = {}
    for judged in verdict.judged:
        article = judged.result.article
        known: dict[str, list[Exempt]] = {}
        for each in judged.exempt:
            if each.why == "suppressed":
                yield f"exempt: {_finding(article, each.finding)}; suppressed by {each.by}"
            elif each.why in ("baseline", "since"):
                told = "in the baseline" if each.why == "baseline" else f"there at {each.by}"
                known.setdefault(told, []).append(each)
            elif each.why != "no-gate":
                everywhere.setdefault(f"{_TOLD[each.why]}, {each.by}", []).append(each)
        for told, group in known.items():
            yield f"exempt: {visible(article.id)}: {_count(group)} {told}: {_rules(group)}"
        if judged.spared and judged.score.interval:
            low, high = judged.score.interval
            yield (
                f"exempt: {visible(article.id)}: score {_score(judged.score.score)} is below "
                f"{judged.minimum:g}, but the text is short (95 % interval {low:.1f} to {high:.1f})"
            )
    for told, group in everywhere.items():
        yield f"exempt: {_count(group)} {told}: {_rules(group)}"
    if verdict.unreadable and verdict.policy.unreadable == "ignore":
        origin = verdict.policy.origins.get("unreadable", "default")
        yield f"exempt: {len(verdict.unreadable)} inputs not audited, unreadable ({origin})"


def _count(group: list[Exempt]) -> str:
    return f"{len(group)} finding" + ("s" if len(group) > 1 else "")


def _rules(group: Iterable[Exempt]) -> str:
    counts = Counter(each.finding.rule for each in group)
    return ", ".join(rule if n == 1 else f"{rule} ×{n}" for rule, n in sorted(counts.items()))


def _suppressions(verdict: Verdict) -> Iterator[str]:
    if verdict.policy.expired_suppressions != "ignore":
        for each, count in verdict.expired:
            owner = f", {each.owner}" if each.owner else ""
            silent = f"would silence {count} findings" if count else "silences nothing"
            yield (
                f"note: suppression expired on {each.expires}: {each.place}: {each.rule} "
                f"“{_short(each.words)}”{owner}; {silent}"
            )
    if verdict.policy.unused_suppressions != "ignore":
        for each in verdict.unused:
            words = f" “{_short(each.words)}”" if each.words else ""
            yield f"note: suppression unused: {each.place}: {each.rule}{words}"
        for wrong in verdict.malformed:
            yield visible(
                f"note: comment cannot be read: {wrong.place}: {wrong.text}; expected {_COMMENT}"
            )
        if verdict.idle:
            yield f"note: {verdict.idle} suppressions are for articles that were not audited"


def _pack(verdict: Verdict, report: Report, baseline: Baseline | None) -> Iterator[str]:
    if baseline is None or baseline.signature == report.signature:
        return
    from mtaudit.baseline import rules_of

    was, now = baseline.rules, rules_of(report.signature)
    if was == now:
        yield f"note: the baseline was made otherwise: {baseline.signature}; now {report.signature}"
        return
    yield (
        f"note: the rules have changed since the baseline ({was}, now {now}); "
        f"alone they add {len(verdict.grown)} findings"
        + ("; --write-baseline accepts them" if verdict.grown else "")
    )
    for result, finding in verdict.grown:
        yield f"  {_finding(result.article, finding)}"


def _summary(verdict: Verdict, report: Report) -> str:
    exempt = sum(each.why != "no-gate" for judged in verdict.judged for each in judged.exempt)
    told = (
        f"{verdict.outcome}: {verdict.audited} articles, {report.total.words} words, "
        f"{report.rules} rules, {len(verdict.stopped)} stopped, "
        f"{len(verdict.unreadable)} unreadable"
    )
    return told + (f", {exempt} findings exempt" if exempt else "")
