"""Agreement at a distance: verb and subject, attribute and subject, adjective and noun.

Each check looks at words that the dictionary leaves no doubt about, first by a rough reading of
the words alone, which a right sentence seldom fails, and only then at the syntax. What is told
has failed both: a slip of the parser alone is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.syntax import Parsed
from mtaudit.kinds.base import Hit, Resources
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_GENDER: Final = frozenset(("masc", "fem"))
_NUMBER: Final = frozenset(("sing", "plur"))
_NOT_FINITE: Final = frozenset(("inf", "part_pres", "part_past", "imper"))
# Nouns that stand for many: the verb may follow them or their complement.
_COLLECTIVE: Final = frozenset(
    "plupart majorité minorité partie nombre totalité moitié tiers quart cinquième dixième "
    "dizaine douzaine quinzaine vingtaine trentaine quarantaine cinquantaine soixantaine centaine "
    "millier million milliard foule multitude infinité quantité poignée série groupe ensemble "
    "couple paire reste pourcentage proportion force tas flot vague armée masse équipe demi fois "
    "type sorte genre espèce plusieurs beaucoup peu assez trop tant combien moins plus monde "
    "famille police gens duo trio quatuor quintette quelque part dernier total milliers".split()
)
# Nouns of one gender in the dictionary that the press uses for men and women.
_EITHER: Final = frozenset(
    "ministre juge maire député chef professeur auteur médecin écrivain ingénieur sénateur témoin "
    "premier-ministre secrétaire commissaire membre capitaine général colonel magistrat procureur "
    "préfet bébé mannequin otage guide cadre porte-parole leader numéro manager coach proviseur "
    "champion artiste modèle star vedette sage-femme après-midi œuvre amour délice orgue".split()
)
_SINGULAR: Final = frozenset("il elle on cela ça celui celle chacun chacune aucun rien".split())
_PLURAL: Final = frozenset("ils elles ceux celles plusieurs certains certaines beaucoup".split())
_FEMININE: Final = frozenset("elle elles celle celles".split())
_MASCULINE: Final = frozenset("il ils celui ceux".split())
_MANY: Final = frozenset(
    "les des ces ses mes tes nos vos leurs aux plusieurs quelques certains certaines deux trois "
    "quatre cinq six sept huit neuf dix onze douze vingt trente cent cents mille divers diverses "
    "différents différentes".split()
)
_BREAKS: Final = frozenset(', ; : ( ) « » " – — -'.split())
_JOINED: Final = frozenset("et ou ni comme ainsi avec & plus".split())
_PREPOSITIONS: Final = frozenset(
    "de du des d' à au aux en dans sur sous par pour avec sans contre entre vers chez depuis "
    "pendant après avant devant derrière malgré selon envers hors jusqu' jusque dès parmi "
    "comme que qu' lors".split()
)


_DETERMINER_GENDER: Final = {
    "le": "masc", "la": "fem", "un": "masc", "une": "fem", "ce": "masc", "cet": "masc",
    "cette": "fem", "sa": "fem", "ma": "fem", "aucun": "masc", "aucune": "fem",
}  # fmt: skip


class _Shape(NamedTuple):
    """What genders and numbers a form can have; None where it is no such word or in doubt."""

    genders: frozenset[str]
    numbers: frozenset[str]


@lru_cache(maxsize=16384)
def _noun(lexicon: Lexicon, form: str) -> _Shape | None:
    all_ = lexicon.analyses(form)
    readings = [each for each in all_ if each.upos == "NOUN" and each.common]
    # « avoir », « pouvoir », « a » and « est » are nouns in the dictionary alone.
    if not readings or any(each.upos == "AUX" or "inf" in each.feats for each in all_):
        return None
    genders = frozenset().union(*(each.feats & _GENDER or _GENDER for each in readings))
    numbers = frozenset().union(*(each.feats & _NUMBER or _NUMBER for each in readings))
    if any(each.lemma in _EITHER for each in readings):
        genders = _GENDER
    return _Shape(genders, numbers)


@lru_cache(maxsize=16384)
def _collective(lexicon: Lexicon, form: str) -> bool:
    return form in _COLLECTIVE or any(
        each.lemma in _COLLECTIVE for each in lexicon.analyses(form) if each.upos == "NOUN"
    )


@lru_cache(maxsize=16384)
def _adjective(lexicon: Lexicon, form: str, bound: bool = False) -> _Shape | None:
    """Of a form that can only be an adjective or a past participle.

    Args:
        bound: Whether it stands where no finite verb can, as after *être*.
    """
    # « conçus » may be a passé simple, which news does not write in the first person.
    but = {"part_past", "inf", "part_pres"} | (set() if bound else {"3"})
    readings = [
        each
        for each in lexicon.analyses(form)
        if each.upos not in ("VERB", "AUX") or each.feats & but
    ]
    found = [each for each in readings if each.upos == "ADJ" or "part_past" in each.feats]
    if not found or len(found) < len(readings):
        # A noun of the same shape (« un blessé ») says the same of gender and number.
        rest = [each for each in readings if each not in found and each.upos != "NOUN"]
        if not found or rest:
            return None
    genders = frozenset().union(*(each.feats & _GENDER or _GENDER for each in found))
    numbers = frozenset().union(*(each.feats & _NUMBER or _NUMBER for each in found))
    return _Shape(genders, numbers)


@lru_cache(maxsize=16384)
def _finite(lexicon: Lexicon, form: str) -> frozenset[str]:
    """The numbers of a form in the third person; empty where it may be no finite verb at all."""
    readings = lexicon.analyses(form)
    verbs = [
        each
        for each in readings
        if each.upos in ("VERB", "AUX") and not each.feats & (_NOT_FINITE - {"imper"})
    ]
    third = [each for each in verbs if "3" in each.feats]
    others = [each for each in readings if each.upos not in ("VERB", "AUX")]
    if not third or (others and form not in _AUXILIARIES):
        return frozenset()
    if any(each.feats & _NOT_FINITE - {"imper"} for each in readings):
        return frozenset()
    return frozenset().union(*(each.feats & _NUMBER for each in third))


_AUXILIARIES: Final = frozenset(
    "est sont a ont était étaient avait avaient sera seront aura auront fut furent serait seraient "
    "aurait auraient va vont fait font peut peuvent doit doivent".split()
)


_SAYING: Final = frozenset(
    "dire déclarer affirmer ajouter annoncer expliquer indiquer préciser souligner estimer noter "
    "raconter rapporter confirmer assurer conclure admettre reconnaître avertir prévenir commenter "
    "répondre demander écrire lancer insister poursuivre regretter rappeler confier".split()
)


def _clash(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


# --- verb and subject ------------------------------------------------------------------------


def subject_verb(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A verb in the singular whose subject is plural, or the other way round."""
    lexicon = resources.lexicon
    for index, verbs in _verbs(annotated, lexicon):
        sentence = annotated.sentences[index]
        parsed = annotated.parsed(index, resources.syntax)
        for verb in verbs:
            at = verb - sentence.first
            if parsed.upos[at] not in ("VERB", "AUX"):
                continue
            # An inverted subject belongs to a verb of saying; else what follows is an object.
            subject = _subject(parsed, at)
            if subject is None or (
                subject > at and parsed.lemma[_owner(parsed, at)] not in _SAYING
            ):
                continue
            shape = _subject_shape(annotated, sentence, parsed, subject, lexicon)
            if shape is None or len(shape.numbers) != 1:
                continue
            wanted = next(iter(shape.numbers))
            number = _finite(lexicon, annotated.norms[verb])
            if wanted in number:
                continue
            token = annotated.tokens[verb]
            suggestion = _verb_like(lexicon, annotated.norms[verb], wanted)
            yield Hit(rule, token.start, token.end, (suggestion,) if suggestion else ())


