"""Whether the best candidate is an answer. It sees the ranking from outside and changes nothing in it.

The confidence is a logistic regression on what the best candidate shows (`evidence`). What each piece of evidence
brings stands in docs/matching.md.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ora_cli.matching.intents import intents
from ora_cli.matching.ranking import Candidate, Ranking
from ora_cli.matching.verdict import Status
from ora_cli.matching.weights import DECISION, DECISION_INTERCEPT
from ora_cli.text.words import general_words, question_part

ANSWER_FROM = 0.8
"""The default confidence from which a match is an answer."""

SUGGEST_FROM = 0.2
"""The confidence from which a match is worth naming as near."""

_MOST_MARGIN = 6.0
# The distinct terms from which an article can be expected to have every word of a question that it answers.
_FULL_TEXT = 200
# A part of a question has a subject of its own from this many terms that the article has.
_SUBJECT_TERMS = 2
# From this many content terms a question is long; it tells circumstances that no article needs to have.
_LONG_QUESTION_TERMS = 8
# A question of no more content terms than this tells no circumstances: what all phrasings name is meant only if named.
_SHORT_TERMS = 3
_MANY_PHRASINGS = 10
_NEARLY_ALL = 0.9
_WEAK_RECALL = 0.35
_WEAK_THEME = 0.5
_FEW = 3


class Evidence(NamedTuple):
    """What the confidence is computed from: how well the best candidate fits, and how far it is ahead.

    What is missing (from `missing_weight` to `weak_coverage`) counts as far as the article has enough text to be
    expected to have it: not at all for hardly any text, in full from _FULL_TEXT terms on.
    """

    # How far the score is above the runner-up's, at most _MOST_MARGIN.
    margin: float
    # The best candidate's part of the softmax of all scores.
    posterior: float
    score: float
    # The logarithm of one more than the number of the question's distinct terms.
    terms: float
    # The intents of the question that the closest phrasing has not, and the other way round, in thirds.
    intents_missing: float
    intents_extra: float
    # The part of the question's weight that the article lacks.
    missing_weight: float
    # The number of words that it lacks, in thirds.
    missing_count: float
    # The part of the subject's weight that it lacks, circumstances included.
    unmatched_subject: float
    # 1 if it lacks so much of the subject that the question is another one.
    lacks_subject: float
    # As much as `phrasings` when the question is long, else 0.
    long_question: float
    # 1 if the question leaves out what nearly every phrasing names.
    misses_theme: float
    # 1 if it has little of any single phrasing and of what all of them have in common.
    weak_coverage: float
    # Of a short question, the part of the phrasings that name what it leaves out.
    short_of_theme: float
    # 1 if the only content term of the question is not in the title.
    not_in_title: float
    # Where a phrasing has all of the question: 1 by the number of candidates that have such a phrasing.
    exact_coverage: float
    # How many phrasings the article has: 0 for one, 1 for _MANY_PHRASINGS or more, by the logarithm between.
    phrasings: float


class Decision(NamedTuple):
    """A status with the confidence behind it.

    `posteriors` has for each candidate its part of the probability that one of them is right; `missing` are the words
    of the question that the best one lacks.
    """

    status: Status
    confidence: float
    posteriors: tuple[float, ...] = ()
    missing: tuple[str, ...] = ()


def decide(ranking: Ranking, *, answer_from: float = ANSWER_FROM) -> Decision:
    """Return whether the best candidate answers the question."""
    if not ranking.candidates:
        return Decision(Status.NO_MATCH, 0.0)
    sure = confidence(evidence(ranking))
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
    """Return what the best candidate shows."""
    best, *others = ranking.candidates
    weights, document = ranking.query.weights, best.document
    wanted, offered = intents(ranking.query.focus), intents(_focus_of_phrasing(best, ranking))
    phrasings = min(1.0, math.log(len(document.phrasings)) / math.log(_MANY_PHRASINGS))
    exact = sum(candidate.features.exact_coverage for candidate in ranking.candidates)
    missing = _missing(ranking)
    # The text is not read for a question that lacks nothing.
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
    """Return the features of what is missing, before they are scaled by the length of the article."""
    weights, best = ranking.query.weights, ranking.candidates[0]
    missing, subject, theme_gap = missing_terms(ranking), subject_terms(ranking), _theme_gap(ranking)
    content = _content_terms(ranking)
    return {
        "missing_weight": sum(weights[term] for term in missing) / (sum(weights.values()) or 1.0),
        "missing_count": len(missing) / _FEW,
        "unmatched_subject": _unmatched_subject(ranking, subject),
        "lacks_subject": float(bool(missing and len(subject) < _LONG_QUESTION_TERMS)),
        "misses_theme": float(theme_gap >= _NEARLY_ALL),
        "short_of_theme": theme_gap if len(content) <= _SHORT_TERMS else 0.0,
        "not_in_title": float(len(content) == 1 and 0 not in best.document.phrasings_with(content[0])),
        "weak_coverage": float(best.features.phrasing_recall < _WEAK_RECALL and _theme(ranking) < _WEAK_THEME),
    }


def contributions(seen: Evidence, weights: Mapping[str, tuple[float, float]] = DECISION) -> dict[str, float]:
    """Return what each piece of evidence adds to the log odds of an answer.

    A close phrasing proves more where an article has many, so each weight has a part that grows with their number.
    """
    return {
        name: (weight + with_phrasings * seen.phrasings) * getattr(seen, name)
        for name, (weight, with_phrasings) in weights.items()
    }


def missing_terms(ranking: Ranking) -> list[str]:
    """Return the question's terms, heaviest first, that the best candidate lacks and that make it another question."""
    query, document = ranking.query, ranking.candidates[0].document
    missing = [term for term in _focus_terms(ranking) if not document.has(term) and not _is_general(query.word(term))]
    return sorted(missing, key=lambda term: -query.weights[term])


