"""Scores a pipeline on treebank files that it was not trained on.

`python training/evaluate.py --treebank ../shared/data/treebank` scores the pipeline of the package
on the test files of Sequoia and GSD. What is counted is in docs/model.md.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))

from convert import Gold, read_treebank
from spacy.language import Language
from spacy.tokens import Doc

from mtaudit.french.features import load_pipeline
from mtaudit.french.syntax import model_folder

TESTS = ("fr_sequoia-ud-test", "fr_gsd-ud-test")


def unparsed(nlp: Language, gold: Gold) -> Doc:
    """Return a sentence without its annotation, as `mtaudit.french.syntax` makes it."""
    starts = [1] + [-1] * (len(gold) - 1)
    return Doc(nlp.vocab, words=gold.words, spaces=gold.spaces, sent_starts=starts)


def evaluate(nlp: Language, golds: Sequence[Gold]) -> dict[str, float]:
    """Return the shares of tokens, in percent, that are as annotated.

    Punctuation counts for parts of speech, features and lemmas, not for heads and relations (UAS,
    LAS). Tokens whose features the treebank leaves open do not count for features.
    """
    count: Counter[str] = Counter()
    for doc, gold in zip(nlp.pipe([unparsed(nlp, gold) for gold in golds]), golds, strict=True):
        for at, token in enumerate(doc):
            count["tokens"] += 1
            count["upos"] += token.pos_ == gold.upos[at]
            count["lemma"] += token.lemma_.lower() == gold.lemmas[at].lower().replace("’", "'")
            if gold.sure[at]:
                count["known"] += 1
                count["feats"] += (str(token.morph) or "_") == gold.feats[at]
            if gold.deps[at] != "punct":
                count["words"] += 1
                if token.head.i == gold.heads[at]:
                    count["uas"] += 1
                    count["las"] += token.dep_.replace("ROOT", "root") == gold.deps[at]
    of = {"upos": "tokens", "feats": "known", "lemma": "tokens", "uas": "words", "las": "words"}
    return {name: round(100 * count[name] / count[base], 2) for name, base in of.items()}


def relations(nlp: Language, golds: Sequence[Gold]) -> list[tuple[str, int, float, float]]:
    """Return each relation with its count, precision and recall (head and label right)."""
    said: Counter[str] = Counter()
    real: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for doc, gold in zip(nlp.pipe([unparsed(nlp, gold) for gold in golds]), golds, strict=True):
        for at, token in enumerate(doc):
            dep = token.dep_.replace("ROOT", "root")
            said[dep] += 1
            real[gold.deps[at]] += 1
            right[dep] += dep == gold.deps[at] and token.head.i == gold.heads[at]
    return [
        (dep, n, 100 * right[dep] / max(1, said[dep]), 100 * right[dep] / n)
        for dep, n in real.most_common()
    ]


def speed(nlp: Language, golds: Sequence[Gold]) -> int:
    """Return tokens per second of processor time, every component on, best of three passes."""
    best = 0.0
    for _ in range(3):
        docs = [unparsed(nlp, gold) for gold in golds]
        began = time.process_time()
        for _ in nlp.pipe(docs, batch_size=128):
            pass
        best = max(best, sum(map(len, docs)) / (time.process_time() - began))
    return round(best)


def size(folder: Path) -> float:
    """Return the size of a folder in millions of bytes."""
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)


def score(folder: Path, treebank: Path) -> dict[str, Any]:
    """Return the scores of a stored pipeline on both test files, its size and its speed."""
    nlp = load_pipeline(folder)
    tests = {name: read_treebank(treebank / f"{name}.conllu") for name in TESTS}
    scores: dict[str, Any] = {name: evaluate(nlp, golds) for name, golds in tests.items()}
    everything = [gold for golds in tests.values() for gold in golds]
    return scores | {"size_mb": size(folder), "tokens_per_second": speed(nlp, everything)}


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=model_folder())
    parser.add_argument("--treebank", type=Path, required=True)
    parser.add_argument("--relations", action="store_true", help="precision and recall of each")
    options = parser.parse_args()
    print(json.dumps(score(options.model, options.treebank), indent=2))
    if options.relations:
        nlp = load_pipeline(options.model)
        golds = [
            gold for name in TESTS for gold in read_treebank(options.treebank / f"{name}.conllu")
        ]
        for dep, count, precision, recall in relations(nlp, golds):
            print(f"{dep:14}{count:6}{precision:8.1f}{recall:8.1f}")


if __name__ == "__main__":
    main()
