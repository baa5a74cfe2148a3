"""What was measured of each rule, where it is kept, and what follows for confidence and gate.

A rule folder may hold `measured.tsv`, which `mtaudit rules measure` writes: counts only, sorted,
one line a rule for its findings on the French alone, and one, named `rule:confirmed`, for those
that the source confirms. A rule whose pattern has changed since is as good as not measured. A
folder's lines hold for the rules of the folders before it as well, in place of theirs.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mtaudit.errors import RuleError

FILE: Final = "measured.tsv"
MILLION: Final = 1_000_000
BUDGET: Final = 2.0
"""False alarms per million words of human French that a rule may cause, unless it says else."""

# A rule gates by default from so many sightings and so high a confidence on; one sighting will do
# where so much human French has not a single hit.
SIGHTINGS: Final = 3
SILENCE: Final = MILLION
SURE: Final = 0.75
# What is taken to be known of a rule before it is measured weighs like so many findings, and
# what the two kinds of text say of it at most like so many.
_PRIOR_WEIGHT: Final = 4.0
_TEXT_WEIGHT: Final = 5.0

_COLUMNS: Final = (
    "rule", "pattern", "human_hits", "human_words", "human_per_million", "mt_hits", "mt_words",
    "mt_per_million", "ratio", "gold_findings", "gold_right", "gold_low", "gold_high",
    "confidence", "date",
)  # fmt: skip
_COUNTS: Final = ("human_hits", "human_words", "mt_hits", "mt_words", "gold_findings", "gold_right")


def confirmed(rule: str) -> str:
    """The name under which a rule's confirmed findings are measured."""
    return f"{rule}:confirmed"


@dataclass(frozen=True)
class Measure:
    """The counts of one rule, for one kind of evidence.

    Attributes:
        pattern: Digest of what the rule matches, to tell whether it has changed since.
        human_hits: Hits in French that people wrote, of `human_words`: false alarms. For confirmed
            findings it is French that people translated, beside its source.
        mt_hits: Hits in translations by software, of `mt_words`.
        gold_findings: Findings in articles with gold marks; `gold_right` of them hit a mark.
        confidence: The share of right findings to expect, see `posterior`.
        date: Of the measurement, ISO 8601.
    """

    pattern: str
    human_hits: int
    human_words: int
    mt_hits: int
    mt_words: int
    gold_findings: int
    gold_right: int
    confidence: float
    date: str

    @property
    def human_rate(self) -> float:
        """Hits per million words of human French."""
        return MILLION * self.human_hits / self.human_words if self.human_words else 0.0

    @property
    def mt_rate(self) -> float:
        """Hits per million words of translations."""
        return MILLION * self.mt_hits / self.mt_words if self.mt_words else 0.0

    @property
    def ratio(self) -> float | None:
        """How many times as often it hits in translations; None where it is silent on both.

        Half a hit is added on either side, so that silence on human French gives a number.
        """
        if not (self.human_hits or self.mt_hits) or not (self.human_words and self.mt_words):
            return None
        human = (self.human_hits + 0.5) / self.human_words
        return (self.mt_hits + 0.5) / self.mt_words / human

    def within(self, budget: float) -> bool:
        """Whether the false alarms keep to the budget; one hit alone is no rate."""
        return self.human_hits <= max(1.0, budget * self.human_words / MILLION)

    def enough(self, budget: float) -> bool:
        """Whether the evidence lets the rule gate.

        It must have been tried on human French and keep to its budget there, have been seen at
        work in translations or on gold, and be right often enough. Three sightings are asked
        for, or one where a million words of human French are silent: then at 95 % its false
        alarms are fewer than 3 in a million (the rule of three).
        """
        seen = max(self.mt_hits, self.gold_right)
        silent = not self.human_hits and self.human_words >= SILENCE
        return (
            self.human_words > 0
            and self.within(budget)
            and seen >= (1 if silent else SIGHTINGS)
            and self.confidence >= SURE
        )


def wilson(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """The interval of a share at 95 %; the whole range where nothing was seen.

    Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of
    the American Statistical Association 22(158), 1927.
    """
    if not total:
        return 0.0, 1.0
    share = right / total
    scale = 1 + z * z / total
    centre = (share + z * z / (2 * total)) / scale
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / scale
    return max(0.0, centre - half), min(1.0, centre + half)


def pooled(right: int, total: int, status: float) -> float:
    """The share of right findings of a family, drawn to what its status lets expect."""
    return (right + _PRIOR_WEIGHT * status) / (total + _PRIOR_WEIGHT)


def posterior(
    prior: float,
    *,
    right: int,
    findings: int,
    human_hits: int,
    human_words: int,
    mt_hits: int,
    mt_words: int,
) -> float:
    """The mean of the Beta distribution of a rule's precision, after all that was counted.

    The prior counts like four findings. Gold findings count as they are. Translations count
    too: of the hits there, as many are taken to be false as human French has for its length,
    the rest to be right; however many, they count like five findings at most.

    Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, section 2.4 (the Beta-binomial model).
    """
    good = _PRIOR_WEIGHT * prior + right
    bad = _PRIOR_WEIGHT * (1 - prior) + findings - right
    if human_words and mt_words and (mt_hits or human_hits):
        # The lengths differ: human hits are brought to the length of the translations.
        false = human_hits * mt_words / human_words
        seen = max(float(mt_hits), false)
        weight = min(seen, _TEXT_WEIGHT) / seen
        bad += weight * min(false, seen)
        good += weight * max(0.0, seen - false)
    return good / (good + bad)


def read_measures(path: Path) -> dict[str, Measure]:
    """The measures by rule id; none where the file is not there.

    Raises:
        RuleError: The file is not of the form, at its line.
    """
    if not path.is_file():
        return {}
    hint = "write it again by mtaudit rules measure"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"cannot be read: {error}", where=str(path), hint=hint) from error
    found: dict[str, Measure] = {}
    rows = csv.DictReader(io.StringIO(text), delimiter="\t")
    try:
        for row in rows:
            counts = {name: int(row[name]) for name in _COUNTS}
            found[row["rule"]] = Measure(
                pattern=row["pattern"],
                confidence=float(row["confidence"]),
                date=row["date"],
                **counts,
            )
    except (KeyError, TypeError, ValueError) as error:
        raise RuleError(
            f"no line of measures ({error})",
            where=f"{path}:{rows.line_num}",
            expected=f"the columns {', '.join(_COLUMNS)}",
            hint=hint,
        ) from error
    return found


def format_measures(measures: Mapping[str, Measure]) -> str:
    """The measures as tab-separated text, sorted by rule."""
    lines = ["\t".join(_COLUMNS)]
    for rule, measure in sorted(measures.items()):
        low, high = wilson(measure.gold_right, measure.gold_findings)
        ratio = measure.ratio
        cells = (
            rule,
            measure.pattern,
            measure.human_hits,
            measure.human_words,
            f"{measure.human_rate:.2f}",
            measure.mt_hits,
            measure.mt_words,
            f"{measure.mt_rate:.2f}",
            "" if ratio is None else f"{ratio:.1f}",
            measure.gold_findings,
            measure.gold_right,
            f"{low:.3f}",
            f"{high:.3f}",
            f"{measure.confidence:.3f}",
            measure.date,
        )
        lines.append("\t".join(str(cell) for cell in cells))
    return "\n".join(lines) + "\n"
