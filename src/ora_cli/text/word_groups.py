"""Named groups of words and phrases that mean much the same, and where they stand in a message."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ora_cli.paths import bundled_text
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


class WordGroups:
    """Groups of words. A word or phrase ends in "*" if any ending of its last word counts."""

    def __init__(self, groups: Iterable[tuple[str, Iterable[str]]]) -> None:
        # By the first word they stay as written, each with its group, for a message has few of five thousand.
        self._by_first_word: dict[str, list[tuple[str, str]]] = {}
        # By the start of a single word, the groups alone.
        self._by_start: dict[str, list[str]] = {}
        for name, expressions in groups:
            for expression in expressions:
                first, more, _ = expression.partition(" ")
                if more or not first.endswith(_ANY_ENDING):
                    self._by_first_word.setdefault(first, []).append((expression, name))
                else:
                    self._by_start.setdefault(first[:-1], []).append(name)
        self._lengths = sorted({len(start) for start in self._by_start})

    def hits(self, words: Sequence[str]) -> set[Hit]:
        """Return where words and phrases of the groups stand."""
        found: set[Hit] = set()
        for at, word in enumerate(words):
            found.update(Hit(group, at, at + 1) for group in self._starting(word))
            for expression, group in self._by_first_word.get(word, ()):
                if end := _end(expression, words, at):
                    found.add(Hit(group, at, end))
        return found

    def _starting(self, word: str) -> Iterator[str]:
        for length in self._lengths:
            if length > len(word):
                return
            yield from self._by_start.get(word[:length], ())

    def knows(self, word: str) -> bool:
        """Return whether a word is in a group, by itself or at the start of a phrase."""
        return word in self._by_first_word or any(True for _ in self._starting(word))

    def vocabulary(self) -> set[str]:
        """Return the words of all groups; of words with any ending, some of their forms."""
        forms = {start + ending for start in self._by_start for ending in ("", "s", "ed", "ing")}
        written = (expression for found in self._by_first_word.values() for expression, _ in found)
        return forms | {word for expression in written for word in expression.rstrip(_ANY_ENDING).split()}


def _end(expression: str, words: Sequence[str], at: int) -> int:
    """Return the place after a word or phrase that stands at a place, 0 if it does not stand there."""
    *first, last = expression.split()
    end = at + len(first)
    if end >= len(words) or list(words[at:end]) != first:
        return 0
    same = words[end].startswith(last[:-1]) if last.endswith(_ANY_ENDING) else words[end] == last
    return end + 1 if same else 0


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
    lines = bundled_text("danger/word_groups.txt").splitlines()
    pairs = (line.split(": ", maxsplit=1) for line in lines if line and not line.startswith("#"))
    return {name: expressions.split(", ") for name, expressions in pairs}
