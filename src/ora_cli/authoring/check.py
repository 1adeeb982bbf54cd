"""Finding the mistakes in article files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from ora_cli.content.articles import Article, Problem, Record
from ora_cli.content.reading import ArticleFileError, read_articles
from ora_cli.text.wording import nearest


def check_files(
    files: Sequence[Path], strict: bool = False, *, known_slugs: Callable[[], Collection[str]] = tuple
) -> list[Problem]:
    """Return everything wrong in these files: what keeps one from loading, and links that lead nowhere.

    `strict` adds the findings of the editorial rules in valid files. `known_slugs` returns the slugs of articles in
    other files; it is called only if a link leads out of these files.

    Raises:
        OraError: a file cannot be read, or `strict` lacks its libraries.
    """
    problems: list[Problem] = []
    records: dict[Path, list[Record]] = {}
    for file in files:
        try:
            records[file] = list(read_articles(file))
        except ArticleFileError as error:
            problems += error.problems
    problems += _dead_links([record for of_file in records.values() for record in of_file], known_slugs)
    if strict:
        from ora_cli.authoring.editorial import findings

        problems += findings(records)
    return problems


def _dead_links(records: Iterable[Record], known_slugs: Callable[[], Collection[str]]) -> Iterator[Problem]:
    articles = [record for record in records if isinstance(record, Article)]
    slugs = {article.slug for article in articles}
    leading_out = [(article, slug) for article in articles for slug in article.see_also if slug not in slugs]
    if leading_out:
        slugs.update(known_slugs())
    for article, slug in leading_out:
        if slug not in slugs:
            near = nearest(slug, slugs)
            hint = f"did you mean {near!r}?" if near else "name an article of these files"
            yield Problem(article.origin, f"no article {slug!r}", hint, article=article.slug, key="see_also")
