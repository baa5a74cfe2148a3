"""The clause: where a verb's form cannot follow the words before it.

Each check reads neighbouring words alone, and only forms whose every reading in the dictionary
says the same: « il faire », « pour permet », « avait achète ».
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import NOT_FINITE, SURE, finite, infinitive
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.words import ADVERBS, HAVE, SUBORDINATORS, flag, lower, sentences
from mtaudit.rulebook import Rule

_CLITICS: Final = frozenset("ne n' me m' te t' se s' le la l' les lui leur y en nous vous".split())
_HAVE: Final = frozenset(
    "a ont avait avaient aura auront aurait auraient avons avez avions aviez".split()
)


def _third(lexicon: Lexicon, form: str) -> bool:
    return any("3" in each.feats for each in finite(lexicon, form))


# --- infinitives and finite verbs in each other's place ------------------------------------------


def finite_after_preposition(
    annotated: Annotated, rule: Rule, resources: Resources
) -> Iterator[Hit]:
    """A finite verb where a preposition wants an infinitive: « pour permet »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
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
            if not lower(annotated, k) or not _third(lexicon, norms[k]):
                continue
            if norms[k + 1].startswith("-") or norms[k] in SURE or norms[k - 1] == "en":
                continue
            if norms[k] in ("cesse", "importe"):
                continue  # « sans cesse », « n'importe quel »
            if annotated.quoted(annotated.tokens[k].start):
                continue
            lemma = finite(lexicon, norms[k])[0].lemma
            yield flag(annotated, rule, k, k, (lemma,))


