"""Why there is no answer, in words that were checked against the whole index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ora_cli.matching.decision import SAME_QUESTION, subject_terms, unanswered
from ora_cli.matching.intents import intents
from ora_cli.matching.ranking import Ranking
from ora_cli.text.words import general_words

NOT_SURE = "not sure which article is meant"
NOT_SAID = "others ask this too, but the article on it does not say"
NO_OVERVIEW = "no article is an overview of this topic"

_NAMED_WORDS = 3
# What is asked of a condition or a treatment, known or not.
_HEALTH = frozenset({"cause", "treatment", "removal", "prevention", "symptom", "test", "safety", "effect", "doctor"})
# Of so many words an article is expected that has them all; of more it would say little that none has.
_EXPECTED_TOGETHER = 2


class Refusal(NamedTuple):
    """Why there is no answer.

    `unknown` are words that no article has; `outside` says that no word is a subject of the articles, and `elsewhere`
    that nothing else in the question is about health either.
    """

    reason: str
    unknown: tuple[str, ...] = ()
    outside: bool = False
    elsewhere: bool = False


def refusal(ranking: Ranking, *, category: str | None = None) -> Refusal:
    """Return why the articles do not answer."""
    query, subject = ranking.query, _subject(ranking)
    unknown = unknown_words(ranking)
    if not query.terms:
        return Refusal("the question has no words to look for", outside=True)
    if not subject and not unknown:
        return Refusal("the question names no subject", outside=True)
    if ranking.candidates and unanswered(ranking) >= SAME_QUESTION:
        return Refusal(NOT_SAID, unknown)
    known = ranking.vocabulary.in_phrasings(subject)
    outside = not known or not ranking.candidates
    if unknown:
        words = "a word" if len(unknown) == 1 else "words"
        elsewhere = outside and _HEALTH.isdisjoint(intents(query.terms))
        return Refusal(f"not {words} that ora knows: {_listed(unknown)}", unknown, outside, elsewhere)
    if not ranking.candidates:
        return Refusal("no article has these words", outside=True)
    if len(subject) == _EXPECTED_TOGETHER and not _together(ranking, subject, category):
        return Refusal(f"no article has both words: {_listed(map(query.word, subject))}", outside=outside)
    return Refusal(NOT_SURE, outside=outside)


def unknown_words(ranking: Ranking) -> tuple[str, ...]:
    """Return the words that no article has, nor a synonym of them, but for those that name no subject."""
    query, vocabulary = ranking.query, ranking.vocabulary
    words = [word for word in query.unknown if len(word) > 1 and word not in general_words() and not word.isdigit()]
    terms = map(vocabulary.synonyms.single, vocabulary.stems(words))
    by_term = {term: word for term, word in zip(terms, words, strict=True) if term in query.weights}
    found = vocabulary.occurrences(by_term)
    return tuple(word for term, word in by_term.items() if not found[term])


def _subject(ranking: Ranking) -> list[str]:
    """Return the known terms that say what the question is about; what it wants to know of it is no subject."""
    terms = [term for term in subject_terms(ranking.query, ranking.vocabulary) if not intents([term])]
    found = ranking.vocabulary.occurrences(terms)
    return [term for term in terms if found[term]]


def _together(ranking: Ranking, terms: Iterable[str], category: str | None) -> bool:
    groups = map(ranking.vocabulary.searched, terms)
    return ranking.vocabulary.index.with_all(groups, category=category)


def _listed(words: Iterable[str]) -> str:
    named = list(words)
    more = len(named) - _NAMED_WORDS
    return ", ".join(named[:_NAMED_WORDS]) + (f" and {more} more" if more > 0 else "")