def subject_verb_asks(annotated: Annotated, resources: Resources) -> set[int]:
    """Sentences with a verb that does not agree with the noun one would take for its subject."""
    return {index for index, _ in _verbs(annotated, resources.lexicon)}


def _verbs(annotated: Annotated, lexicon: Lexicon) -> Iterator[tuple[int, list[int]]]:
    """Verbs that differ in number from what seems their subject, sentence by sentence."""
    norms = annotated.norms
    for index, sentence in enumerate(annotated.sentences):
        if sentence.section in ("furniture",):
            continue
        found = []
        for i in range(sentence.first + 1, sentence.last):
            number = _finite(lexicon, norms[i])
            if len(number) != 1 or not annotated.tokens[i].text.islower():
                continue
            if i + 1 < sentence.last and norms[i + 1].startswith("-"):
                continue  # « affirme-t-il »
            first = i
            while first > sentence.first and norms[first - 1] in _HELPERS:
                first -= 1
            if norms[first - 1] in _BREAKS:
                # What stands before the comma may be an apposition; a subject may follow.
                if _following(annotated, sentence, i, lexicon).isdisjoint(number | {""}):
                    found.append(i)
                continue
            seen = _seeming(annotated, sentence, i, lexicon)
            if seen and seen.isdisjoint(number):
                found.append(i)
        if found:
            yield index, found


