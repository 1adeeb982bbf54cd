"""The files behind an index: whether they can be trusted, whether they are whole, and who may write them."""

from __future__ import annotations

import os
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
    """Return the folder, made if need be, when it belongs to the user alone; None when it can't be used."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if is_trusted(folder) else None
    except OSError:
        return None


def is_trusted(path: Path) -> bool:
    """Return whether only this user can have written here."""
    return distrust(path) is None


def distrust(path: Path) -> str | None:
    """Return why a file or folder is not trusted, None when only this user can have written there."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode) and path.is_dir():
        status = path.stat()  # people do link their cache folder elsewhere; a linked index file is refused
    if not hasattr(os, "geteuid"):
        return None
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        return "it is neither a file nor a folder"
    if status.st_uid != os.geteuid():
        return "it belongs to another user"
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        import shlex

        return f"others can write to it; mend that with: chmod go-w {shlex.quote(str(path))}"
    return None


def cache_problem(folder: Path) -> str | None:
    """Return why a cache folder that is there is not used, None when it is; one that can't be made is no problem."""
    try:
        reason = distrust(folder)
    except OSError:
        return None
    return f"the cache folder {folder} is not used: {reason}" if reason else None


def is_intact(path: Path, *, in_full: bool) -> bool:
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
        if file.seek(0, os.SEEK_END) != length + CHECKSUM_BYTES:
            return False
        if length > _LARGE and not in_full:
            return True
        file.seek(0)
        return _checksum(file, length) == file.read(CHECKSUM_BYTES)


def seal(path: Path) -> None:
    """Write the checksum behind the index."""
    with path.open("r+b") as file:
        file.write(_checksum(file, path.stat().st_size))


def _checksum(file: IO[bytes], length: int) -> bytes:
    """Return the checksum of the next so many bytes of the file."""
    checksum = 0
    for start in range(0, length, _BLOCK):
        checksum = zlib.crc32(file.read(min(_BLOCK, length - start)), checksum)
    return checksum.to_bytes(CHECKSUM_BYTES, "big")


def shown_path(path: Path) -> str:
    """Return the path as it is stored and shown; SQLite takes no bytes that are not UTF-8."""
    return clean(str(path))


def signature_of(path: Path) -> str:
    """Return what the file system says of the file's content; an empty string where that can't be relied on."""
    status = status_of(path)
    if status is None:
        return "missing"  # a link that leads nowhere looks the same as long as it does
    # A file changed within one tick of the clock keeps its times, so a fresh time proves nothing yet.
    size, changed, renamed, inode = status
    tick = 2_000_000_000 if changed % 1_000_000_000 == 0 else 50_000_000
    if time.time_ns() - max(changed, renamed) < tick:
        return ""
    return f"{size}:{changed}:{renamed}:{inode}"


def status_of(path: Path) -> tuple[int, int, int, int] | None:
    """Return size, times of the last change and inode of a file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def digest_of(path: Path) -> str:
    """Return the hash of what is in the file."""
    try:
        with path.open("rb") as file:
            import hashlib

            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise OraError(f"cannot read {path}: {error.strerror}", code=ExitCode.IO) from error


def temporary_beside(path: Path) -> Path:
    """Return where an index is made before it is moved to `path`; a name that no other process has."""
    # Where folders are shared, by a network or by containers, two processes can have the same number.
    return path.with_name(f"{path.stem}-{os.getpid()}-{os.urandom(4).hex()}{TEMPORARY}")


def create_private(path: Path) -> None:
    """Make an empty file that is the user's alone."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


@contextmanager
def lock(folder: Path, *, seconds: float, on_progress: Callable[[float], None] | None = None) -> Iterator[bool]:
    """Acquire the lock of the cache folder; yield False if locks don't work there or it takes more than `seconds`.

    While another process has the lock, `on_progress` is told again and again that nothing is done yet.
    """
    # filelock was tried: it takes 45 ms to import, and a file system without locks is a busy one to it.
    try:
        file = (folder / "lock").open("ab")
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
    """Lock the file if no other process has it; the lock goes with the process, however that ends."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
