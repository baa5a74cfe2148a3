"""What findings come to: MQM penalty points, and a score calibrated to a pass mark.

The sources: MQM's scoring models
(themqm.org/error-types-2/the-mqm-scoring-models/), the non-linear model (arXiv 2511.13467) and the
weights of the schemes that other tools use. Penalties are points per 1,000 words; scores are on
MQM's scale, where 100 (MSV, the maximum score value) is a text without findings.
"""

from __future__ import annotations

import difflib
import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist
from types import MappingProxyType
from typing import Final, NamedTuple

from mtaudit.errors import SettingsError
from mtaudit.model import ArticleResult, Finding, Score, Severity

BEST: Final = 100.0
PER_WORDS: Final = 1000

# MQM's multi-range theory (arXiv 2405.16969) asks for statistics instead of a point score below
# about 300 words, where many news briefs fall.
SHORT: Final = 300

# Scores are computed from powers: a text exactly at the pass mark must not fail by a rounding.
_ROUNDING: Final = 1e-9
_Z95: Final = NormalDist().inv_cdf(0.975)


class Weights(NamedTuple):
    """Penalty points of one finding of each severity."""

    neutral: float = 0.0
    minor: float = 1.0
    major: float = 5.0
    critical: float = 25.0


class Curve(NamedTuple):
    """Tolerated penalty points of a text as a function of its length: E(x) = a ln(1 + b x)."""

    a: float
    b: float

    def tolerated(self, words: int) -> float:
        """Points that a text of so many words may have and still reach the pass mark."""
        return self.a * math.log1p(self.b * words)


def curve_through(first: tuple[int, float], second: tuple[int, float]) -> Curve:
    """Solves the curve that passes through two agreed points, each (words, tolerated points).

    Source: arXiv 2511.13467. With x1 < x2, b is the root of ln(1 + b x2) / ln(1 + b x1) = E2 / E1,
    whose left side falls from x2 / x1 to 1 as b grows; then a = E1 / ln(1 + b x1).

    Raises:
        SettingsError: No such curve: it needs 1 < E2 / E1 < x2 / x1.
    """
    (words1, points1), (words2, points2) = sorted((first, second))
    # From 1e-12 to 1e300 as the base of b: all that a double can tell apart.
    low, high = math.log(1e-12 / max(words2, 1)), math.log(1e300 / max(words2, 1))

    def ratio(log_b: float) -> float:
        b = math.exp(log_b)
        return math.log1p(b * words2) / math.log1p(b * words1)

    if not (0 < words1 < words2 and points1 > 0 and ratio(high) < points2 / points1 < ratio(low)):
        raise SettingsError(
            f"no curve of tolerated points passes through {first} and {second}",
            expected="points that grow with the words, but less than in proportion to them",
            hint="for example (500, 6) and (2000, 15)",
        )
    while high - low > 1e-14 * max(1.0, abs(low)):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if ratio(middle) > points2 / points1 else (low, middle)
    b = math.exp((low + high) / 2)
    return Curve(points1 / math.log1p(b * words1), b)


MQM_WEIGHTS: Final = Weights()
AGREED_CURVE: Final = curve_through((500, 6), (2000, 15))


