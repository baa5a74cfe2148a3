"""The page as a file: what it holds, and that nothing of it can run or load.

MTAUDIT_UPDATE_GOLDEN=1 writes the golden file anew; read its diff before you commit it.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtaudit.model import (
    FAMILIES,
    SEVERITIES,
    Article,
    ArticleResult,
    Finding,
    Problem,
    Report,
    RuleCard,
    Severity,
)
from mtaudit.score import Profile, score_findings, total
from mtaudit.writers import WRITERS, html, writer_for

GOLDEN = Path(__file__).with_name("golden") / "page.json"
PROFILE = Profile()

TEXT = """\
Nato dit des troupes déployées

NANTES, 3 mai — Le rapport fournit de la nourriture pour la pensée aux élus.
C'est notre affaire de Kursk. Le maire a vu les élus protester 😀 devant Kursk hier.

Les travaux ont coûté 20 000 (16 500) selon la mairie.
"""
SOURCE = """\
Nato says troops deployed

NANTES, 3 May — The report provides food for thought for councillors.
"It is Kursk's business." The mayor saw councillors protest 😀 before Kursk yesterday.

The works cost €20,000 (£16,500), the town hall says.
"""


def marked(
    article: Article, words: str, rule: str, severity: Severity = "minor", **fields: Any
) -> Finding:
    """A finding on the first place of these words in the article."""
    start = article.text.index(words)
    line, column = article.position(start)
    finding = Finding(
        rule=rule,
        family=rule.split("/")[0],
        severity=severity,
        confidence=0.8,
        evidence="suspect",
        start=start,
        end=start + len(words),
        line=line,
        column=column,
        text=words,
        message=f"Message of {rule}",
        suggestions=(),
        source_text=None,
        section="body",
        gates=severity in ("major", "critical"),
        fingerprint=hashlib.sha256(f"{rule}{start}".encode()).hexdigest()[:16],
    )
    return replace(finding, **fields)


def audited(article: Article, findings: list[Finding]) -> ArticleResult:
    words = len(article.text.split())
    return ArticleResult(article, tuple(findings), score_findings(findings, words, PROFILE))


def reported(*results: ArticleResult, **fields: Any) -> Report:
    report = Report(results, (), total(results, PROFILE), "mtaudit|version:0", 12)
    return replace(report, **fields)


def council(**fields: Any) -> Article:
    return Article(
        "council", TEXT, path="council.jsonl", source=SOURCE, system="mt-a", date="2025-05-03",
        **fields,
    )  # fmt: skip


def council_findings(article: Article) -> list[Finding]:
    return [
        marked(article, "Nato", "name/nato", "major", suggestions=("Otan", "L’Otan")),
        marked(
            article,
            "fournit de la nourriture pour la pensée",
            "idiom/food-for-thought",
            "critical",
            suggestions=("donne matière à réflexion", "fait réfléchir"),
            evidence="confirmed",
            source_text="food for thought",
        ),
        marked(
            article,
            "C'est notre affaire de Kursk.",
            "quote/unmarked-speech",
            "major",
            suggestions=("« C'est notre affaire de Kursk. »",),
        ),
        marked(article, "Kursk", "name/exonym", "major", suggestions=("Koursk",)),
        marked(article, "Kursk", "name/kursk", suggestions=("Koursk",)),
        marked(article, "protester 😀 devant", "calque/see"),
        marked(article, "20 000 (16 500)", "number/currency", suggestions=("20 000 €",)),
    ]


def build() -> Report:
    brief = Article("brief", "La pluie a cessé dimanche.\n" * 40, path="brief.txt")
    article = council()
    card = RuleCard(
        "idiom/food-for-thought", "idiom", "Literal idiom", "", "critical", 0.8, True,
        ("food for thought",), ("matière à réflexion",), "Cela fournit.", "Cela nourrit.",
    )  # fmt: skip
    return reported(
        audited(brief, []),
        audited(article, council_findings(article)),
        problems=(Problem("empty.txt", "the file is empty"),),
        cards=(card,),
    )


# What tries to run, to load, or to end the element it stands in.
HOSTILE = (
    "</script><script>window.hacked=1</script><!--<script>"
    "<img src=x onerror=window.hacked=2><svg onload=window.hacked=3>"
    '"><a href="javascript:window.hacked=4">a</a>{{ 7*7 }}{% raw %}'
    "<iframe src='http://hostile.invalid/'></iframe><style>@import 'http://hostile.invalid'"
    "</style>"
    "&lt;b&gt; ]]> "
    "<link rel=stylesheet href=//hostile.invalid> \u2028\u2029\x00\x1b[31m\u202e\ud800 \r\n"
)


def hostile_report() -> Report:
    article = Article(
        HOSTILE, f"{HOSTILE}\n\n{HOSTILE} fin.", path=HOSTILE, title=HOSTILE, source=HOSTILE,
        reference=HOSTILE, system=HOSTILE, date=HOSTILE, url="javascript:window.hacked=5",
    )  # fmt: skip
    finding = Finding(
        f"calque/{HOSTILE}", "calque", "major", 0.8, "confirmed", 3, 40, 1, 4, article.text[3:40],
        HOSTILE, (HOSTILE, ""), HOSTILE, "body", True, HOSTILE,
    )  # fmt: skip
    card = RuleCard(
        finding.rule, "calque", HOSTILE, HOSTILE, "major", 0.8, True,
        (HOSTILE,), (HOSTILE,), HOSTILE, HOSTILE,
    )  # fmt: skip
    return reported(
        audited(article, [finding]),
        problems=(Problem(HOSTILE, HOSTILE),),
        signature=HOSTILE,
        cards=(card,),
    )


class Elements(HTMLParser):
    """The elements of a page, and what stands in its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.content: list[str] = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.content.append("")
        self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.content[-1] += data

    def of(self, name: str) -> list[str]:
        return [text for (tag, _), text in zip(self.tags, self.content, strict=True) if tag == name]


