"""Substitutions that recur between translations and what people made of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from mtaudit.mining.corpus import HUMAN, Corpus
from mtaudit.mining.french import Word
from mtaudit.mining.proposal import Hit, Proposal
from mtaudit.mining.statistics import breadth, places

_LEAST: Final = 2
_LONGEST: Final = 3
# Below this share of common lemmas the two texts are two translations, not one corrected.
_ALIKE: Final = 0.4
# What people change is in the main their taste: a substitution weighs less than a rendering.
_WEIGHT: Final = 5.0
Block = tuple[str, ...]
Change = tuple[Block, Block]


def corrections(corpus: Corpus) -> list[Proposal]:
    """What recurs in one direction only, best first.

    Where a row has several systems, a wording that most of them share is usual French that one
    person put otherwise. The closer the two texts are, the surer one is a correction of the
    other: a substitution counts by the square of the share of lemmas that they have in common.
    """
    hits: defaultdict[Change, list[Hit]] = defaultdict(list)
    alike: defaultdict[Change, float] = defaultdict(float)
    shared: Counter[Change] = Counter()
    for row, texts in enumerate(corpus.texts):
        human = texts.get(HUMAN)
        if not human:
            continue
        made = {name: _changes(words, human) for name, words in texts.items() if name != HUMAN}
        for name, changes in made.items():
            for change, share in changes.items():
                hits[change].append((row, name))
                alike[change] += share
                shared[change] += sum(change in its for its in made.values()) - 1
    found: list[Proposal] = []
    for (before, after), where in hits.items():
        n = len({row for row, _ in where})
        if n < _LEAST:
            continue
        back = len({row for row, _ in hits.get((after, before), ())})
        spread = places(row for row, _ in where)
        alone = len(where) / (len(where) + shared[before, after])
        close = alike[before, after] / len(where)
        score = (
            _WEIGHT
            * breadth(n, spread)
            * (n + 0.5)
            / (n + 3 * back + 1)
            * alone
            * close**2
            * _substance(before, after, corpus)
        )
        found.append(
            Proposal(
                kind="correction",
                english=_english(corpus, before, where),
                wording=before,
                instead=(after,) if after else (),
                hits=tuple(where),
                places=spread,
                human=back,
                score=score,
            )
        )
    return sorted(found, key=lambda proposal: (-proposal.score, proposal.wording))


def _changes(words: Sequence[Word], human: Sequence[Word]) -> dict[Change, float]:
    """The substitutions between two texts, with the share of lemmas that the texts have in common.

    Blocks of up to three words, without names and figures: those are told by their form.
    """
    mine, its = [word.lemma for word in words], [word.lemma for word in human]
    common = (Counter(mine) & Counter(its)).total()
    share = 2 * common / (len(mine) + len(its))
    if share < _ALIKE:
        return {}
    found: dict[Change, float] = {}
    matcher = SequenceMatcher(None, mine, its, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "replace" or b - a > _LONGEST or d - c > _LONGEST:
            continue
        changed = (*words[a:b], *human[c:d])
        if all(word.word for word in changed) and not _names(changed):
            found[tuple(mine[a:b]), tuple(its[c:d])] = share
    return found


def _names(words: Sequence[Word]) -> bool:
    return any(
        word.lemma == word.form and not word.content and len(word.form) > 3 for word in words
    )


def _substance(before: Block, after: Block, corpus: Corpus) -> float:
    """Words of grammar follow taste and context: alone they seldom make a rule."""
    content = [lemma for lemma in before if corpus.lemmas.content(lemma)]
    if not content:
        return 0.25 if len(before) < 2 else 0.5
    return 1.0 if len(before) + len(after) > 2 else 0.8


def _english(corpus: Corpus, before: Block, hits: Sequence[Hit]) -> str:
    found: Counter[str] = Counter()
    if not any(corpus.rows[row].source for row, _ in hits):
        return ""
    for row, _ in hits:
        linked = [corpus.links[row].get(lemma) for lemma in before]
        found[" ".join(dict.fromkeys(each for each in linked if each))] += 1
    best, count = found.most_common(1)[0]
    return best if 2 * count >= len(hits) else ""
