"""The gender of persons: what is said of a woman in the masculine, and of a man in the feminine.

A person's gender is told by the given name, by « M. » or « Mme » before the surname, and, where
the source is there, by *Mr* and *Mrs*; where these disagree nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal

from mtaudit.annotate import Annotated
from mtaudit.french.forms import FEMININE_OF
from mtaudit.french.lexicon import Lexicon
from mtaudit.kinds.base import Hit, Resources
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

Gender = Literal["fem", "masc"]

_BACK: Final = {feminine: masculine for masculine, feminine in FEMININE_OF.items()}
# Participles and adjectives said of persons, by their lemmas.
_SAID_OF_PERSONS: Final = frozenset(
    "âgé naître baser installer marier divorcer employer diplômer nommer élire accuser inculper "
    "condamner soupçonner arrêter blesser convaincre décéder asseoir".split()
)
_FORE: Final = {
    "le": "la",
    "un": "une",
    "ancien": "ancienne",
    "premier": "première",
    "nouveau": "nouvelle",
    "jeune": "jeune",
    "actuel": "actuelle",
}
_FORE_BACK: Final = {feminine: masculine for masculine, feminine in _FORE.items()}
_GOVERNS: Final = frozenset(
    "de d' du des avec et ou à par pour chez contre sur que qu' comme entre & pas dont".split()
)
_RELATIVES: Final = frozenset(
    "fils fille père mère mari femme frère sœur ami amie compagnon compagne épouse époux oncle "
    "cousin neveu bébé enfant garçon fillette avocat avocate assistant client collègue".split()
)
_MISTER: Final = frozenset(("m.", "mr", "mr.", "monsieur"))
_MADAM: Final = frozenset(("mme", "mrs", "mrs.", "ms", "ms.", "madame", "mlle", "mme."))
_ENGLISH: Final = re.compile(r"\b(Mr|Mrs|Ms|Miss)\b\.? ((?:[A-Z][\w'’-]+ )?)([A-Z][\w'’-]+)")
_SPOUSES: Final[Mapping[tuple[str, ...], Gender]] = {
    ("son", "mari"): "fem",
    ("sa", "femme"): "masc",
    ("son", "épouse"): "masc",
}
_PARTICLES: Final = frozenset("de du von van der bin al el la le da di dos".split())


def _genders(annotated: Annotated, resources: Resources) -> Mapping[str, Gender | None]:
    """For each surname the gender of its bearers in the article; None where it is in doubt."""
    told: dict[str, set[Gender]] = {}
    tokens, norms = annotated.tokens, annotated.norms
    for i in range(len(tokens) - 1):
        following = tokens[i + 1].text
        if not following[0].isupper():
            continue
        if norms[i] in _MISTER and tokens[i].text[0].isupper():
            told.setdefault(_last(annotated, i + 1), set()).add("masc")
        elif norms[i] in _MADAM and tokens[i].text[0].isupper():
            told.setdefault(_last(annotated, i + 1), set()).add("fem")
        elif tokens[i].text[0].isupper():
            gender = resources.names.gender(tokens[i].text)
            if gender:
                told.setdefault(_last(annotated, i + 1), set()).add(gender)
    for i in range(1, len(tokens) - 3):
        # « Anne Roy et son mari »: who has a husband is a woman, as news has it.
        spouse = _SPOUSES.get(norms[i + 1 : i + 3])
        if spouse and norms[i] == "et" and tokens[i - 1].text[0].isupper():
            told.setdefault(tokens[i - 1].text, set()).add(spouse)
            if tokens[i - 2].text[0].isupper():
                told.setdefault(tokens[i - 2].text, set()).add(spouse)
    if annotated.article.source:
        for found in _ENGLISH.finditer(annotated.article.source):
            told.setdefault(found[3], set()).add("masc" if found[1] == "Mr" else "fem")
    return {name: next(iter(said)) if len(said) == 1 else None for name, said in told.items()}


def _last(annotated: Annotated, i: int) -> str:
    """The last word of the name that goes on here."""
    tokens = annotated.tokens
    while (
        i + 1 < len(tokens)
        and tokens[i + 1].text[0].isupper()
        and annotated.sentence_of[i + 1] == annotated.sentence_of[i]
    ):
        i += 1
    return tokens[i].text


def _proof(annotated: Annotated, surname: str) -> str | None:
    """The English that tells a person's gender, where it does."""
    source = annotated.article.source
    if not source:
        return None
    for found in _ENGLISH.finditer(source):
        if found[3] == surname:
            return found[0]
    return None


