"""Pretraining of the encoder on raw news: guess the words that are hidden from it."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Adam, Linear

from mtaudit.french.features import FastOps, forget
from mtaudit.french.tokenizer import normalise

HIDDEN = "\ufffd"  # a form that no lexicon knows
RATE = 0.2  # of words that are hidden
KEPT, SWAPPED = 0.1, 0.1  # shares of the hidden that stay, or become another word


def pretrain(
    nlp: Language,
    paragraphs: list[list[str]],
    guessed: list[str],
    words: int,
    *,
    batch_words: int = 1500,
    learn_rate: float = 0.002,
    seed: int = 0,
    log: Callable[..., None] = print,
) -> None:
    """Train the encoder of a pipeline on some millions of words.

    Args:
        guessed: The forms to guess, as `normalise` spells them.
        words: How many running words to read.
    """
    rng = random.Random(seed)
    draw = np.random.default_rng(seed)
    number = {form: index for index, form in enumerate(guessed)}
    model = nlp.get_pipe("tok2vec").model
    width = model.get_dim("nO")
    ops = FastOps()
    output = Linear(nO=len(guessed), nI=width)
    output.initialize()
    output.ops = ops
    optimizer = Adam(
        learn_rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=False
    )
    loss, counted, done, began, told = 0.0, 0, 0, time.time(), 0
    for batch in _batches(paragraphs, batch_words, rng):
        docs, places, targets, at = [], [], [], 0
        for sentence in batch:
            shown = list(sentence)
            for index in np.flatnonzero(draw.random(len(sentence)) < RATE).tolist():
                target = number.get(normalise(sentence[index]))
                if target is None:
                    continue
                places.append(at + index)
                targets.append(target)
                chance = draw.random()
                if chance < SWAPPED:
                    shown[index] = rng.choice(guessed)
                elif chance >= SWAPPED + KEPT:
                    shown[index] = HIDDEN
            docs.append(Doc(nlp.vocab, words=shown))
            at += len(sentence)
        if not places:
            continue
        encoded, back = model.begin_update(docs)
        flat = np.concatenate(encoded)
        scores, output_back = output.begin_update(flat[places])
        scores = scores - scores.max(axis=1, keepdims=True)
        likely = np.exp(scores)
        likely /= likely.sum(axis=1, keepdims=True)
        rows = np.arange(len(places))
        loss -= float(np.log(likely[rows, targets] + 1e-9).sum())
        counted += len(places)
        likely[rows, targets] -= 1
        gradient = np.zeros_like(flat)
        np.add.at(gradient, places, output_back(likely / len(places)))
        bounds = np.cumsum([len(doc) for doc in docs])[:-1]
        back([np.ascontiguousarray(part) for part in np.split(gradient, bounds)])
        share = done / words
        optimizer.learn_rate = learn_rate * min(1.0, share / 0.03 + 0.02)
        optimizer.learn_rate *= 0.55 + 0.45 * math.cos(math.pi * min(1.0, share))
        model.finish_update(optimizer)
        output.finish_update(optimizer)
        done += at
        if done - told >= 250_000:
            told = done
            log("pretrain", done, round(time.time() - began), round(loss / counted, 3))
            loss, counted = 0.0, 0
        if done >= words:
            break
    forget(nlp)


def _batches(
    paragraphs: list[list[str]], words: int, rng: random.Random
) -> Iterator[list[list[str]]]:
    """Yield paragraphs at random, without end."""
    while True:
        order = list(range(len(paragraphs)))
        rng.shuffle(order)
        batch, size = [], 0
        for index in order:
            paragraph = paragraphs[index][:120]
            if len(paragraph) < 4:
                continue
            batch.append(paragraph)
            size += len(paragraph)
            if size >= words:
                yield batch
                batch, size = [], 0
