"""Where things are: the user's folders, the bundled articles, and the files that a library is made of."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ora_cli.articles import SUFFIXES
from ora_cli.config import read as read_config
from ora_cli.errors import ExitCode, OraError
from ora_cli.text import bundled

_APP = "ora"


class Folders(NamedTuple):
    """The user's folders; they need not exist."""

    config: Path
    articles: Path
    cache: Path


def user_folders() -> Folders | None:
    """Return the user's folders, or None where there is no home folder to look in.

    The XDG variables count on macOS too; Windows has its usual places.
    """
    if sys.platform == "win32":
        from platformdirs.windows import Windows

        dirs = Windows(_APP, appauthor=False)
        return Folders(dirs.user_config_path, dirs.user_data_path / "articles", dirs.user_cache_path)
    try:
        return Folders(
            _xdg_folder("XDG_CONFIG_HOME", ".config"),
            _xdg_folder("XDG_DATA_HOME", ".local/share") / "articles",
            _xdg_folder("XDG_CACHE_HOME", ".cache"),
        )
    except RuntimeError:
        return None  # no HOME, and no entry in the password file


def _xdg_folder(variable: str, default: str) -> Path:
    """Return a folder of the XDG Base Directory Specification, which says that a relative one is to be ignored."""
    base = Path(os.environ.get(variable, ""))
    return (base if base.is_absolute() else _home() / default) / _APP


def _home() -> Path:
    """Return the home folder; an empty HOME is none, where Python would take the root of all folders for it.

    Raises:
        RuntimeError: there is none.
    """
    if home := os.environ.get("HOME"):
        return Path(home)
    try:
        import pwd

        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except (ImportError, KeyError) as error:
        raise RuntimeError from error


def bundled_articles() -> Path:
    """Return the file of bundled articles."""
    return bundled("articles.toml")


def config_file() -> Path | None:
    """Return the user's configuration file, which need not be there."""
    folders = user_folders()
    return folders.config / "config.toml" if folders else None


def default_locations() -> list[Path]:
    """Return where the default library comes from, lowest precedence first."""
    return [place for place, _ in default_origins()]


def default_origins() -> list[tuple[Path, str]]:
    """Return where the default library comes from, lowest precedence first, each place with what names it.

    Raises:
        OraError: the configuration file is bad.
    """
    folders, config = user_folders(), read_config(config_file())
    own = [folders.articles] if folders else []
    extra = [Path(part) for part in os.environ.get("ORA_PATH", "").split(os.pathsep) if part]
    return [
        *((place, "default") for place in (bundled_articles(), *own)),
        *((place, str(config.file)) for place in config.articles),
        *((place, "ORA_PATH") for place in extra),
    ]


def article_files(locations: Iterable[Path]) -> list[Path]:
    """Return the article files at these locations, each once; a folder stands for the files below it, in name order.

    Raises:
        OraError: a location does not exist, is no article file, or is a folder without any.
    """
    return list(dict.fromkeys(file for location in locations for file in _files_at(location)))


def files_that_exist(locations: Iterable[Path]) -> list[Path]:
    """Return the article files at these locations, passing over locations that are missing, empty or closed to us."""
    found: dict[Path, None] = {}
    for location in locations:
        with suppress(PermissionError):
            if location.exists():
                found.update(dict.fromkeys([location] if location.is_file() else _below(location)))
    return list(found)


def _files_at(location: Path) -> list[Path]:
    if location.is_dir():
        files = list(_below(location))
        if not files:
            raise OraError(
                f"no article files in {location}",
                code=ExitCode.IO,
                hint="articles are read from files that end in .toml or .jsonl",
            )
        return files
    if not location.exists():
        raise OraError(f"no such file or folder: {location}", code=ExitCode.IO, hint="check the path after --articles")
    if location.suffix not in SUFFIXES:
        raise OraError(
            f"not an article file: {location}", code=ExitCode.IO, hint="its name must end in .toml or .jsonl"
        )
    return [location]


def _below(folder: Path) -> Iterator[Path]:
    # Links to folders are not followed: a loop of links would never end.
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(SUFFIXES) and not name.startswith("."):
                yield Path(parent, name)
