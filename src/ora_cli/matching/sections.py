"""Choosing the sections of an article that answer a question best."""

import math
import re
from collections.abc import Container, Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from ora_cli.content.articles import Article, Section, without_marks
from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.features import AVERAGED
from ora_cli.matching.intents import OPEN_INTENTS, as_told, intents, intents_of_heading
from ora_cli.matching.query import Query
from ora_cli.matching.weights import SECTIONS
from ora_cli.text import word_vectors
from ora_cli.text.words import words

# A second section is shown too if its score, in nats, is not further behind: it is half as likely then.
_MOST_BEHIND = 0.75
_MOST_SHOWN = 2
# What the words of a story count before its last question.
_CIRCUMSTANCE_SHARE = 0.5
# Who looks for a section by its words means its heading rather than what its text mentions.
_TEXT_SHARE = 0.4
# What a word that tells an intent counts at least there, in nats: "why" is in too many phrasings to weigh anything.
_INTENT_WEIGHT = 5.0
# What the words of the title count where phrasings are compared.
_SUBJECT_SHARE = 0.3
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


class SectionFeatures(NamedTuple):
    """How well a section fits a question.

    `words` is the weight of what it has of the question and the title has not, in nats: a term counts the more the
    fewer other sections have it, once more in the heading, and half before the last question of a story.
    `heading_intents` is how many intents of the question its heading meets.
    `direction` is the cosine, by word vectors, of the last question with the sentence that is nearest, less where they
    do not know a word, and without the words of the title.
    `asked` is how near the question is to the phrasings that ask for this section, of the three that are closest.
    """

    words: float
    heading_intents: float
    direction: float
    asked: float


def best_sections(query: Query, article: Article, vocabulary: Vocabulary, phrasings: Sequence[str]) -> tuple[str, ...]:
    """Return the heading of the section that answers best, and of the next one if that is nearly as likely to.

    `phrasings` are those of the article as terms, with blanks between and around. There is no section if the question
    is the title, or has neither a word beyond it nor an intent and is near no phrasing that asks for one.
    """
    if query.read == tuple(words(article.title)):
        return ()  # what the title asks, the short answer says
    numbers = chosen(section_features(query, article, vocabulary, phrasings), SECTIONS)
    return tuple(dict.fromkeys(article.sections[number].heading for number in numbers))


def chosen(sections: Sequence[SectionFeatures], weights: Mapping[str, float]) -> list[int]:
    """Return the numbers of the sections to show, best first: none of those that have nothing of the question."""
    scores = [sum(weights[name] * value for name, value in each._asdict().items()) for each in sections]
    least = max(max(scores, default=0.0) - _MOST_BEHIND, 0.0)
    near = [number for number, score in enumerate(scores) if score > least]
    return sorted(near, key=lambda number: -scores[number])[:_MOST_SHOWN]


def section_features(
    query: Query, article: Article, vocabulary: Vocabulary, phrasings: Sequence[str]
) -> list[SectionFeatures]:
    """Return the features of each section; none if there is nothing to tell them apart by (see `best_sections`)."""
    known = vocabulary.function_terms.union(vocabulary.terms_of(article.title))
    asked = {
        term: weight * (1.0 if term in query.focus else _CIRCUMSTANCE_SHARE)
        for term, weight in query.weights.items()
        if term not in known
    }
    wanted = as_told(intents(query.stems) - OPEN_INTENTS)
    asked_for = _asked_for(query, article, vocabulary, phrasings)
    if not (asked or wanted or asked_for):
        return []
    subject = known.union(vocabulary.stems(words(article.title)))
    direction = word_vectors.direction(_stems(query.focus - known), ())
    headings = [vocabulary.terms_of(section.heading) for section in article.sections]
    texts = [vocabulary.terms_of(section.body) for section in article.sections]
    rarity = _rarity(asked, [{*heading, *text} for heading, text in zip(headings, texts, strict=True)])
    found = []
    for number, (section, heading, text) in enumerate(zip(article.sections, headings, texts, strict=True)):
        met = wanted & as_told(intents_of_heading(_stems(heading)))
        found.append(
            SectionFeatures(
                words=sum(
                    weight * (rarity[term] * (term in text or term in heading) + (term in heading))
                    for term, weight in asked.items()
                ),
                heading_intents=len(met),
                direction=_nearest(section, direction, subject, vocabulary),
                asked=asked_for.get(number, 0.0),
            )
        )
    return found


def _asked_for(query: Query, article: Article, vocabulary: Vocabulary, phrasings: Sequence[str]) -> dict[int, float]:
    """Return how similar those of the closest phrasings are that ask for a section, by its number.

    It is their share in the mean similarity, to which each phrasing counts by its own. The similarity is the Dice
    coefficient of the weights, in which what the title has counts less, for all phrasings have it, and an intent more.
    """
    weights = vocabulary.weights({*query.weights, *(term for line in phrasings for term in line.split())})
    for term in vocabulary.terms_of(article.title):
        weights[term] = weights.get(term, 0.0) * _SUBJECT_SHARE
    for term in [term for term in weights if intents([term]) - OPEN_INTENTS]:
        weights[term] = max(weights[term], _INTENT_WEIGHT)
    asked = set(query.weights)
    similarity = {number: _dice(asked, set(line.split()), weights) for number, line in enumerate(phrasings)}
    closest = sorted(similarity, key=lambda number: (-similarity[number], number))[:AVERAGED]
    total, found = sum(similarity[number] for number in closest), dict[int, float]()
    for number, section in article.sections_of_phrasings().items():
        if number in closest and similarity[number]:
            found[section] = found.get(section, 0.0) + similarity[number] ** 2 / total
    return found


def _dice(one: Set[str], other: Set[str], weights: Mapping[str, float]) -> float:
    """Return the Dice coefficient: twice the weight of what both have, over the weights of both."""
    own, others, common = (sum(weights[term] for term in terms) for terms in (one, other, one & other))
    return 2 * common / (own + others or 1.0)


def _rarity(terms: Iterable[str], sections: Sequence[Container[str]]) -> dict[str, float]:
    """Return how few of the sections have each term, as a logarithm: a little if all have it, 0 if none has."""
    counts = {term: sum(term in section for section in sections) for term in terms}
    return {term: math.log((len(sections) + 1) / count) if count else 0.0 for term, count in counts.items()}


def _stems(terms: Iterable[str]) -> list[str]:
    """Return the stems of terms, of which those of several words join theirs."""
    return [stem for term in terms for stem in term.split("_")]


def _nearest(section: Section, direction: bytes, subject: Container[str], vocabulary: Vocabulary) -> float:
    """Return the cosine of a direction with the nearest of heading and sentences, without the words of the subject."""
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
