"""Questions and answers in the rows of a CSV or TSV file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ora_cli.errors import ExitCode, OraError
from ora_cli.importing.items import (
    Given,
    Item,
    Note,
    Skipped,
    add_source,
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

# The names that the first line may give a column, the best first; blanks, hyphens and capitals are ignored.
_NAMES = {
    "question": ["question", "questions", "q", "title", "faq", "query", "heading", "name"],
    "answer": ["answer", "answers", "a", "reply", "response", "content", "body", "text", "description"],
    "category": ["category", "categories", "topic", "topics", "section", "group"],
    "source": ["source", "sources", "source-url", "url", "urls", "link", "links", "reference", "references", "website"],
}
# An address ends before the next one, even where no blank stands between.
_ADDRESS = re.compile(r"(?:https?://|www\.)\w(?:(?![,;|]\s*(?:https?://|www\.))[^\s<>\"\\^`{|}])*", re.I)
_DELIMITERS = ",;\t|"
# What a spreadsheet writes before a table to name the delimiter.
_SEP = re.compile(r"""\A"?sep=(.)"?\r?\n""", re.I)


def read(path: Path, given: Given) -> Iterator[Item]:
    """Yield an article for each row."""
    text = read_text(path)
    sep = _SEP.match(text)
    stream = io.StringIO(text, newline="")
    before = stream.readline().count("\n") if sep else 0
    rows = csv.reader(stream, delimiter=sep[1] if sep else _delimiter(path, text), strict=True)
    line = before + 1
    try:
        names = next(rows, [])
        columns = _columns(path, names, given.columns)
        found_as = ", ".join(f"{column} is {names[at].strip()!r}" for column, at in columns.items())
        yield Note(f"{path}: {found_as}")
        for number, name in enumerate(names):
            if number not in columns.values():
                yield Skipped(f"{path}:{line}", f"column {name!r}: only {', '.join(_NAMES)} are imported")
        line = rows.line_num + before + 1
        for row in rows:
            if any(map(str.strip, row)):
                yield from _article(f"{path}:{line}", row, len(names), columns, given.category)
            line = rows.line_num + before + 1
    except csv.Error as error:
        raise OraError(
            f"{path}:{line}: is not CSV: {error}",  # where the row begins: a quote left open takes in all that follows
            code=ExitCode.BAD_ARTICLES,
            hint='a field with a quote or a line break in it stands in quotes, each quote in it doubled: "say ""no"""',
        ) from error


def _delimiter(path: Path, text: str) -> str:
    """Return the delimiter that is most often in the first line, outside of quotes."""
    heading = re.sub('"[^"\n]*"', "", text.split("\n", 1)[0])
    return "\t" if path.suffix.lower() == ".tsv" and "\t" in heading else max(_DELIMITERS, key=heading.count)


def _columns(path: Path, names: Sequence[str], wanted: Mapping[str, str]) -> dict[str, int]:
    """Return where each column stands."""
    columns: dict[str, int] = {}
    for column, known in _NAMES.items():
        at = _place(names, [wanted[column]] if column in wanted else known)
        if at is not None and at not in columns.values():
            columns[column] = at
        elif column in wanted or column in ("question", "answer"):
            listed = ", ".join(repr(clean(name.strip())) for name in names) or "nothing"
            raise OraError(
                f"cannot import {path}: its first line names no column {wanted.get(column, column)!r}, but {listed}",
                code=ExitCode.BAD_ARTICLES,
                hint=f"name it: --{column}-column NAME",
            )
    return columns


def _place(names: Sequence[str], known: Sequence[str]) -> int | None:
    """Return the place of the first known name; one alone that has the first of them as a word is that too."""
    plain = [slug_of(name) or name.strip() for name in names]
    for name in known:
        if (slug := slug_of(name) or name.strip()) in plain:
            return plain.index(slug)
    among = [at for at, name in enumerate(plain) if {known[0], f"{known[0]}s"} & set(name.split("-"))]
    return among[0] if len(among) == 1 else None


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
