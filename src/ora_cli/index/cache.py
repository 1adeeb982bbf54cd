"""Keeping indexes: in the cache folder if it can be trusted and written, else in memory.

An index is built in a temporary file and moved into place when complete. It is fresh while size, times and inode of the
article files are unchanged; if they differ, the content of the files decides. From a stale index the unchanged files
are copied, so that only changed files are read again. The bundled articles are copied from the prebuilt index, if there
is one; where there are no others, that is all there is to do. A lock keeps processes that start together from building
the same index at the same time; without a lock they all build it, and the one moved into place last stays.
"""

from __future__ import annotations

import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ora_cli import __version__, paths
from ora_cli.errors import ExitCode, OraError
from ora_cli.index.database import ArticleFile, Index
from ora_cli.index.files import (
    CHECKSUM_BYTES,
    TEMPORARY,
    connect_alone,
    create_private,
    digest_of,
    lock,
    open_sealed,
    seal,
    shown_path,
    signature_of,
    status_of,
    temporary_beside,
    usable_folder,
)
from ora_cli.index.schema import SCHEMA_VERSION
from ora_cli.text import word_vectors
from ora_cli.text.cleaning import clean

if TYPE_CHECKING:
    from ora_cli.content.articles import Record
    from ora_cli.index.builder import Builder

# How long to wait for the lock: twice the time of a build on a busy machine, plus a constant for small libraries.
_LOCK_SECONDS, _LOCK_SECONDS_PER_BYTE = 10.0, 2e-6
_UNUSED_SECONDS = 90 * 24 * 3600
# The size of articles that may be indexed while a shell waits for a completion; a megabyte takes about a second.
_SOON_INDEXED = 4 * 1024 * 1024
# The share of reading in the time of building a large index; the rest is for the weights.
_READING = 0.75
# Files that another index holds as they are: what it knows of each, and what yields its records.
_Kept = dict[Path, tuple[ArticleFile, Callable[[], "Iterable[Record]"]]]
OnProgress = Callable[[float], None]
"""A function that is called during indexing with the share of the work that is done, 0 to 1."""


