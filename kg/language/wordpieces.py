"""Divide words into the wordpieces of an encoder with a vocabulary of small letters.

Each word of a Doc is divided by itself, so that pieces and words always agree; the results are kept, since words recur.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

CASES = ("lower", "capitalised", "upper", "mixed")
UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
LONGEST_WORD = 100
MOST_PIECES = 24


class WordPieces:
    """A vocabulary, and the pieces of the words seen so far."""

    def __init__(self, vocabulary: list[str]) -> None:
        self.vocabulary = vocabulary
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._known: dict[str, tuple[int, ...]] = {}
        self.start, self.end, self.unknown = (self._numbers[piece] for piece in (START, END, UNKNOWN))

    @classmethod
    def load(cls, path: Path) -> WordPieces:
        """Read a vocabulary, a piece a line."""
        return cls(path.read_text(encoding="utf8").split("\n"))

    def __call__(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces; none for white space.

        >>> pieces = WordPieces(["[UNK]", "[CLS]", "[SEP]", "orb", "##an", "'", "s"])
        >>> pieces("Orbán's")
        (3, 4, 5, 6)
        """
        found = self._known.get(word)
        if found is None:
            found = tuple(number for part in parts(word) for number in self._divided(part))[:MOST_PIECES]
            if not found and word and not word.isspace():
                found = (self.unknown,)
            self._known[word] = found
        return found

    def _divided(self, part: str) -> list[int]:
        """The longest pieces that make up a part, from the left."""
        numbers: list[int] = []
        start, prefix = 0, ""
        while start < len(part):
            for end in range(len(part), start, -1):
                number = self._numbers.get(prefix + part[start:end])
                if number is not None:
                    break
            else:
                return [self.unknown]
            numbers.append(number)
            start, prefix = end, "##"
        return numbers if len(part) <= LONGEST_WORD else [self.unknown]


def parts(word: str) -> Iterator[str]:
    """A word in small letters without accents, cut at white space and around each punctuation mark.

    >>> list(parts("al-Sisi’s"))
    ['al', '-', 'sisi', '’', 's']
    """
    part = ""
    for character in unicodedata.normalize("NFD", word.lower()):
        kind = unicodedata.category(character)
        if kind == "Mn":
            continue
        alone = kind[0] == "P" or (character.isascii() and kind[0] == "S") or "\u4e00" <= character <= "\u9fff"
        if (alone or character.isspace() or kind[0] == "C") and part:
            yield part
            part = ""
        if alone:
            yield character
        elif not character.isspace() and kind[0] != "C":
            part += character
    if part:
        yield part


def case_of(word: str) -> int:
    """How a word is written, as a place in ``CASES``.

    >>> [CASES[case_of(word)] for word in ("talks", "Kyiv", "UN", "A", "McCain", "1990")]
    ['lower', 'capitalised', 'upper', 'capitalised', 'mixed', 'lower']
    """
    if word == word.lower():
        return 0
    if word[:1].isupper() and word[1:] == word[1:].lower():
        return 1
    return 2 if word == word.upper() else 3
