"""Suggestions in good French: a word that replaces another takes its form, and seams are mended."""

from __future__ import annotations

import re
from typing import Final

from mtaudit.french.lexicon import Analysis, Lexicon

_VOWEL: Final = "aeiouyhàâäéèêëîïôöùûüœæAEIOUYHÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ"
# Words in h- before which French does not elide, as far as news uses them.
_H_ASPIRATE: Final = frozenset(
    "hache hachis haddock haillon hâle haleter hamster hanneton haras hareng hargne haricot "
    "harnais harpe harpon hennir héron herse hobby hochet hollande houblon houe houille huche "
    "huée huguenot huis hune huppe hussard hangar handball hasch haie haine hall halte hameau "
    "hanche handicap handicapé handicapée hangar hanter harcèlement hardi harem hasard hausse "
    "haut haute hauteur hautement hauts hautes havre hérisson hernie héros hêtre heurt heurter "
    "hibou hiérarchie hisser hockey hold-up homard honte honteux hors hotte houle housse huit "
    "huitième hurlement hurler hutte harceler halal hacker hameçonnage harcelé hamburger hip-hop "
    "hongrois hongroise hongrie hollandais hollande hausser onze onzième oui yacht yaourt yen "
    "yéménite yuan yougoslave".split()
)
_ELIDING: Final = re.compile(
    rf"\b([Ll]|[Dd]|[Qq]u|[Nn]|[Ss]|[Jj]|[Mm]|[Tt]|[Cc]|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)"
    rf"(?:e|(?<=[Ll])a)\s+(?=([{_VOWEL}][\w-]*))"
)
_IF_HE: Final = re.compile(r"\b([Ss])i\s+(?=ils?\b)")
_CONTRACTIONS: Final = (
    (re.compile(r"\b([Dd])e\s+le\s+(?=\w)"), r"\1u "),
    (re.compile(r"\b([Dd])e\s+les\b"), r"\1es"),
    (re.compile(r"\bà\s+le\s+(?=\w)"), "au "),
    (re.compile(r"\bÀ\s+le\s+(?=\w)"), "Au "),
    (re.compile(r"\bà\s+les\b"), "aux"),
    (re.compile(r"\bÀ\s+les\b"), "Aux"),
)


def elides(word: str) -> bool:
    """Whether French elides before the word: it begins with a vowel sound."""
    lowered = word.lower()
    return (
        bool(word)
        and word[0] in _VOWEL
        and lowered not in _H_ASPIRATE
        and lowered.rstrip("sx") not in _H_ASPIRATE
    )


def mend_seams(text: str) -> str:
    """Elides and contracts where words that were put together ask for it."""

    def elide(seam: re.Match[str]) -> str:
        return seam.group(1) + "'" if elides(seam.group(2)) else seam.group()

    text = _ELIDING.sub(elide, text)
    text = _IF_HE.sub(r"\1'", text)
    for pattern, contracted in _CONTRACTIONS:
        text = pattern.sub(contracted, text)
    return text


def like(lexicon: Lexicon, lemma: str, form: str, model_lemmas: frozenset[str]) -> str:
    """The form of a lemma that stands to it as `form` to its own lemma.

    Args:
        lemma: What replaces: `donner`, `président`.
        form: The word that is replaced, as it stands in the text.
        model_lemmas: Lemmas that the pattern named for it, to tell its readings apart.

    Returns:
        The lemma itself where the lexicon cannot inflect it so.
    """
    lowered = form.lower()
    readings = [
        analysis
        for analysis in lexicon.analyses(lowered)
        if not model_lemmas or analysis.lemma in model_lemmas
    ] or list(lexicon.analyses(lowered))
    return _match_case(_inflected(lexicon, lemma, readings) or lemma, form)


def _inflected(lexicon: Lexicon, lemma: str, readings: list[Analysis]) -> str | None:
    order = {"VERB": 0, "AUX": 0, "NOUN": 1, "ADJ": 2}
    for reading in sorted(readings, key=_finite_first):
        if reading.upos in order:
            found = lexicon.inflect(lemma, reading.upos, reading.feats)
            if found:
                return found
    return None


def _finite_first(reading: Analysis) -> tuple[int, int]:
    """The reading that news most often has: indicative before subjunctive and imperative, third
    person before the others, and for a form without gender or number (« pilote », « procès ») the
    one that the dictionary is entered under."""
    rare = {"subj": 2, "subj_imperf": 3, "imper": 3, "past_simple": 1}
    unlike = ("3" not in reading.feats) + ("fem" in reading.feats) + ("plur" in reading.feats)
    return max((rare.get(feature, 0) for feature in reading.feats), default=0), unlike


def _match_case(replacement: str, form: str) -> str:
    if form[:1].isupper() and replacement[:1].islower():
        return replacement[:1].upper() + replacement[1:]
    return replacement
