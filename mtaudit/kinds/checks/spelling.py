"""Names and words that French spells in its own way: persons, places, peoples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from mtaudit.annotate import Annotated
from mtaudit.errors import DataMissing
from mtaudit.french.lexicon import data_folder
from mtaudit.french.tokenizer import tokenize
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule

_NAME_PARTS: Final = frozenset("of the and & -".split())
_SPACE: Final = re.compile(r"[\s\u00a0\u202f]+")
_LONGEST: Final = 6


def written_otherwise(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A name in a spelling that is not the French one: « Tourgenev », « Haitiens »."""
    tables = _tables()
    table = tables.get(str(rule.options.get("names")))
    if table is None:
        raise rule.error(
            f"there is no list {rule.options.get('names')!r}",
            "options",
            expected=f"names: {', '.join(tables)}",
        )
    tokens = annotated.tokens
    for sentence in annotated.sentences:
        if sentence.section == "furniture":
            continue
        i = sentence.first
        while i < sentence.last:
            end = i + 1
            if tokens[i].text not in table.firsts:
                i = end
                continue
            for size in range(min(_LONGEST, sentence.last - i), 0, -1):
                text = annotated.text[tokens[i].start : tokens[i + size - 1].end]
                french = table.spellings.get(_SPACE.sub(" ", text))
                if french is None:
                    continue
                person = rule.options["names"] in ("persons", "works")
                if not _within_name(annotated, i, i + size, person):
                    yield Hit(rule, tokens[i].start, tokens[i + size - 1].end, (french,))
                end = i + size
                break
            i = end


class _Table(NamedTuple):
    """A section of spellings.txt: other spellings with the French ones, and their first tokens."""

    spellings: Mapping[str, str]
    firsts: frozenset[str]


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, _Table]:
    """The sections of spellings.txt by name.

    Raises:
        DataMissing: The package lacks the file.
    """
    path = data_folder() / "spellings.txt"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataMissing(
            "a data file of the package is missing", where=str(path), hint="reinstall mtaudit"
        ) from error
    tables: dict[str, dict[str, str]] = {}
    for line in lines:
        if line.startswith("["):
            table = tables.setdefault(line[1:-1], {})
        elif line and not line.startswith("#"):
            pairs = (entry.replace("_", " ").partition("=") for entry in line.split())
            table.update((other, french) for other, _, french in pairs)
    return {
        name: _Table(table, frozenset(tokenize(other)[0].text for other in table))
        for name, table in tables.items()
    }


def _within_name(annotated: Annotated, first: int, last: int, person: bool) -> bool:
    """Whether the words are part of a longer name or an address; persons have several names."""
    tokens = annotated.tokens

    def starts(k: int) -> bool:
        return annotated.sentences[annotated.sentence_of[k]].first == k

    joined = first > 1 and annotated.norms[first - 1] in ("de", "d'")
    if joined and not person and tokens[first - 2].text[0].isupper():  # « Atizapán de Zaragoza »
        return True
    for k, near in ((first - 1, first), (last, last - 1)):
        if not 0 <= k < len(tokens):
            continue
        text = tokens[k].text
        touching = tokens[k].end == tokens[near].start or tokens[near].end == tokens[k].start
        if text in _NAME_PARTS or (touching and text in "&-/@#_"):
            return True
        edge = starts(near if k < near else k)
        if not person and not edge and text[0].isupper() and not starts(k):
            return True
    return False
