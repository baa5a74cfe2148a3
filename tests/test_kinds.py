"""Kinds of rule other than `phrase`: expressions, consistency within an article, checks."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mtaudit.kinds
from mtaudit.annotate import annotate
from mtaudit.errors import RuleError
from mtaudit.kinds import KINDS
from mtaudit.kinds.checks import CHECKS
from mtaudit.kinds.regex import Encoded, compile_expression
from mtaudit.model import Article
from mtaudit.rulebook import KindName

NO_BREAK, NARROW = "\u00a0", "\u202f"


def test_kinds_and_the_names_that_rule_files_may_use_are_the_same() -> None:
    assert set(KINDS) == set(get_args(KindName))
    modules = {module.name for module in pkgutil.iter_modules(mtaudit.kinds.__path__)}
    assert set(KINDS) <= modules


def test_every_check_says_what_it_looks_for() -> None:
    package = importlib.import_module("mtaudit.kinds.checks")
    for name, check in CHECKS.items():
        assert check.__doc__, name
        assert getattr(package, name.replace("-", "_")) is check


REGEX = [
    # \b at either end and \w know accented letters
    (r"\bété\b", "été, étés, l'été, prétété", "été|été"),
    (r"\b\w+ée\b", "la fusée décollée", "fusée|décollée"),
    (r"\bpoli\b", "poli, polié", "poli"),
    (r"[\w-]+é", "bien-aimé", "bien-aimé"),
    (r"\W+", "a, é", ", "),
    (r"[^\w]+", "a, é", ", "),
    # \s knows the spaces of French typography
    (r"\d+\sm\b", f"10 m, 10{NO_BREAK}m, 10{NARROW}m", f"10 m|10{NO_BREAK}m|10{NARROW}m"),
    (r"\S+", f"a{NO_BREAK}é", "a|é"),
    (r"[\s]+", f"a{NARROW} b", f"{NARROW} "),
    # case counts unless the expression says otherwise
    (r"nato", "Nato nato", "nato"),
    (r"(?i)\bnato\b", "Nato NATO natos", "Nato|NATO"),
    (r"(?i)été", "ÉTÉ", "ÉTÉ"),
    # lines
    (r"^Le", "Le\nLe", "Le"),
    (r"(?m)^Le", "Le\nLe", "Le|Le"),
    # what is flagged
    (r"de (?P<flag>le) \w+", "de le maire", "le"),
    (r"(?P<flag>a)?b", "b ab", "a"),
    (r"x*", "aaa", ""),
    (r"x*", "axxa", "xx"),
]


@pytest.mark.parametrize(("pattern", "text", "expected"), REGEX)
def test_regex(
    pattern: str,
    text: str,
    expected: str,
    make_rule: Callable[..., Any],
    flagged: Callable[..., Any],
) -> None:
    hits = flagged(make_rule("regex", match=(pattern,)), text)
    assert [hit.text for hit in hits] == (expected.split("|") if expected else [])


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        pytest.param(r"\b(?:un|une)\b", "une maison", ["une"], id="a shorter alternative first"),
        pytest.param(r"\bla \w+\b", "voila la maison", ["la maison"], id="after a false start"),
        pytest.param(r"\bla \w+?\b", "la maison", ["la maison"], id="lazy"),
    ],
)
def test_edges_take_part_in_the_match(
    pattern: str,
    text: str,
    expected: list[str],
    make_rule: Callable[..., Any],
    flagged: Callable[..., Any],
) -> None:
    assert [hit.text for hit in flagged(make_rule("regex", match=(pattern,)), text)] == expected


@pytest.mark.parametrize(
    ("pattern", "unless", "expected"),
    [
        (r"le \w+", "le chat", ["le chien"]),
        (r"le \w+", "chat et", ["le chien"]),
        (r"le \w+", "et", ["le chat", "le chien"]),
        (r"le (?P<flag>\w+)", "le c", []),
    ],
)
def test_regex_unless_overlaps_the_whole_match(
    pattern: str,
    unless: str,
    expected: list[str],
    make_rule: Callable[..., Any],
    flagged: Callable[..., Any],
) -> None:
    rule = make_rule("regex", match=(pattern,), unless=(unless,))
    assert [hit.text for hit in flagged(rule, "le chat et le chien")] == expected


@pytest.mark.parametrize(
    ("pattern", "text", "suggest", "expected"),
    [
        (r"(\w+) (\w+)", "un deux", r"\2 \1", "deux un"),
        (r"de (\w+)", "de homme", r"de le \1", "de l'homme"),
        (r"km2", "km2", "km²", "km²"),
        (r"(a)?b", "b", r"\1c", "c"),
    ],
)
def test_regex_suggestions(
    pattern: str,
    text: str,
    suggest: str,
    expected: str,
    make_rule: Callable[..., Any],
    flagged: Callable[..., Any],
) -> None:
    (hit,) = flagged(make_rule("regex", match=(pattern,), suggest=(suggest,)), text)
    assert hit.suggestions == (expected,)


def test_a_regex_suggestion_cannot_repeat_a_group_that_is_not_there(
    make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    with pytest.raises(RuleError, match="repeats group 2"):
        flagged(make_rule("regex", match=("(a)b",), suggest=(r"\2",)), "ab")


@pytest.mark.parametrize("key", ["match", "unless"])
@pytest.mark.parametrize("pattern", ["(a", "a**", "(?<=a)b", r"(a)\1"])
def test_a_wrong_expression_is_told(
    key: str, pattern: str, make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    rule = make_rule("regex", **{"match": ("a",), key: (pattern,)})
    with pytest.raises(
        RuleError, match=r"tested\.yaml:1:1: calque/tested: the expression .* wrong"
    ):
        flagged(rule, "ab")


@settings(deadline=None)
@given(st.text(alphabet="aé😀\n", min_size=1, max_size=30), st.integers(1, 60))
def test_bytes_are_counted_back_to_characters(text: str, times: int) -> None:
    long = text * (1 + 40 * times // len(text))
    encoded = Encoded(long)
    for at in range(0, len(long) + 1, 7):
        assert encoded.character(len(long[:at].encode())) == at


@given(st.text(alphabet="aé _'\n.", max_size=30))
def test_word_edges_are_where_letters_end(text: str) -> None:
    found = [
        (start, end) for start, end, _ in compile_expression(r"\b\w+\b").finditer(Encoded(text))
    ]
    expected = []
    position = 0
    for run in "".join(char if char.isalnum() or char == "_" else " " for char in text).split(" "):
        if run:
            expected.append((position, position + len(run)))
        position += len(run) + 1
    assert found == expected


def test_a_regex_stays_in_its_sections(make_rule: Callable[..., Any]) -> None:
    body = "Le pont a rouvert lundi matin, après trois jours de tempête et de vent."
    annotated = annotate(Article(id="a", text=f"{body}\n\nRead more\n\n{body}"))
    kept = make_rule("regex", match=("more",))
    assert not list(KINDS["regex"]([kept], None).hits(annotated))  # type: ignore[arg-type]
    furniture = make_rule("regex", match=("more",), sections=frozenset(("furniture",)))
    assert len(list(KINDS["regex"]([furniture], None).hits(annotated))) == 1  # type: ignore[arg-type]


BOTH = "L'OTAN vote. La Nato attend. L'OTAN dort."
MOSTLY_ENGLISH = "La Nato vote. La Nato attend. L'OTAN dort."
ONE = "La Nato vote. La Nato attend."


@pytest.mark.parametrize(
    ("keys", "text", "expected"),
    [
        ({}, BOTH, [("Nato", "OTAN")]),
        ({}, MOSTLY_ENGLISH, [("OTAN", "Nato")]),
        ({}, ONE, []),
        ({}, "L'OTAN vote. La Nato attend.", [("Nato", "OTAN")]),
        ({"prefer": "OTAN"}, BOTH, [("Nato", "OTAN")]),
        ({"prefer": "OTAN"}, MOSTLY_ENGLISH, [("Nato", "OTAN"), ("Nato", "OTAN")]),
        ({"prefer": "OTAN"}, ONE, []),
        ({"prefer": "OTAN", "always": True}, ONE, [("Nato", "OTAN"), ("Nato", "OTAN")]),
        ({"prefer": "OTAN", "always": True}, "L'OTAN vote.", []),
        ({"suggest": ("l'Alliance",)}, BOTH, [("Nato", "l'Alliance")]),
    ],
)
def test_consistency(
    keys: dict[str, Any],
    text: str,
    expected: list[tuple[str, str]],
    make_rule: Callable[..., Any],
    flagged: Callable[..., Any],
) -> None:
    hits = flagged(make_rule("consistency", variants=("OTAN", '"Nato"'), **keys), text)
    assert [(hit.text, *hit.suggestions) for hit in hits] == expected


def test_consistency_points_to_the_other_place(
    make_rule: Callable[..., Any], resources: Any
) -> None:
    rule = make_rule("consistency", variants=("OTAN", '"Nato"'), prefer="OTAN")
    annotated = annotate(Article(id="a", text="La Nato vote.\n\nL'OTAN dort."))
    (hit,) = KINDS["consistency"]([rule], resources).hits(annotated)
    assert hit.detail == {
        "fr": "l'article écrit aussi « OTAN » (ligne 3)",
        "en": "the article also writes “OTAN” (line 3)",
    }


def test_consistency_of_a_preferred_form_that_is_no_variant(
    make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    rule = make_rule("consistency", variants=('"Nato"', '"NATO"'), prefer="OTAN", always=True)
    assert [hit.text for hit in flagged(rule, "La Nato vote, la NATO dort.")] == ["Nato", "NATO"]


def test_one_variant_alone_is_a_fault(
    make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    with pytest.raises(RuleError, match="one variant alone; expected two or more"):
        flagged(make_rule("consistency", variants=("OTAN",)), "L'OTAN.")


def test_an_unknown_check_is_a_fault(
    make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    with pytest.raises(RuleError, match=r"there is no check .nothing.; expected one of [a-z]+-"):
        flagged(make_rule("check", check="nothing"), "a")
