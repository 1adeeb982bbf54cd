"""Whether the best candidate is an answer. The ranking is only read here, never changed.

The confidence is a logistic regression on the evidence for the best candidate. docs/matching.md shows what each piece
of evidence contributes.
"""

import math
from typing import NamedTuple

from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.features import Weights
from ora_cli.matching.field import foreign
from ora_cli.matching.intents import intents, same_intent
from ora_cli.matching.query import Query
from ora_cli.matching.ranking import Candidate, Ranking, between
from ora_cli.matching.told import Told, told
from ora_cli.matching.verdict import Status
from ora_cli.matching.weights import WORDS
from ora_cli.paths import bundled_articles
from ora_cli.text.words import general_words, is_english, question_part

ANSWER_FROM = 0.7
"""The confidence from which the best match is an answer, by default."""

SURE = 0.9
"""The confidence from which words need no help of a model: from there on they are right as often without it."""

NAMED = 0.99
"""The confidence in an article that a question names outright."""

LIKELY_FROM = 0.5
"""The confidence from which the best match is told in short though it is no sure answer: it is likelier than not."""

SUGGEST_FROM = 0.2
"""The confidence from which the best match is suggested."""

NEAREST_FROM = 0.05
"""The confidence from which a question that seems to be of another field is led to the nearest articles."""

SAME_QUESTION = 0.95
"""The similarity from which a question is one that the articles are known not to answer."""

MOST_UNANSWERED = 0.3
"""The most confidence in an answer to such a question."""

_MOST_MARGIN = 6.0
# An article with this many distinct terms can be expected to have every word of a question that it answers.
_FULL_TEXT = 200
# With this many terms that the article has, the focus of a question has a subject of its own.
_SUBJECT_TERMS = 2
# A question with at most this many content terms is short, and means what all phrasings name only if it names it.
_SHORT_TERMS = 3
_FEW = 3
# What this many of the nearest candidates are known not to answer counts, for it may be asked of any of them.
_NEAREST = 5
# An article that has a term in a smaller share of its phrasings no more than mentions it, if it has enough to tell.
_SELDOM = 0.05
# The numbers of words of a question that is short, and of one that is long.
_SHORT_QUESTION, _LONG_QUESTION = 6, 18


class Evidence(NamedTuple):
    """What the confidence is computed from: how well the best candidate fits, and how far it is ahead."""

    # The score less the runner-up's, at most _MOST_MARGIN.
    margin: float
    # The share of the best candidate in the softmax of all scores.
    posterior: float
    score: float
    # The similarity to the phrasing that is spelled most alike (`features.Features.trigram_dice`).
    trigram_dice: float
    # The number of intents that only the question has, and that only the closest phrasing has, divided by 3.
    intents_missing: float
    intents_extra: float
    # The share of the question's weight that is in missing terms, scaled by the length of the article: a short text
    # cannot be expected to have every word of a question, one with _FULL_TEXT terms can. All of it is missing where the
    # article no more than mentions the only content term.
    missing_weight: float
    # How near what the question adds to the theme of the best candidate is to what one of the nearest is known not to
    # answer.
    unanswered: float
    # The share of what the question adds to the theme that the phrasings of the best candidate have.
    known: float
    # The share of the question's content weight that it adds to the theme.
    added: float
    # For a short question, the share of phrasings with the most common term that it omits.
    short_of_theme: float
    # The logarithm of the number of phrasings: 0 for one, 1 for ten or more.
    phrasings: float
    # The log odds that the question is of another field than the bundled articles, if the best candidate is one.
    foreign: float
    # Whether the question is short (0, up to 6 words) or long (1, from 18 words on), with what lies between.
    length: float
    # How much the best candidate is judged by its text (`features.Document`).
    text_alone: float
    # How near the question is in meaning to what the best candidate is found by, and to what one of the nearest is
    # known not to answer, as cosines (`matching/meaning.py`); 0 by words alone.
    meaning: float = 0.0
    meaning_unanswered: float = 0.0


class Decision(NamedTuple):
    """A status with the confidence behind it.

    `posteriors` are the shares of the candidates in the probability that one of them is right. `far` says that the
    question seems to be of another field, and not even the nearest articles help.
    """

    status: Status
    confidence: float
    posteriors: tuple[float, ...] = ()
    far: bool = False


def decide(ranking: Ranking, *, answer_from: float = ANSWER_FROM) -> Decision:
    """Return the decision on whether the best candidate answers the question."""
    if not ranking.candidates:
        return Decision(Status.NO_MATCH, 0.0)
    seen = evidence(ranking)
    sure = confidence(seen, ranking.weights)
    if ranking.named:
        sure = max(sure, NAMED)
    elif seen.unanswered >= SAME_QUESTION:
        sure = min(sure, MOST_UNANSWERED)
    status = Status.NO_MATCH
    if sure >= answer_from:
        status = Status.ANSWERED
    elif sure >= SUGGEST_FROM:
        status = Status.SUGGESTED
    return Decision(status, sure, posteriors(ranking.candidates), far=seen.foreign > 0 and sure < NEAREST_FROM)


