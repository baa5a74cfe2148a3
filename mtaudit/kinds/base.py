"""What the kinds of rule share: the interface, the hits they yield, and context for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from mtaudit.annotate import Annotated
from mtaudit.french.english import English
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.names import Names
from mtaudit.kinds.plans import Plans
from mtaudit.model import Severity
from mtaudit.rulebook import Rule
from mtaudit.source.lemmas import EnglishLemmas

if TYPE_CHECKING:
    from mtaudit.french.syntax import Syntax


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
    """What rules look things up in.

    Attributes:
        plans: What is known of the rules' patterns already.
        model: The spaCy pipeline that parses; the one that comes with mtaudit where empty.
    """

    lexicon: Lexicon
    names: Names
    english: English
    plans: Plans = field(default_factory=Plans)
    model: str = ""

    @cached_property
    def syntax(self) -> Syntax:
        """The pipeline that parses sentences, loaded when one is first asked for."""
        from mtaudit.french.syntax import load_syntax

        return load_syntax(self.model)

    @cached_property
    def lemmas(self) -> EnglishLemmas:
        """The lemmas of English words, for what reads the source."""
        return EnglishLemmas(self.english)


class Matcher(Protocol):
    """All rules of one kind, made ready to run on articles."""

    def check(self) -> None:
        """Compiles what was put off until it is needed; RuleError tells a rule that is wrong."""

    def asks(self, annotated: Annotated) -> set[int]:
        """The sentences whose syntax `hits` will ask for, by index, as far as can be foreseen."""

    def hits(self, annotated: Annotated) -> Iterable[Hit]:
        """Yields what the rules find in an article, in any order."""


class Kind(Protocol):
    """Makes a matcher of the rules of one kind; raises RuleError for a rule that is wrong."""

    def __call__(self, rules: Sequence[Rule], resources: Resources) -> Matcher:
        """Compiles the rules."""
