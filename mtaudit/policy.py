"""What a gate asks of articles: defaults, then [gate] of mtaudit.toml or [tool.mtaudit.gate] of
pyproject.toml, then options; each value remembers where it comes from.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple, get_args

from mtaudit.errors import SettingsError
from mtaudit.model import BODY, FAMILIES, SEVERITIES, SectionKind
from mtaudit.settings import Found

FINDINGS: Final = "findings"
LIMITS: Final = (FINDINGS, *SEVERITIES, *FAMILIES)
SECTIONS: Final[tuple[str, ...]] = get_args(SectionKind)
EVIDENCE: Final = ("suspect", "confirmed")


@dataclass(frozen=True)
class Override:
    """Other values for the articles or the parts of articles that it names.

    Attributes:
        paths: Patterns of paths or ids; all articles where empty.
        sections: Parts of an article; the whole of it where empty.
        origin: Where it stands: `file: gate.override[1]`.
    """

    paths: tuple[str, ...]
    sections: tuple[str, ...]
    values: Mapping[str, Any]
    origin: str


@dataclass(frozen=True)
class Policy:
    """What lets an article through.

    Attributes:
        minimum_score: Of the findings that count, for each article.
        maximum: How many findings that count an article may have: by severity, by family, or
            `findings` for all.
        critical_stops: Whether one critical finding that counts stops, whatever the score.
        count: `gating`: findings of proven rules, those whose `gates` is true; `all`: any.
        minimum_confidence: Findings below it do not count.
        evidence: The kinds of evidence that count.
        select: Prefixes of rules that count; all where empty.
        ignore: Prefixes of rules that do not count.
        short_text: `score`: a short text is judged as any other; `interval`: its score stops it
            only where even the upper bound of the interval is below the minimum.
        unreadable: What an input means that cannot be audited: `error`, `stop` or `ignore`.
        maximum_skipped: The share of such inputs above which the gate stops; None for no limit.
        rule_changes: Whether findings that a changed rule pack alone adds to the baseline's
            `stop`, or are a `report`.
        unused_suppressions, expired_suppressions: `ignore`, `report` or `stop`.
        never_suppress: Prefixes of rules that no suppression may silence.
        baseline, suppressions: Files; none where empty.
        origins: For each key, where its value comes from.
    """

    minimum_score: float = 95.0
    maximum: Mapping[str, int] = field(default_factory=dict)
    critical_stops: bool = True
    count: str = "gating"
    minimum_confidence: float = 0.0
    evidence: tuple[str, ...] = EVIDENCE
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    short_text: str = "score"
    unreadable: str = "error"
    maximum_skipped: float | None = None
    rule_changes: str = "stop"
    unused_suppressions: str = "report"
    expired_suppressions: str = "report"
    never_suppress: tuple[str, ...] = ()
    baseline: str = ""
    suppressions: str = ""
    overrides: tuple[Override, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)

    def with_override(self, override: Override) -> Policy:
        """This policy with the values of an override; `ignore` adds to what is ignored already."""
        values = dict(override.values)
        if "ignore" in values:
            values["ignore"] = self.ignore + values["ignore"]
        if "maximum" in values and not override.sections:
            values["maximum"] = {**self.maximum, **values["maximum"]}
        return replace(self, **values)

    @property
    def prefixes(self) -> tuple[str, ...]:
        """All prefixes of rules that the policy names anywhere."""
        named = [*self.select, *self.ignore, *self.never_suppress]
        for override in self.overrides:
            named += [*override.values.get("select", ()), *override.values.get("ignore", ())]
        return tuple(dict.fromkeys(named))


# Reading ------------------------------------------------------------------------------------------

Check = Callable[[Any], Any]


class _Wrong(ValueError):
    """A value that is not what its key asks for; the text says what was expected."""


def _number(low: float, high: float) -> Check:
    def check(value: Any) -> float:
        fits = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not fits or not math.isfinite(value) or not low <= value <= high:
            raise _Wrong(f"a number from {low:g} to {high:g}")
        return float(value)

    return check


def _choice(*words: str) -> Check:
    def check(value: Any) -> str:
        if value not in words:
            near = difflib.get_close_matches(str(value), words, n=1)
            raise _Wrong("one of " + ", ".join(words) + (f" ({near[0]}?)" if near else ""))
        return str(value)

    return check


def _strings(*words: str) -> Check:
    def check(value: Any) -> tuple[str, ...]:
        if (
            not isinstance(value, (list, tuple))
            or not all(isinstance(each, str) and each.strip() for each in value)
            or (words and not (value and set(value) <= set(words)))
        ):
            raise _Wrong("a list of " + (", ".join(words) if words else "strings"))
        return tuple(value)

    return check


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("true or false")
    return value


def _string(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("the path of a file")
    return value


def _limits(value: Any) -> dict[str, int]:
    if not isinstance(value, Mapping):
        raise _Wrong("a table such as { major = 2, idiom = 0 }")
    for key, limit in value.items():
        if key not in LIMITS:
            near = difflib.get_close_matches(str(key), LIMITS, n=1)
            meant = f" ({near[0]} for {key}?)" if near else ""
            raise _Wrong("findings, severities and families as keys" + meant)
        if isinstance(limit, bool) or not isinstance(limit, int) or limit < 0:
            raise _Wrong(f"whole numbers of 0 or more ({key} is {limit!r})")
    return dict(value)


class _Key(NamedTuple):
    """What a key takes, and whether overrides by path and by section may hold it."""

    check: Check
    path: bool = False
    section: bool = False


_SHARE: Final = _number(0, 1)
_KEYS: Final[Mapping[str, _Key]] = {
    "minimum_score": _Key(_number(0, 100), path=True),
    "maximum": _Key(_limits, path=True, section=True),
    "critical_stops": _Key(_switch, path=True, section=True),
    "count": _Key(_choice("gating", "all"), path=True, section=True),
    "minimum_confidence": _Key(_SHARE, path=True, section=True),
    "evidence": _Key(_strings(*EVIDENCE), path=True, section=True),
    "select": _Key(_strings(), path=True, section=True),
    "ignore": _Key(_strings(), path=True, section=True),
    "short_text": _Key(_choice("score", "interval"), path=True),
    "unreadable": _Key(_choice("error", "stop", "ignore")),
    "maximum_skipped": _Key(_SHARE),
    "rule_changes": _Key(_choice("stop", "report")),
    "unused_suppressions": _Key(_choice("ignore", "report", "stop")),
    "expired_suppressions": _Key(_choice("ignore", "report", "stop")),
    "never_suppress": _Key(_strings()),
    "baseline": _Key(_string),
    "suppressions": _Key(_string),
}
KEYS: Final = tuple(_KEYS)


def load_policy(
    found: Found | None,
    pass_mark: float,
    options: Mapping[str, tuple[str, Any]] | None = None,
) -> Policy:
    """The policy in force.

    Args:
        found: The settings file, whose table `gate` is read.
        pass_mark: Of the settings; the minimum score unless the gate has one of its own.
        options: For each key that the command line gives, the option's name and its value.

    Raises:
        SettingsError: An unknown key or an impossible value, in the file or on the command line.
    """
    origins = dict.fromkeys(KEYS, "default")
    origins["minimum_score"] = "default pass_mark"
    values: dict[str, Any] = {"minimum_score": pass_mark}
    overrides: tuple[Override, ...] = ()
    if found is not None:
        if "pass_mark" in found.table or "pass-mark" in found.table:
            origins["minimum_score"] = found.origin("pass_mark")
        table = found.table.get("gate", {})
        if not isinstance(table, Mapping):
            raise SettingsError(f"gate is {table!r}", where=str(found.path), expected="a table")
        own = {key: value for key, value in table.items() if key != "override"}
        for key, value in _checked(own, found, "gate.", KEYS).items():
            values[key] = value
            origins[key] = found.origin(f"gate.{key}")
        for key in ("baseline", "suppressions"):
            if key in values:
                values[key] = str(found.path.parent / values[key])
        overrides = _overrides(table.get("override", []), found)
    for key, (option, value) in (options or {}).items():
        try:
            values[key] = _KEYS[key].check(value)
        except _Wrong as error:
            raise SettingsError(f"{option} is {value!r}", expected=str(error)) from None
        origins[key] = option
    return Policy(**values, overrides=overrides, origins=origins)


def _overrides(tables: Any, found: Found) -> tuple[Override, ...]:
    if not isinstance(tables, list) or not all(isinstance(each, Mapping) for each in tables):
        raise SettingsError(
            f"gate.override is {tables!r}",
            where=str(found.path),
            expected="tables, each headed [[gate.override]]",
        )
    made: list[Override] = []
    for number, table in enumerate(tables, 1):
        prefix = f"gate.override[{number}]."
        rest = dict(table)
        paths = _entry(rest.pop("paths", ()), _strings(), f"{prefix}paths", found)
        named = rest.pop("sections", None)
        parts = _strings(*SECTIONS)
        sections = () if named is None else _entry(named, parts, f"{prefix}sections", found)
        if "body" in sections:
            sections = tuple(dict.fromkeys((*sections, *sorted(BODY))))
        if not paths and not sections:
            raise SettingsError(
                f"{prefix[:-1]} names no articles",
                where=str(found.path),
                expected="paths, sections or both",
                hint="put what holds for all articles into [gate] itself",
            )
        here = [key for key in KEYS if (_KEYS[key].section if sections else _KEYS[key].path)]
        values = _checked(rest, found, prefix, here)
        made.append(Override(paths, sections, values, found.origin(prefix[:-1])))
    return tuple(made)


def _entry(value: Any, check: Check, key: str, found: Found) -> tuple[str, ...]:
    try:
        return tuple(check(value))
    except _Wrong as error:
        raise SettingsError(
            f"{key} is {value!r}", where=str(found.path), expected=str(error)
        ) from None


def _checked(
    table: Mapping[str, Any], found: Found, prefix: str, here: Sequence[str]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in here:
            near = difflib.get_close_matches(name, here, n=1)
            what = f"unknown setting {prefix + key!r}"
            if name in KEYS:
                what = f"{prefix}{key} cannot be set for a part"
            raise SettingsError(
                what,
                where=str(found.path),
                expected="one of " + ", ".join(here),
                hint=f"did you mean {near[0]!r}?" if near else "",
            )
        try:
            values[name] = _KEYS[name].check(value)
        except _Wrong as error:
            raise SettingsError(
                f"{prefix}{key} is {value!r}", where=str(found.path), expected=str(error)
            ) from None
    return values


# Explaining ---------------------------------------------------------------------------------------


def explain(policy: Policy) -> list[str]:
    """The policy in force, one line a value with where it comes from."""
    width = max(map(len, KEYS))
    values = {key: shown(getattr(policy, key)) for key in KEYS}
    wide = max(map(len, values.values()))
    lines = [
        f"{key:<{width}}  {value:<{wide}}  {policy.origins.get(key, 'default')}"
        for key, value in values.items()
    ]
    for override in policy.overrides:
        where = []
        if override.paths:
            where.append("paths " + ", ".join(override.paths))
        if override.sections:
            where.append("sections " + ", ".join(override.sections))
        lines.append(f"for {'; '.join(where)}  ({override.origin})")
        lines += [f"  {key:<{width}}{shown(value)}" for key, value in override.values.items()]
    light = [key for key in ("neutral", "minor") if key in policy.maximum]
    if light and policy.count == "gating":
        lines.append(
            f"note: most rules of severity {' and '.join(light)} do not gate by themselves, and a "
            'limit counts what counts; count = "all" counts every finding'
        )
    return [line.rstrip() for line in lines]


def shown(value: Any) -> str:
    """A value of the policy as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {limit}" for key, limit in value.items()) or "no limits"
    if isinstance(value, tuple):
        return ", ".join(value) or "-"
    if isinstance(value, float):
        return f"{value:g}"
    return "-" if value in (None, "") else str(value)