def open_index(
    files: Sequence[Path],
    *,
    cache: Path | None,
    locations: Sequence[Path] | None = None,
    skip_broken: bool = False,
    allow_stale: bool = False,
    on_progress: OnProgress | None = None,
) -> Index:
    """Return an index of these article files (lowest precedence first), stored in `cache` or newly built.

    `locations` are the files and folders that were asked for, by default the files themselves; they identify the index,
    so that it is renewed when the files below a folder change. With `allow_stale`, an index that would take long to
    build is returned as it is in `cache`, fresh or stale.

    Raises:
        ArticleFileError: a file has mistakes; with `skip_broken` it is left out and listed in `Index.files`.
        OraError: a file cannot be read; with `allow_stale`, also if no index is stored and building takes long.
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
    """Return how many seconds to wait for a process that builds this index; if it was stopped, it never will."""
    return _LOCK_SECONDS + _LOCK_SECONDS_PER_BYTE * _bytes(files)


def _bytes(files: Iterable[Path]) -> int:
    return sum(status[0] for path in files if (status := status_of(path)))


def forget_index(locations: Sequence[Path], *, cache: Path | None, skip_broken: bool = False) -> None:
    """Delete the stored index of these locations, which turned out to be damaged."""
    if cache:
        with suppress(OSError):
            (cache / _file_name(_cache_key(locations, skip_broken))).unlink()


def _cache_key(locations: Sequence[Path], skip_broken: bool) -> str:
    """Return what identifies an index.

    Versions are part of it, so that different versions of the program do not replace each other's index. So are paths
    as given: they are displayed, so "a.toml" and "./a.toml" need an index each.
    """
    given = [*map(str, locations), *map(os.path.abspath, locations)]
    return clean("\n".join([__version__, str(SCHEMA_VERSION), word_vectors.version(), str(skip_broken), *given]))


def _file_name(cache_key: str) -> str:
    # A checksum is enough: the index itself holds its key, so a collision is noticed.
    return f"index-{zlib.crc32(cache_key.encode()):08x}.sqlite"


def _open_fresh(path: Path, files: Sequence[Path], cache_key: str) -> Index | None:
    """Return the stored index if it exists, is intact, and was built from these files as they are now."""
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
    """Update the signatures of files whose content is unchanged, which would otherwise be read every time."""
    seen = enumerate(zip(known, signatures, strict=True))
    changed = [(signature, number) for number, (file, signature) in seen if signature not in ("", file.signature)]
    if not changed:
        return
    import shutil

    temporary = temporary_beside(path)
    try:
        create_private(temporary)
        shutil.copyfile(path, temporary)
        os.truncate(temporary, temporary.stat().st_size - CHECKSUM_BYTES)
        with closing(connect_alone(temporary)) as database:
            database.executemany("UPDATE file SET signature = ? WHERE id = ?", changed)
        seal(temporary)
        temporary.replace(path)
    except (OSError, sqlite3.Error):
        pass  # the index still works, only more slowly
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _open_stored(path: Path, cache_key: str, *, in_full: bool = False) -> Index | None:
    """Return the stored index if it exists and is intact, fresh or stale; delete it if others can have written it.

    With `in_full` the whole content is checked even of a large index, which is needed before parts of it are copied.
    """
    database = open_sealed(path, in_full=in_full)
    if database is None:
        return None
    with suppress(sqlite3.Error, KeyError):
        index = Index(database)
        if index.cache_key == cache_key:
            return index
    database.close()
    return None


def _fresh(known: Sequence[ArticleFile], files: Sequence[Path], signatures: Sequence[str]) -> bool:
    names = [file.path for file in known]
    return names == list(map(shown_path, files)) and all(map(_unchanged, known, files, signatures))


def _unchanged(known: ArticleFile, path: Path, signature: str) -> bool:
    # The signature was taken before this reads the file, so a change in between is noticed the next time.
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
        pass  # no space, no permission or a bad disk: an index in memory gives the same answers
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
    """Build an index in the file `target` or in memory, of what the prebuilt one and `earlier` hold and of the rest."""
    from ora_cli.index.prebuilt import prebuilt_index

    bundled = paths.bundled_articles()
    prebuilt = prebuilt_index(cache_key) if bundled in files else None
    if prebuilt and list(files) == [bundled]:
        return prebuilt if target == ":memory:" else _copied(prebuilt, target)
    with closing(prebuilt) if prebuilt else nullcontext():
        kept = _kept_files(prebuilt, files) | _kept_files(earlier, files)
        return _build_with(kept, files, target, cache_key=cache_key, skip_broken=skip_broken, on_progress=on_progress)


def _copied(index: Index, target: str) -> Index:
    """Return an index like this one, which is closed, in the file `target`."""
    with closing(index):
        database = _empty_database(target)
        try:
            index.copy_to(database)
            return Index(database)
        except BaseException:
            database.close()
            raise


def _build_with(
    kept: _Kept,
    files: Sequence[Path],
    target: str,
    *,
    cache_key: str,
    skip_broken: bool,
    on_progress: OnProgress | None,
) -> Index:
    """Build an index of the files that are kept from other indexes and of the rest, which is read."""
    from ora_cli.index.builder import Builder

    broken: dict[Path, ArticleFile] = {}
    while True:
        count_bytes = _counter([path for path in files if path not in kept], on_progress) if on_progress else None
        database = _empty_database(target)
        builder = Builder(database)
        try:
            # The file of highest precedence comes first, because the first article with a slug stays.
            for number, path in reversed(list(enumerate(files))):
                if path in kept:
                    file, records = kept[path]
                    builder.add_file(number, file, records())
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
    """Return a function that adds up the bytes read of these files and reports their share to `on_progress`."""
    total = _bytes(files)
    read = 0

    def count(more: int) -> None:
        nonlocal read
        read += more
        on_progress(_READING * min(1.0, read / (total or 1)))

    return count


class _BrokenStreamError(Exception):
    """A file read as a stream turned out to be broken after part of it had been written to the index."""

    def __init__(self, path: Path, file: ArticleFile) -> None:
        super().__init__(file.problem)
        self.path = path
        self.file = file


def _kept_files(earlier: Index | None, files: Sequence[Path]) -> _Kept:
    """Return the unchanged files that an earlier index holds completely."""
    kept: _Kept = {}
    if earlier is None:
        return kept
    numbered = {file.path: (number, file) for number, file in enumerate(earlier.files())}
    for path in files:
        number, file = numbered.get(shown_path(path), (0, None))
        signature = signature_of(path)
        if file and file.complete and not file.problem and _unchanged(file, path, signature):
            kept[path] = (file._replace(signature=signature), partial(earlier.records, number))
    return kept


def _add_file(
    builder: Builder,
    number: int,
    path: Path,
    broken: dict[Path, ArticleFile] | None,
    count_bytes: Callable[[int], None] | None,
) -> None:
    """Add a file to an index. A file with mistakes is put into `broken`, or raises an error if that is None."""
    from ora_cli.content.reading import read_articles

    # A file that changes while it is read is used as read, and read again the next time.
    before, file = status_of(path), ArticleFile(shown_path(path), signature_of(path), location=os.fsencode(path))
    try:
        digest = digest_of(path)
        records: Iterable[Record] = read_articles(path, count_bytes)
        if path.suffix != ".jsonl":  # is in memory anyway; reading all of it first keeps a broken file out of the index
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
    return connect_alone(target)


def _sweep(folder: Path) -> None:
    """Delete temporary files of killed builds, and indexes not renewed for long. The caller must hold the lock."""
    oldest = time.time() - _UNUSED_SECONDS
    for path in folder.iterdir():
        with suppress(OSError):
            if path.name.endswith(TEMPORARY) or (path.suffix in (".sqlite", ".lock") and path.stat().st_mtime < oldest):
                path.unlink()
