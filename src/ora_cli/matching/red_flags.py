"""Questions that carry a sign of danger: a notice comes first, whatever else is answered."""

from __future__ import annotations

from collections.abc import Sequence

from ora_cli.content.articles import RedFlag
from ora_cli.index.database import Index
from ora_cli.text.phrases import stands_in


def find_red_flag(index: Index, *readings: Sequence[str]) -> RedFlag | None:
    """Return the first notice that has a phrase in a question; `readings` are its stems, as typed and as mended."""
    found = [
        flag
        for stems in dict.fromkeys(map(tuple, readings))
        for first, flag, phrase in index.red_flag_phrases(stems)
        if stands_in(stems, first, phrase)
    ]
    return index.red_flag(min(found)) if found else None
