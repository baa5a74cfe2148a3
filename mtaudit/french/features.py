"""What the French pipeline sees of a word, and the layer that embeds it.

Besides its spelling the layer sees what the lexicon says of a form: the parts of speech that it
may have, the readings in full and its lemma; what the gazetteers say of a name; and a vector of
the words that stand around it in news. All of this depends on the form alone, so that its
embedding is computed once per form and then looked up: the layer costs next to nothing at run
time, however rich it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from spacy.attrs import IS_ALPHA, IS_DIGIT, IS_PUNCT, IS_SPACE, LOWER, NORM, ORTH, SHAPE
from spacy.language import BaseDefaults, Language
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import (
    Config,
    HashEmbed,
    Maxout,
    Model,
    NumpyOps,
    concatenate,
    deserialize_attr,
    serialize_attr,
)

from mtaudit.french.lexicon import load_lexicon
from mtaudit.french.names import load_names
from mtaudit.french.tokenizer import normalise

__all__ = ["COLUMNS", "FastOps", "French", "WordVectors", "accelerate", "features"]

# The columns of `features`: NORM and LEMMA are hidden now and then in training, as if unknown.
COLUMNS: Final = (
    "NORM", "LEMMA", "CLASS", "READINGS", "SUFFIX", "ENDING", "PREFIX", "SHAPE", "NAME",
)  # fmt: skip
_HIDDEN: Final = (COLUMNS.index("NORM"), COLUMNS.index("LEMMA"))
_HIDE_RATE: Final = 0.1
_UNKNOWN: Final = get_string_id("?")
_CACHED_FORMS: Final = 30_000  # 15 MB of embeddings; 1.4 million words of news hold 52,000 forms
_CLITIC: Final = re.compile(r"-(?:t-)?(?=\w)")


class FastOps(NumpyOps):  # type: ignore[misc]
    """NumPy's own matrix product: three times as fast as the BLIS that thinc brings (measured)."""

    def gemm(
        self,
        x: Any,
        y: Any,
        out: Any = None,
        trans1: bool = False,
        trans2: bool = False,
    ) -> Any:
        """Multiply two matrices, either of them transposed if asked."""
        if trans1:
            x = x.T
        if trans2:
            y = y.T
        if out is None:
            return np.dot(x, y)
        np.dot(x, y, out=out)
        return out


def accelerate(nlp: Language) -> None:
    """Let all models of a pipeline use `FastOps`."""
    ops = FastOps()
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            for node in model.walk():
                node.ops = ops


def store_pipeline(nlp: Language, folder: Path) -> None:
    """Write a pipeline, with its weights in half precision."""
    data = nlp.to_bytes(exclude=["vocab", "tokenizer"])
    copy = French.from_config(nlp.config, meta=nlp.meta)
    copy.from_bytes(data, exclude=["vocab", "tokenizer"])
    _cast(copy, "float16")
    copy.to_disk(folder, exclude=["vocab", "tokenizer"])


def load_pipeline(folder: Path) -> Language:
    """Read a pipeline that `store_pipeline` wrote.

    Raises:
        OSError: A file of it is missing.
    """
    from mtaudit.french import lemmas, tagging  # noqa: F401  (they tell spaCy of components)

    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    config = Config().from_disk(folder / "config.cfg")
    nlp = French.from_config(config, meta=meta, auto_fill=False, validate=False)
    nlp.from_disk(folder, exclude=["vocab", "tokenizer"])
    _cast(nlp, "float32")
    accelerate(nlp)
    return nlp


def _cast(nlp: Language, kind: str) -> None:
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            for node in model.walk():
                for name in node.param_names:
                    if node.has_param(name):
                        values: Any = node.get_param(name)
                        node.set_param(name, values.astype(kind))


class WordVectors:
    """Vectors of frequent forms, in whole numbers of eight bits.

    Attributes:
        forms: In the spelling of `normalise`, most frequent first.
        table: One row per form.
    """

    def __init__(self, forms: Sequence[str], table: Any) -> None:
        self.forms = forms
        self.table = table
        self._row = {form: row for row, form in enumerate(forms)}

    @property
    def width(self) -> int:
        """The length of a vector."""
        return int(self.table.shape[1])

    def vector(self, *forms: str) -> Any:
        """Return the vector of the first form that has one; else nought."""
        for form in forms:
            row = self._row.get(form)
            if row is not None:
                return self.table[row].astype("float32") / 127
        return np.zeros(self.width, dtype="float32")

    def to_bytes(self) -> bytes:
        """Return the vectors for `from_bytes`."""
        words = "\n".join(self.forms).encode("utf-8")
        table: bytes = self.table.tobytes()
        return len(words).to_bytes(4, "little") + words + table

    @classmethod
    def from_bytes(cls, data: bytes) -> WordVectors:
        """Read what `to_bytes` wrote."""
        size = int.from_bytes(data[:4], "little")
        forms = data[4 : 4 + size].decode("utf-8").split("\n")
        table = np.frombuffer(data, dtype="int8", offset=4 + size).reshape(len(forms), -1)
        return cls(forms, table)

    @classmethod
    def empty(cls, width: int) -> WordVectors:
        """Return vectors that know no form."""
        return cls([], np.zeros((0, width), dtype="int8"))


