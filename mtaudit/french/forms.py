"""Closed classes of French words: forms that elide or contract, number words, common words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_FUNCTION_FORMS: Final = {
    "le": "le la l' les",
    "un": "un une des",
    "de": "de d' du des",
    "à": "à au aux",
    "que": "que qu'",
    "ne": "ne n'",
    "se": "se s'",
    "je": "je j'",
    "me": "me m'",
    "te": "te t'",
    "ce": "ce c' cet cette ces",
    "si": "si s'",
    "lorsque": "lorsque lorsqu'",
    "puisque": "puisque puisqu'",
    "jusque": "jusque jusqu' jusqu",
    "son": "son sa ses",
    "mon": "mon ma mes",
    "ton": "ton ta tes",
    "leur": "leur leurs",
    "notre": "notre nos",
    "votre": "votre vos",
    "quel": "quel quelle quels quelles",
    "tout": "tout toute tous toutes",
    "lequel": "lequel laquelle lesquels lesquelles duquel desquels desquelles auquel auxquels "
    "auxquelles",
    "celui": "celui celle ceux celles",
}

NUMBER_WORDS: Final = frozenset(
    "un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf vingt vingt-deux vingt-trois vingt-quatre vingt-cinq trente "
    "quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix cent cents mille "
    "million millions milliard milliards".split()
)

DETERMINERS: Final = frozenset(
    "le la l' les un une des du de d' au aux ce cet cette ces mon ma mes ton ta tes son sa ses "
    "notre nos votre vos leur leurs quelques plusieurs chaque aucun aucune tout toute tous toutes "
    "certains certaines quel quelle quels quelles".split()
)
PREPOSITIONS: Final = frozenset(
    "à au aux de d' du des en dans par pour sur sous avec sans chez contre vers entre depuis "
    "pendant avant après devant derrière selon malgré parmi hors dès jusque jusqu'".split()
)

# Occurrences per 1,000 words of French news, rounded; all other words cost OTHER_COST. They
# only steer which word of a pattern is looked up first, so their order of magnitude is enough.
_FREQUENT: Final = (
    (40, "de la le l' les et à des en d' du"),
    (12, "un une que dans a pour est au qui il par sur pas plus ne avec ce n' s' se"),
    (5, "qu' son mais on sa cette aux été y c' nous ses sont comme ont leur tout je elle fait"),
    (
        2,
        "même deux ces si entre dont où aussi après bien j' ils lui être autres sans encore peut "
        "avait était ans avoir très alors ou tous leurs millions dit quand faire depuis contre "
        "avant donc sous cela selon toute moins années notre nos vous",
    ),
)
OTHER_COST: Final = 0.02
_COST: Final = {word: float(cost) for cost, words in _FREQUENT for word in words.split()}


def function_forms(lemma: str) -> frozenset[str]:
    """All forms of a word that elides or contracts; empty for any other word."""
    return frozenset(_FUNCTION_FORMS.get(lemma, "").split())


def frequency(form: str) -> float:
    """Roughly how often a form occurs in 1,000 words of news."""
    return _COST.get(form, OTHER_COST)


# What our feature names are called in Universal Dependencies.
FEATURES: Final[Mapping[str, tuple[str, ...]]] = {
    "masc": ("Gender=Masc",),
    "fem": ("Gender=Fem",),
    "sing": ("Number=Sing",),
    "plur": ("Number=Plur",),
    "1": ("Person=1",),
    "2": ("Person=2",),
    "3": ("Person=3",),
    "inf": ("VerbForm=Inf",),
    "part_pres": ("VerbForm=Part", "Tense=Pres"),
    "part_past": ("VerbForm=Part", "Tense=Past"),
    "pres": ("Mood=Ind", "Tense=Pres"),
    "imperf": ("Mood=Ind", "Tense=Imp"),
    "past_simple": ("Mood=Ind", "Tense=Past"),
    "fut": ("Mood=Ind", "Tense=Fut"),
    "cond": ("Mood=Cnd",),
    "subj": ("Mood=Sub",),
    "subj_imperf": ("Mood=Sub", "Tense=Imp"),
    "imper": ("Mood=Imp",),
}

FEMININE_OF: Final[Mapping[str, str]] = dict(
    pair.split("/")
    for pair in (
        "président/présidente vice-président/vice-présidente directeur/directrice "
        "sénateur/sénatrice député/députée conseiller/conseillère avocat/avocate acteur/actrice "
        "chanteur/chanteuse chercheur/chercheuse fondateur/fondatrice cofondateur/cofondatrice "
        "candidat/candidate ambassadeur/ambassadrice joueur/joueuse militant/militante "
        "réalisateur/réalisatrice physicien/physicienne champion/championne patron/patronne "
        "adjoint/adjointe dirigeant/dirigeante administrateur/administratrice "
        "animateur/animatrice présentateur/présentatrice rédacteur/rédactrice "
        "coordinateur/coordinatrice coordonnateur/coordonnatrice consultant/consultante "
        "étudiant/étudiante enseignant/enseignante habitant/habitante résident/résidente "
        "infirmier/infirmière chancelier/chancelière historien/historienne musicien/musicienne "
        "politicien/politicienne gérant/gérante assistant/assistante propriétaire/propriétaire "
        "agent/agente romancier/romancière éditeur/éditrice danseur/danseuse vendeur/vendeuse "
        "travailleur/travailleuse ouvrier/ouvrière policier/policière héritier/héritière "
        "employé/employée retraité/retraitée compositeur/compositrice créateur/créatrice "
        "organisateur/organisatrice inspecteur/inspectrice producteur/productrice lycéen/lycéenne "
        "citoyen/citoyenne"
    ).split()
)
"""Nouns for persons: the feminine by the masculine."""
