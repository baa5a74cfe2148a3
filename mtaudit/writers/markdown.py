"""Markdown (GitHub's flavour): a table of articles, then the findings of each as a list."""

from __future__ import annotations

import re
from typing import IO, Final

from mtaudit.model import Article, Finding, Report
from mtaudit.writers.excerpt import excerpt, visible
from mtaudit.writers.labels import LABELS
from mtaudit.writers.table import (
    article_name,
    articles_table,
    metrics_line,
    problem_line,
    signatures,
    summary_line,
    worst_first,
)

# Marks that mean something inside a line, and `://` so that no address becomes a link.
_INLINE: Final = re.compile(r"[\\`*_\[\]<>&|~#$]|:(?=//)")

# What would begin a block at the start of a line: a list, a heading's underline, a table.
_BLOCK: Final = re.compile(r"^([-+=:])|^(\d+)(?=[.)])")


def write(report: Report, stream: IO[str], language: str = "en") -> None:
    """Writes the report; all text of articles and messages is escaped."""
    labels = LABELS[language]
    stream.write(f"# {labels['title']}\n\n{escape(summary_line(report, language))}\n\n")

    table = articles_table(report, language)
    stream.write(_row(table.head))
    stream.write(_row(["---", *["--:"] * (len(table.head) - 2), "---"]))
    for row in table.rows:
        stream.write(_row([escape(cell) for cell in row]))
    stream.write(_row([f"**{escape(cell)}**" if cell else "" for cell in table.total]))

    if report.metrics:
        stream.write(f"\n{escape(metrics_line(report, language))}\n")

    if report.problems:
        stream.write(f"\n## {labels['trouble']}\n\n")
        for problem in report.problems:
            stream.write(f"- {escape_line(problem_line(problem))}\n")

    for result in worst_first(report):
        if result.findings:
            stream.write(f"\n## {escape(article_name(result.article))}\n\n")
            for finding in result.findings:
                stream.write(_item(result.article, finding, language))

    shown = "\\\n".join(code(each) for each in signatures(report))
    stream.write(f"\n{labels['signature']} {shown}\n")


def escape(text: str) -> str:
    """Text inside a line, with every mark of Markdown and HTML made plain."""
    return _INLINE.sub(lambda found: "\\" + found[0], text)


def escape_line(text: str) -> str:
    """Text that begins a line: it must not begin a block either."""
    return _BLOCK.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\", escape(text))


def _item(article: Article, finding: Finding, lang: str) -> str:
    labels = LABELS[lang]
    unit = f"{code(finding.unit)} " if finding.unit else ""
    head = f"- {finding.line}:{finding.column} {unit}{labels[finding.severity]}"
    head += f" {code(finding.rule)}"
    if not finding.gates:
        head += f" ({labels['no-gate']})"
    before, found, after = excerpt(article, finding)
    lines = [head, escape_line(before) + _bold(before, found, after) + escape(after)]
    if finding.message:
        lines.append(escape_line(visible(finding.message)))
    if finding.suggestions:
        made = [visible(each) or labels["delete"] for each in finding.suggestions]
        lines.append("→ " + escape(" | ".join(made)))
    return "\\\n  ".join(lines) + "\n"


def _bold(before: str, found: str, after: str) -> str:
    """Found words in bold: by asterisks where CommonMark's flanking rules let them, else HTML."""
    inner = escape(found) or "‸"
    opens = found[:1].isalnum() or not before or before[-1].isspace()
    closes = found[-1:].isalnum() or not after or after[0].isspace()
    if found == found.strip() and opens and closes:
        return f"**{inner}**"
    return f"<strong>{inner}</strong>"


def code(text: str) -> str:
    """A code span, with more backticks round it than it has in a row."""
    runs = re.findall("`+", text)
    fence = "`" * (max(map(len, runs), default=0) + 1)
    pad = " " if runs else ""
    return f"{fence}{pad}{visible(text)}{pad}{fence}"


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |\n"
