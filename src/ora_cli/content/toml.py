"""Article files in TOML for people to edit: a table for each record, long texts over several lines.

Written by hand because no TOML library lays out such texts as a person would, without escaping every quote.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ora_cli.content.records import Written, table

_DAY = len("2026-11-22")


def records(listed: Iterable[Written]) -> Iterator[str]:
    """Yield the tables of an article file with these records."""
    for record in listed:
        kind, keys = table(record)
        sections = keys.pop("section", [])
        yield "".join([_table(kind, keys), *(_table("article.section", section) for section in sections), "\n"])


def string(text: str) -> str:
    """Return a text as a TOML string on one line; for cleaned text, JSON's escapes are also TOML's."""
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
    """Return a text as a multi-line string; readers strip the line feeds at both ends."""
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    return f'"""\n{escaped}\n"""'
