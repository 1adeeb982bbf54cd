"""Writing files: as a whole or not at all, and over nothing that is there unless that is wanted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ora_cli.errors import ExitCode, OraError
from ora_cli.paths import user_folders


def own_file(name: str) -> Path:
    """Return the path of a file in the user's article folder.

    Raises:
        OraError: there is no home folder to have it in.
    """
    folders = user_folders()
    if folders is None:
        raise OraError("there is no home folder for articles", code=ExitCode.USAGE, hint="name a file with --to")
    return folders.articles / name


def check_target(file: Path, *, force: bool | None = None) -> None:
    """Check that a file may be written; `force` says whether in the place of another, None that no option does.

    Raises:
        OraError: it may not.
    """
    if file.exists() and not file.is_file():
        raise OraError(f"{file} is not a file", code=ExitCode.IO, hint="write elsewhere with --to FILE")
    if file.exists() and not force:
        raise _exists_already(file, force)


def _exists_already(file: Path, force: bool | None) -> OraError:
    over = "" if force is None else ", or over it with --force"
    return OraError(f"{file} exists already", code=ExitCode.IO, hint=f"write elsewhere with --to FILE{over}")


def check_article_target(file: Path, *, force: bool | None = None) -> None:
    """Check that a file may be written as an article file is, and will be read as one.

    Raises:
        OraError: it may not, or will not.
    """
    if file.suffix != ".toml":
        raise OraError(f"articles can't be written to {file}", code=ExitCode.USAGE, hint="its name must end in .toml")
    check_target(file, force=force)


def save(file: Path, chunks: Iterable[str], *, force: bool | None = None) -> None:
    """Write a file, in one go when all of it is there; links are followed, and a file that is replaced keeps its mode.

    Raises:
        OraError: it must not be written (`check_target`), or cannot be.
    """
    check_target(file, force=force)
    target = Path(os.path.realpath(file))
    aside = target.with_name(f".ora-{os.urandom(8).hex()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("x", encoding="utf-8", newline="\n") as stream:
            if target.exists():
                shutil.copymode(target, aside)
            stream.writelines(chunks)
        if not force:
            _claim(target, file, force)
        aside.replace(target)
    except OSError as error:
        raise OraError(f"cannot write {file}: {error.strerror}", code=ExitCode.IO) from error
    finally:
        with suppress(OSError):
            aside.unlink()


def _claim(target: Path, file: Path, force: bool | None) -> None:
    """Create the file, empty: the system decides which of two processes may, however close together they are."""
    try:
        target.open("x").close()
    except FileExistsError as error:
        raise _exists_already(file, force) from error