@dataclass(frozen=True)
class Profile:
    """How findings become a score and a verdict.

    Attributes:
        name: The scheme that the weights come from, a key of SCHEMES.
        pass_mark: The score that passes (P), between 0 and 100.
        accepted: Penalty points per 1,000 words at which the score equals the pass mark (A).
        formula: A key of FORMULAS.
        critical_fails: Whether one critical finding that gates fails the text whatever its score,
            as MQM has it. A critical finding that does not gate only costs its points.
        trifles: Families whose minor findings weigh `trifle`: where a scheme says 0.1 for minor
            punctuation. None of the other families is punctuation alone.
        line_most: How many findings of one line count at most, the heaviest first. A line of the
            article stands for the segment of the schemes that have this cap.
        line_cap: How many points one line costs at most.
        curve: The tolerated points of the formula `non-linear`.
    """

    name: str = "mqm"
    weights: Weights = MQM_WEIGHTS
    pass_mark: float = 95.0
    accepted: float = 10.0
    formula: str = "exponential"
    critical_fails: bool = True
    trifles: tuple[str, ...] = ()
    trifle: float = 0.1
    line_most: int | None = None
    line_cap: float | None = None
    curve: Curve = AGREED_CURVE

    def __post_init__(self) -> None:
        """Refuses values that would let everything pass or nothing."""
        if self.formula not in FORMULAS:
            raise _unknown("formula", self.formula, FORMULAS)
        if not 0 < self.pass_mark < BEST:
            raise SettingsError(
                f"the pass mark is {self.pass_mark:g}",
                expected="a number above 0 and below 100",
                hint="to be stricter, lower the accepted penalty instead",
            )
        if not 0 < self.accepted < math.inf:
            raise SettingsError(
                f"the accepted penalty is {self.accepted:g}",
                expected="a number of points per 1,000 words above 0",
                hint="10 is usual; 0.1 accepts next to nothing",
            )
        if not all(0 <= weight < math.inf for weight in (*self.weights, self.trifle)):
            raise SettingsError(
                f"a weight of profile {self.name!r} is negative or not finite",
                expected="four numbers of 0 or more: neutral, minor, major, critical",
            )

    def weight(self, finding: Finding) -> float:
        """Points of one finding, before any cap."""
        if finding.severity == "minor" and finding.family in self.trifles:
            return self.trifle
        weights: Mapping[Severity, float] = {
            "neutral": self.weights.neutral,
            "minor": self.weights.minor,
            "major": self.weights.major,
            "critical": self.weights.critical,
        }
        return weights[finding.severity]


# --- formulas: (points, words, profile) -> score; words is at least 1 -----------------------------


def _exponential(points: float, words: int, profile: Profile) -> float:
    """P at A, 100 without findings, never 0: so bad texts still differ from worse ones."""
    exponent = _per_thousand(points, words) / profile.accepted
    return max(BEST * math.pow(profile.pass_mark / BEST, exponent), sys.float_info.min)


def _raw(points: float, words: int, profile: Profile) -> float:
    """MQM's raw score: MSV x (1 - points per word). It knows no accepted penalty."""
    return BEST * (1 - points / words)


def _linear(points: float, words: int, profile: Profile) -> float:
    """MQM's calibrated quality score (CQS): P at A, and a straight line that goes below 0."""
    slope = (BEST - profile.pass_mark) / profile.accepted
    return BEST - _per_thousand(points, words) * slope


def _msv_npt(points: float, words: int, profile: Profile) -> float:
    """MSV - normalised penalty, as KTTC and TQAuditor have it: CQS with a slope of 1."""
    return BEST - _per_thousand(points, words)


def _non_linear(points: float, words: int, profile: Profile) -> float:
    """CQS with the points that the profile's curve tolerates at this length in A's place."""
    return BEST - (BEST - profile.pass_mark) * points / profile.curve.tolerated(words)


Formula = Callable[[float, int, Profile], float]
FORMULAS: Final[Mapping[str, Formula]] = MappingProxyType(
    {
        "exponential": _exponential,
        "raw": _raw,
        "linear": _linear,
        "msv-npt": _msv_npt,
        "non-linear": _non_linear,
    }
)

# Google's and Marot's schemes know no critical: Marot's table gives it 5, and so does ours for
# both. Their 25 for "non-translation" has no counterpart: that category judges a whole segment.
SCHEMES: Final[Mapping[str, Profile]] = MappingProxyType(
    {
        "mqm": Profile(),
        "google": Profile("google", Weights(critical=5.0), trifles=("typography",), line_most=5),
        "marot": Profile("marot", Weights(critical=5.0), trifles=("typography",)),
        "gemba": Profile("gemba", line_most=5, line_cap=25.0),
        "xcomet": Profile("xcomet", Weights(critical=10.0), line_cap=25.0),
    }
)


