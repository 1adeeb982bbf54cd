"""Correcting the spelling of words that no article has."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ora_cli.text.phonetics import phonetic_key, phonetic_keys
from ora_cli.text.words import FUNCTION_WORDS, common_start, general_words, is_english

if TYPE_CHECKING:
    from ora_cli.index.database import Index

_SHORTEST = 4
_CUTOFF = 0.75
# A correction to a general word or one of grammar must be closer, because the typed word then no longer counts: one
# letter may be wrong from six or seven letters on. A typo may be shorter.
_GENERAL_CUTOFF, _GRAMMAR_CUTOFF = 0.82, 0.85
_LENGTH_SLACK = 3
# With more words than this, only words with the same two first letters are compared, to save time.
_MANY_WORDS = 50_000
# A short word may lack a letter of one that many articles have: this share of them, for four letters and for three.
_MANY_SHARE, _MOST_SHARE = 0.02, 0.05
# How much a common word is preferred: times the logarithm of its number of articles.
_FREQUENCY_WEIGHT = 0.02
# How much closer a word with another first letter must be, as people rarely get the first letter wrong.
_OTHER_FIRST_LETTER = 0.12
# The similarity of words with the same phonetic key, and of a word and its typo.
_SOUND_SHARE, _TYPO_SHARE = 0.97, 1.0
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def correct_spelling(word: str, index: Index) -> str | None:
    """Return the known word that `word` is most likely a misspelling of, or None.

    A word of everyday English is never a misspelling: "danger" does not become "dancer", even if no article has it.
    The similarity (0 to 1) is that of optimal string alignment (Damerau and Levenshtein), where swapping neighbours is
    one edit; words with the same phonetic key count as nearly the same. Below seven letters only a typo is read as a
    word of grammar: "adn" is "and", but "aloe" is not "all".
    """
    if (
        len(word) < _SHORTEST - 1
        or not (word.isalpha() and word.isascii())
        or is_english(word)
        or word in general_words()
    ):
        return None
    if len(word) < _SHORTEST:
        return _best(_mistyped_from(word, FUNCTION_WORDS) | _near_with_subject(word, index), index)
    same_first_letter = _near_without_subject(word) | _near_with_subject(word, index)
    return _best(same_first_letter or _other_first_letter(word, index), index)


def _near_with_subject(word: str, index: Index) -> dict[str, float]:
    """Return the known words with the same first letter that are spelled or sound alike, with their similarity."""
    slack = int((1 - _CUTOFF) * (len(word) + _LENGTH_SLACK))
    shortest, longest = max(_SHORTEST - 1, len(word) - slack), len(word) + slack
    start = word[:1] if index.words <= _MANY_WORDS else word[:2]
    words = index.words_between(start, start[:-1] + chr(ord(start[-1]) + 1), shortest=shortest, longest=longest)
    if len(word) < _SHORTEST:
        return _with_subject(dict.fromkeys(_lacking_a_letter(word, words, index), _CUTOFF))
    # What comes later counts more.
    alike = _similar(word, words, _CUTOFF)
    alike |= dict.fromkeys(index.words_with_phonetic_key(phonetic_key(word)), _SOUND_SHARE)
    if len(word) == _SHORTEST:
        alike |= dict.fromkeys(_lacking_a_letter(word, words, index), _TYPO_SHARE)
        words = [other for other in words if len(other) <= len(word)]  # a longer one must be in many articles
    return _with_subject(alike | _mistyped_from(word, words))


def _lacking_a_letter(word: str, words: Sequence[str], index: Index) -> list[str]:
    """Return the words that a short one lacks one letter of, if many articles have them: "skn", "botx"."""
    share = _MANY_SHARE if len(word) == _SHORTEST else _MOST_SHARE
    longer = [other for other in words if _without_one(other, word)]
    counts = index.word_counts(longer)
    return [other for other in longer if counts.get(other, 0) >= max(2, index.articles * share)]


def _without_one(longer: str, word: str) -> bool:
    """Return whether a word is another one without one of its letters, but not the first."""
    place = common_start(longer, word)
    return len(longer) == len(word) + 1 and place > 0 and longer[place + 1 :] == word[place:]


def _other_first_letter(word: str, index: Index) -> dict[str, float]:
    """Return the known words that differ by one edit at the first letter, with their similarity."""
    edits = {letter + rest for letter in _LETTERS for rest in (word, word[1:])}
    edits |= {word[1:], word[1] + word[0] + word[2:]}
    return _with_subject(_similar(word, sorted(index.stems(sorted(edits))), _CUTOFF + _OTHER_FIRST_LETTER))


def _with_subject(alike: dict[str, float]) -> dict[str, float]:
    """Return the candidates that are not function or general words: "leeds" must not become "needs"."""
    return {word: score for word, score in alike.items() if word not in FUNCTION_WORDS and word not in general_words()}


def is_typo(typed: str, meant: str) -> bool:
    """Return whether a word is a typo of another: neighbours are swapped, a letter is left out, or one is doubled.

    The first letter is right, and of three letters only two are swapped.
    """
    longer = len(typed) - len(meant)
    if abs(longer) > 1 or typed[0] != meant[0] or (longer and len(typed) < _SHORTEST):
        return False
    if longer < 0:
        return _without_one(meant, typed)
    place = common_start(typed, meant)
    if longer == 0:
        swapped = meant[:place] + meant[place : place + 2][::-1] + meant[place + 2 :]
        return typed == swapped and typed != meant
    return typed[place] == typed[place - 1] and _without_one(typed, meant)


def _mistyped_from(word: str, choices: Iterable[str]) -> dict[str, float]:
    """Return the words that this may be a typo of, with their similarity."""
    return {other: _TYPO_SHARE for other in choices if is_typo(word, other)}


def _near_without_subject(word: str) -> dict[str, float]:
    """Return the words of grammar and the general words that are spelled or sound alike, with their similarity."""
    general, grammar, own = _general_words(word[0]), _grammar_words(word[0]), phonetic_key(word)
    return {
        **_similar(word, list(general), _GENERAL_CUTOFF),
        **_similar(word, grammar, _GRAMMAR_CUTOFF),
        **{other: _SOUND_SHARE for other, sounding in general.items() if sounding == own},
        **_mistyped_from(word, [*general, *grammar]),
    }


@lru_cache(maxsize=32)
def _grammar_words(first_letter: str) -> list[str]:
    return sorted(word for word in FUNCTION_WORDS if word[0] == first_letter)


@lru_cache(maxsize=32)
def _general_words(first_letter: str) -> dict[str, str]:
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
