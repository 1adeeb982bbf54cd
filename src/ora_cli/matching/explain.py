"""Explanations of a verdict: the numbers that `ora ask --explain` shows."""

from ora_cli.matching.decision import base_log_odds, contributions, evidence
from ora_cli.matching.ranking import Candidate, Ranking, weighted
from ora_cli.matching.verdict import Explanation, MatchDetail, WordWeight


def explanation(ranking: Ranking, threshold: float) -> Explanation:
    """Return the numbers behind the decision on a ranking; `threshold` is the confidence that an answer needs."""
    vocabulary, best = ranking.vocabulary, ranking.candidates[:2]
    entries = vocabulary.index.entries_by_id(candidate.article for candidate in best)
    seen = evidence(ranking)
    added = tuple((name, getattr(seen, name), added) for name, added in contributions(seen, ranking.weights).items())
    return Explanation(
        details=tuple(_detail(ranking, candidate, entries[candidate.article].slug) for candidate in best),
        evidence=(*added, ("intercept", 1.0, base_log_odds(seen, ranking.weights))),
        synonyms=tuple(
            (word, vocabulary.synonyms.name(term))
            for term, word in ranking.query.words.items()
            if len(vocabulary.synonyms.members(term)) > 1
        ),
        margin=seen.margin,
        threshold=threshold,
    )


def _detail(ranking: Ranking, candidate: Candidate, slug: str) -> MatchDetail:
    query, document, values = ranking.query, candidate.document, candidate.features
    places = {
        "closest phrasing": document.phrasings.lines[candidate.phrasing].split(),
        "another phrasing": document.phrasings.terms,
        "text": document.text,
    }
    words = []
    for term, weight in sorted(query.weights.items(), key=lambda item: -item[1]):
        found_in = next((place for place, terms in places.items() if term in terms), None)
        words.append(WordWeight(query.word(term), weight, found_in))
    added = weighted(values, document.asked, ranking.weights)
    features = tuple((name, getattr(values, name), share) for name, share in added.items())
    return MatchDetail(slug, candidate.score, tuple(words), features)
