"""Asking somebody at a terminal, where there is somebody to ask."""

from __future__ import annotations

import os
import sys

from ora_cli.terminal.output import is_terminal, note


def can_ask() -> bool:
    """Return whether there is a person to ask: all three streams are terminals, and nothing says otherwise."""
    return not os.environ.get("CI") and all(map(is_terminal, (sys.stdin, sys.stdout, sys.stderr)))


def confirmed(question: str) -> bool:
    """Ask a yes-or-no question; an empty line means yes, the end of input no."""
    # By hand: typer.confirm can't tell the end of input from Ctrl-C, which has an exit code of its own.
    typed = reply(question)
    return typed is not None and typed.lower() in ("", "y", "yes")


def reply(question: str) -> str | None:
    """Return what is typed after a question on standard error; None at the end of the input."""
    if sys.stderr is not None:
        sys.stderr.write(question)
        sys.stderr.flush()
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        return ""  # a key that sends bytes of another encoding is no answer
    except KeyboardInterrupt:
        note("")
        raise
    if not line:
        note("")
        return None
    return line.strip()
