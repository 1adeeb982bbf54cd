"""The file of a library's vectors, in the cache beside its index.

It is made when it is missing or the articles or the model have changed, built aside and moved into place, as an index
is. What earlier files, of this library or another, have of the same texts is copied, and a run that is interrupted
keeps what it has made. Nothing here needs numpy, so that a question whose words are sure does not wait for it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from ora_cli.content.articles import Article, unmarked
from ora_cli.errors import ExitCode, OraError
from ora_cli.index.cache import OnProgress
from ora_cli.index.database import Index
from ora_cli.index.files import (
    connect_alone,
    create_private,
    digest_of,
    lock,
    open_sealed,
    seal,
    shown_path,
    signature_of,
    temporary_beside,
    usable_folder,
)

WEIGHTS, VOCABULARY = "model.safetensors", "vocab.txt"
PUBLISHED_AT = "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2"
SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    VOCABULARY: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""The files of the model, as published, with their hashes."""

MOST_ARTICLES = 5_000
"""A larger library, of articles with as many phrasings as the bundled ones, would take half an hour to read."""

# To be raised when other vectors are made of the same texts, or other texts are read.
_FORM = 2
# With this many phrasings, what an article says adds nothing to them.
_MANY_PHRASINGS = 10
# How long to wait for a process that reads the same library.
_LOCK_SECONDS = 60.0
_SCHEMA = """
CREATE TABLE meta (made_of TEXT);
CREATE TABLE vectors (article INTEGER PRIMARY KEY, key BLOB, phrasings BLOB, text BLOB, unanswered BLOB);
"""

Packed = tuple[bytes, bytes, bytes]
"""The vectors of the phrasings of an article, of its text, and of its unanswered questions, as they are stored."""

Encode = Callable[[Sequence[Sequence[str]]], Packed]
"""What makes them of these texts."""


class UnusedModelError(Exception):
    """The model cannot help; the message says why."""


class Place(NamedTuple):
    """The file of the vectors of one index, and what identifies the articles and the model that they are made of."""

    path: Path
    made_of: str


def place_of(index: Index, model: Path, cache: Path | None) -> Place:
    """Return where the vectors of an index are, or will be.

    Raises:
        UnusedModelError: the library is too large, or there is no usable cache folder.
        OraError: a file of the model is missing or cannot be read.
    """
    if index.articles > MOST_ARTICLES:
        raise UnusedModelError(f"it reads at most {MOST_ARTICLES:,} articles, and these are {index.articles:,}")
    folder = usable_folder(cache) if cache else None
    if folder is None:
        raise UnusedModelError("it needs a cache folder that only you can write to")
    with readable(model):
        if missing := next((name for name in SHA256 if not (model / name).is_file()), None):
            raise OraError(
                f"the model folder {shown_path(model)} has no {missing}",
                code=ExitCode.BAD_CONFIG,
                hint=f"put {WEIGHTS} and {VOCABULARY} there, from {PUBLISHED_AT}",
            )
        # A file that has just been written has no signature yet.
        signatures = [signature_of(model / name) or digest_of(model / name) for name in SHA256]
    parts = [str(_FORM), *(file.digest for file in index.files()), *signatures]
    path = folder / f"meaning-{zlib.crc32(index.cache_key.encode()):08x}.sqlite"
    return Place(path, hashlib.sha256("\n".join(parts).encode()).hexdigest())


def stored(place: Place) -> sqlite3.Connection | None:
    """Return the file of the vectors, open for reading, if it is intact and of these articles and this model."""
    database = open_sealed(place.path)
    if database is None:
        return None
    with suppress(sqlite3.Error):
        if database.execute("SELECT made_of FROM meta").fetchone() == (place.made_of,):
            with suppress(OSError):
                os.utime(place.path)  # a file that is not used for long is swept away
            return database
    database.close()
    return None


