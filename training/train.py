"""Trains the French pipeline that mtaudit ships: see training/README.md.

python training/train.py --treebank ../shared/data/treebank --press ../shared/data/press \
    -o mtaudit/french/model
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

# One thread: the order of floating-point sums, and so the result, is then the same on every run.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).parent))

import spacy
from convert import Gold, read_treebank
from evaluate import TESTS, evaluate, score, unparsed
from pretrain import pretrain
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Config, fix_random_seed
from vectors import read_press, train_vectors

from mtaudit.french import lemmas, tagging  # noqa: F401  (they tell spaCy of components)
from mtaudit.french.features import (
    French,
    WordVectors,
    accelerate,
    forget,
    set_vectors,
    store_pipeline,
)

# Sequoia and GSD are edited French of today; FQB adds questions. GSD's own training file is not at
# hand; ALTS is of the sixteenth century and leaves out mood and tense.
TRAIN = ("fr_sequoia-ud-train", "fr_sequoia-ud-dev", "fr_gsd-ud-dev", "fr_fqb-ud-test")
META = {
    "lang": "fr",
    "name": "mtaudit-fr",
    "version": "1.0",
    "description": "Parts of speech, features, lemmas and dependencies of French news",
    "license": "CC BY-SA 4.0 and LGPL-LR",
}


def build(config: Config, golds: Sequence[Gold], vectors: WordVectors) -> Language:
    """Return a pipeline with the labels of the sentences and weights at random."""
    settings = config.interpolate()
    fix_random_seed(settings["training"]["seed"])
    nlp = French.from_config(
        Config({"nlp": settings["nlp"], "components": settings["components"]}), meta=META
    )
    set_vectors(nlp, vectors)
    nlp.initialize(lambda: [example(nlp, gold) for gold in golds])
    accelerate(nlp)
    return nlp


def example(nlp: Language, gold: Gold) -> Example:
    """Return what a sentence teaches."""
    reference = Doc(
        nlp.vocab,
        words=gold.words,
        spaces=gold.spaces,
        pos=gold.upos,
        morphs=["" if feats == "_" else feats for feats in gold.feats],
        heads=gold.heads,
        deps=["ROOT" if dep == "root" else dep for dep in gold.deps],
    )
    return Example(unparsed(nlp, gold), reference)


def augment(gold: Gold, rng: random.Random) -> Gold:
    """Vary what editors vary: case, quotation marks, the final stop."""
    words, spaces = list(gold.words), list(gold.spaces)
    size = last = len(words)
    chance = rng.random()
    if chance < 0.03 and size > 2:
        words = [word.upper() for word in words]
    elif chance < 0.10 and gold.upos[0] != "PROPN" and not words[0].isupper():
        words[0] = words[0].lower()
    elif chance < 0.13 and words[0].islower():
        words[0] = words[0][:1].upper() + words[0][1:]
    marks = [index for index, word in enumerate(words) if word == '"']
    if marks and len(marks) % 2 == 0 and rng.random() < 0.5:
        for number, index in enumerate(marks):
            words[index] = "»" if number % 2 else "«"
            spaces[index - number % 2] = True
    final = size - 1
    if words[final] == "." and final not in gold.heads and size > 3 and rng.random() < 0.1:
        last = final
    return Gold(
        words[:last], spaces[:last], gold.upos[:last], gold.feats[:last],
        gold.lemmas[:last], gold.heads[:last], gold.deps[:last], gold.source,
    )  # fmt: skip


def batches(golds: Sequence[Gold], words: int, rng: random.Random) -> Iterator[list[Gold]]:
    """Yield all sentences once, in random order."""
    batch: list[Gold] = []
    size = 0
    for gold in rng.sample(golds, len(golds)):
        batch.append(gold)
        size += len(gold)
        if size >= words:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def train(
    nlp: Language,
    golds: Sequence[Gold],
    settings: dict[str, Any],
    *,
    dev: Sequence[Gold] = (),
    log: Callable[..., None] = print,
) -> None:
    """Train all components together; the rate of learning falls to nought by a cosine."""
    rng = random.Random(settings["seed"])
    full = settings["learn_rate"]
    optimizer = Adam(full, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=False)
    epochs = settings["epochs"]
    total = sum(map(len, golds)) * epochs
    done = 0
    began = time.time()
    for epoch in range(epochs):
        losses: dict[str, float] = {}
        for batch in batches(golds, settings["batch_words"], rng):
            share = done / total
            warm = min(1.0, share / 0.03 + 0.05)
            optimizer.learn_rate = full * max(0.01, warm * (0.5 + 0.5 * math.cos(math.pi * share)))
            examples = [example(nlp, augment(gold, rng)) for gold in batch]
            nlp.update(examples, sgd=optimizer, drop=settings["dropout"], losses=losses)
            done += sum(map(len, batch))
        forget(nlp)
        told: dict[str, float] = {name: round(loss) for name, loss in losses.items()}
        if dev and (epoch % 4 == 3 or epoch == epochs - 1):
            told |= evaluate(nlp, dev)
        log(f"epoch {epoch + 1}", round(time.time() - began), told)


def main() -> None:
    """Train, store and score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebank", type=Path, required=True, help="folder of CoNLL-U files")
    parser.add_argument("--press", type=Path, required=True, help="folder of JSON Lines articles")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of the model")
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.cfg"))
    parser.add_argument(
        "--dev", action="store_true", help="score on Sequoia dev as it goes, and do not train on it"
    )
    parser.add_argument("--encoder", type=Path, help="file that keeps the pretrained encoder")
    options = parser.parse_args()
    began = time.process_time()
    config = Config().from_disk(options.config)
    settings = config.interpolate()["training"]
    held = ("fr_sequoia-ud-dev",) if options.dev else ()
    names = [name for name in TRAIN if name not in held]
    golds = [gold for name in names for gold in read_treebank(_file(options.treebank, name))]
    dev = [gold for name in held for gold in read_treebank(_file(options.treebank, name))]
    _tell(f"{len(golds)} sentences, {sum(map(len, golds))} tokens to train on")
    paragraphs = read_press(options.press)
    vectors = train_vectors(paragraphs, width=settings["vector_width"], seed=settings["seed"])
    _tell(f"{len(vectors.forms)} vectors of {sum(map(len, paragraphs))} words of news")
    nlp = build(config, golds, vectors)
    guessed = list(vectors.forms[: settings["guessed_forms"]])
    words = settings["pretrain_words"]
    encoder = nlp.get_pipe("tok2vec").model
    fix_random_seed(settings["seed"])
    if options.encoder and options.encoder.is_file():
        encoder.from_disk(options.encoder)
        accelerate(nlp)
    elif words:
        pretrain(nlp, paragraphs, guessed, words, seed=settings["seed"], log=_tell)
        if options.encoder:
            encoder.to_disk(options.encoder)
    fix_random_seed(settings["seed"])
    train(nlp, golds, settings, dev=dev, log=_tell)
    minutes = round((time.process_time() - began) / 60)
    partial = options.output.with_name(options.output.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    store_pipeline(nlp, partial)
    record = {
        "training_minutes": minutes,
        "spacy": spacy.__version__,
        "files": {name: _digest(_file(options.treebank, name)) for name in (*names, *TESTS)},
    }
    scores = score(partial, options.treebank) | record
    _tell(json.dumps(scores, indent=2))
    (partial / "scores.json").write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")
    shutil.rmtree(options.output, ignore_errors=True)
    partial.rename(options.output)


def _tell(*values: object) -> None:
    print(*values, flush=True)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.conllu"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


if __name__ == "__main__":
    main()
