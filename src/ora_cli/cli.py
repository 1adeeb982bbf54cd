"""The command line: run the program and turn whatever ends it into a documented exit code."""

from __future__ import annotations

import gc
import os
import sys

from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal import output


def main() -> None:
    """Run the program and exit with a documented exit code (`ExitCode`)."""
    code = output.finish(_run())
    gc.freeze()  # without this Python would search everything for garbage before it exits
    sys.exit(code)


def _run() -> int:
    try:
        if sys.stdout is None:
            raise OSError("standard output is closed")
        return _run_command()
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except OraError as error:
        output.note_error(error)
        _write_failure(str(error))
        return error.code
    except SystemExit:  # Typer exits this way after a completion, and when the reader of the help closes the pipe
        return ExitCode.OK
    except OSError as error:
        output.note(f"ora: {error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        output.discard(sys.stdout)
        return ExitCode.IO
    except Exception as error:
        if os.environ.get("ORA_DEBUG"):
            raise
        output.note(f"ora: unexpected error: {type(error).__name__}: {error}", "hint: ORA_DEBUG=1 shows where")
        return ExitCode.UNEXPECTED


def _run_command() -> int:
    """Answer a plain question; have Typer read any other command line."""
    from ora_cli.commands.plain_question import answered, words_of

    completing = bool(os.environ.get("_ORA_COMPLETE"))
    if not completing and (words := words_of(sys.argv[1:])):
        return answered(words)
    from typer._click.exceptions import ClickException

    from ora_cli.commands.program import app

    if completing:
        from ora_cli.terminal import completion

        completion.register()
    try:
        return app(prog_name="ora", standalone_mode=False, windows_expand_args=False) or ExitCode.OK
    except ClickException as error:
        error.show()
        _explain_usage(error.message)
        return error.exit_code


def _explain_usage(message: str) -> None:
    if message.startswith("No such option"):
        behind_command = len(sys.argv) > 1 and not sys.argv[1].startswith("-")
        output.note(
            "hint: words that start with a hyphen go behind --, as in: ora ask -- what is -5"
            if behind_command
            else "hint: options stand behind the command or the question, as in: ora list --json"
        )
    _write_failure(message)


def _write_failure(message: str) -> None:
    """Write the object of a failure, if JSON was asked for."""
    if "--json" in sys.argv or "--format=json" in sys.argv:
        from contextlib import suppress

        from ora_cli.render import json_lines

        with suppress(OraError):
            output.write(output.Output([json_lines.line(json_lines.failure(message, ""))], for_programs=True))
