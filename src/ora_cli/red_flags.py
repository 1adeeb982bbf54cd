"""Questions that carry a sign of danger: a notice comes first, whatever else is answered."""

from __future__ import annotations

from collections.abc import Sequence

from ora_cli.articles import RedFlag
from ora_cli.index import Index

# "can't really swallow" is "can't swallow": this many other words may stand between those of a phrase.
_GAP = 2


class RedFlags:
    """The notices of one index."""

    def __init__(self, index: Index) -> None:
        self._flags = list(index.red_flags())

    def find(self, stems: Sequence[str]) -> RedFlag | None:
        """Return the first notice that has a phrase in a question with these stems."""
        for phrases, flag in self._flags:
            if any(_contains(stems, phrase) for phrase in phrases):
                return flag
        return None


def _contains(stems: Sequence[str], phrase: Sequence[str]) -> bool:
    """Say whether the words of the phrase stand in the question in order, close together."""
    if not phrase:
        return False
    for start, stem in enumerate(stems):
        if stem == phrase[0] and _follows(stems, start + 1, phrase[1:]):
            return True
    return False


def _follows(stems: Sequence[str], position: int, rest: Sequence[str]) -> bool:
    for stem in rest:
        try:
            position = stems.index(stem, position, position + _GAP + 1) + 1
        except ValueError:
            return False
    return True
