"""Why there is no answer, and what there is to read instead."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from written import Row, article, ranking_of

from ora_cli.matching.refusal import NOT_SURE, Refusal, refusal
from ora_cli.matching.topics import topic_of, topic_without_overview

NAMES = (
    *("zorbel", "marnik", "grumvel", "tarpon", "velquin", "dorvash", "plimber", "quarvol", "sumbrak", "heltrop"),
    *("jondrig", "wexmol", "fandrup"),
)
ROWS = [article(f"Is a {name} fine?") for name in NAMES]

# What is asked, and why it is not answered.
REASONS: dict[str, tuple[str, Refusal]] = {
    "no words": ("?!", Refusal("the question has no words to look for", outside=True)),
    "no subject": ("what is it today", Refusal("the question names no subject", outside=True)),
    "no subject but an intent": ("what does it cost", Refusal("the question names no subject", outside=True)),
    "a word nobody knows": (
        "is a zorbel xyzzyqp",
        Refusal("not a word that ora knows: xyzzyqp", ("xyzzyqp",)),
    ),
    "three are named": (
        "zorbel xyzzyqp yzzyqpx zyqpxyz",
        Refusal("not words that ora knows: xyzzyqp, yzzyqpx, zyqpxyz", ("xyzzyqp", "yzzyqpx", "zyqpxyz")),
    ),
    "of four, one is counted": (
        "zorbel xyzzyqp yzzyqpx zyqpxyz qqpxyzz",
        Refusal(
            "not words that ora knows: xyzzyqp, yzzyqpx, zyqpxyz and 1 more",
            ("xyzzyqp", "yzzyqpx", "zyqpxyz", "qqpxyzz"),
        ),
    ),
    "words that no article has together": (
        "zorbel marnik",
        Refusal("no article has both words: zorbel, marnik"),
    ),
    "three would tell little": (" ".join(NAMES[:3]), Refusal(NOT_SURE)),
    "what there is": ("zorbel", Refusal(NOT_SURE)),
}


@pytest.mark.parametrize("case", REASONS.values(), ids=REASONS)
def test_the_reason_is_true(case: tuple[str, Refusal]) -> None:
    """It names what is missing, and says nothing that the articles don't bear out."""
    question, expected = case
    assert refusal(ranking_of(question, *ROWS)) == expected


@pytest.mark.parametrize(
    ("asked", "elsewhere"),
    [
        *((word, False) for word in ("causes", "treatment", "reduce", "prevent", "symptoms", "diagnosis", "safe")),
        *((word, False) for word in ("affect", "doctor")),
        *((word, True) for word in ("price", "how long", "when", "best", "eat", "children", "surgery")),
    ],
)
def test_what_is_asked_of_a_condition_is_about_health(asked: str, elsewhere: bool) -> None:
    """A word that nobody knows may be a condition, if its cause or its treatment is asked for."""
    reason = refusal(ranking_of(f"xyzzyqp {asked}", *ROWS))
    assert "xyzzyqp" in reason.unknown
    assert (reason.outside, reason.elsewhere) == (True, elsewhere)


# --- topics ---


def titled(count: int, **keys: object) -> list[Row]:
    return [article(f"Does a zorbel help marnik{number}?", **keys) for number in range(count)]


@pytest.mark.parametrize(("articles", "links"), [(1, None), (2, 2), (6, 6), (9, 6)])
def test_a_topic_without_an_overview_leads_to_titles_with_its_name(articles: int, links: int | None) -> None:
    """From two on there is something to choose from, and nobody chooses from more than six."""
    topic = topic_without_overview(ranking_of("zorbel", *titled(articles), article("Is it fine?")))
    assert (len(topic.more) if topic else None) == links


@pytest.mark.parametrize(
    ("name", "is_topic"),
    [
        ("zorbel", True),
        ("red zorbel marnik", True),
        ("red hot zorbel marnik", False),
        ("the zorbel", False),
        ("zorbel today", False),
        ("zorbel cost", False),
        ("zorbel xyzzyqp", False),
    ],
)
def test_a_bare_name_has_three_words_at_most(name: str, is_topic: bool) -> None:
    """More words, words of grammar, and words that ask something make it a question."""
    rows = [article(f"Does a red hot zorbel marnik{end} cost much today?") for end in ("", " at all")]
    assert (topic_without_overview(ranking_of(name, *rows)) is not None) == is_topic


@pytest.mark.parametrize(("better", "found"), [(0, True), (45, True), (70, False)])
def test_an_overview_leads_to_sixty_articles_that_mention_its_topic(better: int, found: bool) -> None:
    """Of these, those count that have it in their title."""
    overview = article("What is all this?", topics=["zorbel"], see_also=["first"])
    rows = [article(f"Is that number{number}?", also_asked=["zorbel zorbel"]) for number in range(better)]
    also = [f"velquin n{number}" for number in range(9)]
    rows += [article("First?"), article("Long zorbel?", also_asked=also, answer="velquin " * 3000)]
    ranking = ranking_of("zorbel", overview, *rows, *(article(f"Other{number}?") for number in range(200)))
    assert ranking.topic
    index = ranking.vocabulary.index
    topic = topic_of(ranking, index.article_by_id(ranking.candidates[0].article))
    assert [link.slug for link in topic.more] == ["first", "long-zorbel"][: 1 + found]


GROUPS = [[f"{letter}{place}x{number}" for number in range(5)] for place, letter in enumerate(("bo", "du", "gi"))]


@pytest.mark.parametrize(("spelled", "found"), [((0, 0, 0), True), ((1, 3, 2), True), ((2, 2, 2), False)])
def test_fifty_names_of_a_topic_are_tried(spelled: Sequence[int], found: bool) -> None:
    """Each of three words with five synonyms makes 125 names; the topic is found by the first fifty of them."""
    synonyms = [{"synonym": {"terms": group}} for group in GROUPS]
    topic = " ".join(group[number] for group, number in zip(GROUPS, spelled, strict=True))
    overview = article("What is all this?", topics=[topic])
    ranking = ranking_of(" ".join(group[4] for group in GROUPS), *synonyms, overview, article("Is it?"))
    assert ranking.topic == found
