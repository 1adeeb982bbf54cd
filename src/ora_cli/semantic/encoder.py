"""Vectors of what sentences mean, by a small language model that the user has on disk (the extra "semantic").

The model is all-MiniLM-L6-v2 (Reimers and Gurevych 2019, arXiv:1908.10084; Wang and others 2020, arXiv:2002.10957) as
its authors publish it: six layers of a BERT encoder, whose mean is the vector. It is read with numpy
alone: a runtime for any model takes longer to load than this one to run.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ora_cli.semantic.store import VOCABULARY, WEIGHTS
from ora_cli.semantic.wordpiece import WordPiece

Matrix: TypeAlias = NDArray[np.float32]

DIMENSIONS = 384
_HEADS = 12
_EPSILON = 1e-12
# The authors' limit; questions and passages are far shorter.
_MOST_PIECES = 256
_BATCH = 32
# More than any score, so that what fills up a shorter text gets no attention.
_NOTHING = -1e4


class Encoder:
    """The model of a folder. It holds the file of the weights open, and reads of it what it needs."""

    def __init__(self, folder: Path) -> None:
        self._pieces = WordPiece(folder / VOCABULARY)
        self._weights = _read_weights(folder / WEIGHTS)
        self._layers = sum(name.endswith("attention.self.query.weight") for name in self._weights)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return the vectors of the texts, one a row, each of length 1."""
        numbers = [self._pieces.numbers(text, most=_MOST_PIECES) for text in texts]
        order = sorted(range(len(texts)), key=lambda place: len(numbers[place]))
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            vectors[places] = self._mean([numbers[place] for place in places])
        return unit(vectors)

    def _mean(self, batch: Sequence[Sequence[int]]) -> Matrix:
        """Return the mean of the last layer over the pieces of each text."""
        longest = max(map(len, batch))
        padded = np.array([[*numbers, *[0] * (longest - len(numbers))] for numbers in batch])
        there = np.array([[place < len(numbers) for place in range(longest)] for numbers in batch])
        named = self._weights
        state = named["embeddings.word_embeddings.weight"][padded]
        state = state + named["embeddings.position_embeddings.weight"][:longest]
        state = state + named["embeddings.token_type_embeddings.weight"][0]
        state = self._normal(state, "embeddings.LayerNorm")
        mask = np.where(there, 0, _NOTHING).astype(np.float32)[:, None, None, :]
        for layer in range(self._layers):
            state = self._layer(state, mask, f"encoder.layer.{layer}")
        shares: Matrix = (there / there.sum(axis=1, keepdims=True)).astype(np.float32)
        mean: Matrix = np.einsum("bt,btd->bd", shares, state)
        return mean

    def _layer(self, state: Matrix, mask: Matrix, name: str) -> Matrix:
        query, key, value = (self._heads(state, f"{name}.attention.self.{part}") for part in ("query", "key", "value"))
        scores = query @ key.swapaxes(-1, -2) / np.float32(math.sqrt(query.shape[-1])) + mask
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        attended = (scores / scores.sum(axis=-1, keepdims=True)) @ value
        attended = attended.swapaxes(1, 2).reshape(state.shape)
        output = f"{name}.attention.output"
        state = self._normal(state + self._dense(attended, f"{output}.dense"), f"{output}.LayerNorm")
        inner = _gelu(self._dense(state, f"{name}.intermediate.dense"))
        return self._normal(state + self._dense(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _heads(self, state: Matrix, name: str) -> Matrix:
        """Return a projection of the state as (texts, heads, pieces, part)."""
        texts, pieces, _ = state.shape
        return self._dense(state, name).reshape(texts, pieces, _HEADS, -1).swapaxes(1, 2)

    def _dense(self, state: Matrix, name: str) -> Matrix:
        flat = state.reshape(-1, state.shape[-1]) @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return flat.reshape(*state.shape[:-1], -1)

    def _normal(self, state: Matrix, name: str) -> Matrix:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _EPSILON)
        normal: Matrix = centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return normal


def unit(vectors: Matrix) -> Matrix:
    """Return the vectors, one a row, each of length 1."""
    scaled: Matrix = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return scaled


def _gelu(values: Matrix) -> Matrix:
    """Return x times the normal distribution at x, by tanh (Hendrycks and Gimpel 2016, arXiv:1606.08415, section 2).

    It differs from the exact one by less than 0.001, and takes a tenth of the time: numpy has no error function.
    """
    inner = values * values
    inner *= np.float32(0.044715)
    inner += 1
    inner *= values
    inner *= np.float32(math.sqrt(2 / math.pi))
    np.tanh(inner, out=inner)
    inner += 1
    inner *= values
    inner *= np.float32(0.5)
    return inner


def _read_weights(file: Path) -> dict[str, Matrix]:
    """Return the tensors of a safetensors file by name, mapped from disk.

    The format: eight bytes for the length of the header, the header in JSON, the numbers.
    """
    mapped = np.memmap(file, dtype=np.uint8, mode="r")
    start = 8 + int.from_bytes(mapped[:8].tobytes(), "little")
    header = json.loads(mapped[8:start].tobytes())
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        first, end = entry["data_offsets"]
        if entry["dtype"] == "F32":  # the numbers of the places, which are integers, are not needed
            tensors[name] = mapped[start + first : start + end].view(np.float32).reshape(entry["shape"])
    return tensors
