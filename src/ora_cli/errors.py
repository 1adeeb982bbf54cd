"""The base exception of the project, and the exit codes."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of `ora`; those from 65 on are from BSD's sysexits.h."""

    OK = 0
    NOTHING = 1
    USAGE = 2
    BAD_ARTICLES = 65
    UNEXPECTED = 70
    IO = 74
    BAD_CONFIG = 78
    INTERRUPTED = 130


class OraError(Exception):
    """An error that the user can understand and correct; `hint` says how, and `code` is the exit code."""

    def __init__(self, message: str, *, code: ExitCode, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
