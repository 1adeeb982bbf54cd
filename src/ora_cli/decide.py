"""Whether the best candidate is an answer. It sees the ranking from outside and changes nothing in it.

The confidence is a logistic regression on what the best candidate shows (`evidence`), and then three signs that the
regression can't see: they are about the question's subject. What each costs and saves stands in docs/matching.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ora_cli.aims import aims, negated
from ora_cli.search import Candidate, Ranking
from ora_cli.text import asking_part, general_words, words
from ora_cli.verdict import Status
from ora_cli.weights import DECISION, DECISION_INTERCEPT

ANSWER_FROM = 0.7
"""The default confidence from which a match is an answer."""

SUGGEST_FROM = 0.2
"""The confidence from which a match is worth naming as near."""

_MOST_LEAD = 6.0
# The distinct terms from which an article can be expected to have every word of a question that it answers, and the
# part of them from which the signs below are looked for.
_FULL_TEXT = 200
_FULL_ENOUGH = 0.6
# The most that a doubtful match gets.
_DOUBTFUL = 0.5
# A part of a question has a subject of its own from this many terms that the article has.
_SUBJECT_TERMS = 2
# From this many telling terms a question is a story, and then it may have this part of words that nobody writes of.
_STORY_TERMS = 8
_STORY_GAP = 0.5
_MANY_ASKINGS = 10
_NEARLY_ALL = 0.9
_MARGIN_COVERING = 0.35
_MARGIN_THEME = 0.5
# However much fits, an article for people is none for these.
_ANIMALS = frozenset({"animal", "cat", "cats", "dog", "dogs", "hamster", "horse", "horses", "kitten", "pet", "pets"})


class Evidence(NamedTuple):
    """What the confidence is made from: how the best candidate fits, and how far it leads.

    `lead` over the runner-up, in units of the score; `share`, the softmax of the scores, the best candidate's part;
    `score`; `terms`, the logarithm of one more than the question's distinct terms; `overlap_sum`, the squared Dice
    coefficients with the closest askings, summed, all words at full weight; `covering`, the share of the closest
    asking that the question has; `theme`, how much of what the askings have in common the question has;
    `aims_missing` and `aims_extra`, what the question is after and the closest asking is not, and the other way round,
    in thirds; `negation`, 1 when one of the two is negated; `askings`, how many the article has: 0 for one, 1 for ten
    or more; `fullness`, how far the article can be expected to have every word of a question that it answers; and, as
    far as it can, `gap` and `gaps`, what it lacks: the most telling word, as a share of the most that a word can tell,
    and the part of the question's weight.
    """

    lead: float
    share: float
    score: float
    terms: float
    overlap_sum: float
    covering: float
    theme: float
    aims_missing: float
    aims_extra: float
    negation: float
    askings: float
    fullness: float
    gap: float
    gaps: float


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
    sure = confidence(ranking, evidence(ranking))
    status = Status.NO_MATCH
    if sure >= answer_from:
        status = Status.ANSWERED
    elif sure >= SUGGEST_FROM:
        status = Status.SUGGESTED
    missing = tuple(map(ranking.query.word, missing_terms(ranking)))
    return Decision(status, sure, shares(ranking.candidates), missing)


def confidence(
    ranking: Ranking,
    seen: Evidence,
    weights: Mapping[str, tuple[float, float]] = DECISION,
    intercept: float = DECISION_INTERCEPT,
) -> float:
    """Return the estimate, 0 to 1, that the best candidate answers the question."""
    log_odds = intercept + sum(contributions(seen, weights).values())
    sure = 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
    return min(sure, _DOUBTFUL) if any(doubts(ranking, seen)) else sure


def doubts(ranking: Ranking, seen: Evidence) -> Iterator[str]:
    """Yield in words the signs that the regression can't see; any of them makes a match doubtful."""
    if seen.fullness < _FULL_ENOUGH:
        return
    if _lacks_subject(ranking):
        yield "the article lacks a word that makes the question another one"
    if _misses_theme(ranking):
        yield "the question leaves out what nearly every asking of the article names"
    if seen.covering < _MARGIN_COVERING and seen.theme < _MARGIN_THEME:
        yield "the question has little of any single asking and of what all of them share"


