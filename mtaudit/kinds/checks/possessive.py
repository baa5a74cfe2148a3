"""English possessives whose apostrophe was dropped before translation.

« Rutte's » became « Ruttes » in the source, and software took it for a name of its own or for a
plural: « l'intervention de Ruttes », « le chef des alliances ». Nothing in the form tells such a
word from a name that ends in s, so the evidence is weighed as an editor weighs it: does the
article know the bare name, is it a known place or person, does the frame want a singular, is the
word itself a name, may it be a real plural.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.names import Names
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.matching import QUOTES
from mtaudit.model import Token
from mtaudit.rulebook import Rule
from mtaudit.source.possessives import possessive

# What the weights must come to. One strong fact (the article itself knows the bare name, +3)
# suffices, or a known name (+2) in a frame that wants a singular (+1).
_ENOUGH: Final = 3
_LEAST_TOWN: Final = 5

_PLURAL_FRAME: Final = frozenset(
    "les des aux ces ses mes tes nos vos leurs deux trois quatre cinq six sept huit neuf dix "
    "plusieurs quelques certains certaines nombreux nombreuses toutes tous différents différentes "
    "divers diverses jeunes frères sœurs soeurs époux monts îles".split()
)
_SINGULAR_FRAME: Final = frozenset(
    "de d' par à chez contre avec pour selon vers dans en le la l' un une du au son sa ce "
    "cette".split()
)
# What a gazetteer may say of the bare name, in order of weight, and what each is worth.
_NAME_KINDS: Final = (
    ("country", 3, "un pays", "a country"),
    ("capital", 2, "une capitale", "a capital"),
    ("leader", 2, "un nom connu", "a well-known name"),
    ("region", 2, "une région", "a region"),
    ("city", 2, "une ville", "a city"),
    ("company", 2, "une entreprise", "a company"),
    ("org", 2, "une organisation", "an organisation"),
    ("surname", 1, "un nom de famille", "a surname"),
    ("first_name", 1, "un prénom", "a first name"),
)
# Of these there is one alone.
_UNIQUE: Final = frozenset(("country", "capital", "org"))
_REAL_PLURALS: Final = frozenset(
    "Corées Allemagnes Amériques Guyanes Indes Chines Yémens Irlandes Soudans Congos Frances "
    "Italies Espagnes Russies Europes".split()
)
# A given name alone proves nothing: « Williams », « Peters », « Daniels » are surnames.
_WEAK_KINDS: Final = frozenset(("first_name", "surname"))


@dataclass
class _Case:
    """The evidence for and against one word, in the words of the message."""

    weight: int = 0
    french: list[str] = field(default_factory=list)
    english: list[str] = field(default_factory=list)

    def add(self, weight: int, french: str, english: str) -> None:
        self.weight += weight
        self.french.append(french)
        self.english.append(english)


def possessive_name(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Names and acronyms with a left-over s: « Ruttes », « Pyongyangs », « OTANs »."""
    article = annotated.article
    tokens = annotated.tokens
    candidates = [
        i
        for i, token in enumerate(tokens)
        if len(token.text) > 3
        and token.text[-1] == "s"
        and token.text[0].isupper()
        and token.text.isalpha()
        and not token.text.isupper()
    ]
    if not candidates:
        return
    spelled = Counter(token.text for token in tokens)
    first_line = {token.text: i for i, token in reversed(list(enumerate(tokens)))}
    for i in candidates:
        word, bare = tokens[i].text, tokens[i].text[:-1]
        if bare.isupper():
            case = _acronym(annotated, i, bare, spelled, resources.names)
        else:
            case = _name(annotated, i, word, bare, spelled, resources)
        if case.weight < _ENOUGH:
            continue
        start, end = tokens[i].start, tokens[i].end
        if bare in first_line:
            line, _ = article.position(tokens[first_line[bare]].start)
            case.french.insert(0, f"l'article écrit « {bare} » (ligne {line})")
            case.english.insert(0, f"the article writes “{bare}” (line {line})")
        yield Hit(
            rule,
            start,
            end,
            (_in_french(resources.names, bare),),
            {"fr": ", ".join(case.french), "en": ", ".join(case.english)},
            source_text=in_source(annotated, tokens[i], resources),
        )


def in_source(annotated: Annotated, token: Token, resources: Resources) -> str | None:
    """The possessive that the English beside a word in -s has there, None where it has none."""
    alignment, source = annotated.alignment, annotated.article.source
    if alignment is None or not source:
        return None

    def named(form: str) -> bool:
        return bool(resources.names.kinds(form))

    return possessive(alignment, source, token.start, token.text, resources.english.knows, named)


