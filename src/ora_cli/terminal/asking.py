"""Asking somebody at a terminal, where there is somebody to ask."""

from __future__ import annotations

import os
import sys

from ora_cli.terminal.output import is_terminal


def can_ask() -> bool:
    """Return whether there is a person to ask: all three streams are terminals, and nothing says otherwise."""
    return not os.environ.get("CI") and all(map(is_terminal, (sys.stdin, sys.stdout, sys.stderr)))


def reply(question: str) -> str | None:
    """Return what is typed after a question on standard error; None at the end of the input."""
    sys.stderr.write(question)
    sys.stderr.flush()
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        return ""  # a key that sends bytes of another encoding is no answer
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        raise
    if not line:
        sys.stderr.write("\n")
        return None
    return line.strip()
