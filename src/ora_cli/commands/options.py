"""What Typer is told of the common options, and turning a function into a command that takes them."""

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from ora_cli.commands.common import CommonOptions, run
from ora_cli.config import Color, Format, TextFormat
from ora_cli.terminal.output import Output

_FORMAT = "Output format; rich on a terminal, else plain"

Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="[WORDS]...", help="What to look for; it needs no quotes.", show_default=False),
]
InCategory = Annotated[
    str | None, typer.Option("--category", "-c", metavar="SLUG", help="Only articles of this category.")
]
Number = Annotated[int, typer.Option("--num", "-n", metavar="N", min=1, max=100, help="How many matches to list.")]
# By the names of CommonOptions' fields.
_COMMON: dict[str, Any] = {
    "articles": Annotated[
        list[Path] | None,
        typer.Option("--articles", metavar="PATH", help="Use only this file or folder of articles (repeatable)."),
    ],
    "format": Annotated[TextFormat | None, typer.Option("--format", help=f"{_FORMAT}.", show_default=False)],
    "json": Annotated[bool, typer.Option("--json", help="Short for --format json.")],
    "plain": Annotated[bool, typer.Option("--plain", help="Short for --format plain.")],
    "color": Annotated[
        Color | None, typer.Option("--color", help="When to use colour; auto is on a terminal.", show_default=False)
    ],
    "no_pager": Annotated[bool, typer.Option("--no-pager", help="Never page long output.")],
    "no_input": Annotated[bool, typer.Option("--no-input", help="Never ask a question.")],
    "quiet": Annotated[bool, typer.Option("--quiet", "-q", help="No notes on standard error.")],
}
_FORMAT_OR_PAGE = Annotated[
    Format | None,
    typer.Option("--format", help=f"{_FORMAT}; html is a page to print or hand over.", show_default=False),
]

OPTIONS = list(_COMMON)
"""The names of all common options."""


def with_common_options(function: Callable[..., Output]) -> Callable[..., None]:
    """Turn a function that returns Output into a command that takes the common options too and ends the program.

    The function gets the common options as its first parameter, except those that it has as parameters of its own.
    """
    return with_options(*OPTIONS)(function)


def with_options(
    *heeded: str, any_format: bool = True, pages: bool = False
) -> Callable[[Callable[..., Output]], Callable[..., None]]:
    """Return a decorator like `with_common_options` for a command that heeds these of the common options alone.

    Without `any_format`, the configuration file says nothing of the format: what is printed has one meaning. With
    `pages`, HTML is a format of the command.
    """
    return lambda function: _command(function, heeded, any_format=any_format, pages=pages)


def _command(
    function: Callable[..., Output], heeded: Sequence[str], *, any_format: bool, pages: bool
) -> Callable[..., None]:
    declared = {**_COMMON, "format": _FORMAT_OR_PAGE} if pages else _COMMON
    signature = inspect.signature(function, eval_str=True)
    names = [name for name in heeded if name not in signature.parameters]
    added = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=CommonOptions._field_defaults[name], annotation=declared[name]
        )
        for name in names
    ]

    @wraps(function)
    def command(**given: Any) -> None:
        common = {name: given.pop(name) for name in names}
        if wanted := common.get("format"):
            common["format"] = Format(wanted)
        options = CommonOptions(**common)
        raise typer.Exit(run(function, options, given, any_format=any_format))

    own = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in list(signature.parameters.values())[1:]
    ]
    command.__signature__ = signature.replace(parameters=[*own, *added], return_annotation=None)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in [*own, *added]}
    return command
