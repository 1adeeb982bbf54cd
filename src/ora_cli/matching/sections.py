"""Choosing the sections of an article that answer a question best."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ora_cli.content.articles import Article, Section, without_marks
from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.intents import intents, intents_of_heading
from ora_cli.matching.query import Query
from ora_cli.matching.weights import SECTIONS
from ora_cli.text import word_vectors
from ora_cli.text.words import general_words, words

# A second section is shown too if its score, in nats, is not further behind: it is three quarters as likely then.
_MOST_BEHIND = 0.25
_MOST_SHOWN = 2
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
# Who has these words in a question tells of somebody.
_OWN = frozenset({"i", "im", "ive", "my", "me", "he", "she", "his", "her", "our"})


class SectionFeatures(NamedTuple):
    """How well a section fits a question.

    `words` is the weight of what it has of the question, in nats: a term counts the more the fewer other sections have
    it, and once more in the heading; the title's words count for nothing. `heading_intents` and `text_intents` are how
    many intents of the question its heading meets, and only its text. `direction` is the cosine, by word vectors, with
    the sentence that is nearest, less where they do not know a word.
    """

    words: float
    heading_intents: float
    text_intents: float
    direction: float


def best_sections(query: Query, article: Article, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the heading of the section that answers best, and of the next one if that is nearly as likely to.

    There is none if the question asks nothing beyond the title.
    """
    if query.read == tuple(words(article.title)):
        return ()  # what the title asks, the short answer says
    numbers = chosen(section_features(query, article, vocabulary), SECTIONS)
    return tuple(article.sections[number].heading for number in numbers)


def chosen(sections: Sequence[SectionFeatures], weights: Mapping[str, float]) -> list[int]:
    """Return the numbers of the sections to show, best first: none if none has anything of the question."""
    scores = [sum(weights[name] * value for name, value in each._asdict().items()) for each in sections]
    least = max(max(scores, default=0.0) - _MOST_BEHIND, 0.0)
    near = [number for number, score in enumerate(scores) if score > least]
    return sorted(near, key=lambda number: -scores[number])[:_MOST_SHOWN]


def section_features(query: Query, article: Article, vocabulary: Vocabulary) -> list[SectionFeatures]:
    """Return the features of each section; none at all if the question asks nothing beyond the title."""
    title = set(vocabulary.terms_of(article.title))
    grammar = vocabulary.function_terms
    open_terms = {t: weight for t, weight in query.weights.items() if t not in title and t not in grammar}
    wanted = intents(stem for term in query.terms for stem in term.split("_"))
    if not open_terms and not wanted:
        return []
    headings = [vocabulary.terms_of(section.heading) for section in article.sections]
    texts = [vocabulary.terms_of(section.body) for section in article.sections]
    having = [{*heading, *text} for heading, text in zip(headings, texts, strict=True)]
    rarity = {
        term: math.log(len(having) / count) for term in open_terms if (count := sum(term in terms for terms in having))
    }
    subject = frozenset(vocabulary.stems(words(article.title))) | grammar
    asked = word_vectors.direction([stem for stem in query.stems if stem not in subject], grammar)
    found = []
    for section, heading, text, terms in zip(article.sections, headings, texts, having, strict=True):
        met = wanted & intents_of_heading([stem for term in heading for stem in term.split("_")])
        told = wanted & intents(stem for term in text for stem in term.split("_"))
        directions = _directions(section, subject, vocabulary) if asked else ()
        found.append(
            SectionFeatures(
                words=sum(
                    open_terms[term] * (rare + (term in heading)) for term, rare in rarity.items() if term in terms
                ),
                heading_intents=len(met),
                text_intents=len(told - met),
                direction=max((word_vectors.product(asked, each) for each in directions), default=0.0),
            )
        )
    return found


def _directions(section: Section, subject: frozenset[str], vocabulary: Vocabulary) -> Iterator[bytes]:
    """Yield the directions of the heading and of each sentence, without the words that the whole article is about."""
    for sentence in (section.heading, *_SENTENCE_END.split(without_marks(section.body))):
        stems = [stem for stem in vocabulary.stems(words(sentence)) if stem not in subject]
        yield word_vectors.direction(stems, vocabulary.function_terms)


def section_about(words: str, article: Article, vocabulary: Vocabulary) -> str | None:
    """Return the heading of the section that has most of these words, in the heading above all; None if it has none."""
    wanted = vocabulary.content_weights(vocabulary.terms_of(words))
    scores = [_named_first(wanted, section, vocabulary) for section in article.sections]
    best = max(scores, default=(0.0, 0.0))
    return article.sections[scores.index(best)].heading if any(best) else None


def tells_of_symptom(query: Query, article: Article, vocabulary: Vocabulary) -> bool:
    """Return whether somebody tells of what the article's urgent note is about, rather than asks about a treatment."""
    if not article.urgent or _OWN.isdisjoint(query.read):
        return False
    title = set(vocabulary.terms_of(article.title))
    in_note = set(vocabulary.terms_of(article.urgent)) - title - vocabulary.function_terms
    return any(term in in_note and query.word(term) not in general_words() for term in query.weights)


def _named_first(wanted: dict[str, float], section: Section, vocabulary: Vocabulary) -> tuple[float, float]:
    """Return the weight of the terms that the heading has or an intent of which it meets, and of those in the text."""
    heading, text = vocabulary.terms_of(section.heading), vocabulary.terms_of(section.body)
    met = intents_of_heading(heading)
    named = sum(weight for term, weight in wanted.items() if term in heading or not met.isdisjoint(intents([term])))
    return named, sum(weight for term, weight in wanted.items() if term in text)
