"""Sentences, quotations, sections and words of an article."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtaudit.annotate import Annotated, annotate
from mtaudit.model import Article


def read(text: str) -> Annotated:
    return annotate(Article(id="lu", text=text))


def sentences(text: str) -> list[str]:
    made = read(text)
    return [
        text[made.tokens[one.first].start : made.tokens[one.last - 1].end] for one in made.sentences
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il part. Elle reste.", ["Il part.", "Elle reste."]),
        ("Il part ! Elle reste ?", ["Il part !", "Elle reste ?"]),
        ("Il hésite… Puis il part.", ["Il hésite…", "Puis il part."]),
        ("Il hésite... puis il part.", ["Il hésite... puis il part."]),
        ("M. Petit dort. Me. Roux plaide.", ["M. Petit dort.", "Me. Roux plaide."]),
        ("« Oui. » Il part.", ["« Oui. »", "Il part."]),
        ("Il dit « Oui ! » et part.", ["Il dit « Oui ! » et part."]),
        ("Il part. « Non. »", ["Il part.", "« Non. »"]),
        ("Il part (hier.) Elle reste.", ["Il part (hier.)", "Elle reste."]),
        ("Il a 3,5 ans. 12 élus partent.", ["Il a 3,5 ans.", "12 élus partent."]),
        ("Un titre\nLe texte", ["Un titre", "Le texte"]),
        ("Le texte coupé\nau milieu", ["Le texte coupé", "au milieu"]),
        ("Il part.Elle reste.", ["Il part.Elle reste."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il dit « oui » et “non”.", ["« oui »", "“non”"]),
        ('Il dit "oui" et "non".', ['"oui"', '"non"']),
        ('Il dit "oui', []),
        ("« un » deux »", ["« un »"]),
        ("« un\nsur deux lignes »", ["« un\nsur deux lignes »"]),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in read(text).quotations] == expected


def test_quoted_says_what_stands_inside_marks() -> None:
    text = "Il dit « oui » hier."
    made = read(text)
    assert made.quoted(text.index("oui"))
    assert not made.quoted(text.index("hier"))


def test_a_straight_mark_left_open_ends_with_its_line() -> None:
    text = 'Il dit "oui et part.\nElle dit "non" et reste.'
    assert not read(text).quoted(text.index("Elle"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L'OTAN dort.", 3),
        ("Il a payé 1 500 euros.", 5),
        ("« Oui », a-t-il dit !", 4),
        ("- — … !", 0),
        ("", 0),
    ],
)
def test_words_are_tokens_with_a_letter_or_a_digit(text: str, words: int) -> None:
    assert read(text).words == words


def test_site_furniture_counts_no_words() -> None:
    body = "Le pont a rouvert lundi matin, après trois jours de tempête et de vent."
    assert read(f"{body}\n\nRead more\n\n{body}").words == 2 * read(body).words


@given(
    st.one_of(
        st.text(max_size=80),
        st.text(alphabet="Aaé.!?…«»\"'’()\n \u2028\u0085\r0😀&#39;", max_size=80),
    )
)
def test_every_token_is_in_one_sentence_and_no_sentence_crosses_a_line(text: str) -> None:
    made = read(text)
    bounds = [(one.first, one.last) for one in made.sentences]
    assert all(first < last for first, last in bounds)
    assert all(before[1] == after[0] for before, after in pairwise(bounds))
    assert (bounds[0][0], bounds[-1][1]) == (0, len(made.tokens)) if bounds else not made.tokens
    assert list(made.sentence_of) == [
        index for index, (first, last) in enumerate(bounds) for _ in range(first, last)
    ]
    for first, last in bounds:
        tokens = made.tokens[first:last]
        assert "\n" not in text[tokens[0].start : tokens[-1].end]
    for start, end in made.quotations:
        assert 0 <= start < end <= len(text)


@given(st.text(alphabet="ab\n\r\u2028é😀", max_size=40), st.data())
def test_position_is_line_and_column_from_one(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = Article(id="lu", text=text).position(offset)
    assert line == text[:offset].count("\n") + 1
    assert text.split("\n")[line - 1][: column - 1] == text[:offset].split("\n")[-1]
