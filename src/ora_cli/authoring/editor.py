"""Running the user's editor on article files. What was saved is kept whatever happens."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Collection
from pathlib import Path

from ora_cli.authoring.check import check_files
from ora_cli.content.articles import Problem
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.asking import confirmed
from ora_cli.terminal.output import is_terminal, note
from ora_cli.terminal.programs import words_of


def interactive() -> bool:
    """Return whether stdin and stdout are terminals, and nothing says that nobody is there."""
    return not os.environ.get("CI") and is_terminal(sys.stdin) and is_terminal(sys.stdout)


def edit_until_valid(
    file: Path, *, known_slugs: Callable[[], Collection[str]], untouched: bytes | None = None
) -> list[Problem]:
    """Open a file in the editor, again while it has mistakes and the user agrees; return the mistakes that are left.

    `known_slugs` returns the slugs of articles in other files. A file that comes back `untouched` has none.

    Raises:
        OraError: the editor cannot be run, or failed.
    """
    while True:
        _run_editor(file)
        if untouched is not None and file.exists() and file.read_bytes() == untouched:
            return []
        problems = check_files([file], known_slugs=known_slugs)
        if not problems:
            return []
        note(*map(str, problems))
        if not confirmed("Edit it again? [Y/n] "):
            return problems


def _run_editor(file: Path) -> None:
    command = _editor_command()
    try:
        # An absolute path cannot be mistaken for an option.
        code = _wait_for([*words_of(command), str(file.absolute())])
    except (OSError, ValueError) as error:
        raise OraError(
            f"cannot run the editor {command!r}: {getattr(error, 'strerror', None) or error}; {file} is kept as it is",
            code=ExitCode.BAD_CONFIG,
            hint="set VISUAL or EDITOR to the command that starts your editor",
        ) from error
    if code:
        raise OraError(
            f"the editor {command!r} ended with {code}; {file} is kept as the editor left it",
            code=ExitCode.IO,
            hint=f"check it with: ora check {shlex.quote(str(file))}",
        )


def _editor_command() -> str:
    for variable in ("VISUAL", "EDITOR"):
        if command := os.environ.get(variable, "").strip():
            return command
    if os.name == "nt":
        return "notepad"
    return next((name for name in ("editor", "nano") if shutil.which(name)), "vi")


def _wait_for(words: list[str]) -> int:
    """Run a command and return its exit code. Ctrl-C reaches only the editor, which may have unsaved text."""
    # A function, where SIG_IGN would be the editor's too, and before the start, or a Ctrl-C could come in between.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        with subprocess.Popen(words) as process:
            return process.wait()
    finally:
        signal.signal(signal.SIGINT, before)