def _focus_terms(ranking: Ranking) -> list[str]:
    """Return the content terms of the question; in a long one those of the part that asks, if it has a subject."""
    query, document = ranking.query, ranking.candidates[0].document
    content = _content_terms(ranking)
    focus = [term for term in content if term in query.focus]
    return focus if sum(map(document.has, focus)) >= _SUBJECT_TERMS else content


def posteriors(candidates: tuple[Candidate, ...]) -> tuple[float, ...]:
    """Return the candidates' parts of the chance that one of them is right: the softmax of their scores."""
    highest = candidates[0].score
    powers = [math.exp(candidate.score - highest) for candidate in candidates]
    total = sum(powers)
    return tuple(power / total for power in powers)


def _focus_of_phrasing(best: Candidate, ranking: Ranking) -> list[str]:
    """Return the terms of the part of the closest phrasing that asks."""
    article = ranking.vocabulary.index.article_by_id(best.article)
    phrasing = article.phrasings()[best.phrasing]
    return ranking.vocabulary.terms_of(question_part(phrasing))


def _theme(ranking: Ranking) -> float:
    """Return how much of what the phrasings have in common the question has, as a share of what one of them has."""
    question, document = ranking.question, ranking.candidates[0].document
    count = len(document.phrasings)
    content = ranking.vocabulary.content_weights(document.terms)
    shared = sum(len(document.phrasings_with(term)) ** 2 * weight for term, weight in content.items()) / count**2
    had = sum(len(document.phrasings_with(term)) * weight for term, weight in question.content_weights.items()) / count
    return min(1.0, had / (shared or 1.0))


def _unmatched_subject(ranking: Ranking, subject: Sequence[str]) -> float:
    """Return the part of the subject's weight that the article lacks, circumstances included."""
    weights, document = ranking.query.weights, ranking.candidates[0].document
    lacking = sum(weights[term] for term in subject if not document.has(term))
    return lacking / (sum(weights[term] for term in subject) or 1.0)


def subject_terms(ranking: Ranking) -> list[str]:
    """Return the question's terms that say what it is about, in the question's order."""
    return [term for term in _content_terms(ranking) if not _is_general(ranking.query.word(term))]


def _content_terms(ranking: Ranking) -> list[str]:
    """Return the question's terms that are more than grammar, in the question's order."""
    return [term for term in ranking.query.weights if term not in ranking.vocabulary.function_terms]


def _theme_gap(ranking: Ranking) -> float:
    """Return the part of the phrasings that name what the question leaves out, of the term that most of them name."""
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
