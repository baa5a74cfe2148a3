"""Joints between words and clauses: what French never puts side by side, and links that are lost.

Word-for-word renderings leave pairs that no French sentence has (« très améliorer », « il jamais »)
and clauses that nothing joins, where English needs no *that* or *which*.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import SURE, finite
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.words import HAVE, SUBORDINATORS, flag, lower, sentences
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

# --- two verbs in one clause ----------------------------------------------------------------------


# What makes room for another finite verb: conjunctions, relatives, any mark.
_JOINING: Final = SUBORDINATORS | frozenset(
    "et ou ni mais car donc or soit puis sinon sauf voire même aussitôt sitôt autant plus moins "
    "tant quiconque".split()
)
_REPORTING: Final = frozenset(
    "indiqué déclaré affirmé reconnu annoncé dit expliqué précisé ajouté estimé souligné rapporté "
    "confirmé assuré averti prévenu".split()
)
_REPORTS: Final = frozenset(
    "rapporte rapportent explique expliquent indique indiquent déclare affirme affirment précise "
    "précisent raconte annonce annoncent confie souligne ajoute assure estime révèle".split()
)
# Behind these a form that may be a verb is a noun, « est » the east, « importe » no verb.
_BEFORE_NOUN: Final = frozenset("un une des ce cette son sa du mon au sans plein côté".split())
_BEFORE_EAST: Final = frozenset(
    "l' d' en sud nord vers ouest côte côtes versants flancs façades rives régions".split()
)
# « n'importe », « sans cesse », « coûte que coûte »
_SET: Final = frozenset(("importe", "cesse", "coûte"))


@lru_cache(maxsize=16_384)
def _only_verb(lexicon: Lexicon, form: str) -> bool:
    """Whether a form can only be a finite verb in the third person."""
    if form in SURE:
        return form not in ("a", "va", "fut")
    third = any("3" in each.feats for each in finite(lexicon, form))
    return third and _kinds(lexicon, form) == {"finite"}


@lru_cache(maxsize=16_384)
def _kinds(lexicon: Lexicon, form: str) -> frozenset[str]:
    """The parts of speech that a form can be, verbs told apart by what is left of their mood."""
    kinds = set()
    for each in lexicon.analyses(form):
        if not each.common:
            continue
        if each.upos not in ("VERB", "AUX"):
            kinds.add(each.upos)
        else:
            named = each.feats & {"inf", "part_past", "part_pres"}
            kinds.add(next(iter(named), "finite"))
    return frozenset(kinds)


def _finite_here(annotated: Annotated, sentence: Sentence, i: int, lexicon: Lexicon) -> bool:
    """Whether a word is surely a finite verb where it stands, and no aside: « a indiqué »."""
    norms = annotated.norms
    norm = norms[i]
    if norm != "a" and not _only_verb(lexicon, norm):
        return False
    following = norms[i + 1 : i + 3]
    before = norms[i - 1] if i > sentence.first else ""
    if not lower(annotated, i) or before in _BEFORE_NOUN or norm in _SET:
        return False
    if (
        before in ("c'", "ce", "y")
        or norm in _REPORTS
        or (norm == "est" and before in _BEFORE_EAST)
    ):
        return False
    if norm == "peut" and before == "ne" and following[:1] == ("plus",):
        return False  # « on ne peut plus claire »
    if norm == "aura" and before == "l'":
        return False
    if norm in HAVE and _REPORTING & set(following):
        return False
    if norm == "a":
        return bool(following) and "part_past" in _kinds(lexicon, following[0])
    return True


def lost_link(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A finite verb too many for what joins the clauses: « à un OVNI vient d'atterrir »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        room, verbs = 1, 0
        before: int | None = None
        for i in range(sentence.first, sentence.last):
            norm = norms[i]
            if norm in _JOINING or norm[0] in "-'" or not (norm[0].isalnum() or norm[0] == "œ"):
                room, before = room + 1, None
                continue
            if not _finite_here(annotated, sentence, i, lexicon):
                continue
            if i + 1 < sentence.last and norms[i + 1].startswith("-"):
                room, before = room + 1, None
                continue
            verbs += 1
            if before is not None and verbs > room and i - before > 1:
                yield flag(annotated, rule, i - 1, i)
                break
            before = i


# --- que before the second clause -----------------------------------------------------------------


_SAID: Final = _REPORTING | frozenset(
    "pensé cru espéré suggéré admis promis rappelé conclu disait déclarait affirmait expliquait "
    "pensait croyait".split()
)
_OPENING: Final = frozenset(
    "le la l' les un une des ce cet cette ces son sa ses leur leurs il elle ils elles".split()
)
_STOPS: Final = frozenset('; : . " « » ( )'.split())


def lost_second_que(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """No *que* before the second clause that someone says: « a dit que …, et le parti devrait »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        for i in range(sentence.first, sentence.last - 6):
            if norms[i] in _SAID and norms[i + 1] in ("que", "qu'"):
                yield from _unrepeated(annotated, rule, sentence, i + 2, lexicon)


