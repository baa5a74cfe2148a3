"""What stands before a word in its sentence that the word may agree with, gathered generously.

Every noun, name and pronoun counts, but for what a preposition governs on the other side of a
verb: where none of them agrees, a right sentence is unlikely, whatever its syntax.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import GENDER, NUMBER, Shape, adjective, clash, collective, noun
from mtaudit.kinds.checks.words import BE, BEFORE_NOUN, BREAKS, DETERMINERS, HAVE, PREPOSITIONS
from mtaudit.model import Sentence

_ANY: Final = Shape(GENDER, NUMBER)
PRONOUNS: Final = {
    "il": Shape(frozenset(("masc",)), frozenset(("sing",))),
    "elle": Shape(frozenset(("fem",)), frozenset(("sing",))),
    "ils": Shape(frozenset(("masc",)), frozenset(("plur",))),
    "elles": Shape(frozenset(("fem",)), frozenset(("plur",))),
    "celui": Shape(frozenset(("masc",)), frozenset(("sing",))),
    "celle": Shape(frozenset(("fem",)), frozenset(("sing",))),
    "ceux": Shape(frozenset(("masc",)), frozenset(("plur",))),
    "celles": Shape(frozenset(("fem",)), frozenset(("plur",))),
    "ce": Shape(frozenset(("masc",)), frozenset(("sing",))),
    "c'": Shape(frozenset(("masc",)), frozenset(("sing",))),
    "cela": Shape(frozenset(("masc",)), frozenset(("sing",))),
    "ça": Shape(frozenset(("masc",)), frozenset(("sing",))),
    "rien": Shape(frozenset(("masc",)), frozenset(("sing",))),
    "un": Shape(frozenset(("masc",)), frozenset(("sing",))),
    "une": Shape(frozenset(("fem",)), frozenset(("sing",))),
}
# Pronouns that may stand for anybody; what is said of them tells their gender.
_ANYBODY: Final = frozenset(
    "je j' me m' moi tu te t' toi nous vous on se lui leur eux qui- -moi -nous -vous -je -le -la "
    "-les -elle -il -elles -ils -t-il -t-elle dont lequel laquelle lesquels lesquelles soi "
    "plusieurs certains certaines beaucoup tous toutes aucun aucune chacun chacune personne "
    "autres autre mien mienne sien sienne leurs".split()
)


@lru_cache(maxsize=16384)
def nominal(lexicon: Lexicon, form: str) -> Shape | None:
    """What a form can be where anything nominal counts, even a rare word."""
    readings = lexicon.analyses(form)
    if not readings:
        return _ANY
    found = [each for each in readings if each.upos in ("NOUN", "PROPN", "NUM")]
    if not found:
        return None
    shape = noun(lexicon, form)
    genders = frozenset().union(*(each.feats & GENDER or GENDER for each in found))
    numbers = frozenset().union(*(each.feats & NUMBER or NUMBER for each in found))
    if shape is not None:
        return Shape(shape.genders | genders, shape.numbers | numbers)
    return Shape(genders, numbers)


@lru_cache(maxsize=16384)
def verbal(lexicon: Lexicon, form: str) -> str:
    """Whether a form is surely a finite verb, an infinitive or gerund, or anything else."""
    readings = lexicon.analyses(form)
    verbs = [each for each in readings if each.upos in ("VERB", "AUX")]
    if form in BE | HAVE - {"a"}:
        return "finite"
    if not verbs or len(verbs) < len(readings):
        return "finite" if form == "a" else ""
    if all(each.feats & {"inf", "part_pres"} for each in verbs):
        return "inf"
    if all("part_past" not in each.feats for each in verbs):
        return "finite"
    return ""


def unmet(
    annotated: Annotated,
    sentence: Sentence,
    place: int,
    own: Shape,
    lexicon: Lexicon,
    *,
    apart: bool = True,
    crossed: bool = False,
) -> bool:
    """Whether there are nouns before a word, and it agrees with none of them.

    Args:
        apart: Whether it may belong to what stands before a comma.
        crossed: Whether a verb stands between, so that only what may be its subject counts.
    """
    tokens, norms = annotated.tokens, annotated.norms
    several = nouns = outer = 0
    i = place
    while i > sentence.first:
        i -= 1
        norm, text = norms[i], tokens[i].text
        if norm in (";", ":"):
            break
        if norm == ")":
            opening = [k for k in range(sentence.first, i) if norms[k] == "("]
            i = opening[-1] if opening else i
            continue
        if norm in BREAKS and not apart and norm not in _QUOTES:
            break
        if norm in PRONOUNS or norm in _ANYBODY or norm.startswith("-"):
            if crossed and i > sentence.first and norms[i - 1] in _SHIELDS:
                continue  # « celui », « eux » and so on behind a preposition
            if norm in ("ce", "c'"):
                if own.genders != {"fem"} and own.numbers != {"plur"}:
                    return False
            elif norm not in ("un", "une") and (
                norm not in PRONOUNS or not clash(PRONOUNS[norm], own)
            ):
                return False
            continue
        if norm in ("l'", "la", "le", "les") and verbal(lexicon, norms[i + 1]):
            return False  # « les voir détruits »
        if norm in ("et", "ou", "ni", "&"):
            several += 1
        if crossed and nouns and _opens_clause(norms, i, sentence, lexicon):
            break
        if norm in ("qui", "que", "qu'"):
            crossed = True
        if norm in _OUTER and not crossed and not apart:
            outer += 1
            if outer > 1:
                break
        if not norm[0].isalnum() or norm in PREPOSITIONS or norm in DETERMINERS:
            continue
        if norm in BEFORE_NOUN and norms[i - 1] not in DETERMINERS:
            continue  # « du siècle dernier »
        kind = verbal(lexicon, norm) if text.islower() else ""
        if kind:
            crossed = True
            continue
        if crossed and governed(annotated, sentence, i, lexicon):
            continue
        if not crossed and norms[i - 1] == "à" and norms[place + 1] in ("pour", "par"):
            continue  # « des fiches à trous conçues pour »
        if norm[0].isdigit():
            if own.numbers != {"sing"}:
                return False
            continue
        if text[0].isupper():
            if i == sentence.first and lexicon.analyses(norm):
                shape = nominal(lexicon, norm)
            else:
                shape = _ANY if own.numbers != {"plur"} or text[-1] in "sx" or several else None
        else:
            shape = nominal(lexicon, norm)
        if shape is None and i > sentence.first and norms[i - 1] in DETERMINERS:
            found = adjective(lexicon, norm)  # « les plus riches »
            shape = found if found and not nominal(lexicon, norms[i + 1]) else None
        if shape is None:
            continue
        nouns += 1
        if not clash(shape, own) or (collective(lexicon, norm) and own.numbers != {"sing"}):
            return False
        if several and "plur" in own.numbers:
            return False
    return nouns > 0


_CLAUSE: Final = frozenset(
    "lorsque lorsqu' puisque puisqu' quand car mais parce tandis alors pourtant".split()
)
# What leads out of a noun phrase more often than it goes on with one.
_OUTER: Final = PREPOSITIONS - frozenset("de d' du des à au aux en".split())
_QUOTES: Final = frozenset(('"', "«", "»"))
_SHIELDS: Final = PREPOSITIONS | {"et", "ou", "ni"}


def _opens_clause(norms: tuple[str, ...], i: int, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a word begins a clause whose subject stands behind it: « a dit que », « car »."""
    if norms[i] in _CLAUSE:
        return True
    if norms[i] not in ("que", "qu'") or i == sentence.first:
        return False
    readings = lexicon.analyses(norms[i - 1])
    return bool(readings) and all(each.upos in ("VERB", "AUX") for each in readings)


def governed(annotated: Annotated, sentence: Sentence, noun_at: int, lexicon: Lexicon) -> bool:
    """Whether a preposition stands before the phrase of a noun."""
    i = noun_at - 1
    while i >= sentence.first and (
        annotated.norms[i] in DETERMINERS - {"des", "du"}
        or annotated.tokens[i].text[0].isupper()
        or adjective(lexicon, annotated.norms[i]) is not None
    ):
        i -= 1
    return i >= sentence.first and annotated.norms[i] in PREPOSITIONS - {"que", "qu'", "comme"}
