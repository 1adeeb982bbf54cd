"""Reading article files (TOML or JSONL): the one place where they are parsed, checked and normalised.

All mistakes of a file are reported together.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from ora_cli.content.articles import (
    FOOTNOTE,
    LIKE_FOOTNOTE,
    Article,
    Category,
    Problem,
    Record,
    RedFlag,
    Section,
    Source,
    Synonym,
    WordGroup,
)
from ora_cli.content.shapes import SHAPES, TABLES, BadValueError, type_name
from ora_cli.errors import ExitCode, OraError
from ora_cli.text.cleaning import clean
from ora_cli.text.decoding import decode, utf8_lines
from ora_cli.text.wording import counted, nearest

_MAX_PROBLEMS = 1000
_MAX_PHRASINGS = 1000
# The keys of which there may be no more than that, with what their entries are called.
_MANY = (("also_asked", "phrasings"), ("topics", "topics"), ("unanswered", "questions"), ("section", "sections"))
_MAX_LETTERS = 1_000_000


class ArticleFileError(OraError):
    """An article file has mistakes; `problems` holds all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        shown = "\n".join(f"  {problem}" for problem in problems[:20])
        more = f"\n  … and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__(
            f"{problems[0].file}: {counted(len(problems), 'mistake')} in this article file\n{shown}{more}",
            code=ExitCode.BAD_ARTICLES,
            hint=f"list them all with: ora check {problems[0].file}",
        )
        self.problems = problems