def evidence(ranking: Ranking) -> Evidence:
    """Return what the best candidate shows."""
    best, *others = ranking.candidates
    weights = ranking.query.weights
    document = best.document
    lacking = [weights[term] for term in missing_terms(ranking)]
    fullness = min(1.0, len(document.text.union(document.asked_in)) / _FULL_TEXT)
    wanted, offered = aims(ranking.query.asked), aims(_asked_by(best, ranking))
    return Evidence(
        lead=min(_MOST_LEAD, best.score - others[0].score) if others else _MOST_LEAD,
        share=shares(ranking.candidates)[0],
        score=best.score,
        terms=math.log(1 + len(weights)),
        overlap_sum=_overlap_sum(ranking),
        covering=best.features.covering,
        theme=_theme(ranking),
        aims_missing=len(wanted - offered) / 3,
        aims_extra=len(offered - wanted) / 3,
        negation=float(negated(weights) != negated(document.askings[best.asking])),
        askings=min(1.0, math.log(len(document.askings)) / math.log(10)),
        fullness=fullness,
        gap=fullness * max(lacking, default=0.0) / ranking.vocabulary.highest_weight,
        gaps=fullness * sum(lacking) / (sum(weights.values()) or 1.0),
    )


def contributions(seen: Evidence, weights: Mapping[str, tuple[float, float]] = DECISION) -> dict[str, float]:
    """Return what each piece of evidence adds to the log odds of an answer.

    A close asking proves more where an article has many, so each weight has a part that grows with their number.
    """
    return {
        name: (weight + with_askings * seen.askings) * getattr(seen, name)
        for name, (weight, with_askings) in weights.items()
    }


def missing_terms(ranking: Ranking) -> list[str]:
    """Return the question's terms, heaviest first, that the best candidate lacks and that make it another question.

    In a story only the part that asks counts, if it has a subject of its own.
    """
    query = ranking.query
    telling = [term for term in query.weights if term not in ranking.vocabulary.function_terms]
    has = {term for term in telling if ranking.candidates[0].document.has(term)}
    asked = query.asked if len(has & query.asked) >= _SUBJECT_TERMS else frozenset(telling)
    missing = [term for term in telling if term in asked and term not in has and not _is_general(query.word(term))]
    return sorted(missing, key=lambda term: -query.weights[term])


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
    return ranking.vocabulary.terms(words(asking_part(asking)))


def _overlap_sum(ranking: Ranking) -> float:
    question, document = ranking.question, ranking.candidates[0].document
    total = 0.0
    for number in ranking.candidates[0].closest:
        terms = dict.fromkeys(document.askings[number])
        common = sum(question.weights[term] for term in terms if term in question.weights)
        _, weight = document.weights[number]
        total += (2 * common / (question.total_of_all + weight or 1.0)) ** 2
    return total


def _theme(ranking: Ranking) -> float:
    """Return how much of what the askings have in common the question has, as a share of what one of them has."""
    question, document = ranking.question, ranking.candidates[0].document
    count = len(document.askings)
    telling = ranking.vocabulary.telling(document.asked_in)
    shared = sum(len(numbers) ** 2 * telling[term] for term, numbers in document.asked_in.items()) / count**2
    had = sum(weight * len(document.asked_in.get(term, ())) for term, weight in question.telling.items()) / count
    return min(1.0, had / (shared or 1.0))


def _lacks_subject(ranking: Ranking) -> bool:
    """Say whether the article lacks a word that makes the question another one.

    A story has many words that nobody writes of, so there it takes a good part of them.
    """
    query, document = ranking.query, ranking.candidates[0].document
    subject = subject_terms(ranking)
    if len(subject) < _STORY_TERMS or any(query.word(term) in _ANIMALS for term in subject):
        return bool(missing_terms(ranking))
    lacking = sum(query.weights[term] for term in subject if not document.has(term))
    return lacking > _STORY_GAP * sum(query.weights[term] for term in subject)


def subject_terms(ranking: Ranking) -> list[str]:
    """Return the question's terms that say what it is about, in the question's order."""
    query, grammar = ranking.query, ranking.vocabulary.function_terms
    return [term for term in query.weights if term not in grammar and not _is_general(query.word(term))]


def _misses_theme(ranking: Ranking) -> bool:
    """Say whether the question leaves out what nearly every asking of the article names."""
    document = ranking.candidates[0].document
    if len(document.askings) < _MANY_ASKINGS:
        return False
    nearly_all = _NEARLY_ALL * len(document.askings)
    grammar = ranking.vocabulary.function_terms
    return any(
        len(numbers) >= nearly_all and term not in ranking.query.weights and term not in grammar
        for term, numbers in document.asked_in.items()
    )


def _is_general(word: str) -> bool:
    return word in general_words() or word.isdigit()
