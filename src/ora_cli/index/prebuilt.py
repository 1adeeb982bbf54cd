"""The index of the bundled articles that the wheel brings along: it is made with the wheel, and copied to be used."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from ora_cli import __version__, paths
from ora_cli.errors import OraError
from ora_cli.index.database import ArticleFile, Index
from ora_cli.index.files import digest_of, is_intact, seal, shown_path, signature_of
from ora_cli.index.schema import SCHEMA_VERSION
from ora_cli.text import word_vectors

# What the articles were is told by their digest, which the index has of each file.
_CACHE_KEY = f"prebuilt\n{__version__}\n{SCHEMA_VERSION}\n{word_vectors.version()}"


def make_prebuilt(articles: Path, target: Path) -> None:
    """Write the index of a file of articles to a new file `target`, without anything of where that is done.

    Raises:
        OraError: the articles have mistakes or cannot be read.
    """
    from ora_cli.content.reading import read_articles
    from ora_cli.index.builder import Builder

    with closing(sqlite3.connect(target, isolation_level=None)) as database:
        builder = Builder(database)
        builder.add_file(0, ArticleFile("", digest=digest_of(articles)), read_articles(articles))
        builder.finish(_CACHE_KEY)
    seal(target)


def prebuilt_index(cache_key: str) -> Index | None:
    """Return a copy in memory of the prebuilt index, as if it had been built here.

    There is none where the program was not installed from a wheel. One that is damaged, of another version, or of other
    articles than those that are bundled now is not used. It is trusted as the modules beside it are.
    """
    file, articles = paths.bundled_index(), paths.bundled_articles()
    database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        if is_intact(file, in_full=True):
            with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as prebuilt:
                prebuilt.backup(database)
            index = Index(database)
            # The signature comes first, so that a change in between is noticed the next time.
            here = (shown_path(articles), signature_of(articles), os.fsencode(articles))
            if index.cache_key == _CACHE_KEY and [file.digest for file in index.files()] == [digest_of(articles)]:
                database.execute("UPDATE file SET path = ?, signature = ?, location = ?", here)
                database.execute("UPDATE meta SET value = ? WHERE key = 'cache_key'", (cache_key,))
                return Index(database)
    except (OSError, OraError, sqlite3.Error, KeyError):
        pass
    database.close()
    return None
