"""The configuration file: a few settings, each checked. Flags and environment variables take precedence over it."""

import os
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from ora_cli.errors import ExitCode, OraError

_T = TypeVar("_T")
_LONGEST_SHOWN = 60


class TextFormat(StrEnum):
    """How any result can be printed."""

    RICH = "rich"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    JSON = "json"


class Format(StrEnum):
    """How results are printed: as a text, or whole articles as a page."""

    RICH = "rich"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"


class Color(StrEnum):
    """When output has colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Config(NamedTuple):
    """What the configuration file sets; None, or no articles, for what it does not mention."""

    file: Path | None = None
    format: Format | None = None
    color: Color | None = None
    pager: str | None = None
    min_confidence: float | None = None
    articles: tuple[Path, ...] = ()
    model: Path | None = None


class Setting(NamedTuple):
    """A setting in force, and what set it: a flag, an environment variable, the file, or "default"."""

    name: str
    value: str | float | None
    origin: str


def first(*choices: tuple[_T | None, str]) -> tuple[_T, str]:
    """Return the first choice whose value is not None, as value and origin; the last choice must have a value."""
    return next((value, origin) for value, origin in choices if value is not None)


def read(file: Path | None) -> Config:
    """Read the configuration file; a file that does not exist sets nothing.

    Raises:
        OraError: it can't be read, is not TOML, or sets something unknown or wrong.
    """
    if file is None:
        return Config()
    try:
        data = file.read_bytes()
    except OSError as error:
        if not os.path.exists(file):  # noqa: PTH110 -- unlike Path.exists, it raises no error for an unreadable folder
            return Config()
        raise _bad(f"cannot read {file}: {error.strerror}", "fix or remove the file") from error
    table = _parsed(file, data)
    return Config(file, **{name: _checked(file, name, value) for name, value in table.items()})


def _parsed(file: Path, data: bytes) -> dict[str, Any]:
    import tomllib

    from ora_cli.text.decoding import decode

    try:
        return tomllib.loads(decode(data))
    except UnicodeDecodeError as error:
        raise _bad(f"{file} is not UTF-8", "save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:  # a bare ValueError comes from a number with thousands of digits
        raise _bad(f"{file} is not TOML: {error}", 'a setting is written as in: format = "plain"') from error


def _checked(file: Path, name: str, value: object) -> Any:
    if name not in _SETTINGS:
        from ora_cli.text.wording import nearest

        near = nearest(name, _SETTINGS)
        raise _bad(
            f"{file}: there is no setting {_shown(name)}",
            f"did you mean: {near}" if near else f"the settings are {', '.join(_SETTINGS)}",
        )
    take, wanted = _SETTINGS[name]
    try:
        return take(file, value)
    except (TypeError, ValueError) as error:
        raise _bad(f"{file}: {name} can't be {_shown(value)}", f"{name} is {wanted}") from error


def _bad(message: str, hint: str) -> OraError:
    return OraError(message, code=ExitCode.BAD_CONFIG, hint=hint)


def _shown(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _command(_: Path, value: object) -> str:
    import shlex

    if not isinstance(value, str):
        raise TypeError
    shlex.split(value)
    return value


def _share(_: Path, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    if not 0 <= value <= 1:
        raise ValueError
    return value


def _places(file: Path, value: object) -> tuple[Path, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_place(file, place) for place in value)


def _place(file: Path, value: object) -> Path:
    if not isinstance(value, str) or not value or "\0" in value:
        raise ValueError
    return file.parent / os.path.expanduser(value)  # noqa: PTH111 -- no error for ~nobody


_SETTINGS: dict[str, tuple[Callable[[Path, Any], Any], str]] = {
    "format": (lambda _, value: Format(TextFormat(value)), f"one of {', '.join(TextFormat)}"),
    "color": (lambda _, value: Color(value), f"one of {', '.join(Color)}"),
    "pager": (_command, 'a command, as in "less -FRX", or "" for none'),
    "min_confidence": (_share, "a number from 0 to 1"),
    "articles": (_places, 'a list of files and folders, as in ["~/articles"]'),
    "model": (_place, 'a folder, as in "~/all-MiniLM-L6-v2"'),
}
