"""`ora show`: whole articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import OPTIONS, with_options
from ora_cli.config import Format
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.output import Output

if TYPE_CHECKING:
    from ora_cli.content.articles import Article
    from ora_cli.library import Library


@with_options(*OPTIONS, pages=True)
def command(
    options: CommonOptions,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...", help="Slugs, in any case, or the start of one; or a title.", show_default=False
        ),
    ] = None,
    random: Annotated[bool, typer.Option("--random", help="Any article.")] = False,
    short: Annotated[bool, typer.Option("--short", "-s", help="Only the short answer and its sources.")] = False,
    section: Annotated[
        str | None,
        typer.Option("--section", metavar="WORDS", help="Only the section about WORDS.", show_default=False),
    ] = None,
) -> Output:
    """Show whole articles."""
    if random == bool(names):
        raise OraError("give a name, or --random", code=ExitCode.USAGE, hint="ora list prints the slugs")
    if options.style.format is Format.HTML and (short or section):
        hint = "leave out --short and --section, or take another format"
        raise OraError("a page has whole articles", code=ExitCode.USAGE, hint=hint)
    library = options.library()
    articles = _named(library, names) if names else [library.random_article()]
    if options.style.format is Format.HTML:
        return options.with_warnings(library, _page(library, articles))
    result = options.articles_shown(
        [(article, library.links(article), section and library.section(article, section)) for article in articles],
        short=short,
    )
    return options.with_warnings(library, result)


def _page(library: Library, articles: list[Article]) -> Output:
    from ora_cli.render import html

    shown = [(article, library.category(article.category), library.links(article)) for article in articles]
    return Output([html.show(shown)], for_programs=True)


def _named(library: Library, names: list[str]) -> list[Article]:
    """Return the articles with these names; words that are not all slugs are one name together."""
    by_slug = [library.article_by_slug(name) for name in names] if len(names) > 1 else []
    found = [article for article in by_slug if article]
    if found and len(found) == len(names):
        return found
    if found and any("-" in name for name in names):
        return [library.article(name) for name in names]  # one of which is not there
    return [library.article(" ".join(names))]
