"""The one exception type of the project, and the exit codes it becomes."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What `ora` returns to the shell; the numbers from 65 on are those of BSD's sysexits.h."""

    OK = 0
    NOTHING = 1
    USAGE = 2
    BAD_ARTICLES = 65
    UNEXPECTED = 70
    IO = 74
    BAD_CONFIG = 78
    INTERRUPTED = 130


class OraError(Exception):
    """Something the user can understand and mend; `hint` says how."""

    def __init__(self, message: str, *, code: ExitCode, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
