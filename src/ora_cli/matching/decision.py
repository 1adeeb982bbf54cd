"""Whether the best candidate is an answer. The ranking is only read here, never changed.

The confidence is a logistic regression on the evidence for the best candidate. docs/matching.md shows what each piece
of evidence contributes.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ora_cli.matching.intents import intents
from ora_cli.matching.query import Query
from ora_cli.matching.ranking import Candidate, Ranking
from ora_cli.matching.spelling import is_english
from ora_cli.matching.verdict import Status
from ora_cli.matching.weights import DECISION, DECISION_INTERCEPT
from ora_cli.text.words import general_words, question_part

ANSWER_FROM = 0.8
"""The confidence from which the best match is an answer, by default."""

NAMED = 0.99
"""The confidence in an article that a question names outright."""

SUGGEST_FROM = 0.2
"""The confidence from which the best match is suggested."""

_MOST_MARGIN = 6.0
# An article with this many distinct terms can be expected to have every word of a question that it answers.
_FULL_TEXT = 200
# With this many terms that the article has, the focus of a question has a subject of its own.
_SUBJECT_TERMS = 2
# A question with this many content terms is long: it describes circumstances that no article needs to have.
_LONG_QUESTION_TERMS = 8
# A question with at most this many content terms is short, and means what all phrasings name only if it names it.
_SHORT_TERMS = 3
_MANY_PHRASINGS = 10
_NEARLY_ALL = 0.9
_WEAK_RECALL = 0.35
_WEAK_THEME = 0.5
_FEW = 3


class Evidence(NamedTuple):
    """What the confidence is computed from: how well the best candidate fits, and how far it is ahead.

    What is missing is scaled by the length of the article: a short text cannot be expected to have every word of a
    question, one with _FULL_TEXT terms can.
    """

    # The score less the runner-up's, at most _MOST_MARGIN.
    margin: float
    # The share of the best candidate in the softmax of all scores.
    posterior: float
    score: float
    # ln(1 + the number of distinct terms in the question).
    terms: float
    # The number of intents that only the question has, and that only the closest phrasing has, divided by 3.
    intents_missing: float
    intents_extra: float
    # The share of the question's weight that is in missing terms.
    missing_weight: float
    # The number of missing terms, divided by 3.
    missing_count: float
    # The number of words that no article and no dictionary has, divided by 3.
    slips: float
    # The share of the subject's weight that the article lacks, circumstances included.
    unmatched_subject: float
    # 1 if terms are missing and the subject is so short that the question must be another one.
    lacks_subject: float
    # The value of `phrasings` if the question is long, else 0.
    long_question: float
    # 1 if the question omits a term that nearly every phrasing has.
    misses_theme: float
    # 1 if the question has little of the closest phrasing and little of what all phrasings have in common.
    weak_coverage: float
    # For a short question, the share of phrasings with the most common term that it omits.
    short_of_theme: float
    # 1 if the only content term of a question is not in the title.
    not_in_title: float
    # If a phrasing has all terms of the question: 1 / the number of candidates with such a phrasing.
    exact_coverage: float
    # The logarithm of the number of phrasings: 0 for one, 1 for _MANY_PHRASINGS or more.
    phrasings: float


class Decision(NamedTuple):
    """A status with the confidence behind it.

    `posteriors` are the shares of the candidates in the probability that one of them is right. `missing` are the words
    of the question that the best candidate lacks.
    """

    status: Status
    confidence: float
    posteriors: tuple[float, ...] = ()
    missing: tuple[str, ...] = ()


def decide(ranking: Ranking, *, answer_from: float = ANSWER_FROM) -> Decision:
    """Return the decision on whether the best candidate answers the question."""
    if not ranking.candidates:
        return Decision(Status.NO_MATCH, 0.0)
    sure = confidence(evidence(ranking))
    if ranking.named:
        sure = max(sure, NAMED)
    status = Status.NO_MATCH
    if sure >= answer_from:
        status = Status.ANSWERED
    elif sure >= SUGGEST_FROM:
        status = Status.SUGGESTED
    missing = tuple(map(ranking.query.word, missing_terms(ranking)))
    return Decision(status, sure, posteriors(ranking.candidates), missing)


def confidence(
    seen: Evidence,
    weights: Mapping[str, tuple[float, float]] = DECISION,
    intercept: float = DECISION_INTERCEPT,
) -> float:
    """Return the estimate, 0 to 1, that the best candidate answers the question."""
    log_odds = intercept + sum(contributions(seen, weights).values())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def evidence(ranking: Ranking) -> Evidence:
    """Return the evidence for the best candidate."""
    best, *others = ranking.candidates
    weights, document = ranking.query.weights, best.document
    wanted, offered = intents(ranking.query.focus), intents(_focus_of_phrasing(best, ranking))
    phrasings = min(1.0, math.log(len(document.phrasings)) / math.log(_MANY_PHRASINGS))
    exact = sum(candidate.features.exact_coverage for candidate in ranking.candidates)
    missing = _missing(ranking)
    # The text of the article is not read if nothing is missing.
    fullness = min(1.0, len(document.text.union(document.terms)) / _FULL_TEXT) if any(missing.values()) else 0.0
    return Evidence(
        margin=min(_MOST_MARGIN, best.score - others[0].score) if others else _MOST_MARGIN,
        posterior=posteriors(ranking.candidates)[0],
        score=best.score,
        terms=math.log(1 + len(weights)),
        intents_missing=len(wanted - offered) / _FEW,
        intents_extra=len(offered - wanted) / _FEW,
        long_question=phrasings * (len(_content_terms(ranking)) >= _LONG_QUESTION_TERMS),
        exact_coverage=best.features.exact_coverage / max(1, exact),
        phrasings=phrasings,
        **{name: fullness * value for name, value in missing.items()},
    )


def _missing(ranking: Ranking) -> dict[str, float]:
    """Return the evidence on what is missing, before scaling by the length of the article."""
    weights, best = ranking.query.weights, ranking.candidates[0]
    missing, subject, theme_gap = missing_terms(ranking), subject_terms(ranking), _theme_gap(ranking)
    content = _content_terms(ranking)
    return {
        "missing_weight": sum(weights[term] for term in missing) / (sum(weights.values()) or 1.0),
        "missing_count": len(missing) / _FEW,
        "slips": len(slips(ranking.query)) / _FEW,
        "unmatched_subject": _unmatched_subject(ranking, subject),
        "lacks_subject": float(bool(missing and len(subject) < _LONG_QUESTION_TERMS)),
        "misses_theme": float(theme_gap >= _NEARLY_ALL),
        "short_of_theme": theme_gap if len(content) <= _SHORT_TERMS else 0.0,
        "not_in_title": float(len(content) == 1 and 0 not in best.document.phrasings_with(content[0])),
        "weak_coverage": float(best.features.phrasing_recall < _WEAK_RECALL and _theme(ranking) < _WEAK_THEME),
    }


def contributions(seen: Evidence, weights: Mapping[str, tuple[float, float]] = DECISION) -> dict[str, float]:
    """Return what each piece of evidence adds to the log odds of an answer.

    A close phrasing proves more if an article has many phrasings, so part of each weight grows with their number.
    """
    return {
        name: (weight + with_phrasings * seen.phrasings) * getattr(seen, name)
        for name, (weight, with_phrasings) in weights.items()
    }


def missing_terms(ranking: Ranking) -> list[str]:
    """Return the focus terms that the best candidate lacks, heaviest first, without general words."""
    query, document = ranking.query, ranking.candidates[0].document
    content = (term for term in _focus_terms(ranking) if not document.has(term))
    missing = [term for term in content if not _is_general(query.word(term)) and query.word(term) not in slips(query)]
    return sorted(missing, key=lambda term: -query.weights[term])


def _focus_terms(ranking: Ranking) -> list[str]:
    """Return the content terms in the focus of the question, or all of them if the focus has no subject of its own."""
    query, document = ranking.query, ranking.candidates[0].document
    content = _content_terms(ranking)
    focus = [term for term in content if term in query.focus]
    return focus if sum(map(document.has, focus)) >= _SUBJECT_TERMS else content


def posteriors(candidates: tuple[Candidate, ...]) -> tuple[float, ...]:
    """Return the softmax of the scores: each candidate's share in the probability that one of them is right."""
    highest = candidates[0].score
    powers = [math.exp(candidate.score - highest) for candidate in candidates]
    total = sum(powers)
    return tuple(power / total for power in powers)


