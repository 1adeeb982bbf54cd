"""The vectors of a library's texts, as numbers. Each is stored as bytes: its numbers as shares of the largest.

The cosine of two vectors changes by less than 0.01 by that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import numpy as np

from ora_cli.index.cache import OnProgress
from ora_cli.index.database import Index
from ora_cli.semantic.encoder import DIMENSIONS, Encoder, Matrix, unit
from ora_cli.semantic.store import Encode, Packed, UnusedModelError, make, place_of, readable, stored

_LARGEST = 127


class Vectors:
    """The vectors of the articles of one index, and the model that makes those of a question.

    Raises:
        UnusedModelError: the library is too large, or the vectors cannot be kept.
        OraError: the folder lacks the files of the model as published.
    """

    def __init__(self, index: Index, model: Path, *, cache: Path | None, on_progress: OnProgress | None = None) -> None:
        self._model = model
        self._place = place_of(index, model, cache)
        self._database = stored(self._place) or make(self._place, index, model, self._new_encode, on_progress)

    def encode(self, text: str) -> Matrix:
        """Return the vector of a text."""
        vector: Matrix = self._encoder.encode([text])[0]
        return vector

    def of(self, article: int) -> list[Matrix]:
        """Return the vectors of the phrasings of an article, of its text, and of its unanswered questions, one a row.

        Of the text there are none if there are many phrasings.

        Raises:
            UnusedModelError: the file is damaged; it is deleted, to be made anew.
        """
        query = "SELECT phrasings, text, unanswered FROM vectors WHERE article = ?"
        try:
            [row] = self._database.execute(query, (article,))
            return list(map(_unpacked, row))
        except (sqlite3.Error, ValueError) as error:
            self.close()
            with suppress(OSError):
                self._place.path.unlink()
            raise UnusedModelError("its vectors were damaged; they are made anew the next time") from error

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @cached_property
    def _encoder(self) -> Encoder:
        with readable(self._model):
            return Encoder(self._model)

    def _new_encode(self) -> Encode:
        encoder = self._encoder

        def encode(texts: Sequence[Sequence[str]]) -> Packed:
            encoded = encoder.encode([text for part in texts for text in part])
            phrasings, text, unanswered = np.split(encoded, list(accumulate(map(len, texts)))[:-1])
            return _packed(phrasings), _packed(text), _packed(unanswered)

        return encode


def _packed(vectors: Matrix) -> bytes:
    if not len(vectors):
        return b""
    scaled = vectors * (_LARGEST / np.abs(vectors).max(axis=1, keepdims=True))
    return bytes(np.rint(scaled).astype(np.int8))


def _unpacked(packed: bytes) -> Matrix:
    return unit(np.frombuffer(packed, np.int8).reshape(-1, DIMENSIONS).astype(np.float32))
