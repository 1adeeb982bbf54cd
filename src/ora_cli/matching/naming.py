"""What a question names outright: an article by a phrasing, a topic by its bare name, or what it asks of a topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

from ora_cli.content.articles import Article
from ora_cli.matching.intents import intents, intents_of_heading
from ora_cli.matching.query import Query
from ora_cli.text.words import general_words, words

if TYPE_CHECKING:
    from ora_cli.index.vocabulary import Vocabulary

# A topic whose words all have synonyms has many names; more than this are not tried.
_MOST_NAMES = 50
# The bare name of a topic has no more words than this.
_LONGEST_NAME = 3
# What is asked of a topic by its name ("botox cost uk", "is lip filler safe") has no more words than this.
_LONGEST_ASKED = 10
# What may stand beside the name of a topic and an intent without asking anything else: "who" or "should" would.
_FRAMING = frozenset(
    """
    a an the is are was do does did what whats how of for it its work works mean i my me in to get getting have uk
    and or about
    """.split()  # noqa: SIM905 -- a list of forty strings would be harder to read
)
# What may stand there too where something is asked: "how do you treat X", "do you have information about X".
_FRAMING_INTENT = frozenset({"you", "with", "from", "information"})
# Words of another sense with the stem of an intent: "complications" are risks.
_NO_INTENT = frozenset({"complicated", "complicate"})
# Intents that any overview meets; whether a thing works, it tells unless it is known not to.
_OPEN_INTENTS = frozenset({"what", "how", "meaning"})
_EFFICACY = frozenset({"efficacy"})
# Intents that an article can be seen to meet; when to see a doctor, say, they all tell.
_TOLD_INTENTS = _EFFICACY.union(
    """
    cost treatment safety duration recovery pregnancy cause symptom prevention test contagion child
    """.split()  # noqa: SIM905 -- a list of twelve strings would be harder to read
)
# Intents that headings do not tell apart: the risks of a treatment are its side effects.
_TOLD_AS = {"effect": "safety", "removal": "treatment"}


class TopicAsked(NamedTuple):
    """An overview whose topic a question names, and what the question, of these terms, wants to know of it."""

    overview: int
    name: tuple[str, ...]
    wanted: frozenset[str]
    terms: tuple[str, ...]

    @property
    def line(self) -> str:
        """The question as its terms stand among those of an article."""
        return f" {' '.join(self.terms)} "


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
            if phrased is None and any(tuple(words(phrasing)) in wanted for phrasing in article.also_asked):
                phrased = number
    return phrased


def topic_named(query: Query, vocabulary: Vocabulary, *, category: str | None = None) -> int | None:
    """Return the overview whose topic the question is the bare name of, corrected and with any of its synonyms."""
    found = (vocabulary.index.topic(stems) for stems in _names(query.stems, vocabulary))
    overview = next((number for number in found if number is not None), None)
    if overview is not None and category not in (None, vocabulary.index.article_by_id(overview).category):
        return None
    return overview


def topic_asked(query: Query, vocabulary: Vocabulary, *, category: str | None = None) -> TopicAsked | None:
    """Return the topic of which a question asks no more than "what is", "cost", "side effects" or "does it work".

    All the other words must frame a question or express an intent; the longest name counts.
    """
    read, stems = query.read, query.stems
    if not 1 < len(read) <= _LONGEST_ASKED:
        return None
    framing = [_frames(word, stem) for word, stem in zip(read, stems, strict=True)]
    for start, end in _spans_around(framing):
        names = _names(stems[start:end], vocabulary)
        found = next(((number, name) for name in names if (number := vocabulary.index.topic(name)) is not None), None)
        if found is not None:
            overview, name = found
            article = vocabulary.index.article_by_id(overview)
            beside = read[:start] + read[end:]
            # "Microneedling treatment" asks nothing particular.
            open_intents = {"treatment"} if article.treatment else set[str]()
            wanted = _wanted(beside, intents(stems[:start] + stems[end:]) - open_intents)
            asked = bool(wanted) or "information" in beside or _FRAMING_INTENT.isdisjoint(beside)
            told = category in (None, article.category) and asked and wanted <= _TOLD_INTENTS
            return TopicAsked(overview, name, wanted, query.terms) if told else None
    return None


def _frames(word: str, stem: str) -> bool:
    """Return whether a word beside the name of a topic may frame a question of it, or expresses an intent."""
    return word in _FRAMING or word in _FRAMING_INTENT or (word not in _NO_INTENT and bool(intents([stem])))


def tells(
    asked: TopicAsked, article: Article, vocabulary: Vocabulary, answered: Iterable[str], *, beside: bool
) -> bool:
    """Return whether the title of an article, or the questions that it answers, say all that is asked of the topic.

    `answered` are the terms of the questions. The title of one `beside` the overview must be of the topic alone.
    """
    name = frozenset(vocabulary.synonyms.canonical(asked.name))
    if beside and not name.issubset(vocabulary.terms_of(article.title)):
        return False
    left = asked.wanted - _met_by_title(article.title, name.union(asked.name), vocabulary, only=beside)
    return not left.difference(*_asked_by(answered, asked, vocabulary))


def headings_tell(asked: TopicAsked, overview: Article, vocabulary: Vocabulary, unanswered: Iterable[str]) -> bool:
    """Return whether the title and the headings of an overview say what is asked of it.

    `unanswered` are the terms of the questions that it is known not to answer. They were read against all of it, so
    they are believed before its headings, in which words mean several things.
    """
    name = frozenset(vocabulary.synonyms.canonical(asked.name)).union(asked.name)
    left = asked.wanted - _met_by_title(overview.title, name, vocabulary, only=False)
    if any(wanted & left for wanted in _asked_by(unanswered, asked, vocabulary)):
        return False
    headings = (vocabulary.stems(words(section.heading)) for section in overview.sections)
    return left <= _EFFICACY.union(*(_particular(intents_of_heading(heading)) for heading in headings))


def _asked_by(lines: Iterable[str], asked: TopicAsked, vocabulary: Vocabulary) -> Iterator[frozenset[str]]:
    """Yield what those lines of terms want to know that ask of the topic a part of what is asked, and no more."""
    name = frozenset(vocabulary.synonyms.canonical(asked.name))
    framing = frozenset(vocabulary.stems(sorted(_FRAMING | _FRAMING_INTENT)))
    for line in lines:
        terms = line.split()
        if len(terms) > _LONGEST_ASKED or not name.issubset(terms):
            continue
        beside = [intents(term.split("_")) for term in terms if term not in name and term not in framing]
        wanted = _particular(frozenset().union(*beside))
        if all(beside) and wanted <= asked.wanted:
            yield wanted


def _met_by_title(title: str, name: frozenset[str], vocabulary: Vocabulary, *, only: bool) -> frozenset[str]:
    """Return the intents that those parts of a title meet which are of nothing else than the topic of this name.

    "Can hair loss from chemotherapy be prevented?" does not say how to prevent hair loss. With `only` none is met if
    the name stands among other words: "What is a paraffin wax bath, and is it safe?" says nothing of wax.
    """
    met: frozenset[str] = frozenset()
    for part in title.split(","):
        read = words(part)
        stems = vocabulary.stems(read)
        content = [
            word for word, stem in zip(read, stems, strict=True) if word not in general_words() and not intents([stem])
        ]
        subject = set(vocabulary.terms(content)) - vocabulary.function_terms
        if subject <= name:
            met |= intents(stems)
        elif only and not subject.isdisjoint(name):
            return frozenset()
    return met


def _spans_around(framing: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the spans, longest first, that leave framing words outside, and some."""
    count = len(framing)
    first = framing.index(False) if False in framing else count - 1
    last = count - framing[::-1].index(False) if False in framing else 1
    spans = [(start, end) for start in range(first + 1) for end in range(max(last, start + 1), count + 1)]
    return sorted((span for span in spans if span != (0, count)), key=lambda span: (span[0] - span[1], span[0]))


def _wanted(read: Sequence[str], expressed: frozenset[str]) -> frozenset[str]:
    """Return the particular intents of those that the words beside a name express; "how much is it" asks the cost."""
    wanted = _particular(expressed)
    if "cost" in wanted or ("much" in read and not {"have", "get", "i"} & set(read)):
        wanted = wanted - {"amount"} | {"cost"}
    return wanted


def _particular(wanted: frozenset[str]) -> frozenset[str]:
    """Return the intents that not every overview meets, those that headings do not tell apart as one."""
    return frozenset(_TOLD_AS.get(intent, intent) for intent in wanted if intent not in _OPEN_INTENTS)


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


def _names(stems: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    """Yield the stems, then the same with any synonyms in place of its terms."""
    yield stems
    terms = vocabulary.synonyms.canonical(stems)
    spelled = (vocabulary.synonyms.members(term) for term in terms)
    if len(terms) <= _LONGEST_NAME:
        yield from (sum(each, ()) for each in islice(product(*spelled), _MOST_NAMES))
