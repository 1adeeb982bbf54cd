"""How well an article's askings fit a question: the features that the ranking is computed from.

All features are shares or small counts, so that they mean the same in a collection of any size.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from ora_cli.index import Asked
from ora_cli.query import Query
from ora_cli.text import words
from ora_cli.vocabulary import Vocabulary

# BM25's constants in their usual range (Robertson and Zaragoza 2009, section 3.5).
_K1 = 1.2
_B = 0.75
_CLOSEST = 6
# Letters are compared with so many of these.
_SPELLED_OUT = 4
# Words that share fewer letters at their start are not compared further.
_COMMON_START = 3
_ALIKE_FROM = 0.6
_CACHED_DOCUMENTS = 2000

_Hashable = TypeVar("_Hashable", bound=Hashable)


class Document:
    """An article's askings, the title first, and the terms of its text; what is not needed is not read."""

    def __init__(self, askings: Asked, read_text: Callable[[], Iterable[str]]) -> None:
        self.askings = [terms.split(" ") for terms in askings.terms]
        self.weights = askings.weights
        self.length = sum(map(len, self.askings))
        self.asked_in: dict[str, list[int]] = {}
        for number, terms in enumerate(self.askings):
            for term in dict.fromkeys(terms):
                self.asked_in.setdefault(term, []).append(number)
        self._read_text = read_text
        self._text: frozenset[str] | None = None
        self._frequencies: dict[str, float] | None = None
        self._starts: dict[str, list[str]] | None = None
        self._runs: dict[int, frozenset[str]] = {}

    @property
    def text(self) -> frozenset[str]:
        """The terms of its headings and text."""
        if self._text is None:
            self._text = frozenset(self._read_text())
        return self._text

    def has(self, term: str) -> bool:
        """Say whether the article has the term, in an asking or in its text."""
        return term in self.asked_in or term in self.text

    def frequencies(self, mean_length: float) -> dict[str, float]:
        """Return what BM25 makes of each term, by the number of askings that have it."""
        if self._frequencies is None:
            norm = _K1 * (1 - _B + _B * self.length / mean_length)
            self._frequencies = {
                term: len(numbers) * (_K1 + 1) / (len(numbers) + norm) for term, numbers in self.asked_in.items()
            }
        return self._frequencies

    def starting_like(self, term: str) -> Sequence[str]:
        """Return the terms of the askings that have the first letters in common with this one."""
        if self._starts is None:
            self._starts = {}
            for other in self.asked_in:
                self._starts.setdefault(other[:_COMMON_START], []).append(other)
        return self._starts.get(term[:_COMMON_START], ())

    def runs_of(self, number: int) -> frozenset[str]:
        """Return the runs of three and four characters of an asking."""
        if number not in self._runs:
            self._runs[number] = _runs(self.askings[number])
        return self._runs[number]


class Features(NamedTuple):
    """The fit of one article to one question. `retrieved` is its share of the best retrieval score.

    `bm25`: of the askings as one document, as a share of the most that a document can reach. `alike`: the weighted
    Dice coefficient with the closest asking, with words that look alike counted in part; `alike_mean` of the three
    closest; `alike_sum` of the squares of all. `covered`: the share of the question's weight that the closest asking
    has; `any_covered`: that any asking has. `letters`: the Dice coefficient of the runs of three and four characters
    with the asking that has most of them. `covering`, the share of the closest asking's weight that the question has,
    is for the decision alone.
    """

    retrieved: float
    bm25: float
    alike: float
    alike_mean: float
    alike_sum: float
    covered: float
    covering: float
    any_covered: float
    letters: float


class Question(NamedTuple):
    """What every comparison of a question needs, computed once.

    `telling` are the weights with function words at their share; `total` and `total_of_all` the sums of both.
    """

    weights: Mapping[str, float]
    telling: Mapping[str, float]
    total: float
    total_of_all: float
    runs: frozenset[str]


