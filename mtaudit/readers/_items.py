"""What the formats of news agencies say of an item besides its text: language, status, length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from mtaudit.errors import InputError
from mtaudit.readers._blocks import Block

# Subtags of BCP 47 that leave the language open: undetermined, several, none.
_OPEN: Final = frozenset(("", "und", "mul", "zxx"))
# What may stand above the lead.
_HEAD: Final = ("headline", "dateline", "furniture")
_WORD: Final = re.compile(r"\w+")
_FRENCH: Final = frozenset(("fr", "fra", "fre"))


def is_french(tag: str | None) -> bool:
    """Whether a language tag (BCP 47, or three letters of ISO 639) says French or nothing."""
    primary = (tag or "").strip().lower().replace("_", "-").split("-")[0]
    return primary in _FRENCH or primary in _OPEN


def check_language(tag: str | None, where: str) -> None:
    """Raises an InputError if the item is declared to be in another language than French."""
    if not is_french(tag):
        raise InputError(
            f"the item is declared to be in another language ({(tag or '').strip()})",
            where=where,
            expected="French (fr)",
            hint="give the translation, or mend the language that it declares",
        )


def check_status(status: str | None, where: str) -> None:
    """Raises an InputError if the item was canceled or is withheld by who published it."""
    plain = (status or "usable").strip().rpartition(":")[2].lower()
    if plain in ("canceled", "cancelled", "withheld"):
        raise InputError(
            f"the item is {plain}, so it was passed over",
            where=where,
            expected="an item whose publishing status is usable",
        )


def no_text(where: str) -> InputError:
    """The error about an item that holds no text: a picture without a caption, say."""
    return InputError(
        "the item holds no text", where=where, expected="a headline, a description or a body"
    )


def composed(
    *,
    headlines: Iterable[Block],
    leads: Iterable[Block],
    bodies: Iterable[Sequence[Block]],
    captions: Iterable[Block],
) -> list[Block]:
    """The blocks of an item in the order of an article, each text once.

    Formats give a text in several renditions, and headline and lead beside the body that has
    them again; what is doubled would be counted twice. What stands in the body stays there.

    Args:
        bodies: Of several renditions of one text the first is taken.
    """
    chosen: list[tuple[str, Sequence[Block]]] = []
    for each in bodies:
        text = " ".join(block.text for block in each)
        if each and not any(same_text(text, other) for other, _ in chosen):
            chosen.append((text, each))
    body = [block for _, each in chosen for block in each]
    lines = {key_of(line) for block in body for line in block.text.split("\n")}
    heads: list[Block] = []
    for block in headlines:
        key = key_of(block.text)
        if key not in lines:
            heads.append(block)
            lines.add(key)
        else:
            body = [
                each._replace(kind="headline") if key_of(each.text) == key else each
                for each in body
            ]
    whole = "".join(key_of(block.text) for block in body)
    around: list[list[Block]] = []
    for blocks in (leads, captions):
        around.append([])
        for block in blocks:
            key = key_of(block.text)
            if key not in whole:
                around[-1].append(block)
                whole += key
            elif block.kind == "lead":
                body = [
                    each._replace(kind="lead") if key_of(each.text) == key else each
                    for each in body
                ]
    top = next((i for i, b in enumerate(body) if b.kind not in _HEAD), len(body))
    return [*heads, *body[:top], *around[0], *body[top:], *around[1]]


def same_text(one: str, other: str) -> bool:
    """Whether two texts are renditions of one: most pairs of words of the shorter are in both."""
    first, second = _pairs(one), _pairs(other)
    fewer = min(len(first), len(second))
    return fewer > 0 and len(first & second) >= 0.7 * fewer


def _pairs(text: str) -> set[tuple[str, str]]:
    words = text.lower().split()
    if len(words) == 1:
        return {(words[0], "")}
    return set(pairwise(words))


def key_of(text: str) -> str:
    """What texts are compared by: their letters and digits, in any case."""
    return "".join(_WORD.findall(text)).replace("_", "").casefold()
