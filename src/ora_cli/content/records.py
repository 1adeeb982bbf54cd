"""Articles as records in the order of an article file, and records as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ora_cli.content.articles import FOOTNOTE, Article, Category, Source

Written = Article | Category | Source
"""The records that can be written back to a file; synonyms and red flags are kept only in the matcher's form."""

URGENT = "**Urgent:**"
"""The first words of the quotation that precedes an article's answer in Markdown."""

COMMENT = "<!-- ora"
"""The start of the Markdown comment that holds, as JSON, the keys of an article that readers do not need."""

RECORDS = "ora:records"
"""The key in the JSON-LD of a page for what an article file would hold: categories, sources and articles."""


def records(articles: Iterable[Article], categories: Iterable[Category] = ()) -> Iterator[Written]:
    """Yield the categories, then the articles, each source before the first article that cites it.

    Within a file an id names one source. Where articles come from several files, a second source with the same id gets
    another id.
    """
    yield from categories
    seen: dict[str, Source] = {}
    for article in articles:
        ids = {}
        for source in article.sources:
            here = _apart(source, seen)
            ids[source.id] = here.id
            if here.id not in seen:
                seen[here.id] = here
                yield here
        yield _cite_as(article, ids)


def _apart(source: Source, seen: dict[str, Source]) -> Source:
    here, number = source, 1
    while seen.get(here.id, here) != here:
        number += 1
        here = source._replace(id=f"{source.id}-{number}")
    return here


def _cite_as(article: Article, ids: dict[str, str]) -> Article:
    """Return the article with the ids of its sources replaced."""
    if all(old == new for old, new in ids.items()):
        return article

    def renamed(text: str) -> str:
        return FOOTNOTE.sub(lambda mark: f"[^{ids[mark[1]]}]", text)

    return article._replace(
        answer=renamed(article.answer),
        urgent=article.urgent and renamed(article.urgent),
        sections=tuple(section._replace(body=renamed(section.body)) for section in article.sections),
        sources=tuple(source._replace(id=ids[source.id]) for source in article.sources),
    )


def table(record: Written) -> tuple[str, dict[str, Any]]:
    """Return the kind of a record and its keys as in an article file; empty values are left out."""
    if not isinstance(record, Article):
        return type(record).__name__.lower(), _filled(record._asdict())
    return "article", _filled(
        {
            "slug": record.slug,
            "title": record.title,
            "category": record.category,
            "answer": record.answer,
            "also_asked": list(record.also_asked),
            "urgent": record.urgent,
            "reviewed": record.reviewed,
            "see_also": list(record.see_also),
            "was": list(record.was),
            "topics": list(record.topics),
            "unanswered": list(record.unanswered),
            "treatment": record.treatment,
            "section": [_filled({**section._asdict(), "asked": list(section.asked)}) for section in record.sections],
        }
    )


def _filled(keys: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in keys.items() if value}
