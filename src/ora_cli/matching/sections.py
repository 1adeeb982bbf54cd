"""Choosing the section of an article that answers a question best."""

from __future__ import annotations

from ora_cli.content.articles import Article, Section
from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.intents import intents, intents_of_heading
from ora_cli.matching.query import Query
from ora_cli.text.words import general_words, words

# A term in the text counts less than in the heading, because a text mentions much besides its subject.
_TEXT_SHARE = 0.4
# What a common intent of heading and question adds, in nats like the weight of a term.
_SAME_INTENT = 2.0
# What a text full of spans of time adds if the question wants to know one.
_TIME_TOLD = 6.0
_TIME_INTENTS = frozenset({"duration", "time"})
_TIME_STEMS = frozenset({"minut", "hour", "dai", "week", "month", "year"})
_WHY = frozenset({"why", "reason", "what"})
# Who has these words in a question tells of somebody.
_OWN = frozenset({"i", "im", "ive", "my", "me", "he", "she", "his", "her", "our"})
# The best score must be this many times the next one.
_CLEAR_LEAD = 1.15


def best_section(query: Query, article: Article, vocabulary: Vocabulary) -> str | None:
    """Return the heading of the section that answers best, or None when no section is clearly ahead.

    The terms that are not in the title count, and the intents of the question.
    """
    title = set(vocabulary.terms_of(article.title))
    open_terms = {
        term: weight
        for term, weight in query.weights.items()
        if term not in title and term not in vocabulary.function_terms and query.word(term) not in general_words()
    }
    if query.read == tuple(words(article.title)):
        return None  # what the title asks, the short answer says
    wanted = intents(query.focus)
    if "cause" in wanted and query.focus.isdisjoint(_WHY):
        wanted -= {"cause"}  # "does it cause sagging" asks whether, not why
    if not open_terms and not wanted:
        return None
    scores = sorted(
        ((_score(open_terms, wanted, section, vocabulary), -number) for number, section in enumerate(article.sections)),
        reverse=True,
    )
    if not scores or scores[0][0] <= 0:
        return None
    if len(scores) > 1 and scores[0][0] < _CLEAR_LEAD * scores[1][0]:
        return None
    return article.sections[-scores[0][1]].heading


def section_about(words: str, article: Article, vocabulary: Vocabulary) -> str | None:
    """Return the heading of the section that has most of these words, in the heading above all; None if it has none."""
    wanted = vocabulary.content_weights(vocabulary.terms_of(words))
    scores = [_score(wanted, intents(wanted), section, vocabulary) for section in article.sections]
    best = max(scores, default=0.0)
    return article.sections[scores.index(best)].heading if best > 0 else None


def tells_of_symptom(query: Query, article: Article, vocabulary: Vocabulary) -> bool:
    """Return whether somebody tells of what the article's urgent note is about, rather than asks about a treatment."""
    if not article.urgent or _OWN.isdisjoint(query.read):
        return False
    title = set(vocabulary.terms_of(article.title))
    in_note = set(vocabulary.terms_of(article.urgent)) - title - vocabulary.function_terms
    return any(term in in_note and query.word(term) not in general_words() for term in query.weights)


def _score(open_terms: dict[str, float], wanted: frozenset[str], section: Section, vocabulary: Vocabulary) -> float:
    """Return the score of a section for the open terms and the intents of a question, in nats."""
    heading = vocabulary.terms_of(section.heading)
    text = vocabulary.terms_of(section.body)
    named = sum(weight for term, weight in open_terms.items() if term in heading)
    told = sum(weight for term, weight in open_terms.items() if term in text and term not in heading)
    meets = wanted & intents_of_heading(heading)
    if open_terms and not named and not told and not meets:
        return 0.0
    score = named + _TEXT_SHARE * told + _SAME_INTENT * len(meets)
    if wanted & _TIME_INTENTS:
        score += _TIME_TOLD * 10 * sum(term in _TIME_STEMS for term in text) / (len(text) + 50)
    return score
