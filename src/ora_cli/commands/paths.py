"""`ora paths`: where everything is and what is in force."""

from __future__ import annotations

import hashlib
import os
import platform
import sqlite3
from typing import TYPE_CHECKING, Annotated

import typer

from ora_cli import __version__, paths
from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import with_common_options
from ora_cli.terminal.output import Output

if TYPE_CHECKING:
    from ora_cli.library import Library

_VARIABLES = (
    "ORA_PATH", "ORA_MODEL", "ORA_PAGER", "PAGER", "NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS",
    "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME",
)  # fmt: skip


@with_common_options
def command(
    options: CommonOptions,
    everything: Annotated[bool, typer.Option("--all", "-a", help="Versions, files and settings too.")] = False,
) -> Output:
    """Show where everything is, and what is loaded."""
    from ora_cli.render import json_lines, lists

    library = options.library()
    facts, files, settings = _facts(library), library.files(), options.settings.in_force(options.articles)
    result = options.result(
        lambda: {**facts, "files": json_lines.files(files), "settings": json_lines.settings(settings)},
        lists.fact_rows(facts, files, settings) if everything else lists.place_rows(facts, files),
    )
    for name, value, origin in settings:
        if name == "articles" and origin != "default" and not os.path.exists(str(value)):  # noqa: PTH110 -- no errors
            result.notes.append(f"not there: {value}, named by {origin}")
    return result


def _facts(library: Library) -> dict[str, str]:
    """Return named facts, in the order to print them."""
    folders = paths.user_folders()
    nowhere = "none (there is no home folder)"
    digests = [file.digest for file in library.files()]
    return {
        "version": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "bundled": str(paths.bundled_articles()),
        "config": str(paths.config_file() or nowhere),
        "own_articles": str(folders.articles or nowhere),
        "cache": str(folders.cache or nowhere),
        **({"cache_problem": library.cache_problem} if library.cache_problem else {}),
        "content": hashlib.sha256("\0".join(digests).encode()).hexdigest(),
        **{name: value for name in _VARIABLES if (value := os.environ.get(name))},
    }
