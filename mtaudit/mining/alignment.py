"""Which English word each French one renders: IBM Model 1 over lemmas.

Brown, Della Pietra, Della Pietra and Mercer, "The Mathematics of Statistical Machine
Translation: Parameter Estimation", Computational Linguistics 19(2), 1993, section 4.1. All texts
of a row, human and machine, teach the model together: a system's odd word is linked to the
English that is left when the other words have found theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

_ROUNDS: Final = 5
_NULL: Final = 0
# Pairs seen at once: what a round keeps in memory is about 40 bytes each.
_FLOOR: Final = 1e-9


def link(
    sources: Sequence[frozenset[str]], targets: Sequence[dict[str, int]]
) -> list[dict[str, str]]:
    """For each row, the English lemma that each French lemma most probably renders.

    Args:
        sources: The English lemmas of each row.
        targets: The French lemmas of each row, with the number of texts that have them.

    Returns:
        For each row French lemma → English lemma; those that render none are left out.
    """
    import numpy as np

    english: dict[str, int] = {"": _NULL}
    french: dict[str, int] = {}
    es: list[int] = []
    sizes: list[int] = []
    fs: list[int] = []
    weights: list[int] = []
    for source, target in zip(sources, targets, strict=True):
        ids = [_NULL, *(english.setdefault(word, len(english)) for word in sorted(source))]
        for word, count in target.items():
            es.extend(ids)
            sizes.append(len(ids))
            fs.append(french.setdefault(word, len(french)))
            weights.append(count)
    if not fs:
        return [{} for _ in sources]
    e = np.array(es, dtype=np.int64)
    group = np.repeat(np.arange(len(fs)), sizes)
    pairs = e * len(french) + np.array(fs, dtype=np.int64)[group]
    keys, pair = np.unique(pairs, return_inverse=True)
    owner = keys // len(french)
    weight = np.array(weights, dtype=np.float64)[group]
    table = np.full(len(keys), 1.0)
    posterior: Any = None
    for _ in range(_ROUNDS):
        value = table[pair]
        posterior = value / np.bincount(group, weights=value)[group]
        expected = np.bincount(pair, weights=posterior * weight, minlength=len(keys))
        total = np.bincount(owner, weights=expected, minlength=len(english))
        table = expected / np.maximum(total[owner], _FLOOR)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    best = np.maximum.reduceat(posterior, starts)
    words = list(english)
    found: list[dict[str, str]] = []
    place = 0
    first = [int(start) for start in starts]
    for target in targets:
        links: dict[str, str] = {}
        for word in target:
            start, size = first[place], sizes[place]
            at = start + int(np.argmax(posterior[start : start + size]))
            if es[at] != _NULL and best[place] > 0:
                links[word] = words[es[at]]
            place += 1
        found.append(links)
    return found
