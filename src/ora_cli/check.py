"""Looking for mistakes in article files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ora_cli.articles import Article, ArticleFileError, Problem, nearest, read_articles


def check_files(files: Sequence[Path]) -> list[Problem]:
    """Return everything wrong in these files: what keeps one from loading, and links that lead nowhere."""
    problems: list[Problem] = []
    articles: list[Article] = []
    for file in files:
        try:
            articles += [record for record in read_articles(file) if isinstance(record, Article)]
        except ArticleFileError as error:
            problems += error.problems
    slugs = {article.slug for article in articles}
    for article in articles:
        for slug in article.see_also:
            if slug not in slugs:
                near = nearest(slug, slugs)
                mend = f"did you mean {near!r}?" if near else "name an article of these files"
                problems.append(
                    Problem(article.origin, f"no article {slug!r}", mend, article=article.slug, key="see_also")
                )
    return problems
