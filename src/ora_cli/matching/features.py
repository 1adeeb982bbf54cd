"""The features of the ranking, numbers for how well an article's phrasings fit a question; and what weights them.

All of them are shares or small counts, so that they mean the same in a collection of any size.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from ora_cli.index.database import Profile, Retrieved, unpack
from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.query import Query
from ora_cli.text import word_vectors
from ora_cli.text.words import common_start, general_words

# The constants of BM25, in their usual range (Robertson and Zaragoza 2009, section 3.5).
_K1 = 1.2
_B = 0.75
AVERAGED = 3
"""How many of the closest phrasings a similarity is the mean of."""

_TRIGRAM = 3
# Trigrams are compared with this many of the closest phrasings.
_SPELLED_OUT = 4
# From this number on, more phrasings make no difference to what the weights mean, nor more terms in the text.
_MANY_PHRASINGS, _LONG_TEXT = 10, 200
# Words are compared only if they share this many first letters.
_COMMON_START = 3
_ALIKE_FROM = 0.6
_CACHED_DOCUMENTS = 2000
# Retrieved articles are compared in full if they are at least this share as near as the nearest, within these limits.
_NEAR_SHARE = 0.5
_FEWEST_COMPARED, _MOST_COMPARED = 10, 24
_TAKEN_APART_FROM = 2


class Lines:
    """Questions of an article, the terms of one a line, with blanks around every term; and their weights.

    Most retrieved articles share only a word or two with the question, and most processes ask one question. So the
    lines are searched as they are stored, and indexed by term only for the best articles or when a second question
    comes.
    """

    def __init__(self, text: str, weights: str) -> None:
        self._text, self._weights = text, weights
        self._numbers: dict[str, list[int]] = {}
        self._taken_apart = False

    @cached_property
    def lines(self) -> Sequence[str]:
        """The terms of each question."""
        return unpack(self._text)

    @cached_property
    def weights(self) -> Sequence[float]:
        """The weight of each question, in nats."""
        return list(map(float, self._weights.split()))

    def __len__(self) -> int:
        """Return how many questions there are."""
        return self._text.count("\n") + bool(self._text)

    @cached_property
    def length(self) -> int:
        """How many terms they have together."""
        return self._text.count(" ") - len(self)

    @property
    def terms(self) -> list[str]:
        """The distinct terms."""
        self.take_apart()
        return list(self._numbers)

    def take_apart(self) -> None:
        """Index them by term, which pays from the second question on."""
        if self._taken_apart:
            return
        self._numbers, self._taken_apart = {}, True
        for number, line in enumerate(self.lines):
            for term in dict.fromkeys(line.split()):
                self._numbers.setdefault(term, []).append(number)

    def having(self, term: str) -> Sequence[int]:
        """Return the numbers of those that have the term."""
        numbers = self._numbers.get(term)
        if numbers is not None:
            return numbers
        spaced = f" {term} "
        if self._taken_apart or spaced not in self._text:
            return ()
        numbers = self._numbers[term] = [n for n, line in enumerate(self.lines) if spaced in line]
        return numbers

    def shared(self, terms: Iterable[str]) -> dict[str, Sequence[int]]:
        """Return the terms that some line has, each with the numbers of these lines."""
        return {term: numbers for term in terms if (numbers := self.having(term))}

    def starting_like(self, term: str) -> list[str]:
        """Return the terms that share their first letters with this one."""
        start = f" {term[:_COMMON_START]}"
        found: dict[str, None] = {}
        place = self._text.find(start)
        while place >= 0:
            end = self._text.index(" ", place + 1)
            found[self._text[place + 1 : end]] = None
            place = self._text.find(start, end)
        return list(found)


class Document:
    """The phrasings of an article (the title first) and the terms of its text, read only when needed.

    `unanswered` are the questions that it is known not to answer.

    `asked` is the share of its terms that stand in phrasings: 0 where all is text, 1 where there is none. `many` says
    how many phrasings there are: 0 for one, 1 for ten or more, by the logarithm in between. `text_alone` says how much
    it is to be judged by its text: 1 for a long one below a bare title. `direction` is that of all its words.
    """

    def __init__(self, profile: Profile, read_text: Callable[[], Iterable[str]]) -> None:
        self.phrasings = Lines(profile.phrasings, profile.weights)
        self.unanswered = Lines(profile.unanswered, profile.unanswered_weights)
        terms = self.phrasings.length
        self.asked = terms / (terms + profile.text_terms or 1)
        self.many = min(1.0, math.log(len(self.phrasings)) / math.log(_MANY_PHRASINGS))
        self.text_alone = (1 - self.many) * min(1.0, profile.text_terms / _LONG_TEXT)
        self.direction = profile.direction
        self._read_text = read_text
        self._compared = 0

    @cached_property
    def familiar(self) -> float:
        """How much word vectors know of it, 0 to 1, in proportion to how many phrasings there are."""
        return self.many * word_vectors.length(self.direction)

    @cached_property
    def text(self) -> frozenset[str]:
        """The terms of its headings and text."""
        return frozenset(self._read_text())

    def shared(self, terms: Iterable[str]) -> dict[str, Sequence[int]]:
        """Return the terms that some phrasing has, each with the numbers of these phrasings."""
        self._compared += 1
        if self._compared >= _TAKEN_APART_FROM:
            self.phrasings.take_apart()
        return self.phrasings.shared(terms)

    def has(self, term: str) -> bool:
        """Return whether the article has the term, in a phrasing or in its text."""
        return bool(self.phrasings.having(term)) or term in self.text


class Features(NamedTuple):
    """How well an article fits a question."""

    # The BM25 of the whole article, and of its headings and text alone, each as a share of the best.
    retrieved: float
    text: float
    # BM25 of the phrasings as one document, as a share of the highest possible value.
    bm25: float
    # The mean of the weighted Dice coefficients with the three closest phrasings; similar words count in part.
    phrasing_similarity: float
    # The Dice coefficient of character trigrams (with blanks) with the phrasing that shares most of them.
    trigram_dice: float
    # The product of the directions of the question and of all words of the article (`text/word_vectors.py`), in
    # proportion to how many phrasings there are, for a bare title says little of how people put it.
    direction: float
    # How high that can be: 1 if every word of both has a vector and there are many phrasings. It has no weight itself,
    # but chooses among those of the others.
    familiar: float
    # The mean of the cosines with the three phrasings that mean most alike, or with the three lines of the text if
    # that is higher (`meaning.py`); 0 by words alone.
    meaning: float = 0.0


class Weights(NamedTuple):
    """Fitted weights, by name, each with its ends.

    Of the ranking: where an article is all text, where it is all phrasings, and where word vectors know both the
    question and the article. Of the decision: for a short question, for a long one, and for an article that is judged
    by its text alone.
    """

    ranking: Mapping[str, tuple[float, float, float]]
    decision: Mapping[str, tuple[float, float, float]]
    intercept: tuple[float, float, float]


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
    # The direction of its words, and its length.
    direction: bytes
    familiar: float


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
    retrieved: float
    text: float


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
            for article, profile in self._vocabulary.index.profiles(new).items():
                documents[article] = Document(profile, self._text_reader(article))
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
        chatter = {stem for stem, word in zip(query.stems, query.read, strict=True) if word in general_words()}
        direction = word_vectors.direction(set(query.stems), self._vocabulary.function_terms | chatter)
        return Question(
            weights=query.weights,
            content_weights=content,
            total=sum(content.values()) or 1.0,
            total_of_all=sum(query.weights.values()) or 1.0,
            trigrams=_trigrams(query.terms),
            direction=direction,
            familiar=word_vectors.length(direction),
        )

    def nearest(self, question: Question, retrieved: Sequence[Retrieved], *, first: int | None = None) -> list[Overlap]:
        """Return the articles to compare in full: `first`, those with an exact phrasing, then the others by BM25.

        What counts is the BM25 of the phrasings and that of the whole article, each as a share of the highest: an
        article with few phrasings is found by its text.
        """
        best = max((found.score for found in retrieved), default=0.0) or 1.0
        best_text = max((found.text for found in retrieved), default=0.0) or 1.0
        overlaps = []
        for found, document in zip(retrieved, self.documents([each.article for each in retrieved]), strict=True):
            shared = document.shared(question.weights)
            exact = len(shared) == len(question.weights) and bool(set.intersection(*map(set, shared.values())))
            bm25 = self._bm25(question, document, shared)
            overlaps.append(
                Overlap(found.article, document, shared, exact, bm25, found.score / best, found.text / best_text)
            )
        highest = max((overlap.bm25 for overlap in overlaps), default=0.0) or 1.0
        nearness = {overlap.article: overlap.bm25 / highest + overlap.retrieved for overlap in overlaps}
        overlaps.sort(key=lambda each: (each.article != first, not each.exact, -nearness[each.article], each.article))
        enough = _NEAR_SHARE * max(nearness.values(), default=0.0)
        near = sum(overlap.exact or nearness[overlap.article] >= enough for overlap in overlaps)
        return overlaps[: min(max(near, _FEWEST_COMPARED), _MOST_COMPARED)]

    def compare(self, question: Question, overlap: Overlap) -> tuple[Features, tuple[int, ...]]:
        """Return the features of an article, and the numbers of its closest phrasings, best first."""
        document, closest = overlap.document, self._closest(question, overlap)
        numbers = tuple(number for _, number in closest)
        trigrams = (_dice(question.trigrams, document.phrasings.lines[n]) for n in numbers[:_SPELLED_OUT])
        averaged = min(AVERAGED, len(document.phrasings))
        features = Features(
            retrieved=overlap.retrieved,
            text=overlap.text,
            bm25=overlap.bm25,
            phrasing_similarity=sum(similarity for similarity, _ in closest[:averaged]) / averaged,
            trigram_dice=max(trigrams, default=0.0),
            direction=document.many * word_vectors.product(question.direction, document.direction),
            familiar=document.familiar * question.familiar,
        )
        return features, numbers

    def _closest(self, question: Question, overlap: Overlap) -> list[tuple[float, int]]:
        """Return the closest phrasings, best first, as (similarity, number).

        The similarity is the Dice coefficient of the weights: twice the common weight over the sum of both.
        """
        document, content = overlap.document, question.content_weights
        common: dict[int, float] = {}
        for term, weight in content.items():
            numbers, share = overlap.shared.get(term, ()), 1.0
            if not numbers and (alike := self._alike_in(term, document)):
                numbers, share = document.phrasings.having(alike[0]), alike[1]
            for number in numbers:
                common[number] = common.get(number, 0.0) + weight * share
        likeness = [
            (-2 * weight / (question.total + document.phrasings.weights[number] or 1.0), number)
            for number, weight in common.items()
        ]
        likeness.sort()
        return [(-value, number) for value, number in likeness[:_SPELLED_OUT]]

    def _alike_in(self, term: str, document: Document) -> tuple[str, float] | None:
        """Return the document's term that is most similar to a missing one ("pregnanc" to "pregnant"), and how much."""
        if len(term) <= _COMMON_START or term in self._vocabulary.function_terms:
            return None
        near = ((_alike(term, other), other) for other in document.phrasings.starting_like(term))
        similarity, other = max(near, default=(0.0, ""))
        return (other, similarity) if similarity else None

    def _bm25(self, question: Question, document: Document, shared: Mapping[str, Sequence[int]]) -> float:
        norm = _K1 * (1 - _B + _B * document.phrasings.length / self._mean_length)
        score = 0.0
        for term, numbers in shared.items():
            frequency = len(numbers)
            score += question.weights[term] * frequency / (frequency + norm)
        return score / question.total_of_all


@lru_cache(maxsize=50_000)
def _alike(one: str, other: str) -> float:
    """Return the similarity of two words, 0 to 1; it falls fast, as most similar words differ in meaning."""
    share = common_start(one, other) / max(len(one), len(other))
    return share * share if share >= _ALIKE_FROM else 0.0


def _trigrams(terms: Sequence[str]) -> tuple[str, ...]:
    """Return the distinct character trigrams of the terms with blanks around them."""
    text = f" {' '.join(terms)} "
    return tuple(dict.fromkeys(text[place : place + _TRIGRAM] for place in range(len(text) - _TRIGRAM + 1)))


def _dice(trigrams: tuple[str, ...], phrasing: str) -> float:
    """Return the Dice coefficient of these trigrams with those of a phrasing."""
    return 2 * sum(map(phrasing.__contains__, trigrams)) / (len(trigrams) + len(phrasing) - _TRIGRAM + 1)