def _focus_of_phrasing(best: Candidate, ranking: Ranking) -> list[str]:
    """Return the terms of the focus of the closest phrasing."""
    article = ranking.vocabulary.index.article_by_id(best.article)
    phrasing = article.phrasings()[best.phrasing]
    return ranking.vocabulary.terms_of(question_part(phrasing))


def _theme(ranking: Ranking) -> float:
    """Return how much the question has of what all phrasings share, relative to an average phrasing, at most 1."""
    question, document = ranking.question, ranking.candidates[0].document
    count = len(document.phrasings)
    content = ranking.vocabulary.content_weights(document.terms)
    shared = sum(len(document.phrasings_with(term)) ** 2 * weight for term, weight in content.items()) / count**2
    had = sum(len(document.phrasings_with(term)) * weight for term, weight in question.content_weights.items()) / count
    return min(1.0, had / (shared or 1.0))


def _unmatched_subject(ranking: Ranking, subject: Sequence[str]) -> float:
    """Return the share of the subject's weight that the article lacks."""
    weights, document = ranking.query.weights, ranking.candidates[0].document
    lacking = sum(weights[term] for term in subject if not document.has(term))
    return lacking / (sum(weights[term] for term in subject) or 1.0)


def subject_terms(ranking: Ranking) -> list[str]:
    """Return the content terms without general words and slips, in the order of the question."""
    query = ranking.query
    content = (term for term in _content_terms(ranking) if not _is_general(query.word(term)))
    return [term for term in content if query.word(term) not in slips(query)]


def slips(query: Query) -> frozenset[str]:
    """Return the words that neither an article nor everyday English has: slang and misspellings name no subject."""
    return frozenset(word for word in query.unknown if not is_english(word))


def _content_terms(ranking: Ranking) -> list[str]:
    """Return the terms that are not function words, in the order of the question."""
    return [term for term in ranking.query.weights if term not in ranking.vocabulary.function_terms]


def _theme_gap(ranking: Ranking) -> float:
    """Return the share of phrasings with the most common content term that the question omits."""
    document = ranking.candidates[0].document
    if len(document.phrasings) < _MANY_PHRASINGS:
        return 0.0
    left_out = (
        len(document.phrasings_with(term))
        for term in document.terms
        if term not in ranking.query.weights and term not in ranking.vocabulary.function_terms
    )
    return max(left_out, default=0) / len(document.phrasings)


def _is_general(word: str) -> bool:
    return word in general_words() or word.isdigit()
