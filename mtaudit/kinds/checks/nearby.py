"""Agreement of words side by side that are verbs as well in the dictionary: « des pierre ».

Where a determiner that is no pronoun stands before them, or a preposition before that, they can
only be nouns or adjectives.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import DETERMINERS as AGREEMENT
from mtaudit.french.shapes import GENDER, NUMBER, Shape, clash, infinitive, shape_of
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule

# Never pronouns; the word behind them is a noun, an adjective or a numeral.
_DETERMINERS: Final = {
    form: AGREEMENT[form]
    for form in (
        "un une des du au aux cet cette ces mes ses sa son nos vos leurs plusieurs quelques chaque "
        "deux trois quatre cinq six sept huit neuf dix"
    ).split()
}
# Articles behind a preposition, which no pronoun follows but before an infinitive.
_ARTICLES: Final = {form: AGREEMENT[form] for form in ("le", "la", "les")}
_PREPOSITIONS: Final = frozenset(
    "dans sur sous avec contre entre vers chez depuis pendant après avant par devant derrière "
    "malgré selon durant parmi".split()
)


class _Nominal(NamedTuple):
    """A form as a noun or adjective, or a participle (VERB)."""

    shape: Shape
    lemma: str
    upos: str


@lru_cache(maxsize=16384)
def _nominal(lexicon: Lexicon, form: str, rare: bool = False) -> _Nominal | None:
    """What a form is as a noun or adjective; None where it may be an adverb or the like.

    Args:
        rare: Whether rare words count too.
    """
    readings = lexicon.analyses(form)
    found = [each for each in readings if each.upos in ("NOUN", "ADJ") or "part_past" in each.feats]
    others = [each for each in readings if each not in found and each.upos not in ("VERB", "AUX")]
    if not found or others or any(each.feats & {"inf", "part_pres"} for each in readings):
        return None
    if not rare and not any(each.common for each in found):
        return None
    best = next((each for each in found if each.common), found[0])
    upos = "VERB" if "part_past" in best.feats else best.upos
    return _Nominal(shape_of(found), best.lemma, upos)


def determiner_word(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A determiner with which the noun or adjective behind it does not agree."""
    tokens, norms, lexicon = annotated.tokens, annotated.norms, resources.lexicon
    for sentence in annotated.sentences:
        if sentence.section == "furniture":
            continue
        for i in range(sentence.first, sentence.last - 1):
            wanted = _DETERMINERS.get(norms[i])
            if (
                wanted is None
                and i > sentence.first
                and (norms[i - 1] in _PREPOSITIONS or infinitive(lexicon, norms[i - 1]))
            ):
                wanted = _ARTICLES.get(norms[i])
            if wanted is None:
                continue
            word = tokens[i + 1]
            if not word.text.isalpha() or not word.text.islower() or norms[i + 1] in _INVARIABLE:
                continue
            if word.start - tokens[i].end != 1 or annotated.quoted(word.start):
                continue
            if norms[i] in _NUMERALS and (i == sentence.first or not _counts(norms, i)):
                continue
            if i > sentence.first and tokens[i - 1].text in ("'", "’"):
                continue  # the rest of a name: « Poor's a »
            if norms[i + 2 : i + 3] in (("et",), ("ou",)) and norms[i + 1] in _AHEAD:
                continue  # « aux première et deuxième places »
            one_of = norms[i] == "des" and i > sentence.first and norms[i - 1] in ("un", "une")
            word_ = _nominal(lexicon, norms[i + 1], one_of)
            if one_of and word_ and word_.shape.numbers == {"sing"}:
                made = lexicon.inflect(word_.lemma, word_.upos, {"plur"})
                yield Hit(
                    rule, tokens[i].start, word.end, (f"{tokens[i].text} {made}",) if made else ()
                )
                continue
            if word_ is None or _only_noun(lexicon, norms[i + 1]):
                continue  # « determiner-noun » has these
            shape, number, gender = word_.shape, wanted & NUMBER, wanted & GENDER
            wrong_number = number.isdisjoint(shape.numbers)
            wrong_gender = bool(gender) and gender.isdisjoint(shape.genders)
            if not wrong_number and not wrong_gender:
                continue
            made = None
            if wrong_number and not wrong_gender:
                feats = number | ({"part_past"} if word_.upos == "VERB" else set())
                if len(shape.genders) == 1:
                    feats |= shape.genders
                made = lexicon.inflect(word_.lemma, word_.upos, feats)
            yield Hit(
                rule,
                tokens[i].start,
                word.end,
                (f"{tokens[i].text} {made}",) if made and made != norms[i + 1] else (),
            )


