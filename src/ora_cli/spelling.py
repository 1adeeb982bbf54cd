"""Mending the spelling of words that no article contains."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ora_cli.paths import bundled

if TYPE_CHECKING:
    from ora_cli.index import Index

_SHORTEST = 4
_CUTOFF = 0.72
_LENGTH_SLACK = 3
# What a candidate gains from being common: between two spellings as near, the word people use more wins.
_FREQUENCY_WEIGHT = 0.02
# People rarely get the first letter wrong, so another one costs as much as a letter or so.
_OTHER_FIRST_LETTER = 0.12
# Two spellings that sound the same are nearly the same word, but one that is also written the same is nearer.
_SOUND_SHARE = 0.97
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SOUNDS = (
    (re.compile(r"c?ks|x"), "ks"),
    (re.compile(r"ck|c(?![eiyh])|q"), "k"),
    (re.compile(r"c(?=[eiy])|z|ps(?=y)"), "s"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?<=[rt])h"), ""),
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"y|ie|ee"), "i"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile(r"(?<=..)e$"), ""),
)


@dataclass(frozen=True, slots=True)
class Correction:
    """A word as typed, and the word it was read as."""

    typed: str
    used: str


def mend(word: str, index: Index) -> str | None:
    """Return the known word that `word` is most likely a misspelling of, or None.

    A word of everyday English is never taken for a misspelling: "danger" is not "dancer", though no article has it.
    Similarity is that of Damerau and Levenshtein's optimal string alignment, which counts a swap of neighbours as
    one edit, between 0 and 1.
    """
    if len(word) < _SHORTEST or not (word.isalpha() and word.isascii()) or is_english(word):
        return None
    return _best(word, index, word[0]) or _best(word, index, *_LETTERS.replace(word[0], ""))


def is_english(word: str) -> bool:
    """Say whether `word`, of at least four letters a to z, is in the bundled list of everyday English words."""
    return f"\n{word}\n".encode() in _english_words()


@cache
def _english_words() -> bytes:
    # Searched as it stands, which takes a tenth of a millisecond; a set of it would take ten to make.
    return bundled("words.txt").read_bytes()


def _best(word: str, index: Index, *first_letters: str) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    penalty = 0.0 if first_letters == (word[0],) else _OTHER_FIRST_LETTER
    counts: dict[str, int] = {}
    for letter in first_letters:
        counts.update(
            index.words_between(
                letter,
                chr(ord(letter) + 1),
                shortest=max(_SHORTEST - 1, len(word) - _LENGTH_SLACK),
                longest=len(word) + _LENGTH_SLACK,
            )
        )
    letters = process.extract(
        word, list(counts), scorer=OSA.normalized_similarity, score_cutoff=_CUTOFF + penalty, limit=20
    )
    sounds = process.extract(
        sound(word),
        {candidate: sound(candidate) for candidate in counts},
        scorer=OSA.normalized_similarity,
        score_cutoff=(_CUTOFF + penalty) / _SOUND_SHARE,
        limit=20,
    )
    similar = [(candidate, similarity) for candidate, similarity, _ in letters]
    similar += [(candidate, similarity * _SOUND_SHARE) for _, similarity, candidate in sounds]
    scored = [
        (similarity + _FREQUENCY_WEIGHT * math.log(counts[candidate]), candidate) for candidate, similarity in similar
    ]
    return max(scored)[1] if scored else None


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """Return a spelling that words which sound alike share: "botocks" and "botox", "fyller" and "filler"."""
    for pattern, spelling in _SOUNDS:
        word = pattern.sub(spelling, word)
    return word
