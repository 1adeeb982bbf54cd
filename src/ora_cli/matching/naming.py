"""What a question names outright: an article by a phrasing, or a topic by its bare name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import TYPE_CHECKING

from ora_cli.matching.intents import intents
from ora_cli.matching.query import Query
from ora_cli.text.words import general_words, words

if TYPE_CHECKING:
    from ora_cli.index.vocabulary import Vocabulary

# A topic whose words all have synonyms has many names; more than this are not tried.
_MOST_NAMES = 50
# The bare name of a topic has no more words than this.
_LONGEST_NAME = 3


def article_asked(query: Query, vocabulary: Vocabulary, *, category: str | None = None) -> int | None:
    """Return the article that has the question, as typed or corrected, as its title or else as another phrasing."""
    index = vocabulary.index
    wanted = {tuple(words(query.text)), query.read}
    phrased = None
    for stems in dict.fromkeys((query.typed_stems, query.stems)):
        for number in index.with_phrasing(stems, category=category):
            article = index.article_by_id(number)
            if tuple(words(article.title)) in wanted:
                return number
            if phrased is None and any(tuple(words(phrasing)) in wanted for phrasing in article.other_phrasings()):
                phrased = number
    return phrased


def topic_named(query: Query, vocabulary: Vocabulary, *, category: str | None = None) -> int | None:
    """Return the overview whose topic the question is the bare name of, corrected and with any of its synonyms."""
    found = (vocabulary.index.topic(stems) for stems in names_of(query.stems, vocabulary))
    overview = next((number for number in found if number is not None), None)
    if overview is not None and category not in (None, vocabulary.index.article_by_id(overview).category):
        return None
    return overview


def is_bare_name(query: Query, vocabulary: Vocabulary) -> bool:
    """Return whether the question is a few words that all name a subject and ask nothing of it."""
    terms = query.terms
    return (
        0 < len(terms) <= _LONGEST_NAME
        and not query.unknown
        and not intents(terms)
        and vocabulary.function_terms.isdisjoint(terms)
        and general_words().isdisjoint(query.read)
    )


def names_of(stems: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    """Yield the stems, then the same with any synonyms in place of its terms."""
    yield stems
    terms = vocabulary.synonyms.canonical(stems)
    spelled = (vocabulary.synonyms.members(term) for term in terms)
    if len(terms) <= _LONGEST_NAME:
        yield from (sum(each, ()) for each in islice(product(*spelled), _MOST_NAMES))
