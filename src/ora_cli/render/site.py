"""Articles as a small static site: a page for each, an index by category, and one stylesheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from ora_cli.content.articles import Article, Category
from ora_cli.content.records import RECORDS
from ora_cli.index.database import Entry
from ora_cli.matching.verdict import Link
from ora_cli.render import html, json_lines
from ora_cli.render.html import element, lines
from ora_cli.render.lists import by_group
from ora_cli.text.wording import counted

MARKS = ('<meta name="generator" content="ora export">', "/* Written by ora export. */")
"""The lines, one of which is among the first ones of every file, so that another export knows it for its own."""

_TITLE = "Questions and answers"
_INDEX = "index.html"
_STYLESHEET = "style.css"


def files(
    entries: Sequence[Entry],
    categories: Sequence[tuple[Category, int]],
    articles: Iterable[tuple[Article, Sequence[Link]]],
) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file of a site; the articles are those of the entries."""
    known = {category.slug: category for category, _ in categories}
    slugs = {entry.slug for entry in entries}
    yield _STYLESHEET, f"{MARKS[1]}\n{html.stylesheet()}"
    for article, links in articles:
        yield _file(article.slug), _article_page(article, known[article.category], links, slugs)
    yield _INDEX, _index_page(entries, categories)


def _file(slug: str) -> str:
    """Return the name of an article's page; no slug has an underscore, so that every name is of one page."""
    return f"{slug}_.html" if slug == "index" else f"{slug}.html"


def _article_page(article: Article, category: Category, links: Sequence[Link], slugs: set[str]) -> str:
    home = element("a", _TITLE, href=_INDEX)
    return _page(
        article.title,
        [
            html.article_element(
                article,
                element("a", category.name, href=f"{_INDEX}#{category.slug}"),
                [_link(link.slug, link.title) if link.slug in slugs else link.title for link in links],
            )
        ],
        data=html.questions([article], [category]),
        description=html.description(article),
        top=element("nav", home, aria_label="Site"),
    )


def _index_page(entries: Sequence[Entry], categories: Sequence[tuple[Category, int]]) -> str:
    filled = [(category, count) for category, count in categories if count]
    title, extent = element("h1", _TITLE), element("p", counted(len(entries), "question"), class_="facts")
    parts = [_category_section(category, entries) for category, _ in filled]
    return _page(
        _TITLE,
        [title, extent, _category_list(filled), *parts],
        data={
            "@context": html.context(),
            "@type": "CollectionPage",
            "inLanguage": html.LANGUAGE,
            "name": _TITLE,
            RECORDS: list(json_lines.tables(category for category, _ in categories)),
        },
        description=f"{_TITLE}: {', '.join(category.name for category, _ in filled)}",
    )


def _category_list(categories: Sequence[tuple[Category, int]]) -> Element:
    """Return links to the parts of the index, by their groups."""
    anchor, parts = "_categories", list[Element]()  # no slug begins so
    for group, listed in by_group(categories).items():
        if group:
            parts.append(element("h3", group))
        items = [
            element("li", element("a", category.name, href=f"#{category.slug}"), " ", _count(count))
            for category, count in listed
        ]
        parts.append(element("ul", *lines(*items), class_="categories"))
    heading = element("h2", "Categories", id=anchor)
    return element("nav", *lines(heading, *parts), class_="contents", aria_labelledby=anchor)


def _count(count: int) -> Element:
    return element("span", str(count), class_="count")


def _category_section(category: Category, entries: Sequence[Entry]) -> Element:
    items = (element("li", _link(entry.slug, entry.title)) for entry in entries if entry.category == category.slug)
    about = [element("p", category.description)] if category.description else []
    heading = element("h2", category.name, id=category.slug)
    return element("section", *lines(heading, *about, element("ul", *lines(*items))))


def _page(
    title: str, main: Iterable[Element], *, data: dict[str, Any], description: str, top: Element | None = None
) -> str:
    style = element("link", rel="stylesheet", href=_STYLESHEET)
    return html.page(title, main, style=style, data=data, description=description, made_by="ora export", top=top)


def _link(slug: str, title: str) -> Element:
    return element("a", title, href=_file(slug))
