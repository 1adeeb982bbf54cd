"""What is said when there is no answer: what is near, what was not known, what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ora_cli.matching.refusal import NOT_SURE
from ora_cli.matching.verdict import Link, Verdict
from ora_cli.render.answer import corrections_text, likely_lines

_ELSEWHERE = "ora knows cosmetic treatments and skin care; this seems to be something else."
_NOTHING = "There is no article on this."
# Nobody reads a screen full of their own words.
_LONGEST_SHOWN = 160


def no_answer_lines(verdict: Verdict, near: Sequence[Link], *, bundled: bool, picked: bool) -> Iterator[str]:
    """Yield what is said on standard error when there is no answer.

    `bundled` says that the program's own articles were asked, `picked` that a number can be typed afterwards.
    """
    titles = [f"  {number} {link.title}" for number, link in enumerate(near, 1)]
    if near and verdict.likely and not verdict.red_flag:
        titles[1:1] = [f"    {line}" for line in likely_lines(verdict.likely)]
    how_to_read = [f"Read one with: ora show {near[0].slug}"] if near and not picked else []
    if verdict.red_flag:
        what = "The notice comes first. Afterwards you can read"
        yield from (what, *titles, *how_to_read) if near else ("No article answers this. The notice comes first.",)
        return
    if verdict.corrections:
        yield _shortened(corrections_text(verdict))
    if near:
        yield from ("Not sure. Did you mean", *titles)
    elif verdict.unknown:
        yield _ELSEWHERE if bundled and verdict.elsewhere else _NOTHING
    if not near or verdict.reason != NOT_SURE:
        yield _shortened(sentence(verdict.reason or ""))
    yield from how_to_read if near else ("See what there is: ora categories",)


def sentence(reason: str) -> str:
    """Return a reason as a sentence of its own."""
    return reason[:1].upper() + reason[1:] + ("" if ":" in reason else ".")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN].rstrip()}…"
