"""Whether the best candidate is an answer. It sees the ranking from outside and changes nothing in it.

The confidence is a logistic regression on what the best candidate shows (`evidence`). What each piece of evidence
brings stands in docs/matching.md.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ora_cli.matching.intents import aims
from ora_cli.matching.ranking import Candidate, Ranking
from ora_cli.matching.verdict import Status
from ora_cli.matching.weights import DECISION, DECISION_INTERCEPT
from ora_cli.text.words import asking_part, general_words

ANSWER_FROM = 0.8
"""The default confidence from which a match is an answer."""

SUGGEST_FROM = 0.2
"""The confidence from which a match is worth naming as near."""

_MOST_LEAD = 6.0
# The distinct terms from which an article can be expected to have every word of a question that it answers.
_FULL_TEXT = 200
# A part of a question has a subject of its own from this many terms that the article has.
_SUBJECT_TERMS = 2
# From this many telling terms a question is a story, and then it may lack this part of its subject: a story has many
# words that nobody writes of.
_STORY_TERMS = 8
_STORY_GAP = 0.5
# With no more telling terms than these nobody tells a circumstance: what all askings name is meant only if it is named.
_SHORT_TERMS = 3
_MANY_ASKINGS = 10
_NEARLY_ALL = 0.9
_MARGIN_COVERING = 0.35
_MARGIN_THEME = 0.5
_FEW = 3


class Evidence(NamedTuple):
    """What the confidence is made from: how the best candidate fits, and how far it leads.

    `lead` over the runner-up, in units of the score; `share`, the softmax of the scores, the best candidate's part;
    `score`; `terms`, the logarithm of one more than the question's distinct terms; `aims_missing` and `aims_extra`,
    what the question is after and the closest asking is not, and the other way round, in thirds; `askings`, 0 when the
    article has one to 1 for ten or more; `story`, as much of that when the question is long; `whole`, where an
    asking has all of the question: 1 by the number of candidates that have such an asking.

    The rest says what is lacking, as far as the article can be expected to have it: 0 for hardly any text, in full for
    enough. `gaps`: the part of the question's weight that the article lacks; `missing`: the number of words, in thirds;
    `lacks_subject`: that it lacks so much of the subject that the question is another one; `misses_theme`: that the
    question leaves out what nearly every asking names; `short_of_theme`: of a question of few words, the part of the
    askings that name what it leaves out; `off_title`: that the one telling word of a question is not in the title;
    `marginal`: that it has little of any single asking and of what all of them share.
    """

    lead: float
    share: float
    score: float
    terms: float
    aims_missing: float
    aims_extra: float
    gaps: float
    missing: float
    strange: float
    lacks_subject: float
    story: float
    misses_theme: float
    marginal: float
    short_of_theme: float
    off_title: float
    whole: float
    askings: float


class Decision(NamedTuple):
    """A status with the confidence behind it.

    `shares` are the candidates' parts of the chance that one of them is right; `missing` are the question's words
    that the best one lacks.
    """

    status: Status
    confidence: float
    shares: tuple[float, ...] = ()
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
    return Decision(status, sure, shares(ranking.candidates), missing)


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
    wanted, offered = aims(ranking.query.asked), aims(_asked_by(best, ranking))
    askings = min(1.0, math.log(len(document.askings)) / math.log(_MANY_ASKINGS))
    lacking = _lacking(ranking)
    # The text is not read for a question that lacks nothing.
    fullness = min(1.0, len(document.text.union(document.terms)) / _FULL_TEXT) if any(lacking.values()) else 0.0
    return Evidence(
        lead=min(_MOST_LEAD, best.score - others[0].score) if others else _MOST_LEAD,
        share=shares(ranking.candidates)[0],
        score=best.score,
        terms=math.log(1 + len(weights)),
        aims_missing=len(wanted - offered) / _FEW,
        aims_extra=len(offered - wanted) / _FEW,
        story=askings * (len(_telling_terms(ranking)) >= _STORY_TERMS),
        whole=best.features.whole / (sum(candidate.features.whole for candidate in ranking.candidates) or 1.0),
        askings=askings,
        **{name: fullness * value for name, value in lacking.items()},
    )


def _lacking(ranking: Ranking) -> dict[str, float]:
    """Return what is lacking, each in full: the article may be too short to be expected to have it."""
    weights, best = ranking.query.weights, ranking.candidates[0]
    missing, subject, theme_gap = missing_terms(ranking), subject_terms(ranking), _theme_gap(ranking)
    telling = _telling_terms(ranking)
    return {
        "gaps": sum(weights[term] for term in missing) / (sum(weights.values()) or 1.0),
        "missing": len(missing) / _FEW,
        "strange": _strangeness(ranking, subject),
        "lacks_subject": float(bool(missing and len(subject) < _STORY_TERMS)),
        "misses_theme": float(theme_gap >= _NEARLY_ALL),
        "short_of_theme": theme_gap if len(telling) <= _SHORT_TERMS else 0.0,
        "off_title": float(len(telling) == 1 and 0 not in best.document.asked_in(telling[0])),
        "marginal": float(best.features.covering < _MARGIN_COVERING and _theme(ranking) < _MARGIN_THEME),
    }


def contributions(seen: Evidence, weights: Mapping[str, tuple[float, float]] = DECISION) -> dict[str, float]:
    """Return what each piece of evidence adds to the log odds of an answer.

    A close asking proves more where an article has many, so each weight has a part that grows with their number.
    """
    return {
        name: (weight + with_askings * seen.askings) * getattr(seen, name)
        for name, (weight, with_askings) in weights.items()
    }


def missing_terms(ranking: Ranking) -> list[str]:
    """Return the question's terms, heaviest first, that the best candidate lacks and that make it another question."""
    query, document = ranking.query, ranking.candidates[0].document
    missing = [term for term in _asked_part(ranking) if not document.has(term) and not _is_general(query.word(term))]
    return sorted(missing, key=lambda term: -query.weights[term])


