"""Writing files completely or not at all, and replacing existing files only if asked to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ora_cli.errors import ExitCode, OraError
from ora_cli.paths import user_folders


def own_file(name: str, *, hint: str = "name a file with --to") -> Path:
    """Return the path of a file in the user's article folder; `hint` says what to do where there is none.

    Raises:
        OraError: there is no home folder.
    """
    folder = user_folders().articles
    if folder is None:
        raise OraError("there is no home folder for articles", code=ExitCode.USAGE, hint=hint)
    return folder / name


def check_target(file: Path, *, force: bool | None = None) -> None:
    """Check that a file may be written. `force` allows to replace it; None means that the command has no such option.

    Raises:
        OraError: the file may not be written.
    """
    if file.exists() and not file.is_file():
        raise OraError(f"{file} is not a file", code=ExitCode.IO, hint="write elsewhere with --to FILE")
    if file.exists() and not force:
        raise _exists_already(file, force)


def _exists_already(file: Path, force: bool | None) -> OraError:
    over = "" if force is None else ", or over it with --force"
    return OraError(f"{file} exists already", code=ExitCode.IO, hint=f"write elsewhere with --to FILE{over}")


def check_article_target(file: Path, *, force: bool | None = None) -> None:
    """Check that a file may be written and has the name of an article file.

    Raises:
        OraError: the file may not be written, or its name is wrong.
    """
    if file.suffix != ".toml":
        raise OraError(f"articles can't be written to {file}", code=ExitCode.USAGE, hint="its name must end in .toml")
    check_target(file, force=force)


def save(file: Path, chunks: Iterable[str], *, force: bool | None = None) -> None:
    """Write a file, which appears only when it is complete. Links are followed, and a replaced file keeps its mode.

    Raises:
        OraError: the file may not be written (see `check_target`), or writing failed.
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
    """Create the empty file; if two processes try it at the same time, the system lets only one succeed."""
    try:
        target.open("x").close()
    except FileExistsError as error:
        raise _exists_already(file, force) from error
