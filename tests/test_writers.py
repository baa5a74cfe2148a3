"""Writers: golden files of one small report, and what each format promises.

MTAUDIT_UPDATE_GOLDEN=1 writes the golden files anew; read their diff before you commit them.
"""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

import mtaudit.writers
from mtaudit.errors import MtauditError, SettingsError
from mtaudit.model import (
    FAMILIES,
    SEVERITIES,
    Article,
    ArticleResult,
    Finding,
    Metrics,
    MetricScore,
    Problem,
    Report,
    Severity,
)
from mtaudit.score import Profile, score_findings, signature, total
from mtaudit.writers import WRITERS, writer_for
from mtaudit.writers.document import as_document
from mtaudit.writers.excerpt import excerpt, visible
from mtaudit.writers.frame import COLUMNS, frame
from mtaudit.writers.json import schema
from mtaudit.writers.labels import LABELS, counted
from mtaudit.writers.markdown import escape, escape_line
from mtaudit.writers.text import write_text

GOLDEN = Path(__file__).with_name("golden")
SUFFIX = {"text": "txt", "json": "json", "jsonl": "jsonl", "csv": "csv", "markdown": "md"}

COUNCIL = """\
Le conseil municipal discute de l'école

NANTES, 3 mai — Le rapport du maire fournit de la nourriture pour la pensée aux élus | et aux \
familles <b>du quartier</b>, a dit [bold]Mme Martin[/bold] *devant* le conseil réuni mardi soir.
=HYPERLINK("http://exemple.invalid") a été lu à voix haute\x1b[31m par un agent.
Les travaux ont coûté 20 000 (16 500) selon\u200b la mairie. Le projet a vu les parents
protester : « Que nous l'acceptons ou non. »
"""

PROFILE = Profile()


def marked(
    article: Article,
    words: str,
    rule: str,
    severity: Severity = "minor",
    message: str = "",
    **fields: Any,
) -> Finding:
    """A finding on the first place of these words in the article."""
    start = article.text.index(words)
    line, column = article.position(start)
    finding = Finding(
        rule=rule,
        family=rule.split("/")[0],
        severity=severity,
        confidence=0.9,
        evidence="suspect",
        start=start,
        end=start + len(words),
        line=line,
        column=column,
        text=words,
        message=message,
        suggestions=(),
        source_text=None,
        section="body",
        gates=True,
        fingerprint=f"{rule}:{start}",
    )
    return replace(finding, **fields)


def audited(article: Article, findings: list[Finding]) -> ArticleResult:
    words = len(article.text.split())
    return ArticleResult(article, tuple(findings), score_findings(findings, words, PROFILE))


def build() -> Report:
    brief = Article("breves/07.txt", "La pluie a cessé dimanche.\n" * 80, path="breves/07.txt")
    council = Article("conseil|7", COUNCIL, path="lot <1>.jsonl", system="mt-a")
    findings = [
        marked(
            council,
            "fournit de la nourriture pour la pensée",
            "idiom/food-for-thought",
            "major",
            "« food for thought » mot à mot | *voir* <idiom>",
            suggestions=("donne matière à réflexion", "fait réfléchir"),
            evidence="confirmed",
            source_text="provides food for thought",
        ),
        marked(council, "[bold]Mme Martin[/bold]", "name/title", "neutral", gates=False),
        marked(council, "=HYPERLINK", "structure/formula", message="- une formule\nde tableur"),
        marked(council, "\x1b[31m par", "structure/control", "critical", confidence=0.5),
        marked(council, "20 000 (16 500)", "number/currency", "major", suggestions=("20 000 €",)),
        marked(council, "parents\nprotester", "calque/see", suggestions=("=1+1", "@b")),
        marked(council, " :", "typography/colon", gates=False, suggestions=("\u00a0:",)),
    ]
    scores = {
        "chrF2++": MetricScore(61.25, "chrF2++|nrefs:1|nw:2|version:2.6.0", (55.5, 66.0)),
        "BLEU": MetricScore(40.0, "BLEU|nrefs:1|tok:13a|version:2.6.0", (31.04, 48.0)),
        "TER": None,
    }
    measured = replace(audited(council, findings), metrics=Metrics(scores, segments=7))
    results = (audited(brief, []), measured)
    return Report(
        results=results,
        problems=(Problem("vide.txt", "the file is empty; expected an article | or more"),),
        total=total(results, PROFILE),
        signature=signature("0.1.0", "0f1e2d3c", 12, "none", PROFILE, "target-words"),
        rules=12,
        metrics=Metrics(scores, segments=7, articles=1),
    )


