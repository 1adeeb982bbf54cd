"""Which articles are looked at for a question, in libraries large and small."""

from __future__ import annotations

import random

import pytest
from written import Row, article, index_of, ranked, ranking_of

from ora_cli.index.database import Index, TermCount
from ora_cli.matching.ranking import Searcher


def filler(count: int) -> list[Row]:
    return [article(f"Is filler{number} fine?") for number in range(count)]


def as_large(index: Index, monkeypatch: pytest.MonkeyPatch, articles: int, **counts: int) -> None:
    """Make an index believe that it has this many articles, and so many of them with these words."""
    known = index.term_counts

    def counted(terms: object) -> dict[str, TermCount]:
        pretended = {term: TermCount(count, count) for term, count in counts.items()}
        return {term: pretended.get(term, count) for term, count in known(terms).items()}  # type: ignore[arg-type]

    monkeypatch.setattr(index, "articles", articles)
    monkeypatch.setattr(index, "term_counts", counted)


@pytest.mark.parametrize(("better", "found"), [(40, True), (70, False)])
def test_sixty_articles_are_looked_at(better: int, found: bool) -> None:
    """Texts may be full of a word: an article that is asked by it is found behind forty of them, not behind seventy."""
    rows = [article(f"Is body{number} fine?", answer="zorbel " * 3) for number in range(better)]
    target = article("Is a zorbel fine?", answer="velquin " * 3000)
    assert ("is-a-zorbel-fine" in ranked(ranking_of("zorbel", *rows, target, *filler(200)))) == found


def test_all_words_find_in_a_small_library() -> None:
    """Also the commoner ones."""
    assert set(ranked(ranking_of("zorbel marnik", article("zorbel"), article("marnik"), article("marnik 2")))) == {
        "zorbel",
        "marnik",
        "marnik-2",
    }


@pytest.mark.parametrize(("common", "found"), [(700, True), (1400, False)])
def test_a_common_word_of_a_large_library_finds_nothing(
    monkeypatch: pytest.MonkeyPatch, common: int, found: bool
) -> None:
    """Where rarer words find articles, one that would find more than a thousand only adds to them."""
    index = index_of([article("zorbel"), article("marnik"), article("marnik zorbel")])
    as_large(index, monkeypatch, 100_000, marnik=common, zorbel=2)
    ranking = Searcher(index).rank("zorbel marnik?")
    assert ("marnik" in ranked(ranking)) == found
    assert "zorbel" in ranked(ranking)


@pytest.mark.parametrize(("common", "counts"), [(7_000, True), (14_000, False)])
def test_a_very_common_word_of_a_large_library_does_not_count(
    monkeypatch: pytest.MonkeyPatch, common: int, counts: bool
) -> None:
    """To add the scores of more than ten thousand articles would take too long."""
    index = index_of([article("zorbel tarpon"), article("zorbel marnik"), *filler(10)])
    as_large(index, monkeypatch, 100_000, marnik=common, zorbel=2)
    candidates = Searcher(index).rank("zorbel and a marnik").candidates
    retrieved = {candidate.article: candidate.features.retrieved for candidate in candidates}
    assert (retrieved[1] < retrieved[2]) == counts


@pytest.mark.parametrize(("share", "looked_for"), [(0.2, False), (0.4, True), (0.6, True)])
def test_where_all_words_are_common_the_phrase_is_looked_for(share: float, looked_for: bool) -> None:
    """From a quarter of the articles on, those with the words in just this order are found beside the best sixty."""
    common = [article(f"zorbel n{number}", answer="marnik") for number in range(80)]
    phrase = [article(f"tarpon {number}", answer="velquin " * 3000 + "zorbel marnik") for number in range(8)]
    rest = filler(round(len(common + phrase) / share) - len(common + phrase))
    ranking = Searcher(index_of([*common, *phrase, *rest])).rank("zorbel marnik")
    retrieved = Searcher(ranking.vocabulary.index)._retrieve(ranking.query, None)
    entries = ranking.vocabulary.index.entries_by_id(found.article for found in retrieved)
    with_phrase = sum(entry.title.startswith("tarpon") for entry in entries.values())
    assert with_phrase == (5 if looked_for else 0)


GRAMMAR = "what is it that they can do with some of them".split()  # noqa: SIM905 -- a question


def test_function_words_find_where_there_are_few_others() -> None:
    """Eight words are looked for; if fewer of them tell a subject, the rarest of grammar are taken too."""
    choose = random.Random(1)
    # Each word is rarer than the one before it.
    rows = [
        article(" ".join(choose.sample(GRAMMAR[:count], count)), slug=f"a-{count}-{number}", answer="Fine.")
        for count in range(1, len(GRAMMAR) + 1)
        for number in range(3)
    ]
    searcher = Searcher(index_of(rows))
    query = searcher.rank(" ".join(GRAMMAR)).query
    by_weight = sorted(query.weights, key=lambda term: -query.weights[term])
    assert searcher._wanted_terms(query) == by_weight[:8]
    content = searcher.rank("zorbel marnik tarpon grumvel velquin dorvash plimber quarvol sumbrak of them").query
    assert len(searcher._wanted_terms(content)) == 9
    assert searcher.rank("what is it").candidates
