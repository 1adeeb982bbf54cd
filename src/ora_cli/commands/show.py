"""`ora show`: one article."""

from __future__ import annotations

from typing import Annotated

import typer

from ora_cli.commands.options import CommonOptions, with_common_options
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.output import Output


@with_common_options
def command(
    options: CommonOptions,
    slug: Annotated[
        str | None, typer.Argument(help="The article's slug, as `ora list` prints it.", show_default=False)
    ] = None,
    random: Annotated[bool, typer.Option("--random", help="Any article.")] = False,
    short: Annotated[bool, typer.Option("--short", "-s", help="Only the short answer and its sources.")] = False,
) -> Output:
    """Show one article."""
    if random == (slug is not None):
        raise OraError("give one slug, or --random", code=ExitCode.USAGE, hint="ora list prints the slugs")
    library = options.library()
    article = library.random_article() if slug is None else library.article(slug)
    return options.with_warnings(library, options.article(article, library.links(article), full=True, short=short))
