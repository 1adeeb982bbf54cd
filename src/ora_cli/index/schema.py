"""What the SQLite file of a library holds.

An article is one row of an FTS5 table, with columns for its phrasings (the title is one), its headings and its text.
Words are stemmed before they are added, so that SQLite matches the same terms that the ranking compares.
"""

SCHEMA_VERSION = 15
"""To be raised by one with every change that makes existing indexes unreadable."""

APPLICATION_ID = 0x6F726131
"""Marks the file as an index of this program ("ora1")."""

# Columns with several lines or terms hold them as `database.pack` joins them; the columns of a profile are those of
# `database.Profile`.
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE file (
    id INTEGER PRIMARY KEY, path TEXT, signature TEXT, digest TEXT, articles INTEGER, complete INTEGER, problem TEXT,
    location BLOB);
CREATE TABLE category (
    slug TEXT PRIMARY KEY, name TEXT, description TEXT, "group" TEXT, file INTEGER, position INTEGER
) WITHOUT ROWID;
CREATE TABLE source (
    id INTEGER PRIMARY KEY, file INTEGER,
    key TEXT, title TEXT, publisher TEXT, url TEXT, kind TEXT, date TEXT, accessed TEXT);
CREATE TABLE citation (article INTEGER, n INTEGER, source INTEGER, PRIMARY KEY (article, n)) WITHOUT ROWID;
CREATE TABLE article (
    id INTEGER PRIMARY KEY, slug TEXT UNIQUE, title TEXT, category TEXT, reviewed TEXT, file INTEGER,
    answer TEXT, urgent TEXT, also_asked TEXT, see_also TEXT,
    topics TEXT, unanswered TEXT, treatment INTEGER);
CREATE TABLE section (
    article INTEGER, n INTEGER, heading TEXT, body TEXT, asked TEXT, PRIMARY KEY (article, n)) WITHOUT ROWID;
CREATE TABLE former_slug (slug TEXT PRIMARY KEY, article INTEGER) WITHOUT ROWID;
CREATE TABLE topic (stems TEXT PRIMARY KEY, article INTEGER) WITHOUT ROWID;
CREATE TABLE synonym (file INTEGER, written TEXT, terms TEXT);
CREATE TABLE word_group (file INTEGER, name TEXT, words TEXT);
CREATE TABLE red_flag (
    id INTEGER PRIMARY KEY, file INTEGER, sign TEXT, name TEXT, grade TEXT, message TEXT, rules TEXT, examples TEXT,
    sources TEXT);
CREATE TABLE profile (
    article INTEGER PRIMARY KEY, phrasings TEXT, weights TEXT, unanswered TEXT, unanswered_weights TEXT,
    text_terms INTEGER, direction BLOB);
CREATE TABLE phrasing (checksum INTEGER, article INTEGER);
CREATE TABLE word (word TEXT PRIMARY KEY, stem TEXT, phonetic_key TEXT) WITHOUT ROWID;
CREATE TABLE term (term TEXT PRIMARY KEY, in_phrasings INTEGER, articles INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE full_text USING fts5(
    phrasing, heading, body, content='', tokenize='unicode61 remove_diacritics 0');
"""

LOOK_UPS = """
CREATE INDEX word_by_phonetic_key ON word (phonetic_key);
CREATE INDEX phrasing_by_checksum ON phrasing (checksum, article);
CREATE INDEX article_by_file ON article (file);
CREATE INDEX article_by_category ON article (category);
CREATE INDEX source_by_file ON source (file);
CREATE INDEX category_by_file ON category (file);
CREATE INDEX synonym_by_file ON synonym (file);
CREATE INDEX word_group_by_file ON word_group (file);
CREATE INDEX red_flag_by_file ON red_flag (file);
"""
"""The indexes of the schema, which are created faster on full tables."""
