"""The pattern language: what each construct of docs/rules.md flags, and what is told of faults."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtaudit.errors import RuleError
from mtaudit.french.inflect import elides, mend_seams
from mtaudit.kinds import Resources
from mtaudit.kinds.pattern import FEATURES, POS, PatternError, parse

DOCS = Path(__file__).resolve().parents[1] / "docs" / "rules.md"

# A pattern, a sentence, and what is flagged in it ("|" between hits); None for silence.
MATCHES = [
    # a word: any case, either apostrophe
    ("nourriture", "La nourriture manque.", "nourriture"),
    ("nourriture", "LA NOURRITURE MANQUE.", "NOURRITURE"),
    ("nourriture", "Les nourritures manquent.", None),
    ("nourriture", "La nourriture, la nourriture.", "nourriture|nourriture"),
    ("l'été", "Pendant l'été.", "l'été"),
    ("l'été", "Pendant l’été.", "l’été"),
    ("l’été", "Pendant l'été.", "l'été"),
    ("l'été", "Pendant l&#39;été.", "l&#39;été"),
    ("d' eau", "Il parle d'eau.", "d'eau"),
    ("peut-être", "Peut-être.", "Peut-être"),
    ("a-t-il dit", "Oui, a-t-il dit hier.", "a-t-il dit"),
    ("un mot", "Un autre mot.", None),
    ("un mot", "Il dit un. Mot à mot.", None),
    # exactly this case
    ('"Nato" avance', "La Nato avance.", "Nato avance"),
    ('"Nato" avance', "La NATO avance.", None),
    ('"Nato" avance', "La nato avance.", None),
    # a lemma
    ("<faire> sens", "Ces mots font sens.", "font sens"),
    ("<faire> sens", "Cela fera sens.", "fera sens"),
    ("<faire> sens", "Le sens fait rire.", None),
    ("<le> chat", "L'autre chat et le chat.", "le chat"),
    ("<grand:ADJ,fem,plur> [NOUN]", "De grandes villes.", "grandes villes"),
    ("<grand:ADJ,fem,plur> [NOUN]", "De grande ville.", None),
    ("<grand:ADJ,fem,plur> [NOUN]", "De grands ports.", None),
    ("<dire:VERB,3> que", "Il dit que non.", "dit que"),
    ("<dire:VERB,3> que", "Nous disons que non.", None),
    ("<dire|déclarer:VERB> que", "Elle déclara que si.", "déclara que"),
    ("<dire|déclarer:VERB> que", "Elle pense que si.", None),
    # alternatives, optional parts
    ("(chat|chien noir) dort", "Le chat dort.", "chat dort"),
    ("(chat|chien noir) dort", "Un chien noir dort.", "chien noir dort"),
    ("(chat|chien noir) dort", "Un chien dort.", None),
    ("très? grand froid", "Un grand froid.", "grand froid"),
    ("très? grand froid", "Un très grand froid.", "très grand froid"),
    ("prendre (à la)? place", "Il va prendre place.", "prendre place"),
    ("prendre (à la)? place", "Il va prendre à la place.", "prendre à la place"),
    ("prendre (à la)? place", "Il va prendre à place.", None),
    ("<avoir>? du sens", "Cela a du sens.", "a du sens"),
    # gaps
    ("vu .. revendiquer", "Il a vu revendiquer cela.", "vu revendiquer"),
    ("vu .. revendiquer", "Il a vu le roi du nord revendiquer.", "vu le roi du nord revendiquer"),
    ("vu .. revendiquer", "Il a vu le vieux roi du nord revendiquer.", None),
    ("vu ..5 voir", "Il a vu le roi du nord hier voir.", "vu le roi du nord hier voir"),
    ("vu ..1 revendiquer", "Il a vu le roi revendiquer.", None),
    ("vu .. revendiquer", "Il a vu, hier, revendiquer.", None),
    ("vu .. revendiquer", "Il a vu (hier) revendiquer.", None),
    ("vu .. revendiquer", "Il a vu « Max » revendiquer.", "vu « Max » revendiquer"),
    ("vu .. revendiquer", "Il l'a vu. Max va revendiquer.", None),
    # parts of speech
    ("[DET] maison blanche", "La maison blanche.", "La maison blanche"),
    ("[DET] maison blanche", "Grande maison blanche.", None),
    ("maison [ADJ,fem,sing]", "Une maison blanche.", "maison blanche"),
    ("maison [ADJ,fem,sing]", "Une maison blanches.", None),
    ("va [VERB,inf]", "Il va partir.", "va partir"),
    ("va [VERB,inf]", "Il va parti.", None),
    ("il [VERB] mal", "Il est mal.", "Il est mal"),
    ("[ADP] Kiev", "Il part pour Kiev.", "pour Kiev"),
    ("[NUM] troupes", "Il y a 1 500 troupes.", "1 500 troupes"),
    ("[NUM] troupes", "Il y a 3,5 troupes.", "3,5 troupes"),
    ("[NUM] troupes", "Trois troupes.", "Trois troupes"),
    ("[NUM] troupes", "Des troupes.", None),
    ("selon [NAME]", "Tout va selon Zorglub.", "selon Zorglub"),
    ("selon [NAME]", "Tout va selon lui.", None),
    ("[NAME] parle", "Paris parle.", "Paris parle"),
    ("[NAME] parle", "Zorglub parle.", None),
    ("selon [WORD] et", "Selon vous et moi.", "Selon vous et"),
    ("selon [WORD] et", "Selon 3 et moi.", None),
    # expressions on a token's lower-case form, in full
    (r"/ex-\w+s/ du", "Les Ex-Soldats du camp.", "Ex-Soldats du"),
    (r"/ex-\w+s/ du", "Un ex-soldat du camp.", None),
    # not followed by
    ("afin !(de|que)", "Il vient afin de voir.", None),
    ("afin !(de|que)", "Il vient afin gagner.", "afin"),
    ("afin !(de|que)", "Il vient afin.", "afin"),
    ("![NUM] [WORD] troupes", "Dix troupes.", None),
    ("![NUM] [WORD] troupes", "Les troupes.", "Les troupes"),
    # edges of the sentence
    ("^ disant", "Disant cela, il part.", "Disant"),
    ("^ disant", "« Disant cela », il part.", "Disant"),
    ("^ disant", "En disant cela, il part.", None),
    ("^ disant", "Il part. Disant cela, il sort.", "Disant"),
    ("bien $", "Il va bien.", "bien"),
    ("bien $", "Il va bien !", "bien"),
    ("bien $", "Il dit « bien ».", "bien"),
    ("bien $", "Il va bien hier.", None),
    # context that is not flagged
    ("assis {par} Kiev", "Il est assis par Kiev.", "par"),
    ("{assis} par", "Il est assis par Kiev.", "assis"),
    ("il {est .. par} Kiev", "Il est assis par Kiev.", "est assis par"),
    # marks
    (", disant que", "Il part, disant que non.", ", disant que"),
    (", disant que", "Il part disant que non.", None),
    ("dit :", "Il dit : non.", "dit :"),
    (r"quoi \?", "Tu veux quoi ?", "quoi ?"),
    (r"quoi \?", "Tu veux quoi.", None),
    (r"\( sic \)", "Il dit cela (sic).", "(sic)"),
    (r"non \"", 'Il dit "non" hier.', 'non"'),
    # of overlapping matches the first and longest
    ("le (roi|roi du nord)", "C'est le roi du nord.", "le roi"),
    ("très? bien? dormi", "Il a très bien dormi.", "très bien dormi"),
]


@pytest.mark.parametrize(("pattern", "sentence", "expected"), MATCHES)
def test_matches(
    pattern: str,
    sentence: str,
    expected: str | None,
    make_rule: Callable[..., Any],
    flagged: Callable[..., Any],
) -> None:
    hits = flagged(make_rule(match=(pattern,)), sentence)
    assert [hit.text for hit in hits] == (expected.split("|") if expected else [])


FAULTS = [
    ("", "the pattern is empty", 0),
    ("<faire", "a lemma is not closed by >", 1),
    ("a <>", "a lemma is empty", 3),
    ("a <zzzqqq>", "the lexicon knows no form of 'zzzqqq'", 2),
    ("<faire|zzzqqq> a", "the lexicon knows no form of 'zzzqqq'", 0),
    ("<maison:VERB>", "the lexicon knows no form of 'maison' as VERB", 0),
    ("<faire:VERBE> a", "'VERBE' is no part of speech; expected one of NOUN, VERB, ADJ", 0),
    ("a <faire:VERB,zz>", "'zz' is no feature; expected some of masc, fem, sing", 2),
    ("a [FOO]", "'FOO' is no part of speech; expected one of NOUN, VERB", 2),
    ("a [NOUN,zz]", "'zz' is no feature; expected some of masc", 2),
    ("a [NOUN", "a part of speech is not closed by ]", 3),
    ("a []", "a part of speech is empty", 3),
    ("(a|b", "a parenthesis is not closed", 0),
    ("a)", "')' closes nothing", 1),
    ("a | b", "'|' cannot stand here", 2),
    ("?", "'?' cannot stand here", 0),
    ("a > b", "'>' cannot stand here", 2),
    ("a}", "the flagged part is opened or closed more than once", 1),
    ("{a} {b}", "the flagged part is opened or closed more than once", 4),
    ("a /[/", "the expression is wrong: unterminated character set", 2),
    ("a /b", "an expression is not closed by /", 3),
    ('a "B', 'an exact word is not closed by "', 3),
    ("a \\", "'\\\\' cannot stand here", 2),
]


@pytest.mark.parametrize(("pattern", "message", "column"), FAULTS)
def test_faults(pattern: str, message: str, column: int, resources: Resources) -> None:
    with pytest.raises(PatternError, match=re.escape(message)) as caught:
        parse(pattern, resources.lexicon)
    assert caught.value.column == column


def test_a_brace_left_open_is_called_so(resources: Resources) -> None:
    with pytest.raises(PatternError, match="not closed"):
        parse("a {b", resources.lexicon)


def test_a_lone_exclamation_mark_is_a_fault(resources: Resources) -> None:
    with pytest.raises(PatternError):
        parse("a !", resources.lexicon)


@pytest.mark.parametrize("pattern", ["[NOUN]", "/paix/", "..", "paix?", "(paix|[NOUN])", "^ $"])
def test_a_pattern_needs_a_word(
    pattern: str, make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    with pytest.raises(RuleError, match="holds no word that a match must have"):
        flagged(make_rule(match=(pattern,)), "La paix.")


# Pattern, sentence, suggestions of the rule, what is suggested for the one hit.
SUGGESTIONS = [
    ("<faire> sens", "Ces mots font sens.", ["<avoir> du sens"], ["ont du sens"]),
    ("<faire> sens", "Cela faisait sens.", ["<avoir> du sens"], ["avait du sens"]),
    ("<faire> sens", "Cela va faire sens.", ["<avoir> du sens"], ["avoir du sens"]),
    ("<faire> sens", "Faire sens, voilà.", ["<avoir> du sens"], ["Avoir du sens"]),
    ("<place:NOUN>", "Les places manquent.", ["<siège>"], ["sièges"]),
    ("<mauvais:ADJ> [NOUN]", "De mauvaises villes.", ["<beau> villes"], ["belles villes"]),
    ("<prendre> <place:NOUN>", "Il prend places.", ["<occuper> <siège>"], ["occupe sièges"]),
    ("(chat|chien noir) dort", "Un chien noir dort.", [r"\1 sommeille"], ["chien noir sommeille"]),
    ("roi de ([NAME])", "Le roi de Italie.", [r"roi de \1"], ["roi d'Italie"]),
    ("que (il|elle)", "Il croit que elle part.", [r"que \1"], ["qu'elle"]),
    ("pour (le|les) ([NOUN])", "Il part pour les villes.", [r"de \1 \2"], ["des villes"]),
    ("plan", "Le plan.", ["projet", "plan", "projet"], ["projet"]),
    ("plan", "Plan social.", ["projet"], ["Projet"]),
    ("plan", "Le Plan social.", ["projet"], ["projet"]),
    ("très bien", "Il va très bien.", [""], [""]),
    ("très bien", "Il va très bien.", [], []),
]


@pytest.mark.parametrize(("pattern", "sentence", "suggest", "expected"), SUGGESTIONS)
def test_suggestions(
    pattern: str,
    sentence: str,
    suggest: list[str],
    expected: list[str],
    make_rule: Callable[..., Any],
    flagged: Callable[..., Any],
) -> None:
    (hit,) = flagged(make_rule(match=(pattern,), suggest=tuple(suggest)), sentence)
    assert list(hit.suggestions) == expected


def test_a_group_that_matched_nothing_leaves_one_space(
    make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    rule = make_rule(match=("chat (très)? noir",), suggest=(r"chien \1 noir",))
    assert flagged(rule, "Un chat noir dort.")[0].suggestions == ("chien noir",)


def test_a_form_of_both_genders_becomes_masculine(
    make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    rule = make_rule(match=("<magnifique:ADJ> ports",), suggest=("<beau> ports",))
    assert flagged(rule, "De magnifiques ports.")[0].suggestions == ("beaux ports",)


@pytest.mark.parametrize("template", [r"\2 a", r"\0"])
def test_a_suggestion_cannot_repeat_a_group_that_is_not_there(
    template: str, make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    with pytest.raises(RuleError, match="repeats group"):
        flagged(make_rule(match=("(a|b) c",), suggest=(template,)), "a c")


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("de le maire", "du maire"),
        ("de les élus", "des élus"),
        ("à le maire", "au maire"),
        ("À les élus", "Aux élus"),
        ("de le arbre", "de l'arbre"),
        ("la amie", "l'amie"),
        ("que il", "qu'il"),
        ("Lorsque on", "Lorsqu'on"),
        ("si il", "s'il"),
        ("si elle", "si elle"),
        ("la haine", "la haine"),
        ("le onze", "le onze"),
        ("de la ville", "de la ville"),
    ],
)
def test_seams(text: str, mended: str) -> None:
    assert mend_seams(text) == mended


@pytest.mark.parametrize("word", ["hache", "haricot", "hangars", "héron"])
def test_no_elision_before_h_aspire(word: str) -> None:
    assert not elides(word), word


@pytest.mark.parametrize(
    ("unless", "sentence", "expected"),
    [
        ("nourriture pour chiens", "La nourriture pour chiens manque.", []),
        ("nourriture pour chiens", "La nourriture pour chats manque.", ["nourriture pour"]),
        ("de la nourriture", "Il a de la nourriture pour tous.", []),
        ("il .. nourriture", "Il a vu de la nourriture pour tous.", []),
        ("manque", "La nourriture pour tous manque.", ["nourriture pour"]),
        ("pour chiens", "La nourriture pour tous. Nourriture pour chiens.", ["nourriture pour"]),
    ],
)
def test_an_antipattern_that_overlaps_excuses(
    unless: str,
    sentence: str,
    expected: list[str],
    make_rule: Callable[..., Any],
    flagged: Callable[..., Any],
) -> None:
    rule = make_rule(match=("nourriture pour",), unless=(unless,))
    assert [hit.text for hit in flagged(rule, sentence)] == expected


def test_docs_name_every_feature_and_part_of_speech() -> None:
    page = DOCS.read_text(encoding="utf-8")
    told = set(re.findall(r"`(\w+)`", page)) | set(re.findall(r"\[([A-Z]+)", page))
    assert set(FEATURES) <= told
    assert set(POS) - {"AUX", "PUNCT"} <= told


NOTATION = r"""chat dort <faire> ( | ) ? .. ..2 [NOUN] ! ^ $ { } "Le" /a/ \? ,""".split()


@given(st.lists(st.sampled_from(NOTATION), max_size=9).map(" ".join))
def test_any_notation_is_either_a_pattern_or_a_fault_with_a_place(
    resources: Resources, pattern: str
) -> None:
    column = 0
    try:
        parse(pattern, resources.lexicon)
    except PatternError as error:
        column = error.column
    assert 0 <= column <= len(pattern)


@given(st.lists(st.sampled_from(NOTATION), max_size=7).map(" ".join))
def test_what_is_flagged_is_whole_tokens_of_one_sentence(
    make_rule: Callable[..., Any], flagged: Callable[..., Any], pattern: str
) -> None:
    text = "Le chat, a dormi. Il fait Le pain ? Le chat dort."
    try:
        hits = flagged(make_rule(match=(pattern,)), text)
    except RuleError:
        return
    for hit in hits:
        assert hit.text
        assert any(hit.text in line for line in re.split(r"(?<=[.?]) ", text))
