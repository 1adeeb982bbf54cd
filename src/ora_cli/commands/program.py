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
        """Import and return the command that the arguments call."""
        name, stub, rest = super().resolve_command(ctx, args)
        return name, stub and load(stub.name or ""), rest


def load(name: str) -> TyperCommand:
    """Import the command with this name."""
    return make(name, import_module(f"ora_cli.commands.{_MODULES.get(name, name)}").command)


def make(name: str, function: Callable[..., Any]) -> TyperCommand:
    """Return a Typer command for a function."""
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
    if wanted and not context.resilient_parsing:  # resilient parsing is for completion
        print(f"ora {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    pass
