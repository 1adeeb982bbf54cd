"""The prompt: lines typed on a terminal, with editing and a history that ends with the session."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress

_PROMPT = "ora> "
_LEAVE = ("q", "quit", "exit")


def lines() -> Iterator[str]:
    """Yield what is typed, without empty lines, until `q` or the end of the input."""
    with suppress(ImportError):  # not on Windows, whose terminals edit lines themselves
        import readline  # noqa: F401 -- `input` uses it once it is there
    # A key that sends bytes of another encoding makes a question mark rather than an error.
    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    while True:
        try:
            line = input(_PROMPT).strip()
        except EOFError:
            sys.stdout.write("\n")
            return
        except KeyboardInterrupt:
            sys.stdout.write("\n")
            raise
        if line.lower() in _LEAVE:
            return
        if line:
            yield line
            sys.stdout.write("\n")
