"""Articles that `ora export` wrote as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ora_cli.content.articles import Article, Category, Source
from ora_cli.content.reading import ArticleFileError, read_articles
from ora_cli.errors import ExitCode, OraError
from ora_cli.importing.items import Found, Given, Item, Skipped, check_size


def read(path: Path, given: Given) -> Iterator[Item]:
    """Yield the articles and categories; these articles name their category themselves."""
    try:
        check_size(path, path.stat().st_size)
        for record in read_articles(path):
            if isinstance(record, Article):
                yield Found(record, has_slug=True)
            elif isinstance(record, Category):
                yield record
            elif not isinstance(record, Source):
                yield Skipped(
                    str(path), "synonyms and red flags are not imported; put the file itself into your folder"
                )
    except ArticleFileError as error:
        for problem in error.problems:
            parts = (problem.article, problem.key, problem.what)
            yield Skipped(f"{problem.file}:{problem.line}", ": ".join(filter(None, parts)))
    except OSError as error:
        raise OraError(f"cannot read {path}: {error.strerror}", code=ExitCode.IO) from error
