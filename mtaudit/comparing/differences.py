"""Which findings two translations of an article share, and which one of them has alone.

A finding is the same in both if the same rule found it in the same segment: there the two systems
had the same words to translate. Where a rule finds more in one than in the other, equal words
are taken for the same finding first. A rule that reports once per article is compared by article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from mtaudit.comparing.parallel import Row
from mtaudit.metrics import Cut, cut
from mtaudit.model import ArticleResult, Finding, Severity
from mtaudit.source.align import Alignment, align

_WORD: Final = re.compile(r"\w+")
# The share of words that two lines must have in common to be taken for the same one.
_ALIKE: Final = 0.2


@dataclass(frozen=True)
class Difference:
    """A finding that one of two systems has alone, and what stands in the same place elsewhere.

    Attributes:
        side: 0 for the baseline's, 1 for the other's.
        article: What both systems know the article by.
        place: The same, with the line of the finding where the article has several.
        own: The line that the finding stands in.
        start, end: The found words, half-open in characters of `own`.
        other: The same place in the other translation; empty where it cannot be told.
        source, reference: The same place in these; empty where there are none.
    """

    side: int
    article: str
    place: str
    finding: Finding
    own: str
    start: int
    end: int
    other: str
    source: str
    reference: str


@dataclass(frozen=True)
class Tally:
    """How many findings of a rule or family two systems have, and how many they share."""

    baseline: int
    other: int
    both: int

    @property
    def only_baseline(self) -> int:
        """Findings of the baseline alone."""
        return self.baseline - self.both

    @property
    def only_other(self) -> int:
        """Findings of the other alone."""
        return self.other - self.both


@dataclass(frozen=True)
class RuleTally(Tally):
    """A rule's findings in two systems."""

    rule: str
    family: str
    severity: Severity


class Pairing:
    """The findings of two systems on the same rows.

    Args:
        rows: The articles, each cut into segments, with what was found in it by system.
        at: The places of the two systems among all.
        once: Ids of the rules that report once per article.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        cuts: Sequence[Cut],
        results: Sequence[tuple[ArticleResult, ...]],
        at: tuple[int, int],
        once: Collection[str] = (),
    ) -> None:
        self._rows, self._cuts, self._results, self._at = rows, cuts, results, at
        self._once = frozenset(once)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What one side has alone, in the order of the articles and of reading."""
        return tuple(self._all())

    def _all(self) -> Iterator[Difference]:
        for row, cut_, results in zip(self._rows, self._cuts, self._results, strict=True):
            pair = results[self._at[0]], results[self._at[1]]
            alone = self._alone(cut_, pair)
            if not alone:
                continue
            shown = _Places(row, cut_, self._at)
            for side, finding in sorted(alone, key=lambda each: (each[1].start, each[0])):
                yield shown.difference(side, finding)

    def _alone(
        self, cut_: Cut, pair: tuple[ArticleResult, ArticleResult]
    ) -> list[tuple[int, Finding]]:
        found: dict[tuple[str, int], tuple[list[Finding], list[Finding]]] = defaultdict(
            lambda: ([], [])
        )
        for side, result in enumerate(pair):
            places = segment_of(cut_, self._at[side])
            for finding in result.findings:
                place = -1 if finding.rule in self._once else places.get(finding.line, 0)
                found[finding.rule, place][side].append(finding)
        alone: list[tuple[int, Finding]] = []
        for mine, theirs in found.values():
            rest = [_unmatched(mine, theirs), _unmatched(theirs, mine)]
            shared = min(map(len, rest))
            # What is left has other words: as many again are the same fault in another form.
            for side in (0, 1):
                alone += [(side, each) for each in rest[side][shared:]]
        return alone


def segment_of(cut_: Cut, at: int) -> dict[int, int]:
    """For the lines of one text its segments; none where the whole text is one."""
    return {line: index for index, line in enumerate(cut_.lines[at])} if cut_.lines else {}


def _unmatched(mine: Sequence[Finding], theirs: Sequence[Finding]) -> list[Finding]:
    left = [finding.text.casefold() for finding in theirs]
    alone = []
    for finding in mine:
        text = finding.text.casefold()
        if text in left:
            left.remove(text)
        else:
            alone.append(finding)
    return alone


class _Places:
    """Finds what stands in the same place of the texts of a row."""

    def __init__(self, row: Row, cut_: Cut, at: tuple[int, int]) -> None:
        self.row, self.cut, self.at = row, cut_, at

    @cached_property
    def referenced(self) -> tuple[Cut, Cut] | None:
        """Each text cut beside the reference."""
        reference = self.row.reference
        if not reference:
            return None
        one, other = (cut(self.row.articles[at].text, reference) for at in self.at)
        return one, other

    @cached_property
    def alignments(self) -> tuple[Alignment | None, Alignment | None]:
        """Each text beside the source."""
        one, other = (align(self.row.articles[at]) for at in self.at)
        return one, other

    def difference(self, side: int, finding: Finding) -> Difference:
        article = self.row.articles[self.at[side]]
        begin = article.text.rfind("\n", 0, finding.start) + 1
        end = article.text.find("\n", max(finding.end - 1, begin))
        line = article.text[begin : None if end < 0 else end]
        shift = begin + len(line) - len(line.lstrip())
        own = line.strip()
        size = len(own)
        alignment = self.alignments[side]
        pair = alignment.at(finding.start) if alignment else None
        return Difference(
            side=side,
            article=self.row.key,
            place=self.row.key + (f":{finding.line}" if "\n" in article.text.strip() else ""),
            finding=finding,
            own=own,
            start=min(max(finding.start - shift, 0), size),
            end=min(max(finding.end - shift, 0), size),
            other=self._other(side, finding.line, own),
            source=pair.english.strip() if pair else "",
            reference=self._reference(side, finding.line, own),
        )

    def _other(self, side: int, line: int, own: str) -> str:
        index = segment_of(self.cut, self.at[side]).get(line)
        if index is not None:
            return self.cut.segments[index][self.at[1 - side]]
        return _most_alike(own, self.row.articles[self.at[1 - side]].text)

    def _reference(self, side: int, line: int, own: str) -> str:
        if self.referenced is None:
            return ""
        index = segment_of(self.referenced[side], 0).get(line)
        if index is not None:
            return self.referenced[side].segments[index][1]
        return _most_alike(own, self.row.reference or "")


def _most_alike(line: str, text: str) -> str:
    """The line of a text that shares most words with this one; empty where none shares many."""
    words = set(_WORD.findall(line.casefold()))
    best, found = _ALIKE, ""
    for other in text.split("\n"):
        theirs = set(_WORD.findall(other.casefold()))
        if not theirs or not words:
            continue
        alike = 2 * len(words & theirs) / (len(words) + len(theirs))
        if alike > best:
            best, found = alike, other.strip()
    return found
