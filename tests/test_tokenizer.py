"""French tokens: where words are cut, and offsets that hold on any text."""

from __future__ import annotations

import html
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mtaudit.french.tokenizer import normalise, tokenize, unescape

NO_BREAK, NARROW = "\u00a0", "\u202f"


def cut(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        # elisions, with either apostrophe
        ("L'OTAN", "L'|OTAN"),
        ("l’été", "l’|été"),
        ("qu'il", "qu'|il"),
        ("jusqu'à l'aube", "jusqu'|à|l'|aube"),
        ("lorsqu'elle puisqu’on", "lorsqu'|elle|puisqu’|on"),
        ("d'abord", "d'|abord"),
        ("Qu'est-ce que c'est ?", "Qu'|est|-ce|que|c'|est|?"),
        ('l\'"accord"', 'l\'|"|accord|"'),
        ("l'« accord »", "l'|«|accord|»"),
        # words that hold an apostrophe and are one
        ("aujourd'hui, quelqu’un", "aujourd'hui|,|quelqu’un"),
        ("presqu'île, prud'hommes", "presqu'île|,|prud'hommes"),
        ("O'Neill et O’Connor.", "O'Neill|et|O’Connor|."),
        ("N'Djamena dort", "N'Djamena|dort"),
        # hyphens and clitics
        ("Peut-être rendez-vous", "Peut-être|rendez-vous"),
        ("celui-ci là-bas vingt-deux", "celui-ci|là-bas|vingt-deux"),
        ("porte-parole, anti‑missile", "porte-parole|,|anti‑missile"),
        ("dit-elle", "dit|-elle"),
        ("a-t-il", "a|-t-il"),
        ("y a-t-on", "y|a|-t-on"),
        ("Donnez-le-moi", "Donnez|-le|-moi"),
        ("Avons-nous", "Avons|-nous"),
        # numbers
        ("1 500 soldats", "1 500|soldats"),
        (f"1{NARROW}500 soldats", f"1{NARROW}500|soldats"),
        ("100 000 000 d'euros", "100 000 000|d'|euros"),
        ("3 400,5 km", "3 400,5|km"),
        ("20 000 (16 500)", "20 000|(|16 500|)"),
        ("en 2024 500 élus", "en|2024|500|élus"),
        ("5 10 élus", "5|10|élus"),
        ("3,5 % et 5€ ou $5", "3,5|%|et|5|€|ou|$|5"),
        ("à 14h30, le 1er", "à|14h30|,|le|1er"),
        ("18-24 ans", "18-24|ans"),
        ("250 km2, 9 km²", "250|km2|,|9|km²"),
        # marks, abbreviations, addresses
        ("M. Dupont dort.", "M.|Dupont|dort|."),
        ("St. Louis, etc.", "St.|Louis|,|etc."),
        ("U.S. Steel", "U.S.|Steel"),
        ("Il part... Ou non…", "Il|part|...|Ou|non|…"),
        (
            "https://exemple.fr/a?b=c, www.exemple.fr.",
            "https://exemple.fr/a?b=c|,|www.exemple.fr|.",
        ),
        ("un mot.Un autre", "un|mot|.|Un|autre"),
        ("oui?Non", "oui|?|Non"),
        ("le pont,la rue", "le|pont|,|la|rue"),
        ("« Oui »", "«|Oui|»"),
        ("", ""),
        (" \n\t\u2003", ""),
    ],
)
def test_cut(text: str, tokens: str) -> None:
    assert "|".join(cut(text)) == tokens


@pytest.mark.parametrize("space", [" ", NO_BREAK, NARROW])
def test_millions_in_figures_are_one_token(space: str) -> None:
    number = f"2{space}000{space}000"
    assert cut(f"{number} d'euros") == [number, "d'", "euros"]


def test_a_no_break_space_groups_figures() -> None:
    assert cut(f"1{NO_BREAK}500 soldats") == [f"1{NO_BREAK}500", "soldats"]


def test_half_a_surrogate_pair_is_a_character_like_others() -> None:
    assert cut("\ud800 oui") == ["\ufffd", "oui"]


def test_a_name_keeps_its_apostrophe_before_a_mark() -> None:
    assert cut("N'Djamena, au Tchad") == ["N'Djamena", ",", "au", "Tchad"]


@pytest.mark.parametrize(
    ("text", "raw", "word", "norm"),
    [
        ("de l&#39;OTAN", "l&#39;", "l'", "l'"),
        ("de l&rsquo;OTAN", "l&rsquo;", "l’", "l'"),
        ("de l&#x2019;OTAN", "l&#x2019;", "l’", "l'"),
        ("dit &quot;oui&quot;", "&quot;", '"', '"'),
        ("R &amp; D", "&amp;", "&", "&"),
    ],
)
def test_entities_are_read_and_point_to_what_was_written(
    text: str, raw: str, word: str, norm: str
) -> None:
    token = next(token for token in tokenize(text) if token.text == word)
    assert (text[token.start : token.end], token.norm) == (raw, norm)


def test_what_only_looks_like_an_entity_stays() -> None:
    assert unescape("a &foo; b & c") == ("a &foo; b & c", list(range(14)))
    assert unescape("rien") == ("rien", None)


def test_space_says_whether_white_space_follows() -> None:
    assert [token.space for token in tokenize("L'OTAN dort.")] == [False, True, False, True]


# What makes texts odd: combining marks, letters whose lower case is longer, emoji, entities.
odd = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="aéÀ'’-‑.,;«»\" \n\t\u00a0\u202f0123456789&#;xXİßſﬁ\u0301😀$€%(", max_size=80),
    st.lists(
        st.sampled_from(
            ["l'", "OTAN", "&#39;", "&amp;", "&lt;", "&nbsp;", "1", "000", " ", "\n", "a-t-il", "İ"]
        ),
        max_size=25,
    ).map("".join),
)


@given(odd)
@example("2 000 000&nbsp;&#39;")
@example("İstanbul’s &rsquo;\u0301")
@example("\x00a\x00 \u2028b")
def test_offsets_hold_on_any_text(text: str) -> None:
    tokens = tokenize(text)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        raw = text[token.start : token.end]
        assert token.text == raw or token.text == html.unescape(raw)
        assert not raw[0].isspace()
        assert token.norm == normalise(token.text)
    for before, after in pairwise(tokens):
        assert before.end <= after.start
        assert not html.unescape(text[before.end : after.start]).strip()
    if tokens:
        assert not html.unescape(text[: tokens[0].start]).strip()
        assert not html.unescape(text[tokens[-1].end :]).strip()


@given(odd.filter(lambda text: "&" not in text))
def test_tokens_hold_every_character_that_is_not_white_space(text: str) -> None:
    kept = "".join("".join(token.text.split()) for token in tokenize(text))
    assert kept == "".join(text.split())
