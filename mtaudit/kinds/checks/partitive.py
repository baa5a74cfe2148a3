"""Words that agree with a noun behind an article: « l'un des villes », « tous les régions »,
« la plus grand ville », and a title joined to another, « la fondatrice et directeur »."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.forms import FEMININE_OF
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import GENDER, NUMBER, Shape, adjective, collective, shape_of
from mtaudit.french.shapes import noun as known_noun
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.words import BEFORE_NOUN, flag, lower, sentences
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_ONE: Final = {
    "un": "masc", "une": "fem", "chacun": "masc", "chacune": "fem", "aucun": "masc",
    "aucune": "fem",
}  # fmt: skip
_OTHER: Final = {
    "un": "une", "une": "un", "chacun": "chacune", "chacune": "chacun", "aucun": "aucune",
    "aucune": "aucun", "tous": "toutes", "toutes": "tous",
}  # fmt: skip
_ALL: Final = {"tous": "masc", "toutes": "fem"}
_ARTICLES: Final = frozenset("les ces mes tes ses nos vos leurs".split())
_NUMERALS: Final = frozenset("deux trois quatre cinq six sept huit neuf dix".split())


@lru_cache(maxsize=16384)
def _noun(lexicon: Lexicon, form: str) -> Shape | None:
    """The shape of a plural form that is a noun of one gender and nothing but a verb besides."""
    readings = lexicon.analyses(form)
    found = [each for each in readings if each.upos == "NOUN"]
    if not any(each.common for each in found) or any(
        each.upos not in ("NOUN", "VERB") or "part_past" in each.feats for each in readings
    ):
        return None
    shape = known_noun(lexicon, form)
    if collective(lexicon, form):
        return None
    if shape is None or len(shape.genders) != 1 or "plur" not in shape.numbers:
        return None
    return shape if shape_of(found).genders == shape.genders else None


def _ahead(annotated: Annotated, sentence: Sentence, i: int, lexicon: Lexicon) -> Shape | None:
    """The noun of the phrase that goes on here, behind « plus » and adjectives that precede."""
    norms = annotated.norms
    while i < sentence.last - 1 and (
        norms[i] in BEFORE_NOUN
        or norms[i] in _NUMERALS
        or norms[i] == "plus"
        or norms[i][0].isdigit()
    ):
        i += 1
    if not lower(annotated, i) or i + 1 >= sentence.last or norms[i + 1].startswith("-"):
        return None
    return _noun(lexicon, norms[i])


def one_of_gender(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """« l'un des villes »: *un* of another gender than what it is one of."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        for i in range(sentence.first, sentence.last - 3):
            gender = _ONE.get(norms[i])
            if gender is None:
                continue
            if norms[i] in ("un", "une") and (
                i == sentence.first
                or norms[i - 1] in ("soit", "que", "qu'", "et")
                or (norms[i - 1] != "l'" and not _free(norms, i, lexicon))
            ):
                continue
            k = i + 1
            if norms[k] == "des":
                k += 1
            elif (norms[k] in ("de", "d'") and norms[k + 1] in _ARTICLES) or (
                norms[k] == "parmi" and norms[k + 1] in _ARTICLES
            ):
                k += 2
            else:
                continue
            shape = _ahead(annotated, sentence, k, lexicon)
            if shape is None or gender in shape.genders:
                continue
            yield flag(annotated, rule, i, i, (_OTHER[norms[i]],))


def _free(norms: tuple[str, ...], i: int, lexicon: Lexicon) -> bool:
    """Whether *un* stands alone before « des »: it is no numeral of a noun left out."""
    return norms[i + 1] == "des" and norms[i + 2] in ("plus", "premiers", "premières", "principaux",
                                                      "principales", "meilleurs", "meilleures",
                                                      "derniers", "dernières")  # fmt: skip


