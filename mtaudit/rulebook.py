"""Rules and rulebooks as they were read; `ruleparser` makes them of rule files."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, get_args

from mtaudit.errors import RuleError
from mtaudit.measures import BUDGET, Measure
from mtaudit.model import Evidence, SectionKind, Severity
from mtaudit.rulefiles import read_rule_files

KindName = Literal["phrase", "regex", "consistency", "check", "pair", "dependency"]
Status = Literal["stable", "preview", "optional", "deprecated"]

NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SECTIONS: Final[tuple[SectionKind, ...]] = get_args(SectionKind)
# The share of right findings that is assumed of a rule that no measurement has seen yet.
UNMEASURED: Final[Mapping[str, float]] = {
    "stable": 0.8,
    "preview": 0.5,
    "optional": 0.5,
    "deprecated": 0.5,
}


class Place(NamedTuple):
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


class Example(NamedTuple):
    """A sentence of a rule's own, with the half-open spans that the rule must flag in it.

    `source` is the English of it, for rules that need that; else empty.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    place: Place
    source: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule as its file states it; `docs/rules.md` explains the keys.

    Attributes:
        budget: False alarms per million words of human French that it may cause.
        measure: What was measured of it on the French alone; None where it is new or has changed.
        confirmed: The same of its findings that the source confirms.
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
    sections: frozenset[SectionKind] = frozenset(SECTIONS) - {"furniture"}
    status: Status = "stable"
    gates: bool | None = None
    once: bool = False
    match: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    rendered: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
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
    confirmed: Measure | None = None
    measured: bool = False

    @property
    def gating(self) -> bool:
        """Whether findings of the rule on the French alone count for the gate by default.

        A rule may say so itself; else stable rules do whose error hinders a reader. Where the
        rules of its folder were measured, the evidence must be enough as well: one that is new
        or has changed since is shown, and does not gate.
        """
        if not self._may_gate:
            return False
        if not self.measured:
            return True
        return self.measure is not None and self.measure.enough(self.budget)

    @property
    def _may_gate(self) -> bool:
        wanted = self.severity in ("major", "critical") if self.gates is None else self.gates
        return self.status == "stable" and wanted

    def gates_on(self, evidence: Evidence) -> bool:
        """Whether findings with this evidence count: confirmed ones may on their own measure."""
        if evidence == "suspect" or self.gating:
            return self.gating
        return self._may_gate and self.confirmed is not None and self.confirmed.enough(self.budget)

    @property
    def confidence(self) -> float:
        """What share of the rule's findings are right, as far as is known; see `rules measure`."""
        return UNMEASURED[self.status] if self.measure is None else self.measure.confidence

    def confidence_in(self, evidence: Evidence) -> float:
        """The same for one kind of evidence; what was never confirmed goes by the French alone."""
        if evidence == "suspect" or self.confirmed is None:
            return self.confidence
        return self.confirmed.confidence

    @cached_property
    def pattern(self) -> str:
        """Digest of all that decides where the rule fires: a measure holds for one of them."""
        parts = (
            self.kind,
            self.match,
            self.unless,
            *((self.when,) if self.when else ()),
            *((self.english, self.near, self.far, self.rendered) if self.kind == "pair" else ()),
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

    @property
    def running(self) -> tuple[Rule, ...]:
        """The rules that run: neither optional nor deprecated ones."""
        return tuple(rule for rule in self.rules if rule.status in ("stable", "preview"))

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
    from mtaudit.ruleparser import parse_rules

    return parse_rules(read_rule_files(folders or [packaged_rules()]))