def confidence(seen: Evidence, weights: Weights = WORDS) -> float:
    """Return the estimate, 0 to 1, that the best candidate answers the question."""
    log_odds = base_log_odds(seen, weights) + sum(contributions(seen, weights).values())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def evidence(ranking: Ranking) -> Evidence:
    """Return the evidence for the best candidate."""
    best, *others = ranking.candidates
    document = best.document
    wanted, offered = intents(ranking.query.focus), intents(_focus_of_phrasing(best, ranking))
    found = _told_by_best(ranking)
    return Evidence(
        margin=min(_MOST_MARGIN, best.score - others[0].score) if others else _MOST_MARGIN,
        posterior=posteriors(ranking.candidates)[0],
        score=best.score,
        trigram_dice=best.features.trigram_dice,
        intents_missing=len(wanted - offered) / _FEW,
        intents_extra=len(offered - wanted) / _FEW,
        missing_weight=_missing_weight(ranking),
        unanswered=found.not_said,
        known=found.known,
        added=found.added,
        short_of_theme=_theme_gap(ranking),
        phrasings=document.many,
        foreign=_foreign(ranking),
        length=min(1.0, max(0.0, (len(ranking.query.read) - _SHORT_QUESTION) / (_LONG_QUESTION - _SHORT_QUESTION))),
        text_alone=document.text_alone,
        meaning=best.features.meaning,
        meaning_unanswered=max(candidate.meaning_unanswered for candidate in ranking.candidates[:_NEAREST]),
    )


def _foreign(ranking: Ranking) -> float:
    """Return how foreign the question is to the field of the bundled articles, 0 where the best candidate is none."""
    if ranking.vocabulary.index.origin(ranking.candidates[0].article) != str(bundled_articles()):
        return 0.0
    return foreign(subject_terms(ranking.query, ranking.vocabulary))


def _missing_weight(ranking: Ranking) -> float:
    """Return the share of the question's weight in missing terms, as `Evidence` explains it."""
    weights, document = ranking.query.weights, ranking.candidates[0].document
    if _is_mentioned(ranking):
        return 1.0
    missing = missing_terms(ranking)
    if not missing:  # the text of the article need not be read
        return 0.0
    fullness = min(1.0, len(document.text.union(document.phrasings.terms)) / _FULL_TEXT)
    return fullness * sum(weights[term] for term in missing) / (sum(weights.values()) or 1.0)


def _is_mentioned(ranking: Ranking) -> bool:
    """Return whether there is one content term, and the best candidate is neither about it nor asked by it.

    "Country" is no question about operations abroad.
    """
    content, phrasings = ranking.vocabulary.content(ranking.query.weights), ranking.candidates[0].document.phrasings
    if len(content) != 1 or content[0] in phrasings.lines[0].split() or f" {content[0]} " in phrasings.lines:
        return False
    seldom = _SELDOM * len(phrasings)
    return len(phrasings.having(content[0])) < seldom >= 1


def unanswered(ranking: Ranking) -> float:
    """Return the similarity to the closest question that one of the nearest candidates is known not to answer.

    It is 0 where the question is nearer to one that the best candidate answers.
    """
    return _told_by_best(ranking).not_said


def _told_by_best(ranking: Ranking) -> Told:
    best, *beside = (candidate.document for candidate in ranking.candidates[:_NEAREST])
    return told(ranking.question, best, ranking.vocabulary, beside=beside)


def contributions(seen: Evidence, weights: Weights = WORDS) -> dict[str, float]:
    """Return what each piece of evidence adds to the log odds of an answer."""
    return {name: _weight(ends, seen) * getattr(seen, name) for name, ends in weights.decision.items()}


def base_log_odds(seen: Evidence, weights: Weights = WORDS) -> float:
    """Return the log odds of an answer before any evidence, for such a question and article."""
    return _weight(weights.intercept, seen)


def _weight(ends: tuple[float, float, float], seen: Evidence) -> float:
    """Return the weight of a piece of evidence.

    The same evidence means one thing in three words, another in a story, and a third where nobody has written down
    what people ask, so there is a weight for each.
    """
    return between(ends, seen.length, seen.text_alone)


def missing_terms(ranking: Ranking) -> list[str]:
    """Return the focus terms that the best candidate lacks, heaviest first.

    A word for an intent is not missed where another word for it stands ("relief", "treatment"); general words and slips
    never are.
    """
    query, document, unnamed = ranking.query, ranking.candidates[0].document, slips(ranking.query)

    def is_missing(term: str) -> bool:
        if same := same_intent(term):
            return not any(map(document.has, same))
        return not (document.has(term) or _is_general(query.word(term)) or query.word(term) in unnamed)

    return sorted(filter(is_missing, _focus_terms(ranking)), key=lambda term: -query.weights[term])


def _focus_terms(ranking: Ranking) -> list[str]:
    """Return the content terms in the focus of the question, or all of them if the focus has no subject of its own."""
    query, document = ranking.query, ranking.candidates[0].document
    content = ranking.vocabulary.content(ranking.query.weights)
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


def subject_terms(query: Query, vocabulary: Vocabulary) -> list[str]:
    """Return the content terms without general words and slips, in the order of the question."""
    unnamed = slips(query)
    words = ((term, query.word(term)) for term in vocabulary.content(query.weights))
    return [term for term, word in words if not _is_general(word) and word not in unnamed]


def slips(query: Query) -> frozenset[str]:
    """Return the words that neither an article nor everyday English has: slang and misspellings name no subject."""
    return frozenset(word for word in query.unknown if not is_english(word))


def _theme_gap(ranking: Ranking) -> float:
    """Return the share of phrasings with the most common content term that a short question omits, else 0."""
    document, asked = ranking.candidates[0].document, ranking.query.weights
    if document.many < 1 or len(ranking.vocabulary.content(asked)) > _SHORT_TERMS:
        return 0.0
    left_out = ranking.vocabulary.content(term for term in document.phrasings.terms if term not in asked)
    return max((len(document.phrasings.having(term)) for term in left_out), default=0) / len(document.phrasings)


def _is_general(word: str) -> bool:
    return word in general_words() or word.isdigit()
