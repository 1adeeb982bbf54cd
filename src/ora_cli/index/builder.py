"""Building an index: records in, rows out. Articles are written in batches and not kept in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from ora_cli.content.articles import Article, Category, Record, RedFlag, Source, Synonym, WordGroup
from ora_cli.index.database import ArticleFile, Index, pack, phrasing_checksum, unpack
from ora_cli.index.schema import APPLICATION_ID, LOOK_UPS, SCHEMA, SCHEMA_VERSION
from ora_cli.index.vocabulary import Vocabulary
from ora_cli.text.phonetics import phonetic_keys
from ora_cli.text.stems import Stemmer, function_stems
from ora_cli.text.word_vectors import direction
from ora_cli.text.words import END_OF_TEXT, words

# The limits of a batch of articles: their number, and the letters of their texts.
_BATCH = 1000
_BATCH_LETTERS = 1_000_000
_CACHED_TERMS = 500_000
# What SQLite may hold of the database (KiB), and FTS5 of new postings (bytes), before writing to the file.
_CACHE_KIB = 65_536
_POSTINGS_BYTES = 16 * 1024 * 1024
# FTS5 merges its segments once at the end instead of again and again.
_FULL_TEXT_SETTINGS = {"hashsize": _POSTINGS_BYTES, "automerge": 0, "crisismerge": 1000}
# The counts of all terms are copied from the finished full-text index, where a look-up would read a whole posting list.
_COUNT_TERMS = """
CREATE VIRTUAL TABLE temp.by_column USING fts5vocab(main, full_text, col);
INSERT INTO term SELECT term, coalesce(sum(doc) FILTER (WHERE col = 'phrasing'), 0), max(doc)
    FROM temp.by_column GROUP BY term;
