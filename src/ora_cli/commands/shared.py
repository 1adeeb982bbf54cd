"""What commands share: their common options, read once and passed on as plain values, and making a result of them."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_type_hints

import typer

from ora_cli import output
from ora_cli.errors import ExitCode, OraError
from ora_cli.output import Output

if TYPE_CHECKING:
    from ora_cli.library import Library
    from ora_cli.render.document import Block

DEFAULT_NUMBER = 5

Words = Annotated[list[str] | None, typer.Argument(help="The question; it needs no quotes.", show_default=False)]
InCategory = Annotated[
    str | None, typer.Option("--category", "-c", metavar="SLUG", help="Only articles of this category.")
]
Number = Annotated[int, typer.Option("--num", "-n", metavar="N", min=1, max=100, help="How many matches to list.")]


class Format(StrEnum):
    """How results are printed."""

    RICH = "rich"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    JSON = "json"


class Color(StrEnum):
    """When output has colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Shared(NamedTuple):
    """The shared options as given."""

    articles: Annotated[
        list[Path] | None,
        typer.Option("--articles", metavar="PATH", help="Use exactly this file or folder of articles (repeatable)."),
    ] = None
    format: Annotated[
        Format | None,
        typer.Option("--format", help="Output format; rich on a terminal, else plain.", show_default=False),
    ] = None
    json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False
    plain: Annotated[bool, typer.Option("--plain", help="Short for --format plain.")] = False
    color: Annotated[Color, typer.Option("--color", help="When to use colour.")] = Color.AUTO
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Never page long output.")] = False
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes on standard error.")] = False

    @property
    def style(self) -> Style:
        """How to print, decided from the options, the environment and what standard output is."""
        wanted = {self.format, Format.JSON if self.json else None, Format.PLAIN if self.plain else None} - {None}
        if len(wanted) > 1:
            raise OraError(
                "--format, --json and --plain name different formats", code=ExitCode.USAGE, hint="give one of them"
            )
        terminal = sys.stdout is not None and sys.stdout.isatty()
        colored = self._colored(terminal)
        chosen = next(iter(wanted), None) or (Format.RICH if terminal or colored else Format.PLAIN)
        import shutil

        width, height = shutil.get_terminal_size()
        paged = terminal and not self.no_pager and os.environ.get("TERM") != "dumb"
        return Style(chosen, colored, width, height if paged else None)

    def library(self) -> Library:
        """Open the library that the options name."""
        from ora_cli.library import Library

        return Library.open(self.articles)

    def result(self, data: Callable[[], dict[str, Any]], blocks: Iterable[Block]) -> Output:
        """Return a result in the wanted format: its data as JSON, or its blocks as text."""
        if self.style.format is Format.JSON:
            from ora_cli.render import json

            return Output([json.line(data())])
        return self.style.text(blocks)

    @staticmethod
    def with_warnings(library: Library, result: Output, nothing: str | None = None) -> Output:
        """Add what was left out of the library to the notes, and that there was nothing to list."""
        result.notes[:0] = [f"skipped: {file.problem}" for file in library.files() if file.problem]
        if nothing:
            result.code = ExitCode.NOTHING
            result.notes.append(nothing)
        return result

    def _colored(self, terminal: bool) -> bool:
        if self.color is not Color.AUTO:
            return self.color is Color.ALWAYS
        if os.environ.get("FORCE_COLOR"):
            return True
        return terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class Style(NamedTuple):
    """How to print; `page_height` is the number of lines above which to page, None for never."""

    format: Format
    color: bool
    width: int
    page_height: int | None

    def text(self, blocks: Iterable[Any]) -> Output:
        """Return the blocks as text, in any format but JSON."""
        blocks = (block.clean() for block in blocks)
        if self.format is Format.RICH:
            from ora_cli.render import terminal

            shown = terminal.render(blocks, width=self.width, color=self.color)
            long = self.page_height is not None and shown.count("\n") >= self.page_height
            return Output([shown] if shown else [], pager=output.pager_command() if long else None)
        if self.format is Format.MARKDOWN:
            from ora_cli.render import markdown

            return Output(f"{line}\n" for line in markdown.render(blocks))
        from ora_cli.render import plain

        return Output(f"{line}\n" for line in plain.render(blocks))


def with_shared(function: Callable[..., Output]) -> Callable[..., None]:
    """Turn a function that returns Output into a command that takes the shared options too and ends the program.

    The function gets them as its first parameter.
    """
    hints = get_type_hints(Shared, include_extras=True)
    added = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=Shared._field_defaults[name], annotation=hints[name]
        )
        for name in Shared._fields
    ]

    @wraps(function)
    def command(**options: Any) -> None:
        shared = Shared(**{name: options.pop(name) for name in Shared._fields})
        raise typer.Exit(_run(function, shared, options))

    signature = inspect.signature(function, eval_str=True)
    own = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in list(signature.parameters.values())[1:]
    ]
    command.__signature__ = signature.replace(parameters=[*own, *added], return_annotation=None)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in [*own, *added]}
    return command


def _run(function: Callable[..., Output], shared: Shared, options: dict[str, Any]) -> ExitCode:
    """Run a command and turn what it says or raises into output and an exit code: the one place for that."""
    try:
        result = function(shared, **options)
        if shared.quiet:
            result.notes.clear()
        return output.write(result)
    except OraError as error:
        output.note(f"ora: {error}", *([f"hint: {error.hint}"] if error.hint else []))
        _write_failure(str(error), shared, options)
        return error.code
    except Exception as error:
        _write_failure(f"{type(error).__name__}: {error}", shared, options)
        raise


def _write_failure(message: str, shared: Shared, options: dict[str, Any]) -> None:
    """Write the object of a failure, if JSON was asked for."""
    if not (shared.json or shared.format is Format.JSON):
        return
    from contextlib import suppress

    from ora_cli.render import json

    query = " ".join(options.get("words") or [])
    with suppress(OraError):  # standard output may be what failed
        output.write(Output([json.line(json.failure(message, query))]))
