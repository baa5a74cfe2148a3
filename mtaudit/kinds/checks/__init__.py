"""Checks: what to look for that no pattern can say. One file per subject, one line per check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.agreement import determiner_noun
from mtaudit.kinds.checks.broken import repeated, truncated
from mtaudit.kinds.checks.elision import glued_elision, missing_elision, spaced_elision
from mtaudit.kinds.checks.english import english_passage, english_run, english_word
from mtaudit.kinds.checks.exonym import english_exonym
from mtaudit.kinds.checks.marks import lower_case_place, mixed_quotes
from mtaudit.kinds.checks.money import lost_currency
from mtaudit.kinds.checks.nonword import nonword
from mtaudit.kinds.checks.possessive import possessive_name, possessive_noun
from mtaudit.kinds.checks.speech import unmarked_speech
from mtaudit.kinds.checks.titles import masculine_title
from mtaudit.rulebook import Rule

Check = Callable[[Annotated, Rule, Resources], Iterable[Hit]]

CHECKS: Final[Mapping[str, Check]] = {
    "determiner-noun": determiner_noun,
    "english-exonym": english_exonym,
    "english-passage": english_passage,
    "english-run": english_run,
    "english-word": english_word,
    "glued-elision": glued_elision,
    "lost-currency": lost_currency,
    "lower-case-place": lower_case_place,
    "masculine-title": masculine_title,
    "missing-elision": missing_elision,
    "mixed-quotes": mixed_quotes,
    "nonword": nonword,
    "possessive-name": possessive_name,
    "possessive-noun": possessive_noun,
    "repeated": repeated,
    "spaced-elision": spaced_elision,
    "truncated": truncated,
    "unmarked-speech": unmarked_speech,
}
