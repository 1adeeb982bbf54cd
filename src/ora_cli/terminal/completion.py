"""Completion on the command line: what may follow at the cursor, and the scripts through which shells ask for it.

Typer knows the options of each command; slugs, categories and file names are recognised by the names and types of the
parameters. A script passes the line up to the cursor and gets lines back. The first is `files`, if the shell should
complete file names itself, or `words`; then each line has a word, and its meaning after a tab.

Only the script for PowerShell is Typer's. Typer's zsh script evaluates texts as code, so that the title of an article
could run commands; its fish script runs the program twice; and all of them complete file names where nothing fits.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer._click.shell_completion import (
    CompletionItem,
    ShellComplete,
    _resolve_context,
    _resolve_incomplete,
    add_completion_class,
    split_arg_string,
)
from typer._completion_classes import PowerShellComplete
from typer._completion_shared import get_completion_script
from typer.models import TyperPath

from ora_cli import config
from ora_cli.errors import OraError
from ora_cli.paths import config_file

if TYPE_CHECKING:
    from ora_cli.library import Library

_LookUp = Callable[["Library", str], Iterable[tuple[str, str]]]

_VARIABLE = "_ORA_COMPLETE"
_MOST_SLUGS = 500
_POWERSHELL = """\
# Completion of `ora` for PowerShell. For every session, put this into the file that $PROFILE names:
#     ora completion powershell | Out-String | Invoke-Expression

"""


class Shell(StrEnum):
    """A shell with a completion script."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def script(shell: Shell) -> str:
    """Return the script that makes a shell complete `ora`."""
    if shell is Shell.POWERSHELL:
        return f"{_POWERSHELL}{get_completion_script(prog_name='ora', complete_var=_VARIABLE, shell=shell)}\n"
    from pkgutil import get_data

    script = get_data("ora_cli.terminal", f"scripts/ora.{shell}")
    assert script is not None
    return script.decode()


def register() -> None:
    """Register the completion of this module with Typer."""
    # A title with characters that the shell cannot show gets question marks.
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    for shell in Shell:
        add_completion_class(_PowerShell if shell is Shell.POWERSHELL else _Completion, shell)


class _Completion(ShellComplete):
    """Completion for bash, zsh and fish."""

    def source_vars(self) -> dict[str, Any]:
        raise NotImplementedError  # `script` has the scripts

    def get_completion_args(self) -> tuple[list[str], str]:
        # With a letter appended, the last word is the one at the cursor, even if it is empty or a quote is open.
        _, *words, last = split_arg_string(os.environ.get("_ORA_LINE", "ora ") + "x")
        return words, last[:-1]

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        context = _resolve_context(self.cli, self.ctx_args, self.prog_name, args)
        asked, value = _resolve_incomplete(context, args, incomplete)
        found = list(_candidates(context, asked, value))
        before = incomplete.removesuffix(value)  # "--format=" of "--format=pl"
        return [CompletionItem(before + item.value, item.type, item.help) for item in found]

    def complete(self) -> str:
        found = self.get_completions(*self.get_completion_args())
        if any(item.type == "file" for item in found):
            return "files"
        return "\n".join(["words", *map(self.format_completion, found)])

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.value}\t{_one_line(item)}" if item.help else str(item.value)


class _PowerShell(_Completion, PowerShellComplete):
    """Completion for PowerShell, whose script completes file names itself if it gets nothing."""

    get_completion_args = PowerShellComplete.get_completion_args

    def complete(self) -> str:
        found = self.get_completions(*self.get_completion_args())
        return "\n".join(self.format_completion(item) for item in found if item.type != "file")

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.value}:::{_one_line(item) or ' '}"


def _one_line(item: CompletionItem) -> str:
    return " ".join((item.help or "").split())


def _candidates(context: Any, asked: Any, value: str) -> Iterable[CompletionItem]:
    """Return the completions for a command or for one of its parameters."""
    if asked is context.command:
        if context.parent is None and not value.startswith("-"):
            return _commands(context.command, value)
    elif asked.name == "command_name":
        return _commands(context.parent.command, value)
    else:
        if isinstance(asked.type, TyperPath) or asked.metavar == "FILE":
            return [CompletionItem(value, type="file")]
        if look_up := _LOOK_UPS.get(asked.name):
            return _looked_up(look_up, context.params.get("articles"), value)
    found: Iterable[CompletionItem] = asked.shell_complete(context, value)
    return found


def _commands(program: Any, prefix: str) -> Iterable[CompletionItem]:
    known = program.commands.items()
    return [CompletionItem(name, help=command.help) for name, command in known if name.startswith(prefix)]


def _looked_up(look_up: _LookUp, articles: Sequence[str] | None, value: str) -> Iterable[CompletionItem]:
    """Return the completions from the library, or none if it cannot be opened."""
    import sqlite3

    from ora_cli.library import Library

    # The shell expands a tilde only when it runs the line.
    given = [Path(path).expanduser() for path in articles] if articles else None
    with suppress(OraError, OSError, RuntimeError, sqlite3.Error):
        configured = config.read(config_file()).articles
        library = Library.open(given, configured=configured, allow_stale=True)
        return [CompletionItem(word, help=text) for word, text in look_up(library, value)]
    return []


def _slugs(library: Library, prefix: str) -> Iterable[tuple[str, str]]:
    return library.slugs(prefix, limit=_MOST_SLUGS)


def _categories(library: Library, prefix: str) -> Iterable[tuple[str, str]]:
    return [(each.slug, each.name) for each, _ in library.categories() if each.slug.startswith(prefix)]


def _slugs_and_sources(library: Library, prefix: str) -> Iterable[tuple[str, str]]:
    sources = ((source.id, source.title) for source, _ in library.sources())
    return [*_slugs(library, prefix), *(each for each in sources if each[0].startswith(prefix))]


_LOOK_UPS: dict[str, _LookUp] = {
    "slug": _slugs,
    "names": _slugs,
    "cited": _slugs_and_sources,
    "category": _categories,
    "only": _categories,
}
"""The parameters whose values come from the library, by name."""
