"""How English words are rendered in French: a table of counts and probabilities from parallel news.

`training/translations.py` makes the table with IBM Model 1 trained to agree in both directions
(Brown et al., "The Mathematics of Statistical Machine Translation", Computational Linguistics
19(2), 1993; Liang, Taskar and Klein, "Alignment by Agreement", NAACL 2006). It knows some
thousands of words well and says of each how often it was seen; of others nothing follows.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from mtaudit.errors import DataMissing

FILE: Final = "translations.tsv"
# What is a rendering by its spelling or by its family alone, as against one that was counted.
SAME: Final = 0.9
COGNATE: Final = 0.4
KIN: Final = 0.2
# Pairs that only one direction of the training found: enough to excuse, not to accuse.
WEAK: Final = 0.05


@dataclass(frozen=True)
class Entry:
    """What the table says of a word of either language.

    Attributes:
        count: Sentences of the training text that hold it.
        rate: The share of them, 0 to 1, in which the other side holds a rendering known from
            another sentence.
        dropped: The share of its sentences, 0 to 1, in which a translator that is to be trusted
            seems to leave it without a counterpart: what will seem so again and mean nothing.
        nominal: How far it is a noun or an adjective, 0 to 1; of an English word, how far its
            renderings are.
        others: Its renderings with their strength, above 0 to 1 (English words).
        swallowed: Neighbours beside which translators leave it without a rendering of its own,
            because one word renders both (« film director », « réalisateur »): the neighbour's
            key with + behind where it follows, with - where it precedes.
    """

    count: int = 0
    rate: float = 0.0
    dropped: float = 0.0
    nominal: float = 0.0
    others: dict[str, float] = field(default_factory=dict)
    swallowed: frozenset[str] = frozenset()


_NOTHING: Final = Entry()


class Translations:
    """The table, its lines parsed when they are first asked for.

    Args:
        english, french: For each key its line without the key.
    """

    def __init__(self, english: dict[str, str], french: dict[str, str]) -> None:
        self._english = english
        self._french = french
        self._families: dict[str, list[str]] | None = None
        self.english = lru_cache(maxsize=20_000)(self._read_english)
        self.french = lru_cache(maxsize=20_000)(self._read_french)
        self._kin = lru_cache(maxsize=20_000)(self._made)

    def _read_english(self, key: str) -> Entry:
        line = self._english.get(key)
        if line is None:
            return _NOTHING
        count, rate, dropped, nominal, others, swallowed = line.split("\t")
        renderings = (pair.rsplit(":", 1) for pair in others.split(" ") if pair)
        return Entry(
            int(count),
            int(rate) / 100,
            int(dropped) / 1000,
            int(nominal) / 100,
            {word: int(strength) / 100 or WEAK for word, strength in renderings},
            frozenset(swallowed.split()),
        )

    def _read_french(self, key: str) -> Entry:
        line = self._french.get(key)
        if line is None:
            return _NOTHING
        count, rate, dropped, nominal, swallowed = line.split("\t")
        return Entry(
            int(count),
            int(rate) / 100,
            int(dropped) / 1000,
            int(nominal) / 100,
            swallowed=frozenset(swallowed.split()),
        )

    def akin(self, english: str, french: str) -> float:
        """How far two words look or are related, where the table does not have the pair."""
        kin = self._kin(english)
        found = kin.known.get(french)
        if found is None:
            found = kin.known[french] = _akin(kin, french)
        return found

    def _made(self, english: str) -> _Kin:
        own = plain(english)
        firm = [(word, s) for word, s in self.english(english).others.items() if s > WEAK]
        stems = [plain(word) for word, _ in firm]
        related = {
            french
            for relative in self._relatives(own)
            if relative != english and _kindred(own, plain(relative))
            for french, strength in self.english(relative).others.items()
            if strength > WEAK
        }
        return _Kin(
            own,
            frozenset(stem[:4] for stem in stems if len(stem) > 3),
            tuple(stems),
            tuple({part for part in (s[: max(5, len(s) - 3)] for s in stems) if len(part) > 4}),
            frozenset(related),
        )

    def _relatives(self, word: str) -> list[str]:
        if len(word) < 5:
            return []
        if self._families is None:
            self._families = {}
            for key in self._english:
                if len(key) >= 5:
                    self._families.setdefault(key[:5], []).append(key)
        return self._families.get(word[:5], [])


@dataclass(frozen=True)
class _Kin:
    """What a French word must look like to be related to an English one.

    Attributes:
        own: The English word in plain letters.
        starts: The first four letters of its renderings, to pass over most words quickly.
        renderings: Those in plain letters.
        inner: What of them may stand within a longer word: « politi » in « géopolitique ».
        related: Renderings of English words of its family.
        known: The answers given so far.
    """

    own: str
    starts: frozenset[str]
    renderings: tuple[str, ...]
    inner: tuple[str, ...]
    related: frozenset[str]
    known: dict[str, float] = field(default_factory=dict, compare=False)


def _akin(kin: _Kin, french: str) -> float:
    other, own = plain(french), kin.own
    if own == other:
        return SAME
    if own[:3] == other[:3]:
        shared, longer = _prefix(own, other), max(len(own), len(other))
        if shared >= 5 or shared >= (0.75 if shared == 3 else 0.6) * longer:
            return COGNATE
    if other[:4] in kin.starts and any(_kindred(word, other) for word in kin.renderings):
        return KIN
    if "-" in french and any(plain(part) in (own, *kin.renderings) for part in french.split("-")):
        return KIN
    if french in kin.related or (len(other) > 6 and any(part in other for part in kin.inner)):
        return KIN
    return 0.0


@lru_cache(maxsize=65_536)
def plain(word: str) -> str:
    """The word in ASCII letters as far as they are its own: « cœur » is coeur, « été » is ete."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", word.lower().replace("œ", "oe"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _prefix(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _kindred(one: str, other: str) -> bool:
    """Whether two words of a language share a stem: « littérature », « littéraire »."""
    shared, shorter = _prefix(one, other), min(len(one), len(other))
    return (shared >= 5 and shared >= shorter - 4) or (shared >= 4 and shared >= shorter - 1)


def parse(text: str) -> Translations:
    """The table that a file holds: English lines, an empty line, French lines."""
    sides: list[dict[str, str]] = []
    for block in text.split("\n\n"):
        side = {}
        for line in block.split("\n"):
            key, _, rest = line.partition("\t")
            if rest:
                side[key] = rest
        sides.append(side)
    return Translations(sides[0], sides[1])


@lru_cache(maxsize=1)
def load_translations() -> Translations:
    """The table that ships with the package, loaded once per process.

    Raises:
        DataMissing: The package lacks it.
    """
    path = Path(__file__).parent / "data" / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataMissing(
            "a data file of the package is missing",
            where=str(path),
            expected="the table that training/translations.py writes",
            hint="reinstall mtaudit",
        ) from error
    return parse(text)
