"""The words of both languages as comparing reads them: where they stand, and one key per word.

A key is the lemma, as far as bringing the forms of one word together needs it. Keys of both sides
index the table of translations, so that training and running must read words alike: both do it
here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from mtaudit.french.lexicon import Lexicon
from mtaudit.model import Token
from mtaudit.source.lemmas import WORD, EnglishLemmas


class Word(NamedTuple):
    """A word, a number or a mark of either language.

    Attributes:
        start, end: Half-open, in characters of the text that was read.
        content: Whether it says something of its own, so that a translation must render it.
        joined: Whether a hyphen ties it to the word before.
    """

    start: int
    end: int
    text: str
    key: str
    content: bool
    joined: bool = False


# Words whose rendering is grammar: they come and go with the wording.
_ENGLISH_GRAMMAR: Final = frozenset(
    "a an the of and to in is that for with be was were his her their has have had been by at from "
    "this these those which who whom whose what will would could should shall may might must can "
    "cannot are am being not no nor they them he him she it its as but or if than then there here "
    "so do does did doing done i me my mine we us our you your myself himself herself itself "
    "himself themselves ourselves yourself on into onto upon out off up down over under about "
    "after before during through between among against without within toward towards via per s t "
    "d ll re ve m don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn haven hadn "
    "don't doesn't didn't isn't aren't wasn't weren't won't wouldn't couldn't shouldn't hasn't "
    "haven't hadn't can't let's i'm he's she's it's that's there's they're we're you're i've we've "
    "they've you've i'll we'll they'll he'll i'd he'd we'd they'd who's what's th percent".split()
)
_FRENCH_GRAMMAR: Final = frozenset(
    "le la les l' un une de d' du des à au aux et en y que qu' qui ce c' cet cette ces se s' il "
    "elle ils elles on je j' me m' te t' tu nous vous lui leur leurs son sa ses mon ma mes notre "
    "nos votre vos ne n' être avoir a est sont ont était étaient sera seront serait seraient "
    "avait avaient aura auront aurait auraient ait aient soit soient fut furent eu dans par pour "
    "sur avec ou où dont si comme mais ni car lequel laquelle lesquels lesquelles duquel auquel "
    "celui celle ceux celles cela ça ceci pas".split()
)
# Degrees of an adjective that the endings alone do not bring back to it.
_DEGREES: Final = {
    degree: base
    for base in (
        "old young high low large small long great strong short new weak tough cheap rich poor "
        "deep near slow fast hard tall warm cold dark bright clear quick tight smart light broad "
        "few".split()
    )
    for degree in (base + "er", base + "est")
} | {
    form: base
    for base, forms in {
        "big": "bigger biggest",
        "early": "earlier earliest",
        "late": "later latest",
        "easy": "easier easiest",
        "close": "closer closest",
        "wide": "wider widest",
        "heavy": "heavier heaviest",
        "happy": "happier happiest",
        "busy": "busier busiest",
        "safe": "safer safest",
        "simple": "simpler simplest",
        "fine": "finer finest",
        "wealthy": "wealthier wealthiest",
        "healthy": "healthier healthiest",
        "old": "elder eldest",
    }.items()
    for form in forms.split()
}
# Simple pasts that are no participle's only form and no other word.
_PASTS: Final = frozenset(
    "became began broke brought built bought caught chose came dealt drew drank drove ate "
    "fell fed felt fought found flew forgot gave went grew hung heard held kept knew laid led "
    "left lent lost made meant met paid ran rose said saw sold sent shook shot sank sat slept "
    "spoke spent stood stole struck swore swept swam took taught told thought threw "
    "understood woke wore won wrote".split()
)
# Forms of two words of which the dictionary order would pick the wrong one.
_FRENCH_KEYS: Final = {"été": "été", "plus": "plus", "bien": "bien", "suis": "être", "sens": "sens"}


def english_words(text: str, lemmas: EnglishLemmas) -> tuple[Word, ...]:
    """The words of an English text; the parts of « small-town » are words of their own."""
    found: list[Word] = []
    for match in WORD.finditer(text):
        start, whole = match.start(), match.group()
        if start and text[start - 1].isdigit() and len(whole) < 4 and whole[0].isalpha():
            found.append(Word(start, match.end(), whole, "th", False))  # 5th, 20m
            continue
        for part in whole.split("-") if whole[0].isalpha() else (whole,):
            if part:
                key, joined = english_key(part, lemmas), start > match.start()
                content = english_content(key)
                found.append(Word(start, start + len(part), part, key, content, joined))
            start += len(part) + 1
    return tuple(found)


def english_key(word: str, lemmas: EnglishLemmas) -> str:
    """The lemma of an English word, of an adjective without its degree."""
    word = word.lower()
    return _DEGREES.get(word) or lemmas.lemma(word)


def past_tense(word: str, key: str) -> bool:
    """Whether an English form can be a simple past; a participle looks the same."""
    form = word.lower()
    return form in _PASTS or (form.endswith("ed") and form != key)


def english_content(key: str) -> bool:
    """Whether a lemma is a word that says something of its own."""
    return len(key) > 1 and key[0].isalpha() and key not in _ENGLISH_GRAMMAR


def french_words(tokens: Iterable[Token], lexicon: Lexicon) -> tuple[Word, ...]:
    """The words of French tokens; an unknown word with hyphens is taken apart."""
    found: list[Word] = []
    for token in tokens:
        norm = token.norm
        if (
            "-" in norm[1:]
            and norm[0].isalpha()
            and token.end - token.start == len(norm)
            and not lexicon.analyses(norm)
        ):
            start = token.start
            for part in norm.split("-"):
                if part:
                    text = token.text[start - token.start :][: len(part)]
                    found.append(_french(start, start + len(part), text, part, lexicon))
                start += len(part) + 1
            continue
        found.append(_french(token.start, token.end, token.text, norm, lexicon))
    return tuple(found)


def _french(start: int, end: int, text: str, norm: str, lexicon: Lexicon) -> Word:
    key = french_key(norm, lexicon)
    content = (
        len(key) > 1
        and key[0].isalpha()
        and norm not in _FRENCH_GRAMMAR
        and key not in _FRENCH_GRAMMAR
    )
    return Word(start, end, text, key, content)


@lru_cache(maxsize=65_536)
def french_key(norm: str, lexicon: Lexicon) -> str:
    """One lemma for a form: that of a participle's verb, else of its commonest reading."""
    if norm in _FRENCH_KEYS:
        return _FRENCH_KEYS[norm]
    norm = norm.lstrip("-")
    readings = lexicon.analyses(norm)
    if not readings:
        return norm
    common = [reading for reading in readings if reading.common] or list(readings)
    for reading in common:
        if reading.upos == "VERB" and "part_past" in reading.feats:
            return reading.lemma
    return common[0].lemma
