"""Names and acronyms beside those of the source, and beside themselves within the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.english import English
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.names import Names
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule
from mtaudit.source.align import Pair
from mtaudit.source.names import (
    Changed,
    NameReader,
    Word,
    english_words,
    fold,
    french_words,
)

_TRUSTED: Final = 0.5
# Marks that French news keeps whatever its keyboards: an « ö » is no « o ».
_KEPT_MARKS: Final = re.compile(r"[äöüñåøãõßÄÖÜÅØ]")
# Marks of other languages, which a newsroom drops or keeps, but not in one article.
_FOREIGN: Final = re.compile(r"(?![œŒ])[áíóúýÁÍÓÚÝ\u0100-\u017f]")
# One broken name may be a slip of the keyboard, two are the software's doing.
_BROKEN: Final = 2
_REFERENCE: Final = re.compile(r"&#?\w+;")


@lru_cache(maxsize=4)
def _reader(lexicon: Lexicon, names: Names, english: English) -> NameReader:
    return NameReader(lexicon, names, english)


def _pairs(annotated: Annotated) -> Iterator[tuple[Pair, str]]:
    """Pairs to be trusted with their French, character references blanked."""
    alignment = annotated.alignment
    if alignment is None:
        return
    text = annotated.article.text
    for pair in alignment.pairs:
        if pair.trust >= _TRUSTED:
            french = text[pair.start : pair.end]
            yield pair, _REFERENCE.sub(_blank, french)


def _blank(reference: re.Match[str]) -> str:
    """A character reference as a mark of its length."""
    return ("'" if reference[0] == "&#39;" else " ").ljust(len(reference[0]))


def _changes(annotated: Annotated, resources: Resources) -> list[tuple[Pair, Changed]]:
    """Names that changed on their way, but for those that the source has both ways."""
    reader = _reader(resources.lexicon, resources.names, resources.english)
    in_source = {fold(word.text) for word in english_words(annotated.article.source or "")}
    return [
        (pair, made)
        for pair, french in _pairs(annotated)
        for made in reader.changed(pair.english, french)
        if made.marks_only or fold(made.word.text) not in in_source
    ]


def name_changed(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A name that the French spells otherwise and that is no French form of it."""
    for pair, made in _changes(annotated, resources):
        if not made.marks_only:
            yield _hit(rule, pair, made.word, made.name)


