"""Proposes rules from real translations: what software writes and people do not.

`mine` takes rows of source, translations and human text (or of translation and published text)
and returns proposals in one ranked list; `mtaudit.mining.table` makes tables of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mtaudit.errors import InputError
from mtaudit.mining.apart import renderings
from mtaudit.mining.corpus import HUMAN, Corpus, Dictionaries, prepare
from mtaudit.mining.corrections import corrections
from mtaudit.mining.nonwords import nonwords
from mtaudit.mining.overuse import overused
from mtaudit.mining.proposal import Proposal, rule_block
from mtaudit.mining.rows import Columns, Row, read_rows

__all__ = [
    "HUMAN",
    "Columns",
    "Corpus",
    "Dictionaries",
    "Proposal",
    "Row",
    "mine",
    "prepare",
    "propose",
    "read_rows",
    "rule_block",
]


def mine(
    rows: Sequence[Row], dictionaries: Dictionaries, background: Iterable[str] = ()
) -> tuple[list[Proposal], Corpus]:
    """The proposals of some rows, best first, and the corpus that they point into.

    Args:
        background: Texts of French that people wrote: they tell what goes together.

    Raises:
        InputError: There is no row.
    """
    if not rows:
        raise InputError("no rows to mine", expected="rows with a translation each")
    corpus = prepare(rows, dictionaries, background)
    return propose(corpus), corpus


def propose(corpus: Corpus) -> list[Proposal]:
    """All proposals in one ranked list; of several for the same words the best is kept."""
    found = [
        *renderings(corpus),
        *corrections(corpus),
        *nonwords(corpus),
        *overused(corpus),
    ]
    found.sort(key=lambda proposal: (-proposal.score, proposal.kind, proposal.wording))
    kept: list[Proposal] = []
    seen: set[tuple[str, ...]] = set()
    claimed: dict[str, str] = {}
    for proposal in found:
        if proposal.wording in seen:
            continue
        english = proposal.english.split()
        # A better proposal has one of the words already, for the same English.
        if len(proposal.wording) > 1 and any(
            claimed.get(lemma) in (*english, "") for lemma in proposal.wording if lemma in claimed
        ):
            continue
        seen.add(proposal.wording)
        if len(proposal.wording) == 1:
            claimed[proposal.wording[0]] = proposal.english
        kept.append(proposal)
    return kept
