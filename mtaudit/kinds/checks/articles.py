"""Articles that English does without: « Vikings ont pris », « avec Allemagne », « de FMI »."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import NUMBER, third_person
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule

# Nouns of the news in the singular, which no sentence but a headline begins with.
_SINGULAR: Final = frozenset(
    "président ministre gouvernement police parlement pays ville entreprise société compagnie "
    "tribunal procureur banque rapport étude projet enquête accord attaque accident incendie "
    "papier armée opposition usine presse commission conseil parti".split()
)


@lru_cache(maxsize=8192)
def _noun(lexicon: Lexicon, form: str) -> frozenset[str]:
    """The numbers of a form that can only be a noun (or an adjective of the same shape)."""
    readings = lexicon.analyses(form)
    nouns = [each for each in readings if each.upos == "NOUN" and each.common]
    if not nouns or any(each.upos not in ("NOUN", "ADJ") for each in readings):
        return frozenset()
    return frozenset().union(*(each.feats & NUMBER for each in nouns))


def bare_subject(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A noun without article that opens a sentence, as the subject of the verb behind it."""
    tokens, norms, lexicon = annotated.tokens, annotated.norms, resources.lexicon
    for sentence in annotated.sentences:
        if sentence.section not in ("body", "lead"):
            continue
        i = sentence.first
        while i < sentence.last - 2 and norms[i] in ('"', "«", "mais", "et", "-", "–"):
            i += 1
        if i + 3 >= sentence.last or not tokens[i].text.istitle():
            continue
        if annotated.article.text[tokens[sentence.last - 1].end - 1] not in '.!?…"»':
            continue  # a headline
        numbers = _noun(lexicon, norms[i])
        nation = "nationality" in resources.names.kinds(tokens[i].text)
        if not numbers and nation and norms[i].endswith("s"):
            numbers = frozenset(("plur",))
        if tokens[i + 1].text[0].isupper():
            continue  # « Société Générale »
        if not numbers or resources.names.kinds(tokens[i].text) - {"surname", "nationality"}:
            continue
        k = i + 1
        while k < sentence.last - 1 and _adjective(lexicon, norms[k]):
            k += 1
        if norms[k] in ("ne", "n'", "se", "s'"):
            k += 1
        verb = third_person(lexicon, norms[k])
        if not tokens[k].text.islower() or not verb or norms[k] in ("oblige", "obligent"):
            continue  # « Précautions obligent »
        if norms[k + 1].startswith("-"):
            continue
        if numbers == {"plur"}:
            article = "Les"
        elif norms[i] in _SINGULAR and "sing" in verb:
            feminine = any("fem" in each.feats for each in lexicon.analyses(norms[i]))
            article = "L'" if norms[i][0] in "aeiouéèêâîôûh" else "La" if feminine else "Le"
        else:
            continue
        joint = "" if article == "L'" else " "
        yield Hit(rule, tokens[i].start, tokens[i].end, (f"{article}{joint}{norms[i]}",))


@lru_cache(maxsize=8192)
def _adjective(lexicon: Lexicon, form: str) -> bool:
    readings = lexicon.analyses(form)
    return any(each.upos == "ADJ" for each in readings) and all(
        each.upos in ("ADJ", "NOUN") or "part_past" in each.feats for each in readings
    )


# --- countries -----------------------------------------------------------------------------------


_FEMININE: Final = frozenset(
    "France Allemagne Italie Espagne Angleterre Russie Chine Inde Turquie Syrie Grèce Suisse "
    "Belgique Autriche Pologne Hongrie Suède Norvège Finlande Irlande Écosse Ukraine Roumanie "
    "Bulgarie Serbie Croatie Slovaquie Slovénie Estonie Lettonie Lituanie Géorgie Libye Tunisie "
    "Algérie Égypte Jordanie Arabie Somalie Éthiopie Thaïlande Indonésie Malaisie Australie "
    "Argentine Colombie Bolivie Europe Asie Afrique Amérique Moldavie Biélorussie Mauritanie "
    "Côte-d'Ivoire Namibie Zambie Tanzanie Californie Floride Catalogne Bavière".split()
)
_MASCULINE: Final = frozenset(
    "Royaume-Uni Canada Brésil Mexique Japon Portugal Danemark Luxembourg Kosovo Liban Maroc "
    "Soudan Nigeria Kenya Sénégal Mali Niger Tchad Congo Cameroun Pakistan Bangladesh Vietnam "
    "Cambodge Laos Népal Chili Pérou Venezuela Paraguay Guatemala Honduras Nicaragua Salvador "
    "Kazakhstan Kirghizistan Tadjikistan Turkménistan Zimbabwe Rwanda Burundi Mozambique Botswana "
    "Ghana Togo Bénin Gabon Texas Nebraska Colorado Michigan Montana Nevada Tennessee "
    "Wisconsin Kentucky Vermont Coahuila Michoacán Nuevo-León Chiapas Yucatán".split()
)
_VOWEL: Final = frozenset(
    "Allemagne Italie Espagne Angleterre Inde Autriche Irlande Écosse Ukraine Estonie Algérie "
    "Égypte Arabie Éthiopie Indonésie Australie Argentine Europe Asie Afrique Amérique".split()
)
_PLURAL: Final = frozenset(("États-Unis", "Etats-Unis", "Pays-Bas", "Philippines", "Émirats"))
# Prepositions that want the article before a country's name.
_WANTING: Final = frozenset("avec contre par dans pour sur vers selon sans".split())
_BEFORE_SUBJECT: Final = frozenset("que qu' où si mais car donc lorsque quand".split())