def marks_lost(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A name that lost its diacritics: « Muller » for Müller.

    French newsrooms drop some marks (« Sanchez », « Hasek »). Where an article does so throughout,
    that is its style; where it keeps others or breaks names, it is none.
    """
    changes = _changes(annotated, resources)
    broken = sum(not made.marks_only and not made.name.isascii() for _, made in changes)
    mixed = broken >= _BROKEN or _FOREIGN.search(annotated.article.text) is not None
    for pair, made in changes:
        if made.marks_only and (mixed or _KEPT_MARKS.search(made.name)):
            yield _hit(rule, pair, made.word, made.name)


def lower_case_name(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A name that lost its capital: « la bahnhofstrasse »."""
    reader = _reader(resources.lexicon, resources.names, resources.english)
    for pair, french in _pairs(annotated):
        written = french_words(french)
        lower = {fold(w.text): w for w in written if w.text.islower()}
        upper = {fold(w.text) for w in written if not w.text.islower()}
        for name in english_words(pair.english):
            key = fold(name.text)
            word = lower.get(key)
            if word is None or key in upper or name.opens or not reader.is_name(name):
                continue
            known = resources.lexicon.knows(word.text) or resources.english.french(word.text)
            known = known or resources.english.knows(word.text) or _compound(key, resources)
            if not known and name.text[0].isupper() and _marks(word.text) <= _marks(name.text):
                yield _hit(rule, pair, word, name.text)


def _compound(word: str, resources: Resources) -> bool:
    """Whether a word is made of a learned part and a word: microfinance, velociraptor."""
    return any(
        resources.english.knows(word[cut:]) or resources.lexicon.knows(word[cut:])
        for cut in range(3, len(word) - 3)
        if word[:cut].endswith(("o", "i", "a"))
    )


def surname_dropped(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A first name left alone: « le poète Werner » for Werner Söllner."""
    reader = _reader(resources.lexicon, resources.names, resources.english)
    for pair, french in _pairs(annotated):
        said = english_words(pair.english)
        changed = {made.name for made in reader.changed(pair.english, french)}
        here = fold(french)
        for first, last in pairwise(said):
            if not _full_name(first, last, pair.english, reader) or last.text in changed:
                continue
            if any(part in here for part in _parts(fold(last.text))):
                continue
            alone = [w for w in french_words(french) if w.text == first.text]
            if len(alone) == 1 and not _followed_by_name(french, alone[0]):
                yield Hit(
                    rule,
                    pair.start + alone[0].start,
                    pair.start + alone[0].end,
                    (f"{first.text} {last.text}",),
                    source_text=f"{first.text} {last.text}",
                )


def _full_name(first: Word, last: Word, english: str, reader: NameReader) -> bool:
    """Whether two words of the English are a first name and a surname in a row."""
    together = english[first.end : last.start] == " "
    given = first.text[0].isupper() and reader.names.is_first_name(first.text)
    known = reader.english.knows(first.text.lower()) and first.opens
    surname = len(last.text) > 3 and reader.is_name(last)
    surname = surname and not reader.english.knows(last.text.lower())
    place = reader.names.is_place(f"{first.text} {last.text}")
    return together and given and not known and surname and not place


def _parts(name: str) -> list[str]:
    """What is left of a name that was bent: any four letters in a row."""
    return [name[i : i + 4] for i in range(max(1, len(name) - 3))]


def _followed_by_name(french: str, word: Word) -> bool:
    following = re.match(
        r"\s+(?:(?:de|du|la|von|van|der|al|el|ben)\s+)*([^\W\d_])", french[word.end :]
    )
    return following is not None and following[1].isupper()


# Acronyms ---------------------------------------------------------------------------------------

_ACRONYM: Final = re.compile(r"(?<![\w&.-])(?:[^\W\d_a-zà-ÿ]{2,6})(?:s\b)?(?![\w&-]|\.\w)")
# What French calls otherwise; that its own rules tell (rules/name/acronyms.yaml).
_ESTABLISHED: Final = frozenset(
    "UN UNO EU NATO WHO IMF US USA UK GDP WTO AIDS HIV DNA RNA NGO VAT CEO CFO IAEA ICC ICJ ECB "
    "OECD ILO OPEC IOC UAE DRC GDR FDR USSR MRI TV PM MP SME SMES FDI FTA NHL AU ADB OSCE UNHCR "
    "IPCC MP EC EP SUV IT PR ID HQ AI".split()
)
_SMALL: Final = frozenset("de du des la le les l d et à a en pour sur of the and for".split())


def acronym_changed(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """An acronym with other letters than in the source: « la DF » for ZDF.

    Translators make new acronyms of new names and spell them out; those that nothing in the
    article stands behind, and that are the source's with letters lost or out of order, are told.
    """
    source = annotated.article.source or ""
    pairs = [(pair, french, _acronyms(french)) for pair, french in _pairs(annotated)]
    kept = {text for _, _, written in pairs for _, _, text in written}
    for pair, french, written in pairs:
        if french.isupper() or pair.english.isupper():
            continue
        said = Counter(text for _, _, text in _acronyms(pair.english))
        said.subtract(text for _, _, text in written)
        lost = [text for text, count in said.items() if count > 0 and text not in _ESTABLISHED]
        strange = [
            found
            for found in written
            if not (re.search(rf"\b{found[2]}", source) or resources.names.is_org(found[2]))
        ]
        for start, end, text in strange:
            for name in lost:
                # A name that the source spells out may be spelt out in French, in its own order.
                shuffled = sorted(text) == sorted(name) and (
                    name in kept or not _spelt_out(name, source)
                )
                cut = len(name) > 2 and _cut(name, text)
                if (shuffled or cut) and not _spelt_out(text, annotated.article.text):
                    yield Hit(
                        rule,
                        pair.start + start,
                        pair.start + end,
                        (name,),
                        source_text=name,
                    )
                    lost.remove(name)
                    break


def _acronyms(text: str) -> list[tuple[int, int, str]]:
    """Start, end and letters of the acronyms of a text."""
    return [
        (found.start(), found.end(), found[0].rstrip("s"))
        for found in _ACRONYM.finditer(text)
        if len(found[0]) > 1
    ]


def _cut(name: str, text: str) -> bool:
    """Whether an acronym is another with one or two letters less."""
    if not 0 < len(name) - len(text) <= 2:
        return False
    letters = iter(name)
    return all(letter in letters for letter in text)


def _spelt_out(acronym: str, article: str) -> bool:
    """Whether words of the article begin with the letters of an acronym."""
    initials = "".join(
        word[0].upper() for word in re.findall(r"[^\W\d_]+", article) if word.lower() not in _SMALL
    )
    return acronym in initials


def english_acronym_kept(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """The English acronym in brackets behind its French name: « Cour suprême de justice (SCJ) »."""
    for pair, french in _pairs(annotated):
        for start, end, text in _acronyms(french):
            if len(text) < 3 or french[start - 1 : start] != "(" or french[end : end + 1] != ")":
                continue
            at = pair.english.find(f"({text})")
            if at < 0 or not _stands_for(pair.english[:at], text, resources.english):
                continue
            made = _initials(french[: start - 1])[-len(text) :]
            if sorted(made) == sorted(text) and made != text:
                yield Hit(rule, pair.start + start, pair.start + end, (made,), source_text=text)


# Bodies that bear a French name in French; parties and agencies keep the acronym they are known by.
_TRANSLATED_HEADS: Final = frozenset(
    "Court Council Ministry Plan Program Programme Commission Committee Directorate".split()
)


def _stands_for(english: str, acronym: str, words: English) -> bool:
    """Whether English words before an acronym begin with its letters; names stay as they are."""
    spelt = [w for w in re.findall(r"[^\W\d_]+", english) if w.lower() not in _SMALL]
    last = spelt[-len(acronym) :]
    if not any(word in _TRANSLATED_HEADS for word in last):
        return False
    return "".join(_plain(w[0]) for w in last) == acronym and all(
        words.knows(w.lower()) for w in last
    )


def _initials(text: str) -> str:
    words = re.findall(r"[^\W\d_]+", text)
    return "".join(_plain(word[0]) for word in words if word.lower() not in _SMALL)


def _plain(letter: str) -> str:
    return fold(letter).upper() or letter


# Surnames that are words ------------------------------------------------------------------------

_TRANSLATED_LINES: Final = """
brown brun marron|bush buisson|rice riz|white blanc|black noir|green vert|young jeune|king roi
wood bois|woods bois|stone pierre|baker boulanger|cook cuisinier|hill colline|west ouest
north nord|day jour|bell cloche|gates portes|jobs emplois|pope pape|bishop évêque|wolf loup
fox renard|bird oiseau|love amour|long long|short court|hope espoir|church église|sharp pointu
rich riche|swift rapide|hunt chasse|moon lune|winter hiver|summer été|snow neige|banks banques
brooks ruisseaux|fields champs|waters eaux|bacon lard|hall salle|powers pouvoirs|ford gué
field champ|parks parcs|park parc|walker marcheur|fisher pêcheur|shepherd berger|miller meunier
carpenter charpentier|mason maçon|potter potier|smith forgeron|knight chevalier|duke duc
little petit|small petit|strong fort|wise sage|savage sauvage|cruise croisière|crow corbeau
swan cygne|lamb agneau|bull taureau|buck mâle|cash argent|price prix|stark raide|hammer marteau
silver argent|gold or|page page|law loi|read lire|weaver tisserand|archer archer|hunter chasseur
farmer agriculteur|gardener jardinier|singer chanteur|taylor tailleur|butler majordome
steel acier|ward quartier|rose rose|marsh marais|lake lac|rivers rivières|flowers fleurs
frost gel|storm tempête|bloom fleur|dean doyen|pound livre|noble noble|blunt franc
crane grue|drake canard|finch pinson|rooney rooney|sparrow moineau|woodward vers le bois
"""
_TRANSLATED: Final = {
    words[0]: frozenset(words[1:])
    for entry in _TRANSLATED_LINES.strip().replace("\n", "|").split("|")
    if len(words := entry.split()) > 1 and words[0] != words[1]
}
_ENGLISH_TITLES: Final = frozenset(
    "mr mrs ms dr sir lord lady president senator sen rep gov governor secretary minister "
    "chancellor judge justice prof professor general gen colonel captain sergeant officer "
    "chairman mayor coach".split()
)

_FRENCH_TITLES: Final = frozenset("M Mme Mlle MM président présidente Président".split())


def surname_translated(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A surname taken for the word that it is: « M. Brun » for Mr Brown."""
    names = resources.names
    for pair, french in _pairs(annotated):
        said = english_words(pair.english)
        written = french_words(french)
        here = {fold(word.text) for word in written}
        for word in said:
            renderings = _TRANSLATED.get(word.text.lower())
            if not renderings or not word.text[0].isupper() or fold(word.text) in here:
                continue
            title = word.before.lower() in _ENGLISH_TITLES
            given = word.before[:1].isupper() and names.is_first_name(word.before)
            if not (title or given):
                continue
            for made in written:
                if made.text.lower() not in renderings:
                    continue
                beside = fold(made.before) == fold(word.before) if given else False
                titled = made.before in _FRENCH_TITLES or (
                    made.text[0].isupper() and not made.opens
                )
                if beside or (title and titled):
                    yield _hit(rule, pair, made, word.text)
                    break


# Within the article -----------------------------------------------------------------------------


def accent_varies(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """One name with and without its accent: « Guerini » in an article that has « Guérini ».

    Only beside a source, which names it one way: two people may bear two names, and the press
    writes « Elysée » and « Élysée ».
    """
    if annotated.alignment is None:
        return
    said = {fold(word.text): word.text for word in english_words(annotated.article.source or "")}
    forms: dict[str, Counter[str]] = {}
    words: list[Word] = []
    for word in french_words(annotated.article.text):
        text = word.text
        if len(text) < 5 or not text[0].isupper() or text.isupper() or "'" in text:
            continue
        if resources.lexicon.knows(text.lower()) or resources.english.knows(text.lower()):
            continue
        words.append(word)
        forms.setdefault(fold(text), Counter())[text] += 1
    for word in words:
        others = forms[fold(word.text)]
        best = max(others, key=lambda text: (_marks(text), others[text]))
        same_name = fold(word.text) in said and word.text[1:].lower() != best[1:].lower()
        if same_name and _marks(word.text) < _marks(best):
            name = said[fold(word.text)]
            yield Hit(rule, word.start, word.end, (best,), source_text=name)


def _marks(text: str) -> int:
    return sum(not char.isascii() for char in text)


def _hit(rule: Rule, pair: Pair, word: Word, name: str) -> Hit:
    return Hit(rule, pair.start + word.start, pair.start + word.end, (name,), source_text=name)
