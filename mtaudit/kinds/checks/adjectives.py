"""Agreement of adjectives and participles with the noun of their phrase, near or far.

The words alone tell where to look, by what the dictionary leaves no doubt about; the syntax then
has to agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import DETERMINERS as AGREEMENT
from mtaudit.french.shapes import (
    GENDER,
    Shape,
    adjective,
    clash,
    collective,
    inflected,
    noun,
    third_person,
)
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.words import (
    BE,
    BEFORE_NOUN,
    BREAKS,
    DETERMINERS,
    HAVE,
    PREPOSITIONS,
    per_article,
)
from mtaudit.rulebook import Rule


def adjective_noun(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """An adjective or participle behind a noun that agrees with no noun of its phrase."""
    lexicon = resources.lexicon
    for index, places in _adjectives(annotated, lexicon):
        sentence = annotated.sentences[index]
        parsed = annotated.parsed(index, resources.syntax)
        for place in places:
            at = place - sentence.first
            if annotated.norms[place] in _SIDES or annotated.norms[place - 1] == "top":
                continue
            if parsed.dep[at] not in ("amod", "acl") or parsed.upos[at] not in ("ADJ", "VERB"):
                continue
            if any(
                parsed.dep[i] in ("conj", "cop", "aux:pass", "nsubj") and parsed.head[i] == at
                for i in range(len(parsed.head))
            ):
                continue
            head = parsed.head[at]
            if parsed.upos[head] != "NOUN" or head > at + 1:
                continue
            own = adjective(lexicon, annotated.norms[place])
            if own is None:
                continue
            # Every noun from the phrase's beginning on: the adjective may belong to any of them.
            first = head
            while (
                head < at
                and parsed.dep[first] in ("nmod", "conj", "appos", "obl")
                and parsed.head[first] < first
            ):
                first = parsed.head[first]
            nouns = [head]
            if head < at:
                nouns = [i for i in range(first, at) if parsed.upos[i] in ("NOUN", "PROPN")]
            shapes = [noun(lexicon, annotated.norms[sentence.first + i]) for i in nouns]
            if any(shape is None or not (clash(shape, own)) for shape in shapes):
                continue
            if any(
                annotated.norms[sentence.first + i] in ("et", "ou", "ni", ",")
                for i in range(max(0, first - 2), at + 2)
                if sentence.first + i < sentence.last
            ):
                continue
            shape = noun(lexicon, annotated.norms[sentence.first + head])
            if shape is None or collective(lexicon, annotated.norms[sentence.first + head]):
                continue
            # « avait à l'origine pourchassé »: a participle that belongs to an auxiliary.
            participle = all(e.upos != "ADJ" for e in lexicon.analyses(annotated.norms[place]))
            helpers = HAVE | BE if participle else BE
            if any(
                annotated.norms[i] in helpers for i in range(max(sentence.first, place - 7), place)
            ):
                continue
            # « la ministre française »: the determiner tells what the dictionary does not.
            if any(
                own.genders & AGREEMENT.get(annotated.norms[sentence.first + i], frozenset())
                and not clash(shape._replace(genders=GENDER), own)
                for i, dep in enumerate(parsed.dep)
                if dep == "det" and parsed.head[i] == head
            ):
                continue
            token = annotated.tokens[place]
            made = inflected(lexicon, annotated.norms[place], shape)
            yield Hit(rule, token.start, token.end, (made,) if made else ())


_SIDES: Final = frozenset(("droite", "gauche"))  # « d'extrême droite »
_FORE: Final = frozenset(
    "fort forte forts fortes faible faibles vaste vastes énorme énormes important importante "
    "importants importantes nombreux nombreuses différent différente différents différentes "
    "récent récente récents récentes véritable véritables immense immenses simple simples".split()
)


def adjective_noun_asks(annotated: Annotated, resources: Resources) -> set[int]:
    """Sentences with an adjective that agrees with none of the nouns before it."""
    return {index for index, _ in _adjectives(annotated, resources.lexicon)}


@per_article
def _adjectives(annotated: Annotated, lexicon: Lexicon) -> Iterator[tuple[int, list[int]]]:
    norms, tokens = annotated.norms, annotated.tokens
    for index, sentence in enumerate(annotated.sentences):
        if sentence.section == "furniture":
            continue
        found = []
        nouns: list[Shape] = []
        for i in range(sentence.first, sentence.last):
            norm = norms[i]
            if not norm[0].isalpha() or not tokens[i].text.islower():
                if norm in BREAKS or tokens[i].text[0].isupper():
                    nouns = []
                continue
            own = adjective(lexicon, norm) if nouns and i > sentence.first else None
            if norm.startswith(("anti", "multi", "pro")):
                own = None  # « antiémeutes » may stay as it is
            if (
                own
                and tokens[i - 1].text.islower()
                and noun(lexicon, norms[i - 1])
                and all(clash(each, own) for each in nouns)
            ):
                found.append(i)
            ahead = own or adjective(lexicon, norm)
            behind = noun(lexicon, norms[i + 1]) if i + 1 < sentence.last else None
            if (
                ahead
                and behind
                and norm in BEFORE_NOUN | _FORE
                and tokens[i + 1].text.islower()
                and ahead.numbers.isdisjoint(behind.numbers)
            ):
                found.append(i)
            shape = noun(lexicon, norm)
            if norm in ("et", "ou", "ni") or third_person(lexicon, norm):
                nouns = []
            elif shape and norm not in DETERMINERS and norm not in PREPOSITIONS:
                nouns.append(shape)
        if found:
            yield index, found
