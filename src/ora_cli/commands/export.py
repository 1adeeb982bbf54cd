"""`ora export`: the articles as data, or as pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import InCategory, with_options
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.output import Output
from ora_cli.text.wording import counted

if TYPE_CHECKING:
    from ora_cli.content.articles import Category
    from ora_cli.index.cache import OnProgress
    from ora_cli.index.database import Entry
    from ora_cli.library import Library


class ExportFormat(StrEnum):
    """The formats of an export; `json` is the same as `jsonl`."""

    JSONL = "jsonl"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


@with_options("articles", "json", "no_input", "quiet", any_format=False)
def command(
    options: CommonOptions,
    format: Annotated[
        ExportFormat, typer.Option("--format", help="JSON Lines, Markdown, or HTML: a folder of pages.")
    ] = ExportFormat.JSONL,
    category: InCategory = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="PATH", help="Write to this file; HTML to this folder.", show_default=False),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file, or the pages of an earlier export in the folder.")
    ] = False,
) -> Output:
    """Write articles as data or as pages, to import again."""
    from ora_cli.authoring.saving import save

    if options.json and format not in (ExportFormat.JSONL, ExportFormat.JSON):
        raise OraError("--json and --format name different formats", code=ExitCode.USAGE, hint="give one of them")
    if format is ExportFormat.HTML and to is None:
        raise OraError("pages need a folder", code=ExitCode.USAGE, hint="name it with --to FOLDER")
    library = options.library()
    category = None if category is None else library.category(category).slug
    entries = library.entries(category=category)
    if not entries:
        return options.with_warnings(library, Output(), nothing="There are no articles.")
    categories = [(known, count) for known, count in library.categories() if category in (None, known.slug)]
    if to is None:
        return options.with_warnings(library, Output(_chunks(library, entries, categories, format), for_programs=True))
    result = Output()
    if format is ExportFormat.HTML:
        with options.bar("Writing the pages") as on_progress:
            result.notes += _save_site(library, entries, categories, to, force=force, on_progress=on_progress)
    else:
        save(to, _chunks(library, entries, categories, format), force=force)
    result.notes.append(f"{counted(len(entries), 'article')} in {to}")
    return options.with_warnings(library, result)


def _chunks(
    library: Library, entries: Sequence[Entry], categories: Sequence[tuple[Category, int]], format: ExportFormat
) -> Iterator[str]:
    from ora_cli.content.records import records
    from ora_cli.render import json_lines, markdown

    exported = records((library.article(entry.slug) for entry in entries), (category for category, _ in categories))
    return markdown.records(exported) if format is ExportFormat.MARKDOWN else json_lines.records(exported)


def _save_site(
    library: Library,
    entries: Sequence[Entry],
    categories: Sequence[tuple[Category, int]],
    folder: Path,
    *,
    force: bool,
    on_progress: OnProgress | None,
) -> list[str]:
    """Write a site, and return what there is to say of it."""
    from ora_cli.authoring.saving import save_folder
    from ora_cli.render import site

    articles = map(library.article, (entry.slug for entry in entries))
    files = site.files(entries, categories, ((article, library.links(article)) for article in articles))
    left = save_folder(folder, _told(files, len(entries), on_progress), marks=site.MARKS, force=force)
    return [f"left there from an earlier export: {', '.join(left)}"] if left else []


def _told(files: Iterable[tuple[str, str]], count: int, on_progress: OnProgress | None) -> Iterator[tuple[str, str]]:
    """Yield files, and tell how far they are; there are a few more than the count."""
    for number, file in enumerate(files):
        if on_progress:
            on_progress(min(1.0, number / count))
        yield file
