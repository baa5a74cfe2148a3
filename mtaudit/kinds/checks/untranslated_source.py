"""Passages that stand in the French as they stand in the English."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.readings import TRUSTED
from mtaudit.rulebook import Rule

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# A run of so many words that both sides share, so many of them English and in lower case, so many
# of those more than articles and prepositions: names of institutions and titles have fewer.
_RUN: Final = 5
_ENGLISH: Final = 3
_SAYING: Final = 2


def copied_passage(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Runs of words that the French has word for word from the English beside it."""
    tokens, english = annotated.tokens, resources.english
    for first, last, source in _pairs(annotated):
        words = [word.lower() for word in _WORD.findall(source)]
        runs = {tuple(words[k : k + _RUN]) for k in range(len(words) - _RUN + 1)}
        if not runs:
            continue
        spoken = [k for k in range(first, last) if tokens[k].text[0].isalpha()]
        norms = [annotated.norms[k] for k in spoken]
        k = 0
        while k + _RUN <= len(spoken):
            if tuple(norms[k : k + _RUN]) not in runs:
                k += 1
                continue
            end = k + _RUN
            while end < len(spoken) and tuple(norms[end - _RUN + 1 : end + 1]) in runs:
                end += 1
            own = [
                norms[m]
                for m in range(k, end)
                if tokens[spoken[m]].text.islower() and not english.french(norms[m])
            ]
            known = [norm for norm in own if english.knows(norm)]
            saying = sum(not english.function_word(norm) for norm in known)
            quoted = annotated.quoted(tokens[spoken[k]].start)
            if len(known) >= _ENGLISH and saying >= _SAYING and not quoted:
                start, stop = tokens[spoken[k]].start, tokens[spoken[end - 1]].end
                yield Hit(rule, start, stop, (), source_text=annotated.article.text[start:stop])
            k = end


def _pairs(annotated: Annotated) -> Iterator[tuple[int, int, str]]:
    """The tokens of each segment, half-open, and its English."""
    alignment = annotated.alignment
    if alignment is None:
        return
    starts: Sequence[int] = [token.start for token in annotated.tokens]
    for pair in alignment.segments.pairs:
        if pair.trust >= TRUSTED:
            yield bisect_left(starts, pair.start), bisect_left(starts, pair.end), pair.english
