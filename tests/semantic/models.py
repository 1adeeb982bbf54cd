"""Small models of the form that `ora_cli.semantic` reads, for tests: words that mean the same have the same vector."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ora_cli.index.files import digest_of
from ora_cli.semantic.encoder import DIMENSIONS, Matrix
from ora_cli.semantic.store import VOCABULARY, WEIGHTS

MARKS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
_INNER = 64


def write_model(folder: Path, words: Sequence[str], *, same: Mapping[str, str] | None = None, layers: int = 0) -> Path:
    """Write a model with random vectors into a new folder; a word of `same` has the vector of the word it maps to."""
    folder.mkdir(parents=True)
    pieces = [*MARKS, *dict.fromkeys(words)]
    (folder / VOCABULARY).write_text("\n".join(pieces) + "\n", encoding="utf-8")
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(len(pieces), DIMENSIONS))
    # The marks of start and end stand in every text and tell nothing.
    vectors[: len(MARKS)] *= 0.01
    for word, other in (same or {}).items():
        vectors[pieces.index(word)] = vectors[pieces.index(other)]
    tensors = {
        "embeddings.word_embeddings.weight": vectors,
        "embeddings.position_embeddings.weight": np.zeros((256, DIMENSIONS)),
        "embeddings.token_type_embeddings.weight": np.zeros((2, DIMENSIONS)),
        **_normal("embeddings.LayerNorm"),
    }
    for layer in range(layers):
        tensors |= _layer(f"encoder.layer.{layer}", rng)
    write_tensors(folder / WEIGHTS, {name: tensor.astype(np.float32) for name, tensor in tensors.items()})
    return folder


def write_tensors(file: Path, tensors: Mapping[str, Matrix]) -> None:
    """Write a safetensors file."""
    header, data = {}, b""
    for name, tensor in tensors.items():
        bytes_ = tensor.tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [len(data), len(data) + len(bytes_)],
        }
        data += bytes_
    written = json.dumps(header).encode()
    # The format wants the numbers to start at a multiple of eight bytes.
    written += b" " * (-len(written) % 8)
    file.write_bytes(len(written).to_bytes(8, "little") + written + data)


def hashes(folder: Path) -> dict[str, str]:
    """Return the hashes of the files of a model."""
    return {name: digest_of(folder / name) for name in (WEIGHTS, VOCABULARY)}


def _layer(name: str, rng: np.random.Generator) -> dict[str, Matrix]:
    def dense(part: str, outputs: int, inputs: int) -> dict[str, Matrix]:
        return {
            f"{name}.{part}.weight": rng.normal(size=(outputs, inputs)) / np.sqrt(inputs),
            f"{name}.{part}.bias": rng.normal(size=outputs) / 10,
        }

    tensors = {}
    for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
        tensors |= dense(part, DIMENSIONS, DIMENSIONS)
    tensors |= dense("intermediate.dense", _INNER, DIMENSIONS) | dense("output.dense", DIMENSIONS, _INNER)
    return tensors | _normal(f"{name}.attention.output.LayerNorm") | _normal(f"{name}.output.LayerNorm")


def _normal(name: str) -> dict[str, Matrix]:
    return {f"{name}.weight": np.ones(DIMENSIONS), f"{name}.bias": np.zeros(DIMENSIONS)}