def apposed_gender(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A participle or title behind a person's name, in the other gender: « Anne Roy, né à »."""
    tokens, norms, lexicon = annotated.tokens, annotated.norms, resources.lexicon
    genders: Mapping[str, Gender | None] | None = None
    for sentence in annotated.sentences:
        if sentence.section == "furniture":
            continue
        for comma in range(sentence.first + 1, sentence.last - 2):
            if norms[comma] != "," or not tokens[comma - 1].text[0].isupper():
                continue
            place = _apposed(norms, comma + 1, sentence)
            if place is None or not tokens[place].text.islower():
                continue
            other = _other_gender(lexicon, norms[place])
            if other is None:
                continue
            first = comma - 1
            while first > sentence.first and (
                tokens[first - 1].text[0].isupper()
                or (norms[first - 1] in _PARTICLES and tokens[first - 2].text[0].isupper())
            ):
                first -= 1
            if norms[first] in _MISTER | _MADAM and first < comma - 1:
                first += 1
            if genders is None:
                genders = _genders(annotated, resources)
            gender = _bearer(annotated, first, comma, genders, resources)
            if gender is None or gender == other[0]:
                continue
            if not _alone(annotated, sentence, first, place):
                continue
            if norms[place - 1] in ("le", "la", "l'") and not _closes(
                annotated, sentence, place, lexicon
            ):
                continue
            start = place
            words = [other[1]]
            table = _FORE if gender == "fem" else _FORE_BACK
            while start > comma + 1 and norms[start - 1] in {**table, "l'": ""}:
                start -= 1
                words.insert(0, table.get(norms[start], norms[start]))
            yield Hit(
                rule,
                tokens[start].start,
                tokens[place].end,
                (" ".join(words).replace("l' ", "l'"),),
                source_text=_proof(annotated, tokens[comma - 1].text),
            )


def _apposed(norms: tuple[str, ...], i: int, sentence: Sentence) -> int | None:
    """The word that says what the person is, behind an age or an article."""
    end = sentence.last - 1
    if i + 2 < end and norms[i][0].isdigit() and norms[i + 1] == "ans":
        if norms[i + 2] != ",":
            return None
        i += 3
    while i < end and (norms[i] in _FORE or norms[i] in _FORE_BACK or norms[i] == "l'"):
        i += 1
    return i if i < end else None


@lru_cache(maxsize=8192)
def _other_gender(lexicon: Lexicon, form: str) -> tuple[Gender, str] | None:
    """The gender of a title or participle of one gender, and its form in the other."""
    if form in FEMININE_OF and FEMININE_OF[form] != form:
        return "masc", FEMININE_OF[form]
    if form in _BACK and _BACK[form] != form:
        return "fem", _BACK[form]
    readings = lexicon.analyses(form)
    found = [each for each in readings if each.lemma in _SAID_OF_PERSONS]
    if not found:
        return None
    reading = next((each for each in found if "part_past" in each.feats), found[0])
    if "sing" not in reading.feats or len(reading.feats & {"masc", "fem"}) != 1:
        return None
    gender: Gender = "fem" if "fem" in reading.feats else "masc"
    other = "masc" if gender == "fem" else "fem"
    feats = (reading.feats - {"masc", "fem"}) | {other}
    made = lexicon.inflect(reading.lemma, reading.upos, feats)
    return (gender, made) if made and made != form else None


def _bearer(
    annotated: Annotated,
    first: int,
    end: int,
    genders: Mapping[str, Gender | None],
    resources: Resources,
) -> Gender | None:
    """The gender of whom the name from `first` to `end` stands for."""
    tokens, names = annotated.tokens, resources.names
    words = [tokens[i].text for i in range(first, end)]
    surname = words[-1]
    if len(words) > 4 or annotated.norms[first] in ("la", "le", "l'", "les"):
        return None
    if annotated.norms[first - 1] in ("la", "le", "l'", "les", "du", "au"):
        return None
    if names.is_place(" ".join(words)) or names.is_org(" ".join(words)):
        return None
    known = genders.get(surname)
    if surname in genders and known is None:
        return None
    if len(words) == 1:
        # A surname alone: told by the article, unless it is a place's name too.
        return None if names.is_place(surname) else known
    if len(words[0]) < 3:
        return known  # « Li » is a surname as well
    given = names.gender(words[0]) or (names.gender(words[1]) if len(words) > 2 else None)
    if not given and not known:
        return _spoken(annotated, first)
    if given and known and given != known:
        return None
    return given or known


def _spoken(annotated: Annotated, place: int) -> Gender | None:
    """Feminine where only *elle* speaks in the next sentence, and nobody else is named there."""
    owner = annotated.sentence_of[place] + 1
    if owner >= len(annotated.sentences):
        return None
    sentence = annotated.sentences[owner]
    words = annotated.norms[sentence.first : sentence.last]
    said = {word.lstrip("-t").lstrip("-") for word in words if word.startswith("-")}
    if "elle" not in said or "il" in said or "il" in words:
        return None
    named = [
        i
        for i in range(sentence.first + 1, sentence.last)
        if annotated.tokens[i].text[0].isupper() and annotated.norms[i] not in ("nous", "je")
    ]
    return None if len(named) > 3 else "fem"


def _closes(annotated: Annotated, sentence: Sentence, place: int, lexicon: Lexicon) -> bool:
    """Whether the apposition ends before another name or a verb: « , le directeur de Roy, »."""
    norms, tokens = annotated.norms, annotated.tokens
    for i in range(place + 1, sentence.last):
        if norms[i] in (",", ")", ".", ";"):
            return True
        if tokens[i].text[0].isupper() and norms[i - 1] not in _GOVERNS | {"la", "le", "les", "l'"}:
            return False
        readings = lexicon.analyses(norms[i])
        if any(each.upos in ("VERB", "AUX") and "3" in each.feats for each in readings):
            return False
    return False


def _alone(annotated: Annotated, sentence: Sentence, first: int, place: int) -> bool:
    """Whether what stands behind the name can be said of its bearer alone."""
    norms, tokens = annotated.norms, annotated.tokens
    if first == sentence.first:
        return True
    before = norms[first - 1]
    if before in ("et", "ou", ",", "&", "que", "qu'", "comme"):
        return before == "," and not any(
            tokens[i].text[0].isupper() for i in range(max(sentence.first, first - 4), first - 1)
        )
    if before not in _GOVERNS:
        return before not in _INSTITUTIONS  # « le lycée Marie Curie »
    # « les biens de Marie Roy, âgé de 80 ans »: an age is a person's, if no other one is near.
    near = norms[max(sentence.first, first - 6) : first - 1]
    if any(each in _RELATIVES or each in FEMININE_OF or each in _BACK for each in near):
        return False
    if before in ("de", "d'") and norms[place - 1] in ("le", "la", "jeune", "ancien", "ancienne"):
        # « le sort de Marie Roy, le jeune chercheur »: nobody else is named before.
        return not any(tokens[i].text[0].isupper() for i in range(sentence.first + 1, first))
    return norms[place] in ("âgé", "âgée") and before in ("de", "d'", "à", "par", "contre")


_INSTITUTIONS: Final = frozenset(
    "lycée collège groupe prix fondation hôpital école rue stade théâtre musée centre institut "
    "université entreprise maison librairie société agence cabinet place avenue boulevard quai "
    "pont parc hôtel clinique aéroport gare station salle association marque laboratoire ouragan "
    "tempête cyclone affaire loi fort navire bateau duo".split()
)


def feminine_title(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A feminine title before a man's name: « l'animatrice Paul Roy »."""
    tokens, norms, lexicon = annotated.tokens, annotated.norms, resources.lexicon
    genders: Mapping[str, Gender | None] | None = None
    for sentence in annotated.sentences:
        if sentence.section == "furniture":
            continue
        for i in range(sentence.first + 1, sentence.last - 2):
            if norms[i] not in _BACK or _BACK[norms[i]] == norms[i]:
                continue
            if norms[i - 1] not in ("la", "l'", "une", "ancienne", "cette", "nouvelle"):
                continue
            k = i + 1
            while k < min(i + 5, sentence.last - 2) and (
                tokens[k].text.islower()
                and norms[k] not in _INSTITUTIONS
                and (norms[k] == "de" or _describes(lexicon, norms[k]))
            ):
                k += 1
            if not tokens[k].text[0].isupper() or not tokens[k + 1].text[0].isupper():
                continue
            if norms[k - 1] in ("de", "d'") or resources.names.gender(tokens[k].text) != "masc":
                continue
            if genders is None:
                genders = _genders(annotated, resources)
            surname = _last(annotated, k)
            if genders.get(surname) != "masc":
                continue
            yield Hit(
                rule,
                tokens[i - 1].start,
                tokens[i].end,
                (f"{_MASCULINE.get(norms[i - 1], norms[i - 1])} {_BACK[norms[i]]}".replace(
                    "l' ", "l'"
                ),),
                source_text=_proof(annotated, surname),
            )  # fmt: skip


_MASCULINE: Final = {
    "la": "le",
    "une": "un",
    "ancienne": "ancien",
    "cette": "ce",
    "nouvelle": "nouveau",
}


@lru_cache(maxsize=4096)
def _describes(lexicon: Lexicon, form: str) -> bool:
    return any(each.upos in ("ADJ", "NOUN") for each in lexicon.analyses(form)) and not any(
        each.upos in ("ADP", "DET", "AUX", "PRON", "CCONJ") for each in lexicon.analyses(form)
    )