def make_profile(
    scheme: str = "mqm",
    *,
    pass_mark: float = 95.0,
    accepted: float = 10.0,
    formula: str = "exponential",
    critical_fails: bool = True,
) -> Profile:
    """The profile of a scheme with these settings.

    Raises:
        SettingsError: An unknown scheme or formula, or an impossible number.
    """
    if scheme not in SCHEMES:
        raise _unknown("scheme", scheme, SCHEMES)
    return replace(
        SCHEMES[scheme],
        pass_mark=pass_mark,
        accepted=accepted,
        formula=formula,
        critical_fails=critical_fails,
    )


def points(findings: Iterable[Finding], profile: Profile) -> float:
    """Weighted sum of the findings, after the caps of the scheme."""
    return math.fsum(_counted(findings, profile))


def score_findings(findings: Sequence[Finding], words: int, profile: Profile) -> Score:
    """Scores one text by all the findings given; whether it passes, by those alone that gate.

    So a finding of a rule that is not proven yet lowers the score that people read, and stops
    nothing: a text may pass with a score below the pass mark, never the other way round.

    Args:
        words: Length of the text in words of the basis that the signature names. A text without
            words is scored as if it had one, and does not pass: nothing in it was audited.
    """
    gating = [finding for finding in findings if finding.gates]
    return _score(
        _counted(findings, profile), _counted(gating, profile), words, _critical(gating), profile
    )


def total(results: Sequence[ArticleResult], profile: Profile) -> Score:
    """Scores all articles as one text; the caps of a scheme hold within each article."""
    counted: list[float] = []
    gating: list[float] = []
    critical = False
    for result in results:
        counted += _counted(result.findings, profile)
        stopping = [finding for finding in result.findings if finding.gates]
        gating += _counted(stopping, profile)
        critical = critical or _critical(stopping)
    words = sum(result.score.words for result in results)
    return _score(counted, gating, words, critical, profile)


def interval(counted: Sequence[float], words: int, profile: Profile) -> tuple[float, float]:
    """Bounds of the score at 95 %, from the weights of the findings that counted.

    The penalty is taken as a compound Poisson sum, and its bounds are Fay and Feuer's gamma ones
    for a weighted sum of Poisson counts (Statistics in Medicine 16, 1997, 791-801): with y the sum
    of the weights, v the sum of their squares and w one further finding,

        lower = v / 2y        x chi2(0.025, 2y^2 / v)
        upper = (v + w^2) / 2(y + w) x chi2(0.975, 2(y + w)^2 / (v + w^2))

    For equal weights these are the exact Poisson bounds. w is the greatest weight seen, at least
    that of a major finding. (Fay and Feuer take the greatest possible; with critical's 25 the
    interval of every brief would span most of the scale.) Simulated for texts of 50 to 290 words
    with 4 to 72 findings per 1,000 words (4,000 texts each), the bounds hold the true score in
    93 to 99.8 % of texts. They say how far such a score is chance; the rules' own errors are not
    in them.
    """
    mass = math.fsum(counted)
    spread = math.fsum(weight * weight for weight in counted)
    further = max([*counted, profile.weights.major]) or 1.0
    least = spread / (2 * mass) * chi_square(0.025, 2 * mass**2 / spread) if mass else 0.0
    most_mass, most_spread = mass + further, spread + further**2
    most = most_spread / (2 * most_mass) * chi_square(0.975, 2 * most_mass**2 / most_spread)
    formula = FORMULAS[profile.formula]
    return formula(most, max(words, 1), profile), formula(least, max(words, 1), profile)


