"""Stems, made by SQLite's own Porter tokenizer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from ora_cli.text import FUNCTION_WORDS

_CACHE_LIMIT = 200_000


class Stemmer:
    """Maps words to Porter stems (M. F. Porter, "An algorithm for suffix stripping", 1980).

    SQLite ships the algorithm as an FTS5 tokenizer, but only inside a table: the words go through one in memory.
    """

    def __init__(self) -> None:
        self._stems: dict[str, str] = {}
        self._database: sqlite3.Connection | None = None

    def __call__(self, words: list[str]) -> list[str]:
        """Return the stem of each word; `words` are as `text.words` gives them."""
        stems = self._stems
        try:
            return [stems[word] for word in words]
        except KeyError:
            self._learn(word for word in words if word not in stems)
        return [stems.get(word, word) for word in words]

    def _learn(self, words: Iterable[str]) -> None:
        if len(self._stems) > _CACHE_LIMIT:
            self._stems.clear()
        new = list(dict.fromkeys(words))
        database = self._database or self._connect()
        database.executemany("INSERT INTO input(rowid, word) VALUES (?, ?)", enumerate(new))
        found = dict(database.execute("SELECT doc, term FROM stem"))
        database.execute("INSERT INTO input(input) VALUES ('delete-all')")
        self._stems.update((word, found.get(number, word)) for number, word in enumerate(new))

    def _connect(self) -> sqlite3.Connection:
        self._database = sqlite3.connect(":memory:")
        self._database.executescript(
            """
            CREATE VIRTUAL TABLE input USING fts5(word, content='', tokenize='porter unicode61 remove_diacritics 0');
            CREATE VIRTUAL TABLE stem USING fts5vocab(input, instance);
            """
        )
        return self._database


def function_stems(stem: Stemmer) -> frozenset[str]:
    """Return the stems of the words that carry grammar rather than a subject."""
    return frozenset(stem(sorted(FUNCTION_WORDS))) | FUNCTION_WORDS
