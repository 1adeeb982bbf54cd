"""What a question asks of a topic by its name ("botox cost"), and which article tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ora_cli.content.articles import Article
from ora_cli.matching.intents import OPEN_INTENTS, as_told, intents, intents_of_heading
from ora_cli.matching.naming import names_of
from ora_cli.matching.query import Query
from ora_cli.text.words import general_words, words

if TYPE_CHECKING:
    from ora_cli.index.vocabulary import Vocabulary

# What is asked of a topic by its name ("botox cost uk", "is lip filler safe") has no more words than this.
_LONGEST = 10
# What may stand beside the name of a topic and an intent without asking anything else: "who" or "why" would.
_FRAMING = frozenset(
    """
    a an the is are was do does did what whats how of for it its work works mean i my me in to get getting have uk
    and or about
    """.split()  # noqa: SIM905 -- a list of forty strings would be harder to read
)
# What may stand there too where something is asked ("how can you treat X", "is there a cure for X"), and what asks.
_FRAMING_INTENT = frozenset(
    """
    you with from can could should be they them there any some most effective best main common possible available
    topical important
    """.split()  # noqa: SIM905 -- a list of twenty strings would be harder to read
)
_TELL_ME = frozenset({"information", "tell", "know", "explain"})
# Words of another sense with the stem of an intent: "complications" are risks.
_NO_INTENT = frozenset({"complicated", "complicate"})
# "How much is it" asks the cost, "how much do I need" does not.
_COSTS = frozenset({"is", "are", "for", "doe"})
# Whether a thing works any overview tells, unless it is known not to.
_EFFICACY = frozenset({"efficacy"})
# Intents that an article can be seen to meet; when to see a doctor, say, they all tell.
_TOLD_INTENTS = _EFFICACY.union(
    """
    cost treatment removal safety duration recovery pregnancy cause symptom prevention test contagion child
    """.split()  # noqa: SIM905 -- a list of thirteen strings would be harder to read
)
_ARTICLES = frozenset({"a", "an", "the"})


class TopicQuestion(NamedTuple):
    """A question that names a topic and wants to know of it no more than some intents.

    `overview` is the article that lists the topic, and `names` are all its names, each as terms, that in the question
    first. `wanted` are the particular intents; there are none where the question asks what it is. `treatment` says that
    the topic is one.
    """

    overview: int
    names: tuple[frozenset[str], ...]
    wanted: frozenset[str]
    treatment: bool

    def particular(self, stems: Iterable[str]) -> frozenset[str]:
        """Return the intents of these stems that not every overview meets, what headings do not tell apart as one.

        The risks of a treatment are its side effects, and to get rid of something is its treatment, if it is not one
        itself: then the word "treatment" asks nothing.
        """
        found = intents(stem for stem in stems if not (self.treatment and stem == "treatment")) - OPEN_INTENTS
        apart = found & {"removal"} if self.treatment else frozenset[str]()
        return as_told(found - apart) | apart


def topic_question(query: Query, vocabulary: Vocabulary, *, category: str | None = None) -> TopicQuestion | None:
    """Return what a question asks of a topic, if it asks no more than "what is", "cost" or "does it work".

    All words but the name must frame a question or express an intent; the longest name counts.
    """
    read, stems = query.read, query.stems
    if not 1 < len(read) <= _LONGEST or not _NO_INTENT.isdisjoint(read):
        return None
    framing = [_frames(word) or bool(intents([stem])) for word, stem in zip(read, stems, strict=True)]
    for start, end in _spans_around(framing):
        names = ((vocabulary.index.topic(name), name) for name in names_of(stems[start:end], vocabulary))
        overview, name = next((found for found in names if found[0] is not None), (None, ()))
        if overview is not None:
            article = vocabulary.index.article_by_id(overview)
            all_names = (vocabulary.synonyms.canonical(name), *map(vocabulary.terms_of, article.topics))
            asked = TopicQuestion(overview, tuple(map(frozenset, all_names)), frozenset(), article.treatment)
            asked = asked._replace(wanted=_wanted(asked, stems[:start] + stems[end:]))
            told = _is_asked(asked, read[:start] + read[end:]) and asked.wanted <= _TOLD_INTENTS
            return asked if told and category in (None, article.category) else None
    return None


def _frames(word: str) -> bool:
    return word in _FRAMING or word in _FRAMING_INTENT or word in _TELL_ME


def _is_asked(asked: TopicQuestion, beside: Sequence[str]) -> bool:
    """Return whether the words beside the name ask something; "can you X" does not."""
    return bool(asked.wanted) or not _TELL_ME.isdisjoint(beside) or _FRAMING_INTENT.isdisjoint(beside)


def _wanted(asked: TopicQuestion, stems: Sequence[str]) -> frozenset[str]:
    """Return the particular intents that the stems beside a name express."""
    wanted = asked.particular(stems)
    if "cost" in wanted or ("much" in stems and not _COSTS.isdisjoint(stems)):
        wanted = wanted - {"amount"} | {"cost"}
    # Which treatment is best is told where treatments are.
    return wanted - {"choice"} if "treatment" in wanted else wanted


def title_tells(asked: TopicQuestion, title: str, vocabulary: Vocabulary, *, alone: bool) -> bool:
    """Return whether a title has the topic and says all that is asked; with `alone` it must be of nothing else."""
    has_topic = asked.names[0].issubset(vocabulary.terms_of(title))
    return has_topic and asked.wanted <= _met_by_title(asked, title, vocabulary, alone=alone)


def phrasings_tell(asked: TopicQuestion, phrasings: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Return whether the questions that an article answers, as terms, ask all that is asked of the topic."""
    return not asked.wanted.difference(*_asked_by(phrasings, asked, vocabulary))