def _asked_part(ranking: Ranking) -> list[str]:
    """Return the telling terms of the question; in a story those of the part that asks, if it has a subject."""
    query, document = ranking.query, ranking.candidates[0].document
    telling = _telling_terms(ranking)
    asked = [term for term in telling if term in query.asked]
    return asked if sum(map(document.has, asked)) >= _SUBJECT_TERMS else telling


def shares(candidates: tuple[Candidate, ...]) -> tuple[float, ...]:
    """Return the candidates' parts of the chance that one of them is right: the softmax of their scores."""
    highest = candidates[0].score
    powers = [math.exp(candidate.score - highest) for candidate in candidates]
    total = sum(powers)
    return tuple(power / total for power in powers)


def _asked_by(best: Candidate, ranking: Ranking) -> list[str]:
    """Return the terms of the part of the closest asking that asks."""
    article = ranking.vocabulary.index.article_by_id(best.article)
    asking = (article.title, *article.also_asked)[best.asking]
    return ranking.vocabulary.read(asking_part(asking))


def _theme(ranking: Ranking) -> float:
    """Return how much of what the askings have in common the question has, as a share of what one of them has."""
    question, document = ranking.question, ranking.candidates[0].document
    count = len(document.askings)
    telling = ranking.vocabulary.telling(document.terms)
    shared = sum(len(document.asked_in(term)) ** 2 * weight for term, weight in telling.items()) / count**2
    had = sum(len(document.asked_in(term)) * weight for term, weight in question.telling.items()) / count
    return min(1.0, had / (shared or 1.0))


def _strangeness(ranking: Ranking, subject: Sequence[str]) -> float:
    """Return the part of the subject's weight that the article lacks, the circumstances in a story included."""
    weights, document = ranking.query.weights, ranking.candidates[0].document
    lacking = sum(weights[term] for term in subject if not document.has(term))
    return lacking / (sum(weights[term] for term in subject) or 1.0)


def subject_terms(ranking: Ranking) -> list[str]:
    """Return the question's terms that say what it is about, in the question's order."""
    return [term for term in _telling_terms(ranking) if not _is_general(ranking.query.word(term))]


def _telling_terms(ranking: Ranking) -> list[str]:
    """Return the question's terms that are more than grammar, in the question's order."""
    return [term for term in ranking.query.weights if term not in ranking.vocabulary.function_terms]


def _theme_gap(ranking: Ranking) -> float:
    """Return the part of the askings that name what the question leaves out, of the term that most of them name."""
    document = ranking.candidates[0].document
    if len(document.askings) < _MANY_ASKINGS:
        return 0.0
    left_out = (
        len(document.asked_in(term))
        for term in document.terms
        if term not in ranking.query.weights and term not in ranking.vocabulary.function_terms
    )
    return max(left_out, default=0) / len(document.askings)


def _is_general(word: str) -> bool:
    return word in general_words() or word.isdigit()
