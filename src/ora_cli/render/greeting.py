"""What somebody sees who starts the program without words."""

from __future__ import annotations

from collections.abc import Iterator

from ora_cli.render.blocks import Block, Kind

_TITLE = "ora: cosmetic treatments and skin care, offline"
_TO_TYPE = (
    ("ora is botox safe", "ask"),
    ("ora acne", "a topic"),
    ("ora categories", "{extent}"),
    ("ora -h", "all commands"),
    ("q", "leave; help says what else can be typed here"),
)


def blocks(extent: str) -> Iterator[Block]:
    """Yield the greeting; `extent` says how many articles there are."""
    yield Block(Kind.TITLE, _TITLE)
    for typed, meaning in _TO_TYPE:
        yield Block(Kind.ROW, cells=(f"  {typed}", meaning.format(extent=extent)))
