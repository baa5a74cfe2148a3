"""Settings: where they are found, what may stand in them, and what is told of faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtaudit.errors import SettingsError
from mtaudit.settings import Settings, load_settings


def test_defaults_where_no_file_is(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()
    assert (Settings().language, Settings().pass_mark, Settings().scheme) == ("en", 95.0, "mqm")


@pytest.mark.parametrize(
    ("name", "head"), [("mtaudit.toml", ""), ("pyproject.toml", "[tool.mtaudit]\n")]
)
def test_every_setting_in_either_file(tmp_path: Path, name: str, head: str) -> None:
    (tmp_path / name).write_text(
        head
        + 'language = "fr"\nselect = ["idiom"]\nignore = ["idiom/red"]\nrules = ["mine"]\n'
        + 'scheme = "google"\nformula = "linear"\npass_mark = 90\naccepted-penalty = 20.5\n',
        encoding="utf-8",
    )
    assert load_settings(tmp_path) == Settings(
        language="fr",
        select=("idiom",),
        ignore=("idiom/red",),
        rules=(str(tmp_path / "mine"),),
        scheme="google",
        formula="linear",
        pass_mark=90.0,
        accepted_penalty=20.5,
    )


def test_the_nearest_file_wins(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "mtaudit.toml").write_text('language = "fr"\n', encoding="utf-8")
    assert load_settings(inner).language == "fr"
    # a project without a table of ours says nothing
    (inner / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")
    assert load_settings(inner).language == "fr"
    (inner / "pyproject.toml").write_text("[tool.mtaudit]\n", encoding="utf-8")
    assert load_settings(inner).language == "en"
    # in one folder the file of our own comes first
    (inner / "mtaudit.toml").write_text('language = "fr"\n', encoding="utf-8")
    assert load_settings(inner).language == "fr"


FAULTS = [
    ('selct = ["idiom"]', "unknown setting 'selct'; expected one of language, select", "'select'"),
    ("pass-mrak = 3", "unknown setting 'pass-mrak'", "did you mean 'pass_mark'"),
    ("zzz = 3", "unknown setting 'zzz'; expected one of language", ""),
    ('select = "idiom"', "select is 'idiom'; expected a list of strings", ""),
    ("select = [1]", "select is [1]; expected a list of strings", ""),
    ("language = 3", "language is 3; expected a string", ""),
    ('language = "de"', "language is 'de'; expected one of en, fr", ""),
    ('pass_mark = "95"', "pass_mark is '95'; expected a number", ""),
    ("pass_mark = true", "pass_mark is True; expected a number", ""),
    ("pass_mark = 100", "pass_mark is 100.0; expected a number between 0 and 100", ""),
    ("accepted_penalty = 0", "accepted_penalty is 0.0; expected a number above 0", ""),
    ("language = fr", "cannot be read as TOML", "line 1, column 12"),
]


@pytest.mark.parametrize(("text", "what", "hint"), FAULTS)
def test_faults(tmp_path: Path, text: str, what: str, hint: str) -> None:
    path = tmp_path / "mtaudit.toml"
    path.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path)
    line = str(caught.value)
    assert line.startswith(f"{path}: {what}"), line
    assert hint in line


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "mtaudit.toml").write_bytes('# é\nlanguage = "fr"\n'.encode("latin-1"))
    with pytest.raises(SettingsError, match="cannot be read as TOML"):
        load_settings(tmp_path)


@pytest.mark.parametrize("text", ["tool = 3\n", "[tool]\nmtaudit = 3\n"])
@pytest.mark.xfail(strict=True, raises=AttributeError, reason="it is taken for a table unseen")
def test_a_project_whose_table_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        load_settings(tmp_path)


def test_options_replace_what_the_file_says_where_they_are_given() -> None:
    settings = Settings(language="fr", select=("idiom",))
    changed = settings.with_options(language=None, select=("sense",), scheme="google")
    assert changed == Settings(language="fr", select=("sense",), scheme="google")
    with pytest.raises(SettingsError):
        settings.with_options(language="de")
