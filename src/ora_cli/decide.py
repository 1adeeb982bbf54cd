"""Whether the best candidate is an answer. It sees the ranking from outside and changes nothing in it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ora_cli.search import Candidate, Ranking
from ora_cli.verdict import Status
from ora_cli.weights import DECISION, DECISION_INTERCEPT

ANSWER_FROM = 0.7
"""The default confidence from which a match is an answer."""

SUGGEST_FROM = 0.2
"""The confidence from which a match is worth naming as near."""

_MOST_LEAD = 6.0


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
    missing = missing_words(ranking)
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
    """
    best, *others = ranking.candidates
    query = ranking.query
    total = sum(query.weights.values()) or 1.0
    unknown = sum(weight for term, weight in query.weights.items() if query.words.get(term) in query.unknown)
    return {
        **best.features._asdict(),
        "lead": min(_MOST_LEAD, best.score - others[0].score) if others else _MOST_LEAD,
        "share": _shares(ranking.candidates)[0],
        "unknown": unknown / total,
        "terms": math.log(1 + len(query.weights)),
        "score": best.score,
    }


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


def missing_words(ranking: Ranking) -> tuple[str, ...]:
    """Return the question's telling words that the best candidate has nowhere, the most telling first."""
    document = ranking.candidates[0].document
    query = ranking.query
    missing = [
        term
        for term in query.weights
        if term not in document.frequency and term not in document.text and term not in ranking.function_terms
    ]
    missing.sort(key=lambda term: -query.weights[term])
    return tuple(query.words.get(term, term) for term in missing)
