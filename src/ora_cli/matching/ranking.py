"""From a question to ranked candidates. Whether the best one is an answer is decided in `decision`."""

from typing import NamedTuple

from ora_cli.index.database import Index
from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.features import Comparer, Document, Features, Question
from ora_cli.matching.naming import article_asked, topic_named
from ora_cli.matching.query import Query, analyse
from ora_cli.matching.weights import RANKING

_WEIGHTED = tuple((Features._fields.index(name), weight) for name, weight in RANKING.items() if weight)
_RETRIEVED = 60
# Function words are searched for only if there are few other terms; then they tell "what is" from "how long".
_ENOUGH_TERMS = 8
_ENOUGH_ARTICLES = 1000
_TOO_MANY_ARTICLES = 10_000
_COMMON_SHARE = 0.25
_SAME = 5
# By how much what a question names outright is ahead of all else, in the unit of the score.
_NAMED_LEAD = 6.0


class Candidate(NamedTuple):
    """An article that may answer, with its score (higher is better; without a unit).

    `closest` are the numbers of the phrasings closest to the question, best first; 0 is the title.
    """

    article: int
    score: float
    features: Features
    document: Document
    closest: tuple[int, ...]

    @property
    def phrasing(self) -> int:
        """The number of the closest phrasing."""
        return self.closest[0] if self.closest else 0


class Ranking(NamedTuple):
    """A query with its candidates, best first; `question` is the query prepared for comparisons.

    `named` says that the question is the very title or another phrasing
    of the first, or the bare name of the topic (`topic`) that it is the overview of.
    """

    query: Query
    question: Question
    candidates: tuple[Candidate, ...]
    vocabulary: Vocabulary
    named: bool = False
    topic: bool = False


class Searcher:
    """Ranks the articles of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.vocabulary = Vocabulary(index)
        self._comparer = Comparer(self.vocabulary)

    def rank(self, text: str, *, category: str | None = None) -> Ranking:
        """Return the candidates for a question; there are none if no article has any of its words."""
        query = analyse(text, self.vocabulary)
        asked, topic = self._named(query, category)
        named = topic if asked is None else asked
        retrieved = self._retrieve(query, category)
        highest = max(retrieved.values(), default=1.0)
        if named is not None:
            retrieved.setdefault(named, highest)
        question = self._comparer.question(query)
        candidates = []
        for overlap in self._comparer.nearest(question, retrieved, first=named):
            article = overlap.article
            features, closest = self._comparer.compare(question, overlap, retrieved[article] / highest)
            candidates.append(Candidate(article, score(features), features, overlap.document, closest))
        candidates.sort(key=lambda candidate: (-candidate.score, candidate.article))
        if named is None:
            return Ranking(query, question, tuple(candidates), self.vocabulary)
        first = next(candidate for candidate in candidates if candidate.article == named)
        others = [candidate for candidate in candidates if candidate.article != named]
        least = others[0].score + _NAMED_LEAD if others else first.score
        first = first._replace(score=max(first.score, least))
        return Ranking(query, question, (first, *others), self.vocabulary, named=True, topic=named == topic)

    def _named(self, query: Query, category: str | None) -> tuple[int | None, int | None]:
        if not query.terms:
            return None, None
        asked = article_asked(query, self.vocabulary, category=category)
        return asked, topic_named(query, self.vocabulary, category=category)

    def _retrieve(self, query: Query, category: str | None) -> dict[int, float]:
        """Return the articles to compare, each with its retrieval score from SQLite.

        Every article found costs time, and a word that most articles have tells little. So only the rarest words find
        articles, as many words as are needed to find enough; the other words add to the scores.
        """
        wanted = self._wanted_terms(query)
        if not wanted:
            return {}
        occurrences = self.vocabulary.occurrences(wanted)
        rarest = sorted(wanted, key=lambda term: (occurrences[term], term))
        finding: list[tuple[str, ...]] = []
        counting: list[tuple[str, ...]] = []
        found = 0
        for term in rarest:
            phrases = self.vocabulary.synonyms.members(term)
            if len(phrases) == 1 and occurrences[term] > self._index.articles / 2 and found >= _RETRIEVED:
                continue  # BM25 is zero for a word that half of the articles have
            if not finding or found + occurrences[term] <= _ENOUGH_ARTICLES:
                finding += phrases
                found += occurrences[term]
            elif occurrences[term] <= _TOO_MANY_ARTICLES:
                counting += phrases
        retrieved = dict(self._index.matching(finding, also=counting, limit=_RETRIEVED, category=category))
        if occurrences[rarest[0]] > _COMMON_SHARE * self._index.articles:
            # BM25 ignores a word that most articles have, so articles with the same phrase are looked for as well.
            same = self._index.matching([query.stems], limit=_SAME, category=category)
            retrieved |= dict.fromkeys((article for article, _ in same), max(retrieved.values(), default=1.0))
        return retrieved

    def _wanted_terms(self, query: Query) -> list[str]:
        """Return the terms to search for: all content terms, and the heaviest function words if these are few."""
        function_terms = self.vocabulary.function_terms
        terms = sorted(query.weights, key=lambda term: (term in function_terms, -query.weights[term], term))
        content = sum(term not in function_terms for term in terms)
        return terms[: max(content, _ENOUGH_TERMS)]


def score(features: Features) -> float:
    """Return the ranking score: the sum of the features times their fitted weights."""
    return sum(features[place] * weight for place, weight in _WEIGHTED)
