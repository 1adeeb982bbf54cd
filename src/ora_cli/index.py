"""The SQLite file that holds a library: its schema, filling it, and every query on it.

An article is indexed as passages, each one row of an FTS5 table: its title, each other asking, its answer and each
section. Words are stemmed before they go in, so that what SQLite matches and what `search` scores are the same terms.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass
from itertools import islice
from typing import Any

from ora_cli.articles import FOOTNOTE, Article, Category, Record, RedFlag, Section, Source, Synonym
from ora_cli.red_flags import Phrase, parse_phrase
from ora_cli.stemmer import Stemmer
from ora_cli.text import asking_part, words

SCHEMA_VERSION = 1
"""Raised whenever an index of an earlier version of the program can't be read by this one."""

_APPLICATION_ID = 0x6F726131  # "ora1"
_PASSAGE_BITS = 11
_BATCH = 500
_KEPT_ARTICLES = 500
# A word in an asking says more of what an article answers than one in a heading or in the text.
_ASKING_WEIGHT, _HEADING_WEIGHT, _BODY_WEIGHT = 1.0, 0.7, 0.4

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT, signature TEXT, digest TEXT, articles INTEGER, problem TEXT);
CREATE TABLE category (
    slug TEXT PRIMARY KEY, name TEXT, description TEXT, file INTEGER, position INTEGER
) WITHOUT ROWID;
CREATE TABLE source (id INTEGER PRIMARY KEY, file INTEGER, data TEXT);
CREATE TABLE citation (article INTEGER, n INTEGER, source INTEGER, PRIMARY KEY (article, n)) WITHOUT ROWID;
CREATE TABLE article (
    id INTEGER PRIMARY KEY, slug TEXT UNIQUE, title TEXT, category TEXT, reviewed TEXT, file INTEGER, data TEXT);
CREATE TABLE former_slug (slug TEXT PRIMARY KEY, article INTEGER) WITHOUT ROWID;
CREATE TABLE synonym (name TEXT, terms TEXT);
CREATE TABLE red_flag (phrases TEXT, data TEXT);
CREATE TABLE profile (article INTEGER PRIMARY KEY, askings TEXT, asked TEXT, text TEXT);
CREATE TABLE word (word TEXT PRIMARY KEY, articles INTEGER) WITHOUT ROWID;
CREATE TABLE term (
    term TEXT PRIMARY KEY, asked INTEGER DEFAULT 0, passages INTEGER DEFAULT 0
) WITHOUT ROWID;
CREATE VIRTUAL TABLE passage USING fts5(
    asking, heading, body, content='', tokenize='unicode61 remove_diacritics 0');
"""
_ENTRIES = (
    "SELECT article.id, article.slug, title, article.category, reviewed, path"
    " FROM article JOIN file ON file.id = article.file"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as lists show it."""

    id: int
    slug: str
    title: str
    category: str
    reviewed: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What the matcher compares a question with: stems in order, of each asking (the title first), and of the text.

    `asked` has, beside each asking, the stems of the part of it that asks.
    """

    askings: tuple[tuple[str, ...], ...]
    asked: tuple[frozenset[str], ...]
    text: frozenset[str]


@dataclass(frozen=True, slots=True)
class TermCount:
    """In how many articles a term is among the askings, and in how many passages it stands."""

    asked: int
    passages: int


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file that an index was made from.

    `signature` is what the file system said of it, `digest` the hash of its content, `articles` how many of its
    articles are in force, `problem` why it was left out.
    """

    path: str
    signature: str = ""
    digest: str = ""
    articles: int = 0
    problem: str | None = None


