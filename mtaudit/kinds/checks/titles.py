"""Titles in the masculine beside a woman's name: « le président de la Commission, Ursula ... »."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.forms import FEMININE_OF
from mtaudit.french.lexicon import Lexicon
from mtaudit.kinds.base import Hit, Resources
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_MASCULINE: Final = {
    "le": "la",
    "l'": "l'",
    "un": "une",
    "du": "de la",
    "au": "à la",
    "ce": "cette",
    "son": "sa",
    "notre": "notre",
}
# Titles whose feminine the press writes; « premier ministre » and « porte-parole » change the
# article alone. Those whose feminine is still disputed (« chef », « maire ») are left out.
_FEMININE: Final = {
    title: FEMININE_OF[title]
    for title in (
        "président vice-président chancelier directeur sénateur député conseiller avocat "
        "acteur chanteur chercheur fondateur cofondateur candidat ambassadeur joueur militant "
        "réalisateur physicien champion patron adjoint dirigeant"
    ).split()
} | {
    "procureur": "procureure",
    "gouverneur": "gouverneure",
    "commissaire": "commissaire",
    "entraîneur": "entraîneuse",
    "ministre": "ministre",
    "vice-ministre": "vice-ministre",
    "secrétaire": "secrétaire",
    "porte-parole": "porte-parole",
    "journaliste": "journaliste",
    "analyste": "analyste",
    "écrivain": "écrivaine",
}
_BETWEEN: Final = 8
_STOPS: Final = frozenset(
    '; : ( ) « » " et ou que qui dont a est ont avait était fut sera aura'.split()
)


def masculine_title(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A masculine title in apposition to a name whose given name is a woman's."""
    tokens, norms = annotated.tokens, annotated.norms
    for sentence in annotated.sentences:
        for i in range(sentence.first, sentence.last - 2):
            if norms[i] not in _MASCULINE:
                continue
            title = i + 1
            while title < sentence.last and norms[title] in (
                "premier",
                "ancien",
                "nouveau",
                "vice",
            ):
                title += 1
            if title >= sentence.last or norms[title] not in _FEMININE:
                continue
            shown = title > i + 1 or _FEMININE[norms[title]] != norms[title]
            if norms[i] == "l'" and not shown:
                continue
            name = _name(annotated, sentence, title + 1, resources.lexicon)
            if name is None or not _woman(annotated, sentence, name, resources):
                continue
            phrase = [_MASCULINE[norms[i]]]
            feminine = {"premier": "première", "ancien": "ancienne", "nouveau": "nouvelle"}
            phrase += [feminine.get(norms[k], norms[k]) for k in range(i + 1, title)]
            phrase.append(_FEMININE[norms[title]])
            suggestion = " ".join(phrase).replace("l' ", "l'").replace("la ancienne", "l'ancienne")
            if tokens[i].text[0].isupper():
                suggestion = suggestion[0].upper() + suggestion[1:]
            given = tokens[name].text
            yield Hit(
                rule,
                tokens[i].start,
                tokens[title].end,
                (suggestion,),
                {
                    "fr": f"« {given} » est un prénom de femme",
                    "en": f"“{given}” is a woman's name",
                },
            )


def _name(annotated: Annotated, sentence: Sentence, start: int, lexicon: Lexicon) -> int | None:
    """The given name of the person that the title stands with: two capitalised words in a row.

    Between them may stand a complement (« de la Commission européenne »), one comma at the most.
    """
    tokens, norms = annotated.tokens, annotated.norms
    commas = 0
    inside = False
    for k in range(start, min(start + _BETWEEN, sentence.last - 1)):
        if norms[k] in _STOPS or (tokens[k].text.islower() and _finite(lexicon, norms[k])):
            return None
        if norms[k] == ",":
            commas += 1
            if commas > 1:
                return None
            inside = False
            continue
        if not norms[k][0].isalpha():
            return None
        if norms[k] in ("de", "d'", "du", "des", "à", "au", "aux", "l'", "la", "le", "les"):
            inside = True
            continue
        if tokens[k].text[0].isupper():
            if inside:
                inside = False
                continue
            if tokens[k + 1].text[0].isupper() or norms[k + 1] in ("von", "van", "de"):
                return k
    return None


def _woman(annotated: Annotated, sentence: Sentence, i: int, resources: Resources) -> bool:
    """Whether the name is a woman's and no preposition makes her someone else than the titled."""
    tokens, names = annotated.tokens, resources.names
    given = names.gender(tokens[i].text)
    if given is None and i + 2 < sentence.last and tokens[i + 2].text[0].isupper():
        # « Maria Teresa Lopez »: the second name tells what the first does not.
        given = names.gender(tokens[i + 1].text) if names.is_first_name(tokens[i].text) else None
    if given != "fem":
        return False
    before = annotated.norms[i - 1]
    return before not in ("de", "d'", "du", "à", "par", "avec", "pour", "chez")


@lru_cache(maxsize=4096)
def _finite(lexicon: Lexicon, form: str) -> bool:
    """Whether the form can only be a finite verb."""
    readings = lexicon.analyses(form)
    return bool(readings) and all(
        reading.upos in ("VERB", "AUX") and not reading.feats & {"inf", "part_past", "part_pres"}
        for reading in readings
    )
