"""How well an article's askings fit a question: the features that ranking and decision are computed from.

All features are shares or small counts, so that they mean the same in a collection of any size.
"""

from __future__ import annotations

import math
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import token_set_ratio

from ora_cli.index import Profile
from ora_cli.query import Query
from ora_cli.vocabulary import Vocabulary

# BM25's constants in their usual range (Robertson and Zaragoza 2009, section 3.5).
_K1 = 1.2
_B = 0.75
# Function words say little of what is covered, but not nothing: "what is" is not "how long".
_FUNCTION_WORD_SHARE = 0.15
_CLOSEST = 8
_COMPARED_AS_TEXT = 4
_ALIKE_FROM = 0.6
_COMMON_START = 3
_CACHED_DOCUMENTS = 2000

# What a question is after, by the stems that show it. Two questions that share their subject but are after
# different things are different questions.
_AIMS = {
    "cause": "caus why reason due becaus trigger lead",
    "treatment": "treat treatment cure remedi medicin medic reliev relief manag fix heal help subsid overcom",
    "removal": "rid remov reduc lose",
    "prevention": "prevent avoid protect stop",
    "cost": "cost price pai expens cheap afford",
    "duration": "long durat last",
    "time": "when soon quickli fast time dai week month hour",
    "symptom": "symptom sign",
    "test": "diagnos diagnosi test detect check",
    "meaning": "mean definit defin differ",
    "safety": "safe safeti danger risk riski harm bad worri concern normal seriou",
    "effect": "side effect affect",
    "chance": "possibl chanc like",
    "choice": "which best better versu",
    "amount": "dose dosag much mani often frequent",
    "food": "eat food diet drink",
    "doctor": "doctor hospit er appoint see",
    "pregnancy": "pregnant pregnanc breastfeed",
    "child": "child children babi kid",
    "surgery": "surgeri oper procedur",
    "what": "what",
    "how": "how",
    "growth": "improv increas boost gain grow",
}
_AIM_OF = {stem: aim for aim, stems in _AIMS.items() for stem in stems.split()}
_NEGATIONS = frozenset(
    ["not", "no", "never", "without", "dont", "cant", "doesnt", "wont", "isnt", "didnt", "stop", "non"]
)


class Asking(NamedTuple):
    """One way an article is asked for, ready to be compared."""

    distinct: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    weight: float
    weight_of_all: float
    aims: frozenset[str]
    starts: Mapping[str, Sequence[str]]
    text: str


class Document(NamedTuple):
    """An article's askings, as one bag of terms and each by itself."""

    askings: tuple[Asking, ...]
    frequency: Counter[str]
    asked_in: Mapping[str, Sequence[int]]
    length: int
    theme: float
    text: frozenset[str]

    def has(self, term: str) -> bool:
        """Say whether the article has the term, in an asking or in its text."""
        return term in self.frequency or term in self.text


class Features(NamedTuple):
    """The fit of one article to one question; each is explained where it is computed."""

    retrieved: float
    bm25: float
    token_set: float
    theme: float
    alike: float
    alike_mean: float
    alike_sum: float
    overlap_sum: float
    pairs: float
    covered: float
    covering: float
    asked_covered: float
    aims_missing: float
    aims_extra: float
    negation: float
    askings: float


