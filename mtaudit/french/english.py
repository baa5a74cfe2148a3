"""English words, to tell English left standing from French and from names."""

from __future__ import annotations

from functools import lru_cache

import marisa_trie

from mtaudit.french.language import ENGLISH_WORDS, FRENCH_WORDS
from mtaudit.french.lexicon import Lexicon, data_folder, load_lexicon, open_trie


class English:
    """The more frequent words of English, and which of them French has too."""

    def __init__(self, words: marisa_trie.Trie, borrowed: frozenset[str], lexicon: Lexicon) -> None:
        self._words = words
        self._borrowed = borrowed
        self._lexicon = lexicon

    def knows(self, word: str) -> bool:
        """Whether it is a frequent English word of three letters or more, or a function word."""
        return word in self._words or word in ENGLISH_WORDS

    def borrowed(self, word: str) -> bool:
        """Whether French newspapers use the word, which is English."""
        return word in self._borrowed

    def only(self, word: str) -> bool:
        """Whether it is an English word that no French dictionary and no French newspaper has."""
        if word in FRENCH_WORDS or word in self._borrowed or not self.knows(word):
            return False
        return not self._lexicon.knows(word)

    def french(self, word: str) -> bool:
        """Whether it is a common word of French, whatever else it may be."""
        return word in FRENCH_WORDS or any(
            reading.common for reading in self._lexicon.analyses(word)
        )

    def function_word(self, word: str) -> bool:
        """Whether it is an article, preposition, pronoun or auxiliary of English, not of French."""
        return word in ENGLISH_WORDS and word not in FRENCH_WORDS


@lru_cache(maxsize=1)
def load_english() -> English:
    """The English words that ship with the package, loaded once per process.

    Raises:
        DataMissing: The package was not built.
    """
    folder = data_folder()
    borrowed = (folder / "borrowed.txt").read_text(encoding="utf-8")
    words = [w for line in borrowed.splitlines() if not line.startswith("#") for w in line.split()]
    return English(open_trie(folder / "english.marisa"), frozenset(words), load_lexicon())