def _seeming(
    annotated: Annotated, sentence: Sentence, verb: int, lexicon: Lexicon
) -> frozenset[str]:
    """The number of the nearest noun or pronoun before the verb that no preposition governs."""
    norms, tokens = annotated.norms, annotated.tokens
    i = verb - 1
    while i >= sentence.first:
        norm = norms[i]
        if norm in _JOINED or norm in ("tant", "que", "qu'", "dont", "où", "lequel", "laquelle"):
            return frozenset()
        governed = i > sentence.first and norms[i - 1] in _PREPOSITIONS - {"que", "qu'"}
        if (norm in _SINGULAR or norm in _PLURAL) and governed:
            return frozenset()  # « l'une d'elles »
        if norm in _SINGULAR:
            return frozenset(("sing",))
        if norm in _PLURAL:
            return frozenset(("plur",))
        if norm in ("je", "j'", "tu", "nous", "vous", "ce", "c'"):
            return frozenset()
        shape = _noun(lexicon, norm) if tokens[i].text.islower() else None
        name = tokens[i].text[0].isupper() and i > sentence.first
        if name or (shape and not _finite(lexicon, norm)):
            start = i
            while start > sentence.first and _within(norms[start - 1], tokens[start - 1].text):
                start -= 1
            while name and start > sentence.first and _noun(lexicon, norms[start - 1]):
                start -= 1  # « le sénateur Dupont »
                while start > sentence.first and _within(norms[start - 1], tokens[start - 1].text):
                    start -= 1
            before = norms[start - 1] if start > sentence.first else ""
            if before in _BREAKS and start - 1 > sentence.first:
                return frozenset()  # the last of several, or an apposition
            if before in _JOINED or norms[start] in ("des", "du"):
                # « des » may be an article or hold a preposition: the syntax will tell.
                if norms[start] == "des" and (start == sentence.first or before in _BREAKS):
                    return frozenset(("plur",))
                i = start - 1
                if before in _JOINED:
                    return frozenset()
                continue
            if before in _PREPOSITIONS:
                i = start - 2
                continue
            if name:
                return frozenset(("sing",)) if norms[start] not in _MANY else frozenset(("plur",))
            assert shape is not None
            if any(each in _MANY for each in norms[start:i]):
                return frozenset(("plur",))
            return shape.numbers if len(shape.numbers) == 1 else frozenset()
        i -= 1
    return frozenset()


def _following(
    annotated: Annotated, sentence: Sentence, verb: int, lexicon: Lexicon
) -> frozenset[str]:
    """The number of the noun phrase right behind a verb, as in « a déclaré le juge »."""
    norms = annotated.norms
    i = verb + 1
    while i < sentence.last - 1 and (
        norms[i] in _ADVERBS
        or any("part_past" in each.feats for each in lexicon.analyses(norms[i]))
    ):
        i += 1
    if i >= sentence.last - 1 or norms[i] not in _DETERMINERS or norms[i] in ("des", "du"):
        return frozenset(("",))
    said = "plur" if norms[i] in _MANY else "sing"
    k = i + 1
    while k < sentence.last - 1 and norms[k] in _BEFORE_NOUN:
        k += 1
    shape = _noun(lexicon, norms[k])
    if shape is None or said not in shape.numbers or _collective(lexicon, norms[k]):
        return frozenset(("",))
    return frozenset((said,))


_DETERMINERS: Final = frozenset(
    "le la l' les un une des du ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre "
    "vos leur leurs quelques plusieurs certains certaines chaque aucun aucune tout toute tous "
    "toutes deux trois quatre cinq six sept huit neuf dix".split()
)


def _within(norm: str, text: str) -> bool:
    """Whether a word may stand inside a noun phrase, before its noun."""
    if norm in _DETERMINERS:
        return True
    if norm in _PREPOSITIONS or norm in _BREAKS or norm in _JOINED:
        return False
    return text[0].isupper() or norm in _BEFORE_NOUN