def all_the_gender(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """« tous les régions »: *tous* of another gender than its noun."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        for i in range(sentence.first, sentence.last - 3):
            gender = _ALL.get(norms[i])
            if gender is None or norms[i + 1] not in _ARTICLES:
                continue
            shape = _ahead(annotated, sentence, i + 2, lexicon)
            if shape is None or gender in shape.genders:
                continue
            before = lexicon.analyses(norms[i - 1]) if i > sentence.first else ()
            if any(
                each.upos in ("VERB", "AUX") and each.feats & {"plur", "part_past"}
                for each in before
            ) or {"on", "eux", "elles", "nous", "vous"} & set(norms[max(0, i - 3) : i]):
                continue  # « ils ont tous les mains prises »: *tous* may be the subject's
            yield flag(annotated, rule, i, i, (_OTHER[norms[i]],))


_SUPERLATIVE: Final = {
    "le": Shape(frozenset(("masc",)), frozenset(("sing",))),
    "la": Shape(frozenset(("fem",)), frozenset(("sing",))),
    "les": Shape(GENDER, frozenset(("plur",))),
}


@lru_cache(maxsize=4096)
def _adjective(lexicon: Lexicon, form: str) -> Shape | None:
    """The shape of a form that is an adjective where no noun can stand; None for adverbs."""
    readings = lexicon.analyses(form)
    found = [each for each in readings if each.upos == "ADJ" or "part_past" in each.feats]
    if not any(each.common for each in found):
        return None
    if form not in BEFORE_NOUN and any(each.upos in ("ADV", "ADP") for each in readings):
        return None
    return shape_of(found)


def superlative(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """« la plus grand ville », « les plus grave »: an adjective that its article denies."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        for i in range(sentence.first, sentence.last - 3):
            article = _SUPERLATIVE.get(norms[i])
            if article is None or norms[i + 1] not in ("plus", "moins"):
                continue
            if not lower(annotated, i + 2):
                continue
            own = _adjective(lexicon, norms[i + 2])
            if own is None or norms[i + 2] in ("possible", "proche", "cher", "tard"):
                continue
            if norms[i] == "le":
                # « les villes le plus touchées » is right; « le plus grande ville » is not.
                following = _ahead(annotated, sentence, i + 3, lexicon) or known_noun(
                    lexicon, norms[i + 3]
                )
                if following is None or norms[i + 2] not in BEFORE_NOUN:
                    continue
            if own.genders & article.genders and own.numbers & article.numbers:
                continue
            made = _like(lexicon, norms[i + 2], article, own)
            yield flag(
                annotated, rule, i, i + 2, (f"{norms[i]} {norms[i + 1]} {made}",) if made else ()
            )


def _like(lexicon: Lexicon, form: str, article: Shape, own: Shape) -> str | None:
    for reading in lexicon.analyses(form):
        if reading.upos == "ADJ" or "part_past" in reading.feats:
            gender = article.genders if len(article.genders) == 1 else own.genders
            if len(gender) > 1:
                gender = frozenset(("masc",))
            feats = (reading.feats - GENDER - NUMBER) | gender | article.numbers
            made = lexicon.inflect(reading.lemma, reading.upos, feats)
            if made and made != form:
                return made
    return None


def joined_titles(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A second title of one person in the other gender: « la fondatrice et directeur »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        for i in range(sentence.first + 2, sentence.last - 2):
            if norms[i] != "et" or not lower(annotated, i + 1):
                continue
            first = norms[i - 1]
            if norms[i - 2] not in ("la", "l'", "une", "cette", "ancienne", "sa"):
                continue
            if first not in _FEMININES:
                continue
            title = norms[i + 1]
            if title in FEMININE_OF and title not in _FEMININES:
                yield flag(annotated, rule, i + 1, i + 1, (FEMININE_OF[title],))
                continue
            # « la romancière et journaliste sportif »
            shape = known_noun(lexicon, title)
            if shape is None or shape.genders != GENDER or not lower(annotated, i + 2):
                continue
            own = adjective(lexicon, norms[i + 2])
            if own is None or own.genders != {"masc"} or own.numbers != {"sing"}:
                continue
            for reading in lexicon.analyses(norms[i + 2]):
                if reading.upos == "ADJ":
                    made = lexicon.inflect(reading.lemma, "ADJ", {"fem", "sing"})
                    yield flag(annotated, rule, i + 2, i + 2, (made,) if made else ())
                    break


_FEMININES: Final = frozenset(FEMININE_OF.values())
