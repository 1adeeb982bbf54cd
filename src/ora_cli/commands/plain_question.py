"""A command line that is a question and nothing else: it is answered without Typer, which takes longer to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ora_cli.commands import SUMMARIES
from ora_cli.commands.misspelt import nearly_command

if TYPE_CHECKING:
    from ora_cli.errors import ExitCode


def words_of(args: list[str]) -> list[str] | None:
    """Return the words of the question that the arguments of `ora` are, or None if Typer has to read them."""
    if any(arg.startswith("-") for arg in args) or not "".join(args).strip():
        return None
    if args[0] == "ask":
        return args[1:] or None
    return None if args[0] in SUMMARIES or nearly_command(args[0]) else args


def answered(words: list[str]) -> ExitCode:
    """Answer a question, and return the exit code."""
    from ora_cli.commands.answering import answer
    from ora_cli.commands.common import CommonOptions, run

    return run(answer, CommonOptions(), {"words": words})
