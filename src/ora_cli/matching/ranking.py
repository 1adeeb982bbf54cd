"""From a question to ranked candidates. Whether the best one is an answer is decided in `decision`."""

from collections.abc import Sequence
from typing import NamedTuple

from ora_cli.index.database import Index, Retrieved
from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.features import Comparer, Document, Features, Question, Weights
from ora_cli.matching.naming import article_asked, topic_named
from ora_cli.matching.query import Query, analyse
from ora_cli.matching.topic_questions import (
    TopicQuestion,
    headings_tell,
    is_unanswered,
    phrasings_tell,
    title_tells,
    topic_question,
)
from ora_cli.matching.weights import WORDS

_RETRIEVED = 60
# Function words are searched for only if there are few other terms; then they tell "what is" from "how long".
_ENOUGH_TERMS = 8
_ENOUGH_ARTICLES = 1000
_TOO_MANY_ARTICLES = 10_000
_COMMON_SHARE = 0.25
_SAME = 5
# An article whose title tells what is asked of a topic is looked for among this many of the best candidates.
_NEAREST = 3
# By how much what a question names outright is ahead of all else, in the unit of the score.
_NAMED_LEAD = 6.0


class Candidate(NamedTuple):
    """An article that may answer, with its score (higher is better; without a unit).

    `closest` are the numbers of the phrasings closest to the question, best first; 0 is the title. `meaning_unanswered`
    is the cosine with the question that means most alike of those that it is known not to answer; 0 by words alone.
    """

    article: int
    score: float
    features: Features
    document: Document
    closest: tuple[int, ...]
    meaning_unanswered: float = 0.0

    @property
    def phrasing(self) -> int:
        """The number of the closest phrasing."""
        return self.closest[0] if self.closest else 0


class Ranking(NamedTuple):
    """A query with its candidates, best first; `question` is the query prepared for comparisons.

    `named` says that the question names the first: it is its very title or another phrasing, the bare name of the topic
    (`topic`) that it is the overview of, or what is asked of a topic by its name. `weights` are those of the scores.
    """

    query: Query
    question: Question
    candidates: tuple[Candidate, ...]
    vocabulary: Vocabulary
    named: bool = False
    topic: bool = False
    weights: Weights = WORDS


