"""The user's folders, and the data files of the program."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

_APP = "ora"


class Folders(NamedTuple):
    """The user's folders, whether they exist or not."""

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
    """Return a folder of the XDG Base Directory Specification, which tells programs to ignore relative paths."""
    base = Path(os.environ.get(variable, ""))
    return (base if base.is_absolute() else _home() / default) / _APP


def _home() -> Path:
    """Return the home folder. An empty HOME counts as unset; Python would take it for the root folder.

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
    """Return the path of the user's configuration file, whether it exists or not."""
    folders = user_folders()
    return folders.config / "config.toml" if folders else None


def bundled(name: str) -> Path:
    """Return the path of a data file of the program."""
    package = Path(__file__).parent
    installed = package / "data" / name
    # An editable install runs from the checkout, where the data folder is at the top.
    return installed if installed.exists() else package.parents[1] / "data" / name
