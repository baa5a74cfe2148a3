"""News formats: HTML, ninjs, NewsML-G2, NITF, WARC and DOCX."""

from __future__ import annotations

import gzip
import html as entities
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx as python_docx
import jsonschema
import pytest
from conftest import Ended
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from NewsMLG2 import NewsMLG2Document
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from mtaudit.annotate import annotate
from mtaudit.jobs import _Text
from mtaudit.model import Article, Finding, Problem, Section
from mtaudit.pipeline import Auditor
from mtaudit.readers import read_bytes, read_paths
from mtaudit.readers._blocks import blocks
from mtaudit.readers._xml import parse_xml
from mtaudit.readers.html import parse_html
from mtaudit.writers.place import place_of

PAGE = """\
<!DOCTYPE html>
<html lang="fr-FR">
<head>
<title>Le port rouvre - Le Phare</title>
<meta property="og:title" content="Le port rouvre après la tempête">
<meta property="article:published_time" content="2024-05-06T10:00:00Z">
<link rel="canonical" href="https://phare.example/port">
<script>
  var a = "<p>Pas un paragraphe.</p>";
</script>
</head>
<body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/mer">La mer</a></li></ul></nav>
<header>
<h1>Le port rouvre<br>
après la tempête</h1>
<p class="chapo">Trois jours après, les ferries reprennent la mer.</p>
</header>
<article>
<p>
  Le maire a annoncé mardi la réouverture des <b>quais</b>&nbsp;: les équipes du port ont
  travaillé toute la nuit pour dégager les épaves.</p>
<script>
  publicite();
</script>
<figure><img src="a.jpg" alt="Une jetée"><figcaption>La jetée, lundi matin.</figcaption></figure>
<h2>Un intertitre bref</h2>
<p>Les forces de Pyongyangs n&#39;ont pas été vues, a dit la capitainerie.<br>Une ligne brève.</p>
<blockquote><p>C'est une décision que nous attendions depuis dimanche.</p></blockquote>
<p>La pêche, elle, attendra : les bateaux restent à quai jusqu'à vendredi, faute de gas&shy;oil.</p>
</article>
<aside><h3>À lire aussi</h3><p>Le maire a annoncé mardi la réouverture des quais</p></aside>
<footer><p>Tous droits réservés par Le Phare et ses lecteurs</p></footer>
</body>
</html>
"""

NINJS_3 = {
    "uri": "https://agence.example/port",
    "standard": {"name": "ninjs", "version": "3.1"},
    "type": "text",
    "version": "2",
    "versionCreated": "2024-05-06T10:00:00Z",
    "pubStatus": "usable",
    "urgency": 3,
    "language": "fr",
    "headlines": [
        {"role": "main", "value": "Le port rouvre"},
        {"role": "short", "value": "Port rouvert"},
    ],
    "descriptions": [{"role": "summary", "value": "Trois jours après, les ferries repartent."}],
    "bodies": [
        {
            "role": "text",
            "contentType": "text/plain",
            "value": "Le port rouvre\n\nLes forces de Pyongyangs n'ont pas été vues par le maire.",
        },
        {
            "role": "main",
            "contentType": "application/xhtml+xml",
            "value": "<h1>Le port rouvre</h1>\n<p>Les forces de <i>Pyongyangs</i> n'ont pas été "
            "vues par le maire.</p><blockquote><p>C'est d&eacute;cid&#233;.</p></blockquote>",
        },
    ],
    "associations": [
        {
            "name": "photo",
            "uri": "https://agence.example/photo",
            "type": "picture",
            "descriptions": [{"value": "La jetée, lundi."}],
        }
    ],
}
NINJS_2 = {
    "uri": "urn:agence:2",
    "type": "text",
    "versioncreated": "2024-05-06T10:00:00Z",
    "pubstatus": "usable",
    "language": "fr",
    "headlines": [{"value": "Le port rouvre"}],
    "bodies": [{"contenttype": "text/plain", "value": "Les forces de Pyongyangs.\r\nRien."}],
}
NINJS_1 = {
    "uri": "urn:agence:1",
    "type": "text",
    "headline": "Le port rouvre",
    "description_text": "Trois jours après.",
    "body_text": "Les forces de Pyongyangs.",
    "body_xhtml": "<p>Les forces de Pyongyangs.</p>",
    "associations": {"photo": {"type": "picture", "description_text": "La jetée."}},
}

NITF = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-5.dtd">
<nitf xml:lang="fr">
  <head>
    <title>Le port</title>
    <docdata management-status="usable">
      <doc-id id-string="port-1"/>
      <urgency ed-urg="4"/>
      <date.issue norm="20240506T100000Z"/>
      <du-key key="port-tempete"/>
    </docdata>
  </head>
  <body>
    <body.head>
      <hedline>
        <hl1>Le port rouvre<br/>apr&egrave;s la tempête</hl1>
        <hl2>Les ferries repartent</hl2>
      </hedline>
      <byline>Par <person>Jeanne Martin</person></byline>
      <dateline><location>CALAIS</location>, <story.date>6 mai</story.date></dateline>
    </body.head>
    <body.content>
      <block>
        <p lede="true">Trois jours <em>après</em>, les ferries reprennent la mer.</p>
        <!-- deux
             lignes -->
        <p>
          Les forces de Pyongyangs n'ont pas
          été vues.</p>
        <hl2>Un intertitre</hl2>
        <bq><block><p>C'est une décision attendue.</p></block></bq>
        <media media-type="image">
          <media-reference source="a.jpg">a.jpg</media-reference>
          <media-caption><p>La jetée, lundi.</p></media-caption>
        </media>
        <table><tr><td>Alpha</td><td>12 h</td></tr></table>
      </block>
    </body.content>
    <body.end><tagline>jm/ab</tagline></body.end>
  </body>
