"""Correcting the spelling of words that no article has."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ora_cli.text.phonetics import phonetic_key, phonetic_keys
from ora_cli.text.words import FUNCTION_WORDS, general_words, is_english

if TYPE_CHECKING:
    from ora_cli.index.database import Index

_SHORTEST = 4
_CUTOFF = 0.75
# A correction to a general word must be closer, because the typed word then no longer counts.
_EMPTY_CUTOFF = 0.82
_LENGTH_SLACK = 3
# With more words than this, only words with the same two first letters are compared, to save time.
_MANY_WORDS = 50_000
# A short word may lack a letter of one that many articles have: this share of them, for four letters and for three.
_MANY_SHARE, _MOST_SHARE = 0.02, 0.05
# How much a common word is preferred: times the logarithm of its number of articles.
_FREQUENCY_WEIGHT = 0.02
# How much closer a word with another first letter must be, as people rarely get the first letter wrong.
_OTHER_FIRST_LETTER = 0.12
# The similarity of words with the same phonetic key; words that are also spelled alike are closer.
_SOUND_SHARE = 0.97
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def correct_spelling(word: str, index: Index) -> str | None:
    """Return the known word that `word` is most likely a misspelling of, or None.

    A word of everyday English is never a misspelling: "danger" does not become "dancer", even if no article has it.
    The similarity (0 to 1) is that of optimal string alignment (Damerau and Levenshtein), where swapping neighbours is
    one edit; words with the same phonetic key count as nearly the same.
    """
    if (
        len(word) < _SHORTEST - 1
        or not (word.isalpha() and word.isascii())
        or is_english(word)
        or word in general_words()
    ):
        return None
    if len(word) < _SHORTEST:
        return _best(_near(word, index), index)
    same_first_letter = _empty(word) | _near(word, index)
    return _best(same_first_letter or _other_first_letter(word, index), index)


def _near(word: str, index: Index) -> dict[str, float]:
    """Return the known words with the same first letter that are spelled or sound alike, with their similarity."""
    slack = int((1 - _CUTOFF) * (len(word) + _LENGTH_SLACK))
    shortest, longest = max(_SHORTEST - 1, len(word) - slack), len(word) + slack
    start = word[:1] if index.words <= _MANY_WORDS else word[:2]
    words = index.words_between(start, start[:-1] + chr(ord(start[-1]) + 1), shortest=shortest, longest=longest)
    if len(word) < _SHORTEST:
        return _with_subject(_lacking_a_letter(word, words, index))
    alike = dict.fromkeys(index.words_with_phonetic_key(phonetic_key(word)), _SOUND_SHARE)
    if len(word) == _SHORTEST:
        alike |= _lacking_a_letter(word, words, index)
    return _with_subject({**alike, **_similar(word, words, _CUTOFF)})


def _lacking_a_letter(word: str, words: Sequence[str], index: Index) -> dict[str, float]:
    """Return the words that a short one lacks one letter of, if many articles have them: "skn", "botx"."""
    share = _MANY_SHARE if len(word) == _SHORTEST else _MOST_SHARE
    longer = [other for other in words if len(other) == len(word) + 1 and _without_one(other, word)]
    counts = index.word_counts(longer)
    return {other: _CUTOFF for other in longer if counts.get(other, 0) >= max(2, index.articles * share)}


def _without_one(longer: str, word: str) -> bool:
    return any(longer[:place] + longer[place + 1 :] == word for place in range(1, len(longer)))


def _other_first_letter(word: str, index: Index) -> dict[str, float]:
    """Return the known words that differ by one edit at the first letter, with their similarity."""
    edits = {letter + rest for letter in _LETTERS for rest in (word, word[1:])}
    edits |= {word[1:], word[1] + word[0] + word[2:]}
    return _with_subject(_similar(word, sorted(index.stems(sorted(edits))), _CUTOFF + _OTHER_FIRST_LETTER))


def _with_subject(alike: dict[str, float]) -> dict[str, float]:
    """Return the candidates that are not function or general words: "leeds" must not become "needs"."""
    return {word: score for word, score in alike.items() if word not in FUNCTION_WORDS and word not in general_words()}


def _empty(word: str) -> dict[str, float]:
    """Return the general words that are spelled or sound alike, with their similarity.

    Nothing becomes a function word: "aloe" is not "all", and most of what is typed for these is a short form.
    """
    words, own = _empty_words(word[0]), phonetic_key(word)
    alike = {other: _SOUND_SHARE for other, sounding in words.items() if sounding == own}
    return {**alike, **_similar(word, list(words), _EMPTY_CUTOFF)}


@lru_cache(maxsize=32)
def _empty_words(first_letter: str) -> dict[str, str]:
    """Return the general words with this first letter, each with its phonetic key."""
    words = sorted(word for word in general_words() - FUNCTION_WORDS if word[0] == first_letter)
    return dict(zip(words, phonetic_keys(words), strict=True))


def _similar(word: str, choices: Sequence[str], cutoff: float) -> dict[str, float]:
    """Return the choices that are spelled like the word, with their similarity."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(word) <= _SHORTEST:
        # A word this short is similar to too many ("stye" is not "style"), so only swapped letters are accepted.
        letters = sorted(word)
        return {choice: _CUTOFF for choice in choices if sorted(choice) == letters}
    found = process.extract(word, choices, scorer=OSA.normalized_similarity, score_cutoff=cutoff, limit=20)
    return {choice: similarity for choice, similarity, _ in found}


def _best(alike: dict[str, float], index: Index) -> str | None:
    """Return the most similar word, with a preference for words that more articles have."""
    counts = index.word_counts(alike)
    scores = {choice: score + _FREQUENCY_WEIGHT * math.log(counts.get(choice, 1)) for choice, score in alike.items()}
    return max(sorted(scores), key=lambda choice: scores[choice], default=None)
