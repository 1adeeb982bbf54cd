"""Finding the mistakes in article files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ora_cli.content.articles import Article, Problem, Record, RedFlag
from ora_cli.content.reading import ArticleFileError, read_articles
from ora_cli.text.wording import nearest


def check_files(
    files: Sequence[Path],
    strict: bool = False,
    *,
    known_slugs: Callable[[], Collection[str]] = tuple,
    replaceable: Path | None = None,
) -> list[Problem]:
    """Return everything wrong in these files: what keeps one from loading, doubled slugs, dead links and rules.

    `strict` adds the findings of the editorial rules in valid files. `known_slugs` returns the slugs of articles in
    other files; it is called only if a link leads out of these files. The articles of the file `replaceable` may be
    replaced by those of others.

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
    problems += _doubled_slugs(records, replaceable)
    for file, of_file in records.items():
        problems += _flag_problems(str(file), of_file)
    problems += _dead_links([record for of_file in records.values() for record in of_file], known_slugs)
    if strict:
        from ora_cli.authoring.editorial import findings

        problems += findings(records)
    return problems


def _doubled_slugs(records: Mapping[Path, Sequence[Record]], replaceable: Path | None) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for file, of_file in records.items():
        for article in of_file if file != replaceable else ():
            if isinstance(article, Article) and first.setdefault(article.slug, article.origin) != article.origin:
                what = f"{first[article.slug]} has an article with this slug too"
                yield Problem(article.origin, what, "give each its own", article=article.slug, key="slug")


def _flag_problems(file: str, records: Sequence[Record]) -> Iterator[Problem]:
    if any(isinstance(record, RedFlag) for record in records):
        from ora_cli.authoring.flag_checks import flag_problems

        yield from flag_problems(file, records)


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
