"""Rulebooks kept in the cache: parsing some thousand rules from YAML takes longer than reading
them back.

They are kept as JSON, which can hold no code. What is kept is compared with what was parsed
before it is kept, so a value that JSON cannot hold is parsed again at every start.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from mtaudit.cache import Cache
from mtaudit.identity import identity
from mtaudit.measures import Measure
from mtaudit.rulebook import Example, Family, Place, Rule, Rulebook
from mtaudit.rulefiles import RuleFiles, read_rule_files

__all__ = ["decode_rulebook", "encode_rulebook", "load_rules"]

_RULE: Final = tuple(each.name for each in fields(Rule))
_FAMILY: Final = tuple(each.name for each in fields(Family))
_MEASURES: Final = ("measure", "confirmed")
_MEASURE: Final = tuple(each.name for each in fields(Measure))
_TEXTS: Final = (
    "english", "suggest", "match", "unless", "variants", "near", "far", "rendered", "when",
)  # fmt: skip


def load_rules(folders: Sequence[Path], cache: Cache) -> tuple[Rulebook, RuleFiles]:
    """The rules below the folders, and the files that they were read from.

    Raises:
        RuleError: The first fault, at its path:line:column.
    """
    files = read_rule_files(folders)
    itself = identity()
    if itself is None or not cache.usable:
        return _parsed(files), files
    key = itself + b"rules" + files.whole
    kept = cache.get(key)
    if kept is not None:
        try:
            return decode_rulebook(kept), files
        except (ValueError, TypeError, KeyError, IndexError):
            pass
    book = _parsed(files)
    try:
        made = encode_rulebook(book)
        if decode_rulebook(made) == book:
            cache.put(key, made)
    except (ValueError, TypeError):
        pass
    return book, files


def _parsed(files: RuleFiles) -> Rulebook:
    from mtaudit.ruleparser import parse_rules  # with YAML, which most runs do not need

    return parse_rules(files)


def encode_rulebook(book: Rulebook) -> bytes:
    """The rulebook as JSON.

    Raises:
        ValueError, TypeError: A rule's options hold what JSON cannot.
    """
    paths: dict[str, int] = {}

    def place(each: Place) -> tuple[int, int, int]:
        return paths.setdefault(each.path, len(paths)), each.line, each.column

    def examples(all_: Sequence[Example]) -> list[Any]:
        return [[each.text, each.spans, each.source, *place(each.place)] for each in all_]

    rows = []
    for rule in book.rules:
        row: dict[str, Any] = {name: getattr(rule, name) for name in _RULE}
        row["family"] = rule.family.name
        row["place"] = place(rule.place)
        row["places"] = {key: place(each) for key, each in rule.places.items()}
        row["sections"] = sorted(rule.sections)
        row["flag"], row["pass_"] = examples(rule.flag), examples(rule.pass_)
        for key in _MEASURES:
            if row[key] is not None:
                row[key] = [getattr(row[key], name) for name in _MEASURE]
        rows.append(list(row.values()))
    families = [[getattr(each, name) for name in _FAMILY] for each in book.families.values()]
    whole = [book.digest, families, list(paths), rows]
    return json.dumps(whole, separators=(",", ":"), allow_nan=False).encode()


def decode_rulebook(data: bytes) -> Rulebook:
    """The rulebook that was encoded.

    Raises:
        ValueError, TypeError, KeyError, IndexError: It is none.
    """
    digest, families_, paths, rows = json.loads(data)
    families = {row[0]: Family(*row) for row in families_}
    sections: dict[str, frozenset[Any]] = {}

    def place(row: Sequence[int]) -> Place:
        return Place(paths[row[0]], row[1], row[2])

    def examples(all_: list[Any]) -> tuple[Example, ...]:
        return tuple(
            [
                Example(text, tuple([(start, end) for start, end in spans]), place(row), source)
                for text, spans, source, *row in all_
            ]
        )

    rules = []
    for row in rows:
        made = dict(zip(_RULE, row, strict=True))
        made["family"] = families[made["family"]]
        made["place"] = place(made["place"])
        made["places"] = {key: place(each) for key, each in made["places"].items()}
        names = made["sections"]
        made["sections"] = sections.setdefault("".join(names), frozenset(names))
        made["flag"], made["pass_"] = examples(made["flag"]), examples(made["pass_"])
        for name in _TEXTS:
            made[name] = tuple(made[name])
        for key in _MEASURES:
            if made[key] is not None:
                made[key] = Measure(*made[key])
        # A frozen dataclass sets each field by a call: ten times as slow for two thousand rules.
        rule = object.__new__(Rule)
        rule.__dict__.update(made)
        rules.append(rule)
    return Rulebook(tuple(rules), families, digest)
