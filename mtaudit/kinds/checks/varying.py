"""One name in two spellings within an article, one of which must be wrong."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.names import Names
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule

_NAME: Final = re.compile(r"(?<![\w'’-])[^\W\d_][\w-]+")
_ACRONYM: Final = re.compile(r"(?<![\w&.-])[A-ZÀ-Þ]{4,6}(?![\w&-]|\.\w)")
_SHORTEST: Final = 5


def name_varies(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """« Clothilde Brun » in an article that has « Clotilde Brun » too.

    Two people may have names that are alike; the other half of the name is the same, though.
    """
    text = annotated.text
    words = [found for found in _NAME.finditer(text) if found[0][0].isupper()]
    beside: dict[tuple[str, bool], dict[str, list[re.Match[str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for first, last in pairwise(words):
        if text[first.end() : last.start()] != " " or first[0].isupper() or last[0].isupper():
            continue
        beside[first[0], True][last[0]].append(last)
        beside[last[0], False][first[0]].append(first)
    told: set[int] = set()
    for forms in beside.values():
        for odd, better in _slips(forms, resources.names):
            for found in forms[odd]:
                if found.start() not in told:
                    told.add(found.start())
                    yield Hit(rule, found.start(), found.end(), (better,))


def _slips(forms: dict[str, list[re.Match[str]]], names: Names) -> Iterator[tuple[str, str]]:
    """Spellings that differ by a letter: the rarer, the unknown or the later one first."""
    ordered = sorted(
        forms,
        key=lambda form: (-len(forms[form]), not names.kinds(form), forms[form][0].start()),
    )
    for k, better in enumerate(ordered):
        for odd in ordered[k + 1 :]:
            if min(len(odd), len(better)) >= _SHORTEST and _one_letter(odd, better):
                yield odd, better


def _one_letter(one: str, other: str) -> bool:
    """Whether two words differ by one letter more, and not by an ending."""
    short, long = sorted((one.lower(), other.lower()), key=len)
    if len(long) - len(short) != 1:
        return _swapped(short, long)
    return any(long[:k] + long[k + 1 :] == short for k in range(len(long) - 1))


def _swapped(one: str, other: str) -> bool:
    """Whether two letters in a row changed places."""
    places = [k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    return (
        len(one) == len(other)
        and len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] == other[places[1]]
        and one[places[1]] == other[places[0]]
    )


def acronym_varies(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """« CNNR » in an article about the CCNR: the same letters, one of them in another's place."""
    found = list(_ACRONYM.finditer(annotated.text))
    counts = Counter(each[0] for each in found)
    known = resources.names.is_org
    for each in found:
        own = each[0]
        for other, count in counts.items():
            if other == own or known(own) or len(other) != len(own):
                continue
            strange = sum(a != b for a, b in zip(own, other, strict=True)) == 1
            if strange and set(own) == set(other) and count >= counts[own]:
                if count == counts[own] and annotated.text.find(other) > each.start():
                    continue
                yield Hit(rule, each.start(), each.end(), (other,))
                break
