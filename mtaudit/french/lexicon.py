"""The French lexicon: what each form is, and the forms of each lemma.

The data are built with the package by `build_data.py`. Keys lie in a memory-mapped trie, so that
loading takes milliseconds and processes share the pages.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import marisa_trie

from mtaudit.errors import DataMissing

__all__ = ["Analysis", "Lexicon", "load_lexicon"]

# The letters of DELA's feature codes, such as P3p; digits, for the person, stand for themselves.
_FEATURES = {
    "W": "inf", "G": "part_pres", "K": "part_past", "P": "pres", "I": "imperf",
    "J": "past_simple", "F": "fut", "C": "cond", "S": "subj", "T": "subj_imperf", "Y": "imper",
    "m": "masc", "f": "fem", "s": "sing", "p": "plur",
}  # fmt: skip
_GENDERS = frozenset({"masc", "fem"})
_AGREEMENT = _GENDERS | {"sing", "plur"}
# Features that a request may leave out are taken to be those of the dictionary form.
_DEFAULTS = frozenset({"masc", "sing", "3"})
_CACHED_FORMS = 20_000  # 8 MB, measured; 1.4 million words of news hold 52,000 forms
_PREFIXES = frozenset({
    "ex", "mi", "anti", "pro", "non", "quasi", "semi", "sous", "super", "ultra", "co", "vice",
    "demi", "auto", "inter", "extra", "post", "pré", "néo", "micro", "mini", "méga", "cyber",
    "télé", "vidéo", "multi", "éco", "contre", "franco", "anglo", "américano", "germano", "russo",
    "sino", "israélo", "nord", "sud", "ouest", "est", "centre",
})  # fmt: skip


class Analysis(NamedTuple):
    """One reading of a form.

    Attributes:
        lemma: The dictionary form, in the spelling before 1990 and with ligatures ("œuvre").
        upos: The part of speech of Universal Dependencies.
        feats: Plain names: masc fem, sing plur, 1 2 3 (person), and for verbs one of inf part_pres
            part_past pres imperf past_simple fut cond subj subj_imperf imper.
        common: Whether the dictionary counts the word among the common ones, in this reading.
    """

    lemma: str
    upos: str
    feats: frozenset[str]
    common: bool


class Lexicon:
    """A read-only French dictionary of inflected forms.

    Straight and typographic apostrophes are alike, and so are "œ" and "oe". Forms are looked up as
    given, so pass lower case unless the word is a name; `knows` and `is_compound` take any case.
    Text is expected in composed form (NFC). *être* and *avoir* are both VERB and AUX.
    """

    def __init__(self, folder: Path) -> None:
        """Map the data of a folder into memory.

        Raises:
            DataMissing: The folder lacks a part of the lexicon, or the part is damaged.
        """
        self._trie = open_trie(folder / "lexicon.marisa")
        self._ids = open_ids(folder / "lexicon.ids", 2 * len(self._trie))
        table = folder / "lexicon.tsv"
        lines = read_data(table).decode("utf-8").split("\n")
        if not lines[0].isdecimal():
            raise _missing(table, "the file is damaged")
        size = int(lines[0])
        self._cells = lines[1 : size + 1]
        self._bundles = lines[size + 1 :]
        self._cache: dict[str, tuple[Analysis, ...]] = {}

    def analyses(self, form: str) -> tuple[Analysis, ...]:
        """Return the readings of a form, common ones first; none if the form is unknown.

        Within equally common readings, function words come before verbs, nouns and adjectives.
        """
        found = self._cache.get(form)
        if found is None:
            if len(self._cache) >= _CACHED_FORMS:
                self._cache.clear()
            found = self._cache[form] = self._lookup(form, 0)
        return found

    def knows(self, form: str) -> bool:
        """Return whether a form, in any case, is a French word.

        A form with hyphens or apostrophes is also known if it is made of known words, prefixes and
        clitics: "ex-président", "a-t-il", "l'armée".
        """
        form = form.replace("’", "'")
        if self._known(form):
            return True
        pieces = re.findall(r"[^'-]+'?", form.lower())
        if len(pieces) < 2:
            return False
        last = len(pieces) - 1
        return all(
            (piece in _PREFIXES and at < last)
            or (piece == "t" and 0 < at < last)
            or self._known(piece)
            for at, piece in enumerate(pieces)
        )

    def is_compound(self, text: str) -> bool:
        """Return whether a text of several words, in any case, is an entry: "pomme de terre"."""
        return bool(re.search(r"[^'’ -][ '’-][^'’ -]", text)) and self._known(
            text.replace("’", "'")
        )

    def forms(
        self, lemma: str, upos: str | None = None, feats: Iterable[str] = ()
    ) -> frozenset[str]:
        """Return the forms of a lemma that carry all the features, each in all its spellings.

        Besides the spelling of the dictionary these are the one of 1990 ("connait") and the one
        without ligature ("oeuvre"). Without `upos`, the forms of every part of speech are returned.
        """
        wanted = frozenset(feats)
        found = {
            cell.lemma
            for cell in self._lookup(lemma, 1)
            if (upos is None or cell.upos == upos) and wanted <= cell.feats
        }
        return frozenset(found | {form.replace("œ", "oe") for form in found})

    def inflect(self, lemma: str, upos: str, feats: Iterable[str]) -> str | None:
        """Return the form of a lemma that carries the features, in the spelling before 1990.

        Of several, the one with the fewest other features wins, masculine before feminine,
        singular before plural, and "beau" before "bel". A gender that the word lacks is let go (a
        noun has but one), and for an invariable word so is the number.

        Returns:
            The form, or None if the lemma is unknown or has no such form.
        """
        wanted = frozenset(feats)
        cells = [cell for cell in self._lookup(lemma, 1) if cell.upos == upos]
        for asked in (wanted, wanted - _GENDERS):
            fitting = [cell for cell in cells if asked <= cell.feats]
            if fitting:
                return min(fitting, key=lambda cell: _distance(cell, asked)).lemma
        if wanted <= _AGREEMENT:
            return next((cell.lemma for cell in cells if not cell.feats), None)
        return None

    def _known(self, form: str) -> bool:
        """Return whether the form, as given, in lower case or capitalised, has an analysis."""
        for spelling in (form, form.lower(), form.capitalize()):
            number = self._number(spelling)
            if number is not None and self._ids[2 * number]:
                return True
        return False

    def _number(self, key: str) -> int | None:
        """Return the number of a key, whatever its apostrophe and ligatures."""
        key = key.replace("’", "'")
        number: int | None = self._trie.get(key)
        if number is None and "oe" in key:
            number = self._trie.get(key.replace("oe", "œ"))
        if number is None and not key.isascii():
            number = self._trie.get(key.replace("œ", "oe").replace("æ", "ae"))
        return number

    def _lookup(self, word: str, side: int) -> tuple[Analysis, ...]:
        """Return the cells of a word: its readings (side 0) or, as `lemma`, its forms (side 1)."""
        number = self._number(word)
        if number is None:
            return ()
        bundle = self._bundles[self._ids[2 * number + side]]
        key = self._trie.restore_key(number)
        return tuple(_read_cell(key, self._cells[int(cell)]) for cell in bundle.split())


def _read_cell(key: str, cell: str) -> Analysis:
    """Apply a line of the cell table (see `build_data.edit`) to a key."""
    cut, insert, keep, upos, code, common = cell.split("\t")
    end = len(key) - int(keep)
    other = key[: end - int(cut)] + insert + key[end:]
    return Analysis(other, upos, _features(code), common == "1")


@cache
def _features(code: str) -> frozenset[str]:
    """Return the feature names of a DELA code such as `P3p`; there are some seventy codes."""
    return frozenset(_FEATURES.get(letter, letter) for letter in code)


def _distance(cell: Analysis, asked: frozenset[str]) -> tuple[bool, int, int]:
    extra = cell.feats - asked
    return not cell.common, len(extra), len(extra - _DEFAULTS)


def open_trie(path: Path) -> marisa_trie.Trie:
    """Map a trie into memory.

    Raises:
        DataMissing: The file is not there or is no trie.
    """
    trie = marisa_trie.Trie()
    if not path.is_file():
        raise _missing(path, "a data file of the package is missing")
    try:
        trie.mmap(str(path))
    except (RuntimeError, OSError) as error:
        raise _missing(path, "the file is damaged") from error
    return trie


def open_ids(path: Path, count: int) -> memoryview[int]:
    """Read a file of 16-bit numbers, least significant byte first.

    Raises:
        DataMissing: The file is not there or does not hold `count` numbers.
    """
    data = read_data(path)
    if len(data) != 2 * count:
        raise _missing(path, "the file is damaged")
    if sys.byteorder == "big":
        swapped = bytearray(data)
        swapped[0::2], swapped[1::2] = data[1::2], data[0::2]
        data = bytes(swapped)
    return memoryview(data).cast("H")


def read_data(path: Path) -> bytes:
    """Read a data file of the package.

    Raises:
        DataMissing: The file cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise _missing(path, "a data file of the package is missing") from error


def _missing(path: Path, what: str) -> DataMissing:
    return DataMissing(
        what,
        where=str(path),
        expected="an artifact of build_data.py, of the same build as its neighbours",
        hint="reinstall mtaudit, or run `python build_data.py` in a checkout",
    )


def data_folder() -> Path:
    """Return the folder that holds the artifacts."""
    return Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return the lexicon that ships with the package, loaded once per process.

    Raises:
        DataMissing: The package was not built.
    """
    return Lexicon(data_folder())
