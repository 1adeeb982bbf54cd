"""Questions and answers in the rows of a CSV or TSV file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ora_cli.errors import ExitCode, OraError
from ora_cli.importing.items import Item, Skipped, add_source, cited, found, left_out, literal, read_text, source
from ora_cli.importing.markup import read_value
from ora_cli.text.words import slug_for, slug_of

# The names that the first line may give a column; blanks, hyphens and capitals are ignored.
_NAMES = {
    "question": ("question", "q", "title"),
    "answer": ("answer", "a"),
    "category": ("category", "topic"),
    "source": ("source", "source-url", "url", "link"),
}
# An address ends before the next one, even where no blank stands between.
_ADDRESS = re.compile(r"(?:https?://|www\.)\w(?:(?![,;|]\s*(?:https?://|www\.))[^\s<>\"\\^`{|}])*", re.I)
_DELIMITERS = ",;\t"


def read(path: Path, category: str) -> Iterator[Item]:
    """Yield an article for each row."""
    text = read_text(path)
    heading = text.split("\n", 1)[0]
    delimiter = "\t" if path.suffix.lower() == ".tsv" else max(_DELIMITERS, key=heading.count)
    line = 1
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = next(rows, [])
        columns = _columns(path, names)
        for number, name in enumerate(names):
            if number not in columns.values():
                yield Skipped(f"{path}:1", f"column {name!r}: only {', '.join(_NAMES)} are imported")
        line = rows.line_num + 1
        for row in rows:
            if any(map(str.strip, row)):
                yield from _article(f"{path}:{line}", row, len(names), columns, category)
            line = rows.line_num + 1
    except csv.Error as error:
        raise OraError(
            f"{path}:{line}: is not CSV: {error}",  # where the row begins: a quote left open takes in all that follows
            code=ExitCode.BAD_ARTICLES,
            hint='a field with a quote or a line break in it stands in quotes, each quote in it doubled: "say ""no"""',
        ) from error


def _columns(path: Path, names: Sequence[str]) -> dict[str, int]:
    """Return where each column stands."""
    given = [slug_of(name) for name in names]
    columns = {}
    for column, known in _NAMES.items():
        at = next((given.index(name) for name in known if name in given), None)
        if at is not None:
            columns[column] = at
        elif column in ("question", "answer"):
            raise OraError(
                f"cannot import {path}: its first line names no column {column!r}",
                code=ExitCode.BAD_ARTICLES,
                hint="the first line names the columns: question,answer and, if you like, category and source",
            )
    return columns


def _article(where: str, row: Sequence[str], width: int, columns: Mapping[str, int], category: str) -> Iterator[Item]:
    if len(row) > width:
        yield Skipped(where, f"{len(row)} fields where the first line names {width}")
        return
    cells = {column: row[at].strip() if at < len(row) else "" for column, at in columns.items()}
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
