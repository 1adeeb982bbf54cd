"""What a question asks of a topic by its name ("botox cost"), and which article tells it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ora_cli.content.articles import Article
from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.intents import OPEN_INTENTS, as_told, intents, intents_of_heading
from ora_cli.matching.naming import names_of
from ora_cli.matching.query import Query
from ora_cli.text.words import general_words, words

# What is asked of a topic by its name ("botox cost uk", "is lip filler safe") has no more words than this.
_LONGEST = 10
# What may stand beside the name of a topic and an intent without asking anything else: "who" or "why" would.
_FRAMING = frozenset(
    """
    a an the is are was do does did what whats how of for it its work works mean i my me in to get getting have uk
    and or about
    """.split()  # noqa: SIM905 -- a list of single words would be harder to read
)
# What may stand there too where something is asked ("how can you treat X", "is there a cure for X"), and what asks.
_FRAMING_INTENT = frozenset(
    """
    you with from can could should be they them there any some most effective best main common possible available
    topical important
    """.split()  # noqa: SIM905 -- a list of single words would be harder to read
)
_TELL_ME = frozenset({"information", "tell", "know", "explain"})
_ALL_FRAMING = _FRAMING | _FRAMING_INTENT | _TELL_ME
# Words of another sense with the stem of an intent: "complications" are risks.
_NO_INTENT = frozenset({"complicated", "complicate"})
# "How much is it" asks the cost, "how much do I need" does not.
_COSTS = frozenset({"is", "are", "for", "doe"})
# Whether a treatment works its overview tells, unless it is known not to.
_EFFICACY = frozenset({"efficacy"})
# Intents that an article can be seen to meet; when to see a doctor, say, they all tell.
_TOLD_INTENTS = _EFFICACY.union(
    """
    cost treatment removal safety duration recovery pregnancy cause symptom prevention test contagion child
    """.split()  # noqa: SIM905 -- a list of single words would be harder to read
)
_DETERMINERS = frozenset({"a", "an", "the"})
# General words elsewhere, but a title that has them tells of these people alone.
_WHO = frozenset(
    "female male man men woman women boy boys girl girls adult adults child children baby babies".split()  # noqa: SIM905
)


class TopicQuestion(NamedTuple):
    """A question that names a topic and wants to know of it no more than some intents.

    `overview` is the article that lists the topic, and `names` are all its names, each as terms. `wanted` are the
    particular intents; there are none where the question asks what it is. `treatment` says that the topic is one.
    """

    overview: int
    names: tuple[frozenset[str], ...]
    wanted: frozenset[str]
    treatment: bool


def topic_question(query: Query, vocabulary: Vocabulary, *, category: str | None = None) -> TopicQuestion | None:
    """Return what a question asks of a topic, if it asks no more than "what is", "cost" or "does it work".

    All words but the name must frame a question or express an intent; the longest name counts.
    """
    read, stems = query.read, query.stems
    if not 1 < len(read) <= _LONGEST or not _NO_INTENT.isdisjoint(read):
        return None
    framing = [word in _ALL_FRAMING or bool(intents([stem])) for word, stem in zip(read, stems, strict=True)]
    for start, end in _spans_around(framing):
        names = ((vocabulary.index.topic(name), name) for name in names_of(stems[start:end], vocabulary))
        overview, name = next((found for found in names if found[0] is not None), (None, ()))
        if overview is not None:
            article = vocabulary.index.article_by_id(overview)
            wanted = _wanted(stems[:start] + stems[end:], treatment=article.treatment)
            if not _is_asked(wanted, read[:start] + read[end:]) or category not in (None, article.category):
                return None
            all_names = (vocabulary.synonyms.canonical(name), *map(vocabulary.terms_of, article.topics))
            return TopicQuestion(overview, tuple(map(frozenset, all_names)), wanted, article.treatment)
    return None


def _is_asked(wanted: frozenset[str], beside: Sequence[str]) -> bool:
    """Return whether the words beside a name ask what articles tell; "can you X" asks nothing."""
    asked = bool(wanted) or not _TELL_ME.isdisjoint(beside) or _FRAMING_INTENT.isdisjoint(beside)
    return asked and wanted <= _TOLD_INTENTS


def _wanted(stems: Sequence[str], *, treatment: bool) -> frozenset[str]:
    """Return the particular intents that the stems beside the name of a topic express, a treatment or not."""
    wanted = _particular(stems, treatment=treatment)
    if "cost" in wanted or (wanted - {"amount"} <= {"treatment"} and "much" in stems and not _COSTS.isdisjoint(stems)):
        wanted = wanted - {"amount"} | {"cost"}
    # Which treatment is best is told where treatments are.
    return wanted - {"choice"} if "treatment" in wanted else wanted


def _particular(stems: Iterable[str], *, treatment: bool) -> frozenset[str]:
    """Return the intents of these stems that not every overview meets.

    Of a treatment the word "treatment" asks nothing, and to get rid of it is no treatment. "How does it work" asks what
    it is, not whether it works.
    """
    found = intents(stem for stem in stems if not (treatment and stem == "treatment"))
    found -= OPEN_INTENTS | _EFFICACY if "how" in found else OPEN_INTENTS
    apart = found & {"removal"} if treatment else frozenset[str]()
    return as_told(found - apart) | apart


def title_tells(asked: TopicQuestion, title: str, vocabulary: Vocabulary, *, alone: bool) -> bool:
    """Return whether a title has the topic and says all that is asked; with `alone` it must be of nothing else."""
    terms = vocabulary.terms_of(title)
    named = (name for name in asked.names if name.issubset(terms))
    return any(asked.wanted <= _met_by_title(asked, name, title, vocabulary, alone=alone) for name in named)


def phrasings_tell(asked: TopicQuestion, phrasings: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Return whether the questions that an article answers, as terms, together ask all that is asked of the topic."""
    return not asked.wanted.difference(*_asked_by(phrasings, asked, vocabulary))


