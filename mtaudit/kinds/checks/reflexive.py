"""Pronouns and verbs of another person than the subject: « nous devons se », « je a »."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import NOT_FINITE, finite, infinitive
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.words import ADVERBS, SUBORDINATORS, flag, lower, sentences
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

# The reflexive pronouns of the persons whose subject cannot be mistaken for anybody else's.
_OWN: Final = {
    "je": "me", "j'": "me", "tu": "te", "nous": "nous", "vous": "vous",
}  # fmt: skip
_PERSONS: Final = {
    "je": ("1", "sing"), "j'": ("1", "sing"), "tu": ("2", "sing"), "nous": ("1", "plur"),
    "vous": ("2", "plur"),
}  # fmt: skip
# Verbs that leave their own subject to the infinitive behind them.
_OWN_SUBJECT: Final = frozenset(
    "pouvoir devoir vouloir aller savoir oser espérer essayer commencer continuer décider venir "
    "tenter refuser chercher préférer souhaiter compter finir arrêter éviter réussir parvenir "
    "avoir promettre hésiter apprendre pouvoir désirer daigner entreprendre accepter choisir "
    "oublier cesser".split()
)
_CLITICS: Final = frozenset("ne n' y en le la l' les lui leur me m' te t' nous vous se s'".split())
_BETWEEN: Final = ADVERBS | {"de", "d'", "à", "besoin", "envie", "peur", "intention", "l'", "tous"}


def reflexive_person(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """*se* with a subject of the first or second person: « vous pouvez se », « nous se »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        for i in range(sentence.first + 1, sentence.last - 1):
            if norms[i] not in ("se", "s'") or not lower(annotated, i):
                continue
            if norms[i + 1] in ("il", "ils"):
                continue
            owner = (
                _beside(annotated, sentence, i, lexicon)
                or _governing(annotated, sentence, i, lexicon)
                or _gerund(annotated, sentence, i, lexicon)
            )
            if owner:
                yield flag(
                    annotated, rule, i, i + 1, (_mended(owner, annotated.tokens[i + 1].text),)
                )


def _beside(annotated: Annotated, sentence: Sentence, se: int, lexicon: Lexicon) -> str | None:
    """The subject pronoun right before: « nous se trouvons »."""
    norms = annotated.norms
    owner = norms[se - 1]
    if owner not in _OWN or not _subject(norms, se - 1, sentence):
        return None
    person, number = _PERSONS[owner]
    verbs = finite(lexicon, norms[se + 1])
    if owner in ("nous", "vous") and not any({person, number} <= each.feats for each in verbs):
        return None
    return owner if verbs else None


def _governing(annotated: Annotated, sentence: Sentence, se: int, lexicon: Lexicon) -> str | None:
    """The subject of the verb that the infinitive depends on: « vous allez se rendre »."""
    norms = annotated.norms
    if not infinitive(lexicon, norms[se + 1]):
        return None
    verb = se - 1
    while verb > sentence.first + 1 and norms[verb] in _BETWEEN:
        verb -= 1
    readings = finite(lexicon, norms[verb]) or tuple(
        each for each in lexicon.analyses(norms[verb]) if "1" in each.feats or "2" in each.feats
    )
    i = verb - 1
    while i > sentence.first and norms[i] in _CLITICS - {"nous", "vous"}:
        i -= 1
    owner = norms[i]
    if owner not in _OWN or not _subject(norms, i, sentence):
        return None
    person, number = _PERSONS[owner]
    if any(each.lemma in _OWN_SUBJECT and {person, number} <= each.feats for each in readings):
        return owner
    return None


def _gerund(annotated: Annotated, sentence: Sentence, se: int, lexicon: Lexicon) -> str | None:
    """The only subject before a gerund: « vous gagnez du temps en se levant tôt »."""
    norms = annotated.norms
    if norms[se - 1] != "en" or not any(
        "part_pres" in each.feats for each in lexicon.analyses(norms[se + 1])
    ):
        return None
    owner = None
    for i in range(se - 2, sentence.first - 1, -1):
        if norms[i] in (";", ":", '"', "«", "»") or norms[i] in SUBORDINATORS:
            return None
        verbs = finite(lexicon, norms[i]) if lower(annotated, i) else ()
        if any("3" in each.feats for each in verbs):
            return None
        if norms[i] in _OWN and _subject(norms, i, sentence):
            person, number = _PERSONS[norms[i]]
            following = [
                each
                for each in lexicon.analyses(norms[i + 1])
                if {person, number} <= each.feats and not each.feats & NOT_FINITE
            ]
            if following:
                owner = norms[i]
                break
    return owner


