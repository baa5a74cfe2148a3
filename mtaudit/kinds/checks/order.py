"""Word order: adjectives before their noun, names stacked behind one, stacked nouns.

The words alone tell where to look; the syntax then has to agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import DETERMINERS, GENDER, NUMBER
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.words import per_article
from mtaudit.rulebook import Rule

_SHAPE: Final = GENDER | NUMBER
# What may stand right before an adjective that belongs to a noun behind it; « de » stands for the
# article before plural nouns alone. News says « tu » to nobody.
_OPENERS: Final = {
    form: features for form, features in DETERMINERS.items() if form not in ("ta", "ton", "tes")
} | dict.fromkeys(("de", "d'"), frozenset(("plur",)))
# Adjectives that tell where, of what kind or of what colour a thing is follow their noun.
_PLACES: Final = frozenset(
    "américain britannique anglais allemand italien espagnol russe chinois japonais coréen indien "
    "pakistanais afghan irakien iranien israélien palestinien syrien turc grec portugais belge "
    "néerlandais suisse autrichien polonais tchèque slovaque hongrois roumain bulgare serbe croate "
    "bosniaque ukrainien géorgien suédois norvégien danois finlandais irlandais écossais gallois "
    "canadien québécois mexicain brésilien argentin chilien colombien vénézuélien cubain "
    "australien africain européen asiatique égyptien libyen tunisien marocain algérien saoudien "
    "libanais jordanien yéménite somalien nigérian soviétique arabe français parisien londonien "
    "berlinois new-yorkais sud-coréen nord-coréen sud-africain".split()
)
_KINDS: Final = frozenset(
    "économique financier commercial industriel électoral présidentiel gouvernemental "
    "parlementaire législatif judiciaire juridique pénal médical chirurgical hospitalier "
    "scientifique technologique numérique informatique électronique électrique mécanique chimique "
    "biologique génétique climatique environnemental écologique agricole alimentaire énergétique "
    "pétrolier gazier nucléaire spatial aérien maritime ferroviaire routier terrestre militaire "
    "naval policier terroriste islamique islamiste musulman chrétien catholique juif religieux "
    "culturel artistique musical littéraire théâtral cinématographique sportif olympique scolaire "
    "universitaire éducatif académique professionnel salarial syndical patronal fiscal budgétaire "
    "monétaire bancaire boursier immobilier hôtelier diplomatique international "
    "national fédéral régional municipal local mondial occidental oriental urbain rural civil "
    "public social politique sexuel racial ethnique raciste démocratique républicain communiste "
    "humanitaire sanitaire familial parental animal solaire annuel mensuel hebdomadaire "
    "trimestriel extérieur intérieur technique psychologique mental cérébral cardiaque sanguin "
    "viral infectieux thérapeutique pharmaceutique clinique statistique mathématique "
    "philosophique idéologique constitutionnel institutionnel administratif territorial frontalier "
    "tropical arctique atmosphérique carcéral télévisé photographique publicitaire "
    "supplémentaire similaire disponible additionnel ultérieur séparé négatif positif défensif "
    "offensif vulnérable compatible adulte féminin criminel frauduleux toxique radioactif".split()
)
_LOOKS: Final = frozenset(
    "blanc noir rouge vert bleu jaune gris brun blond chauve carré ovale nu ivre aveugle "
    "handicapé gratuit".split()
)
_MOODS: Final = frozenset(
    "curieux déçu inquiet fatigué blessé mécontent satisfait effrayé affamé surpris armé masqué "
    "vêtu exilé emprisonné expérimenté qualifié accusé élu frustré endommagé détruit brisé cassé "
    "volé caché proposé retardé prolongé augmenté amélioré révisé attaqué occupé assiégé protégé "
    "endetté".split()
)
_LISTS: Final = {"place": _PLACES, "kind": _KINDS, "look": _LOOKS, "state": _MOODS}
# Set phrases in which such an adjective does come first.
_SET: Final = frozenset(
    "moyen âge|moyen age|moyen terme|moyenne section|blanc bec|blancs becs|noir désir|"
    "rouge gorge|verts pâturages|vertes années|verte campagne|blanc seing|noirs desseins|"
    "noir dessein|noire colère|nu propriétaire|curieux hasard|curieux personnage|curieux destin|"
    "national socialisme|public type|social libéral|sociale démocratie|social démocrate".split("|")
)


@lru_cache(maxsize=8192)
def _as_noun(lexicon: Lexicon, form: str) -> frozenset[str]:
    """Gender and number of a form that the dictionary knows as a noun alone; empty otherwise."""
    # Readings that nobody knows (« comité » as an adjective) count for nothing.
    readings = [each for each in lexicon.analyses(form) if each.common]
    if not readings or any(
        each.upos
        in ("ADJ", "ADV", "ADP", "DET", "PRON", "AUX", "PROPN", "CCONJ", "SCONJ", "NUM", "INTJ")
        for each in readings
    ):
        return frozenset()
    if any(each.upos == "VERB" and "part_past" in each.feats for each in readings):
        return frozenset()
    return frozenset().union(*(each.feats & _SHAPE for each in readings if each.upos == "NOUN"))


@lru_cache(maxsize=8192)
def _as_adjective(lexicon: Lexicon, form: str, listed: frozenset[str]) -> frozenset[str]:
    """Gender and number of a form of one of the listed adjectives; empty if it is none."""
    found = [
        each
        for each in lexicon.analyses(form)
        if (each.upos == "ADJ" and each.lemma in listed)
        or ("part_past" in each.feats and _participle(lexicon, each.lemma) in listed)
    ]
    return frozenset().union(*(each.feats & _SHAPE or _SHAPE for each in found))


def _participle(lexicon: Lexicon, lemma: str) -> str:
    """The masculine singular of a verb's past participle."""
    return lexicon.inflect(lemma, "VERB", {"part_past", "masc", "sing"}) or ""


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return all(
        not (one & kind) or not (other & kind) or bool(one & other & kind)
        for kind in (GENDER, NUMBER)
    )