@pytest.fixture
def report() -> Report:
    return build()


EMPTY = Report((), (), total((), PROFILE), "mtaudit|version:0.1.0", 0)


def written(name: str, report: Report) -> str:
    stream = io.StringIO(newline="")
    WRITERS[name].write(report, stream)
    return stream.getvalue()


# --- golden files ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SUFFIX)
def test_output_equals_the_golden_file(name: str, report: Report) -> None:
    path = GOLDEN / f"report.{SUFFIX[name]}"
    output = written(name, report)
    if os.environ.get("MTAUDIT_UPDATE_GOLDEN"):
        path.write_bytes(output.encode())
    assert output.encode() == path.read_bytes()


def test_no_golden_file_is_missing() -> None:
    assert {path.name for path in GOLDEN.glob("report.*")} >= {
        f"report.{suffix}" for suffix in SUFFIX.values()
    }


# --- the table of writers -------------------------------------------------------------------------


def test_folder_and_table_agree() -> None:
    modules = {
        module.name
        for module in pkgutil.iter_modules(mtaudit.writers.__path__)
        if hasattr(importlib.import_module(f"mtaudit.writers.{module.name}"), "write")
    }
    assert modules == set(WRITERS)


def test_suffixes_name_one_format_each() -> None:
    suffixes = [suffix for entry in WRITERS.values() for suffix in entry.suffixes]
    assert len(suffixes) == len(set(suffixes))
    for name, entry in WRITERS.items():
        for suffix in entry.suffixes:
            assert writer_for(path=f"out/Rapport{suffix.upper()}") is WRITERS[name]


def test_unknown_formats_are_refused_with_what_there_is() -> None:
    with pytest.raises(SettingsError, match=r"^out\.doc: the suffix names no output format; exp"):
        writer_for(path="out.doc")
    with pytest.raises(SettingsError, match=r"unknown output format 'jsno'.*did you mean 'json'"):
        writer_for(name="jsno")
    assert writer_for(name="json", path="a.csv") is WRITERS["json"]


@pytest.mark.parametrize("name", WRITERS)
def test_write_file_and_write_stream_write_the_same(
    name: str, report: Report, tmp_path: Path
) -> None:
    entry, stream, path = WRITERS[name], io.BytesIO(), tmp_path / "out"
    entry.write_stream(report, stream, language="fr")
    entry.write_file(report, path, language="fr")
    assert not stream.closed
    assert stream.getvalue() == path.read_bytes()
    assert name in ("parquet", "text", "markdown", "html") or stream.getvalue().decode() == written(
        name, report
    )


def test_write_file_says_why_it_cannot(report: Report, tmp_path: Path) -> None:
    with pytest.raises(MtauditError, match=r"none/a\.json: cannot write the report: No such file"):
        WRITERS["json"].write_file(report, tmp_path / "none" / "a.json")


