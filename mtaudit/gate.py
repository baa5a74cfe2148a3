"""The verdict on a report: what a pipeline lets through and what it stops. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mtaudit.model import ArticleResult, Problem, Report


@dataclass(frozen=True)
class Verdict:
    """What the gate says of a report.

    Attributes:
        stopped: Articles that do not pass, in the order of the report.
        unreadable: Inputs about which nothing can be said.
        audited: How many articles the verdict covers.
    """

    stopped: tuple[ArticleResult, ...]
    unreadable: tuple[Problem, ...]
    audited: int

    @property
    def passed(self) -> bool:
        """Whether every input was audited and every article passed."""
        return self.audited > 0 and not self.stopped and not self.unreadable


def judge(report: Report) -> Verdict:
    """Stops articles whose gating findings put them below the pass mark, or that hold a critical
    one; an input that could not be read cannot pass."""
    return Verdict(
        stopped=tuple(result for result in report.results if not result.score.passed),
        unreadable=report.problems,
        audited=len(report.results),
    )