def page(report: Report, language: str = "en") -> str:
    stream = io.StringIO(newline="")
    html.write(report, stream, language)
    return stream.getvalue()


def data_of(text: str) -> Any:
    return json.loads(Elements(text).of("script")[0])


def test_data_equals_the_golden_file() -> None:
    data = data_of(page(build()))
    data.pop("version")
    data.pop("key")  # a digest of the rest, the version included
    output = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("MTAUDIT_UPDATE_GOLDEN"):
        GOLDEN.write_text(output, encoding="utf-8")
    assert output == GOLDEN.read_text(encoding="utf-8")


def test_offsets_are_those_of_javascript() -> None:
    data = data_of(page(build()))
    article = data["articles"][1]
    units = article["text"].encode("utf-16-le")
    words = [units[2 * row[2] : 2 * row[3]].decode("utf-16-le") for row in article["findings"]]
    assert words == [finding.text for finding in build().results[1].findings]
    lines = [
        units[2 * start : 2 * end].decode("utf-16-le") for _, start, end, _ in article["parts"]
    ]
    assert lines == [line for line in TEXT.split("\n") if line]
    assert [part[3] for part in article["parts"]] == [1, 1, 0, 1]
    assert data["kinds"][article["parts"][0][0]] == "headline"


def test_the_key_changes_with_the_report_alone() -> None:
    one, other = data_of(page(build())), data_of(page(build()))
    assert one["key"] == other["key"]
    assert data_of(page(replace(build(), signature="other")))["key"] != one["key"]


