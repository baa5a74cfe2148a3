"""Localisation formats: XLIFF, TMX, PO, TSV and CSV in; XLIFF with notes and Marot's TSV out.

MTAUDIT_UPDATE_GOLDEN=1 writes the golden files anew; read their diff before you commit them.
"""

from __future__ import annotations

import csv
import io
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import polib
import pytest
from conftest import Ended
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from lxml.builder import ElementMaker
from test_writers import EMPTY, PROFILE, audited, build, marked
from translate.storage.po import pofile
from translate.storage.tmx import tmxfile
from translate.storage.xliff import Xliff1File
from translate.storage.xliff2 import Xliff2File

from mtaudit.errors import MtauditError
from mtaudit.model import FAMILIES, Article, Problem, Report
from mtaudit.pipeline import Auditor
from mtaudit.readers import find_files, read_bytes, read_paths
from mtaudit.readers._units import one_line
from mtaudit.score import total
from mtaudit.version import __version__
from mtaudit.writers import WRITERS
from mtaudit.writers.marot import CATEGORIES, COLUMNS
from mtaudit.writers.place import place_of, told
from mtaudit.writers.segments import segments

GOLDEN = Path(__file__).with_name("golden")
# Where Debian's php-symfony-translation, which carries the schemas of OASIS, puts them.
SCHEMAS = Path(
    os.environ.get("MTAUDIT_XLIFF_SCHEMAS")
    or "/usr/share/php/Symfony/Component/Translation/Resources/schemas"
)

XLIFF_1 = """\
<?xml version="1.0" encoding="UTF-8"?>
<?tool keep="this"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
  <file original="port.html" source-language="en-GB" target-language="fr-FR" datatype="html">
    <body>
      <trans-unit id="t1" resname="title">
        <source>Harbour reopens</source>
        <target>Le port rouvre</target>
      </trans-unit>
      <group id="g">
        <trans-unit id="t2">
          <source>The <g id="1">mayor</g> gave <x id="2"/>food for thought.<x id="3" ctype="lb"/>\
He left <ph id="4" equiv-text="Nantes">{0}</ph>.</source>
          <target state="translated">Le <g id="1">maire</g> a fourni <x id="2"/>
            de la nourriture pour la pensée.<x id="3" ctype="lb"/>Il a quitté \
<ph id="4" equiv-text="Nantes">{0}</ph>.</target>
          <note from="Anna">Keep this.</note>
          <alt-trans><target>Tout autre chose</target></alt-trans>
        </trans-unit>
        <trans-unit id="t3"><source>Empty.</source><target/></trans-unit>
        <trans-unit id="t4"><source>None.</source></trans-unit>
        <trans-unit id="t5" translate="no"><source>X</source><target>X</target></trans-unit>
        <trans-unit id="t6"><source>Copy.</source><target state="new">Copy.</target></trans-unit>
        <trans-unit id="t7">
          <source>One came. Two went.</source>
          <seg-source><mrk mtype="seg" mid="0">One came.</mrk> <mrk mtype="seg" mid="1">Two went.\
</mrk></seg-source>
          <target><g id="1"><mrk mtype="seg" mid="0">Un est venu.</mrk>
            <mrk mtype="seg" mid="1">Deux <![CDATA[& trois]]> sont partis.</mrk></g></target>
        </trans-unit>
      </group>
    </body>
  </file>
</xliff>
"""

XLIFF_2 = """\
<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="fr">
  <file id="f1">
    <unit id="u1">
      <notes>
        <note id="n1" category="translator">Keep this.</note>
      </notes>
      <segment id="s1">
        <source>The mayor gave <pc id="1">food for thought</pc>.</source>
        <target>Le maire a fourni de la <pc id="1">nourriture pour <mrk id="m1" type="term">la \
pensée</mrk></pc>.</target>
      </segment>
      <ignorable><source> </source></ignorable>
      <segment>
        <source>Bye <ph id="2" equiv="Anna"/>.<sc id="3"/></source>
        <target>Au revoir <ph id="2" equiv="Anna"/>.<sc id="3"/></target>
      </segment>
    </unit>
    <unit id="u2"><segment><source>Not yet</source></segment></unit>
  </file>
  <file id="f2"><unit id="u1"><segment><source>Rain</source><target>La pluie</target></segment>\
</unit></file>
</xliff>
"""

TMX = """\
<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="hand" creationtoolversion="1" segtype="sentence" o-tmf="none"
 adminlang="en" srclang="en" datatype="plaintext"/>
<body>
<tu tuid="a"><tuv xml:lang="en-GB"><seg>The mayor <it i="1">&lt;b></it>spoke.</seg></tuv>
<tuv xml:lang="fr"><seg>Le maire <bpt i="1">&lt;b></bpt>a parl&eacute;<ept i="1"/>.</seg></tuv></tu>
<tu><tuv xml:lang="EN"><seg>Hello</seg></tuv><tuv xml:lang="de"><seg>Hallo</seg></tuv></tu>
<tu><tuv xml:lang="fr-CA"><seg>Il pleut, dit <hi>Mme Martin</hi>.</seg></tuv>
<tuv lang="FR_be"><seg>Il drache.</seg></tuv></tu>
</body></tmx>
"""

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: fr_CA\\n"

msgctxt "headline"
msgid "Harbour reopens"
msgstr "Le port rouvre"

