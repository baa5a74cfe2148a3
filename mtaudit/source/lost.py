"""Words that the English says and the French does not, and words that the French adds.

A word counts as lost only where much speaks for it: the table knows it well and says that it is
rendered as a rule; nothing in its stretch or beside it could be its rendering, by the table, by
spelling or by family; what stands beside it was rendered, and there the French has no word to
spare. Free translations are let be: they leave few words of a sentence to be found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from mtaudit.french.lexicon import Lexicon
from mtaudit.source.lemmas import FUNCTION
from mtaudit.source.links import Links, neighbours
from mtaudit.source.translations import WEAK, Translations, plain
from mtaudit.source.words import Word, past_tense

# How much the table must know of a word. Measured on gold and, with a table that was trained
# without them, on the references and systems of 2012; measure again after a change.
_COUNT: Final = 8
_RATE: Final = 0.78
_NOMINAL: Final = 0.7
# Good writers put a pronoun for a name, in sentences that they turn round as well.
_LITERAL_NAME: Final = 0.85
_ALIKE: Final = 0.55
_ALIKE_WITHIN: Final = 0.65
# How often its counterpart may be missed beside good translators.
_DROPPED: Final = 0.05
# From such a share of adjectives among its renderings on a word may be one.
_QUALITY: Final = 0.25
_COUNT_ADDED: Final = 6
_RATE_ADDED: Final = 0.86
# How much of its stretch must be explained, and how often it may stand alone beside good
# translators: where it stands in for a name, and else.
_REPLACED: Final = (0.75, 0.01)
_ADDED: Final = (0.9, 0.002)
# The share of a stretch's other known words that must be found.
_LITERAL: Final = 0.9
# Places around where a word belongs that may hold its rendering.
_WINDOW: Final = 3
_CLOSE: Final = 2
FAR: Final = 12
_BESIDE: Final = 6
# Numbers, days and months have checks of their own.
_ELSEWHERE: Final = frozenset(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday hundred thousand million billion trillion "
    "dozen eleven twelve twenty thirty forty fifty sixty seventy eighty ninety mr mrs ms dr".split()
)
# Nouns that say so little that a translator does without them, or that a gender renders.
_VAGUE: Final = frozenset(
    "people person man woman female male time thing way side level matter aspect stage kind sort "
    "part number amount case area point term basis piece lot range fact order need place process "
    "activity justice issue due act high good".split()
)
# English words that end a noun phrase.
_OUTSIDE: Final = frozenset(
    "near along across amid despite include like inside outside beyond behind beside around since "
    "until because while when where how why last next ago away just also even still already now "
    "today yesterday tomorrow".split()
)
# French words that fill a place without rendering a noun or an adjective.
_FILLERS: Final = frozenset(
    "entre lors contre depuis plus sous tout faire pouvoir devoir aller vers jusque non tant aussi "
    "encore très peu beaucoup chaque afin selon après avant pendant alors ainsi donc autre même "
    "aucun certain chez dès ici là trop moins parmi envers m. mme été".split()
)
# Nouns of set phrases that render a preposition, a verb or nothing: « par rapport à », « 27 ans ».
_SET: Final = frozenset(
    "an année ans rapport fois cas côté niveau titre part lieu cours effet exemple ensemble sujet "
    "matière service mise propos détail point fait façon manière sens suite cadre but partie place "
    "compte train moment temps jour mois heure monde chose personne gens nombre tout reste cause "
    "raison plan base forme sorte espèce genre grand petit bon meilleur seul nouveau tel dernier "
    "premier prochain âgé différent divers propre même autre certain "
    "deux trois quatre cinq six sept huit neuf dix douze quinze vingt trente cent mille demi "
    "plupart projet loi intérieur brut".split()
)
_VERB_BEFORE: Final = frozenset(
    "to we they he she it i you who will would can could should may might must don't doesn't "
    "didn't".split()
)
_VERB_BEHIND: Final = frozenset("the a an its his her their this these that up out off".split())
_DETERMINERS: Final = frozenset(
    "le la les l' un une des du de d' au aux ce cette ces cet son sa ses leur leurs".split()
)


@dataclass(frozen=True)
class Loss:
    """A word of one language without a counterpart.

    Attributes:
        at: Its index, among the English words of a lost one, the French of an added one.
        first, last: The French words to point to, both inclusive.
        name: Of an added word that stands in for a name, that name's index in the English.
    """

    at: int
    first: int
    last: int
    name: int | None = None


def lost_words(
    links: Links,
    table: Translations,
    beside: Sequence[Links],
    lexicon: Lexicon,
    literal: float = _LITERAL,
) -> Iterator[Loss]:
    """English words that the French lacks.

    Args:
        beside: The stretches before and behind.
        literal: The share of the stretch's other known words that must be found.
    """
    english, french = links.english, links.french
    for i, word in enumerate(english):
        if not word.content or i in links.rendered or not _said(english, i, table, lexicon):
            continue
        entry = table.english(word.key)
        if any(mark in entry.swallowed for mark in neighbours(english, i)):
            continue
        if _literal(links, i, table) < literal or _beside(word, beside, table):
            continue
        place = _place(links, i)
        if place is None:
            continue
        low, high = place
        free = [
            j
            for j in links.spare
            if french[j].key not in _FILLERS and _may_name(french[j].text.lower(), lexicon)
        ]
        waiting = [
            k
            for k, other in enumerate(english)
            if other.content and k not in links.rendered and not _tied(english, i, k)
        ]
        if any(
            sum(low - reach <= j <= high + reach for j in free)
            > sum(first <= k <= last for k in waiting)
            for reach, first, last in (
                (_WINDOW, i - _BESIDE, i + _BESIDE),
                (_CLOSE, *_gap(links, i)),
            )
        ):
            continue
        behind = _qualifies(word.key, table, lexicon)
        span = _span(links, i, low, high, behind)
        if span is not None:
            yield Loss(i, *span)


def lost_names(
    links: Links,
    table: Translations,
    beside: Sequence[Links],
    named: Callable[[str], bool],
    exonym: Callable[[str], str | None],
) -> Iterator[Loss]:
    """Names of the English of which neither the French nor that beside it has a trace.

    Args:
        named: Whether a capitalised word is a name and nothing else.
        exonym: The French form of a name, where it has one of its own.
    """
    english, french = links.english, links.french
    free = [j for j in links.spare if french[j].text[0].isupper() and j]
    for i, word in enumerate(english):
        if not word.content or i in links.rendered or not is_name(english, i):
            continue
        name = word.text.removesuffix("'s").removesuffix("’s")
        if not name.isalpha() or name.isupper() or word.key in _ELSEWHERE or not named(name):
            continue
        if _literal(links, i, table) < _LITERAL_NAME:
            continue
        forms = [plain(name), *(plain(part) for part in (exonym(name) or "").split())]
        if any(
            _looks_like(form, plain(other.text))
            for stretch in (links, *beside)
            for other in stretch.french
            for form in forms
        ):
            continue
        place = _place(links, i)
        if place is None:
            continue
        around = range(max(0, place[0] - _WINDOW), min(len(french), place[1] + _WINDOW + 1))
        if any(j in around for j in free) or any(_stands_in(french[j]) for j in around):
            continue
        span = _span(links, i, *place, True)
        if span is not None:
            yield Loss(i, *span)


def _looks_like(name: str, other: str) -> bool:
    """Whether a French word may be a form of the name: « zurichois », « Timochenko »."""
    if len(other) < 3 or len(name) < 3:
        return False
    if name[:4] == other[:4] or (name in other):
        return True
    alike = _ALIKE if name[0] == other[0] else _ALIKE_WITHIN
    return SequenceMatcher(None, name, other).ratio() >= alike


def _stands_in(word: Word) -> bool:
    """Whether a pronoun is the subject, for which a name may have been there."""
    return word.text.lower() in ("il", "elle", "ils", "elles", "celui-ci", "celle-ci", "-t-il")


def partner_before(links: Links, i: int) -> int | None:
    """The French of the nearest English word before one that has a partner, by index."""
    return next((links.partner[k] for k in range(i - 1, -1, -1) if k in links.partner), None)


def partner_behind(links: Links, i: int) -> int | None:
    """The French of the nearest English word behind one that has a partner, by index."""
    behind = range(i + 1, len(links.english))
    return next((links.partner[k] for k in behind if k in links.partner), None)


def added_words(
    links: Links, table: Translations, beside: Sequence[Links], named: Callable[[str], bool]
) -> Iterator[Loss]:
    """French nouns and adjectives that nothing in the English calls for.

    Most surely where a name of the English is missing at that place (« la ville » for Zurich);
    else French explains and completes too often for more than the plainest cases.

    Args:
        named: Whether a capitalised word is a name and nothing else.
    """
    english, french = links.english, links.french
    places = {j: i for i, j in links.partner.items()}
    known = [
        j for j, word in enumerate(french) if word.content and table.french(word.key).count > 2
    ]
    for j in sorted(links.spare - links.explained):
        word = french[j]
        entry = table.french(word.key)
        if entry.count < _COUNT_ADDED or entry.rate < _RATE_ADDED or word.key in _FILLERS | _SET:
            continue
        if not word.text.islower() or entry.nominal < _NOMINAL:
            continue
        if any(mark in entry.swallowed for mark in neighbours(french, j)):
            continue
        waiting = waiting_words(links, places, j)
        if waiting is None or not all(
            is_name(english, i) and named(english[i].text) for i in waiting
        ):
            continue
        literal, dropped = _REPLACED if waiting else _ADDED
        others = [k for k in known if k != j]
        if entry.dropped > dropped or not others:
            continue
        if sum(k in links.explained for k in others) < literal * len(others):
            continue
        if any(
            table.english(said.key).others.get(word.key) or table.akin(said.key, word.key)
            for other in beside
            for i, said in enumerate(other.english)
            if said.content and i not in other.rendered
        ):
            continue
        first = j
        while first and french[first - 1].text.lower() in _DETERMINERS and j - first < 2:
            first -= 1
        yield Loss(j, first, j, waiting[0] if waiting else None)


def waiting_words(links: Links, places: dict[int, int], j: int) -> list[int] | None:
    """The English words about where a French one stands that nothing renders, by index."""
    before = next((k for k in range(j - 1, -1, -1) if k in places), None)
    behind = next((k for k in range(j + 1, len(links.french)) if k in places), None)
    ends = [places[k] for k in (before, behind) if k is not None]
    if not ends:
        return None
    low, high = min(ends), max(ends)
    if high - low > FAR:
        low = high = ends[0]
    return [
        i
        for i, said in enumerate(links.english)
        if low - _WINDOW <= i <= high + _WINDOW and said.content and i not in links.rendered
    ]


def _said(english: Sequence[Word], i: int, table: Translations, lexicon: Lexicon) -> bool:
    """Whether the word is a noun, an adjective or an adverb that the table knows well.

    Of nouns only heads count: what qualifies another noun often has no word of its own in French
    (« university students », « air conditioning »).
    """
    word = english[i]
    key, form = word.key, word.text.lower()
    if key in FUNCTION or key in _ELSEWHERE or key in _VAGUE:
        return False
    if not word.text.islower() and english[0].start < word.start and not _opens(english, i):
        return False
    if past_tense(form, key) or (form != key and form.endswith("ing")):
        return False
    if i and english[i - 1].text.lower() in _VERB_BEFORE:
        return False
    # « Elections follow the rules »: between a noun and an article stands a verb.
    behind = english[i + 1] if i + 1 < len(english) else None
    if i and english[i - 1].content and behind is not None and behind.text in _VERB_BEHIND:
        return False
    entry = table.english(key)
    if entry.count < _COUNT or entry.rate < _RATE:
        return False
    if entry.dropped > _DROPPED:
        return False
    if _qualifies(key, table, lexicon):
        return True
    head = behind is None or not behind.content or _studded(behind)
    return head and entry.nominal >= _NOMINAL


def _studded(word: Word) -> bool:
    """Whether the word is a participle that a hyphen ties to what it goes with: star-studded."""
    return word.joined and word.text.endswith("ed")


@lru_cache(maxsize=16_384)
def _qualifies(key: str, table: Translations, lexicon: Lexicon) -> bool:
    """Whether an English word may be an adjective or an adverb, by what renders it."""
    if key.endswith("ly") and len(key) > 4:
        return True
    entry = table.english(key)
    total = good = 0.0
    for french, strength in entry.others.items():
        kinds = {r.upos for r in lexicon.analyses(french) if r.lemma == french and r.common}
        if strength > WEAK and kinds:
            total += strength
            good += strength * ("ADJ" in kinds)
    return entry.nominal >= _NOMINAL and good >= _QUALITY * total > 0


def _tied(english: Sequence[Word], i: int, k: int) -> bool:
    """Whether the words are one, or parts of one compound with hyphens."""
    first, last = min(i, k), max(i, k)
    return all(word.joined for word in english[first + 1 : last + 1])


def is_name(english: Sequence[Word], i: int) -> bool:
    """Whether a word is a name, which no common noun renders."""
    word = english[i]
    return word.text[0].isupper() and not _opens(english, i) and len(word.text) > 3


def _opens(english: Sequence[Word], i: int) -> bool:
    return i == 0 or (i == 1 and not english[0].text[0].isalnum())


def _literal(links: Links, i: int, table: Translations) -> float:
    """The share of the other known English words that were found rendered.

    What is lost together with the word, « small wooden », does not count against it.
    """
    english = links.english
    first = last = i
    while first > 0 and english[first - 1].content and first - 1 not in links.rendered:
        first -= 1
    while last + 1 < len(english) and english[last + 1].content and last + 1 not in links.rendered:
        last += 1
    known = [
        k
        for k, word in enumerate(english)
        if word.content and not first <= k <= last and table.english(word.key).count > 1
    ]
    return sum(k in links.rendered for k in known) / len(known) if known else 0.0


def _beside(word: Word, beside: Sequence[Links], table: Translations) -> bool:
    """Whether a stretch beside has a word to spare that renders it."""
    others = table.english(word.key).others
    return any(
        others.get(links.french[j].key) or table.akin(word.key, links.french[j].key)
        for links in beside
        for j in links.spare
    )


def _place(links: Links, i: int) -> tuple[int, int] | None:
    """The French words between which the word belongs: those of its neighbours, by index."""
    before = next((k for k in range(i - 1, -1, -1) if k in links.partner), None)
    behind = next((k for k in range(i + 1, len(links.english)) if k in links.partner), None)
    ends = [(k, links.partner[k]) for k in (before, behind) if k is not None]
    if not ends:
        return None
    low, high = min(j for _, j in ends), max(j for _, j in ends)
    if high - low > FAR:
        low = high = min(ends, key=lambda end: (abs(end[0] - i), end[0] < i))[1]
    return low, high


def _gap(links: Links, i: int) -> tuple[int, int]:
    """The English words around one that have no partner, up to those that have, by index."""
    first = last = i
    while first > 0 and first - 1 not in links.partner:
        first -= 1
    while last + 1 < len(links.english) and last + 1 not in links.partner:
        last += 1
    return first, last


def _span(links: Links, i: int, low: int, high: int, behind: bool) -> tuple[int, int] | None:
    """The French of the words that the lost one stands among, with their article.

    Args:
        behind: Whether the words behind it may belong to its phrase, as a noun's do not.
    """
    english, french = links.english, links.french
    first = last = i
    while first > 0 and _within(english[first - 1]):
        first -= 1
    behind = behind or (last + 1 < len(english) and english[last + 1].joined)
    while behind and last + 1 < len(english) and _within(english[last + 1]):
        last += 1
    run = [k for k in range(first, last + 1) if k in links.partner]
    if run:
        places = [links.partner[k] for k in run]
        if max(places) - min(places) > _BESIDE:
            nearest = min(run, key=lambda k: (abs(k - i), k < i))
            places = [links.partner[nearest]]
        span = min(places), max(places)
    elif 0 < high - low <= _WINDOW:
        span = low, high
    else:
        return None
    if span[0] and french[span[0] - 1].text.lower() in _DETERMINERS:
        return span[0] - 1, span[1]
    return span


def _within(word: Word) -> bool:
    """Whether a word may belong to the phrase that its neighbour belongs to."""
    return word.content and word.key not in _ELSEWHERE and word.key not in _OUTSIDE


@lru_cache(maxsize=16_384)
def _may_name(form: str, lexicon: Lexicon) -> bool:
    """Whether the form may be a noun, an adjective or a participle; unknown ones may."""
    readings = lexicon.analyses(form)
    return not readings or any(
        reading.upos in ("NOUN", "ADJ") or "part_past" in reading.feats for reading in readings
    )
