"""Keeping indexes: in the cache folder when it can be trusted and written, else in memory.

An index is built aside and moved into place when whole. It is fresh while the article files it was made from look as
they did (size, times, inode); when they look different, their content decides. Of a stale index the files whose content
is the same are taken over, so that only what changed is read again. A lock keeps processes that start
together from building the same index at once; without a lock they do, and the last one moved into place stays.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ora_cli import __version__
from ora_cli.errors import ExitCode, OraError
from ora_cli.index.database import SCHEMA_VERSION, ArticleFile, Index
from ora_cli.index.files import (
    CHECKSUM_BYTES,
    TEMPORARY,
    create_private,
    digest_of,
    is_intact,
    is_trusted,
    lock,
    seal,
    shown_path,
    signature_of,
    status_of,
    temporary_beside,
    usable_folder,
)
from ora_cli.text.cleaning import clean

if TYPE_CHECKING:
    from ora_cli.content.articles import Record
    from ora_cli.index.builder import Builder

# Twice what a build takes where the machine has other work to do, and something for the start.
_LOCK_SECONDS, _LOCK_SECONDS_PER_BYTE = 10.0, 2e-6
_UNUSED_SECONDS = 90 * 24 * 3600
# What may be indexed while somebody waits for a completion; a megabyte takes about a second.
_SOON_INDEXED = 4 * 1024 * 1024
# Reading the articles is this part of making a large index; the rest is weighing what was read.
_READING = 0.75
OnProgress = Callable[[float], None]
"""Called while an index is made, with the part of the work that is done, 0 to 1."""


def open_index(
    files: Sequence[Path],
    *,
    cache: Path | None,
    locations: Sequence[Path] | None = None,
    skip_broken: bool = False,
    allow_stale: bool = False,
    on_progress: OnProgress | None = None,
) -> Index:
    """Return an index of these article files, lowest precedence first, from `cache` or made anew.

    `locations` are the files and folders that were asked for, by default the files themselves: what is below a folder
    may change, and its index is then renewed. With `allow_stale`, an index that would take long to make is returned as
    it is in `cache`, fresh or not.

    Raises:
        ArticleFileError: a file has mistakes; with `skip_broken` it is left out and listed in `Index.files`.
        OraError: a file cannot be read, or with `allow_stale` there is no index and it would take long to make one.
    """
    cache_key = _cache_key(files if locations is None else locations, skip_broken)
    build = partial(_build, files, cache_key=cache_key, skip_broken=skip_broken, on_progress=on_progress)
    folder = usable_folder(cache) if cache else None
    if allow_stale and _bytes(files) > _SOON_INDEXED:
        index = _open_stored(folder / _file_name(cache_key), cache_key) if folder else None
        if index is None:
            raise OraError("these articles have no index yet", code=ExitCode.NOTHING, hint="any command makes it")
        return index
    if folder is None:
        return build(":memory:")
    path = folder / _file_name(cache_key)
    if index := _open_fresh(path, files, cache_key):
        return index
    with lock(folder, seconds=_lock_seconds(files), on_progress=on_progress) as locked:
        if index := _open_fresh(path, files, cache_key):
            return index
        if locked:
            _sweep(folder)
        return _build_aside(path, files, cache_key, build)


def _lock_seconds(files: Sequence[Path]) -> float:
    """Return how long to wait for another process that makes this index; one that was stopped never will."""
    return _LOCK_SECONDS + _LOCK_SECONDS_PER_BYTE * _bytes(files)


def _bytes(files: Iterable[Path]) -> int:
    return sum(status[0] for path in files if (status := status_of(path)))


def forget_index(locations: Sequence[Path], *, cache: Path | None, skip_broken: bool = False) -> None:
    """Delete the stored index of these locations, because it turned out to be damaged."""
    if cache:
        with suppress(OSError):
            (cache / _file_name(_cache_key(locations, skip_broken))).unlink()


def _cache_key(locations: Sequence[Path], skip_broken: bool) -> str:
    """Return what tells one index from another.

    Versions are part of it, so that an older and a newer program leave each other's index alone. So are paths as
    given: they are shown, so that "a.toml" and "./a.toml" need an index each, and would take turns in one.
    """
    given = [*map(str, locations), *map(os.path.abspath, locations)]
    return clean("\n".join([__version__, str(SCHEMA_VERSION), str(skip_broken), *given]))


def _file_name(cache_key: str) -> str:
    # A checksum is enough: should two of them meet, the index itself says what it was made for.
    return f"index-{zlib.crc32(cache_key.encode()):08x}.sqlite"


def _open_fresh(path: Path, files: Sequence[Path], cache_key: str) -> Index | None:
    """Return the stored index if it is there, sound, and made from these files as they are now."""
    index = _open_stored(path, cache_key)
    if index is None:
        return None
    signatures = list(map(signature_of, files))
    try:
        known = index.files()
        if _fresh(known, files, signatures):
            _renew(path, known, signatures)
            return index
    except (sqlite3.Error, OraError):
        pass
    index.close()
    return None


def _renew(path: Path, known: Sequence[ArticleFile], signatures: Sequence[str]) -> None:
    """Write into the stored index how files look that were found to be as before: or they would be read every time."""
    seen = enumerate(zip(known, signatures, strict=True))
    changed = [(signature, number) for number, (file, signature) in seen if signature not in ("", file.signature)]
    if not changed:
        return
    temporary = temporary_beside(path)
    try:
        create_private(temporary)
        shutil.copyfile(path, temporary)
        os.truncate(temporary, temporary.stat().st_size - CHECKSUM_BYTES)
        with closing(_connect(temporary)) as database:
            database.executemany("UPDATE file SET signature = ? WHERE id = ?", changed)
        seal(temporary)
        temporary.replace(path)
    except (OSError, sqlite3.Error):
        pass  # it is as good as before, only slower
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _open_stored(path: Path, cache_key: str, *, in_full: bool = False) -> Index | None:
    """Return the stored index if it is there and sound, however old; one that others may have written is deleted.

    With `in_full`, its content is checked however large it is: before it goes on into another index.
    """
    try:
        if not is_trusted(path):
            path.unlink()
            return None
        if not is_intact(path, in_full=in_full):
            return None
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        try:
            index = Index(database)
            if index.cache_key == cache_key:
                return index
        except (sqlite3.Error, KeyError):
            pass
        database.close()
    except (OSError, sqlite3.Error):
        pass
    return None


def _fresh(known: Sequence[ArticleFile], files: Sequence[Path], signatures: Sequence[str]) -> bool:
    names = [file.path for file in known]
    return names == list(map(shown_path, files)) and all(map(_unchanged, known, files, signatures))


def _unchanged(known: ArticleFile, path: Path, signature: str) -> bool:
    # The signature was taken first, so that a change while the file is read here is seen the next time.
    return bool(signature and known.signature == signature) or known.digest == digest_of(path)


def _build_aside(path: Path, files: Sequence[Path], cache_key: str, build: Callable[..., Index]) -> Index:
    temporary = temporary_beside(path)
    earlier = _open_stored(path, cache_key, in_full=True)
    try:
        build(str(temporary), earlier=earlier).close()
        seal(temporary)
        temporary.replace(path)
        index = _open_fresh(path, files, cache_key)
        if index is not None:
            return index
    except (OSError, sqlite3.DatabaseError):
        pass  # no room, not allowed, or not what was written: an index in memory answers as well
    finally:
        if earlier:
            earlier.close()
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return build(":memory:")


def _build(
    files: Sequence[Path],
    target: str,
    *,
    cache_key: str,
    skip_broken: bool,
    on_progress: OnProgress | None,
    earlier: Index | None = None,
) -> Index:
    """Make an index in the file `target`, or in memory; what did not change since `earlier` is taken from it."""
    from ora_cli.index.builder import Builder

    kept = _kept_files(earlier, files) if earlier else {}
    broken: dict[Path, ArticleFile] = {}
    while True:
        count_bytes = _counter([path for path in files if path not in kept], on_progress) if on_progress else None
        database = _empty_database(target)
        builder = Builder(database)
        try:
            # The highest precedence goes in first: the first article with a slug stays.
            for number, path in reversed(list(enumerate(files))):
                if earlier and path in kept:
                    builder.add_file(number, kept[path][1], earlier.records(kept[path][0]))
                elif path not in broken:
                    _add_file(builder, number, path, broken if skip_broken else None, count_bytes)
                if path in broken:
                    builder.note_file(number, broken[path])
            builder.finish(cache_key, on_progress and (lambda share: on_progress(_READING + (1 - _READING) * share)))
            return Index(database)
        except _BrokenStreamError as stopped:
            database.close()
            broken[stopped.path] = stopped.file
        except BaseException:
            database.close()
            raise


def _counter(files: Sequence[Path], on_progress: OnProgress) -> Callable[[int], None]:
    """Return what counts the bytes read of these files and tells `on_progress` how far that is."""
    total = _bytes(files)
    read = 0

    def count(more: int) -> None:
        nonlocal read
        read += more
        on_progress(_READING * min(1.0, read / (total or 1)))

    return count


class _BrokenStreamError(Exception):
    """A file that is read as a stream turned out to be broken when part of it was in the index."""

    def __init__(self, path: Path, file: ArticleFile) -> None:
        super().__init__(file.problem)
        self.path = path
        self.file = file


def _kept_files(earlier: Index, files: Sequence[Path]) -> dict[Path, tuple[int, ArticleFile]]:
    """Return the files that an earlier index holds in full and as they are now, each with its number there."""
    numbered = {file.path: (number, file) for number, file in enumerate(earlier.files())}
    kept = {}
    for path in files:
        number, file = numbered.get(shown_path(path), (0, None))
        signature = signature_of(path)
        if file and file.complete and not file.problem and _unchanged(file, path, signature):
            kept[path] = (number, file._replace(signature=signature))
    return kept


def _add_file(
    builder: Builder,
    number: int,
    path: Path,
    broken: dict[Path, ArticleFile] | None,
    count_bytes: Callable[[int], None] | None,
) -> None:
    """Add a file as it is now; into `broken`, if given, goes a file that can't be used."""
    from ora_cli.content.reading import read_articles

    # A file that changed under the reader is taken as it was read, and looked at again next time.
    before, file = status_of(path), ArticleFile(shown_path(path), signature_of(path), location=os.fsencode(path))
    try:
        digest = digest_of(path)
        records: Iterable[Record] = read_articles(path, count_bytes)
        if path.suffix != ".jsonl":  # stands in memory anyway, and so nothing of a broken one gets into the index
            records = list(records)
    except OraError as problem:
        if broken is None:
            raise
        broken[path] = file._replace(problem=clean(str(problem)))
        return
    try:
        builder.add_file(number, file._replace(digest=digest), records)
    except OraError as problem:
        if broken is None:
            raise
        raise _BrokenStreamError(path, file._replace(problem=clean(str(problem)))) from problem
    if before != status_of(path):
        builder.forget_signature(number)


def _empty_database(target: str) -> sqlite3.Connection:
    if target != ":memory:":
        Path(target).unlink(missing_ok=True)
        create_private(Path(target))
    return _connect(target)


def _connect(target: str | Path) -> sqlite3.Connection:
    if target != ":memory:":
        target = f"{Path(target).absolute().as_uri()}?nolock=1"
    database = sqlite3.connect(target, isolation_level=None, uri=True, check_same_thread=False)
    # Nobody reads the file before it is whole, so there is nothing to protect with a lock or a journal.
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;")
    return database


def _sweep(folder: Path) -> None:
    """Delete what killed builds left behind, and indexes that nobody has made or renewed for long. Needs the lock."""
    oldest = time.time() - _UNUSED_SECONDS
    for path in folder.iterdir():
        with suppress(OSError):
            if path.name.endswith(TEMPORARY) or (path.suffix == ".sqlite" and path.stat().st_mtime < oldest):
                path.unlink()