# A comment
msgid ""
"The mayor gave food for thought.\\n"
"Then he left."
msgstr ""
"Le maire a fourni de la nourriture pour la pensée.\\n"
"Puis il est parti."

msgid "%d ship"
msgid_plural "%d ships"
msgstr[0] "%d navire"
msgstr[1] "%d navires"

#, fuzzy
#| msgid "Another thing"
msgid "Other things"
msgstr "Une autre chose"

#, fuzzy
msgid "By a machine"
msgstr "Par une machine"

msgid "None"
msgstr ""

#~ msgid "Old"
#~ msgstr "Vieux"
"""

TSV = """\
Doc\tID\tEN\tFR\tSystem
port\ts1\tThe mayor said "no".\tLe maire a dit « non ».\tmt-a
pluie\ts1\tRain.\tPluie.\tmt-a
port\ts2\t"No."\t"Non."\tmt-a
port\ts3\tEmpty\t\tmt-a
port\ts1\tThe mayor said "no".\tLe maire a refusé.\tmt-b
"""

FERRY = """\
article\tid\ten\tfr\treference\tsystem
ferry\ts1\tThe ferry left on Monday.\tLe ferry est parti sur lundi.\tLe ferry est parti lundi.\tmt-b
ferry\ts2\tIt's over, he said.\tC&#39;est fini.\t« C’est fini », a-t-il dit.\tmt-b
"""

CSV = """\
sep=;\r
id;title;text;source;colour\r
7;Port;"Le port a rouvert.\r
Il a dit ""non"" ; puis oui.";"The harbour reopened.\r
He said ""no""; then yes.";red\r
8;;Il pleut.;;\r
"""


def read(name: str, data: str | bytes) -> list[Article | Problem]:
    return list(read_bytes(name, data.encode() if isinstance(data, str) else data))


def articles(name: str, data: str | bytes) -> list[Article]:
    found = read(name, data)
    assert all(isinstance(each, Article) for each in found), found
    return [each for each in found if isinstance(each, Article)]


def problem(name: str, data: str | bytes) -> str:
    (found,) = read(name, data)
    assert isinstance(found, Problem), found
    assert "\n" not in found.message
    assert found.path == name
    return found.message


def units(article: Article) -> list[tuple[str, int, str, str]]:
    """Each unit's name, line in the file, text, and the line of the source beside it."""
    lines = (article.source or "").split("\n")
    assert [article.text[unit.start : unit.end] for unit in article.units] == article.text.split(
        "\n"
    )
    assert article.source is None or len(lines) == len(article.units)
    lines += [""] * (len(article.units) - len(lines))
    return [
        (unit.name, unit.line, article.text[unit.start : unit.end], line)
        for unit, line in zip(article.units, lines, strict=True)
    ]


# --- what is read ---------------------------------------------------------------------------------


def test_xliff_1() -> None:
    (article,) = articles("a/port.xlf", XLIFF_1)
    assert (article.id, article.path) == ("a/port.xlf", "a/port.xlf")
    assert units(article) == [
        ("t1", 8, "Le port rouvre", "Harbour reopens"),
        (
            *("t2", 13, "Le maire a fourni de la nourriture pour la pensée. Il a quitté Nantes."),
            "The mayor gave food for thought. He left Nantes.",
        ),
        ("t7/0", 25, "Un est venu.", "One came."),
        ("t7/1", 26, "Deux & trois sont partis.", "Two went."),
    ]
    assert article.metadata["skipped-units"] == {"untranslated": 3, "not to translate": 1}


def test_xliff_1_segments_that_hold_less_than_the_unit_are_not_used() -> None:
    data = XLIFF_1.replace('<target><g id="1"><mrk', '<target>Hier : <g id="1"><mrk')
    (article,) = articles("a.xlf", data)
    assert units(article)[2][2:] == (
        "Hier : Un est venu. Deux & trois sont partis.",
        "One came. Two went.",
    )


def test_xliff_2() -> None:
    first, second = articles("a.xliff", XLIFF_2)
    assert (first.id, second.id) == ("a.xliff#f1", "a.xliff#f2")
    assert units(first) == [
        (
            *("u1/s1", 9, "Le maire a fourni de la nourriture pour la pensée."),
            "The mayor gave food for thought.",
        ),
        ("u1/2", 14, "Au revoir Anna.", "Bye Anna."),
    ]
    assert units(second) == [("u1", 19, "La pluie", "Rain")]


def test_xliff_from_another_language_has_no_source() -> None:
    (article,) = articles("a.xlf", XLIFF_1.replace('"en-GB"', '"de"'))
    assert article.source is None


def test_tmx() -> None:
    (article,) = articles("a.tmx", TMX)
    assert units(article) == [
        ("a", 8, "Le maire a parlé.", "The mayor spoke."),
        ("line 10/1", 10, "Il pleut, dit Mme Martin.", ""),
        ("line 10/2", 11, "Il drache.", ""),
    ]
    assert article.metadata["skipped-units"] == {"untranslated": 1}


def test_po() -> None:
    (article,) = articles("a.po", PO)
    assert units(article) == [
        ("headline", 8, "Le port rouvre", "Harbour reopens"),
        (
            *("line 14", 14),
            "Le maire a fourni de la nourriture pour la pensée. Puis il est parti.",
            "The mayor gave food for thought. Then he left.",
        ),
        ("line 20[0]", 20, "%d navire", "%d ship"),
        ("line 20[1]", 21, "%d navires", "%d ships"),
        ("line 30", 30, "Par une machine", "By a machine"),
    ]
    assert article.metadata["skipped-units"] == {"untranslated": 1, "fuzzy": 1}