def headings_tell(asked: TopicQuestion, overview: Article, unanswered: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Return whether the title and the headings of an overview say what is asked of it.

    `unanswered` are the terms of the questions that it is known not to answer. They were read against all of it, so
    they are believed before its headings, in which words mean several things.
    """
    met = (_met_by_title(asked, name, overview.title, vocabulary, alone=False) for name in asked.names)
    left = asked.wanted.difference(*met)
    if any(wanted & left for wanted in _asked_by(unanswered, asked, vocabulary)):
        return False
    for section in overview.sections:
        stems = vocabulary.stems(words(section.heading))
        left -= _particular(stems, treatment=asked.treatment) | intents_of_heading(stems)
    return left <= (_EFFICACY if asked.treatment else frozenset())


def is_unanswered(query: Query, unanswered: Iterable[str]) -> bool:
    """Return whether a question is one of those of which these are the terms, but for "a", "an" and "the"."""
    asked = _without_determiners(query.terms)
    return any(_without_determiners(line.split()) == asked for line in unanswered)


def _without_determiners(terms: Iterable[str]) -> list[str]:
    return [term for term in terms if term not in _DETERMINERS]


def _asked_by(lines: Iterable[str], asked: TopicQuestion, vocabulary: Vocabulary) -> Iterator[frozenset[str]]:
    """Yield the intents of each line of terms that asks of the topic nothing but what is asked, or a part of it."""
    framing = frozenset(map(vocabulary.synonyms.single, vocabulary.stems(sorted(_ALL_FRAMING))))
    for line in lines:
        terms = line.split()
        if len(terms) > _LONGEST:
            continue
        for name in filter(frozenset(terms).issuperset, asked.names):
            beside = [term.split("_") for term in terms if term not in name]
            wanted = _wanted([stem for stems in beside for stem in stems], treatment=asked.treatment)
            if wanted <= asked.wanted and all(framing.issuperset(stems) or intents(stems) for stems in beside):
                yield wanted


def _met_by_title(
    asked: TopicQuestion, name: frozenset[str], title: str, vocabulary: Vocabulary, *, alone: bool
) -> frozenset[str]:
    """Return the intents that those parts of a title meet which are of nothing else than the topic of this name.

    "Can hair loss from chemotherapy be prevented?" does not say how to prevent hair loss. With `alone` none is met if
    the name stands among other words: "What is a paraffin wax bath, and is it safe?" says nothing of wax.
    """
    met: frozenset[str] = frozenset()
    for part in title.split(","):
        read = words(part)
        stems = vocabulary.stems(read)
        content = [
            word
            for word, stem in zip(read, stems, strict=True)
            if (word in _WHO or word not in general_words()) and not intents([stem])
        ]
        subject = set(vocabulary.terms(content)) - vocabulary.function_terms
        if subject <= name:
            met |= _particular(stems, treatment=asked.treatment)
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
