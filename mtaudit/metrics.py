"""Translation metrics against references, by sacreBLEU, each with sacreBLEU's own signature."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from mtaudit.errors import InputError

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric


class MetricScore(NamedTuple):
    """A corpus score, 0 to 100 (TER may exceed 100; its best is 0), and what produced it."""

    score: float
    signature: str


def _bleu() -> Metric:
    from sacrebleu.metrics.bleu import BLEU

    return BLEU()


def _chrf() -> Metric:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF(word_order=2)


def _ter() -> Metric:
    from sacrebleu.metrics.ter import TER

    return TER()


# sacreBLEU is imported on use: it costs a tenth of a second that most runs need not spend.
METRICS: Final[Mapping[str, Callable[[], Metric]]] = MappingProxyType(
    {"BLEU": _bleu, "chrF2++": _chrf, "TER": _ter}
)


def against_references(
    hypotheses: Sequence[str], references: Sequence[str]
) -> dict[str, MetricScore]:
    """Scores translations against one reference each, by every metric of METRICS.

    Prefer chrF2++ for French; BLEU and TER are there to compare with older figures.

    Args:
        hypotheses: The translations: sentences, lines or whole articles, but all of one sort.
        references: The translations made by people, in the same order.

    Raises:
        InputError: Nothing to compare, or not one reference for each translation.
    """
    if len(hypotheses) != len(references) or not hypotheses:
        raise InputError(
            f"{len(hypotheses)} translations and {len(references)} references",
            expected="one reference for each translation, and at least one",
            hint="leave out the articles without a reference",
        )
    scores = {}
    for name, make in METRICS.items():
        metric = make()
        result = metric.corpus_score(hypotheses, [references])
        scores[name] = MetricScore(result.score, f"{result.name}|{metric.get_signature().format()}")
    return scores
