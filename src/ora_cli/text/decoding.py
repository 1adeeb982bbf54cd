"""The bytes of files as text: UTF-8, or what the mark at their beginning says."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import IO

UTF_8 = "utf-8-sig"
# UTF-16 is what PowerShell 5 and spreadsheets write. The mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(start: bytes) -> str:
    """Return the encoding of a text that begins like this."""
    return next((encoding for mark, encoding in _MARKS if start.startswith(mark)), UTF_8)


def decode(data: bytes) -> str:
    """Return the text of a file, without its mark.

    Raises:
        UnicodeDecodeError: it is not text in the encoding that it should be in.
    """
    return data.decode(encoding_of(data))


def utf8_lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a stream in UTF-8. What is not the text that its mark promises comes as it is."""
    first = stream.readline()
    encoding = encoding_of(first)
    if encoding == UTF_8:
        if first:
            yield first
        yield from stream
        return
    data = first + stream.read()
    with suppress(UnicodeError):
        data = data.decode(encoding).encode()
    yield from BytesIO(data)
