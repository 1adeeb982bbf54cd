"""Markdown, with footnotes as GitHub and Pandoc write them: to read, and as a file that `importing` reads again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from ora_cli.content.articles import Article, Source
from ora_cli.content.records import COMMENT, URGENT, Written, table
from ora_cli.render.blocks import Block, Kind, body_blocks, strong_parts

_IN_COMMENT = ("slug", "category", "also_asked", "reviewed", "see_also", "was", "topics", "unanswered", "treatment")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_SPECIAL = re.compile(rf"([\\`*_\[\]<>#|~!]|{_ENTITY.pattern})")
# At the start of a line these begin a list, a rule or a heading.
_LEADING = re.compile(r"^([ \t]*\d{0,9})([-+=.)])(?=[ \t]|[-=]*$)", re.MULTILINE)
_LISTED = (Kind.BULLET, Kind.SOURCE, Kind.TERM, Kind.ROW, Kind.LINE, Kind.COUNT)
_MARK = re.compile(r"\\\[(\d+)\\\]")
# A footnote mark, escaped, with what would make a link or a definition of it.
_FOOTNOTE = re.compile(r"\\\[\^([a-z0-9-]+)\\\]([(:]?)")


def render(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of the document, without line ends."""
    previous: Kind | None = None
    for block in blocks:
        same_list = previous is block.kind and block.kind in _LISTED
        if previous is not None and not same_list:
            yield ""
        yield from _named(block) if block.items else [_line(block)]
        previous = block.kind


def _named(block: Block) -> Iterator[str]:
    """Yield what a block names: parts on one line, sources as footnotes, choices as a numbered list."""
    if block.kind is Kind.PARTS:
        yield f"**{escape(block.label)}:** {' · '.join(escape(item.text) for item in block.items)}"
    elif block.kind is Kind.SOURCES:
        yield from (f"[^{item.label}]: {escape(item.text)} <{item.url}>" for item in block.items)
    else:
        yield from (f"**{escape(block.label)}**", "")
        yield from (f"{item.label}. {escape(item.text)}" for item in block.items)


def _line(block: Block) -> str:
    text = _LEADING.sub(r"\1\\\2", _MARK.sub(r"[^\1]", _inline(block.text)))
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
        case Kind.ROW | Kind.LINE | Kind.COUNT:
            return "- " + " — ".join(escape(cell) for cell in block.cells if cell)
        case _:
            return text


def _inline(text: str) -> str:
    """Return text as Markdown has it within a line; strong blanks are none: they would draw a rule."""
    return "".join(
        f"**{escape(part)}**" if strong and not part.isspace() else escape(f"**{part}**" if strong else part)
        for part, strong in strong_parts(text)
    )


def escape(text: str) -> str:
    """Return text that Markdown shows as it stands."""
    return _SPECIAL.sub(r"\\\1", text)


def records(listed: Iterable[Written]) -> Iterator[str]:
    """Yield a document of these articles and their sources. What it says of categories is their slugs alone."""
    footnotes: list[str] = []
    for record in listed:
        if isinstance(record, Source):
            footnotes.append(_footnote(record))
        elif isinstance(record, Article):
            yield "".join(f"{part}\n\n" for part in [*_article(record), *footnotes])
            footnotes.clear()


def _article(article: Article) -> Iterator[str]:
    yield f"# {escape(article.title)}"
    yield _comment(article)
    if article.urgent:
        urgent = "\n\n".join(_body(article.urgent))
        between = "\n\n" if urgent.startswith("- ") else " "
        yield f"> {URGENT}{between}{urgent}".replace("\n", "\n> ")
    yield from _body(article.answer)
    for section in article.sections:
        yield f"## {escape(section.heading)}"
        yield from _body(section.body)


def _comment(article: Article) -> str:
    import json

    keys = {key: value for key, value in table(article)[1].items() if key in _IN_COMMENT}
    if any(section.asked for section in article.sections):
        keys["asked"] = [section.asked for section in article.sections]
    # A comment ends with "-->", so that its text may hold no such thing.
    text = json.dumps(keys, ensure_ascii=False, indent=1).replace(">", "\\u003e")
    return f"{COMMENT}\n{text}\n-->"


def _body(text: str) -> Iterator[str]:
    """Yield the paragraphs and lists of a text."""
    for bullets, blocks in groupby(body_blocks(text), key=lambda block: block.kind is Kind.BULLET):
        lines = [_LEADING.sub(r"\1\\\2", _FOOTNOTE.sub(_mark, _inline(block.text))) for block in blocks]
        yield "\n".join(f"- {line}" for line in lines) if bullets else "\n\n".join(lines)


def _mark(mark: re.Match[str]) -> str:
    return f"[^{mark[1]}]" + (f"\\{mark[2]}" if mark[2] else "")


def _footnote(source: Source) -> str:
    """Return the footnote of a source; each of its parts can be told from the others."""
    url = _ENTITY.sub(r"\\&", source.url)
    facts = [f"[{escape(source.title)}](<{url}>)", f"*{escape(source.publisher)}*", source.kind, source.date]
    accessed = f"accessed {source.accessed}" if source.accessed else None
    return f"[^{source.id}]: " + ", ".join(filter(None, [*facts, accessed]))
