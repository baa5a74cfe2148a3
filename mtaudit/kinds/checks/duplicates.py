"""Words that come back where another word should stand: « des fonds de fonds »."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.words import sentences
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_OF: Final = frozenset(("de", "d'", "du", "des"))
_IN: Final = frozenset(("dans", "en", "à", "au", "aux"))
_ARTICLES: Final = frozenset(("le", "la", "l'", "les"))
_DETERMINERS: Final = frozenset("le la l' les un une des du au aux ce cette ces".split())
_SHORTEST: Final = 4
# What French does say twice: « le pire du pire », « rien de rien », « des mois et des mois ».
_TWICE: Final = frozenset(
    "pire pires meilleur meilleure meilleurs rien crème dernier derniers dernière plus moins mieux "
    "temps fois années mois semaines jours heures siècles nuits décennies kilomètres kilos tonnes "
    "milliers centaines dizaines millions milliards pages hommes femmes gens choses saint saints "
    "cantique tournoi tournois secret secrets fin".split()
)


def duplicated(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A noun that its own complement repeats, and a phrase joined to itself."""
    tokens, norms = annotated.tokens, annotated.norms
    for sentence in sentences(annotated):
        i = sentence.first
        while i < sentence.last - 2:
            following = norms[i + 1]
            if following not in _OF and following != "," and norms[i] not in _DETERMINERS:
                i += 1
                continue
            end = (
                _of_itself(annotated, sentence, i)
                or _joined_to_itself(annotated, sentence, i, resources.lexicon)
                or _in_itself(annotated, sentence, i)
            )
            if end is None:
                i += 1
                continue
            kept = tokens[i].text
            if norms[i] in _DETERMINERS:
                kept = annotated.text[tokens[i].start : tokens[i + 1].end]
            yield Hit(rule, tokens[i].start, tokens[end].end, (kept,))
            i = end + 1


def _same(annotated: Annotated, one: int, other: int) -> bool:
    norm = annotated.norms[one]
    return (
        norm == annotated.norms[other]
        and len(norm) >= _SHORTEST
        and norm.isalpha()
        and norm not in _TWICE
        and annotated.tokens[one].text == annotated.tokens[other].text
    )


def _of_itself(annotated: Annotated, sentence: Sentence, i: int) -> int | None:
    """« un bain de bain », « le président du président »: the second noun's place."""
    norms = annotated.norms
    if norms[i + 1] not in _OF:
        return None
    at = i + 2
    if norms[i + 1] == "de" and norms[at] in _ARTICLES:
        at += 1
    if at >= sentence.last or not _same(annotated, i, at):
        return None
    return at if norms[i][-1] not in "rz" or norms[i + 1] in ("du", "des") else None


def _joined_to_itself(
    annotated: Annotated, sentence: Sentence, i: int, lexicon: Lexicon
) -> int | None:
    """« des étudiants et des étudiants »: the place of the last word."""
    norms = annotated.norms
    if i + 4 >= sentence.last or norms[i] not in _DETERMINERS or norms[i + 2] not in ("et", "ou"):
        return None
    if norms[i + 3] != norms[i] or not _same(annotated, i + 1, i + 4):
        return None
    if annotated.tokens[i + 1].text[0].isupper():  # « l'Irlande et l'Irlande du Nord »
        return None
    if i + 5 < sentence.last:
        # « les maires et les maires ruraux », « la gauche et la gauche de la gauche »
        following = annotated.tokens[i + 5].text
        own = any(
            each.common and (each.upos == "ADJ" or "part_past" in each.feats)
            for each in lexicon.analyses(norms[i + 5])
        )
        if own or following[0].isupper() or following[0] in '-«"':
            return None
    return i + 4


def _in_itself(annotated: Annotated, sentence: Sentence, i: int) -> int | None:
    """« du Nebraska, dans le Nebraska »: the second name's place."""
    norms, tokens = annotated.norms, annotated.tokens
    at = i + 1
    if not tokens[i].text[0].isupper() or norms[at] != ",":
        return None
    at += 1
    if norms[at] not in _IN:
        return None
    at += 1
    if at < sentence.last and norms[at] in _ARTICLES:
        at += 1
    if at + 1 >= sentence.last or not _same(annotated, i, at):
        return None
    following = tokens[at + 1].text
    if following[0].isupper() or following in ("-", "de", "du", "d'", "d’", "profonde", "même"):
        return None
    return at
