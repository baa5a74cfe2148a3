"""Words of a comparison, in each language of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

LABELS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "title": "Comparison of systems",
            "system": "system",
            "family": "family",
            "difference": "difference",
            "both": "both",
            "only": "only {}",
            "all": "all",
            "penalty": "penalty",
            "score": "score",
            "findings": "Findings of {} and {}",
            "rules": "Rules that differ most",
            "more-rules": "… and {} more rules that differ",
            "same": "No finding differs.",
            "source": "source",
            "reference": "reference",
            "trouble": "Left out",
            "more": "… and {} more",
            "foreign": "{}: texts in another language, audited all the same: {}",
            "no-reference": "no metrics: none of the articles has a reference",
            "too-long": "left out: some segments are too long",
            "partly": "metrics of {} of {} articles, those that have a reference",
            "tests": (
                "± half of the 95 % interval, by bootstrap of segments. p: paired approximate "
                "randomization of segments, two-sided, {} trials, seed {}."
            ),
            "unit-line": "lines",
            "unit-text": "whole texts",
            "unit-mixed": "lines and whole texts",
            "signatures": "Signatures",
        },
        "fr": {
            "title": "Comparaison de systèmes",
            "system": "système",
            "family": "famille",
            "difference": "différence",
            "both": "les deux",
            "only": "{} seul",
            "all": "ensemble",
            "penalty": "pénalité",
            "score": "note",
            "findings": "Anomalies de {} et de {}",
            "rules": "Règles qui diffèrent le plus",
            "more-rules": "… et {} autres règles qui diffèrent",
            "same": "Aucune anomalie ne diffère.",
            "source": "source",
            "reference": "référence",
            "trouble": "Laissés de côté",
            "more": "… et {} de plus",
            "foreign": "{} : textes dans une autre langue, contrôlés quand même : {}",
            "no-reference": "pas de métriques : aucun article n’a de référence",
            "too-long": "non calculé : certains segments sont trop longs",
            "partly": "métriques de {} articles sur {}, ceux qui ont une référence",
            "tests": (
                "± la moitié de l’intervalle à 95 %, par rééchantillonnage des segments. p : "
                "randomisation approchée par paires des segments, bilatérale, {} tirages, "
                "graine {}."
            ),
            "unit-line": "lignes",
            "unit-text": "textes entiers",
            "unit-mixed": "lignes et textes entiers",
            "signatures": "Signatures",
        },
    }
)
