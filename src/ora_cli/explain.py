"""How a verdict came about: what `ora ask --explain` tells of the best match and the runner-up."""

from typing import NamedTuple

from ora_cli.decide import contributions, evidence
from ora_cli.search import Candidate, Ranking
from ora_cli.weights import DECISION_INTERCEPT, RANKING


class WordWeight(NamedTuple):
    """A word of the question, what it counts for in this collection (nats), and where the article has it."""

    word: str
    weight: float
    found_in: str | None


class MatchDetail(NamedTuple):
    """How one match came about: its words, and each feature with what it added to the score."""

    slug: str
    score: float
    words: tuple[WordWeight, ...]
    features: tuple[tuple[str, float, float], ...]


class Explanation(NamedTuple):
    """How the verdict came about: the best match, the runner-up, and what the decision saw.

    `evidence` adds up to the log odds of an answer: each piece with its value and what it adds.
    """

    details: tuple[MatchDetail, ...]
    evidence: tuple[tuple[str, float, float], ...]
    synonyms: tuple[tuple[str, str], ...]
    lead: float
    threshold: float


def explanation(ranking: Ranking, threshold: float) -> Explanation:
    """Return how the decision on a ranking with candidates came about; `threshold` is what an answer needs."""
    vocabulary, best = ranking.vocabulary, ranking.candidates[:2]
    entries = vocabulary.index.entries_by_id(candidate.article for candidate in best)
    seen = evidence(ranking)
    added = tuple((name, getattr(seen, name), added) for name, added in contributions(seen).items())
    return Explanation(
        details=tuple(_detail(ranking, candidate, entries[candidate.article].slug) for candidate in best),
        evidence=(*added, ("intercept", 1.0, DECISION_INTERCEPT)),
        synonyms=tuple(
            (word, term.replace("_", " "))
            for term, word in ranking.query.words.items()
            if len(vocabulary.synonyms.members(term)) > 1
        ),
        lead=seen.lead,
        threshold=threshold,
    )


def _detail(ranking: Ranking, candidate: Candidate, slug: str) -> MatchDetail:
    query, document, values = ranking.query, candidate.document, candidate.features
    places = {
        "closest asking": document.askings[candidate.asking].split(),
        "another asking": document.terms,
        "text": document.text,
    }
    words = []
    for term, weight in sorted(query.weights.items(), key=lambda item: -item[1]):
        found_in = next((place for place, terms in places.items() if term in terms), None)
        words.append(WordWeight(query.word(term), weight, found_in))
    features = tuple((name, getattr(values, name), weight * getattr(values, name)) for name, weight in RANKING.items())
    return MatchDetail(slug, candidate.score, tuple(words), features)
