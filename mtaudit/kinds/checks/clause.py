"""The clause: where a verb's form cannot follow the words before it.

Each check reads neighbouring words alone, and only forms whose every reading in the dictionary
says the same: « il faire », « pour permet », « bien que la loi interdit ».
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Analysis, Lexicon
from mtaudit.kinds.base import Hit, Resources
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_NOT_FINITE: Final = frozenset(("inf", "part_pres", "part_past", "imper"))
_SUBJUNCTIVE: Final = frozenset(("subj", "subj_imperf"))
_CLITICS: Final = frozenset("ne n' me m' te t' se s' le la l' les lui leur y en nous vous".split())
_HAVE: Final = frozenset(
    "a ont avait avaient aura auront aurait auraient avons avez avions aviez".split()
)
# Forms that are also nouns in the dictionary but hardly anything else than verbs in a text.
_SURE: Final = frozenset(
    "est sont a ont était étaient avait avaient sera seront aura auront fut furent serait seraient "
    "aurait auraient va vont peut peuvent doit doivent".split()
)
_OPENS: Final = frozenset(
    "que qu' qui quoi dont où quand lorsque lorsqu' si s' comme puisque puisqu' quoique quoiqu' "
    "lequel laquelle lesquels lesquelles auquel auxquels auxquelles duquel desquels desquelles "
    "combien comment pourquoi quel quelle quels quelles".split()
)
_MARKS: Final = frozenset('. , ; : ( ) [ ] « » " “ ” – — - / … ! ?'.split())


@lru_cache(maxsize=16384)
def _verbs(lexicon: Lexicon, form: str) -> tuple[Analysis, ...]:
    """The finite readings of a form that can be nothing else than a finite verb."""
    readings = lexicon.analyses(form)
    found = tuple(
        each
        for each in readings
        if each.upos in ("VERB", "AUX") and not each.feats & (_NOT_FINITE - {"imper"})
    )
    if not found or not any(each.common for each in found):
        return ()
    others = [each for each in readings if each not in found and "imper" not in each.feats]
    return found if form in _SURE or not others else ()


def _third(lexicon: Lexicon, form: str) -> bool:
    return any("3" in each.feats for each in _verbs(lexicon, form))


@lru_cache(maxsize=16384)
def _infinitive(lexicon: Lexicon, form: str) -> bool:
    """Whether a form is an infinitive and nothing else (« pouvoir » may be a noun)."""
    readings = lexicon.analyses(form)
    return bool(readings) and all("inf" in each.feats for each in readings)


def _plain(annotated: Annotated, i: int) -> bool:
    return annotated.tokens[i].text.islower()


def _sentences(annotated: Annotated) -> Iterator[Sentence]:
    for sentence in annotated.sentences:
        if sentence.section != "furniture":
            yield sentence


def _hit(
    annotated: Annotated, rule: Rule, first: int, last: int, suggestions: tuple[str, ...] = ()
) -> Hit:
    tokens = annotated.tokens
    return Hit(rule, tokens[first].start, tokens[last].end, suggestions)


# --- infinitives and finite verbs in each other's place ------------------------------------------


def finite_after_preposition(
    annotated: Annotated, rule: Rule, resources: Resources
) -> Iterator[Hit]:
    """A finite verb where a preposition wants an infinitive: « pour permet »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in _sentences(annotated):
        for i in range(sentence.first, sentence.last - 2):
            if norms[i] not in ("pour", "sans", "afin"):
                continue
            k = i + 1
            if norms[i] == "afin":
                if norms[k] not in ("de", "d'"):
                    continue
                k += 1
            while k < sentence.last - 1 and norms[k] in _CLITICS:
                k += 1
            if not _plain(annotated, k) or not _third(lexicon, norms[k]):
                continue
            if norms[k + 1].startswith("-") or norms[k] in _SURE or norms[k - 1] == "en":
                continue
            if norms[k] in ("cesse", "importe"):
                continue  # « sans cesse », « n'importe quel »
            if annotated.quoted(annotated.tokens[k].start):
                continue
            lemma = _verbs(lexicon, norms[k])[0].lemma
            yield _hit(annotated, rule, k, k, (lemma,))


