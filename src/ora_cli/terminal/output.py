"""Standard output and error, the pager, and what happens when they fail."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import IO

from ora_cli.errors import ExitCode, OraError
from ora_cli.text.cleaning import clean

# What only a shell understands: several commands, a variable set for one, a home folder.
_SHELL_SYNTAX = r"[|&;<>()$`*?]|^\s*\w+=|(?:^|\s)~"
_QUOTED = r"""'[^']*'|"[^"$`]*\""""
_SHELL = "/bin/sh"
_BELOW_NUMBERED = 4


class Output:
    """The output of a command: chunks of text for standard output, notes for standard error, and the exit code.

    `code` is read after the last chunk, so that an iterator of chunks may change it. `for_programs` is what programs
    read: it is UTF-8 whatever the encoding of the terminal, and its lines end alike on every system.
    """

    def __init__(self, chunks: Iterable[str] = (), *, pager: str | None = None, for_programs: bool = False) -> None:
        self.chunks = chunks
        self.for_programs = for_programs
        self.notes: list[str] = []
        self.code = ExitCode.OK
        self.pager = pager


def write(output: Output) -> ExitCode:
    """Write the output and return the exit code.

    Raises:
        OraError: writing failed for another reason than a closed pipe, or the pager is not a valid command.
    """
    if sys.stdout is None:
        raise OraError("standard output is closed", code=ExitCode.IO)
    with suppress(AttributeError):
        if output.for_programs:
            sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
        else:  # a character that the encoding of the terminal lacks becomes a question mark
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
    """Return whether a stream is connected to a terminal."""
    return stream is not None and stream.isatty()


def note(*lines: str) -> None:
    """Write lines to standard error; errors are ignored, because there is nowhere to report them."""
    if sys.stderr is None:
        return
    try:
        for line in "\n".join(lines).split("\n") if lines else ():
            sys.stderr.write(f"{_fitted(clean(line))}\n")
        sys.stderr.flush()
    except OSError:
        discard(sys.stderr)


def note_error(error: OraError) -> None:
    """Write an error to standard error, with the hint on how to mend it."""
    note(f"ora: {error}", *([f"hint: {error.hint}"] if error.hint else []))


def _fitted(line: str) -> str:
    """Return the line, wrapped at blanks if standard error is a terminal; commands to copy are not broken."""
    if not is_terminal(sys.stderr):
        return line
    import shutil

    from ora_cli.text.wrapping import cell_width, wrapped

    width = shutil.get_terminal_size().columns
    if cell_width(line) <= width:
        return line
    text, colon, command = line.partition(": ora ")
    # A numbered line goes on below its text, and so does what is said below one.
    indent = " " * min(len(line) - len(line.lstrip()) + 2, _BELOW_NUMBERED)
    lines = wrapped(text + colon[:1], width, indent=indent)
    return "\n".join([*lines, f"{indent}ora {command}"] if command else lines)


def finish(code: int) -> int:
    """Flush standard output and return the exit code; an error when Python exits could no longer be reported."""
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
    """Show text in a pager and return whether that worked; it does not for an empty command or `cat`."""
    # Click's and pydoc's pagers show nothing if the program fails.
    import re
    import signal
    import tempfile

    words = _pager_words(command)
    if not words:
        return False
    # Like git: plain `less` needs these options to show colours and to exit if the text fits on the screen.
    environment = {"LESS": "FRX", **os.environ}
    if "\x1b" in text and not re.search("[Rr]", environment["LESS"]):
        environment["LESS"] = f"-R {environment['LESS']}"
    # The text is in a file, not a pipe, so that its position tells whether the pager has read any of it.
    try:
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as file:
            file.write(text)
            file.seek(0)
            code = _run_with_terminal(words, file, environment)
            if os.lseek(file.fileno(), 0, os.SEEK_CUR) > 0:
                return True
            # Of several commands in a shell the first may be missing and the last succeed.
            return words[0] != _SHELL and code in (0, -signal.SIGINT, 128 + signal.SIGINT)
    except OSError:
        return False


def _pager_words(command: str) -> list[str]:
    """Return the words to run for a pager, none for one that is none; what only a shell understands goes to the shell.

    Raises:
        OraError: a quotation in it does not end.
    """
    import re
    import shutil

    from ora_cli.terminal.programs import words_of

    try:
        words = words_of(command)
    except ValueError as error:
        hint = "fix ORA_PAGER or PAGER"
        raise OraError(f"the pager {command!r} is no command: {error}", code=ExitCode.BAD_CONFIG, hint=hint) from error
    if os.name != "nt" and re.search(_SHELL_SYNTAX, re.sub(_QUOTED, "", command)):
        return [_SHELL, "-c", command]
    return [] if words in ([], ["cat"]) or shutil.which(words[0]) is None else words


def _run_with_terminal(words: list[str], stdin: IO[str], environment: dict[str, str]) -> int:
    """Run a command to its end and return its exit code.

    Ctrl-C is ignored here and left to the command: a pager without its parent would compete with the shell.
    """
    import signal
    import subprocess

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.run(words, stdin=stdin, env=environment, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)


def discard(stream: IO[str] | None) -> None:
    """Redirect a broken stream to the null device, so that Python can flush it at exit without an error."""
    if stream is None:
        return
    with suppress(OSError, ValueError):
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, stream.fileno())
        os.close(devnull)
