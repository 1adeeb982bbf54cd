"""`ora help`: the help of the program, or of a command."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ora_cli.commands import SUMMARIES
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal import output
from ora_cli.terminal.output import Output


def command(
    context: typer.Context,
    command_name: Annotated[
        str | None, typer.Argument(metavar="[COMMAND]", help="The command.", show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="As the only key of a JSON object.")] = False,
) -> None:
    """Show the help of the program, or of a command."""
    program = context.parent
    assert program is not None
    text = (program if command_name is None else _of_command(program, command_name)).get_help() + "\n"
    if json:
        from ora_cli.render import json_lines

        text = json_lines.line({"help": text})
    output.write(Output([text]))


def _of_command(program: Any, name: str) -> Any:
    from ora_cli.commands.program import load

    if name not in SUMMARIES:
        from ora_cli.text.wording import nearest

        near = nearest(name, SUMMARIES)
        hint = f"did you mean: ora help {near}" if near else "ora help lists them"
        raise OraError(f"no command {name!r}", code=ExitCode.USAGE, hint=hint)
    return load(name).make_context(name, [], parent=program, resilient_parsing=True)
