"""Words that the writers for people put round the findings, in each language of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

LABELS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            # Counted things: singular and plural.
            "articles": "article|articles",
            "words": "word|words",
            "rules": "rule|rules",
            "findings": "finding|findings",
            "problems": "problem|problems",
            "more": "more finding not shown|more findings not shown",
            "skipped": "unit not read|units not read",
            "referenced": "article with a reference|articles with a reference",
            "segments": "segment|segments",
            # Columns and values.
            "article": "article",
            "length": "words",
            "neutral": "neutral",
            "minor": "minor",
            "major": "major",
            "critical": "critical",
            "penalty": "penalty",
            "score": "score",
            "interval": "95 % interval",
            "verdict": "verdict",
            "passed": "passed",
            "failed": "failed",
            "total": "all",
            "no-gate": "does not gate",
            "delete": "(delete)",
            "line": "line",
            "too-long": "left out: some segments are too long",
            # Headings.
            "title": "Audit of translations",
            "trouble": "Could not be audited",
            "signature": "Signature",
        },
        "fr": {
            "articles": "article|articles",
            "words": "mot|mots",
            "rules": "règle|règles",
            "findings": "anomalie|anomalies",
            "problems": "problème|problèmes",
            "more": "anomalie de plus, non affichée|anomalies de plus, non affichées",
            "skipped": "unité non lue|unités non lues",
            "referenced": "article avec sa référence|articles avec leur référence",
            "segments": "segment|segments",
            "article": "article",
            "length": "mots",
            "neutral": "neutre",
            "minor": "mineure",
            "major": "majeure",
            "critical": "critique",
            "penalty": "pénalité",
            "score": "note",
            "interval": "intervalle à 95 %",
            "verdict": "verdict",
            "passed": "conforme",
            "failed": "non conforme",
            "total": "ensemble",
            "no-gate": "non bloquante",
            "delete": "(à supprimer)",
            "line": "ligne",
            "too-long": "non calculé : certains segments sont trop longs",
            "title": "Audit de traductions",
            "trouble": "N’ont pas pu être contrôlés",
            "signature": "Signature",
        },
    }
)


def counted(number: int, what: str, lang: str) -> str:
    """A number and its noun: « 0 mot » but "0 words"."""
    singular, plural = LABELS[lang][what].split("|")
    one = number < 2 if lang == "fr" else number == 1
    return f"{number} {singular if one else plural}"


def decimal(value: float, lang: str) -> str:
    """A number with one decimal, and a comma in French."""
    shown = f"{value:.1f}"
    return shown.replace(".", ",") if lang == "fr" else shown