class Builder:
    """Fills an empty database.

    Files go in from the highest precedence to the lowest: the first article with a slug stays.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._stem = Stemmer()
        self._counts = {name: Counter[str]() for name in ("word", "asked", "passages")}
        self._words: set[str] = set()  # of the article at hand
        self._totals = Counter[str]()
        database.executescript(f"PRAGMA application_id = {_APPLICATION_ID};\n{_SCHEMA}")

    def add_file(self, number: int, records: Iterable[Record]) -> int:
        """Add the records of a file and return how many of its articles are new.

        `number` orders the files from the lowest precedence to the highest.
        """
        before = self._totals["articles"]
        sources: dict[Source, int] = {}
        for record in records:
            if isinstance(record, Article):
                self._add_article(number, record, sources)
            else:
                self._add_other(number, record, sources)
        return self._totals["articles"] - before

    def note_file(self, number: int, file: ArticleFile) -> None:
        """Write down what was read, so that the index can tell later whether it is still fresh."""
        self._database.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?)", (number, *astuple(file)))

    def finish(self) -> None:
        """Write what is only known at the end and make the database ready for questions."""
        self._flush_counts(0)
        self._database.executemany("INSERT INTO meta VALUES (?, ?)", self._totals.items())
        self._database.execute("INSERT INTO passage(passage) VALUES ('optimize')")
        self._database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        self._database.commit()

    def _add_other(self, file: int, record: Record, sources: dict[Source, int]) -> None:
        database = self._database
        match record:
            case Source():
                self._source(file, record, sources)
            case Category():
                database.execute(
                    "INSERT OR IGNORE INTO category VALUES (?, ?, ?, ?, (SELECT count(*) FROM category))",
                    (record.slug, record.name, record.description, file),
                )
            case Synonym():
                terms = [self._stem(words(term)) for term in record.terms]
                database.execute(
                    "INSERT INTO synonym VALUES (?, ?)", (record.terms[0], json.dumps([term for term in terms if term]))
                )
            case RedFlag():
                phrases = [parse_phrase(phrase, self._stem) for phrase in record.phrases]
                database.execute("INSERT INTO red_flag VALUES (?, ?)", (json.dumps(phrases), _to_json(asdict(record))))

    def _source(self, file: int, source: Source, sources: dict[Source, int]) -> int:
        if source not in sources:
            row = self._database.execute(
                "INSERT INTO source(file, data) VALUES (?, ?)", (file, _to_json(asdict(source)))
            )
            sources[source] = row.lastrowid or 0
        return sources[source]

    def _add_article(self, file: int, article: Article, sources: dict[Source, int]) -> None:
        database = self._database
        data = asdict(article)
        for key in ("slug", "title", "category", "reviewed", "sources", "origin"):
            del data[key]
        row = database.execute(
            "INSERT OR IGNORE INTO article(slug, title, category, reviewed, file, data) VALUES (?, ?, ?, ?, ?, ?)",
            (article.slug, article.title, article.category, article.reviewed, file, _to_json(data)),
        )
        if not row.rowcount:
            return  # a file of higher precedence has this slug
        article_id = row.lastrowid or 0
        database.executemany(
            "INSERT OR IGNORE INTO former_slug VALUES (?, ?)", ((old, article_id) for old in article.was)
        )
        database.executemany(
            "INSERT INTO citation VALUES (?, ?, ?)",
            ((article_id, n, self._source(file, source, sources)) for n, source in enumerate(article.sources, 1)),
        )
        self._add_passages(article_id, article)
        self._totals["articles"] += 1

    def _add_passages(self, article_id: int, article: Article) -> None:
        questions = (article.title, *article.also_asked)
        texts = [("", article.answer), *((section.heading, section.body) for section in article.sections)]
        if article.urgent:
            texts.append(("", article.urgent))
        askings = [self._terms(question) for question in questions]
        # Most askings are one sentence; only what differs is stored.
        parts = [asking_part(question) for question in questions]
        asked = ["" if part == question else self._terms(part) for part, question in zip(parts, questions, strict=True)]
        read = [(self._terms(heading), self._terms(FOOTNOTE.sub("", body))) for heading, body in texts]
        rows = [(asking, "", "") for asking in askings] + [("", heading, body) for heading, body in read]
        first = article_id << _PASSAGE_BITS
        self._database.executemany(
            "INSERT INTO passage(rowid, asking, heading, body) VALUES (?, ?, ?, ?)",
            ((first + n, *row) for n, row in enumerate(rows)),
        )
        asked_terms = {term for asking in askings for term in asking.split()}
        read_terms = {term for heading, body in read for term in (*heading.split(), *body.split())}
        self._database.execute(
            "INSERT INTO profile VALUES (?, ?, ?, ?)",
            (article_id, "\n".join(askings), "\n".join(asked), " ".join(sorted(read_terms - asked_terms))),
        )
        self._counts["word"].update(self._words)
        self._words.clear()
        self._counts["asked"].update(asked_terms)
        for row in rows:
            self._counts["passages"].update(set(" ".join(row).split()))
        self._totals["asked_terms"] += sum(asking.count(" ") + 1 for asking in askings if asking)
        self._flush_counts(100_000)

    def _terms(self, text: str) -> str:
        """Return the stems of the text with blanks between, and remember its words."""
        found = words(text)
        self._words.update(found)
        return " ".join(self._stem(found))

    def _flush_counts(self, limit: int) -> None:
        """Move the counts into their tables when there are more than `limit`, so that memory stays bounded."""
        statements = {
            "word": "INSERT INTO word VALUES (?, ?) ON CONFLICT DO UPDATE SET articles = articles + excluded.articles",
            **{
                column: f"INSERT INTO term(term, {column}) VALUES (?, ?)"
                f" ON CONFLICT DO UPDATE SET {column} = {column} + excluded.{column}"
                for column in ("asked", "passages")
            },
        }
        if sum(map(len, self._counts.values())) > limit:
            for name, statement in statements.items():
                self._database.executemany(statement, sorted(self._counts[name].items()))
                self._counts[name].clear()


class Index:
    """A finished index, open for reading. Every row that comes back is a value; nothing here knows of ranking."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._seen: dict[int, Article] = {}
        totals = dict(database.execute("SELECT key, value FROM meta"))
        self.articles: int = totals.get("articles", 0)
        self.asked_terms: int = totals.get("asked_terms", 0)

    def close(self) -> None:
        """Close the database; the index is of no use afterwards."""
        self._database.close()

    def files(self) -> list[ArticleFile]:
        """Return the files the index was made from, lowest precedence first."""
        rows = self._database.execute("SELECT path, signature, digest, articles, problem FROM file ORDER BY id")
        return [ArticleFile(*row) for row in rows]

    # --- what lists and pages show ---

    def entries(self, *, category: str | None = None) -> Iterator[Entry]:
        """Yield the articles in the order of their categories, then of their files."""
        rows = self._database.execute(
            f"{_ENTRIES} LEFT JOIN category ON category.slug = article.category"
            " WHERE ?1 IS NULL OR article.category = ?1"
            " ORDER BY category.file, category.position, article.category, article.file, article.id",
            (category,),
        )
        return (Entry(*row) for row in rows)

    def entries_by_id(self, ids: Iterable[int]) -> dict[int, Entry]:
        """Return the articles with these ids."""
        rows = self._in(f"{_ENTRIES} WHERE article.id IN ({{}})", ids)
        return {row[0]: Entry(*row) for row in rows}

    def random_slug(self) -> str | None:
        """Return the slug of any article, None when there is none."""
        row = self._database.execute(
            "SELECT slug FROM article LIMIT 1 OFFSET abs(random()) % max(1, (SELECT count(*) FROM article))"
        ).fetchone()
        return row[0] if row else None

    def article(self, slug: str) -> Article | None:
        """Return the article with this slug, or the one that had it before it was renamed."""
        row = self._database.execute(
            "SELECT coalesce((SELECT id FROM article WHERE slug = ?1),"
            " (SELECT article FROM former_slug WHERE slug = ?1))",
            (slug,),
        ).fetchone()
        return None if row[0] is None else self.article_by_id(row[0])

    def article_by_id(self, article_id: int) -> Article:
        """Return the article with this id; those seen lately are kept."""
        if article_id not in self._seen:
            if len(self._seen) >= _KEPT_ARTICLES:
                self._seen.clear()
            self._seen[article_id] = self._read_article(article_id)
        return self._seen[article_id]

    def _read_article(self, article_id: int) -> Article:
        slug, title, category, reviewed, text, origin = self._database.execute(
            "SELECT slug, title, category, reviewed, data, path FROM article JOIN file ON file.id = file"
            " WHERE article.id = ?",
            (article_id,),
        ).fetchone()
        data = json.loads(text)
        data["sections"] = tuple(Section(**section) for section in data["sections"])
        for key in ("also_asked", "see_also", "was"):
            data[key] = tuple(data[key])
        cited = self._database.execute(
            "SELECT data FROM citation JOIN source ON source.id = source WHERE article = ? ORDER BY n", (article_id,)
        )
        sources = tuple(Source(**json.loads(source)) for (source,) in cited)
        return Article(
            slug=slug, title=title, category=category, reviewed=reviewed, origin=origin, sources=sources, **data
        )

    def categories(self) -> list[tuple[Category, int]]:
        """Return the categories that have articles, with how many; one that no file describes is named by its slug."""
        rows = self._database.execute(
            "SELECT article.category, name, description, count(*) FROM article"
            " LEFT JOIN category ON category.slug = article.category GROUP BY article.category"
            " ORDER BY category.file IS NULL, category.file, category.position, article.category"
        )
        return [
            (Category(slug, name or slug.replace("-", " ").capitalize(), description or ""), count)
            for slug, name, description, count in rows
        ]

    def sources(self) -> Iterator[tuple[Source, list[str]]]:
        """Yield every source with the slugs of the articles that cite it, in the order of the files."""
        rows = self._database.execute(
            "SELECT data, (SELECT json_group_array(slug) FROM citation JOIN article ON article.id = article"
            " WHERE source = source.id) FROM source ORDER BY file, id"
        )
        return ((Source(**json.loads(data)), json.loads(slugs)) for data, slugs in rows)

    # --- what the matcher asks for ---

    def words_between(self, first: str, last: str, *, shortest: int, longest: int) -> list[tuple[str, int]]:
        """Return the words from `first` up to but not including `last`, each with its number of articles."""
        return self._database.execute(
            "SELECT word, articles FROM word WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?",
            (first, last, shortest, longest),
        ).fetchall()

    def term_counts(self, terms: Iterable[str]) -> dict[str, TermCount]:
        """Return the counts of those of the terms that occur at all."""
        rows = self._in("SELECT term, asked, passages FROM term WHERE term IN ({})", set(terms))
        return {term: TermCount(*counts) for term, *counts in rows}

    def passages(
        self,
        phrases: Iterable[Sequence[str]],
        *,
        also: Iterable[Sequence[str]] = (),
        limit: int,
        category: str | None = None,
    ) -> list[tuple[int, float]]:
        """Return the passages with any of the phrases, best first: the article's id, and BM25 (higher is better).

        A phrase is stems that stand together; most are a single one. `also` are phrases that count in what is found
        but find nothing by themselves.
        """
        match = _any_of(phrases)
        if not match:
            return []
        if rest := _any_of(also):
            match = f"({match}) OR (({match}) AND ({rest}))"
        within = ""
        if category is not None:
            within = f"AND rowid >> {_PASSAGE_BITS} IN (SELECT id FROM article WHERE category = :category)"
        # FTS5's bm25 is better when lower, hence the sign.
        bm25 = f"-bm25(passage, {_ASKING_WEIGHT}, {_HEADING_WEIGHT}, {_BODY_WEIGHT})"
        return self._database.execute(
            f"SELECT rowid >> {_PASSAGE_BITS}, {bm25} AS score"
            f" FROM passage WHERE passage MATCH :match {within} ORDER BY score DESC, rowid LIMIT :limit",
            {"match": match, "limit": limit, "category": category},
        ).fetchall()

    def profiles(self, ids: Iterable[int]) -> dict[int, Profile]:
        """Return what the matcher compares, for the articles with these ids."""
        rows = self._in("SELECT article, askings, asked, text FROM profile WHERE article IN ({})", set(ids))
        return {article: _profile(askings, asked, text) for article, askings, asked, text in rows}

    def synonyms(self) -> list[tuple[str, list[list[str]]]]:
        """Return the groups of terms that mean the same: the first as written, and each as its stems."""
        return [(name, json.loads(terms)) for name, terms in self._database.execute("SELECT name, terms FROM synonym")]

    def red_flags(self) -> Iterator[tuple[list[Phrase], RedFlag]]:
        """Yield the notices with their phrases as stems."""
        for phrases, text in self._database.execute("SELECT phrases, data FROM red_flag ORDER BY rowid"):
            data = json.loads(text)
            data["sources"] = tuple(Source(**source) for source in data["sources"])
            yield json.loads(phrases), RedFlag(**{**data, "phrases": tuple(data["phrases"])})

    def _in(self, query: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
        """Run `query` with as many marks in place of `{}` as there are values, in slices that SQLite accepts."""
        rest = iter(values)
        while batch := tuple(islice(rest, _BATCH)):
            yield from self._database.execute(query.format(",".join("?" * len(batch))), batch)


def _any_of(phrases: Iterable[Sequence[str]]) -> str:
    """Return the FTS5 query for any of these phrases; quoted, so that nothing in them is syntax."""
    return " OR ".join(f'"{" ".join(phrase)}"' for phrase in phrases)


def _to_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _profile(askings: str, asked: str, text: str) -> Profile:
    terms = tuple(tuple(asking.split()) for asking in askings.split("\n"))
    parts = (frozenset(part.split() or whole) for part, whole in zip(asked.split("\n"), terms, strict=True))
    return Profile(terms, tuple(parts), frozenset(text.split()))
