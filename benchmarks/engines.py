"""The searchers that are measured beside each other, each a process of its own, and what one such process does.

    python benchmarks/engines.py build ENGINE ARTICLES FOLDER               prints seconds and memory
    python benchmarks/engines.py ask   ENGINE ARTICLES FOLDER QUESTION      prints the best article
    python benchmarks/engines.py batch ENGINE ARTICLES FOLDER QUESTIONS     prints times, memory, and share right

All keep the articles with the index, and stem. All run on one core, tantivy but for its merging.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any, Protocol

NOT_INSTALLED = 3
_LIMIT = 5
_WARM_UP = 100

Ask = Callable[[str], list[str]]


class Engine(Protocol):
    """A searcher: it makes an index of a file of articles in a folder, and answers from it."""

    def build(self, articles: str, folder: str) -> None:
        """Make the index."""

    def open(self, articles: str, folder: str) -> Ask:
        """Return what answers a question with the slugs of the best articles."""


class Ora:
    """`ora` as a library. Its command finds the same index when `folder` is that of the user's cache."""

    def build(self, articles: str, folder: str) -> None:
        from ora_cli import Library

        Library.open([articles], cache=folder)

    def open(self, articles: str, folder: str) -> Ask:
        from ora_cli import Library

        library = Library.open([articles], cache=folder)
        return lambda question: [match.slug for match in library.ask(question).matches]


class Bm25s:
    """bm25s with PyStemmer: numpy arrays, mapped into memory."""

    def __init__(self) -> None:
        import logging

        import bm25s
        import Stemmer

        logging.disable()  # it has a remark on every question without a telling word
        self._bm25s = bm25s
        self._stemmer = Stemmer.Stemmer("english")

    def build(self, articles: str, folder: str) -> None:
        index = self._bm25s.BM25()
        index.index(self._terms(_text(article) for article in _read(articles)), show_progress=False)
        index.save(folder, corpus=_read(articles), show_progress=False)

    def open(self, _articles: str, folder: str) -> Ask:
        index = self._bm25s.BM25.load(folder, mmap=True, load_corpus=True, show_progress=False)

        def ask(question: str) -> list[str]:
            found, _ = index.retrieve(self._terms([question]), k=_LIMIT, show_progress=False)
            return [article["slug"] for article in found[0]]

        return ask

    def _terms(self, texts: Any) -> Any:
        return self._bm25s.tokenize(texts, stemmer=self._stemmer, show_progress=False)


class Tantivy:
    """tantivy, with the memory for writing that `ora` takes."""

    def __init__(self) -> None:
        import tantivy

        self._tantivy = tantivy

    def build(self, articles: str, folder: str) -> None:
        from pathlib import Path

        fields = self._tantivy.SchemaBuilder()
        fields.add_text_field("text", tokenizer_name="en_stem")
        fields.add_bytes_field("article", stored=True)
        Path(folder).mkdir(parents=True)
        writer = self._tantivy.Index(fields.build(), path=folder).writer(64 * 1024 * 1024, num_threads=1)
        for article in _read(articles):
            kept = json.dumps(article).encode()
            writer.add_document(self._tantivy.Document(text=_text(article), article=kept))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, _articles: str, folder: str) -> Ask:
        index = self._tantivy.Index.open(folder)
        searcher = index.searcher()

        def ask(question: str) -> list[str]:
            query, _ = index.parse_query_lenient(question, ["text"])
            found = searcher.search(query, _LIMIT, count=False).hits
            return [json.loads(bytes(searcher.doc(place)["article"][0]))["slug"] for _, place in found]

        return ask


ENGINES: dict[str, Callable[[], Engine]] = {"ora": Ora, "bm25s": Bm25s, "tantivy": Tantivy}


def _read(articles: str) -> Iterator[dict[str, Any]]:
    with open(articles, encoding="utf-8") as lines:  # noqa: PTH123 -- its import would be timed
        yield from (article for article in map(json.loads, lines) if "slug" in article)


def _text(article: dict[str, Any]) -> str:
    parts = (part for section in article.get("section", ()) for part in section.values())
    sections = (text for part in parts for text in ([part] if isinstance(part, str) else part))
    return "\n".join([article["title"], *article.get("also_asked", ()), article["answer"], *sections])


def _build(engine: Engine, articles: str, folder: str) -> dict[str, float]:
    from time import perf_counter, process_time

    started = perf_counter()
    engine.build(articles, folder)
    return {"seconds": perf_counter() - started, "cpu": process_time(), "peak": _peak_memory()}


def _batch(engine: Engine, articles: str, folder: str, questions: str) -> dict[str, float]:
    from statistics import quantiles
    from time import perf_counter, process_time

    with open(questions, encoding="utf-8") as file:  # noqa: PTH123 -- its import would be timed
        rows: list[list[str]] = json.load(file)
    ask = engine.open(articles, folder)
    for _, question in rows[:_WARM_UP]:
        ask(question)
    taken, right, cpu = [], 0, process_time()
    for slug, question in rows:
        started = perf_counter()
        found = ask(question)
        taken.append(perf_counter() - started)
        right += found[:1] == [slug]
    shares = quantiles(taken, n=100)
    return {
        "per_second": len(rows) / sum(taken),
        "cpu": (process_time() - cpu) / len(rows),
        "p50": shares[49],
        "p99": shares[98],
        "peak": _peak_memory(),
        "right": right / len(rows),
    }


def _peak_memory() -> float:
    """Return the most memory that this process has had, in bytes."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main() -> None:
    action, name, articles, folder, *rest = sys.argv[1:]
    try:
        engine = ENGINES[name]()
    except ImportError:
        sys.exit(NOT_INSTALLED)
    if action == "build":
        print(json.dumps(_build(engine, articles, folder)))
    elif action == "batch":
        print(json.dumps(_batch(engine, articles, folder, rest[0])))
    else:
        print(*engine.open(articles, folder)(rest[0])[:1])


if __name__ == "__main__":
    main()
