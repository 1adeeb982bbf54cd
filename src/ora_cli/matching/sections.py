"""Choosing the sections of an article that answer a question best."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ora_cli.content.articles import Article, Section, without_marks
from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.intents import OPEN_INTENTS, as_told, intents, intents_of_heading
from ora_cli.matching.query import Query
from ora_cli.matching.weights import SECTIONS
from ora_cli.text import word_vectors
from ora_cli.text.words import general_words, words

# A second section is shown too if its score, in nats, is not further behind: it is three quarters as likely then.
_MOST_BEHIND = 0.25
_MOST_SHOWN = 2
# Who looks for a section by its words means its heading rather than what its text mentions.
_TEXT_SHARE = 0.4
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
# Who has these words in a question tells of somebody.
_OWN = frozenset({"i", "im", "ive", "my", "me", "he", "she", "his", "her", "our"})


class SectionFeatures(NamedTuple):
    """How well a section fits a question.

    `words` is the weight of what it has of the question and the title has not, in nats: a term counts the more the
    fewer other sections have it, once more in the heading, and twice if it stands in the last question of a story.
    `heading_intents` and `text_intents` are how many intents of the question its heading meets, and only its text.
    `direction` is the cosine, by word vectors, of the last question with the sentence that is nearest, less where they
    do not know a word.
    """

    words: float
    heading_intents: float
    text_intents: float
    direction: float


def best_sections(query: Query, article: Article, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the heading of the section that answers best, and of the next one if that is nearly as likely to.

    There is none if the question is the title, or has neither a word beyond it nor an intent.
    """
    if query.read == tuple(words(article.title)):
        return ()  # what the title asks, the short answer says
    numbers = chosen(section_features(query, article, vocabulary), SECTIONS)
    return tuple(dict.fromkeys(article.sections[number].heading for number in numbers))


def chosen(sections: Sequence[SectionFeatures], weights: Mapping[str, float]) -> list[int]:
    """Return the numbers of the sections to show, best first: none of those that have nothing of the question."""
    scores = [sum(weights[name] * value for name, value in each._asdict().items()) for each in sections]
    least = max(max(scores, default=0.0) - _MOST_BEHIND, 0.0)
    near = [number for number, score in enumerate(scores) if score > least]
    return sorted(near, key=lambda number: -scores[number])[:_MOST_SHOWN]


def section_features(query: Query, article: Article, vocabulary: Vocabulary) -> list[SectionFeatures]:
    """Return the features of each section; none if the question has neither a word beyond the title nor an intent."""
    asked = _open_terms(query, article, vocabulary)
    wanted = as_told(intents(query.stems) - OPEN_INTENTS)
    if not asked and not wanted:
        return []
    subject = vocabulary.function_terms.union(vocabulary.stems(words(article.title)))
    focus = [stem for term in query.focus for stem in term.split("_") if stem not in subject]
    direction = word_vectors.direction(focus, ())
    headings = [vocabulary.terms_of(section.heading) for section in article.sections]
    texts = [vocabulary.terms_of(section.body) for section in article.sections]
    rarity = _rarity(asked, [{*heading, *text} for heading, text in zip(headings, texts, strict=True)])
    found = []
    for section, heading, text in zip(article.sections, headings, texts, strict=True):
        met = wanted & as_told(intents_of_heading(_stems(heading)))
        nearest = _directions(section, subject, vocabulary) if direction else ()
        found.append(
            SectionFeatures(
                words=sum(
                    weight * (rarity[term] * (term in text or term in heading) + (term in heading))
                    for term, weight in asked.items()
                ),
                heading_intents=len(met),
                text_intents=len(wanted & as_told(intents(_stems(text))) - met),
                direction=max((word_vectors.product(direction, each) for each in nearest), default=0.0),
            )
        )
    return found


def _open_terms(query: Query, article: Article, vocabulary: Vocabulary) -> dict[str, float]:
    """Return the weights of the terms that the title leaves open, twice those of the last question."""
    known = vocabulary.function_terms.union(vocabulary.terms_of(article.title))
    return {
        term: weight * (2 if term in query.focus else 1) for term, weight in query.weights.items() if term not in known
    }


def _rarity(terms: Iterable[str], sections: Sequence[Container[str]]) -> dict[str, float]:
    """Return how few of the sections have each term, as a logarithm: a little if all have it, 0 if none has."""
    counts = {term: sum(term in section for section in sections) for term in terms}
    return {term: math.log((len(sections) + 1) / count) if count else 0.0 for term, count in counts.items()}


def _stems(terms: Iterable[str]) -> list[str]:
    """Return the stems of terms, of which those of several words join theirs."""
    return [stem for term in terms for stem in term.split("_")]


def _directions(section: Section, subject: frozenset[str], vocabulary: Vocabulary) -> Iterator[bytes]:
    """Yield the directions of the heading and of each sentence, without the words that the whole article is about."""
    for sentence in (section.heading, *_SENTENCE_END.split(without_marks(section.body))):
        yield word_vectors.direction([s for s in vocabulary.stems(words(sentence)) if s not in subject], ())


def section_about(words: str, article: Article, vocabulary: Vocabulary) -> str | None:
    """Return the heading of the section that has most of these words, in the heading above all; None if it has none."""
    terms = vocabulary.terms_of(words)
    wanted = vocabulary.weights(set(terms) - vocabulary.function_terms or terms)
    scores = [_weight_in(section, wanted, vocabulary) for section in article.sections]
    best = max(scores, default=0.0)
    return article.sections[scores.index(best)].heading if best > 0 else None


def _weight_in(section: Section, wanted: Mapping[str, float], vocabulary: Vocabulary) -> float:
    """Return the weight of the terms that a heading has, or meets an intent of, and in part of those in its text."""
    heading, text = vocabulary.terms_of(section.heading), vocabulary.terms_of(section.body)
    met = intents_of_heading(_stems(heading))
    shares = {
        term: 1.0 if term in heading or met & intents([term]) else _TEXT_SHARE * (term in text) for term in wanted
    }
    return sum(weight * shares[term] for term, weight in wanted.items())


def tells_of_symptom(query: Query, article: Article, vocabulary: Vocabulary) -> bool:
    """Return whether somebody tells of what the article's urgent note is about, rather than asks about a treatment."""
    if not article.urgent or _OWN.isdisjoint(query.read):
        return False
    title = set(vocabulary.terms_of(article.title))
    in_note = set(vocabulary.terms_of(article.urgent)) - title - vocabulary.function_terms
    return any(term in in_note and query.word(term) not in general_words() for term in query.weights)
