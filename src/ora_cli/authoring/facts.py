"""The recorded facts of the sources: what an article's figures are held against.

They are in the folder `facts` beside an article file: TOML files of `[[source]]` tables, each a source with the day it
was read and its facts in words of our own. A rounded form ("about 1 in 50" for 2.1%) is a fact of its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ora_cli.authoring.figures import recorded_numbers
from ora_cli.errors import ExitCode, OraError

FOLDER = "facts"
_KEYS = frozenset({"id", "title", "publisher", "url", "kind", "date", "read", "facts"})
_REQUIRED = _KEYS - {"date"}


class SourceFacts(NamedTuple):
    """What was found in one source: its address, and every number that its facts state."""

    url: str
    numbers: frozenset[float]


def read_facts(article_file: Path) -> dict[str, SourceFacts] | None:
    """Return the facts recorded beside an article file by source id, or None when it has no such folder.

    Raises:
        OraError: a file of facts is not TOML, has an unknown key, lacks one, or an id stands twice.
    """
    folder = article_file.parent / FOLDER
    if not folder.is_dir():
        return None
    recorded: dict[str, SourceFacts] = {}
    for file in sorted(folder.glob("*.toml")):
        for table in _tables(file):
            if table["id"] in recorded:
                raise _bad(file, f"source {table['id']!r} is recorded twice", "put its facts into one table")
            recorded[table["id"]] = SourceFacts(table["url"], _numbers(table))
    return recorded


def _tables(file: Path) -> Iterator[Mapping[str, Any]]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8")).get("source", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _bad(file, str(error), "write it as the other files of this folder") from error
    for table in tables:
        name = f"source {table.get('id', 'without id')!r}"
        if wrong := sorted(table.keys() - _KEYS):
            raise _bad(file, f"{name} has the unknown key {wrong[0]!r}", f"use {', '.join(sorted(_KEYS))}")
        if lacking := sorted(_REQUIRED - table.keys()):
            raise _bad(file, f"{name} lacks {lacking[0]!r}", "add it")
        yield table


def _numbers(table: Mapping[str, Any]) -> frozenset[float]:
    stated = [*table["facts"], str(table.get("date", ""))]
    return frozenset(number for fact in stated for number in recorded_numbers(fact))


def _bad(file: Path, what: str, hint: str) -> OraError:
    return OraError(f"{file}: {what}", code=ExitCode.BAD_ARTICLES, hint=hint)