_NUMERALS: Final = frozenset("deux trois quatre cinq six sept huit neuf dix un".split())
_INVARIABLE: Final = frozenset(
    "mi demi sud nord est ouest cent mille vingt plus moins fois or rose orange marron crème "
    "express standard cash maximum minimum super extra ex non pas rien tout toute tous toutes "
    "même a bouche majors top pâté social fait importe mode grand tel telle quelque quelques "
    "autre clair clef clé chic choc net court haut".split()
)


def _counts(norms: tuple[str, ...], i: int) -> bool:
    """Whether a numeral stands where it counts what follows."""
    return norms[i - 1] in ("les", "des", "ces", "ses", "nos", "leurs", "aux", "de", "à", "dans",
                            "pour", "avec", "par", "a", "ont", "avait", "avaient", "sont",
                            "depuis", "pendant", "entre") or norms[i] == "un"  # fmt: skip


@lru_cache(maxsize=16384)
def _only_noun(lexicon: Lexicon, form: str) -> bool:
    return all(each.upos == "NOUN" for each in lexicon.analyses(form))


@lru_cache(maxsize=16384)
def _mainly_noun(lexicon: Lexicon, form: str) -> bool:
    """Whether a form is a noun, or a verb in a person that news does not write in."""
    return all(
        each.upos == "NOUN" or (each.upos == "VERB" and not each.feats & {"3", "part_past"})
        for each in lexicon.analyses(form)
    )


# --- an adjective before its noun ----------------------------------------------------------------


_AHEAD: Final = frozenset(
    "petit petite petits petites grand grande grands grandes nouveau nouvelle nouveaux nouvelles "
    "ancien ancienne anciens anciennes vieux vieille vieilles premier première premiers premières "
    "dernier dernière derniers dernières autre autres mauvais mauvaise mauvaises gros grosse "
    "grosses haut haute hauts hautes long longue longs longues principal principale principaux "
    "principales futur future futurs futures beau belle beaux belles meilleur meilleure meilleurs "
    "meilleures fort forte forts fortes faible faibles vaste vastes énorme énormes nombreux "
    "nombreuses différents différentes récent récente récents récentes immense immenses".split()
)


@lru_cache(maxsize=256)
def _adjective(lexicon: Lexicon, form: str) -> _Nominal | None:
    """What a form is as an adjective, whatever else it may be."""
    found = [each for each in lexicon.analyses(form) if each.upos in ("ADJ", "DET")]
    return _Nominal(shape_of(found), found[0].lemma, "ADJ") if found else None


