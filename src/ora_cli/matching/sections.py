"""Choosing the sections of an article that answer a question best."""

import math
import re
from collections.abc import Container, Iterable, Mapping, Sequence
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
# What the words of a story count before its last question.
_CIRCUMSTANCE_SHARE = 0.5
# Who looks for a section by its words means its heading rather than what its text mentions.
_TEXT_SHARE = 0.4
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
# Who has these words in a question tells of somebody.
_OWN = frozenset({"i", "im", "ive", "my", "me", "he", "she", "his", "her", "our"})


class SectionFeatures(NamedTuple):
    """How well a section fits a question.

    `words` is the weight of what it has of the question and the title has not, in nats: a term counts the more the
    fewer other sections have it, once more in the heading, and half before the last question of a story.
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
    known = vocabulary.function_terms.union(vocabulary.terms_of(article.title))
    asked = {
        term: weight * (1.0 if term in query.focus else _CIRCUMSTANCE_SHARE)
        for term, weight in query.weights.items()
        if term not in known
    }
    wanted = as_told(intents(query.stems) - OPEN_INTENTS)
    if not asked and not wanted:
        return []
    subject = known.union(vocabulary.stems(words(article.title)))
    direction = word_vectors.direction(_stems(query.focus - known), ())
    headings = [vocabulary.terms_of(section.heading) for section in article.sections]
    texts = [vocabulary.terms_of(section.body) for section in article.sections]
    rarity = _rarity(asked, [{*heading, *text} for heading, text in zip(headings, texts, strict=True)])
    found = []
    for section, heading, text in zip(article.sections, headings, texts, strict=True):
        met = wanted & as_told(intents_of_heading(_stems(heading)))
        found.append(
            SectionFeatures(
                words=sum(
                    weight * (rarity[term] * (term in text or term in heading) + (term in heading))
                    for term, weight in asked.items()
                ),
                heading_intents=len(met),
                text_intents=len((wanted & as_told(intents(_stems(text)))) - met),
                direction=_nearest(direction, section, subject, vocabulary),
            )
        )
    return found


def _rarity(terms: Iterable[str], sections: Sequence[Container[str]]) -> dict[str, float]:
    """Return how few of the sections have each term, as a logarithm: a little if all have it, 0 if none has."""
    counts = {term: sum(term in section for section in sections) for term in terms}
    return {term: math.log((len(sections) + 1) / count) if count else 0.0 for term, count in counts.items()}


def _stems(terms: Iterable[str]) -> list[str]:
    """Return the stems of terms, of which those of several words join theirs."""
    return [stem for term in terms for stem in term.split("_")]


def _nearest(direction: bytes, section: Section, subject: frozenset[str], vocabulary: Vocabulary) -> float:
    """Return the cosine with the nearest of heading and sentences, without what the whole article is about."""
    if not direction:
        return 0.0
    sentences = (section.heading, *_SENTENCE_END.split(without_marks(section.body)))
    stems = ([stem for stem in vocabulary.stems(words(each)) if stem not in subject] for each in sentences)
    return max(word_vectors.product(direction, word_vectors.direction(each, ())) for each in stems)


def section_about(wanted_words: str, article: Article, vocabulary: Vocabulary) -> str | None:
    """Return the heading of the section that has most of these words, in the heading above all; None if it has none."""
    terms = vocabulary.terms_of(wanted_words)
    wanted = vocabulary.weights(set(terms) - vocabulary.function_terms or terms)
    scores = [_weight_in(section, wanted, vocabulary) for section in article.sections]
    best = max(scores, default=0.0)
    return article.sections[scores.index(best)].heading if best > 0 else None


def _weight_in(section: Section, wanted: Mapping[str, float], vocabulary: Vocabulary) -> float:
    """Return the weight of the terms in the heading, or whose intent it meets, and a share of that of others in it."""
    heading, text = vocabulary.terms_of(section.heading), vocabulary.terms_of(section.body)
    met = as_told(intents_of_heading(_stems(heading)))
    shares = {
        term: 1.0 if term in heading or met & as_told(intents([term])) else _TEXT_SHARE * (term in text)
        for term in wanted
    }
    return sum(weight * shares[term] for term, weight in wanted.items())


def tells_of_symptom(query: Query, article: Article, vocabulary: Vocabulary) -> bool:
    """Return whether somebody tells of what the article's urgent note is about, rather than asks about a treatment."""
    if not article.urgent or _OWN.isdisjoint(query.read):
        return False
    title = set(vocabulary.terms_of(article.title))
    in_note = set(vocabulary.terms_of(article.urgent)) - title - vocabulary.function_terms
    return any(term in in_note and query.word(term) not in general_words() for term in query.weights)
