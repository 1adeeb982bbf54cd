"""Markdown, with footnotes as GitHub and Pandoc write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ora_cli.render.document import Block, Kind, strong_parts

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~!]|&(?=#?\w+;))")
# At the start of a line these begin a list, a rule or a heading.
_LEADING = re.compile(r"^([ \t]*\d{0,9})([-+=.)])(?=[ \t]|[-=]*$)", re.MULTILINE)
_MARK = re.compile(r"\\\[(\d+)\\\]")


def render(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of the document, without line ends."""
    previous: Kind | None = None
    for block in blocks:
        same_list = previous is block.kind and block.kind in (Kind.BULLET, Kind.SOURCE, Kind.TERM, Kind.ROW)
        if previous is not None and not same_list:
            yield ""
        yield _line(block)
        previous = block.kind


def _line(block: Block) -> str:
    text = "".join(f"**{escape(part)}**" if strong else escape(part) for part, strong in strong_parts(block.text))
    text = _LEADING.sub(r"\1\\\2", _MARK.sub(r"[^\1]", text))
    match block.kind:
        case Kind.ALERT:
            return f"> **{block.label}:** {text}".replace("\n", "\n> ")
        case Kind.TITLE:
            return f"# {text}"
        case Kind.HEADING:
            return f"## {text}"
        case Kind.BULLET:
            return f"- {text}"
        case Kind.TERM:
            return f"- **{escape(block.label)}** {text}"
        case Kind.NOTE:
            return f"*{text}*" + (f" <{block.url}>" if block.url else "")
        case Kind.SOURCE:
            return f"[^{block.label}]: {text} <{block.url}>"
        case Kind.ROW:
            return "- " + " — ".join(escape(cell) for cell in block.cells)
        case _:
            return text


def escape(text: str) -> str:
    """Return text that Markdown shows as it stands."""
    return _SPECIAL.sub(r"\\\1", text)
