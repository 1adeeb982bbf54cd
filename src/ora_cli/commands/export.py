"""`ora export`: the articles as data."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ora_cli.commands.options import CommonOptions, InCategory, with_options
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.output import Output
from ora_cli.text.wording import counted


class ExportFormat(StrEnum):
    """The formats of an export; `json` is the same as `jsonl`."""

    JSONL = "jsonl"
    JSON = "json"
    MARKDOWN = "markdown"


@with_options("articles", "json", "no_input", "quiet", any_format=False)
def command(
    options: CommonOptions,
    format: Annotated[ExportFormat, typer.Option("--format", help="JSON Lines or Markdown.")] = ExportFormat.JSONL,
    category: InCategory = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write to FILE.", show_default=False)] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is there.")] = False,
) -> Output:
    """Write articles as JSON Lines or Markdown, to import again."""
    from ora_cli.authoring.saving import save
    from ora_cli.content.records import records
    from ora_cli.render import json_lines, markdown

    as_markdown = format is ExportFormat.MARKDOWN
    if options.json and as_markdown:
        raise OraError("--json and --format name different formats", code=ExitCode.USAGE, hint="give one of them")
    library = options.library()
    category = None if category is None else library.category(category).slug
    slugs = [entry.slug for entry in library.entries(category=category)]
    if not slugs:
        return options.with_warnings(library, Output(), nothing="There are no articles.")
    categories = [known for known, _ in library.categories() if category in (None, known.slug)]
    exported = records(map(library.article, slugs), categories)
    chunks = markdown.records(exported) if as_markdown else json_lines.records(exported)
    result = Output(chunks if to is None else (), for_programs=True)
    if to is not None:
        save(to, chunks, force=force)
        result.notes.append(f"{counted(len(slugs), 'article')} in {to}")
    return options.with_warnings(library, result)
