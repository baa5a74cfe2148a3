"""Negations of the English that the French lost, and such as it gained."""

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
from mtaudit.source.align import Pair
from mtaudit.source.links import Links

_NOT: Final = re.compile(
    r"(?i)\b(?:not|cannot|never|(?:is|was|are|were|do|does|did|have|has|had|ca"
    r"|wo|would|could|should)n['’]t)\b"
)
# What looks like a negated verb and is none: « not only », « whether or not », tag questions.
_OTHER: Final = re.compile(
    r"(?i)\b(?:whether or not|if not|or not|why not|not (?:only|just|least|to mention|even|quite"
    r"|necessarily|far|long|too|really|yet|all|every\w*|unlike|without|un\w+|in\w+|im\w+|dis\w+"
    r"|a (?:few|little)|until|before|\w*less|more|merely|simply|so|much|many)"
    r"|not\b[^.;]*\bbut\b|\w+n['’]t (?:it|they|he|she|we|you|there|that)\s*\?|cannot (?:but|help)"
    r"|n[eo][vt]\w* (?:\w+ )?(?:more|better|less|fail\w*|miss\w*|forget|refuse|deny|lack))\b"
)
# Anything that a French negation may stand for.
_NEGATIVE: Final = re.compile(
    r"(?i)\b(?:not?|nor|non|cannot|never|none|nobody|nothing|nowhere|neither|without|\w+n['’]?t"
    r"|hardly|barely|scarcely|rarely|seldom|few|little|less|least|only|just|but|any\w*|ever|unless"
    r"|until|till|before|rather|instead|than|too|yet|fail\w*|refus\w+|den(?:y|ies|ied|ial)|lack\w*"
    r"|miss\w*|avoid\w*|prevent\w*|stop\w*|ban\w*|declin\w+|reject\w*|ignor\w+|los[ets]\w*|absent"
    r"|absence|(?:un|in|im|ir|il|dis|mis|non-?)\w{4,}|\w+less|out of|away|from|afraid|fear\w*"
    r"|doubt\w*|resist\w*|oppos\w+|cease\w*|end\w*|longer|no-\w+|alone|last|except|exclud\w+"
    r"|beyond|against|off|remain\w*|still|forg[eo]t\w*|hesitat\w+|spare\w*|hard|difficult\w*"
    r"|merely|simply|solely|nil|zero|void|quit\w*|abandon\w*|drop\w*|with[dh]\w+|halt\w*|matter"
    r"|mind|regardless|what\w*|why|far|short|careful\w*|worth)\b"
)
_FRENCH: Final = frozenset(
    "ne n' pas non ni jamais rien aucun aucune nul nulle nullement personne guère sans faute hors "
    "loin plutôt lieu peu défaut rare rares rarement sauf échec absence absent contre contraire "
    "impossible incapable difficile difficilement seul seule seulement uniquement moins mal "
    "insuffisant insuffisamment doute perte manque refus".split()
)
_FRENCH_VERBS: Final = frozenset(
    "refuser nier manquer échouer éviter empêcher cesser ignorer rejeter perdre démentir exclure "
    "oublier renoncer hésiter priver interdire abstenir négliger omettre dénier contester arrêter "
    "rater tarder suffire exempter épargner".split()
)
_PREFIXES: Final = ("in", "im", "ir", "il", "dés", "dé", "més", "mé", "mal", "non-", "anti")
_PAS: Final = frozenset(("pas", "jamais", "aucun", "aucune", "rien"))
# A free translation turns sentences round: so many words of it must have been found.
_LITERAL: Final = 0.75
_REACH: Final = 3


def negation_lost(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A negated verb of the English whose French stands in a stretch without any negation."""
    segments = read(annotated, resources).segments
    for index, reading in enumerate(segments):
        english = reading.pair.english
        negations = list(_NOT.finditer(_OTHER.sub(_blank, english)))
        if not negations or not _literal(reading):
            continue
        beside = segments[max(0, index - 1) : index + 2]
        if any(_negates(annotated, other.pair, resources.lexicon) for other in beside):
            continue
        for negation in negations:
            place = _verb(reading.links, negation.end())
            if place is None:
                continue
            word, said = reading.links.french[place], negation.group()
            yield Hit(
                rule,
                word.start,
                word.end,
                (),
                {"fr": f"l'anglais nie (« {said} »)", "en": f"English negates (“{said}”)"},
                source_text=english,
            )


def negation_gained(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """« ne ... pas » beside English that holds nothing negative."""
    norms, tokens = annotated.norms, annotated.tokens
    for reading in read(annotated, resources).segments:
        if _NEGATIVE.search(reading.pair.english) or not _literal(reading):
            continue
        first, last = _tokens(annotated, reading.pair)
        for i in range(first, last):
            if norms[i] not in ("ne", "n'"):
                continue
            pas = next((k for k in range(i + 1, min(i + 6, last)) if norms[k] in _PAS), None)
            # « ne vous rappelle-t-il pas ... ? » asks for a yes.
            if pas is None or "?" in norms[pas:last]:
                continue
            # « n'hésite pas », « ne manquera pas » say yes, of which the English has no word.
            denied = tokens[i].end, tokens[min(pas + _REACH, last - 1)].end
            if not _rendering(reading.links, *denied):
                continue
            yield Hit(
                rule,
                tokens[i].start,
                tokens[pas].end,
                (),
                {"fr": "l'anglais ne nie rien", "en": "English negates nothing"},
                source_text=reading.pair.english,
            )


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _literal(reading: Reading) -> bool:
    content = [i for i, word in enumerate(reading.links.english) if word.content]
    return len(reading.links.rendered) >= _LITERAL * len(content) > 0


def _verb(links: Links, after: int) -> int | None:
    """The French of what a negation denies, by index; of what stands nearest, if that is lost."""
    behind = [i for i, word in enumerate(links.english) if word.start >= after and word.content]
    found = [links.partner[i] for i in behind[:_REACH] if i in links.partner]
    return found[0] if found else None


def _rendering(links: Links, start: int, end: int) -> bool:
    """Whether the first content word of a stretch of the French renders a word of the English."""
    for j, word in enumerate(links.french):
        if word.start >= start and word.start < end and word.content:
            return j in links.partner.values()
    return False


def _tokens(annotated: Annotated, pair: Pair) -> tuple[int, int]:
    """The tokens of a pair's French, half-open."""
    tokens: Sequence[tuple[object, ...]] = annotated.tokens
    return (
        bisect_left(tokens, pair.start, key=_start),
        bisect_left(tokens, pair.end, key=_start),
    )


def _start(token: tuple[object, ...]) -> int:
    start = token[0]
    assert isinstance(start, int)
    return start


def _negates(annotated: Annotated, pair: Pair, lexicon: Lexicon) -> bool:
    first, last = _tokens(annotated, pair)
    return any(_negative(norm, lexicon) for norm in annotated.norms[first:last])


@lru_cache(maxsize=16_384)
def _negative(norm: str, lexicon: Lexicon) -> bool:
    """Whether a French word says no in any way: « ne », « sans », « refuser », « inutile »."""
    if norm in _FRENCH or any(reading.lemma in _FRENCH_VERBS for reading in lexicon.analyses(norm)):
        return True
    return any(
        norm.startswith(prefix)
        and len(norm) > len(prefix) + 3
        and lexicon.knows(norm[len(prefix) :])
        for prefix in _PREFIXES
    )
