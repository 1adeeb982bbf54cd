"""The verdict on a question: plain values, the same for all callers and output formats."""

from enum import StrEnum
from typing import NamedTuple

from ora_cli.content.articles import Article, RedFlag, unmarked
from ora_cli.matching.query import Correction


class Status(StrEnum):
    """The outcomes of a question; `ERROR` means that it could not be asked."""

    ANSWERED = "answered"
    SUGGESTED = "suggested"
    NO_MATCH = "no_match"
    ERROR = "error"


class Match(NamedTuple):
    """An article that may answer; `matched_on` is the closest phrasing, as its key in the article and its text."""

    slug: str
    title: str
    category: str
    origin: str
    confidence: float
    matched_on: tuple[str, str]


class Link(NamedTuple):
    """An article to read next, as far as a list of numbers needs it."""

    slug: str
    title: str


class Topic(NamedTuple):
    """The subject that a question names and asks nothing of; `more` are the articles about it, the overview aside."""

    name: str
    more: tuple[Link, ...]


class WordWeight(NamedTuple):
    """A word of the question, its weight (nats), and where the article has it (None if nowhere)."""

    word: str
    weight: float
    found_in: str | None


class MatchDetail(NamedTuple):
    """The score of a match: the words of the question, and the features as (name, value, added to the score)."""

    slug: str
    score: float
    words: tuple[WordWeight, ...]
    features: tuple[tuple[str, float, float], ...]


class Explanation(NamedTuple):
    """How a verdict came about: the best match, the runner-up, and the evidence.

    The evidence is listed as (name, value, added to the log odds of an answer).
    """

    details: tuple[MatchDetail, ...]
    evidence: tuple[tuple[str, float, float], ...]
    synonyms: tuple[tuple[str, str], ...]
    margin: float
    threshold: float


class Verdict(NamedTuple):
    """The outcome of one question.

    `confidence` (0 to 1) is the estimated probability that the best match answers it. `article` is set if the status is
    ANSWERED; `sections` are then the headings of the one or two sections that the question is about, best first, if it
    is about any, `see_also` leads to the articles to read next, those first that the question may mean too, and
    `urgent_first` says that the question may tell of what the article calls urgent. `topic` is there when the question
    is the bare name of one. `reason` says why there is no answer, `unknown` are the words that no article has,
    `outside` says that none of its words is a subject of these articles, or that it seems to be of another field, and
    `elsewhere` that nothing in it is about health at all. `likely` is the best match where it is no sure answer, but
    likelier than not to be one.
    """

    query: str
    status: Status
    confidence: float = 0.0
    article: Article | None = None
    sections: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    corrections: tuple[Correction, ...] = ()
    red_flag: RedFlag | None = None
    reason: str | None = None
    explanation: "Explanation | None" = None
    error: str | None = None
    topic: Topic | None = None
    see_also: tuple[Link, ...] = ()
    urgent_first: bool = False
    unknown: tuple[str, ...] = ()
    outside: bool = False
    elsewhere: bool = False
    likely: Article | None = None

    @property
    def section(self) -> str | None:
        """The heading of the section that answers best, if the question is about one."""
        return self.sections[0] if self.sections else None

    def text(self) -> str:
        """Return what there is to say, as text without any marks.

        That is the notice of a red flag, then the short answer with the sections that the question is about, or what
        there is about a topic, or the reason why there is no answer.
        """
        parts = [self.red_flag.message] if self.red_flag else []
        if self.article:
            parts.append(self.article.answer)
            parts += (part.body for part in self.article.headed(self.sections))
        elif self.topic:
            parts.append("\n".join(link.title for link in self.topic.more))
        else:
            parts.append(self.error or self.reason or "")
        return "\n\n".join(map(unmarked, parts))
