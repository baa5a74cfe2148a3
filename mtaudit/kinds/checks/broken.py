"""Broken text: cut words and sentences, doubled words, loops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_ELLIPSIS: Final = frozenset(("...", "…", "..", "...."))
_OPEN_ENDED: Final = frozenset(
    "le la les l' un une des du de d' à au aux en dans par pour sur sous avec sans chez vers "
    "entre et ou que qu' qui dont où ce cet cette ces son sa ses leur leurs mon ma mes notre nos "
    "votre vos ne n' se s' je j' il elle on nous vous ils elles est était a ont avait sont".split()
)
# Words that French doubles: reflexive verbs, emphasis, and names such as « Duran Duran ».
_DOUBLED_WELL: Final = frozenset(
    "nous vous très bien plus non oui si la là en y faire tout jamais loin vite petit ha ah oh eh "
    "hé bla cha tic knock chut allez allons encore presque vraiment long quoi ça pas peu trop aïe "
    "toc boum ding ding-dong pousse-pousse bis".split()
)
_WORD: Final = re.compile(r"[^\W\d_][\w'-]*")
_LONGEST_LOOP: Final = 6


def truncated(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Text that breaks off: « rapideme... », « de la part de... », a line without an end."""
    tokens, norms = annotated.tokens, annotated.norms
    for sentence in annotated.sentences:
        if sentence.section == "furniture":
            continue
        i = sentence.last - 1
        if tokens[i].text not in _ELLIPSIS or i == sentence.first:
            continue
        at = i - 1
        while at > sentence.first and not tokens[at].text[-1].isalnum() and norms[at][-1] != "'":
            at -= 1
        word = norms[at]
        teaser = sentence.section == "teaser"
        cut = (
            tokens[at].end == tokens[i].start
            and _WORD.fullmatch(word) is not None
            and tokens[at].text[0].islower()
            and not resources.lexicon.knows(word)
        )
        hanging = word in _OPEN_ENDED and sentence.last - sentence.first > 8
        if not (teaser or cut or (hanging and word not in ("est", "était", "a", "ont", "sont"))):
            continue
        yield Hit(rule, tokens[at].start, tokens[i].end)


def repeated(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A word or a group of words written twice in a row, as software does when it loops."""
    for sentence in annotated.sentences:
        if sentence.section != "furniture":
            yield from _loops(annotated, sentence, rule)


def _loops(annotated: Annotated, sentence: Sentence, rule: Rule) -> Iterator[Hit]:
    norms, tokens = annotated.norms, annotated.tokens
    i = sentence.first
    while i < sentence.last - 1:
        found = 0
        for size in range(min(_LONGEST_LOOP, (sentence.last - i) // 2), 0, -1):
            if norms[i + size] != norms[i]:
                continue
            group = norms[i : i + size]
            if norms[i + size : i + 2 * size] != group:
                continue
            if size == 1 and not _wrongly_doubled(annotated, sentence, i):
                continue
            if size > 1 and not _loop(group):
                continue
            found = size
            break
        if not found:
            i += 1
            continue
        end = i + 2 * found
        while norms[end : end + found] == norms[i : i + found] and end + found <= sentence.last:
            end += found
        text = annotated.text
        kept = text[tokens[i].start : tokens[i + found - 1].end]
        yield Hit(rule, tokens[i].start, tokens[end - 1].end, (kept,))
        i = end


def _wrongly_doubled(annotated: Annotated, sentence: Sentence, i: int) -> bool:
    norm = annotated.norms[i]
    first, second = annotated.tokens[i], annotated.tokens[i + 1]
    if not _WORD.fullmatch(norm) or norm in _DOUBLED_WELL or second.start - first.end > 1:
        return False
    if first.text[0].isupper() and second.text[0].isupper():
        return False  # « Duran Duran », « Baden Baden »
    if first.text != second.text and i != sentence.first:
        return False
    return len(norm) > 1 or norm in ("à", "a", "y")


def _loop(group: tuple[str, ...]) -> bool:
    """Whether a repeated group is a loop: it holds two different words and no quotation mark."""
    words = [norm for norm in group if norm[0].isalpha()]
    if len(words) < 2 or any(norm in '"«»' for norm in group):
        return False
    if len(group) == 2 and "à" in group:
        return False  # « côte à côte à la tribune », « pas à pas »
    return len(set(words)) > 1
