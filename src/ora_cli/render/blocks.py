"""Results as a sequence of blocks, before any format gives them a look.

Text in a block may hold `**strong**` and `[1]` marks; everything else in it is literal.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from ora_cli.text.cleaning import clean


class Kind(StrEnum):
    """What a block is."""

    ALERT = "alert"
    TITLE = "title"
    ANSWER = "answer"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    SOURCE = "source"
    NOTE = "note"
    TERM = "term"
    ROW = "row"
    LINE = "line"
    COUNT = "count"
    PARTS = "parts"
    SOURCES = "sources"
    CHOICES = "choices"


class Item(NamedTuple):
    """One of several things that a block names together; `label` is its number, if it has one."""

    text: str
    label: str = ""
    url: str = ""

    def clean(self) -> "Item":
        """Return the item without what could drive a terminal."""
        return self._replace(text=clean(self.text))


class Block(NamedTuple):
    """A piece of output.

    `label` is an alert's first word, a source's number, a term, what stands before items, or the group of a count.
    `cells` are the columns of a row, of a line (in short: its label and text) and of a count. `items` are the parts of
    an article, sources by their publishers, or numbered choices.
    """

    kind: Kind
    text: str = ""
    label: str = ""
    url: str = ""
    cells: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()

    def clean(self) -> "Block":
        """Return the block without what could drive a terminal: paths and variables come as they are."""
        return self._replace(
            text=clean(self.text),
            cells=tuple(clean(cell) for cell in self.cells),
            items=tuple(item.clean() for item in self.items),
        )


def body_blocks(body: str, paragraph: Kind = Kind.PARAGRAPH) -> Iterator[Block]:
    """Yield the paragraphs and bullets of a text, each on one line however the file breaks it."""
    kind, lines = paragraph, list[str]()
    for line in [*body.splitlines(), ""]:
        text = line.strip()
        bullet = text.startswith("- ")
        if (bullet or not text) and lines:
            yield Block(kind, " ".join(lines))
            kind, lines = paragraph, []
        if bullet:
            kind, lines = Kind.BULLET, [text[2:].strip()]
        elif text:
            lines.append(text)


def strong_parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in parts, each with whether it is strong."""
    for number, part in enumerate(re.split(r"\*\*(.+?)\*\*", text)):
        if part:
            yield part, number % 2 == 1
