"""`ora list`: the articles, and those whose review is old."""

from __future__ import annotations

from typing import Annotated

import typer

from ora_cli.commands.options import CommonOptions, InCategory, with_common_options
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.output import Output

_STALE_DAYS = 365
_MOST_DAYS = 100_000


@with_common_options
def command(
    options: CommonOptions,
    category: InCategory = None,
    long: Annotated[bool, typer.Option("--long", "-l", help="Category, review date, title and file too.")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="Only what was last reviewed more than DAYS ago.")] = False,
    days: Annotated[
        int | None, typer.Argument(min=0, max=_MOST_DAYS, help="For --stale; a year without.", show_default=False)
    ] = None,
) -> Output:
    """List the articles, one slug a line."""
    from datetime import date, timedelta

    from ora_cli.render import lists

    if days is not None and not stale:
        raise OraError("a number of days goes with --stale", code=ExitCode.USAGE, hint="ora list --stale 90")
    oldest = date.today() - timedelta(days=_STALE_DAYS if days is None else days) if stale else None
    library = options.library()
    entries = library.entries(category=category, reviewed_before=oldest)

    def data() -> dict[str, object]:
        from ora_cli.render import json_lines

        return json_lines.entries(entries)

    result = options.result(data, lists.entry_rows(entries, long=long))
    if not long:
        options.with_origins(library, result, entries)
    return options.with_warnings(library, result, nothing=None if entries else "No such articles.")
