"""A comparison in the terminal: scores, families, and the rules that differ most with examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Final

from mtaudit.comparing.comparison import Comparison, Versus
from mtaudit.comparing.labels import LABELS
from mtaudit.comparing.tables import (
    Grid,
    differing,
    example,
    examples,
    families_grid,
    left_out,
    notes,
    opening,
    scores_grid,
    signatures,
)
from mtaudit.writers.excerpt import visible
from mtaudit.writers.labels import LABELS as WORDS
from mtaudit.writers.text import STYLES, console

if TYPE_CHECKING:
    from rich.console import Console

MOST: Final = 10
EXAMPLES: Final = 1

_TONES: Final = {"better": "bold green", "worse": "bold red", "": ""}

Line = list[tuple[str, str]]


def write(comparison: Comparison, stream: IO[str], language: str = "en") -> None:
    """Writes the comparison as plain text, without colours whatever the stream may be."""
    for line in _lines(comparison, language, MOST, EXAMPLES, marked=True):
        stream.write("".join(text for text, _ in line).rstrip() + "\n")


def write_text(
    comparison: Comparison,
    target: Console | IO[str],
    *,
    language: str = "en",
    most: int = MOST,
    shown: int = EXAMPLES,
) -> None:
    """Writes the comparison to a console or a stream; only on a terminal are lines wrapped.

    Args:
        target: A stream gets colours where it is a terminal and the environment allows them.
        most: How many of the rules that differ are shown, those that differ most first.
        shown: How many examples each of them has of either side.
    """
    from rich.console import Console
    from rich.text import Text

    screen = target if isinstance(target, Console) else console(target)
    for line in _lines(comparison, language, most, shown, marked=screen.color_system is None):
        text = Text.assemble(*line)
        text.rstrip()
        screen.print(text, soft_wrap=not screen.is_terminal)


def _lines(
    comparison: Comparison, lang: str, most: int, shown: int, *, marked: bool
) -> Iterator[Line]:
    labels = LABELS[lang]
    yield [(opening(comparison, lang), "bold")]
    yield []
    yield from _table(scores_grid(comparison, lang))
    yield []
    for note in notes(comparison, lang):
        yield [(note, "dim")]
    for versus in comparison.against:
        yield []
        names = visible(versus.baseline), visible(versus.system)
        yield [(labels["findings"].format(*names), "bold")]
        rules = differing(versus)
        if versus.families:
            yield from _table(families_grid(versus, lang))
        if not rules:
            yield [(labels["same"], "")]
            continue
        yield []
        yield [(labels["rules"], "bold")]
        yield from _rules(versus, lang, most, shown, marked)
    trouble = list(left_out(comparison, lang))
    if trouble:
        yield []
        yield [(labels["trouble"], "bold")]
        for line in trouble:
            yield [(f"  {line}", "red")]
    yield []
    for signature in signatures(comparison):
        yield [(signature, "dim")]


def _rules(versus: Versus, lang: str, most: int, shown: int, marked: bool) -> Iterator[Line]:
    rules = differing(versus)
    chosen = examples(versus, shown)
    for rule in rules[:most]:
        yield [
            (visible(rule.rule), ""),
            (f"  {WORDS[lang][rule.severity]}", STYLES[rule.severity]),
            (f"  {visible(versus.baseline)} {rule.baseline}", ""),
            (f", {visible(versus.system)} {rule.other}", ""),
        ]
        for each in chosen.get(rule.rule, ()):
            yield [(f"  {visible(each.place)}", "dim")]
            texts = example(each, versus, lang)
            width = max(len(text.label) for text in texts)
            for text in texts:
                found = f"[[{text.found}]]" if marked else text.found
                yield [
                    (f"    {visible(text.label).ljust(width)}  ", "dim"),
                    (text.before, ""),
                    (found if text.found else "", f"{STYLES[each.finding.severity]} bold"),
                    (text.after, ""),
                ]
    if len(rules) > most:
        yield [(LABELS[lang]["more-rules"].format(len(rules) - most), "dim")]


def _table(grid: Grid) -> Iterator[Line]:
    cells = [grid.head, *(tuple(cell.text for cell in row) for row in grid.rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]

    def padded(row: tuple[str, ...]) -> Iterator[str]:
        yield row[0].ljust(widths[0])
        for cell, width in zip(row[1:], widths[1:], strict=True):
            yield "  " + cell.rjust(width)

    yield [("".join(padded(grid.head)), "bold")]
    for row in grid.rows:
        texts = padded(tuple(cell.text for cell in row))
        yield [(text, _TONES[cell.tone]) for text, cell in zip(texts, row, strict=True)]