class Comparer:
    """Compares questions with the articles of one collection.

    Sums over sets are exact (`fsum`), so that the same question gives the same bytes in whatever order a set is walked.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        index = vocabulary.index
        self._mean_length = max(1.0, index.asked_terms / max(1, index.articles))
        self._documents: OrderedDict[int, Document] = OrderedDict()

    def documents(self, ids: Iterable[int]) -> dict[int, Document]:
        """Return the articles' askings, ready to be compared; those seen lately are not read again."""
        cache = self._documents
        wanted = list(ids)
        new = [article for article in wanted if article not in cache]
        if new:
            profiles = self._vocabulary.index.profiles(new)
            terms = {article: self._canonical(profile) for article, profile in profiles.items()}
            weights = self._vocabulary.weights(
                {term for askings in terms.values() for asking in askings for term in asking}
            )
            for article, profile in profiles.items():
                cache[article] = self._document(profile, terms[article], weights)
        found = {}
        for article in wanted:
            cache.move_to_end(article)
            found[article] = cache[article]
        while len(cache) > _CACHED_DOCUMENTS:
            cache.popitem(last=False)
        return found

    def _canonical(self, profile: Profile) -> list[list[str]]:
        return [self._vocabulary.synonyms.canonical(asking) for asking in profile.askings]

    def _document(self, profile: Profile, askings: list[list[str]], weights: Mapping[str, float]) -> Document:
        synonyms = self._vocabulary.synonyms
        compared = []
        asked_in: dict[str, list[int]] = {}
        frequency: Counter[str] = Counter()
        for number, (terms, asked) in enumerate(zip(askings, profile.asked, strict=True)):
            distinct = frozenset(terms)
            for term in distinct:
                asked_in.setdefault(term, []).append(number)
            frequency.update(terms)
            compared.append(
                Asking(
                    distinct,
                    frozenset(pairwise(terms)),
                    math.fsum(self.telling(term, weights[term]) for term in distinct),
                    math.fsum(weights[term] for term in distinct),
                    aims(asked),
                    self._by_start(distinct),
                    " ".join(terms),
                )
            )
        text = frozenset(synonyms.canonical(sorted(profile.text)))
        return Document(
            tuple(compared), frequency, asked_in, frequency.total(), self._theme(compared, asked_in, weights), text
        )

    def _theme(
        self, askings: Sequence[Asking], asked_in: Mapping[str, Sequence[int]], weights: Mapping[str, float]
    ) -> float:
        """Return how much of what the askings have in common one of them has, on average."""
        shared = math.fsum(len(numbers) ** 2 * self.telling(term, weights[term]) for term, numbers in asked_in.items())
        return shared / len(askings) ** 2

    def _by_start(self, terms: Iterable[str]) -> dict[str, list[str]]:
        """Return the telling terms grouped by the letters that words which look alike must share."""
        starts: dict[str, list[str]] = {}
        for term in terms:
            if len(term) > _COMMON_START and term not in self._vocabulary.function_terms:
                starts.setdefault(term[:_COMMON_START], []).append(term)
        return starts

    def telling(self, term: str, weight: float) -> float:
        """Return how much a term says of the subject."""
        return weight * _FUNCTION_WORD_SHARE if term in self._vocabulary.function_terms else weight

    def question(self, query: Query) -> Question:
        """Return what every comparison of this question needs, computed once."""
        telling = {term: self.telling(term, weight) for term, weight in query.weights.items()}
        return Question(
            weights=query.weights,
            telling=telling,
            total=sum(telling.values()) or 1.0,
            total_of_all=sum(query.weights.values()) or 1.0,
            distinct=frozenset(query.terms),
            pairs=frozenset(pairwise(query.terms)),
            asked=query.asked,
            aims=aims(query.asked),
            text=" ".join(query.terms),
            starts=self._by_start(query.weights),
        )

    def compare(self, question: Question, document: Document, retrieved: float) -> tuple[Features, int]:
        """Return how well the article fits the question, and the number of its closest asking (0 is the title).

        `retrieved` is the article's share of the best retrieval score.
        """
        numbers, overlaps = _closest(question, document)
        askings = [document.askings[number] for number in numbers]
        alike = sorted(map(partial(_alike_overlap, question), askings, overlaps), reverse=True)
        best = askings[0] if askings else _NO_ASKING
        of_all = [
            _dice(question.weights, question.distinct & asking.distinct, question.total_of_all, asking.weight_of_all)
            for asking in askings
        ]
        common = question.distinct & best.distinct
        shared = math.fsum(question.telling[term] for term in common)
        asked = {term: question.telling.get(term, 0.0) for term in question.asked}
        common_ground = sum(
            weight * len(document.asked_in[term])
            for term, weight in question.telling.items()
            if term in document.asked_in
        )
        common_ground /= len(document.askings)
        features = Features(
            retrieved=retrieved,
            bm25=self._bm25(question, document),
            token_set=max((token_set_ratio(question.text, a.text) for a in askings[:_COMPARED_AS_TEXT]), default=0.0)
            / 100,
            theme=min(1.0, common_ground / (document.theme or 1.0)),
            alike=alike[0] if alike else 0.0,
            alike_mean=sum(alike[:3]) / 3 if len(document.askings) > 2 else (sum(alike) / max(1, len(alike))),
            alike_sum=sum(value * value for value in alike),
            overlap_sum=sum(value * value for value in of_all),
            pairs=max((_pair_overlap(question, a) for a in askings), default=0.0),
            covered=shared / question.total,
            covering=shared / (best.weight or 1.0),
            asked_covered=math.fsum(w for term, w in asked.items() if term in document.frequency)
            / (math.fsum(asked.values()) or 1.0),
            aims_missing=len(question.aims - best.aims) / 3,
            aims_extra=len(best.aims - question.aims) / 3,
            negation=float(question.distinct.isdisjoint(_NEGATIONS) != best.distinct.isdisjoint(_NEGATIONS)),
            askings=min(1.0, math.log(len(document.askings)) / math.log(10)),
        )
        return features, numbers[0] if numbers else 0

    def _bm25(self, question: Question, document: Document) -> float:
        """Return BM25 of the askings as one document, as a share of the most that a document can reach."""
        norm = _K1 * (1 - _B + _B * document.length / self._mean_length)
        frequency = document.frequency
        score = 0.0
        for term, weight in question.weights.items():
            count = frequency[term]
            if count:
                score += weight * count * (_K1 + 1) / (count + norm)
        return score / (question.total_of_all * (_K1 + 1))


