"""Questions and answers in the rows of a CSV or TSV file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from ora_cli.errors import ExitCode, OraError
from ora_cli.importing.items import (
    MOST_BYTES,
    Given,
    Item,
    Note,
    Skipped,
    add_source,
    category_named,
    cited,
    found,
    left_out,
    literal,
    read_text,
    source,
)
from ora_cli.importing.markup import read_value
from ora_cli.text.cleaning import clean
from ora_cli.text.words import slug_for, slug_of

# The names that a column may have, the best first; blanks, hyphens, capitals and plurals make no difference.
_NAMES = {
    "question": ["question", "q", "title", "faq", "query", "heading", "subject", "name"],
    "answer": ["answer", "a", "reply", "response", "solution", "explanation", "content", "body", "text", "description"],
    "category": ["category", "topic", "section", "group", "theme", "department"],
    "source": ["source", "source-url", "url", "link", "reference", "citation", "website", "web-address", "href"],
}
# The words that say as much among others, if one column alone has one of them.
_WORDS = {
    "question": {"question", "faq"},
    "answer": {"answer", "reply", "response"},
    "category": {"category", "topic"},
    "source": {"source", "url", "link", "reference"},
}
_NEEDED = ("question", "answer")
_MOST_ABOVE = 10
"""The lines that may stand above the one that names the columns, as a title and blank lines do."""
# An address ends before the next one, even where no blank stands between.
_ADDRESS = re.compile(r"(?:https?://|www\.)\w(?:(?![,;|]\s*(?:https?://|www\.))[^\s<>\"\\^`{|}])*", re.I)
_DELIMITERS = ",;\t|"
# What a spreadsheet writes before a table to name the delimiter.
_SEP = re.compile(r"""\A"?sep=(.)"?\r?\n""", re.I)


def read(path: Path, given: Given) -> Iterator[Item]:
    """Yield an article for each row."""
    csv.field_size_limit(max(csv.field_size_limit(), MOST_BYTES))  # an article that is too long is told as such
    text = read_text(path)
    sep = _SEP.match(text)
    stream = io.StringIO(text, newline="")
    before = stream.readline().count("\n") if sep else 0
    rows = _Rows(stream, sep[1] if sep else _delimiter(path, text), before)
    try:
        head = _head(path, rows, given.columns)
        yield Note(f"{path}: {', '.join(f'{name} is {head.names[at].strip()!r}' for name, at in head.columns.items())}")
        for line, row in head.above:
            yield Skipped(f"{path}:{line}", f"stands above the names of the columns: {' '.join(row).strip()!r}")
        for number, name in enumerate(head.names):
            if number not in head.columns.values():
                yield Skipped(f"{path}:{head.line}", f"column {name!r}: only {', '.join(_NAMES)} are imported")
        for line, row in rows:
            yield from _article(f"{path}:{line}", row, head, given.category)
    except csv.Error as error:
        raise OraError(
            f"{path}:{rows.line}: is not CSV: {error}",
            code=ExitCode.BAD_ARTICLES,
            hint='a field with a quote or a line break in it stands in quotes, each quote in it doubled: "say ""no"""',
        ) from error


def is_table(text: str) -> bool:
    """Return whether one of the first lines of a text names the columns of a table."""
    lines = text.splitlines()[:_MOST_ABOVE]
    names = (next(csv.reader([line], delimiter=delimiter), []) for line in lines for delimiter in _DELIMITERS)
    return any(len(row) > 1 and _columns(row, {}).keys() >= {*_NEEDED} for row in names)


class _Rows:
    """The rows that say something, each with the line where it begins: a quote left open takes in all that follows."""

    def __init__(self, stream: IO[str], delimiter: str, before: int) -> None:
        self.line = before + 1
        self._rows, self._before = csv.reader(stream, delimiter=delimiter, strict=True), before

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        for row in self._rows:
            line, self.line = self.line, self._rows.line_num + self._before + 1
            if any(map(str.strip, row)):
                yield line, row


class _Head(NamedTuple):
    """The names of the columns, the line they stand in, where each column is, and the rows above."""

    line: int
    names: list[str]
    columns: dict[str, int]
    above: list[tuple[int, list[str]]]


