"""`ora man`: the manual page."""

from __future__ import annotations

from typing import Annotated

import typer

from ora_cli.commands.options import Shared, with_shared
from ora_cli.terminal.output import Output


@with_shared
def command(
    shared: Shared,
    roff: Annotated[bool, typer.Option("--roff", help="The page's source, for the program man.")] = False,
) -> Output:
    """Show the manual page."""
    from ora_cli.commands import manual

    if roff:
        return Output([manual.source()])
    return shared.result(lambda: {"roff": manual.source()}, manual.page())
