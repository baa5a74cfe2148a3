"""Finds rule files, parses and checks them: each fault is told at path:line:column."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal, get_args

import yaml

from mtaudit.errors import RuleError
from mtaudit.measures import BUDGET, FILE, Measure, read_measures
from mtaudit.model import FAMILIES, SEVERITIES, SectionKind, Severity

KindName = Literal["phrase", "regex", "consistency", "check"]
Status = Literal["stable", "preview", "optional", "deprecated"]

_COMMON: Final = (
    "kind english severity message sections status suggest flag pass unless once gates "
    "budget".split()
)
_OWN: Final[Mapping[str, tuple[str, ...]]] = {
    "phrase": ("match",),
    "regex": ("pattern",),
    "consistency": ("variants", "prefer", "always"),
    "check": ("check", "options"),
}
_NEEDED: Final = {
    "phrase": "match",
    "regex": "pattern",
    "consistency": "variants",
    "check": "check",
}
NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SECTIONS: Final[tuple[SectionKind, ...]] = get_args(SectionKind)
_LANGUAGES: Final = ("fr", "en")
_MARKED: Final = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
# The share of right findings that is assumed of a rule that no measurement has seen yet.
UNMEASURED: Final[Mapping[str, float]] = {
    "stable": 0.8,
    "preview": 0.5,
    "optional": 0.5,
    "deprecated": 0.5,
}
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Place:
    """Where something stands in a rule file; line and column count from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Family:
    """What the rules of one family share: `_family.yaml`.

    Attributes:
        mqm: The MQM type that the family maps to, dimension first.
        message: Templates by language; `{english}` is filled in.
        plain_message: Templates for rules and hits that name no English.
    """

    name: str
    title: Mapping[str, str]
    mqm: str
    severity: Severity
    message: Mapping[str, str]
    plain_message: Mapping[str, str]


@dataclass(frozen=True)
class Example:
    """A sentence of a rule's own, with the half-open spans that the rule must flag in it."""

    text: str
    spans: tuple[tuple[int, int], ...]
    place: Place