def _marked(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with the footnote marks in their texts in small letters, as the ids of sources are."""
    for key in ("urgent", "answer", "body"):
        if "[^" in (text := values.get(key, "")):
            values[key] = LIKE_FOOTNOTE.sub(lambda mark: mark[0].lower(), text)
    return values


_NAMED_BY = {"red_flag": ("sign",), "word_group": ("name",)}
# Records that are nothing but the values of their table.
_PLAIN: Mapping[str, type[Synonym | WordGroup]] = {"synonym": Synonym, "word_group": WordGroup}


@dataclass(slots=True)
class _Reader:
    """Turns the tables of one file into records and collects the mistakes in it."""

    file: str
    line: int | None = None
    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    broken_sources: set[str] = field(default_factory=set)
    categories: dict[str, Category] = field(default_factory=dict)
    # Hashes instead of slugs save memory: a file may hold a million articles.
    slugs: set[int] = field(default_factory=set)

    def report(self, what: str, hint: str, *, article: str | None = None, key: str | None = None) -> None:
        if len(self.problems) < _MAX_PROBLEMS:
            self.problems.append(Problem(self.file, what, hint, self.line, article, key))

    def values(self, kind: str, table: object, label: str) -> dict[str, Any]:
        """Return the valid values of a table, and report the others."""
        shape = SHAPES[kind]
        if not isinstance(table, dict):
            self.report(f"is {type_name(table)}, not a table", f"write [[{kind}]]", article=label)
            return {}
        for key in sorted(table.keys() - shape.keys.keys()):
            near = nearest(key, shape.keys)
            hint = f"did you mean {near!r}?" if near else f"{kind} has the keys {', '.join(shape.keys)}"
            self.report("unknown key", hint, article=label, key=clean(key))
        for key in sorted(shape.required - table.keys()):
            self.report(
                "is missing", f"every {kind} needs {' and '.join(sorted(shape.required))}", article=label, key=key
            )
        read: dict[str, Any] = {}
        for key, value in table.items():
            if key in shape.keys:
                try:
                    read[key] = shape.keys[key](value)
                except BadValueError as bad:
                    optional = bad.what == "is empty" and key not in shape.required
                    or_not = ", or leave the key out if it is not needed" if optional else ""
                    self.report(bad.what, bad.hint + or_not, article=label, key=key)
        return read

    def resolve(self, ids: Iterable[str], label: str, key: str) -> tuple[Source, ...]:
        """Return the sources with these ids, without repetition and in order, and report unknown ids."""
        found: dict[str, Source] = {}
        for source_id in ids:
            if source_id in self.broken_sources:
                continue  # the mistake in the source itself has been reported
            if source_id in self.sources:
                found[source_id] = self.sources[source_id]
                continue
            near = nearest(source_id, self.sources)
            hint = f"did you mean {near!r}?" if near else f'add a [[source]] with id = "{source_id}"'
            self.report(f"no source has the id {source_id!r}", hint, article=label, key=key)
        return tuple(found.values())

    def cited(self, texts: Iterable[str], label: str) -> Iterator[str]:
        """Yield the ids of the sources that the texts cite, and report what looks like a mark and is none."""
        for text in texts:
            for mark in LIKE_FOOTNOTE.finditer(text) if "[^" in text else ():
                if FOOTNOTE.fullmatch(mark[0]):
                    yield mark[1]
                else:
                    hint = "write the id of a source, as in [^nhs-peel]"
                    self.report(f"{mark[0]!r} is no footnote mark", hint, article=label, key="footnote")

    def records(self, tables: Iterable[tuple[str, object]]) -> Iterator[Record]:
        """Yield the records of these tables, each with its kind, and raise an error for the mistakes at the end."""
        counts = Counter[str]()
        for kind, table in tables:
            counts[kind] += 1
            record = self.record(kind, table, counts[kind])
            if record is not None:
                yield record
        if self.problems:
            raise ArticleFileError(self.problems)

    def record(self, kind: str, table: object, position: int) -> Record | None:
        label = _label(kind, table, position)
        before = len(self.problems)
        values = self.values(kind, table, label)
        if kind == "article":
            # Checked further even if some keys are wrong, so that all mistakes are reported together.
            article = self.article(values, label)
            return article if len(self.problems) == before else None
        if len(self.problems) > before:
            if kind == "source":
                self.broken_sources.add(values.get("id", ""))
            return None
        if kind == "source":
            return self.source(Source(**values), label)
        if kind == "category":
            return self.category(Category(**values), label)
        if kind in _PLAIN:
            return _PLAIN[kind](**values)
        values["sources"] = self.resolve(values.get("sources", ()), label, "sources")
        return RedFlag(**values)

    def source(self, source: Source, label: str) -> Source | None:
        if source.id in self.sources:
            self.report("this id is used twice", "give each source its own id", article=label, key="id")
            return None
        self.sources[source.id] = source
        return source

    def category(self, category: Category, label: str) -> Category | None:
        if category.slug in self.categories:
            self.report("this category is there twice", "leave one of them out", article=label, key="slug")
            return None
        self.categories[category.slug] = category
        return category

    def article(self, values: dict[str, Any], label: str) -> Article | None:
        slug, category = values.get("slug"), values.get("category")
        if slug is not None and hash(slug) in self.slugs:
            self.report("this slug is used twice in the file", "give each article its own", article=label, key="slug")
        self.slugs.add(hash(slug))
        for key, items in _MANY:
            if len(values.get(key, ())) > _MAX_PHRASINGS:
                self.report(f"has more than {_MAX_PHRASINGS} {items}", "split the article", article=label, key=key)
        if self.categories and category is not None and category not in self.categories:
            near = nearest(category, self.categories)
            hint = f"did you mean {near!r}?" if near else "add a [[category]] with this slug"
            self.report(f"unknown category {category!r}", hint, article=label, key="category")
        sections = [_marked(self.values("section", table, label)) for table in values.pop("section", ())]
        if sum(len(section.get("asked", ())) for section in sections) > _MAX_PHRASINGS:
            self.report(f"has more than {_MAX_PHRASINGS} phrasings", "split the article", article=label, key="asked")
        values = _marked(values)
        texts = [values.get("urgent"), values.get("answer"), *(section.get("body") for section in sections)]
        if sum(len(text) for text in texts if text) > _MAX_LETTERS:
            self.report(f"has more than {_MAX_LETTERS:,} letters of text", "split the article", article=label)
        cited = self.cited(filter(None, texts), label)
        values["sources"] = self.resolve(cited, label, "footnote")
        tables = ((SHAPES["article"], values), *((SHAPES["section"], section) for section in sections))
        if any(not shape.required <= table.keys() for shape, table in tables):
            return None
        values["sections"] = tuple(Section(**section) for section in sections)
        return Article(**values, origin=self.file)


def read_articles(path: Path, count_bytes: Callable[[int], None] | None = None) -> Iterator[Record]:
    """Yield the records of an article file, sources and categories before what refers to them.

    A `.jsonl` file is read as a stream and never held in memory as a whole. `count_bytes` is called with the number of
    bytes read since the last call.

    Raises:
        ArticleFileError: after the last record, with every mistake in the file. The records yielded before are valid
            by themselves, but a caller that wants all or nothing must wait for the end.
        OraError: the file cannot be read.
    """
    reader = _Reader(clean(str(path)))
    try:
        with path.open("rb") as stream:
            yield from reader.records(
                _jsonl_tables(stream, reader, count_bytes) if path.suffix == ".jsonl" else _toml_tables(stream, reader)
            )
    except OSError as error:
        raise OraError(f"cannot read {path}: {error.strerror}", code=ExitCode.IO) from error


def read_tables(tables: Iterable[object], *, origin: str) -> Iterator[Record]:
    """Yield the records of tables that come from elsewhere but are like the lines of a `.jsonl` file.

    Raises:
        ArticleFileError: after the last record, with every mistake in the tables.
    """
    return _Reader(clean(origin)).records(map(_with_kind, tables))


def read_article(table: Mapping[str, object], sources: Iterable[Mapping[str, object]] = (), *, origin: str) -> Article:
    """Return the article of a table that does not come from an article file, checked by the same rules.

    Raises:
        ArticleFileError: with every mistake in the article and its sources.
    """
    reader = _Reader(clean(origin))
    for number, source in enumerate(sources, 1):
        reader.record("source", source, number)
    article = reader.record("article", table, 1)
    if reader.problems:
        raise ArticleFileError(reader.problems)
    assert isinstance(article, Article)
    return article


def _toml_tables(stream: IO[bytes], reader: _Reader) -> Iterator[tuple[str, object]]:
    import tomllib

    data = stream.read()
    try:
        document = tomllib.loads(decode(data))
    except UnicodeDecodeError as error:
        reader.line = data.count(b"\n", 0, error.start) + 1
        reader.report("is not UTF-8", "save the file as UTF-8")
        return
    except (ValueError, RecursionError) as error:  # a bare ValueError comes from a number with thousands of digits
        reader.report(f"is not TOML: {clean(str(error))}", "fix the syntax (https://toml.io)")
        return
    for key in sorted(document.keys() - set(TABLES)):
        near = nearest(key, TABLES)
        hint = f"did you mean [[{near}]]?" if near else f"a file holds {', '.join(f'[[{t}]]' for t in TABLES)}"
        reader.report("unknown table", hint, key=clean(key))
    for kind in TABLES:
        tables = document.get(kind, [])
        if not isinstance(tables, list):
            reader.report("is not a list of tables", f"write [[{kind}]] with two brackets", key=kind)
            continue
        for table in tables:
            yield kind, table


def _jsonl_tables(
    stream: IO[bytes], reader: _Reader, count_bytes: Callable[[int], None] | None
) -> Iterator[tuple[str, object]]:
    for number, line in enumerate(utf8_lines(stream), 1):
        reader.line = number
        if count_bytes:
            count_bytes(len(line))
        if not line.strip():
            continue
        try:
            table = json.loads(line.decode("utf-8-sig"))
        except UnicodeDecodeError:
            reader.report("is not UTF-8", "save the file as UTF-8")
        except (ValueError, RecursionError) as error:
            reader.report(f"is not JSON: {error}", "write one JSON object a line")
        else:
            yield _with_kind(table)


def _with_kind(table: object) -> tuple[str, object]:
    """Return the kind and the table of an object: an article as it is, others wrapped, as in {"source": {...}}."""
    if isinstance(table, dict) and len(table) == 1:
        for kind in table.keys() & set(TABLES):
            return kind, table[kind]
    return "article", table


def _label(kind: str, table: object, position: int) -> str:
    """Return the name of a table for messages: an article's slug, or the kind and name of another table."""
    name = None
    if isinstance(table, dict):
        name = next(filter(None, map(table.get, _NAMED_BY.get(kind, ("slug", "id")))), None)
    if not isinstance(name, str) or not name:
        return f"{kind} {position}"
    return clean(name)[:80] if kind == "article" else f"{kind} {clean(name)[:80]}"
