"""Answers from sourced articles, offline: `from ora_cli import Library`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ora_cli.content.articles import Article
    from ora_cli.errors import OraError
    from ora_cli.library import Library
    from ora_cli.matching.verdict import Match, Status, Verdict

__version__ = "0.2.0"
__all__ = ["Article", "Library", "Match", "OraError", "Status", "Verdict", "__version__"]

_MODULES = {
    "Article": "content.articles",
    "Library": "library",
    "Match": "matching.verdict",
    "OraError": "errors",
    "Status": "matching.verdict",
    "Verdict": "matching.verdict",
}


def __getattr__(name: str) -> Any:
    # Imported on access, because the command line imports this package for its version alone.
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
