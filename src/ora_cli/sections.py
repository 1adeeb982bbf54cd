"""Which section of an article answers a question best."""

from __future__ import annotations

from ora_cli.articles import FOOTNOTE, Article
from ora_cli.query import Query
from ora_cli.text import words
from ora_cli.vocabulary import Vocabulary

# A heading says what a section is about; its text mentions much else.
_TEXT_SHARE = 0.3
# A section leads only when it has this much of what the title leaves open.
_ENOUGH = 0.5


def best_section(query: Query, article: Article, vocabulary: Vocabulary) -> str | None:
    """Return the heading of the section that answers best, or None when the short answer does.

    What counts is the part of the question that the title does not have already: a section leads when its heading
    has enough of it.
    """
    title = set(vocabulary.terms(words(article.title)))
    open_terms = {
        term: weight
        for term, weight in query.weights.items()
        if term not in title and term not in vocabulary.function_terms
    }
    best, heading = 0.0, None
    for section in article.sections:
        in_heading = set(vocabulary.terms(words(section.heading)))
        in_text = set(vocabulary.terms(words(FOOTNOTE.sub("", section.body))))
        named = sum(weight for term, weight in open_terms.items() if term in in_heading)
        told = sum(weight for term, weight in open_terms.items() if term in in_text)
        score = named + _TEXT_SHARE * told
        if named and score > best:
            best, heading = score, section.heading
    return heading if open_terms and best >= _ENOUGH * sum(open_terms.values()) else None
