"""Explanations of a verdict: the reason for no answer, and the numbers that `ora ask --explain` shows."""

from collections.abc import Iterable

from ora_cli.matching.decision import Decision, contributions, evidence, subject_terms
from ora_cli.matching.ranking import Candidate, Ranking
from ora_cli.matching.verdict import Explanation, MatchDetail, Status, WordWeight
from ora_cli.matching.weights import DECISION_INTERCEPT, RANKING
from ora_cli.text.words import general_words

_CLEAR_SHARE = 0.6
_NAMED_WORDS = 3
_NEAR_CANDIDATES = 5


def explanation(ranking: Ranking, threshold: float) -> Explanation:
    """Return the numbers behind the decision on a ranking; `threshold` is the confidence that an answer needs."""
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
        margin=seen.margin,
        threshold=threshold,
    )


def _detail(ranking: Ranking, candidate: Candidate, slug: str) -> MatchDetail:
    query, document, values = ranking.query, candidate.document, candidate.features
    places = {
        "closest phrasing": document.phrasings[candidate.phrasing].split(),
        "another phrasing": document.terms,
        "text": document.text,
    }
    words = []
    for term, weight in sorted(query.weights.items(), key=lambda item: -item[1]):
        found_in = next((place for place, terms in places.items() if term in terms), None)
        words.append(WordWeight(query.word(term), weight, found_in))
    features = tuple((name, getattr(values, name), weight * getattr(values, name)) for name, weight in RANKING.items())
    return MatchDetail(slug, candidate.score, tuple(words), features)


def no_answer_reason(ranking: Ranking, decision: Decision) -> str | None:
    """Return the reason for no answer as a clause without a full stop, or None if there is an answer."""
    if decision.status is Status.ANSWERED:
        return None
    query = ranking.query
    if not query.terms:
        return "the question has no words to look for"
    unknown = [word for word in query.unknown if word not in general_words()]
    if unknown:
        return f"no article covers {_listed(unknown)}"
    if not ranking.candidates:
        return "no article has these words"
    if decision.missing:
        return _what_is_missing(ranking)
    if decision.posteriors[0] < _CLEAR_SHARE:
        return "several articles come about as near, and none is clearly meant"
    return "no article comes near enough to the question"


def _what_is_missing(ranking: Ranking) -> str:
    """Say which words none of the nearest articles has, or that none has them all."""
    query = ranking.query
    near = ranking.candidates[:_NEAR_CANDIDATES]
    subject = sorted(subject_terms(ranking), key=lambda term: -query.weights[term])
    nowhere = [term for term in subject if not any(candidate.document.has(term) for candidate in near)]
    if nowhere:
        return f"no article on this covers {_listed(map(query.word, nowhere))}"
    return f"no article covers {_listed(map(query.word, subject))} together"


def _listed(words: Iterable[str]) -> str:
    quoted = [f'"{word}"' for word in words][:_NAMED_WORDS]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
