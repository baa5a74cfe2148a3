from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from mtaudit.annotate import annotate
from mtaudit.errors import SettingsError
from mtaudit.french.syntax import Parsed, load_syntax, model_folder
from mtaudit.model import Article, Token

ROOT = Path(__file__).parents[1]
TREEBANK = ROOT.parent / "shared" / "data" / "treebank"

TEXT = (
    "La ministre a présenté hier un projet de loi aux députés. "
    "Les mesures annoncées seront financées par les régions. "
    "Viendra-t-il à la réunion ? "
    "Il faut que nous sachions ce qu'elle en pense. "
    "Les usines du groupe, qui emploient mille personnes, fermeront en mai."
)


def sentences(text: str) -> list[tuple[Token, ...]]:
    annotated = annotate(Article("a", text))
    return [annotated.tokens[one.first : one.last] for one in annotated.sentences]


def parse(text: str) -> list[Parsed]:
    return load_syntax().parse(sentences(text))


def named(parsed: Parsed, word: str) -> int:
    return [token.text for token in parsed.doc].index(word)


def test_one_value_per_token() -> None:
    for tokens, parsed in zip(sentences(TEXT), parse(TEXT), strict=True):
        for values in (parsed.upos, parsed.feats, parsed.lemma, parsed.head, parsed.dep):
            assert len(values) == len(tokens)
        assert parsed.dep.count("root") == 1
        root = parsed.dep.index("root")
        assert parsed.head[root] == root


@pytest.mark.parametrize(
    ("sentence", "word", "upos", "feats", "lemma", "dep", "head"),
    [
        (0, "ministre", "NOUN", {"Number=Sing"}, "ministre", "nsubj", "présenté"),
        (0, "a", "AUX", {"Mood=Ind", "Tense=Pres", "VerbForm=Fin"}, "avoir", "aux", "présenté"),
        (0, "aux", "ADP", {"Number=Plur", "Definite=Def"}, "à", "case", "députés"),
        (1, "annoncées", "VERB", {"Gender=Fem", "VerbForm=Part"}, "annoncer", "acl", "mesures"),
        (1, "mesures", "NOUN", {"Number=Plur"}, "mesure", "nsubj:pass", "financées"),
        (1, "régions", "NOUN", {"Gender=Fem"}, "région", "obl:agent", "financées"),
        (2, "-t-il", "PRON", {"Gender=Masc", "Person=3"}, "lui", None, "Viendra"),
        (2, "Viendra", "VERB", {"Tense=Fut", "Number=Sing"}, "venir", "root", "Viendra"),
        (3, "sachions", "VERB", {"Mood=Sub", "Number=Plur"}, "savoir", None, "faut"),
        (4, "du", "ADP", {"Gender=Masc", "PronType=Art"}, "de", "case", "groupe"),
        (4, "emploient", "VERB", {"Mood=Ind"}, "employer", "acl:relcl", "usines"),
    ],
)
def test_annotation(
    sentence: int, word: str, upos: str, feats: set[str], lemma: str, dep: str | None, head: str
) -> None:
    parsed = parse(TEXT)[sentence]
    at = named(parsed, word)
    assert parsed.upos[at] == upos
    assert feats <= parsed.feats[at]
    assert parsed.lemma[at] == lemma
    assert dep is None or parsed.dep[at] == dep
    assert parsed.doc[parsed.head[at]].text == head


def values(parsed: Parsed) -> tuple[object, ...]:
    return (parsed.upos, parsed.feats, parsed.lemma, parsed.head, parsed.dep)


def test_a_sentence_is_parsed_alike_in_any_batch() -> None:
    pieces = sentences(TEXT)
    alone = [values(load_syntax().parse([piece])[0]) for piece in pieces]
    many = pieces * 30
    random.Random(1).shuffle(many)
    expected = dict(zip(pieces, alone, strict=True))
    for piece, parsed in zip(many, load_syntax().parse(many), strict=True):
        assert values(parsed) == expected[piece]


def test_apostrophes_are_alike() -> None:
    straight = parse("L'accord qu'il a signé n'est pas d'une grande portée.")
    curly = parse("L’accord qu’il a signé n’est pas d’une grande portée.")
    assert [values(one) for one in straight] == [values(one) for one in curly]


def test_a_sentence_without_tokens() -> None:
    first, empty, last = load_syntax().parse([sentences(TEXT)[0], (), sentences(TEXT)[2]])
    assert empty.upos == ()
    assert first.dep.count("root") == last.dep.count("root") == 1


def test_the_doc_serves_a_dependency_matcher() -> None:
    from spacy.matcher import DependencyMatcher

    parsed = parse(TEXT)[1]
    matcher = DependencyMatcher(parsed.doc.vocab)
    pattern = [
        {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"POS": "VERB", "LEMMA": "financer"}},
        {
            "LEFT_ID": "verb",
            "REL_OP": ">",
            "RIGHT_ID": "agent",
            "RIGHT_ATTRS": {"DEP": "obl:agent", "MORPH": {"IS_SUPERSET": ["Number=Plur"]}},
        },
    ]
    matcher.add("passive", [pattern])
    assert [found for _, found in matcher(parsed.doc)] == [
        [named(parsed, "financées"), named(parsed, "régions")]
    ]


def test_the_name_tells_the_version() -> None:
    meta = json.loads((model_folder() / "meta.json").read_text(encoding="utf-8"))
    assert load_syntax().name == f"mtaudit-fr-{meta['version']}"


def test_a_pipeline_that_is_not_installed() -> None:
    with pytest.raises(SettingsError, match="fr_missing_model"):
        load_syntax("fr_missing_model")


def test_a_pipeline_that_cannot_parse(tmp_path: Path) -> None:
    import spacy

    spacy.blank("xx").to_disk(tmp_path / "blank")
    with pytest.raises(SettingsError, match="lacks a parser and a tagger"):
        load_syntax(str(tmp_path / "blank"))


def test_spacy_is_imported_on_first_use() -> None:
    code = (
        "import sys; from mtaudit.french.syntax import load_syntax; load_syntax().name;"
        "assert 'spacy' not in sys.modules and 'spacy.lang.fr' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


@pytest.mark.skipif(not TREEBANK.is_dir(), reason="the treebanks of ../shared are not here")
def test_the_recorded_scores_are_real(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "training"))
    from convert import read_treebank
    from evaluate import evaluate

    recorded = json.loads((model_folder() / "scores.json").read_text(encoding="utf-8"))
    golds = read_treebank(TREEBANK / "fr_sequoia-ud-test.conllu")
    scores = evaluate(load_syntax().nlp, golds)
    for name, value in recorded["fr_sequoia-ud-test"].items():
        assert scores[name] == pytest.approx(value, abs=0.1)