def _name(
    annotated: Annotated,
    i: int,
    word: str,
    bare: str,
    spelled: Counter[str],
    resources: Resources,
) -> _Case:
    case = _Case()
    tokens, norms = annotated.tokens, annotated.norms
    lexicon, names = resources.lexicon, resources.names
    own = names.kinds(word)
    if own - _WEAK_KINDS:
        return case  # a place or a company by itself: Bruxelles, Mercedes
    sentence = annotated.sentences[annotated.sentence_of[i]]
    last_mark = tokens[i - 1].norm[-1]
    opening = i == sentence.first or not (last_mark.isalnum() or last_mark == "'")
    before = norms[i - 1] if i > sentence.first else ""
    if opening and lexicon.knows(word.lower()):
        return case
    if _inhabitant(lexicon, bare) or bare.endswith(("ais", "ois", "s")):
        return case
    kinds = names.kinds(bare)
    strong = kinds - _WEAK_KINDS
    in_article = spelled[bare]
    if in_article and not (lexicon.knows(bare.lower()) and not kinds and in_article < 2):
        case.weight += 3
    for kind, weight, french, english in _NAME_KINDS:
        if kind in kinds:
            case.add(weight, f"« {bare} » est {french}", f"“{bare}” is {english}")
            break
    if not in_article and not _known_alone(word, bare, strong, spelled, resources):
        return _Case()
    unique = bool(strong & _UNIQUE)
    # Nobody writes « des Ukraines »; but « des Kennedys » and « des Boeings » are good French.
    if before in _SINGULAR_FRAME or (before == "des" and unique and word not in _REAL_PLURALS):
        case.add(
            1,
            f"« {tokens[i - 1].text} » appelle un nom au singulier",
            f"“{tokens[i - 1].text}” asks for a bare name",
        )
    elif _plural(lexicon, before) or before in QUOTES or before == "entre":
        case.weight -= 4
    plural = norms[max(sentence.first, i - 2) : i]
    if any(norm in _PLURAL_FRAME and not (norm == "des" and unique) for norm in plural):
        case.weight -= 4
    # « Ruttes » that is written more often than « Rutte » is more likely a name of its own.
    if spelled[word] > in_article and spelled[word] > 1 and not strong:
        case.weight -= 3
    after = tokens[i + 1].text if i + 1 < sentence.last else ""
    if own:
        # Also a person's name: « Williams », « Frances McDormand ».
        case.weight -= 1 if "country" in kinds and not after[:1].isupper() else 2
    # « Robert Roberts », « Charles »: a name built on a given name.
    if "first_name" in kinds and not strong:
        case.weight -= 2 if tokens[i - 1].text[0].isupper() and not opening else 1
    following = tokens[i + 2].text if i + 2 < sentence.last else ""
    foreign = after in ("of", "and", "the", "&") and following[:1].isupper()
    named = i > sentence.first and tokens[i - 1].text[0].isupper()
    a_word = lexicon.knows(word.lower()) or resources.english.knows(word.lower())
    if foreign or (named and (not in_article or a_word)):
        # Inside a name of several words the s belongs to it more often than not.
        case.weight -= 2
    return case


def _known_alone(
    word: str, bare: str, strong: frozenset[str], spelled: Counter[str], resources: Resources
) -> bool:
    """Whether gazetteers suffice to know the bare name, where the article never writes it.

    Among 30,000 towns there is one for every short word (« Soro », « Time », « Pari »), and one
    that a person's name resembles (« Samaras », written again and again without « Samara »); so
    towns count if they are long and the word stands alone, capitals and countries in any case.
    """
    if not strong:
        return False
    lowered = word.lower()
    if strong & _UNIQUE:
        return True
    if any(reading.common for reading in resources.lexicon.analyses(lowered)):
        return False
    if "leader" in strong:
        return True
    if resources.lexicon.knows(lowered) or resources.english.knows(lowered):
        return False
    return not strong <= {"city"} or (len(bare) >= _LEAST_TOWN and spelled[word] == 1)


def _in_french(names: Names, bare: str) -> str:
    """« Moscows » hides Moscow, which French calls Moscou."""
    return (names.is_place(bare) and names.exonym(bare)) or bare


def _acronym(annotated: Annotated, i: int, bare: str, spelled: Counter[str], names: Names) -> _Case:
    case = _Case()
    norms = annotated.norms
    sentence = annotated.sentences[annotated.sentence_of[i]]
    before = norms[i - 1] if i > sentence.first else ""
    plural = norms[max(sentence.first, i - 2) : i]
    one = bool(names.kinds(bare) & _UNIQUE) and before == "des"
    if len(bare) < 2 or (any(norm in _PLURAL_FRAME for norm in plural) and not one):
        return case
    if spelled[bare]:
        case.weight += 3
    if one or before in ("l'", "la", "le", "du", "au", "d'", "de"):
        shown = annotated.tokens[i - 1].text
        case.add(
            3 if before != "de" else 1,
            f"« {shown} » appelle un singulier",
            f"“{shown}” asks for a singular",
        )
    return case


