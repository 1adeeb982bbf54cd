"""Rich text for a terminal: linear, indented, readable at 40 columns and without colour."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import StringIO

from rich.console import Console
from rich.style import Style
from rich.text import Text

from ora_cli.render.document import Block, Kind, strong_parts

# Rich numbers links by chance; the same answer must be the same bytes.
_LINK_ID = re.compile("\x1b\\]8;id=[^;]*;")
# Longer lines are harder to read than a screen is wide.
_WIDEST = 88
_STYLES = {
    Kind.ALERT: Style(bold=True, color="red"),
    Kind.TITLE: Style(bold=True, color="cyan"),
    Kind.HEADING: Style(bold=True),
    Kind.NOTE: Style(dim=True),
}
_LEFT = {Kind.PARAGRAPH: 2, Kind.BULLET: 2, Kind.SOURCE: 2, Kind.TERM: 6}
_CLOSE = {Kind.BULLET, Kind.SOURCE, Kind.TERM, Kind.ROW}


def render(blocks: Iterable[Block], *, width: int, color: bool) -> str:
    """Return the document as text for a terminal `width` columns wide, with colours and links if wanted."""
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    previous: Kind | None = None
    for block in blocks:
        close = previous is Kind.HEADING or (previous is block.kind and block.kind in _CLOSE)
        if previous is not None and not close:
            console.print()
        _print(console, block, min(width, _WIDEST))
        previous = block.kind
    return _LINK_ID.sub("\x1b]8;;", out.getvalue())


def _print(console: Console, block: Block, width: int) -> None:
    if block.kind is Kind.ROW:
        console.print(_row(block))
        return
    left, lead = " " * _LEFT.get(block.kind, 0), _bullet(block)
    if block.kind is Kind.TERM:
        _print_wrapped(console, Text(block.label, style=Style(bold=True)), width, lead="  ")
    _print_wrapped(console, _text(block), width, lead=left + lead)
    if block.url:
        # On a line of its own and never cut, so that a terminal can open it even without link support.
        address = Text(block.url, style=Style(dim=True, link=block.url))
        console.print(Text(" " * len(left + lead)) + address, soft_wrap=True)


def _print_wrapped(console: Console, text: Text, width: int, *, lead: str) -> None:
    """Print the text behind `lead`, its further lines hanging in as far."""
    for line in text.wrap(console, max(10, width - len(lead))):
        line.rstrip()
        console.print(Text(lead) + line, soft_wrap=True)
        lead = " " * len(lead)


def _text(block: Block) -> Text:
    text = Text(style=_STYLES.get(block.kind, Style()))
    if block.kind is Kind.ALERT:
        text.append(f"{block.label}: ")
    for part, strong in strong_parts(block.text):
        text.append(part, Style(bold=True) if strong else None)
    return text


def _bullet(block: Block) -> str:
    if block.kind is Kind.BULLET:
        return "• "
    return f"[{block.label}] " if block.kind is Kind.SOURCE else ""


def _row(block: Block) -> Text:
    first, *rest = block.cells
    text = Text(first, style=Style(color="cyan"))
    for cell in rest:
        text.append("  ").append(" ".join(cell.split()), Style(color="default"))
    return text
