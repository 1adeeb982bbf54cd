"""The numbers behind a verdict, which must add up to it."""

from __future__ import annotations

from math import exp

import pytest
from written import article, ranking_of

from ora_cli.matching.decision import decide
from ora_cli.matching.explain import explanation
from ora_cli.matching.verdict import WordWeight

ROWS = [
    {"synonym": {"terms": ["zorbel", "red glim"]}},
    article("Does a zorbel hurt?", also_asked=["marnik"], answer="It is grumvel.", section=[
        {"heading": "The tarpon", "body": "It is velquin."},
    ]),
    article("Is a marnik fine?"),
    article("Is a plimber fine?"),
]  # fmt: skip
QUESTION = "does a red glim hurt a marnik with grumvel tarpon velquin or xyzzyqp"


def test_numbers_add_up() -> None:
    """What the features add is the score, and what the evidence adds is the confidence."""
    ranking = ranking_of(QUESTION, *ROWS)
    explained = explanation(ranking, 0.7)
    assert [detail.slug for detail in explained.details] == ["does-a-zorbel-hurt", "is-a-marnik-fine"]
    for detail, candidate in zip(explained.details, ranking.candidates, strict=False):
        assert sum(added for _, _, added in detail.features) == pytest.approx(detail.score) == candidate.score
    log_odds = sum(added for _, _, added in explained.evidence)
    assert decide(ranking).confidence == pytest.approx(1 / (1 + exp(-log_odds)))
    assert explained.threshold == 0.7
    assert ("margin", explained.margin) in [(name, value) for name, value, _ in explained.evidence]


def test_words_come_heaviest_first_with_where_they_are() -> None:
    """In the closest phrasing, in another one, in the text with its headings, or nowhere."""
    explained = explanation(ranking_of(QUESTION, *ROWS), 0.7)
    words: tuple[WordWeight, ...] = explained.details[0].words
    assert [word.weight for word in words] == sorted((word.weight for word in words), reverse=True)
    assert {word.word: word.found_in for word in words} == {
        "does": "closest phrasing",
        "a": "closest phrasing",
        "zorbel": "closest phrasing",
        "hurt": "closest phrasing",
        "marnik": "another phrasing",
        "grumvel": "text",
        "tarpon": "text",
        "velquin": "text",
        "with": None,
        "or": None,
        "xyzzyqp": None,
    }


def test_synonyms_are_told() -> None:
    """A word that stands for a group is shown with the group's name."""
    rows = [*ROWS, {"synonym": {"terms": ["plimbies", "drivels"]}}]
    told = explanation(ranking_of("does a zorbel drivel hurt", *rows), 0.7).synonyms
    assert set(told) == {("zorbel", "zorbel"), ("drivel", "plimbies")}
