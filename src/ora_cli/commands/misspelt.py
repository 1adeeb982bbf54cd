"""A first word that nearly is a command: whether the command or a question is meant is for the user to say."""

from __future__ import annotations

from collections.abc import Sequence

from ora_cli.commands import SUMMARIES
from ora_cli.errors import ExitCode, OraError

_ALIKE = 0.75
_SHORTEST = 3
# What people type for a command that is a word of its own.
_OTHER_NAMES = {"category": "categories", "source": "sources", "path": "paths", "lists": "list", "shows": "show"}


def nearly_command(word: str) -> str | None:
    """Return the command that a word is probably a misspelling of; an everyday word is none."""
    typed = word.lower()
    if typed in SUMMARIES or typed in _OTHER_NAMES:
        return _OTHER_NAMES.get(typed, typed)
    near = [name for name in SUMMARIES if _may_be(typed, name)]
    if not near or _is_everyday(typed):
        return None
    swapped = [name for name in near if sorted(name) == sorted(typed)]
    if swapped or len(typed) < _SHORTEST:
        return swapped[0] if swapped else None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extractOne(typed, near, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE)
    return found[0] if found else None


def asked_back(args: Sequence[str], command: str) -> list[str]:
    """Return the arguments that are meant, asked of somebody at a terminal.

    Raises:
        OraError: there is nobody to ask.
    """
    from ora_cli.terminal.asking import can_ask, confirmed

    meant, question = [command, *args[1:]], ["ask", *args]
    if "--no-input" not in args and can_ask():
        return meant if confirmed(f"Did you mean: {_line(meant)}? [Y/n] ") else question
    raise OraError(
        f"{args[0]!r} is no command; did you mean: {_line(meant)}",
        code=ExitCode.USAGE,
        hint=f"to ask it as a question: {_line(question)}",
    )


def _line(args: Sequence[str]) -> str:
    import shlex

    return shlex.join(["ora", *args])


def _is_everyday(word: str) -> bool:
    from ora_cli.text.words import FUNCTION_WORDS, is_english

    return word in FUNCTION_WORDS or is_english(word)


def _may_be(word: str, name: str) -> bool:
    """Return whether a word is near enough to a command to be looked at: hardly any is."""
    return abs(len(word) - len(name)) <= 2 and (word[:1] == name[0] or sorted(word) == sorted(name))
