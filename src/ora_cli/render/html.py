"""Articles as a page to print or to hand over, which `importing` reads again; `render.site` makes several of them.

A page is a tree of elements, and xml.etree escapes every text when it writes them: no text of an article can become
markup, and nobody has to remember it. A template escapes as long as nobody writes `|safe`. Jinja2 takes 32 ms to import
(this takes 3), would be the only thing that a page needs beside the program itself, and there are two kinds of pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from pkgutil import get_data
from typing import Any
from xml.etree.ElementTree import Element, tostring

from ora_cli import paths
from ora_cli.content.articles import FOOTNOTE, Article, Category, Source, unmarked
from ora_cli.content.records import RECORDS, records
from ora_cli.matching.verdict import Link
from ora_cli.render import json_lines
from ora_cli.render.answer import minutes, source_facts, source_title
from ora_cli.render.blocks import Kind, body_blocks, strong_parts
from ora_cli.text.wording import NO_DOCTOR

MADE_BY = "ora show"
"""What a page says made it."""

LANGUAGE = "en"
"""The language of the words that pages add to those of the articles."""

_LICENSE = "https://creativecommons.org/licenses/by/4.0/"
# A footnote mark with the blank before it, which must not end a line.
_MARK = re.compile(rf"\s*{FOOTNOTE.pattern}")
_CONTENT = "_content"
"""The id of what the link at the top of a page leads to; no slug begins so."""

Child = Element | str
Mark = Callable[[str], Iterator[Child]]


def show(listed: Sequence[tuple[Article, Category, Sequence[Link]]]) -> str:
    """Return these articles, each with its category and what to read next, as one page that needs no other file."""
    articles = [article for article, _, _ in listed]
    categories = {category.slug: category for _, category, _ in listed}
    return page(
        " · ".join(article.title for article in articles),
        [
            article_element(article, category.name, [link.title for link in links])
            for article, category, links in listed
        ],
        style=element("style", f"\n{stylesheet()}"),
        data=questions(articles, categories.values()),
        description=description(articles[0]),
    )


def page(
    title: str,
    main: Iterable[Element],
    *,
    style: Element,
    data: dict[str, Any],
    description: str,
    made_by: str = MADE_BY,
    top: Element | None = None,
) -> str:
    """Return a page: `main` is its text, `top` what leads to other pages, `data` its JSON-LD."""
    head = element(
        "head",
        *lines(
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="color-scheme", content="light dark"),
            element("meta", name="generator", content=made_by),
            element("title", title),
            element("meta", name="description", content=description),
            style,
            element("script", json_lines.in_script(data), type="application/ld+json"),
        ),
    )
    skip = element("a", "Skip to the text", class_="skip", href=f"#{_CONTENT}")
    before = [] if top is None else [skip, element("header", top)]
    footer = element("footer", element("p", f"This page {NO_DOCTOR}"))
    body = element("body", *lines(*before, element("main", *lines(*main), id=_CONTENT), footer))
    return f"<!DOCTYPE html>\n{written(element('html', *lines(head, body), lang=LANGUAGE))}\n"


def article_element(article: Article, category: Child, see_also: Sequence[Child]) -> Element:
    """Return an article; `category` and `see_also` are links where there is something to link to."""
    numbers = {source.id: number for number, source in enumerate(article.sources, 1)}

    def mark(source_id: str) -> Iterator[Child]:
        number = numbers[source_id]
        names = {"title": article.sources[number - 1].publisher, "aria_label": f"Source {number}"}
        yield "\N{NO-BREAK SPACE}"
        yield element("a", f"[{number}]", class_="mark", href=f"#{_source_anchor(article, number)}", **names)

    parts = [element("h1", article.title), _facts(article, category)]
    if article.urgent:
        parts.append(_section("Urgent", _body(article.urgent, mark), anchor=f"{article.slug}-urgent", class_="urgent"))
    parts.append(_section("Short answer", _body(article.answer, mark), class_="answer"))
    parts += [_section(section.heading, _body(section.body, mark)) for section in article.sections]
    if article.sources:
        parts.append(_section("Sources", [_sources(article)], anchor=f"{article.slug}-sources", class_="sources"))
    if see_also:
        listed = element("ul", *lines(*(element("li", child) for child in see_also)))
        parts.append(_section("See also", [listed], tag="nav", anchor=f"{article.slug}-see-also"))
    if article.origin == str(paths.bundled_articles()):
        licence = element("a", "CC BY 4.0", rel="license", href=_LICENSE)
        parts.append(element("p", "From the articles of ora, under ", licence, ".", class_="licence"))
    return element("article", *lines(*parts))


def description(article: Article) -> str:
    """Return the short answer as one line of plain text, for those who list pages."""
    return " ".join(unmarked(article.answer).split())


def _facts(article: Article, category: Child) -> Element:
    facts: list[Child] = [category, f" · {minutes(article)} min read"]
    if article.reviewed:
        facts += [" · reviewed ", element("time", _day(article.reviewed), datetime=article.reviewed)]
    return element("p", *facts, class_="facts")


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B} {day.year}"


def _section(
    heading: str, content: Iterable[Element], *, tag: str = "section", anchor: str = "", **more: str
) -> Element:
    """Return a part of a page with its heading; with an anchor it is a landmark of this name."""
    if anchor:
        title = element("h2", heading, id=anchor)
        return element(tag, *lines(title, *content), aria_labelledby=anchor, **more)
    return element(tag, *lines(element("h2", heading), *content), **more)


def _sources(article: Article) -> Element:
    items = (
        element("li", *_source(source), id=_source_anchor(article, number))
        for number, source in enumerate(article.sources, 1)
    )
    return element("ol", *lines(*items))


def _source(source: Source) -> Iterator[Child]:
    yield element("a", source_title(source), href=source.url)
    yield f" {source_facts(source)}."


def _source_anchor(article: Article, number: int) -> str:
    return f"{article.slug}-source-{number}"


def _body(text: str, mark: Mark) -> Iterator[Element]:
    """Yield the paragraphs and lists of a text."""
    for bullets, blocks in groupby(body_blocks(text), key=lambda block: block.kind is Kind.BULLET):
        tag = "li" if bullets else "p"
        made = [element(tag, *_inline(block.text, mark)) for block in blocks]
        yield from [element("ul", *lines(*made))] if bullets else made


def _inline(text: str, mark: Mark) -> Iterator[Child]:
    for part, strong in strong_parts(text):
        pieces = _MARK.split(part)
        children = [child for n, piece in enumerate(pieces) for child in (mark(piece) if n % 2 else [piece])]
        yield from [element("strong", *children)] if strong else children


def questions(articles: Sequence[Article], categories: Iterable[Category]) -> dict[str, Any]:
    """Return articles as schema.org has them, with all that is in them for `importing` to read."""
    answers = [
        {"@type": "Question", "name": article.title, "acceptedAnswer": {"@type": "Answer", "text": _answer(article)}}
        for article in articles
    ]
    reviewed = min((article.reviewed or "" for article in articles), default="")
    return {
        "@context": context(),
        "@type": "FAQPage",
        "inLanguage": LANGUAGE,
        **({"lastReviewed": reviewed} if reviewed else {}),
        "mainEntity": answers,
        RECORDS: list(json_lines.tables(records(articles, categories))),
    }


def context() -> list[Any]:
    """Return the context of JSON-LD: schema.org's, and a key of our own whose value is JSON as it stands."""
    prefix, _, _ = RECORDS.partition(":")
    return ["https://schema.org", {prefix: f"urn:{prefix}:", RECORDS: {"@type": "@json"}}]


def _answer(article: Article) -> str:
    """Return the text of an article as HTML without classes and marks, for other programs."""
    parts = [element("p", element("strong", "Urgent")), *_body(article.urgent, _unmarked)] if article.urgent else []
    parts += _body(article.answer, _unmarked)
    for section in article.sections:
        parts += [element("h2", section.heading), *_body(section.body, _unmarked)]
    return "".join(map(written, parts))


def _unmarked(_: str) -> Iterator[Child]:
    yield from ()


def stylesheet() -> str:
    """Return the stylesheet of all pages."""
    return (get_data("ora_cli.render", "page.css") or b"").decode()


def element(tag: str, *children: Child, **attributes: str) -> Element:
    """Return an element; in the names of attributes `_` stands for a hyphen, and at the end for nothing."""
    made = Element(tag, {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()})
    for child in children:
        if isinstance(child, Element):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + child
        else:
            made.text = (made.text or "") + child
    return made


def lines(*children: Child) -> Iterator[Child]:
    """Yield children on lines of their own: between blocks, only those see that who read the file itself."""
    yield "\n"
    for child in children:
        yield child
        yield "\n"


def written(made: Element) -> str:
    """Return an element as HTML."""
    return tostring(made, encoding="unicode", method="html")
