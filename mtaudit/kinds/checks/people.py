"""The gender of people: what the English says of them, and what the French makes of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.checks.readings import TRUSTED
from mtaudit.rulebook import Rule
from mtaudit.source.align import Pair

# English words for people of one gender, what French calls them, and what the other gender is.
_PEOPLE_LINES: Final = """
daughter,daughters|fille,filles|fils
son,sons|fils|fille,filles
sister,sisters|sœur,sœurs,soeur,soeurs|frère,frères
brother,brothers|frère,frères|sœur,sœurs,soeur,soeurs
mother,mothers|mère,mères,maman|père,pères
father,fathers|père,pères,papa|mère,mères
wife,wives|femme,femmes,épouse,épouses|mari,maris,époux
husband,husbands|mari,maris,époux|femme,femmes,épouse,épouses
girl,girls|fille,filles,fillette,fillettes|garçon,garçons
boy,boys|garçon,garçons,garçonnet|fille,filles,fillette,fillettes
aunt,aunts|tante,tantes|oncle,oncles
uncle,uncles|oncle,oncles|tante,tantes
niece,nieces|nièce,nièces|neveu,neveux
nephew,nephews|neveu,neveux|nièce,nièces
grandmother,grandmothers|grand-mère,grands-mères,grand-mères|grand-père,grands-pères
grandfather,grandfathers|grand-père,grands-pères|grand-mère,grands-mères,grand-mères
queen,queens|reine,reines|roi,rois
king,kings|roi,rois|reine,reines
princess,princesses|princesse,princesses|prince,princes
actress,actresses|actrice,actrices,comédienne,comédiennes|acteur,acteurs,comédien,comédiens
waitress,waitresses|serveuse,serveuses|serveur,serveurs
businesswoman,businesswomen|femme,femmes|homme,hommes
congresswoman,congresswomen|élue,élues,députée,députées,parlementaire|élu,élus,député,députés
chairwoman|présidente|président
policewoman,policewomen|policière,policières,agente,femme,femmes|policier,policiers
widow,widows|veuve,veuves|veuf,veufs
heroine,heroines|héroïne,héroïnes|héros
girlfriend,girlfriends|petite,copine,amie,compagne,fiancée|petit,copain,ami,compagnon,fiancé
boyfriend,boyfriends|petit,copain,ami,compagnon,fiancé|petite,copine,amie,compagne,fiancée
schoolgirl,schoolgirls|écolière,écolières,élève,élèves|écolier,écoliers
woman,women|femme,femmes,dame,dames|homme,hommes
man,men|homme,hommes,gars,type|femme,femmes
"""
_PEOPLE: Final = tuple(
    tuple(frozenset(part.split(",")) for part in line.split("|"))
    for line in _PEOPLE_LINES.strip().splitlines()
)
# Kin in a manner of speaking.
_NO_PERSON: Final = re.compile(
    r"(?i)\b(?:sister|brother|mother|father|daughter)[- ](?:group|company|companies|paper|ship|city"
    r"|cities|party|parties|organi[sz]ation|station|site|channel|tongue|land|country|nature|board)"
)
_SAID: Final = (
    "said says told tells added adds explained explains asked asks wrote writes recalled recalls "
    "stated states noted notes claimed claims warned warns admitted admits insisted insists "
    "replied replies announced announces continued continues concluded concludes argued argues "
    "believes thinks remembers".split()
)
_SPEAKER: Final = re.compile(
    rf"(?i)\b(?:(?P<she>she)|he)(?:\s\w+ly)?\s(?:{'|'.join(_SAID)})\b"
    rf"|\b(?:{'|'.join(_SAID)})\s(?:(?P<she2>she)|he)\b"
)
_FRENCH_SAID: Final = frozenset(
    "dit déclare déclaré ajoute ajouté explique expliqué raconte raconté affirme affirmé "
    "précise précisé souligne souligné confie confié écrit demande demandé rappelle rappelé "
    "indique indiqué note noté poursuit poursuivi conclut conclu assure assuré admet admis "
    "avertit averti insiste insisté répond répondu annonce annoncé estime estimé pense croit "
    "argue argué lance lancé soutient soutenu prévient prévenu remarque remarqué se".split()
)
_HE: Final = {"il": "elle", "-il": "-elle", "-t-il": "-t-elle"}
_SHE: Final = {"elle": "il", "-elle": "-il", "-t-elle": "-t-il"}
_MR: Final = re.compile(r"\b(Mr|Sir)\b\.?\s+([A-ZÀ-Þ][\w'’-]+)")
_MRS: Final = re.compile(r"\b(Mrs|Ms|Miss)\b\.?\s+([A-ZÀ-Þ][\w'’-]+)")
_MASCULINE_TITLES: Final = frozenset(("m.", "mr", "mr.", "monsieur"))
_FEMININE_TITLES: Final = frozenset(("mme", "mme.", "mlle", "madame", "mademoiselle"))
_SPOKESWOMAN: Final = re.compile(r"(?i)\bspokeswom[ae]n\b")
_SPOKESMAN: Final = re.compile(r"(?i)\bspokesm[ae]n\b|\bspokespe\w+\b")
_TO_FEMININE: Final = {"le": "la", "un": "une", "du": "de la", "au": "à la", "son": "sa"}


def person_gender(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """People whom the French gives the other gender: `daughter` and « fils »."""
    for pair, english, (first, last) in _pairs(annotated):
        if _NO_PERSON.search(pair.english):
            continue
        norms = annotated.norms[first:last]
        found = set(norms)
        for words, right, wrong in _PEOPLE:
            said = english & words
            # Where the English names both, or the other one, the French word belongs to that.
            if not said or found & right or not found & wrong:
                continue
            if any(other & english for other, rendered, _ in _PEOPLE if rendered & wrong):
                continue
            if norms.count(next(iter(found & wrong))) > 1:
                continue
            at = first + next(k for k, norm in enumerate(norms) if norm in wrong)
            if annotated.tokens[at].text[0].isupper() and at > first:
                continue
            yield _hit(annotated, rule, at, at, (), sorted(said)[0])


def speaker_gender(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """« a-t-il dit » where the English has `she said`, and the reverse."""
    for pair, english, (first, last) in _pairs(annotated):
        speakers = {
            bool(match["she"] or match["she2"]) for match in _SPEAKER.finditer(pair.english)
        }
        if len(speakers) != 1:
            continue
        she = speakers.pop()
        if english & ({"he", "him", "his"} if she else {"she", "her", "hers"}):
            continue
        wrong: Mapping[str, str] = _HE if she else _SHE
        for at in range(first, last):
            norm = annotated.norms[at]
            if norm not in wrong or not _says(annotated, at, first, last):
                continue
            text = annotated.tokens[at].text
            right = wrong[norm]
            right = right.capitalize() if text[0].isupper() else right
            yield _hit(annotated, rule, at, at, (right,), "she" if she else "he")


def _says(annotated: Annotated, at: int, first: int, last: int) -> bool:
    """Whether a pronoun is the subject of a verb of saying."""
    norms = annotated.norms
    if norms[at].startswith("-"):
        before = norms[at - 1] if at > first else ""
        after = norms[at + 1] if at + 1 < last else ""
        return before in _FRENCH_SAID or (before in ("a", "avait") and after in _FRENCH_SAID)
    behind = norms[at + 1 : min(at + 4, last)]
    if behind and behind[0] in _FRENCH_SAID - {"se"}:
        return True
    return len(behind) > 1 and behind[0] in ("a", "avait") and behind[1] in _FRENCH_SAID


def person_title(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """« M. Keller » for `Mrs Keller`, and the reverse."""
    source = annotated.article.source or ""
    men = {match[2] for match in _MR.finditer(source)}
    women = {match[2] for match in _MRS.finditer(source)}
    tokens, norms = annotated.tokens, annotated.norms
    for pair, _, (first, last) in _pairs(annotated):
        for marks, wrong, others, right in (
            (_MRS, _MASCULINE_TITLES, men, "Mme"),
            (_MR, _FEMININE_TITLES, women, "M."),
        ):
            for match in marks.finditer(pair.english):
                name = match[2].removesuffix("'s").removesuffix("’s")
                if name in others:
                    continue
                for at in range(first, last - 1):
                    if norms[at] in wrong and tokens[at + 1].text == name:
                        yield _hit(annotated, rule, at, at + 1, (f"{right} {name}",), match[0])


def spokeswoman(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """« le porte-parole » for `spokeswoman`."""
    tokens, norms = annotated.tokens, annotated.norms
    for pair, _, (first, last) in _pairs(annotated):
        said = _SPOKESWOMAN.search(pair.english)
        if said is None or _SPOKESMAN.search(pair.english):
            continue
        for at in range(first, last - 1):
            if norms[at] in _TO_FEMININE and norms[at + 1] == "porte-parole":
                right = _TO_FEMININE[norms[at]]
                right = right.capitalize() if tokens[at].text[0].isupper() else right
                yield _hit(annotated, rule, at, at + 1, (f"{right} porte-parole",), said[0])


_WORD: Final = re.compile(r"[A-Za-z]+")


def _pairs(annotated: Annotated) -> Iterator[tuple[Pair, frozenset[str], tuple[int, int]]]:
    """The pairs with the English words in lower case and the half-open range of the tokens."""
    alignment = annotated.alignment
    if alignment is None:
        return
    starts = [token.start for token in annotated.tokens]
    for pair in alignment.segments.pairs:
        if pair.trust >= TRUSTED:
            words = frozenset(word.lower() for word in _WORD.findall(pair.english))
            yield pair, words, (bisect_left(starts, pair.start), bisect_left(starts, pair.end))


def _hit(
    annotated: Annotated, rule: Rule, first: int, last: int, suggestions: tuple[str, ...], said: str
) -> Hit:
    tokens = annotated.tokens
    return Hit(
        rule,
        tokens[first].start,
        tokens[last].end,
        suggestions,
        {"fr": f"l'anglais dit « {said} »", "en": f"English says “{said}”"},
        source_text=said,
    )
