"""How well an article's askings fit a question: the features that the ranking is computed from.

All features are shares or small counts, so that they mean the same in a collection of any size.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from ora_cli.index.database import Asked
from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.query import Query

# BM25's constants in their usual range (Robertson and Zaragoza 2009, section 3.5).
_K1 = 1.2
_B = 0.75
_CLOSEST = 6
_RUN = 3
# Letters are compared with so many of these.
_SPELLED_OUT = 4
# Words that share fewer letters at their start are not compared further.
_COMMON_START = 3
_ALIKE_FROM = 0.6
_CACHED_DOCUMENTS = 2000
# Of the retrieved articles those are compared in full whose BM25 is at least this part of the highest, so many of them.
_NEAR_SHARE = 0.5
_FEWEST_COMPARED, _MOST_COMPARED = 10, 24
_TAKEN_APART_FROM = 2


class Document:
    """An article's askings, the title first, and the terms of its text; what is not needed is not read.

    Most articles that are found share a word or two with the one question of a process, so the askings are searched as
    they are stored, with blanks around every term. They are taken apart for the best, and when a second question comes.
    """

    def __init__(self, asked: Asked, read_text: Callable[[], Iterable[str]]) -> None:
        self._asked = asked.terms
        self.askings = asked.terms.split("\n")
        self.weights = asked.weights
        self.length = asked.terms.count(" ") - len(self.askings)
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
        """The distinct terms of its askings."""
        self._take_apart()
        return list(self._numbers)

    def shared(self, terms: Iterable[str]) -> dict[str, Sequence[int]]:
        """Return those of a question's terms that askings have, each with the numbers of these askings."""
        self._compared += 1
        if self._compared < _TAKEN_APART_FROM:
            return {term: numbers for term in terms if (numbers := self.asked_in(term))}
        self._take_apart()
        asked_in = self._numbers
        return {term: asked_in[term] for term in terms if term in asked_in}

    def _take_apart(self) -> None:
        if self._taken_apart:
            return
        self._numbers, self._taken_apart = {}, True
        for number, asking in enumerate(self.askings):
            for term in dict.fromkeys(asking.split()):
                self._numbers.setdefault(term, []).append(number)

    def asked_in(self, term: str) -> Sequence[int]:
        """Return the numbers of the askings that have the term."""
        numbers = self._numbers.get(term)
        if numbers is not None:
            return numbers
        spaced = f" {term} "
        if self._taken_apart or spaced not in self._asked:
            return ()
        numbers = self._numbers[term] = [n for n, asking in enumerate(self.askings) if spaced in asking]
        return numbers

    def has(self, term: str) -> bool:
        """Say whether the article has the term, in an asking or in its text."""
        return bool(self.asked_in(term)) or term in self.text

    def starting_like(self, term: str) -> list[str]:
        """Return the terms of the askings that have the first letters in common with this one."""
        start = f" {term[:_COMMON_START]}"
        found: dict[str, None] = {}
        place = self._asked.find(start)
        while place >= 0:
            end = self._asked.index(" ", place + 1)
            found[self._asked[place + 1 : end]] = None
            place = self._asked.find(start, end)
        return list(found)


