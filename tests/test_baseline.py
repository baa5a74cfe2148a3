"""Baselines: what they know, how they are written, and what leaves them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_writers import audited, marked

from mtaudit.baseline import (
    Baseline,
    Entry,
    Known,
    accepted,
    dumped,
    known,
    load_baseline,
    prune,
    rules_of,
    save_baseline,
    updated,
)
from mtaudit.errors import MtauditError, SettingsError
from mtaudit.globs import Names
from mtaudit.model import Article, Finding, Problem, Report
from mtaudit.score import Profile, total

ARTICLE = Article("a.md", "Un mot rouge et un mot bleu.\n", path="a.md")
SIGNATURE = "mtaudit|version:1|rules:3-abc|model:none"


def finding(words: str, fingerprint: str, rule: str = "idiom/x") -> Finding:
    return marked(ARTICLE, words, rule, "major", fingerprint=fingerprint)


def report(*findings: Finding, article: Article = ARTICLE) -> Report:
    results = (audited(article, list(findings)),)
    return Report(results, (), total(results, Profile()), SIGNATURE, 3)


def test_the_rules_of_a_signature() -> None:
    assert rules_of(SIGNATURE) == "3-abc"
    assert rules_of("mtaudit|version:1") == ""


def test_a_finding_is_known_by_its_fingerprint_or_by_words_left_over() -> None:
    entries = [Entry("idiom/x", "rouge", "1"), Entry("idiom/x", "rouge", "2")]
    assert accepted([finding("rouge", "1"), finding("rouge", "2")], entries) == {0, 1}
    # an edit beside one changes its fingerprint: its words are known still
    assert accepted([finding("rouge", "1"), finding("rouge", "9")], entries) == {0, 1}
    # but a third place is new, and so are other words and other rules
    three = [finding("rouge", "1"), finding("rouge", "8"), finding("rouge", "9")]
    assert accepted(three, entries) == {0, 1}
    assert accepted([finding("bleu", "9"), finding("rouge", "9", "sense/x")], entries) == set()


@given(
    st.lists(st.tuples(st.sampled_from(["rouge", "bleu"]), st.integers(0, 5)), unique=True),
    st.lists(st.tuples(st.sampled_from(["rouge", "bleu"]), st.integers(0, 5)), unique=True),
)
def test_no_more_is_accepted_than_was_there(
    now: list[tuple[str, int]], before: list[tuple[str, int]]
) -> None:
    findings = [finding(words, f"{words}{n}") for words, n in now]
    entries = [Entry("idiom/x", words, f"{words}{n}") for words, n in before]
    found = accepted(findings, entries)
    for words in ("rouge", "bleu"):
        assert sum(findings[i].text == words for i in found) == min(
            sum(each == words for each, _ in now), sum(each == words for each, _ in before)
        )


def test_the_file_is_sorted_and_round_trips(tmp_path: Path) -> None:
    later = replace(ARTICLE, id="b.md", path="b.md")
    first = updated(report(finding("rouge", "2"), finding("bleu", "1")), Names())
    both = updated(report(article=later), Names(), first)
    text = dumped(both)
    assert (
        dumped(updated(report(finding("bleu", "1"), finding("rouge", "2")), Names(), both)) == text
    )
    document = json.loads(text)
    assert document["signature"] == SIGNATURE
    assert list(document["texts"]) == ["a.md", "b.md"]
    assert document["findings"]["a.md"] == [
        {"rule": "idiom/x", "text": "bleu", "fingerprint": "1"},
        {"rule": "idiom/x", "text": "rouge", "fingerprint": "2"},
    ]
    path = tmp_path / "base.json"
    save_baseline(both, path)
    assert load_baseline(path) == both
    assert path.read_text(encoding="utf-8") == text
    assert list(tmp_path.iterdir()) == [path]
    save_baseline(Baseline(SIGNATURE), path)
    assert load_baseline(path) == Baseline(SIGNATURE)


def test_one_more_finding_is_one_more_line() -> None:
    few = dumped(updated(report(finding("rouge", "2")), Names())).splitlines()
    more = dumped(
        updated(report(finding("rouge", "2"), finding("bleu", "1")), Names())
    ).splitlines()
    assert len(more) == len(few) + 1
    assert len(set(few) - set(more)) == 0


def test_prune_takes_out_what_is_gone_and_nothing_else() -> None:
    was = Baseline(
        SIGNATURE,
        {
            "a.md": Known(
                (
                    Entry("idiom/x", "rouge", "1"),
                    Entry("idiom/x", "bleu", "edited"),
                    Entry("idiom/x", "jaune", "3"),
                    Entry("sense/other", "vert", "4"),
                ),
                "digest",
            ),
            "deleted.md": Known((Entry("idiom/x", "rouge", "5"),)),
            "elsewhere.md": Known((Entry("idiom/x", "rouge", "6"),)),
            "broken.jsonl::x": Known((Entry("idiom/x", "rouge", "7"),)),
        },
    )
    now = replace(
        report(finding("rouge", "1"), finding("bleu", "2")),
        problems=(Problem("broken.jsonl", "no JSON"),),
    )
    pruned = prune(was, now, Names(), {"idiom/x"}, {"deleted.md"})
    assert (pruned.findings, pruned.articles) == (2, 1)
    assert set(pruned.baseline.articles) == {"a.md", "elsewhere.md", "broken.jsonl::x"}
    left = pruned.baseline.articles["a.md"]
    assert [entry.fingerprint for entry in left.entries] == ["1", "edited", "4"]
    assert left.digest == "digest"


def test_prune_takes_out_articles_that_left_their_file() -> None:
    line = replace(ARTICLE, id="1", path="lot.jsonl")
    was = updated(report(finding("rouge", "1"), article=line), Names())
    was = replace(was, articles={**was.articles, "lot.jsonl::2": known(report().results[0])})
    pruned = prune(was, report(finding("rouge", "1"), article=line), Names(), {"idiom/x"}, set())
    assert list(pruned.baseline.articles) == ["lot.jsonl::1"]


FAULTS = [
    ("", "is no JSON"),
    ("{}", "no baseline of this version"),
    ("[]", "no baseline of this version"),
    ('{"mtaudit-baseline": 2}', "no baseline of this version"),
    ('{"mtaudit-baseline": 1}', "is damaged"),
    ('{"mtaudit-baseline": 1, "signature": "", "texts": {}, "findings": {"a": [3]}}', "damaged"),
    (
        '{"mtaudit-baseline": 1, "signature": "", "texts": {}, "findings": '
        '{"a": [{"rule": 3, "text": "", "fingerprint": ""}]}}',
        "damaged",
    ),
    ('{"mtaudit-baseline": 1, "signature": "", "texts": [], "findings": {}}', "damaged"),
    ("<<<<<<< HEAD\n", "is no JSON"),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_faults(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "base.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said) as caught:
        load_baseline(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_a_baseline_that_is_not_there_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"cannot be read .*make it with --write-baseline"):
        load_baseline(tmp_path / "base.json")


def test_a_baseline_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "base.json"
    save_baseline(Baseline(SIGNATURE), path)
    monkeypatch.setattr(
        "mtaudit.baseline.dumped",
        lambda baseline: (_ for _ in ()).throw(OSError(28, "No space left")),
    )
    with pytest.raises(MtauditError, match="cannot write the baseline: No space left"):
        save_baseline(Baseline(), path)
    monkeypatch.undo()
    assert load_baseline(path) == Baseline(SIGNATURE)
    with pytest.raises(MtauditError, match="cannot write the baseline"):
        save_baseline(Baseline(), tmp_path / "no" / "base.json")
    with pytest.raises(MtauditError, match="cannot write the baseline"):
        save_baseline(Baseline(), tmp_path)
