"""`ora new`: a new article of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ora_cli.commands.common import CommonOptions
from ora_cli.commands.edit import edited
from ora_cli.commands.options import with_common_options
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.output import Output
from ora_cli.text.cleaning import clean
from ora_cli.text.words import slug_for


@with_common_options
def command(
    options: CommonOptions,
    title: Annotated[
        list[str] | None, typer.Argument(metavar="[TITLE]...", help="The question.", show_default=False)
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write to FILE; by default to your article folder.")
    ] = None,
) -> Output:
    """Start an article of your own, and open it in your editor."""
    from ora_cli.authoring.saving import check_article_target, own_file, save
    from ora_cli.authoring.template import template

    question = clean(" ".join(" ".join(title or []).split()))
    slug = slug_for(question, "my-article")
    file = to or own_file(f"{slug}.toml")
    if to is None and file.exists():
        hint = f"write elsewhere with --to FILE, or edit it with: ora edit {slug}"
        raise OraError(f"{file} exists already", code=ExitCode.IO, hint=hint)
    check_article_target(file)
    library = options.library()
    slugs = {entry.slug for entry in library.entries()}
    save(file, [template(slug, question)])
    said = [f"There is an article {slug} already; with the same slug, yours takes its place."] if slug in slugs else []
    return options.with_warnings(library, edited(options, file, slugs, said, fresh=True))
