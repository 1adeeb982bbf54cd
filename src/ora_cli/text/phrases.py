"""Phrases of red flags: reading one, and finding it in a question.

A phrase of a `[[red_flag]]` is words that stand in the question in this order, close together. Words in braces are
alternatives: "{can not,cant} breathe".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ora_cli.text.words import words

if TYPE_CHECKING:
    pass

# "can't really swallow" is "can't swallow": this many other words may stand between those of a phrase.
_GAP = 2
_PLACE = r"\{([^{}]*)\}|([^{}\s]+)"
# How an index holds a phrase: the stems of an alternative, the alternatives for a place, the places.
_STEM, _ALTERNATIVE, _NEXT = " ", "|", "\t"


def read_phrase(phrase: str, stem: Callable[[list[str]], list[str]]) -> Iterator[tuple[str, str]]:
    """Yield what an index holds of a phrase: for each way it can start, the first stem and the whole."""
    places = []
    for alternatives, word in re.findall(_PLACE, phrase):
        stems = (stem(words(alternative)) for alternative in (alternatives.split(",") if alternatives else [word]))
        places.append([_STEM.join(each) for each in stems if each])
    first, *rest = [place for place in places if place] or [[]]
    for start in first:
        yield start.split(_STEM)[0], _NEXT.join([start, *map(_ALTERNATIVE.join, rest)])


def stands_in(stems: Sequence[str], first: str, phrase: str) -> bool:
    """Return whether a phrase, as `read_phrase` gives it, stands in a question."""
    places = _places(phrase)
    return any(_follows(places, stems, at, at + 1) for at, stem in enumerate(stems) if stem == first)


@lru_cache(maxsize=1000)
def _places(phrase: str) -> list[list[list[str]]]:
    """Return the places of a phrase, the alternatives for each, and the stems of each of these."""
    return [[each.split(_STEM) for each in place.split(_ALTERNATIVE)] for place in phrase.split(_NEXT)]


def _follows(places: list[list[list[str]]], stems: Sequence[str], earliest: int, latest: int) -> bool:
    """Say whether the places stand in the question, the first from `earliest` up to but not at `latest`."""
    if not places:
        return True
    for start in range(earliest, min(latest, len(stems))):
        for alternative in places[0]:
            end = start + len(alternative)
            if list(stems[start:end]) == alternative and _follows(places[1:], stems, end, end + _GAP + 1):
                return True
    return False
