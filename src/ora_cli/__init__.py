"""Answers from sourced articles, offline: `from ora_cli import Library`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ora_cli.library import Library

__version__ = "0.1.0"
__all__ = ["Library", "__version__"]


def __getattr__(name: str) -> Any:
    # The command line needs only the version from this package and must not pay for importing the rest.
    if name == "Library":
        from ora_cli.library import Library

        return Library
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
