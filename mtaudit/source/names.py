"""Names of the English looked for in the French: which are spelt otherwise, and why that is wrong.

A name may change on its way: French has its own form of many places (Bosnia, « Bosnie »), writes
Russian and Arabic names by its own sounds (Luzhkov, « Loujkov ») and drops marks that its
keyboards lack. What is neither is a slip: software breaks names that it never saw.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from mtaudit.french.english import English
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.names import Names

_WORD: Final = re.compile(r"[^\W\d_](?:[^\W_]|['’‑-](?=[^\W\d_]))*")
_ELISION: Final = re.compile(
    r"(?:[dlnsjmtc]|qu|jusqu|lorsqu|puisqu)['’](?=[^\W\d_])", re.IGNORECASE
)
_VOWELS: Final = frozenset("aeiouyh")
_CONTRACTION: Final = re.compile(r"['’](?:ve|ll|d|t|re|m|em|til)$", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_STOP: Final = re.compile(r"(?:^|[.!?:;…]|[\"“«(]|--?|–|—)\s*[\"“'‘(]*$")
# Letters that no accent makes out of a plain one.
_SPECIAL: Final = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae",
        "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ð": "d", "þ": "th", "’": "'",
    }
)  # fmt: skip
# What English makes new words with: such a word is translated, not copied.
_DERIVED: Final = re.compile(
    r"(?:ians?|eans?|ese|isms?|ists?|ics|ical|ation|isation|ization|ised|ized|ish|ness|ship|ites?)$"
)
_OWN: Final = frozenset("country nationality region capital".split())
# Peoples in a compound whose name is an adjective too.
_PEOPLE: Final = frozenset(
    "Swiss French Dutch Irish Welsh Spanish English British Scottish Polish Danish Swedish Finnish "
    "Turkish Czech Greek Chinese Japanese American German Italian Russian Indian".split()
)
_PEOPLES: Final = frozenset("country nationality".split())
_PERSON: Final = frozenset("first_name surname leader".split())


@dataclass(frozen=True)
class Word:
    """A word of a text, half-open in its characters.

    Attributes:
        opens: Whether it has a capital and stands where any word has one.
        before: The word before it, empty at the text's beginning.
    """

    start: int
    end: int
    text: str
    opens: bool
    before: str


@dataclass(frozen=True)
class Changed:
    """A name of the English and the word of the French that stands for it.

    Attributes:
        marks_only: Whether it lost its diacritics and nothing else.
    """

    name: str
    word: Word
    marks_only: bool = False


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word in lower case, without diacritics, hyphens and apostrophes."""
    if word.isascii():
        return word.lower() if word.isalnum() else "".join(filter(str.isalnum, word)).lower()
    plain = unicodedata.normalize("NFD", word.translate(_SPECIAL))
    return "".join(filter(str.isalnum, plain)).lower()


@lru_cache(maxsize=1024)
def english_words(text: str) -> tuple[Word, ...]:
    """The words of an English text without their possessive endings."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        word = match[0]
        if not word.isalpha():
            word = _POSSESSIVE.sub("", word)
        before = found[-1].text if found else ""
        start = match.start()
        found.append(Word(start, start + len(word), word, _opens(text, start), before))
    return tuple(found)


@lru_cache(maxsize=1024)
def french_words(text: str) -> tuple[Word, ...]:
    """The words of a French text; an elided word before a vowel is left away."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        start, word = match.start(), match[0]
        elided = None if word.isalpha() else _ELISION.match(word)
        # Software leaves an apostrophe in place of a letter: « D'valos » elides nothing.
        if elided and (word[elided.end()].isupper() or fold(word[elided.end()]) in _VOWELS):
            start, word = start + elided.end(), word[elided.end() :]
        before = found[-1].text if found else ""
        opens = _opens(text, match.start())
        found.append(Word(start, start + len(word), word, opens, before))
    return tuple(found)


def _opens(text: str, start: int) -> bool:
    """Whether a capital says nothing here; asked of words that have one."""
    return text[start].isupper() and _STOP.search(text, max(0, start - 4), start) is not None


def _forms(text: str, words: Sequence[Word]) -> frozenset[str]:
    """All that a name may be found under: whole words, their parts, words with their elision."""
    found = {fold(word.text) for word in words}
    for word in words:
        found |= {fold(part) for part in re.split(r"['’‑-]", word.text)}
    found |= {fold(match[0]) for match in _WORD.finditer(text)}
    found |= {form[:-1] for form in found if form.endswith("s") and len(form) > 4}
    return frozenset(found)


