"""Quantities of English and French read into values, and written as French news does."""

from __future__ import annotations

import pytest
from num2words import num2words

from mtaudit.source.quantities import Language, Quantity, figure_values, read
from mtaudit.source.render import figures, in_french, in_words


def only(text: str, language: Language) -> Quantity:
    (quantity,) = read(text, language)
    return quantity


@pytest.mark.parametrize("dialect", ["fr", "fr_BE", "fr_CH", "en"])
@pytest.mark.parametrize(
    "number", [*range(0, 130), *range(130, 1_000_000, 7919), 1_000_000, 2_000_000, 7_654_321]
)
def test_every_number_in_words_is_read_back(number: int, dialect: str) -> None:
    words = num2words(number, lang=dialect).replace(",", "")
    found = only(words, "en" if dialect == "en" else "fr")
    assert (found.text, found.values[0]) == (words, number)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_ordinal_is_read_back(language: Language) -> None:
    for number in [*range(1, 80), *range(81, 100)]:
        found = only(num2words(number, lang=language, to="ordinal"), language)
        assert (found.form, found.values[0]) == ("ordinal", number)


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("en", "$3 trillion", 3e12, "USD"),
        ("fr", "3 000 milliards de dollars", 3e12, "USD"),
        ("en", "27.5 thousand million euros", 27.5e9, "EUR"),
        ("fr", "27,5 milliards d'euros", 27.5e9, "EUR"),
        ("en", "$1.5m", 1.5e6, "USD"),
        ("en", "£2bn", 2e9, "GBP"),
        ("fr", "3,5 Md€", 3.5e9, "EUR"),
        ("fr", "300 M$", 3e8, "USD"),
        ("en", "two and a half million crowns", 2.5e6, "crown"),
        ("fr", "deux millions et demi de couronnes", 2.5e6, "crown"),
        ("en", "half a million pesos", 5e5, "peso"),
        ("fr", "un demi-million de pesos", 5e5, "peso"),
        ("en", "19.8 per cent", 19.8, "%"),
        ("fr", "19,8 pour cent", 19.8, "%"),
        ("en", "0.5 percentage points", 0.5, "points"),
        ("fr", "0,5 point de pourcentage", 0.5, "points"),
        ("en", "1,700-mile", 1700, "mile"),
        ("fr", "1 700 miles", 1700, "mile"),
        ("en", "105 miles per hour", 105, "mph"),
        ("fr", "165 km/h", 165, "km/h"),
        ("en", "16.4 square kilometres", 16.4, "km²"),
        ("fr", "16,4 km2", 16.4, "km²"),
        ("en", "120°C", 120, "C"),
        ("fr", "120 degrés Celsius", 120, "C"),
        ("en", "5 Gt", 5, "Gt"),
        ("en", "51-year", 51, "year"),
    ],
)
def test_number_magnitude_and_unit(language: Language, text: str, value: float, unit: str) -> None:
    found = only(text, language)
    assert found.values[0] == pytest.approx(value)
    assert unit in {one.name for one in found.units}
    assert (found.start, found.end) == (0, len(text))


@pytest.mark.parametrize(
    ("language", "text", "hours"),
    [
        ("en", "11pm", 23),
        ("en", "2:30 a.m.", 2.5),
        ("en", "12.15 pm", 12.25),
        ("en", "0230", 2.5),
        ("en", "2 hours 45 minutes", 2.75),
        ("fr", "23 h", 23),
        ("fr", "2h30", 2.5),
        ("fr", "14 heures 30", 14.5),
        ("fr", "11 h du soir", 23),
        ("fr", "3 heures et demie", 3.5),
    ],
)
def test_hours_of_the_day(language: Language, text: str, hours: float) -> None:
    found = only(text, language)
    assert (found.form, found.values[0]) == ("clock", pytest.approx(hours))


@pytest.mark.parametrize(
    ("figure", "language", "values"),
    [
        ("12,500", "en", (12500.0, 12.5)),
        ("12,500", "fr", (12.5, 12500.0)),
        ("12.500", "fr", (12500.0, 12.5)),
        ("12 500", "fr", (12500.0,)),
        ("1.234,5", "en", (1234.5,)),
        ("0,375", "fr", (0.375,)),
        ("28.8.09", "en", ()),
    ],
)
def test_figures_in_both_notations(
    figure: str, language: Language, values: tuple[float, ...]
) -> None:
    assert figure_values(figure, language) == values


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the G20, an F-16, the A320, COVID-19 and 3D"),
        ("fr", "le G20, un F-16, l'A320, le Covid-19 et la 3D"),
        ("fr", "Il fait les cent pas."),
        ("fr", "Cela coûte peu pour mille raisons."),
    ],
)
def test_names_and_idioms_are_no_quantities(language: Language, text: str) -> None:
    assert [found for found in read(text, language) if not found.weak] == []


def test_neighbours_share_magnitude_unit_and_century() -> None:
    first, second = read("entre 3 et 4 millions de dollars", "fr")
    assert first.values[0] == 3e6
    assert first.units == second.units
    assert 2009.0 in read("in 2008-09", "en")[1].values
    assert read("$10-15 million", "en")[1].units == read("$1", "en")[0].units


def test_a_list_of_numbers_stays_apart() -> None:
    assert [found.values[0] for found in read("500 euros, 2 millions", "fr")] == [500, 2e6]


def test_offsets_point_into_the_text() -> None:
    text = "Le pont, long de 1 200 mètres, a coûté 3,5 milliards d'euros en 2011."
    for found in read(text, "fr"):
        assert text[found.start : found.end] == found.text
        assert found.start < found.core <= found.end


@pytest.mark.parametrize(
    ("english", "french", "written"),
    [
        ("$600 billion", "600 dollars", "600\u00a0milliards de dollars"),
        ("27.5 billion euros", "27,5 millions d'euros", "27,5\u00a0milliards d'euros"),
        ("14-inch", "14 pouces", "36\u00a0cm"),
        ("1,700 miles", "1 700 milles", "2\u202f700\u00a0km"),
        ("5 Gt", "5 millions de tonnes", "5\u00a0milliards de tonnes"),
        ("19.8%", "18,9 %", "19,8\u00a0%"),
        ("£1", "1 dollar", "1 livre"),
        ("two million", "2 mille", "2\u00a0millions"),
    ],
)
def test_a_quantity_as_french_news_writes_it(english: str, french: str, written: str) -> None:
    assert in_french(only(english, "en"), only(french, "fr"), with_unit=True) == written


def test_figures_and_words() -> None:
    assert figures(12500) == "12\u202f500"
    assert figures(0.375) == "0,375"
    assert in_words(4000) == "quatre mille"
    assert in_words(3e9) == "trois milliards"
    assert in_words(1000) == "mille"
    assert in_words(4321) == ""
