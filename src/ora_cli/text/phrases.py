"""Phrases of red flags: parsing one, and finding it in a question.

The words of a phrase must appear in the question in this order and close together. Words in braces are alternatives:
"{can not,cant} breathe".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ora_cli.text.words import words

if TYPE_CHECKING:
    pass

# The most other words between two words of a phrase: "can't really swallow" counts as "can't swallow".
_GAP = 2
_PLACE = r"\{([^{}]*)\}|([^{}\s]+)"
# Separators of a stored phrase: of the stems in an alternative, the alternatives for a place, and the places.
_STEM, _ALTERNATIVE, _NEXT = " ", "|", "\t"


def read_phrase(phrase: str, stem: Callable[[list[str]], list[str]]) -> Iterator[tuple[str, str]]:
    """Yield a phrase in stored form: for each alternative of its first place, the first stem and the whole phrase."""
    places = []
    for alternatives, word in re.findall(_PLACE, phrase):
        stems = (stem(words(alternative)) for alternative in (alternatives.split(",") if alternatives else [word]))
        places.append([_STEM.join(each) for each in stems if each])
    first, *rest = [place for place in places if place] or [[]]
    for start in first:
        yield start.split(_STEM)[0], _NEXT.join([start, *map(_ALTERNATIVE.join, rest)])


def stands_in(stems: Sequence[str], first: str, phrase: str) -> bool:
    """Return whether a stored phrase (see `read_phrase`) appears in the stems of a question."""
    places = _places(phrase)
    return any(_follows(places, stems, at, at + 1) for at, stem in enumerate(stems) if stem == first)


@lru_cache(maxsize=1000)
def _places(phrase: str) -> list[list[list[str]]]:
    """Return a stored phrase as its places, each a list of alternatives, each a list of stems."""
    return [[each.split(_STEM) for each in place.split(_ALTERNATIVE)] for place in phrase.split(_NEXT)]


def _follows(places: list[list[list[str]]], stems: Sequence[str], earliest: int, latest: int) -> bool:
    """Return whether the places appear in order, the first one at a position from `earliest` up to `latest` - 1."""
    if not places:
        return True
    for start in range(earliest, min(latest, len(stems))):
        for alternative in places[0]:
            end = start + len(alternative)
            if list(stems[start:end]) == alternative and _follows(places[1:], stems, end, end + _GAP + 1):
                return True
    return False
