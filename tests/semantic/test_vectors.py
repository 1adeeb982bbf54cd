"""The vectors of a library: made once, kept beside its index, made anew only for what has changed, never trusted."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from models import hashes, write_model

from ora_cli.errors import ExitCode, OraError
from ora_cli.index.cache import open_index
from ora_cli.index.files import lock
from ora_cli.semantic import store
from ora_cli.semantic.encoder import Encoder, Matrix
from ora_cli.semantic.store import VOCABULARY, WEIGHTS, UnusedModelError
from ora_cli.semantic.vectors import Vectors

WORDS = ("how", "long", "does", "a", "mask", "stay", "on", "glove", "itch", "why", "clay", "my", "hands")
ROWS: list[dict[str, Any]] = [
    {"slug": "mask-time", "title": "How long does a mask stay on?", "unanswered": ["why clay"]},
    {"slug": "mask-itch", "title": "Why does a mask itch?", "also_asked": ["clay itch"]},
    {"slug": "gloves", "title": "Does a glove itch?"},
]


class Place:
    """A file of articles, a cache and a model; `encoded` are the texts that the model was given."""

    def __init__(self, folder: Path, model: Path, encoded: list[str]) -> None:
        self.file, self.cache, self.model, self.encoded = folder / "own.jsonl", folder / "cache", model, encoded
        self.write(ROWS)

    def write(self, rows: list[dict[str, Any]]) -> None:
        """Write the file of articles."""
        lines = (json.dumps({"category": "c", "answer": "Yes.", **row}) + "\n" for row in rows)
        self.file.write_text("".join(lines), encoding="utf-8")

    def open(self) -> tuple[dict[str, int], Vectors]:
        """Return the numbers of the articles by slug, and the vectors."""
        index = open_index([self.file], cache=self.cache)
        return {entry.slug: entry.id for entry in index.entries()}, Vectors(index, self.model, cache=self.cache)

    def texts_read(self) -> list[str]:
        """Open the vectors, and return what the model had to read for that."""
        self.encoded.clear()
        self.open()[1].close()
        return sorted(self.encoded)

    @property
    def stored(self) -> Path:
        """The file of the vectors."""
        [file] = self.cache.glob("meaning-*.sqlite")
        return file


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("models") / "small", WORDS)


@pytest.fixture
def place(tmp_path: Path, published: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Return a place with a model of its own that counts as the published one."""
    encoded: list[str] = []
    encode = Encoder.encode

    def noting(self: Encoder, texts: list[str]) -> Matrix:
        encoded.extend(texts)
        return encode(self, texts)

    model = Path(shutil.copytree(published, tmp_path / "model"))
    monkeypatch.setattr(store, "SHA256", hashes(model))
    monkeypatch.setattr(Encoder, "encode", noting)
    return Place(tmp_path, model, encoded)


def test_each_article_has_those_of_its_phrasings_and_of_what_it_does_not_answer(place: Place) -> None:
    """What is stored differs from what the model says by less than a hundredth of a cosine."""
    ids, found = place.open()
    expected = Encoder(place.model).encode(["How long does a mask stay on?", "why clay"])
    phrasings, text, unanswered = found.of(ids["mask-time"])
    assert (len(phrasings), len(text), len(unanswered)) == (1, 1, 1)
    assert phrasings @ expected[0] == pytest.approx(1, abs=0.01)
    assert unanswered @ expected[1] == pytest.approx(1, abs=0.01)
    assert np.linalg.norm(text, axis=1) == pytest.approx(1, abs=1e-5)


def test_an_article_with_few_phrasings_is_found_by_what_it_says(place: Place) -> None:
    """Each line of its answer and, with its heading, of its sections counts like a phrasing; with many none does."""
    section = {"heading": "Why", "body": "Clay **dries**.\n\n- It cracks."}
    row = {"slug": "clay", "title": "Does clay itch?", "answer": "Yes.\nA little.", "section": [section]}
    place.write([row])
    assert place.texts_read() == sorted(
        ["Does clay itch?", "Yes.", "A little.", "Why: Clay dries.", "Why: - It cracks."]
    )
    asked = [f"clay {number}" for number in range(9)]
    place.write([{**row, "also_asked": asked}])
    assert place.texts_read() == sorted(["Does clay itch?", *asked])


def test_only_what_has_changed_is_read_again(place: Place) -> None:
    """All at first, then nothing, then what was added or reworded."""
    assert len(place.texts_read()) == 8
    assert place.texts_read() == []
    place.write([*ROWS[1:], {"slug": "hands", "title": "Why do my hands itch?"}])
    assert place.texts_read() == ["Why do my hands itch?", "Yes."]
    place.write([*ROWS[1:], {"slug": "hands", "title": "Why do my hands itch?", "reviewed": "2026-01-02"}])
    assert place.texts_read() == []


