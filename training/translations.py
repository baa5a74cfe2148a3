"""Makes mtaudit/source/data/translations.tsv, the table of renderings, from parallel news.

    python training/translations.py --data ../shared/data

IBM Model 1 on lemmas, with a prior for words at like places, first in either direction by itself,
then trained to agree. Weights of the texts are by how far their translators are to be trusted: a
rendering that only the weakest systems have is hardly counted. The passages that gold marks are
left out, so that gold measures the table on text it has not seen. Deterministic; some minutes.
"""

from __future__ import annotations

import argparse
import html
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from mtaudit.french.english import load_english
from mtaudit.french.lexicon import Lexicon, load_lexicon
from mtaudit.french.tokenizer import tokenize
from mtaudit.source.lemmas import EnglishLemmas
from mtaudit.source.links import link, neighbours
from mtaudit.source.lost import added_words, lost_words
from mtaudit.source.translations import FILE, Translations, parse
from mtaudit.source.words import Word, english_words, french_words

# What a translation counts for; the systems of 2012 are many and say much the same.
WEIGHTS: Final = {
    "reference": 1.0,
    "google": 0.8,
    "microsoft": 0.8,
    "bergamot-base-memory": 0.6,
    "bergamot-tiny": 0.25,
}
OTHER_WEIGHT: Final = 0.08
# Those of which it is told how often they render a word.
TRUSTED: Final = ("reference", "google", "microsoft", "bergamot-base-memory")
SLANT: Final = 3.0
ALONE, AGREEING = 6, 5
# Least evidence for a pair of the agreeing models, and of one direction alone.
STRONG: Final = 0.03
WEAK_FORWARD, WEAK_BACKWARD, WEAK_COUNT = 0.005, 0.05, 0.3
LEAST_SENTENCES: Final = 3
EXCERPT: Final = 12
# What is left alone is learnt from freer translations as well.
FREE: Final = 0.6

Vector = Any


@dataclass
class Sentence:
    """An English sentence and its translations, by translator."""

    english: tuple[Word, ...]
    french: dict[str, tuple[Word, ...]]


def read(
    data: Path, without: Sequence[str], lemmas: EnglishLemmas, lexicon: Lexicon
) -> list[Sentence]:
    """The sentences of parallel/ with what articles/ adds to them."""
    marked = [json.loads(line) for line in _lines(data / "gold" / "articles.jsonl")]
    kept_out = {
        (article["set"], article["first_line"] + k) for article in marked for k in range(EXCERPT)
    }
    by_source: dict[str, Sentence] = {}
    found = []

    def words(text: str) -> tuple[Word, ...]:
        return french_words(tokenize(html.unescape(text)), lexicon)

    for path in sorted((data / "parallel").glob("*.jsonl")):
        for line in _lines(path):
            row = json.loads(line)
            if row["set"] in without or (row["set"], row["line"]) in kept_out:
                continue
            english = english_words(html.unescape(row["source"]), lemmas)
            sentence = Sentence(english, {name: words(row[name]) for name in WEIGHTS})
            found.append(sentence)
            by_source.setdefault(row["source"], sentence)
    for path in sorted((data / "articles").glob("*.jsonl")):
        for line in _lines(path):
            article = json.loads(line)
            sources = article["source"].split("\n")
            for name, text in article["systems"].items():
                if name in WEIGHTS:
                    continue
                for source, translation in zip(sources, text.split("\n"), strict=True):
                    if source in by_source:
                        by_source[source].french[name] = words(translation)
    return found


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        yield from lines


@dataclass
class Pairs:
    """All pairs of keys that stand side by side, as parallel arrays, and their expected counts."""

    english: list[str]
    french: list[str]
    left: Vector
    right: Vector
    forward: Vector
    backward: Vector
    agreed: Vector
    left_total: Vector
    right_total: Vector


