"""Facts about names, against the built gazetteers."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtaudit.errors import DataMissing
from mtaudit.french.names import Names, load_names


@pytest.fixture(scope="module")
def names() -> Names:
    return load_names()


# Names that end in s of their own, by one of their kinds: a residue check must leave them alone.
FINAL_S = {
    "city": "Bruxelles, Paris, Londres, Las Vegas, Los Angeles, Athènes, Naples, Versailles, "
    "Damas, Reims, Nantes, Tunis, Buenos Aires, Caracas, Vilnius, Dallas, Memphis",
    "country": "Honduras, Laos, Cyprus, Pays-Bas, Émirats arabes unis, Philippines, Maldives, "
    "États-Unis, Comores, Barbados",
    "region": "Les Sables, Texas, Kansas, Arkansas, Illinois, Massachusetts, Balkans, Cornouailles",
    "surname": "Sanders, Jones, Williams, Adams, Barnes, Hughes, Davis, Harris, Peres, Abbas",
    "first_name": "Charles, James, Thomas, Agnès, Nicolas, Boris, Mercedes",
    "company": "Starbucks, Airbus, Siemens, Reuters, General Motors, Goldman Sachs, Mercedes, "
    "McDonald's, Barclays, Morgan Stanley",
    "org": "Hamas, Houthis, Human Rights Watch",
}
# Their bare forms are known, so that "Pyongyangs" and "Bidens" can be taken apart.
BARE = {
    "city": "Pyongyang, Moscou, Pékin, Kiev, Kyiv, New York, Téhéran, Séoul",
    "country": "Russie, Ukraine, Israël, Iran, pays de Galles, Royaume-Uni, Côte d’Ivoire",
    "region": "Californie, Caroline du Sud, Bavière, Cisjordanie, Moyen-Orient",
    "nationality": "Français, Américaine, Russes, Allemands",
    "first_name": "Marie, Vladimir, Keir, Ursula",
    "surname": "Biden, Trump, Rutte, Poutine, Putin, Merkel, Johnson, Smith",
    "company": "Apple, Google, Tesla, Boeing, Apple Inc., Siemens AG, Nestlé SA",
    "org": "OTAN, Nato, ONU, Pentagone, Maison-Blanche",
}


def _cases(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, kind) for kind, listed in table.items() for name in listed.split(", ")]


@pytest.mark.parametrize(("name", "kind"), _cases(FINAL_S) + _cases(BARE))
def test_kinds(names: Names, name: str, kind: str) -> None:
    assert kind in names.kinds(name)


@pytest.mark.parametrize(
    "name",
    [
        "Pyongyangs", "Moscous", "Bidens", "Apples", "Ruttes", "Ukraines", "paris", "Le", "La",
        "Les", "Un", "Inc.", "AG", " Inc.", "",
    ],
)  # fmt: skip
def test_kinds_unknown(names: Names, name: str) -> None:
    assert names.kinds(name) == frozenset()


def test_predicates(names: Names) -> None:
    assert names.is_place("Texas")
    assert names.is_place("Paris")
    assert names.is_place("Chypre")
    assert names.is_country("Chypre")
    assert not names.is_country("Texas")
    assert names.is_first_name("Angela")
    assert not names.is_first_name("Bruxelles")
    assert names.is_surname("Merkel")
    assert not names.is_surname("Bruxelles")
    assert names.is_company("Volkswagen AG")
    assert not names.is_company("Paris SA")
    assert names.is_org("OTAN")
    assert names.is_org("Siemens")
    assert not names.is_org("Merkel")


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Marie", "fem"),
        ("Ursula", "fem"),
        ("Kamala", "fem"),
        ("Ségolène", "fem"),
        ("Pierre", "masc"),
        ("Volodymyr", "masc"),
        ("John", "masc"),
        ("Jean-Marie", "masc"),
        ("Camille", None),
        ("Dominique", None),
        ("Jordan", None),
        ("Bruxelles", None),
        ("Xqz", None),
    ],
)
def test_gender(names: Names, name: str, gender: str | None) -> None:
    assert names.gender(name) == gender


@pytest.mark.parametrize(
    ("name", "french"),
    [
        ("Moscow", "Moscou"),
        ("London", "Londres"),
        ("Beijing", "Pékin"),
        ("The Hague", "La Haye"),
        ("Geneva", "Genève"),
        ("Germany", "Allemagne"),
        ("Turkey", "Turquie"),
        ("Bosnia and Herzegovina", "Bosnie-Herzégovine"),
        ("South Carolina", "Caroline du Sud"),
        ("Pennsylvania", "Pennsylvanie"),
        ("West Bank", "Cisjordanie"),
        ("Putin", "Poutine"),
        ("White House", "Maison-Blanche"),
        # the same in French, French as they stand, or with two French forms in use
        ("Paris", None),
        ("Texas", None),
        ("Mexico", None),
        ("Kyiv", None),
        ("Kiev", None),
        ("Moscou", None),
        ("Mumbai", None),
        ("Réunion", None),
        ("Nato", None),
        ("Xqz", None),
    ],
)
def test_exonym(names: Names, name: str, french: str | None) -> None:
    assert names.exonym(name) == french


def test_exonyms_lead_to_french_names_of_the_same_kind(names: Names) -> None:
    for foreign, french in names._exonyms.items():
        assert names.kinds(foreign) & names.kinds(french), f"{foreign} = {french}"
        assert names.exonym(french) is None, f"{foreign} = {french}"


def test_missing_data_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match=r"names\.marisa: a data file of the package is missing"):
        Names(tmp_path)
