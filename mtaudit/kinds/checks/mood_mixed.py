"""A condition in the present, a main clause in the conditional: « Si elle a lieu, … serait »."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.shapes import finite
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.mood import _first_verb
from mtaudit.kinds.checks.words import SUBORDINATORS, flag, sentences
from mtaudit.rulebook import Rule

# « S'il veut gagner, il devrait » softens what is said, and supposes nothing.
_SOFTENING: Final = frozenset(
    "devoir pouvoir falloir convenir vouloir aimer sembler souhaiter".split()
)
# « Si sa mort est confirmée, il serait » tells what is not sure yet.
_CONFIRMING: Final = frozenset(
    "confirmé confirmée confirmés confirmées confirme confirment vérifie avère avéré avérée "
    "concrétise maintient".split()
)
_LONGEST: Final = 14


def if_present_conditional(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """The present after the *si* that opens a sentence whose main verb is a conditional."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        first = sentence.first
        while first < sentence.last - 2 and norms[first] in ('"', "«", "mais", "et", "-", "–"):
            first += 1
        if norms[first] not in ("si", "s'"):
            continue
        verb = _first_verb(annotated, sentence, first + 1, lexicon)
        if verb is None:
            continue
        third = [each for each in finite(lexicon, norms[verb]) if "3" in each.feats]
        if not third or "pres" not in third[0].feats:
            continue
        end = min(verb + _LONGEST, sentence.last)
        comma = next((i for i in range(verb + 1, end) if norms[i] == ","), None)
        if comma is None or set(norms[verb:comma]) & (SUBORDINATORS | _CONFIRMING):
            continue
        end = min(comma + _LONGEST, sentence.last)
        main = next((i for i in range(comma, end) if finite(lexicon, norms[i])), None)
        if main is None or set(norms[comma:main]) & SUBORDINATORS:
            continue
        readings = finite(lexicon, norms[main])
        if readings[0].lemma in _SOFTENING or not all("cond" in e.feats for e in readings):
            continue
        made = lexicon.inflect(
            third[0].lemma, third[0].upos, third[0].feats & {"sing", "plur", "3"} | {"imperf"}
        )
        yield flag(annotated, rule, verb, verb, (made,) if made else ())
