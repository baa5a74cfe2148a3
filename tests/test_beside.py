"""`--source` and `--reference`: texts that lie beside the articles."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FEW = ("--rules", "sense", "--rules", "apostrophe")
FRENCH = "Les médecins sont prudents.\nLes physiciens de l'hôpital soignent les malades.\n"
ENGLISH = "Doctors are wary.\nThe physicians of the hospital treat the sick.\n"
REFERENCE = "Les médecins sont prudents.\nLes médecins de l'hôpital soignent les malades.\n"

Command = Callable[..., Any]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Articles un.txt and sub/deux.txt in fr, with the same names in en and ref."""
    for name in ("un.txt", "sub/deux.txt"):
        write(tmp_path / "fr" / name, FRENCH)
        write(tmp_path / "en" / name, ENGLISH)
        write(tmp_path / "ref" / name, REFERENCE)
    return tmp_path


def report(done: Any) -> dict[str, Any]:
    assert done.status == 0, done.err
    document: dict[str, Any] = json.loads(done.out)
    return document


def evidence(document: dict[str, Any]) -> dict[str, bool]:
    """By article, whether the source confirmed that its « physiciens » are physicians."""
    return {
        article["id"]: any(
            finding["text"] == "physiciens" and finding["evidence"] == "confirmed"
            for finding in article["findings"]
        )
        for article in document["articles"]
    }


def test_a_source_beside_a_file_confirms(command: Command, folders: Path) -> None:
    alone = report(command("run", "fr/un.txt", *FEW, "-f", "json"))
    assert evidence(alone) == {"fr/un.txt": False}
    done = command("run", "fr/un.txt", "--source", "en/un.txt", *FEW, "-f", "json")
    assert evidence(report(done)) == {"fr/un.txt": True}
    assert done.err == ""


def test_a_folder_beside_a_folder_by_the_same_names(command: Command, folders: Path) -> None:
    options = ("--source", "en/", "--reference", "./ref")
    document = report(command("run", "fr", *options, *FEW, "-f", "json"))
    assert evidence(document) == {"fr/sub/deux.txt": True, "fr/un.txt": True}
    assert document["summary"]["metrics"]["articles"] == 2
    assert document["summary"]["metrics"]["segments"] == 4


def test_metrics_come_with_a_reference_and_can_be_left_out(command: Command, folders: Path) -> None:
    options = ("--reference", "ref/un.txt", *FEW, "-f", "json")
    assert report(command("run", "fr/un.txt", *options))["articles"][0]["metrics"]
    without = report(command("run", "fr/un.txt", *options, "--no-metrics"))
    assert without["articles"][0]["metrics"] is None


def test_a_file_beside_standard_input(command: Command, folders: Path) -> None:
    options = ("--source", "en/un.txt", *FEW, "-f", "json")
    done = command("run", "-", *options, stdin=FRENCH.encode())
    assert evidence(report(done)) == {"-": True}


def test_json_lines_of_the_same_ids(command: Command, tmp_path: Path) -> None:
    rows = [{"id": name, "text": FRENCH} for name in ("a", "b", "c")]
    write(tmp_path / "fr.jsonl", "".join(f"{json.dumps(row)}\n" for row in rows))
    rows = [{"id": name, "text": ENGLISH} for name in ("c", "a")]
    write(tmp_path / "en.jsonl", "".join(f"{json.dumps(row)}\n" for row in rows))
    done = command("run", "fr.jsonl", "--source", "en.jsonl", *FEW, "-f", "json")
    assert evidence(report(done)) == {"a": True, "b": False, "c": True}
    assert done.err == "mtaudit: --source en.jsonl: nothing for 1 of 3 articles (b)\n"


def test_what_belongs_to_nothing_is_told(command: Command, folders: Path) -> None:
    (folders / "ref/sub/deux.txt").rename(folders / "ref/sub/autre.txt")
    done = command("run", "fr", "--reference", "ref", *FEW, "-f", "json")
    assert report(done)["summary"]["metrics"]["articles"] == 1
    assert done.err.splitlines() == [
        "mtaudit: --reference ref: nothing for 1 of 2 articles (fr/sub/deux.txt)",
        "mtaudit: --reference ref: 1 of 2 files belong to no article (ref/sub/autre.txt)",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("fr", "--source", "nulle-part"), "--source nulle-part: no such file or folder"),
        (("fr", "--source", "en/un.txt"), "one text for several articles"),
        (("fr", "--source", "autre"), "no text in it for any of 2 articles (fr/"),
    ],
)
def test_what_cannot_be_matched_is_one_line_and_exit_2(
    command: Command, folders: Path, arguments: tuple[str, ...], said: str
) -> None:
    write(folders / "autre/x.txt", ENGLISH)
    done = command("run", *arguments, *FEW)
    assert done.status == 2
    (line,) = done.err.splitlines()
    assert said in line
    assert "expected" in line


def test_an_unreadable_source_is_a_problem_and_hides_nothing(
    command: Command, folders: Path
) -> None:
    (folders / "en/un.txt").write_bytes(b"\x00\xff\x01 binaire")
    done = command("run", "fr", "--source", "en", *FEW, "-f", "json")
    document = report(done)
    assert len(document["articles"]) == 2
    (problem,) = document["summary"]["problems"]
    assert problem["path"] == "en/un.txt"


def test_articles_beside_are_never_written_over(command: Command, folders: Path) -> None:
    done = command("run", "fr/un.txt", "--source", "en/un.txt", *FEW, "-o", "en/un.txt")
    assert done.status == 2
    assert (folders / "en/un.txt").read_text("utf-8") == ENGLISH