def _plural(lexicon: Lexicon, word: str) -> bool:
    """Whether the word can only be a plural: « belles », « petits »."""
    readings = [r for r in lexicon.analyses(word) if r.upos in ("ADJ", "DET", "NOUN", "VERB")]
    return bool(readings) and all("plur" in reading.feats for reading in readings)


def _inhabitant(lexicon: Lexicon, bare: str) -> bool:
    """Whether the bare word names people by country or group: « Russes » is a plural."""
    return any(reading.upos == "ADJ" for reading in lexicon.analyses(bare.lower()))


# Plural nouns -----------------------------------------------------------------------------------

_TITLES: Final = frozenset(
    "secrétaire général présidente président directeur directrice patron patronne dirigeant "
    "dirigeante chef cheffe ministre porte-parole pdg numéro leader gouverneur gouverneure "
    "chancelier chancelière roi reine maire entraîneur entraîneuse fondateur fondatrice "
    "cofondateur cofondatrice commandant commandante chef-adjoint sélectionneur".split()
)
# One person heads one of these; « directeur des équipes » and the like are good French.
_HEADED: Final = frozenset(
    "alliances entreprises sociétés compagnies banques partis pays nations gouvernements régimes "
    "royaumes républiques organisations agences unions clubs villes provinces îles coalitions "
    "milices formations constructeurs constructrices firmes multinationales groupes empires".split()
)
_SOLE: Final = frozenset(
    "capitale monnaie armée parlement constitution gouvernement drapeau économie population dette "
    "pib territoire".split()
)


def possessive_noun(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A plural where English had a singular possessor: « le chef des alliances, Mark Rutte »."""
    tokens, norms = annotated.tokens, annotated.norms
    for sentence in annotated.sentences:
        for i in range(sentence.first + 1, sentence.last - 1):
            if norms[i] != "des" or tokens[i + 1].text not in _HEADED:
                continue
            head, article = norms[i - 1], norms[max(sentence.first, i - 2)]
            after = tokens[i + 2] if i + 2 < sentence.last else None
            reason = _noun_reason(annotated, sentence.last, i, head, article, after)
            if not reason:
                continue
            singular = resources.lexicon.inflect(
                _lemma(resources.lexicon, norms[i + 1]), "NOUN", {"sing"}
            )
            if singular is None:
                continue
            gender = _gender(resources.lexicon, norms[i + 1])
            yield Hit(
                rule,
                tokens[i].start,
                tokens[i + 1].end,
                (_of(singular, gender),),
                {"fr": reason[0], "en": reason[1]},
            )


def _noun_reason(
    annotated: Annotated, last: int, i: int, head: str, article: str, after: object
) -> tuple[str, str] | None:
    tokens, norms = annotated.tokens, annotated.norms
    title = head in _TITLES or (head in ("général", "exécutif", "adjoint") and article in _TITLES)
    if title:
        k = i + 2
        if k < last and norms[k] == ",":
            k += 1
        named = (
            k + 1 < last
            and tokens[k].text[0].isupper()
            and tokens[k + 1].text[0].isupper()
            and tokens[k].text.isalpha()
        )
        if named:
            return (
                f"{tokens[k].text} {tokens[k + 1].text} n'en dirige qu'un seul",
                f"{tokens[k].text} {tokens[k + 1].text} heads only one",
            )
        return None
    closes = i + 2 >= last or not tokens[i + 2].text[0].isalpha()
    if closes and norms[i + 1] in ("pays", "nations", "royaumes", "républiques"):
        if head in _SOLE and article in ("la", "le", "sa", "l'"):
            return (
                f"« {article} {head} » n'est que d'un seul pays",
                f"“{article} {head}” belongs to one country alone",
            )
        superlative = norms[max(0, i - 4) : i]
        if "plus" in superlative and any(word in ("le", "la") for word in superlative):
            return (
                "le superlatif demande un ensemble unique",
                "the superlative asks for one whole",
            )
    return None


@lru_cache(maxsize=256)
def _lemma(lexicon: Lexicon, form: str) -> str:
    for reading in lexicon.analyses(form):
        if reading.upos == "NOUN":
            return reading.lemma
    return form


def _gender(lexicon: Lexicon, form: str) -> str:
    for reading in lexicon.analyses(form):
        if reading.upos == "NOUN":
            return "fem" if "fem" in reading.feats else "masc"
    return "masc"


def _of(noun: str, gender: str) -> str:
    if noun[0] in "aeiouéèêîôh":
        return f"de l'{noun}"
    return f"de la {noun}" if gender == "fem" else f"du {noun}"
