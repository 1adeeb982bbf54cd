"""Standard input as a file to import: what kind it is, its beginning says."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ora_cli.errors import ExitCode, OraError
from ora_cli.importing.items import MOST_BYTES
from ora_cli.text.decoding import encoding_of

STDIN = Path("-")
"""What stands for standard input."""

_BEGINNING = 1 << 16
# The first that fits; everything else is Markdown.
_KINDS = {
    ".html": r"\s*<",
    ".jsonl": r"\s*\{",
    ".tsv": r"[^\n]*\t",
    ".csv": r"""(?i)("?sep=|[^\n#]*\b(questions?|title|answers?)\b[^\n]*[,;|])""",
}


@contextmanager
def standard_input() -> Iterator[Path]:
    """Write standard input to a file with the suffix of its kind, for as long as it is read."""
    if sys.stdin is None:
        raise OraError("standard input is closed", code=ExitCode.IO)
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    with TemporaryDirectory(prefix="ora-") as folder:
        file = Path(folder, f"stdin{_suffix(data)}")
        file.write_bytes(data)
        yield file


def _suffix(data: bytes) -> str:
    text = data[:_BEGINNING].decode(encoding_of(data), "ignore")
    return next((suffix for suffix, start in _KINDS.items() if re.match(start, text)), ".md")
