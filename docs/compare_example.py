"""Writes the folders that the example of compare.md holds against each other.

    python docs/compare_example.py FOLDER

They are the articles of corpus/: `machine` as translated, `mended` with the marked faults of major
and critical severity put right, `english` and `people` their source and their reference.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mtaudit.model import Article
from mtaudit.readers import read_paths

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def mended(article: Article) -> str:
    """The text with its grave faults replaced by what the marks give for them."""
    text = article.text
    for span in reversed(article.gold):
        if span.severity in ("major", "critical") and span.fix:
            text = text[: span.start] + span.fix + text[span.end :]
    return text


def main(folder: Path) -> None:
    """Writes one file per article into each of the four folders."""
    for article in read_paths([str(CORPUS)]):
        if not isinstance(article, Article):
            continue
        name = Path(article.path).name.removesuffix(".marked.md") + ".txt"
        texts = {
            "machine": article.text,
            "mended": mended(article),
            "english": article.source or "",
            "people": article.reference or "",
        }
        for part, text in texts.items():
            (folder / part).mkdir(parents=True, exist_ok=True)
            (folder / part / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
