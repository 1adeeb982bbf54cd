"""The features of the ranking: numbers for how well an article's phrasings fit a question.

All of them are shares or small counts, so that they mean the same in a collection of any size.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from ora_cli.index.database import Phrasings
from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.query import Query

# The constants of BM25, in their usual range (Robertson and Zaragoza 2009, section 3.5).
_K1 = 1.2
_B = 0.75
_CLOSEST = 6
_TRIGRAM = 3
# Trigrams are compared with this many of the closest phrasings.
_SPELLED_OUT = 4
# Words are compared only if they share this many first letters.
_COMMON_START = 3
_ALIKE_FROM = 0.6
_CACHED_DOCUMENTS = 2000
# Retrieved articles are compared in full if their BM25 is at least this share of the highest, within these limits.
_NEAR_SHARE = 0.5
_FEWEST_COMPARED, _MOST_COMPARED = 10, 24
_TAKEN_APART_FROM = 2


class Document:
    """The phrasings of an article (the title first) and the terms of its text, read only when needed.

    Most retrieved articles share only a word or two with the question, and most processes ask one question. So the
    phrasings are searched as stored strings, with blanks around every term, and indexed by term only for the best
    articles or when a second question comes.
    """

    def __init__(self, phrasings: Phrasings, read_text: Callable[[], Iterable[str]]) -> None:
        self._joined = phrasings.terms
        self.phrasings = phrasings.terms.split("\n")
        self.weights = phrasings.weights
        self.length = phrasings.terms.count(" ") - len(self.phrasings)
        self._read_text = read_text
        self._numbers: dict[str, list[int]] = {}
        self._taken_apart = False
        self._compared = 0

    @cached_property
    def text(self) -> frozenset[str]:
        """The terms of its headings and text."""
        return frozenset(self._read_text())

    @cached_property
    def terms(self) -> list[str]:
        """The distinct terms of its phrasings."""
        self._take_apart()
        return list(self._numbers)

    def shared(self, terms: Iterable[str]) -> dict[str, Sequence[int]]:
        """Return the terms that some phrasing has, each with the numbers of these phrasings."""
        self._compared += 1
        if self._compared < _TAKEN_APART_FROM:
            return {term: numbers for term in terms if (numbers := self.phrasings_with(term))}
        self._take_apart()
        by_term = self._numbers
        return {term: by_term[term] for term in terms if term in by_term}

    def _take_apart(self) -> None:
        if self._taken_apart:
            return
        self._numbers, self._taken_apart = {}, True
        for number, phrasing in enumerate(self.phrasings):
            for term in dict.fromkeys(phrasing.split()):
                self._numbers.setdefault(term, []).append(number)

    def phrasings_with(self, term: str) -> Sequence[int]:
        """Return the numbers of the phrasings that have the term."""
        numbers = self._numbers.get(term)
        if numbers is not None:
            return numbers
        spaced = f" {term} "
        if self._taken_apart or spaced not in self._joined:
            return ()
        numbers = self._numbers[term] = [n for n, phrasing in enumerate(self.phrasings) if spaced in phrasing]
        return numbers

    def has(self, term: str) -> bool:
        """Return whether the article has the term, in a phrasing or in its text."""
        return bool(self.phrasings_with(term)) or term in self.text

    def starting_like(self, term: str) -> list[str]:
        """Return the terms of the phrasings that share their first letters with this term."""
        start = f" {term[:_COMMON_START]}"
        found: dict[str, None] = {}
        place = self._joined.find(start)
        while place >= 0:
            end = self._joined.index(" ", place + 1)
            found[self._joined[place + 1 : end]] = None
            place = self._joined.find(start, end)
        return list(found)


class Features(NamedTuple):
    """How well an article fits a question. The ranking uses all but the last."""

    # The retrieval score as a share of the best.
    retrieved: float
    # BM25 of the phrasings as one document, as a share of the highest possible value.
    bm25: float
    # The weighted Dice coefficient with the closest phrasing; similar words count in part.
    phrasing_similarity: float
    # The mean of these for the three closest phrasings, and the sum of the squares of all that were compared.
    phrasing_similarity_mean: float
    phrasing_similarity_sum: float
    # The share of the question's weight in the closest phrasing, and in all phrasings together.
    query_recall: float
    any_query_recall: float
    # The Dice coefficient of character trigrams (with blanks) with the phrasing that shares most of them.
    trigram_dice: float
    # The weighted Dice coefficient with the title.
    title: float
    # 1 if one phrasing has all terms of the question.
    exact_coverage: float
    # The share of the closest phrasing's weight that the question has; used only by the decision.
    phrasing_recall: float


class Question(NamedTuple):
    """A question prepared for comparisons."""

    weights: Mapping[str, float]
    # The weights, reduced for function words.
    content_weights: Mapping[str, float]
    # The sums of the content weights, and of the weights.
    total: float
    total_of_all: float
    # The distinct character trigrams of the terms.
    trigrams: tuple[str, ...]


class Overlap(NamedTuple):
    """What a question and the phrasings of an article have in common.

    `shared` maps the common terms to the numbers of the phrasings that have them (0 is the title). `exact` is true if
    a single phrasing has all terms of the question.
    """

    article: int
    document: Document
    shared: Mapping[str, Sequence[int]]
    exact: bool
    bm25: float


class Comparer:
    """Compares questions with the articles of one collection.

    Sums are over sequences and dictionaries, never over sets, so that the same question gives the same bytes.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        index = vocabulary.index
        self._mean_length = max(1.0, index.phrasing_terms / max(1, index.articles))
        self._documents: dict[int, Document] = {}

    def documents(self, ids: Sequence[int]) -> list[Document]:
        """Return the documents of these articles; recent ones are cached."""
        documents = self._documents
        new = [article for article in ids if article not in documents]
        if new:
            if len(documents) + len(new) > _CACHED_DOCUMENTS:
                documents.clear()
                new = list(ids)
            for article, phrasings in self._vocabulary.index.phrasings(new).items():
                documents[article] = Document(phrasings, self._text_reader(article))
        return [documents[article] for article in ids]

    def _text_reader(self, number: int) -> Callable[[], list[str]]:
        def read() -> list[str]:
            article = self._vocabulary.index.article_by_id(number)
            headings = (section.heading for section in article.sections)
            return [term for part in (*headings, *article.texts()) for term in self._vocabulary.terms_of(part)]

        return read

    def question(self, query: Query) -> Question:
        """Return the question prepared for comparisons."""
        content = self._vocabulary.content_weights(query.weights)
        return Question(
            weights=query.weights,
            content_weights=content,
            total=sum(content.values()) or 1.0,
            total_of_all=sum(query.weights.values()) or 1.0,
            trigrams=_trigrams(query.terms),
        )

    def nearest(self, question: Question, ids: Iterable[int], *, first: int | None = None) -> list[Overlap]:
        """Return the articles to compare in full: `first`, then those with an exact phrasing, then the others by BM25.

        The best article hardly ever has less than half of the highest BM25.
        """
        articles = list(ids)
        overlaps = []
        for article, document in zip(articles, self.documents(articles), strict=True):
            shared = document.shared(question.weights)
            exact = len(shared) == len(question.weights) and bool(set.intersection(*map(set, shared.values())))
            overlaps.append(Overlap(article, document, shared, exact, self._bm25(question, document, shared)))
        overlaps.sort(key=lambda each: (each.article != first, not each.exact, -each.bm25, each.article))
        enough = _NEAR_SHARE * max((overlap.bm25 for overlap in overlaps), default=0.0)
        near = sum(overlap.exact or overlap.bm25 >= enough for overlap in overlaps)
        return overlaps[: min(max(near, _FEWEST_COMPARED), _MOST_COMPARED)]

    def compare(self, question: Question, overlap: Overlap, retrieved: float) -> tuple[Features, tuple[int, ...]]:
        """Return the features of an article, and the numbers of its closest phrasings, best first."""
        document, content = overlap.document, question.content_weights
        closest = self._closest(question, overlap)
        alike = [likeness for likeness, _, _ in closest]
        numbers = tuple(number for _, number, _ in closest)
        _, number, shared = closest[0] if closest else (0.0, 0, 0.0)
        in_title = sum(content[term] for term, numbers in overlap.shared.items() if numbers[0] == 0)
        similarities = (_dice(question.trigrams, document.phrasings[n]) for n in numbers[:_SPELLED_OUT])
        features = Features(
            retrieved=retrieved,
            bm25=overlap.bm25,
            phrasing_similarity=alike[0] if alike else 0.0,
            phrasing_similarity_mean=sum(alike[:3]) / min(3, len(document.phrasings)),
            phrasing_similarity_sum=sum(value * value for value in alike),
            query_recall=shared / question.total,
            phrasing_recall=shared / (document.weights[number] or 1.0),
            any_query_recall=sum(content[term] for term in overlap.shared) / question.total,
            trigram_dice=max(similarities, default=0.0),
            title=2 * in_title / (question.total + document.weights[0] or 1.0),
            exact_coverage=float(overlap.exact),
        )
        return features, numbers

    def _closest(self, question: Question, overlap: Overlap) -> list[tuple[float, int, float]]:
        """Return the closest phrasings, best first, as (similarity, number, weight of the shared terms).

        The similarity is the Dice coefficient of the weights: twice the common weight over the sum of both.
        """
        document, content = overlap.document, question.content_weights
        shared: dict[int, float] = {}
        for term, numbers in overlap.shared.items():
            weight = content[term]
            for number in numbers:
                shared[number] = shared.get(number, 0.0) + weight
        near = dict(shared)
        for term, weight in content.items():
            if term not in overlap.shared and (alike := self._alike_in(term, document)):
                other, similarity = alike
                for number in document.phrasings_with(other):
                    near[number] = near.get(number, 0.0) + weight * similarity
        likeness = [
            (-2 * weight / (question.total + document.weights[number] or 1.0), number)
            for number, weight in near.items()
        ]
        likeness.sort()
        return [(-value, number, shared.get(number, 0.0)) for value, number in likeness[:_CLOSEST]]

    def _alike_in(self, term: str, document: Document) -> tuple[str, float] | None:
        """Return the document's term that is most similar to a missing one ("pregnanc" to "pregnant"), and how much."""
        if len(term) <= _COMMON_START or term in self._vocabulary.function_terms:
            return None
        near = ((_alike(term, other), other) for other in document.starting_like(term))
        similarity, other = max(near, default=(0.0, ""))
        return (other, similarity) if similarity else None

    def _bm25(self, question: Question, document: Document, shared: Mapping[str, Sequence[int]]) -> float:
        norm = _K1 * (1 - _B + _B * document.length / self._mean_length)
        score = 0.0
        for term, numbers in shared.items():
            frequency = len(numbers)
            score += question.weights[term] * frequency / (frequency + norm)
        return score / question.total_of_all


@lru_cache(maxsize=50_000)
def _alike(one: str, other: str) -> float:
    """Return the similarity of two words, 0 to 1; it falls fast, as most similar words differ in meaning."""
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    share = start / max(len(one), len(other))
    return share * share if share >= _ALIKE_FROM else 0.0


def _trigrams(terms: Sequence[str]) -> tuple[str, ...]:
    """Return the distinct character trigrams of the terms with blanks around them."""
    text = f" {' '.join(terms)} "
    return tuple(dict.fromkeys(text[place : place + _TRIGRAM] for place in range(len(text) - _TRIGRAM + 1)))


def _dice(trigrams: tuple[str, ...], phrasing: str) -> float:
    """Return the Dice coefficient of these trigrams with those of a phrasing."""
    return 2 * sum(map(phrasing.__contains__, trigrams)) / (len(trigrams) + len(phrasing) - _TRIGRAM + 1)