def chi_square(p: float, degrees: float) -> float:
    """Quantile of the chi-square distribution by Wilson and Hilferty's cube (PNAS 17, 1931).

    Meant for two degrees of freedom and more, all that `interval` asks for. At 0.975 it is at most
    0.6 % too low. At 0.025 it is at most 0.04 too low, which is half of the value at 2 degrees,
    7 % at 4 and 0.5 % at 12: in `interval`, less than 0.02 of the weight of one finding.
    """
    z = _Z95 if p == 0.975 else -_Z95 if p == 0.025 else NormalDist().inv_cdf(p)
    part = 2 / (9 * degrees)
    return degrees * (1 - part + z * math.sqrt(part)) ** 3


def signature(
    version: str, rules_digest: str, rules_count: int, model: str, profile: Profile, basis: str
) -> str:
    """What produced a score, in one line; two scores compare only if their signatures are equal.

    Args:
        model: The spaCy pipeline with its version, or `none`.
        basis: What counts as a word: `target-words` or `source-words`.
    """
    scheme, formula = profile.name, profile.formula
    known = SCHEMES.get(scheme)
    if known is None or _own(known) != _own(profile):
        scheme += "(" + "/".join(f"{weight:g}" for weight in _own(profile)) + ")"
    if formula == "non-linear":
        formula += f"(a={profile.curve.a:g},b={profile.curve.b:g})"
    fields = {
        "version": version,
        "rules": f"{rules_count}-{rules_digest}",
        "model": model or "none",
        "scheme": scheme,
        "formula": formula,
        "pass": f"{profile.pass_mark:g}@{profile.accepted:g}",
        "basis": basis,
    }
    if not profile.critical_fails:
        fields["critical"] = "counts"
    return "|".join(["mtaudit", *(f"{k}:{v.replace('|', '/')}" for k, v in fields.items())])


def _own(profile: Profile) -> tuple[float, ...]:
    """The numbers that make a scheme what it is, caps as 0 where there is none."""
    trifle = profile.trifle if profile.trifles else profile.weights.minor
    return (*profile.weights, trifle, profile.line_most or 0, profile.line_cap or 0)


def _counted(findings: Iterable[Finding], profile: Profile) -> list[float]:
    """Weights of the findings that cost something, after the caps of each line."""
    if profile.line_most is None and profile.line_cap is None:
        weights = (profile.weight(finding) for finding in findings)
        return [weight for weight in weights if weight]
    lines: dict[int, list[float]] = {}
    for finding in findings:
        lines.setdefault(finding.line, []).append(profile.weight(finding))
    counted: list[float] = []
    for of_line in lines.values():
        left = math.inf if profile.line_cap is None else profile.line_cap
        for weight in sorted(of_line, reverse=True)[: profile.line_most]:
            taken = min(weight, left)
            left -= taken
            if taken:
                counted.append(taken)
    return counted


def _score(
    counted: Sequence[float],
    gating: Sequence[float],
    words: int,
    critical: bool,
    profile: Profile,
) -> Score:
    sum_of_points = math.fsum(counted)
    length = max(words, 1)
    formula = FORMULAS[profile.formula]
    value = formula(sum_of_points, length, profile)
    reached = (
        words > 0 and formula(math.fsum(gating), length, profile) >= profile.pass_mark - _ROUNDING
    )
    return Score(
        words=words,
        points=sum_of_points,
        penalty=_per_thousand(sum_of_points, length),
        score=value,
        passed=reached and not (critical and profile.critical_fails),
        interval=interval(counted, words, profile) if words < SHORT else None,
    )


def _critical(findings: Iterable[Finding]) -> bool:
    return any(finding.severity == "critical" for finding in findings)


def _per_thousand(points: float, words: int) -> float:
    return points * PER_WORDS / words


def _unknown(what: str, name: str, table: Mapping[str, object]) -> SettingsError:
    close = difflib.get_close_matches(name, table, n=1)
    return SettingsError(
        f"unknown {what} {name!r}",
        expected="one of " + ", ".join(table),
        hint=f"did you mean {close[0]!r}?" if close else "",
    )
