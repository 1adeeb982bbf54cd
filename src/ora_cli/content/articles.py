"""The records of an article file: plain values, already checked by `content.reading`.

They are named tuples because these types are created at every start of the program, and a dataclass takes ten times as
long. Modules with named tuples have no postponed annotations, since each annotation would be compiled a second time.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

SOURCE_KINDS = (
    "label",
    "regulator",
    "health-service",
    "professional-body",
    "hospital",
    "reference",
    "review",
    "study",
)

GRADES = ("EMERGENCY", "TODAY")
"""How soon somebody needs help: call now, or the same day; the gravest first."""

SUFFIXES = (".toml", ".jsonl")
"""The suffixes of article files."""

FOOTNOTE = re.compile(r"\[\^([a-z0-9][a-z0-9._-]*)\]")
"""A footnote mark after a claim; the group is the id of its source."""

LIKE_FOOTNOTE = re.compile(r"\[\^([^\[\]\n]{0,100})\]")
"""What a reader takes for a footnote mark, sound or not."""


def without_marks(text: str) -> str:
    """Return the text without its footnote marks."""
    return FOOTNOTE.sub("", text) if "[^" in text else text


def unmarked(text: str) -> str:
    """Return the text as a sentence reads: without footnote marks, and what is strong as plain."""
    return re.sub(rf"\s*{FOOTNOTE.pattern}", "", text).replace("**", "")


class Source(NamedTuple):
    """A publication that articles cite. `date` and `accessed` are ISO 8601, as precise as known."""

    id: str
    title: str
    publisher: str
    url: str
    kind: str
    date: str | None = None
    accessed: str | None = None


class Category(NamedTuple):
    """A group of articles; categories with the same `group` stand together in a list."""

    slug: str
    name: str
    description: str = ""
    group: str = ""

    @classmethod
    def undescribed(cls, slug: str) -> "Category":
        """Return a category made from its slug alone."""
        return cls(slug, slug.replace("-", " ").capitalize())


class Synonym(NamedTuple):
    """A group of terms that the matcher treats as one."""

    terms: tuple[str, ...]


class WordGroup(NamedTuple):
    """Words and phrases that mean much the same, for the rules of red flags."""

    name: str
    words: tuple[str, ...]


class RedFlag(NamedTuple):
    """A sign of danger with the notice that is shown before everything else when a message has it.

    `sign` is its key, `name` what people call it, and `grade` how soon they need help (GRADES). `rules` say when a
    message has it; the signs of the bundled library are seen by a model instead. `examples` are messages that have it.
    """

    sign: str
    name: str
    grade: str
    message: str
    rules: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


class Section(NamedTuple):
    """A part of an article; `body` holds paragraphs, `- ` bullets, **strong** and `[^source-id]` marks.

    `asked` are the phrasings of the article that ask for what this part says.
    """

    heading: str
    body: str
    asked: tuple[str, ...] = ()


class Article(NamedTuple):
    """One question with its answer; `sources` are in the order in which the text cites them.

    `topics` are the bare names that this article is the overview of; a `treatment` is something a person has or takes.
    `unanswered` are questions on its subject that it does not answer: who asks one is told so, not given half of it.
    """

    slug: str
    title: str
    category: str
    answer: str
    also_asked: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    urgent: str | None = None
    reviewed: str | None = None
    see_also: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    treatment: bool = False
    sources: tuple[Source, ...] = ()
    origin: str = ""

    def phrasings(self) -> tuple[str, ...]:
        """Return every way to ask for the article: the title, then `other_phrasings`, then `topics`."""
        return (self.title, *self.other_phrasings(), *self.topics)

    def other_phrasings(self) -> tuple[str, ...]:
        """Return what is asked of the whole, and then of each section."""
        return (*self.also_asked, *(phrasing for section in self.sections for phrasing in section.asked))

    def phrasing_key(self, number: int) -> str:
        """Return the key under which the phrasing with this number stands, be it asked of the whole or of a section."""
        return "title" if number == 0 else "also_asked" if number <= len(self.other_phrasings()) else "topics"

    def sections_of_phrasings(self) -> dict[int, int]:
        """Return the number of the section that each phrasing asks for, by the number of the phrasing, if it does."""
        asked = (section for section, part in enumerate(self.sections) for _ in part.asked)
        return dict(enumerate(asked, 1 + len(self.also_asked)))

    def headed(self, headings: Iterable[str]) -> list[Section]:
        """Return the first section with each of these headings, in their order."""
        by_heading = {section.heading: section for section in reversed(self.sections)}
        return [by_heading[heading] for heading in headings if heading in by_heading]

    def texts(self) -> Iterator[str]:
        """Yield the texts of the article in reading order, without title and headings."""
        if self.urgent:
            yield self.urgent
        yield self.answer
        for section in self.sections:
            yield section.body

    def plain_text(self) -> str:
        """Return the texts of the article as one, without title, headings and footnote marks."""
        return without_marks("\n".join(self.texts()))


Record = Article | Category | Source | Synonym | WordGroup | RedFlag


class Problem(NamedTuple):
    """A mistake in an article file: where it is, what is wrong, and a hint how to correct it."""

    file: str
    what: str
    hint: str
    line: int | None = None
    article: str | None = None
    key: str | None = None

    def __str__(self) -> str:
        """Return it as one line: the place first, as compilers do."""
        line = f":{self.line}" if self.line else ""
        where = [f"{self.file}{line}", self.article, self.key]
        return ": ".join([*filter(None, where), f"{self.what}; {self.hint}"])