_BEFORE_NOUN: Final = frozenset(
    "petit petite petits petites grand grande grands grandes nouveau nouvel nouvelle nouveaux "
    "nouvelles ancien ancienne anciens anciennes jeune jeunes vieux vieil vieille vieilles premier "
    "première premiers premières dernier dernière derniers dernières autre autres même mêmes bon "
    "bonne bons bonnes mauvais mauvaise mauvaises seul seule seuls seules gros grosse grosses haut "
    "haute hauts hautes long longue longs longues principal principale principaux principales "
    "futur future futurs futures deuxième second seconde troisième beau belle beaux belles "
    "meilleur meilleure meilleurs meilleures".split()
)


def _owner(parsed: Parsed, verb: int) -> int:
    return parsed.head[verb] if parsed.dep[verb].partition(":")[0] in ("aux", "cop") else verb


def _subject(parsed: Parsed, verb: int) -> int | None:
    """The only subject of a verb, of the predicate that it is an auxiliary or copula of."""
    owner = verb
    if parsed.dep[verb].partition(":")[0] in ("aux", "cop"):
        owner = parsed.head[verb]
        # Of several auxiliaries only the first is finite.
        if any(
            parsed.head[i] == owner and parsed.dep[i].partition(":")[0] in ("aux", "cop")
            for i in range(verb)
        ):
            return None
    elif any(
        parsed.head[i] == verb and parsed.dep[i].partition(":")[0] in ("aux", "cop")
        for i in range(len(parsed.head))
    ):
        return None
    found = [
        i
        for i, (head, dep) in enumerate(zip(parsed.head, parsed.dep, strict=True))
        if head == owner and dep.partition(":")[0] == "nsubj"
    ]
    return found[0] if len(found) == 1 else None


def _subject_shape(
    annotated: Annotated, sentence: Sentence, parsed: Parsed, subject: int, lexicon: Lexicon
) -> _Shape | None:
    norms = annotated.norms[sentence.first : sentence.last]
    norm = norms[subject]
    if norm == "qui":
        # The antecedent is what the relative clause hangs on.
        clause = parsed.head[subject]
        if parsed.dep[clause] not in ("acl:relcl", "acl"):
            return None
        antecedent = parsed.head[clause]
        between = range(antecedent + 1, subject)
        if antecedent > subject or any(parsed.upos[i] not in ("ADJ", "PUNCT") for i in between):
            return None  # another noun between may be the antecedent as well
        numbers = _numbers_before(annotated, sentence, subject, lexicon, antecedent)
        if len(numbers) > 1:
            return None
        subject = antecedent
        norm = norms[subject]
    if norm == "nous":
        return _Shape(_GENDER, frozenset(("plur",)))
    if norm in _SINGULAR or norm in _PLURAL:
        if subject + 1 < len(norms) and norms[subject + 1] in ("et", "ou", "ni"):
            return None
        genders = (
            frozenset(("fem",))
            if norm in _FEMININE
            else frozenset(("masc",))
            if norm in ("ils", "ceux", "celui")
            else _GENDER
        )
        return _Shape(genders, frozenset(("sing" if norm in _SINGULAR else "plur",)))
    if parsed.upos[subject] not in ("NOUN", "PROPN") or _collective(lexicon, norm):
        return None
    below = [i for i, head in enumerate(parsed.head) if head == subject and i != subject]
    if any(parsed.dep[i] in ("conj", "fixed", "nummod", "appos", "cc") for i in below):
        return None
    if any(norms[i] in ("%", "et", "ou", "ni") or _collective(lexicon, norms[i]) for i in below):
        return None
    if any(
        norms[i] in ("%", "&", "et", "ou", "ni", "chaque")
        for i in range(max(0, subject - 6), min(len(norms), subject + 2))
    ):
        return None
    first = min([subject, *below])
    if first and any("inf" in each.feats for each in lexicon.analyses(norms[first - 1])):
        return None  # « protéger les océans est bon »: the object of an infinitive
    determiner = next((norms[i] for i in below if parsed.dep[i] == "det"), "")
    if parsed.upos[subject] == "PROPN" and not determiner:
        if subject and (
            norms[subject - 1] in ("que", "qu'", "comme") or _noun(lexicon, norms[subject - 1])
        ):
            return None  # « aussi jeune qu'Antoine »; « du sénateur Dupont »
        named = any(norms[i].endswith("s") for i in below) or norm.endswith(("s", "x"))
        return None if named or subject == 0 else _Shape(_GENDER, frozenset(("sing",)))
    shape = _noun(lexicon, norm)
    if shape is None or not determiner or any(c.isdigit() for c in norm):
        return None
    # Noun and determiner must say the same, else it is they that do not agree.
    number = "plur" if determiner in _MANY else "sing"
    if number not in shape.numbers:
        return None
    gender = _DETERMINER_GENDER.get(determiner)
    if gender and gender not in shape.genders:
        return None  # « le minimum vieillesse »: another noun is the head
    return _Shape(shape.genders, frozenset((number,)))


