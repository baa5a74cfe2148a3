"""The attribute behind a second verb, or far from its subject: « la porte doit être fermé »."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import (
    GENDER,
    Shape,
    adjective,
    clash,
    collective,
    inflected,
    noun,
)
from mtaudit.french.syntax import Parsed
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.before import PRONOUNS, unmet
from mtaudit.kinds.checks.words import (
    ADVERBS,
    BE,
    MANY,
    PREPOSITIONS,
    flag,
    lower,
    per_article,
)
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_LINKS: Final = frozenset(
    "reste restent restait restaient resta restera resteront demeure demeurent demeurait "
    "demeuraient devient deviennent devenait devenaient devint devinrent deviendra deviendront "
    "semble semblent semblait semblaient paraît paraissent paraissait paraissaient devenir "
    "devenu devenue devenus devenues resté restée restés restées".split()
)
# *il* may be impersonal.
_PRONOUNS: Final = {form: PRONOUNS[form] for form in ("elle", "elles", "ils")}


def far_attribute(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """An attribute that agrees with nothing before it that may be its subject."""
    lexicon = resources.lexicon
    for index, places in _attributes(annotated, lexicon):
        sentence = annotated.sentences[index]
        parsed = annotated.parsed(index, resources.syntax)
        for place in places:
            shape = _subject(annotated, sentence, parsed, place, lexicon)
            own = adjective(lexicon, annotated.norms[place], bound=True)
            if shape is None or own is None or not clash(own, shape):
                continue
            made = inflected(lexicon, annotated.norms[place], shape)
            yield flag(annotated, rule, place, place, (made,) if made else ())


def far_attribute_asks(annotated: Annotated, resources: Resources) -> set[int]:
    """Sentences with an attribute that agrees with no noun before its verb."""
    return {index for index, _ in _attributes(annotated, resources.lexicon)}


@per_article
def _attributes(annotated: Annotated, lexicon: Lexicon) -> Iterator[tuple[int, list[int]]]:
    norms = annotated.norms
    for index, sentence in enumerate(annotated.sentences):
        if sentence.section == "furniture":
            continue
        found = []
        for i in range(sentence.first + 2, sentence.last - 1):
            if norms[i] not in BE and norms[i] not in _LINKS and norms[i] != "être":
                continue
            k = i + 1
            while k < sentence.last - 1 and (
                norms[k] in ADVERBS or norms[k].endswith("ment") or norms[k] == "été"
            ):
                k += 1
            if not lower(annotated, k) or norms[k] in BE or norms[k] in _LINKS:
                continue
            if norms[k] == "bel" or (norms[i] == "être" and norms[i - 1] in PREPOSITIONS):
                continue  # « bel et bien », « après être »
            own = adjective(lexicon, norms[k], bound=True)
            if own is None or (len(own.genders) > 1 and len(own.numbers) > 1):
                continue
            if unmet(annotated, sentence, i, own, lexicon, crossed=True):
                found.append(k)
        if found:
            yield index, found


def _subject(
    annotated: Annotated, sentence: Sentence, parsed: Parsed, place: int, lexicon: Lexicon
) -> Shape | None:
    """The shape of the subject that the syntax gives an attribute."""
    norms = annotated.norms[sentence.first : sentence.last]
    at = place - sentence.first
    if parsed.upos[at] not in ("ADJ", "VERB"):
        return None
    below = {dep for head, dep in zip(parsed.head, parsed.dep, strict=True) if head == at}
    if below & {"obj", "iobj", "expl", "ccomp", "csubj"}:
        return None
    owner = at
    copula = any(
        head == at and dep.partition(":")[0] in ("cop", "aux") and parsed.lemma[i] == "être"
        for i, (head, dep) in enumerate(zip(parsed.head, parsed.dep, strict=True))
    )
    if parsed.dep[at] == "xcomp" and (copula or norms[parsed.head[at]] in _LINKS):
        owner = parsed.head[at]
    elif not copula:
        return None
    return _shape(norms, parsed, owner, at, lexicon)


def _shape(
    norms: tuple[str, ...], parsed: Parsed, owner: int, at: int, lexicon: Lexicon
) -> Shape | None:
    """The shape of the only subject of a predicate, where article and noun say the same."""
    subjects = [
        i
        for i, head in enumerate(parsed.head)
        if head == owner and parsed.dep[i].partition(":")[0] == "nsubj"
    ]
    if len(subjects) != 1 or subjects[0] > at:
        return None
    subject = subjects[0]
    if norms[subject] in _PRONOUNS:
        return _PRONOUNS[norms[subject]]
    if parsed.upos[subject] != "NOUN" or collective(lexicon, norms[subject]):
        return None
    if "-" in norms[subject] or norms[subject] == "essentiel":
        return None  # « l'ex-ministre » may be a woman, « l'essentiel » many
    around = [i for i, head in enumerate(parsed.head) if head == subject and i != subject]
    if any(parsed.dep[i] in ("conj", "appos", "nummod", "cc", "case") for i in around):
        return None
    determiner = next((norms[i] for i in around if parsed.dep[i] == "det"), "")
    shape = noun(lexicon, norms[subject])
    if shape is None or not determiner:
        return None
    number = "plur" if determiner in MANY else "sing"
    if number not in shape.numbers:
        return None
    genders = shape.genders if len(shape.genders) == 1 else GENDER
    return Shape(genders, frozenset((number,)))
