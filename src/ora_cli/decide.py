"""Whether the best candidate is an answer. It sees the ranking from outside and changes nothing in it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ora_cli.search import Candidate, Ranking
from ora_cli.text import general_words
from ora_cli.verdict import Status
from ora_cli.weights import DECISION, DECISION_INTERCEPT

ANSWER_FROM = 0.7
"""The default confidence from which a match is an answer."""

SUGGEST_FROM = 0.2
"""The confidence from which a match is worth naming as near."""

_MOST_LEAD = 6.0
# The distinct terms from which an article's text can be expected to have every word of a question that it answers.
_FULL_TEXT = 200
_FULL_ENOUGH = 0.6
_GAP_CONFIDENCE = 0.5
_SUBJECT_TERMS = 2


@dataclass(frozen=True, slots=True)
class Decision:
    """A status with the confidence behind it; `missing` are the words for which there is no answer."""

    status: Status
    confidence: float
    shares: tuple[float, ...]
    missing: tuple[str, ...] = ()


def decide(ranking: Ranking, *, answer_from: float = ANSWER_FROM) -> Decision:
    """Return whether the best candidate answers the question."""
    if not ranking.candidates:
        return Decision(Status.NO_MATCH, 0.0, ())
    shares = _shares(ranking.candidates)
    confidence = _confidence(evidence(ranking))
    missing = tuple(map(ranking.query.word, missing_terms(ranking)))
    if missing and fullness(ranking) >= _FULL_ENOUGH:
        # Whatever else fits: an article that has text and lacks a subject word of the question answers another one.
        confidence = min(confidence, _GAP_CONFIDENCE)
    status = Status.NO_MATCH
    if confidence >= answer_from:
        status = Status.ANSWERED
    elif confidence >= SUGGEST_FROM:
        status = Status.SUGGESTED
    return Decision(status, confidence, shares, missing)


def evidence(ranking: Ranking) -> dict[str, float]:
    """Return what the decision is made from: how the best candidate fits, and how far it leads.

    `share` is the softmax of the scores, the best candidate's part; `unknown` the part of the question's weight that
    no article knows; `terms` the logarithm of one more than its distinct terms; `lead` in units of the score.
    `gap` and `gaps` are what the article lacks of the question: the most telling word, as a share of the most that a
    word can tell, and the part of the weight. Both count as far as the article has text enough to be expected to
    have a word.
    """
    best, *others = ranking.candidates
    query = ranking.query
    total = sum(query.weights.values()) or 1.0
    unknown = sum(weight for term, weight in query.weights.items() if query.words.get(term) in query.unknown)
    missing = missing_terms(ranking)
    full = fullness(ranking)
    return {
        **best.features._asdict(),
        "lead": min(_MOST_LEAD, best.score - others[0].score) if others else _MOST_LEAD,
        "share": _shares(ranking.candidates)[0],
        "unknown": unknown / total,
        "terms": math.log(1 + len(query.weights)),
        "score": best.score,
        "gap": full * max((query.weights[term] for term in missing), default=0.0) / ranking.highest_weight,
        "gaps": full * sum(query.weights[term] for term in missing) / total,
    }


def fullness(ranking: Ranking) -> float:
    """Return how far the best candidate can be expected to have every word of a question it answers, 0 to 1."""
    document = ranking.candidates[0].document
    return min(1.0, (len(document.frequency) + len(document.text)) / _FULL_TEXT)


def contributions(seen: dict[str, float]) -> dict[str, float]:
    """Return what each piece of evidence adds to the log odds of an answer.

    A close asking proves more where an article has many, so each weight has a part that grows with their number.
    """
    return {
        name: (weight + with_askings * seen["askings"]) * seen[name]
        for name, (weight, with_askings) in DECISION.items()
    }


def _confidence(seen: dict[str, float]) -> float:
    log_odds = DECISION_INTERCEPT + sum(contributions(seen).values())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def _shares(candidates: tuple[Candidate, ...]) -> tuple[float, ...]:
    highest = candidates[0].score
    powers = [math.exp(candidate.score - highest) for candidate in candidates]
    total = sum(powers)
    return tuple(power / total for power in powers)


def missing_terms(ranking: Ranking) -> list[str]:
    """Return the question's terms that the best candidate has nowhere and that make it another question, heaviest first.

    In a story only the part that asks counts, if it has a subject of its own.
    """
    document = ranking.candidates[0].document
    query = ranking.query
    telling = [term for term in query.weights if term not in ranking.function_terms]
    has = {term for term in telling if term in document.frequency or term in document.text}
    asked = query.asked if len(has & query.asked) >= _SUBJECT_TERMS else frozenset(telling)
    missing = [term for term in telling if term in asked and term not in has and not _is_general(query.word(term))]
    return sorted(missing, key=lambda term: -query.weights[term])


def _is_general(word: str) -> bool:
    return word in general_words() or word.isdigit()
