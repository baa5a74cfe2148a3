"""Agreement with subjects joined by *et*: « la mère et le fils est », « … sont cassées »."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import (
    Shape,
    adjective,
    in_number,
    inflected,
    noun,
    third_person,
)
from mtaudit.french.syntax import Parsed
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.before import verbal
from mtaudit.kinds.checks.words import (
    ADVERBS,
    BE,
    BEFORE_NOUN,
    HAVE,
    PREPOSITIONS,
    flag,
    lower,
    per_article,
)
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_DETERMINERS: Final = frozenset(
    "le la l' les un une ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos "
    "leur leurs plusieurs deux trois quatre".split()
)
# What may stand right before a subject.
_OPENS: Final = frozenset(
    ", ; : que qu' et mais car où si lorsque lorsqu' quand puisque puisqu' comme parce dont "
    '" « – — - tandis alors'.split()
)
_OUTER: Final = PREPOSITIONS - frozenset("de d' du des que qu'".split())


class _Place(NamedTuple):
    """A verb, or an attribute, with what seems its subject."""

    first: int
    verb: int
    word: int
    plain: tuple[int, ...] = ()


# --- the verb -------------------------------------------------------------------------------------


def joined_subject_verb(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A verb in the singular behind two subjects joined by *et*."""
    lexicon = resources.lexicon
    for index, places in _joined(annotated, lexicon):
        sentence = annotated.sentences[index]
        parsed = annotated.parsed(index, resources.syntax)
        for place in places:
            if third_person(lexicon, annotated.norms[place.verb]) != {"sing"}:
                continue
            subjects = _subjects(annotated, sentence, parsed, place)
            if len(subjects) < 2:
                continue
            made = in_number(lexicon, annotated.norms[place.verb], "plur")
            yield flag(annotated, rule, place.verb, place.verb, (made,) if made else ())


def joined_subject_attribute(
    annotated: Annotated, rule: Rule, resources: Resources
) -> Iterator[Hit]:
    """A feminine attribute of subjects of which one is masculine, or the other way round."""
    lexicon = resources.lexicon
    for index, places in _joined(annotated, lexicon):
        sentence = annotated.sentences[index]
        for place in places:
            word = place.word
            own = adjective(lexicon, annotated.norms[word], bound=True) if word else None
            if own is None:
                continue
            if third_person(lexicon, annotated.norms[place.verb]) != {"plur"}:
                continue
            parsed = annotated.parsed(index, resources.syntax)
            subjects = _subjects(annotated, sentence, parsed, place)
            shapes = [noun(lexicon, annotated.norms[i]) for i in subjects]
            known = [each for each in shapes if each and len(each.genders) == 1]
            if len(subjects) < 2 or len(known) < len(shapes):
                continue
            masculine = any(each.genders == {"masc"} for each in known)
            wanted = Shape(frozenset(("masc",) if masculine else ("fem",)), frozenset(("plur",)))
            if own.genders & wanted.genders and own.numbers & wanted.numbers:
                continue
            made = inflected(lexicon, annotated.norms[word], wanted)
            yield flag(annotated, rule, word, word, (made,) if made else ())


def joined_subject_asks(annotated: Annotated, resources: Resources) -> set[int]:
    """Sentences with subjects joined by *et*, as far as the words tell, that do not agree."""
    return {index for index, _ in _joined(annotated, resources.lexicon)}


@per_article
def _joined(annotated: Annotated, lexicon: Lexicon) -> Iterator[tuple[int, list[_Place]]]:
    norms = annotated.norms
    for index, sentence in enumerate(annotated.sentences):
        if sentence.section == "furniture":
            continue
        found = []
        for i in range(sentence.first + 2, sentence.last - 3):
            if norms[i] != "et" or not (
                norms[i + 1] in _DETERMINERS or annotated.tokens[i + 1].text[0].isupper()
            ):
                continue
            place = _clause(annotated, sentence, i, lexicon)
            if place and _suspect(annotated, place, lexicon):
                found.append(place)
        if found:
            yield index, found