def features(form: str) -> tuple[list[int], str, str]:
    """Return the hashed features of a form, in the order of `COLUMNS`, its norm and its lemma."""
    lexicon = load_lexicon()
    norm = normalise(form)
    bare = _CLITIC.sub("", norm) or norm
    readings = lexicon.analyses(bare)
    capital = form[:1].isupper()
    if capital:
        readings += lexicon.analyses(form.replace("’", "'"))
    lemma = readings[0].lemma if readings else norm
    mark = ("A" if form.isupper() and len(form) > 1 else "a") if capital else ""
    common = " ".join(sorted({one.upos for one in readings if one.common}))
    rare = " ".join(sorted({one.upos for one in readings if not one.common}))
    full = " ".join(sorted({one.upos + "+".join(sorted(one.feats)) for one in readings}))
    kinds = load_names().kinds(form) if capital else ()
    parts = (
        norm,
        lemma,
        f"{mark}{common}/{rare}",
        full,
        norm[-3:],
        norm[-5:],
        norm[:3],
        _shape(form),
        mark + " ".join(sorted(kinds)),
    )
    return [get_string_id(f"{n}{part}") for n, part in enumerate(parts)], norm, lemma


def _shape(form: str) -> str:
    """Return the kinds of a form's characters, runs cut to three: "Xxx", "d", "xx-xxx"."""
    shape: list[str] = []
    for character in form:
        if character.isalpha():
            kind = "X" if character.isupper() else "x"
        elif character.isdigit():
            kind = "d"
        else:
            kind = character
        if shape[-3:] != [kind] * 3:
            shape.append(kind)
    return "".join(shape)


@registry.architectures("mtaudit.LexiconEmbed.v1")  # type: ignore[untyped-decorator]
def lexicon_embed(
    width: int, rows: list[int], columns: list[int], vector_width: int
) -> Model[list[Doc], list[Any]]:
    """Build the embedding layer.

    Args:
        rows: Of the hash table of each of `COLUMNS`.
        columns: The width of each.
        vector_width: Of the word vectors, which are set by `set_vectors` before training.
    """
    tables: list[Model[Any, Any]] = [
        HashEmbed(nO=wide, nV=size, column=column, seed=column + 7)
        for column, (size, wide) in enumerate(zip(rows, columns, strict=True))
    ]
    hashed: Model[Any, Any] = concatenate(*tables)
    mixer = Maxout(nO=width, nI=sum(columns) + vector_width, nP=3, dropout=0.0, normalize=True)
    model: Model[list[Doc], list[Any]] = Model(
        "lexicon_embed",
        _forward,
        init=_initialize,
        layers=[hashed, mixer],
        dims={"nO": width, "nI": None},
        attrs={"state": _State(WordVectors.empty(vector_width))},
    )
    return model


class _State:
    """The word vectors, and what the layer keeps of the forms it met (which is not saved)."""

    def __init__(self, vectors: WordVectors) -> None:
        self.vectors = vectors
        self.known: dict[int, tuple[list[int], Any]] = {}
        self.rows: dict[int, int] = {}
        self.embedded: Any = None

    def look_up(self, orth: int, form: str) -> tuple[list[int], Any]:
        """Return the features and the vector of a form."""
        found = self.known.get(orth)
        if found is None:
            if len(self.known) >= _CACHED_FORMS:
                self.known.clear()
            ids, norm, lemma = features(form)
            found = self.known[orth] = ids, self.vectors.vector(norm, lemma)
        return found


@serialize_attr.register(_State)
def _serialize(_: _State, value: _State, name: str, model: Any) -> bytes:
    return value.vectors.to_bytes()


@deserialize_attr.register(_State)
def _deserialize(_: _State, value: bytes, name: str, model: Any) -> _State:
    return _State(WordVectors.from_bytes(value))


def set_vectors(nlp: Language, vectors: WordVectors) -> None:
    """Give the embedding layer of a pipeline its word vectors."""
    _embedding_layer(nlp).attrs["state"] = _State(vectors)


