"""Question to ranked candidates. Whether the best of them is an answer is for `decide` to say."""

from __future__ import annotations

from dataclasses import dataclass

from ora_cli.features import Comparer, Document, Features
from ora_cli.index import Index
from ora_cli.query import Query, analyse
from ora_cli.vocabulary import Vocabulary
from ora_cli.weights import RANKING

_WEIGHTED = tuple((Features._fields.index(name), weight) for name, weight in RANKING.items() if weight)
_PASSAGES = 120
_COMPARED = 24
# An article is retrieved for its best passage; that others match too counts, but less.
_FURTHER_PASSAGES = 0.3
# Function words are looked for only when there is little else; then they tell "what is" from "how long".
_ENOUGH_TERMS = 8
_ENOUGH_PASSAGES = 1000
_TOO_MANY_PASSAGES = 50_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may answer: its score (higher is better; it has no unit) and how it came about.

    `asking` is the number of its closest asking, 0 for the title.
    """

    article: int
    score: float
    features: Features
    document: Document
    asking: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question with the articles that may answer it, best first.

    `function_terms` say little of a subject; `highest_weight` is that of a word which no asking has.
    """

    query: Query
    candidates: tuple[Candidate, ...]
    function_terms: frozenset[str]
    highest_weight: float


class Searcher:
    """Ranks the articles of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.vocabulary = Vocabulary(index)
        self._comparer = Comparer(self.vocabulary)

    def rank(self, question: str, *, category: str | None = None) -> Ranking:
        """Return the candidates for a question; none when it has no words, or none that any article has."""
        query = analyse(question, self.vocabulary)
        retrieved = self._retrieve(query, category)
        highest = max(retrieved.values(), default=1.0)
        asked = self._comparer.question(query)
        documents = self._comparer.documents(retrieved)
        candidates = []
        for article, document in documents.items():
            features, asking = self._comparer.compare(asked, document, retrieved[article] / highest)
            candidates.append(Candidate(article, score(features), features, document, asking))
        candidates.sort(key=lambda candidate: (-candidate.score, candidate.article))
        return Ranking(query, tuple(candidates), self.vocabulary.function_terms, self.vocabulary.highest_weight)

    def _retrieve(self, query: Query, category: str | None) -> dict[int, float]:
        """Return the articles to compare, as SQLite finds them, with their retrieval scores."""
        finding, counting = self._phrases(query)
        total: dict[int, float] = {}
        for article, score in self._index.passages(finding, also=counting, limit=_PASSAGES, category=category):
            total[article] = total[article] + _FURTHER_PASSAGES * score if article in total else score
        best = sorted(total, key=lambda article: (-total[article], article))[:_COMPARED]
        return {article: total[article] for article in best}

    def _phrases(self, query: Query) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
        """Return what to find passages by, and what only counts in them.

        Every passage found costs time, and a word that most have finds little. So the rarest words find, as many as
        bring enough passages to choose from; the others tell these apart.
        """
        wanted = self._wanted_terms(query)
        occurrences = self.vocabulary.occurrences(wanted)
        finding: list[tuple[str, ...]] = []
        counting: list[tuple[str, ...]] = []
        found = 0
        for term in sorted(wanted, key=lambda term: (occurrences[term], term)):
            phrases = self.vocabulary.synonyms.members(term)
            if not finding or found + occurrences[term] <= _ENOUGH_PASSAGES:
                finding += phrases
                found += occurrences[term]
            elif occurrences[term] <= _TOO_MANY_PASSAGES:
                counting += phrases
        return finding, counting

    def _wanted_terms(self, query: Query) -> list[str]:
        """Return the terms to look for: the telling ones, filled up with the most telling of the others."""
        function_terms = self.vocabulary.function_terms
        terms = sorted(query.weights, key=lambda term: (term in function_terms, -query.weights[term], term))
        telling = sum(term not in function_terms for term in terms)
        return terms[: max(telling, _ENOUGH_TERMS)]


def score(features: Features) -> float:
    """Return the ranking score: the sum of the features, each times its fitted weight."""
    return sum(features[place] * weight for place, weight in _WEIGHTED)
