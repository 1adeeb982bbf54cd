"""`ora sources`: what the articles rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import with_common_options
from ora_cli.content.articles import Source
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.output import Output
from ora_cli.text.cleaning import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ora_cli.content.articles import Article
    from ora_cli.library import Library
    from ora_cli.render.blocks import Block

Cited = tuple[Source, Sequence[str]]


@with_common_options
def command(
    options: CommonOptions,
    cited: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="An article, for its sources, or the id of a source, for what cites it.",
            show_default=False,
        ),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the source in the browser.")] = False,
) -> Output:
    """List all sources, or those of one article, or show one."""
    from ora_cli.render import json_lines

    library = options.library()
    found, blocks = _found(library, cited)
    result = options.result(lambda: json_lines.sources(found), blocks)
    if open_:
        _open(cited, found)
    return options.with_warnings(library, result, nothing=None if found else "There are no sources.")


def _found(library: Library, name: str | None) -> tuple[list[Cited], Iterable[Block]]:
    from ora_cli.render import answer, lists

    everything = library.sources() if name is None else library.sources_with_id(name)
    if name is None:
        return everything, lists.cited_rows(everything)
    if everything:
        titles = {slug: library.article(slug).title for _, slugs in everything for slug in slugs}
        return everything, lists.source_pages(everything, titles)
    article = _article(library, name)
    return [(source, [article.slug]) for source in article.sources], answer.source_blocks(article.sources)


def _article(library: Library, name: str) -> Article:
    from ora_cli.text.wording import nearest

    try:
        return library.article(name)
    except OraError as error:
        near = nearest(name, (source.id for source, _ in library.sources()))
        if near is None:
            raise
        message = f"no article and no source {clean(name)!r}"
        raise OraError(message, code=error.code, hint=f"did you mean: {near}") from error


def _open(name: str | None, found: Sequence[Cited]) -> None:
    """Open the one source that was found in the browser.

    Raises:
        OraError: several were found, or there is no browser.
    """
    from ora_cli.terminal.browser import open_address

    if len(found) != 1:
        ids = ", ".join(source.id for source, _ in found[:10])
        hint = f"one of: {ids}" if name and ids else "ora sources lists them"
        raise OraError("--open needs the id of one source", code=ExitCode.USAGE, hint=hint)
    if not open_address(found[0][0].url):
        raise OraError(f"no browser opened {found[0][0].url}", code=ExitCode.IO, hint="set BROWSER to one")
