"""PO of gettext: the whole catalogue is one article, each translated message a line of it."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

from mtaudit.errors import InputError
from mtaudit.model import Article, Problem
from mtaudit.readers._decode import decode
from mtaudit.readers._units import Row, article_of, is_language

if TYPE_CHECKING:
    from polib import POEntry, POFile

_CHARSET: Final = re.compile(rb'Content-Type:[^\n"]{0,99}charset=([\w.-]+)', re.IGNORECASE)
# Only such names reach a codec: what comes from a file should not choose among all of Python's.
_SINGLE_BYTE: Final = re.compile(
    r"(?:iso-?8859-?\d+|latin-?1|(?:windows|cp)-?125\d)", re.IGNORECASE
)
# Line ends to Python that are none to gettext: polib would cut a message at them.
_NO_BREAK: Final = str.maketrans(dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))
_LINE: Final = re.compile(r"\(line (\d+)\)")
# A line of PO. polib takes more, and cuts the end off a string that is not closed.
_SYNTAX: Final = re.compile(
    r'#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d{1,2}\])?)\s*)?"(?:[^"\\]|\\.)*"|'
)
# Names such as home.title, which stand in for the English in some catalogues.
_KEY: Final = re.compile(r"[\w-]+(?:[._:/][\w-]+)*")


def read(path: str, stream: BinaryIO) -> Iterator[Article | Problem]:
    """Yields the one article, with the messages' ids as source.

    Messages without a translation, and those whose fuzzy translation was made for another message
    (`#| msgid`), are counted and not read. Other fuzzy ones are: tools mark so what a machine has
    translated. Obsolete ones are gone. Of plural forms the first belongs to the singular message.

    Raises:
        InputError: The file is no PO, is not for French, or has no translation.
    """
    text = _decoded(stream.read(), path).replace("\r\n", "\n").translate(_NO_BREAK)
    catalogue = _parsed(text, path)
    language = catalogue.metadata.get("Language", "").strip()
    if language and not is_language(language, "fr"):
        raise InputError(
            f"the language of the catalogue is {language!r}", where=path, expected="French (fr)"
        )
    skipped: Counter[str] = Counter()
    entries = [each for each in catalogue if _wanted(each, skipped)]
    lines = enumerate(text.split("\n"), 1)
    starts = [number for number, line in lines if line.lstrip().startswith("msgstr")]
    contexts = Counter(entry.msgctxt for entry in entries)
    rows = [
        row
        for entry in entries
        for row in _rows(entry, starts, contexts[entry.msgctxt] == 1)
        if _translated(row, skipped)
    ]
    if not rows:
        why = ", ".join(f"{count} {reason}" for reason, count in skipped.items())
        raise InputError(
            f"no translated message in it ({why or 'no message at all'})",
            where=path,
            expected="messages with a msgstr",
        )
    if all(_KEY.fullmatch(row.source) for row in rows) and any("." in row.source for row in rows):
        rows = [row._replace(source="") for row in rows]
    yield article_of(rows, skipped, id=path, path=path)


def _decoded(data: bytes, path: str) -> str:
    found = _CHARSET.search(data)
    name = found[1].decode("ascii", "replace") if found else ""
    if _SINGLE_BYTE.fullmatch(name) and b"\0" not in data:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data, path)


def _parsed(text: str, path: str) -> POFile:
    import polib

    for number, line in enumerate(text.split("\n"), 1):
        if not _SYNTAX.fullmatch(line.strip()):
            raise _not_po(path, number)
    try:
        # With a line end at its end no text is taken for the name of a file.
        return polib.pofile(text + "\n")
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        found = _LINE.search(str(error))
        raise _not_po(path, int(found[1]) if found else 1) from None


def _not_po(path: str, number: int) -> InputError:
    return InputError(
        "not the syntax of PO",
        where=f"{path}:{number}",
        expected="messages with msgid and msgstr, each text in quotation marks",
        hint="msgfmt --check tells more",
    )


def _wanted(entry: POEntry, skipped: Counter[str]) -> bool:
    if entry.obsolete or not entry.msgid:
        return False
    if entry.fuzzy and (entry.previous_msgid or entry.previous_msgid_plural):
        skipped["fuzzy"] += 1
        return False
    return True


def _rows(entry: POEntry, starts: list[int], named: bool) -> Iterator[Row]:
    """The message, or its plural forms; `named` where its context is no other's."""
    first = bisect.bisect_left(starts, entry.linenum)
    line = starts[first] if first < len(starts) else entry.linenum
    name = entry.msgctxt if named and entry.msgctxt else f"line {line}"
    if not entry.msgid_plural:
        yield Row(name, entry.msgstr, entry.msgid, line=line)
        return
    for number, form in sorted(entry.msgstr_plural.items()):
        own = starts[min(first + number, len(starts) - 1)] if starts else line
        english = entry.msgid_plural if number else entry.msgid
        yield Row(f"{name}[{number}]", form, english, line=own)


def _translated(row: Row, skipped: Counter[str]) -> bool:
    if row.text.strip():
        return True
    skipped["untranslated"] += 1
    return False
