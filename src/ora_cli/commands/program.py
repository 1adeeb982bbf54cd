"""The Typer application: its options, and its commands, each imported only when it is called."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from ora_cli import __version__
from ora_cli.commands import SUMMARIES

# The modules of these commands cannot be named like a keyword, and should not be named like a builtin.
_MODULES = {"import": "import_", "list": "list_"}
_SETTINGS = {"help_option_names": ["-h", "--help"]}


class Commands(TyperGroup):
    """A group of commands that are imported only when called, so that the others cost no time."""

    def __init__(self, **settings: Any) -> None:
        stubs = {name: TyperCommand(name, help=summary) for name, summary in SUMMARIES.items()}
        super().__init__(**{**settings, "commands": stubs})

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Import and return the command that the arguments call; words that are no command are a question."""
        if not (args[0] in self.commands or args[0].startswith("-")):
            from ora_cli.commands.misspelt import asked_back, nearly_command

            near = None if ctx.resilient_parsing else nearly_command(args[0])
            args = asked_back(args, near) if near else ["ask", *args]
        name, stub, rest = super().resolve_command(ctx, args)
        return name, stub and load(stub.name or ""), rest


def is_command(word: str) -> bool:
    """Return whether a word is the name of a command."""
    return word in SUMMARIES


def run(args: list[str]) -> int:
    """Run a command line within another one, and return its exit code."""
    from typer._click.exceptions import ClickException

    try:
        return app(args, prog_name="ora", standalone_mode=False) or 0
    except ClickException as error:
        error.show()
        return error.exit_code


def load(name: str) -> TyperCommand:
    """Import the command with this name."""
    return make(name, import_module(f"ora_cli.commands.{_MODULES.get(name, name)}").command)


def make(name: str, function: Callable[..., Any]) -> TyperCommand:
    """Return a Typer command for a function."""
    single = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=_SETTINGS)
    # Not from the docstring, which there is none of under `python -OO`.
    single.command(name, cls=getattr(function, "command_class", None), help=SUMMARIES.get(name))(function)
    made = typer.main.get_command(single)
    assert isinstance(made, TyperCommand)
    return made


app = typer.Typer(
    name="ora",
    cls=Commands,
    help="Straight, sourced answers about cosmetic treatments and skin care, offline.",
    epilog="What is no command is a question: ora how long does botox last. To add what is missing: ora new. To report"
    " a wrong or a missing answer, send the question as you typed it; ora itself never sends anything.",
    context_settings=_SETTINGS,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(context: typer.Context, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:  # resilient parsing is for completion
        print(f"ora {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        raise typer.Exit(_without_words(context))


def _without_words(context: typer.Context) -> int:
    """Greet somebody at a terminal, and wait for questions; print the help elsewhere."""
    from ora_cli.terminal.asking import can_ask

    if not can_ask():
        print(context.get_help())
        return 0
    return load("greeting").main([], prog_name="ora", standalone_mode=False) or 0
