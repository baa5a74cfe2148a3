"""A proposed rule: what was counted, and the block that a linguist goes on from."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from mtaudit.mining.corpus import Corpus

Kind = Literal["apart", "correction", "overuse", "nonword", "untranslated"]
Hit = tuple[int, str]
"""The row and the system of an occurrence."""

_FAMILY: Final[Mapping[Kind, str]] = {
    "apart": "sense",
    "correction": "calque",
    "overuse": "calque",
    "nonword": "anglicism",
    "untranslated": "untranslated",
}


@dataclass(frozen=True)
class Proposal:
    """A wording that software uses and people do not.

    Attributes:
        english: What it renders; empty where the rows have no source or it is not clear.
        wording: The lemmas (of a correction and a non-word: the forms), in order.
        instead: What the human text and the other systems have there, most frequent first.
        hits: Where it stands, in the order of the rows.
        places: How many places that comes to, neighbouring rows being one article.
        human: In how many rows people use it: where there is an English, for that English.
        beside: Words that it stands beside, most frequent first: what a rule may ask for.
    """

    kind: Kind
    english: str
    wording: tuple[str, ...]
    instead: tuple[tuple[str, ...], ...]
    hits: tuple[Hit, ...]
    places: int
    human: int
    score: float
    beside: tuple[str, ...] = field(default=())

    @property
    def n(self) -> int:
        """In how many rows it stands."""
        return len({row for row, _ in self.hits})

    @property
    def systems(self) -> dict[str, int]:
        """How often each system has it, most first."""
        return dict(Counter(system for _, system in self.hits).most_common())


def rule_block(proposal: Proposal, corpus: Corpus) -> str:
    """YAML of a rule to go on from; its examples are for a person to write."""
    tokens = [_pattern(lemma, proposal.kind, corpus) for lemma in proposal.wording]
    # Two lemmas were counted with up to two words between them.
    gap = " .. " if proposal.kind in ("apart", "overuse") else " "
    match = gap.join(tokens)
    family = _FAMILY[proposal.kind]
    if proposal.kind == "apart" and len(proposal.wording) > 1:
        family = "calque"
    lines = [f"# rules/{family}/: {proposal.n} sentences in {proposal.places} places"]
    if proposal.beside:
        lines.append(f"# beside: {', '.join(proposal.beside)}")
    lines.append(f"{slug(proposal)}:")
    if proposal.english:
        lines.append(f"  english: {_quoted(proposal.english)}")
    lines.append(f"  match: {_quoted(match)}")
    if proposal.instead:
        made = [
            " ".join(_pattern(lemma, proposal.kind, corpus) for lemma in words)
            for words in proposal.instead
        ]
        lines.append(f"  suggest: [{', '.join(_quoted(each) for each in made if each)}]")
    lines.append("  status: preview")
    lines.append("  flag:")
    lines.append("    - TODO a sentence of your own with [[the wording]].")
    lines.append("  pass:")
    lines.append("    - TODO a near miss in good French.")
    return "\n".join(lines) + "\n"


def slug(proposal: Proposal) -> str:
    """A name for the rule: the wording in ASCII, then the English where it says more."""
    words = list(proposal.wording)
    if proposal.english and proposal.english != " ".join(words):
        words += ["for", *proposal.english.split()]
    plain = unicodedata.normalize("NFKD", " ".join(words).replace("œ", "oe").replace("æ", "ae"))
    ascii_ = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_.lower()).strip("-") or "unnamed"


def _pattern(lemma: str, kind: Kind, corpus: Corpus) -> str:
    if kind in ("nonword", "untranslated"):
        return lemma
    if lemma[0].isalpha() and corpus.lemmas.varies(lemma):
        return f"<{lemma}>"
    return lemma if lemma[0].isalnum() else f"\\{lemma}"


def _quoted(text: str) -> str:
    if re.fullmatch(r"[^\W\d_][\w '’-]*[\w’]", text):
        return text
    return "'" + text.replace("'", "''") + "'"
