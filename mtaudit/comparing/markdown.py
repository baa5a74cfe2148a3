"""A comparison in Markdown (GitHub's flavour)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Final

from mtaudit.comparing.comparison import Comparison, Versus
from mtaudit.comparing.labels import LABELS
from mtaudit.comparing.tables import (
    Cell,
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
from mtaudit.writers.markdown import code, escape, escape_line

_MOST: Final = 20


def write(comparison: Comparison, stream: IO[str], language: str = "en") -> None:
    """Writes the comparison; all text of articles is escaped."""
    labels = LABELS[language]
    stream.write(f"# {labels['title']}\n\n{escape_line(opening(comparison, language))}\n\n")
    _table(scores_grid(comparison, language), stream)
    for note in notes(comparison, language):
        stream.write(f"\n{escape_line(note)}\n")
    for versus in comparison.against:
        names = visible(versus.baseline), visible(versus.system)
        stream.write(f"\n## {escape(labels['findings'].format(*names))}\n\n")
        if versus.families:
            _table(families_grid(versus, language), stream)
        if differing(versus):
            stream.write(f"\n### {labels['rules']}\n\n")
            _rules(versus, stream, language)
        else:
            stream.write(f"\n{labels['same']}\n")
    trouble = list(left_out(comparison, language))
    if trouble:
        stream.write(f"\n## {labels['trouble']}\n\n")
        stream.writelines(f"- {escape_line(line)}\n" for line in trouble)
    shown = "\\\n".join(map(code, signatures(comparison)))
    stream.write(f"\n{labels['signatures']}\\\n{shown}\n")


def _rules(versus: Versus, stream: IO[str], lang: str) -> None:
    rules = differing(versus)
    chosen = examples(versus, 1)
    for rule in rules[:_MOST]:
        stream.write(
            f"- {code(rule.rule)} {WORDS[lang][rule.severity]}: "
            f"{escape(visible(versus.baseline))} {rule.baseline}, "
            f"{escape(visible(versus.system))} {rule.other}\n"
        )
        for each in chosen.get(rule.rule, ()):
            lines = [code(each.place)]
            for text in example(each, versus, lang):
                found = f"<strong>{escape(text.found)}</strong>" if text.found else ""
                lines.append(
                    f"{escape(visible(text.label))}: {escape(text.before)}{found}"
                    f"{escape(text.after)}"
                )
            stream.write("  - " + "\\\n    ".join(lines) + "\n")
    if len(rules) > _MOST:
        stream.write(f"\n{LABELS[lang]['more-rules'].format(len(rules) - _MOST)}\n")


def _table(grid: Grid, stream: IO[str]) -> None:
    stream.write(_row(grid.head))
    stream.write(_row(["---", *["--:"] * (len(grid.head) - 1)]))
    for row in grid.rows:
        stream.write(_row([_cell(cell) for cell in row]))


def _cell(cell: Cell) -> str:
    return f"**{escape(cell.text)}**" if cell.tone else escape(cell.text)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"
