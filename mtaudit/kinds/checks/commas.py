"""Commas that part what belongs together: the subject and its verb."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.shapes import DETERMINERS
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.words import BE, HAVE, SUBORDINATORS, flag, per_article, sentences
from mtaudit.rulebook import Rule

# Finite verbs that begin a predicate; behind a comma they follow a subject or an inserted phrase.
_PREDICATE: Final = (BE | HAVE | frozenset("peut peuvent doit doivent va vont".split())) - {
    "soit",
    "soient",
    "été",
    "ai",
}
# A phrase of fewer words before its comma is a title or an address: « Paris, a dit le maire ».
_SHORTEST: Final = 3
# « Le maire, a ajouté la préfète » has another subject, « le maire de son côté, a » half a pair.
_SAYING: Final = frozenset(
    "dit déclaré ajouté affirmé expliqué indiqué précisé estimé prévenu averti rapporté assuré "
    "souligné annoncé écrit raconté jugé conclu confié rappelé regretté".split()
)
_LINKS: Final = frozenset("enfin abord côté aussi ensuite également toutefois cependant".split())
_CLAUSES: Final = SUBORDINATORS - {"comme"}
_ELSEWHERE: Final = frozenset('( ) [ ] « » " “ ” : ; – — - ... … ? !'.split())


def comma_subject_verb(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A comma between a subject and its verb: « La peur de la crise, est répandue »."""
    for index, comma in _commas(annotated, resources):
        parsed = annotated.parsed(index, resources.syntax)
        first = annotated.sentences[index].first
        at = comma - first
        verb = at + 1
        if parsed.dep[verb] in ("aux", "aux:pass", "aux:tense", "cop"):
            verb = parsed.head[verb]
        if parsed.dep[verb] != "root":
            continue
        subjects = [
            k
            for k, head in enumerate(parsed.head)
            if head == verb and parsed.dep[k].startswith("nsubj")
        ]
        if len(subjects) == 1 and subjects[0] < at and _opens(annotated, first, subjects[0]):
            start, end = annotated.tokens[comma - 1], annotated.tokens[comma + 1]
            yield flag(annotated, rule, comma - 1, comma + 1, (f"{start.text} {end.text}",))


def comma_subject_verb_asks(annotated: Annotated, resources: Resources) -> set[int]:
    """Sentences in which a verb follows the only comma since the beginning."""
    return {index for index, _ in _commas(annotated, resources)}


def _opens(annotated: Annotated, first: int, subject: int) -> bool:
    """Whether the subject is the sentence's first phrase."""
    return subject <= 2 and "," not in annotated.norms[first : first + subject]


@per_article
def _commas(annotated: Annotated, resources: Resources) -> Iterator[tuple[int, int]]:
    """Sentence and place of commas to look at."""
    norms, tokens = annotated.norms, annotated.tokens
    starts = {sentence.first for sentence in sentences(annotated)}
    for index, sentence in enumerate(annotated.sentences):
        if sentence.first not in starts:
            continue
        opener = norms[sentence.first]
        if opener not in DETERMINERS and not resources.names.kinds(tokens[sentence.first].text):
            continue
        for i in range(sentence.first + 1, sentence.last - 2):
            norm = norms[i]
            if norm in _ELSEWHERE or norm in _CLAUSES:
                break
            if norm == ",":
                joined = norms[i + 1] == "et" and norms[i + 2] not in _PREDICATE
                if joined:
                    continue  # « A, et B, ont »: a pair of commas that only parts
                if i - sentence.first >= _SHORTEST and _predicate(annotated, i):
                    yield index, i
                break


def _predicate(annotated: Annotated, comma: int) -> bool:
    """Whether the words behind a comma go on from a subject before it."""
    norms = annotated.norms
    following = norms[comma + 2]
    return (
        norms[comma + 1] in _PREDICATE
        and norms[comma - 1] not in _LINKS
        and following[0] != "-"
        and following not in _SAYING
    )
