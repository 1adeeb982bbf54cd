"""Texts as the model reads them: in the pieces of words of BERT (Devlin and others 2019, arXiv:1810.04805).

It reads lower case without accents.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path

_START, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
# A longer word is unknown as a whole, as in the original.
_LONGEST_WORD = 100
_CONTINUES = "##"
# Accents and control characters.
_DROPPED = frozenset({"Mn", "Cc", "Cf"})


class WordPiece:
    """The vocabulary of a model, one piece a line, numbered from 0."""

    def __init__(self, file: Path) -> None:
        pieces = file.read_text(encoding="utf-8").splitlines()
        self._numbers = {piece: number for number, piece in enumerate(pieces)}

    def numbers(self, text: str, *, most: int) -> list[int]:
        """Return the numbers of the pieces of a text between those of its start and its end, at most so many."""
        inner = [number for word in _words(text) for number in self._pieces(word)]
        return [self._numbers[_START], *inner[: most - 2], self._numbers[_END]]

    def _pieces(self, word: str) -> list[int]:
        """Return the longest pieces from the left that make up the word."""
        found, start = [], 0
        while start < len(word) <= _LONGEST_WORD:
            prefix = _CONTINUES if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if prefix + word[start:end] in self._numbers), None)
            if end is None:
                break
            found.append(self._numbers[prefix + word[start:end]])
            start = end
        return found if start == len(word) else [self._numbers[_UNKNOWN]]


def _words(text: str) -> Iterator[str]:
    """Yield the words and the marks of a text, each mark by itself."""
    for typed in text.lower().split():
        word = ""
        for letter in unicodedata.normalize("NFD", typed):
            kind = unicodedata.category(letter)
            if letter in string.punctuation or kind.startswith("P"):
                yield from filter(None, (word, letter))
                word = ""
            elif kind not in _DROPPED:
                word += letter
        if word:
            yield word
