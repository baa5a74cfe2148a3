"""A comparison as a page: tables, and the two texts of each example side by side.

The page is static and in one file. Its policy allows its own style and nothing else, and the
template escapes whatever an article holds.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import IO, Any, Final

from mtaudit.comparing.comparison import Comparison, Versus
from mtaudit.comparing.labels import LABELS
from mtaudit.comparing.tables import (
    differing,
    example,
    examples,
    families_grid,
    left_out,
    notes,
    opening,
    scores_grid,
    signatures,
)
from mtaudit.writers.labels import LABELS as WORDS

# Examples of a rule on either side. What differs in all is for CSV and JSON: of two systems on
# 3,000 sentences some thousands of findings do.
_EXAMPLES: Final = 10
_REACH: Final = 400
_OPEN: Final = 3


def write(comparison: Comparison, stream: IO[str], language: str = "en") -> None:
    """Writes the page."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    folder = Path(__file__).parent
    style = (folder / "comparison.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).from_string((folder / "comparison.html").read_text(encoding="utf-8"))
    page = template.render(
        language=language,
        labels=LABELS[language],
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'",
        style=Markup(style),
        opening=opening(comparison, language),
        scores=scores_grid(comparison, language),
        notes=list(notes(comparison, language)),
        against=[_versus(versus, language) for versus in comparison.against],
        left_out=list(left_out(comparison, language)),
        signatures=signatures(comparison),
        opened=_OPEN,
    )
    stream.write(page + "\n")


def _versus(versus: Versus, lang: str) -> dict[str, Any]:
    chosen = examples(versus, _EXAMPLES)
    return {
        "title": LABELS[lang]["findings"].format(versus.baseline, versus.system),
        "baseline": versus.baseline,
        "system": versus.system,
        "families": families_grid(versus, lang) if versus.families else None,
        "rules": [
            {
                "rule": rule.rule,
                "severity": WORDS[lang][rule.severity],
                "baseline": rule.baseline,
                "other": rule.other,
                "examples": [
                    {
                        "place": each.place,
                        "message": each.finding.message,
                        "texts": example(each, versus, lang, _REACH),
                    }
                    for each in chosen.get(rule.rule, ())
                ],
            }
            for rule in differing(versus)
        ],
    }