def test_what_is_damaged_is_made_anew(place: Place) -> None:
    """A byte that has changed is noticed; so is a file that others can have written."""
    place.texts_read()
    content = bytearray(place.stored.read_bytes())
    content[len(content) // 2] ^= 1
    place.stored.write_bytes(content)
    assert len(place.texts_read()) == 8
    place.stored.chmod(0o666)
    assert len(place.texts_read()) == 8
    assert place.texts_read() == []


def test_what_is_damaged_while_it_is_used_is_deleted(place: Place) -> None:
    """The first look at it says so, and the next process makes it anew."""
    ids, found = place.open()
    found.close()
    with pytest.raises(UnusedModelError, match="made anew"):
        found.of(ids["gloves"])
    assert len(place.texts_read()) == 8


def test_an_interrupted_reading_is_not_lost(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """What had been read by then is kept, also of an earlier file, and nothing else is left in the folder."""
    place.texts_read()
    place.write([{"slug": "hands", "title": "Why do my hands itch?"}, *ROWS, {"slug": "z", "title": "Does it itch?"}])
    encode = Encoder.encode

    def stopped(self: Encoder, texts: list[str]) -> Matrix:
        if place.encoded:
            raise KeyboardInterrupt
        return encode(self, texts)

    place.encoded.clear()
    with monkeypatch.context() as interrupted:
        interrupted.setattr(Encoder, "encode", stopped)
        with pytest.raises(KeyboardInterrupt):
            place.open()
    assert [file.name for file in place.cache.glob("*.sqlite") if "meaning" in file.name] == [place.stored.name]
    assert len(place.texts_read()) == 2
    assert place.texts_read() == []


def test_what_is_used_is_not_swept_away(place: Place) -> None:
    """Its time is renewed, for files that nobody has used for months are deleted."""
    place.texts_read()
    os.utime(place.stored, (0, 0))
    place.texts_read()
    assert place.stored.stat().st_mtime > 0


def test_another_process_that_reads_the_same_is_not_waited_for_long(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.texts_read()
    monkeypatch.setattr(store, "_LOCK_SECONDS", 0.1)
    with lock(place.cache, name=f"{place.stored.stem}.lock", seconds=1) as locked:
        assert locked
        place.write(ROWS[1:])
        with pytest.raises(UnusedModelError, match="another process"):
            place.open()


def test_a_file_that_is_not_the_published_one_is_an_error(place: Place) -> None:
    """Whether it is there from the start or comes later; the message says where the right one is to be had."""
    place.texts_read()
    weights = bytearray((place.model / WEIGHTS).read_bytes())
    weights[-1] ^= 1
    (place.model / WEIGHTS).write_bytes(weights)
    with pytest.raises(OraError, match=r"model\.safetensors is not the published file") as error:
        place.open()
    assert error.value.code == ExitCode.BAD_CONFIG
    assert store.PUBLISHED_AT in str(error.value.hint)


@pytest.mark.parametrize("name", [WEIGHTS, VOCABULARY])
def test_a_missing_file_is_an_error(place: Place, name: str) -> None:
    (place.model / name).unlink()
    with pytest.raises(OraError, match=f"has no {name}") as error:
        place.open()
    assert error.value.code == ExitCode.BAD_CONFIG


def test_a_large_library_is_not_read(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_ARTICLES", 2)
    with pytest.raises(UnusedModelError, match="at most 2 articles, and these are 3"):
        place.open()
    assert not list(place.cache.glob("meaning-*"))


def test_without_a_cache_it_is_not_used(place: Place) -> None:
    """It would have to read everything for every question."""
    index = open_index([place.file], cache=None)
    with pytest.raises(UnusedModelError, match="cache folder"):
        Vectors(index, place.model, cache=None)


def test_progress_is_told(place: Place) -> None:
    """The shares grow to the whole."""
    shares: list[float] = []
    index = open_index([place.file], cache=place.cache)
    Vectors(index, place.model, cache=place.cache, on_progress=shares.append).close()
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_real_hashes_are_of_the_published_files() -> None:
    """Two hashes in hexadecimal, for the two files that a user downloads."""
    assert set(store.SHA256) == {WEIGHTS, VOCABULARY}
    assert all(len(bytes.fromhex(hash_)) == 32 for hash_ in store.SHA256.values())


def test_what_another_library_has_read_is_not_read_again(place: Place) -> None:
    """The same articles at another place, or beside others, are copied."""
    place.texts_read()
    other = place.file.with_name("other.jsonl")
    other.write_text(place.file.read_text(encoding="utf-8"), encoding="utf-8")
    place.encoded.clear()
    Vectors(open_index([other], cache=place.cache), place.model, cache=place.cache).close()
    assert place.encoded == []
