"""French elisions that lost their apostrophe: « l OTAN », « dUkraine », « le OTAN »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.inflect import elides
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule

_ELIDED: Final = frozenset("l d n s c j m t qu jusqu lorsqu puisqu quoiqu".split())
# A lone letter after a figure is a unit, before a mark or a figure a label.
_UNITS: Final = frozenset("c s m t j l d".split())
_FULL: Final = frozenset("le la de que ne se je me te jusque lorsque puisque".split())
_GLUED: Final = re.compile(
    r"(?P<elided>[LlDdNnSsCcJjMmTt]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)(?P<word>[A-Za-zÀ-ÿŒœ-]{2,})"
)
_SHORT_WORDS: Final = frozenset("il un on ai en eu".split())
_VERB_ELIDED: Final = frozenset("n s j m t c".split())
# « le onze », « la une », « le oui », « de un à dix », « le un »: French does not elide here.
_NO_ELISION: Final = frozenset(
    "onze onzième oui un une ouistiti uhlan ululement yaourt yacht yen yuan yoga yougoslave y i a "
    "e o u iota ouate ouija où et ou à".split()
)


def spaced_elision(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A space in the apostrophe's place: « l OTAN », « qu il »."""
    tokens, norms = annotated.tokens, annotated.norms
    for i in range(len(tokens) - 1):
        norm = norms[i]
        if norm not in _ELIDED:
            continue
        token, following = tokens[i], tokens[i + 1]
        if following.start - token.end != 1 or not elides(following.text):
            continue
        if annotated.sentence_of[i] != annotated.sentence_of[i + 1]:
            continue
        if len(norm) == 1:
            before = tokens[i - 1] if i else None
            if before is not None and (before.text[-1].isdigit() or not before.space):
                continue
            first = annotated.sentences[annotated.sentence_of[i]].first
            if token.text.isupper() and i > first:
                continue  # an initial, a label: « John D Onofrio », « la piste L est fermée »
            if len(following.text) < 2 and following.norm not in ("a", "y"):
                continue
            if norm in _UNITS and following.norm in ("et", "ou", "à"):
                continue
        yield Hit(rule, token.start, following.end, (f"{token.text}'{following.text}",))


def glued_elision(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Nothing in the apostrophe's place: « dUkraine », « lélection », « quil »."""
    lexicon, names = resources.lexicon, resources.names
    for i, token in enumerate(annotated.tokens):
        if len(token.text) < 3:
            continue
        parts = _GLUED.fullmatch(token.text)
        if parts is None:
            continue
        elided, word = parts["elided"], parts["word"]
        if len(word) < 3 and word.lower() not in _SHORT_WORDS:
            continue  # « das », « Los », « Quid »
        if not elides(word):
            continue
        if word[0].isupper():
            # « dUkraine »: a small letter before a name, as only brands have it otherwise.
            if elided[0].isupper() or not (names.kinds(word) or word.isupper()):
                continue
            if names.kinds(token.text):
                continue
        else:
            if token.text[0].isupper() and i > 0 and annotated.norms[i - 1] not in (".", "«", '"'):
                continue
            if lexicon.knows(token.norm) or names.kinds(token.text):
                continue
            if token.text[0].isupper() and names.kinds(token.text.capitalize()):
                continue
            readings = lexicon.analyses(word.lower())
            wanted = (
                ("VERB", "AUX", "PRON")
                if elided.lower() in _VERB_ELIDED
                else (
                    ("NOUN", "ADJ", "PRON", "VERB", "DET", "ADV")
                    if len(elided) > 1
                    else ("NOUN", "ADJ")
                )
            )
            if not any(reading.upos in wanted and reading.common for reading in readings):
                continue
        yield Hit(rule, token.start, token.end, (f"{elided}'{word}",))


def missing_elision(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """The full form before a vowel: « le OTAN », « de Israël », « que il »."""
    tokens, norms = annotated.tokens, annotated.norms
    for i in range(len(tokens) - 1):
        if norms[i] not in _FULL:
            continue
        token, following = tokens[i], tokens[i + 1]
        if following.start - token.end != 1:
            continue
        word = following.text
        if word[0] in "hHyY" or following.norm in _NO_ELISION or not elides(word):
            continue
        if len(word) < 2 or not word[0].isalpha() or word in ("El", "Al", "En", "Un"):
            continue
        if (i and tokens[i - 1].text[-1] == "-") or token.text.isupper():
            continue
        # Capitals that no gazetteer knows may be spelt out or Roman: « la ECW », « de la IV ».
        known = resources.names.kinds(word) or (
            not word.isupper() and resources.lexicon.knows(word)
        )
        if not known:
            continue
        if norms[i] in ("le", "la", "je") and i and tokens[i - 1].text.startswith("-"):
            continue
        named = i > 0 and tokens[i - 1].text[0].isupper()
        if i == annotated.sentences[annotated.sentence_of[i]].first:
            named = not resources.lexicon.knows(word.lower())
        if word[0].isupper() and named:
            continue  # inside a foreign name: « Oscar De La Hoya », « De Andrade »
        elided = token.text[:-1] + "'"
        yield Hit(rule, token.start, following.end, (f"{elided}{word}",))
