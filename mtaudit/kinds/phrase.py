"""Rules of kind `phrase`: patterns on tokens, found by the rarest word that each must hold.

All patterns share one table from word to patterns, so an article costs one look-up per token
and the work on patterns whose rarest word it holds; more rules cost next to nothing. Where a
pattern must hold a second word, that is looked for near the first before the pattern is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.forms import frequency
from mtaudit.french.inflect import like, mend_seams
from mtaudit.french.tokenizer import normalise
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.matching import LEXICAL, State, Step, compile_pattern
from mtaudit.kinds.pattern import (
    Choice,
    Class,
    Edge,
    Exact,
    Gap,
    Mark,
    Node,
    Not,
    Optional_,
    PatternError,
    Sequence_,
    Words,
    parse,
)
from mtaudit.kinds.plans import Lead, Plan
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_PART: Final = re.compile(r"<([^>]+)>|\\(\d)")
# A comma stands at 50 of 1,000 words of news; other marks are taken to be as frequent.
_MARK_FREQUENCY: Final = 50.0


@dataclass(frozen=True, eq=False)
class Pattern:
    """A pattern of a rule, known to be right; it is compiled where a match may begin.

    Attributes:
        leads: Where to look for it, see `Plan`.
        width: The most tokens that a match takes.
        tagged: Whether it names parts of speech that only the sentence can tell.
        nodes: None where the plan was known and the pattern is still to be parsed.
    """

    rule: Rule
    text: str
    leads: tuple[tuple[Lead, Lead | None], ...]
    width: int
    tagged: bool
    resources: Resources
    nodes: Sequence_ | None

    @cached_property
    def step(self) -> Step:
        """The pattern as a function of a state and the token at which the match begins."""
        lexicon = self.resources.lexicon
        return compile_pattern(
            self.nodes or parse(self.text, lexicon), lexicon, self.resources.names
        )


def compile_one(rule: Rule, text: str, key: str, resources: Resources) -> Pattern:
    """Compiles one pattern of a rule; a fault in it is told at its place in the rule file."""
    known = resources.plans.get(text)
    if known is not None:
        return Pattern(rule, text, *known, resources, None)
    try:
        nodes = parse(text, resources.lexicon)
    except PatternError as error:
        raise rule.error(
            f"{error} (in {text!r}, character {error.column + 1})", key, hint="see docs/rules.md"
        ) from error
    leads, _, width = _leads(nodes)
    if not leads:
        raise rule.error(
            f"the pattern {text!r} holds no word that a match must have",
            key,
            expected="at least one word or <lemma> that is not optional",
        )
    plan = Plan(tuple(map(_pair, _apart(nodes, leads))), width, _tagged(nodes))
    resources.plans.add(text, plan)
    return Pattern(rule, text, *plan, resources, nodes)


def _tagged(node: Node) -> bool:
    """Whether a tagger could tell more of the node than the lexicon."""
    match node:
        case Class(upos):
            return upos not in LEXICAL
        case Sequence_(nodes):
            return any(map(_tagged, nodes))
        case Choice(options):
            return any(map(_tagged, options))
        case Optional_(inner) | Not(inner):
            return _tagged(inner)
        case _:
            return False


def _apart(nodes: Sequence_, leads: list[Lead]) -> list[list[Lead]]:
    """The leads, alternative by alternative where only a choice has any."""
    if len(leads) == 1:
        for at, node in enumerate(nodes.nodes):
            if isinstance(node, Choice) and len(node.options) > 1 and _leads(node)[0]:
                before, after = nodes.nodes[:at], nodes.nodes[at + 1 :]
                return [_leads(Sequence_((*before, option, *after)))[0] for option in node.options]
    return [leads]


def _pair(leads: list[Lead]) -> tuple[Lead, Lead | None]:
    """The cheapest lead, and the cheapest of the others as counted from it."""
    found = min(leads, key=_price)
    others = [
        Lead(each.forms, each.least - found.most, each.most - found.least, each.frequency)
        for each in leads
        if each is not found
    ]
    return found, min(others, key=_price, default=None)


def _leads(node: Node) -> tuple[list[Lead], int, int]:
    """What every match of a node holds, and the least and the most tokens that it takes."""
    match node:
        case Words(forms):
            return [Lead(forms, 0, 0, sum(map(_frequency, forms)))], 1, 1
        case Sequence_(nodes):
            found: list[Lead] = []
            low = high = 0
            for each in nodes:
                leads, least, most = _leads(each)
                found += [
                    Lead(lead.forms, low + lead.least, high + lead.most, lead.frequency)
                    for lead in leads
                ]
                low += least
                high += most
            return found, low, high
        case Choice(options):
            parts = [_leads(option) for option in options]
            low = min(least for _, least, _ in parts)
            high = max(most for _, _, most in parts)
            if len(parts) == 1:
                return parts[0]
            if not all(leads for leads, _, _ in parts):
                return [], low, high
            best = [min(leads, key=_price) for leads, _, _ in parts]
            either = Lead(
                frozenset().union(*(lead.forms for lead in best)),
                min(lead.least for lead in best),
                max(lead.most for lead in best),
                sum(lead.frequency for lead in best),
            )
            return [either], low, high
        case Exact(text):
            form = normalise(text)
            return [Lead(frozenset((form,)), 0, 0, _frequency(form))], 1, 1
        case Gap(most):
            return [], 0, most
        case Optional_(inner):
            return [], 0, _leads(inner)[2]
        case Edge() | Not() | Mark():
            return [], 0, 0
        case _:
            return [], 1, 1


def _price(lead: Lead) -> float:
    """How much work a lead leaves: every place that it allows is tried."""
    return lead.frequency * (lead.most - lead.least + 1)


def _frequency(form: str) -> float:
    return frequency(form) if form[0].isalnum() else _MARK_FREQUENCY


class Index:
    """Patterns by the word that leads to them.

    Yields matches as (pattern, sentence, first token, state); one match per pattern and start.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        # The pattern, the tokens before its leading word, and where to look for which second one.
        self.by_form: dict[str, list[tuple[Pattern, int, int, frozenset[str], int, int]]] = {}
        for pattern in patterns:
            for lead, second in pattern.leads:
                near = second or Lead(lead.forms, 0, 0, 0.0)
                entry = (pattern, lead.least, lead.most, near.forms, near.least, near.most + 1)
                for form in lead.forms:
                    self.by_form.setdefault(form, []).append(entry)

    def matches(self, annotated: Annotated) -> Iterator[tuple[Pattern, Sentence, int, State]]:
        """All matches in an article, in no particular order."""
        norms, tokens, by_form = annotated.norms, annotated.tokens, self.by_form
        owner, sentences = annotated.sentence_of, annotated.sentences
        tried: set[tuple[int, int]] = set()
        for i in [i for i, norm in enumerate(norms) if norm in by_form]:
            sentence = sentences[owner[i]]
            for pattern, least, most, near, left, right in by_form[norms[i]]:
                if near.isdisjoint(norms[max(0, i + left) : max(0, i + right)]):
                    continue
                if sentence.section not in pattern.rule.sections:
                    continue
                for start in range(max(sentence.first, i - most), i - least + 1):
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

    def check(self) -> None:
        """All are compiled from the beginning."""

    def asks(self, annotated: Annotated) -> set[int]:
        """Sentences in which a pattern matches whose parts of speech are still to be told."""
        return {
            annotated.sentence_of[start]
            for pattern, _, start, _ in self._matches(annotated)
            if pattern.tagged
        }

    def _matches(self, annotated: Annotated) -> list[tuple[Pattern, Sentence, int, State]]:
        """What matches before the syntax is known."""
        return annotated.once(self, lambda: list(self.index.matches(annotated)))

    def hits(self, annotated: Annotated) -> Iterator[Hit]:
        """One hit per rule and place; of overlapping matches of a rule the first, longest one."""
        found: dict[str, list[tuple[int, int, Pattern, State]]] = {}
        for pattern, sentence, start, state in self._matches(annotated):
            if pattern.tagged and not self._told(pattern, annotated, start, state):
                continue
            antipatterns = self.unless.get(pattern.rule.id)
            if antipatterns and excused(antipatterns, annotated, sentence, start, state.end):
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

    def _told(self, pattern: Pattern, annotated: Annotated, start: int, state: State) -> bool:
        """Whether the pattern still matches, now that the sentence is parsed.

        The lexicon's readings let more through than the tagger, so a sentence is parsed only
        after they do.
        """
        state.parsed = annotated.parsed(annotated.sentence_of[start], self.resources.syntax)
        state.reset()
        return pattern.step(state, start)

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
        return mend_seams(" ".join(filled.split())) if filled != template else filled


def excused(
    antipatterns: Sequence[Pattern], annotated: Annotated, sentence: Sentence, start: int, end: int
) -> bool:
    """Whether an antipattern matches in the sentence and overlaps the tokens of a match."""
    for antipattern in antipatterns:
        for first in range(max(sentence.first, start - antipattern.width), end):
            other = State(annotated.tokens, annotated.norms, sentence.first, sentence.last)
            if antipattern.step(other, first) and first < end and other.end > start:
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
