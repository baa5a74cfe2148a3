"""Decisions of the page, back in mtaudit."""

from __future__ import annotations

import copy
import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mtaudit.decisions import as_toml, counts, pairs, read_decisions, suppressions_of
from mtaudit.errors import InputError
from mtaudit.suppressions import load_suppressions

TEXT = (
    "Le conseil discute de l'école\n\n"
    "Le rapport fournit de la nourriture pour la pensée aux élus de la ville, a dit le maire.\n"
)
CONTEXT = "Le rapport fournit de la nourriture pour la pensée aux élus de la"


def decision(**fields: Any) -> dict[str, Any]:
    return {
        "fingerprint": "0f",
        "rule": "idiom/food-for-thought",
        "severity": "major",
        "words": "de la nourriture pour la pensée",
        "context": CONTEXT,
        "decision": "dismissed",
        "replacement": None,
        "reason": "quotation",
        "note": "a “title”\n\\ here",
        "when": "2026-11-24T10:00:00Z",
        **fields,
    }


def document(*decisions: dict[str, Any], **fields: Any) -> dict[str, Any]:
    article = {
        "id": "council", "path": "", "system": "mt-a", "source": None, "translation": TEXT,
        "published": TEXT.replace("fournit", "donne"), "decisions": list(decisions),
    }  # fmt: skip
    return {
        "mtaudit": "decisions", "schema": 1, "report": "abcdef0123456789", "author": "Ada",
        "articles": [article], **fields,
    }  # fmt: skip


def saved(folder: Path, made: object, name: str = "decisions.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(made), encoding="utf-8")
    return path


def test_a_dismissal_becomes_an_entry_that_silences_it(
    tmp_path: Path, command: Callable[..., Any]
) -> None:
    saved(tmp_path, document(decision()))
    ended = command("decisions", "decisions.json")
    assert ended.status == 0
    assert "# silences 1 here, 0 of them in other articles" in ended.out
    assert "1 new suppressions" in ended.out
    assert not (tmp_path / "mtaudit-suppressions.toml").exists()
    assert command("decisions", "decisions.json", "--write", "--expires", "2031-01-31").status == 0
    (entry,) = load_suppressions(tmp_path / "mtaudit-suppressions.toml")
    assert entry.rule == "idiom/food-for-thought"
    assert entry.context == CONTEXT
    assert entry.reason == "quotation: a “title” \\ here"
    assert (entry.owner, entry.expires) == ("Ada", datetime.date(2031, 1, 31))
    text = (tmp_path / "mtaudit-suppressions.toml").read_text(encoding="utf-8")
    assert text.startswith("# decided 2026-11-24 in report abcdef01\n[[suppress]]\n")
    again = command("decisions", "decisions.json", "--write")
    assert "0 new suppressions, 1 there already" in again.out
    (tmp_path / "council.txt").write_text(TEXT, encoding="utf-8")
    gate = command("gate", "council.txt", "--count", "all")
    assert "suppressed by" in gate.out


def test_house_style_holds_everywhere_and_says_where(
    tmp_path: Path, command: Callable[..., Any]
) -> None:
    saved(tmp_path, document(decision(reason="house-style", note=None)))
    (tmp_path / "other.txt").write_text(TEXT.replace("rapport", "livre"), encoding="utf-8")
    ended = command("decisions", "decisions.json", "--articles", "other.txt", "--owner", "desk")
    assert "context" not in ended.out
    assert 'owner = "desk"' in ended.out
    assert "# silences 2 here, 1 of them in other articles" in ended.out
    assert "other.txt:3:18: Le livre fournit [[de la nourriture" in ended.out


def test_an_entry_that_silences_nothing_is_told(
    tmp_path: Path, command: Callable[..., Any]
) -> None:
    saved(tmp_path, document(decision(rule="idiom/gone")))
    assert "silences nothing" in command("decisions", "decisions.json").out


def test_mended_texts_become_pairs(tmp_path: Path, command: Callable[..., Any]) -> None:
    made = document(decision(decision="accepted", reason=None, replacement="donne"))
    made["articles"].append({**copy.deepcopy(made["articles"][0]), "id": "b", "published": None})
    path = saved(tmp_path, made)
    ended = command("decisions", "decisions.json", "--pairs", "pairs.jsonl")
    assert "1 pairs" in ended.err
    (row,) = map(json.loads, (tmp_path / "pairs.jsonl").read_text().splitlines())
    assert row == pairs([read_decisions(path)])[0]
    assert row["translation"] == TEXT
    assert row["published"] == TEXT.replace("fournit", "donne")
    mined = command(
        "mine", "pairs.jsonl", "--translation", "translation", "--published", "published"
    )
    assert mined.status == 0


def test_counts_tell_how_the_findings_of_a_rule_fared(tmp_path: Path) -> None:
    made = document(
        decision(decision="accepted"),
        decision(decision="written"),
        decision(reason="not-an-error"),
        decision(rule="calque/a"),
        decision(rule="calque/a", decision="noted"),
    )
    found = counts(read_decisions(saved(tmp_path, made)).decisions)
    assert found == [("idiom/food-for-thought", 2, 1, 1), ("calque/a", 0, 1, 0)]


def test_entries_are_made_once_and_only_for_words(tmp_path: Path) -> None:
    made = document(decision(), decision(words="DE la nourriture  pour la pensée"),
                    decision(words="", context=""))  # fmt: skip
    taken = read_decisions(saved(tmp_path, made)).decisions
    assert len(suppressions_of(taken)) == 1
    assert suppressions_of(taken, [suppressions_of(taken)[0][1]]) == []


@pytest.mark.parametrize("words", ['a "b" \\ c\x7f\x00\td', "\ud800 half", "[[suppress]]\n# a"])
def test_any_words_come_back_from_the_file(tmp_path: Path, words: str) -> None:
    taken = read_decisions(saved(tmp_path, document(decision(words=words)))).decisions
    path = tmp_path / "silenced.toml"
    path.write_text("".join(as_toml(*each) for each in suppressions_of(taken)), encoding="utf-8")
    (entry,) = load_suppressions(path)
    assert entry.words == words.replace("\ud800", "?")


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ([], "holds no decisions"),
        ({"mtaudit": "decisions", "schema": 2}, "schema is 2; expected 1"),
        (document(articles={}), "articles is no list of objects"),
        (document(decision(decision="kept")), r"articles\[0\]: decisions\[0\]: decision is 'kept'"),
        (document(decision(reason="because")), "reason is 'because'; expected one of not-an-error"),
        (document(decision(rule=3)), "rule is 3; expected a string"),
    ],
)
def test_what_is_no_export_is_told(tmp_path: Path, made: object, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_decisions(saved(tmp_path, made))


def test_files_that_cannot_be_read_or_written_are_told(
    tmp_path: Path, command: Callable[..., Any]
) -> None:
    (tmp_path / "bad.json").write_text("{")
    assert "bad.json: is not JSON" in command("decisions", "bad.json").err
    assert command("decisions", "none.json").status == 2
    saved(tmp_path, document(decision()))
    assert (
        "no/pairs: cannot be written"
        in command("decisions", "decisions.json", "--pairs", "no/pairs").err
    )
    assert "expected a date" in command("decisions", "decisions.json", "--expires", "soon").err