def infinitive_for_finite(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """An infinitive right behind a subject pronoun or an auxiliary: « il faire », « a donner »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        for i in range(sentence.first, sentence.last - 1):
            pronoun = norms[i] in ("il", "ils", "je", "j'", "on")
            if not pronoun and not (norms[i] in _HAVE and lower(annotated, i)):
                continue
            k = i + 1
            while pronoun and k < sentence.last - 1 and norms[k] in _CLITICS:
                k += 1
            while not pronoun and k < sentence.last - 1 and norms[k] in _ADVERBS:
                k += 1
            if not lower(annotated, k) or not infinitive(lexicon, norms[k]):
                continue
            if annotated.tokens[i].text.isupper() and len(norms[i]) > 1:
                continue
            before = norms[i - 1] if i > sentence.first else ""
            if not pronoun and before in ("y", "livret", "à", "plan", "-"):
                continue
            if finite(lexicon, before) or any(
                "inf" in each.feats for each in lexicon.analyses(before)
            ):
                continue  # « dois je », and « a » for « à »
            lemma = norms[k]
            made = None
            # « il incite les élus a vendre »: « a » may stand for « à ».
            if not pronoun and (norms[i] != "a" or k > i + 1 or before in _PRONOUNS):
                made = lexicon.inflect(lemma, "VERB", {"part_past", "masc", "sing"})
            yield flag(annotated, rule, k, k, (made,) if made else ())


def finite_after_auxiliary(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A finite verb where the auxiliary wants a participle: « il avait achète »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in annotated.sentences:
        for i in range(sentence.first, sentence.last - 1):
            if norms[i] not in HAVE or not annotated.tokens[i].text.islower():
                continue  # « le livret A »
            k = i + 1
            while k < sentence.last - 1 and (norms[k] in ADVERBS or norms[k].endswith("ment")):
                k += 1
            if not annotated.tokens[k].text.islower() or annotated.quoted(
                annotated.tokens[k].start
            ):
                continue
            readings = lexicon.analyses(norms[k])
            # « achète » is a noun of Paris slang in the dictionary: rare words do not count.
            readings = tuple(each for each in readings if each.common) or readings
            if not readings or any(
                each.upos not in ("VERB", "AUX") or each.feats & NOT_FINITE for each in readings
            ):
                continue
            lemma = readings[0].lemma
            participle = lexicon.inflect(lemma, "VERB", {"part_past", "masc", "sing"})
            token = annotated.tokens[k]
            if participle and participle != norms[k]:
                yield Hit(rule, token.start, token.end, (participle,))


_PRONOUNS: Final = frozenset("il elle on qui cela ça l' y lui n' s'".split())
_ADVERBS: Final = frozenset(
    "déjà aussi également encore toujours jamais pas plus bien souvent récemment finalement "
    "immédiatement officiellement ainsi donc alors ensuite enfin".split()
)


def verb_collision(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """Two finite verbs side by side in a clause that nothing subordinates: « ont sont »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        opened = False
        for i in range(sentence.first, sentence.last - 2):
            if norms[i] in SUBORDINATORS or norms[i].startswith("-"):
                opened = True
            if norms[i] in (";", ":"):
                opened = False
            if opened or not lower(annotated, i) or not lower(annotated, i + 1):
                continue
            if not _third(lexicon, norms[i]) or not _third(lexicon, norms[i + 1]):
                continue
            if norms[i + 1] in (norms[i], "a") or norms[i + 1 : i + 3] == ("peut", "être"):
                continue  # « on sera peut être », « devrait a priori »
            if norms[i + 2].startswith("-") or annotated.quoted(annotated.tokens[i].start) != (
                annotated.quoted(annotated.tokens[i + 1].start)
            ):
                continue
            yield flag(annotated, rule, i, i + 1)


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
    for sentence in sentences(annotated):
        for i in range(sentence.first, sentence.last - 1):
            if not lower(annotated, i + 1):
                continue
            made: tuple[str, ...]
            if norms[i] in _MODALS and lower(annotated, i):
                k = i + 1
                while k < sentence.last - 1 and norms[k] in _ADVERBS - {"plus"}:
                    k += 1  # « on ne peut plus mérité »
                if norms[k] == "été" or _only(lexicon, norms[k], "part_past"):
                    readings = lexicon.analyses(norms[k])
                    lemma = next(each.lemma for each in readings if "part_past" in each.feats)
                    yield flag(annotated, rule, k, k, (lemma,))
            elif norms[i] in ("pour", "sans") and _only(lexicon, norms[i + 1], "part_past"):
                lemma = lexicon.analyses(norms[i + 1])[0].lemma
                yield flag(annotated, rule, i + 1, i + 1, (lemma,))
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
                yield flag(annotated, rule, i, i + 1, made)


# --- que -----------------------------------------------------------------------------------------


_SAID: Final = frozenset(
    "dit déclaré affirmé ajouté annoncé expliqué indiqué précisé souligné estimé pensé cru espéré "
    "suggéré averti confirmé assuré admis reconnu promis pense croit espère affirme estime suggère "
    "pensent croient espèrent affirment estiment".split()
)


def lost_que(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A verb of saying, then a clause without *que*: « il a dit il viendrait »."""
    lexicon, norms = resources.lexicon, annotated.norms
    for sentence in sentences(annotated):
        for i in range(sentence.first, sentence.last - 3):
            if norms[i] not in _SAID or norms[i + 1] not in (
                "il", "elle", "ils", "elles", "nous", "je", "j'", "on", "ce", "c'",
            ):  # fmt: skip
                continue
            k = i + 2
            while k < sentence.last - 1 and norms[k] in _CLITICS:
                k += 1
            if not finite(lexicon, norms[k]) or norms[k + 1].startswith("-"):
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
            yield flag(
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
    for sentence in sentences(annotated):
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
                    before and finite(lexicon, before) and norms[i] in ("beaucoup", "plusieurs")
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
            if not lower(annotated, k):
                continue
            readings = lexicon.analyses(norms[k])
            verbs = finite(lexicon, norms[k]) or (
                tuple(
                    each for each in readings if each.upos == "VERB" and not each.feats & NOT_FINITE
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
            yield flag(annotated, rule, k, k, (made,) if made and made != norms[k] else ())