# --- adjectives before their noun ------------------------------------------------------------


def adjective_before_noun(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """An adjective that French puts behind its noun, before it: « les fédéraux agents »."""
    listed = _LISTS.get(str(rule.options.get("adjectives")))
    if listed is None:
        raise rule.error(
            f"there is no list {rule.options.get('adjectives')!r}",
            "options",
            expected=f"adjectives: {', '.join(_LISTS)}",
        )
    for index, places in _adjectives(annotated, resources.lexicon, listed):
        sentence = annotated.sentences[index]
        parsed = annotated.parsed(index, resources.syntax)
        for place in places:
            at = place - sentence.first
            adjective = parsed.upos[at] == "ADJ" or (
                parsed.upos[at] == "VERB" and "VerbForm=Part" in parsed.feats[at]
            )
            # What the dictionary knows as an adjective alone is one, whatever the tagger makes
            # of an order that it has not seen.
            sure = not any(
                each.upos == "NOUN" for each in resources.lexicon.analyses(annotated.norms[place])
            )
            first, second = annotated.tokens[place], annotated.tokens[place + 1]
            # « le communiste Hubert »: a person's name, whatever else the word may mean.
            if second.text[0].isupper() and resources.names.kinds(second.text):
                continue
            if (adjective or sure) and parsed.upos[at + 1] in ("NOUN", "PROPN"):
                yield Hit(rule, first.start, second.end, (f"{second.text} {first.text}",))


def adjective_before_noun_asks(annotated: Annotated, resources: Resources) -> set[int]:
    """Sentences in which such an adjective seems to stand before a noun."""
    return {
        index
        for listed in _LISTS.values()
        for index, _ in _adjectives(annotated, resources.lexicon, listed)
    }


@per_article
def _adjectives(
    annotated: Annotated, lexicon: Lexicon, listed: frozenset[str]
) -> Iterator[tuple[int, list[int]]]:
    norms, tokens = annotated.norms, annotated.tokens
    for index, sentence in enumerate(annotated.sentences):
        found = []
        for i in range(sentence.first, sentence.last - 2):
            opener = _OPENERS.get(norms[i])
            if opener is None or not tokens[i + 1].text.islower():
                continue
            own = _as_adjective(lexicon, norms[i + 1], listed)
            noun = _as_noun(lexicon, norms[i + 2]) if own else frozenset()
            if (
                noun
                and _agree(own, noun)
                and _agree(opener, noun)
                and f"{norms[i + 1]} {norms[i + 2]}" not in _SET
            ):
                found.append(i + 1)
        if found:
            yield index, found


def _finite(lexicon: Lexicon, form: str) -> bool:
    """Whether a form may be a finite verb."""
    return any(each.upos == "VERB" and "3" in each.feats for each in lexicon.analyses(form))


# --- stacked nouns ---------------------------------------------------------------------------


def stacked_nouns(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A noun before the noun that it says more about: « les sécurité responsables ».

    The determiner gives it away: it is plural, as the second noun is and the first is not.
    """
    lexicon, norms, tokens = resources.lexicon, annotated.norms, annotated.tokens
    for sentence in annotated.sentences:
        for i in range(sentence.first, sentence.last - 2):
            opener = _OPENERS.get(norms[i])
            if (
                opener is None
                or norms[i] in ("l'", "de", "d'", "deux", "trois", "chaque")
                or not (tokens[i + 1].text.islower() and tokens[i + 2].text.islower())
            ):
                continue
            first, second = _as_noun(lexicon, norms[i + 1]), _as_noun(lexicon, norms[i + 2])
            if (
                "plur" in opener
                and first & NUMBER == {"sing"}
                and second & NUMBER == {"plur"}
                and _agree(opener, second)
                and not _finite(lexicon, norms[i + 1])
                and not _finite(lexicon, norms[i + 2])
            ):
                start, end = tokens[i + 1], tokens[i + 2]
                yield Hit(rule, start.start, end.end, (f"{end.text} de {start.text}",))


# --- names behind a noun ---------------------------------------------------------------------

_OWNED: Final = frozenset(
    "réception siège hall patron patrons fondateur cofondateur actionnaires actionnaire employés "
    "employé salariés salarié clients client dirigeant dirigeants fans supporters supporteurs "
    "entraîneur capitaine joueur joueurs attaquant défenseur gardien membres membre frontière "
    "territoire territoires sol économie gouvernement parlement président ministre ambassadeur "
    "ambassade population troupes soldats forces armée police officiels responsables "
    "résidents habitants villages côtes dette élections ventes bénéfices avocats avocat analyste "
    "analystes économiste stratège chercheurs professeur étudiants".split()
)


def bare_name(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A name stacked right behind the noun that belongs to it: « la réception UBS »."""
    names, norms, tokens = resources.names, annotated.norms, annotated.tokens
    for sentence in annotated.sentences:
        for i in range(sentence.first + 1, sentence.last - 1):
            if norms[i] not in _OWNED or not tokens[i].text.islower():
                continue
            name = tokens[i + 1].text
            if not name[0].isupper() or _OPENERS.get(norms[i - 1]) is None:
                continue
            kinds = names.kinds(name)
            if not kinds or kinds & {"first_name", "surname", "leader", "nationality"}:
                continue
            # « le président Afrique du groupe », « Corée du Nord » and the like.
            following = tokens[i + 2].text if i + 2 < sentence.last else "."
            if following[0].isupper() or following in ("-", "&", "/", "du", "de", "des"):
                continue
            if kinds & {"country", "region", "company", "org"}:
                yield Hit(rule, tokens[i].start, tokens[i + 1].end, ())
