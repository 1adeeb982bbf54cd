"""Named groups of words and phrases that mean much the same, and where they stand in a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ora_cli.paths import bundled
from ora_cli.text.informal import ASKED, END, informal_words

_ANY_ENDING = "*"
_NEGATIONS = frozenset({"no", "not", "never", "without", "none", "neither", "nor", "nobody", "nothing", "nahi", "zero"})
_BREAKS = frozenset({"but", "just", "only", "however", "although", "though", "except", "because", "since", "and"})
# "cannot see" says what fails; it does not deny it.
_FAILING = frozenset({"can", "could", "will", "would"})
# How many words a negation reaches over.
_REACH = 5


class Hit(NamedTuple):
    """A word or phrase of a group in a message, from the word at `start` to that before `end`."""

    group: str
    start: int
    end: int


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    group: str
    any_ending: bool


class WordGroups:
    """Groups of words. A word or phrase ends in "*" if any ending of its last word counts."""

    def __init__(self, groups: Iterable[tuple[str, Iterable[str]]]) -> None:
        self.names: set[str] = set()
        self._single: dict[str, set[str]] = {}
        self._starting: dict[str, set[str]] = {}
        self._phrases: dict[str, list[_Phrase]] = {}
        for name, expressions in groups:
            self.names.add(name)
            for expression in expressions:
                self._add(name, expression)
        self._lengths = sorted({len(start) for start in self._starting})

    def _add(self, name: str, expression: str) -> None:
        any_ending = expression.endswith(_ANY_ENDING)
        words = tuple(expression.rstrip(_ANY_ENDING).split())
        if len(words) > 1:
            self._phrases.setdefault(words[0], []).append(_Phrase(words, name, any_ending))
        elif words:
            kind = self._starting if any_ending else self._single
            kind.setdefault(words[0], set()).add(name)

    def hits(self, words: Sequence[str]) -> set[Hit]:
        """Return where words and phrases of the groups stand."""
        found: set[Hit] = set()
        for at, word in enumerate(words):
            found.update(Hit(group, at, at + 1) for group in self._single.get(word, ()))
            found.update(Hit(group, at, at + 1) for group in self._by_start(word))
            for phrase in self._phrases.get(word, ()):
                if _stands_at(phrase, words, at):
                    found.add(Hit(phrase.group, at, at + len(phrase.words)))
        return found

    def _by_start(self, word: str) -> Iterator[str]:
        for length in self._lengths:
            if length > len(word):
                return
            yield from self._starting.get(word[:length], ())

    def knows(self, word: str) -> bool:
        """Return whether a word is in a group, by itself or at the start of a phrase."""
        return word in self._single or word in self._phrases or any(True for _ in self._by_start(word))

    def vocabulary(self) -> set[str]:
        """Return the words of all groups; of words with any ending, some of their forms."""
        forms = {start + ending for start in self._starting for ending in ("", "s", "ed", "ing")}
        phrases = {word for found in self._phrases.values() for phrase in found for word in phrase.words}
        return forms | phrases | self._single.keys()


def _stands_at(phrase: _Phrase, words: Sequence[str], at: int) -> bool:
    here = tuple(words[at : at + len(phrase.words)])
    if not phrase.any_ending:
        return here == phrase.words
    return here[:-1] == phrase.words[:-1] and here[-1].startswith(phrase.words[-1])


def denied(words: Sequence[str], hits: Iterable[Hit]) -> set[Hit]:
    """Return the hits that are denied, as "blisters" is in "no fever or blisters"."""
    reaches = [(at, _reach(words, at)) for at, word in enumerate(words) if _denies(words, at, word)]
    return {hit for hit in hits if any(at < hit.start and hit.end <= end for at, end in reaches)}


def _denies(words: Sequence[str], at: int, word: str) -> bool:
    return word in _NEGATIONS and not (word == "not" and at > 0 and words[at - 1] in _FAILING)


def _reach(words: Sequence[str], at: int) -> int:
    """Return the place of the first word that the negation at a place does not reach."""
    for place in range(at + 1, min(at + 1 + _REACH, len(words))):
        if words[place] in (END, ASKED) or words[place] in _BREAKS or words[place] in _NEGATIONS:
            return place
    return min(at + 1 + _REACH, len(words))


def normalised(expression: str) -> str:
    """Return a word or phrase as it stands in a message that has been read, with its "*"."""
    words = informal_words(expression.rstrip(_ANY_ENDING))
    return " ".join(words) + (_ANY_ENDING if expression.endswith(_ANY_ENDING) else "")


@cache
def bundled_groups() -> dict[str, list[str]]:
    """Return the words of each group that comes with the program."""
    lines = bundled("danger/word_groups.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(": ", maxsplit=1) for line in lines if line and not line.startswith("#"))
    return {name: expressions.split(", ") for name, expressions in pairs}
