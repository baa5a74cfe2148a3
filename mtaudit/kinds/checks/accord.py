"""Agreement with the subject at a distance: of the verb, the attribute, an opening participle.

Each check looks at words that the dictionary leaves no doubt about, first by a rough reading of
the words alone, which a right sentence seldom fails, and only then at the syntax. What is told
has failed both: a slip of the parser alone is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import DETERMINERS as AGREEMENT
from mtaudit.french.shapes import (
    GENDER,
    Shape,
    adjective,
    clash,
    collective,
    in_number,
    inflected,
    noun,
    third_person,
)
from mtaudit.french.syntax import Parsed
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.words import (
    ADVERBS,
    BE,
    BEFORE_NOUN,
    BREAKS,
    DETERMINERS,
    JOINED,
    MANY,
    PREPOSITIONS,
    per_article,
)
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_SINGULAR: Final = frozenset("il elle on cela ça celui celle chacun chacune aucun rien".split())
_PLURAL: Final = frozenset("ils elles ceux celles plusieurs certains certaines beaucoup".split())
_FEMININE: Final = frozenset("elle elles celle celles".split())


_SAYING: Final = frozenset(
    "dire déclarer affirmer ajouter annoncer expliquer indiquer préciser souligner estimer noter "
    "raconter rapporter confirmer assurer conclure admettre reconnaître avertir prévenir commenter "
    "répondre demander écrire lancer insister poursuivre regretter rappeler confier".split()
)


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
            number = third_person(lexicon, annotated.norms[verb])
            if wanted in number:
                continue
            token = annotated.tokens[verb]
            suggestion = in_number(lexicon, annotated.norms[verb], wanted)
            yield Hit(rule, token.start, token.end, (suggestion,) if suggestion else ())


def subject_verb_asks(annotated: Annotated, resources: Resources) -> set[int]:
    """Sentences with a verb that does not agree with the noun one would take for its subject."""
    return {index for index, _ in _verbs(annotated, resources.lexicon)}


@per_article
def _verbs(annotated: Annotated, lexicon: Lexicon) -> Iterator[tuple[int, list[int]]]:
    """Verbs that differ in number from what seems their subject, sentence by sentence."""
    norms = annotated.norms
    for index, sentence in enumerate(annotated.sentences):
        if sentence.section == "furniture":
            continue
        found = []
        for i in range(sentence.first + 1, sentence.last):
            number = third_person(lexicon, norms[i])
            if len(number) != 1 or not annotated.tokens[i].text.islower():
                continue
            if i + 1 < sentence.last and norms[i + 1].startswith("-"):
                continue  # « affirme-t-il »
            first = i
            while first > sentence.first and norms[first - 1] in _HELPERS:
                first -= 1
            if first > sentence.first and norms[first - 1] in BREAKS:
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
        if norm in JOINED or norm in ("tant", "que", "qu'", "dont", "où", "lequel", "laquelle"):
            return frozenset()
        governed = i > sentence.first and norms[i - 1] in PREPOSITIONS - {"que", "qu'"}
        if (norm in _SINGULAR or norm in _PLURAL) and governed:
            return frozenset()  # « l'une d'elles »
        if norm in _SINGULAR:
            return frozenset(("sing",))
        if norm in _PLURAL:
            return frozenset(("plur",))
        if norm in ("je", "j'", "tu", "nous", "vous", "ce", "c'"):
            return frozenset()
        shape = noun(lexicon, norm) if tokens[i].text.islower() else None
        name = tokens[i].text[0].isupper() and i > sentence.first
        if name or (shape and not third_person(lexicon, norm)):
            start = _start(annotated, sentence, i)
            while name and start > sentence.first and noun(lexicon, norms[start - 1]):
                start = _start(annotated, sentence, start - 1)  # « le sénateur Dupont »
            before = norms[start - 1] if start > sentence.first else ""
            if before in BREAKS and start - 1 > sentence.first:
                return frozenset()  # the last of several, or an apposition
            if before in JOINED or norms[start] in ("des", "du"):
                # « des » may be an article or hold a preposition: the syntax will tell.
                if norms[start] == "des" and (start == sentence.first or before in BREAKS):
                    return frozenset(("plur",))
                i = start - 1
                if before in JOINED:
                    return frozenset()
                continue
            if before in PREPOSITIONS:
                i = start - 2
                continue
            if name:
                return frozenset(("sing",)) if norms[start] not in MANY else frozenset(("plur",))
            assert shape is not None
            if any(each in MANY for each in norms[start:i]):
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
        norms[i] in ADVERBS or any("part_past" in each.feats for each in lexicon.analyses(norms[i]))
    ):
        i += 1
    if i >= sentence.last - 1 or norms[i] not in DETERMINERS or norms[i] in ("des", "du"):
        return frozenset(("",))
    said = "plur" if norms[i] in MANY else "sing"
    k = i + 1
    while k < sentence.last - 1 and norms[k] in BEFORE_NOUN:
        k += 1
    shape = noun(lexicon, norms[k])
    if shape is None or said not in shape.numbers or collective(lexicon, norms[k]):
        return frozenset(("",))
    return frozenset((said,))


def _start(annotated: Annotated, sentence: Sentence, noun_at: int) -> int:
    """Where the noun phrase begins whose noun stands here."""
    norms, tokens = annotated.norms, annotated.tokens
    while noun_at > sentence.first and _within(norms[noun_at - 1], tokens[noun_at - 1].text):
        noun_at -= 1
    return noun_at


def _within(norm: str, text: str) -> bool:
    """Whether a word may stand inside a noun phrase, before its noun."""
    if norm in DETERMINERS:
        return True
    if norm in PREPOSITIONS or norm in BREAKS or norm in JOINED:
        return False
    return text[0].isupper() or norm in BEFORE_NOUN


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
) -> Shape | None:
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
        return Shape(GENDER, frozenset(("plur",)))
    if norm in _SINGULAR or norm in _PLURAL:
        if subject + 1 < len(norms) and norms[subject + 1] in ("et", "ou", "ni"):
            return None
        genders = (
            frozenset(("fem",))
            if norm in _FEMININE
            else frozenset(("masc",))
            if norm in ("ils", "ceux", "celui")
            else GENDER
        )
        return Shape(genders, frozenset(("sing" if norm in _SINGULAR else "plur",)))
    if parsed.upos[subject] not in ("NOUN", "PROPN") or collective(lexicon, norm):
        return None
    below = [i for i, head in enumerate(parsed.head) if head == subject and i != subject]
    if any(parsed.dep[i] in ("conj", "fixed", "nummod", "appos", "cc") for i in below):
        return None
    if any(norms[i] in ("%", "et", "ou", "ni") or collective(lexicon, norms[i]) for i in below):
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
            norms[subject - 1] in ("que", "qu'", "comme") or noun(lexicon, norms[subject - 1])
        ):
            return None  # « aussi jeune qu'Antoine »; « du sénateur Dupont »
        named = any(norms[i].endswith("s") for i in below) or norm.endswith(("s", "x"))
        return None if named or subject == 0 else Shape(GENDER, frozenset(("sing",)))
    shape = noun(lexicon, norm)
    if shape is None or not determiner or any(c.isdigit() for c in norm):
        return None
    # Noun and determiner must say the same, else it is they that do not agree.
    number = "plur" if determiner in MANY else "sing"
    if number not in shape.numbers:
        return None
    gender = AGREEMENT.get(determiner, frozenset()) & GENDER
    if gender and gender.isdisjoint(shape.genders):
        return None  # « le minimum vieillesse »: another noun is the head
    return Shape(shape.genders, frozenset((number,)))


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
        shape = noun(lexicon, annotated.norms[at])
        if shape and (i == but or annotated.norms[at] not in DETERMINERS):
            told |= shape.numbers
        elif annotated.tokens[at].text[0].isupper() and i:
            told.add("sing")
    return told


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
            if any(each in BREAKS or each in JOINED for each in between):
                continue
            if subjects[0] and annotated.norms[sentence.first + subjects[0] - 1] in ("que", "qu'"):
                continue  # « le défi qu'elle s'est lancé »
            shape = _subject_shape(annotated, sentence, parsed, subjects[0], lexicon)
            own = adjective(lexicon, annotated.norms[place], bound=True)
            if shape is None or own is None:
                continue
            if not (clash(shape, own)):
                continue
            token = annotated.tokens[place]
            made = inflected(lexicon, annotated.norms[place], shape)
            yield Hit(rule, token.start, token.end, (made,) if made else ())


def attribute_asks(annotated: Annotated, resources: Resources) -> set[int]:
    """Sentences with a participle or an adjective after *être* that seems not to agree."""
    return {index for index, _ in _attributes(annotated, resources.lexicon)}


@per_article
def _attributes(annotated: Annotated, lexicon: Lexicon) -> Iterator[tuple[int, list[int]]]:
    norms, tokens = annotated.norms, annotated.tokens
    for index, sentence in enumerate(annotated.sentences):
        if sentence.section == "furniture":
            continue
        found = []
        for i in range(sentence.first, sentence.last - 1):
            if norms[i] not in BE:
                continue
            k = i + 1
            while k < sentence.last - 1 and (norms[k] in ADVERBS or norms[k].endswith("ment")):
                k += 1
            if norms[k] in BE or not tokens[k].text.islower():
                continue
            own = adjective(lexicon, norms[k], bound=True)
            if own is None or (len(own.genders) > 1 and len(own.numbers) > 1):
                continue
            first = i
            while first > sentence.first and norms[first - 1] in _HELPERS:
                first -= 1
            if first > sentence.first and norms[first - 1] in BREAKS:
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
_HELPERS: Final = frozenset(
    "a ont avait avaient aura auront aurait auraient n' ne y en s' se ait aient ayant pas "
    "également aussi toujours".split()
)


def _fits_before(
    annotated: Annotated, sentence: Sentence, verb: int, own: Shape, lexicon: Lexicon
) -> bool:
    """Whether the nearest word before the verb that may be its subject agrees with the form."""
    norms, tokens = annotated.norms, annotated.tokens
    i = verb - 1
    while i >= sentence.first:
        norm = norms[i]
        if norm == "nous":
            return not clash(Shape(GENDER, frozenset(("plur",))), own)
        if norm in ("je", "j'", "tu", "vous", "on", "qui", "ce", "c'", "que", "qu'"):
            return True
        if norm in _SINGULAR or norm in _PLURAL:
            numbers = frozenset(("sing" if norm in _SINGULAR else "plur",))
            genders = frozenset(("fem",)) if norm in _FEMININE else frozenset(("masc",))
            return not clash(Shape(genders, numbers), own)
        if tokens[i].text[0].isupper():
            return True
        shape = noun(lexicon, norm)
        if shape and not third_person(lexicon, norm):
            start = _start(annotated, sentence, i)
            before = norms[start - 1] if start > sentence.first else ""
            if before in JOINED:
                return True
            if before in PREPOSITIONS or norms[start] in ("des", "du"):
                i = start - (2 if before in PREPOSITIONS else 1)
                continue
            return not (clash(shape, own))
        i -= 1
    return True


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
        own = adjective(lexicon, norms[i])
        if own is None or all("part_past" not in e.feats for e in lexicon.analyses(norms[i])):
            continue
        comma = next(
            (k for k in range(i + 1, min(i + 12, sentence.last - 2)) if norms[k] == ","), 0
        )
        if not comma or any(
            third_person(lexicon, norms[k]) or norms[k] in ("que", "qu'", "ou", "qui")
            for k in range(i + 1, comma)
        ):
            continue
        shape = _opening_subject(norms, comma + 1, sentence, lexicon)
        if shape is None:
            continue
        if clash(own, shape):
            made = inflected(lexicon, norms[i], shape)
            text = tokens[i].text
            if made and text[0].isupper():
                made = made[0].upper() + made[1:]
            yield Hit(rule, tokens[i].start, tokens[i].end, (made,) if made else ())


def _opening_subject(
    norms: tuple[str, ...], i: int, sentence: Sentence, lexicon: Lexicon
) -> Shape | None:
    """The shape of a pronoun or of a plain noun phrase that a finite verb follows."""
    norm = norms[i]
    if norm in ("il", "elle", "ils", "elles"):
        gender = "fem" if norm in _FEMININE else "masc"
        number = "plur" if norm in _PLURAL else "sing"
        if norms[i + 1] in ("y", "n'", "ne", "faut", "est", "s'agit", "s'"):
            return None  # « il y a », « il est vrai » stand for nobody
        return Shape(frozenset((gender,)), frozenset((number,)))
    if norm not in DETERMINERS or norm in ("des", "du", "l'"):
        return None
    k = i + 1
    while k < sentence.last - 1 and norms[k] in BEFORE_NOUN | DETERMINERS:
        k += 1
    shape = noun(lexicon, norms[k])
    if shape is None or k + 1 >= sentence.last or not third_person(lexicon, norms[k + 1]):
        return None
    number = "plur" if norm in MANY else "sing"
    if number not in shape.numbers or collective(lexicon, norms[k]):
        return None
    return Shape(shape.genders, frozenset((number,)))