def headings_tell(asked: TopicQuestion, overview: Article, unanswered: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Return whether the title and the headings of an overview say what is asked of it.

    `unanswered` are the terms of the questions that it is known not to answer. They were read against all of it, so
    they are believed before its headings, in which words mean several things.
    """
    left = asked.wanted - _met_by_title(asked, overview.title, vocabulary, alone=False)
    if any(wanted & left for wanted in _asked_by(unanswered, asked, vocabulary)):
        return False
    for section in overview.sections:
        stems = vocabulary.stems(words(section.heading))
        left -= asked.particular(stems) | intents_of_heading(stems)
    return left <= _EFFICACY


def is_unanswered(query: Query, unanswered: Iterable[str]) -> bool:
    """Return whether a question is, but for "a" and "the", one of those of which these are the terms."""
    asked = _without_articles(query.terms)
    return any(_without_articles(line.split()) == asked for line in unanswered)


def _without_articles(terms: Iterable[str]) -> list[str]:
    return [term for term in terms if term not in _ARTICLES]


def _asked_by(lines: Iterable[str], asked: TopicQuestion, vocabulary: Vocabulary) -> Iterator[frozenset[str]]:
    """Yield what those lines of terms want to know that ask of the topic a part of what is asked, and no more."""
    framing = frozenset(vocabulary.terms([*_FRAMING, *_FRAMING_INTENT, *_TELL_ME]))
    for line in lines:
        terms = line.split()
        for name in asked.names if len(terms) <= _LONGEST else ():
            beside = [term.split("_") for term in terms if term not in name]
            if name.issubset(terms) and all(framing.issuperset(stems) or intents(stems) for stems in beside):
                wanted = _wanted(asked, [stem for stems in beside for stem in stems])
                if wanted <= asked.wanted:
                    yield wanted


def _met_by_title(asked: TopicQuestion, title: str, vocabulary: Vocabulary, *, alone: bool) -> frozenset[str]:
    """Return the intents that those parts of a title meet which are of nothing else than the topic.

    "Can hair loss from chemotherapy be prevented?" does not say how to prevent hair loss. With `alone` none is met if
    the name stands among other words: "What is a paraffin wax bath, and is it safe?" says nothing of wax.
    """
    name = asked.names[0]
    met: frozenset[str] = frozenset()
    for part in title.split(","):
        read = words(part)
        stems = vocabulary.stems(read)
        content = [
            word for word, stem in zip(read, stems, strict=True) if word not in general_words() and not intents([stem])
        ]
        subject = set(vocabulary.terms(content)) - vocabulary.function_terms
        if subject <= name:
            met |= asked.particular(stems)
        elif alone and not subject.isdisjoint(name):
            return frozenset()
    return met


def _spans_around(framing: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the spans, longest first, that leave framing words outside, and some."""
    count = len(framing)
    first = framing.index(False) if False in framing else count - 1
    last = count - framing[::-1].index(False) if False in framing else 1
    spans = [(start, end) for start in range(first + 1) for end in range(max(last, start + 1), count + 1)]
    return sorted((span for span in spans if span != (0, count)), key=lambda span: (span[0] - span[1], span[0]))