def _unrepeated(
    annotated: Annotated, rule: Rule, sentence: Sentence, start: int, lexicon: Lexicon
) -> Iterator[Hit]:
    norms = annotated.norms
    told = False
    for k in range(start, sentence.last - 3):
        if norms[k] in _STOPS:
            return
        told = told or bool(lower(annotated, k) and finite(lexicon, norms[k]))
        if not told or norms[k] not in ("et", "mais") or norms[k - 1] != ",":
            continue
        if norms[k + 1] not in _OPENING:
            continue
        end = min(k + 8, sentence.last)
        verb = next((j for j in range(k + 2, end) if finite(lexicon, norms[j])), None)
        if verb is None or set(norms[k + 1 : verb]) & (SUBORDINATORS | {",", "et", "ou", "("}):
            continue
        if all("cond" in each.feats for each in finite(lexicon, norms[verb])):
            text = annotated.text[annotated.tokens[k + 1].start : annotated.tokens[k + 2].end]
            que = "qu'" if text[0] in "aeiou" else "que "
            yield flag(annotated, rule, k, k + 2, (f"{norms[k]} {que}{text}",))


# --- words that never meet ------------------------------------------------------------------------


_FIRST: Final = frozenset("ce cette ces sa ses du au aux mon ma mes notre nos chaque des".split())
_SECOND: Final = frozenset("le la les des du ces cette mon ma mes ses".split())
_NO_INFINITIVE: Final = frozenset("dans avec contre vers chez".split())
_SUBJECTS: Final = frozenset("il ils je".split())
_VERBAL: Final = frozenset(("finite", "inf"))
# The words that `_never` has anything to say of.
_TELLING: Final = _FIRST | _NO_INFINITIVE | _SUBJECTS | {"de", "quand", "lorsque", "très"}


def impossible_pair(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Two words that French never puts side by side: « il jamais », « dans résoudre »."""
    lexicon, norms, tokens = resources.lexicon, annotated.norms, annotated.tokens
    for sentence in sentences(annotated):
        for i in range(sentence.first, sentence.last - 1):
            if norms[i] not in _TELLING or not lower(annotated, i + 1):
                continue
            if i > sentence.first and not lower(annotated, i):
                continue
            if i > sentence.first and norms[i - 1] in ("t", "t'", "-", "-t"):
                continue  # « passe t'il dans », « va -t-il »
            if i + 2 < sentence.last and norms[i + 2].startswith("-"):
                continue
            if tokens[i + 1].start - tokens[i].end == 1 and _never(norms[i], norms[i + 1], lexicon):
                yield flag(annotated, rule, i, i + 1)


def _never(first: str, second: str, lexicon: Lexicon) -> bool:
    if first in _FIRST or first == "de":
        return second in _SECOND and first != second and (first != "de" or second == "des")
    if first in _NO_INFINITIVE:
        return _kinds(lexicon, second) == {"inf"} and second != "twitter"
    if first in ("quand", "lorsque"):
        return _kinds(lexicon, second) == {"part_pres"}
    if first in _SUBJECTS:
        adverb = _kinds(lexicon, second) == {"ADV"} and second not in ("pas", "plus", "ne", "n'")
        return adverb or second in _FIRST
    kinds = _kinds(lexicon, second)
    return first == "très" and bool(kinds) and kinds <= _VERBAL


# --- elision --------------------------------------------------------------------------------------


_ROMAN: Final = frozenset("IVXLCDM")


def elision_before_capitals(
    annotated: Annotated, rule: Rule, resources: Resources
) -> Iterator[Hit]:
    """No elision before capitals that no list of names knows: « de IM », « que ABW »."""
    norms, tokens = annotated.norms, annotated.tokens
    for sentence in sentences(annotated):
        for i in range(sentence.first + 1, sentence.last):
            first, word = tokens[i - 1].text, tokens[i].text
            if first not in ("de", "que") or tokens[i].start - tokens[i - 1].end != 1:
                continue
            if not (word.isalpha() and word.isupper() and 2 <= len(word) <= 6):
                continue
            if word[0] not in "AEIOÉ" or set(word) <= _ROMAN or len(set(word)) == 1:
                continue
            if resources.names.kinds(word) or norms[i] in ("eur", "en", "et", "ou", "à", "au"):
                continue  # those are told by `missing-elision`
            yield flag(annotated, rule, i - 1, i, (f"{first[:-1]}'{word}",))
