"""Whether a question is about another field than the bundled articles: cosmetic treatments, skin, hair and nails.

"How do I get rid of a mole in my lawn" has the words of a question about skin, and one that such questions do not have.
A linear model sees that: the weights of the words are in data/field.txt, for people to look up too, and
benchmarks/fit_field.py fits them. It says nothing of other people's articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ora_cli.paths import bundled_text
from ora_cli.text.sorted_lines import SortedLines

MOST_FOREIGN = 4.0
"""The most that `foreign` returns."""


def foreign(terms: Sequence[str]) -> float:
    """Return the log odds that the subject of a question is of another field, from 0 to MOST_FOREIGN.

    The log odds are the mean of the weights of its terms, and a number to start from; a term without a weight counts 0.
    """
    if not terms:
        return 0.0
    start, weights = _model()
    found = (weights.starting(f"{term} ").rpartition(" ")[2] for term in terms)
    log_odds = start + sum(map(float, filter(None, found))) / len(terms)
    return min(MOST_FOREIGN, max(0.0, log_odds))


@cache
def _model() -> tuple[float, SortedLines]:
    """Return what the log odds start from, and the terms, each with its weight."""
    _, start, weights = bundled_text("field.txt").split("\n\n", 2)
    return float(start), SortedLines(weights)
