"""What the kinds of rule share: the interface, the hits they yield, and context for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from mtaudit.annotate import Annotated
from mtaudit.french.english import English
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.names import Names
from mtaudit.kinds.plans import Plans
from mtaudit.model import Severity
from mtaudit.rulebook import Rule
from mtaudit.source.lemmas import EnglishLemmas


@dataclass(frozen=True)
class Hit:
    """What a rule found, before it is turned into a finding.

    Attributes:
        start, end: Half-open, in characters of `article.text`.
        detail: For the message: what the evidence was, by language (`fr`, `en`).
        severity: In place of the rule's own, where the case at hand is graver or lighter.
        source_text: The English that proves it, of rules that need the source; such a hit is
            confirmed.
    """

    rule: Rule
    start: int
    end: int
    suggestions: tuple[str, ...] = ()
    detail: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None
    source_text: str | None = None


@dataclass(frozen=True)
class Resources:
    """What rules look things up in; `plans` is what is known of their patterns already."""

    lexicon: Lexicon
    names: Names
    english: English
    plans: Plans = field(default_factory=Plans)

    @cached_property
    def lemmas(self) -> EnglishLemmas:
        """The lemmas of English words, for what reads the source."""
        return EnglishLemmas(self.english)


class Matcher(Protocol):
    """All rules of one kind, made ready to run on articles."""

    def hits(self, annotated: Annotated) -> Iterable[Hit]:
        """Yields what the rules find in an article, in any order."""


class Kind(Protocol):
    """Makes a matcher of the rules of one kind; raises RuleError for a rule that is wrong."""

    def __call__(self, rules: Sequence[Rule], resources: Resources) -> Matcher:
        """Compiles the rules."""
