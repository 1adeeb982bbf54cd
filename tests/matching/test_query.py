"""What becomes of a question before it is compared: corrections, terms, their weights, and the part that asks."""

from __future__ import annotations

import pytest
from written import article, index_of, ranking_of

from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.query import Query, analyse

ROWS = [
    {"synonym": {"terms": ["zorbel", "red glim"]}},
    article("Does a zorbel hurt?"),
    article("Does a grumvelak hurt?"),
    article("Does a marnik hurt for long?"),
    article("Does a red glim fade?"),
]


def read(question: str) -> Query:
    return analyse(question, Vocabulary(index_of(ROWS)))


def test_a_question_becomes_terms() -> None:
    """Words are corrected, stemmed, and replaced by their group of synonyms; what nobody knows is named."""
    query = read("Does red glim hurt like grumvelacs and xyzzyqp?")
    assert query.read == ("does", "red", "glim", "hurt", "like", "grumvelak", "and", "xyzzyqp")
    assert query.terms == ("doe", "zorbel", "hurt", "like", "grumvelak", "and", "xyzzyqp")
    assert [tuple(correction) for correction in query.corrections] == [("grumvelacs", "grumvelak")]
    assert query.unknown == ("xyzzyqp",)
    assert query.word("hurt") == "hurt"
    assert query.word("zorbel") == "zorbel"


def test_what_few_articles_are_asked_by_weighs_more() -> None:
    """A rare word says more than a common one, and one that no article has says most."""
    weights = read("does a marnik hurt, xyzzyqp?").weights
    assert weights["doe"] < weights["hurt"] < weights["marnik"] < weights["xyzzyqp"]


def test_the_last_question_is_what_is_asked() -> None:
    """The rest of a long question tells circumstances."""
    assert read("I had a marnik. Does a zorbel hurt? Thanks.").focus == {"doe", "a", "zorbel", "hurt"}
    assert read("marnik hurt").focus == {"marnik", "hurt"}


def test_four_hundred_words_are_read() -> None:
    """Whatever stands behind them does not count, so that no question takes long."""
    question = " ".join(["zorbel"] * 399 + ["marnik", "grumvelak"])
    query = read(question)
    assert len(query.read) == len(query.terms) == 400
    assert set(query.weights) == {"zorbel", "marnik"}
    assert len(query.typed_stems) == 401


# What is typed, what it is read as, and the corrections that are told.
IN_A_HURRY = {
    "a short form": ("wot is a zorbel", "what is a zorbel", []),
    "one that an article has is a word": ("wen zorbel", "wen zorbel", []),
    "unless that is only in the list of English words": ("nite zorbel", "night zorbel", []),
    "letters stand for a word whatever articles have": ("ur zorbel n u nd me", "your zorbel and you and me", []),
    "a number stuck to a short form": ("zorbel 3wks", "zorbel 3 weeks", []),
    "a number stuck to a word": ("zorbel50 2marnik", "zorbel 50 2 marnik", []),
    "drawn out": ("zorbeeeel", "zorbel", [("zorbeeeel", "zorbel")]),
    "a doubled letter": ("zorrbel", "zorbel", [("zorrbel", "zorbel")]),
    "of a word of grammar": ("hoow is a zorbel", "how is a zorbel", []),
    "typed as one": ("zorbelhurt", "zorbel hurt", []),
    "but only what stands side by side": ("hurtzorbel", "hurtzorbel", []),
    "a sound that ends a word": ("zorbel weeknite", "zorbel weeknight", [("weeknite", "weeknight")]),
    "what is English stays": ("seem zorbel", "seem zorbel", []),
}


@pytest.mark.parametrize("case", IN_A_HURRY.values(), ids=IN_A_HURRY)
def test_haste_is_read_as_meant(case: tuple[str, str, list[tuple[str, str]]]) -> None:
    """Where no article has the word as typed; what is not grammar is told."""
    typed, read, corrections = case
    answer = "A wen and a marnik, 50 or 2, 3 weeks of U or Nd:YAG, not at night or on a weeknight."
    query = ranking_of(typed, article("Does a zorbel hurt?", answer=answer)).query
    assert query.read == tuple(read.split())
    assert [tuple(correction) for correction in query.corrections] == corrections


def test_chatter_counts_for_nothing() -> None:
    """What people say without meaning anything has no weight; any other unknown word may be a subject, like "GBS"."""
    query = ranking_of("omg zorbel gbs vrrmpt", article("Does a zorbel hurt?")).query
    assert query.unknown == ("omg", "gbs", "vrrmpt")
    assert set(query.weights) == {"zorbel", "gb", "vrrmpt"}
