"""The command line: finds the command, runs it, and turns whatever ends it into the contract's exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from ora_cli import __version__, output
from ora_cli.commands import SUMMARIES
from ora_cli.errors import ExitCode, OraError

_SETTINGS = {"help_option_names": ["-h", "--help"]}


class Commands(TyperGroup):
    """The commands, of which only the one that is called is imported: the others cost no time."""

    def __init__(self, **settings: Any) -> None:
        stubs = {name: TyperCommand(name, help=summary) for name, summary in SUMMARIES.items()}
        super().__init__(**{**settings, "commands": stubs})

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that the arguments call, imported."""
        name, stub, rest = super().resolve_command(ctx, args)
        return name, stub and load(stub.name or ""), rest


def load(name: str) -> TyperCommand:
    """Import a command."""
    return make(name, import_module(f"ora_cli.commands.{name}").command)


def make(name: str, function: Callable[..., Any]) -> TyperCommand:
    """Make a command of a function."""
    single = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=_SETTINGS)
    single.command(name)(function)
    made = typer.main.get_command(single)
    assert isinstance(made, TyperCommand)
    return made


app = typer.Typer(
    name="ora",
    cls=Commands,
    help="Straight, sourced answers about cosmetic treatments and skin care, offline.",
    context_settings=_SETTINGS,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(context: typer.Context, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:  # which is how a line is read that is being completed
        print(f"ora {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the program and end it with the contract's exit code."""
    code = output.finish(_run())
    gc.freeze()  # what is still there goes with the process; Python would look through all of it for garbage first
    sys.exit(code)


def _run() -> int:
    try:
        if sys.stdout is None:
            raise OSError("standard output is closed")
        if os.environ.get("_ORA_COMPLETE"):
            from ora_cli import completion

            completion.register()
        app(prog_name="ora")
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except SystemExit as leaving:
        return _left(leaving)
    except OSError as error:
        output.note(f"ora: {error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        output.discard(sys.stdout)
        return ExitCode.IO
    except Exception as error:
        if os.environ.get("ORA_DEBUG"):
            raise
        output.note(f"ora: unexpected error: {type(error).__name__}: {error}", "hint: ORA_DEBUG=1 shows where")
        return ExitCode.UNEXPECTED
    return ExitCode.OK


def _left(leaving: SystemExit) -> int:
    """Return the exit code of a command line that Typer ended, and say what it leaves unsaid."""
    reason = leaving.__context__
    if isinstance(reason, BrokenPipeError):  # the reader of the help has had enough
        return ExitCode.OK
    code = leaving.code if isinstance(leaving.code, int) else ExitCode.USAGE
    if code == ExitCode.USAGE and reason is not None and not isinstance(reason, typer.Exit):
        _explain_usage(getattr(reason, "message", None) or str(reason))
    return code


def _explain_usage(message: str) -> None:
    if message.startswith("No such command"):
        output.note("hint: to ask a question: ora ask does botox cause sagging")
    if message.startswith("No such option"):
        behind_command = len(sys.argv) > 1 and sys.argv[1] in SUMMARIES
        output.note(
            "hint: words that start with a hyphen go behind --, as in: ora ask -- what is -5"
            if behind_command
            else "hint: options stand behind the command, as in: ora list --json"
        )
    if "--json" in sys.argv or "--format=json" in sys.argv:
        from contextlib import suppress

        from ora_cli.render import json

        with suppress(OraError):
            output.write(output.Output([json.line(json.failure(message, ""))]))
