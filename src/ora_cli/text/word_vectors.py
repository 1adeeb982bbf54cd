"""Word vectors: words that people use of the same things point the same way, as "jab" and "injection" do.

data/word_vectors.bin has the stems, sorted, a line each; then, after an empty line, as many vectors of DIMENSIONS
bytes, each byte BIAS more than its value. benchmarks/fit_word_vectors.py makes it from questions and the articles that
answer them.
"""

from __future__ import annotations

import math
import struct
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable
from functools import cache, lru_cache
from operator import mul

from ora_cli.paths import bundled

DIMENSIONS = 64
BIAS = 128
"""What is added to each value, so that it fits a byte, and no sum of some is below zero."""

_UNIT = 127
# To this power the share of known words makes a direction shorter.
_STRICTNESS = 8
_LANES = f"<{DIMENSIONS}I"
_LANE_BYTES = struct.calcsize(_LANES) // DIMENSIONS
_CACHED_STEMS = 50_000


def direction(stems: Iterable[str], grammar: Container[str]) -> bytes:
    """Return the direction of the sum of the vectors of these stems, repeated ones as often as they come.

    It is a vector of DIMENSIONS signed bytes, where _UNIT stands for 1. Its length is 1 if every stem that is not in
    `grammar` has a vector, and less the more of them have none: the text is about other things then. It is empty if
    none of them has one.
    """
    # The values of a vector lie side by side in one long integer, so that an addition adds all of them at once. A lane
    # of four bytes holds the sum of 16 million stems, more than any file of articles may have.
    total = added = content = familiar = 0
    for stem, count in Counter(stems).items():
        lanes = _lanes(stem)
        total += count * lanes
        added += count if lanes else 0
        if stem not in grammar:
            content += 1
            familiar += bool(lanes)
    if not familiar:
        return b""
    values = [lane - added * BIAS for lane in struct.unpack(_LANES, total.to_bytes(DIMENSIONS * _LANE_BYTES, "little"))]
    scale = _UNIT * (familiar / content) ** _STRICTNESS / (math.hypot(*values) or 1.0)
    return struct.pack(f"{DIMENSIONS}b", *(round(scale * value) for value in values))


def product(one: bytes, other: bytes) -> float:
    """Return the product of two directions, -1 to 1: the cosine, less what their lengths lack; 0 if one is empty."""
    if not one or not other:
        return 0.0
    total: int = sum(map(mul, memoryview(one).cast("b"), memoryview(other).cast("b")))
    return total / (_UNIT * _UNIT)


def length(one: bytes) -> float:
    """Return the length of a direction, 0 to 1."""
    return min(1.0, math.hypot(*memoryview(one).cast("b")) / _UNIT)


@lru_cache(maxsize=_CACHED_STEMS)
def _lanes(stem: str) -> int:
    """Return the vector of a stem as one integer, a lane of four bytes for each value; 0 if it has none."""
    stems, vectors = _file()
    place = bisect_left(stems, stem)
    if place == len(stems) or stems[place] != stem:
        return 0
    spread = bytearray(DIMENSIONS * _LANE_BYTES)
    spread[::_LANE_BYTES] = vectors[place * DIMENSIONS : (place + 1) * DIMENSIONS]
    return int.from_bytes(spread, "little")


@cache
def version() -> str:
    """Return what tells these vectors from others: directions can only be compared if they are of the same ones."""
    return f"{zlib.crc32(_content()):08x}"


@cache
def _file() -> tuple[list[str], bytes]:
    stems, _, vectors = _content().partition(b"\n\n")
    return stems.decode("utf-8").split("\n"), vectors


@cache
def _content() -> bytes:
    return bundled("word_vectors.bin").read_bytes()
