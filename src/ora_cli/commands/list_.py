"""`ora list`: the articles, those of a category, and those whose review is old."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import InCategory, with_common_options
from ora_cli.config import Format
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.output import Output

_STALE_DAYS = 365
_MOST_DAYS = 100_000


class _ListCommand(TyperCommand):
    """`--stale` alone is `--stale=365`: Typer has no options with a value that may be left out."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        read, rest = list[str](), iter(args)
        for arg in rest:
            if arg != "--stale":
                read.append(arg)
                continue
            after = next(rest, None)
            if after is not None and after.isdecimal():
                read.append(f"--stale={after}")
            else:
                read += [f"--stale={_STALE_DAYS}", *([] if after is None else [after])]
        return super().parse_args(ctx, read)


@with_common_options
def command(
    options: CommonOptions,
    only: Annotated[
        str | None, typer.Argument(metavar="[CATEGORY]", help="Only articles of this category.", show_default=False)
    ] = None,
    category: InCategory = None,
    long: Annotated[bool, typer.Option("--long", "-l", help="Category, review date, title and file too.")] = False,
    stale: Annotated[
        int | None,
        typer.Option(
            "--stale",
            metavar="[DAYS]",
            min=0,
            max=_MOST_DAYS,
            help=f"Only articles last reviewed more than DAYS ago ({_STALE_DAYS} if left out).",
            show_default=False,
        ),
    ] = None,
) -> Output:
    """List the articles; in a pipe one slug a line."""
    from datetime import date, timedelta

    from ora_cli.render import lists

    if only is not None and category is not None:
        raise OraError("two categories are named", code=ExitCode.USAGE, hint="give one of them")
    oldest = None if stale is None else date.today() - timedelta(days=stale)
    library = options.library()
    entries = library.entries(category=only or category, reviewed_before=oldest)

    def data() -> dict[str, object]:
        from ora_cli.render import json_lines

        return json_lines.entries(entries)

    titles = options.style.format in (Format.RICH, Format.MARKDOWN)
    result = options.result(data, lists.entry_rows(entries, long=long, titles=titles))
    if not long:
        options.with_origins(library, result, entries)
    return options.with_warnings(library, result, nothing=None if entries else "No such articles.")


command.command_class = _ListCommand  # type: ignore[attr-defined]
