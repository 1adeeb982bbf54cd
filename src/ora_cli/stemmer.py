"""Stems, made by SQLite's own Porter tokenizer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence

from ora_cli.text import FUNCTION_WORDS

_CACHE_LIMIT = 100_000


class Stemmer:
    """Maps words to Porter stems (M. F. Porter, "An algorithm for suffix stripping", 1980).

    SQLite ships the algorithm as an FTS5 tokenizer, but only inside a table: the words go through one in memory.
    `learned` is told of every new word with its stem, and now and then again of one seen long ago.
    """

    def __init__(self, learned: Callable[[Sequence[tuple[str, str]]], None] | None = None) -> None:
        self._stems: dict[str, str] = {}
        self._learned = learned
        self._database: sqlite3.Connection | None = None

    def __call__(self, words: list[str]) -> list[str]:
        """Return the stem of each word; `words` are as `text.words` gives them."""
        stems = self._stems
        try:
            return list(map(stems.__getitem__, words))
        except KeyError:
            self.learn(words)
        return [stems.get(word, word) for word in words]

    def learn(self, words: Iterable[str]) -> None:
        """Find the stems of many words at once, which is much faster than by and by."""
        if len(self._stems) > _CACHE_LIMIT:
            self._stems.clear()
        new = [word for word in dict.fromkeys(words) if word not in self._stems]
        if not new:
            return
        database = self._database or self._connect()
        database.executemany("INSERT INTO input(rowid, word) VALUES (?, ?)", enumerate(new))
        found = dict(database.execute("SELECT doc, term FROM stem"))
        database.execute("INSERT INTO input(input) VALUES ('delete-all')")
        pairs = [(word, found.get(number, word)) for number, word in enumerate(new)]
        self._stems.update(pairs)
        if self._learned:
            self._learned(pairs)

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
