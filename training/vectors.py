"""Word vectors from raw news: which words stand one and two places left and right of a form.

Positive pointwise mutual information, reduced by a randomised singular value decomposition; a
minute on one core for five million words.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from mtaudit.french.features import WordVectors
from mtaudit.french.tokenizer import normalise, tokenize

PLACES = (-2, -1, 1, 2)


def press_lines(folder: Path, limit: int | None = None) -> Iterator[str]:
    """Yield the paragraphs of the articles of a folder of JSON Lines files."""
    count = 0
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                for paragraph in (article.get("title") or "", *article["text"].split("\n")):
                    if paragraph.strip():
                        yield paragraph.strip()
                count += 1
                if limit is not None and count >= limit:
                    return


def read_press(folder: Path, limit: int | None = None) -> list[list[str]]:
    """Return the tokens of each paragraph, with plain apostrophes."""
    return [
        [token.text.replace("’", "'") for token in tokenize(paragraph)]
        for paragraph in press_lines(folder, limit)
    ]


def train_vectors(
    paragraphs: list[list[str]],
    width: int = 64,
    least: int = 5,
    forms: int = 24_000,
    contexts: int = 1_500,
    seed: int = 0,
) -> WordVectors:
    """Return vectors of the most frequent forms."""
    counts = Counter(normalise(word) for words in paragraphs for word in words)
    ranked = [form for form, count in counts.most_common(forms) if count >= least]
    row = {form: number for number, form in enumerate(ranked)}
    codes = [
        np.array([-1, -1, *(row.get(normalise(word), -1) for word in words), -1, -1])
        for words in paragraphs
    ]
    flat = np.concatenate(codes)
    context = np.where(flat < contexts, flat, contexts)  # the last one: a rare word
    context[flat < 0] = contexts
    wide = contexts + 1
    table = np.zeros((len(ranked), wide * len(PLACES)), dtype="float32")
    for place, shift in enumerate(PLACES):
        near = np.roll(context, -shift)
        kept = flat >= 0
        index = flat[kept].astype("int64") * wide + near[kept]
        found, times = np.unique(index, return_counts=True)
        table[found // wide, place * wide + found % wide] = times
    rows = table.sum(axis=1, keepdims=True)
    columns = table.sum(axis=0, keepdims=True) ** 0.75
    table /= np.maximum(rows, 1)
    table *= columns.sum() / np.maximum(columns, 1) / len(PLACES)
    np.maximum(table, 1, out=table)
    np.log(table, out=table)
    random = np.random.default_rng(seed)
    sketch = table @ random.standard_normal((table.shape[1], width + 32), dtype="float32")
    for _ in range(3):
        sketch, _ = np.linalg.qr(sketch)
        sketch = table @ (table.T @ sketch)
    basis, _ = np.linalg.qr(sketch)
    left, values, _ = np.linalg.svd(basis.T @ table, full_matrices=False)
    vectors = (basis @ left[:, :width]) * np.sqrt(values[:width])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    # A unit vector of 64 numbers seldom holds one above 0.5.
    return WordVectors(ranked, np.clip(np.round(vectors * 254), -127, 127).astype("int8"))