class Question(NamedTuple):
    """What every comparison of a question needs."""

    weights: Mapping[str, float]
    telling: Mapping[str, float]
    total: float
    total_of_all: float
    distinct: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    asked: frozenset[str]
    aims: frozenset[str]
    starts: Mapping[str, Sequence[str]]
    text: str


_NO_ASKING = Asking(frozenset(), frozenset(), 0.0, 0.0, frozenset(), {}, "")


def aims(terms: Iterable[str]) -> frozenset[str]:
    """Return what a question with these stems is after, as far as its words show it."""
    return frozenset(_AIM_OF[term] for term in terms if term in _AIM_OF)


def _dice(weights: Mapping[str, float], common: Iterable[str], one: float, other: float) -> float:
    """Return the weighted Dice coefficient: twice what is common over the sum of both."""
    return 2 * math.fsum(weights[term] for term in common) / (one + other or 1.0)


def _closest(question: Question, document: Document) -> tuple[list[int], list[float]]:
    """Return the numbers of the askings that overlap most with the question, best first, and their overlaps."""
    shared: dict[int, float] = {}
    for term, weight in question.telling.items():
        for number in document.asked_in.get(term, ()):
            shared[number] = shared.get(number, 0.0) + weight
    scored = sorted(
        (-2 * common / (question.total + document.askings[number].weight or 1.0), number)
        for number, common in shared.items()
    )[:_CLOSEST]
    return [number for _, number in scored], [-overlap for overlap, _ in scored]


def _alike_overlap(question: Question, asking: Asking, overlap: float) -> float:
    """Return the overlap with words counted that are not the same but look alike: pregnant, pregnancy."""
    gained = []
    for start in question.starts.keys() & asking.starts.keys():
        theirs = [term for term in asking.starts[start] if term not in question.distinct]
        for term in question.starts[start]:
            if theirs and term not in asking.distinct:
                gained.append(question.telling[term] * max(_alike(term, other) for other in theirs))
    return overlap + 2 * math.fsum(gained) / (question.total + asking.weight or 1.0)


@lru_cache(maxsize=50_000)
def _alike(one: str, other: str) -> float:
    """Return how alike two words look, 0 to 1; it falls fast, for most words that look alike differ in meaning."""
    return float(Indel.normalized_similarity(one, other, score_cutoff=_ALIKE_FROM)) ** 2


def _pair_overlap(question: Question, asking: Asking) -> float:
    """Return the Dice coefficient of neighbouring words, in order."""
    return 2 * len(question.pairs & asking.pairs) / (len(question.pairs) + len(asking.pairs) or 1)
