"""Lemmas from the lexicon, chosen by the part of speech and the features of the word.

Pronouns and determiners follow the French treebanks of Universal Dependencies: the lemma of
"elle" is "lui", that of "nos" is "son".
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.language import Language
from spacy.tokens import Doc

from mtaudit.french.lexicon import Analysis, load_lexicon
from mtaudit.french.tokenizer import normalise

__all__ = ["LexiconLemmas", "lemmatize", "wanted_features"]

_NAMES: Final = {
    "Gender=Masc": "masc", "Gender=Fem": "fem", "Number=Sing": "sing", "Number=Plur": "plur",
    "Person=1": "1", "Person=2": "2", "Person=3": "3", "VerbForm=Inf": "inf",
}  # fmt: skip
# Mood and tense of a finite verb, by the lexicon's names.
_TENSES: Final = {
    ("Ind", "Pres"): "pres", ("Ind", "Imp"): "imperf", ("Ind", "Past"): "past_simple",
    ("Ind", "Fut"): "fut", ("Cnd", "Pres"): "cond", ("Sub", "Pres"): "subj",
    ("Sub", "Past"): "subj_imperf", ("Sub", "Imp"): "subj_imperf", ("Imp", "Pres"): "imper",
}  # fmt: skip
_ALIKE: Final = {
    "AUX": ("AUX", "VERB"), "VERB": ("VERB", "AUX"), "ADJ": ("ADJ", "NOUN"),
    "NOUN": ("NOUN", "ADJ"), "NUM": ("NUM", "DET"), "ADP": ("ADP",), "SCONJ": ("SCONJ", "CCONJ"),
}  # fmt: skip


def _closed() -> dict[tuple[str, str], str]:
    """Return the lemmas of function words: part of speech, lemma, forms."""
    table = """
        DET le: le la l' les
        DET un: un une des de d'
        DET du: du
        DET ce: ce cet cette ces
        DET son: mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
        DET tout: tout toute tous toutes
        DET quel: quel quelle quels quelles
        DET quelque: quelque quelques
        DET aucun: aucun aucune
        DET certain: certain certaine certains certaines
        DET différent: différents différentes
        DET divers: divers diverses
        DET nul: nul nulle
        DET tel: tel telle tels telles
        PRON lui: il elle lui le la l'
        PRON eux: ils elles eux les leur
        PRON moi: je j' me m' moi
        PRON toi: tu te t' toi
        PRON soi: se s' soi
        PRON nous: nous
        PRON vous: vous
        PRON on: on l'on
        PRON ce: ce c'
        PRON ça: ça
        PRON celui: celui celle ceux celles
        PRON celui-ci: celui-ci celle-ci ceux-ci celles-ci
        PRON celui-là: celui-là celle-là ceux-là celles-là
        PRON que: que qu'
        PRON qui: qui
        PRON lequel: lequel laquelle lesquels lesquelles auquel auxquels auxquelles duquel desquels
        PRON lequel: desquelles
        PRON un: un une uns unes
        PRON autre: autre autres
        PRON tout: tout tous toute toutes
        PRON quelqu'un: quelqu'un quelqu'une quelques-uns quelques-unes
        PRON certain: certains certaines certain
        PRON aucun: aucun aucune
        ADP de: de d' du des
        ADP à: à au aux
        ADP en: en ès
        ADP jusque: jusque jusqu'
        SCONJ que: que qu'
        SCONJ si: si s'
        SCONJ lorsque: lorsque lorsqu'
        SCONJ puisque: puisque puisqu'
        SCONJ quoique: quoique quoiqu'
        NUM un: un une
        ADJ tout: tout tous toute toutes
        ADJ quel: quel quels quelle quelles
        ADJ vieux: vieux vieil vieille vieilles
        NOUN monsieur: m. mm. monsieur messieurs
        NOUN madame: mme mmes madame mesdames
        NOUN docteur: dr dr.
        NOUN œil: œil yeux
        NOUN fois: fois
        NOUN fonds: fonds
        NOUN fils: fils
        NOUN vacances: vacances
        NOUN obsèques: obsèques
        VERB falloir: faut
        VERB pouvoir: pu
        ADV ne: ne n'
        ADV que: que qu'
    """
    found: dict[tuple[str, str], str] = {}
    for line in table.strip().splitlines():
        head, forms = line.split(": ")
        upos, lemma = head.split()
        found.update({(upos, form): lemma for form in forms.split()})
    return found


_CLOSED: Final = _closed()


@lru_cache(maxsize=30_000)
def lemmatize(form: str, upos: str, feats: str) -> str:
    """Return the dictionary form of a word.

    Args:
        upos: The part of speech of Universal Dependencies.
        feats: The features in its notation, such as `Gender=Fem|Number=Sing`.
    """
    if upos == "PROPN":
        return form
    norm = normalise(form)
    if upos == "PRON" and norm[0] == "-":
        norm = norm.removeprefix("-t").lstrip("-") if norm.startswith("-t-") else norm[1:]
    closed = _CLOSED.get((upos, norm))
    if closed is not None and not (norm == "l'" and "PronType=Ind" in feats):
        return closed
    if upos in ("PUNCT", "SYM", "NUM", "X"):
        return norm if upos != "X" else form
    if norm == "l'" and "PronType=Ind" in feats:
        return "on"
    analyses = load_lexicon().analyses
    readings = analyses(norm)
    if not readings and form[0] in "AEIO" and not form.isupper():  # "Etat" is "État"
        readings = analyses({"A": "à", "E": "é", "I": "î", "O": "ô"}[form[0]] + norm[1:])
    wanted = wanted_features(feats)
    best: tuple[int, int, int, str] | None = None
    for rank, kind in enumerate(_ALIKE.get(upos, (upos,))):
        for order, reading in enumerate(readings):
            if reading.upos == kind:
                conflicts = _conflicts(reading, wanted)
                if upos == "NOUN" and reading.lemma == norm and "plur" not in wanted:
                    conflicts -= 1  # "belle" is a noun of its own
                found = (rank, conflicts - 2 * reading.common, order, reading.lemma)
                if best is None or found < best:
                    best = found
    if best is not None:
        return best[3]
    if readings and upos in ("VERB", "AUX"):
        return readings[0].lemma
    return _guess(norm, upos, wanted)


def wanted_features(feats: str) -> frozenset[str]:
    """Return features in the lexicon's names."""
    pairs = dict(pair.split("=") for pair in feats.split("|")) if "=" in feats else {}
    names = {_NAMES[pair] for pair in feats.split("|") if pair in _NAMES}
    if pairs.get("VerbForm") == "Part":
        names.add("part_past" if pairs.get("Tense") == "Past" else "part_pres")
    elif pairs.get("VerbForm") == "Fin":
        tense = _TENSES.get((pairs.get("Mood", "Ind"), pairs.get("Tense", "Pres")))
        if tense:
            names.add(tense)
    return frozenset(names)


