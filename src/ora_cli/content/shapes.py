"""The tables of an article file: their keys, and what each value may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from ora_cli.content.articles import GRADES, SOURCE_KINDS
from ora_cli.content.rules import read_rule
from ora_cli.text.cleaning import clean

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class BadValueError(Exception):
    """A value does not fit its key; `what` is wrong, and `hint` says how to correct it."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


def type_name(value: object) -> str:
    """Return what to call a value's type: "a number"."""
    names = {
        str: "text",
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "a table",
        type(None): "null",
    }
    return names.get(type(value), f"a {type(value).__name__}")


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise BadValueError(f"is {type_name(value)}, not text", "write it in quotes")
    text = clean(value).strip()
    if not text:
        raise BadValueError("is empty", "write the text")
    return text


def _line(value: object) -> str:
    return " ".join(_string(value).split())


def _slug(value: object) -> str:
    text = _string(value)
    if not _SLUG.fullmatch(text):
        raise BadValueError(f"{text!r} is not a slug", "use a-z, 0-9 and single hyphens, as in how-long-it-lasts")
    return text


def _list_of(item: Callable[[object], str]) -> Callable[[object], tuple[str, ...]]:
    def read(value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise BadValueError(f"is {type_name(value)}, not a list", 'write ["one", "two"]')
        return tuple(item(entry) for entry in value)

    return read


def _date(value: object) -> str:
    text = value.isoformat() if isinstance(value, date) else _string(value)
    parts = _PARTIAL_DATE.fullmatch(text)
    try:
        if parts is None:
            raise ValueError
        year, month, day = (int(part) if part else 1 for part in parts.groups())
        date(year, month, day)
    except ValueError:
        raise BadValueError(f"{text!r} is not a date", "write it as 2026-11-22, 2026-11 or 2026") from None
    return text


def _day(value: object) -> str:
    text = _date(value)
    if len(text) != len("2026-11-22"):
        raise BadValueError(f"{text!r} lacks the day", "write it as 2026-11-22")
    return text


def _url(value: object) -> str:
    text = _line(value)
    try:
        parts = urlsplit(text)
        safe = parts.scheme in ("http", "https") and bool(parts.hostname) and not set(text) & set(' "<>\\^`{|}')
    except ValueError:
        safe = False
    if not safe:
        raise BadValueError(f"{text[:80]!r} is not a web address", "give the full address, starting with https://")
    return text


def _kind(value: object) -> str:
    text = _string(value)
    if text not in SOURCE_KINDS:
        raise BadValueError(f"{text!r} is not a kind of source", f"use one of {', '.join(SOURCE_KINDS)}")
    return text


def _grade(value: object) -> str:
    text = _string(value)
    if text not in GRADES:
        raise BadValueError(f"{text!r} is not a grade", f"use one of {', '.join(GRADES)}")
    return text


def _rule(value: object) -> str:
    text = _line(value)
    try:
        return read_rule(text).text
    except ValueError as error:
        raise BadValueError(str(error), 'write it as in "{hair dye} + throat / tongue + swell*"') from None


def _true_or_false(value: object) -> bool:
    if not isinstance(value, bool):
        raise BadValueError(f"is {type_name(value)}, not true or false", "write true or false, without quotes")
    return value


def _sections(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise BadValueError("is not a list of sections", "write each as [[article.section]] with heading and body")
    return value


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of one kind of table: a reader for each value, and which keys are required."""

    keys: Mapping[str, Callable[[object], Any]]
    required: frozenset[str]


SHAPES = {
    "category": Shape(
        {"slug": _slug, "name": _line, "description": _line, "group": _line},
        frozenset({"slug", "name"}),
    ),
    "source": Shape(
        {
            "id": _slug,
            "title": _line,
            "publisher": _line,
            "url": _url,
            "kind": _kind,
            "date": _date,
            "accessed": _date,
        },
        frozenset({"id", "title", "publisher", "url", "kind"}),
    ),
    "synonym": Shape({"terms": _list_of(_line)}, frozenset({"terms"})),
    "word_group": Shape({"name": _line, "words": _list_of(_line)}, frozenset({"name", "words"})),
    "red_flag": Shape(
        {
            "sign": _slug,
            "name": _line,
            "grade": _grade,
            "message": _string,
            "rules": _list_of(_rule),
            "examples": _list_of(_line),
            "sources": _list_of(_slug),
        },
        frozenset({"sign", "name", "grade", "message"}),
    ),
    "article": Shape(
        {
            "slug": _slug,
            "title": _line,
            "category": _slug,
            "answer": _string,
            "also_asked": _list_of(_line),
            "section": _sections,
            "urgent": _string,
            "reviewed": _day,
            "see_also": _list_of(_slug),
            "was": _list_of(_slug),
            "topics": _list_of(_line),
            "unanswered": _list_of(_line),
            "treatment": _true_or_false,
        },
        frozenset({"slug", "title", "category", "answer"}),
    ),
    "section": Shape({"heading": _line, "body": _string, "asked": _list_of(_line)}, frozenset({"heading", "body"})),
}
# In the order in which they are read: sources and categories first, because the other tables refer to them. Sections
# are read with their article.
TABLES = ("category", "source", "synonym", "word_group", "red_flag", "article")
