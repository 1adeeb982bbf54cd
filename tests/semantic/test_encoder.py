"""The vectors of texts: what BERT's arithmetic gives, whatever else is encoded with them."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from models import MARKS, write_model

from ora_cli.semantic.encoder import DIMENSIONS, Encoder, Matrix
from ora_cli.semantic.store import VOCABULARY, WEIGHTS
from ora_cli.semantic.wordpiece import WordPiece

WORDS = ("swollen", "puffy", "lip", "lips", "after", "filler", "##s", "itch", "##y", "?", "'", "can", "t", "-", "₂")
HEADS = 12

# Texts, and their pieces between the marks of start and end.
PIECES: dict[str, tuple[str, ...]] = {
    "swollen lips": ("swollen", "lips"),
    "Swollen LIPS?": ("swollen", "lips", "?"),
    "fillers itchy": ("filler", "##s", "itch", "##y"),
    "can't-filler": ("can", "'", "t", "-", "filler"),
    "swöllen\u00ad lip\u0301": ("swollen", "lip"),
    "zorbel lip": ("[UNK]", "lip"),
    "itchyzz": ("[UNK]",),
    "lip" * 40: ("[UNK]",),
    "  \t\n": (),
    "£lip lip₂": ("[UNK]", "[UNK]"),
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a model with two layers."""
    return write_model(tmp_path_factory.mktemp("models") / "small", WORDS, layers=2)


@pytest.mark.parametrize("text", PIECES)
def test_texts_become_pieces(model: Path, text: str) -> None:
    """The longest pieces from the left; marks stand alone, accents go, a word without pieces is unknown as a whole."""
    names = (model / VOCABULARY).read_text(encoding="utf-8").splitlines()
    read = [names[number] for number in WordPiece(model / VOCABULARY).numbers(text, most=256)]
    assert read == ["[CLS]", *PIECES[text], "[SEP]"]


def test_a_long_text_is_cut(model: Path) -> None:
    """The end is marked all the same."""
    numbers = WordPiece(model / VOCABULARY).numbers("lip " * 500, most=20)
    assert len(numbers) == 20
    assert (numbers[0], numbers[-1]) == (MARKS.index("[CLS]"), MARKS.index("[SEP]"))


def test_vectors_are_those_of_the_formula(model: Path) -> None:
    """Compared with the arithmetic of one text written out, head by head."""
    encoder = Encoder(model)
    expected = slow_vector(model, "swollen lips after filler?")
    assert encoder.encode(["swollen lips after filler?"])[0] == pytest.approx(expected, abs=1e-4)


def test_a_vector_is_its_text_s_own(model: Path) -> None:
    """What else is encoded, and in which order, changes nothing; each has the length 1."""
    texts = ["lip", "swollen lips after filler", "can't itch", "puffy " * 90, "", "lip"] * 12
    encoder = Encoder(model)
    together = encoder.encode(texts)
    assert together.shape == (len(texts), DIMENSIONS)
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-5)
    for text, vector in zip(texts[:6], together, strict=False):
        assert encoder.encode([text])[0] == pytest.approx(vector, abs=1e-5)


def slow_vector(model: Path, text: str) -> Matrix:
    """Return the vector of one text: the encoder of Devlin and others 2019, section 3, piece by piece."""
    import json

    data = (model / WEIGHTS).read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    named = {}
    for name, entry in json.loads(data[8:start]).items():
        first, end = entry["data_offsets"]
        named[name] = np.frombuffer(data[start + first : start + end], np.float32).reshape(entry["shape"])

    def normal(vector: Matrix) -> Matrix:
        return (vector - vector.mean()) / np.sqrt(vector.var() + 1e-12)

    def dense(vector: Matrix, name: str) -> Matrix:
        return named[f"{name}.weight"] @ vector + named[f"{name}.bias"]

    def gelu(value: float) -> float:
        return value * (1 + math.erf(value / math.sqrt(2))) / 2

    states = [
        normal(named["embeddings.word_embeddings.weight"][number])
        for number in WordPiece(model / VOCABULARY).numbers(text, most=256)
    ]
    for layer in range(2):
        name = f"encoder.layer.{layer}"
        size = DIMENSIONS // HEADS
        attended = []
        for state in states:
            parts = []
            for head in range(HEADS):
                part = slice(head * size, (head + 1) * size)
                query = dense(state, f"{name}.attention.self.query")[part]
                keys = [dense(other, f"{name}.attention.self.key")[part] for other in states]
                values = [dense(other, f"{name}.attention.self.value")[part] for other in states]
                powers = [math.exp(query @ key / math.sqrt(size)) for key in keys]
                parts.append(sum(power * value for power, value in zip(powers, values, strict=True)) / sum(powers))
            attended.append(dense(np.concatenate(parts), f"{name}.attention.output.dense"))
        states = [normal(state + added) for state, added in zip(states, attended, strict=True)]
        inner = [np.array([gelu(x) for x in dense(state, f"{name}.intermediate.dense")]) for state in states]
        states = [normal(state + dense(x, f"{name}.output.dense")) for state, x in zip(states, inner, strict=True)]
    mean = np.mean(states, axis=0)
    return mean / np.linalg.norm(mean)