def make(
    place: Place, index: Index, model: Path, new_encode: Callable[[], Encode], on_progress: OnProgress | None
) -> sqlite3.Connection:
    """Make the vectors, unless another process has just done so, and return the file.

    Raises:
        UnusedModelError: another process is at it, or the file cannot be written.
        OraError: the files of the model are not the published ones, or cannot be read.
    """
    started, path = time.monotonic(), place.path
    with lock(path.parent, name=f"{path.stem}.lock", seconds=_LOCK_SECONDS, on_progress=on_progress) as locked:
        if not locked and time.monotonic() - started >= _LOCK_SECONDS:
            raise UnusedModelError("another process is reading the articles with it")
        database = stored(place)
        if database is None:
            with readable(model):
                _check(model)
                encode = new_encode()
            try:
                _write(place, index, encode, on_progress)
            except (OSError, sqlite3.OperationalError) as error:
                reason = getattr(error, "strerror", None) or error
                raise UnusedModelError(f"cannot write to {shown_path(path.parent)}: {reason}") from error
            database = stored(place)
    if database is None:
        raise UnusedModelError(f"what it made cannot be kept in {shown_path(path.parent)}")
    return database


def _check(model: Path) -> None:
    """Raise an OraError if a file of the model is not the published one."""
    for name, wanted in SHA256.items():
        if digest_of(model / name) != wanted:
            raise OraError(
                f"{shown_path(model / name)} is not the published file",
                code=ExitCode.BAD_CONFIG,
                hint=f"download it once more, from {PUBLISHED_AT}",
            )


@contextmanager
def readable(model: Path) -> Iterator[None]:
    """Make an error of the file system one with the folder of the model."""
    try:
        yield
    except OSError as error:
        raise OraError(f"cannot read the model in {shown_path(model)}: {error.strerror}", code=ExitCode.IO) from error


def _write(place: Place, index: Index, encode: Encode, on_progress: OnProgress | None) -> None:
    """Write the vectors of all articles, those that earlier files have first; if that is interrupted, of some."""
    path, known, made_of = place.path, _known(place.path.parent), ""
    for left_over in path.parent.glob(f"{path.stem}-*{path.suffix}"):
        left_over.unlink()
    # Not one of the temporary files of indexes, which are swept away while this one is still written.
    temporary = temporary_beside(path).with_suffix(path.suffix)
    create_private(temporary)
    try:
        with closing(connect_alone(temporary)) as database:
            database.executescript(f"{_SCHEMA} BEGIN")
            try:
                rows = _rows(index, known, encode, on_progress)
                database.executemany("INSERT INTO vectors VALUES (?, ?, ?, ?, ?)", rows)
                made_of = place.made_of
            finally:
                database.execute("INSERT INTO meta VALUES (?)", (made_of,))
                database.execute("COMMIT")
                database.close()
                seal(temporary)
                temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _known(folder: Path) -> dict[bytes, Packed]:
    """Return what earlier files have, of this library or of others, by the key of its texts."""
    known: dict[bytes, Packed] = {}
    for path in sorted(folder.glob("meaning-*.sqlite")):
        if database := open_sealed(path, in_full=True):
            with closing(database), suppress(sqlite3.Error):
                rows = database.execute("SELECT key, phrasings, text, unanswered FROM vectors")
                known |= {key: (phrasings, text, unanswered) for key, phrasings, text, unanswered in rows}
    return known


def _rows(
    index: Index, known: dict[bytes, Packed], encode: Encode, on_progress: OnProgress | None
) -> Iterator[tuple[int | bytes, ...]]:
    keys = {entry.id: _key(index.article_by_id(entry.id)) for entry in index.entries()}
    for done, article in enumerate(sorted(keys, key=lambda article: keys[article] not in known)):
        key = keys[article]
        packed = known[key] if key in known else encode(_texts(index.article_by_id(article)))
        yield article, key, *packed
        if on_progress:
            on_progress((done + 1) / len(keys))


def _key(article: Article) -> bytes:
    """Return what identifies the texts of an article."""
    return hashlib.sha256("\n\n".join([str(_FORM), *map("\n".join, _texts(article))]).encode()).digest()


def _texts(article: Article) -> tuple[Sequence[str], ...]:
    """Return the phrasings of an article, the lines of its text if these are few, and its unanswered questions."""
    phrasings, lines = article.phrasings(), []
    if len(phrasings) < _MANY_PHRASINGS:
        parts = [("", article.answer), *((f"{section.heading}: ", section.body) for section in article.sections)]
        lines = [heading + unmarked(line) for heading, text in parts for line in text.splitlines() if line.strip()]
    return phrasings, lines, article.unanswered
