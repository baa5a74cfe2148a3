"""English lemmas, as far as comparing needs them: endings are taken off where a word is left.

A full lemmatiser needs tables of tens of megabytes. Mining and the confirmation of findings only
have to bring the forms of one word together, so a word list, the spelling rules of the endings
and the irregular words do.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from mtaudit.french.english import English

# Forms and the word they belong to; regular ones follow from the endings.
_IRREGULAR_LINES: Final = """
be am is are was were been being|have has had having|do does did done|go goes went gone
say said|make made|take took taken|come came coming|see saw seen|know knew known|get got gotten
give gave given|find found|think thought|tell told|become became|show shown|leave left
feel felt|put puts|bring brought|begin began begun|keep kept|hold held|write wrote written
stand stood|hear heard|let lets|mean meant|set sets|meet met|run ran running|pay paid
sit sat|speak spoke spoken|lie lay lain|lead led|read reads|grow grew grown|lose lost
fall fell fallen|send sent|build built|draw drew drawn|break broke broken|spend spent
cut cuts cutting|rise rose risen|drive drove driven|buy bought|wear wore worn
choose chose chosen|seek sought|throw threw thrown|catch caught|deal dealt|win won winning
forget forgot forgotten|shoot shot|fight fought|sell sold|teach taught|eat ate eaten
sing sang sung|strike struck stricken|hang hung|shake shook shaken|ride rode ridden
feed fed|fly flew flown|steal stole stolen|sweep swept|shut shuts|hit hits hitting
hurt hurts|beat beaten|bear bore borne|bind bound|bite bit bitten|blow blew blown
breed bred|burst bursts|cast casts|cling clung|creep crept|dig dug|drink drank drunk
flee fled|forbid forbade forbidden|forgive forgave forgiven|freeze froze frozen
grind ground|hide hid hidden|lay laid|lend lent|light lit|mistake mistook mistaken
overcome overcame|quit quits|ring rang rung|shed sheds|shine shone|shrink shrank shrunk
sink sank sunk|sleep slept|slide slid|spin spun|split splits|spread spreads|spring sprang sprung
stick stuck|sting stung|swear swore sworn|swim swam swum|swing swung|tear tore torn
undergo underwent undergone|understand understood|upset upsets|wake woke woken|weave wove woven
weep wept|withdraw withdrew withdrawn|wind wound
child children|man men|woman women|person people|foot feet|tooth teeth|goose geese|mouse mice
life lives|wife wives|knife knives|half halves|shelf shelves|thief thieves|wolf wolves|leaf leaves
loaf loaves|crisis crises|analysis analyses|basis bases|thesis theses|criterion criteria
phenomenon phenomena|medium media|datum data|index indices|good better best|bad worse worst
"""
_IRREGULAR: Final = {
    form: words.split()[0]
    for line in _IRREGULAR_LINES.strip().splitlines()
    for words in line.split("|")
    for form in words.split()[1:]
}
# Words that look inflected and are not.
_WHOLE: Final = frozenset(
    "news series species business press process access success address class glass pass mass loss "
    "boss cross dress stress illness witness congress progress crossing evening morning during "
    "nothing something anything everything wedding ceiling building meeting hearing ring king "
    "spring string thing wing bring sing need seed feed speed weed breed bleed indeed hundred red "
    "bed shed wed sacred naked wicked beloved gas bus plus always perhaps thus this his is was has "
    "politics economics physics ethics athletics means headquarters premises proceeds "
    "thanks less unless across status virus campus focus census bonus minus versus yes "
    "united".split()
)
WORD: Final = re.compile(r"[A-Za-zÀ-ÿ]+(?:[-'’][A-Za-zÀ-ÿ]+)*|\d[\d,.]*|[^\w\s]")
FUNCTION: Final = frozenset(
    "a an the of and to in is that for with was were his her their has have had be been by at from "
    "this which who will would could should not are they he she it its as but about after before "
    "into over than then there when where while what your you our we my says said more all other "
    "can how up out him them these those on or if so no only some any such also just may might "
    "must shall do does did doing being am i me us whose whom because since until though although "
    "whether both each every most many much few very own same too even still between through "
    "during against without within under off down again once here why nor per via among upon "
    "one two three four five six seven eight nine ten first second another either neither "
    "yet however already ever never now often always else like well say make get go".split()
)
PARTICLES: Final = frozenset(
    "up out off down over away back on in into through about around along forward for to with of "
    "at from by against after apart together".split()
)


class EnglishLemmas:
    """Lemmas of English words, in lower case."""

    def __init__(self, english: English) -> None:
        self._known = english.knows
        self.lemma = lru_cache(maxsize=200_000)(self._lemma)

    def _lemma(self, word: str) -> str:
        word = word.replace("’", "'")
        if word.endswith("'s"):
            word = word[:-2]
        found = _IRREGULAR.get(word)
        if found:
            return found
        if word in _WHOLE or len(word) < 4:
            return word
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return self._first(word, *_without_s(word))
        if word.endswith("ed"):
            return self._first(word, *_stems(word[:-2]))
        if word.endswith("ing") and len(word) > 5:
            return self._first(word, *_stems(word[:-3]))
        return word

    def _first(self, word: str, *stems: str) -> str:
        for stem in stems:
            if len(stem) > 2 and self._known(stem):
                return stem
        # British spellings and new words are on no list: their plural is a plural all the same.
        if word.endswith("s") and len(word) > 4:
            return stems[-1]
        return word


def _without_s(word: str) -> tuple[str, ...]:
    if word.endswith("ies"):
        return word[:-3] + "y", word[:-1]
    if word.endswith(("ches", "shes", "sses", "xes", "zes", "oes")):
        return word[:-2], word[:-1]
    return (word[:-1],)


def _stems(stem: str) -> tuple[str, ...]:
    """What may stand before -ed and -ing: stopp|ed, mak|ing, carri|ed, talk|ing."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "slz":
        return stem[:-1], stem
    if stem.endswith("i"):
        return stem[:-1] + "y", stem
    # A silent -e: after v, c, z, u, and where a single vowel and consonant end the stem.
    if stem[-1:] in "vczu" or re.search(
        r"(?:at|iz|is|ir|ur|ut|id|ag|rg|ng|ak|ik|ok|am|im|um|ap|op"
        r"|rs|ns|bl|pl|tl|dl|gl)$",
        stem,
    ):
        return stem + "e", stem
    return stem, stem + "e"
