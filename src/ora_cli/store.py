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
import stat
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ora_cli import __version__
from ora_cli.errors import ExitCode, OraError
from ora_cli.index import SCHEMA_VERSION, ArticleFile, Index
from ora_cli.text import clean

if TYPE_CHECKING:
    from ora_cli.articles import Record
    from ora_cli.builder import Builder

_LOCK_SECONDS = 600
_LOCK_TURN_SECONDS = 0.02
_UNUSED_SECONDS = 90 * 24 * 3600
_TEMPORARY = ".building"
_CHECKSUM_BYTES = 4
_BLOCK = 64 * 1024
_LARGE = 64 * 1024 * 1024
# What may be indexed while somebody waits for a completion; a megabyte takes about a second.
_SOON_INDEXED = 4 * 1024 * 1024
# Reading the articles is this part of making a large index; the rest is weighing what was read.
_READING = 0.75

Advance = Callable[[float], None]
"""Called while an index is made, with the part of the work that is done, 0 to 1."""


def open_index(
    files: Sequence[Path],
    *,
    cache: Path | None,
    locations: Sequence[Path] | None = None,
    skip_broken: bool = False,
    at_once: bool = False,
    advance: Advance | None = None,
) -> Index:
    """Return an index of these article files, lowest precedence first, from `cache` or made anew.

    `locations` are what was asked for, the files themselves if nothing else: what is below a folder may change, and its
    index is still the same one, to be renewed. With `at_once`, an index that would take long to make is returned as it
    is in `cache`, fresh or not.

    Raises:
        ArticleFileError: a file has mistakes; with `skip_broken` it is left out and listed in `Index.files`.
        OraError: a file cannot be read, or with `at_once` there is no index and it would take long to make one.
    """
    made_for = _made_for(files if locations is None else locations, skip_broken)
    build = partial(_build, files, made_for=made_for, skip_broken=skip_broken, advance=advance)
    folder = _usable(cache) if cache else None
    if at_once and sum(path.stat().st_size for path in files if path.exists()) > _SOON_INDEXED:
        index = _open_stored(folder / _file_name(made_for), made_for) if folder else None
        if index is None:
            raise OraError("these articles have no index yet", code=ExitCode.NOTHING, hint="any command makes it")
        return index
    if folder is None:
        return build(":memory:")
    path = folder / _file_name(made_for)
    if index := _open_fresh(path, files, made_for):
        return index
    with _lock(folder) as locked:
        if index := _open_fresh(path, files, made_for):
            return index
        if locked:
            _sweep(folder)
        return _build_aside(path, files, made_for, build)


def forget_index(locations: Sequence[Path], *, cache: Path | None, skip_broken: bool = False) -> None:
    """Delete the stored index of these locations, because it turned out to be damaged."""
    if cache:
        with suppress(OSError):
            (cache / _file_name(_made_for(locations, skip_broken))).unlink()


def _made_for(locations: Sequence[Path], skip_broken: bool) -> str:
    """Return what tells one index from another.

    Versions are part of it, so that an older and a newer program leave each other's index alone. So are paths as
    given: they are shown, so that "a.toml" and "./a.toml" need an index each, and would take turns in one.
    """
    given = [*map(str, locations), *map(os.path.abspath, locations)]
    return clean("\n".join([__version__, str(SCHEMA_VERSION), str(skip_broken), *given]))


def _file_name(made_for: str) -> str:
    # A checksum is enough: should two of them meet, the index itself says what it was made for.
    return f"index-{zlib.crc32(made_for.encode()):08x}.sqlite"


def _usable(folder: Path) -> Path | None:
    """Return the folder, made if need be, when it belongs to the user alone; None when it can't be used."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _trusted(folder) else None
    except OSError:
        return None


def _trusted(path: Path) -> bool:
    """Say whether only this user can have written here."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode) and path.is_dir():
        status = path.stat()  # people do link their cache folder elsewhere; a linked index file is refused
    if not hasattr(os, "geteuid"):
        return True
    return (
        status.st_uid == os.geteuid()
        and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        and (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode))
    )