def test_po_of_keys_has_no_source() -> None:
    data = 'msgid "home.title"\nmsgstr "Accueil"\n\nmsgid "home.body"\nmsgstr "Bonjour à tous."\n'
    assert articles("a.po", data)[0].source is None


def test_po_in_the_encoding_that_its_header_names() -> None:
    data = PO.replace("UTF-8", "ISO-8859-1").encode("latin-1")
    assert "pensée" in articles("a.po", data)[0].text


def test_tsv_joins_the_rows_of_an_article() -> None:
    port, rain, other = articles("a.tsv", TSV)
    assert (port.id, rain.id, other.id) == ("port/mt-a", "pluie", "port/mt-b")
    assert (port.system, other.system, port.metadata["article"]) == ("mt-a", "mt-b", "port")
    assert units(port) == [
        ("s1", 2, "Le maire a dit « non ».", 'The mayor said "no".'),
        ("s2", 4, '"Non."', '"No."'),
    ]
    assert port.metadata["skipped-units"] == {"untranslated": 1}


def test_tsv_with_marks_round_its_cells() -> None:
    data = 'id\ttext\n1\t"Il a dit ""non"".\nPuis oui."\n2\t"Oui."\n'
    assert [each.text for each in articles("a.tsv", data)] == ['Il a dit "non".\nPuis oui.', "Oui."]


def test_csv_with_an_article_a_row() -> None:
    first, second = articles("a.csv", CSV)
    assert (first.id, first.title, first.line, first.units) == ("7", "Port", 3, ())
    assert first.text == 'Le port a rouvert.\r\nIl a dit "non" ; puis oui.'
    assert first.source == 'The harbour reopened.\r\nHe said "no"; then yes.'
    assert dict(first.metadata) == {"colour": "red"}
    assert (second.id, second.title, second.source, second.line) == ("8", None, None, 6)


def test_csv_without_ids_is_one_article() -> None:
    (article,) = articles("a.csv", 'en,fr\nOne,"Un,\nune"\nTwo,Deux\n')
    assert article.id == "a.csv"
    assert units(article) == [("line 2", 2, "Un, une", "One"), ("line 4", 4, "Deux", "Two")]


def test_spreadsheets_unicode_text_is_read() -> None:
    (article,) = articles("a.tsv", "en\tfr\r\nSummer\tÉté\r\n".encode("utf-16"))
    assert units(article) == [("line 2", 2, "Été", "Summer")]


def test_line_numbers_beyond_16_bits() -> None:
    body = XLIFF_1.replace("<body>", "<body>" + "\n" * 70_000)
    assert articles("a.xlf", body)[0].units[0].line == 70_008


FOOD = "Le rapport fournit de la nourriture pour la pensée"

# --- findings name their unit ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "unit", "line"),
    [
        ("a.xlf", XLIFF_1, "t2", 13),
        ("a.xliff", XLIFF_2, "u1/s1", 9),
        ("a.po", PO, "line 14", 14),
        ("a.tmx", TMX.replace("Il pleut, dit", f"{FOOD} à"), "line 10/1", 10),
        ("a.tsv", TSV.replace("Le maire a dit", f"{FOOD} :"), "s1", 2),
    ],
)
def test_a_finding_stands_in_its_unit(
    auditor: Auditor, name: str, data: str, unit: str, line: int
) -> None:
    report = auditor.audit(read(name, data))
    found = [
        (result.article, finding)
        for result in report.results
        for finding in result.findings
        if finding.rule == "idiom/food-for-thought"
    ]
    ((article, finding),) = found
    assert finding.unit == unit
    (where,) = [each for each in article.units if each.name == unit]
    assert where.start <= finding.start < finding.end <= where.end
    assert article.text[finding.start : finding.end] == finding.text
    assert place_of(article, finding)[:3] == (name, line, 0)
    assert f"{unit}] “{finding.text}”" in told(article, finding)
    sarif = json.loads(written("sarif", report))["runs"][0]["results"]
    (place,) = [
        each["locations"][0] for each in sarif if each["ruleId"] == "idiom/food-for-thought"
    ]
    assert place["physicalLocation"]["region"] == {"startLine": line}
    assert place["logicalLocations"][-1]["name"] == unit
    shown = unit if unit.startswith("line ") else f"{unit}, line {line}"
    assert f"{finding.line}:{finding.column} ({shown})  " in written("text", report)
    assert f"{finding.line}:{finding.column} `{unit}` " in written("markdown", report)
    assert f"{name}:{line}: " in written("junit", report)


def test_the_summary_counts_what_was_not_read(command: Callable[..., Ended]) -> None:
    Path("a.xlf").write_text(XLIFF_1, encoding="utf-8")
    ended = command("run", "a.xlf", "--quiet")
    assert ended.status == 0
    assert "1 article, " in ended.out
    assert ", 4 units not read" in ended.out


# Text of every kind, but for what a format cannot hold or its libraries would change.
TEXTS = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t«»’“\"'&<>;,\\%{}"
    ),
    max_size=30,
)
ROWS = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6)
AWKWARD = [
    ('"', "'"), ("<b>&amp;</b>", "]]>"), ("a\n\n b\t", " \n"), ("\u2028x", "y\u2029"),
    ("", "deux"), ("trois\u00a0:", ""), ("\\n\\", 'x"y"\n"z"'), ("=1;2,3\t4", '"a"'),
]  # fmt: skip


