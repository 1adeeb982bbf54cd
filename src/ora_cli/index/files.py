"""The files of the cache: whether they can be trusted, whether they are intact, and the lock for writing."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ora_cli.errors import ExitCode, OraError
from ora_cli.text.cleaning import clean

_LOCK_TURN_SECONDS = 0.02
TEMPORARY = ".building"
CHECKSUM_BYTES = 4
_BLOCK = 64 * 1024
_LARGE = 64 * 1024 * 1024


def usable_folder(folder: Path) -> Path | None:
    """Return the folder, created if missing, or None if it cannot be used or others can write to it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if is_trusted(folder) else None
    except OSError:
        return None


def is_trusted(path: Path) -> bool:
    """Return whether only this user can have written to a file or folder."""
    return distrust(path) is None


def distrust(path: Path) -> str | None:
    """Return why a file or folder is not trusted, or None if only this user can have written to it."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode) and path.is_dir():
        status = path.stat()  # a cache folder may be a link to another folder, but an index may not be a link
    if not hasattr(os, "geteuid"):
        return None
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        return "it is neither a file nor a folder"
    if status.st_uid != os.geteuid():
        return "it belongs to another user"
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        import shlex

        return f"others can write to it; fix that with: chmod go-w {shlex.quote(str(path))}"
    return None


def cache_problem(folder: Path) -> str | None:
    """Return why an existing cache folder is not used, or None; a folder that does not exist is no problem."""
    try:
        reason = distrust(folder)
    except OSError:
        return None
    return f"the cache folder {folder} is not used: {reason}" if reason else None


def is_intact(path: Path, *, in_full: bool) -> bool:
    """Return whether a file has the length that its SQLite header states and ends with the right checksum.

    The header is described at https://sqlite.org/fileformat.html, section 1.3. SQLite ignores bytes after the pages.
    The checksum of a large file is compared only with `in_full`, because that takes longer than a question.
    """
    with path.open("rb") as file:
        header = file.read(100)
        if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
            return False
        page_size = int.from_bytes(header[16:18], "big")
        length = int.from_bytes(header[28:32], "big") * (65536 if page_size == 1 else page_size)
        if file.seek(0, os.SEEK_END) != length + CHECKSUM_BYTES:
            return False
        if length > _LARGE and not in_full:
            return True
        file.seek(0)
        return _checksum(file, length) == file.read(CHECKSUM_BYTES)


def open_sealed(path: Path, *, in_full: bool = False) -> sqlite3.Connection | None:
    """Return a sealed file, open for reading, if it is intact; delete it if others can have written it."""
    try:
        if not is_trusted(path):
            path.unlink()
            return None
        if not is_intact(path, in_full=in_full):
            return None
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    except (OSError, sqlite3.Error):
        return None


def connect_alone(target: str | Path) -> sqlite3.Connection:
    """Return a database that nobody else reads before it is complete, so that it needs neither locks nor a journal."""
    if target != ":memory:":
        target = f"{Path(target).absolute().as_uri()}?nolock=1"
    database = sqlite3.connect(target, isolation_level=None, uri=True, check_same_thread=False)
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;")
    return database


def seal(path: Path) -> None:
    """Append the checksum to an index."""
    with path.open("r+b") as file:
        file.write(_checksum(file, path.stat().st_size))


def _checksum(file: IO[bytes], length: int) -> bytes:
    """Return the checksum of the next `length` bytes of the file."""
    checksum = 0
    for start in range(0, length, _BLOCK):
        checksum = zlib.crc32(file.read(min(_BLOCK, length - start)), checksum)
    return checksum.to_bytes(CHECKSUM_BYTES, "big")


def shown_path(path: Path) -> str:
    """Return the path in a form that can be displayed and stored as text."""
    return clean(str(path))


def signature_of(path: Path) -> str:
    """Return a string that changes with the file's size, times or inode; empty if the times are too recent to tell."""
    status = status_of(path)
    if status is None:
        return "missing"  # a dangling link, whose signature stays the same until its target exists
    # A second change within a tick of the clock leaves the times as they are, so a recent time proves nothing.
    size, changed, renamed, inode = status
    tick = 2_000_000_000 if changed % 1_000_000_000 == 0 else 50_000_000
    if time.time_ns() - max(changed, renamed) < tick:
        return ""
    return f"{size}:{changed}:{renamed}:{inode}"


def status_of(path: Path) -> tuple[int, int, int, int] | None:
    """Return size, times of content and status change (ns), and inode of a file; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def digest_of(path: Path) -> str:
    """Return the SHA-256 hash of a file's content."""
    try:
        with path.open("rb") as file:
            import hashlib

            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise OraError(f"cannot read {path}: {error.strerror}", code=ExitCode.IO) from error


def temporary_beside(path: Path) -> Path:
    """Return a temporary path beside `path` that no other process uses."""
    # Random, because processes on different hosts or in containers that share the folder can have the same id.
    return path.with_name(f"{path.stem}-{os.getpid()}-{os.urandom(4).hex()}{TEMPORARY}")


def create_private(path: Path) -> None:
    """Create an empty file that only the user can read and write."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


@contextmanager
def lock(
    folder: Path, *, name: str = "lock", seconds: float, on_progress: Callable[[float], None] | None = None
) -> Iterator[bool]:
    """Acquire a lock of the cache folder; yield False if locks do not work there or `seconds` have passed.

    While another process holds the lock, `on_progress` is called repeatedly with 0.
    """
    # filelock takes 45 ms to import, and waits in vain on a file system without locks.
    try:
        file = (folder / name).open("ab")
    except OSError:
        yield False
        return
    with file:
        yield _locked(file, seconds, on_progress)


def _locked(file: IO[bytes], seconds: float, on_progress: Callable[[float], None] | None) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            _take(file)
            return True
        except (BlockingIOError, PermissionError):
            if on_progress:
                on_progress(0.0)
            time.sleep(_LOCK_TURN_SECONDS)
        except OSError:
            return False
    return False


def _take(file: IO[bytes]) -> None:
    """Lock the file or raise an OSError; the system releases the lock when the process ends in any way."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