class NameReader:
    """Compares names of two languages; the word lists tell names from words."""

    def __init__(self, lexicon: Lexicon, names: Names, english: English) -> None:
        self.lexicon = lexicon
        self.names = names
        self.english = english
        self.changed = lru_cache(maxsize=1024)(self._changed)

    def _changed(self, english: str, french: str) -> tuple[Changed, ...]:
        """Names of the English that the French spells otherwise, in its order."""
        said, written = english_words(english), french_words(french)
        there, here = _forms(french, written), _forms(english, said)
        found = list(self._marks_lost(said, written))
        wanted = [w for w in said if fold(w.text) not in there and self.is_name(w)]
        if not wanted:
            return tuple(found)
        free = [w for w in written if len(fold(w.text)) > 2 and fold(w.text) not in here]
        ranked = sorted(
            (
                (distance, i, j)
                for i, name in enumerate(wanted)
                for j, word in enumerate(free)
                if (distance := self._distance(name, word)) is not None
            )
        )
        used: tuple[set[int], set[int]] = (set(), set())
        for _, i, j in ranked:
            if i not in used[0] and j not in used[1]:
                used[0].add(i)
                used[1].add(j)
                found.append(Changed(wanted[i].text, free[j]))
        return tuple(sorted(found, key=lambda made: made.word.start))

    def is_name(self, word: Word) -> bool:
        """Whether a word of the English is a name that French copies or transcribes."""
        text = word.text
        capital = text[0].isupper() or (any(c.isupper() for c in text[1:]) and not text.isupper())
        if len(fold(text)) < 3 or not capital or text.isupper() or _CONTRACTION.search(text):
            return False
        if re.search(r"[A-Z]{2}", text):
            return False
        parts = text.split("-")
        if len(parts) > 1 and any(p.islower() or self._has_french(p) for p in parts):
            return False
        lower = text.lower()
        kinds = self.names.kinds(text)
        if kinds & _PEOPLES or (text.isascii() and (kinds & _OWN or _DERIVED.search(lower))):
            return False
        if self.english.knows(lower):
            return bool(kinds & _PERSON) and not word.opens and not self.english.french(lower)
        return True

    def _has_french(self, name: str) -> bool:
        """Whether French has its own form of a name, as of places and peoples."""
        own = self.names.kinds(name) & _OWN or self.names.exonym(name) is not None
        return bool(own) or name in _PEOPLE

    def _is_own(self, word: Word) -> bool:
        """Whether a word of the French is a word or a name in its own right."""
        lower = word.text.lower().strip("'’")
        if self.english.french(lower) or self.names.kinds(word.text):
            return True
        short = word.text[0].isupper() and len(fold(lower)) <= 4
        return self.lexicon.knows(lower) and not short

    def _distance(self, name: Word, word: Word) -> float | None:
        """How far a word is from a name, from 0 to 1; None where it is another's or rightly so."""
        said, written = name.text, word.text
        if written.isupper() or ("-" in said and written.islower()):
            return None
        beside = bool(name.before) and fold(name.before) == fold(word.before)
        broken = beside and not said.isascii() and written[0].isupper()
        if not broken and self._is_own(word):
            return None
        exonym = self.names.exonym(said)
        if (exonym and fold(exonym) == fold(written)) or _ended(said.lower(), written.lower()):
            return None
        if _sounds(said, _ENGLISH_SOUNDS) & _sounds(written, _FRENCH_SOUNDS):
            return None
        left, right = fold(said), fold(written)
        size = max(len(left), len(right))
        edits = OSA.distance(left, right)
        if not said.isascii():
            # A letter that software does not know takes others with it.
            same_end = left[:2] == right[:2] or left[-2:] == right[-2:]
            limit = (0.7 if beside else 0.6 if same_end else 0.5) * size
        elif _adapted(said, written):
            return None
        else:
            limit = 1 if size <= 5 else 2 if size <= 7 else 0.3 * size
        return edits / size if 0 < edits <= limit else None

    def _marks_lost(self, said: Sequence[Word], written: Sequence[Word]) -> Iterator[Changed]:
        """Names with a diacritic that the French writes with a plain letter."""
        marked = {fold(w.text): w.text for w in said if _marked(w.text) and w.text[0].isupper()}
        texts = {w.text for w in written}
        for word in written:
            name = marked.get(fold(word.text))
            if name is None or name in texts or word.text.isupper() or not word.text[0].isupper():
                continue
            if _lost(name, word.text) and not self.names.is_place(word.text):
                yield Changed(name, word, marks_only=True)


def _marked(word: str) -> bool:
    return not word.isascii() and not word.isupper()


def _lost(name: str, word: str) -> bool:
    """Whether a letter of the name lost its mark in the word, and none was lost for French."""
    pairs = list(zip(_letters(name), _letters(word), strict=False))
    return any(not a.isascii() and b.isascii() for a, b in pairs)


