"""What becomes of a question before it is compared: corrections, terms, their weights, and the part that asks."""

from __future__ import annotations

from written import article, index_of

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
