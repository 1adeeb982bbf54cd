"""Lines of a terminal: how wide text is there, and where it breaks."""

from __future__ import annotations

import re

_PIECES = r"[^\x00-\x7f]|[\x00-\x7f]+"


def cell_width(text: str) -> int:
    """Return how many cells of a terminal a text takes: Chinese, Japanese and Korean characters take two each."""
    if text.isascii():
        return len(text)
    import unicodedata

    def cells(character: str) -> int:
        if unicodedata.combining(character):
            return 0
        return 2 if unicodedata.east_asian_width(character) in "WF" else 1

    return sum(map(cells, text))


def wrapped(text: str, width: int, *, indent: str = "") -> list[str]:
    """Return the lines of a text, those after the first behind an indent.

    Addresses, paths and commands stay whole, however long: they are there to be copied. Between wide characters, which
    have no blanks between words, a line may break anywhere.
    """
    if text.isascii():
        import textwrap

        return textwrap.wrap(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [
            ""
        ]
    lines, line = list[str](), text[: len(text) - len(text.lstrip())]
    for blank, piece in _pieces(text):
        longer = f"{line}{blank}{piece}" if line.strip() else line + piece
        if line.strip() and cell_width(longer) > width:
            lines.append(line)
            longer = indent + piece
        line = longer
    return [*lines, line]


def _pieces(text: str) -> list[tuple[str, str]]:
    """Return what must not be broken, each with what stands before it: a blank, or nothing within a word."""
    pieces = []
    for word in text.split():
        parts = re.findall(_PIECES, word) if cell_width(word) > len(word) else [word]
        pieces += [("" if number else " ", part) for number, part in enumerate(parts)]
    return pieces
