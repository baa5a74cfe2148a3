"""Parts of speech, features, lemmas and dependencies of sentences, by a spaCy pipeline.

The pipeline that ships with mtaudit is trained by `training/train.py`; docs/model.md is its card.
Importing this module does not import spaCy: that happens when a pipeline is first asked to parse.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mtaudit.errors import DataMissing, SettingsError
from mtaudit.model import Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Parsed", "Syntax", "load_syntax"]

_TAGGERS: Final = ("morphologizer", "tagger")
_STRINGS: Final = 150_000  # forms after which the pipeline's vocabulary starts anew: some 30 MB
_BATCH: Final = 128


@dataclass(frozen=True)
class Parsed:
    """One sentence; every tuple has one value per token.

    Attributes:
        upos: Parts of speech of Universal Dependencies; "du" and "au" are ADP, with the features
            of their article.
        feats: Features such as `Gender=Fem`, see docs/model.md for the inventory.
        lemma: Dictionary forms; names keep their spelling.
        head: The index of the governor within the sentence; the root's is its own.
        dep: Relations of Universal Dependencies; the root's is `root`.
        doc: The same for spaCy's matchers; there the root's relation is `ROOT`.
    """

    upos: tuple[str, ...]
    feats: tuple[frozenset[str], ...]
    lemma: tuple[str, ...]
    head: tuple[int, ...]
    dep: tuple[str, ...]
    doc: Doc


class Syntax:
    """A spaCy pipeline as mtaudit uses it. It is loaded when it first parses.

    Attributes:
        name: Name and version, for the signature of a run.
    """

    def __init__(self, model: str = "") -> None:
        """Find a pipeline.

        Args:
            model: The name of an installed spaCy pipeline; empty for the one that mtaudit ships.

        Raises:
            SettingsError: No such pipeline is installed, or it cannot tag or parse.
            DataMissing: The package lacks its own pipeline.
        """
        self._model = model
        self._nlp: Language | None = None
        self._feats: dict[int, frozenset[str]] = {}
        if model:
            self._nlp = _installed(model)
            meta = self._nlp.meta
            self.name = f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"
        else:
            meta = _own_meta()
            self.name = f"{meta['name']}-{meta['version']}"

    @property
    def nlp(self) -> Language:
        """The spaCy pipeline; the words of its Docs have plain apostrophes."""
        if self._nlp is not None and not self._model and len(self._nlp.vocab.strings) > _STRINGS:
            self._nlp = None
        if self._nlp is None:
            self._nlp = _own()
            self._feats = {}
        return self._nlp

    def parse(self, sentences: Sequence[Sequence[Token]]) -> list[Parsed]:
        """Parse sentences, in batches: the result for each does not depend on the others."""
        from spacy.tokens import Doc

        nlp = self.nlp
        docs = []
        for sentence in sentences:
            if sentence:
                starts: list[bool | int | None] = [True]
                starts += [False] * (len(sentence) - 1)
                words = [_plain(token.text) for token in sentence]
                spaces = [token.space for token in sentence]
                docs.append(Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts))
        # The matrices are small: more than one thread each only makes them wait for one another
        # (five times the processor time on two busy cores, measured).
        with _threads().limit(limits=1, user_api="blas"):
            parsed = iter([self._read(doc) for doc in nlp.pipe(docs, batch_size=_BATCH)])
        return [next(parsed) if sentence else _nothing(nlp) for sentence in sentences]

    def _read(self, doc: Doc) -> Parsed:
        from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS

        strings = doc.vocab.strings
        pos, morph, lemma, dep, head = doc.to_array([POS, MORPH, LEMMA, DEP, HEAD]).T
        known = self._feats
        feats: list[frozenset[str]] = []
        for key in morph.tolist():
            found = known.get(key)
            if found is None:
                text = strings[key]
                pairs = text.split("|") if "=" in text else ()
                found = known[key] = frozenset(pairs)
            feats.append(found)
        return Parsed(
            upos=tuple([strings[key] for key in pos.tolist()]),
            feats=tuple(feats),
            lemma=tuple([strings[key] for key in lemma.tolist()]),
            head=tuple([at + shift for at, shift in enumerate(head.astype("int64").tolist())]),
            dep=tuple([_relation(strings[key]) for key in dep.tolist()]),
            doc=doc,
        )


@lru_cache(maxsize=1)
def _threads() -> Any:
    """What can set the number of threads of NumPy's matrix product, looked up once."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _plain(text: str) -> str:
    return text.replace("’", "'").replace("ʼ", "'") if "’" in text or "ʼ" in text else text


def _relation(dep: str) -> str:
    return "root" if dep == "ROOT" else dep


def _nothing(nlp: Language) -> Parsed:
    from spacy.tokens import Doc

    return Parsed((), (), (), (), (), Doc(nlp.vocab))


def model_folder() -> Path:
    """Return the folder of the pipeline that ships with the package."""
    return Path(__file__).parent / "model"


def _own_meta() -> Any:
    path = model_folder() / "meta.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _missing(path) from error


def _own() -> Language:
    from mtaudit.french.features import load_pipeline

    try:
        return load_pipeline(model_folder())
    except OSError as error:
        raise _missing(model_folder()) from error


def _missing(path: Path) -> DataMissing:
    return DataMissing(
        "the French pipeline of the package is missing or damaged",
        where=str(path),
        hint="reinstall mtaudit, or train it: python training/train.py",
    )


def _installed(model: str) -> Language:
    import spacy

    try:
        nlp = spacy.load(model)
    except (OSError, ImportError, ValueError) as error:
        raise SettingsError(
            f"model is {model!r}, which spaCy cannot load",
            expected="the name of an installed spaCy pipeline, or nothing for mtaudit's own",
            hint=f"python -m spacy download {model}",
        ) from error
    lacking = [] if "parser" in nlp.pipe_names else ["a parser"]
    if not any(name in nlp.pipe_names for name in _TAGGERS):
        lacking.append("a tagger or morphologizer")
    if lacking:
        raise SettingsError(
            f"model is {model!r}, which lacks {' and '.join(lacking)}",
            expected="a spaCy pipeline that tags and parses",
        )
    return nlp


@lru_cache(maxsize=4)
def load_syntax(model: str = "") -> Syntax:
    """Return a pipeline by name, found once per process; empty for the one that mtaudit ships.

    Raises:
        SettingsError: No such pipeline is installed, or it cannot tag or parse.
        DataMissing: The package lacks its own pipeline.
    """
    return Syntax(model)
