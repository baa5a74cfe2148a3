"""Bytes to text: UTF-8, with or without a byte order mark; all else is named and refused."""

from __future__ import annotations

import codecs
import re
from typing import Final

from mtaudit.errors import InputError

# UTF-32 first, since its little-endian mark begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF32_LE, "UTF-32LE"),
    (codecs.BOM_UTF32_BE, "UTF-32BE"),
    (codecs.BOM_UTF16_LE, "UTF-16LE"),
    (codecs.BOM_UTF16_BE, "UTF-16BE"),
)
# Names that iconv knows too, the commonest first: it wins where two read the bytes as well.
_GUESSES: Final = ("ISO-8859-1", "WINDOWS-1252", "MACINTOSH", "CP850")
_PYTHON_NAMES: Final = {"MACINTOSH": "mac_roman"}
_FRENCH: Final = frozenset("éèêëàâçùûüîïôöœæÉÈÊÀÂÇÎÔŒ«»’‘“”–—…€°\xa0")
_COMMON: Final = frozenset("éèêàâçùîô")
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, path: str) -> str:
    """The text of a file, to the character: line ends stay as they are, a BOM is not part of it.

    Raises:
        InputError: The file is empty, blank, binary, or in another encoding than UTF-8.
    """
    if not data:
        raise InputError("the file is empty", where=path, expected="the text of an article")
    encoding = "UTF-8"
    for mark, name in _MARKS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], name
            break
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _refusal(data, encoding, error, path) from None
    if "\0" in text:
        raise _binary_or_utf16(data, path)
    if not text.strip():
        raise InputError(
            "the file holds only white space", where=path, expected="the text of an article"
        )
    return text


def guess(data: bytes) -> str:
    """The single-byte encoding in which the bytes read most like French, by iconv's name."""

    def unlikely(name: str) -> int:
        text = data.decode(_PYTHON_NAMES.get(name, name), "replace")
        beyond = [char for char in text if char > "\x7f"]
        foreign = sum(char not in _FRENCH for char in beyond)
        return 4 * foreign + sum(char not in _COMMON for char in beyond)

    return min(_GUESSES, key=unlikely)


def _refusal(data: bytes, encoding: str, error: UnicodeDecodeError, path: str) -> InputError:
    if encoding != "UTF-8":
        return InputError(
            f"damaged {encoding} (byte {error.start})",
            where=path,
            expected="what its byte order mark announces",
            hint="save the file as UTF-8",
        )
    if _CONTROLS.search(data):
        return _binary_or_utf16(data, path)
    # In another encoding hardly any letter beyond ASCII is right UTF-8 by chance.
    lenient = data.decode("utf-8", errors="replace")
    beyond = sum(char > "\x7f" for char in lenient)
    wrong = lenient.count("\ufffd")
    if beyond - wrong > wrong:
        line = data.count(b"\n", 0, error.start) + 1
        begin = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[begin : error.start].decode("utf-8")) + 1
        return InputError(
            f"not UTF-8 here (byte 0x{data[error.start]:02X})",
            where=f"{path}:{line}:{column}",
            expected="UTF-8 as in the rest of the file",
            hint="mend the character and save the file as UTF-8",
        )
    name = guess(data)
    return InputError(
        f"not UTF-8; it looks like {name}",
        where=path,
        expected="UTF-8",
        hint=f"convert it: iconv -f {name} -t UTF-8",
    )


def _binary_or_utf16(data: bytes, path: str) -> InputError:
    # Latin letters in UTF-16 have a zero byte each, always on the same side.
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) > len(sample) / 4 and min(even, odd) < len(sample) / 16:
        name = "UTF-16BE" if even > odd else "UTF-16LE"
        return InputError(
            f"it looks like {name} without a byte order mark",
            where=path,
            expected="UTF-8",
            hint=f"convert it: iconv -f {name} -t UTF-8",
        )
    return InputError(
        "the file is binary",
        where=path,
        expected="text in UTF-8",
        hint="give the article as .txt, .md or .jsonl",
    )
