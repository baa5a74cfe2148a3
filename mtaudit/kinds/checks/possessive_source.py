"""Possessives of the source carried over as words in -s: `Rutte's` and « Ruttes »."""

from __future__ import annotations

from collections.abc import Iterator

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.possessive import in_source, possessive_name
from mtaudit.rulebook import Rule


def possessive_in_source(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Names in -s of which the English beside shows that the s is a possessive's.

    What the French alone gives away is left to the rule for that, which the English confirms.
    """
    if annotated.alignment is None:
        return
    known = {(hit.start, hit.end) for hit in possessive_name(annotated, rule, resources)}
    for token in annotated.tokens:
        word = token.text
        if len(word) < 4 or word[-1] != "s" or not word[0].isupper() or word.isupper():
            continue
        said = in_source(annotated, token, resources)
        if said is None or (token.start, token.end) in known:
            continue
        yield Hit(
            rule,
            token.start,
            token.end,
            (word[:-1],),
            {"fr": f"l'anglais dit « {said} »", "en": f"English says “{said}”"},
            source_text=said,
        )