def _numbers_before(
    annotated: Annotated, sentence: Sentence, word: int, lexicon: Lexicon, but: int
) -> set[str]:
    """The numbers of the nouns of the last dozen words before a relative pronoun."""
    told: set[str] = set()
    for i in range(max(0, word - 12), word):
        at = sentence.first + i
        if annotated.norms[at] in (";", ":", "."):
            told.clear()
            continue
        shape = _noun(lexicon, annotated.norms[at])
        if shape and (i == but or annotated.norms[at] not in _DETERMINERS):
            told |= shape.numbers
        elif annotated.tokens[at].text[0].isupper() and i:
            told.add("sing")
    return told


def _verb_like(lexicon: Lexicon, form: str, number: str) -> str | None:
    for reading in lexicon.analyses(form):
        if reading.upos in ("VERB", "AUX") and "3" in reading.feats:
            feats = (reading.feats - _NUMBER) | {number}
            found = lexicon.inflect(reading.lemma, reading.upos, feats)
            if found and found != form:
                return found
    return None


# --- attribute and participle with the subject -------------------------------------------------


def attribute(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """An adjective or participle after *être* that does not agree with the subject."""
    lexicon = resources.lexicon
    for index, places in _attributes(annotated, lexicon):
        sentence = annotated.sentences[index]
        parsed = annotated.parsed(index, resources.syntax)
        for place in places:
            at = place - sentence.first
            if parsed.upos[at] not in ("ADJ", "VERB"):
                continue
            helpers = [
                i
                for i, head in enumerate(parsed.head)
                if head == at and parsed.dep[i].partition(":")[0] in ("aux", "cop")
            ]
            if not helpers or parsed.lemma[helpers[-1]] != "être":
                continue
            # « s'est acheté une maison », « se sont dit que »: agreement follows the object.
            below = {dep for head, dep in zip(parsed.head, parsed.dep, strict=True) if head == at}
            if below & {"obj", "iobj", "conj"} or (
                "expl" in below
                and (below & {"ccomp", "xcomp"} or parsed.lemma[at] in _TO_EACH_OTHER)
            ):
                continue
            subjects = [
                i
                for i, head in enumerate(parsed.head)
                if head == at and parsed.dep[i].partition(":")[0] == "nsubj"
            ]
            if len(subjects) != 1 or subjects[0] > at:
                continue
            between = annotated.norms[sentence.first + subjects[0] + 1 : place]
            if any(each in _BREAKS or each in _JOINED for each in between):
                continue
            if subjects[0] and annotated.norms[sentence.first + subjects[0] - 1] in ("que", "qu'"):
                continue  # « le défi qu'elle s'est lancé »
            shape = _subject_shape(annotated, sentence, parsed, subjects[0], lexicon)
            own = _adjective(lexicon, annotated.norms[place], bound=True)
            if shape is None or own is None:
                continue
            if not (_clash(shape.genders, own.genders) or _clash(shape.numbers, own.numbers)):
                continue
            token = annotated.tokens[place]
            made = _adjective_like(lexicon, annotated.norms[place], shape)
            yield Hit(rule, token.start, token.end, (made,) if made else ())


def attribute_asks(annotated: Annotated, resources: Resources) -> set[int]:
    """Sentences with a participle or an adjective after *être* that seems not to agree."""
    return {index for index, _ in _attributes(annotated, resources.lexicon)}


_BE: Final = frozenset(
    "sommes étions serons serions fûmes soyons est sont était étaient sera seront serait seraient "
    "fut furent été soit soient".split()
)


def _attributes(annotated: Annotated, lexicon: Lexicon) -> Iterator[tuple[int, list[int]]]:
    norms, tokens = annotated.norms, annotated.tokens
    for index, sentence in enumerate(annotated.sentences):
        if sentence.section == "furniture":
            continue
        found = []
        for i in range(sentence.first, sentence.last - 1):
            if norms[i] not in _BE:
                continue
            k = i + 1
            while k < sentence.last - 1 and (norms[k] in _ADVERBS or norms[k].endswith("ment")):
                k += 1
            if norms[k] in _BE or not tokens[k].text.islower():
                continue
            own = _adjective(lexicon, norms[k], bound=True)
            if own is None or (len(own.genders) > 1 and len(own.numbers) > 1):
                continue
            first = i
            while first > sentence.first and norms[first - 1] in _HELPERS:
                first -= 1
            if first > sentence.first and norms[first - 1] in _BREAKS:
                continue
            if _fits_before(annotated, sentence, first, own, lexicon):
                continue
            found.append(k)
        if found:
            yield index, found


# Verbs that take « se » for « à soi », so that their participle does not agree with it.
_TO_EACH_OTHER: Final = frozenset(
    "parler succéder plaire déplaire complaire nuire mentir ressembler sourire rire suffire rendre "
    "permettre demander dire donner faire écrire promettre téléphoner vouloir répondre jurer "
    "imaginer acheter offrir laver casser fouler procurer attribuer arroger".split()
)
_ADVERBS: Final = frozenset(
    "pas plus déjà très bien trop aussi toujours souvent encore jamais moins si tout tant peu "
    "donc alors ainsi également même presque mal assez désormais loin".split()
)
_HELPERS: Final = frozenset(
    "a ont avait avaient aura auront aurait auraient n' ne y en s' se ait aient ayant pas "
    "également aussi toujours".split()
)


def _fits_before(
    annotated: Annotated, sentence: Sentence, verb: int, own: _Shape, lexicon: Lexicon
) -> bool:
    """Whether the nearest word before the verb that may be its subject agrees with the form."""
    norms, tokens = annotated.norms, annotated.tokens
    i = verb - 1
    while i >= sentence.first:
        norm = norms[i]
        if norm == "nous":
            return not _clash(frozenset(("plur",)), own.numbers)
        if norm in ("je", "j'", "tu", "vous", "on", "qui", "ce", "c'", "que", "qu'"):
            return True
        if norm in _SINGULAR or norm in _PLURAL:
            numbers = frozenset(("sing" if norm in _SINGULAR else "plur",))
            genders = frozenset(("fem",)) if norm in _FEMININE else frozenset(("masc",))
            return not (_clash(numbers, own.numbers) or _clash(genders, own.genders))
        if tokens[i].text[0].isupper():
            return True
        shape = _noun(lexicon, norm)
        if shape and not _finite(lexicon, norm):
            start = i
            while start > sentence.first and _within(norms[start - 1], tokens[start - 1].text):
                start -= 1
            before = norms[start - 1] if start > sentence.first else ""
            if before in _JOINED:
                return True
            if before in _PREPOSITIONS or norms[start] in ("des", "du"):
                i = start - (2 if before in _PREPOSITIONS else 1)
                continue
            return not (_clash(shape.numbers, own.numbers) or _clash(shape.genders, own.genders))
        i -= 1
    return True


def _adjective_like(lexicon: Lexicon, form: str, shape: _Shape) -> str | None:
    for reading in lexicon.analyses(form):
        if reading.upos == "ADJ" or "part_past" in reading.feats:
            gender = shape.genders if len(shape.genders) == 1 else reading.feats & _GENDER
            number = shape.numbers if len(shape.numbers) == 1 else reading.feats & _NUMBER
            feats = (reading.feats - _GENDER - _NUMBER) | gender | number
            found = lexicon.inflect(reading.lemma, reading.upos, feats)
            if found and found != form:
                return found
    return None


# --- adjective and noun --------------------------------------------------------------------------


def adjective_noun(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """An adjective or participle behind a noun that agrees with no noun of its phrase."""
    lexicon = resources.lexicon
    for index, places in _adjectives(annotated, lexicon):
        sentence = annotated.sentences[index]
        parsed = annotated.parsed(index, resources.syntax)
        for place in places:
            at = place - sentence.first
            if annotated.norms[place] in _SIDES or annotated.norms[place - 1] == "top":
                continue
            if parsed.dep[at] not in ("amod", "acl") or parsed.upos[at] not in ("ADJ", "VERB"):
                continue
            if any(
                parsed.dep[i] in ("conj", "cop", "aux:pass", "nsubj") and parsed.head[i] == at
                for i in range(len(parsed.head))
            ):
                continue
            head = parsed.head[at]
            if parsed.upos[head] != "NOUN" or head > at + 1:
                continue
            own = _adjective(lexicon, annotated.norms[place])
            if own is None:
                continue
            # Every noun from the phrase's beginning on: the adjective may belong to any of them.
            first = head
            while (
                head < at
                and parsed.dep[first] in ("nmod", "conj", "appos", "obl")
                and parsed.head[first] < first
            ):
                first = parsed.head[first]
            nouns = [head]
            if head < at:
                nouns = [i for i in range(first, at) if parsed.upos[i] in ("NOUN", "PROPN")]
            shapes = [_noun(lexicon, annotated.norms[sentence.first + i]) for i in nouns]
            if any(
                shape is None
                or not (_clash(shape.genders, own.genders) or _clash(shape.numbers, own.numbers))
                for shape in shapes
            ):
                continue
            if any(
                annotated.norms[sentence.first + i] in ("et", "ou", "ni", ",")
                for i in range(max(0, first - 2), at + 2)
                if sentence.first + i < sentence.last
            ):
                continue
            shape = _noun(lexicon, annotated.norms[sentence.first + head])
            if shape is None or _collective(lexicon, annotated.norms[sentence.first + head]):
                continue
            # « avait à l'origine pourchassé »: a participle that belongs to an auxiliary.
            participle = all(e.upos != "ADJ" for e in lexicon.analyses(annotated.norms[place]))
            helpers = _HAVE | _BE if participle else _BE
            if any(
                annotated.norms[i] in helpers for i in range(max(sentence.first, place - 7), place)
            ):
                continue
            # « la ministre française »: the determiner tells what the dictionary does not.
            if any(
                _DETERMINER_GENDER.get(annotated.norms[sentence.first + i]) in own.genders
                and not _clash(shape.numbers, own.numbers)
                for i, dep in enumerate(parsed.dep)
                if dep == "det" and parsed.head[i] == head
            ):
                continue
            token = annotated.tokens[place]
            made = _adjective_like(lexicon, annotated.norms[place], shape)
            yield Hit(rule, token.start, token.end, (made,) if made else ())


_SIDES: Final = frozenset(("droite", "gauche"))  # « d'extrême droite »
_FORE: Final = frozenset(
    "fort forte forts fortes faible faibles vaste vastes énorme énormes important importante "
    "importants importantes nombreux nombreuses différent différente différents différentes "
    "récent récente récents récentes véritable véritables immense immenses simple simples".split()
)


def adjective_noun_asks(annotated: Annotated, resources: Resources) -> set[int]:
    """Sentences with an adjective that agrees with none of the nouns before it."""
    return {index for index, _ in _adjectives(annotated, resources.lexicon)}


def _adjectives(annotated: Annotated, lexicon: Lexicon) -> Iterator[tuple[int, list[int]]]:
    norms, tokens = annotated.norms, annotated.tokens
    for index, sentence in enumerate(annotated.sentences):
        if sentence.section == "furniture":
            continue
        found = []
        nouns: list[_Shape] = []
        for i in range(sentence.first, sentence.last):
            norm = norms[i]
            if not norm[0].isalpha() or not tokens[i].text.islower():
                if norm in _BREAKS or tokens[i].text[0].isupper():
                    nouns = []
                continue
            own = _adjective(lexicon, norm) if nouns and i > sentence.first else None
            if norm.startswith(("anti", "multi", "pro")):
                own = None  # « antiémeutes » may stay as it is
            if (
                own
                and tokens[i - 1].text.islower()
                and _noun(lexicon, norms[i - 1])
                and all(
                    _clash(each.genders, own.genders) or _clash(each.numbers, own.numbers)
                    for each in nouns
                )
            ):
                found.append(i)
            ahead = own or _adjective(lexicon, norm)
            behind = _noun(lexicon, norms[i + 1]) if i + 1 < sentence.last else None
            if (
                ahead
                and behind
                and norm in _BEFORE_NOUN | _FORE
                and tokens[i + 1].text.islower()
                and _clash(ahead.numbers, behind.numbers)
            ):
                found.append(i)
            shape = _noun(lexicon, norm)
            if norm in ("et", "ou", "ni") or _finite(lexicon, norm):
                nouns = []
            elif shape and norm not in _DETERMINERS and norm not in _PREPOSITIONS:
                nouns.append(shape)
        if found:
            yield index, found


# --- a finite verb after an auxiliary ------------------------------------------------------------


def finite_after_auxiliary(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A finite verb where the auxiliary wants a participle: « il avait achète »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in annotated.sentences:
        for i in range(sentence.first, sentence.last - 1):
            if norms[i] not in _HAVE or not annotated.tokens[i].text.islower():
                continue  # « le livret A »
            k = i + 1
            while k < sentence.last - 1 and (norms[k] in _ADVERBS or norms[k].endswith("ment")):
                k += 1
            if not annotated.tokens[k].text.islower() or annotated.quoted(
                annotated.tokens[k].start
            ):
                continue
            readings = lexicon.analyses(norms[k])
            # « achète » is a noun of Paris slang in the dictionary: rare words do not count.
            readings = tuple(each for each in readings if each.common) or readings
            if not readings or any(
                each.upos not in ("VERB", "AUX") or each.feats & (_NOT_FINITE - {"imper"})
                for each in readings
            ):
                continue
            lemma = readings[0].lemma
            participle = lexicon.inflect(lemma, "VERB", {"part_past", "masc", "sing"})
            token = annotated.tokens[k]
            if participle and participle != norms[k]:
                yield Hit(rule, token.start, token.end, (participle,))


_HAVE: Final = frozenset(
    "a ont avait avaient aura auront aurait auraient ai avons avez aviez aurai aurais "
    "aurons aurions".split()
)


# --- a participle at the beginning of a sentence -------------------------------------------------


def opening_participle(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A participle or adjective that opens a sentence and does not agree with what follows it.

    « Troublée, il a lu une déclaration »: it can only belong to the subject behind the comma.
    """
    lexicon, norms, tokens = resources.lexicon, annotated.norms, annotated.tokens
    for sentence in annotated.sentences:
        i = sentence.first
        while i < sentence.last and (not norms[i][0].isalnum() or norms[i].endswith("ment")):
            i += 1
        if i >= sentence.last - 3 or not tokens[i].text[0].isalpha():
            continue
        own = _adjective(lexicon, norms[i])
        if own is None or all("part_past" not in e.feats for e in lexicon.analyses(norms[i])):
            continue
        comma = next(
            (k for k in range(i + 1, min(i + 12, sentence.last - 2)) if norms[k] == ","), 0
        )
        if not comma or any(
            _finite(lexicon, norms[k]) or norms[k] in ("que", "qu'", "ou", "qui")
            for k in range(i + 1, comma)
        ):
            continue
        shape = _opening_subject(norms, comma + 1, sentence, lexicon)
        if shape is None:
            continue
        if _clash(own.genders, shape.genders) or _clash(own.numbers, shape.numbers):
            made = _adjective_like(lexicon, norms[i], shape)
            text = tokens[i].text
            if made and text[0].isupper():
                made = made[0].upper() + made[1:]
            yield Hit(rule, tokens[i].start, tokens[i].end, (made,) if made else ())


def _opening_subject(
    norms: tuple[str, ...], i: int, sentence: Sentence, lexicon: Lexicon
) -> _Shape | None:
    """The shape of a pronoun or of a plain noun phrase that a finite verb follows."""
    norm = norms[i]
    if norm in ("il", "elle", "ils", "elles"):
        gender = "fem" if norm in _FEMININE else "masc"
        number = "plur" if norm in _PLURAL else "sing"
        if norms[i + 1] in ("y", "n'", "ne", "faut", "est", "s'agit", "s'"):
            return None  # « il y a », « il est vrai » stand for nobody
        return _Shape(frozenset((gender,)), frozenset((number,)))
    if norm not in _DETERMINERS or norm in ("des", "du", "l'"):
        return None
    k = i + 1
    while k < sentence.last - 1 and norms[k] in _BEFORE_NOUN | _DETERMINERS:
        k += 1
    shape = _noun(lexicon, norms[k])
    if shape is None or k + 1 >= sentence.last or not _finite(lexicon, norms[k + 1]):
        return None
    number = "plur" if norm in _MANY else "sing"
    if number not in shape.numbers or _collective(lexicon, norms[k]):
        return None
    return _Shape(shape.genders, frozenset((number,)))
