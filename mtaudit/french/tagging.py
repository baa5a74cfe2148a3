"""spaCy's morphologizer, which takes the lexicon's word for what a known form can be.

A small treebank shows few second persons, subjunctives or feminine plurals: the lexicon knows
that "sachions" is a subjunctive, whatever the forms near it. Labels that contradict every reading
of a known form are not forbidden, since the lexicon is not complete, but they lose points.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.pipeline.morphologizer import Morphologizer

from mtaudit.french.lemmas import wanted_features
from mtaudit.french.lexicon import Analysis, load_lexicon
from mtaudit.french.tokenizer import normalise

__all__ = ["LexiconMorphologizer", "faithful"]

# Measured on Sequoia dev, see docs/model.md.
_WRONG_FEATURES: Final = 4.0
_WRONG_UPOS: Final = 1.0
_OPEN: Final = frozenset({"NOUN", "ADJ", "VERB", "AUX", "ADV"})
_CACHED_FORMS: Final = 30_000
_FEATURES: Final = {
    "masc": ("Gender", "Masc"), "fem": ("Gender", "Fem"), "sing": ("Number", "Sing"),
    "plur": ("Number", "Plur"), "1": ("Person", "1"), "2": ("Person", "2"), "3": ("Person", "3"),
}  # fmt: skip
_VERBAL: Final[dict[str, dict[str, str]]] = {
    "inf": {"VerbForm": "Inf"},
    "part_pres": {"VerbForm": "Part", "Tense": "Pres"},
    "part_past": {"VerbForm": "Part", "Tense": "Past"},
    "pres": {"VerbForm": "Fin", "Mood": "Ind", "Tense": "Pres"},
    "imperf": {"VerbForm": "Fin", "Mood": "Ind", "Tense": "Imp"},
    "past_simple": {"VerbForm": "Fin", "Mood": "Ind", "Tense": "Past"},
    "fut": {"VerbForm": "Fin", "Mood": "Ind", "Tense": "Fut"},
    "cond": {"VerbForm": "Fin", "Mood": "Cnd", "Tense": "Pres"},
    "subj": {"VerbForm": "Fin", "Mood": "Sub", "Tense": "Pres"},
    "subj_imperf": {"VerbForm": "Fin", "Mood": "Sub", "Tense": "Past"},
    "imper": {"VerbForm": "Fin", "Mood": "Imp", "Tense": "Pres"},
}


class LexiconMorphologizer(Morphologizer):  # type: ignore[misc]
    """Parts of speech and features in one label, weighed by the lexicon."""

    _losses: dict[int, Any]

    def predict(self, docs: Any) -> Any:
        """Return the index of each token's label."""
        if not any(len(doc) for doc in docs):
            return super().predict(docs)
        strings = self.vocab.strings
        known = self.__dict__.setdefault("_losses", {})
        if len(known) > _CACHED_FORMS:
            known.clear()
        guesses = []
        for doc, scores in zip(docs, self.model.predict(docs), strict=True):
            losses = []
            for orth in doc.to_array([ORTH]).reshape(-1).tolist():
                loss = known.get(orth)
                if loss is None:
                    loss = known[orth] = self._loss(strings[orth])
                losses.append(loss)
            guesses.append(self._choose(scores, losses))
        return guesses

    def set_annotations(self, docs: Any, batch_tag_ids: Any) -> None:
        """Set parts of speech and features; what contradicts a known form is put right.

        A treebank lacks whole labels ("sachions" has none); and rules on agreement need what a form
        is, not what its neighbours would have it be.
        """
        super().set_annotations(docs, batch_tag_ids)
        known = self.__dict__.get("_losses", {})
        for doc, labels in zip(docs, batch_tag_ids, strict=True):
            orths = doc.to_array([ORTH]).reshape(-1).tolist()
            for at, (orth, label) in enumerate(zip(orths, labels, strict=True)):
                loss = known.get(orth)
                if loss is not None and loss[label] == _WRONG_FEATURES:
                    token = doc[at]
                    token.set_morph(faithful(token.text, token.pos_, str(token.morph)))

    def _choose(self, scores: Any, losses: list[Any]) -> Any:
        return (scores - np.array(losses)).argmax(axis=1) if losses else []

    def _loss(self, form: str) -> Any:
        """Return what each label loses for a form."""
        loss = np.zeros(len(self.labels), dtype="float32")
        readings = load_lexicon().analyses(normalise(form))
        if not readings:
            return loss
        for index, label in enumerate(self.labels):
            upos = _UPOS[self.cfg["labels_pos"].get(label, 0)]
            if upos in _OPEN:
                loss[index] = _cost(readings, upos, self.cfg["labels_morph"].get(label) or "")
        return loss


def _cost(readings: tuple[Analysis, ...], upos: str, feats: str) -> float:
    alike = ("VERB", "AUX") if upos in ("VERB", "AUX") else (upos,)
    fitting = [reading for reading in readings if reading.upos in alike]
    if not fitting:
        return _WRONG_UPOS
    wanted = wanted_features(feats)
    if any(wanted <= reading.feats or not reading.feats for reading in fitting):
        return 0.0
    return _WRONG_FEATURES


def faithful(form: str, upos: str, feats: str) -> str:
    """Return features that a reading of the form has, the nearest to those given."""
    alike = ("VERB", "AUX") if upos in ("VERB", "AUX") else (upos,)
    readings = [one for one in load_lexicon().analyses(normalise(form)) if one.upos in alike]
    wanted = wanted_features(feats)
    best = max(readings, key=lambda one: (len(wanted & one.feats), one.common), default=None)
    if best is None:
        return feats
    real = {_FEATURES[name][0]: _FEATURES[name][1] for name in best.feats if name in _FEATURES}
    if upos in ("VERB", "AUX"):
        for name in best.feats:
            real.update(_VERBAL.get(name, {}))
        found = real
    else:
        found = dict(pair.split("=") for pair in feats.split("|") if "=" in pair)
        found.update({key: value for key, value in real.items() if key in found})
    return "|".join(f"{key}={found[key]}" for key in sorted(found))


def _parts_of_speech() -> dict[int, str]:
    from spacy.parts_of_speech import NAMES

    return dict(NAMES)


_UPOS: Final = _parts_of_speech()


@Language.factory(
    "mtaudit_morphologizer",
    assigns=["token.morph", "token.pos"],
    default_config={"overwrite": True, "extend": False, "label_smoothing": 0.0},
)
def make_morphologizer(
    nlp: Language, name: str, model: Any, overwrite: bool, extend: bool, label_smoothing: float
) -> LexiconMorphologizer:
    """Return the component for a pipeline."""
    return LexiconMorphologizer(
        nlp.vocab, model, name, overwrite=overwrite, extend=extend, label_smoothing=label_smoothing
    )
