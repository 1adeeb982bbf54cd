"""The queries to the SQLite file of a library. `schema` says what is in it, `builder` fills it, `cache` keeps it."""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from ora_cli.content.articles import Article, Category, Record, RedFlag, Section, Source, Synonym, WordGroup

_BATCH = 500
_KEPT_ARTICLES = 500
# A word in a phrasing says more about what an article answers than one in a heading or in the text.
_PHRASING_WEIGHT, _HEADING_WEIGHT, _BODY_WEIGHT = 1.0, 0.7, 0.4
_ENTRIES = (
    "SELECT article.id, article.slug, title, article.category, reviewed, path"
    " FROM article JOIN file ON file.id = article.file"
)
_SOURCE = "SELECT key, title, publisher, url, kind, date, accessed FROM source"


class Entry(NamedTuple):
    """What a list shows of an article."""

    id: int
    slug: str
    title: str
    category: str
    reviewed: str | None
    origin: str


class FlagEntry(NamedTuple):
    """What is looked for of a red flag."""

    id: int
    sign: str
    grade: str
    rules: tuple[str, ...]


class TermCount(NamedTuple):
    """The numbers of articles with a term in a phrasing, and with the term anywhere."""

    in_phrasings: int
    articles: int


class Profile(NamedTuple):
    """What an article is compared by: its phrasings, the title first, and the questions that it does not answer.

    Either has a line for each question, its terms with blanks between and around them. The weights are the sums of the
    content weights of each question, in nats, with a blank between them. `text_terms` is the number of terms in
    headings and text. `direction` is that of all words of the article (`text/word_vectors.py`).
    """

    phrasings: str
    weights: str
    unanswered: str
    unanswered_weights: str
    text_terms: int
    direction: bytes


class Retrieved(NamedTuple):
    """An article found by the full-text index: its BM25 score, and that of its headings and text alone.

    Higher is better.
    """

    article: int
    score: float
    text: float


class ArticleFile(NamedTuple):
    """A file that an index was made from.

    `path` is fit for display; `location` is the path as the file system has it (`os.fsencode`). `signature` is what
    the file system said about it, `digest` the hash of its content, `articles` the number of its articles that are
    used, `complete` whether the index holds all its records, `problem` why it was left out.
    """

    path: str
    signature: str = ""
    digest: str = ""
    articles: int = 0
    complete: bool = True
    problem: str | None = None
    location: bytes = b""


