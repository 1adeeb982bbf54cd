"""What `ora paths` tells: where everything is and what is in force."""

from __future__ import annotations

import hashlib
import os
import platform
import sqlite3

from ora_cli import __version__, paths
from ora_cli.library import Library

_VARIABLES = (
    "ORA_PATH", "ORA_PAGER", "PAGER", "NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS",
    "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME",
)  # fmt: skip


def report(library: Library) -> dict[str, str]:
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
        "own_articles": str(folders.articles) if folders else nowhere,
        "cache": str(folders.cache) if folders else nowhere,
        "content": hashlib.sha256("\0".join(digests).encode()).hexdigest(),
        **{name: value for name in _VARIABLES if (value := os.environ.get(name))},
    }
