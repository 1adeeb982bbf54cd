"""Plain text: for pipes, files and readers that want no colour. Never wrapped, coloured or boxed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ora_cli.render.blocks import Block, Kind, strong_parts

_BEFORE = {Kind.TITLE, Kind.ANSWER, Kind.HEADING, Kind.PARAGRAPH, Kind.NOTE, Kind.ALERT}
_AFTER = {Kind.ANSWER, Kind.PARAGRAPH}


def render(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of the document, without line ends."""
    previous: Kind | None = None
    for block in blocks:
        after_heading = previous is Kind.HEADING
        if previous is not None and not after_heading and (block.kind in _BEFORE or previous in _AFTER):
            yield ""
        yield _line(block)
        previous = block.kind


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
        case Kind.ROW:
            return "\t".join(" ".join(cell.split()) for cell in block.cells)
        case _:
            return text
