"""Rules of kind `dependency`: trees of tokens, found by spaCy's DependencyMatcher.

A sentence is parsed only where a rule's cheap part hits: it holds a form of each word that the
tree names, and matches one of the `when` patterns where there are such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from mtaudit.annotate import Annotated
from mtaudit.french.forms import FEATURES, frequency
from mtaudit.french.inflect import like, mend_seams
from mtaudit.kinds.base import Hit, Resources
from mtaudit.kinds.pattern import PatternError
from mtaudit.kinds.phrase import Index, Pattern, compile_one, excused
from mtaudit.kinds.tree import Token, parse_tree
from mtaudit.rulebook import Rule

_PART: Final = re.compile(r"<([^>=]+)(?:=(\d+))?>|\\(\d)(\*)?")


@dataclass(eq=False)
class Tree:
    """One tree of a rule; spaCy's matchers for it are made when a sentence is first parsed.

    Attributes:
        words: For each word that must be there, its forms; the rarest first.
    """

    rule: Rule
    tokens: tuple[Token, ...]
    words: tuple[frozenset[str], ...]
    matchers: Any = field(default=None, repr=False)
    vocab: Any = field(default=None, repr=False)

    def matches(self, doc: Any) -> Iterator[list[int]]:
        """For each match, the index in the sentence of every token that must be there."""
        if self.vocab is not doc.vocab:  # a pipeline begins a new one when it has grown large
            self.matchers, self.vocab = self._made(doc.vocab), doc.vocab
        whole, absent = self.matchers
        found = [indices for _, indices in whole(doc)]
        if not found:
            return
        present = [i for i, token in enumerate(self.tokens) if not token.absent]
        refused = [{(tuple(indices[:-1])) for _, indices in matcher(doc)} for matcher, _ in absent]
        for indices in found:
            at = dict(zip(present, indices, strict=True))
            if not any(
                tuple(at[i] for i in self._path(parent)) in seen
                for (_, parent), seen in zip(absent, refused, strict=True)
            ):
                yield indices

    def _path(self, index: int) -> list[int]:
        """The tokens from the first one down to this one."""
        path = [index]
        while self.tokens[path[-1]].parent >= 0:
            path.append(self.tokens[path[-1]].parent)
        return path[::-1]

    def _made(self, vocab: Any) -> tuple[Any, list[tuple[Any, int]]]:
        from spacy.matcher import DependencyMatcher

        def matcher(indices: Iterable[int]) -> Any:
            made = DependencyMatcher(vocab)
            made.add("tree", [[self._node(i) for i in indices]])
            return made

        present = [i for i, token in enumerate(self.tokens) if not token.absent]
        absent = [
            (matcher([*self._path(token.parent), i]), token.parent)
            for i, token in enumerate(self.tokens)
            if token.absent
        ]
        return matcher(present), absent

    def _node(self, index: int) -> dict[str, Any]:
        token = self.tokens[index]
        asked: dict[str, Any] = {}
        if token.forms:
            asked["LOWER"] = {"IN": sorted(token.forms)}
        if token.exact:
            asked["ORTH"] = token.exact
        elif token.expression:
            asked["LOWER"] = {"REGEX": f"^(?:{token.expression})$"}
        if token.upos and token.upos not in ("WORD", "NAME"):
            asked["POS"] = {"IN": ["VERB", "AUX"]} if token.upos == "VERB" else token.upos
        if token.upos == "NAME":
            asked["POS"] = "PROPN"
        if token.upos == "WORD":
            asked["IS_ALPHA"] = True
        if token.features:
            named = sorted(each for name in token.features for each in FEATURES[name])
            asked["MORPH"] = {"IS_SUPERSET": named}
        if token.relations:
            # A relation stands for its subtypes as well: `nsubj` for `nsubj:pass`.
            asked["DEP"] = {"REGEX": rf"^(?:{'|'.join(token.relations)})(?::|$)"}
        node: dict[str, Any] = {"RIGHT_ID": str(index), "RIGHT_ATTRS": asked}
        if token.parent >= 0:
            node |= {"LEFT_ID": str(token.parent), "REL_OP": token.operator}
        return node


class DependencyMatcher:
    """All dependency rules; sentences are parsed as they need it."""

    def __init__(self, rules: Sequence[Rule], resources: Resources) -> None:
        self.resources = resources
        self.trees = [tree for rule in rules for tree in _trees(rule, resources)]
        self.by_form: dict[str, list[Tree]] = {}
        self.wordless: dict[str, list[Tree]] = {}
        self.when: set[str] = set()
        when: list[Pattern] = []
        self.unless: dict[str, list[Pattern]] = {}
        for rule in rules:
            if rule.when:
                self.when.add(rule.id)
                when += [compile_one(rule, text, "when", resources) for text in rule.when]
            if rule.unless:
                self.unless[rule.id] = [
                    compile_one(rule, text, "unless", resources) for text in rule.unless
                ]
        self.cheap = Index(when)
        for tree in self.trees:
            if tree.words:
                for form in tree.words[0]:
                    self.by_form.setdefault(form, []).append(tree)
            else:
                self.wordless.setdefault(tree.rule.id, []).append(tree)

    def check(self) -> None:
        """All are compiled from the beginning."""

    def asks(self, annotated: Annotated) -> set[int]:
        """The sentences that must be parsed, by their index."""
        return set(self._candidates(annotated))

    def _candidates(self, annotated: Annotated) -> dict[int, list[Tree]]:
        """For each sentence the trees whose cheap part hits."""
        norms, owner = annotated.norms, annotated.sentence_of
        met: dict[int, dict[int, Tree]] = {}
        for i, norm in enumerate(norms):
            for tree in self.by_form.get(norm, ()):
                met.setdefault(owner[i], {})[id(tree)] = tree
        allowed: set[tuple[str, int]] = set()
        if self.when:
            for pattern, _, start, _ in self.cheap.matches(annotated):
                allowed.add((pattern.rule.id, owner[start]))
                for tree in self.wordless.get(pattern.rule.id, ()):
                    met.setdefault(owner[start], {})[id(tree)] = tree
        found: dict[int, list[Tree]] = {}
        for index, trees in met.items():
            sentence = annotated.sentences[index]
            words = frozenset(norms[sentence.first : sentence.last])
            for tree in trees.values():
                rule = tree.rule
                if (
                    sentence.section in rule.sections
                    and (rule.id not in self.when or (rule.id, index) in allowed)
                    and not any(words.isdisjoint(forms) for forms in tree.words)
                ):
                    found.setdefault(index, []).append(tree)
        return found

    def hits(self, annotated: Annotated) -> Iterator[Hit]:
        """One hit per rule and place."""
        seen: set[tuple[str, int, int]] = set()
        for index, trees in sorted(self._candidates(annotated).items()):
            sentence = annotated.sentences[index]
            doc = annotated.parsed(index, self.resources.syntax).doc
            for tree in trees:
                for indices in tree.matches(doc):
                    at = [sentence.first + i for i in indices]
                    first, last = _flagged(tree, indices, doc)
                    first, last = sentence.first + first, sentence.first + last
                    key = (tree.rule.id, first, last)
                    if key in seen or excused(
                        self.unless.get(tree.rule.id, ()), annotated, sentence, first, last
                    ):
                        continue
                    seen.add(key)
                    yield self._hit(annotated, tree, at, doc, first, last, sentence.first)

    def _hit(
        self,
        annotated: Annotated,
        tree: Tree,
        at: list[int],
        doc: Any,
        first: int,
        last: int,
        offset: int,
    ) -> Hit:
        text, tokens = annotated.article.text, annotated.tokens
        start, end = tokens[first].start, tokens[last - 1].end
        present = [token for token in tree.tokens if not token.absent]

        def fill(part: re.Match[str]) -> str:
            lemma, number, repeated, whole = part.groups()
            if repeated:
                token = at[int(repeated) - 1]
                if not whole:
                    return text[tokens[token].start : tokens[token].end]
                low, high = _subtree(doc, token - offset)
                return text[tokens[offset + low].start : tokens[offset + high - 1].end]
            node = int(number) - 1 if number else _first_lemma(present)
            return like(self.resources.lexicon, lemma, tokens[at[node]].text, present[node].lemmas)

        suggestions: list[str] = []
        for template in tree.rule.suggest:
            made = _PART.sub(fill, template)
            made = mend_seams(" ".join(made.split())) if made != template else made
            if first == offset and text[start].isupper():
                made = made[:1].upper() + made[1:]
            if made != text[start:end] and made not in suggestions:
                suggestions.append(made)
        return Hit(tree.rule, start, end, tuple(suggestions))


def _trees(rule: Rule, resources: Resources) -> Iterator[Tree]:
    for text in rule.match:
        try:
            tokens = parse_tree(text, resources.lexicon)
        except PatternError as error:
            raise rule.error(f"{error} (in {text!r})", "match", hint="see docs/rules.md") from error
        words = [
            token.forms or frozenset((token.exact.lower(),))
            for token in tokens
            if (token.forms or token.exact) and not token.absent
        ]
        if not words and not rule.when:
            raise rule.error(
                f"the tree {text!r} names no word, so that every sentence would be parsed",
                "match",
                expected="a word or <lemma> in it, or patterns under `when`",
            )
        words.sort(key=lambda forms: sum(map(frequency, forms)))
        present = [token for token in tokens if not token.absent]
        for template in rule.suggest:
            for lemma, number, repeated, _ in _PART.findall(template):
                wanted = int(repeated or number or 1)
                if not 1 <= wanted <= len(present) or (
                    lemma and not number and _first_lemma(present) < 0
                ):
                    raise rule.error(
                        f"the suggestion {template!r} names a token that the tree has not",
                        "suggest",
                        expected=f"tokens from 1 to {len(present)}; <lemma=2> is inflected as 2 is",
                    )
        yield Tree(rule, tokens, tuple(words))


def _first_lemma(tokens: Sequence[Token]) -> int:
    return next((i for i, token in enumerate(tokens) if token.lemmas), -1)


def _flagged(tree: Tree, indices: list[int], doc: Any) -> tuple[int, int]:
    """The flagged tokens as a half-open range of the sentence; the tree's first where none is."""
    present = [token for token in tree.tokens if not token.absent]
    ranges = []
    for token, index in zip(present, indices, strict=True):
        if token.flagged == "subtree":
            ranges.append(_subtree(doc, index))
        elif token.flagged:
            ranges.append((index, index + 1))
    ranges = ranges or [(indices[0], indices[0] + 1)]
    return min(first for first, _ in ranges), max(last for _, last in ranges)


def _subtree(doc: Any, index: int) -> tuple[int, int]:
    token = doc[index]
    return token.left_edge.i, token.right_edge.i + 1
