"""Checks: what to look for that no pattern can say. One file per subject, one line per check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.accord import (
    attribute,
    attribute_asks,
    opening_participle,
    subject_verb,
    subject_verb_asks,
)
from mtaudit.kinds.checks.adjectives import adjective_noun, adjective_noun_asks
from mtaudit.kinds.checks.agreement import determiner_noun
from mtaudit.kinds.checks.articles import bare_acronym, bare_country, bare_subject
from mtaudit.kinds.checks.broken import repeated, truncated
from mtaudit.kinds.checks.clause import (
    finite_after_auxiliary,
    finite_after_preposition,
    infinitive_for_finite,
    lost_que,
    participle_for_infinitive,
    pronoun_verb,
    verb_collision,
)
from mtaudit.kinds.checks.elision import glued_elision, missing_elision, spaced_elision
from mtaudit.kinds.checks.english import english_passage, english_run, english_word
from mtaudit.kinds.checks.exonym import english_exonym
from mtaudit.kinds.checks.marks import lower_case_place, mixed_quotes
from mtaudit.kinds.checks.money import lost_currency
from mtaudit.kinds.checks.mood import if_conditional, indicative, when_present
from mtaudit.kinds.checks.names_source import (
    accent_varies,
    acronym_changed,
    english_acronym_kept,
    lower_case_name,
    marks_lost,
    name_changed,
    surname_dropped,
    surname_translated,
)
from mtaudit.kinds.checks.nearby import adjective_ahead, adjective_behind, determiner_word, lequel
from mtaudit.kinds.checks.negation import negation_gained, negation_lost
from mtaudit.kinds.checks.nonword import nonword
from mtaudit.kinds.checks.numbers import date_differs, number_differs, ungrouped_thousands
from mtaudit.kinds.checks.omission import (
    added_passage,
    added_word,
    lost_name,
    lost_passage,
    lost_word,
)
from mtaudit.kinds.checks.order import (
    adjective_before_noun,
    adjective_before_noun_asks,
    bare_name,
    stacked_nouns,
)
from mtaudit.kinds.checks.people import (
    person_gender,
    person_title,
    speaker_gender,
    spokeswoman,
)
from mtaudit.kinds.checks.persons import apposed_gender, feminine_title
from mtaudit.kinds.checks.possessive import possessive_name, possessive_noun
from mtaudit.kinds.checks.possessive_source import possessive_in_source
from mtaudit.kinds.checks.quoted_source import quotes_lost
from mtaudit.kinds.checks.speech import unmarked_speech
from mtaudit.kinds.checks.tense import past_in_present
from mtaudit.kinds.checks.titles import masculine_title
from mtaudit.kinds.checks.untranslated_source import copied_passage
from mtaudit.rulebook import Rule

Check = Callable[[Annotated, Rule, Resources], Iterable[Hit]]

# Checks that read syntax, with the function that tells of which sentences.
ASKS: Final[Mapping[str, Callable[[Annotated, Resources], Iterable[int]]]] = {
    "adjective-before-noun": adjective_before_noun_asks,
    "adjective-noun": adjective_noun_asks,
    "attribute": attribute_asks,
    "subject-verb": subject_verb_asks,
}

CHECKS: Final[Mapping[str, Check]] = {
    "adjective-before-noun": adjective_before_noun,
    "bare-name": bare_name,
    "stacked-nouns": stacked_nouns,
    "added-passage": added_passage,
    "added-word": added_word,
    "adjective-noun": adjective_noun,
    "attribute": attribute,
    "accent-varies": accent_varies,
    "acronym-changed": acronym_changed,
    "copied-passage": copied_passage,
    "date-differs": date_differs,
    "determiner-noun": determiner_noun,
    "english-acronym-kept": english_acronym_kept,
    "english-exonym": english_exonym,
    "english-passage": english_passage,
    "english-run": english_run,
    "english-word": english_word,
    "finite-after-auxiliary": finite_after_auxiliary,
    "glued-elision": glued_elision,
    "lost-currency": lost_currency,
    "lost-name": lost_name,
    "lost-passage": lost_passage,
    "lost-word": lost_word,
    "lower-case-name": lower_case_name,
    "lower-case-place": lower_case_place,
    "marks-lost": marks_lost,
    "masculine-title": masculine_title,
    "missing-elision": missing_elision,
    "mixed-quotes": mixed_quotes,
    "name-changed": name_changed,
    "negation-gained": negation_gained,
    "negation-lost": negation_lost,
    "nonword": nonword,
    "number-differs": number_differs,
    "opening-participle": opening_participle,
    "past-in-present": past_in_present,
    "person-gender": person_gender,
    "person-title": person_title,
    "possessive-in-source": possessive_in_source,
    "possessive-name": possessive_name,
    "possessive-noun": possessive_noun,
    "quotes-lost": quotes_lost,
    "repeated": repeated,
    "spaced-elision": spaced_elision,
    "speaker-gender": speaker_gender,
    "spokeswoman": spokeswoman,
    "subject-verb": subject_verb,
    "surname-dropped": surname_dropped,
    "surname-translated": surname_translated,
    "truncated": truncated,
    "ungrouped-thousands": ungrouped_thousands,
    "unmarked-speech": unmarked_speech,
    "adjective-ahead": adjective_ahead,
    "adjective-behind": adjective_behind,
    "apposed-gender": apposed_gender,
    "bare-acronym": bare_acronym,
    "bare-country": bare_country,
    "bare-subject": bare_subject,
    "determiner-word": determiner_word,
    "feminine-title": feminine_title,
    "finite-after-preposition": finite_after_preposition,
    "if-conditional": if_conditional,
    "indicative": indicative,
    "infinitive-for-finite": infinitive_for_finite,
    "lequel": lequel,
    "lost-que": lost_que,
    "participle-for-infinitive": participle_for_infinitive,
    "pronoun-verb": pronoun_verb,
    "verb-collision": verb_collision,
    "when-present": when_present,
}
