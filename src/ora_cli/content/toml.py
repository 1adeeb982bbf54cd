"""Article files for people to go on writing in: a table for each record, long texts over several lines.

Of the libraries that write TOML none lays such texts out as one would by hand, with quotes left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ora_cli.content.records import Written, table

_DAY = len("2026-11-22")


def records(listed: Iterable[Written]) -> Iterator[str]:
    """Yield an article file of these records, table by table."""
    for record in listed:
        kind, keys = table(record)
        sections = keys.pop("section", [])
        yield "".join([_table(kind, keys), *(_table("article.section", section) for section in sections), "\n"])


def string(text: str) -> str:
    """Return a text on one line: what a clean text may hold, TOML escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False)


def _table(name: str, keys: dict[str, Any]) -> str:
    return "\n".join([f"[[{name}]]", *(f"{key} = {_value(key, value)}" for key, value in keys.items()), ""])


def _value(key: str, value: Any) -> str:
    if isinstance(value, list):
        items = [string(item) for item in value]
        return f"[{items[0]}]" if len(items) == 1 else "\n".join(["[", *(f"  {item}," for item in items), "]"])
    if isinstance(value, bool):
        return "true" if value else "false"
    if key in ("reviewed", "accessed") and len(value) == _DAY:
        return str(value)
    return _text(value) if key == "body" or "\n" in value else string(value)


def _text(text: str) -> str:
    """Return a text over as many lines as it has; a reader takes the line feeds at its ends away."""
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    return f'"""\n{escaped}\n"""'
