"""Facts about French forms, against the built lexicon."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtaudit.errors import DataMissing
from mtaudit.french.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


# form: one of its readings, as lemma, part of speech and features
ANALYSES = [
    ("est", "être AUX pres 3 sing"),
    ("est", "être VERB pres 3 sing"),
    ("eussent", "avoir AUX subj_imperf 3 plur"),
    ("donnent", "donner VERB pres 3 plur"),
    ("allât", "aller VERB subj_imperf 3 sing"),
    ("fîmes", "faire VERB past_simple 1 plur"),
    ("mourrait", "mourir VERB cond 3 sing"),
    ("acquis", "acquérir VERB part_past masc sing"),
    ("suis", "suivre VERB pres 1 sing"),
    ("sachant", "savoir VERB part_pres"),
    ("veuillez", "vouloir VERB imper 2 plur"),
    ("coudre", "coudre VERB inf"),
    ("tweeté", "tweeter VERB part_past masc sing"),
    ("reconfinèrent", "reconfiner VERB past_simple 3 plur"),
    ("actrices", "acteur NOUN fem plur"),
    ("chevaux", "cheval NOUN masc plur"),
    ("yeux", "œil NOUN masc plur"),
    ("présidente", "président NOUN fem sing"),
    ("autrice", "auteur NOUN fem sing"),
    ("smartphones", "smartphone NOUN masc plur"),
    ("influenceuses", "influenceur NOUN fem plur"),
    ("proeuropéenne", "proeuropéen ADJ fem sing"),
    ("belles", "beau ADJ fem plur"),
    ("grecque", "grec ADJ fem sing"),
    ("l'", "le DET fem sing"),
    ("l’", "le PRON 3 masc sing"),
    ("des", "un DET fem plur"),
    ("des", "de ADP fem plur"),
    ("aux", "à ADP masc plur"),
    ("cet", "ce DET masc sing"),
    ("leurs", "leur DET fem plur"),
    ("leur", "lui PRON 3 fem plur"),
    ("qu'", "que SCONJ"),
    ("dont", "dont PRON"),
    ("auxquelles", "lequel PRON fem plur"),
    ("mais", "mais CCONJ"),
    ("lorsque", "lorsque SCONJ"),
    ("chez", "chez ADP"),
    ("hier", "hier ADV"),
    ("aujourd’hui", "aujourd'hui ADV"),
    ("hélas", "hélas INTJ"),
    ("dix-huit", "dix-huit NUM"),
    ("quatorze", "quatorze NUM"),
    ("cents", "cent NUM plur"),
    ("pommes de terre", "pomme de terre NOUN fem plur"),
    ("afin que", "afin que SCONJ"),
    ("tandis qu’", "tandis que SCONJ"),
    ("auprès des", "auprès de ADP"),
    # spellings of 1990 and ligatures
    ("connait", "connaître VERB pres 3 sing"),
    ("cèderait", "céder VERB cond 3 sing"),
    ("ruissèle", "ruisseler VERB pres 3 sing"),
    ("aigüe", "aigu ADJ fem sing"),
    ("aout", "août NOUN masc sing"),
    ("oeuvre", "œuvre NOUN fem sing"),
    ("œuvre", "œuvre NOUN fem sing"),
    ("soeurs", "sœur NOUN fem plur"),
    ("coexistence", "coexistence NOUN fem sing"),
]


@pytest.mark.parametrize(("form", "reading"), ANALYSES)
def test_analyses_reading(lexicon: Lexicon, form: str, reading: str) -> None:
    words = reading.split()
    at = next(place for place, word in enumerate(words) if word.isupper())
    wanted = (" ".join(words[:at]), words[at], frozenset(words[at + 1 :]))
    assert wanted in [analysis[:3] for analysis in lexicon.analyses(form)]


@pytest.mark.parametrize("form", ["pyongyangs", "ruttes", "flexe", "lequels", "donnenent", ""])
def test_analyses_unknown(lexicon: Lexicon, form: str) -> None:
    assert lexicon.analyses(form) == ()


def test_analyses_common_first(lexicon: Lexicon) -> None:
    readings = lexicon.analyses("donne")
    assert [reading.lemma for reading in readings if not reading.common] == ["donna"]
    assert readings[-1].lemma == "donna"


def test_analyses_function_words_first(lexicon: Lexicon) -> None:
    assert lexicon.analyses("la")[0].upos == "DET"


@pytest.mark.parametrize(
    "word",
    [
        "Français", "ÉVÉNEMENT", "évènement", "weekend", "a-t-il", "qu’il", "L'armée",
        "ex-président", "dis-moi", "sud-coréen", "presqu'île", "chef-d'oeuvre", "aujourd’hui",
        "parce", "quant", "plupart",
    ],
)  # fmt: skip
def test_knows(lexicon: Lexicon, word: str) -> None:
    assert lexicon.knows(word)


@pytest.mark.parametrize("word", ["Pyongyangs", "Ruttes", "bidens-là", "-", ""])
def test_knows_not(lexicon: Lexicon, word: str) -> None:
    assert not lexicon.knows(word)


@pytest.mark.parametrize(
    ("lemma", "upos", "feats", "forms"),
    [
        ("aller", "VERB", {"pres"}, {"vais", "vas", "va", "allons", "allez", "vont"}),
        ("connaître", "VERB", {"pres", "3", "sing"}, {"connaît", "connait"}),
        ("œuvre", "NOUN", {"fem"}, {"œuvre", "oeuvre", "œuvres", "oeuvres"}),
        ("oeuvre", "NOUN", {"fem"}, {"œuvre", "oeuvre", "œuvres", "oeuvres"}),
        ("beau", "ADJ", (), {"beau", "bel", "beaux", "belle", "belles"}),
        ("acteur", "NOUN", (), {"acteur", "acteurs", "actrice", "actrices"}),
        ("de", "ADP", (), {"de", "d'", "du", "des"}),
        ("le", "DET", (), {"le", "la", "l'", "les"}),
        ("être", "AUX", {"inf"}, {"être"}),
        ("pomme de terre", None, (), {"pomme de terre", "pommes de terre"}),
        ("rutte", None, (), set()),
    ],
)
def test_forms(
    lexicon: Lexicon, lemma: str, upos: str | None, feats: set[str], forms: set[str]
) -> None:
    assert lexicon.forms(lemma, upos, feats) == forms


def test_forms_of_every_part_of_speech(lexicon: Lexicon) -> None:
    assert {"sourire", "sourires", "souri", "souriait"} <= lexicon.forms("sourire")


@pytest.mark.parametrize(
    ("lemma", "upos", "feats", "form"),
    [
        ("donner", "VERB", "pres 3 plur", "donnent"),
        ("donner", "VERB", "part_past", "donné"),
        ("donner", "VERB", "part_past fem plur", "données"),
        ("aller", "VERB", "fut 3 sing", "ira"),
        ("être", "VERB", "subj 3 plur", "soient"),
        ("être", "AUX", "imperf 1 plur", "étions"),
        ("avoir", "AUX", "cond 2 plur", "auriez"),
        ("faire", "VERB", "part_pres", "faisant"),
        ("venir", "VERB", "past_simple 3 plur", "vinrent"),
        ("connaître", "VERB", "pres 3 sing", "connaît"),
        ("céder", "VERB", "fut 3 sing", "cédera"),
        ("appeler", "VERB", "pres 1 sing", "appelle"),
        ("booster", "VERB", "pres 3 plur", "boostent"),
        ("acteur", "NOUN", "fem sing", "actrice"),
        ("professeur", "NOUN", "fem plur", "professeures"),
        ("cheval", "NOUN", "plur", "chevaux"),
        ("cœur", "NOUN", "plur", "cœurs"),
        ("troupe", "NOUN", "masc plur", "troupes"),
        ("nouveau", "ADJ", "fem plur", "nouvelles"),
        ("blanc", "ADJ", "fem", "blanche"),
        ("vieux", "ADJ", "masc sing", "vieux"),
        ("vieux", "ADJ", "fem sing", "vieille"),
        ("le", "DET", "fem sing", "la"),
        ("un", "DET", "fem plur", "des"),
        ("ce", "DET", "masc sing", "ce"),
        ("mon", "DET", "fem sing", "ma"),
        ("mon", "DET", "fem plur", "mes"),
        ("vite", "ADV", "plur", "vite"),
        ("vite", "ADV", "", "vite"),
        ("vite", "ADV", "inf", None),
        ("falloir", "VERB", "pres 1 plur", None),
        ("donner", "NOUN", "sing", None),
        ("rutte", "NOUN", "sing", None),
    ],
)
def test_inflect(lexicon: Lexicon, lemma: str, upos: str, feats: str, form: str | None) -> None:
    assert lexicon.inflect(lemma, upos, feats.split()) == form


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("pomme de terre", True),
        ("Pommes de terre", True),
        ("aujourd’hui", True),
        ("chef-d’œuvre", True),
        ("au fur et à mesure", True),
        ("pomme", False),
        ("l'", False),
        ("troupe de balle", False),
    ],
)
def test_is_compound(lexicon: Lexicon, text: str, known: bool) -> None:
    assert lexicon.is_compound(text) is known


def test_forms_and_analyses_agree(lexicon: Lexicon) -> None:
    """Every form of a lemma has that lemma among its readings."""
    for lemma in ("être", "céder", "ruisseler", "œil", "traître", "aigu", "lequel", "chef-d'œuvre"):
        forms = lexicon.forms(lemma)
        assert forms
        for form in forms:
            assert lemma in {reading.lemma for reading in lexicon.analyses(form)}, form


@pytest.mark.parametrize("missing", ["lexicon.marisa", "lexicon.ids", "lexicon.tsv"])
def test_missing_data_names_the_file_and_the_cure(tmp_path: Path, missing: str) -> None:
    data = Path(__file__).parents[1] / "mtaudit" / "french" / "data"
    for name in {"lexicon.marisa", "lexicon.ids", "lexicon.tsv"} - {missing}:
        (tmp_path / name).symlink_to(data / name)
    with pytest.raises(DataMissing) as caught:
        Lexicon(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path / missing}: a data file of the package is missing; expected an artifact of "
        "build_data.py, of the same build as its neighbours; reinstall mtaudit, or run "
        "`python build_data.py` in a checkout"
    )


@pytest.mark.parametrize("damaged", ["lexicon.marisa", "lexicon.ids", "lexicon.tsv"])
def test_damaged_data_is_said_to_be_damaged(tmp_path: Path, damaged: str) -> None:
    data = Path(__file__).parents[1] / "mtaudit" / "french" / "data"
    for name in {"lexicon.marisa", "lexicon.ids", "lexicon.tsv"} - {damaged}:
        (tmp_path / name).symlink_to(data / name)
    (tmp_path / damaged).write_text("not this", encoding="utf-8")
    with pytest.raises(DataMissing, match="the file is damaged"):
        Lexicon(tmp_path)