def _with_article(name: str) -> str:
    if name in _PLURAL:
        return f"les {name}"
    if name in _VOWEL:
        return f"l'{name}"
    return f"la {name}" if name in _FEMININE else f"le {name}"


def _listed(norms: tuple[str, ...], i: int) -> bool:
    """Whether a name is one of several: « , Japon et Chine »."""
    return norms[i + 1] in ("et", ",", "ou")


def bare_country(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A country without its article, as a subject or behind a preposition that wants it."""
    tokens, norms, lexicon = annotated.tokens, annotated.norms, resources.lexicon
    known = _FEMININE | _MASCULINE | _PLURAL
    for sentence in annotated.sentences:
        if sentence.section not in ("body", "lead"):
            continue
        for i in range(sentence.first, sentence.last - 1):
            name = tokens[i].text
            if name not in known:
                continue
            following = tokens[i + 1].text
            if following[0].isupper() or following[0].isdigit() or following in ("-", "–", "/"):
                continue
            if name == "France" and norms[i + 1] in ("info", "inter", "bleu", "culture"):
                continue  # a station
            before = norms[i - 1] if i > sentence.first else ""
            if before == "," and tokens[i - 2].text[0].islower() and not _listed(norms, i):
                before = "car"  # « Comme on le sait, Michoacán n'a pas »
            if i > sentence.first and tokens[i - 1].text[0].isupper() and i - 1 > sentence.first:
                continue
            made: str | None = None
            first = i
            if before in _WANTING:
                if before == "pour" and not following[0].isalpha():
                    continue
                made = _with_article(name)
            elif before in ("de", "en") and (name in _MASCULINE or name in _PLURAL):
                first = i - 1
                plural = name in _PLURAL
                made = {"de": "des" if plural else "du", "en": "aux" if plural else "au"}[before]
                made = f"{made} {name}"
                if name in ("Luxembourg", "Salvador", "Guatemala"):
                    continue  # towns too
            elif before == "à" and name in _FEMININE:
                first, made = i - 1, f"en {name}"
            elif before in _BEFORE_SUBJECT or i == sentence.first:
                k = i + 1
                while k < sentence.last - 1 and norms[k] in (
                    "ne",
                    "n'",
                    "se",
                    "s'",
                    "y",
                    "en",
                    "l'",
                    "le",
                    "la",
                    "les",
                ):
                    k += 1
                verb = third_person(lexicon, norms[k]) if k < sentence.last else frozenset()
                if not verb or (name not in _PLURAL and "sing" not in verb):
                    continue
                if norms[k + 1 : k + 2] and norms[k + 1].startswith("-"):
                    continue
                made = _with_article(name)
            if made is None:
                continue
            if tokens[first].text[0].isupper() and first == sentence.first:
                made = made[0].upper() + made[1:]
            yield Hit(rule, tokens[first].start, tokens[i].end, (made,))


# --- acronyms -----------------------------------------------------------------------------------


_ARTICLES: Final = frozenset(("l'", "le", "la", "du", "au"))
_LEADERS: Final = frozenset(
    "président présidente vice-président chef cheffe dirigeant dirigeante dirigeants leader "
    "porte-parole député députée députés sénateur sénateurs secrétaire directeur directrice "
    "membre membres patron responsable responsables candidat candidate candidats rapport "
    "représentant représentants siège".split()
)


def bare_acronym(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """An acronym without the article that it has everywhere else in the text."""
    tokens, norms = annotated.tokens, annotated.norms
    having: Counter[str] = Counter()
    lacking: dict[str, list[int]] = {}
    for i in range(2, len(tokens) - 1):
        text = tokens[i].text
        if not (text.isalpha() and text.isupper() and 3 <= len(text) <= 6):
            continue
        if tokens[i - 1].text.isupper() and len(tokens[i - 1].text) > 2:
            continue
        if norms[i - 1] in _ARTICLES:
            having[text] += 1
        elif (
            norms[i - 1] in ("de", "d'")
            and norms[i - 2] in _LEADERS
            and (
                tokens[i + 1].text[0] not in "-/0123456789" and not tokens[i + 1].text[0].isupper()
            )
        ):
            lacking.setdefault(text, []).append(i)
    for text, places in lacking.items():
        if having[text] > len(places):
            for i in places:
                yield Hit(rule, tokens[i - 1].start, tokens[i].end)
