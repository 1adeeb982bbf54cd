"""Which section of an article answers, and whether somebody tells of a symptom."""

from __future__ import annotations

from typing import Any

import pytest
from written import article, index_of

from ora_cli.matching.ranking import Searcher
from ora_cli.matching.sections import best_sections


def section(heading: str, body: str = "Nothing else.", *asked: str) -> dict[str, Any]:
    return {"heading": heading, "body": body} | ({"asked": asked} if asked else {})


def answering(question: str, *sections: dict[str, Any], title: str = "What is a zorbel?") -> tuple[str, ...]:
    """Return the headings of the sections that answer, in an article on zorbels."""
    rest = [article(f"Is a {word} fine?") for word in ("marnik", "grumvel", "tarpon", "velquin", "dorvash")]
    ranking = Searcher(index_of([article(title, section=list(sections)), *rest])).rank(question)
    lines = next(each.document.phrasings.lines for each in ranking.candidates if each.article == 1)
    return best_sections(ranking.query, ranking.vocabulary.index.article_by_id(1), ranking.vocabulary, lines)


A, B = section("The marnik"), section("The grumvel")
MANY = [section(f"Part {word}") for word in ("one", "two", "three")]
CASES: dict[str, tuple[str, list[dict[str, Any]], tuple[str, ...]]] = {
    "what is named in a heading": ("does a zorbel need a grumvel", [A, B], ("The grumvel",)),
    "what is told in a text": ("zorbel and tarpon", [A, section("More", "A tarpon is wet.")], ("More",)),
    "what is asked for it": (
        "zorbel droops",
        [A, section("More", "Wait.", "drooping zorbel", "zorbel droop")],
        ("More",),
    ),
    "what is asked for it, in no word beyond the title": (
        "zorbel",
        [A, section("More", "Wait.", "my zorbel")],
        ("More",),
    ),
    "the title itself": ("what is a zorbel", [section("What a zorbel is"), A], ()),
    "nothing but the subject": ("zorbel", [section("Zorbel"), A], ()),
    "nothing of it": ("zorbel velquin", [A, B], ()),
    "two that fit alike": ("zorbel marnik grumvel", [A, B], ("The marnik", "The grumvel")),
    "no more than two": ("zorbel marnik grumvel tarpon", [A, B, section("The tarpon")], ("The marnik", "The grumvel")),
    "a heading before a text": (
        "zorbel marnik",
        [section("More", "The marnik is wet."), A, *MANY],
        ("The marnik", "More"),
    ),
    "what every section has tells little": (
        "zorbel marnik tarpon",
        [section("One", "The marnik."), section("Two", "The marnik and the tarpon.")],
        ("Two", "One"),
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
    "an intent and a name": (
        "how much is the price of a zorbel with marnik",
        [section("The price", "Of a marnik."), section("Where from"), *MANY],
        ("The price",),
    ),
    "why": ("why zorbel", [section("The reason"), A], ("The reason",)),
    "what causes it": ("what causes a zorbel", [section("The cause"), A], ("The cause",)),
    "reason": ("the reason for a zorbel", [section("Why it comes"), A], ("Why it comes", "The marnik")),
    "words that point the same way": (
        "how do i get my zorbel jab redness down",
        [section("The marnik", "The needle leaves a swelling."), section("Tarpon", "The velquin.")],
        ("The marnik",),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_sections_that_answer(case: tuple[str, list[dict[str, Any]], tuple[str, ...]]) -> None:
    """They are the ones that have what the title has not, in the heading above all, or what has the same intent."""
    question, sections, expected = case
    assert answering(question, *sections) == expected
