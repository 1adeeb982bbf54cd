"""What all importers share: reading the text of a file, and the items found in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ora_cli.content.articles import LIKE_FOOTNOTE, Article, Category
from ora_cli.content.reading import ArticleFileError, read_article
from ora_cli.errors import ExitCode, OraError
from ora_cli.importing.markup import Read
from ora_cli.text.cleaning import clean
from ora_cli.text.decoding import decode
from ora_cli.text.words import slug_for, slug_of

MOST_BYTES = 16 * 1024 * 1024
"""The maximal size of a file; the text of a thousand articles takes two megabytes."""

# What stands before a question and its answer where nothing else tells them apart.
_Q = re.compile(r"\A(?:Q|Question)\s?\d{0,3}\s?[:.)]\s+(?=\S)")
_A = re.compile(r"\A(\*\*)?(?:A|Answer)\s?\d{0,3}\s?:(?(1)\*\*)\s+(?=\S)")
_SENTENCE_ENDS = ".!?…"
SPLIT = "split it into several files"
"""The hint for a file of which there is too much."""


class Found(NamedTuple):
    """An article, and whether its slug is its own or was made from its title."""

    article: Article
    has_slug: bool = False


class Skipped(NamedTuple):
    """Something that was skipped: where it is, and why."""

    where: str
    why: str


class Note(NamedTuple):
    """Something to know about a file that is neither an article nor skipped."""

    text: str


class Given(NamedTuple):
    """What the user says of the files: the category of articles that name none, and the names of columns of tables."""

    category: str
    columns: Mapping[str, str] = {}


Item = Found | Skipped | Note | Category


def found(where: str, table: Mapping[str, Any], sources: Iterable[Mapping[str, str]] = ()) -> Found | Skipped:
    """Return the article of a table, with a slug made from its title if it has none, or why it is skipped.

    Where it has none, what marks the question and the answer as such ("Q:") is no part of them.
    """
    has_slug = "slug" in table
    if not has_slug:
        title, answer = _Q.sub("", table["title"]), _A.sub("", table["answer"])
        table = {**table, "title": title, "answer": answer, "slug": slug_for(title, "article")}
    try:
        return Found(read_article(table, sources, origin=where), has_slug)
    except ArticleFileError as error:
        return Skipped(where, "; ".join(f"{problem.key}: {problem.what}" for problem in error.problems))


def category_named(name: str) -> Iterator[Category]:
    """Yield the category of this name, if its slug does not say it: one in other letters would be a number."""
    if name.strip() and not slug_of(name):
        yield Category(slug_for(name, "category"), name.strip())


def left_out(where: str, *reads: Read) -> Iterator[Skipped]:
    """Yield what was left out of these texts, each thing once."""
    for what in dict.fromkeys(what for read in reads for what in read.lost):
        yield Skipped(where, f"left out: {what}")


def source(url: str, title: str = "", publisher: str = "") -> dict[str, str]:
    """Return the table of a source that is known by little more than its address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")  # the address is reported when the article is read
    bare = url.split("://", 1)[-1].rstrip("/")
    return {
        "id": slug_of(bare) or "source",
        "title": title or bare or url,
        "publisher": publisher or parts.hostname or url,
        "url": url,
        "kind": "reference",
    }


def add_source(sources: dict[str, dict[str, str]], new: dict[str, str]) -> dict[str, str]:
    """Add a source to a table of sources by id and return it, with another id if its own is taken."""
    added, number = new, 1
    while sources.setdefault(added["id"], added) != added:
        number += 1
        added = {**new, "id": f"{new['id']}-{number}"}
    return added


def literal(text: str) -> str:
    """Return text without footnotes for an article, with everything escaped that looks like a footnote mark."""
    return LIKE_FOOTNOTE.sub(r"[\1]", text)


def cited(text: str, sources: Iterable[Mapping[str, str]]) -> str:
    """Return the text with footnote marks for these sources at the end of its last sentence."""
    text = text.rstrip()
    sentence = text[:-1] if text.endswith(tuple(_SENTENCE_ENDS)) else text
    return sentence + "".join(f" [^{source['id']}]" for source in sources) + text[len(sentence) :]


def read_text(path: Path, declared: re.Pattern[bytes] | None = None) -> str:
    """Return the text of a file in UTF-8, in UTF-16 or UTF-32 with a mark, or in the encoding that `declared` finds.

    Raises:
        OraError: the file cannot be read, is not text, or is too large.
    """
    data = _read(path)
    try:
        text = decode(data)
    except UnicodeDecodeError as error:
        as_declared = _decode_as_declared(data, declared)
        if as_declared is None:
            line = data.count(b"\n", 0, error.start) + 1
            raise unreadable(path, f"line {line} is not UTF-8", "save the file as UTF-8") from error
        text = as_declared
    if "\0" in text:
        raise unreadable(path, "it has NUL bytes in it", "is it a text file? If so, save it as UTF-8")
    return text


def check_size(path: Path, size: int) -> None:
    """Raise an OraError if a file is too large to be imported."""
    if size > MOST_BYTES:
        raise unreadable(path, f"it is larger than {MOST_BYTES >> 20} MB", SPLIT)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise OraError(f"cannot read {path}: {error.strerror}", code=ExitCode.IO) from error
    check_size(path, len(data))
    return data


def _decode_as_declared(data: bytes, declared: re.Pattern[bytes] | None) -> str | None:
    name = declared.search(data[:4096]) if declared else None
    try:
        return data.decode(_meant(name[1].decode("ascii"))) if name else None
    except (LookupError, ValueError):
        return None


def _meant(encoding: str) -> str:
    """Return the encoding that browsers read for a name: pages "in Latin-1" have the quotation marks of Windows."""
    return "cp1252" if codecs.lookup(encoding).name in ("iso8859-1", "ascii") else encoding


def unreadable(path: Path, what: str, hint: str) -> OraError:
    """Return the error for a file that cannot be imported."""
    return OraError(f"cannot import {clean(str(path))}: {what}", code=ExitCode.BAD_ARTICLES, hint=hint)
