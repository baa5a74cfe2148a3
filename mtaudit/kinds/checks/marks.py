"""Marks and capitals that only the whole article or a gazetteer shows to be wrong."""

from __future__ import annotations

from collections.abc import Iterator

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule


def mixed_quotes(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Straight quotation marks in an article that has French ones too."""
    texts = [token.text for token in annotated.tokens]
    if "«" not in texts or '"' not in texts:
        return
    inside = False
    for i, text in enumerate(texts):
        if text != '"':
            continue
        inside = not inside
        if inside and i + 1 < len(texts):
            following = annotated.tokens[i + 1]
            yield Hit(rule, annotated.tokens[i].start, following.end)


def lower_case_place(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A town or a country without its capital, where the word is nothing else."""
    lexicon, names, english = resources.lexicon, resources.names, resources.english
    for i, token in enumerate(annotated.tokens):
        if len(token.text) < 5 or not token.text.islower() or not token.text.isalpha():
            continue
        if lexicon.knows(token.norm) or english.knows(token.norm):
            continue
        name = token.text.capitalize()
        if not names.kinds(name) & {"city", "country"} or names.is_first_name(name):
            continue
        before = annotated.norms[i - 1] if i else ""
        if before in ("de", "d'", "à", "en", "par", "vers", "depuis", "du", "au"):
            yield Hit(rule, token.start, token.end, (name,))
