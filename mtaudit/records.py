"""What was found in an article as a record of data, for caches and between processes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from mtaudit.model import Article, Finding

__all__ = ["Record", "decode_record", "encode_record"]


class Record(NamedTuple):
    """What an audit finds in a text, whatever file holds it and however it is scored.

    Attributes:
        language: ISO 639-1; a text that is not in French has neither words nor findings.
    """

    language: str
    words: int
    findings: tuple[Finding, ...]


def encode_record(record: Record) -> bytes:
    """The record as JSON; what follows from the article's text is left out."""
    rows = [
        (
            each.rule, each.family, each.severity, each.confidence, each.evidence, each.start,
            each.end, each.message, each.messages, each.suggestions, each.source_text,
            each.section, each.gates, each.fingerprint,
        )
        for each in record.findings
    ]  # fmt: skip
    return json.dumps([record.language, record.words, rows], separators=(",", ":")).encode()


def decode_record(data: bytes, article: Article) -> Record:
    """The record of an article with this text.

    Raises:
        ValueError, TypeError: It is none.
    """
    language, words, rows = json.loads(data)
    return Record(str(language), int(words), tuple([_finding(row, article) for row in rows]))


def _finding(row: Sequence[Any], article: Article) -> Finding:
    (
        rule, family, severity, confidence, evidence, start, end, message, messages, suggestions,
        source, section, gates, fingerprint,
    ) = row  # fmt: skip
    line, column = article.position(start)
    unit = article.unit_at(start) if article.units else None
    # A frozen dataclass sets each field by a call: twice as slow for thousands of findings.
    made = object.__new__(Finding)
    made.__dict__.update(
        rule=rule,
        family=family,
        severity=severity,
        confidence=confidence,
        evidence=evidence,
        start=start,
        end=end,
        line=line,
        column=column,
        text=article.text[start:end],
        message=message,
        messages=messages,
        suggestions=tuple(suggestions),
        source_text=source,
        section=section,
        gates=gates,
        fingerprint=fingerprint,
        unit=unit.name if unit else "",
    )
    return made
