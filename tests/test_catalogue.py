"""The rule catalogue: every rule in it, and the check mode that CI runs."""

from __future__ import annotations

from pathlib import Path

from mtaudit.catalogue import catalogue
from mtaudit.rulebook import load_rulebook


def test_every_rule_has_an_entry_and_marks_survive() -> None:
    rulebook = load_rulebook()
    pages = catalogue(rulebook)
    assert set(pages) == {"README.md", *(f"{rule.family.name}.md" for rule in rulebook.rules)}
    for rule in rulebook.rules:
        assert f"### {rule.id}\n" in pages[f"{rule.family.name}.md"]
    assert "les forces de **Pyongyangs** " in pages["apostrophe.md"].replace("Les", "les")


def test_check_mode_tells_what_is_out_of_date(tmp_path: Path, command) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "pages"
    assert command("rules", "catalogue", "-o", str(folder)).status == 0
    assert command("rules", "catalogue", "-o", str(folder), "--check").status == 0
    (folder / "idiom.md").write_text("changed", encoding="utf-8")
    (folder / "gone.md").write_text("left over", encoding="utf-8")
    checked = command("rules", "catalogue", "-o", str(folder), "--check")
    assert checked.status == 1
    assert "idiom.md: out of date" in checked.out
    assert "gone.md: out of date" in checked.out
