"""The values that the stages of an audit hand on: all frozen, none knows a later stage.

Offsets everywhere are half-open and count Unicode code points of `article.text`.
"""

from __future__ import annotations

import bisect
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple

Severity = Literal["neutral", "minor", "major", "critical"]
SEVERITIES: Final[tuple[Severity, ...]] = ("neutral", "minor", "major", "critical")

Evidence = Literal["suspect", "confirmed"]

FAMILIES: Final = (
    "apostrophe",
    "calque",
    "idiom",
    "sense",
    "anglicism",
    "untranslated",
    "word-order",
    "grammar",
    "name",
    "number",
    "quote",
    "typography",
    "structure",
    "omission",
    "addition",
    "register",
)

SectionKind = Literal[
    "headline", "dateline", "body", "heading", "caption", "teaser", "teaser-headline", "furniture",
    "lead", "quotation",
]  # fmt: skip
BODY: Final[frozenset[SectionKind]] = frozenset(("body", "lead", "quotation"))
"""What is meant where the body is named: only some formats tell lead and quotations apart."""


@dataclass(frozen=True)
class GoldSpan:
    """An artifact that an annotator marked.

    Attributes:
        agreement: How many annotators saw it. 2 counts; 1 is neither rewarded nor punished.
        evidence: The least that shows the error: surface, document, source or world.
    """

    article: str
    start: int
    end: int
    text: str
    category: str
    severity: str = "minor"
    evidence: str = "surface"
    agreement: int = 2
    fix: str = ""
    why: str = ""


class Unit(NamedTuple):
    """A stretch of an article's text that its file holds as a unit of its own.

    Attributes:
        start, end: Half-open, in characters of the article's text.
        name: How the format names it: the id of an XLIFF unit, a path in a JSON document.
        line: The line of the file where it begins, counted from 1; 0 where the format has none.
    """

    start: int
    end: int
    name: str
    line: int = 0


@dataclass(frozen=True)
class Article:
    """One article as it was read.

    Attributes:
        id: Unique within a run: the file's path, or the id that the input gives.
        text: The text to the character; every offset points into it.
        path: The file it came from, as given on the command line; `-` is standard input.
        title: A headline given outside the text (JSON Lines `title`); not part of `text`.
        source: The English that was translated, where it is known.
        reference: A translation made by people, where there is one.
        gold: Marks of an annotated article (corpus files), in reading order.
        markup: `markdown` where marks of Markdown are part of the text, else `plain`.
        metadata: Keys of the input that mtaudit does not know.
        line: Where in its file a line holds the whole article (JSON Lines), counted from 1; else 0.
        units: The units of its file in reading order, where the format has such.
        parts: The parts of the article that its file names, in reading order and without overlap;
            what none of them holds is told apart by what it says (`mtaudit.sections`).
    """

    id: str
    text: str
    path: str = ""
    title: str | None = None
    source: str | None = None
    reference: str | None = None
    system: str | None = None
    date: str | None = None
    url: str | None = None
    markup: Literal["plain", "markdown"] = "plain"
    gold: tuple[GoldSpan, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    line: int = field(default=0, compare=False)
    units: tuple[Unit, ...] = ()
    parts: tuple[Section, ...] = ()

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        starts = [0]
        position = self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return tuple(starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        line = bisect.bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def unit_at(self, offset: int) -> Unit | None:
        """The unit of the file that holds a character; None between units and without any.

        Its end belongs to it: something may be missing there.
        """
        index = bisect.bisect_right(self.units, (offset, sys.maxsize)) - 1
        if index < 0 or offset > self.units[index].end:
            return None
        return self.units[index]


class Token(NamedTuple):
    """A word, number or mark of an article.

    Attributes:
        norm: Lower case, with the typographic apostrophe made straight: what rules compare.
        space: Whether white space follows.
    """

    start: int
    end: int
    text: str
    norm: str
    space: bool


class Section(NamedTuple):
    """A stretch of an article that plays one part in it, such as headline or teaser."""

    kind: SectionKind
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence, as a half-open range of token indices; `section` is the part it stands in."""

    first: int
    last: int
    section: SectionKind


@dataclass(frozen=True)
class Finding:
    """One artifact that a rule found.

    Attributes:
        start, end: Half-open, in characters of `article.text`.
        confidence: The measured precision of the rule for this evidence, 0 to 1.
        suggestions: Texts to put in place of `text`, best first; may be empty.
        source_text: The English in the aligned source, where that confirmed the finding.
        gates: Whether the finding counts for the gate by default.
        fingerprint: Stable against edits elsewhere: rule, words and the words around them.
        unit: The name of the file's unit that holds it, empty where the format has none.
        messages: `message` in every language that rules speak, by its code; `message` itself is in
            the language of the run.
    """

    rule: str
    family: str
    severity: Severity
    confidence: float
    evidence: Evidence
    start: int
    end: int
    line: int
    column: int
    text: str
    message: str
    suggestions: tuple[str, ...]
    source_text: str | None
    section: SectionKind
    gates: bool
    fingerprint: str
    unit: str = ""
    messages: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Score:
    """What the findings of a text come to; see `mtaudit.score` for the formulas.

    Attributes:
        penalty: Weighted findings per 1,000 words.
        interval: Lower and upper bound of the score at 95 %, given for short texts.
    """

    words: int
    points: float
    penalty: float
    score: float
    passed: bool
    interval: tuple[float, float] | None = None


class MetricScore(NamedTuple):
    """A metric against references, and what produced it.

    Attributes:
        score: 0 to 100; TER may exceed 100, and its best is 0.
        signature: sacreBLEU's; two scores compare only if their signatures are equal.
        interval: Lower and upper bound at 95 %; None where there are too few segments to tell.
    """

    score: float
    signature: str
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Metrics:
    """Metrics against references, see `mtaudit.metrics`.

    Attributes:
        scores: By the name of the metric, best first; None for one that was not computed.
        segments: How many sentences, lines or whole texts were held against their reference.
        articles: How many articles have a reference.
    """

    scores: Mapping[str, MetricScore | None]
    segments: int
    articles: int = 1


@dataclass(frozen=True)
class ArticleResult:
    """An article, its findings in reading order, and its score.

    Attributes:
        language: ISO 639-1, as far as it can be told.
        metrics: Against its reference, where they were asked for and it has one.
    """

    article: Article
    findings: tuple[Finding, ...]
    score: Score
    language: str = "fr"
    metrics: Metrics | None = None


@dataclass(frozen=True)
class Problem:
    """An input that could not be audited, and why: kept beside the results, never hidden."""

    path: str
    message: str


@dataclass(frozen=True)
class RuleCard:
    """What formats for other programs tell of a rule.

    Attributes:
        title: Of its family, in the language of the messages.
        mqm: The MQM type, dimension first.
        flagged: A sentence that it flags; empty where there is none.
        passed: A sentence that it lets be.
    """

    id: str
    family: str
    title: str
    mqm: str
    severity: Severity
    confidence: float
    gates: bool
    english: tuple[str, ...] = ()
    suggest: tuple[str, ...] = ()
    flagged: str = ""
    passed: str = ""


@dataclass(frozen=True)
class Report:
    """What an audit yields: results in the order of the input, and the signature of the run.

    Attributes:
        total: The score of all articles taken as one text.
        rules: How many rules ran.
        cards: Of the rules that found something, in order of their ids.
        metrics: Of all articles that have a reference, where they were asked for.
    """

    results: tuple[ArticleResult, ...]
    problems: tuple[Problem, ...]
    total: Score
    signature: str
    rules: int
    cards: tuple[RuleCard, ...] = ()
    metrics: Metrics | None = None
