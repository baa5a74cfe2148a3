"""Marot's TSV: a row a finding in ten columns, and a row for each segment without one.

The format of github.com/google-research/google-research, marot/README.md, which Anthea writes:
viewers and significance tests made for the ratings of people take it. The rater is mtaudit itself.
Marot sets notes and texts into its page as HTML, and these hold text of articles that nobody here
wrote; so `<` becomes `‹` where a tag could begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import IO, Any, Final, NamedTuple

from mtaudit.model import Article, ArticleResult, Finding, Report
from mtaudit.version import __version__
from mtaudit.writers.json import one_line
from mtaudit.writers.place import said
from mtaudit.writers.segments import Segment, at, segments

COLUMNS: Final = (
    "system",
    "doc",
    "docSegId",
    "globalSegId",
    "rater",
    "source",
    "target",
    "category",
    "severity",
    "metadata",
)
RATER: Final = f"mtaudit-{__version__}"
CLEAN: Final = "no-error"
_NO_SYSTEM: Final = "unknown"

_ENCODING: Final = "Fluency/Character encoding"
_SPELLING: Final = "Fluency/Spelling"
_PUNCTUATION: Final = "Fluency/Punctuation"
_MISTRANSLATION: Final = "Accuracy/Mistranslation"
_AWKWARD: Final = "Style/Unnatural or awkward"
OMISSION: Final = "Accuracy/Omission"

# Anthea's categories, as its template MQM names them.
CATEGORIES: Final[Mapping[str, str]] = {
    "apostrophe": _MISTRANSLATION,
    "calque": _AWKWARD,
    "idiom": _AWKWARD,
    "sense": _MISTRANSLATION,
    "anglicism": _AWKWARD,
    "untranslated": "Accuracy/Source language fragment",
    "word-order": "Fluency/Grammar",
    "grammar": "Fluency/Grammar",
    "name": "Locale convention/Name format",
    "number": _MISTRANSLATION,
    "quote": _PUNCTUATION,
    "typography": _PUNCTUATION,
    "structure": "Style/Bad sentence structure",
    "omission": OMISSION,
    "addition": "Accuracy/Addition",
    "register": "Fluency/Register",
}
# Of a family whose rules are about more than one thing.
_BY_RULE: Final[Mapping[str, str]] = {
    "apostrophe/entity": _ENCODING,
    "apostrophe/mojibake": _ENCODING,
    "apostrophe/question-mark": _ENCODING,
    "apostrophe/spaced-elision": _SPELLING,
    "apostrophe/glued-elision": _SPELLING,
    "apostrophe/missing-elision": _SPELLING,
    "apostrophe/space-before-apostrophe": _PUNCTUATION,
}

_TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")
# One character for one, so that offsets stay: what would end a cell or a row, and half characters.
_CONTROL: Final = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_TAG: Final = re.compile("<(?=[A-Za-z/!?])")


class _Side(NamedTuple):
    """One side of a segment: its text, its tokens, and for places in it the token that begins."""

    text: str
    tokens: list[str]
    places: dict[int, int]

    def span(self, start: int, end: int) -> list[list[int]]:
        """First and last token of a stretch, as metadata have it."""
        return [[self.places[start], self.places[end] - 1]] if end > start else []

    def marked(self, start: int, end: int) -> str:
        if end <= start:
            return self.text
        return f"{self.text[:start]}<v>{self.text[start:end]}</v>{self.text[end:]}"


class _Marks(NamedTuple):
    """Where a finding stands in its segment, half-open; both ends are 0 where it stands nowhere."""

    source: tuple[int, int]
    target: tuple[int, int]


def write(report: Report, stream: IO[str]) -> None:
    """Writes a header and the rows; the first row tells what the evaluation was."""
    stream.write("\t".join(COLUMNS) + "\n")
    first = True
    number = 0
    for result in report.results:
        found = segments(result.article)
        findings: list[list[Finding]] = [[] for _ in found]
        for finding in result.findings:
            findings[at(found, finding)].append(finding)
        for place, (segment, here) in enumerate(zip(found, findings, strict=True), 1):
            number += 1
            for cells, metadata in _rows(result, segment, here):
                if first:
                    metadata["evaluation"] = _evaluation(report)
                    first = False
                made = (
                    plain(result.article.system or "") or _NO_SYSTEM,
                    plain(_document(result.article)),
                    str(place),
                    str(number),
                    RATER,
                    *cells,
                    one_line(metadata),
                )
                stream.write("\t".join(made) + "\n")


def plain(text: str) -> str:
    """Text that can stand in a cell, in JSON and in a page of HTML, character for character."""
    return _TAG.sub("‹", _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text)))


def _rows(
    result: ArticleResult, segment: Segment, findings: list[Finding]
) -> Iterator[tuple[tuple[str, str, str, str], dict[str, Any]]]:
    """Source, target, category and severity of each row of a segment, and its metadata."""
    marks = [_marks(segment, finding) for finding in findings]
    source = _side(segment.source, [mark.source for mark in marks])
    target = _side(
        result.article.text[segment.start : segment.end], [mark.target for mark in marks]
    )
    about: dict[str, Any] = {"source_tokens": source.tokens, "target_tokens": target.tokens}
    if segment.reference:
        about["reference_tokens"] = {"reference": _side(segment.reference, []).tokens}
        about["primary_reference"] = "reference"
    if segment.name:
        about["unit"] = plain(segment.name)
    if not findings:
        yield (source.text, target.text, CLEAN, CLEAN), {"segment": about}
    for place, (finding, mark) in enumerate(zip(findings, marks, strict=True)):
        metadata: dict[str, Any] = {
            "note": plain(said(finding)),
            "marked_text": source.text[slice(*mark.source)] + target.text[slice(*mark.target)],
            "source_spans": source.span(*mark.source),
            "target_spans": target.span(*mark.target),
            "rule": finding.rule,
            "confidence": finding.confidence,
            "evidence": finding.evidence,
            "gates": finding.gates,
        }
        if not place:
            metadata["segment"] = about
        category = _BY_RULE.get(finding.rule) or CATEGORIES.get(finding.family, "Other")
        yield (
            (source.marked(*mark.source), target.marked(*mark.target), category, finding.severity),
            metadata,
        )


def _marks(segment: Segment, finding: Finding) -> _Marks:
    """What is lost is marked where it stood, in the source; all else in the translation."""
    start = min(max(finding.start, segment.start), segment.end)
    end = max(min(finding.end, segment.end), start)
    if CATEGORIES.get(finding.family) == OMISSION and finding.source_text:
        place = segment.source.find(finding.source_text)
        if place >= 0:
            return _Marks((place, place + len(finding.source_text)), (0, 0))
    return _Marks((0, 0), (start - segment.start, end - segment.start))


def _side(text: str, spans: list[tuple[int, int]]) -> _Side:
    text = plain(text)
    cuts = {found.start() for found in _TOKEN.finditer(text)}
    cuts.update((0, len(text)), *spans)
    places = sorted(cuts)
    tokens = [text[start:end] for start, end in pairwise(places)]
    return _Side(text, tokens, {place: index for index, place in enumerate(places)})


def _document(article: Article) -> str:
    """The name that an article has in every system; its id where the input gives no other."""
    for key in ("article", "doc"):
        name = article.metadata.get(key)
        if isinstance(name, str) and name.strip():
            return name
    return article.id


def _evaluation(report: Report) -> dict[str, Any]:
    return {
        "template": "mtaudit",
        "config": {"signature": report.signature, "rules": report.rules},
        "source_language": "en",
        "target_language": "fr",
    }