def forget(nlp: Language) -> None:
    """Drop the embeddings that the layer keeps: its weights were changed."""
    _embedding_layer(nlp).attrs["state"].rows.clear()


def _embedding_layer(nlp: Language) -> Model[list[Doc], list[Any]]:
    component: Any = nlp.get_pipe("tok2vec")
    model: Model[list[Doc], list[Any]] = component.model
    return next(node for node in model.walk() if node.name == "lexicon_embed")


def _initialize(model: Model[list[Doc], list[Any]], X: Any = None, Y: Any = None) -> None:
    hashed, mixer = model.layers
    hashed.initialize(X=np.zeros((2, len(COLUMNS)), dtype="uint64"))
    mixer.initialize()


def _gather(
    model: Model[list[Doc], list[Any]], orths: Any, docs: Sequence[Doc], hide: bool
) -> tuple[Any, Any]:
    state: _State = model.attrs["state"]
    strings = docs[0].vocab.strings
    found = [state.look_up(orth, strings[orth]) for orth in orths.tolist()]
    ids = np.array([one[0] for one in found], dtype="uint64")
    vectors = np.array([one[1] for one in found], dtype="float32")
    if hide:
        hidden = np.random.random(len(found)) < _HIDE_RATE
        for column in _HIDDEN:
            ids[hidden, column] = _UNKNOWN
        vectors[hidden] = 0
    return ids, vectors


def _forward(
    model: Model[list[Doc], list[Any]], docs: list[Doc], is_train: bool
) -> tuple[list[Any], Callable[[list[Any]], list[Doc]]]:
    hashed, mixer = model.layers
    lengths = [len(doc) for doc in docs]
    everything = np.concatenate([doc.to_array([ORTH]).reshape(-1) for doc in docs])
    bounds = np.cumsum(lengths)[:-1]
    if not is_train:
        return np.split(_embed(model, everything, docs), bounds), lambda _: []
    orths, places = np.unique(everything, return_inverse=True)
    ids, vectors = _gather(model, orths, docs, hide=True)
    rows, hashed_back = hashed(ids, True)
    wide = rows.shape[1]
    mixed, mixer_back = mixer(np.hstack([rows, vectors]), True)

    def backprop(gradients: list[Any]) -> list[Doc]:
        flat = np.zeros(mixed.shape, dtype="float32")
        np.add.at(flat, places, np.concatenate(gradients))
        hashed_back(np.ascontiguousarray(mixer_back(flat)[:, :wide]))
        return []

    return np.split(mixed[places], bounds), backprop


def _embed(model: Model[list[Doc], list[Any]], everything: Any, docs: Sequence[Doc]) -> Any:
    """Return the embeddings of forms, computing those that were not met before."""
    state: _State = model.attrs["state"]
    hashed, mixer = model.layers
    rows = state.rows
    listed = everything.tolist()
    new = [orth for orth in dict.fromkeys(listed) if orth not in rows]
    if new:
        if len(rows) + len(new) > _CACHED_FORMS:
            rows.clear()
            new = list(dict.fromkeys(listed))
        ids, vectors = _gather(model, np.array(new, dtype="uint64"), docs, hide=False)
        mixed = mixer.predict(np.hstack([hashed.predict(ids), vectors]))
        size = len(rows) + len(new)
        if state.embedded is None or size > len(state.embedded):
            grown = np.zeros((2 * size, mixed.shape[1]), dtype="float32")
            if rows:
                grown[: len(rows)] = state.embedded[: len(rows)]
            state.embedded = grown
        state.embedded[len(rows) : size] = mixed
        for orth in new:
            rows[orth] = len(rows)
    return state.embedded[[rows[orth] for orth in listed]]


def _is_punctuation(form: str) -> bool:
    return not any(character.isalnum() for character in form)


class FrenchDefaults(BaseDefaults):
    """Lexical attributes that patterns may ask for; no tokenizer rules, since words are given."""

    tokenizer_exceptions = {}  # noqa: RUF012
    prefixes = []  # noqa: RUF012
    suffixes = []  # noqa: RUF012
    infixes = []  # noqa: RUF012
    url_match = None
    token_match = None
    lex_attr_getters = {  # noqa: RUF012
        NORM: normalise,
        LOWER: str.lower,
        SHAPE: _shape,
        IS_ALPHA: str.isalpha,
        IS_DIGIT: str.isdigit,
        IS_SPACE: str.isspace,
        IS_PUNCT: _is_punctuation,
    }


class French(Language):  # type: ignore[no-untyped-call]
    """A spaCy language without the tables of `spacy.lang.fr`, whose import takes 2.9 s."""

    lang = "fr"
    Defaults = FrenchDefaults
