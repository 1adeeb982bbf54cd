"""Red flags: questions with a sign of danger, whose notice is shown before any answer."""

from __future__ import annotations

from collections.abc import Sequence

from ora_cli.content.articles import RedFlag
from ora_cli.index.database import Index
from ora_cli.text.phrases import stands_in


def find_red_flag(index: Index, *readings: Sequence[str]) -> RedFlag | None:
    """Return the first red flag with a phrase in any reading of a question (its stems as typed, and as corrected)."""
    found = [
        flag
        for stems in dict.fromkeys(map(tuple, readings))
        for first, flag, phrase in index.red_flag_phrases(stems)
        if stands_in(stems, first, phrase)
    ]
    return index.red_flag(min(found)) if found else None
