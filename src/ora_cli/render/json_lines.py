"""The JSON contract: one object a line. Within a schema number, keys are only ever added."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ora_cli.config import Setting
from ora_cli.content.articles import Article, Category, Problem, RedFlag, Source
from ora_cli.content.records import Written, table
from ora_cli.index.database import ArticleFile, Entry
from ora_cli.matching.verdict import Match, Status, Topic, Verdict
from ora_cli.render.answer import cite, cited_numbers, minutes

if TYPE_CHECKING:
    from ora_cli.importing import Imported
    from ora_cli.matching.verdict import Explanation

SCHEMA = 1
_SEARCH_KEYS = ("query", "matches", "corrections", "red_flag")

# What JSON may hold as it stands but a terminal may obey: control and direction characters beyond ASCII.
_UNSAFE = re.compile(r"[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
# What could end a script of a page, or be read as markup in it.
_MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def line(data: dict[str, Any]) -> str:
    """Return the data as one line of JSON, with its end."""
    return _line({"schema": SCHEMA, **data})


def records(listed: Iterable[Written]) -> Iterator[str]:
    """Return the lines of a `.jsonl` article file of these records: an article as it is, others under their kind."""
    return map(_line, tables(listed))


def tables(listed: Iterable[Written]) -> Iterator[dict[str, Any]]:
    """Yield the objects of these records in an article file."""
    for record in listed:
        kind, keys = table(record)
        yield keys if kind == "article" else {kind: keys}


def in_script(data: dict[str, Any]) -> str:
    """Return the data as JSON that may stand in a script of a page: in ASCII, and nothing in it ends the script."""
    return json.dumps(data).translate(_MARKUP)


def _line(data: dict[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def verdict(result: Verdict) -> dict[str, Any]:
    """Return the object for a question."""
    data = {
        "query": result.query,
        "status": result.status.value,
        "confidence": round(result.confidence, 4),
        "article": article(result.article) if result.article else None,
        "section": result.section,
        "sections": list(result.sections),
        "matches": [match(found) for found in result.matches],
        "corrections": [correction._asdict() for correction in result.corrections],
        "red_flag": red_flag(result.red_flag) if result.red_flag else None,
        "reason": result.reason,
        "error": result.error,
        "topic": topic(result.topic) if result.topic else None,
    }
    if result.explanation:
        data["explanation"] = explanation(result.explanation)
    return data


def search(result: Verdict) -> dict[str, Any]:
    """Return the object for a search: the part of a question's that is not an answer."""
    return {key: value for key, value in verdict(result).items() if key in _SEARCH_KEYS}


def failure(message: str, query: str) -> dict[str, Any]:
    """Return the object for a question that could not be asked, or for any other command that failed."""
    return verdict(Verdict(query, Status.ERROR, error=message))


def shown(article_: Article, section: str | None = None) -> dict[str, Any]:
    """Return an article that is shown, and the heading of the one section that is."""
    return {"article": article(article_), "section": section}


def article(shown: Article) -> dict[str, Any]:
    """Return an article; marks in its text are the numbers of its sources."""
    numbers = {source.id: n for n, source in enumerate(shown.sources, 1)}
    return {
        "slug": shown.slug,
        "title": shown.title,
        "category": shown.category,
        "answer": cite(shown.answer, numbers),
        "urgent": cite(shown.urgent, numbers) if shown.urgent else None,
        "reviewed": shown.reviewed,
        "origin": shown.origin,
        "sections": [
            {
                "heading": section.heading,
                "body": cite(section.body, numbers),
                "cites": cited_numbers(section, numbers),
            }
            for section in shown.sections
        ],
        "sources": [{"n": n, **source._asdict()} for n, source in enumerate(shown.sources, 1)],
        "see_also": list(shown.see_also),
        "minutes": minutes(shown),
    }


def match(found: Match) -> dict[str, Any]:
    """Return a match."""
    field, text = found.matched_on
    return {
        "slug": found.slug,
        "title": found.title,
        "category": found.category,
        "confidence": round(found.confidence, 4),
        "matched_on": {"field": field, "text": text},
        "origin": found.origin,
    }


def red_flag(flag: RedFlag) -> dict[str, Any]:
    """Return a notice, with the key of its sign and how soon help is needed."""
    sources = [source._asdict() for source in flag.sources]
    return {"sign": flag.sign, "grade": flag.grade, "message": flag.message, "sources": sources}


def topic(named: Topic) -> dict[str, Any]:
    """Return a topic."""
    return {"name": named.name, "articles": [link._asdict() for link in named.more]}


def explanation(told: Explanation) -> dict[str, Any]:
    """Return how a verdict came about."""
    details = [{**detail._asdict(), "words": [word._asdict() for word in detail.words]} for detail in told.details]
    return {**told._asdict(), "details": details}


def entries(listed: Sequence[Entry]) -> dict[str, Any]:
    """Return a list of articles."""
    keys = ("slug", "title", "category", "reviewed", "origin")
    return {"articles": [{key: getattr(entry, key) for key in keys} for entry in listed]}


def categories(listed: Sequence[tuple[Category, int]]) -> dict[str, Any]:
    """Return the categories."""
    return {"categories": [{**category._asdict(), "articles": count} for category, count in listed]}


def sources(listed: Sequence[tuple[Source, Sequence[str]]]) -> dict[str, Any]:
    """Return sources with what cites them."""
    return {"sources": [{**source._asdict(), "cited_by": list(slugs)} for source, slugs in listed]}


def problems(found: Sequence[Problem]) -> dict[str, Any]:
    """Return findings."""
    return {"findings": [problem._asdict() for problem in found]}


def imported(report: Imported) -> dict[str, Any]:
    """Return what was imported and what was not."""
    taken = [
        {**{key: getattr(article, key) for key in ("slug", "title", "category")}, "from": article.origin, "note": note}
        for article, note in report.taken
    ]
    return {"articles": taken, "skipped": [{"from": where, "why": why} for where, why in report.skipped]}


def files(listed: Sequence[ArticleFile]) -> list[dict[str, Any]]:
    """Return the files of a library."""
    return [{"path": f.path, "articles": f.articles, "problem": f.problem, "digest": f.digest} for f in listed]


def settings(listed: Sequence[Setting]) -> list[dict[str, Any]]:
    """Return what is in force."""
    return [{"name": setting.name, "value": setting.value, "from": setting.origin} for setting in listed]
