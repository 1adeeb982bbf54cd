"""Looking up sorted lines where they stand: a question needs few of many thousands, and splitting takes longer."""

from __future__ import annotations

from bisect import bisect_left


class SortedLines:
    """The lines of a text, sorted by code point, each with an end."""

    def __init__(self, text: str) -> None:
        self.text = text

    def starting(self, start: str) -> str:
        """Return the first line that starts so, without its end; an empty one if there is none."""
        line = self._line_at(bisect_left(range(len(self.text)), start, key=self._line_at))
        return line if line.startswith(start) else ""

    def _line_at(self, place: int) -> str:
        """Return the line that the character at a place belongs to."""
        return self.text[self.text.rfind("\n", 0, place) + 1 : self.text.find("\n", place)]
