"""Readers: what is read, to the character, and what is told of what cannot be."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mtaudit.readers
from mtaudit.errors import InputError
from mtaudit.model import FAMILIES, SEVERITIES, Article, Problem
from mtaudit.readers import READERS, find_files, parse_marked, read_gold, read_paths, suffix_of
from mtaudit.readers.marked import LEVELS

FRENCH = "Le député a été élu « à l’aube », ça c’est sûr."


def read(*paths: Path | str, stdin: bytes = b"") -> list[Article | Problem]:
    return list(read_paths([str(path) for path in paths], stdin=BytesIO(stdin)))


def article(path: Path | str, stdin: bytes = b"") -> Article:
    (found,) = read(path, stdin=stdin)
    assert isinstance(found, Article), found
    return found


def problem(path: Path | str, stdin: bytes = b"") -> str:
    (found,) = read(path, stdin=stdin)
    assert isinstance(found, Problem), found
    assert "\n" not in found.message
    return found.message


def lines(path: Path, *values: Any) -> Path:
    raw = [value if isinstance(value, bytes) else json.dumps(value).encode() for value in values]
    path.write_bytes(b"\n".join(raw) + b"\n")
    return path


def test_table_names_every_reader_module() -> None:
    folder = Path(mtaudit.readers.__file__).parent
    modules = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    assert modules - {"gold"} == {reader.__module__.split(".")[-1] for reader in READERS.values()}


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.txt", ".txt"),
        ("A.TXT", ".txt"),
        ("a", ""),
        ("a.md", ".md"),
        ("a.marked.md", ".marked.md"),
        ("a.v2.jsonl", ".jsonl"),
        ("a.warc.gz", ".warc.gz"),
        ("a.odt", None),
    ],
)
def test_suffix_of_takes_the_longest(name: str, suffix: str | None) -> None:
    assert suffix_of(name) == suffix


class TestFiles:
    def test_walk_is_sorted_and_passes_over_what_is_no_article(self, tmp_path: Path) -> None:
        for name in (
            *("b.txt", "a.jsonl", "c.md", "d", "sub/x.txt", "README.md", "LICENSE", "gold.jsonl"),
            *(".hidden.txt", ".git/x.txt", "photo.png", "sub/readme.txt", "x.gold.jsonl"),
        ):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("x")
        found = [str(Path(str(f)).relative_to(tmp_path)) for f in find_files([str(tmp_path)])]
        assert found == ["a.jsonl", "b.txt", "c.md", "d", os.path.join("sub", "x.txt")]

    def test_each_file_once(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_text("x")
        (tmp_path / "b.txt").symlink_to(file)
        paths = [str(file), str(tmp_path / "." / "a.txt"), str(tmp_path), "-", "-"]
        assert list(find_files(paths)) == [file, "-"]

    def test_named_files_are_read_whatever_their_name(self, tmp_path: Path) -> None:
        for name in ("README.md", "a.xyz", ".hidden"):
            (tmp_path / name).write_text(FRENCH, encoding="utf-8")
            assert article(tmp_path / name).text == FRENCH

    def test_link_to_the_folder_above_is_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("x")
        (tmp_path / "up").symlink_to(tmp_path)
        assert list(find_files([str(tmp_path)])) == [tmp_path / "a.txt"]

    def test_problems(self, tmp_path: Path) -> None:
        missing = tmp_path / "none.txt"
        assert problem(missing) == (
            f"{missing}: cannot be read (no such file or directory); expected a file or folder "
            "of articles; check the path and its permissions"
        )
        assert "cannot be read" in problem("")
        assert "cannot be read" in problem("a\0b")
        assert "no article in this folder; expected files ending in .txt" in problem(tmp_path)
        (tmp_path / "broken.txt").symlink_to(missing)
        assert "no such file" in problem(tmp_path)

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
    def test_unreadable_file_and_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("x")
        (tmp_path / "a.txt").chmod(0)
        assert "permission denied" in problem(tmp_path / "a.txt")

    def test_unreadable_file_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "a.txt").write_text("x")

        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("builtins.open", refuse)
        assert "a.txt: cannot be read (permission denied); expected" in problem(tmp_path / "a.txt")

    def test_reading_is_lazy_and_goes_on(self, tmp_path: Path) -> None:
        (tmp_path / "1.txt").write_text("x")
        (tmp_path / "2.txt").write_bytes(b"")
        (tmp_path / "3.txt").write_text("z")
        found = read_paths([str(tmp_path), str(tmp_path / "none"), "-"], stdin=BytesIO(b"s"))
        first = next(found)
        assert isinstance(first, Article)
        (tmp_path / "3.txt").write_text("late")
        rest = list(found)
        assert [type(item) for item in rest] == [Problem, Article, Problem, Article]
        assert isinstance(rest[1], Article)
        assert rest[1].text == "late"


class TestText:
    def test_text_is_kept_to_the_character(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"\r\n  Un\r\ndeux\rtrois\n\n\t")
        found = article(path)
        assert found.text == "\r\n  Un\r\ndeux\rtrois\n\n\t"
        assert (found.id, found.path, found.markup) == (str(path), str(path), "plain")

    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom", "utf-32"]
    )
    def test_unicode_is_decoded_without_its_mark(self, tmp_path: Path, encoding: str) -> None:
        data = FRENCH.encode(encoding.removesuffix("-bom"))
        (tmp_path / "a.txt").write_bytes(b"\xfe\xff" + data if "bom" in encoding else data)
        assert article(tmp_path / "a.txt").text == FRENCH

    @pytest.mark.parametrize(
        ("encoding", "name"),
        [
            ("latin-1", "ISO-8859-1"),
            ("cp1252", "WINDOWS-1252"),
            ("mac_roman", "MACINTOSH"),
            ("cp850", "CP850"),
        ],
    )
    def test_other_encodings_are_named(self, tmp_path: Path, encoding: str, name: str) -> None:
        text = FRENCH.replace("’", "'") if encoding in ("latin-1", "cp850") else FRENCH
        (tmp_path / "a.txt").write_bytes(text.encode(encoding))
        assert problem(tmp_path / "a.txt") == (
            f"{tmp_path / 'a.txt'}: not UTF-8; it looks like {name}; expected UTF-8; "
            f"convert it: iconv -f {name} -t UTF-8"
        )

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "the file is empty; expected the text of an article"),
            (b"\xef\xbb\xbf", "the file holds only white space"),
            (b" \r\n\t\xc2\xa0", "the file holds only white space"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "the file is binary; expected text in UTF-8"),
            (b"abc\0def", "the file is binary"),
            (b"\xe9\x01\x02", "the file is binary"),
            (FRENCH.encode("utf-16-le"), "it looks like UTF-16LE without a byte order mark"),
            (FRENCH.encode("utf-16-be"), "it looks like UTF-16BE without a byte order mark"),
            (b"\xff\xfea\0\x00\xd8", "damaged UTF-16LE (byte 2)"),
        ],
    )
    def test_refusals(self, tmp_path: Path, data: bytes, words: str) -> None:
        (tmp_path / "a.txt").write_bytes(data)
        assert words in problem(tmp_path / "a.txt")

    def test_one_wrong_byte_is_located(self, tmp_path: Path) -> None:
        data = FRENCH.encode() + b"\nL'\xc3\xa9t\xe9 vient."
        (tmp_path / "a.txt").write_bytes(data)
        assert "a.txt:2:5: not UTF-8 here (byte 0xE9)" in problem(tmp_path / "a.txt")

    def test_markdown(self, tmp_path: Path) -> None:
        text = '---\ntitle: "Le port"\ndate: 2024-10-29\ntags: [a, b]\n---\n# Le port\n\nRouvert.\n'
        (tmp_path / "a.md").write_text(text, encoding="utf-8")
        found = article(tmp_path / "a.md")
        assert found.text == text
        assert (found.title, found.date, found.url) == ("Le port", "2024-10-29", None)
        assert found.markup == "markdown"


class TestJsonLines:
    def test_keys(self, tmp_path: Path) -> None:
        value = {
            **{"id": 7, "text": "Un\r\ndeux", "title": "T", "source": "One\ntwo", "reference": " "},
            **{"system": None, "date": "2024", "url": "u", "mark": {"a": [1]}},
        }
        found = article(lines(tmp_path / "a.jsonl", value))
        assert (found.id, found.text, found.title) == ("7", "Un\r\ndeux", "T")
        assert (found.source, found.reference, found.system) == ("One\ntwo", None, None)
        assert (found.date, found.url) == ("2024", "u")
        assert dict(found.metadata) == {"mark": {"a": [1]}}
        with pytest.raises(TypeError):
            found.metadata["x"] = 1  # type: ignore[index]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_encodings_blank_lines_and_line_ends(self, tmp_path: Path, encoding: str) -> None:
        one = json.dumps({"id": "a", "text": FRENCH}, ensure_ascii=False)
        two = json.dumps({"id": "b", "text": "x\u2028y\x85z"}, ensure_ascii=False)
        (tmp_path / "a.ndjson").write_bytes(f"{one}\r\n\r\n \n{two}".encode(encoding))
        assert [a.text for a in read(tmp_path / "a.ndjson") if isinstance(a, Article)] == [
            FRENCH,
            "x\u2028y\x85z",
        ]

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            (b'{"id": "b", "text": }', ":2:21: not valid JSON (Expecting value); expected a JSON"),
            (b'{"id": "b"} {"id": "c"}', ":2:13: not valid JSON (Extra data)"),
            (b'["b"]', ":2: the line is an array; expected a JSON object; for an array, jq"),
            (b'"b"', ":2: the line is a string; expected a JSON object"),
            (b"12", ":2: the line is a number"),
            (b'{"text": "x"}', ':2: "id" is missing; expected a JSON object with "id" and "text"'),
            (b'{"id": "b"}', ':2: "text" is missing'),
            (b'{"id": 1.5, "text": "x"}', ':2: "id" is a number; expected a string'),
            (b'{"id": true, "text": "x"}', ':2: "id" is true or false; expected a string'),
            (b'{"id": " ", "text": "x"}', ':2: "id" is blank; expected a string'),
            (b'{"id": "b", "text": null}', ':2: "text" is null; expected a string'),
            (b'{"id": "b", "text": ["x"]}', ':2: "text" is an array; expected a string'),
            (b'{"id": "b", "text": " \\n"}', ':2: "text" of b is empty'),
            (b'{"id": "b", "text": "x", "source": 1}', ':2: "source" is a number; expected a st'),
            (b'{"id": "b", "text": "t\xe9"}', ":2:23: not UTF-8 (byte 0xE9); the line looks like"),
            (b'{"id": "b", "text": "\\ud83d"}', ":2: half a surrogate pair"),
            (b'{"id": "b", "text": "x", "m": ["\\ude00"]}', ":2: half a surrogate pair"),
            (b'{"id": "b", "text": "x\\u0000y"}', ":2: a NUL character in a string"),
            (b'{"id": "b", "text": "x", "n": NaN}', ":2: not readable JSON (NaN is not JSON)"),
            (b'{"a":' * 200_000, ":2: not readable JSON (too deeply nested)"),
        ],
    )
    def test_a_bad_line_costs_only_itself(self, tmp_path: Path, line: bytes, words: str) -> None:
        good = [{"id": name, "text": "x"} for name in "ac"]
        path = lines(tmp_path / "a.jsonl", good[0], line, good[1])
        first, bad, last = read(path)
        assert isinstance(first, Article)
        assert isinstance(last, Article)
        assert isinstance(bad, Problem)
        assert bad.path == str(path)
        assert f"{path}{words}" in bad.message

    def test_whole_characters_written_as_escapes_are_read(self, tmp_path: Path) -> None:
        raw = b'{"id": "b", "text": "\\ud83d\\ude00 \\\\u0000 \\u00e9"}'
        assert article(lines(tmp_path / "a.jsonl", raw)).text == "😀 \\u0000 é"

    def test_duplicate_ids(self, tmp_path: Path) -> None:
        one = lines(tmp_path / "1.jsonl", *({"id": name, "text": name} for name in ("a", "a", "b")))
        two = lines(tmp_path / "2.jsonl", {"id": "b", "text": "c"})
        found = read(one, two)
        assert [type(item) for item in found] == [Article, Problem, Article, Problem]
        assert isinstance(found[3], Problem)
        assert f"{two}: the id 'b' again, already read from {one}" in found[3].message

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"\n \n", "no article in it; expected one JSON object a line"),
            (b'{\n  "id": "a",\n  "text": "x"\n}\n', ":1: the JSON is spread over several lines"),
            (b'[\n{"id": "a", "text": "x"}\n]', ":1: the JSON is spread over several lines"),
            (b'{"article": "a", "start": 0, "end": 1, "text": "x"}\n' * 3, "gold marks, not"),
        ],
    )
    def test_what_is_no_file_of_articles_is_told_once(
        self, tmp_path: Path, data: bytes, words: str
    ) -> None:
        (tmp_path / "a.jsonl").write_bytes(data)
        assert words in problem(tmp_path / "a.jsonl")

    def test_lines_are_read_one_by_one(self, tmp_path: Path) -> None:
        path = lines(tmp_path / "a.jsonl", {"id": "a", "text": "x"}, b"{broken")
        assert isinstance(next(read_paths([str(path)])), Article)


class TestStdin:
    def test_plain_text(self) -> None:
        found = article("-", stdin=f"\ufeff\n{FRENCH}\r\n".encode())
        assert (found.id, found.path, found.text) == ("-", "-", f"\n{FRENCH}\r\n")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_json_lines(self, encoding: str) -> None:
        data = "\n  \n".join(json.dumps({"id": name, "text": FRENCH}) for name in "ab")
        found = read("-", stdin=f"\n {data}\n{{x".encode(encoding))
        assert [getattr(item, "id", "") for item in found] == ["a", "b", ""]
        assert isinstance(found[2], Problem)
        assert found[2].message.startswith("-:5:2: not valid JSON")

    def test_problems(self) -> None:
        assert problem("-").startswith("-: the file is empty")
        assert "iconv -f ISO-8859-1" in problem("-", stdin="été".encode("latin-1"))

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
    def test_a_pipe_is_told_by_its_content(self) -> None:
        reading, writing = os.pipe()
        os.write(writing, b'{"id": "a", "text": "x"}\n')
        os.close(writing)
        if not os.path.exists(f"/dev/fd/{reading}"):
            pytest.skip("no /dev/fd here")
        assert article(f"/dev/fd/{reading}").id == "a"


MARKED = """---
id: port
field: économie
title: Le port
---
# source

