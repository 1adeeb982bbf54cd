"""Writing to the outside: standard output and error, the pager, and what happens when they fail."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import IO

from ora_cli.errors import ExitCode, OraError
from ora_cli.text.cleaning import clean


class Output:
    """What a command has to say: text for standard output as it comes, notes for standard error, an exit code.

    `code` counts when the text is through, so that text made on the way may change it.
    """

    def __init__(self, chunks: Iterable[str] = (), *, pager: str | None = None) -> None:
        self.chunks = chunks
        self.notes: list[str] = []
        self.code = ExitCode.OK
        self.pager = pager


def write(output: Output) -> ExitCode:
    """Write the output and return the exit code.

    Raises:
        OraError: standard output failed, other than by a reader that has had enough, or the pager is no command.
    """
    if sys.stdout is None:
        raise OraError("standard output is closed", code=ExitCode.IO)
    # A terminal or pipe that can't show a character gets a question mark rather than an error.
    with suppress(AttributeError):
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        if output.pager is None or not _page("".join(output.chunks), output.pager):
            for chunk in output.chunks:
                sys.stdout.write(chunk)
                sys.stdout.flush()
    except BrokenPipeError:
        discard(sys.stdout)
        return ExitCode.OK
    except OSError as error:
        discard(sys.stdout)
        raise OraError(f"cannot write to standard output: {error.strerror}", code=ExitCode.IO) from error
    note(*output.notes)
    return output.code


def is_terminal(stream: IO[str] | None) -> bool:
    """Say whether there is somebody at the other end of a stream."""
    return stream is not None and stream.isatty()


def note(*lines: str) -> None:
    """Write lines to standard error; if that fails there is nobody to tell."""
    if sys.stderr is None:
        return
    try:
        for line in "\n".join(lines).split("\n") if lines else ():
            sys.stderr.write(f"{_fitted(clean(line))}\n")
        sys.stderr.flush()
    except OSError:
        discard(sys.stderr)


def _fitted(line: str) -> str:
    """Return the line, wrapped where a terminal would break its words; what is there to be copied stays whole."""
    if not is_terminal(sys.stderr):
        return line
    import shutil
    import textwrap

    width = shutil.get_terminal_size().columns
    if len(line) <= width:
        return line
    text, colon, command = line.partition(": ora ")
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    wrapped = textwrap.wrap(
        text + colon[:1], width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join([*wrapped, f"{indent}ora {command}"] if command else wrapped)


def finish(code: int) -> int:
    """Write out what is still held back and return the exit code; Python itself would do so too late to say why."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        discard(sys.stdout)
        return ExitCode.OK
    except OSError as error:
        discard(sys.stdout)
        note(f"ora: cannot write to standard output: {error.strerror}")
        return ExitCode.IO
    return code


def _page(text: str, command: str) -> bool:
    """Show text in a pager and return whether that worked; an empty command and `cat` are no pagers."""
    # By hand: with Click's pager, and with pydoc's, nothing is shown when the program fails.
    import shlex
    import shutil
    import signal
    import tempfile

    try:
        words = shlex.split(command)
    except ValueError as error:
        raise OraError(
            f"the pager {command!r} is no command: {error}", code=ExitCode.BAD_CONFIG, hint="mend ORA_PAGER or PAGER"
        ) from error
    if words in ([], ["cat"]) or shutil.which(words[0]) is None:
        return False
    # As git does it: what a pager that is called as plain `less` needs to show colours and to leave when all fits.
    environment = {"LESS": "FRX", **os.environ}
    # A file rather than a pipe: how far the pager has read in it tells whether it has shown anything before it failed.
    try:
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as file:
            file.write(text)
            file.seek(0)
            code = _run_with_terminal(words, file, environment)
            return code in (0, -signal.SIGINT, 128 + signal.SIGINT) or os.lseek(file.fileno(), 0, os.SEEK_CUR) > 0
    except OSError:
        return False


def _run_with_terminal(words: list[str], stdin: IO[str], environment: dict[str, str]) -> int:
    """Run a command to its end and return its exit code.

    An interrupt is for the program that has the terminal: a pager that lost its parent would fight the shell.
    """
    import signal
    import subprocess

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.run(words, stdin=stdin, env=environment, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)


def discard(stream: IO[str] | None) -> None:
    """Point a broken stream at nothing, so that Python's own flush at exit has no error to report."""
    if stream is None:
        return
    with suppress(OSError, ValueError):
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, stream.fileno())
        os.close(devnull)
