"""Wording of messages: numbers with their nouns, and what somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable

NO_DOCTOR = (
    "is not a doctor, and no substitute for one: for a question about your health that it has no answer to, ask a"
    " pharmacist or a doctor."
)
"""What is said of the program and of its pages."""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless the number is 1."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that `word` probably is a misspelling of, or None."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, list(choices), scorer=fuzz.ratio, score_cutoff=70)
    return found[0] if found else None
