"""Articles that `ora export` wrote as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ora_cli.content.articles import Article, Category, Record, Source
from ora_cli.content.reading import ArticleFileError, read_articles
from ora_cli.errors import ExitCode, OraError
from ora_cli.importing.items import Found, Given, Item, Skipped, check_size


def read(path: Path, given: Given) -> Iterator[Item]:
    """Yield the articles and categories; these articles name their category themselves."""
    try:
        check_size(path, path.stat().st_size)
    except OSError as error:
        raise OraError(f"cannot read {path}: {error.strerror}", code=ExitCode.IO) from error
    yield from items(read_articles(path), str(path))


def items(records: Iterable[Record], where: str) -> Iterator[Item]:
    """Yield what is imported of the records of an article file."""
    try:
        for record in records:
            if isinstance(record, Article):
                yield Found(record, has_slug=True)
            elif isinstance(record, Category):
                yield record
            elif not isinstance(record, Source):
                yield Skipped(where, "synonyms and red flags are not imported; put the file itself into your folder")
    except ArticleFileError as error:
        for problem in error.problems:
            parts = (problem.article, problem.key, problem.what)
            yield Skipped(f"{problem.file}:{problem.line}" if problem.line else where, ": ".join(filter(None, parts)))
