"""Kind `dependency`, its notation, and parts of speech that the tagger decides in patterns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import mtaudit.annotate
from mtaudit.annotate import annotate
from mtaudit.errors import RuleError
from mtaudit.kinds.dependency import DependencyMatcher
from mtaudit.kinds.pattern import PatternError
from mtaudit.kinds.phrase import PhraseMatcher
from mtaudit.kinds.tree import parse_tree
from mtaudit.model import Article
from mtaudit.rulebook import Rulebook, load_rulebook, packaged_rules
from mtaudit.scan import Scanner

TAIL = """
  flag:
    - "[[x]]"
  pass:
    - y
"""


@pytest.fixture
def book(tmp_path: Path) -> Any:
    def made(block: str) -> Rulebook:
        folder = tmp_path / "calque"
        folder.mkdir(exist_ok=True)
        own = packaged_rules() / "calque/_family.yaml"
        (folder / "_family.yaml").write_bytes(own.read_bytes())
        (folder / "rules.yaml").write_text(block + TAIL, encoding="utf-8")
        return load_rulebook([tmp_path])

    return made


def found(rulebook: Rulebook, resources: Any, text: str) -> list[tuple[str, tuple[str, ...]]]:
    article = Article(id="a", text=text)
    return [
        (finding.text, finding.suggestions)
        for finding in Scanner(rulebook, resources).scan(annotate(article))
    ]


SEE = """
see:
  kind: dependency
  match: |
    <voir>
      >obj [NOUN]
        >acl {[VERB,inf]}
          !>obl *
  suggest: ["que \\\\2* <partir=3>"]
"""


def test_a_tree_is_found_whatever_the_distance_and_the_inflection(
    book: Any, resources: Any
) -> None:
    rules = book(SEE)
    for text in (
        "Ils virent alors les forces quitter la ville.",
        "Les agents ont vu la foule de la gare quitter la place.",
    ):
        assert [words for words, _ in found(rules, resources, text)] == ["quitter"]
    assert not found(rules, resources, "Ils virent la ville.")


def test_what_must_be_absent_silences_the_tree(book: Any, resources: Any) -> None:
    rules = book(SEE)
    assert not found(rules, resources, "Ils virent les forces quitter la ville dans le calme.")


def test_a_subtree_is_flagged_with_all_that_depends_on_it(book: Any, resources: Any) -> None:
    rules = book(
        """
subject:
  kind: dependency
  match: |
    <dire|déclarer>
      >nsubj {{[NOUN]}}
  suggest: ["(\\\\2)"]
"""
    )
    text = "Le ministre de la Défense a déclaré la guerre finie."
    assert found(rules, resources, text) == [("Le ministre de la Défense", ("(ministre)",))]


def test_only_sentences_with_the_words_of_a_tree_are_parsed(book: Any, resources: Any) -> None:
    rules = book(SEE)
    annotated = annotate(
        Article(id="a", text="La pluie tombe.\nIls virent les forces quitter la ville.\nIl rit.")
    )
    scanner = Scanner(rules, resources)
    assert DependencyMatcher(rules.running, resources).asks(annotated) == {1}
    scanner.prepare([annotated])
    assert set(annotated._parsed) == {1}


def test_sentences_of_several_articles_are_parsed_in_one_go(
    book: Any, resources: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    parse = mtaudit.annotate.parse

    def counted(places: Any, syntax: Any) -> None:
        calls.append(list(places))
        parse(calls[-1], syntax)

    monkeypatch.setattr("mtaudit.scan.parse", counted)
    articles = [
        annotate(Article(id=str(n), text="Ils virent les forces quitter la ville.")) for n in (1, 2)
    ]
    Scanner(book(SEE), resources).prepare(articles)
    assert [len(each) for each in calls] == [2]


@pytest.mark.parametrize(
    ("tree", "what"),
    [
        ("", "empty"),
        ("<voir>\nmot", "hangs on none"),
        ("<voir>\n  mot", "no operator"),
        ("<voir>\n  >sujet mot", "no relation"),
        ("!<voir>", "must be there"),
        ("<voir>\n  !>obj [NOUN]\n    >det le", "must be absent"),
        ("<voir>\n  >obj [NOM]", "no part of speech"),
        ("<xyzzy>", "knows no form"),
        ("un (deux", "cannot be read"),
    ],
)
def test_faults_of_a_tree_are_told(tree: str, what: str, resources: Any) -> None:
    with pytest.raises(PatternError, match=what):
        parse_tree(tree, resources.lexicon)


def test_a_tree_without_a_word_asks_for_patterns(book: Any, resources: Any) -> None:
    rules = book('loose:\n  kind: dependency\n  match: "[VERB]"\n')
    with pytest.raises(RuleError, match=r"rules\.yaml:\d+:\d+.*names no word"):
        Scanner(rules, resources)


def test_when_limits_a_tree_to_sentences_with_the_pattern(book: Any, resources: Any) -> None:
    rules = book(
        """
loose:
  kind: dependency
  when: [hier soir]
  match: |
    {[VERB]}
      >nsubj [NOUN]
"""
    )
    assert [text for text, _ in found(rules, resources, "Le juge parle hier soir.")] == ["parle"]
    assert not found(rules, resources, "Le juge parle ce matin.")


def test_the_tagger_decides_where_the_lexicon_has_several_readings(
    book: Any, resources: Any
) -> None:
    rules = book('noun:\n  match: "(le|conseil) {[NOUN]} (de|du)"\n')
    assert found(rules, resources, "Le reste du parti attend.") == [("reste", ())]
    # « reste » is the verb here.
    assert not found(rules, resources, "Le conseil reste de marbre.")


def test_patterns_without_parts_of_speech_need_no_syntax(book: Any, resources: Any) -> None:
    rules = book('plain:\n  match: "<donner> raison [NUM]"\n')
    annotated = annotate(Article(id="a", text="Ils donnent raison 3 fois."))
    matcher = PhraseMatcher(rules.running, resources)
    assert matcher.asks(annotated) == set()
    assert [hit.start for hit in matcher.hits(annotated)] == [4]