DROP TABLE temp.by_column;
"""


class Builder:
    """Fills an empty database.

    Files go in from the highest precedence to the lowest: the first article with a slug stays.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._articles = self._phrasing_terms = 0
        self._file = 0
        self._complete = True
        self._sources: dict[Source, int] = {}
        self._waiting: list[Article] = []
        self._stem = Stemmer(self._add_words)
        self._stem_apart = Stemmer()
        self._grammar = function_stems(self._stem_apart)
        database.executescript(
            f"PRAGMA application_id = {APPLICATION_ID};\nPRAGMA cache_size = -{_CACHE_KIB};\n{SCHEMA}"
        )
        database.execute("BEGIN")  # not earlier, because a script commits what was begun before it
        for setting in _FULL_TEXT_SETTINGS.items():
            database.execute("INSERT INTO full_text(full_text, rank) VALUES (?, ?)", setting)

    def add_file(self, number: int, file: ArticleFile, records: Iterable[Record]) -> None:
        """Add the records of a file, and the state of the file, by which the index can be found fresh or stale later.

        `number` is the place of the file in the order of precedence, the lowest first.
        """
        before, letters = self._articles, 0
        self._file, self._sources, self._complete = number, {}, True
        for record in records:
            if isinstance(record, Article):
                self._waiting.append(record)
                letters += sum(map(len, record.texts()))
                if len(self._waiting) >= _BATCH or letters >= _BATCH_LETTERS:
                    letters = 0
                    self._add_articles()
            else:
                self._add_other(record)
        self._add_articles()
        self.note_file(number, file._replace(articles=self._articles - before, complete=self._complete))

    def note_file(self, number: int, file: ArticleFile) -> None:
        """Store a file and its state."""
        self._database.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, *file))

    def forget_signature(self, number: int) -> None:
        """Make the next start read a file again, because it changed while it was read."""
        self._database.execute("UPDATE file SET signature = '', digest = '' WHERE id = ?", (number,))

    def finish(self, cache_key: str, on_progress: Callable[[float], None] | None = None) -> None:
        """Write what is known only at the end and make the database ready for questions.

        `cache_key` identifies what the index was made from. `on_progress` is called with the share done, 0 to 1.
        """
        database = self._database
        # The caches of the old ones take memory that the weights need.
        self._stem = self._stem_apart = Stemmer()
        database.execute("INSERT INTO full_text(full_text) VALUES ('optimize')")
        database.executescript(_COUNT_TERMS + LOOK_UPS)
        database.execute("BEGIN")
        facts = {
            "articles": self._articles,
            "phrasing_terms": self._phrasing_terms,
            "words": database.execute("SELECT count(*) FROM word").fetchone()[0],
            "function_terms": pack(sorted(function_stems(self._stem))),
            "cache_key": cache_key,
        }
        database.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
        self._weigh_phrasings(on_progress)
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        database.commit()

    def _add_words(self, words: Sequence[str], stems: Sequence[str]) -> None:
        rows = zip(words, stems, phonetic_keys(words), strict=True)
        self._database.executemany("INSERT OR IGNORE INTO word VALUES (?, ?, ?)", rows)

    def _add_other(self, record: Category | Source | Synonym | WordGroup | RedFlag) -> None:
        database = self._database
        match record:
            case Source():
                self._source(record)
            case Category():
                row = database.execute(
                    "INSERT OR IGNORE INTO category VALUES (?, ?, ?, ?, ?, (SELECT count(*) FROM category))",
                    (*record, self._file),
                )
                self._complete &= bool(row.rowcount)
            case Synonym():
                terms = filter(None, (" ".join(self._stem(words(term))) for term in record.terms))
                database.execute("INSERT INTO synonym VALUES (?, ?, ?)", (self._file, pack(record.terms), pack(terms)))
            case WordGroup():
                group = (self._file, record.name, pack(record.words))
                database.execute("INSERT INTO word_group VALUES (?, ?, ?)", group)
            case RedFlag():
                self._add_red_flag(record)

    def _add_red_flag(self, flag: RedFlag) -> None:
        cited = pack(str(self._source(source)) for source in flag.sources)
        *shown, rules, examples, _ = flag
        self._database.execute(
            "INSERT INTO red_flag(file, sign, name, grade, message, rules, examples, sources)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (self._file, *shown, pack(rules), pack(examples), cited),
        )

    def _source(self, source: Source) -> int:
        if source not in self._sources:
            row = self._database.execute(
                "INSERT INTO source(file, key, title, publisher, url, kind, date, accessed)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (self._file, *source),
            )
            self._sources[source] = row.lastrowid or 0
        return self._sources[source]

    def _add_articles(self) -> None:
        """Add the waiting articles, except those whose slug is taken by a file of higher precedence."""
        waiting = {article.slug: article for article in self._waiting}
        self._waiting.clear()
        for slug in self._taken(waiting):
            del waiting[slug]
            self._complete = False
        numbered = list(enumerate(waiting.values(), self._articles + 1))
        self._articles += len(numbered)
        self._add_rows(numbered)
        self._add_texts(numbered)

    def _taken(self, slugs: Iterable[str]) -> list[str]:
        wanted = tuple(slugs)
        query = f"SELECT slug FROM article WHERE slug IN ({','.join('?' * len(wanted))})"
        return [slug for (slug,) in self._database.execute(query, wanted)]

    def _add_rows(self, numbered: Sequence[tuple[int, Article]]) -> None:
        add = self._database.executemany
        add(
            "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    number,
                    article.slug,
                    article.title,
                    article.category,
                    article.reviewed,
                    self._file,
                    article.answer,
                    article.urgent,
                    pack(article.also_asked),
                    pack(article.see_also),
                    pack(article.topics),
                    pack(article.unanswered),
                    article.treatment,
                )
                for number, article in numbered
            ),
        )
        add(
            "INSERT INTO section VALUES (?, ?, ?, ?, ?)",
            (
                (number, n, section.heading, section.body, pack(section.asked))
                for number, article in numbered
                for n, section in enumerate(article.sections)
            ),
        )
        former = [(old, number) for number, article in numbered for old in article.was]
        row = add("INSERT OR IGNORE INTO former_slug VALUES (?, ?)", former)
        self._complete &= row.rowcount in (-1, len(former))  # -1 means that there were none
        add(
            "INSERT INTO citation VALUES (?, ?, ?)",
            (
                (number, n, self._source(source))
                for number, article in numbered
                for n, source in enumerate(article.sources, 1)
            ),
        )

    def _add_texts(self, numbered: Sequence[tuple[int, Article]]) -> None:
        """Add the stems of the articles to the full-text index."""
        texts: list[str] = []
        for _, article in numbered:
            texts += (*article.phrasings(), _headings(article), article.plain_text().replace("\n", " "))
        stems = iter(self._stem.of_texts(texts))
        # Words of these are not to be corrected to, for no article has them.
        unanswered = iter(self._stem_apart.of_texts([text for _, article in numbered for text in article.unanswered]))
        rows, profiles, checksums, topics = [], [], list[tuple[int, int]](), list[tuple[str, int]]()
        for number, article in numbered:
            phrasings = list(islice(stems, len(article.phrasings())))
            topics += ((topic.strip(), number) for topic in phrasings[len(phrasings) - len(article.topics) :])
            joined = "".join(phrasings)
            headings, body = next(stems), next(stems)
            rows.append((number, joined, headings, body))
            text = headings.split() + body.split()
            not_told = pack(islice(unanswered, len(article.unanswered)))
            whole = direction(joined.split() + text, self._grammar)
            profiles.append((number, pack(phrasings), not_told, len(text), whole))
            checksums += [(phrasing_checksum(phrasing), number) for phrasing in phrasings]
            self._phrasing_terms += joined.count(" ") - len(phrasings)
        self._database.executemany("INSERT INTO full_text(rowid, phrasing, heading, body) VALUES (?, ?, ?, ?)", rows)
        self._database.executemany("INSERT INTO profile VALUES (?, ?, '', ?, '', ?, ?)", profiles)
        self._database.executemany("INSERT OR IGNORE INTO topic VALUES (?, ?)", topics)
        self._database.executemany("INSERT INTO phrasing VALUES (?, ?)", checksums)

    def _weigh_phrasings(self, on_progress: Callable[[float], None] | None) -> None:
        """Replace synonyms in all phrasings and store the weight of each, which needs the counts of all words."""
        vocabulary = Vocabulary(Index(self._database), cached=0)
        weights: dict[str, float] = {}
        last = 0
        while rows := self._database.execute(
            "SELECT phrasings, unanswered, article FROM profile WHERE article > ? ORDER BY article LIMIT ?",
            (last, _BATCH),
        ).fetchall():
            last = rows[-1][-1]
            if on_progress:
                on_progress(last / self._articles)
            # All in one list: line feeds and ends of texts are terms of their own, which no synonym contains.
            written = END_OF_TEXT.join(lines for *both, _ in rows for lines in both).split(" ")
            terms = vocabulary.synonyms.canonical(written)
            if len(weights) > _CACHED_TERMS:
                weights.clear()
            weights |= vocabulary.content_weights(set(terms).difference(weights))
            texts = [(lines, _weights(lines, weights)) for lines in " ".join(terms).split(END_OF_TEXT)]
            self._database.executemany(
                "UPDATE profile SET phrasings = ?, weights = ?, unanswered = ?, unanswered_weights = ?"
                " WHERE article = ?",
                [
                    (*phrasings, *unanswered, article)
                    for phrasings, unanswered, (*_, article) in zip(texts[::2], texts[1::2], rows, strict=True)
                ],
            )


def _headings(article: Article) -> str:
    return " ".join(section.heading for section in article.sections)


def _weights(lines: str, weights: Mapping[str, float]) -> str:
    """Return the weights of some questions: for each the sum over its distinct terms, added in their order."""
    totals = []
    for line in unpack(lines):
        terms = line.split()
        distinct = terms if len(set(terms)) == len(terms) else dict.fromkeys(terms)
        totals.append(f"{sum(map(weights.__getitem__, distinct)):.4f}")
    return " ".join(totals)
