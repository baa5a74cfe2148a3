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
from mtaudit.kinds.checks.attributes import far_attribute, far_attribute_asks
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
from mtaudit.kinds.checks.commas import comma_subject_verb, comma_subject_verb_asks
from mtaudit.kinds.checks.coordination import (
    joined_subject_asks,
    joined_subject_attribute,
    joined_subject_verb,
)
from mtaudit.kinds.checks.duplicates import duplicated
from mtaudit.kinds.checks.elision import glued_elision, missing_elision, spaced_elision
from mtaudit.kinds.checks.english import english_passage, english_run, english_word
from mtaudit.kinds.checks.exonym import english_exonym
from mtaudit.kinds.checks.joints import (
    elision_before_capitals,
    impossible_pair,
    lost_link,
    lost_second_que,
)
from mtaudit.kinds.checks.marks import lower_case_place, mixed_quotes
from mtaudit.kinds.checks.misspelt import misspelt_english
from mtaudit.kinds.checks.money import lost_currency
from mtaudit.kinds.checks.mood import (
    if_conditional,
    if_present_conditional,
    indicative,
    when_present,
)
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
from mtaudit.kinds.checks.participle import orphan_participle, orphan_participle_asks
from mtaudit.kinds.checks.partitive import (
    all_the_gender,
    joined_titles,
    one_of_gender,
    superlative,
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
from mtaudit.kinds.checks.quotes import unpaired_guillemet
from mtaudit.kinds.checks.reflexive import joined_person, reflexive_person, subject_person
from mtaudit.kinds.checks.relative import relative_verb, relative_verb_asks
from mtaudit.kinds.checks.speech import unmarked_speech
from mtaudit.kinds.checks.spelling import written_otherwise
from mtaudit.kinds.checks.tense import past_in_present
from mtaudit.kinds.checks.titles import masculine_title
from mtaudit.kinds.checks.untranslated_source import copied_passage
from mtaudit.kinds.checks.varying import acronym_varies, name_varies
from mtaudit.rulebook import Rule

Check = Callable[[Annotated, Rule, Resources], Iterable[Hit]]

# Checks that read syntax, with the function that tells of which sentences.
ASKS: Final[Mapping[str, Callable[[Annotated, Resources], Iterable[int]]]] = {
    "adjective-before-noun": adjective_before_noun_asks,
    "adjective-noun": adjective_noun_asks,
    "attribute": attribute_asks,
    "far-attribute": far_attribute_asks,
    "joined-subject-attribute": joined_subject_asks,
    "joined-subject-verb": joined_subject_asks,
    "orphan-participle": orphan_participle_asks,
    "comma-subject-verb": comma_subject_verb_asks,
    "relative-verb": relative_verb_asks,
    "subject-verb": subject_verb_asks,
}

CHECKS: Final[Mapping[str, Check]] = {
    "adjective-before-noun": adjective_before_noun,
    "bare-name": bare_name,
    "stacked-nouns": stacked_nouns,
    "added-passage": added_passage,
    "added-word": added_word,
    "all-the-gender": all_the_gender,
    "adjective-noun": adjective_noun,
    "attribute": attribute,
    "accent-varies": accent_varies,
    "acronym-changed": acronym_changed,
    "comma-subject-verb": comma_subject_verb,
    "copied-passage": copied_passage,
    "date-differs": date_differs,
    "determiner-noun": determiner_noun,
    "duplicated": duplicated,
    "elision-before-capitals": elision_before_capitals,
    "english-acronym-kept": english_acronym_kept,
    "english-exonym": english_exonym,
    "english-passage": english_passage,
    "english-run": english_run,
    "english-word": english_word,
    "far-attribute": far_attribute,
    "finite-after-auxiliary": finite_after_auxiliary,
    "glued-elision": glued_elision,
    "joined-subject-attribute": joined_subject_attribute,
    "joined-subject-verb": joined_subject_verb,
    "joined-person": joined_person,
    "joined-titles": joined_titles,
    "one-of-gender": one_of_gender,
    "superlative": superlative,
    "lost-currency": lost_currency,
    "lost-name": lost_name,
    "lost-passage": lost_passage,
    "lost-word": lost_word,
    "lower-case-name": lower_case_name,
    "lower-case-place": lower_case_place,
    "marks-lost": marks_lost,
    "masculine-title": masculine_title,
    "misspelt-english": misspelt_english,
    "missing-elision": missing_elision,
    "mixed-quotes": mixed_quotes,
    "name-changed": name_changed,
    "acronym-varies": acronym_varies,
    "name-varies": name_varies,
    "negation-gained": negation_gained,
    "negation-lost": negation_lost,
    "nonword": nonword,
    "number-differs": number_differs,
    "opening-participle": opening_participle,
    "orphan-participle": orphan_participle,
    "past-in-present": past_in_present,
    "person-gender": person_gender,
    "person-title": person_title,
    "possessive-in-source": possessive_in_source,
    "possessive-name": possessive_name,
    "possessive-noun": possessive_noun,
    "quotes-lost": quotes_lost,
    "reflexive-person": reflexive_person,
    "relative-verb": relative_verb,
    "repeated": repeated,
    "spaced-elision": spaced_elision,
    "speaker-gender": speaker_gender,
    "spokeswoman": spokeswoman,
    "subject-person": subject_person,
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
    "if-present-conditional": if_present_conditional,
    "indicative": indicative,
    "infinitive-for-finite": infinitive_for_finite,
    "impossible-pair": impossible_pair,
    "lequel": lequel,
    "lost-link": lost_link,
    "lost-second-que": lost_second_que,
    "lost-que": lost_que,
    "participle-for-infinitive": participle_for_infinitive,
    "pronoun-verb": pronoun_verb,
    "unpaired-guillemet": unpaired_guillemet,
    "verb-collision": verb_collision,
    "when-present": when_present,
    "written-otherwise": written_otherwise,
}
