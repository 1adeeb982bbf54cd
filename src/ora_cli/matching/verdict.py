"""What comes out of a question: plain values, the same for every caller and every output."""

from enum import StrEnum
from typing import NamedTuple

from ora_cli.content.articles import Article, RedFlag
from ora_cli.matching.query import Correction


class Status(StrEnum):
    """The three outcomes of a question, and that it could not be asked at all."""

    ANSWERED = "answered"
    SUGGESTED = "suggested"
    NO_MATCH = "no_match"
    ERROR = "error"


class Match(NamedTuple):
    """An article that may answer; `matched_on` is the field of it that came closest and its text."""

    slug: str
    title: str
    category: str
    origin: str
    confidence: float
    matched_on: tuple[str, str]


class WordWeight(NamedTuple):
    """A word of the question, what it counts for in this collection (nats), and where the article has it."""

    word: str
    weight: float
    found_in: str | None


class MatchDetail(NamedTuple):
    """How one match came about: its words, and each feature with what it added to the score."""

    slug: str
    score: float
    words: tuple[WordWeight, ...]
    features: tuple[tuple[str, float, float], ...]


class Explanation(NamedTuple):
    """How the verdict came about: the best match, the runner-up, and what the decision saw.

    `evidence` adds up to the log odds of an answer: each piece with its value and what it adds.
    """

    details: tuple[MatchDetail, ...]
    evidence: tuple[tuple[str, float, float], ...]
    synonyms: tuple[tuple[str, str], ...]
    margin: float
    threshold: float


class Verdict(NamedTuple):
    """The outcome of one question.

    `confidence` estimates, between 0 and 1, that the best match answers it. `article` is there when the status is
    answered, and `section` is then the heading that answers best. `reason` says why there is no answer.
    """

    query: str
    status: Status
    confidence: float = 0.0
    article: Article | None = None
    section: str | None = None
    matches: tuple[Match, ...] = ()
    corrections: tuple[Correction, ...] = ()
    red_flag: RedFlag | None = None
    reason: str | None = None
    explanation: "Explanation | None" = None
    error: str | None = None
