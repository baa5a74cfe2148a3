"""Tokens, sentences, sections and quotations of an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from mtaudit.french.tokenizer import tokenize
from mtaudit.model import Article, Section, SectionKind, Sentence, Token
from mtaudit.sections import article_sections
from mtaudit.source.align import Alignment, align

if TYPE_CHECKING:
    from mtaudit.french.syntax import Parsed, Syntax

T = TypeVar("T")

_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_INK: Final = re.compile(r"[^\n]")
_ENDS: Final = frozenset((".", "!", "?", "…", "...", "..", "?!", "!!", "...."))
_CLOSERS: Final = frozenset(("»", '"', "”", ")", "]", "’", "›"))
_OPENERS: Final = frozenset(("«", '"', "“", "(", "[", "-", "–", "—", "‘", "‹"))


@dataclass(frozen=True)
class Annotated:
    """An article with what was found out about its text, before any rule runs.

    Attributes:
        tokens: Words, numbers and marks in order; `norms` and `texts` hold their forms.
        sentences: Half-open token ranges; no sentence crosses a line's end.
        sections: The parts of the article, see `mtaudit.sections`.
    """

    article: Article
    tokens: tuple[Token, ...]
    norms: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    _parsed: dict[int, Parsed] = field(default_factory=dict, compare=False, repr=False)
    _kept: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Hashable, work: Callable[[], T]) -> T:
        """What the work comes to, done the first time that it is asked for under this key.

        For what several rules, or the two passes of one, find out about an article.
        """
        if key not in self._kept:
            self._kept[key] = work()
        made: T = self._kept[key]
        return made

    @property
    def parsed_sentences(self) -> list[int]:
        """The sentences, by index, whose syntax was asked for up to now."""
        return sorted(self._parsed)

    def parsed(self, sentence: int, syntax: Syntax) -> Parsed:
        """The syntax of a sentence, by its index; worked out once, when it is first asked for."""
        found = self._parsed.get(sentence)
        if found is None:
            parse([(self, sentence)], syntax)
            found = self._parsed[sentence]
        return found

    @cached_property
    def text(self) -> str:
        """What a reader gets to see of the article's text, at the same offsets: see `readable`."""
        return readable(self.article)

    @cached_property
    def words(self) -> int:
        """Running words outside site furniture: tokens with a letter or a digit.

        Elided words count by themselves, as in MQM practice of counting target words by a
        tokenizer; the signature names this basis.
        """
        count = 0
        for sentence in self.sentences:
            if sentence.section != "furniture":
                for token in self.tokens[sentence.first : sentence.last]:
                    count += token.text[0].isalnum() or token.text[-1].isalnum()
        return count

    @cached_property
    def sentence_of(self) -> tuple[int, ...]:
        """For each token, the index of its sentence."""
        owner = [0] * len(self.tokens)
        for index, sentence in enumerate(self.sentences):
            owner[sentence.first : sentence.last] = [index] * (sentence.last - sentence.first)
        return tuple(owner)

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """Quoted passages with their marks, as half-open character ranges.

        What the article's file says is a quotation needs none.
        """
        marked = _quotations(self.article.text, self.tokens)
        said = [part[1:] for part in self.sections if part.kind == "quotation"]
        return tuple(sorted(marked + said))

    @cached_property
    def alignment(self) -> Alignment | None:
        """Which English belongs to which French; None for an article without its source."""
        return align(self.article)

    def quoted(self, offset: int) -> bool:
        """Whether the character stands inside quotation marks."""
        return any(start <= offset < end for start, end in self.quotations)

    def section_at(self, offset: int) -> SectionKind:
        """The part of the article that holds the character."""
        for section in self.sections:
            if section.start <= offset < section.end:
                return section.kind
        return "body"


def parse(places: Iterable[tuple[Annotated, int]], syntax: Syntax) -> None:
    """Works out the syntax of many sentences at once, of any articles: `parsed` then has it."""
    todo = [(annotated, i) for annotated, i in places if i not in annotated._parsed]
    if not todo:
        return
    sentences = []
    for annotated, i in todo:
        sentence = annotated.sentences[i]
        sentences.append(annotated.tokens[sentence.first : sentence.last])
    for (annotated, i), found in zip(todo, syntax.parse(sentences), strict=True):
        annotated._parsed[i] = found


def readable(article: Article) -> str:
    """The text as a reader of the article gets it: HTML comments in Markdown are blanks.

    It is as long as `article.text`, so that offsets are the same in both.
    """
    if article.markup != "markdown" or "<!--" not in article.text:
        return article.text
    return _COMMENT.sub(lambda comment: _INK.sub(" ", comment[0]), article.text)


def annotate(article: Article) -> Annotated:
    """Annotates an article's text."""
    text = readable(article)
    tokens = tokenize(text)
    parts = article_sections(article, text)
    return Annotated(
        article=article,
        tokens=tuple(tokens),
        norms=tuple([token.norm for token in tokens]),
        sentences=tuple(_sentences(text, tokens, parts)),
        sections=parts,
    )


def _sentences(text: str, tokens: Sequence[Token], parts: Sequence[Section]) -> list[Sentence]:
    found: list[Sentence] = []
    first = part = 0
    for last, token in enumerate(tokens, start=1):
        if last < len(tokens):
            following = tokens[last]
            if following.start == token.end:
                continue
            if "\n" not in text[token.end : following.start]:
                ended = token.text in _ENDS or (
                    token.text in _CLOSERS and last - first > 1 and tokens[last - 2].text in _ENDS
                )
                if not (ended and _opens(following)):
                    continue
        start = tokens[first].start
        while part + 1 < len(parts) and parts[part + 1].start <= start:
            part += 1
        kind: SectionKind = parts[part].kind if parts else "body"
        found.append(Sentence(first, last, kind))
        first = last
    return found


def _opens(token: Token) -> bool:
    head = token.text[0]
    return head.isupper() or head.isdigit() or token.text in _OPENERS


def _quotations(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Pairs of « », “ ” and straight double quotes; a straight one left open ends with its line."""
    before = 0
    found: list[tuple[int, int]] = []
    opened: dict[str, int] = {}
    closing = {"»": "«", "”": "“"}
    for token in tokens:
        mark = token.text
        if '"' in opened and "\n" in text[before : token.start]:
            del opened['"']
        before = token.end
        if mark in ("«", "“"):
            opened.setdefault(mark, token.start)
        elif mark in closing:
            start = opened.pop(closing[mark], None)
            if start is not None:
                found.append((start, token.end))
        elif mark == '"':
            start = opened.pop('"', None)
            if start is None:
                opened['"'] = token.start
            else:
                found.append((start, token.end))
    return sorted(found)