def _letters(word: str) -> list[str]:
    return [char for char in unicodedata.normalize("NFC", word).lower() if char.isalpha()]


# French forms of names --------------------------------------------------------------------------

_ACCENTS: Final = frozenset("éèêëîïâàôûùçœ")
# How English and French end the names of countries, peoples and the ancients.
_ENDINGS: Final = (
    ("ia", "ie"),
    ("a", "e"),
    ("us", "e"),
    ("um", "e"),
    ("o", "on"),
    ("s", "es"),
    ("", "e"),
    ("", "s"),
    ("es", "e"),
    ("y", "ie"),
    ("un", "on"),
    ("ague", "igue"),
    ("ic", "ique"),
    ("land", "lande"),
    ("burg", "bourg"),
    ("league", "ligue"),
    ("strasse", ""),
    ("straße", ""),
    ("platz", ""),
    ("allee", ""),
    ("en", "ue"),
)
_DERIVED_FRENCH: Final = re.compile(
    r"(?:iens?|iennes?|ois|oises?|ais|aises?|istes?|ismes?|iques?|ains?|aines?|ers?|s)$"
)


def _adapted(name: str, word: str) -> bool:
    """Whether a word is derived from a name in the way of French, and not a broken name."""
    if any(char in _ACCENTS and char not in name.lower() for char in word.lower()):
        return True
    right = word.lower()
    derived = _DERIVED_FRENCH.search(right)
    if derived is None:
        return False
    stem = right[: derived.start()]
    return len(stem) > 3 and (name.lower().startswith(stem) or stem.startswith(name.lower()))


def _ended(left: str, right: str) -> bool:
    """Whether French only ends a name in its own way: Moravia, « Moravie »."""
    return any(
        left.endswith(english)
        and right.endswith(french)
        and fold(left[: len(left) - len(english)]) == fold(right[: len(right) - len(french)])
        for english, french in _ENDINGS
    )


# Sounds -----------------------------------------------------------------------------------------

# What spellings of names stand for; S is « ch », C « tch », J « j ». Several readings of one
# spelling are all kept, so that a name is only said to be wrong where none of them fits.
_COMMON: Final = (
    ("ck", "k"), ("ph", "f"), ("qu", "k"), ("kh", "k"), ("x", "ks"), ("th", "t"), ("w", "v"),
    ("y", "i"), ("ae", "ai"), ("ei", "ai"), ("ts", "z"), ("tz", "z"), ("q", "k"), ("gh", "g"),
)  # fmt: skip
_ENGLISH_SOUNDS: Final = (
    (("shch", "SC"), ("sch", "S"), ("tch", "C"), ("sh", "S"), ("zh", "J"), ("oo", "u"),
     ("ee", "i"), ("č", "C"), ("š", "S"), ("ž", "J"), ("ş", "S"), ("cz", "C"), ("ć", "C"),
     ("ř", "r")),
    (("ch", "C"), ("ch", "S"), ("ch", "k")),
    (("j", "J"), ("j", "i"), ("j", "dJ")),
    (("c", "k"), ("c", "z"), ("c", "s")),
    (("u", "u"), ("u", "o")),
)  # fmt: skip
_FRENCH_SOUNDS: Final = (
    (("chtch", "SC"), ("tch", "C"), ("sch", "S"), ("sh", "S"), ("dj", "J"), ("ou", "u"),
     ("gu", "g"), ("č", "C"), ("š", "S"), ("ž", "J")),
    (("ch", "S"), ("ch", "k"), ("ch", "C")),
    (("j", "J"), ("j", "i"), ("j", "dJ")),
    (("c", "k"), ("c", "s"), ("c", "z")),
    (("u", "u"), ("u", "o")),
)  # fmt: skip


@lru_cache(maxsize=8192)
def _sounds(word: str, table: tuple[tuple[tuple[str, str], ...], ...]) -> frozenset[str]:
    """The ways in which a spelling may be read, as far as names of other scripts need it."""
    ways = {word.lower().replace("’", "'")}
    fixed, *open_ = table
    for spelling, sound in fixed:
        ways = {way.replace(spelling, sound) for way in ways}
    for choice in open_:
        ways = {way.replace(spelling, sound) for way in ways for spelling, sound in choice}
    for spelling, sound in _COMMON:
        ways = {way.replace(spelling, sound) for way in ways}
    return frozenset(_bare(way) for way in ways)


def _bare(way: str) -> str:
    plain = unicodedata.normalize("NFD", way.translate(_SPECIAL))
    letters = "".join(char for char in plain if char.isalpha() and char != "h")
    single = re.sub(r"(.)\1", r"\1", letters)
    return re.sub(r"[es]+$", "", single)
