"""French tokens by spaCy's tokenizer, with rules of our own for hyphens, clitics and numbers.

`spacy.lang.fr` compiles a regular expression of its list of hyphenated words on import, which
takes 2.9 s on the machine this was measured on; a command that audits one article has 2 s in
all. Its elision and clitic rules are restated here, and words with inner hyphens stay whole, so
that a lexicon can look them up.
"""

from __future__ import annotations

import functools
import html
import re
from typing import TYPE_CHECKING, Final

from mtaudit.model import Token

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

APOSTROPHES: Final = "'’ʼ`´‘"
_LETTER: Final = "A-Za-zÀ-ÖØ-öø-ÿŒœĀ-ɏ"
_HYPHENS: Final = "-‐‑"
_CLITICS: Final = "ce|elle|elles|en|il|ils|je|là|la|le|les|leur|lui|moi|nous|on|t|toi|tu|vous|y"

_PREFIXES: Final = (
    r"\.\.+",
    r"…",
    r"[«»“”„\"‹›‘`´]",
    r"['’](?=[^\s])",
    r"[,;:!?¡¿(\[{<>)\]}*/\\|•·–—§#=~_^]",
    r"-(?=[^\s\d])",
    r"[$£€¥₽₹%‰]",
    r"\.(?=[^\d\s])",
    rf"(?!N['’](?:Dj|Go|Di)a)(?i:[dlnmtsjc]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=[{_LETTER}«\"“])",
)
_SUFFIXES: Final = (
    r"\.\.+",
    r"…",
    r"[«»“”„\"‹›’'`´]",
    r"[,;:!?)\]}(\[{<>*/\\|•·–—§#=~_^]",
    r"(?<=\S)-",
    r"[$£€¥₽₹%‰]",
    rf"(?<=[0-9{_LETTER}»\"”)%²³])\.(?<!^[A-Z]\.)",
    rf"(?<=[{_LETTER}])[{_HYPHENS}](?i:{_CLITICS})",
)
_INFIXES: Final = (
    r"\.\.+",
    r"…",
    rf"(?<=[{_LETTER}]['’])(?=[{_LETTER}])",
    r"[«»“”\"()\[\]{}<>|—]",
    rf"(?<=[{_LETTER}0-9])[/:;!?](?=[{_LETTER}«\"])",
    rf"(?<=[{_LETTER}]),(?=[{_LETTER}])",
    r"(?<=[a-zà-öø-ÿ]{2})\.(?=[A-ZÀ-Þ])",
)
# Words that hold an apostrophe or a clitic but are one word.
_WHOLE: Final = re.compile(
    r"""(?ix)
    aujourd['’]hui | quelqu['’]une?s? | prud['’]hom\w+ | presqu['’]îles? | entr['’]\w+
    | d['’](?:abord|ailleurs|accord)(?!.)
    | rendez-vous | garde-à-vous | vis-à-vis | peut-être
    | (?:o|d|mc|l|n)['’](?=[A-Z])\w+(?!.)
    """
)
_ABBREVIATIONS: Final = (
    *("M.", "MM.", "Dr.", "Pr.", "Me.", "St.", "Ste.", "Mgr.", "Mr.", "Mrs.", "Ms.", "No.", "n°"),
    *("etc.", "cf.", "p.", "pp.", "art.", "av.", "apr.", "env.", "ex.", "fig.", "hab.", "vol."),
    *("janv.", "févr.", "juill.", "sept.", "oct.", "nov.", "déc.", "Inc.", "Corp.", "Ltd.", "Co."),
    *("Sen.", "Rep.", "Gov.", "Gen.", "Lt.", "Col.", "Capt.", "Jr.", "Sr.", "U.S.", "U.N.", "U.K."),
)
# An Irish or an Arabic name keeps its apostrophe only where it is no French elision.
_NAME_WITH_APOSTROPHE: Final = re.compile(r"(?:O|Mc)['’][A-Z]\w+|N['’](?:Djamena|Golo|Diaye)")
_NUMBER_TAIL: Final = re.compile(r"\d{3}(?:,\d+)?")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ENTITY: Final = re.compile(r"&(?:#\d{1,5}|#x[0-9A-Fa-f]{1,4}|[A-Za-z]{2,8});")


@functools.cache
def _tokenizer() -> Tokenizer:
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
    from spacy.vocab import Vocab

    whole = _WHOLE.fullmatch
    name = _NAME_WITH_APOSTROPHE.fullmatch

    def token_match(text: str) -> object:
        return name(text) or (whole(text) if text[1:2] not in APOSTROPHES else None)

    return Tokenizer(
        Vocab(),
        rules={word: [{65: word}] for word in _ABBREVIATIONS},  # 65 is spacy.attrs.ORTH
        prefix_search=compile_prefix_regex(_PREFIXES).search,
        suffix_search=compile_suffix_regex(_SUFFIXES).search,
        infix_finditer=compile_infix_regex(_INFIXES).finditer,
        token_match=token_match,
        url_match=re.compile(r"(?i)(?:https?://|www\.)\S*[\w/]").fullmatch,
    )


def normalise(text: str) -> str:
    """Lower case, with typographic apostrophes and hyphens made plain; same length."""
    text = text.lower()
    if "’" in text or "ʼ" in text:
        text = text.replace("’", "'").replace("ʼ", "'")
    if "‑" in text or "‐" in text:
        text = text.replace("‑", "-").replace("‐", "-")
    return text


def unescape(text: str) -> tuple[str, list[int] | None]:
    """The text with HTML entities decoded, and where each of its characters began.

    Returns:
        The decoded text and, for each of its characters and its end, the offset in `text`;
        None in place of the offsets where nothing was decoded.
    """
    if "&" not in text or not _ENTITY.search(text):
        return text, None
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    for entity in _ENTITY.finditer(text):
        decoded = html.unescape(entity.group())
        if decoded == entity.group() or len(decoded) != 1:
            continue
        pieces.append(text[position : entity.start()])
        offsets.extend(range(position, entity.start() + 1))
        pieces.append(decoded)
        position = entity.end()
    pieces.append(text[position:])
    offsets.extend(range(position, len(text) + 1))
    return "".join(pieces), offsets


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, without white space.

    HTML entities are decoded in a token's `text`; its offsets are those of the raw text.
    """
    decoded, offsets = unescape(text)
    # Half of a character, as broken decoding leaves it: spaCy takes whole ones only.
    decoded = _SURROGATE.sub("\ufffd", decoded)
    # A bare Vocab has no flags such as is_space; a token of white space begins with some.
    spans = [
        (word.idx, word.idx + len(word))
        for word in _tokenizer()(decoded)
        if not decoded[word.idx].isspace()
    ]
    tokens: list[Token] = []
    size = len(decoded)
    i = 0
    count = len(spans)
    while i < count:
        start, end = spans[i]
        i += 1
        if decoded[start].isdigit() and end - start <= 3:
            while (
                i < count
                and spans[i][0] == end + 1
                and decoded[end] in " \u00a0\u202f"
                and decoded[max(start, end - 3) : end].isdigit()
                and _NUMBER_TAIL.fullmatch(decoded, *spans[i])
            ):
                end = spans[i][1]
                i += 1
        elif decoded[start:end] in ("-t", "-T") and i < count and spans[i][0] == end:
            end = spans[i][1]
            i += 1
        raw = decoded[start:end]
        space = end >= size or decoded[end].isspace()
        if offsets is not None:
            start, end = offsets[start], offsets[end]
        tokens.append(Token(start, end, raw, normalise(raw), space))
    return tokens