def _head(path: Path, rows: _Rows, wanted: Mapping[str, str]) -> _Head:
    """Return the first row that names the columns.

    Raises:
        OraError: none of the first rows does.
    """
    above: list[tuple[int, list[str]]] = []
    for line, names in islice(rows, _MOST_ABOVE):
        columns = _columns(names, wanted)
        if columns.keys() >= {*_NEEDED, *wanted}:
            return _Head(line, names, columns, above)
        above.append((line, names))
    names = above[0][1] if above else []
    missing = next(column for column in (*_NEEDED, *wanted) if column not in _columns(names, wanted))
    listed = ", ".join(repr(clean(name.strip())) for name in names) or "nothing"
    raise OraError(
        f"cannot import {path}: its first line names no column {wanted.get(missing, missing)!r}, but {listed}",
        code=ExitCode.BAD_ARTICLES,
        hint=f"name it: --{missing}-column NAME",
    )


def _columns(names: Sequence[str], wanted: Mapping[str, str]) -> dict[str, int]:
    """Return where the columns stand that these names have; none is two columns."""
    columns: dict[str, int] = {}
    for column in _NAMES:
        at = _place(names, column, wanted)
        if at is not None and at not in columns.values():
            columns[column] = at
    return columns


def _delimiter(path: Path, text: str) -> str:
    """Return the delimiter that is most often in the first line that has any, outside of quotes."""
    lines = (re.sub('"[^"\n]*"', "", line) for line in text.split("\n", _MOST_ABOVE)[:_MOST_ABOVE])
    heading = next((line for line in lines if any(delimiter in line for delimiter in _DELIMITERS)), "")
    return "\t" if path.suffix.lower() == ".tsv" and "\t" in heading else max(_DELIMITERS, key=heading.count)


def _place(names: Sequence[str], column: str, wanted: Mapping[str, str]) -> int | None:
    """Return where a column stands: under a known name, or under the only one with a word that says as much."""
    known = [wanted[column]] if column in wanted else _NAMES[column]
    plain = [_singular(slug_of(name)) or name.strip() for name in names]
    for name in known:
        if (slug := _singular(slug_of(name)) or name.strip()) in plain:
            return plain.index(slug)
    words = set() if column in wanted else _WORDS[column]
    among = [at for at, name in enumerate(plain) if words & set(map(_singular, name.split("-")))]
    return among[0] if len(among) == 1 else None


def _singular(name: str) -> str:
    """Return a name without the ending of a plural; the same is done to every name, so that it need not be a word."""
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def _article(where: str, row: Sequence[str], head: _Head, category: str) -> Iterator[Item]:
    if len(row) > len(head.names):
        yield Skipped(where, f"{len(row)} fields where the first line names {len(head.names)}")
        return
    cells = {column: row[at].strip() if at < len(row) else "" for column, at in head.columns.items()}
    question, answer = read_value(cells["question"]), read_value(cells["answer"])
    sources: dict[str, dict[str, str]] = {}
    addresses, rest = _addresses(cells.get("source", ""))
    for address in addresses:
        add_source(sources, source(address))
    table = {
        "title": question.text.replace("**", ""),
        "category": slug_for(cells["category"], "category") if cells.get("category") else category,
        "answer": cited(literal(answer.text), sources.values()) if answer.text else "",
    }
    yield from category_named(cells.get("category", ""))
    yield found(where, table, sources.values())
    if rest:
        yield Skipped(where, f"left out: no web address in the source {rest!r}")
    yield from left_out(where, question, answer)


def _addresses(cell: str) -> tuple[list[str], str]:
    """Return the web addresses in a cell, and what else it says."""
    matches = [match[0].rstrip(".,;:!?") for match in _ADDRESS.finditer(cell)]
    matches = [match if match.count("(") >= match.count(")") else match.removesuffix(")") for match in matches]
    rest = cell
    for match in matches:
        rest = rest.replace(match, " ", 1)
    addresses = [match if "://" in match else f"https://{match}" for match in matches]
    return addresses, " ".join(rest.split()) if any(map(str.isalnum, rest)) else ""
