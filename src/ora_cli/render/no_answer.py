"""What is said when there is no answer: what is near, what was not known, what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ora_cli.matching.refusal import NOT_SURE
from ora_cli.matching.verdict import Link, Verdict
from ora_cli.render.answer import corrections_text

_ELSEWHERE = "ora knows cosmetic treatments and skin care; this seems to be something else."
_NOTHING = "There is no article on this."
# Nobody reads a screen full of their own words.
_LONGEST_SHOWN = 160


def no_answer_lines(verdict: Verdict, near: Sequence[Link], *, bundled: bool, picked: bool) -> Iterator[str]:
    """Yield what is said on standard error when there is no answer.

    `bundled` says that the program's own articles were asked, `picked` that a number can be typed afterwards.
    """
    if verdict.red_flag and not near:
        yield "No article answers this. The notice comes first."
        return
    if verdict.corrections and not verdict.red_flag:
        yield _shortened(corrections_text(verdict))
    if near:
        yield "The notice comes first. Afterwards you can read" if verdict.red_flag else "Not sure. Did you mean"
        yield from (f"  {number} {link.title}" for number, link in enumerate(near, 1))
    elif verdict.unknown:
        yield _ELSEWHERE if bundled and verdict.elsewhere else _NOTHING
    if not near or (verdict.reason != NOT_SURE and not verdict.red_flag):
        yield _shortened(sentence(verdict.reason or ""))
    if not near:
        yield "See what there is: ora categories"
    elif not picked:
        yield f"Read one with: ora show {near[0].slug}"


def sentence(reason: str) -> str:
    """Return a reason as a sentence of its own."""
    return reason[:1].upper() + reason[1:] + ("" if ":" in reason else ".")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN].rstrip()}…"
