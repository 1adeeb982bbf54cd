"""Mending the spelling of words that no article contains."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ora_cli.text import FUNCTION_WORDS, bundled, general_words

if TYPE_CHECKING:
    from ora_cli.index import Index

_SHORTEST = 4
_CUTOFF = 0.75
# Sounding alike has to be nearer still: "zorbing" is not "sorting".
_SOUND_CUTOFF = 0.86
# A word that says nothing of a subject has to be closer, for with it the typed word stops counting.
_EMPTY_CUTOFF = 0.82
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
    (re.compile(r"y|ie"), "i"),
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
    one edit, between 0 and 1; words that sound the same are as good as the same.
    """
    if len(word) < _SHORTEST or not (word.isalpha() and word.isascii()) or is_english(word):
        return None
    return (
        _best(word, _choices(word, index, word[0]), _CUTOFF)
        or _best(word, _empty_words(word[0]), _EMPTY_CUTOFF)
        or _best(word, _choices(word, index, *_LETTERS.replace(word[0], "")), _CUTOFF + _OTHER_FIRST_LETTER)
    )


def is_english(word: str) -> bool:
    """Say whether `word`, of at least four letters a to z, is in the bundled list of everyday English words."""
    return f"\n{word}\n".encode() in _english_words()


@cache
def _english_words() -> bytes:
    # Searched as it stands, which takes a tenth of a millisecond; a set of it would take ten to make.
    return bundled("words.txt").read_bytes()


def _choices(word: str, index: Index, *first_letters: str) -> dict[str, int]:
    """Return the words that start with these letters and are about as long, each with its number of articles.

    Words that say nothing of a subject are not among them: "leeds" must not vanish as "needs".
    """
    shortest, longest = max(_SHORTEST - 1, len(word) - _LENGTH_SLACK), len(word) + _LENGTH_SLACK
    return {
        candidate: articles
        for letter in first_letters
        for candidate, articles in index.words_between(letter, chr(ord(letter) + 1), shortest=shortest, longest=longest)
        if candidate not in FUNCTION_WORDS and candidate not in general_words()
    }


@lru_cache(maxsize=32)
def _empty_words(first_letter: str) -> dict[str, int]:
    """Return the words with this first letter that say nothing of a subject."""
    return {word: 1 for word in FUNCTION_WORDS | general_words() if word[0] == first_letter}


def _best(word: str, choices: dict[str, int], cutoff: float) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(word) <= _SHORTEST:
        # So short a word has too many neighbours: "stye" is not "style". Swapped letters are still plain.
        swapped = [choice for choice in choices if sorted(choice) == sorted(word)]
        if swapped:
            return max(swapped, key=lambda choice: (choices[choice], choice))
        cutoff = 1.0
    compare = OSA.normalized_similarity
    scores = {
        candidate: similarity
        for candidate, similarity, _ in process.extract(
            word, list(choices), scorer=compare, score_cutoff=cutoff, limit=20
        )
    }
    sounds = {candidate: sound(candidate) for candidate in choices}
    for _, similarity, candidate in process.extract(
        sound(word), sounds, scorer=compare, score_cutoff=max(cutoff, _SOUND_CUTOFF), limit=20
    ):
        scores[candidate] = max(similarity * _SOUND_SHARE, scores.get(candidate, 0.0))
    best = max(
        ((score + _FREQUENCY_WEIGHT * math.log(choices[candidate]), candidate) for candidate, score in scores.items()),
        default=(0.0, None),
    )
    return best[1]


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """Return a spelling that words which sound alike share: "botocks" and "botox", "fyller" and "filler"."""
    for pattern, spelling in _SOUNDS:
        word = pattern.sub(spelling, word)
    return word
