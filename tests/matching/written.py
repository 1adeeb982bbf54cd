"""Small libraries that a test writes itself, indexed in memory."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ora_cli.index.cache import open_index
from ora_cli.index.database import Index
from ora_cli.matching.ranking import Ranking, Searcher

Row = dict[str, Any]


def article(title: str, **keys: Any) -> Row:
    """Return an article as a row of JSONL; its slug is made of its title."""
    slug = "-".join("".join(ch if ch.isalnum() else " " for ch in title.lower()).split())[:60]
    return {"slug": slug.strip("-"), "title": title, "category": "c", "answer": "Yes.", **keys}


def index_of(rows: Iterable[Row]) -> Index:
    """Return an index in memory of these rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "written.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return open_index([file], cache=None)


def ranking_of(question: str, *rows: Row) -> Ranking:
    """Return the ranking of these articles for a question."""
    return Searcher(index_of(rows)).rank(question)


def ranked(ranking: Ranking) -> list[str]:
    """Return the slugs of the candidates, best first."""
    index = ranking.vocabulary.index
    return [index.article_by_id(candidate.article).slug for candidate in ranking.candidates]