def _open_fresh(path: Path, files: Sequence[Path], made_for: str) -> Index | None:
    """Return the stored index if it is there, sound, and made from these files as they are now."""
    index = _open_stored(path, made_for)
    if index is None:
        return None
    signatures = list(map(_signature, files))
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
    temporary = _beside(path)
    try:
        _create(temporary)
        shutil.copyfile(path, temporary)
        os.truncate(temporary, temporary.stat().st_size - _CHECKSUM_BYTES)
        with closing(_connect(temporary)) as database:
            database.executemany("UPDATE file SET signature = ? WHERE id = ?", changed)
        _seal(temporary)
        os.replace(temporary, path)
    except (OSError, sqlite3.Error):
        pass  # it is as good as before, only slower
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _open_stored(path: Path, made_for: str, *, in_full: bool = False) -> Index | None:
    """Return the stored index if it is there and sound, however old; one that others may have written is deleted.

    With `in_full`, its content is checked however large it is: before it goes on into another index.
    """
    try:
        if not _trusted(path):
            path.unlink()
            return None
        if not _whole(path, in_full=in_full):
            return None
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            index = Index(database)
            if index.made_for == made_for:
                return index
        except (sqlite3.Error, KeyError):
            pass
        database.close()
    except (OSError, sqlite3.Error):
        pass
    return None


def _whole(path: Path, *, in_full: bool) -> bool:
    """Say whether the file is as it was written: as long as its SQLite header says, and with the checksum behind it.

    The header is that of https://sqlite.org/fileformat.html, section 1.3. SQLite ignores what stands behind the pages.
    The content of a large file is read for this only `in_full`: it takes longer than a question.
    """
    with path.open("rb") as file:
        header = file.read(100)
        if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
            return False
        page_size = int.from_bytes(header[16:18], "big")
        length = int.from_bytes(header[28:32], "big") * (65536 if page_size == 1 else page_size)
        if file.seek(0, os.SEEK_END) != length + _CHECKSUM_BYTES:
            return False
        if length > _LARGE and not in_full:
            return True
        file.seek(0)
        return _checksum(file, length) == file.read(_CHECKSUM_BYTES)


def _seal(path: Path) -> None:
    """Write the checksum behind the index."""
    with path.open("r+b") as file:
        file.write(_checksum(file, path.stat().st_size))


def _checksum(file: IO[bytes], length: int) -> bytes:
    """Return the checksum of the next so many bytes of the file."""
    checksum = 0
    for start in range(0, length, _BLOCK):
        checksum = zlib.crc32(file.read(min(_BLOCK, length - start)), checksum)
    return checksum.to_bytes(_CHECKSUM_BYTES, "big")


def _fresh(known: Sequence[ArticleFile], files: Sequence[Path], signatures: Sequence[str]) -> bool:
    names = [file.path for file in known]
    return names == list(map(_name, files)) and all(map(_unchanged, known, files, signatures))


def _unchanged(known: ArticleFile, path: Path, signature: str) -> bool:
    # The signature was taken first, so that a change while the file is read here is seen the next time.
    return bool(signature and known.signature == signature) or known.digest == _digest(path)


def _name(path: Path) -> str:
    """Return the path as it is stored and shown; SQLite takes no bytes that are not UTF-8."""
    return clean(str(path))


def _signature(path: Path) -> str:
    """Return what the file system says of the file's content; an empty string where that can't be relied on."""
    status = _status(path)
    if status is None:
        return "missing"  # a link that leads nowhere looks the same as long as it does
    # A file changed within one tick of the clock keeps its times, so a fresh time proves nothing yet.
    size, changed, renamed, inode = status
    tick = 2_000_000_000 if changed % 1_000_000_000 == 0 else 50_000_000
    if time.time_ns() - max(changed, renamed) < tick:
        return ""
    return f"{size}:{changed}:{renamed}:{inode}"


