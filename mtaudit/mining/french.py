"""French lemmas for counting: each form is given one, the same wherever it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from mtaudit.french.forms import function_forms
from mtaudit.french.lexicon import Analysis, Lexicon

_FUNCTION_POS: Final = frozenset(("DET", "PRON", "ADP", "CCONJ", "SCONJ", "NUM", "INTJ", "AUX"))
# Words of content by their part of speech that carry none; they follow syntax and style.
_LIGHT: Final = frozenset(
    "être avoir faire pouvoir devoir aller venir dire mettre vouloir falloir ne pas plus jamais "
    "aussi très bien encore même alors ainsi déjà donc puis ensuite toujours seulement tout ici là "
    "où quand comment pourquoi non oui peu moins trop assez autant tant presque plutôt surtout "
    "autre tel quel certain plusieurs quelque chaque aucun mieux seul aujourd'hui hier demain "
    "également toutefois cependant néanmoins pourtant afin chose notamment particulier".split()
)
# What stands before a noun and before no verb, and what stands before a verb and no noun.
_BEFORE_NOUN: Final = frozenset(
    "un une du au aux cet cette ces son sa ses mon ma mes notre nos votre vos leurs quel quelle "
    "plusieurs chaque aucun aucune nouveau nouvelle grand grande premier première".split()
)
_BEFORE_VERB: Final = frozenset(
    "il elle ils elles on je j' tu nous vous qui se s' ne n' y ai as a avons avez ont avait "
    "avaient aura auront aurait auraient ayant avoir est sont était étaient sera seront serait "
    "seraient été être pas jamais".split()
)
# Forms of two words in one: « des » is « de les » as often as the plural of « un ».
_FUSED: Final = frozenset("des du au aux".split())
_OPENING: Final = frozenset((*'.«»"“”:?!(-–—…‘[;*', "..."))


class Word(NamedTuple):
    """One token of a text.

    Attributes:
        form: Its normalised form.
        lemma: Of the form, in lower case.
        word: Whether it has letters; names count, marks and figures do not.
        content: Whether it is a word of content that a rule can be about, and no name.
    """

    form: str
    lemma: str
    word: bool
    content: bool


class FrenchLemmas:
    """Lemmas of French forms; where the dictionary reads a form in several ways, counts decide.

    « livre » is livre or livrer, « entreprise » a noun or a participle. Of a noun and a verb, the
    one wins before whose kind of word (« une », « cette »; « a », « qui ») the form stands more
    often; else the reading whose lemma has more forms in the text that only it explains.
    """

    def __init__(self, lexicon: Lexicon, texts: Iterable[Sequence[str]]) -> None:
        self._lexicon = lexicon
        counts: Counter[str] = Counter()
        self._nominal: Counter[str] = Counter()
        self._verbal: Counter[str] = Counter()
        for text in texts:
            counts.update(text)
            for before, form in pairwise(text):
                if before in _BEFORE_NOUN:
                    self._nominal[form] += 1
                elif before in _BEFORE_VERB:
                    self._verbal[form] += 1
        self._support: Counter[str] = Counter()
        for form, count in counts.items():
            lemmas = {reading.lemma for reading in self._readings(form)}
            if len(lemmas) == 1:
                self._support[lemmas.pop()] += count
        self._chosen: dict[str, Analysis | None] = {}

    def _readings(self, form: str) -> list[Analysis]:
        readings = self._lexicon.analyses(form)
        common = [reading for reading in readings if reading.common]
        return common or list(readings)

    def reading(self, form: str) -> Analysis | None:
        """The reading that a form is given; None for a word in no dictionary."""
        if form not in self._chosen:
            readings = self._readings(form)
            self._chosen[form] = max(readings, key=lambda r: self._weight(form, r), default=None)
        return self._chosen[form]

    def _weight(self, form: str, reading: Analysis) -> tuple[bool, float]:
        weight = float(self._support[reading.lemma] + 1)
        nominal, verbal = self._nominal[form] + 1, self._verbal[form] + 1
        if reading.upos == "VERB":
            weight *= verbal / nominal * 2
            if reading.feats & {"1", "2", "imper", "subj"}:
                weight /= 10
        else:
            weight *= nominal / verbal
            if reading.lemma == form:
                weight *= 10
        if reading.upos == "ADV" and reading.lemma == form:
            weight *= 3
        return reading.upos in _FUNCTION_POS, weight

    def lemma(self, form: str) -> str:
        """The lemma of a form in lower case; the form itself where it is in no dictionary."""
        if form in _FUSED:
            return form
        reading = self.reading(form)
        return reading.lemma.lower() if reading else form

    def content(self, form: str) -> bool:
        """Whether a form is a word of content."""
        reading = self.reading(form)
        if reading is None:
            return form.replace("-", "").isalpha() and len(form) > 2
        return reading.upos not in _FUNCTION_POS and reading.lemma not in _LIGHT and len(form) > 1

    def varies(self, lemma: str) -> bool:
        """Whether a lemma has several forms, so that a rule should name it as one."""
        return len(self._lexicon.forms(lemma)) > 1 or bool(function_forms(lemma))

    def words(self, tokens: Iterable[tuple[str, str]]) -> tuple[Word, ...]:
        """The words of a text from (text, norm) pairs; capitals inside a sentence make names."""
        found: list[Word] = []
        opens = True
        for text, norm in tokens:
            word = norm[0].isalpha()
            if not word:
                found.append(Word(norm, norm, False, False))
                opens = opens or norm in _OPENING
                continue
            known = self.reading(norm) is not None
            name = text[0].isupper() and not (opens and known)
            found.append(Word(norm, self.lemma(norm), True, not name and self.content(norm)))
            opens = False
        return tuple(found)
