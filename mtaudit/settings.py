"""Settings: defaults, then `mtaudit.toml` or `[tool.mtaudit]` of pyproject.toml, then options.

An unknown key is an error: a misspelt setting must not pass for one that is obeyed.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from mtaudit.errors import SettingsError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LANGUAGES: Final = ("en", "fr")

# Tables of a settings file that have a reader of their own: the gate's is `mtaudit.policy`.
TABLES: Final = ("gate",)


@dataclass(frozen=True)
class Settings:
    """What a run obeys.

    Attributes:
        language: Of messages and reports: `en` or `fr`.
        select: Prefixes of rule ids to run; all where empty.
        ignore: Prefixes of rule ids to leave out.
        rules: Folders of further rules, each with one folder per family.
        scheme: Severity weights by name, see `mtaudit.score.SCHEMES`.
        formula: The score by name, see `mtaudit.score.FORMULAS`.
        pass_mark: The least score that passes.
        accepted_penalty: Penalty points per 1,000 words at which the score is the pass mark.
        cache: Whether results are kept for later runs, see `mtaudit.cache`.
        model: An installed spaCy pipeline that parses; mtaudit's own where empty.
    """

    language: str = "en"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    scheme: str = "mqm"
    formula: str = "exponential"
    pass_mark: float = 95.0
    accepted_penalty: float = 10.0
    cache: bool = True
    model: str = ""

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise SettingsError(
                f"language is {self.language!r}", expected=f"one of {', '.join(LANGUAGES)}"
            )
        if not 0 < self.pass_mark < 100:
            raise SettingsError(
                f"pass_mark is {self.pass_mark}", expected="a number between 0 and 100"
            )
        if self.accepted_penalty <= 0:
            raise SettingsError(
                f"accepted_penalty is {self.accepted_penalty}", expected="a number above 0"
            )

    def with_options(self, **options: Any) -> Settings:
        """These settings with the options that are not None in place of their own."""
        return replace(self, **{key: value for key, value in options.items() if value is not None})


class Found(NamedTuple):
    """The table of a settings file.

    Attributes:
        prefix: What stands before its keys in the file: nothing, or `tool.mtaudit.`.
    """

    path: Path
    table: Mapping[str, Any]
    prefix: str = ""

    def origin(self, key: str) -> str:
        """The place of a key, as it is told: `file: key`."""
        return f"{self.path}: {self.prefix}{key}"


def find_settings(start: Path | None = None) -> Found | None:
    """The nearest `mtaudit.toml` or `[tool.mtaudit]` of pyproject.toml at or above a folder.

    Raises:
        SettingsError: The file is no TOML.
    """
    folder = (start or Path.cwd()).resolve()
    for place in (folder, *folder.parents):
        own = place / "mtaudit.toml"
        if own.is_file():
            return Found(own, read_toml(own))
        project = place / "pyproject.toml"
        if project.is_file():
            table = read_toml(project).get("tool", {}).get("mtaudit")
            if table is not None:
                return Found(project, table, "tool.mtaudit.")
    return None


def load_settings(start: Path | None = None) -> Settings:
    """The settings of the nearest `mtaudit.toml` or pyproject.toml at or above a folder.

    Raises:
        SettingsError: The file is no TOML, or a key or a value in it is wrong.
    """
    found = find_settings(start)
    if found is None:
        return Settings()
    own = {key: value for key, value in found.table.items() if key not in TABLES}
    return _checked(own, found.path)


def read_toml(path: Path) -> dict[str, Any]:
    """The table of a TOML file.

    Raises:
        SettingsError: It cannot be read, or is no TOML.
    """
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"cannot be read as TOML: {error}", where=str(path)) from error
    return table


def _checked(table: Mapping[str, Any], path: Path) -> Settings:
    kinds = {each.name: each for each in fields(Settings)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in kinds:
            known = [*kinds, *TABLES]
            near = difflib.get_close_matches(name, known, n=1)
            raise SettingsError(
                f"unknown setting {key!r}",
                where=str(path),
                expected=f"one of {', '.join(known)}",
                hint=f"did you mean {near[0]!r}?" if near else "",
            )
        default = kinds[name].default
        if isinstance(default, tuple):
            if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
                raise SettingsError(
                    f"{key} is {value!r}", where=str(path), expected="a list of strings"
                )
            value = tuple(value)
        elif isinstance(default, bool):
            if not isinstance(value, bool):
                raise SettingsError(
                    f"{key} is {value!r}", where=str(path), expected="true or false"
                )
        elif isinstance(default, float):
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise SettingsError(f"{key} is {value!r}", where=str(path), expected="a number")
            value = float(value)
        elif not isinstance(value, str):
            raise SettingsError(f"{key} is {value!r}", where=str(path), expected="a string")
        values[name] = value
    if "rules" in values:
        values["rules"] = tuple(str(path.parent / folder) for folder in values["rules"])
    try:
        return Settings(**values)
    except SettingsError as error:
        raise SettingsError(error.what, where=str(path), expected=error.expected) from None
