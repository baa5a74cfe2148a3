"""What the checks of agreement and of clauses read sentences by: classes of words, and steps.

The classes say how a word usually stands in the news, not all that it may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Concatenate, Final, ParamSpec, TypeVar

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

# What a noun phrase begins with.
DETERMINERS: Final = frozenset(
    "le la l' les un une des du ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre "
    "vos leur leurs quelques plusieurs certains certaines chaque aucun aucune tout toute tous "
    "toutes deux trois quatre cinq six sept huit neuf dix".split()
)
# Determiners and numerals before nouns in the plural.
MANY: Final = frozenset(
    "les des ces ses mes tes nos vos leurs aux plusieurs quelques certains certaines deux trois "
    "quatre cinq six sept huit neuf dix onze douze vingt trente cent cents mille divers diverses "
    "différents différentes".split()
)
# Adjectives that stand before their noun.
BEFORE_NOUN: Final = frozenset(
    "petit petite petits petites grand grande grands grandes nouveau nouvel nouvelle nouveaux "
    "nouvelles ancien ancienne anciens anciennes jeune jeunes vieux vieil vieille vieilles premier "
    "première premiers premières dernier dernière derniers dernières autre autres même mêmes bon "
    "bonne bons bonnes mauvais mauvaise mauvaises seul seule seuls seules gros grosse grosses haut "
    "haute hauts hautes long longue longs longues principal principale principaux principales "
    "futur future futurs futures deuxième second seconde troisième beau belle beaux belles "
    "meilleur meilleure meilleurs meilleures".split()
)
# What governs the phrase behind it; « que » shields it in the same way.
PREPOSITIONS: Final = frozenset(
    "de du des d' à au aux en dans sur sous par pour avec sans contre entre vers chez depuis "
    "pendant après avant devant derrière malgré selon envers hors jusqu' jusque dès parmi "
    "comme que qu' lors".split()
)
# Words that join a second phrase to the first.
JOINED: Final = frozenset("et ou ni comme ainsi avec & plus".split())
# Marks at which a phrase ends.
BREAKS: Final = frozenset(', ; : ( ) « » " – — -'.split())
# Forms of *être* before an attribute.
BE: Final = frozenset(
    "sommes étions serons serions fûmes soyons est sont était étaient sera seront serait seraient "
    "fut furent été soit soient".split()
)
# Forms of *avoir* as an auxiliary.
HAVE: Final = frozenset(
    "a ont avait avaient aura auront aurait auraient ai avons avez aviez aurai aurais "
    "aurons aurions".split()
)
# Adverbs between a verb and its complement.
ADVERBS: Final = frozenset(
    "pas plus déjà très bien trop aussi toujours souvent encore jamais moins si tout tant peu "
    "donc alors ainsi également même presque mal assez désormais loin".split()
)
# What opens a clause that depends on another.
SUBORDINATORS: Final = frozenset(
    "que qu' qui quoi dont où quand lorsque lorsqu' si s' comme puisque puisqu' quoique quoiqu' "
    "lequel laquelle lesquels lesquelles auquel auxquels auxquelles duquel desquels desquelles "
    "combien comment pourquoi quel quelle quels quelles".split()
)


P = ParamSpec("P")
R = TypeVar("R")


def per_article(
    search: Callable[Concatenate[Annotated, P], Iterator[R]],
) -> Callable[Concatenate[Annotated, P], tuple[R, ...]]:
    """Keeps what a search finds in an article: a check that asks for syntax searches it twice."""

    @wraps(search)
    def kept(annotated: Annotated, /, *args: P.args, **kwargs: P.kwargs) -> tuple[R, ...]:
        key = (search, *args, *kwargs.values())
        return annotated.once(key, lambda: tuple(search(annotated, *args, **kwargs)))

    return kept


def lower(annotated: Annotated, i: int) -> bool:
    """Whether a token is written in lower case."""
    return annotated.tokens[i].text.islower()


def sentences(annotated: Annotated) -> Iterator[Sentence]:
    """The sentences of the article itself, without the site's furniture."""
    for sentence in annotated.sentences:
        if sentence.section != "furniture":
            yield sentence


def flag(
    annotated: Annotated, rule: Rule, first: int, last: int, suggestions: tuple[str, ...] = ()
) -> Hit:
    """A hit on the tokens from the first to the last, both included."""
    tokens = annotated.tokens
    return Hit(rule, tokens[first].start, tokens[last].end, suggestions)
