"""What an index holds: precedence of files, order of lists, old slugs, sources."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from conftest import SLUGS, SMALL

from ora_cli.index.cache import open_index
from ora_cli.index.database import Index

OVERRIDE = """
[[category]]
slug = "nails"
name = "Nails"

[[article]]
slug = "brittle-nails"
title = "Are brittle nails a matter of luck?"
category = "nails"
answer = "So they say here."
"""
# A file without categories may use any.
UNDESCRIBED = """
[[article]]
slug = "gloves-by-day"
title = "Do gloves help by day?"
category = "unheard-of"
answer = "A little."
"""


@pytest.fixture
def index(small: Path, tmp_path: Path) -> Index:
    """Return an index of the small library with two later files over it."""
    later, last = tmp_path / "later.toml", tmp_path / "last.toml"
    later.write_text(OVERRIDE, encoding="utf-8")
    last.write_text(UNDESCRIBED, encoding="utf-8")
    return open_index([small, later, last], cache=None)


def test_later_file_replaces_an_article_and_is_its_origin(index: Index, small: Path, tmp_path: Path) -> None:
    """Of two articles with one slug only that of the later file is there, whole."""
    found = index.article("brittle-nails")
    assert found is not None
    assert (found.title, found.category) == ("Are brittle nails a matter of luck?", "nails")
    assert found.origin == str(tmp_path / "later.toml")
    kept = index.article("clay-mask-time")
    assert kept is not None
    assert kept.origin == str(small)
    assert [entry.slug for entry in index.entries()].count("brittle-nails") == 1
    assert [file.articles for file in index.files()] == [5, 1, 1]


def test_replaced_article_is_not_matched_any_more(index: Index) -> None:
    """The replaced article's text is gone from the full-text index."""
    assert index.matching([["even"]], limit=9) == []
    assert index.term_counts(["oil"])["oil"].articles == 1  # in hot-water-hands


def test_article_comes_back_as_written(index: Index) -> None:
    """Everything of an article survives the database."""
    found = index.article("clay-mask-time")
    assert found is not None
    assert found.answer == "Ten minutes, or until it turns pale [^mudford-guide]."
    assert found.also_asked == ("when should I wash off a clay mask",)
    assert found.reviewed == "2026-02-03"
    assert found.see_also == ("clay-mask-itch",)
    assert [section.heading for section in found.sections] == ["Why not longer", "Taking it off"]
    assert [source.id for source in found.sources] == ["mudford-guide", "glove-trial"]
    assert found.sources[0].accessed == "2026-01-02"


def test_old_slug_leads_to_the_renamed_article(index: Index) -> None:
    """A slug in `was` still finds its article; an unknown one finds nothing."""
    found = index.article("mask-minutes")
    assert found is not None
    assert found.slug == "clay-mask-time"
    assert index.article("mask-hours") is None


def test_old_slug_does_not_hide_an_article_that_has_it_now(tmp_path: Path) -> None:
    """An article's own slug comes before another's old one."""
    file = tmp_path / "a.toml"
    file.write_text(SMALL.replace('was = ["mask-minutes"]', 'was = ["brittle-nails"]'), encoding="utf-8")
    found = open_index([file], cache=None).article("brittle-nails")
    assert found is not None
    assert found.title == "What helps brittle nails?"


def test_lists_are_in_the_order_of_the_files(index: Index, small: Path) -> None:
    """Articles stand by category in the order in which the files name them, undescribed categories last."""
    assert [entry.slug for entry in open_index([small], cache=None).entries()] == SLUGS
    assert [(category.slug, category.name, count) for category, count in index.categories()] == [
        ("clay-masks", "Clay masks", 3),
        ("hand-care", "Hand care", 2),
        ("nails", "Nails", 1),
        ("unheard-of", "Unheard of", 1),
    ]
    assert [entry.slug for entry in index.entries(category="hand-care")] == ["gloves-at-night", "hot-water-hands"]


def test_sources_name_the_articles_that_cite_them(index: Index) -> None:
    """Every source of the files is listed, also one that nothing cites."""
    cited = {source.id: slugs for source, slugs in index.sources()}
    assert sorted(cited["mudford-guide"]) == ["clay-mask-itch", "clay-mask-time"]
    assert sorted(cited["glove-trial"]) == ["clay-mask-time", "gloves-at-night"]
    assert cited["uncited-review"] == ()


def test_index_without_articles_answers_every_question(tmp_path: Path) -> None:
    """An empty file makes an empty index, not an error."""
    file = tmp_path / "empty.toml"
    file.touch()
    index = open_index([file], cache=None)
    assert list(index.entries()) == []
    assert index.categories() == []
    assert index.random_slug() is None
    assert index.matching([["clay"]], limit=9) == []


@pytest.mark.parametrize(
    "term", ["clay", "near", "and", "not", "rowid", "phrasing", "1", "*", "-", "(", "a:b", "^a", "é"]
)
def test_any_term_is_looked_for_as_it_stands(index: Index, term: str) -> None:
    """SQLite accepts every term, whatever FTS5's own syntax makes of it."""
    with_clay = {found.article for found in index.matching([["clai"]], limit=9)}
    assert with_clay <= {found.article for found in index.matching([["clai"], [term]], limit=9)}
    assert with_clay


def test_more_values_than_sqlite_takes_at_once(index: Index) -> None:
    """A look-up of many terms goes in slices."""
    counts = index.term_counts(f"term{n}" for n in range(40_000))
    assert counts == {}


def test_stored_index_is_an_sqlite_file_of_this_program(small: Path, cache: Path) -> None:
    """The file names its program in the header, as `file` and other tools can tell, and SQLite finds it sound."""
    open_index([small], cache=cache).close()
    [file] = cache.glob("*.sqlite")
    database = sqlite3.connect(file)
    assert database.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"ora1", "big"),)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def test_topic_belongs_to_its_overview(small: Path, tmp_path: Path) -> None:
    """The bare name of a topic leads to its overview; of two files, the later one has it."""
    topic = 'topics = ["Brittle nail", "splitting"]\n'
    overview = UNDESCRIBED.replace('slug = "gloves-by-day"', 'slug = "overview"\n' + topic + "treatment = true")
    earlier = tmp_path / "earlier.toml"
    earlier.write_text(UNDESCRIBED.replace('category = "un', topic + 'category = "un'), encoding="utf-8")
    later = tmp_path / "overview.toml"
    later.write_text(overview, encoding="utf-8")
    index = open_index([small, earlier, later], cache=None)
    number = index.topic(["brittl", "nail"])
    assert number is not None
    found = index.article_by_id(number)
    assert (found.slug, found.topics, found.treatment) == ("overview", ("Brittle nail", "splitting"), True)
    assert index.topic(["nail"]) is None