def test_importing_the_writers_imports_neither_pandas_nor_rich() -> None:
    code = (
        "import sys, mtaudit.writers; "
        "sys.exit(bool({'pandas', 'rich', 'pyarrow', 'jinja2'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_writers_leave_the_report_and_the_streams_of_the_process_alone(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    for entry in WRITERS.values():
        entry.write(report, io.BytesIO() if entry.binary else io.StringIO())
    assert report == build()
    assert capsys.readouterr() == ("", "")


# --- json, jsonl ----------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [build, lambda: EMPTY])
def test_json_is_valid_by_the_published_schema(make: Callable[[], Report]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    document = json.loads(written("json", make()))
    jsonschema.validate(document, schema(), cls=jsonschema.Draft202012Validator)
    assert document == as_document(make())


def test_schema_refuses_what_the_document_does_not_have(report: Report) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    document = as_document(report)
    document["articles"][1]["findings"][0]["colour"] = "red"
    del document["summary"]["rules"]
    assert len(list(validator.iter_errors(document))) == 2


def test_schema_knows_the_vocabulary_of_the_model() -> None:
    defs = schema()["$defs"]
    assert defs["family"]["enum"] == list(FAMILIES)
    assert defs["severity"]["enum"] == list(SEVERITIES)
    assert list(defs["severities"]["properties"]) == list(SEVERITIES)


def test_json_offsets_cut_the_text_out_of_the_article(report: Report) -> None:
    for result, article in zip(report.results, as_document(report)["articles"], strict=True):
        for finding in article["findings"]:
            assert result.article.text[finding["start"] : finding["end"]] == finding["text"]


def test_json_has_the_keys_of_the_contract(report: Report) -> None:
    document = as_document(report)
    assert list(document) == ["schema", "signature", "summary", "articles"]
    article = document["articles"][1]
    assert set(article) - {"interval"} == {
        "id", "path", "words", "penalty", "score", "passed", "counts", "findings", "metrics",
    }  # fmt: skip
    assert list(article["findings"][0]) == [
        "rule", "family", "severity", "confidence", "evidence", "start", "end", "line", "column",
        "text", "message", "suggestions", "source_text", "section", "gates", "fingerprint",
        "unit",
    ]  # fmt: skip


ODD = "a\ud800b\u2028c\x85d"


def odd_report() -> Report:
    article = Article("odd", f"x {ODD} y", path="odd")
    finding = marked(article, ODD, "structure/odd", suggestions=(ODD,))
    results = (audited(article, [finding]),)
    return Report(results, (), total(results, PROFILE), "mtaudit|v", 1)


@pytest.mark.parametrize("name", WRITERS)
def test_text_that_utf8_cannot_hold_is_written_all_the_same(name: str) -> None:
    if WRITERS[name].binary:
        WRITERS[name].write(odd_report(), io.BytesIO())
    else:
        written(name, odd_report()).encode()


def test_json_keeps_odd_characters_exactly() -> None:
    line = written("jsonl", odd_report())
    assert len(line.splitlines()) == 1
    assert json.loads(line)["text"] == ODD
    document = json.loads(written("json", odd_report()))
    assert document["articles"][0]["findings"][0]["text"] == ODD


def test_jsonl_has_one_finding_a_line_with_its_article(report: Report) -> None:
    lines = [json.loads(line) for line in written("jsonl", report).splitlines()]
    findings = as_document(report)["articles"][1]["findings"]
    place = {"article": "conseil|7", "path": "lot <1>.jsonl", "system": "mt-a"}
    assert lines == [place | finding for finding in findings]
    assert written("jsonl", EMPTY) == ""


# --- csv, parquet ---------------------------------------------------------------------------------


def test_csv_guards_cells_that_a_spreadsheet_would_run(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", report), newline="")))
    assert [row["text"] for row in rows][2] == "'=HYPERLINK"
    assert rows[2]["message"].startswith("'- une formule\n")
    assert rows[5]["suggestions"] == "'=1+1 | @b"
    assert rows[0]["suggestions"] == "donne matière à réflexion | fait réfléchir"
    assert rows[1]["source_text"] == ""
    assert not [
        cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))
    ]


def test_csv_has_a_header_without_findings() -> None:
    assert written("csv", EMPTY) == ",".join(COLUMNS) + "\n"


def test_frame_has_the_same_types_with_and_without_findings(report: Report) -> None:
    full, empty = frame(report), frame(EMPTY)
    assert list(full.columns) == list(COLUMNS)
    assert list(full.dtypes) == list(empty.dtypes) == list(COLUMNS.values())
    assert len(full) == 7
    assert full["suggestions"][5] == ["=1+1", "@b"]


def test_parquet_round_trips(report: Report) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    for made in (report, EMPTY):
        stream = io.BytesIO()
        WRITERS["parquet"].write(made, stream)
        read = pandas.read_parquet(io.BytesIO(stream.getvalue()))
        rows = json.loads(read.to_json(orient="records"))
        assert rows == [json.loads(line) for line in written("jsonl", made).splitlines()]


def test_parquet_says_how_to_get_pyarrow(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MtauditError, match=r'pip install "mtaudit\[parquet\]"'):
        WRITERS["parquet"].write(report, io.BytesIO())


# --- markdown -------------------------------------------------------------------------------------


def plain(markdown: str) -> str:
    """The text that a reader of the rendered Markdown sees; fails on HTML let through."""
    seen: list[str] = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(markdown):
        assert token.type != "html_block"
        for child in token.children or []:
            if child.type == "html_inline":
                assert child.content in ("<strong>", "</strong>")
                continue
            assert child.type not in ("link_open", "image", "s_open", "em_open")
            seen.append("\n" if child.type in ("hardbreak", "softbreak") else child.content)
        seen.append("\n" if token.type == "inline" else "")
    return "".join(seen)


def test_markdown_shows_article_text_as_it_is(report: Report) -> None:
    seen = plain(written("markdown", report))
    assert "aux élus | et aux familles <b>du quartier</b>, …" in seen
    assert "[bold]Mme Martin[/bold] *devant* le conseil" in seen
    assert "voix haute␛[31m par un agent." in seen
    assert "« food for thought » mot à mot | *voir* <idiom>" in seen
    assert "→ =1+1 | @b" in seen
    assert "conseil|7 (lot <1>.jsonl)" in seen


@given(st.text(st.sampled_from("a1é '-+=#*_`|<>[]()!\\~&;:/.$")).map(str.strip).filter(bool))
def test_markdown_escape_loses_and_adds_nothing(text: str) -> None:
    text = " ".join(text.split())
    for line in (escape_line(text), f"- item\\\n  {escape_line(text)}\n", f"x {escape(text)}"):
        tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(line)
        kinds = {token.type for token in tokens} - {
            "paragraph_open", "paragraph_close", "inline", "bullet_list_open",
            "bullet_list_close", "list_item_open", "list_item_close",
        }  # fmt: skip
        assert not kinds
        assert plain(line).strip().removeprefix("item\n").removeprefix("x ") == text


@given(
    before=st.sampled_from(["", "mot ", "mot", "« ", "l'"]),
    found=st.sampled_from(["mot", ":", "«", " :", "mot:", "*a*", "", "'", "é"]),
    after=st.sampled_from(["", " mot", "mot", " »", "."]),
)
def test_markdown_bold_reaches_the_reader(before: str, found: str, after: str) -> None:
    article = Article("a", before + found + after)
    finding = replace(
        marked(article, before, "calque/x"), start=len(before), end=len(before + found)
    )
    results = (audited(article, [finding]),)
    output = written("markdown", Report(results, (), total(results, PROFILE), "mtaudit", 1))
    html = MarkdownIt("gfm-like", {"linkify": False}).render(output)
    inside = html.split("<strong>")[-1].split("</strong>")[0]
    assert inside == (found or "‸")


# --- text -----------------------------------------------------------------------------------------


def shown(report: Report, *, terminal: bool = False, width: int = 40, **options: Any) -> str:
    stream = io.StringIO()
    console = Console(
        file=stream,
        force_terminal=terminal,
        color_system="truecolor" if terminal else None,
        width=width,
        no_color=False,
    )
    write_text(report, console, **options)
    return stream.getvalue()


def test_text_is_plain_and_unwrapped_where_there_is_no_terminal(report: Report) -> None:
    output = shown(report, width=20)
    assert "\x1b" not in output
    assert output == written("text", report)


def test_text_ignores_a_wish_for_colours_in_a_file(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = written("text", report)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "10")
    assert written("text", report) == before


def test_text_on_a_terminal_is_coloured_and_never_reads_markup(report: Report) -> None:
    output = shown(report, terminal=True, width=500)
    assert "\x1b[1;31mfournit de la nourriture pour la pensée\x1b[0m" in output
    assert "[bold]Mme Martin[/bold]" in output
    assert "\x1b[31m par un" not in output  # the article's own escape sequence
    assert "␛[31m par" in output


def test_text_on_a_terminal_wraps_at_words(report: Report) -> None:
    lines = shown(report, terminal=True, width=60).splitlines()
    assert any("nourriture" in line for line in lines)


def test_text_most_says_what_it_leaves_out(report: Report) -> None:
    assert "… 5 more findings not shown" in shown(report, most=2)
    assert "… 1 more finding not shown" in shown(report, most=6)
    assert "… 7 more findings not shown" in shown(report, most=0)
    assert "more finding" not in shown(report, most=7)
    assert ", 7 findings, " in shown(report, most=0)


def test_text_takes_a_stream_too(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    stream = io.StringIO()
    write_text(report, stream, language="en")
    assert stream.getvalue() == written("text", report)


def test_problems_name_their_path_once(report: Report) -> None:
    problem = Problem("a.txt", "a.txt:3: not French")
    assert "\n  a.txt:3: not French\n" in shown(replace(report, problems=(problem,)))


def test_text_quiet_leaves_problems_and_summary(report: Report) -> None:
    lines = shown(report, quiet=True).splitlines()
    assert lines[0] == "Could not be audited"
    assert lines[1].startswith("  vide.txt: the file is empty")
    assert lines[3].startswith("2 articles, ")
    assert lines[4].startswith("1 article with a reference, 7 segments — chrF2++ 61.2 (")
    assert [line.split("|")[0] for line in lines[5:]] == ["mtaudit", "chrF2++", "BLEU"]


def test_text_of_an_empty_run_says_what_it_covered() -> None:
    output = written("text", EMPTY)
    assert output.startswith("0 articles, 0 words, 0 rules, 0 findings\n")
    assert "score" not in output


def test_text_puts_the_worst_article_first(report: Report) -> None:
    output = written("text", report)
    assert output.index("conseil|7") < output.index("breves/07.txt")


def test_score_just_below_the_pass_mark_is_not_shown_as_the_mark(report: Report) -> None:
    total = replace(report.total, score=94.96, passed=False, interval=None)
    assert "score 94.9, failed" in shown(replace(report, total=total))
    total = replace(report.total, score=100 * 0.95, passed=True, interval=None)
    assert "score 95.0, passed" in shown(replace(report, total=total))


# --- excerpts, labels -----------------------------------------------------------------------------


def test_excerpt_keeps_whole_words_of_the_line() -> None:
    text = "avant\nun deux trois quatre cinq\naprès"
    article = Article("a", text)
    parts = excerpt(article, marked(article, "trois", "calque/x"), context=1)
    assert parts == ("… deux ", "trois", " quatre …")
    parts = excerpt(article, marked(article, "trois", "calque/x"))
    assert parts == ("un deux ", "trois", " quatre cinq")
    parts = excerpt(article, marked(article, "cinq\naprès", "calque/x"), context=2)
    assert parts == ("… trois quatre ", "cinq⏎après", "")


def test_excerpt_of_a_missing_text_has_no_found_words() -> None:
    article = Article("a", "un deux")
    finding = replace(marked(article, "deux", "omission/x"), end=article.text.index("deux"))
    assert excerpt(article, finding) == ("un ", "", "deux")


def test_excerpt_shortens_a_long_finding() -> None:
    words = " ".join(f"mot{n}" for n in range(100))
    article = Article("a", words)
    found = excerpt(article, marked(article, words, "structure/loop")).found
    assert found.startswith("mot0 ")
    assert " mot11 […] mot88 " in found
    assert found.endswith(" mot99")


@given(st.text(st.sampled_from("ab \n\t\u00a0\x1b")), st.integers(0, 60), st.integers(0, 60))
def test_excerpt_holds_what_stands_in_the_article(text: str, start: int, length: int) -> None:
    article = Article("a", text)
    start = min(start, len(text))
    end = min(start + length, len(text))
    finding = replace(marked(article, "", "calque/x"), start=start, end=end)
    before, found, after = excerpt(article, finding, context=3)
    assert "\n" not in before + found + after
    assert len(found.split()) <= 25
    if "…" not in before + found + after:
        assert before + found + after in visible(text)


def test_excerpt_is_quick_on_a_very_long_line() -> None:
    article = Article("a", "mot " * 500_000 + "fin")
    finding = marked(article, "fin", "calque/x")
    for _ in range(20):
        assert excerpt(article, finding).before == "… " + "mot " * 8


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\x1b[31m", "a␛[31m"),
        ("\u202e\u200b\xad\ufeff", "\\u202e\\u200b\\u00ad\\ufeff"),
        ("\x00\x07\x9b", "\\u0000\\u0007\\u009b"),
        ("a\nb\tc\r", "a⏎b␉c␍"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("« l’été »\u202f: 20\u00a0% 😀", "« l’été »\u202f: 20\u00a0% 😀"),
    ],
)
def test_visible_writes_out_what_cannot_be_seen(text: str, seen: str) -> None:
    assert visible(text) == seen


def test_labels_have_the_same_keys_in_each_language() -> None:
    assert list(LABELS["fr"]) == list(LABELS["en"])
    assert set(SEVERITIES) <= set(LABELS["en"])


def test_counted_follows_the_plural_of_the_language() -> None:
    assert [counted(n, "words", "en") for n in (0, 1, 2)] == ["0 words", "1 word", "2 words"]
    assert [counted(n, "words", "fr") for n in (0, 1, 2)] == ["0 mot", "1 mot", "2 mots"]


def test_text_and_markdown_speak_french(report: Report) -> None:
    output = shown(report, language="fr", most=1)
    assert "2 articles, " in output
    assert "non conforme" in output
    assert "6 anomalies de plus, non affichées" in output
    stream = io.StringIO()
    mtaudit.writers.markdown.write(report, stream, language="fr")
    assert stream.getvalue().startswith("# Audit de traductions\n")
