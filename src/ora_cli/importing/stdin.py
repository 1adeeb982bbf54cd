"""Standard input as a file to import: what kind it is, its beginning says."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ora_cli.errors import ExitCode, OraError
from ora_cli.importing.csv import is_table
from ora_cli.importing.items import MOST_BYTES, Given
from ora_cli.text.decoding import encoding_of

STDIN = Path("-")
"""What stands for standard input."""

_BEGINNING = 1 << 16
# The first that fits; a table names its columns, and everything else is Markdown, which may begin with HTML too.
_KINDS = {
    ".html": r"(?is)\s*<(?:!doctype|\?xml|html|head|body|meta|script|.*(?:ld\+json|itemscope|typeof=))",
    ".jsonl": r"\s*\{",
    ".tsv": r"[^\n]*\t",
}


@contextmanager
def standard_input(given: Given) -> Iterator[Path]:
    """Write standard input to a file with the suffix of its kind, for as long as it is read."""
    if sys.stdin is None:
        raise OraError("standard input is closed", code=ExitCode.IO)
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    with TemporaryDirectory(prefix="ora-") as folder:
        file = Path(folder, f"stdin{_suffix(data, given)}")
        file.write_bytes(data)
        yield file


def _suffix(data: bytes, given: Given) -> str:
    text = data[:_BEGINNING].decode(encoding_of(data), "ignore")
    kind = next((suffix for suffix, start in _KINDS.items() if re.match(start, text)), None)
    return kind or (".csv" if given.columns or is_table(text) else ".md")
