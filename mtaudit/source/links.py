"""Which words of a stretch of English and its French render one another, and which stand alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mtaudit.source.translations import WEAK, Translations
from mtaudit.source.words import Word

# How fast a link loses weight with the distance of the two places, as shares of their sentences.
_SLANT: Final = 3.0
# How many words away a neighbour may stand, articles and prepositions included.
_REACH: Final = 4


@dataclass(frozen=True)
class Links:
    """The words of one stretch of both languages, and what renders what.

    Attributes:
        partner: For an English word, by index, the French word that renders it, one to one.
        rendered: English content words that any French word renders.
        explained: French content words that render any English word.
        spare: French content words that no English word needs: unexplained ones, and second
            renderings of what is rendered once already.
    """

    english: tuple[Word, ...]
    french: tuple[Word, ...]
    partner: dict[int, int]
    rendered: frozenset[int]
    explained: frozenset[int]
    spare: frozenset[int]


def link(english: Sequence[Word], french: Sequence[Word], table: Translations) -> Links:
    """Links the content words of two stretches that belong together."""
    left = [i for i, word in enumerate(english) if word.content]
    right = [j for j, word in enumerate(french) if word.content]
    places: dict[str, list[int]] = {}
    for j in right:
        places.setdefault(french[j].key, []).append(j)
    strength: dict[tuple[int, int], float] = {}
    for i in left:
        others = table.english(english[i].key).others
        for key, js in places.items():
            value = others.get(key, 0.0)
            if value <= WEAK:
                value = max(value, table.akin(english[i].key, key))
            if value:
                for j in js:
                    strength[i, j] = value
    partner: dict[int, int] = {}
    taken: set[int] = set()
    wide, high = max(1, len(english)), max(1, len(french))

    def weight(pair: tuple[int, int]) -> tuple[float, tuple[int, int]]:
        i, j = pair
        return -strength[pair] * math.exp(-_SLANT * abs(i / wide - j / high)), pair

    for i, j in sorted(strength, key=weight):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    rendered = frozenset(i for i, _ in strength)
    explained = frozenset(j for _, j in strength)
    # A word that stands twice where English has it once may render something else.
    second = {
        j
        for j in explained - taken
        if any(k in taken and french[k].key == french[j].key for k in explained)
    }
    spare = frozenset(j for j in right if j not in explained) | second
    return Links(tuple(english), tuple(french), partner, rendered, explained, spare)


def neighbours(words: Sequence[Word], at: int) -> Iterator[str]:
    """The content words before and behind a word, marked - and +; no mark stands between."""
    for step, mark in ((-1, "-"), (1, "+")):
        k = at + step
        for _ in range(_REACH):
            if not 0 <= k < len(words) or not words[k].text[0].isalnum():
                break
            if words[k].content:
                yield words[k].key + mark
                break
            k += step
