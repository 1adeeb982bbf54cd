"""The user's folders, and the data files of the program."""

import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

_APP = "ora"


class Folders(NamedTuple):
    """The user's folders, whether they exist or not; None for one that nothing says the place of."""

    config: Path | None
    articles: Path | None
    cache: Path | None


def user_folders() -> Folders:
    """Return the user's folders. Without a home folder there are those alone that an XDG variable names.

    The XDG variables count on macOS too; Windows has its usual places.
    """
    if sys.platform == "win32":
        from platformdirs.windows import Windows

        dirs = Windows(_APP, appauthor=False)
        return Folders(dirs.user_config_path, dirs.user_data_path / "articles", dirs.user_cache_path)
    data = _xdg_folder("XDG_DATA_HOME", ".local/share")
    return Folders(
        _xdg_folder("XDG_CONFIG_HOME", ".config"),
        data / "articles" if data else None,
        _xdg_folder("XDG_CACHE_HOME", ".cache"),
    )


def _xdg_folder(variable: str, default: str) -> Path | None:
    """Return a folder of the XDG Base Directory Specification, which tells programs to ignore relative paths."""
    base = Path(os.environ.get(variable, ""))
    if base.is_absolute():
        return base / _APP
    home = _home()
    return home / default / _APP if home else None


def _home() -> Path | None:
    """Return the home folder, if there is one. An empty HOME counts as unset; Python would take it for the root."""
    if home := os.environ.get("HOME"):
        return Path(home)
    try:
        import pwd

        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except (ImportError, KeyError):
        return None


def bundled_articles() -> Path:
    """Return the file of bundled articles."""
    return bundled("articles.toml")


def bundled_index() -> Path:
    """Return the path of the prebuilt index of the bundled articles; only a wheel brings one."""
    return Path(__file__).parent / "data" / "articles.sqlite"


def config_file() -> Path | None:
    """Return the path of the user's configuration file, whether it exists or not."""
    folder = user_folders().config
    return folder / "config.toml" if folder else None


def bundled(name: str) -> Path:
    """Return the path of a data file of the program."""
    package = Path(__file__).parent
    installed = package / "data" / name
    if installed.exists():
        return installed
    # An editable install runs from the checkout, where the data folder is at the top.
    checkout = package.parents[1] / "data" / name
    return checkout if checkout.exists() else _unpacked(name)


def bundled_text(name: str) -> str:
    """Return the text of a data file of the program."""
    # Python takes three times as long to read it as text, for it looks for other ends of lines.
    return bundled(name).read_bytes().decode()


@cache
def _unpacked(name: str) -> Path:
    """Return a data file of a program that runs from a zip archive, copied to where it can be opened."""
    from pkgutil import get_data

    data = get_data("ora_cli", f"data/{name}") or b""
    cache_folder = user_folders().cache
    if cache_folder:
        with suppress(OSError):
            return _kept(cache_folder / "data" / name, data)
    return _kept(_temporary_folder() / name, data)


def _kept(file: Path, data: bytes) -> Path:
    """Return a file with this content, written if it is not there."""
    if file.exists() and file.read_bytes() == data:
        return file
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    aside.write_bytes(data)
    aside.replace(file)
    return file


@cache
def _temporary_folder() -> Path:
    """Return a folder that is there until the program ends."""
    import atexit
    from tempfile import TemporaryDirectory

    folder = TemporaryDirectory(prefix="ora-")
    atexit.register(folder.cleanup)
    return Path(folder.name)
