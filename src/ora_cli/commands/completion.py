"""`ora completion`: what makes a shell complete commands, options, slugs and categories."""

from __future__ import annotations

from typing import Annotated

import typer

from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import with_options
from ora_cli.terminal.completion import Shell, script
from ora_cli.terminal.output import Output


@with_options("json", any_format=False)
def command(
    options: CommonOptions, shell: Annotated[Shell, typer.Argument(help="The shell; the script says where it goes.")]
) -> Output:
    """Print the script that completes words in a shell."""
    if options.json:
        from ora_cli.render import json_lines

        return Output([json_lines.line({"shell": shell, "script": script(shell)})], for_programs=True)
    return Output([script(shell)])