class Searcher:
    """Ranks the articles of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.vocabulary = Vocabulary(index)
        self._comparer = Comparer(self.vocabulary)

    def rank(self, text: str, *, category: str | None = None) -> Ranking:
        """Return the candidates for a question; there are none if no article has any of its words."""
        query = analyse(text, self.vocabulary)
        by_phrasing, by_topic = self._named(query, category)
        named = by_topic if by_phrasing is None else by_phrasing
        asked = topic_question(query, self.vocabulary, category=category) if named is None else None
        question = self._comparer.question(query)
        candidates = self._compared(question, self._retrieve(query, category), asked.overview if asked else named)
        if asked:
            named = self._first_to_tell(asked, query, candidates)
        if named is not None:
            candidates = _put_first(named, candidates)
        found = named is not None
        return Ranking(query, question, tuple(candidates), self.vocabulary, found, found and named == by_topic)

    def _named(self, query: Query, category: str | None) -> tuple[int | None, int | None]:
        if not query.terms:
            return None, None
        asked = article_asked(query, self.vocabulary, category=category)
        return asked, topic_named(query, self.vocabulary, category=category)

    def _compared(self, question: Question, retrieved: Sequence[Retrieved], expected: int | None) -> list[Candidate]:
        """Return the candidates, best first; one that is expected is among them, retrieved or not."""
        if expected is not None and all(found.article != expected for found in retrieved):
            retrieved = [*retrieved, Retrieved(expected, retrieved[0].score if retrieved else 1.0, 0.0)]
        candidates = []
        for overlap in self._comparer.nearest(question, retrieved, first=expected):
            features, closest = self._comparer.compare(question, overlap)
            candidates.append(
                Candidate(overlap.article, score(features, overlap.document.asked), features, overlap.document, closest)
            )
        return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.article))

    def _first_to_tell(self, asked: TopicQuestion, query: Query, candidates: Sequence[Candidate]) -> int | None:
        """Return the article that says what is asked of a topic, None if there is none.

        It is the overview if nothing particular is asked. Else it is the first to tell: a near candidate by its title,
        the overview or a near one by its phrasings, the overview by its headings. None tells what it is known not to.
        """
        vocabulary, near = self.vocabulary, candidates[:_NEAREST] if asked.wanted else ()
        overview = next(candidate for candidate in candidates if candidate.article == asked.overview)
        tellers = {each.article: each.document for each in (overview, *near)}
        tellers = {
            article: each for article, each in tellers.items() if not is_unanswered(query, each.unanswered.lines)
        }
        for number in [each.article for each in near if each.article in tellers]:
            title = self._index.article_by_id(number).title
            if title_tells(asked, title, vocabulary, alone=number != asked.overview):
                return number
        for number, document in tellers.items():
            if phrasings_tell(asked, document.phrasings.lines, vocabulary):
                return number
        if asked.overview in tellers:
            unanswered = overview.document.unanswered.lines
            if headings_tell(asked, self._index.article_by_id(asked.overview), unanswered, vocabulary):
                return asked.overview
        return None

    def _retrieve(self, query: Query, category: str | None) -> list[Retrieved]:
        """Return the articles to compare.

        Every article found costs time, and a word that most articles have tells little. So only the rarest words find
        articles, as many words as are needed to find enough; the other words add to the scores.
        """
        wanted = self._wanted_terms(query)
        if not wanted:
            return []
        occurrences = self.vocabulary.occurrences(wanted)
        rarest = sorted(wanted, key=lambda term: (occurrences[term], term))
        finding: list[tuple[str, ...]] = []
        counting: list[tuple[str, ...]] = []
        count = 0
        for term in rarest:
            phrases = self.vocabulary.searched(term)
            if len(phrases) == 1 and occurrences[term] > self._index.articles / 2 and count >= _RETRIEVED:
                continue  # BM25 is zero for a word that half of the articles have
            if not finding or count + occurrences[term] <= _ENOUGH_ARTICLES:
                finding += phrases
                count += occurrences[term]
            elif occurrences[term] <= _TOO_MANY_ARTICLES:
                counting += phrases
        retrieved = self._index.matching(finding, also=counting, limit=_RETRIEVED, category=category)
        if occurrences[rarest[0]] > _COMMON_SHARE * self._index.articles:
            # BM25 ignores a word that most articles have, so articles with the same phrase are looked for as well.
            highest = max((found.score for found in retrieved), default=1.0)
            known = {found.article for found in retrieved}
            same = self._index.matching([query.stems], limit=_SAME, category=category)
            retrieved += [found._replace(score=highest, text=0.0) for found in same if found.article not in known]
        return retrieved

    def _wanted_terms(self, query: Query) -> list[str]:
        """Return the terms to search for: all content terms, and the heaviest function words if these are few."""
        function_terms = self.vocabulary.function_terms
        terms = sorted(query.weights, key=lambda term: (term in function_terms, -query.weights[term], term))
        return terms[: max(len(self.vocabulary.content(terms)), _ENOUGH_TERMS)]


def _put_first(article: int, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates with that of an article first, and ahead of all others by its score."""
    first = next(candidate for candidate in candidates if candidate.article == article)
    others = [candidate for candidate in candidates if candidate.article != article]
    least = others[0].score + _NAMED_LEAD if others else first.score
    return [first._replace(score=max(first.score, least)), *others]


def score(features: Features, asked: float, weights: Weights = WORDS) -> float:
    """Return the ranking score: the sum of the features times their fitted weights."""
    return sum(weighted(features, asked, weights).values())


def weighted(features: Features, asked: float, weights: Weights = WORDS) -> dict[str, float]:
    """Return what each feature adds to the score.

    A feature means one thing where an article is all text and another where it is all phrasings, so each has a weight
    for either end; `asked` (0 to 1, see `Document`) says where between them the article is. It has a third where
    word vectors know the question and the article.
    """
    return {
        name: getattr(features, name) * between(ends, asked, features.familiar)
        for name, ends in weights.ranking.items()
    }


def between(ends: tuple[float, float, float], place: float, apart: float) -> float:
    """Return the weight at a place between the first two ends, and from there as far as `apart` towards the third.

    Both are from 0 to 1.
    """
    low, high, third = ends
    here = low + place * (high - low)
    return here + apart * (third - here)