</nitf>
"""

NEWSML = """\
<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:agence.example:1"
    version="2" standard="NewsML-G2" standardversion="2.33" conformance="power" xml:lang="en">
  <itemMeta>
    <itemClass qcode="ninat:text"/>
    <versionCreated>2024-05-06T10:00:00Z</versionCreated>
    <pubStatus qcode="stat:usable"/>
  </itemMeta>
  <contentMeta>
    <urgency>4</urgency>
    <language tag="fr-CA"/>
    <slugline>port-tempete</slugline>
    <headline xml:lang="fr">Le port rouvre</headline>
    <headline xml:lang="en">The harbour reopens</headline>
    <description role="drol:summary" xml:lang="fr">Les ferries repartent.</description>
  </contentMeta>
  <contentSet>
    <inlineXML contenttype="application/xhtml+xml">
      <html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>
        <h1>Le port rouvre</h1>
        <p>Les forces de Pyongyangs n'ont pas été vues.</p>
        <figure><figcaption>La jetée.</figcaption></figure>
      </body></html>
    </inlineXML>
    <inlineData contenttype="text/plain">Les forces de Pyongyangs n'ont pas été vues.</inlineData>
  </contentSet>
</newsItem>
"""


def read(name: str, data: bytes | str | Any) -> list[Article | Problem]:
    if not isinstance(data, bytes | str):
        data = json.dumps(data, ensure_ascii=False, indent=1)
    return list(read_bytes(name, data.encode("utf-8") if isinstance(data, str) else data))


def article(name: str, data: bytes | str | Any) -> Article:
    (found,) = read(name, data)
    assert isinstance(found, Article), found
    return found


def problem(name: str, data: bytes | str | Any) -> str:
    (found,) = read(name, data)
    assert isinstance(found, Problem), found
    assert "\n" not in found.message
    return found.message


def rows(found: Article) -> list[tuple[str, str | None, str]]:
    """Name, kind that the file gives and text of each unit."""
    kinds = {part.start: part.kind for part in found.parts}
    return [
        (unit.name, kinds.get(unit.start), found.text[unit.start : unit.end])
        for unit in found.units
    ]


def fits(found: Article) -> None:
    """Units and parts lie in the text, in order; all that is not a line end is in a unit."""
    before = 0
    for unit in found.units:
        assert before <= unit.start < unit.end <= len(found.text)
        assert not found.text[before : unit.start].strip("\n")
        before = unit.end
        for offset in (unit.start, unit.end - 1):
            assert found.unit_at(offset) == unit
    assert before == len(found.text)
    spans = [(part.start, part.end) for part in found.parts]
    assert spans == sorted(spans)
    assert set(spans) <= {(unit.start, unit.end) for unit in found.units}


def document(*paragraphs: tuple[str, str], change: Callable[[bytes], bytes] = bytes) -> bytes:
    """A Word document of paragraphs and their styles, its XML changed."""
    made = python_docx.Document()
    for style, text in paragraphs:
        made.add_paragraph(text, style=style)
    plain = BytesIO()
    made.save(plain)
    changed = BytesIO()
    with (
        zipfile.ZipFile(plain) as source,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as to,
    ):
        for each in source.infolist():
            data = source.read(each)
            to.writestr(each.filename, change(data) if "document.xml" in each.filename else data)
    return changed.getvalue()


def archive(*pages: tuple[str, bytes, dict[str, str]], compressed: bool = True) -> bytes:
    """A WARC of responses: address, body and headers of each."""
    stream = BytesIO()
    writer = WARCWriter(stream, gzip=compressed)
    for uri, body, headers in pages:
        status = headers.pop("status", "200 OK")
        told = {"Content-Type": "text/html; charset=utf-8", **headers}
        http = StatusAndHeaders(status, list(told.items()), protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(uri, "response", payload=BytesIO(body), http_headers=http)
        )
    return stream.getvalue()


WORD = document(
    ("Title", "Le port rouvre"),
    ("Subtitle", "Les ferries repartent"),
    ("Normal", ""),
    ("Normal", "Les forces de Pyongyangs n'ont pas été vues.\nUne autre ligne."),
    ("Heading 1", "Un intertitre"),
    ("Quote", "C'est une décision attendue."),
    ("Caption", "La jetée, lundi."),
)
ARCHIVE = archive(("https://phare.example/port", PAGE.encode(), {}))

SAMPLES: dict[str, tuple[bytes | str | Any, str, int]] = {
    # The file, and the unit and the line in it where Pyongyangs stands.
    "a.html": (PAGE, "article/p[2]", 28),
    "a.json": (NINJS_3, "bodies[1]/p", 38),
    "two.json": (NINJS_2, "bodies[0]", 15),
    "one.json": (NINJS_1, "body_xhtml/p", 7),
    "a.nitf": (NITF, "body.content/block/p[2]", 28),
    "a.xml": (NEWSML, "inlineXML/p", 21),
    "a.warc.gz": (ARCHIVE, "article/p[2]", 1),
    "a.docx": (WORD, "paragraph 4", 1),
}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_finding_stands_in_its_unit(auditor: Auditor, name: str) -> None:
    data, unit, line = SAMPLES[name]
    found = article(name, data)
    fits(found)
    result = auditor.audit([found]).results[0]
    assert result.language == "fr"
    (finding,) = [each for each in result.findings if each.text == "Pyongyangs"]
    assert isinstance(finding, Finding)
    assert found.text[finding.start : finding.end] == "Pyongyangs"
    assert finding.unit == unit
    assert place_of(found, finding)[:3] == (name, line, 0)


@pytest.mark.parametrize("name", ["a.html", "a.json", "two.json", "one.json", "a.nitf", "a.xml"])
def test_lines_are_those_of_the_file(name: str) -> None:
    data = SAMPLES[name][0]
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False, indent=1)
    lines = [entities.unescape(re.sub("<[^>]*>", "", line)) for line in text.split("\n")]
    found = article(name, data)
    assert len(found.units) > 1
    for unit in found.units:
        # The first words of the unit, without what only the markup parts from them.
        first = found.text[unit.start : unit.end].split("\n")[0][:12].strip()
        assert first in lines[unit.line - 1], unit


class TestHtml:
    def test_the_article_and_nothing_else(self) -> None:
        found = article("a.html", PAGE)
        assert rows(found) == [
            ("body/header/h1", "headline", "Le port rouvre après la tempête"),
            ("body/header/p", "lead", "Trois jours après, les ferries reprennent la mer."),
            (
                "article/p[1]",
                None,
                "Le maire a annoncé mardi la réouverture des quais\xa0: les équipes du port ont "
                "travaillé toute la nuit pour dégager les épaves.",
            ),
            ("article/figure/figcaption", "caption", "La jetée, lundi matin."),
            ("article/h2", "heading", "Un intertitre bref"),
            (
                "article/p[2]",
                None,
                "Les forces de Pyongyangs n'ont pas été vues, a dit la capitainerie.",
            ),
            ("article/p[2]", None, "Une ligne brève."),
            (
                "article/blockquote/p",
                "quotation",
                "C'est une décision que nous attendions depuis dimanche.",
            ),
            (
                "article/p[3]",
                None,
                "La pêche, elle, attendra : les bateaux restent à quai jusqu'à vendredi, faute de "
                "gasoil.",
            ),
        ]
        assert (found.id, found.title) == ("a.html", None)
        assert (found.url, found.date) == ("https://phare.example/port", "2024-05-06")
        assert found.metadata == {"language": "fr-FR"}

    def test_a_short_article_is_there_once(self) -> None:
        body = "<p>Un texte court.</p><p>Deux phrases brèves ici.</p>"
        for page in (body, f"<article>{body}</article>", f"<article><div>{body}</div></article>"):
            found = article("a.html", f"<html><body>{page}</body></html>")
            assert found.text == "Un texte court.\n\nDeux phrases brèves ici."

    def test_what_the_page_repeats_elsewhere_is_there_once_and_loops_stay(self) -> None:
        first = "<p>Le maire a annoncé mardi la réouverture des quais du port.</p>"
        again = "<p>Les équipes du port ont travaillé toute la nuit sur les quais.</p>"
        page = f"<div class='mobile'>{first}</div><article>{first}{again}{again}</article>"
        found = article("a.html", f"<html><body>{page}</body></html>")
        assert [name for name, _, _ in rows(found)] == [
            "article/p[1]",
            "article/p[2]",
            "article/p[3]",
        ]

    def test_a_title_that_the_page_shows_nowhere(self) -> None:
        found = article("a.html", PAGE.replace("h1>", "i>").replace("rouvre<br>", "ferme"))
        assert found.title == "Le port rouvre après la tempête"
        assert "headline" not in {part.kind for part in found.parts}

    def test_a_page_without_paragraphs(self) -> None:
        found = article(
            "a.html", "<body><h1>Bonjour à tous</h1>Texte libre.<br>Autre ligne.</body>"
        )
        assert [text for _, _, text in rows(found)] == [
            "Bonjour à tous",
            "Texte libre.",
            "Autre ligne.",
        ]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859-15"])
    def test_encodings(self, encoding: str) -> None:
        declared = PAGE.replace("<head>", f'<head><meta charset="{encoding}">')
        found = article("a.html", declared.encode(encoding))
        assert found.text == article("a.html", PAGE).text

    def test_bytes_that_no_declaration_explains(self) -> None:
        told = problem("a.html", PAGE.encode("cp1252"))
        assert told.startswith("a.html: not UTF-8; it looks like ISO-8859-1; expected UTF-8")

    @pytest.mark.parametrize("missing", ["trafilatura", "justext"])
    def test_without_the_extra(self, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
        for name in list(sys.modules):
            if name.partition(".")[0] in ("trafilatura", "justext"):
                monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, missing, None)
        told = "reading HTML needs trafilatura"
        hint = "expected mtaudit with its extra html; pip install 'mtaudit[html]'"
        assert problem("a.html", PAGE).startswith(f"a.html: {told}")
        assert problem("a.html", PAGE).endswith(hint)
        assert problem("a.warc.gz", ARCHIVE).startswith(f"a.warc.gz: {told}")

    @pytest.mark.parametrize(
        ("page", "words"),
        [
            ("", "the file is empty"),
            ("<html><body></body></html>", "no article found in the page"),
            ("<!-- nothing -->", "no HTML in it"),
            ("<div>" * 100_000 + "<p>Bonjour", "elements are nested more than 250 deep"),
            ("<p>" + "<b>" * 100_000 + "Bonjour", "elements are nested more than 250 deep"),
            ("<p>Bonjour</p>" * 40_000, "the page is larger than any article (40002 elements"),
            ("<p>" + "Bonjour. " * 200_000, "the page is larger than any article"),
            ("<p>" + "x" * 10_000_001, "the page is larger than 10 MB"),
            ("<p>\0</p>", "the file is binary"),
        ],
    )
    def test_what_is_no_article(self, page: str, words: str) -> None:
        assert problem("a.html", page).startswith(f"a.html: {words}")

    def test_a_huge_attribute_is_no_matter(self) -> None:
        found = article("a.html", PAGE.replace("<h2>", f"<h2 title='{'x' * 2_000_000}'>"))
        assert found.text == article("a.html", PAGE).text


ENTITY = '<!DOCTYPE nitf [<!ENTITY a "b">]><nitf>&a;</nitf>'
PUBLISHED: dict[str, Any] = {
    # Names of ninjs 3.1 that the sample uses, by its published schema.
    "type": "object",
    "required": ["uri"],
    "additionalProperties": False,
    "properties": {
        "uri": {"type": "string", "format": "uri"},
        "standard": {"type": "object"},
        "type": {"enum": ["text", "picture", "composite"]},
        "version": {"type": "string"},
        "versionCreated": {"type": "string", "format": "date-time"},
        "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
        "urgency": {"type": "integer", "minimum": 1, "maximum": 9},
        "language": {"type": "string"},
        "name": {"type": "string"},
        "headlines": {"$ref": "#/$defs/texts"},
        "descriptions": {"$ref": "#/$defs/texts"},
        "bodies": {"$ref": "#/$defs/texts"},
        "associations": {"type": "array", "items": {"$ref": "#"}},
    },
    "$defs": {
        "texts": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["value"],
                "additionalProperties": False,
                "properties": {
                    "role": {"type": "string"},
                    "contentType": {"type": "string"},
                    "value": {"type": "string"},
                },
            },
        },
    },
}


class TestNinjs:
    def test_the_sample_is_ninjs(self) -> None:
        jsonschema.Draft202012Validator(PUBLISHED).validate(NINJS_3)

    def test_version_3(self) -> None:
        found = article("a.json", NINJS_3)
        assert rows(found) == [
            ("headlines[1]", "headline", "Port rouvert"),
            ("bodies[1]/h1", "headline", "Le port rouvre"),
            ("descriptions[0]", "lead", "Trois jours après, les ferries repartent."),
            (
                "bodies[1]/p",
                "body",
                "Les forces de Pyongyangs n'ont pas été vues par le maire.",
            ),
            ("bodies[1]/blockquote/p", "quotation", "C'est décidé."),
            ("associations[0].descriptions[0]", "caption", "La jetée, lundi."),
        ]
        assert (found.id, found.url) == (NINJS_3["uri"], NINJS_3["uri"])
        assert found.date == "2024-05-06T10:00:00Z"
        assert found.metadata == {"language": "fr", "version": "2", "urgency": 3}

    def test_version_2_and_a_plain_body_to_the_character(self) -> None:
        found = article("a.json", NINJS_2)
        assert rows(found) == [
            ("headlines[0]", "headline", "Le port rouvre"),
            ("bodies[0]", None, "Les forces de Pyongyangs.\r\nRien."),
        ]
        assert (found.id, found.url) == ("urn:agence:2", None)

    def test_version_1(self) -> None:
        assert rows(article("a.json", NINJS_1)) == [
            ("headline", "headline", "Le port rouvre"),
            ("description_text", "lead", "Trois jours après."),
            ("body_xhtml/p", "body", "Les forces de Pyongyangs."),
            ("associations.photo.description_text", "caption", "La jetée."),
        ]

    def test_a_body_in_nitf(self) -> None:
        body = {"contentType": "text/vnd.IPTC.NITF", "value": NITF}
        found = article("a.json", {"uri": "urn:a", "bodies": [body]})
        names = [name for name, _, _ in rows(found)]
        assert names[0] == "bodies[0]/body.head/hedline/hl1"
        assert "bodies[0]/body.content/block/p[1][@lede]" in names

    def test_two_bodies_that_are_not_renditions_of_one(self) -> None:
        bodies = [{"value": "Le maire parle."}, {"value": "<p>Un encadré sur la mer.</p>"}]
        found = article("a.json", {"uri": "urn:a", "bodies": bodies})
        assert [name for name, _, _ in rows(found)] == ["bodies[1]/p", "bodies[0]"]

    def test_an_array_tells_of_what_it_does_not_read(self) -> None:
        english = {"uri": "urn:2", "language": "en-GB", "headline": "The harbour"}
        canceled = {**NINJS_2, "uri": "urn:3", "pubstatus": "canceled"}
        silent = {"uri": "urn:4", "type": "picture", "headlines": []}
        found = read("a.json", [NINJS_1, english, canceled, silent, {"a": 1}])
        assert [item.id for item in found if isinstance(item, Article)] == ["urn:agence:1"]
        assert isinstance(found[0], Article)
        assert found[0].units[0].name == "[0].headline"
        told = [item.message for item in found if isinstance(item, Problem)]
        place = re.compile(r"a.json:\d+: ")
        assert all(place.match(line) for line in told)
        for line, words in zip(
            told,
            [
                "the item is declared to be in another language (en-GB); expected French (fr)",
                "the item is canceled, so it was passed over",
                "the item holds no text",
                "JSON, but no item of ninjs",
            ],
            strict=True,
        ):
            assert words in line

    def test_a_composite_item(self) -> None:
        inner = {**NINJS_2, "name": "un"}
        found = article("a.json", {"uri": "urn:c", "type": "composite", "headlines": [],
                                   "associations": [inner]})  # fmt: skip
        assert found.id == "urn:agence:2"
        assert found.units[0].name == "associations[0].headlines[0]"

    def test_json_lines_under_the_name_of_json(self) -> None:
        lines = "\n".join(json.dumps(each) for each in (NINJS_1, NINJS_2))
        first, second = read("a.json", lines + "\n\nno JSON\n")[:2]
        assert isinstance(first, Article)
        assert isinstance(second, Article)
        assert {unit.line for unit in second.units} == {2}
        assert "a.json:4:1: not valid JSON" in str(read("a.json", lines + "\n\nno JSON\n")[2])
        own = '{"id": "a", "text": "Bonjour."}\n{"id": "b", "text": "Bonsoir."}\n'
        assert [each.id for each in read("a.json", own) if isinstance(each, Article)] == ["a", "b"]

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ("", "a.json: the file is empty"),
            ('{"uri": ', "a.json:1:9: not valid JSON (Expecting value)"),
            ("{}{}", "a.json:1:3: not valid JSON (Extra data)"),
            ("[" * 100_000, "a.json: not readable JSON (too deeply nested)"),
            ('{"uri": NaN}', "a.json: not readable JSON (NaN is not JSON)"),
            ('{"name": "x"}', "a.json: JSON, but no item of ninjs"),
            ("[1, 2]", "a.json: JSON, but no item of ninjs"),
            ('{"id": "a", "text": "x"}', "a.json: articles as mtaudit has them in JSON Lines"),
            ('{"signature": "mtaudit|x"}', "a.json: a report of mtaudit, not articles"),
            ('{"uri": "u", "headline": "\\ud800"}', "a.json: half a surrogate pair"),
            ('{"uri": "u", "headline": "a\\u0000"}', "a.json: a NUL character in a string"),
            ('{"uri": "u", "headline": "x", "bodies": {}}', 'a.json: "bodies" is not as ninjs has'),
            (NITF.encode("utf-16-le"), "a.json: it looks like UTF-16LE"),
            (json.dumps(NINJS_2, ensure_ascii=False).replace("Rien", "Été").encode("latin-1"),
             "a.json: not UTF-8; it looks like"),
            ({"uri": "u", "bodies": [{"contentType": "text/html", "value": "<b>" * 9_999}]},
             "a.json: bodies[0]: elements are nested more than 250 deep"),
            ({"uri": "u", "bodies": [{"contentType": "text/vnd.IPTC.NITF", "value": ENTITY}]},
             "a.json: bodies[0]: the document declares entities"),
        ],
    )  # fmt: skip
    def test_what_is_not_read(self, data: Any, words: str) -> None:
        assert problem("a.json", data).startswith(words)


class TestXml:
    def test_nitf(self) -> None:
        found = article("a.nitf", NITF)
        assert rows(found) == [
            ("body.head/hedline/hl1", "headline", "Le port rouvre après la tempête"),
            ("body.head/hedline/hl2", "headline", "Les ferries repartent"),
            ("body.head/byline", "furniture", "Par Jeanne Martin"),
            ("body.head/dateline", "dateline", "CALAIS, 6 mai"),
            (
                "body.content/block/p[1][@lede]",
                "lead",
                "Trois jours après, les ferries reprennent la mer.",
            ),
            (
                "body.content/block/p[2]",
                "body",
                "Les forces de Pyongyangs n'ont pas été vues.",
            ),
            ("body.content/block/hl2", "heading", "Un intertitre"),
            ("body.content/block/bq/block/p", "quotation", "C'est une décision attendue."),
            ("body.content/block/media/media-caption/p", "caption", "La jetée, lundi."),
            ("body.content/block/table/tr/td[1]", "body", "Alpha"),
            ("body.content/block/table/tr/td[2]", "body", "12 h"),
            ("body.end/tagline", "furniture", "jm/ab"),
        ]
        assert (found.id, found.date) == ("port-1", "20240506T100000Z")
        assert found.metadata == {"language": "fr", "urgency": "4", "slugline": "port-tempete"}

    def test_newsml(self) -> None:
        found = article("a.xml", NEWSML)
        assert rows(found) == [
            ("inlineXML/h1", "headline", "Le port rouvre"),
            ("contentMeta/description", "lead", "Les ferries repartent."),
            ("inlineXML/p", "body", "Les forces de Pyongyangs n'ont pas été vues."),
            ("inlineXML/figure/figcaption", "caption", "La jetée."),
        ]
        assert (found.id, found.date) == ("urn:newsml:agence.example:1", "2024-05-06T10:00:00Z")
        assert found.metadata == {
            "language": "fr-CA",
            "version": "2",
            "urgency": "4",
            "slugline": "port-tempete",
        }

    def test_the_sample_is_newsml(self) -> None:
        item = NewsMLG2Document(NEWSML.encode("utf-8")).get_item()
        assert item.guid == "urn:newsml:agence.example:1"
        assert str(item.contentmeta.headline[0]) == "Le port rouvre"
        assert len(item.contentset.inlinexml) == 1

    def test_a_message_of_many_items(self) -> None:
        inner = NEWSML.split("?>\n")[1]
        item = '<newsItem guid="{}"><itemMeta>{}</itemMeta><contentMeta>{}</contentMeta></newsItem>'
        message = (
            '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>\n'
            + inner
            + item.format("2", '<pubStatus qcode="stat:withheld"/>', "<headline>Non</headline>\n")
            + item.format("3", "", '<language tag="de"/><headline>Der Hafen</headline>\n')
            + item.format("4", '<itemClass qcode="ninat:picture"/>',
                          "<description>Une photo du port.</description>\n")
            + '<newsItem guid="5"><contentSet><inlineXML contenttype="application/x"><a>b</a>'
            "</inlineXML></contentSet></newsItem><packageItem guid='6'/></itemSet></newsMessage>"
        )  # fmt: skip
        found = read("a.xml", message)
        assert [item.id for item in found if isinstance(item, Article)] == [
            "urn:newsml:agence.example:1",
            "4",
        ]
        assert isinstance(found[3], Article)
        assert rows(found[3]) == [("contentMeta/description", "caption", "Une photo du port.")]
        last = inner.count("\n") + 2
        assert [item.message for item in found if isinstance(item, Problem)] == [
            f"a.xml:{last}: the item is withheld, so it was passed over; expected an item whose "
            "publishing status is usable",
            f"a.xml:{last + 1}: the item is declared to be in another language (de); expected "
            "French (fr); give the translation, or mend the language that it declares",
            f"a.xml:{last + 3}: content in a format that is not read (application/x); expected "
            "XHTML or NITF in inlineXML, or plain text in inlineData",
        ]

    def test_newsml_around_nitf(self) -> None:
        nitf = NITF.partition('"nitf-3-5.dtd">')[2].replace("&egrave;", "è")
        start, rest = NEWSML.split("<html ")[0], NEWSML.split("</html>")[1]
        found = article("a.xml", start + nitf.strip() + rest)
        assert ("inlineXML/body.content/block/hl2", "heading", "Un intertitre") in rows(found)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
    def test_encodings(self, encoding: str) -> None:
        data = NITF.replace("UTF-8", encoding).encode(encoding)
        assert article("a.nitf", data).text == article("a.nitf", NITF).text

    def test_other_formats_in_xml_go_to_their_readers(self) -> None:
        unit = "<trans-unit id='t'><source>Bye</source><target>Adieu</target></trans-unit>"
        xliff = (
            "<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'><file original='a' "
            "source-language='en' target-language='fr' datatype='x'>"
            f"<body>{unit}</body></file></xliff>"
        )
        assert article("a.xml", xliff).text == "Adieu"
        tmx = (
            "<tmx version='1.4'><header srclang='en'/><body><tu><tuv xml:lang='en'><seg>Bye</seg>"
            "</tuv><tuv xml:lang='fr'><seg>Adieu</seg></tuv></tu></body></tmx>"
        )
        assert article("a.xml", tmx).text == "Adieu"
        xhtml = (
            '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>\n'
            "<h1>Le port rouvre</h1><p>Les ferries repartent.</p></body></html>"
        )
        assert rows(article("a.xml", xhtml)) == [
            ("body/h1", "headline", "Le port rouvre"),
            ("body/p", None, "Les ferries repartent."),
        ]

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ("", "a.xml: the file is empty"),
            ("<nitf><body>", "a.xml:1:13: not well-formed XML"),
            ("<rss/>", "a.xml: a feed of headlines (RSS); expected NewsML-G2"),
            ("<NewsML/>", "a.xml: NewsML 1, the forerunner of NewsML-G2; expected"),
            ("<packageItem/>", "a.xml: NewsML-G2 without an article (packageItem)"),
            ("<checkstyle/>", "a.xml: a report in the format of Checkstyle, not articles"),
            ("<testsuites/>", "a.xml: a report in the format of JUnit, not articles"),
            ("<project/>", "a.xml: XML of another kind (its root is project)"),
            ("<nitf><body/></nitf>", "a.xml: the item holds no text"),
            ("<nitf xml:lang='en'><body><p>Hello</p></body></nitf>", "a.xml: the item is declared"),
            ("<nitf>" + "<p>" * 300 + "</p>" * 300 + "</nitf>", "a.xml: elements are nested more"),
            (f"<nitf a='{'x' * 11_000_000}'/>", "a.xml:1:"),
            (NITF.replace('"nitf-3-5.dtd"', "'x' [<!ENTITY a SYSTEM 'file:///etc/passwd'>]"),
             "a.xml: the document declares entities"),
            (NITF.replace(' SYSTEM "nitf-3-5.dtd"', " [<!ENTITY a 'aaa'><!ENTITY b '&a;&a;&a;'>]"),
             "a.xml: the document declares entities"),
            (NITF.encode("cp1252"), "a.xml:16:53: not in the encoding that it declares"),
        ],
    )  # fmt: skip
    def test_what_is_not_read(self, data: Any, words: str) -> None:
        assert problem("a.xml", data).startswith(words)


class TestWarc:
    PAGES = (
        ("https://phare.example/port", PAGE.encode(), {}),
        ("https://phare.example/a.png", b"\x89PNG" + bytes(1000), {"Content-Type": "image/png"}),
        ("https://phare.example/404", PAGE.encode(), {"status": "404 Not Found"}),
        ("https://phare.example/gz", gzip.compress(PAGE.encode()), {"Content-Encoding": "gzip"}),
        (
            "https://phare.example/chunks",
            b"10;x=y\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n"
            % (PAGE.encode()[:16], len(PAGE.encode()) - 16, PAGE.encode()[16:]),
            {"Transfer-Encoding": "chunked"},
        ),
        (
            "https://phare.example/latin",
            PAGE.encode("cp1252"),
            {"Content-Type": "text/html; charset=iso-8859-1"},
        ),
        ("https://phare.example/br", b"\x1b\0", {"Content-Encoding": "br"}),
        ("https://phare.example/vide", b"<html></html>", {}),
    )

    @pytest.mark.parametrize("form", ["a.warc", "a.warc.gz", "whole.warc.gz"])
    def test_each_page_is_an_article(self, form: str) -> None:
        pages = [(uri, body, dict(headers)) for uri, body, headers in self.PAGES]
        data = archive(*pages, compressed=form == "a.warc.gz")
        found = read(form, gzip.compress(data) if form == "whole.warc.gz" else data)
        texts = [item for item in found if isinstance(item, Article)]
        assert [each.id.rpartition("/")[2] for each in texts] == ["port", "gz", "chunks", "latin"]
        assert {each.text for each in texts} == {article("a.html", PAGE).text}
        assert texts[0].url == texts[0].id
        assert {unit.line for each in texts for unit in each.units} == {0}
        assert [item.message for item in found if isinstance(item, Problem)] == [
            f"{form}: https://phare.example/br: the page is compressed with br; expected gzip, "
            "deflate or no compression",
            f"{form}: https://phare.example/vide: no article found in the page; expected the page "
            "of one article",
        ]

    def test_without_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
        assert problem("a.warc.gz", ARCHIVE) == (
            "a.warc.gz: reading WARC needs warcio (warcio.archiveiterator is not installed); "
            "expected mtaudit with its extras warc and html; pip install 'mtaudit[html,warc]'"
        )

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "no HTML page in it"),
            (b"hello\n", "not a record of WARC (Unknown archive format"),
            (ARCHIVE[:-20], "the compressed file is damaged or breaks off"),
            (gzip.compress(b"WARC/1.0\r\n" + b"X: a\r\n" * 3_000_000, 9), "it unpacks to more"),
            (gzip.compress(b"WARC/1.0\r\nX: " + b"a" * 50_000_000), "it unpacks to more than 200"),
            (archive(("https://a.example/", b"a" * 50_000_000, {})), "it unpacks to more than 200"),
            (archive(("https://a.example/", gzip.compress(b"<p>" * 9_000_000),
                      {"Content-Encoding": "gzip"})),
             "https://a.example/: the page is larger than 10 MB"),
        ],
    )  # fmt: skip
    def test_what_is_not_read(
        self, data: bytes, words: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        name = "a.warc.gz" if data[:2] == b"\x1f\x8b" else "a.warc"
        assert problem(name, data).startswith(f"{name}: {words}")
        assert capfd.readouterr() == ("", "")  # warcio would print its own remarks

    @pytest.mark.parametrize("cut", [20, 300, 1500])
    def test_what_was_whole_is_read(self, cut: int) -> None:
        one, two = (
            archive(("https://a.example/1", PAGE.encode(), {}), compressed=False) for _ in "12"
        )
        found = read("a.warc", one + two[:cut])
        assert isinstance(found[0], Article)
        assert found[0].text == article("a.html", PAGE).text
        told = [each.message for each in found if isinstance(each, Problem)]
        assert "a.warc: the archive is damaged or breaks off; expected a whole file" in told[-1]


class TestDocx:
    def test_paragraphs_and_their_styles(self) -> None:
        assert rows(article("a.docx", WORD)) == [
            ("paragraph 1", "headline", "Le port rouvre"),
            ("paragraph 2", "lead", "Les ferries repartent"),
            (
                "paragraph 4",
                None,
                "Les forces de Pyongyangs n'ont pas été vues.\nUne autre ligne.",
            ),
            ("paragraph 5", "heading", "Un intertitre"),
            ("paragraph 6", "quotation", "C'est une décision attendue."),
            ("paragraph 7", "caption", "La jetée, lundi."),
        ]

    def test_a_heading_above_the_text_is_the_headline(self) -> None:
        found = article("a.docx", document(("Heading 1", "Le port"), ("Normal", "Il rouvre.")))
        assert rows(found)[0] == ("paragraph 1", "headline", "Le port")

    def test_numbers_are_those_of_python_docx(self) -> None:
        made = python_docx.Document()
        made.add_paragraph("Avant.")
        table = made.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Alpha", "12 h"
        made.add_paragraph("Après.")
        stream = BytesIO()
        made.save(stream)
        every = [p.text for p in python_docx.Document(stream).element.body.iter(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")]  # fmt: skip
        found = article("a.docx", stream.getvalue())
        assert [text for _, _, text in rows(found)] == ["Avant.", "Alpha", "12 h", "Après."]
        for name, _, text in rows(found):
            assert every[int(name.split()[1]) - 1] == text
        assert found.text == "Avant.\n\nAlpha\n12 h\n\nApr\xe8s."

    def test_changes_are_read_as_accepted(self) -> None:
        marks = (
            "</w:t></w:r><w:ins><w:r><w:t>Voici </w:t></w:r></w:ins><w:del><w:r><w:delText>Non"
            "</w:delText></w:r></w:del><w:hyperlink><w:r><w:t>le</w:t><w:tab/><w:t>port</w:t>"
            "<w:noBreakHyphen/><w:t>neuf</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr>"
            "<w:t>caché</w:t></w:r><w:r><w:instrText>DATE</w:instrText><w:t>"
        )
        data = document(("Normal", "@"), change=lambda b: b.replace(b"@", marks.encode()))
        assert article("a.docx", data).text == "Voici le\tport-neuf"

    def test_a_text_box_is_read_once(self) -> None:
        box = "<w:txbxContent><w:p><w:r><w:t>Encadré.</w:t></w:r></w:p></w:txbxContent>"
        marks = (
            "</w:t></w:r><w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/"
            f"markup-compatibility/2006'><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>"
            f"{box}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>"
        )
        data = document(("Normal", "Avant @"), change=lambda b: b.replace(b"@", marks.encode()))
        assert [text for _, _, text in rows(article("a.docx", data))] == ["Avant ", "Encadré."]

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "not a Word document"),
            (b"hello", "not a Word document"),
            (WORD[: len(WORD) // 2], "not a Word document"),
            (b"\xd0\xcf\x11\xe0" + bytes(600), "an old or a protected document, not a .docx"),
            (document(), "the document holds no text"),
            (document(("Normal", "x"), change=lambda b: b[:400]),
             "word/document.xml:2:"),
            (document(("Normal", "@"), change=lambda b: b.replace(b"@", b"a" * 50_000_000)),
             "word/document.xml in the document unpacks to more than 20 MB"),
            (document(("Normal", "x"), change=lambda b: b.replace(
                b"<w:document", b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><w:document")),
             "word/document.xml: the document declares entities"),
            (document(("Normal", "x"), change=lambda b: b.replace(
                b"</w:body>", b"<w:tbl>" * 500 + b"</w:tbl>" * 500 + b"</w:body>")),
             "word/document.xml: elements are nested more than 200 deep"),
        ],
    )  # fmt: skip
    def test_what_is_not_read(self, data: bytes, words: str) -> None:
        assert problem("a.docx", data).startswith(f"a.docx: {words}")

    def test_an_archive_of_something_else(self) -> None:
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w") as made:
            made.writestr("content.xml", "<a/>")
        assert "another archive, not a .docx" in problem("a.docx", stream.getvalue())


class TestParts:
    def test_what_the_file_says_goes_before_what_a_line_says(self) -> None:
        text = "Publié le 6 mai 2024\n\nLe port rouvre\n\nLire la suite\n\nLes ferries repartent."
        plain = Article(id="a", text=text)
        kinds = [section.kind for section in annotate(plain).sections]
        assert kinds == ["dateline", "headline", "furniture", "body"]
        parts = (Section("headline", 0, 20), Section("body", 38, 51))
        said = annotate(Article(id="a", text=text, parts=parts))
        assert [section.kind for section in said.sections] == ["headline", "body", "body", "body"]

    def test_parts_decide_about_findings_in_any_process_and_from_the_cache(
        self, auditor: Auditor
    ) -> None:
        text = "Les forces de Pyongyangs n'ont pas été vues par le maire du port."
        hidden = (Section("furniture", 0, len(text)),)
        articles = [Article(id="a", text=text), Article(id="b", text=text, parts=hidden)]
        assert _Text.of(articles[1]).article().parts == hidden
        for _ in range(2):
            shown, silent = auditor.audit(articles).results
            assert "Pyongyangs" in {finding.text for finding in shown.findings}
            assert (silent.findings, silent.score.words) == ((), 0)

    def test_a_quotation_that_the_file_names_is_quoted(self) -> None:
        annotated = annotate(article("a.nitf", NITF))
        assert annotated.quoted(annotated.article.text.index("décision"))
        assert not annotated.quoted(annotated.article.text.index("Pyongyangs"))


class TestCommand:
    @pytest.mark.parametrize("name", sorted(SAMPLES))
    def test_run_names_the_unit(self, command: Callable[..., Ended], name: str) -> None:
        data, unit, line = SAMPLES[name]
        raw = data if isinstance(data, str) else json.dumps(data, indent=1, ensure_ascii=False) \
            if isinstance(data, dict) else ""  # fmt: skip
        Path(name).write_bytes(data if isinstance(data, bytes) else raw.encode("utf-8"))
        ended = command("run", name)
        assert (ended.status, ended.err) == (0, "")
        shown = f"({unit}, line {line})" if line > 1 else f"({unit})"
        assert f" {shown}  major  apostrophe/possessive-name" in ended.out

    def test_standard_input(self, command: Callable[..., Ended]) -> None:
        for text, unit in ((PAGE, "article/p[2]"), (NITF, "block/p[2]"), (NEWSML, "inlineXML/p")):
            ended = command("run", "-", stdin=text.encode("utf-8"))
            assert ended.status == 0
            assert f"{unit}, line " in ended.out

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("a.html", b"<div>" * 999),
            ("a.json", b'{"dependencies": {}}'),
            ("a.xml", b"<project/>"),
            ("a.nitf", b"<nitf>"),
            ("a.warc.gz", ARCHIVE[:100]),
            ("a.docx", WORD[:999]),
        ],
        ids=("html", "json", "xml", "nitf", "warc", "docx"),
    )
    def test_one_line_and_status_2(
        self, command: Callable[..., Ended], name: str, data: bytes
    ) -> None:
        Path(name).write_bytes(data)
        ended = command("run", name, "--format", "json")
        assert ended.status == 2
        assert ended.err.count("\n") == 1
        assert ended.err.startswith(f"mtaudit: {name}")

    def test_a_folder_passes_over_what_is_of_another_kind(
        self, command: Callable[..., Ended]
    ) -> None:
        Path("package.json").write_text('{"name": "x"}', encoding="utf-8")
        Path("pom.xml").write_text("<project/>", encoding="utf-8")
        ended = command("run", ".")
        assert ended.status == 2
        assert ended.out.count("package.json: JSON, but no item of ninjs") == 1
        Path("port.nitf").write_text(NITF, encoding="utf-8")
        for _ in range(2):  # the second run meets the reports of the first
            outputs = [each for name in ("a.html", "a.json", "a.checkstyle.xml", "a.junit.xml")
                       for each in ("-o", name)]  # fmt: skip
            ended = command("run", ".", *outputs)
            assert ended.status == 0
            assert "1 article," in ended.out
            assert "problem" not in ended.out

    def test_nothing_heavy_is_loaded_for_plain_text(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Le port rouvre.", encoding="utf-8")
        script = (
            "import sys\nfrom mtaudit.readers import read_paths\n"
            "assert len(list(read_paths([sys.argv[1]]))) == 1\n"
            "heavy = {'lxml', 'trafilatura', 'warcio', 'docx'} & set(sys.modules)\n"
            "assert not heavy, heavy\n"
        )
        subprocess.run([sys.executable, "-c", script, str(tmp_path / "a.txt")], check=True)


_TEXTS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30),
    min_size=1,
    max_size=8,
)


def collapsed(text: str) -> str:
    return re.sub("[ \t\r\n\f]+", " ", text.replace("\xad", "")).strip()


@settings(deadline=None)
@given(_TEXTS, st.sampled_from(["p", "li", "h2", "blockquote", "figcaption", "td"]))
def test_any_text_survives_html(texts: list[str], tag: str) -> None:
    page = "\n".join(f"<{tag}\n>\n{entities.escape(text)}</{tag}>" for text in texts)
    page = f"<table><tr>{page}</tr></table>" if tag == "td" else page
    found = blocks(parse_html(page, "a"))
    assert [each.text for each in found] == [c for text in texts if (c := collapsed(text))]
    # Two line ends before each text, and one after it.
    lines = [3 * i + 3 for i, text in enumerate(texts) if collapsed(text)]
    assert [each.line for each in found] == lines


@settings(deadline=None)
@given(_TEXTS)
def test_any_text_survives_nitf(texts: list[str]) -> None:
    root = etree.Element("nitf")
    content = etree.SubElement(etree.SubElement(root, "body"), "body.content")
    for text in texts:
        paragraph = etree.SubElement(content, "p")
        paragraph.text = "".join(c for c in text if c not in "\ufffe\uffff")
        paragraph.tail = "\n"
    expected = [c for each in content if (c := collapsed(each.text or ""))]
    data = etree.tostring(root, encoding="utf-8")
    if not expected:
        assert "the item holds no text" in problem("a.nitf", data)
        return
    found = article("a.nitf", data)
    fits(found)
    assert [text for _, _, text in rows(found)] == expected
    assert parse_xml(data, "a") is not None


@settings(deadline=None)
@given(_TEXTS, st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_any_text_survives_ninjs(texts: list[str], body: str) -> None:
    plain = {"value": body, "contentType": "text/plain"}
    item = {"uri": "urn:a", "headlines": [{"value": t} for t in texts], "bodies": [plain]}
    for raw in (json.dumps(item), json.dumps(item, indent=2, ensure_ascii=False)):
        (found,) = read("a.json", raw)
        if isinstance(found, Problem):
            assert not any(text.strip() for text in (*texts, body))
            continue
        fits(found)
        lines = [n for n, line in enumerate(raw.split("\n"), 1) if '"value": ' in line]
        for unit in found.units:
            number = int(unit.name.partition("[")[2][:-1])
            at = len(texts) if unit.name == "bodies[0]" else number
            assert found.text[unit.start : unit.end] == [*texts, body][at]
            assert unit.line == (lines[at] if len(lines) > 1 else 1)


@settings(deadline=None, max_examples=40)
@given(_TEXTS)
def test_any_text_survives_docx(texts: list[str]) -> None:
    texts = ["".join(c for c in text if c not in "\ufffe\uffff") for text in texts]
    data = document(*[("Normal", text) for text in texts])
    found = read("a.docx", data)[0]
    if isinstance(found, Problem):
        assert not any(text.strip() for text in texts)
        return
    assert [text for _, _, text in rows(found)] == [text for text in texts if text.strip()]
    for unit in found.units:
        number = int(unit.name.split()[1])
        assert found.text[unit.start : unit.end] == texts[number - 1]


def test_folders_of_news_are_walked(tmp_path: Path) -> None:
    for name, (data, _, _) in SAMPLES.items():
        raw = json.dumps(data) if isinstance(data, dict) else data
        (tmp_path / name).write_bytes(raw.encode("utf-8") if isinstance(raw, str) else raw)
    found = list(read_paths([str(tmp_path)], stdin=io.BytesIO()))
    assert [type(each) for each in found] == [Article] * len(SAMPLES)
