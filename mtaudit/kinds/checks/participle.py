"""Participles and adjectives behind a noun, near or far, that nothing before them agrees with.

What could be meant is gathered generously from the words alone: every noun, name and pronoun
before it in the sentence, but for what a preposition governs on the other side of a verb. Only
where none of them agrees is the syntax asked, which has to agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import Shape, adjective, clash, collective, inflected, noun
from mtaudit.french.syntax import Parsed
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.before import nominal, unmet, verbal
from mtaudit.kinds.checks.words import (
    BE,
    BREAKS,
    DETERMINERS,
    HAVE,
    PREPOSITIONS,
    per_article,
)
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_INVARIABLE: Final = frozenset(
    "compris excepté vu passé ci-joint inclus étant donné supposé attendu dit due dû fait droite "
    "gauche court courte net cher haut bas fort clair bon faux grand demi-finale soi-disant "
    "possible demi demie bas haute basse mort morte contre seul seule seuls seules même mêmes "
    "tout toute tous toutes tel telle tels telles premier première dernier dernière minimum "
    "maximum châtain frites".split()
)
_HELPERS: Final = BE | HAVE
_ADVERBIALS: Final = frozenset(
    tuple(each.split())
    for each in (
        "par la suite", "pour l' instant", "pour le moment", "à l' origine", "dans l' ensemble",
        "à l' heure", "à la fois", "de la sorte", "pour la plupart", "selon toute probabilité",
        "de toute manière", "de toute façon", ", un temps",
    )
)  # fmt: skip


def orphan_participle(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A participle or adjective that agrees with nothing before it in its sentence."""
    lexicon = resources.lexicon
    for index, places in _orphans(annotated, lexicon):
        sentence = annotated.sentences[index]
        parsed = annotated.parsed(index, resources.syntax)
        for place in places:
            head = _owner(annotated, sentence, parsed, place - sentence.first, lexicon)
            if head is None:
                continue
            token = annotated.tokens[place]
            shape = noun(lexicon, annotated.norms[sentence.first + head])
            made = inflected(lexicon, annotated.norms[place], shape) if shape else None
            yield Hit(rule, token.start, token.end, (made,) if made else ())


def orphan_participle_asks(annotated: Annotated, resources: Resources) -> set[int]:
    """Sentences with a participle or adjective that nothing before it agrees with."""
    return {index for index, _ in _orphans(annotated, resources.lexicon)}


def _owner(
    annotated: Annotated, sentence: Sentence, parsed: Parsed, at: int, lexicon: Lexicon
) -> int | None:
    """The noun that the syntax makes a participle belong to, if it does not agree with it."""
    if parsed.dep[at] not in ("amod", "acl") or parsed.upos[at] not in ("ADJ", "VERB"):
        return None
    if any(
        head == at and dep.partition(":")[0] in ("cop", "aux", "nsubj", "expl", "obj")
        for head, dep in zip(parsed.head, parsed.dep, strict=True)
    ):
        return None
    norms = annotated.norms[sentence.first : sentence.last]
    head = parsed.head[at]
    if head and norms[head - 1] == "à":
        head = parsed.head[head]  # « des fiches à trous conçues »
    if head > at or parsed.upos[head] != "NOUN" or "-" in norms[head]:
        return None
    own, shape = adjective(lexicon, norms[at]), noun(lexicon, norms[head])
    if own is None or shape is None or not clash(own, shape) or collective(lexicon, norms[head]):
        return None
    return head


@per_article
def _orphans(annotated: Annotated, lexicon: Lexicon) -> Iterator[tuple[int, list[int]]]:
    tokens, norms = annotated.tokens, annotated.norms
    for index, sentence in enumerate(annotated.sentences):
        if sentence.section == "furniture":
            continue
        found = []
        for i in range(sentence.first + 3, sentence.last - 2):
            if not tokens[i].text.islower() or not tokens[i].text.isalpha():
                continue
            near = noun(lexicon, norms[i - 1])
            own = _telling(lexicon, norms[i], bound=near is not None)
            if own is None or norms[i] in _INVARIABLE:
                continue
            if near and not clash(near, own) and norms[i - 2] != "à":
                continue
            if norms[i - 1] in DETERMINERS:
                continue
            if norms[i - 1] in BREAKS and not (
                norms[i - 1] in ('"', "«") and annotated.quoted(tokens[i].start)
            ):
                continue
            if any(norms[k] in _HELPERS for k in range(max(sentence.first, i - 5), i)):
                continue  # « qui fut un temps pressentie »
            if norms[i - 3 : i] in _ADVERBIALS or norms[i - 1] in ("plus", "moins"):
                continue
            if norms[i + 1] in ("et", ",") and adjective(lexicon, norms[i + 2]):
                continue  # « aux niveaux national et européen »
            if _lonely(annotated, sentence, i, own, lexicon):
                found.append(i)
        if found:
            yield index, found


@lru_cache(maxsize=16384)
def _telling(lexicon: Lexicon, form: str, *, bound: bool = False) -> Shape | None:
    """The shape of a participle or adjective of one gender or number; else None.

    Args:
        bound: Whether it stands right behind a noun, where it can be no noun itself.
    """
    own = adjective(lexicon, form)
    if own is None or (len(own.genders) > 1 and len(own.numbers) > 1):
        return None
    readings = [each for each in lexicon.analyses(form) if each.common]
    if not bound and any(each.upos == "NOUN" for each in readings):
        return None
    return own if any(each.upos != "NOUN" for each in readings) else None


def _lonely(
    annotated: Annotated, sentence: Sentence, place: int, own: Shape, lexicon: Lexicon
) -> bool:
    """Whether nothing that the word may belong to agrees with it.

    It belongs to the phrase before it, or to the subject if a verb stands before that.
    """
    norms, tokens = annotated.norms, annotated.tokens
    for i in range(place + 1, min(place + 3, sentence.last)):
        if norms[i] in PREPOSITIONS or norms[i] in BREAKS:
            break
        shape = nominal(lexicon, norms[i])
        if tokens[i].text.islower() and shape and not clash(shape, own):
            return False
    if norms[sentence.first] in PREPOSITIONS and not any(
        verbal(lexicon, norms[i]) == "finite" for i in range(sentence.first, place)
    ):
        return False  # « Depuis jeudi exposées à la pluie, les toiles »
    return unmet(annotated, sentence, place, own, lexicon, apart=False)