def _clause(annotated: Annotated, sentence: Sentence, et: int, lexicon: Lexicon) -> _Place | None:
    """The clause that begins with a subject before *et* and has its verb behind it."""
    norms, tokens = annotated.norms, annotated.tokens
    first = et
    while first > sentence.first:
        norm = norms[first - 1]
        if norm in _OPENS - {",", "et", '"', "«", "-"} or norm in ("ou", "ni", "(", ")"):
            break
        if tokens[first - 1].text.islower() and verbal(lexicon, norm):
            return None
        if norm in ("qui", "avec", "entre", "comme", "sans", "ainsi", "chaque", "tout", "aucun"):
            return None
        first -= 1
    if norms[first] not in _DETERMINERS and not tokens[first].text[0].isupper():
        return None
    if first > sentence.first and norms[first - 1] in ("ou", "ni", "(", ")", "comme"):
        return None
    if any(norms[i] in _OUTER for i in range(first, et)):
        return None  # « l'affaire déposée par la mère et le fils »
    if (
        first > sentence.first
        and norms[first - 1] in ("que", "qu'")
        and ({"ne", "n'", "même", "plus", "moins", "aussi"} & set(norms[first - 6 : first]))
    ):
        return None  # « il ne fera qu'un mandat et sa femme »
    verb = et + 1
    while verb < sentence.last - 1:
        norm = norms[verb]
        if third_person(lexicon, norm) and lower(annotated, verb):
            break
        if norm in (",", ";", ":", "qui", "que", "qu'", "dont", "où", "(", ")", "ou", "et", '"'):
            return None
        if lower(annotated, verb) and verbal(lexicon, norm):
            return None
        verb += 1
    else:
        return None
    word = verb + 1
    while word < sentence.last - 1 and (norms[word] in ADVERBS or norms[word].endswith("ment")):
        word += 1
    if norms[word] == "été":
        word += 1
    if word >= sentence.last or not lower(annotated, word):
        word = 0
    nouns = (_plain(annotated, first, et, lexicon), _plain(annotated, et + 1, verb, lexicon))
    plain = tuple(each for each in nouns if each)
    return _Place(first, verb, word, plain if len(plain) == 2 else ())


def _plain(annotated: Annotated, first: int, last: int, lexicon: Lexicon) -> int | None:
    """The noun of a phrase that is nothing but article, noun and adjectives."""
    norms = annotated.norms
    found = None
    if norms[first] not in _DETERMINERS or not lower(annotated, last - 1):
        return None
    while last > first and norms[last - 1] in ("ne", "n'"):
        last -= 1
    for i in range(first + 1, last):
        if found is None and (norms[i] in BEFORE_NOUN or norms[i].isdecimal()):
            continue
        shape = noun(lexicon, norms[i]) if lower(annotated, i) else None
        if found is None and shape and len(shape.genders) == 1:
            found = i
        elif found is None or not adjective(lexicon, norms[i]):
            return None
    return found


def _suspect(annotated: Annotated, place: _Place, lexicon: Lexicon) -> bool:
    norm = annotated.norms[place.verb]
    number = third_person(lexicon, norm)
    if number == {"sing"}:
        return norm not in ("soit", "vive")
    passive = norm in HAVE and annotated.norms[place.word - 1] == "été"
    if number != {"plur"} or not place.word or not (norm in BE or passive):
        return False
    own = adjective(lexicon, annotated.norms[place.word], bound=True)
    return own is not None and (len(own.genders) == 1 or own.numbers == {"sing"})


def _subjects(annotated: Annotated, sentence: Sentence, parsed: Parsed, place: _Place) -> list[int]:
    """The heads of the subjects joined, as tokens of the article; none where there is doubt."""
    norms, tokens = annotated.norms, annotated.tokens
    if place.plain:
        return list(place.plain)
    at = place.verb - sentence.first
    owner = parsed.head[at] if parsed.dep[at].partition(":")[0] in ("aux", "cop") else at
    found = [
        i
        for i, head in enumerate(parsed.head)
        if head == owner and parsed.dep[i].partition(":")[0] == "nsubj" and i < at
    ]
    if len(found) != 1:
        return []
    subject = found[0]
    joined = [
        i for i, head in enumerate(parsed.head) if head == subject and parsed.dep[i] == "conj"
    ]
    if not joined or max(joined) > at:
        return []
    heads = [subject, *joined]
    if len({parsed.upos[head] for head in heads}) > 1:
        return []  # « la maison de Marie et Paul »
    for head in heads:
        below = [i for i, other in enumerate(parsed.head) if other == head and i != head]
        relations = {parsed.dep[i] for i in below}
        if "case" in relations or relations & {"appos", "acl:relcl"}:
            return []
        word = sentence.first + head
        if parsed.upos[head] == "NOUN" and lower(annotated, word):
            if "det" not in relations and "nummod" not in relations:
                return []
        elif parsed.upos[head] != "PROPN" or not tokens[word].text[0].isupper():
            return []
        if norms[word] in ("un", "une", "autre"):
            return []
    cc = [
        norms[sentence.first + i]
        for head in joined
        for i, other in enumerate(parsed.head)
        if other == head and parsed.dep[i] == "cc"
    ]
    if cc != ["et"]:
        return []
    start = min(i for i in range(subject + 1) if i == subject or parsed.head[i] == subject)
    if sentence.first + start != place.first:
        return []
    return [sentence.first + head for head in heads]
