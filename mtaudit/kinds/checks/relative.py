"""The verb of a relative clause: « des obstacles, qui se heurte »."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import SURE, collective, in_number, noun, third_person
from mtaudit.french.syntax import Parsed
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.before import nominal, verbal
from mtaudit.kinds.checks.words import DETERMINERS, JOINED, PREPOSITIONS, flag, lower, per_article
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_CLITICS: Final = frozenset("ne n' se s' le la l' les lui leur y en me m' te t' nous vous".split())
# Pronouns with « qui » right behind them, and the number of the verb that follows.
_HEADS: Final = {
    "ceux": "plur", "celles": "plur", "celui": "sing", "celle": "sing", "ce": "sing",
    "quelqu'un": "sing", "quiconque": "sing",
}  # fmt: skip
_MANY: Final = frozenset(
    "autres certains certaines plusieurs tous toutes beaucoup uns unes deux".split()
)
_FINAL: Final = ("moi", "toi", "nous", "vous", "lui", "elle", "eux", "elles")


def relative_verb(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A verb behind *qui* of a number that nothing before has that *qui* may stand for."""
    lexicon = resources.lexicon
    for index, places in _relatives(annotated, lexicon):
        sentence = annotated.sentences[index]
        parsed = annotated.parsed(index, resources.syntax)
        for qui, verb in places:
            number = third_person(lexicon, annotated.norms[verb])
            head = annotated.norms[qui - 1]
            if head not in _HEADS:
                found = _antecedent(annotated, sentence, parsed, qui, verb, lexicon)
                if found is None or not found.isdisjoint(number):
                    continue
            made = in_number(lexicon, annotated.norms[verb], "plur" if "sing" in number else "sing")
            yield flag(annotated, rule, verb, verb, (made,) if made else ())


def relative_verb_asks(annotated: Annotated, resources: Resources) -> set[int]:
    """Sentences with such a verb, by the words alone."""
    return {index for index, _ in _relatives(annotated, resources.lexicon)}


def _antecedent(
    annotated: Annotated,
    sentence: Sentence,
    parsed: Parsed,
    qui: int,
    verb: int,
    lexicon: Lexicon,
) -> frozenset[str] | None:
    """The numbers of the noun that the syntax makes a clause depend on."""
    at = qui - sentence.first
    clause = parsed.head[at]
    if parsed.dep[at].partition(":")[0] != "nsubj" or not parsed.dep[clause].startswith("acl"):
        return None
    own = verb - sentence.first
    if clause != own and parsed.head[own] != clause:
        return None
    noun_at = parsed.head[clause]
    norm = annotated.norms[sentence.first + noun_at]
    if noun_at > at or parsed.upos[noun_at] != "NOUN" or collective(lexicon, norm):
        return None
    shape = noun(lexicon, norm)
    return shape.numbers if shape else None


@per_article
def _relatives(
    annotated: Annotated, lexicon: Lexicon
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    norms = annotated.norms
    for index, sentence in enumerate(annotated.sentences):
        if sentence.section == "furniture":
            continue
        found = []
        for i in range(sentence.first + 1, sentence.last - 1):
            if norms[i] != "qui" or norms[i - 1] in PREPOSITIONS - {"comme"}:
                continue
            if norms[i - 1] == "," and "qui" in norms[sentence.first : i]:
                continue  # « ceux qui parlent, qui chantent »
            if verbal(lexicon, norms[i - 1]):
                continue  # « demandant qui »
            verb = i + 1
            while verb < sentence.last - 1 and norms[verb] in _CLITICS:
                verb += 1
            number = third_person(lexicon, norms[verb])
            if len(number) != 1 or not lower(annotated, verb):
                continue
            if norms[verb] not in SURE and noun(lexicon, norms[verb]):
                continue
            head = _HEADS.get(norms[i - 1])
            if head:
                if head not in number and norms[i - 2] not in ("et", "ou", ",", "tout", "c'"):
                    found.append((i, verb))
            elif not _possible(annotated, sentence, i, next(iter(number)), lexicon):
                found.append((i, verb))
        if found:
            yield index, found


def _possible(
    annotated: Annotated, sentence: Sentence, qui: int, number: str, lexicon: Lexicon
) -> bool:
    """Whether anything back to the last finite verb can have the number."""
    tokens, norms = annotated.tokens, annotated.norms
    nouns = 0
    joined = False
    for i in range(qui - 1, sentence.first - 1, -1):
        norm = norms[i]
        if norm in (";", ":") or (nouns and tokens[i].text.islower() and _finite(lexicon, norm)):
            break
        if norm in JOINED or norm in ("&", "dont", "lequel", "laquelle", "lesquels", "que", "qu'"):
            if norm in ("que", "qu'") and nouns:
                break
            joined = True
            continue
        if norm in ("un", "une") and norms[i + 1] in ("des", "de", "d'"):
            return True  # « l'un de ceux qui »
        if norm in ("les", "des", "ces") and not nominal(lexicon, norms[i + 1]):
            if number == "plur":
                return True  # « les plus riches qui »
            continue
        if norm in _MANY and norms[i + 1] in (",", "qui") and number == "plur":
            return True
        if norm in DETERMINERS or norm in PREPOSITIONS or not norm[0].isalnum():
            continue
        if norm[0].isdigit() or norm in _FINAL or norm.startswith("-"):
            return True
        if tokens[i].text[0].isupper() and (i > sentence.first or not nominal(lexicon, norm)):
            if i == sentence.first and lexicon.analyses(norm):
                continue
            if number == "sing" or norm[-1] in "sxz" or tokens[i].text.isupper():
                return True
            nouns += 1
            continue
        shape = nominal(lexicon, norm)
        if shape is None:
            if norms[i - 1] in DETERMINERS and any(
                number in each.feats for each in lexicon.analyses(norm)
            ):
                return True
            continue
        nouns += 1
        if number in shape.numbers or collective(lexicon, norm):
            return True
    return not nouns or (joined and number == "plur")


def _finite(lexicon: Lexicon, form: str) -> bool:
    return verbal(lexicon, form) == "finite"