class Comparer:
    """Compares questions with the articles of one collection.

    Sums go over sequences and dictionaries, never over sets: the same question must give the same bytes.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        index = vocabulary.index
        self._mean_length = max(1.0, index.asked_terms / max(1, index.articles))
        self._documents: dict[int, Document] = {}

    def documents(self, ids: Sequence[int]) -> list[Document]:
        """Return the articles' askings, ready to be compared; those seen lately are not read again."""
        documents = self._documents
        new = [article for article in ids if article not in documents]
        if new:
            if len(documents) + len(new) > _CACHED_DOCUMENTS:
                documents.clear()
                new = list(ids)
            for article, askings in self._vocabulary.index.askings(new).items():
                documents[article] = Document(askings, self._text_reader(article))
        return [documents[article] for article in ids]

    def _text_reader(self, number: int) -> Callable[[], list[str]]:
        def read() -> list[str]:
            article = self._vocabulary.index.article_by_id(number)
            headings = (section.heading for section in article.sections)
            return self._vocabulary.terms(words("\n".join([*headings, article.plain_text()])))

        return read

    def question(self, query: Query) -> Question:
        """Return what every comparison of this question needs."""
        telling = self._vocabulary.telling(query.weights)
        return Question(
            weights=query.weights,
            telling=telling,
            total=sum(telling.values()) or 1.0,
            total_of_all=sum(query.weights.values()) or 1.0,
            runs=_runs(query.terms),
        )

    def nearest(self, question: Question, ids: Iterable[int], *, limit: int) -> list[tuple[int, Document]]:
        """Return those of the articles whose askings as a whole have most of the question."""
        articles = list(ids)
        scored = [
            (-self._bm25(question, document), article, document)
            for article, document in zip(articles, self.documents(articles), strict=True)
        ]
        scored.sort(key=lambda entry: entry[:2])
        return [(article, document) for _, article, document in scored[:limit]]

    def compare(self, question: Question, document: Document, retrieved: float) -> tuple[Features, tuple[int, ...]]:
        """Return how well the article fits the question, and the numbers of its closest askings (0 is the title)."""
        closest = self.closest(question, document)
        alike = [overlap for overlap, _, _ in closest]
        numbers = tuple(number for _, number, _ in closest)
        _, number, shared = closest[0] if closest else (0.0, 0, 0.0)
        runs = question.runs
        asked_in = document.asked_in
        features = Features(
            retrieved=retrieved,
            bm25=self._bm25(question, document),
            alike=alike[0] if alike else 0.0,
            alike_mean=sum(alike[:3]) / min(3, len(document.askings)),
            alike_sum=sum(value * value for value in alike),
            covered=shared / question.total,
            covering=shared / (document.weights[number] or 1.0),
            any_covered=sum(weight for term, weight in question.telling.items() if term in asked_in) / question.total,
            letters=max((_dice(runs, document.runs_of(number)) for number in numbers[:_SPELLED_OUT]), default=0.0),
        )
        return features, numbers

    def closest(self, question: Question, document: Document) -> list[tuple[float, int, float]]:
        """Return the askings that overlap most with the question: overlap, number, and the weight of what they share.

        The overlap is the Dice coefficient of the weights: twice what is common over the sum of both.
        """
        shared: dict[int, float] = {}
        for term, weight in question.telling.items():
            for number in document.asked_in.get(term, ()):
                shared[number] = shared.get(number, 0.0) + weight
        near = dict(shared)
        for term, weight in question.telling.items():
            if term not in document.asked_in and (alike := self._alike_in(term, document)):
                other, similarity = alike
                for number in document.asked_in[other]:
                    near[number] = near.get(number, 0.0) + weight * similarity
        overlaps = [
            (-2 * weight / (question.total + document.weights[number] or 1.0), number)
            for number, weight in near.items()
        ]
        overlaps.sort()
        return [(-overlap, number, shared.get(number, 0.0)) for overlap, number in overlaps[:_CLOSEST]]

    def _alike_in(self, term: str, document: Document) -> tuple[str, float] | None:
        """Return the document's term that looks most like a telling one which it lacks: pregnanc for pregnant."""
        if len(term) <= _COMMON_START or term in self._vocabulary.function_terms:
            return None
        near = ((_alike(term, other), other) for other in document.starting_like(term))
        similarity, other = max(near, default=(0.0, ""))
        return (other, similarity) if similarity else None

    def _bm25(self, question: Question, document: Document) -> float:
        frequencies = document.frequencies(self._mean_length)
        score = sum(weight * frequencies[term] for term, weight in question.weights.items() if term in frequencies)
        return score / (question.total_of_all * (_K1 + 1))


@lru_cache(maxsize=50_000)
def _alike(one: str, other: str) -> float:
    """Return how alike two words look, 0 to 1; it falls fast, for most words that look alike differ in meaning."""
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    share = start / max(len(one), len(other))
    return share * share if share >= _ALIKE_FROM else 0.0


def _runs(terms: Sequence[str]) -> frozenset[str]:
    text = " ".join(terms)
    threes = {text[place : place + 3] for place in range(len(text) - 2)}
    return frozenset(threes.union(text[place : place + 4] for place in range(len(text) - 3)))


def _dice(one: frozenset[_Hashable], other: frozenset[_Hashable]) -> float:
    return 2 * len(one & other) / (len(one) + len(other) or 1)
