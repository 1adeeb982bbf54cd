"""Which section of an article answers, and whether somebody tells of a symptom."""

from __future__ import annotations

import pytest
from written import Row, article, index_of

from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.query import analyse
from ora_cli.matching.sections import best_sections, tells_of_symptom


def section(heading: str, body: str = "Nothing else.") -> dict[str, str]:
    return {"heading": heading, "body": body}


def answering(question: str, *sections: dict[str, str], title: str = "What is a zorbel?") -> tuple[str, ...]:
    """Return the headings of the sections that answer, in an article on zorbels."""
    rest = [article(f"Is a {word} fine?") for word in ("marnik", "grumvel", "tarpon", "velquin", "dorvash")]
    index = index_of([article(title, section=list(sections)), *rest])
    vocabulary = Vocabulary(index)
    return best_sections(analyse(question, vocabulary), index.article_by_id(1), vocabulary)


A, B = section("The marnik"), section("The grumvel")
MANY = [section(f"Part {word}") for word in ("one", "two", "three")]
CASES: dict[str, tuple[str, list[dict[str, str]], tuple[str, ...]]] = {
    "what is named in a heading": ("does a zorbel need a grumvel", [A, B], ("The grumvel",)),
    "what is told in a text": ("zorbel and tarpon", [A, section("More", "A tarpon is wet.")], ("More",)),
    "the title itself": ("what is a zorbel", [section("What a zorbel is"), A], ()),
    "nothing but the subject": ("zorbel", [section("Zorbel"), A], ()),
    "nothing of it": ("zorbel velquin", [A, B], ()),
    "two that fit alike": ("zorbel marnik grumvel", [A, B], ("The marnik", "The grumvel")),
    "no more than two": ("zorbel marnik grumvel tarpon", [A, B, section("The tarpon")], ("The marnik", "The grumvel")),
    "a heading before a text": ("zorbel marnik", [section("More", "The marnik is wet."), A, *MANY], ("The marnik",)),
    "what every section has tells nothing": (
        "zorbel marnik tarpon",
        [section("One", "The marnik."), section("Two", "The marnik and the tarpon.")],
        ("Two",),
    ),
    "a heading with the same intent in other words": (
        "is a zorbel contagious",
        [A, section("How it spreads")],
        ("How it spreads",),
    ),
    "a heading with the same intent": (
        "what does a zorbel cost",
        [section("Where from"), section("The price"), section("The risk")],
        ("The price",),
    ),
    "a text with the same intent": ("what does a zorbel cost", [A, section("More", "Its price is high.")], ("More",)),
    "an intent and a name": (
        "how much is the price of a zorbel with marnik",
        [section("The price", "Of a marnik."), section("Where from"), *MANY],
        ("The price",),
    ),
    "why": ("why zorbel", [section("The reason"), A], ("The reason",)),
    "what causes it": ("what causes a zorbel", [section("The cause"), A], ("The cause",)),
    "reason": ("the reason for a zorbel", [section("Why it comes"), A], ("Why it comes",)),
    "words that point the same way": (
        "how do i get my zorbel jab redness down",
        [section("The marnik", "The needle leaves a swelling."), section("Tarpon", "The velquin.")],
        ("The marnik",),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_sections_that_answer(case: tuple[str, list[dict[str, str]], tuple[str, ...]]) -> None:
    """They are the ones that have what the title has not, in the heading above all, or what has the same intent."""
    question, sections, expected = case
    assert answering(question, *sections) == expected


OWN_WORDS = "i im ive my me he she his her our".split()  # noqa: SIM905 -- a line of words


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
