"""Universal Dependencies treebanks in mtaudit's tokens, with their annotation made alike.

`python training/convert.py TREEBANK.conllu... -o FILE.spacy` writes a DocBin; `train.py` and
`evaluate.py` read treebanks through `read_treebank`.

UD cuts "du" into "de" and "le", and other words at other places than mtaudit's tokenizer. The two
are aligned by characters: the words inside one token become one, and the pieces of one word that
stands in several tokens hang on the first of them.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mtaudit.french.lexicon import load_lexicon
from mtaudit.french.tokenizer import normalise, tokenize

# Features that only some of the treebanks annotate, or each in its own way. Voice is among them:
# the passive is told by aux:pass and nsubj:pass.
DROPPED = frozenset({
    "Emph", "ExtPos", "Foreign", "Typo", "Voice", "Number[psor]", "Person[psor]", "Degree", "Style",
    "Abbr", "NumForm", "PunctType", "AdpType", "AdvType", "Case",
})  # fmt: skip
# Subtypes that all treebanks share and that rules ask for; the others are cut to their base.
SUBTYPES = frozenset({
    "nsubj:pass", "aux:pass", "aux:caus", "obl:agent", "acl:relcl", "expl:subj", "flat:name",
    "flat:foreign",
})  # fmt: skip
_ARTICLES = frozenset("le la les l' un une des du de d'".split())
_NEUTER = frozenset("ce c' -ce cela ça ceci".split())
_WITHOUT_GENDER = frozenset("l' les -les -l' des leur leurs mes tes ses nos vos ces".split())
# Participles of verbs that take no object, and of auxiliaries.
_INVARIABLE = frozenset("été eu pu fallu semblé suffi dû plu paru".split())
_ORDINAL = re.compile(r"premi(?:er|ère)s?|seconde?s?|\w+ièmes?|[\dXVI]+(?:e|è|er|ère|ème|nd|nde)s?")


@dataclass
class Gold:
    """One annotated sentence in mtaudit's tokens.

    Attributes:
        norms: Lower-case forms, see `mtaudit.french.tokenizer.normalise`.
        spaces: Whether white space follows.
        upos, feats: Part of speech and features (`Gender=Fem|Number=Sing`).
        sure: Whether the features are those that the treebank or the words near give.
        heads: Indices; the root is its own head.
        source: The treebank's name.
    """

    words: list[str]
    spaces: list[bool]
    upos: list[str]
    feats: list[str]
    lemmas: list[str]
    heads: list[int]
    deps: list[str]
    source: str = ""
    sure: list[bool] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)


@dataclass
class _Word:
    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    dep: str
    start: int = 0
    end: int = 0
    tokens: list[int] = field(default_factory=list)


def read_treebank(path: Path) -> list[Gold]:
    """Read a CoNLL-U file as sentences in mtaudit's tokens."""
    return [convert(words, text, path.stem) for words, text in _sentences(path)]


