"""The prompt: lines typed on a terminal, with editing and a history that ends with the session.

Python's readline rather than prompt_toolkit: it edits a line and calls back an earlier one as well, is there already,
and takes 1 ms to import, where prompt_toolkit takes 110 and brings two packages of 10 MB.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress

_PROMPT = "ora> "
LEAVE = ("q", "quit", "exit")
"""What is typed to leave, at a prompt and where a number is asked for."""


def lines() -> Iterator[str]:
    """Yield what is typed, without empty lines, until `q` or the end of the input; Ctrl-C clears the line."""
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
            continue
        if line.lower() in LEAVE:
            return
        if line:
            yield line
            sys.stdout.write("\n")
