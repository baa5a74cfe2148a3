"""Parses rule files and checks them: each fault is told at path:line:column."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, get_args

import yaml

from mtaudit.errors import RuleError
from mtaudit.measures import Measure, confirmed, read_measures
from mtaudit.model import BODY, SEVERITIES
from mtaudit.rulebook import (
    NAME,
    SECTIONS,
    Example,
    Family,
    KindName,
    Place,
    Rule,
    Rulebook,
    Status,
)
from mtaudit.rulefiles import DEFINITION, RuleFiles, RuleFolder

_COMMON: Final = (
    "kind english severity message sections status suggest flag pass unless once gates "
    "budget".split()
)
_OWN: Final[Mapping[str, tuple[str, ...]]] = {
    "phrase": ("match",),
    "regex": ("pattern",),
    "consistency": ("variants", "prefer", "always"),
    "check": ("check", "options"),
    "pair": ("match", "near", "far", "rendered"),
    "dependency": ("match", "when"),
}
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "phrase": ("match",),
    "regex": ("pattern",),
    "consistency": ("variants",),
    "check": ("check",),
    "pair": ("english", "match"),
    "dependency": ("match",),
}
_LANGUAGES: Final = ("fr", "en")
_MARKED: Final = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_rules(files: RuleFiles) -> Rulebook:
    """The rules that the files state.

    Raises:
        RuleError: The first fault, at its path:line:column.
    """
    families: dict[str, Family] = {}
    rules: dict[str, Rule] = {}
    for folder in files.folders:
        measures = _measures(folder)
        for name, contents in folder.families.items():
            definition = folder.path / name / DEFINITION
            if definition in contents:
                families[name] = _read_family(definition, name, contents[definition])
            elif name not in families:
                raise RuleError("the family has no _family.yaml", where=str(folder.path / name))
            for path, data in contents.items():
                if path.name == DEFINITION:
                    continue
                for rule in read_rules(path, families[name], data):
                    if rule.id in rules:
                        raise rule.error(
                            f"a rule of that name stands at {rules[rule.id].place} already",
                            expected="a name of its own within the family",
                        )
                    rules[rule.id] = rule
        for name, rule in rules.items():
            own = folder.path in Path(rule.place.path).parents
            if measures and (own or name in measures or confirmed(name) in measures):
                rules[name] = _measured(rule, measures)
    return Rulebook(tuple(rules[key] for key in sorted(rules)), families, files.content.hex()[:12])


def _measures(folder: RuleFolder) -> dict[str, Measure]:
    if folder.measured is None:
        return {}
    measures = read_measures(folder.measures)
    if folder.measures.read_bytes() != folder.measured:
        raise RuleError(
            "the file was written while it was read", where=str(folder.measures), hint="run again"
        )
    return measures


def _measured(rule: Rule, measures: Mapping[str, Measure]) -> Rule:
    """The rule with its measures, unless they were taken of another pattern."""

    def of(name: str) -> Measure | None:
        measure = measures.get(name)
        return measure if measure is not None and measure.pattern == rule.pattern else None

    return replace(rule, measure=of(rule.id), confirmed=of(confirmed(rule.id)), measured=True)


def read_rules(path: Path, family: Family, data: bytes) -> Iterable[Rule]:
    """The rules of one file, in its order."""
    root = _compose(path, data)
    if root is None:
        return
    for key, value in _pairs(root, path, "a rule name and its block"):
        yield _rule(path, family, key, value)


# YAML with positions ---------------------------------------------------------------------------


def _compose(path: Path, data: bytes) -> Any:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RuleError(f"cannot be read: {error}", where=str(path)) from error
    try:
        return yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise RuleError(
            f"is not YAML: {getattr(error, 'problem', None) or getattr(error, 'reason', error)}",
            where=where,
            hint="quote strings that hold a colon, a hash or begin with a bracket",
        ) from error


def _place(path: Path, node: Any) -> Place:
    mark = node.start_mark
    return Place(str(path), mark.line + 1, mark.column + 1)


def _pairs(node: Any, path: Path, expected: str) -> list[tuple[Any, Any]]:
    if not isinstance(node, yaml.MappingNode):
        raise RuleError("is no mapping", where=str(_place(path, node)), expected=expected)
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise RuleError("the key is no string", where=str(_place(path, key)), expected="a name")
        if key.value in seen:
            raise RuleError(
                f"{key.value!r} stands twice",
                where=str(_place(path, key)),
                hint="give one of them another name or remove it",
            )
        seen.add(key.value)
    return list(node.value)


def _text(node: Any, path: Path, key: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise RuleError(
            f"{key} is no string",
            where=str(_place(path, node)),
            expected="a string",
            hint="quote it where it begins with a bracket or holds a colon",
        )
    return str(node.value)


def _texts(node: Any, path: Path, key: str) -> tuple[str, ...]:
    if isinstance(node, yaml.SequenceNode):
        return tuple(_text(item, path, key) for item in node.value)
    return (_text(node, path, key),)


def _choice(node: Any, path: Path, key: str, choices: Sequence[str]) -> Any:
    value = _text(node, path, key)
    if value not in choices:
        raise RuleError(
            f"{key} is {value!r}",
            where=str(_place(path, node)),
            expected=f"one of {', '.join(choices)}",
        )
    return value


def _boolean(node: Any, path: Path, key: str) -> bool:
    return bool(_choice(node, path, key, ("true", "false")) == "true")


def _budget(node: Any, path: Path) -> float:
    text = _text(node, path, "budget")
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1_000_000:
        raise RuleError(
            f"budget is {text!r}",
            where=str(_place(path, node)),
            expected="false alarms per million words of human French, a number from 0 on",
        )
    return value


def _by_language(node: Any, path: Path, key: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for language, value in _pairs(node, path, "fr and en"):
        _choice(language, path, f"a language of {key}", _LANGUAGES)
        found[language.value] = _text(value, path, key)
    for language in _LANGUAGES:
        if language not in found:
            raise RuleError(
                f"{key} lacks {language!r}", where=str(_place(path, node)), expected="fr and en"
            )
    return found


def _read_family(path: Path, name: str, data: bytes) -> Family:
    root = _compose(path, data)
    if root is None:
        raise RuleError("the file is empty", where=str(path), expected="the family's definition")
    keys = ("title", "mqm", "severity", "message", "plain_message")
    values: dict[str, Any] = {}
    for key, value in _pairs(root, path, f"the keys {', '.join(keys)}"):
        _choice(key, path, "the key", keys)
        if key.value == "mqm":
            values["mqm"] = _text(value, path, "mqm")
        elif key.value == "severity":
            values["severity"] = _choice(value, path, "severity", SEVERITIES)
        else:
            values[key.value] = _by_language(value, path, key.value)
    for key in keys:
        if key not in values:
            raise RuleError(f"{key} is missing", where=str(path))
    for template in values["message"].values():
        if re.sub(r"\{english\}", "", template).count("{"):
            raise RuleError(
                f"the message {template!r} has an unknown placeholder",
                where=str(path),
                expected="{english} alone",
            )
    return Family(name=name, **values)


def _rule(path: Path, family: Family, key: Any, value: Any) -> Rule:
    name = key.value
    place = _place(path, key)
    rule_id = f"{family.name}/{name}"
    if not NAME.fullmatch(name):
        raise RuleError(
            f"the rule name {name!r} is no name",
            where=str(place),
            expected="lower-case ASCII letters and digits, joined by hyphens",
        )
    nodes = {k.value: v for k, v in _pairs(value, path, "the keys of a rule")}
    keys = {k.value: k for k, _ in value.value}
    kind: KindName = (
        _choice(nodes["kind"], path, "kind", tuple(_OWN)) if "kind" in nodes else "phrase"
    )
    allowed = (*_COMMON, *_OWN[kind])
    for one in nodes:
        if one not in allowed:
            near = difflib.get_close_matches(one, allowed, n=1)
            raise RuleError(
                f"{rule_id}: unknown key {one!r}",
                where=str(_place(path, keys[one])),
                expected=f"one of {', '.join(sorted(allowed))}",
                hint=f"did you mean {near[0]!r}?" if near else "",
            )
    for one in _NEEDED[kind]:
        if one not in nodes:
            raise RuleError(f"{rule_id}: a rule of kind {kind} needs {one!r}", where=str(place))
    fields: dict[str, Any] = {"severity": family.severity}
    for one, node in nodes.items():
        match one:
            case "kind":
                pass
            case "severity":
                fields[one] = _choice(node, path, one, SEVERITIES)
            case "status":
                fields[one] = _choice(node, path, one, get_args(Status))
            case "sections":
                names = _texts(node, path, one)
                for each in names:
                    if each not in SECTIONS:
                        raise RuleError(
                            f"{rule_id}: unknown section {each!r}",
                            where=str(_place(path, node)),
                            expected=f"some of {', '.join(SECTIONS)}",
                        )
                fields[one] = frozenset(names) | (BODY if "body" in names else frozenset())
            case "message":
                fields[one] = _by_language(node, path, one)
            case "once" | "always" | "gates":
                fields[one] = _boolean(node, path, one)
            case "budget":
                fields[one] = _budget(node, path)
            case "prefer" | "check":
                fields[one] = _text(node, path, one)
            case "pattern":
                fields["match"] = _texts(node, path, one)
            case "options":
                fields[one] = yaml.load(yaml.serialize(node), Loader=_LOADER)
            case "flag" | "pass":
                items = node.value if isinstance(node, yaml.SequenceNode) else [node]
                fields["pass_" if one == "pass" else one] = tuple(
                    _example(*_bilingual(item, path, one), _place(path, item), one == "flag")
                    for item in items
                )
            case _:
                fields[one] = _texts(node, path, one)
                if one != "suggest" and not all(text.strip() for text in fields[one]):
                    raise RuleError(
                        f"{rule_id}: {one} is empty",
                        where=str(_place(path, node)),
                        hint=f"fill it in or leave {one!r} out",
                    )
    for one in ("flag", "pass"):
        if not fields.get("pass_" if one == "pass" else one):
            raise RuleError(
                f"{rule_id}: no {one!r} example",
                where=str(place),
                hint="a rule proves itself: at least one sentence that it flags and a near miss",
            )
    return Rule(
        id=rule_id,
        name=name,
        family=family,
        kind=kind,
        place=place,
        places={one: _place(path, node) for one, node in nodes.items()},
        **fields,
    )


def _bilingual(node: Any, path: Path, key: str) -> tuple[str, str]:
    """An example's French, and its English where it is a mapping of both."""
    if isinstance(node, yaml.MappingNode):
        both = _by_language(node, path, key)
        return both["fr"], both["en"]
    return _text(node, path, key), ""


def _example(marked: str, source: str, place: Place, flagged: bool) -> Example:
    spans: list[tuple[int, int]] = []
    text = ""
    position = 0
    for mark in _MARKED.finditer(marked):
        text += marked[position : mark.start()]
        spans.append((len(text), len(text) + len(mark.group(1))))
        text += mark.group(1)
        position = mark.end()
    text += marked[position:]
    if flagged != bool(spans):
        raise RuleError(
            "a flag example marks no words" if flagged else "a pass example marks words",
            where=str(place),
            expected="[[ ]] round the flagged words of a flag example, none in a pass example",
        )
    return Example(text, tuple(spans), place, source)