class Features(NamedTuple):
    """The fit of one article to one question. `retrieved` is its share of the best retrieval score.

    `bm25`: of the askings as one document, as a share of the most that a document can reach. `alike`: the weighted
    Dice coefficient with the closest asking, with words that look alike counted in part; `alike_mean` of the three
    closest; `alike_sum` of the squares of all. `covered`: the share of the question's weight that the closest asking
    has; `any_covered`: that any asking has. `letters`: the Dice coefficient of the runs of three characters with the
    asking that has most of them, the blanks between and around words among them. `title`: the weighted Dice coefficient
    with the title; `whole`: whether an asking has all of the question. `covering`, the share of the closest asking's
    weight that the question has, is for the decision alone.
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
    title: float
    whole: float


class Question(NamedTuple):
    """What every comparison of a question needs, computed once.

    `telling` are the weights with function words at their share; `total` and `total_of_all` the sums of both; `runs`
    the distinct runs of three characters.
    """

    weights: Mapping[str, float]
    telling: Mapping[str, float]
    total: float
    total_of_all: float
    runs: tuple[str, ...]


class Overlap(NamedTuple):
    """What a question and the askings of an article have in common.

    `shared` are the question's terms that askings have, each with the numbers of these askings (0 is the title);
    `asked` says that one asking has all of them.
    """

    article: int
    document: Document
    shared: Mapping[str, Sequence[int]]
    asked: bool
    bm25: float


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
            return [term for part in (*headings, *article.texts()) for term in self._vocabulary.read(part)]

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

    def nearest(self, question: Question, ids: Iterable[int]) -> list[Overlap]:
        """Return the articles worth a full comparison: those that have an asking with the whole question come first.

        The others follow by their BM25; the best article hardly ever has less than half of the highest.
        """
        articles = list(ids)
        overlaps = []
        for article, document in zip(articles, self.documents(articles), strict=True):
            shared = document.shared(question.weights)
            asked = len(shared) == len(question.weights) and bool(set.intersection(*map(set, shared.values())))
            overlaps.append(Overlap(article, document, shared, asked, self._bm25(question, document, shared)))
        overlaps.sort(key=lambda overlap: (not overlap.asked, -overlap.bm25, overlap.article))
        enough = _NEAR_SHARE * max((overlap.bm25 for overlap in overlaps), default=0.0)
        near = sum(overlap.asked or overlap.bm25 >= enough for overlap in overlaps)
        return overlaps[: min(max(near, _FEWEST_COMPARED), _MOST_COMPARED)]

    def compare(self, question: Question, overlap: Overlap, retrieved: float) -> tuple[Features, tuple[int, ...]]:
        """Return how well the article fits the question, and the numbers of its closest askings."""
        document, telling = overlap.document, question.telling
        closest = self._closest(question, overlap)
        alike = [likeness for likeness, _, _ in closest]
        numbers = tuple(number for _, number, _ in closest)
        _, number, shared = closest[0] if closest else (0.0, 0, 0.0)
        in_title = sum(telling[term] for term, numbers in overlap.shared.items() if numbers[0] == 0)
        features = Features(
            retrieved=retrieved,
            bm25=overlap.bm25,
            alike=alike[0] if alike else 0.0,
            alike_mean=sum(alike[:3]) / min(3, len(document.askings)),
            alike_sum=sum(value * value for value in alike),
            covered=shared / question.total,
            covering=shared / (document.weights[number] or 1.0),
            any_covered=sum(telling[term] for term in overlap.shared) / question.total,
            letters=max((_dice(question.runs, document.askings[n]) for n in numbers[:_SPELLED_OUT]), default=0.0),
            title=2 * in_title / (question.total + document.weights[0] or 1.0),
            whole=float(overlap.asked),
        )
        return features, numbers

    def _closest(self, question: Question, overlap: Overlap) -> list[tuple[float, int, float]]:
        """Return the askings most alike the question: how alike, their number, and the weight of what they share.

        That is the Dice coefficient of the weights: twice what is common over the sum of both.
        """
        document, telling = overlap.document, question.telling
        shared: dict[int, float] = {}
        for term, numbers in overlap.shared.items():
            weight = telling[term]
            for number in numbers:
                shared[number] = shared.get(number, 0.0) + weight
        near = dict(shared)
        for term, weight in telling.items():
            if term not in overlap.shared and (alike := self._alike_in(term, document)):
                other, similarity = alike
                for number in document.asked_in(other):
                    near[number] = near.get(number, 0.0) + weight * similarity
        likeness = [
            (-2 * weight / (question.total + document.weights[number] or 1.0), number)
            for number, weight in near.items()
        ]
        likeness.sort()
        return [(-value, number, shared.get(number, 0.0)) for value, number in likeness[:_CLOSEST]]

    def _alike_in(self, term: str, document: Document) -> tuple[str, float] | None:
        """Return the document's term that looks most like a telling one which it lacks: pregnanc for pregnant."""
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
    """Return how alike two words look, 0 to 1; it falls fast, for most words that look alike differ in meaning."""
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    share = start / max(len(one), len(other))
    return share * share if share >= _ALIKE_FROM else 0.0


def _runs(terms: Sequence[str]) -> tuple[str, ...]:
    """Return the distinct runs of characters of terms with blanks around."""
    text = f" {' '.join(terms)} "
    return tuple(dict.fromkeys(text[place : place + _RUN] for place in range(len(text) - _RUN + 1)))


def _dice(runs: tuple[str, ...], asking: str) -> float:
    """Return the Dice coefficient of these runs with all runs of an asking."""
    return 2 * sum(map(asking.__contains__, runs)) / (len(runs) + len(asking) - _RUN + 1)
