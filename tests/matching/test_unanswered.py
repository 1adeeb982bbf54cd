"""Questions that an article is known not to answer: who asks one is told so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from written import Row, article, index_of, ranked, ranking_of

from ora_cli import Library
from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching import decision
from ora_cli.matching.decision import evidence
from ora_cli.matching.naming import article_asked
from ora_cli.matching.query import analyse
from ora_cli.matching.refusal import NOT_SAID, NOT_SURE, refusal
from ora_cli.matching.told import told

ZORBEL = article(
    "What is a zorbel?",
    topics=["zorbel"],
    also_asked=["does a zorbel hurt", "zorbel marnik velquin"],
    unanswered=["what does a zorbel cost", "zorbel marnik dorvash"],
)
NAMES = ("tarpon", "plimber", "quarvol")
OTHERS: list[Row] = [
    article(f"What is a {name}?", also_asked=[f"{name} pain", f"{name} price and cost"]) for name in NAMES
]


def test_it_names_nothing() -> None:
    """A question that is the same word for word is not taken as answered."""
    ranking = ranking_of("what does a zorbel cost", ZORBEL, *OTHERS)
    assert ranked(ranking)[0] == "what-is-a-zorbel"
    assert not ranking.named
    vocabulary = Vocabulary(index_of([ZORBEL]))
    assert article_asked(analyse("zorbel marnik dorvash", vocabulary), vocabulary) is None
    assert article_asked(analyse("zorbel marnik velquin", vocabulary), vocabulary) is not None


@pytest.mark.parametrize(
    ("question", "answered", "unanswered", "known"),
    [("zorbel marnik dorvash", 0.6, 1, 0.4), ("zorbel marnik velquin", 1, 0.6, 1), ("what is a zorbel", 1, 0, 1)],
)
def test_what_is_added_to_the_theme(question: str, answered: float, unanswered: float, known: float) -> None:
    """How near it is to what the article answers and does not, and how much is known; the theme itself is told."""
    ranking = ranking_of(question, ZORBEL, *OTHERS)
    found = told(ranking.question, ranking.candidates[0].document, ranking.vocabulary)
    assert found.answered == pytest.approx(answered, abs=0.2)
    assert found.unanswered == pytest.approx(unanswered, abs=0.2)
    assert found.known == pytest.approx(known, abs=0.2)
    nearer = found.unanswered if found.unanswered > found.answered else 0
    assert (evidence(ranking).unanswered, evidence(ranking).known) == (nearer, found.known)


def test_another_article_may_be_known_not_to_answer() -> None:
    """What is asked of one article may be listed in the next, unless the first answers it."""
    next_one = article("Is a tarpon a zorbel?", unanswered=["zorbel velquin tarpon marnik"])
    assert evidence(ranking_of("zorbel tarpon velquin marnik", ZORBEL, next_one, *OTHERS)).unanswered > 0
    assert evidence(ranking_of("zorbel marnik velquin", ZORBEL, next_one, *OTHERS)).unanswered == 0


def test_the_subject_itself_is_not_like_what_another_article_does_not_say() -> None:
    """The subject of the question is the theme of the best article, and counts in no other article's questions."""
    next_one = article("Is a tarpon red?", answer="A zorbel is.", unanswered=["zorbel tarpon"])
    assert evidence(ranking_of("is a zorbel harbour", ZORBEL, next_one, *OTHERS)).unanswered == 0


def test_nothing_is_corrected_to_a_word_that_no_article_has() -> None:
    """The words of these questions alone are unknown, not misspelt, and are named in a refusal."""
    query = ranking_of("zorbel marnik dorvash", ZORBEL, *OTHERS).query
    assert query.corrections == ()
    assert query.unknown == ("dorvash",)


@pytest.mark.parametrize(
    ("question", "reason"),
    [("what does a zorbel cost", NOT_SAID), ("zorbel dorvash marnik", NOT_SAID), ("does a zorbel hurt much", NOT_SURE)],
)
def test_the_reason_says_so(question: str, reason: str) -> None:
    """That others ask it too is said only of such a question."""
    assert refusal(ranking_of(question, ZORBEL, *OTHERS)).reason == reason


def test_the_nearest_titles_are_named_for_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """However low the confidence and however foreign the words, for the subject is one of the articles."""
    monkeypatch.setattr(decision, "confidence", lambda *_: 0.0)
    monkeypatch.setattr(decision, "_foreign", lambda _: 1.0)
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in (ZORBEL, *OTHERS)), encoding="utf-8")
    library = Library.open([file], cache=tmp_path / "cache")
    outside = {
        question: library.ask(question).outside for question in ("zorbel dorvash marnik", "zorbel tarpon quarvol")
    }
    assert outside == {"zorbel dorvash marnik": False, "zorbel tarpon quarvol": True}


def test_what_is_listed_is_not_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """However well all else fits: readers of the article found that it does not say so."""
    monkeypatch.setattr(decision, "confidence", lambda *_: 0.98)
    assert decision.decide(ranking_of("zorbel marnik dorvash", ZORBEL, *OTHERS)).confidence == decision.MOST_UNANSWERED
    assert decision.decide(ranking_of("zorbel marnik grumvel", ZORBEL, *OTHERS)).confidence == 0.98


def test_a_topic_is_not_asked_outright() -> None:
    """What is asked of a topic by its name is named by the overview, unless that is known not to say it."""
    costing = {"section": [{"heading": "What it costs", "body": "Two shells."}]}
    assert ranking_of("zorbel price", {**ZORBEL, **costing, "unanswered": []}, *OTHERS).named
    assert not ranking_of("zorbel price", {**ZORBEL, **costing, "unanswered": ["zorbel price"]}, *OTHERS).named