class Index:
    """A finished index, open for reading. Queries return plain values; ranking is done elsewhere."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._seen: dict[int, Article] = {}
        facts = dict(database.execute("SELECT key, value FROM meta"))
        self.articles: int = facts["articles"]
        self.phrasing_terms: int = facts["phrasing_terms"]
        self.words: int = facts["words"]
        self.function_terms: frozenset[str] = frozenset(unpack(facts["function_terms"]))
        self.cache_key: str = facts["cache_key"]

    def close(self) -> None:
        """Close the database; the index cannot be used afterwards."""
        self._database.close()

    def copy_to(self, database: sqlite3.Connection) -> None:
        """Write all of the index into an empty database."""
        self._database.backup(database)

    def files(self) -> list[ArticleFile]:
        """Return the files the index was made from, lowest precedence first."""
        rows = self._database.execute(
            "SELECT path, signature, digest, articles, complete, problem, location FROM file ORDER BY id"
        )
        return [ArticleFile(*row) for row in rows]

    def records(self, file: int) -> Iterator[Record]:
        """Yield the records of a file, which are all if the file is `complete` (see `ArticleFile`)."""
        read = self._database.execute
        for row in read(f"{_SOURCE} WHERE file = ? ORDER BY id", (file,)):
            yield Source(*row)
        categories = 'SELECT slug, name, description, "group" FROM category WHERE file = ? ORDER BY position'
        for row in read(categories, (file,)):
            yield Category(*row)
        for (written,) in read("SELECT written FROM synonym WHERE file = ? ORDER BY rowid", (file,)):
            yield Synonym(unpack(written))
        for name, written in read("SELECT name, words FROM word_group WHERE file = ? ORDER BY rowid", (file,)):
            yield WordGroup(name, unpack(written))
        for (flag,) in read("SELECT id FROM red_flag WHERE file = ? ORDER BY id", (file,)):
            yield self.red_flag(flag)
        for (article,) in read("SELECT id FROM article WHERE file = ? ORDER BY id", (file,)):
            yield self._read_article(article)

    # --- what lists and pages show ---

    def entries(self, *, category: str | None = None) -> Iterator[Entry]:
        """Yield the entries of all articles or of a category, ordered by category, then by file."""
        rows = self._database.execute(
            f"{_ENTRIES} LEFT JOIN category ON category.slug = article.category"
            " WHERE ?1 IS NULL OR article.category = ?1"
            " ORDER BY category.file, category.position, article.category, article.file, article.id",
            (category,),
        )
        return (Entry(*row) for row in rows)

    def entries_by_id(self, ids: Iterable[int]) -> dict[int, Entry]:
        """Return the entries of the articles with these ids, by id."""
        rows = self._in(f"{_ENTRIES} WHERE article.id IN ({{}})", ids)
        return {row[0]: Entry(*row) for row in rows}

    def slugs(self, prefix: str, *, limit: int) -> list[tuple[str, str]]:
        """Return the slugs that start with `prefix`, each with its title; beyond `limit`, the first ones and the last.

        With the first and the last slug a shell can complete the part that all slugs have in common.
        """
        query = "SELECT slug, title FROM article WHERE slug >= ? AND slug < ? ORDER BY slug"
        ends = (prefix, prefix + "\U0010ffff")
        found = self._database.execute(f"{query} LIMIT ?", (*ends, limit)).fetchall()
        if len(found) == limit:
            found[-1:] = self._database.execute(f"{query} DESC LIMIT 1", ends)
        return found

    def titles(self, slugs: Iterable[str]) -> dict[str, str]:
        """Return the titles of those of the slugs that an article has."""
        return dict(self._in("SELECT slug, title FROM article WHERE slug IN ({})", dict.fromkeys(slugs)))

    def random_slug(self) -> str | None:
        """Return a random slug, or None if there are no articles."""
        row = self._database.execute(
            "SELECT slug FROM article LIMIT 1 OFFSET abs(random()) % max(1, (SELECT count(*) FROM article))"
        ).fetchone()
        return row[0] if row else None

    def article(self, slug: str) -> Article | None:
        """Return the article with this slug or former slug, or None."""
        row = self._database.execute(
            "SELECT coalesce((SELECT id FROM article WHERE slug = ?1),"
            " (SELECT article FROM former_slug WHERE slug = ?1))",
            (slug,),
        ).fetchone()
        return None if row[0] is None else self.article_by_id(row[0])

    def topic(self, stems: Sequence[str]) -> int | None:
        """Return the id of the article that is the overview of what these stems name, None when there is none."""
        row = self._database.execute("SELECT article FROM topic WHERE stems = ?", (" ".join(stems),)).fetchone()
        return row[0] if row else None

    def location(self, slug: str) -> bytes:
        """Return the path of the file with this article, as the file system has it (see `ArticleFile`)."""
        query = "SELECT location FROM file JOIN article ON file.id = file WHERE slug = ?"
        [(location,)] = self._database.execute(query, (slug,))
        return bytes(location)

    def article_by_id(self, article_id: int) -> Article:
        """Return the article with this id; recent ones are cached."""
        if article_id not in self._seen:
            if len(self._seen) >= _KEPT_ARTICLES:
                self._seen.clear()
            self._seen[article_id] = self._read_article(article_id)
        return self._seen[article_id]

    def _read_article(self, article_id: int) -> Article:
        read = self._database.execute
        row = read(
            "SELECT slug, title, category, answer, also_asked, urgent, reviewed, see_also, topics,"
            " unanswered, treatment, path"
            " FROM article JOIN file ON file.id = file WHERE article.id = ?",
            (article_id,),
        ).fetchone()
        slug, title, category, answer, also_asked, urgent, reviewed, see_also, topics, unanswered, treatment, path = row
        sections = read("SELECT heading, body, asked FROM section WHERE article = ? ORDER BY n", (article_id,))
        cited = read(
            f"{_SOURCE} JOIN citation ON source.id = citation.source WHERE article = ? ORDER BY n", (article_id,)
        )
        was = read("SELECT slug FROM former_slug WHERE article = ? ORDER BY slug", (article_id,))
        return Article(
            slug=slug,
            title=title,
            category=category,
            answer=answer,
            also_asked=unpack(also_asked),
            sections=tuple(Section(heading, body, unpack(asked)) for heading, body, asked in sections),
            urgent=urgent,
            reviewed=reviewed,
            see_also=unpack(see_also),
            was=tuple(old for (old,) in was),
            topics=unpack(topics),
            unanswered=unpack(unanswered),
            treatment=bool(treatment),
            sources=tuple(Source(*source) for source in cited),
            origin=path,
        )

    def categories(self) -> list[tuple[Category, int]]:
        """Return the categories with their numbers of articles; an undescribed one is named by its slug."""
        rows = self._database.execute(
            'SELECT article.category, name, description, "group", count(*) FROM article'
            " LEFT JOIN category ON category.slug = article.category GROUP BY article.category"
            " ORDER BY category.file IS NULL, category.file, category.position, article.category"
        )
        return [
            (Category(slug, name, description, group) if name else Category.undescribed(slug), count)
            for slug, name, description, group, count in rows
        ]

    def sources(self) -> Iterator[tuple[Source, tuple[str, ...]]]:
        """Yield all sources in the order of the files, each with the slugs of the articles that cite it."""
        rows = self._database.execute(
            "SELECT (SELECT group_concat(slug, char(10)) FROM citation JOIN article ON article.id = article"
            f" WHERE source = source.id), rest.* FROM source JOIN ({_SOURCE.replace('SELECT', 'SELECT id AS at,')})"
            " AS rest ON at = source.id ORDER BY source.file, source.id"
        )
        return ((Source(*source), unpack(slugs or "")) for slugs, _, *source in rows)

    # --- what the matcher asks for ---

    def stems(self, words: Iterable[str]) -> dict[str, str]:
        """Return the stems of the words that some article has, by word."""
        return dict(self._in("SELECT word, stem FROM word WHERE word IN ({})", dict.fromkeys(words)))

    def words_between(self, first: str, last: str, *, shortest: int, longest: int) -> list[str]:
        """Return the words from `first` to before `last` with `shortest` to `longest` letters."""
        rows = self._database.execute(
            "SELECT word FROM word WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?",
            (first, last, shortest, longest),
        )
        return [word for (word,) in rows]

    def words_with_phonetic_key(self, key: str) -> list[str]:
        """Return the words with this phonetic key (see `text.phonetics`)."""
        return [word for (word,) in self._database.execute("SELECT word FROM word WHERE phonetic_key = ?", (key,))]

    def word_counts(self, words: Iterable[str]) -> dict[str, int]:
        """Return for each known word the number of articles with any of its forms."""
        return dict(self._in("SELECT word, articles FROM word JOIN term ON term = stem WHERE word IN ({})", words))

    def term_counts(self, terms: Iterable[str]) -> dict[str, TermCount]:
        """Return the counts of the terms that occur, by term."""
        rows = self._in("SELECT term, in_phrasings, articles FROM term WHERE term IN ({})", dict.fromkeys(terms))
        return {term: TermCount(in_phrasings, articles) for term, in_phrasings, articles in rows}

    def matching(
        self,
        phrases: Iterable[Sequence[str]],
        *,
        also: Iterable[Sequence[str]] = (),
        limit: int,
        category: str | None = None,
    ) -> list[Retrieved]:
        """Return the articles with any of the phrases, best first.

        A phrase is a sequence of stems, most often one. Phrases in `also` add to the score of an article but find none.
        """
        match = _any_of(phrases)
        if not match:
            return []
        if rest := _any_of(also):
            match = f"({match}) OR (({match}) AND ({rest}))"
        within = ""
        if category is not None:
            within = "AND rowid IN (SELECT id FROM article WHERE category = :category)"
        # The bm25 of FTS5 is better when lower, hence the sign.
        score = f"-bm25(full_text, {_PHRASING_WEIGHT}, {_HEADING_WEIGHT}, {_BODY_WEIGHT})"
        text = f"-bm25(full_text, 0, {_HEADING_WEIGHT}, {_BODY_WEIGHT})"
        rows = self._database.execute(
            f"SELECT rowid, {score} AS score, {text}"
            f" FROM full_text WHERE full_text MATCH :match {within} ORDER BY score DESC, rowid LIMIT :limit",
            {"match": match, "limit": limit, "category": category},
        )
        return [Retrieved(*row) for row in rows]

    def with_all(self, groups: Iterable[Iterable[Sequence[str]]], *, category: str | None = None) -> bool:
        """Return whether any article has a phrase of every group."""
        match = " AND ".join(f"({_any_of(group)})" for group in groups)
        within = "" if category is None else "AND rowid IN (SELECT id FROM article WHERE category = :category)"
        query = f"SELECT 1 FROM full_text WHERE full_text MATCH :match {within} LIMIT 1"
        return self._database.execute(query, {"match": match, "category": category}).fetchone() is not None

    def with_phrasing(self, stems: Sequence[str], *, category: str | None = None) -> list[int]:
        """Return the articles of which a phrasing has just these stems, but for a few that only seem to."""
        rows = self._database.execute(
            "SELECT DISTINCT article.id FROM phrasing JOIN article ON article.id = phrasing.article"
            " WHERE checksum = ?1 AND (?2 IS NULL OR category = ?2) ORDER BY article.id",
            (phrasing_checksum(f" {' '.join(stems)} "), category),
        )
        return [article for (article,) in rows]

    def origin(self, article: int) -> str:
        """Return the path of the file that an article is from."""
        row = self._database.execute(
            "SELECT path FROM article JOIN file ON file.id = article.file WHERE article.id = ?", (article,)
        ).fetchone()
        return str(row[0])

    def profiles(self, ids: Iterable[int]) -> dict[int, Profile]:
        """Return the profiles of the articles with these ids, by id."""
        rows = self._in("SELECT * FROM profile WHERE article IN ({})", ids)
        return {article: Profile(*columns) for article, *columns in rows}

    def synonyms(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the groups of synonyms: for each the first term as written, and the stems of all terms."""
        rows = self._database.execute("SELECT written, terms FROM synonym ORDER BY rowid")
        return [(unpack(written)[0], unpack(terms)) for written, terms in rows]

    def word_groups(self) -> list[WordGroup]:
        """Return the groups of words of all files."""
        rows = self._database.execute("SELECT name, words FROM word_group ORDER BY rowid")
        return [WordGroup(name, unpack(written)) for name, written in rows]

    def signs(self) -> list[FlagEntry]:
        """Return what is looked for of the red flags; of two with the same sign, the one of higher precedence."""
        rows = self._database.execute(
            "SELECT min(id), sign, grade, rules FROM red_flag GROUP BY sign ORDER BY min(id)"
        ).fetchall()
        return [FlagEntry(number, sign, grade, unpack(rules)) for number, sign, grade, rules in rows]

    def red_flag(self, flag_id: int) -> RedFlag:
        """Return the red flag with this id."""
        read = self._database.execute
        columns = "sign, name, grade, message, rules, examples, sources"
        [(sign, name, grade, message, rules, examples, cited)] = read(
            f"SELECT {columns} FROM red_flag WHERE id = ?", (flag_id,)
        )
        rows = (read(f"{_SOURCE} WHERE id = ?", (source,)).fetchone() for source in unpack(cited))
        cites = tuple(Source(*row) for row in rows)
        return RedFlag(sign, name, grade, message, unpack(rules), unpack(examples), cites)

    def _in(self, query: str, values: Iterable[object]) -> list[tuple[Any, ...]]:
        """Run `query` with a placeholder for each value in place of `{}`, in batches that SQLite accepts.

        The rows are returned as a list, because a generator would fail if the database was closed in between.
        """
        rest = iter(values)
        rows: list[tuple[Any, ...]] = []
        while batch := tuple(islice(rest, _BATCH)):
            rows += self._database.execute(query.format(",".join("?" * len(batch))), batch)
        return rows


def phrasing_checksum(stems: str) -> int:
    """Return what stands for a phrasing where it is looked up as a whole; `stems` has blanks between and around."""
    return zlib.crc32(stems.encode())


def pack(lines: Iterable[str]) -> str:
    """Join lines for a single column; no line may contain a line feed."""
    return "\n".join(lines)


def unpack(column: str) -> tuple[str, ...]:
    """Split a column that `pack` joined."""
    return tuple(column.split("\n")) if column else ()


def _any_of(phrases: Iterable[Sequence[str]]) -> str:
    """Return the FTS5 query for any of these phrases, quoted so that nothing in them is syntax."""
    return " OR ".join(f'"{" ".join(phrase)}"' for phrase in phrases)
