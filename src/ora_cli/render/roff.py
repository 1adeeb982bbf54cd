"""Source of a manual page, in the man macros: for man(1), mandoc and groff.

By hand: pandoc and help2man are programs that a package can't depend on.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from ora_cli.render.blocks import Block, Kind, strong_parts

_WIDTH = 78
# What roff would take for syntax, or show as a typographer's sign where the ASCII one is meant.
_ESCAPES = str.maketrans(
    {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti", '"': r"\(dq"}
)


def render(blocks: Iterable[Block], *, name: str, section: int, date: str, source: str) -> Iterator[str]:
    """Yield the lines of the page, without line ends; titles in the document are its sections."""
    yield f'.TH {name.upper()} {section} {date} "{source}"'
    previous: Kind | None = None
    for block in blocks:
        match block.kind:
            case Kind.TITLE:
                yield f".SH {_escaped(block.text.upper())}"
            case Kind.HEADING:
                yield f".SS {_escaped(block.text)}"
            case Kind.TERM:
                yield from (".TP", rf"\fB{_escaped(block.label)}\fP")
            case _ if previous not in (Kind.TITLE, Kind.HEADING):
                yield ".PP"
        if block.kind not in (Kind.TITLE, Kind.HEADING):
            yield from _lines(block.text)
        previous = block.kind


def _lines(text: str) -> Iterator[str]:
    """Yield a paragraph in short lines, none of which looks like a request."""
    marked = "".join(rf"\fB{_escaped(part)}\fP" if strong else _escaped(part) for part, strong in strong_parts(text))
    for line in textwrap.wrap(marked, _WIDTH, break_long_words=False, break_on_hyphens=False):
        yield rf"\&{line}" if line.startswith(".") else line


def _escaped(text: str) -> str:
    return "".join(ch if ch.isascii() else rf"\[u{ord(ch):04X}]" for ch in text.translate(_ESCAPES))
