"""The gazetteers: what a name may be, and the French forms of English names.

The data are built with the package by `build_data.py`. A gazetteer cannot say what
a name is in a text: "Virginia" is a state and a first name, "Tours" a city and a French noun.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from mtaudit.french.lexicon import data_folder, open_ids, open_trie, read_data

__all__ = ["Names", "load_names"]

# In the order of the bits that build_names.py sets.
_FLAGS = (
    "country", "city", "region", "nationality", "fem", "masc", "surname", "company", "org",
    "leader", "capital",
)  # fmt: skip
_PLACE, _FEMININE, _MASCULINE = 0b111, 1 << 4, 1 << 5
_COMPANY, _ORG = 1 << 7, 1 << 8
_LEGAL_SUFFIX = re.compile(
    r",? (?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|plc|PLC|LLC|LP|SA|S\.A|SAS|AG|SE|NV|N\.V|AB"
    r"|ASA|Oyj|SpA|S\.p\.A|GmbH|Group|Groupe|Holdings?)\.?$"
)


class Names:
    """A read-only gazetteer.

    Names are matched in their usual spelling, case included; straight and typographic apostrophes
    are alike. Names of several words are entries like any other. An unknown name has no kinds.
    """

    def __init__(self, folder: Path) -> None:
        """Map the data of a folder into memory.

        Raises:
            DataMissing: The folder lacks a part of the gazetteers, or the part is damaged.
        """
        self._trie = open_trie(folder / "names.marisa")
        self._bits = open_ids(folder / "names.ids", len(self._trie))
        table = read_data(folder / "exonyms.tsv").decode("utf-8")
        self._exonyms = dict(line.split("\t") for line in table.splitlines())

    def kinds(self, name: str) -> frozenset[str]:
        """Return what the name may be, empty if it is unknown.

        The kinds are country, city, region (of a country, or one that spans countries), nationality
        (a people's name: "Français"), first_name, surname, company, org, leader (a surname
        that news is about) and capital (of a country).
        """
        return _kinds(self._look_up(name))

    def is_place(self, name: str) -> bool:
        """Return whether the name is that of a country, region or city, in French or English."""
        return bool(self._look_up(name) & _PLACE)

    def is_country(self, name: str) -> bool:
        """Return whether the name is that of a country or territory, in French or English."""
        return "country" in self.kinds(name)

    def is_first_name(self, name: str) -> bool:
        """Return whether the name is a first name in some country."""
        return "first_name" in self.kinds(name)

    def is_surname(self, name: str) -> bool:
        """Return whether the name is a surname; many surnames are not known."""
        return "surname" in self.kinds(name)

    def is_company(self, name: str) -> bool:
        """Return whether the name is a company's, with or without "Inc.", "SA" and the like."""
        return "company" in self.kinds(name)

    def is_org(self, name: str) -> bool:
        """Return whether the name is that of an organisation or a company."""
        return bool(self._look_up(name) & (_ORG | _COMPANY))

    def gender(self, first_name: str) -> Literal["fem", "masc"] | None:
        """Return the gender of those who bear a first name; None if both do or it is unknown.

        A compound goes by its first part if it is not an entry: "Jean-Marie" is masculine.
        """
        bits = self._look_up(first_name) or self._look_up(first_name.split("-")[0])
        genders = bits & (_FEMININE | _MASCULINE)
        if genders == _FEMININE:
            return "fem"
        return "masc" if genders == _MASCULINE else None

    def exonym(self, name: str) -> str | None:
        """Return the French form of a name in its English one: "Moscow" gives "Moscou".

        It covers places, a few organisations and people whose names French transcribes otherwise
        ("Putin"). None stands for a name that is unknown, the same in French, or French as it
        stands ("Mexico"). A name of several kinds may still be a person's: check the context.
        """
        return self._exonyms.get(name.replace("’", "'"))

    def _look_up(self, name: str) -> int:
        """Return the bits of a name; without its legal suffix, only that it is a company."""
        name = name.replace("’", "'")
        number: int | None = self._trie.get(name)
        if number is not None:
            return self._bits[number]
        bare = _LEGAL_SUFFIX.sub("", name)
        return self._look_up(bare) & _COMPANY if bare != name else 0


@cache
def _kinds(bits: int) -> frozenset[str]:
    """Return the kinds that bits stand for; a few hundred combinations exist."""
    found = {flag for place, flag in enumerate(_FLAGS) if bits >> place & 1}
    if found & {"fem", "masc"}:
        found = found - {"fem", "masc"} | {"first_name"}
    return frozenset(found)


@lru_cache(maxsize=1)
def load_names() -> Names:
    """Return the gazetteers that ship with the package, loaded once per process.

    Raises:
        DataMissing: The package was not built.
    """
    return Names(data_folder())
