"""What comes out of a question: plain values, the same for every caller and every output."""

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ora_cli.articles import Article, RedFlag
from ora_cli.query import Correction

if TYPE_CHECKING:
    from ora_cli.explain import Explanation


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