def _sentences(path: Path) -> Iterator[tuple[list[_Word], str]]:
    """Yield the syntactic words of each sentence, with their places in its text."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        words: list[_Word] = []
        surfaces: list[tuple[str, int, int, bool]] = []  # form, first word, last word, space
        until = 0
        for line in block.split("\n"):
            cells = line.split("\t")
            if len(cells) != 10 or "." in cells[0]:
                continue
            space = "SpaceAfter=No" not in cells[9]
            if "-" in cells[0]:
                first, until = map(int, cells[0].split("-"))
                surfaces.append((cells[1], first - 1, until, space))
                continue
            number = int(cells[0])
            upos = "VERB" if cells[3] == "_" else cells[3]
            words.append(_Word(cells[1], cells[2], upos, cells[5], int(cells[6]) - 1, cells[7]))
            if number > until:
                surfaces.append((cells[1], number - 1, number, space))
        if not words:
            continue
        text = ""
        for form, first, last, space in surfaces:
            for word in words[first:last]:
                word.start, word.end = len(text), len(text) + len(form)
            text += form + (" " if space else "")
        yield words, text


def convert(words: list[_Word], text: str, source: str = "") -> Gold:
    """Bring the words of a sentence into the tokens of its text."""
    tokens = tokenize(text)
    inside: list[list[int]] = [[] for _ in tokens]
    at = 0
    for number, word in enumerate(words):
        while at < len(tokens) - 1 and tokens[at].end <= word.start:
            at += 1
        near = at
        while near < len(tokens) and tokens[near].start < word.end:
            inside[near].append(number)
            word.tokens.append(near)
            near += 1
    gold = Gold([], [], [], [], [], [], [], source)
    owners = [_owner(words, numbers) for numbers in inside]
    for index, token in enumerate(tokens):
        word = words[owners[index]]
        gold.words.append(token.text.replace("’", "'").replace("ʼ", "'"))
        gold.spaces.append(token.space)
        if word.tokens[0] != index:  # a further piece of a word
            gold.upos.append(word.upos)
            gold.feats.append(level(token.norm, word.upos, word.feats))
            gold.lemmas.append(token.text)
            gold.heads.append(word.tokens[0])
            gold.deps.append("flat:name" if word.upos == "PROPN" else "fixed")
            continue
        members = [words[number] for number in inside[index]]
        upos, feats, lemma = _merge(word, members, token.norm)
        gold.upos.append(upos)
        gold.feats.append(level(token.norm, upos, feats))
        gold.lemmas.append(lemma)
        gold.heads.append(index if word.head < 0 else words[word.head].tokens[0])
        gold.deps.append(relation(word.dep))
    _repair(gold)
    _agree(gold)
    return gold


def _owner(words: list[_Word], numbers: list[int]) -> int:
    """Return the word that speaks for the words inside one token: the one that hangs outside."""
    within = set(numbers)
    outside = [number for number in numbers if words[number].head not in within]
    return outside[0]


def _merge(word: _Word, members: list[_Word], norm: str) -> tuple[str, str, str]:
    """Return part of speech, features and lemma of a token that holds some words."""
    if len(members) == 1:
        return word.upos, word.feats, word.lemma
    if word.upos == "ADP" and members[-1].upos in ("DET", "PRON"):
        last = members[-1]
        if last.upos == "PRON":
            return "PRON", last.feats, last.lemma
        return "ADP", last.feats, word.lemma
    return word.upos, word.feats, word.lemma if word.upos != "PROPN" else norm


def relation(dep: str) -> str:
    """Return a relation without the subtypes that are not kept."""
    if dep in SUBTYPES:
        return dep
    return dep.partition(":")[0]


def level(norm: str, upos: str, feats: str) -> str:
    """Return the features that all treebanks annotate alike, or could."""
    if feats == "_":
        found = {}
    else:
        found = dict(pair.split("=", 1) for pair in feats.split("|"))
    for name in DROPPED:
        found.pop(name, None)
    if upos in ("PROPN", "NUM", "X", "SYM", "PUNCT", "INTJ", "CCONJ", "SCONJ"):
        found.clear()
    kind = found.get("PronType")
    if found.get("Polarity") == "Pos":
        del found["Polarity"]
    found.pop("NumType", None)
    if upos == "ADJ":
        found = {key: found[key] for key in ("Gender", "Number") if key in found}
        if _ORDINAL.fullmatch(norm) or _ORDINAL.fullmatch(norm.upper()):
            found["NumType"] = "Ord"
    elif upos == "NOUN":
        found = {key: found[key] for key in ("Gender", "Number") if key in found}
    elif upos == "ADV":
        found = {"Polarity": "Neg"} if "Polarity" in found else {}
    elif upos == "DET":
        if found.get("Poss"):
            found.pop("PronType", None)
            if norm in ("mon", "ton", "son"):
                found.pop("Gender", None)
        elif norm in _ARTICLES:
            found["PronType"] = "Art"
            if norm in ("un", "une", "des", "du", "de", "d'"):
                found["Definite"] = "Ind"
            else:
                found["Definite"] = "Def"
            if norm in ("de", "d'"):
                found.pop("Gender", None)
        else:
            found.pop("Definite", None)
            if kind in (None, "Art"):
                found["PronType"] = "Ind"
    elif upos == "PRON":
        if norm.lstrip("-") not in ("se", "s'"):
            found.pop("Reflex", None)
        if norm.removeprefix("-t").lstrip("-") in ("on", "l'on"):
            found = {"Number": "Sing", "Person": "3", "PronType": "Ind"}
        elif norm in _NEUTER:
            found = {"Number": "Sing", "PronType": "Dem"}
        elif kind != "Prs" and not found.get("Poss"):
            found.pop("Person", None)
        if norm in ("rien", "personne", "quelque chose"):
            found.pop("Gender", None)
    if norm in _WITHOUT_GENDER:
        found.pop("Gender", None)
    if upos in ("NOUN", "ADJ"):
        _fill(norm, upos, found)
    return _join(found)


def _fill(norm: str, upos: str, found: dict[str, str]) -> None:
    """Give a noun or an adjective what the lexicon knows of it and the treebank left out."""
    readings = [one.feats for one in load_lexicon().analyses(norm) if one.upos == upos]
    genders = {name for feats in readings for name in feats & {"masc", "fem"}}
    numbers = {name for feats in readings for name in feats & {"sing", "plur"}}
    if "Gender" not in found and len(genders) == 1:
        found["Gender"] = "Masc" if genders == {"masc"} else "Fem"
    if "Number" not in found and len(numbers) == 1:
        found["Number"] = "Sing" if numbers == {"sing"} else "Plur"
    if upos == "ADJ" and len(genders) == 2:
        found.pop("Gender", None)


def _agree(gold: Gold) -> None:
    """Take the gender and number that a form does not show from the words that agree with it.

    FQB leaves them out, Sequoia often does ("pris", "pays"), GSD gives them. Where nothing near
    shows them either, the token's annotation is taken as missing (empty).
    """
    shown = [dict(pair.split("=") for pair in feats.split("|")) if feats != "_" else {}
             for feats in gold.feats]  # fmt: skip
    gold.sure = [True] * len(gold)
    for index, upos in enumerate(gold.upos):
        found = shown[index]
        participle = found.get("VerbForm") == "Part" and found.get("Tense") == "Past"
        children = [child for child, head in enumerate(gold.heads) if head == index != child]
        if upos == "NOUN":
            near = [child for child in children if gold.deps[child] in ("det", "amod", "acl")]
            near += [child for child in children if gold.upos[child] == "ADP"]
        elif participle and upos == "VERB" and normalise(gold.words[index]) not in _INVARIABLE:
            near = [child for child in children if gold.deps[child] == "nsubj:pass"]
            if gold.deps[index] in ("acl", "amod", "acl:relcl"):
                near.append(gold.heads[index])
        else:
            if participle:
                found.pop("Gender", None)
                found.pop("Number", None)
                gold.feats[index] = _join(found)
            continue
        readings = load_lexicon().analyses(normalise(gold.words[index]))
        for name, values in (("Gender", ("Masc", "Fem")), ("Number", ("Sing", "Plur"))):
            if name in found:
                continue
            agreed = {shown[other][name] for other in near if name in shown[other]}
            if len(agreed) == 1:
                found[name] = agreed.pop()
            elif participle:
                lacking = name == "Gender" and "Number" in found
                found[name] = "Masc" if lacking else values[0]
            elif any(one.upos == upos and one.feats for one in readings):
                gold.sure[index] = False
                if name == "Number":
                    found[name] = "Sing"
        gold.feats[index] = _join(found)


def _join(found: dict[str, str]) -> str:
    return "|".join(f"{key}={found[key]}" for key in sorted(found)) or "_"


def _repair(gold: Gold) -> None:
    """Make sure that there is one root and no loop, which merged words can leave."""
    size = len(gold)
    roots = [index for index in range(size) if gold.heads[index] == index]
    root = next((index for index in roots if gold.deps[index] == "root"), roots[0] if roots else 0)
    for index in roots:
        if index != root:
            gold.heads[index] = root
            if gold.deps[index] == "root":
                gold.deps[index] = "dep"
    gold.heads[root], gold.deps[root] = root, "root"
    for index in range(size):
        seen = set()
        at = index
        while gold.heads[at] != at and at not in seen:
            seen.add(at)
            at = gold.heads[at]
        if gold.heads[at] != at:
            gold.heads[index] = root


def main() -> None:
    """Write treebanks as a DocBin."""
    from spacy.tokens import Doc, DocBin
    from spacy.vocab import Vocab

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebanks", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    vocab = Vocab()
    docs: Iterable[Doc] = (
        to_doc(vocab, gold, Doc) for path in options.treebanks for gold in read_treebank(path)
    )
    DocBin(attrs=["POS", "MORPH", "LEMMA", "HEAD", "DEP"], docs=docs).to_disk(options.output)


def to_doc(vocab, gold: Gold, doc_class):  # type: ignore[no-untyped-def]
    """Return a Doc with all of a sentence's annotation."""
    return doc_class(
        vocab,
        words=gold.words,
        spaces=gold.spaces,
        pos=gold.upos,
        morphs=["" if feats == "_" else feats for feats in gold.feats],
        lemmas=gold.lemmas,
        heads=gold.heads,
        deps=["ROOT" if dep == "root" else dep for dep in gold.deps],
    )


if __name__ == "__main__":
    main()
