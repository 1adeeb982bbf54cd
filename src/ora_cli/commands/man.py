"""`ora man`: the manual page."""

from __future__ import annotations

from typing import Annotated

import typer

from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import with_options
from ora_cli.terminal.output import Output


@with_options("format", "json", "plain", "color", "no_pager", any_format=False)
def command(
    options: CommonOptions,
    roff: Annotated[bool, typer.Option("--roff", help="The page's source, for the program man.")] = False,
) -> Output:
    """Show the manual page."""
    from ora_cli.commands import manual

    if roff:
        return Output([manual.source()])
    return options.result(lambda: {"roff": manual.source()}, manual.page())
