"""Which section of an article answers, and whether somebody tells of a symptom."""

from __future__ import annotations

import pytest
from written import Row, article, index_of

from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.query import analyse
from ora_cli.matching.sections import best_section, tells_of_symptom


def section(heading: str, body: str = "Nothing else.") -> dict[str, str]:
    return {"heading": heading, "body": body}


def answering(question: str, *sections: dict[str, str], title: str = "What is a zorbel?") -> str | None:
    """Return the heading of the section that answers, in an article on zorbels."""
    rest = [article(f"Is a {word} fine?") for word in ("marnik", "grumvel", "tarpon", "velquin", "dorvash")]
    index = index_of([article(title, section=list(sections)), *rest])
    vocabulary = Vocabulary(index)
    return best_section(analyse(question, vocabulary), index.article_by_id(1), vocabulary)


A, B = section("The marnik"), section("The grumvel")
CASES: dict[str, tuple[str, list[dict[str, str]], str | None]] = {
    "what is named in a heading": ("does a zorbel need a grumvel", [A, B], "The grumvel"),
    "what is told in a text": ("zorbel and tarpon", [A, section("More", "A tarpon is wet.")], "More"),
    "the title itself": ("what is a zorbel", [section("What a zorbel is"), A], None),
    "nothing but the subject": ("zorbel", [section("Zorbel"), A], None),
    "general words are no subject": ("zorbel today", [section("Today"), A], None),
    "nothing of it": ("zorbel velquin", [A, B], None),
    "two that fit alike": ("zorbel marnik grumvel", [A, B], None),
    "a heading before a text": ("zorbel marnik", [section("More", "The marnik is wet."), A], "The marnik"),
    "two texts are not as much as a heading": (
        "zorbel marnik tarpon velquin",
        [section("More", "The marnik and the tarpon."), section("The velquin")],
        "The velquin",
    ),
    "three texts beside a heading leave no doubt": (
        "zorbel marnik tarpon velquin dorvash grumvel",
        [section("More", "The marnik, the tarpon, the grumvel and the dorvash."), section("The velquin")],
        "More",
    ),
    "a heading with the same intent in other words": (
        "is a zorbel contagious",
        [A, section("How it spreads")],
        "How it spreads",
    ),
    "a heading with the same intent": (
        "what does a zorbel cost",
        [section("Where from"), section("The price"), section("The risk")],
        "The price",
    ),
    "an intent is not worth a whole name and a text": (
        "how much is the price of a zorbel with marnik",
        [section("The price", "Of a marnik."), section("The marnik")],
        "The price",
    ),
    "an intent is worth less than two names": (
        "the price of a zorbel with marnik and tarpon",
        [section("The price", "A marnik."), section("The marnik and the tarpon")],
        "The marnik and the tarpon",
    ),
    "why": ("why zorbel", [section("The reason"), A], "The reason"),
    "what causes it": ("what causes a zorbel", [section("The cause"), A], "The cause"),
    "reason": ("the reason for a zorbel", [section("Why it comes"), A], "Why it comes"),
    "whether it causes that asks no cause": (
        "does a zorbel cause marnik",
        [section("The cause"), A],
        "The marnik",
    ),
    "alone": ("does a zorbel cause it", [section("The cause"), A], None),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_section_that_answers(case: tuple[str, list[dict[str, str]], str | None]) -> None:
    """It is the one that has what the title has not, in its heading before its text, or that has the same intent."""
    question, sections, expected = case
    assert answering(question, *sections) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Keep it dry for two days, and then wash it.", "Duration"), ("Two days, three weeks or four months.", "Healing")],
)
def test_a_text_full_of_spans_of_time_is_more_than_a_heading(text: str, expected: str) -> None:
    """A heading that promises to say how long comes before a text that happens to, not before one that says no more."""
    sections = [section("Duration", "It comes and it goes."), section("Healing", text)]
    assert answering("how long does a zorbel last", *sections) == expected


OWN_WORDS = "i im ive my me he she his her our".split()  # noqa: SIM905 -- a line of words
SPAN = ["minutes", "hours", "days", "weeks", "months", "years"]


@pytest.mark.parametrize("span", SPAN)
@pytest.mark.parametrize("question", ["how long does a zorbel last", "when is a zorbel done"])
def test_a_text_with_spans_of_time_answers_how_long(question: str, span: str) -> None:
    """Who wants to know how long gets the section that says so, whatever its heading is."""
    sections = [section("Care", "Keep it dry."), section("Healing", f"Two {span}, or three {span} if it is wet.")]
    assert answering(question, *sections) == "Healing"
    assert answering("does a zorbel leak", *sections) is None


@pytest.mark.parametrize(
    ("question", "urgent", "tells"),
    [
        *((f"{word} grumvel after a zorbel", "Call if a grumvel swells.", True) for word in sorted(OWN_WORDS)),
        ("a grumvel after a zorbel", "Call if a grumvel swells.", False),
        ("my zorbel", "Call if a zorbel swells.", False),
        ("my marnik", "Call if a grumvel swells.", False),
        ("my week", "Call within a week.", False),
        ("my grumvel", None, False),
    ],
)
def test_who_tells_of_a_symptom(question: str, urgent: str | None, tells: bool) -> None:
    """Somebody has what the urgent note is about; the subject of the article itself is no symptom."""
    row: Row = article("What is a zorbel?", **({"urgent": urgent} if urgent else {}))
    index = index_of([row, article("Is a marnik fine?")])
    vocabulary = Vocabulary(index)
    assert tells_of_symptom(analyse(question, vocabulary), index.article_by_id(1), vocabulary) == tells
