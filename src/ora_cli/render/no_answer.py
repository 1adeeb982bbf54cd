"""What is said when there is no answer: why, what is near, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ora_cli import __version__
from ora_cli.matching.verdict import Match, Status, Verdict
from ora_cli.render.answer import corrections_text

if TYPE_CHECKING:
    pass

# What comes less near than this says nothing to a reader.
_NEAR = 0.02
# A longer question is left out of commands, and cut elsewhere: nobody reads a screen full of their own words.
_SHORT_QUERY = 60
_LONGEST_SHOWN = 160


def near_matches(verdict: Verdict) -> list[Match]:
    """Return the matches that are worth naming where there is no answer."""
    if verdict.status is not Status.SUGGESTED or verdict.red_flag:
        return []
    return [match for match in verdict.matches if match.confidence >= _NEAR]


def no_answer_lines(verdict: Verdict, *, at_prompt: bool = False) -> Iterator[str]:
    """Yield what is said on standard error when there is no answer: why, what is near, what to do next.

    At the prompt no command can be typed: what is near is picked by its number.
    """
    if verdict.red_flag:
        yield "No article answers this. The notice comes first."
        return
    yield f"No confident answer: {_shortened(verdict.reason or '')}."
    if verdict.corrections:
        yield _shortened(corrections_text(verdict))
    near = near_matches(verdict)
    if near:
        yield "The nearest articles, which are not the answer:"
    for number, match in enumerate(near, 1):
        yield f"  {number if at_prompt else match.slug}  {match.title}"
    if not at_prompt:
        yield _way_to_look(verdict, near)
    elif near:
        yield "Type a number to read one."
    yield "For a question about your health, ask a pharmacist or a doctor."
    if not at_prompt:
        yield ""
        yield f"Write an article of your own with: ora new {_argument(verdict.query)}".rstrip()
        yield f"To report the gap, copy this line; nothing is sent: {_report_line(verdict)}"


def _way_to_look(verdict: Verdict, near: Sequence[Match]) -> str:
    if near:
        return f"Read one with: ora show {near[0].slug}"
    question = _argument(verdict.query)
    if verdict.matches and question:
        return f"See what has these words with: ora search {question}"
    return "See what is covered with: ora categories"


def _report_line(verdict: Verdict) -> str:
    """Return a line that tells the makers what was not answered, for the user to send if they like."""
    return f"ora {__version__} has no answer to: {_shortened(verdict.query)}"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN].rstrip()}…"


def _argument(query: str) -> str:
    """Return the question as an argument to copy into a shell, never taken for an option; nothing if it is long."""
    import shlex

    if len(query) > _SHORT_QUERY:
        return ""
    return ("-- " if query.startswith("-") else "") + shlex.quote(query)
