"""Proposals as a table: a data frame, CSV, and a page of HTML to look through."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mtaudit.errors import InputError
from mtaudit.french.tokenizer import unescape
from mtaudit.mining.corpus import Corpus
from mtaudit.mining.proposal import Proposal, rule_block

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = (
    "kind",
    "english",
    "wording",
    "instead",
    "systems",
    "n",
    "places",
    "n_human",
    "score",
    "source",
    "translation",
    "human",
    "rule",
)
SUFFIXES: Final = (".csv", ".tsv", ".html")
_LONG: Final = ("source", "translation", "human")


def frame(proposals: Sequence[Proposal], corpus: Corpus) -> pd.DataFrame:
    """One row a proposal, in their order; `rule` is a block of YAML to go on from."""
    import pandas as pd

    records: list[dict[str, Any]] = []
    for proposal in proposals:
        row, system = _example(proposal, corpus)
        texts = corpus.rows[row]
        records.append(
            {
                "kind": proposal.kind,
                "english": proposal.english,
                "wording": " ".join(proposal.wording),
                "instead": ", ".join(" ".join(each) for each in proposal.instead),
                "systems": ", ".join(f"{name} {n}" for name, n in proposal.systems.items()),
                "n": proposal.n,
                "places": proposal.places,
                "n_human": proposal.human,
                "score": round(proposal.score, 2),
                "source": texts.source,
                "translation": unescape(texts.translations[system])[0],
                "human": texts.human,
                "rule": rule_block(proposal, corpus),
            }
        )
    return pd.DataFrame.from_records(records, columns=list(COLUMNS))


def _example(proposal: Proposal, corpus: Corpus) -> tuple[int, str]:
    """The shortest of the first rows that has enough words to show the wording in its place."""

    def length(hit: tuple[int, str]) -> tuple[bool, int]:
        size = len(corpus.rows[hit[0]].translations[hit[1]].split())
        return size < 8, size

    return min(proposal.hits[:20], key=length)


def write(table: pd.DataFrame, path: Path) -> None:
    """Writes the table in the format of the suffix.

    Raises:
        InputError: The suffix names no format, or the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            "unknown format of a table", where=str(path), expected=f"one of {', '.join(SUFFIXES)}"
        )
    try:
        if suffix == ".html":
            path.write_text(page(table), encoding="utf-8")
        else:
            table.to_csv(path, index=False, sep="," if suffix == ".csv" else "\t")
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", where=str(path)) from error


_STYLE: Final = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 1.5rem; color: #1b1b1b; background: #fff; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; }
thead th { position: sticky; top: 0; background: #fff; border-bottom: 2px solid #1b1b1b; }
tbody tr { border-bottom: 1px solid #d5d5d5; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.wording { color: #9d1c1c; font-weight: 600; } .instead { color: #17602b; }
.examples p { margin: 0 0 .25rem; max-width: 60ch; } .examples span { color: #666; }
pre { font-size: 12.5px; white-space: pre-wrap; max-width: 46ch; margin: .3rem 0 0; }
@media (prefers-color-scheme: dark) {
  body, thead th { background: #16181b; color: #e4e4e4; } tbody tr { border-color: #3a3d41; }
  .wording { color: #ff9a8f; } .instead { color: #8ed6a0; } .examples span { color: #a5a5a5; }
}
"""


def page(table: pd.DataFrame) -> str:
    """The table as one page of HTML that needs nothing else; every text of the rows is escaped."""
    lines = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>mtaudit mine: {len(table)} proposals</title><style>{_STYLE}</style></head><body>",
        f"<h1>{len(table)} proposed rules</h1>",
        "<table><thead><tr><th>#</th><th>kind</th><th>English</th><th>wording</th>"
        "<th>instead</th><th>systems</th><th>n</th><th>human</th><th>score</th>"
        "<th>example</th></tr></thead><tbody>",
    ]
    for number, record in enumerate(table.to_dict("records"), 1):
        cell = {key: html.escape(str(value)) for key, value in record.items()}
        texts = "".join(
            f"<p><span>{name}</span> {cell[name]}</p>" for name in _LONG if record[name]
        )
        lines.append(
            f'<tr><td class="number">{number}</td><td>{cell["kind"]}</td>'
            f'<td lang="en">{cell["english"]}</td>'
            f'<td lang="fr" class="wording">{cell["wording"]}</td>'
            f'<td lang="fr" class="instead">{cell["instead"]}</td><td>{cell["systems"]}</td>'
            f'<td class="number">{cell["n"]}</td><td class="number">{cell["n_human"]}</td>'
            f'<td class="number">{cell["score"]}</td><td class="examples">{texts}'
            f"<details><summary>rule</summary><pre>{cell['rule']}</pre></details></td></tr>"
        )
    lines.append("</tbody></table></body></html>\n")
    return "\n".join(lines)