The harbour opened on Monday.

# translation

Le port a ouvert {{sur lundi|calque|minor|surface|lundi|'on Monday' word by word}}.
{{Il|grammar|major|document||}} est {{grand|sense|minor|world|vaste|}}.

# reference
Le port a ouvert lundi.
Il est vaste.
"""


class TestMarked:
    def test_marks_become_gold(self, tmp_path: Path) -> None:
        (tmp_path / "a.marked.md").write_text(MARKED, encoding="utf-8")
        found = article(tmp_path / "a.marked.md")
        assert found.text == "Le port a ouvert sur lundi.\nIl est grand."
        assert (found.id, found.title, found.markup) == ("port", "Le port", "plain")
        assert found.source == "The harbour opened on Monday."
        assert found.reference == "Le port a ouvert lundi.\nIl est vaste."
        assert dict(found.metadata) == {"field": "économie"}
        assert [found.text[g.start : g.end] for g in found.gold] == ["sur lundi", "Il", "grand"]
        first = found.gold[0]
        assert (first.article, first.category, first.severity) == ("port", "calque", "minor")
        assert (first.evidence, first.fix, first.agreement) == ("surface", "lundi", 2)
        assert first.why == "'on Monday' word by word"

    def test_id_is_the_name_and_line_ends_are_one_character(self) -> None:
        found = parse_marked(
            "# translation\r\nUn\r\n{{x|name|minor|world||}}\r\n\r\n", "d/a.marked.md"
        )
        assert (found.id, found.text, found.gold[0].start) == ("a", "Un\nx", 3)
        assert (found.source, found.reference) == (None, None)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "a: no translation in it; expected a section headed '# translation'"),
            ("# translation\n\n# source\nx", "a: no translation in it"),
            ("x\n# translation\ny", "a:1:1: text before the first section"),
            ("# traduction\ny", "a:1:3: unknown section 'traduction'; expected source, transla"),
            ("# source\nx\n# source\ny", "a:3:1: a second section 'source'"),
            ("---\nid: b\n", "a:1:1: the front matter does not end"),
            ("---\nid b\n---\n", "a:2:1: not front matter; expected a line 'key: value'"),
            ("---\nid: b\nid: c\n---\n", "a:3:1: id is given twice"),
            ("# translation\nx {{y|name", "a:2:3: a mark that the line does not close"),
            ("# translation\n\nx y}}", "a:3:4: '}}' without '{{' before it"),
            ("# translation\n{{x {{y|name|minor|world||}}", "a:2:5: a mark inside a mark"),
            ("# translation\n{{x|name}}", "a:2:1: a mark of 2 fields; expected {{wrong words|"),
            ("# translation\n{{|name|minor|world||}}", "a:2:1: a mark without words"),
            ("# translation\n{{x|calqe|minor|world||}}", "did you mean calque?"),
            ("# translation\n{{x|name|bad|world||}}", "a:2:1: unknown severity 'bad'; expected ne"),
            ("# translation\n{{x|name|minor|me||}}", "a:2:1: unknown evidence 'me'; expected sur"),
        ],
    )
    def test_faults(self, text: str, message: str) -> None:
        with pytest.raises(InputError) as caught:
            parse_marked(text, "a")
        assert message in str(caught.value)

    words = st.text(
        st.characters(blacklist_characters="{}|\n\r", blacklist_categories=["Cs", "Cc"]), min_size=1
    )

    @given(
        st.lists(
            st.tuples(
                words,
                words,
                st.sampled_from(FAMILIES),
                st.sampled_from(SEVERITIES),
                st.sampled_from(LEVELS),
                st.booleans(),
            ),
            min_size=1,
            max_size=8,
        )
    )
    def test_marks_round_trip(self, pieces: list[tuple[str, str, str, str, str, bool]]) -> None:
        marked, plain, spans = "x", "x", []
        for before, wrong, category, severity, evidence, end in pieces:
            marked += f"{before}{{{{{wrong}|{category}|{severity}|{evidence}|f|w}}}}"
            plain += before
            spans.append((len(plain), wrong, category))
            plain += wrong
            if end:
                marked += "\nx"
                plain += "\nx"
        found = parse_marked(f"# translation\n\n{marked}\n\n", "a.marked.md")
        assert found.text == plain
        assert [(g.start, g.text, g.category) for g in found.gold] == spans
        assert all(found.text[g.start : g.end] == g.text for g in found.gold)


class TestGold:
    mark: ClassVar = {
        **{"article": "a", "start": 3, "end": 6, "text": "sur", "category": "calque"},
        **{"severity": "major", "evidence": "source", "confidence": 3, "fix": "", "why": "w"},
        **{"agreement": 1},
    }

    def test_gold_file(self, tmp_path: Path) -> None:
        early = {"article": "a", "start": 0, "end": 2, "text": "Le", "category": "name"}
        path = lines(tmp_path / "gold.jsonl", self.mark, b"", early)
        first, second = read_gold(path)["a"]
        assert (first.text, first.severity, first.evidence) == ("Le", "minor", "surface")
        assert (second.severity, second.evidence, second.agreement) == ("major", "source", 1)

    def test_marked_file_and_folder(self, tmp_path: Path) -> None:
        (tmp_path / "sub").mkdir()
        (tmp_path / "sub" / "b.marked.md").write_text(MARKED, encoding="utf-8")
        (tmp_path / "clean.marked.md").write_text("# translation\nUn port.\n", encoding="utf-8")
        lines(tmp_path / "x.gold.jsonl", self.mark)
        (tmp_path / "other.md").write_text("x")
        assert len(read_gold(str(tmp_path / "sub" / "b.marked.md"))["port"]) == 3
        found = read_gold(tmp_path)
        assert {name: len(spans) for name, spans in found.items()} == {
            "port": 3,
            "clean": 0,
            "a": 1,
        }
        (tmp_path / "again.marked.md").write_text(MARKED, encoding="utf-8")
        with pytest.raises(InputError, match="marks for 'port' again"):
            read_gold(tmp_path)

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"article": None}, 'gold.jsonl:1: "article" is None; expected a string'),
            ({"start": True}, '"start" is True; expected an integer'),
            ({"start": 6}, "a span from 6 to 6 for 3 characters"),
            ({"end": 7}, "a span from 3 to 7 for 3 characters; expected start and end around"),
            ({"category": "calques"}, "unknown category 'calques'"),
            ({"severity": "huge"}, "unknown severity 'huge'"),
            ({"evidence": "guess"}, "unknown evidence 'guess'"),
        ],
    )
    def test_faults(self, tmp_path: Path, change: dict[str, object], message: str) -> None:
        path = lines(tmp_path / "gold.jsonl", {**self.mark, **change})
        with pytest.raises(InputError) as caught:
            read_gold(path)
        assert message in str(caught.value)

    def test_more_faults(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="cannot be read"):
            read_gold(tmp_path / "none.jsonl")
        with pytest.raises(InputError, match="no gold marks in it"):
            read_gold(tmp_path)
        with pytest.raises(InputError, match='"end" is missing; expected a mark with article'):
            read_gold(lines(tmp_path / "g.jsonl", {"article": "a", "start": 1}))
        with pytest.raises(InputError, match=r"g.jsonl:1:2: not valid JSON"):
            read_gold(lines(tmp_path / "g.jsonl", b"{x"))

    def test_shared_gold_fits_its_articles(self, shared_data: Path) -> None:
        gold = read_gold(shared_data / "gold" / "gold.jsonl")
        found = [a for a in read(shared_data / "gold" / "articles.jsonl") if isinstance(a, Article)]
        assert len(found) == 46
        assert sum(map(len, gold.values())) == 1224
        assert all(a.text[g.start : g.end] == g.text for a in found for g in gold[a.id])


@settings(deadline=None)  # the first page of HTML takes as long as its reader takes to load
@given(
    st.sampled_from(sorted(READERS)),
    st.lists(
        st.one_of(
            st.binary(max_size=20),
            st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass")),
            st.sampled_from(
                [b"---", b"\n", b"# translation\n", b"{{x|name|minor|world||}}", b"{", b"}", b"id:"]
            ),
        ),
        max_size=12,
    ).map(b"".join),
)
def test_no_input_breaks_a_reader(suffix: str, data: bytes) -> None:
    with suppress(InputError):
        assert list(READERS[suffix]("a", BytesIO(data)))
    told = [item.message for item in read("-", stdin=data) if isinstance(item, Problem)]
    assert not [line for line in told if "\n" in line]


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1))
def test_any_text_survives_json_lines_and_stdin(text: str) -> None:
    raw = json.dumps({"id": "a", "text": text}, ensure_ascii=False).encode()
    for data in (raw, json.dumps({"id": "a", "text": text}).encode()):
        (found,) = read("-", stdin=data)
        assert found.text == text if isinstance(found, Article) else not text.strip()
