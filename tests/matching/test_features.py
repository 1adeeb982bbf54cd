"""The numbers that an article and a question have in common, and how many articles are compared."""

from __future__ import annotations

import pytest
from written import Row, article, index_of, ranked, ranking_of

from ora_cli.matching.features import Features, Weights
from ora_cli.matching.ranking import Candidate, Searcher, weighted


def best(question: str, *rows: Row) -> Candidate:
    return ranking_of(question, *rows).candidates[0]


def features(question: str, *rows: Row) -> Features:
    return best(question, *rows).features


@pytest.mark.parametrize(("phrasings", "times"), [(1, 1), (3, 3), (6, 2)])
def test_bm25_is_as_published(phrasings: int, times: int) -> None:
    """With k1 = 1.2 and b = 0.75, the phrasings of an article being one text: a word that is in more of them counts.

    Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, section 3.4.
    """
    texts = [f"zorbel n{number}" if number < times else f"tarpon n{number}" for number in range(phrasings)]
    rows = [article(texts[0], also_asked=texts[1:]), article("marnik"), article("grumvel velquin dorvash plimber")]
    mean = (2 * phrasings + 1 + 4) / 3
    norm = 1.2 * (1 - 0.75 + 0.75 * 2 * phrasings / mean)
    assert features("zorbel", *rows).bm25 == pytest.approx(times / (times + norm))


def test_trigrams_are_compared() -> None:
    """Three letters in a row, blanks among them: twice the common ones over the sum of both."""
    # " zorbel " has 6 of them, " zorbel pain " has 11; those of the question are all among them.
    assert features("zorbel", article("zorbel pain")).trigram_dice == pytest.approx(2 * 6 / (6 + 11))


def test_the_four_closest_phrasings_are_spelled_out() -> None:
    """What is spelled most alike among them counts; the next ones are too far to be looked at."""
    rows = [article("ogrumvelak", category="d"), article("quarvol", category="d")]

    def alike(place: int) -> float:
        """Return how alike the article is spelled if the phrasing that is spelled most alike is in this place."""
        phrasings = [*(f"zorbel marnik n{number}" for number in range(1, place)), "zorbel grumvelak"]
        row = article(phrasings[0], also_asked=phrasings[1:])
        return features_in("c", "zorbel marnik ogrumvelak", [row, *rows]).trigram_dice

    assert alike(3) == alike(4) > alike(5)


def test_the_three_closest_phrasings_count_as_one() -> None:
    """Their mean is the likeness; of the others, no more than the fourth is looked at."""
    row = article("zorbel n0", also_asked=[*(f"zorbel n{number}" for number in range(1, 9)), "marnik"])
    found, few = best("zorbel", row), best("zorbel", article("zorbel n0", also_asked=["marnik"]))
    assert found.closest == (0, 1, 2, 3)
    assert found.features.phrasing_similarity > few.features.phrasing_similarity


@pytest.mark.parametrize(("question", "text"), [("zorbel lantern", 1.0), ("zorbel pebble", 0.0)])
def test_the_text_counts_beside_the_phrasings(question: str, text: float) -> None:
    """The article whose headings and text fit best has all of it."""
    rows = [
        article("zorbel pain", slug="a", answer="A lantern."),
        article("zorbel pain", slug="b", answer="An anchor."),
    ]
    found = ranking_of(question, *rows, *(article(f"quarvol number{number}") for number in range(9)))
    assert found.candidates[0].features.text == text


@pytest.mark.parametrize(
    ("asked", "familiar", "weight"), [(0, 0, 1), (1, 0, 3), (0.5, 0, 2), (0.5, 1, 8), (0.5, 0.5, 5)]
)
def test_a_feature_is_weighed_by_what_the_article_is(asked: float, familiar: float, weight: float) -> None:
    """Between all text and all phrasings, and from there on to what word vectors know."""
    weights = Weights({"bm25": (1, 3, 8)}, {}, (0, 0, 0))
    seen = Features(retrieved=0, text=0, bm25=1, phrasing_similarity=0, trigram_dice=0, direction=0, familiar=familiar)
    assert weighted(seen, asked, weights) == {"bm25": weight}


def test_how_much_of_an_article_is_phrasings() -> None:
    """All of one without a text, half of one with as many words in its text, and very little of a long one."""

    def asked(answer: str) -> float:
        return best("zorbel", article("zorbel marnik", also_asked=["zorbel pain"], answer=answer)).document.asked

    assert asked("Pebble lantern harbour anchor.") == pytest.approx(1 / 2)
    assert asked("Pebble " * 396) == pytest.approx(1 / 100)


