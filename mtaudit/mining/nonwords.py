"""Words in no dictionary: what software invented, and English that it left standing."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from typing import Final

from mtaudit.mining.corpus import HUMAN, Corpus
from mtaudit.mining.proposal import Hit, Kind, Proposal
from mtaudit.mining.statistics import breadth, places

_SHORTEST: Final = 4
_NEAR: Final = 0.75
_WEIGHT: Final = 9.0
# A word that came once may be a slip of the pen of the source.
_ONCE: Final = 0.25


def nonwords(corpus: Corpus) -> list[Proposal]:
    """Lower-case words that no dictionary, no name list and no human text has, best first."""
    known = _human_forms(corpus)
    hits: defaultdict[str, list[Hit]] = defaultdict(list)
    for row, texts in enumerate(corpus.texts):
        source = _source_forms(corpus, row)
        for name, words in texts.items():
            if name == HUMAN:
                continue
            for word in words:
                form = word.form
                if word.content and form not in known and form not in hits:
                    if _unknown(corpus, form):
                        hits[form] = []
                    else:
                        known.add(form)
                if form not in hits or not word.content:
                    continue
                if corpus.dictionaries.english.only(form) or form not in source:
                    hits[form].append((row, name))
    buckets = _buckets(known)
    found = [
        _proposal(corpus, form, tuple(dict.fromkeys(where)), buckets)
        for form, where in hits.items()
        if where
    ]
    return sorted(found, key=lambda proposal: (-proposal.score, proposal.wording))


def _human_forms(corpus: Corpus) -> set[str]:
    forms = {word.form for texts in corpus.texts for word in texts.get(HUMAN, ())}
    for text in corpus.background:
        forms.update(text)
    return forms


def _source_forms(corpus: Corpus, row: int) -> frozenset[str]:
    lowered = corpus.rows[row].source.lower().replace("’", "'")
    return frozenset(lowered.replace(",", " ").replace(".", " ").replace('"', " ").split())


def _stands(corpus: Corpus, form: str, hits: tuple[Hit, ...]) -> bool:
    return any(form in _source_forms(corpus, row) for row, _ in hits)


def _unknown(corpus: Corpus, form: str) -> bool:
    lexicon, names, _ = corpus.dictionaries
    letters = form.replace("-", "")
    if len(form) < _SHORTEST or not letters.isalpha() or lexicon.knows(form):
        return False
    return not (names.kinds(form) or names.kinds(form.capitalize()) or names.kinds(form.upper()))


def _buckets(known: set[str]) -> dict[str, list[str]]:
    buckets: defaultdict[str, list[str]] = defaultdict(list)
    for form in sorted(known):
        if form.isalpha() and len(form) >= _SHORTEST:
            buckets[form[:2]].append(form)
    return buckets


def _proposal(
    corpus: Corpus, form: str, hits: tuple[Hit, ...], buckets: dict[str, list[str]]
) -> Proposal:
    english = corpus.dictionaries.english.only(form)
    kind: Kind = "untranslated" if english else "nonword"
    rows = {row for row, _ in hits}
    n, spread = len(rows), places(rows)
    instead = [] if english else _nearest(corpus, form, hits, buckets)
    # What all systems write is a rare word rather than an invention.
    score = _WEIGHT * breadth(n, spread) * n / len(hits)
    if not (instead or english):
        score /= 2
    rendered = form if english and _stands(corpus, form, hits) else _renders(corpus, form, hits)
    return Proposal(
        kind=kind,
        english=rendered,
        wording=(form,),
        instead=tuple((each,) for each in instead),
        hits=hits,
        places=spread,
        human=0,
        score=score * (_ONCE if n == 1 else 1.0),
    )


def _nearest(
    corpus: Corpus, form: str, hits: tuple[Hit, ...], buckets: dict[str, list[str]]
) -> list[str]:
    """The word of the row's other texts that looks like it, what they have there, or a lookalike.

    The last are words of all human texts.
    """
    lexicon = corpus.dictionaries.lexicon
    beside: set[str] = set()
    there: Counter[str] = Counter()
    for row, name in hits:
        links = corpus.links[row]
        english = links.get(corpus.lemmas.lemma(form))
        for other, words in corpus.texts[row].items():
            for word in words:
                if other == name or not word.content or not lexicon.knows(word.form):
                    continue
                beside.add(word.form)
                if english and links.get(word.lemma) == english:
                    there[word.form] += 1
    near = difflib.get_close_matches(form, sorted(beside), n=1, cutoff=_NEAR - 0.1)
    near += [each for each, _ in there.most_common(2)]
    if len(near) < 2:
        alike = difflib.get_close_matches(form, buckets.get(form[:2], ()), n=4, cutoff=_NEAR + 0.05)
        near += [each for each in alike if lexicon.knows(each)]
    return list(dict.fromkeys(near))[:2]


def _renders(corpus: Corpus, form: str, hits: tuple[Hit, ...]) -> str:
    if not corpus.rows[hits[0][0]].source:
        return ""
    found: Counter[str] = Counter()
    for row, _ in hits:
        found[corpus.links[row].get(corpus.lemmas.lemma(form), "")] += 1
    return found.most_common(1)[0][0]