def expected(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    kept = [(one_line(source), one_line(text)) for source, text in rows if text.strip()]
    return [(source if any(each for each, _ in kept) else "", text) for source, text in kept]


def as_xliff_1(rows: list[tuple[str, str]]) -> bytes:
    e = ElementMaker(namespace="urn:oasis:names:tc:xliff:document:1.2")
    each = [
        e("trans-unit", e.source(source), e.target(text), id=str(n))
        for n, (source, text) in enumerate(rows)
    ]
    about = {"original": "x", "source-language": "en", "target-language": "fr"}
    return etree.tostring(e.xliff(e.file(e.body(*each), about), version="1.2"))


def as_xliff_2(rows: list[tuple[str, str]]) -> bytes:
    e = ElementMaker(namespace="urn:oasis:names:tc:xliff:document:2.0")
    each = [
        e.unit(e.segment(e.source(source), e.target(text), state="final"), id=str(n))
        for n, (source, text) in enumerate(rows)
    ]
    return etree.tostring(e.xliff(e.file(*each, id="f"), version="2.0", srcLang="en", trgLang="fr"))


def as_tmx(rows: list[tuple[str, str]]) -> bytes:
    e = ElementMaker()
    each = [
        e.tu(e.tuv(e.seg(source), lang="en"), e.tuv(e.seg(text), lang="fr"))
        for source, text in rows
    ]
    return etree.tostring(e.tmx(e.body(*each)), encoding="utf-16")


def as_po(rows: list[tuple[str, str]]) -> bytes:
    made = polib.POFile()
    made.metadata = {"Content-Type": "text/plain; charset=utf-8", "Language": "fr"}
    for number, (source, text) in enumerate(rows):
        made.append(polib.POEntry(msgctxt=str(number), msgid=source or " ", msgstr=text))
    return str(made).encode()


def as_table(delimiter: str) -> Callable[[list[tuple[str, str]]], bytes]:
    def made(rows: list[tuple[str, str]]) -> bytes:
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL)
        writer.writerows([("en", "fr"), *rows])
        return stream.getvalue().encode()

    return made


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.xlf", as_xliff_1),
        ("a.xliff", as_xliff_2),
        ("a.tmx", as_tmx),
        ("a.po", as_po),
        ("a.csv", as_table(",")),
        ("b.csv", as_table(";")),
        ("a.tsv", as_table("\t")),
    ],
)
@given(rows=ROWS)
@example(rows=AWKWARD)
def test_units_are_the_lines_of_text_and_source(
    name: str, write: Callable[[list[tuple[str, str]]], bytes], rows: list[tuple[str, str]]
) -> None:
    if name.endswith(".po"):
        # Catalogues of keys are told by a dot in one; that is a test of its own.
        rows = [(source + " ?", text) for source, text in rows]
    (found,) = read(name, write(rows))
    kept = expected(rows)
    if isinstance(found, Problem):
        assert not kept
        return
    assert [(source, text) for _, _, text, source in units(found)] == kept
    for unit in found.units:
        assert found.unit_at(unit.start) == unit


@given(
    st.sampled_from([("a.xlf", XLIFF_1), ("a.xliff", XLIFF_2), ("a.tmx", TMX), ("a.po", PO),
                     ("a.tsv", TSV), ("a.csv", CSV)]),
    st.lists(
        st.tuples(st.integers(0, 3000), st.integers(0, 20), st.binary(max_size=6)), max_size=4
    ),
)  # fmt: skip
def test_whatever_the_bytes_there_are_articles_or_lines_of_trouble(
    sample: tuple[str, str], edits: list[tuple[int, int, bytes]]
) -> None:
    name, text = sample
    data = bytearray(text.encode())
    for place, length, put in edits:
        data[place : place + length] = put
    found = read(name, bytes(data))
    assert found
    for each in found:
        if isinstance(each, Problem):
            assert "\n" not in each.message
        elif each.units:
            units(each)


# --- what cannot be read --------------------------------------------------------------------------

BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE = {
    "bomb.xlf": (
        XLIFF_1.replace("<xliff", f'<!DOCTYPE xliff [<!ENTITY e0 "x">{BOMB}]><xliff').replace(
            "Le port", "&e11;"
        ),
        "bomb.xlf: the document declares entities; expected XML without a DOCTYPE",
    ),
    "attribute-bomb.tmx": (
        f'<!DOCTYPE tmx [<!ENTITY e0 "x">{BOMB}]><tmx version="&e11;"/>',
        "the document declares entities",
    ),
    "entity.tmx": (
        '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tmx><body>&x;</body></tmx>',
        "the document declares entities",
    ),
    "utf16.tmx": (
        '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tmx>&x;</tmx>'.encode("utf-16"),
        "the document declares entities",
    ),
    "parameter.xliff": (
        '<!DOCTYPE xliff [<!ENTITY % x SYSTEM "http://localhost/x.dtd"> %x;]><xliff/>',
        "the document declares entities",
    ),
    "deep.xlf": ("<g>" * 5000, "deep.xlf: elements are nested more than 200 deep"),
    "nested.xlf": ("<g>" * 220 + "</g>" * 220, "nested.xlf: elements are nested more than 200"),
    "cut.xlf": (XLIFF_1[:900], "not well-formed XML"),
    "latin.xlf": (
        XLIFF_1.encode("latin-1"),
        "not in the encoding that it declares; it looks like ISO-8859-1; expected UTF-8, unless",
    ),
    "nul.xlf": (XLIFF_1.replace("Le port", "Le\0port"), "nul.xlf:8:"),
    "empty.xlf": ("", "empty.xlf: the file is empty; expected an XML document"),
    "text.xlf": ("Le port a rouvert lundi.", "not well-formed XML (Start tag expected"),
    "html.xlf": ("<html><p>Le port</p></html>", "the root element is <html>; expected <xliff>"),
    "no-file.xlf": ('<xliff version="1.2"/>', "no <file> in it"),
    "three.xlf": ('<xliff version="3.0"/>', "XLIFF of version '3.0'; expected version 1.2 or 2.x"),
    "german.xlf": (
        XLIFF_1.replace('"fr-FR"', '"de-DE"'),
        "german.xlf:4: the target language is 'de-DE'; expected French (fr)",
    ),
    "untranslated.xliff": (
        XLIFF_2.replace("target>", "other>").replace('<file id="f2">', "<!--").replace(
            "</unit></file>\n</xliff>", "--></xliff>"
        ).replace("  </file>\n", "</file>"),
        "no translated unit in this <file> (3 untranslated); expected units with a <target>",
    ),
    "checkstyle.tmx": ('<checkstyle version="4.3"/>', "a report in the format of Checkstyle, not"),
    "no-french.tmx": (
        TMX.replace('"fr', '"it').replace('"FR_be', '"it'),
        "no French in it (languages: EN, de, en-GB, it, it-CA)",
    ),
    "broken.po": (PO + '\nmsgid "a\n', "broken.po:38: not the syntax of PO"),
    "quotes.po": ('msgid "a"b"\nmsgstr ""\n', "quotes.po:1: not the syntax of PO; expected mess"),
    "plural.po": ('msgid "a"\nmsgid_plural "b"\nmsgstr[x] "c"\n', "plural.po:3: not the syntax of"),
    "latin.po": (PO.encode("latin-1"), "latin.po: not UTF-8; it looks like ISO-8859-1"),
    "nul.po": (PO.replace("Le port", "Le\0port"), "nul.po: the file is binary"),
    "path.po": (str(Path(__file__).resolve()), "path.po:1: not the syntax of PO"),
    "german.po": (PO.replace("fr_CA", "de"), "the language of the catalogue is 'de'; expected Fr"),
    "untranslated.po": ('msgid "a b"\nmsgstr ""\n', "no translated message in it (1 untranslated)"),
    "empty.po": ("", "empty.po: the file is empty"),
    "columns.csv": (
        "date,price\n2024,3\n",
        "columns.csv:1: no column of translations in the header (date, price); expected one named "
        "text, target, translation, fr; name the columns in the first line",
    ),
    "two.csv": ("fr,target\na,b\n", "two.csv:1: several columns for the text: 'fr' and 'target'"),
    "header.csv": ("id,text\n", "header.csv: no row under the header"),
    "cells.csv": ("id,text\n1,Oui, non\n", "cells.csv:2: 3 cells under 2 columns"),
    "open.csv": ('id,text\n1,"Oui\n2,Non\n', "open.csv:2: the table breaks off here (unexpected"),
    "blank.tsv": ("doc\tfr\n\tOui\n", "blank.tsv:2: 'doc' is blank; expected the article's id"),
    "no-id.csv": ("id,text\n,Oui\n", "no-id.csv:2: the id is blank"),
    "no-text.csv": ("id,text\n7,\n", "no-text.csv:2: the text of 7 is empty"),
    "untranslated.tsv": ("en\tfr\nA\t\n", "untranslated.tsv:2: no translation in it"),
    "latin.csv": ("id,text\n1,Été à Nîmes\n".encode("latin-1"), "latin.csv: not UTF-8; it looks"),
    "nul.csv": ("id,text\n1,a\0b\n", "nul.csv: the file is binary"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_or_hostile_file_gives_one_line(name: str) -> None:
    data, words = HOSTILE[name]
    message = problem(name, data)
    assert message.startswith(name)
    assert words in message
    assert len(message) < 400


def test_nothing_else_read_is_status_2(command: Callable[..., Ended]) -> None:
    for name, (data, words) in HOSTILE.items():
        Path(name).write_bytes(data if isinstance(data, bytes) else data.encode())
        if name.startswith(("bomb", "entity", "broken", "columns", "nul", "latin")):
            ended = command("run", name, "--format", "json")
            assert ended.status == 2
            (line,) = ended.err.splitlines()
            assert line.startswith(f"mtaudit: {name}")
            assert words in line


def test_a_bad_row_costs_only_itself() -> None:
    first, bad, last = read("a.csv", "id,text\n1,Oui\n2,Oui, non\n3,Non\n")
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, Problem)
    good, ended = read("a.csv", 'id,text\n1,Oui\n2,"Non\n')
    assert isinstance(good, Article)
    assert isinstance(ended, Problem)


def test_a_long_cell_is_read() -> None:
    text = "mot " * 100_000
    assert articles("a.csv", f"id,text\n1,{text}\n")[0].text == text
    assert csv.field_size_limit() == 131_072


@pytest.mark.parametrize("name", ["a.xlf", "a.xliff", "a.tmx", "a.po", "a.tsv", "a.csv"])
@pytest.mark.parametrize(
    "many", [" ", "\t ", '"', '""', "\\\\", "<x/>", "\r", "Content-Type:", "\n#"]
)
def test_time_is_linear_in_the_length_of_a_text(name: str, many: str) -> None:
    sample = {".xlf": XLIFF_1, ".xliff": XLIFF_2, ".tmx": TMX, ".po": PO, ".tsv": TSV, ".csv": CSV}
    data = sample[name[1:]]
    place = data.index("maire") if "maire" in data else data.index("port")
    began = time.process_time()
    read(name, data[:place] + many * (300_000 // len(many)) + data[place:])
    assert time.process_time() - began < 5


def test_one_file_of_a_document_in_another_language() -> None:
    second = '</file>\n<file original="b" target-language="es"><body/></file>'
    french, spanish = read("a.xlf", XLIFF_1.replace("</file>", second))
    assert isinstance(french, Article)
    assert french.id == "a.xlf#port.html"
    assert isinstance(spanish, Problem)


# --- folders --------------------------------------------------------------------------------------


def test_a_folder_of_all_formats_and_of_reports(command: Callable[..., Ended]) -> None:
    folder = Path("lot")
    folder.mkdir()
    for name, data in (
        *(("a.xlf", XLIFF_1), ("b.xliff", XLIFF_2), ("c.tmx", TMX), ("d.po", PO)),
        *(("e.tsv", TSV), ("f.csv", CSV), ("prices.csv", "date,price\n2024,3\n")),
    ):
        (folder / name).write_text(data, encoding="utf-8")
    reports = ("r.csv", "r.marot.tsv", "r.findings.xlf", "r.json")
    outputs = [part for name in reports for part in ("-o", f"lot/{name}")]
    ended = command("run", "lot", "--quiet", *outputs)
    assert ended.status == 0
    assert "10 articles, " in ended.out
    assert ", 1 problem " in ended.out
    # What the first run wrote is met by the second: told, not taken for articles.
    again = command("run", "lot", "--quiet", *outputs)
    assert again.status == 0
    assert "10 articles, " in again.out
    assert ", 3 problems " in again.out
    assert "lot/r.csv: a report of findings, not articles; expected a table" in again.out
    assert "lot/r.marot.tsv: ratings in the format of Marot, not articles" in again.out
    assert "r.findings.xlf" not in [Path(str(each)).name for each in find_files(["lot"])]


@pytest.mark.parametrize("output", ["lot/a.xlf.findings.xlf", "lot/a.findings.xlf", "lot/b.md"])
def test_an_input_is_never_written_over(command: Callable[..., Ended], output: str) -> None:
    Path("lot").mkdir()
    Path(output).write_text(XLIFF_1, encoding="utf-8")
    inputs = "lot" if output.endswith(".md") else output
    for verb in ("run", "gate"):
        ended = command(verb, inputs, "-o", f"./lot/../{output}")
        assert ended.status == 2
        assert "is among the articles that are read; expected a file of its own" in ended.err
        assert Path(output).read_text(encoding="utf-8") == XLIFF_1


# --- written --------------------------------------------------------------------------------------


def written(name: str, report: Report) -> str:
    stream = io.StringIO(newline="")
    WRITERS[name].write(report, stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def schemas() -> dict[str, etree.XMLSchema]:
    if not (SCHEMAS / "xliff-core-1.2-strict.xsd").is_file():
        pytest.skip("the schemas of XLIFF are not here (set MTAUDIT_XLIFF_SCHEMAS)")
    made = {}
    for version, name in (("1", "xliff-core-1.2-strict.xsd"), ("2", "xliff-core-2.0.xsd")):
        tree = etree.parse(SCHEMAS / name)
        for each in tree.getroot().iter("{http://www.w3.org/2001/XMLSchema}import"):
            each.set("schemaLocation", (SCHEMAS / "xml.xsd").as_uri())
        made[version] = etree.XMLSchema(tree)
    return made


def report_of(name: str, data: str) -> Report:
    """The articles of a file in the current folder, with a finding in most lines of each."""
    Path(name).write_text(data, encoding="utf-8")
    results = []
    for article in read_paths([name]):
        assert isinstance(article, Article)
        findings = [
            marked(article, words, rule, severity, unit=unit.name, suggestions=("x & <y>",))
            for words, rule, severity in (
                ("nourriture pour la pensée", "idiom/food-for-thought", "major"),
                ("la pensée", "sense/thought", "critical"),
                ("pluie", "sense/rain", "neutral"),
                ("Un est", "grammar/one", "minor"),
            )
            for unit in article.units
            if words in article.text[unit.start : unit.end]
        ]  # fmt: skip
        results.append(audited(article, findings))
    return Report(tuple(results), (), total(results, PROFILE), "mtaudit|version:0.1.0", 12)


def small_report() -> Report:
    """That of the other writers without its long article, and one with source and units."""
    whole = build()
    (article,) = articles("ferry.tsv", FERRY)
    end = article.units[1].end
    lost = marked(article, "", "omission/clause", "major", unit="s2", source_text=", he said")
    findings = [
        marked(
            article, "sur lundi", "calque/on-monday", "major", unit="s1", suggestions=("lundi",)
        ),
        marked(article, "&#39;", "apostrophe/entity", unit="s2", evidence="confirmed"),
        replace(lost, start=end, end=end, message="“, he said” is not translated"),
    ]
    results = (audited(article, findings), whole.results[1])
    return Report(results, (), total(results, PROFILE), whole.signature, whole.rules)


@pytest.mark.parametrize(("name", "suffix"), [("marot", "marot.tsv"), ("xliff", "findings.xlf")])
def test_output_equals_the_golden_file(name: str, suffix: str) -> None:
    path = GOLDEN / f"report.{suffix}"
    output = written(name, small_report()).replace(__version__, "VERSION")
    if os.environ.get("MTAUDIT_UPDATE_GOLDEN"):
        path.write_bytes(output.encode())
    assert output.encode() == path.read_bytes()


@pytest.mark.parametrize(("name", "data"), [("a.xlf", XLIFF_1), ("a.xliff", XLIFF_2)])
def test_xliff_is_the_document_with_notes(
    name: str, data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = report_of(name, data)
    output = written("xliff", report)
    assert Path(name).read_text(encoding="utf-8") == data
    root = etree.fromstring(output.encode())
    ours = [
        note
        for note in root.iter("{*}note")
        if note.get("from") == "mtaudit" or (note.get("category") or "").startswith("mtaudit:")
    ]
    findings = [finding for result in report.results for finding in result.findings]
    assert len(ours) == len(findings) >= 3
    for note, finding in zip(ours, findings, strict=True):
        assert f"“{finding.text}” → x & <y> ({finding.severity}, {finding.rule})" in note.text
        unit = next(each for each in note.iterancestors() if etree.QName(each).localname != "notes")
        assert finding.unit.split("/")[0] == unit.get("id")
    # Without the notes it is the document that was read.
    for note in ours:
        parent = note.getparent()
        parent.remove(note)
        if etree.QName(parent).localname == "notes" and not len(parent):
            parent.getparent().remove(parent)
    blank = etree.XMLParser(remove_blank_text=True, strip_cdata=False)
    assert etree.canonicalize(
        etree.tostring(root.getroottree()).decode(), strip_text=True
    ) == etree.canonicalize(
        etree.tostring(etree.fromstring(data.encode(), blank).getroottree()).decode(),
        strip_text=True,
    )
    # Read and written again it holds the notes once, and the same articles.
    Path(name).write_text(output, encoding="utf-8")
    again = report_of(name, output)
    assert [each.article.text for each in again.results] == [
        each.article.text for each in report.results
    ]
    assert written("xliff", again) == output


def test_xliff_that_changed_or_went_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = report_of("a.xlf", XLIFF_1)
    Path("a.xlf").write_text(XLIFF_1.replace("rouvre", "ouvre"), encoding="utf-8")
    with pytest.raises(MtauditError, match=r"a\.xlf: the document has changed since it was read"):
        written("xliff", report)
    Path("a.xlf").unlink()
    with pytest.raises(MtauditError, match=r"a\.xlf: cannot be read again \(No such file"):
        written("xliff", report)


def test_xliff_of_other_articles_reads_back(tmp_path: Path) -> None:
    report = build()
    path = tmp_path / "x.findings.xlf"
    WRITERS["xliff"].write_file(report, path)
    found = [each for each in read_paths([str(path)]) if isinstance(each, Article)]
    assert len(found) == len(report.results)
    for article, result in zip(found, report.results, strict=True):
        lines = [line.strip() for line in result.article.text.split("\n") if line.strip()]
        assert article.text.split("\n") == [line.replace("\x1b", "\ufffd") for line in lines]
    assert written("xliff", EMPTY).count("<file ") == 1


def test_xliff_is_valid(
    schemas: dict[str, etree.XMLSchema], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for report, version in (
        *((build(), "1"), (EMPTY, "1"), (report_of("a.xlf", XLIFF_1), "1")),
        (report_of("a.xliff", XLIFF_2), "2"),
    ):
        root = etree.fromstring(written("xliff", report).encode())
        if version == "2":
            root.set("version", "2.0")  # 2.1 has the same core
        schemas[version].assertValid(root)


def rows_of(report: Report) -> Iterator[dict[str, Any]]:
    head, *lines = written("marot", report).removesuffix("\n").split("\n")
    assert tuple(head.split("\t")) == COLUMNS
    for line in lines:
        row: dict[str, Any] = dict(zip(COLUMNS, line.split("\t"), strict=True))
        row["metadata"] = json.loads(row["metadata"])
        yield row


def test_marot_rows_hold_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    report = report_of("a.xlf", XLIFF_1)
    rows = list(rows_of(report))
    assert ["evaluation" in row["metadata"] for row in rows] == [True] + [False] * (len(rows) - 1)
    assert [row["docSegId"] for row in rows] == ["1", "2", "2", "3", "4"]
    assert {row["rater"] for row in rows} == {f"mtaudit-{__version__}"}
    assert [row["severity"] for row in rows] == [
        "no-error",
        "major",
        "critical",
        "minor",
        "no-error",
    ]
    segment: dict[str, Any] = {}
    for row in rows:
        metadata = row["metadata"]
        segment = metadata.get("segment", segment)
        for side in ("source", "target"):
            tokens = segment[f"{side}_tokens"]
            assert "".join(tokens) == row[side].replace("<v>", "").replace("</v>", "")
            marks = row[side].replace("</v>", "<v>").split("<v>")
            spans = metadata.get(f"{side}_spans", [])
            assert ["".join(tokens[a : b + 1]) for a, b in spans] == marks[1::2]
        assert (row["category"] == "no-error") == ("note" not in metadata)
    assert rows[1]["category"] == "Style/Unnatural or awkward"
    assert rows[1]["metadata"]["segment"]["unit"] == "t2"


def test_marot_marks_what_is_lost_in_the_source() -> None:
    article = Article("a", "Il pleut.", source="It rains, he said.", path="a.jsonl", system="mt")
    lost = marked(article, "", "omission/clause", "major", source_text=", he said")
    (row,) = rows_of(Report((audited(article, [lost]),), (), total((), PROFILE), "s", 1))
    assert (row["source"], row["target"]) == ("It rains<v>, he said</v>.", "Il pleut.")
    assert row["category"] == "Accuracy/Omission"
    assert row["metadata"]["marked_text"] == ", he said"


def test_marot_names_an_article_alike_in_all_systems() -> None:
    found = articles("a.tsv", TSV)
    results = [audited(article, []) for article in found]
    rows = list(rows_of(Report(tuple(results), (), total(results, PROFILE), "s", 1)))
    assert [(row["system"], row["doc"], row["docSegId"], row["globalSegId"]) for row in rows] == [
        *(("mt-a", "port", "1", "1"), ("mt-a", "port", "2", "2")),
        *(("mt-a", "pluie", "1", "3"), ("mt-b", "port", "1", "4")),
    ]


LINES = st.lists(st.sampled_from(["", " ", "Le port.", "In 2024 Anna left.\r", "  Oui", "Rain"]))


@given(LINES, LINES)
def test_segments_leave_out_nothing_but_white_space(text: list[str], source: list[str]) -> None:
    article = Article("a", "\n".join(["Un mot.", *text]), source="\n".join(source) or None)
    found = segments(article)
    left = [article.text[: found[0].start], article.text[found[-1].end :]]
    left += [article.text[one.end : other.start] for one, other in pairwise(found)]
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert not "".join(left).strip()
    for segment in found:
        words = article.text[segment.start : segment.end]
        assert words == words.strip() != ""


def test_marot_knows_every_family() -> None:
    assert set(CATEGORIES) == set(FAMILIES)


def test_marot_lets_no_tag_and_no_cell_through() -> None:
    text = "Un <script>a\tb</script> <v>c</v>\r d\u2028e\n5 < 6"
    article = Article("<img src=x>", text, path="a.jsonl", system="a\tb\n")
    finding = marked(article, "<script>", "structure/tag", message="<b>")
    output = written(
        "marot", Report((audited(article, [finding]),), (), total((), PROFILE), "s", 1)
    )
    assert output.count("\n") == 3
    assert all(line.count("\t") == 9 for line in output.splitlines())
    assert "<v>‹script></v>a b‹/script> ‹v>c‹/v>" in output
    assert output.count("<") == 4
    assert "5 < 6" in output


def test_marot_offsets_hold_for_any_report() -> None:
    for row in rows_of(build()):
        target = row["target"].replace("<v>", "").replace("</v>", "")
        assert "\t" not in target
        for first, last in pairwise(row["metadata"].get("target_spans", [])):
            assert first <= last


# --- other programs -------------------------------------------------------------------------------


def test_the_translate_toolkit_reads_what_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, data, kind in (("a.xlf", XLIFF_1, Xliff1File), ("a.xliff", XLIFF_2, Xliff2File)):
        report = report_of(name, data)
        store = kind.parsestring(written("xliff", report).encode())
        # It knows notes of segments, not those of units in 2.x.
        notes = "\n".join(unit.getnotes(origin="mtaudit") for unit in store.units)
        targets = [str(unit.target) for unit in store.units]
        for result in report.results:
            for finding in result.findings:
                assert name == "a.xliff" or f"“{finding.text}”" in notes
                assert any(finding.text.split()[0] in target for target in targets)
    made = Xliff1File.parsestring(written("xliff", build()).encode())
    assert any("Le conseil municipal" in str(unit.target) for unit in made.units)
    assert any("food for thought" in unit.getnotes(origin="mtaudit") for unit in made.units)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.xlf", lambda: Xliff1File(sourcelanguage="en", targetlanguage="fr")),
        ("a.xliff", lambda: Xliff2File(sourcelanguage="en", targetlanguage="fr")),
        ("a.po", pofile),
    ],
)
def test_what_the_translate_toolkit_writes_is_read(name: str, make: Callable[[], Any]) -> None:
    store = make()
    for source, text in (("He said “no” & left.", "Il a dit « non » & parti."), ("Rain", "Pluie")):
        unit = store.addsourceunit(source)
        unit.target = text
    store.addsourceunit("Nothing yet")
    (article,) = articles(name, bytes(store))
    assert [(text, source) for _, _, text, source in units(article)] == [
        ("Il a dit « non » & parti.", "He said “no” & left."),
        ("Pluie", "Rain"),
    ]


def test_tmx_of_the_translate_toolkit_is_read() -> None:
    store = tmxfile()
    store.addtranslation("Rain <b>now</b>", "en", "Pluie <b>ici</b>", "fr")
    (article,) = articles("a.tmx", bytes(store))
    assert [each[2:] for each in units(article)] == [("Pluie <b>ici</b>", "Rain <b>now</b>")]