def _subject(norms: tuple[str, ...], i: int, sentence: Sentence) -> bool:
    """Whether a pronoun stands where a subject does: no preposition or verb is before it."""
    if norms[i] in ("je", "j'", "tu") or i == sentence.first:
        return True
    return norms[i - 1] in _OPENS


_OPENS: Final = frozenset(
    ", ; : que qu' et mais car où si lorsque lorsqu' quand puisque puisqu' comme donc dont "
    '" « – — - alors'.split()
)


def _mended(owner: str, verb: str) -> str:
    own = _OWN[owner]
    if own in ("me", "te") and verb[0].lower() in "aeiouhéèêyœ":
        return f"{own[0]}'{verb}"
    return f"{own} {verb}"


def subject_person(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A verb of another person behind *je*, *tu*, or *nous* and *vous* at the beginning."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        for i in range(sentence.first, sentence.last - 1):
            if norms[i] not in _PERSONS or annotated.tokens[i].text[-1] in "JT":
                continue
            if norms[i] in ("nous", "vous") and i > sentence.first:
                continue
            k = i + 1
            while k < sentence.last - 1 and norms[k] in _CLITICS:
                k += 1
            if norms[i] in ("nous", "vous") and k > i + 1 and norms[k - 1] not in ("ne", "n'"):
                continue
            verbs = finite(lexicon, norms[k])
            if (
                k + 1 >= sentence.last
                or not verbs
                or not lower(annotated, k)
                or norms[k + 1].startswith("-")
            ):
                continue
            person, number = _PERSONS[norms[i]]
            if any({person, number} <= each.feats for each in verbs):
                continue
            if norms[k] in ("dis", "est", "soussigné"):
                continue
            reading = verbs[0]
            feats = (reading.feats - {"1", "2", "3", "sing", "plur"}) | {person, number}
            made = lexicon.inflect(reading.lemma, reading.upos, feats)
            yield flag(annotated, rule, k, k, (made,) if made and made != norms[k] else ())


def joined_person(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """An auxiliary in the third person joined to verbs that have only *je* or *nous*.

    « Je leur ai parlé, et les a exhortés »: no word before it can be the subject.
    """
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        for i in range(sentence.first + 3, sentence.last - 2):
            if norms[i] != "et":
                continue
            verb = i + 1
            while verb < sentence.last - 2 and norms[verb] in _CLITICS:
                verb += 1
            if norms[verb] not in _AUXILIARIES or not any(
                "part_past" in each.feats for each in lexicon.analyses(norms[verb + 1])
            ):
                continue
            owner = _only_first(annotated, sentence, i, lexicon)
            if owner is None:
                continue
            person, number = _PERSONS[owner]
            for reading in finite(lexicon, norms[verb]):
                feats = (reading.feats - {"3", "sing", "plur"}) | {person, number}
                made = lexicon.inflect(reading.lemma, reading.upos, feats)
                yield flag(annotated, rule, verb, verb, (made,) if made else ())
                break


_AUXILIARIES: Final = frozenset("a avait aura aurait est était sera serait".split())


def _only_first(annotated: Annotated, sentence: Sentence, et: int, lexicon: Lexicon) -> str | None:
    """*je* or *nous* where it is the subject of the clause joined, and no third person is near."""
    norms = annotated.norms
    owner = None
    for i in range(et - 1, sentence.first - 1, -1):
        norm = norms[i]
        if norm in _OWN and _subject(norms, i, sentence):
            owner = "je" if norm == "j'" else norm
        if norm in (";", ":", "«", "»", "qui", "que", "dont", "où", "lequel", "laquelle", "-"):
            if norm in ("qui", "lequel", "laquelle", "dont", "où", ":", ";", "-"):
                return None
            if norm in ("«", "»"):
                break
        verbs = finite(lexicon, norm) if lower(annotated, i) else ()
        third = frozenset().union(*(each.feats for each in verbs if "3" in each.feats))
        if "sing" in third and not any("1" in each.feats for each in verbs):
            return None
        if norm in ("il", "elle", "on", "cela", "ça", "ce", "c'") or norm.startswith("-"):
            return None
    return owner