def infinitive_for_finite(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """An infinitive right behind a subject pronoun or an auxiliary: « il faire », « a donner »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in _sentences(annotated):
        for i in range(sentence.first, sentence.last - 1):
            pronoun = norms[i] in ("il", "ils", "je", "j'", "on")
            if not pronoun and not (norms[i] in _HAVE and _plain(annotated, i)):
                continue
            k = i + 1
            while pronoun and k < sentence.last - 1 and norms[k] in _CLITICS:
                k += 1
            while not pronoun and k < sentence.last - 1 and norms[k] in _ADVERBS:
                k += 1
            if not _plain(annotated, k) or not _infinitive(lexicon, norms[k]):
                continue
            if annotated.tokens[i].text.isupper() and len(norms[i]) > 1:
                continue
            before = norms[i - 1] if i > sentence.first else ""
            if not pronoun and before in ("y", "livret", "à", "plan", "-"):
                continue
            if _verbs(lexicon, before) or any(
                "inf" in each.feats for each in lexicon.analyses(before)
            ):
                continue  # « dois je », and « a » for « à »
            lemma = norms[k]
            made = None
            # « il incite les élus a vendre »: « a » may stand for « à ».
            if not pronoun and (norms[i] != "a" or k > i + 1 or before in _PRONOUNS):
                made = lexicon.inflect(lemma, "VERB", {"part_past", "masc", "sing"})
            yield _hit(annotated, rule, k, k, (made,) if made else ())


_PRONOUNS: Final = frozenset("il elle on qui cela ça l' y lui n' s'".split())
_ADVERBS: Final = frozenset(
    "déjà aussi également encore toujours jamais pas plus bien souvent récemment finalement "
    "immédiatement officiellement ainsi donc alors ensuite enfin".split()
)


def verb_collision(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Two finite verbs side by side in a clause that nothing subordinates: « ont sont »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in _sentences(annotated):
        opened = False
        for i in range(sentence.first, sentence.last - 2):
            if norms[i] in _OPENS or norms[i].startswith("-"):
                opened = True
            if norms[i] in (";", ":"):
                opened = False
            if opened or not _plain(annotated, i) or not _plain(annotated, i + 1):
                continue
            if not _third(lexicon, norms[i]) or not _third(lexicon, norms[i + 1]):
                continue
            if norms[i + 1] in (norms[i], "a") or norms[i + 1 : i + 3] == ("peut", "être"):
                continue  # « on sera peut être », « devrait a priori »
            if norms[i + 2].startswith("-") or annotated.quoted(annotated.tokens[i].start) != (
                annotated.quoted(annotated.tokens[i + 1].start)
            ):
                continue
            yield _hit(annotated, rule, i, i + 1)


_MODALS: Final = frozenset(
    "va vont allait allaient peut peuvent pouvait pouvaient pourra pourront pourrait pourraient "
    "doit doivent devait devaient devra devront devrait devraient veut veulent voulait voulaient "
    "faut".split()
)


@lru_cache(maxsize=16384)
def _only(lexicon: Lexicon, form: str, feature: str) -> bool:
    """Whether all readings of a form are of verbs and carry the feature."""
    readings = lexicon.analyses(form)
    return bool(readings) and all(
        each.upos in ("VERB", "AUX") and feature in each.feats for each in readings
    )


def participle_for_infinitive(
    annotated: Annotated, rule: Rule, resources: Resources
) -> Iterator[Hit]:
    """A participle behind what wants an infinitive: « peut été », « par utilisant »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in _sentences(annotated):
        for i in range(sentence.first, sentence.last - 1):
            if not _plain(annotated, i + 1):
                continue
            made: tuple[str, ...]
            if norms[i] in _MODALS and _plain(annotated, i):
                k = i + 1
                while k < sentence.last - 1 and norms[k] in _ADVERBS - {"plus"}:
                    k += 1  # « on ne peut plus mérité »
                if norms[k] == "été" or _only(lexicon, norms[k], "part_past"):
                    readings = lexicon.analyses(norms[k])
                    lemma = next(each.lemma for each in readings if "part_past" in each.feats)
                    yield _hit(annotated, rule, k, k, (lemma,))
            elif norms[i] in ("pour", "sans") and _only(lexicon, norms[i + 1], "part_past"):
                lemma = lexicon.analyses(norms[i + 1])[0].lemma
                yield _hit(annotated, rule, i + 1, i + 1, (lemma,))
            elif norms[i] in ("par", "pour", "de", "d'", "à", "sans", "avant", "après") and (
                _only(lexicon, norms[i + 1], "part_pres")
            ):
                if annotated.quoted(annotated.tokens[i].start):
                    continue
                made = ()
                if norms[i] == "par":
                    made = (f"en {norms[i + 1]}",)
                elif norms[i] in ("pour", "sans"):
                    made = (f"{norms[i]} {lexicon.analyses(norms[i + 1])[0].lemma}",)
                yield _hit(annotated, rule, i, i + 1, made)


# --- mood ----------------------------------------------------------------------------------------


_CONJUNCTIONS: Final = (
    ("afin",),
    ("avant",),
    ("pour",),
    ("sans",),
    ("jusqu'", "à", "ce"),
    ("à", "condition"),
    ("à", "moins"),
    ("de", "peur"),
    ("de", "crainte"),
    ("pourvu",),
    ("il", "faut"),
    ("il", "faudra"),
    ("il", "faudrait"),
    ("il", "fallait"),
    ("il", "est", "possible"),
    ("il", "est", "nécessaire"),
    ("il", "est", "important"),
    ("il", "est", "essentiel"),
    ("il", "est", "impossible"),
    ("il", "est", "temps"),
    ("il", "est", "rare"),
    ("il", "est", "peu", "probable"),
    ("il", "se", "peut"),
)
_WILL: Final = frozenset(
    "vouloir souhaiter exiger craindre douter aimer préférer regretter désirer".split()
)


@lru_cache(maxsize=4096)
def _wills(lexicon: Lexicon, form: str) -> bool:
    return any(
        each.lemma in _WILL and each.upos == "VERB" and "part_past" not in each.feats
        for each in lexicon.analyses(form)
    )


def _asks_subjunctive(annotated: Annotated, sentence: Sentence, que: int, lexicon: Lexicon) -> bool:
    norms = annotated.norms
    before = norms[sentence.first : que]
    if any(before[-len(each) :] == each for each in _CONJUNCTIONS):
        # « assez pour que », « trop loin pour qu' »; but not « juste avant », « peu avant que ».
        return True
    if before and before[-1] == "bien":
        return len(before) == 1 or before[-2] in (",", "«", '"', "et", "mais", "(")
    if not before or not _wills(lexicon, before[-1]):
        return False
    if before[-1] == "doute" and before[-2:-1] not in (("il",), ("elle",), ("on",)):
        return False  # « nul doute que »
    return not {"ne", "n'"} & set(before[-4:-1])  # « elle ne veut qu'un enfant »


def indicative(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """An indicative after a conjunction or a verb that asks for the subjunctive."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in _sentences(annotated):
        for que in range(sentence.first + 1, sentence.last - 2):
            if norms[que] not in ("que", "qu'"):
                continue
            if not _asks_subjunctive(annotated, sentence, que, lexicon):
                continue
            verb = _first_verb(annotated, sentence, que + 1, lexicon)
            if verb is None:
                continue
            readings = _verbs(lexicon, norms[verb])
            third = [each for each in readings if "3" in each.feats]
            if not third or any(each.feats & _SUBJUNCTIVE for each in readings):
                continue
            if any(each.feats & {"past_simple"} for each in third):
                continue  # « fut » and « eût » are a letter apart
            feats = third[0].feats & {"sing", "plur", "3"}
            made = lexicon.inflect(third[0].lemma, third[0].upos, feats | {"subj"})
            if made == norms[verb]:
                continue
            yield _hit(annotated, rule, verb, verb, (made,) if made else ())


def _first_verb(
    annotated: Annotated, sentence: Sentence, start: int, lexicon: Lexicon
) -> int | None:
    """The finite verb of the clause that begins here; None where it is in doubt."""
    norms = annotated.norms
    for i in range(start, min(start + 10, sentence.last)):
        if norms[i] in _OPENS - {"s'"} or norms[i] in _MARKS or norms[i] in ("et", "ou"):
            return None
        if norms[i].startswith("-"):
            return None
        if not _plain(annotated, i):
            continue
        if _verbs(lexicon, norms[i]):
            return i if i > start else None
        if any(
            each.upos in ("VERB", "AUX") and not each.feats & (_NOT_FINITE - {"imper"})
            for each in lexicon.analyses(norms[i])
            if each.common and each.feats & _SUBJUNCTIVE
        ):
            return None  # it may be the verb itself: « porte », « fasse »
    return None


def if_conditional(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A conditional or a future after the *si* that opens a sentence: « Si la loi serait »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in _sentences(annotated):
        first = sentence.first
        while first < sentence.last - 2 and norms[first] in ('"', "«", "mais", "et", "-", "—", "–"):
            first += 1
        if norms[first] not in ("si", "s'") or first + 3 >= sentence.last:
            continue
        verb = _first_verb(annotated, sentence, first + 1, lexicon)
        if verb is None:
            continue
        readings = [each for each in _verbs(lexicon, norms[verb]) if "3" in each.feats]
        if not readings or not all(each.feats & {"cond", "fut"} for each in readings):
            continue
        rest = range(verb + 1, sentence.last)
        comma = next((i for i in rest if norms[i] == ","), None)
        if comma is None:
            continue
        main = next((i for i in range(comma, sentence.last) if _verbs(lexicon, norms[i])), None)
        if main is None or not any(
            each.feats & {"cond", "fut"} for each in _verbs(lexicon, norms[main])
        ):
            continue
        tense = "imperf" if "cond" in readings[0].feats else "pres"
        feats = readings[0].feats & {"sing", "plur", "3"} | {tense}
        made = lexicon.inflect(readings[0].lemma, readings[0].upos, feats)
        yield _hit(annotated, rule, verb, verb, (made,) if made else ())


# --- que -----------------------------------------------------------------------------------------


_SAID: Final = frozenset(
    "dit déclaré affirmé ajouté annoncé expliqué indiqué précisé souligné estimé pensé cru espéré "
    "suggéré averti confirmé assuré admis reconnu promis pense croit espère affirme estime suggère "
    "pensent croient espèrent affirment estiment".split()
)


def lost_que(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A verb of saying, then a clause without *que*: « il a dit il viendrait »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in _sentences(annotated):
        for i in range(sentence.first, sentence.last - 3):
            if norms[i] not in _SAID or norms[i + 1] not in (
                "il", "elle", "ils", "elles", "nous", "je", "j'", "on", "ce", "c'",
            ):  # fmt: skip
                continue
            k = i + 2
            while k < sentence.last - 1 and norms[k] in _CLITICS:
                k += 1
            if not _verbs(lexicon, norms[k]) or norms[k + 1].startswith("-"):
                continue
            if norms[k - 1] == "y":
                continue  # « il y a deux ans »
            if annotated.quoted(annotated.tokens[i].start) or annotated.quoted(
                annotated.tokens[i + 1].start
            ):
                continue
            pronoun = annotated.tokens[i + 1].text
            if pronoun[0].isupper():
                continue
            elided = pronoun[0] in "aeio"
            yield _hit(
                annotated, rule, i, i + 1,
                (f"{norms[i]} {'qu’' if elided else 'que '}{pronoun}",),
            )  # fmt: skip


# --- a pronoun or a person's name and the verb ----------------------------------------------------


_MANY: Final = frozenset("ils elles certains certaines beaucoup plusieurs".split())
_ONE: Final = frozenset("il elle on cela chacun chacune".split())
_TITLES: Final = frozenset(("m.", "mme", "mr", "mr.", "monsieur", "madame", "dr", "mlle"))
_GOVERNORS: Final = frozenset(
    "de d' à avec pour par sur chez contre entre sans parmi vers et ou ni que qu' comme selon "
    "dont en dans".split()
)


def pronoun_verb(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A verb of the other number right behind a pronoun or a person's name."""
    lexicon, norms, tokens = resources.lexicon, annotated.norms, annotated.tokens
    for sentence in _sentences(annotated):
        for i in range(sentence.first, sentence.last - 1):
            before = norms[i - 1] if i > sentence.first else ""
            k = i + 1
            if norms[i] in _MANY or norms[i] in _ONE:
                wanted = "plur" if norms[i] in _MANY else "sing"
                governed = _GOVERNORS - {"que", "qu'", "et", "ou", "dont", "comme"}
                if norms[i] not in ("il", "on", "ils") and before in (
                    _GOVERNORS if norms[i] in ("elle", "elles") and before == "et" else governed
                ):
                    continue
                if before in ("et", "ou", "ni", "a") and norms[i] not in ("il", "on", "ils"):
                    continue  # « A cela s'ajoutent »
                if before.startswith("-") or (
                    before and _verbs(lexicon, before) and norms[i] in ("beaucoup", "plusieurs")
                ):
                    continue
            elif norms[i] in _TITLES and tokens[i].text[0].isupper():
                wanted = "sing"
                if before in ("et", "ou", "ni", ",", "&") or (
                    before not in ("que", "qu'") and "et" in norms[max(0, i - 6) : i]
                ):
                    continue
                if before not in ("", "que", "qu'", "où", "car", "si", "mais"):
                    continue
                if not tokens[k].text[0].isupper():
                    continue
                while k < sentence.last - 1 and tokens[k].text[0].isupper():
                    k += 1
            else:
                continue
            objects = False
            while k < sentence.last - 1 and norms[k] in _CLITICS - {"nous", "vous"}:
                objects |= norms[k] in ("le", "la", "l'", "les", "se", "s'", "ne", "n'")
                k += 1
            if not _plain(annotated, k):
                continue
            readings = lexicon.analyses(norms[k])
            verbs = _verbs(lexicon, norms[k]) or (
                tuple(
                    each
                    for each in readings
                    if each.upos == "VERB" and not each.feats & (_NOT_FINITE - {"imper"})
                )
                if objects
                and norms[i] in ("ils", "elles", "certains", "certaines")
                and not any(each.upos in ("ADJ", "ADV", "PRON", "DET", "ADP") for each in readings)
                else ()
            )
            third = [each for each in verbs if "3" in each.feats]
            if not third or any(wanted in each.feats for each in third):
                continue
            if len(third) < len(verbs) and not any(
                "imper" in e.feats or e.feats & {"1"} for e in verbs
            ):
                continue
            if norms[k + 1 : k + 2] and norms[k + 1].startswith("-"):
                continue
            if (
                norms[i] in ("plusieurs", "certains", "certaines", "beaucoup")
                and k == i + 1
                and any(each.upos == "NOUN" for each in readings)
            ):
                continue
            feats = (third[0].feats - {"sing", "plur"}) | {wanted}
            made = lexicon.inflect(third[0].lemma, third[0].upos, feats)
            yield _hit(annotated, rule, k, k, (made,) if made and made != norms[k] else ())


# --- the future after quand -----------------------------------------------------------------------


def when_present(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A present after *quand* or *lorsque* where the main clause is in the future."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in _sentences(annotated):
        first = sentence.first
        while first < sentence.last - 2 and norms[first] in ('"', "«", "mais", "et"):
            first += 1
        start = first + 1
        if norms[first : first + 2] in (("dès", "que"), ("dès", "qu'")):
            start = first + 2
        elif norms[first : first + 3] in (("une", "fois", "que"), ("une", "fois", "qu'")):
            start = first + 3
        elif norms[first] not in ("quand", "lorsque", "lorsqu'"):
            continue
        verb = _first_verb(annotated, sentence, start, lexicon)
        if verb is None or norms[start] == "on":
            continue
        third = [each for each in _verbs(lexicon, norms[verb]) if "3" in each.feats]
        if not third or "pres" not in third[0].feats:
            continue
        comma = next((i for i in range(verb, sentence.last) if norms[i] == ","), None)
        if comma is None:
            continue
        main = next((i for i in range(comma, sentence.last) if _verbs(lexicon, norms[i])), None)
        if main is None or main > comma + 8:
            continue
        if not all("fut" in each.feats for each in _verbs(lexicon, norms[main])):
            continue
        feats = third[0].feats & {"sing", "plur", "3"} | {"fut"}
        made = lexicon.inflect(third[0].lemma, third[0].upos, feats)
        yield _hit(annotated, rule, verb, verb, (made,) if made else ())