def _status(path: Path) -> tuple[int, int, int, int] | None:
    """Return size, times of the last change and inode of a file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            import hashlib

            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise OraError(f"cannot read {path}: {error.strerror}", code=ExitCode.IO) from error


def _build_aside(path: Path, files: Sequence[Path], made_for: str, build: Callable[..., Index]) -> Index:
    temporary = _beside(path)
    earlier = _open_stored(path, made_for, in_full=True)
    try:
        build(str(temporary), earlier=earlier).close()
        _seal(temporary)
        os.replace(temporary, path)
        index = _open_fresh(path, files, made_for)
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
    made_for: str,
    skip_broken: bool,
    advance: Advance | None,
    earlier: Index | None = None,
) -> Index:
    """Make an index in the file `target`, or in memory; what did not change since `earlier` is taken from it."""
    from ora_cli.builder import Builder

    kept = _kept_files(earlier, files) if earlier else {}
    broken: dict[Path, ArticleFile] = {}
    while True:
        count_bytes = _counter([path for path in files if path not in kept], advance) if advance else None
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
            builder.finish(made_for, advance and (lambda share: advance(_READING + (1 - _READING) * share)))
            return Index(database)
        except _BrokenStreamError as stopped:
            database.close()
            broken[stopped.path] = stopped.file
        except BaseException:
            database.close()
            raise


def _counter(files: Sequence[Path], advance: Advance) -> Callable[[int], None]:
    """Return what counts the bytes read of these files and tells `advance` how far that is."""
    total = sum(status[0] for path in files if (status := _status(path)))
    read = 0

    def count(more: int) -> None:
        nonlocal read
        read += more
        advance(_READING * min(1.0, read / (total or 1)))

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
        number, file = numbered.get(_name(path), (0, None))
        signature = _signature(path)
        if file and file.whole and not file.problem and _unchanged(file, path, signature):
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
    from ora_cli.reading import read_articles

    # A file that changed under the reader is taken as it was read, and looked at again next time.
    before, file = _status(path), ArticleFile(_name(path), _signature(path))
    try:
        digest = _digest(path)
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
    if before != _status(path):
        builder.forget_signature(number)


def _beside(path: Path) -> Path:
    """Return where an index is made before it is moved to `path`; a name that no other process has."""
    # Where folders are shared, by a network or by containers, two processes can have the same number.
    return path.with_name(f"{path.stem}-{os.getpid()}-{os.urandom(4).hex()}{_TEMPORARY}")


def _empty_database(target: str) -> sqlite3.Connection:
    if target != ":memory:":
        Path(target).unlink(missing_ok=True)
        _create(Path(target))
    return _connect(target)


def _create(path: Path) -> None:
    """Make an empty file that is the user's alone."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _connect(target: str | Path) -> sqlite3.Connection:
    if target != ":memory:":
        target = f"{Path(target).absolute().as_uri()}?nolock=1"
    database = sqlite3.connect(target, isolation_level=None, uri=True)
    # Nobody reads the file before it is whole, so there is nothing to protect with a lock or a journal.
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;")
    return database


@contextmanager
def _lock(folder: Path) -> Iterator[bool]:
    """Wait for the folder's lock and say whether it was had: some file systems have no locks."""
    try:
        file = (folder / "lock").open("ab")
    except OSError:
        yield False
        return
    with file:
        yield _locked(file)


def _locked(file: IO[bytes]) -> bool:
    # In turns, for a process that was stopped in the middle of a build must not stop all others for ever.
    deadline = time.monotonic() + _LOCK_SECONDS
    while time.monotonic() < deadline:
        try:
            _take(file)
            return True
        except (BlockingIOError, PermissionError):
            time.sleep(_LOCK_TURN_SECONDS)
        except OSError:
            return False
    return False


def _take(file: IO[bytes]) -> None:
    """Lock the file if no other process has it; the lock goes with the process, however that ends."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sweep(folder: Path) -> None:
    """Delete what killed builds left behind, and indexes that nobody has made or renewed for long. Needs the lock."""
    oldest = time.time() - _UNUSED_SECONDS
    for path in folder.iterdir():
        with suppress(OSError):
            if path.name.endswith(_TEMPORARY) or (path.suffix == ".sqlite" and path.stat().st_mtime < oldest):
                path.unlink()
