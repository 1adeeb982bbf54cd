"""Writing files completely or not at all, and replacing existing files only if asked to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from ora_cli.errors import ExitCode, OraError
from ora_cli.paths import user_folders

# Of a file: how much of it is looked at for a mark, and in how many lines.
_HEAD, _HEAD_LINES = 1000, 10


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


def save_folder(folder: Path, files: Iterable[tuple[str, str]], *, marks: Collection[str], force: bool) -> list[str]:
    """Write files into a folder, none of which appears before all are complete.

    With `force` there may be something in the folder, but only files of an earlier time are replaced: those that have
    one of the marks as one of their first lines. Nothing is removed; the names of such files that stay are returned.

    Raises:
        OraError: the folder may not be written, or writing failed.
    """
    made = False
    try:
        made = _claim_folder(folder, force=force)
        with TemporaryDirectory(prefix=".ora-", dir=folder) as aside:
            names = [_written(Path(aside, name), text).name for name, text in files]
            _check_replaced(folder, names, marks)
            for name in names:
                Path(aside, name).replace(folder / name)
        return sorted(path.name for path in folder.iterdir() if path.name not in names and _has_mark(path, marks))
    except OSError as error:
        raise OraError(f"cannot write {folder}: {error.strerror}", code=ExitCode.IO) from error
    finally:
        if made:
            with suppress(OSError):  # there is something in it if all went well
                folder.rmdir()


def _claim_folder(folder: Path, *, force: bool) -> bool:
    """Create the folder and return True, or check that the one that is there may be written to and return False."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir()
    except FileExistsError:
        elsewhere = "write elsewhere with --to FOLDER"
        if not folder.is_dir():
            raise OraError(f"{folder} is not a folder", code=ExitCode.IO, hint=elsewhere) from None
        if not force and any(folder.iterdir()):
            hint = f"{elsewhere}, or over an earlier export with --force"
            raise OraError(f"{folder} is not empty", code=ExitCode.IO, hint=hint) from None
        return False
    return True


def _written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8", newline="\n")
    return file


def _check_replaced(folder: Path, names: Iterable[str], marks: Collection[str]) -> None:
    for file in (folder / name for name in names):
        if os.path.lexists(file) and not _has_mark(file, marks):
            hint = "move it away, or write elsewhere with --to FOLDER"
            raise OraError(f"{file} is not from an export", code=ExitCode.IO, hint=hint)


def _has_mark(file: Path, marks: Collection[str]) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        return not set(marks).isdisjoint(stream.read(_HEAD).decode("utf-8", "replace").splitlines()[:_HEAD_LINES])
