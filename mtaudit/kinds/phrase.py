"""Rules of kind `phrase`: patterns on tokens, found by the rarest word that each must hold.

All patterns share one table from word to patterns, so an article costs one look-up per token
and the work on patterns whose rarest word it holds; more rules cost next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.forms import frequency
from mtaudit.french.inflect import like, mend_seams
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.matching import State, Step, compile_pattern
from mtaudit.kinds.pattern import (
    PatternError,
    anchor,
    parse,
    widths,
)
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_PART: Final = re.compile(r"<([^>]+)>|\\(\d)")


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern of a rule.

    Attributes:
        forms: Words of which a match must hold one; `least` to `most` tokens before it.
        width: The most tokens that a match takes.
    """

    rule: Rule
    step: Step
    forms: frozenset[str]
    least: int
    most: int
    width: int


def compile_one(rule: Rule, text: str, key: str, resources: Resources) -> Pattern:
    """Compiles one pattern of a rule; a fault in it is told at its place in the rule file."""
    try:
        nodes = parse(text, resources.lexicon)
    except PatternError as error:
        raise rule.error(
            f"{error} (in {text!r}, character {error.column + 1})", key, hint="see docs/rules.md"
        ) from error
    found = anchor(nodes, frequency)
    if found is None:
        raise rule.error(
            f"the pattern {text!r} holds no word that a match must have",
            key,
            expected="at least one word or <lemma> that is not optional",
        )
    step = compile_pattern(nodes, resources.lexicon, resources.names)
    return Pattern(rule, step, found.forms, found.least, found.most, widths(nodes)[1])


class Index:
    """Patterns by the word that leads to them.

    Yields matches as (pattern, sentence, first token, state); one match per pattern and start.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.by_form: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            for form in pattern.forms:
                self.by_form.setdefault(form, []).append(pattern)

    def matches(self, annotated: Annotated) -> Iterator[tuple[Pattern, Sentence, int, State]]:
        """All matches in an article, in no particular order."""
        norms, tokens, by_form = annotated.norms, annotated.tokens, self.by_form
        owner, sentences = annotated.sentence_of, annotated.sentences
        tried: set[tuple[int, int]] = set()
        for i in [i for i, norm in enumerate(norms) if norm in by_form]:
            sentence = sentences[owner[i]]
            for pattern in by_form[norms[i]]:
                if sentence.section not in pattern.rule.sections:
                    continue
                for start in range(max(sentence.first, i - pattern.most), i - pattern.least + 1):
                    if (id(pattern), start) in tried:
                        continue
                    tried.add((id(pattern), start))
                    state = State(tokens, norms, sentence.first, sentence.last)
                    if pattern.step(state, start):
                        yield pattern, sentence, start, state


class PhraseMatcher:
    """All phrase rules, compiled."""

    def __init__(self, rules: Sequence[Rule], resources: Resources) -> None:
        self.resources = resources
        self.unless: dict[str, list[Pattern]] = {}
        patterns: list[Pattern] = []
        for rule in rules:
            patterns += [compile_one(rule, text, "match", resources) for text in rule.match]
            if rule.unless:
                self.unless[rule.id] = [
                    compile_one(rule, text, "unless", resources) for text in rule.unless
                ]
            check_suggestions(rule)
        self.index = Index(patterns)

    def hits(self, annotated: Annotated) -> Iterator[Hit]:
        """One hit per rule and place; of overlapping matches of a rule the first, longest one."""
        found: dict[str, list[tuple[int, int, Pattern, State]]] = {}
        for pattern, sentence, start, state in self.index.matches(annotated):
            antipatterns = self.unless.get(pattern.rule.id)
            if antipatterns and _excused(antipatterns, annotated, sentence, start, state):
                continue
            first = state.flag_start if state.flag_start >= 0 else start
            last = state.flag_end if state.flag_end >= 0 else state.end
            if first < last:
                found.setdefault(pattern.rule.id, []).append((first, -last, pattern, state))
        for matches in found.values():
            matches.sort(key=lambda match: match[:2])
            reached = -1
            for first, minus_last, pattern, state in matches:
                if first >= reached:
                    reached = -minus_last
                    yield self._hit(annotated, pattern, first, reached, state)

    def _hit(
        self, annotated: Annotated, pattern: Pattern, first: int, last: int, state: State
    ) -> Hit:
        text = annotated.article.text
        start, end = annotated.tokens[first].start, annotated.tokens[last - 1].end
        flagged = [
            (annotated.tokens[i].text, names) for i, names in state.lemmas if first <= i < last
        ]
        suggestions: list[str] = []
        for template in pattern.rule.suggest:
            made = self._suggestion(template, flagged, annotated, state)
            if first == annotated.sentences[annotated.sentence_of[first]].first:
                made = made[:1].upper() + made[1:] if text[start].isupper() else made
            if made != text[start:end] and made not in suggestions:
                suggestions.append(made)
        return Hit(pattern.rule, start, end, tuple(suggestions))

    def _suggestion(
        self,
        template: str,
        flagged: list[tuple[str, frozenset[str]]],
        annotated: Annotated,
        state: State,
    ) -> str:
        models = iter(flagged)

        def fill(part: re.Match[str]) -> str:
            if part.group(2):
                span = state.groups.get(int(part.group(2)))
                if span is None or span[0] == span[1]:
                    return ""
                tokens = annotated.tokens
                return annotated.article.text[tokens[span[0]].start : tokens[span[1] - 1].end]
            model = next(models, None)
            if model is None:
                return part.group(1)
            return like(self.resources.lexicon, part.group(1), *model)

        filled = _PART.sub(fill, template)
        return mend_seams(" ".join(filled.split(" ")).strip()) if filled != template else filled


def _excused(
    antipatterns: Sequence[Pattern],
    annotated: Annotated,
    sentence: Sentence,
    start: int,
    state: State,
) -> bool:
    """Whether an antipattern matches in the sentence and overlaps the match."""
    for antipattern in antipatterns:
        for first in range(max(sentence.first, start - antipattern.width), state.end):
            other = State(annotated.tokens, annotated.norms, sentence.first, sentence.last)
            if antipattern.step(other, first) and first < state.end and other.end > start:
                return True
    return False


def check_suggestions(rule: Rule) -> None:
    """Refuses a suggestion that repeats a group that no pattern of the rule has."""
    most = max((pattern.count("(") for pattern in rule.match), default=0)
    for template in rule.suggest:
        for number in re.findall(r"\\(\d)", template):
            if int(number) > most or int(number) == 0:
                raise rule.error(
                    f"the suggestion {template!r} repeats group {number}",
                    "suggest",
                    expected=f"a number from 1 to {most}" if most else "no group: there is none",
                )