def _conflicts(reading: Analysis, wanted: frozenset[str]) -> int:
    return len(wanted - reading.feats) if reading.feats else 0


def _guess(norm: str, upos: str, wanted: frozenset[str]) -> str:
    """Return the likely lemma of a word that the lexicon lacks."""
    if upos == "VERB":
        if "part_pres" in wanted and norm.endswith("ant"):
            return norm[:-3] + "er"
        for ending in ("ées", "és", "ée", "é", "aient", "ait", "ent", "era", "e"):
            if "inf" not in wanted and norm.endswith(ending) and len(norm) > len(ending) + 2:
                return norm[: -len(ending)] + "er"
    if upos in ("NOUN", "ADJ") and "plur" in wanted and norm[-1:] == "s":
        norm = norm[:-1]
    return norm


class LexiconLemmas:
    """The component that gives each token its lemma."""

    def __init__(self, nlp: Language) -> None:
        self._strings = nlp.vocab.strings
        self._known: dict[tuple[int, ...], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of a Doc."""
        known = self._known
        lemmas = []
        strings = self._strings
        for key in map(tuple, doc.to_array([ORTH, POS, MORPH]).tolist()):
            lemma = known.get(key)
            if lemma is None:
                if len(known) > 30_000:
                    known.clear()
                orth, pos, morph = key
                lemma = known[key] = strings.add(
                    lemmatize(strings[orth], strings[pos], strings[morph])
                )
            lemmas.append(lemma)
        if lemmas:
            doc.from_array([LEMMA], _column(lemmas))
        return doc


def _column(values: list[int]) -> Any:
    import numpy as np

    return np.array(values, dtype="uint64").reshape(-1, 1)


@Language.factory("mtaudit_lemmas", assigns=["token.lemma"], requires=["token.pos", "token.morph"])
def make_lemmas(nlp: Language, name: str) -> LexiconLemmas:
    """Return the component for a pipeline."""
    return LexiconLemmas(nlp)