def train(sentences: Sequence[Sentence]) -> Pairs:
    """Expected counts of pairs: each direction alone, and both in agreement."""
    left_ids: dict[str, int] = {}
    right_ids: dict[str, int] = {}
    left, right, left_weight, right_weight = [], [], [], []
    link_left, link_right, prior = [], [], []
    lefts = rights = 0
    for sentence in sentences:
        ours = [(i, word.key) for i, word in enumerate(sentence.english) if word.content]
        if not ours:
            continue
        here = np.array([i for i, _ in ours]) / len(sentence.english)
        keys = np.array([left_ids.setdefault(key, len(left_ids)) for _, key in ours], "int32")
        for name, french in sentence.french.items():
            theirs = [(j, word.key) for j, word in enumerate(french) if word.content]
            if not theirs:
                continue
            weight = WEIGHTS.get(name, OTHER_WEIGHT)
            m, n = len(ours), len(theirs)
            there = np.array([j for j, _ in theirs]) / len(french)
            left.append(keys)
            right.append(
                np.array([right_ids.setdefault(key, len(right_ids)) for _, key in theirs], "int32")
            )
            left_weight.append(np.full(m, weight, "float32"))
            right_weight.append(np.full(n, weight, "float32"))
            link_left.append(np.repeat(np.arange(lefts, lefts + m, dtype="int32"), n))
            link_right.append(np.tile(np.arange(rights, rights + n, dtype="int32"), m))
            apart = np.abs(here[:, None] - there[None, :])
            prior.append(np.exp(-SLANT * apart).astype("float32").ravel())
            lefts, rights = lefts + m, rights + n
    flat_left, flat_right = np.concatenate(left), np.concatenate(right)
    weight_left, weight_right = np.concatenate(left_weight), np.concatenate(right_weight)
    at_left, at_right = np.concatenate(link_left), np.concatenate(link_right)
    near = np.concatenate(prior)
    size = len(right_ids)
    kinds, kind = np.unique(
        flat_left[at_left].astype("int64") * size + flat_right[at_right], return_inverse=True
    )
    kind = kind.astype("int32")
    one, other = (kinds // size).astype("int32"), (kinds % size).astype("int32")
    weight = weight_left[at_left]
    count = np.bincount(kind, weights=weight, minlength=len(kinds))
    forward, backward = _shares(count, one), _shares(count, other)
    nothing = 0.4
    alone = (count, count)
    for step in range(ALONE + AGREEING):
        from_left = _posterior(forward[kind] * near, at_right, len(flat_right), nothing / size)
        from_right = _posterior(
            backward[kind] * near, at_left, len(flat_left), nothing / len(left_ids)
        )
        if step < ALONE:
            alone = (
                np.bincount(kind, weights=from_left * weight, minlength=len(kinds)),
                np.bincount(kind, weights=from_right * weight, minlength=len(kinds)),
            )
            forward, backward = _shares(alone[0], one), _shares(alone[1], other)
        else:
            count = np.bincount(kind, weights=from_left * from_right * weight, minlength=len(kinds))
            forward, backward = _shares(count, one), _shares(count, other)
    return Pairs(
        list(left_ids),
        list(right_ids),
        one,
        other,
        *alone,
        count,
        np.bincount(flat_left, weights=weight_left),
        np.bincount(flat_right, weights=weight_right),
    )


def _shares(count: Vector, owner: Vector) -> Vector:
    return count / (np.bincount(owner, weights=count) + 1e-9)[owner]


def _posterior(value: Vector, owner: Vector, owners: int, nothing: float) -> Vector:
    return value / (np.bincount(owner, weights=value, minlength=owners) + nothing)[owner]


def strengths(pairs: Pairs, sentences: Sequence[Sentence]) -> dict[str, dict[str, int]]:
    """For each English key its renderings in hundredths; 0 where one direction alone has it."""
    there = pairs.agreed / pairs.left_total[pairs.left]
    back = pairs.agreed / pairs.right_total[pairs.right]
    strong: dict[tuple[str, str], tuple[float, float]] = {}
    for k in np.flatnonzero(pairs.agreed > 0.02):
        strong[pairs.english[pairs.left[k]], pairs.french[pairs.right[k]]] = (
            float(there[k]),
            float(back[k]),
        )
    seen = _sightings(strong, sentences)
    table: dict[str, dict[str, int]] = defaultdict(dict)
    for (english, french), (p, q) in strong.items():
        times, best = seen[english, french], max(p, q)
        if times or best > STRONG:
            table[english][french] = max(6, round(100 * (best if times > 1 else best / 2)))
    counts = _counts(sentences)
    many = np.array([counts[0][key] for key in pairs.english])[pairs.left] >= LEAST_SENTENCES
    common = np.array([counts[1][key] for key in pairs.french])[pairs.right] >= LEAST_SENTENCES
    forward = pairs.forward / pairs.left_total[pairs.left]
    backward = pairs.backward / pairs.right_total[pairs.right]
    weak = many & (
        ((forward >= WEAK_FORWARD) & (pairs.forward >= WEAK_COUNT))
        | ((backward >= WEAK_BACKWARD) & (pairs.backward >= WEAK_COUNT) & common)
    )
    for k in np.flatnonzero(weak):
        table[pairs.english[pairs.left[k]]].setdefault(pairs.french[pairs.right[k]], 0)
    return table


def _sightings(
    strong: Mapping[tuple[str, str], tuple[float, float]], sentences: Sequence[Sentence]
) -> Counter[tuple[str, str]]:
    """In how many English sentences a pair is the best choice of both its words."""
    seen: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        ours = [(i, word.key) for i, word in enumerate(sentence.english) if word.content]
        here: set[tuple[str, str]] = set()
        for name in TRUSTED:
            french = sentence.french[name]
            weight = {}
            for i, one in ours:
                for j, word in enumerate(french):
                    if word.content and (one, word.key) in strong:
                        p, q = strong[one, word.key]
                        apart = abs(i / len(sentence.english) - j / len(french))
                        weight[i, j] = (p * q) ** 0.5 * float(np.exp(-SLANT / 2 * apart))
            used: tuple[set[int], set[int]] = (set(), set())
            for (i, j), value in sorted(weight.items(), key=lambda item: (-item[1], item[0])):
                if value >= 0.01 and i not in used[0] and j not in used[1]:
                    used[0].add(i)
                    used[1].add(j)
                    here.add((sentence.english[i].key, french[j].key))
        seen.update(here)
    return seen


def _counts(sentences: Sequence[Sentence]) -> tuple[Counter[str], Counter[str]]:
    """In how many sentences each key stands; French ones in those of trusted translators."""
    english: Counter[str] = Counter()
    french: Counter[str] = Counter()
    for sentence in sentences:
        english.update({word.key for word in sentence.english if word.content})
        french.update(
            {word.key for name in TRUSTED for word in sentence.french[name] if word.content}
        )
    return english, french


def _rates(
    table: Mapping[str, Mapping[str, int]],
    twice: set[tuple[str, str]],
    sentences: Sequence[Sentence],
) -> tuple[dict[str, int], dict[str, int]]:
    """For each key how often, in hundredths, a rendering known from another sentence is there."""
    backward: dict[str, set[str]] = defaultdict(set)
    forward: dict[str, set[str]] = defaultdict(set)
    for english, french in twice:
        forward[english].add(french)
        backward[french].add(english)
    ours: dict[str, list[int]] = defaultdict(lambda: [1, 2])
    theirs: dict[str, list[int]] = defaultdict(lambda: [1, 2])
    for sentence in sentences:
        english_keys = {word.key for word in sentence.english if word.content}
        for name in TRUSTED:
            keys = {word.key for word in sentence.french[name] if word.content}
            for key in english_keys if name != "reference" else ():
                ours[key][0] += not forward[key].isdisjoint(keys)
                ours[key][1] += 1
            for key in keys:
                theirs[key][0] += not backward[key].isdisjoint(english_keys)
                theirs[key][1] += 1
    return (
        {key: 100 * good // total for key, (good, total) in ours.items()},
        {key: 100 * good // total for key, (good, total) in theirs.items()},
    )


def _any(word: str) -> bool:
    return True


Left = dict[str, tuple[int, set[str]]]


def _left(
    table: Translations, sentences: Sequence[Sentence], lexicon: Lexicon
) -> tuple[Left, Left]:
    """How often each word of either language seems to be left alone, and beside what."""
    sides: tuple[Left, Left] = {}, {}
    for sentence in sentences:
        for name in TRUSTED:
            links = link(sentence.english, sentence.french[name], table)
            for side, words, losses in (
                (sides[0], links.english, lost_words(links, table, (), lexicon, FREE)),
                (sides[1], links.french, added_words(links, table, (), _any)),
            ):
                for loss in losses:
                    times, beside = side.get(words[loss.at].key, (0, set()))
                    beside.update(neighbours(words, loss.at))
                    side[words[loss.at].key] = times + 1, beside
    return sides


def nominal_shares(sentences: Sequence[Sentence], lexicon: Lexicon) -> dict[str, int]:
    """How far each French key is a noun or an adjective, by its forms, in hundredths.

    « banque » has the key of a verb that hardly exists; its forms show that it is a noun.
    """
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for sentence in sentences:
        for name in TRUSTED:
            for word in sentence.french[name]:
                if word.content:
                    counts[word.key][0] += _nominal(word.text.lower(), lexicon)
                    counts[word.key][1] += 1
    return {
        key: 100 * good // total for key, (good, total) in counts.items() if lexicon.analyses(key)
    }


@lru_cache(maxsize=65_536)
def _nominal(form: str, lexicon: Lexicon) -> bool:
    readings = lexicon.analyses(form)
    return any(r.upos == "NOUN" for r in readings) or (
        any(r.upos == "ADJ" for r in readings) and not any("part_past" in r.feats for r in readings)
    )


def nominal(renderings: Mapping[str, int], shares: Mapping[str, int]) -> int:
    """How far an English word's renderings are nouns and adjectives, in hundredths."""
    known = {key: strength for key, strength in renderings.items() if key in shares}
    total = sum(known.values())
    return sum(s * shares[key] for key, s in known.items()) // total if total else 0


def build(sentences: Sequence[Sentence], lexicon: Lexicon) -> str:
    """The text of the table."""
    pairs = train(sentences)
    table = strengths(pairs, sentences)
    strong = {
        (english, french): (p / 100, p / 100)
        for english, renderings in table.items()
        for french, p in renderings.items()
        if p
    }
    seen = _sightings(strong, sentences)
    english_counts, french_counts = _counts(sentences)
    rates = _rates(table, {pair for pair, times in seen.items() if times > 1}, sentences)

    shares = nominal_shares(sentences, lexicon)

    def written(left: tuple[Left, Left]) -> str:
        lines = []
        for key in sorted(english_counts):
            count, renderings = english_counts[key], table.get(key, {})
            if count < 2 or not renderings:
                continue
            shown = sorted(renderings.items(), key=lambda item: (-item[1], item[0]))
            cells = " ".join(f"{french}:{p}" for french, p in shown if " " not in french)
            times, beside = left[0].get(key, (0, set()))
            lines.append(
                f"{key}\t{count}\t{rates[0].get(key, 0)}\t{1000 * times // (count * len(TRUSTED))}"
                f"\t{nominal(renderings, shares)}\t{cells}\t{' '.join(sorted(beside))}"
            )
        lines.append("")
        for key in sorted(french_counts):
            count = french_counts[key]
            if count < LEAST_SENTENCES or " " in key:
                continue
            times, beside = left[1].get(key, (0, set()))
            lines.append(
                f"{key}\t{count}\t{rates[1].get(key, 0)}\t{1000 * times // (count * len(TRUSTED))}"
                f"\t{shares.get(key, 0)}\t{' '.join(sorted(beside))}"
            )
        return "\n".join(lines) + "\n"

    return written(_left(parse(written(({}, {}))), sentences, lexicon))


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, make the table, write it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder shared/data")
    parser.add_argument(
        "--without", action="append", default=[], help="a set to leave out, to measure on it"
    )
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("--output", type=Path, default=root / "mtaudit" / "source" / "data" / FILE)
    given = parser.parse_args(arguments)
    lexicon = load_lexicon()
    sentences = read(given.data, given.without, EnglishLemmas(load_english()), lexicon)
    text = build(sentences, lexicon)
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(text, encoding="utf-8")
    print(f"{len(sentences)} sentences, {len(text.encode()) // 1024} KB: {given.output}")


if __name__ == "__main__":
    main()