@dataclass(frozen=True)
class Rule:
    """A rule as its file states it; `docs/rules.md` explains the keys.

    Attributes:
        budget: False alarms per million words of human French that it may cause.
        measure: What was measured of it; None where it is new or has changed since.
        measured: Whether the rules of its folder were measured at all.
    """

    id: str
    name: str
    family: Family
    kind: KindName
    place: Place
    severity: Severity
    english: tuple[str, ...] = ()
    suggest: tuple[str, ...] = ()
    message: Mapping[str, str] = field(default_factory=dict)
    sections: frozenset[SectionKind] = frozenset(_SECTIONS) - {"furniture"}
    status: Status = "stable"
    gates: bool | None = None
    once: bool = False
    match: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    prefer: str | None = None
    always: bool = False
    check: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    flag: tuple[Example, ...] = ()
    pass_: tuple[Example, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    budget: float = BUDGET
    measure: Measure | None = None
    measured: bool = False

    @property
    def gating(self) -> bool:
        """Whether findings of the rule count for the gate by default.

        A rule may say so itself; else stable rules do whose error hinders a reader. Where the
        rules of its folder were measured, the evidence must be enough as well: one that is new
        or has changed since is shown, and does not gate.
        """
        wanted = self.severity in ("major", "critical") if self.gates is None else self.gates
        if self.status != "stable" or not wanted:
            return False
        if not self.measured:
            return True
        return self.measure is not None and self.measure.enough(self.budget)

    @property
    def confidence(self) -> float:
        """What share of the rule's findings are right, as far as is known; see `rules measure`."""
        return UNMEASURED[self.status] if self.measure is None else self.measure.confidence

    @cached_property
    def pattern(self) -> str:
        """Digest of all that decides where the rule fires: a measure holds for one of them."""
        parts = (
            self.kind,
            self.match,
            self.unless,
            self.variants,
            self.prefer,
            self.always,
            self.check,
            sorted(self.options.items()),
            sorted(self.sections),
            self.once,
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]

    def error(self, what: str, key: str = "", *, expected: str = "", hint: str = "") -> RuleError:
        """An error about this rule that points to the key."""
        place = self.places.get(key, self.place)
        return RuleError(f"{self.id}: {what}", where=str(place), expected=expected, hint=hint)


@dataclass(frozen=True)
class Rulebook:
    """The rules of a run, in order of their ids.

    Attributes:
        digest: Of the content of all rule files, 12 hexadecimal digits.
    """

    rules: tuple[Rule, ...]
    families: Mapping[str, Family]
    digest: str

    def select(self, prefixes: Sequence[str] = (), ignore: Sequence[str] = ()) -> Rulebook:
        """The rules whose id is one of the prefixes or begins with it, and is not ignored.

        Raises:
            RuleError: A prefix names no rule.
        """
        for prefix in (*prefixes, *ignore):
            known = prefix in self.families or any(
                _has_prefix(rule.id, prefix) for rule in self.rules
            )
            if not known:
                ids = [rule.id for rule in self.rules] + list(self.families)
                near = difflib.get_close_matches(prefix, ids, n=3)
                raise RuleError(
                    f"no rule is called {prefix!r} or begins so",
                    expected="a family, a rule id, or the beginning of one",
                    hint=f"did you mean {', '.join(near)}?" if near else "see mtaudit rules list",
                )
        kept = tuple(
            rule
            for rule in self.rules
            if (not prefixes or any(_has_prefix(rule.id, prefix) for prefix in prefixes))
            and not any(_has_prefix(rule.id, prefix) for prefix in ignore)
        )
        chosen = [rule.id for rule in kept] if (prefixes or ignore) else []
        digest = self.digest
        if chosen:
            digest = hashlib.sha256("\n".join([self.digest, *chosen]).encode()).hexdigest()[:12]
        return Rulebook(kept, self.families, digest)


def _has_prefix(rule_id: str, prefix: str) -> bool:
    prefix = prefix.rstrip("/*")
    return rule_id == prefix or rule_id.startswith((prefix + "/", prefix + "-"))


def packaged_rules() -> Path:
    """The folder of the rules that come with mtaudit, installed or in a checkout."""
    here = Path(__file__).resolve().parent
    for folder in (here / "rules", here.parent / "rules"):
        if folder.is_dir():
            return folder
    raise RuleError(
        "the rules that come with mtaudit are missing",
        where=str(here),
        hint="install the package again",
    )


def load_rulebook(folders: Sequence[Path] | None = None) -> Rulebook:
    """Reads all rules below the folders, each of which holds one folder per family.

    Raises:
        RuleError: The first fault, at its path:line:column.
    """
    families: dict[str, Family] = {}
    rules: dict[str, Rule] = {}
    digest = hashlib.sha256()
    for folder in folders or [packaged_rules()]:
        if not folder.is_dir():
            raise RuleError("no such folder of rules", where=str(folder))
        measured = folder / FILE
        measures = read_measures(measured)
        if measures:
            digest.update(f"{FILE}\0".encode() + measured.read_bytes())
        for family_folder in sorted(path for path in folder.iterdir() if path.is_dir()):
            name = family_folder.name
            if name.startswith((".", "_")):
                continue
            if name not in FAMILIES:
                raise RuleError(
                    f"unknown family {name!r}",
                    where=str(family_folder),
                    expected=f"one of {', '.join(FAMILIES)}",
                )
            for path in sorted(family_folder.rglob("*.yaml")):
                inside = path.relative_to(folder).as_posix()
                digest.update(f"{inside}\0".encode() + path.read_bytes())
            definition = family_folder / "_family.yaml"
            if definition.exists():
                families[name] = _read_family(definition, name)
            elif name not in families:
                raise RuleError("the family has no _family.yaml", where=str(family_folder))
            for path in sorted(family_folder.rglob("*.yaml")):
                if path.name == "_family.yaml":
                    continue
                for rule in read_rules(path, families[name]):
                    if rule.id in rules:
                        raise rule.error(
                            f"a rule of that name stands at {rules[rule.id].place} already",
                            expected="a name of its own within the family",
                        )
                    rules[rule.id] = _measured(rule, measures) if measures else rule
    return Rulebook(tuple(rules[key] for key in sorted(rules)), families, digest.hexdigest()[:12])


def _measured(rule: Rule, measures: Mapping[str, Measure]) -> Rule:
    """The rule with its measure, unless that was taken of another pattern."""
    measure = measures.get(rule.id)
    if measure is not None and measure.pattern != rule.pattern:
        measure = None
    return replace(rule, measure=measure, measured=True)


def read_rules(path: Path, family: Family) -> Iterable[Rule]:
    """The rules of one file, in its order."""
    root = _compose(path)
    if root is None:
        return
    for key, value in _pairs(root, path, "a rule name and its block"):
        yield _rule(path, family, key, value)


# YAML with positions ---------------------------------------------------------------------------


def _compose(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
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


def _read_family(path: Path, name: str) -> Family:
    root = _compose(path)
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
    if _NEEDED[kind] not in nodes:
        raise RuleError(
            f"{rule_id}: a rule of kind {kind} needs {_NEEDED[kind]!r}", where=str(place)
        )
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
                    if each not in _SECTIONS:
                        raise RuleError(
                            f"{rule_id}: unknown section {each!r}",
                            where=str(_place(path, node)),
                            expected=f"some of {', '.join(_SECTIONS)}",
                        )
                fields[one] = frozenset(names)
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
                    _example(_text(item, path, one), _place(path, item), one == "flag")
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


def _example(marked: str, place: Place, flagged: bool) -> Example:
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
    return Example(text, tuple(spans), place)
