"""Stems, made by SQLite's own Porter tokenizer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence

from ora_cli.text import FUNCTION_WORDS

# A million articles have about as many words; they take a hundred megabytes.
_CACHE_LIMIT = 400_000


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
        # All in one text is fastest. A word with other letters than ASCII's may be two to SQLite, or none.
        plain = [word for word in new if word.isascii()]
        others = [word for word in new if not word.isascii()]
        stems = self._stemmed([" ".join(plain), *others])
        pairs = [(word, stems[0, place]) for place, word in enumerate(plain)]
        pairs += [(word, stems.get((number, 0), word)) for number, word in enumerate(others, 1)]
        self._stems.update(pairs)
        if self._learned:
            self._learned(pairs)

    def _stemmed(self, texts: Sequence[str]) -> dict[tuple[int, int], str]:
        """Return the stems in these texts, each by the number of its text and its place there."""
        database = self._database or self._connect()
        database.executemany("INSERT INTO input(rowid, word) VALUES (?, ?)", enumerate(texts))
        rows = database.execute("SELECT doc, offset, term FROM stem")
        stems = {(number, place): stem for number, place, stem in rows}
        database.execute("INSERT INTO input(input) VALUES ('delete-all')")
        return stems

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
