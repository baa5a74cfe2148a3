"""Mood and tense of a clause by the word that opens it: « bien que la loi interdit ».

Only verbs whose every reading in the dictionary says the same are told.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import NOT_FINITE, finite
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.words import SUBORDINATORS, flag, lower, sentences
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_SUBJUNCTIVE: Final = frozenset(("subj", "subj_imperf"))
_MARKS: Final = frozenset('. , ; : ( ) [ ] « » " “ ” – — - / … ! ?'.split())
_CONJUNCTIONS: Final = (
    ("afin",),
    ("avant",),
    ("pour",),
    ("sans",),
    ("jusqu'", "à", "ce"),
    ("à", "condition"),
    ("à", "moins"),
    ("de", "peur"),
    ("de", "crainte"),
    ("pourvu",),
    ("il", "faut"),
    ("il", "faudra"),
    ("il", "faudrait"),
    ("il", "fallait"),
    ("il", "est", "possible"),
    ("il", "est", "nécessaire"),
    ("il", "est", "important"),
    ("il", "est", "essentiel"),
    ("il", "est", "impossible"),
    ("il", "est", "temps"),
    ("il", "est", "rare"),
    ("il", "est", "peu", "probable"),
    ("il", "se", "peut"),
)
_WILL: Final = frozenset(
    "vouloir souhaiter exiger craindre douter aimer préférer regretter désirer".split()
)


@lru_cache(maxsize=4096)
def _wills(lexicon: Lexicon, form: str) -> bool:
    return any(
        each.lemma in _WILL and each.upos == "VERB" and "part_past" not in each.feats
        for each in lexicon.analyses(form)
    )


def _asks_subjunctive(annotated: Annotated, sentence: Sentence, que: int, lexicon: Lexicon) -> bool:
    norms = annotated.norms
    before = norms[sentence.first : que]
    if any(before[-len(each) :] == each for each in _CONJUNCTIONS):
        # « assez pour que », « trop loin pour qu' »; but not « juste avant », « peu avant que ».
        return True
    if before and before[-1] == "bien":
        return len(before) == 1 or before[-2] in (",", "«", '"', "et", "mais", "(")
    if not before or not _wills(lexicon, before[-1]):
        return False
    if before[-1] == "doute" and before[-2:-1] not in (("il",), ("elle",), ("on",)):
        return False  # « nul doute que »
    return not {"ne", "n'"} & set(before[-4:-1])  # « elle ne veut qu'un enfant »


def indicative(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """An indicative after a conjunction or a verb that asks for the subjunctive."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        for que in range(sentence.first + 1, sentence.last - 2):
            if norms[que] not in ("que", "qu'"):
                continue
            if not _asks_subjunctive(annotated, sentence, que, lexicon):
                continue
            verb = _first_verb(annotated, sentence, que + 1, lexicon)
            if verb is None:
                continue
            readings = finite(lexicon, norms[verb])
            third = [each for each in readings if "3" in each.feats]
            if not third or any(each.feats & _SUBJUNCTIVE for each in readings):
                continue
            if any(each.feats & {"past_simple"} for each in third):
                continue  # « fut » and « eût » are a letter apart
            feats = third[0].feats & {"sing", "plur", "3"}
            made = lexicon.inflect(third[0].lemma, third[0].upos, feats | {"subj"})
            if made == norms[verb]:
                continue
            yield flag(annotated, rule, verb, verb, (made,) if made else ())


def _first_verb(
    annotated: Annotated, sentence: Sentence, start: int, lexicon: Lexicon
) -> int | None:
    """The finite verb of the clause that begins here; None where it is in doubt."""
    norms = annotated.norms
    for i in range(start, min(start + 10, sentence.last)):
        if norms[i] in SUBORDINATORS - {"s'"} or norms[i] in _MARKS or norms[i] in ("et", "ou"):
            return None
        if norms[i].startswith("-"):
            return None
        if not lower(annotated, i):
            continue
        if finite(lexicon, norms[i]):
            return i if i > start else None
        if any(
            each.upos in ("VERB", "AUX") and not each.feats & NOT_FINITE
            for each in lexicon.analyses(norms[i])
            if each.common and each.feats & _SUBJUNCTIVE
        ):
            return None  # it may be the verb itself: « porte », « fasse »
    return None


def if_conditional(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A conditional or a future after the *si* that opens a sentence: « Si la loi serait »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        first = sentence.first
        while first < sentence.last - 2 and norms[first] in ('"', "«", "mais", "et", "-", "—", "–"):
            first += 1
        if norms[first] not in ("si", "s'") or first + 3 >= sentence.last:
            continue
        verb = _first_verb(annotated, sentence, first + 1, lexicon)
        if verb is None:
            continue
        readings = [each for each in finite(lexicon, norms[verb]) if "3" in each.feats]
        if not readings or not all(each.feats & {"cond", "fut"} for each in readings):
            continue
        rest = range(verb + 1, sentence.last)
        comma = next((i for i in rest if norms[i] == ","), None)
        if comma is None:
            continue
        main = next((i for i in range(comma, sentence.last) if finite(lexicon, norms[i])), None)
        if main is None or not any(
            each.feats & {"cond", "fut"} for each in finite(lexicon, norms[main])
        ):
            continue
        tense = "imperf" if "cond" in readings[0].feats else "pres"
        feats = readings[0].feats & {"sing", "plur", "3"} | {tense}
        made = lexicon.inflect(readings[0].lemma, readings[0].upos, feats)
        yield flag(annotated, rule, verb, verb, (made,) if made else ())


# --- the future after quand -----------------------------------------------------------------------


def when_present(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A present after *quand* or *lorsque* where the main clause is in the future."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        first = sentence.first
        while first < sentence.last - 2 and norms[first] in ('"', "«", "mais", "et"):
            first += 1
        start = first + 1
        if norms[first : first + 2] in (("dès", "que"), ("dès", "qu'")):
            start = first + 2
        elif norms[first : first + 3] in (("une", "fois", "que"), ("une", "fois", "qu'")):
            start = first + 3
        elif norms[first] not in ("quand", "lorsque", "lorsqu'"):
            continue
        verb = _first_verb(annotated, sentence, start, lexicon)
        if verb is None or norms[start] == "on":
            continue
        third = [each for each in finite(lexicon, norms[verb]) if "3" in each.feats]
        if not third or "pres" not in third[0].feats:
            continue
        comma = next((i for i in range(verb, sentence.last) if norms[i] == ","), None)
        if comma is None:
            continue
        main = next((i for i in range(comma, sentence.last) if finite(lexicon, norms[i])), None)
        if main is None or main > comma + 8:
            continue
        if not all("fut" in each.feats for each in finite(lexicon, norms[main])):
            continue
        feats = third[0].feats & {"sing", "plur", "3"} | {"fut"}
        made = lexicon.inflect(third[0].lemma, third[0].upos, feats)
        yield flag(annotated, rule, verb, verb, (made,) if made else ())


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
