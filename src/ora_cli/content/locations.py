"""The locations that a library is made of, and the article files at them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from ora_cli import paths
from ora_cli.content.articles import SUFFIXES
from ora_cli.errors import ExitCode, OraError


def default_locations(configured: Iterable[Path] = ()) -> list[Path]:
    """Return the files and folders of the default library, lowest precedence first."""
    return [place for place, _ in default_origins(configured)]


def default_origins(configured: Iterable[Path] = (), *, named_by: str = "") -> list[tuple[Path, str]]:
    """Return the files and folders of the default library, lowest precedence first, each with what named it.

    `configured` are the places from a configuration file, and `named_by` is the name to give that file.
    """
    own = paths.user_folders().articles
    extra = [Path(part) for part in os.environ.get("ORA_PATH", "").split(os.pathsep) if part]
    return [
        *((place, "default") for place in (paths.bundled_articles(), own) if place),
        *((place, named_by) for place in configured),
        *((place, "ORA_PATH") for place in extra),
    ]


def article_files(locations: Iterable[Path]) -> list[Path]:
    """Return the article files at these locations, each once; a folder stands for the files below it, in name order.

    Raises:
        OraError: a location does not exist, is no article file, or is a folder that is empty or not readable in full.
    """
    return list(dict.fromkeys(file for location in locations for file in _files_at(location)))


def files_that_exist(locations: Iterable[Path]) -> list[Path]:
    """Return the article files at these locations, skipping locations that are missing, empty or unreadable."""
    found: dict[Path, None] = {}
    for location in locations:
        with suppress(PermissionError):
            if location.exists():
                found.update(dict.fromkeys([location] if location.is_file() else files_below(location)))
    return list(found)


def _files_at(location: Path) -> list[Path]:
    if location.is_dir():
        files = list(files_below(location, on_error=raise_unreadable))
        if not files:
            raise OraError(
                f"no article files in {location}",
                code=ExitCode.IO,
                hint="articles are read from files that end in .toml or .jsonl",
            )
        return files
    if not location.exists():
        raise OraError(f"no such file or folder: {location}", code=ExitCode.IO, hint="check the path")
    if location.suffix not in SUFFIXES:
        raise OraError(
            f"not an article file: {location}", code=ExitCode.IO, hint="its name must end in .toml or .jsonl"
        )
    return [location]


def raise_unreadable(error: OSError) -> None:
    """Raise the error of a folder that cannot be read."""
    raise OraError(f"cannot read {error.filename}: {error.strerror}", code=ExitCode.IO) from error


def files_below(
    folder: Path,
    is_wanted: Callable[[str], bool] = lambda name: name.endswith(SUFFIXES),
    *,
    on_error: Callable[[OSError], None] | None = None,
) -> Iterator[Path]:
    """Yield the files below a folder, in name order, whose name is wanted; what begins with a full stop is hidden."""
    # Each folder is read once, however many links lead to it, so that a loop of links ends.
    seen = {os.path.realpath(folder)}
    for parent, folders, names in os.walk(folder, onerror=on_error, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and _is_new(Path(parent, name), seen))
        for name in sorted(names):
            if is_wanted(name) and not name.startswith("."):
                yield Path(parent, name)


def _is_new(folder: Path, seen: set[str]) -> bool:
    """Return whether a folder has not been seen, and note that it has been now."""
    real, before = os.path.realpath(folder), len(seen)
    seen.add(real)
    return len(seen) > before