JABS = [f"botox in the forehead {word}" for word in "cost pain cream sun hair nail acne".split()]  # noqa: SIM905


@pytest.mark.parametrize("chatter", ["", "omg ", "idk lol "])
def test_what_points_the_same_way_is_familiar(chatter: str) -> None:
    """An article asked in many ways is near what people call its subject, whatever chatter stands beside it."""
    rows = [article("botox jab", also_asked=JABS), article("lip filler jab", also_asked=["lip filler cost"] * 8)]
    plain, found = (features_in("c", f"{said}wrinkle jab forehead", rows) for said in ("", chatter))
    assert found.direction == pytest.approx(plain.direction, abs=0.1)
    assert plain.direction > 0.5
    assert found.familiar == pytest.approx(plain.familiar, abs=0.02)
    assert plain.familiar > 0.5


def test_word_vectors_say_nothing_of_a_bare_title() -> None:
    """A title alone says little of how people put it; nor do words that have no vector."""
    bare, strange = (
        features("zorbel jab", row)
        for row in (article("botox jab"), article("zorbel quarvol", also_asked=["zorbel marnik"] * 9))
    )
    assert bare.direction == bare.familiar == 0
    assert abs(strange.direction) < 0.01
    assert strange.familiar < 0.01


@pytest.mark.parametrize(
    ("word", "other", "alike"),
    [
        ("pregnancies", "pregnant", True),
        ("zorbelix", "zorbelum", True),
        ("zorbelix", "zorkanum", False),
        ("zorbel", "zorban", True),
        ("zorbel", "zorgan", False),
        ("lip", "lipo", False),
        ("zo", "zox", False),
        ("marnik", "zorbel", False),
    ],
)
def test_words_that_begin_alike_count_in_part(word: str, other: str, alike: bool) -> None:
    """From three common letters and three fifths of the longer word on, they are probably forms of one."""
    # An article of another kind has the word, so that it is not corrected.
    rows = [article(f"tarpon {other}"), article(f"Does {word} fade at all?", category="d")]
    found = features_in("c", f"tarpon {word}", rows)
    without = features_in("c", f"tarpon {word}", [article("tarpon velquin"), rows[1]])
    assert (found.phrasing_similarity > without.phrasing_similarity) == alike


def features_in(category: str, question: str, rows: list[Row]) -> Features:
    return Searcher(index_of(rows)).rank(question, category=category).candidates[0].features


# The number of articles with two, three and four of the four words of the question, and how many are compared in full.
COMPARED = {
    "half of the best is near": ((0, 14, 1), 15),
    "less than half is not": ((30, 0, 1), 10),
    "near ones and not near ones": ((20, 13, 1), 14),
    "no more than there are": ((0, 0, 3), 3),
    "however many are near": ((0, 30, 1), 24),
    "however many fit": ((0, 0, 50), 24),
}


@pytest.mark.parametrize("case", COMPARED.values(), ids=COMPARED)
def test_only_near_articles_are_compared_in_full(case: tuple[tuple[int, int, int], int]) -> None:
    """At least ten, at most twenty-four, and between them those with half of the best one's BM25."""
    (far, near, exact), compared = case
    texts = ["zorbel marnik velquin dorvash"] * far + ["zorbel marnik grumvel dorvash"] * near
    texts += ["zorbel marnik grumvel plimber"] * exact
    rows = [article(text, slug=f"a-{number}") for number, text in enumerate(texts)]
    rows += [article(f"quarvol number{number}") for number in range(250)]
    question = "zorbel marnik grumvel plimber"
    assert len(ranking_of(question, *rows).candidates) == compared


def test_the_same_question_twice_has_the_same_features() -> None:
    """An article that is compared a second time is compared in another way, with the same result."""
    rows = [article("Does a zorbel hurt?", also_asked=["zorbel pain", "marnik"]), article("Is a marnik red?")]
    searcher = Searcher(index_of(rows))
    first, second, third = (searcher.rank("zorbel and marnik pain") for _ in range(3))
    assert [each.features for each in first.candidates] == [each.features for each in second.candidates]
    assert [each.features for each in first.candidates] == [each.features for each in third.candidates]
    assert ranked(first) == ranked(third)
