"""Questions that carry a sign of danger: a notice comes first, whatever else is answered.

A phrase of a `[[red_flag]]` is words that stand in the question in this order, close together. Words in braces are
alternatives: "{can not,cant} breathe".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ora_cli.articles import RedFlag
from ora_cli.text import words

# For each place in the phrase, the alternatives, each as its stems.
Phrase = list[list[list[str]]]

# "can't really swallow" is "can't swallow": this many other words may stand between those of a phrase.
_GAP = 2
_PLACE = re.compile(r"\{([^{}]*)\}|([^{}\s]+)")


class RedFlags:
    """Notices, each with the phrases that bring it up."""

    def __init__(self, flags: Iterable[tuple[list[Phrase], RedFlag]]) -> None:
        self._flags: list[RedFlag] = []
        self._by_first_stem: dict[str, list[tuple[int, Phrase]]] = {}
        for number, (phrases, flag) in enumerate(flags):
            self._flags.append(flag)
            for phrase in filter(None, phrases):
                for stems in phrase[0]:
                    self._by_first_stem.setdefault(stems[0], []).append((number, phrase))

    def find(self, *readings: Sequence[str]) -> RedFlag | None:
        """Return the first notice that has a phrase in a question; `readings` are its stems, as typed and as mended."""
        found = [
            number
            for stems in dict.fromkeys(map(tuple, readings))
            for place, stem in enumerate(stems)
            for number, phrase in self._by_first_stem.get(stem, ())
            if _follows(phrase, stems, place, place + 1)
        ]
        return self._flags[min(found)] if found else None


def parse_phrase(phrase: str, stem: Callable[[list[str]], list[str]]) -> Phrase:
    """Return a phrase as the alternatives for each of its places."""
    places = []
    for alternatives, word in _PLACE.findall(phrase):
        stems = [stem(words(alternative)) for alternative in (alternatives.split(",") if alternatives else [word])]
        places.append([each for each in stems if each])
    return [place for place in places if place]


def _follows(phrase: Phrase, stems: Sequence[str], earliest: int, latest: int) -> bool:
    """Say whether the phrase stands in the question, its first word from `earliest` up to but not at `latest`."""
    if not phrase:
        return True
    for start in range(earliest, min(latest, len(stems))):
        for alternative in phrase[0]:
            end = start + len(alternative)
            if list(stems[start:end]) == alternative and _follows(phrase[1:], stems, end, end + _GAP + 1):
                return True
    return False
