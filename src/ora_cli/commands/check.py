"""`ora check`: what is wrong in article files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import with_common_options
from ora_cli.errors import ExitCode
from ora_cli.terminal.output import Output
from ora_cli.text.wording import counted


@with_common_options
def command(
    options: CommonOptions,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Files and folders; by default all of the library."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help='Check the editorial rules too (needs the extra "check").')
    ] = False,
) -> Output:
    """Find every mistake in article files, with how to fix it."""
    from ora_cli.authoring.check import check_files
    from ora_cli.content.locations import article_files, default_locations, files_that_exist
    from ora_cli.paths import bundled_articles
    from ora_cli.render import json_lines, lists

    locations = [*(files or []), *(options.articles or [])]
    checked = article_files(locations) if locations else files_that_exist(default_locations(options.config.articles))
    problems = check_files(
        checked, strict=strict, known_slugs=lambda: _default_slugs(options), replaceable=bundled_articles()
    )
    result = options.result(lambda: json_lines.problems(problems), lists.problem_rows(problems))
    if problems:
        result.code = ExitCode.NOTHING
    where = counted(len(checked), "file")
    result.notes.append(f"{counted(len(problems), 'finding')} in {where}" if problems else f"{where}: clean")
    return result


def _default_slugs(options: CommonOptions) -> set[str]:
    """Return the slugs of the default library, to which the user's articles may link."""
    from ora_cli.library import Library

    return {entry.slug for entry in Library.open(configured=options.config.articles).entries()}
