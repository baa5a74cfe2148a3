"""Direct speech that lost its quotation marks: « C'est notre décision, a déclaré le ministre. »"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.matching import QUOTES
from mtaudit.model import Sentence
from mtaudit.rulebook import Rule

_FIRST_PERSON: Final = frozenset(
    "je j' me m' moi mon ma mes nous notre nos mien mienne nôtre tu te t' toi ton ta tes votre vos "
    "vous".split()
)
# « nous » and « notre » in a report about France, « je » in a title: one alone proves little.
_SAYING: Final = frozenset(
    "dit déclare déclaré ajoute ajouté affirme affirmé explique expliqué écrit conclut conclu "
    "répond répondu poursuit poursuivi raconte raconté précise précisé assure assuré lance lancé "
    "insiste insisté souligne souligné estime estimé confie confié indique indiqué note noté "
    "commente commenté reconnaît reconnu regrette regretté avertit averti prévient prévenu "
    "plaisante tweeté tweete martelé martèle rappelle rappelé résume résumé demande demandé "
    "promis promet".split()
)
_REPORTING_BEFORE_COLON: Final = _SAYING | frozenset(
    "annonce annoncé publié message communiqué tweet citation".split()
)
_WHEN: Final = frozenset(
    "hier lundi mardi mercredi jeudi vendredi samedi dimanche soir matin aussitôt ensuite".split()
)
_AUXILIARY: Final = frozenset("a ont avait avaient".split())


def unmarked_speech(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """First-person words with an attribution and no quotation marks, and what goes on from them.

    Reported clauses in the third person (« La loi, a-t-il dit, passera ») are good French, so
    only words that the newspaper cannot say of itself are taken for speech.
    """
    flagged = -2
    for index, sentence in enumerate(annotated.sentences):
        if sentence.section == "furniture" or _any_quote(annotated, sentence):
            continue
        end = _attributed(annotated, sentence)
        if end is not None:
            yield _hit(rule, annotated, sentence.first, end)
            flagged = index
            continue
        start = _introduced(annotated, sentence)
        if start is not None:
            yield _hit(rule, annotated, start, sentence.last)
            flagged = index
            continue
        if flagged == index - 1 and _speaks(annotated, sentence.first, sentence.last):
            yield _hit(rule, annotated, sentence.first, sentence.last)
            flagged = index


def _any_quote(annotated: Annotated, sentence: Sentence) -> bool:
    tokens = annotated.tokens
    if any(tokens[i].text in QUOTES for i in range(sentence.first, sentence.last)):
        return True
    # A dash opens a line of dialogue; a quotation may have begun in an earlier sentence.
    return tokens[sentence.first].text in ("-", "–", "—") or annotated.quoted(
        tokens[sentence.first].start
    )


def _speaks(annotated: Annotated, first: int, last: int) -> bool:
    return any(norm.lstrip("-") in _FIRST_PERSON for norm in annotated.norms[first:last])


def _attributed(annotated: Annotated, sentence: Sentence) -> int | None:
    """The end of a first-person clause that « , a déclaré X » or « , dit-il » follows."""
    norms, tokens = annotated.norms, annotated.tokens
    for i in range(sentence.first + 3, sentence.last - 1):
        if norms[i - 1] not in (",", "?", "!"):
            continue
        k = i
        if norms[k] in _AUXILIARY and k + 1 < sentence.last:
            k += 1
            if norms[k].startswith("-"):  # « a-t-il ajouté »
                k += 1
            while k < sentence.last and norms[k] in ("également", "aussi", "encore", "lui"):
                k += 1
        if k >= sentence.last or norms[k] not in _SAYING:
            continue
        while k + 1 < sentence.last and norms[k + 1] in _WHEN:
            k += 1
        subject = k + 1 < sentence.last and (
            norms[k + 1].startswith("-")
            or tokens[k + 1].text[0].isupper()
            or norms[k + 1] in ("le", "la", "l'", "un", "une", "les", "m.", "mme")
        )
        inverted = any(norm.startswith("-") for norm in norms[i : k + 1])
        if (subject or inverted) and _speaks(annotated, sentence.first, i - 1):
            return i - 1
    return None


def _introduced(annotated: Annotated, sentence: Sentence) -> int | None:
    """Where speech begins after « a écrit : » or « a déclaré : »."""
    norms, tokens = annotated.norms, annotated.tokens
    for i in range(sentence.first + 2, sentence.last - 2):
        if norms[i] != ":":
            continue
        before = norms[max(sentence.first, i - 4) : i]
        if not any(word in _SAYING for word in before[-2:]) and not (
            any(word in _REPORTING_BEFORE_COLON for word in before)
            and any(word in _AUXILIARY for word in norms[sentence.first : i])
        ):
            continue
        following = tokens[i + 1]
        if following.text[0].isupper() and sentence.last - i > 4:
            return i + 1
        return None
    return None


def _hit(rule: Rule, annotated: Annotated, first: int, last: int) -> Hit:
    tokens = annotated.tokens
    start, end = tokens[first].start, tokens[last - 1].end
    return Hit(rule, start, end, (f"« {annotated.article.text[start:end]} »",))
