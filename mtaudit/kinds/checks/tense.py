"""A past of the English that became a present in an article told in the past."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.readings import Reading, read
from mtaudit.rulebook import Rule
from mtaudit.source.translations import load_translations
from mtaudit.source.words import Word, past_tense

# History and what people say are told in the present by good writers too.
_OTHER_TIME: Final = re.compile(
    r"\b(?:1\d\d\d|20\d\d)\b|centur|[Yy]ears? (?:later|earlier|ago)|[\"“;]"
)
# Behind these an English form in -ed is a participle, or a present perfect.
_NOT_PAST_BEFORE: Final = frozenset(
    "have has had having be been being is are was were am get got gets getting to will would can "
    "could may might must shall should did do does didn't don't doesn't".split()
)
_NOT_PAST_JUST_BEFORE: Final = frozenset(
    "the a an of and or by in with for as its their his her than when if while where once , ( "
    "-".split()
)
_PAST_AUXILIARIES: Final = frozenset(
    "a ont avait avaient était étaient fut furent eut eurent".split()
)
_BEFORE_PARTICIPLE: Final = frozenset(("a", "ont", "avait", "est", "sont", ",", '"', "»", "-", "–"))
# The French verb must be what the English one usually becomes.
_STRONG: Final = 0.2
_PAST_SHARE: Final = 0.5


def past_in_present(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Verbs in the present for a past of the English, between sentences in the past."""
    segments = read(annotated, resources).segments
    if not segments:
        return
    lexicon, table = resources.lexicon, load_translations()
    starts = [token.start for token in annotated.tokens]
    past = [_past(annotated, reading, starts, lexicon) for reading in segments]
    if sum(past) < _PAST_SHARE * len(past):
        return
    for index, reading in enumerate(segments):
        beside = [past[k] for k in (index - 1, index + 1) if 0 <= k < len(past)]
        if not beside or not all(beside) or _OTHER_TIME.search(reading.pair.english):
            continue
        english, french = reading.links.english, reading.links.french
        for i, j in reading.links.partner.items():
            word, verb = english[i], french[j]
            if not _in_past(english, i) or not _only_present(verb.text.lower(), lexicon):
                continue
            at = bisect_left(starts, verb.start)
            if at and annotated.norms[at - 1] in _BEFORE_PARTICIPLE:
                continue
            if table.english(word.key).others.get(verb.key, 0.0) < _STRONG:
                continue
            yield Hit(
                rule,
                verb.start,
                verb.end,
                (),
                {"fr": f"l'anglais dit « {word.text} »", "en": f"English says “{word.text}”"},
                source_text=word.text,
            )


def _in_past(english: Sequence[Word], i: int) -> bool:
    """Whether an English word is a verb in the simple past."""
    word = english[i]
    if not word.text.islower() or not past_tense(word.text, word.key):
        return False
    before = [other.text.lower() for other in english[max(0, i - 3) : i]]
    if not before or before[-1] in _NOT_PAST_JUST_BEFORE:
        return False
    return not any(form in _NOT_PAST_BEFORE or form.endswith(("'ve", "n't")) for form in before)


def _past(annotated: Annotated, reading: Reading, starts: Sequence[int], lexicon: Lexicon) -> bool:
    """Whether a segment tells in the past."""
    first = bisect_left(starts, reading.pair.start)
    last = bisect_left(starts, reading.pair.end)
    return any(
        norm in _PAST_AUXILIARIES or _only_past(norm, lexicon)
        for norm in annotated.norms[first:last]
    )


@lru_cache(maxsize=16_384)
def _only_past(norm: str, lexicon: Lexicon) -> bool:
    readings = lexicon.analyses(norm)
    return any("past_simple" in r.feats or "imperf" in r.feats for r in readings) and not any(
        "pres" in r.feats for r in readings
    )


@lru_cache(maxsize=16_384)
def _only_present(norm: str, lexicon: Lexicon) -> bool:
    """Whether a form is a verb in the present, third person, and nothing else."""
    readings = lexicon.analyses(norm)
    if not all(r.upos in ("VERB", "AUX") for r in readings if r.common):
        return False
    return any("pres" in r.feats and "3" in r.feats for r in readings) and not any(
        "past_simple" in r.feats or "part_past" in r.feats for r in readings
    )
