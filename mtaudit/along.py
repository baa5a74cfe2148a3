"""What a suggestion takes along: the determiner before a noun, the adjective behind it.

« Le président » with « présidente » for its noun is « la présidente », not « le présidente ». The
finding then covers these words too, so that an editor who takes the suggestion gets good French.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.french.inflect import elides, mend_seams
from mtaudit.french.lexicon import Lexicon
from mtaudit.french.shapes import Shape, adjective, clash, inflected, noun
from mtaudit.kinds import Hit

# Determiners in the singular by their forms: masculine, feminine, and before a vowel.
_FORMS: Final = (
    ("un", "une", ""),
    ("le", "la", ""),
    ("ce", "cette", "cet"),
    ("mon", "ma", "mon"),
    ("ton", "ta", "ton"),
    ("son", "sa", "son"),
    ("aucun", "aucune", ""),
    ("quel", "quelle", ""),
    ("du", "de la", ""),
    ("au", "à la", ""),
)
_DETERMINERS: Final = {
    "l'": _FORMS[1],
    **{form: forms for forms in _FORMS for form in forms if form},
}
_ARTICLES: Final = frozenset(("le", "la", "l'"))


def along(annotated: Annotated, hit: Hit, lexicon: Lexicon) -> Hit:
    """The hit with what its suggestions change of the words beside it.

    It stays as it is unless it flags a noun in the singular behind a determiner, each suggestion
    begins with a noun, and at least one of them asks for another form of the determiner.
    """
    place = _token_at(annotated, hit.start) if hit.suggestions else None
    if place is None or place == annotated.sentences[annotated.sentence_of[place]].first:
        return hit
    tokens, norms = annotated.tokens, annotated.norms
    forms = _DETERMINERS.get(norms[place - 1])
    own = noun(lexicon, norms[place])
    if forms is None or own is None or own.numbers != {"sing"}:
        return hit
    if tokens[place - 1].end < hit.start - 1:
        return hit
    shapes = [_shape(lexicon, suggestion) for suggestion in hit.suggestions]
    if any(shape is None for shape in shapes):
        return hit
    first = place - 1
    # « de la », « à l' »: with another article the preposition may melt into it.
    if norms[first] in _ARTICLES and first and norms[first - 1] in ("de", "à"):
        first -= 1
    start = tokens[first].start
    if annotated.sentence_of[first] != annotated.sentence_of[place]:
        return hit
    before = annotated.text[start : tokens[place - 1].start]
    last, behind = _behind(annotated, hit, own, lexicon)
    made = []
    for suggestion, shape in zip(hit.suggestions, shapes, strict=True):
        assert shape is not None
        determiner = _determiner(forms, shape, suggestion)
        text = mend_seams(before + determiner + " " + suggestion)
        if behind is not None:
            text += " " + (inflected(lexicon, behind, shape) or behind)
        made.append(_capital_like(text, annotated.text[start]))
    end = tokens[last].end if behind is not None else hit.end
    as_it_stands = annotated.text[start : hit.start]
    if behind is None and all(
        text == as_it_stands + suggestion
        for text, suggestion in zip(made, hit.suggestions, strict=True)
    ):
        return hit
    return replace(hit, start=start, end=end, suggestions=tuple(dict.fromkeys(made)))


def _shape(lexicon: Lexicon, suggestion: str) -> Shape | None:
    """The shape of the noun in the singular that a suggestion begins with."""
    head = suggestion.split(" ")[0].lower()
    if any(reading.upos == "ADJ" for reading in lexicon.analyses(head)):
        return None
    shape = noun(lexicon, head)
    if shape is None or len(shape.genders) != 1 or "sing" not in shape.numbers:
        return None
    return Shape(shape.genders, frozenset(("sing",)))


def _determiner(forms: Sequence[str], shape: Shape, suggestion: str) -> str:
    masculine, feminine, before_vowel = forms
    if before_vowel and elides(suggestion) and (shape.genders == {"masc"} or feminine != "cette"):
        return before_vowel
    if shape.genders == {"masc"}:
        # « du » and « au » are put together again by the mending of seams.
        return {"du": "de le", "au": "à le"}.get(masculine, masculine)
    return feminine


def _behind(annotated: Annotated, hit: Hit, own: Shape, lexicon: Lexicon) -> tuple[int, str | None]:
    """The adjective right behind the flagged words, if it agrees with their noun."""
    last = _token_at(annotated, hit.end - 1)
    if last is None or last + 1 >= len(annotated.tokens):
        return 0, None
    following = annotated.tokens[last + 1]
    if annotated.sentence_of[last + 1] != annotated.sentence_of[last]:
        return 0, None
    if following.start != hit.end + 1 or not following.text.islower():
        return 0, None
    shape = adjective(lexicon, following.norm)
    if shape is None or len(shape.genders) != 1 or shape.numbers != {"sing"} or clash(shape, own):
        return 0, None
    return last + 1, following.text


def _token_at(annotated: Annotated, offset: int) -> int | None:
    """The token that holds a character, by index."""
    at = bisect_right(annotated.tokens, offset, key=lambda token: token.start) - 1
    return at if at >= 0 and offset < annotated.tokens[at].end else None


def _capital_like(text: str, first: str) -> str:
    return text[:1].upper() + text[1:] if first.isupper() else text
