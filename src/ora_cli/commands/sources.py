"""`ora sources`: where the articles have it from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from ora_cli.commands.options import CommonOptions, with_common_options
from ora_cli.content.articles import Source
from ora_cli.terminal.output import Output


@with_common_options
def command(
    options: CommonOptions,
    slug: Annotated[
        str | None, typer.Argument(help="An article's slug; all sources without.", show_default=False)
    ] = None,
) -> Output:
    """List the sources of one article, or of all."""
    from ora_cli.render import answer, json_lines, lists

    library = options.library()
    if slug is not None:
        article = library.article(slug)
        found: list[tuple[Source, Sequence[str]]] = [(source, [article.slug]) for source in article.sources]
        blocks = answer.source_blocks(article.sources)
    else:
        found = library.sources()
        blocks = lists.cited_rows(found)
    result = options.result(lambda: json_lines.sources(found), blocks)
    return options.with_warnings(library, result, nothing=None if found else "There are no sources.")