def test_the_policy_lets_the_pages_own_script_and_style_run_and_nothing_else() -> None:
    elements = Elements(page(build()))
    policy = next(
        attrs["content"] for tag, attrs in elements.tags
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )  # fmt: skip
    assert policy is not None

    def digest(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives == {
        "default-src": "'none'",
        "script-src": digest(elements.of("script")[1]),
        "style-src": digest(elements.of("style")[0]),
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


def test_hostile_text_stays_inside_its_element() -> None:
    clean, hostile = Elements(page(build())), Elements(page(hostile_report()))
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in clean.tags]
    data = json.loads(hostile.of("script")[0])
    assert data["articles"][0]["title"] == HOSTILE
    assert data["rules"][0]["flagged"] == HOSTILE
    assert data["problems"] == [HOSTILE]
    text = page(hostile_report())
    assert "49" not in re.findall(r"\{\{.*?\}\}", text)
    assert "{{ 7*7 }}" in text
    text.encode()  # lone surrogates are escapes


def test_the_page_names_no_address_and_runs_no_text() -> None:
    text = page(build())
    known = {"http://www.w3.org/2000/svg"}
    assert set(re.findall(r"\w+://[^\s\"'`)]+", text)) <= known
    elements = Elements(text)
    assert not [attrs for _, attrs in elements.tags if {"src", "style", "srcset"} & set(attrs)]
    assert not [name for _, attrs in elements.tags for name in attrs if name.startswith("on")]
    script = elements.of("script")[1]
    for way in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function("):
        assert way not in script, way
    for way in ("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "import("):
        assert way not in script, way


@given(st.text() | st.recursive(st.text(), st.lists))
def test_json_comes_back_from_its_element(value: Any) -> None:
    written = html.as_json([value])
    assert "<" not in written
    written.encode()
    assert json.loads(written) == [value]


def test_suffixes() -> None:
    assert writer_for(path="out/Report.HTML") is writer_for(path="a.htm") is WRITERS["html"]


def test_both_languages_have_the_same_labels_and_know_the_model() -> None:
    text = (html.FOLDER / "labels.js").read_text(encoding="utf-8")
    english, french = text.split("  fr: {")
    names = re.compile(r'(?:^\s*|[{,]\s*)(?:"([\w-]+)"|(\w+)): ["\[]', re.MULTILINE)

    def keys(part: str) -> list[str]:
        return [quoted or plain for quoted, plain in names.findall(part)]

    assert keys(english) == keys(french)
    assert len(keys(english)) == len(set(keys(english)))
    assert {f"family_{family}" for family in FAMILIES} <= set(keys(english))
    assert set(SEVERITIES) <= set(keys(english))
    assert english.count('["') == french.count('["')
    used = set(re.findall(r'word\("([\w-]+)"', " ".join(map(_script, html.SCRIPTS))))
    assert used <= set(keys(english)), used - set(keys(english))


def _script(name: str) -> str:
    return (html.FOLDER / f"{name}.js").read_text(encoding="utf-8")


def test_the_command_writes_the_page(tmp_path: Path, command: Callable[..., Any]) -> None:
    (tmp_path / "a.txt").write_text("Les forces de Pyongyangs avancent vers la ville.\n" * 9)
    ended = command("run", "a.txt", "--quiet", "--lang", "fr", "-o", "report.html")
    assert ended.status == 0
    data = data_of((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert data["language"] == "fr"
    assert data["articles"][0]["id"] == "a.txt"


def test_every_part_of_the_page_is_used() -> None:
    assert {path.name for path in html.FOLDER.iterdir()} == {
        "template.html", "page.css", *(f"{name}.js" for name in html.SCRIPTS),
    }  # fmt: skip


def test_an_empty_report_makes_a_page() -> None:
    data = data_of(page(Report((), (), total((), PROFILE), "mtaudit|v", 0), "fr"))
    assert data["articles"] == data["rules"] == data["messages"] == []


@pytest.mark.parametrize("articles", [300])
def test_the_file_stays_small(articles: int) -> None:
    text = " ".join(["Le conseil discute de l'école communale avec les élus."] * 60)
    results = []
    for number in range(articles):
        article = Article(f"a/{number}.txt", text, path=f"a/{number}.txt")
        found = [
            replace(
                marked(article, "discute de", f"calque/r{n % 50}", suggestions=("parle de",)),
                start=54 * n + 11,
                end=54 * n + 21,
                fingerprint=f"{number:08x}{n:08x}",
            )
            for n in range(40)
        ]
        results.append(audited(article, found))
    size = len(page(reported(*results)).encode())
    assert size < 3 * articles * len(text.encode()) + 300_000


def test_the_wheel_has_the_parts_of_the_page() -> None:
    """Hatchling takes every file of the package that git does not ignore."""
    wheels = os.environ.get("MTAUDIT_WHEEL")
    if not wheels:
        pytest.skip("set MTAUDIT_WHEEL to a built wheel")
    with zipfile.ZipFile(wheels) as wheel:
        names = set(wheel.namelist())
    assert {f"mtaudit/writers/page/{path.name}" for path in html.FOLDER.iterdir()} <= names
