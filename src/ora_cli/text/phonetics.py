"""Phonetic keys: one spelling for all words that sound alike.

The usual keys are too coarse to correct spelling with: of the 6,186 words of the bundled articles, 38 % share their
Metaphone key with another word, 41 % their NYSIIS key, 85 % their Soundex key, and 3 % the key of this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Spellings of the same sound with the one that replaces them, in this order: c is s before e, i and y, else k.
_SOUNDS = (
    *(("cks", "ks"), ("x", "ks"), ("ck", "k"), ("q", "k")),
    *(("ce", "se"), ("ci", "si"), ("cy", "sy"), ("ch", "+"), ("c", "k"), ("+", "ch")),
    *(("z", "s"), ("psy", "sy"), ("ph", "f"), ("rh", "r"), ("th", "t")),
    *(("oe", "e"), ("ae", "e"), ("ie", "i"), ("y", "i"), ("oo", "u"), ("ou", "u")),
)
_DOUBLED = re.compile(r"(.)\1")


def phonetic_key(word: str) -> str:
    """Return the key that a word shares with words that sound alike: "botocks" with "botox", "fyller" with "filler"."""
    return phonetic_keys([word])[0]


def phonetic_keys(words: Sequence[str]) -> list[str]:
    """Return the phonetic key of each word."""
    if not words:
        return []
    text = "\n".join(words)
    for written, spelled in _SOUNDS:
        text = text.replace(written, spelled)
    text = _DOUBLED.sub(r"\1", text)
    return [word[:-1] if word.endswith("e") and len(word) > 2 else word for word in text.split("\n")]