def adjective_ahead(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """An adjective that does not agree with the noun right behind it: « à forte émissions »."""
    tokens, norms, lexicon = annotated.tokens, annotated.norms, resources.lexicon
    for sentence in annotated.sentences:
        if sentence.section == "furniture":
            continue
        for i in range(sentence.first, sentence.last - 1):
            if norms[i] not in _AHEAD or not tokens[i + 1].text.islower():
                continue
            if tokens[i].text[0].isupper() and i > sentence.first:
                continue
            if norms[i + 1] in _INVARIABLE:
                continue
            noun = _nominal(lexicon, norms[i + 1])
            own = _adjective(lexicon, norms[i])
            if noun is None or own is None or not _mainly_noun(lexicon, norms[i + 1]):
                continue
            if not clash(own.shape, noun.shape):
                continue
            if annotated.quoted(tokens[i].start):
                continue
            genders, numbers = noun.shape
            feats = (numbers if len(numbers) == 1 else own.shape.numbers) | (
                genders if len(genders) == 1 else own.shape.genders & {"masc"}
            )
            made = lexicon.inflect(own.lemma, "ADJ", feats)
            yield Hit(
                rule,
                tokens[i].start,
                tokens[i].end,
                (made,) if made and made != norms[i] else (),
            )


# --- an adjective behind its noun ----------------------------------------------------------------


_PLURALS: Final = frozenset(
    "les des ces ses mes nos vos leurs plusieurs quelques deux trois quatre cinq six sept huit "
    "neuf dix".split()
)
_ENDS_PHRASE: Final = frozenset(
    ", . ; : ) de d' du des à au aux dans en par pour sur avec sans qui que qu' dont où est sont "
    "a ont était étaient".split()
)


def adjective_behind(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A singular adjective right behind the plural noun it ends: « 25 chargements complet »."""
    tokens, norms, lexicon = annotated.tokens, annotated.norms, resources.lexicon
    for sentence in annotated.sentences:
        if sentence.section == "furniture":
            continue
        for i in range(sentence.first + 1, sentence.last - 2):
            if norms[i - 1] not in _PLURALS and not norms[i - 1].isdecimal():
                continue
            if not tokens[i].text.islower() or not tokens[i + 1].text.islower():
                continue
            if not tokens[i + 1].text.isalpha():
                continue  # « tout-terrain »
            if norms[i + 2] not in _ENDS_PHRASE or norms[i + 1] in _INVARIABLE:
                continue
            noun = _nominal(lexicon, norms[i]) if _mainly_noun(lexicon, norms[i]) else None
            own = _nominal(lexicon, norms[i + 1], rare=True)
            if noun is None or own is None:
                continue
            if "plur" in own.shape.numbers or "sing" in noun.shape.numbers:
                continue
            readings = lexicon.analyses(norms[i + 1])
            sure = all(each.upos == "ADJ" or not each.common for each in readings)
            if not sure and norms[i + 1] not in _SURE:
                continue
            # « un des hommes présent », « ses fils aîné »: another noun before may be meant.
            if i - 2 >= sentence.first and norms[i - 2] in ("un", "une", "de", "d'"):
                continue
            before = range(max(sentence.first, i - 8), i - 1)
            if norms[i - 1] in ("des", "ces", "les") and any(
                _singular(lexicon, norms[k]) for k in before
            ):
                continue
            genders = noun.shape.genders
            feats = frozenset(("plur",)) | (genders if len(genders) == 1 else set())
            made = lexicon.inflect(own.lemma, "ADJ", feats)
            yield Hit(
                rule,
                tokens[i + 1].start,
                tokens[i + 1].end,
                (made,) if made and made != norms[i + 1] else (),
            )


_SURE: Final = frozenset("complet complète public étranger étrangère".split())


def _singular(lexicon: Lexicon, form: str) -> bool:
    """Whether a form can be a singular noun that the adjective may go with."""
    return _maybe_noun(lexicon, form) and any(
        "sing" in each.feats for each in lexicon.analyses(form) if each.upos == "NOUN"
    )


# --- lequel --------------------------------------------------------------------------------------


_LEQUEL: Final = {
    "lequel": ("masc", "sing"),
    "laquelle": ("fem", "sing"),
    "lesquels": ("masc", "plur"),
    "lesquelles": ("fem", "plur"),
    "auquel": ("masc", "sing"),
    "auxquels": ("masc", "plur"),
    "auxquelles": ("fem", "plur"),
    "duquel": ("masc", "sing"),
    "desquels": ("masc", "plur"),
    "desquelles": ("fem", "plur"),
}
_HEADS: Final = frozenset("ceux celles celui un".split())
_BEFORE_LEQUEL: Final = _PREPOSITIONS | {"à", "pour", "sans", "de"}


def lequel(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """*lequel* behind nouns none of which it agrees with: « la maison dans lequel »."""
    tokens, norms, lexicon = annotated.tokens, annotated.norms, resources.lexicon
    for sentence in annotated.sentences:
        for i in range(sentence.first + 2, sentence.last - 1):
            wanted = _LEQUEL.get(norms[i])
            if wanted is None or not tokens[i].text.islower():
                continue
            fused = norms[i][0] in "ad"
            if not fused and norms[i - 1] not in _BEFORE_LEQUEL:
                continue
            near = i - 1 if fused else i - 2
            while near > sentence.first and norms[near] in (",", "à", "de"):
                near -= 1
            if norms[near] in ("savoir", "sur", "et", "ou", "demander", "question"):
                continue
            shapes, names = [], False
            for k in range(max(sentence.first, near - 25), near + 1):
                text = tokens[k].text
                if text[0].isupper() and k > sentence.first:
                    names = True
                word = _nominal(lexicon, norms[k]) if text[0].islower() else None
                if word and word.upos == "NOUN":
                    shapes.append(word.shape)
                elif norms[k] in _HEADS:
                    shapes.append(word.shape if word else Shape(GENDER, NUMBER))
                elif word is None and _maybe_noun(lexicon, norms[k]):
                    readings = lexicon.analyses(norms[k])
                    shapes.append(shape_of(each for each in readings if each.upos == "NOUN"))
            if not shapes or names or norms[near] in ("ceux", "celui", "celles", "celle"):
                continue
            gender, number = wanted
            if any(gender in each.genders and number in each.numbers for each in shapes):
                continue
            # Several nouns joined may stand in the plural together.
            if number == "plur" and any(
                norms[k] in ("et", "ou", ",") for k in range(max(sentence.first, near - 25), near)
            ):
                continue
            if not _nominal(lexicon, norms[near]):
                continue
            yield Hit(rule, tokens[i].start, tokens[i].end)


@lru_cache(maxsize=16384)
def _maybe_noun(lexicon: Lexicon, form: str) -> bool:
    """Whether a form can be a noun; « la » and « par » are in the dictionary alone."""
    readings = lexicon.analyses(form)
    return any(each.upos == "NOUN" for each in readings) and not any(
        each.upos in ("DET", "ADP", "CCONJ", "PRON") for each in readings
    )
