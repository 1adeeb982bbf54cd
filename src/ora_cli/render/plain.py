"""Plain text: for pipes, files and readers that want no colour. Never wrapped, coloured or boxed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ora_cli.render.blocks import Block, Kind, strong_parts

_NAMED = {Kind.PARTS, Kind.SOURCES, Kind.CHOICES}
_BEFORE = {Kind.TITLE, Kind.ANSWER, Kind.HEADING, Kind.PARAGRAPH, Kind.NOTE, Kind.ALERT, *_NAMED}
_AFTER = {Kind.ANSWER, Kind.PARAGRAPH}


def render(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of the document, without line ends."""
    previous: Kind | None = None
    for block in blocks:
        after_heading = previous is Kind.HEADING
        notes = previous is block.kind is Kind.NOTE
        if previous and not after_heading and not notes and (block.kind in _BEFORE or previous in _AFTER):
            yield ""
        yield from _named(block) if block.kind in _NAMED else [_line(block)]
        previous = block.kind


def _named(block: Block) -> Iterator[str]:
    """Yield what a block names: parts on one line, sources with their addresses and choices on one each."""
    if block.kind is Kind.PARTS:
        yield f"{block.label}: {' · '.join(item.text for item in block.items)}"
        return
    yield block.label
    for item in block.items:
        yield f"[{item.label}] {item.text} {item.url}" if block.kind is Kind.SOURCES else f"{item.label} {item.text}"


def _line(block: Block) -> str:
    text = "".join(part for part, _ in strong_parts(block.text))
    match block.kind:
        case Kind.ALERT:
            return f"{block.label.upper()}: {text}"
        case Kind.BULLET:
            return f"- {text}"
        case Kind.SOURCE:
            return f"[{block.label}] {text} {block.url}"
        case Kind.TERM:
            return f"{block.label}\n    {text}"
        case Kind.NOTE if block.url:
            return f"{text}, {block.url}"
        case Kind.ROW | Kind.LINE | Kind.COUNT:
            return "\t".join(" ".join(cell.split()) for cell in block.cells)
        case _:
            return text
