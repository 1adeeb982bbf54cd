"""A question that is a title, another phrasing or the bare name of a topic is answered by what it names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ora_cli import Library
from ora_cli.content.articles import Article
from ora_cli.matching.verdict import Status, Verdict

# Titles that share their words, that have hardly any, and one that another article answers at greater length.
TITLES = {
    "it": "Does it work?",
    "it-hurt": "Does it hurt?",
    "peel-hurt": "Does a peel hurt, and does it hurt for long?",
    "peel": "Does a peel work?",
    "peel-cost": "What does a peel cost?",
    "order": "How long before a peel must I stop retinol?",
    "order-too": "How long after a peel must I stop retinol?",
    "caps": "IS IT SAFE -- REALLY?!",
}
TOPICS = {
    "topics": ["peel", "chemical peels", "face acid"],
    "slug": "overview",
    "title": "What is a peel?",
    "see_also": ["peel-hurt", "gone"],
}


def article(slug: str, title: str, **keys: Any) -> dict[str, Any]:
    return {"slug": slug, "title": title, "category": "c", "answer": "Yes, a peel does work and hurt.", **keys}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    file = tmp_path_factory.mktemp("library") / "peels.jsonl"
    rows: list[dict[str, Any]] = [{"synonym": {"terms": ["peel", "exfoliation", "acid facial"]}}]
    rows += [article(slug, title) for slug, title in TITLES.items()]
    rows += [article(**TOPICS), article("long", "Long?", also_asked=["does a peel cost", "peel work"])]
    rows += [article("retinol", "Is retinol safe?"), article("retinol-2", "Does retinol work?", category="d")]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return Library.open([file], cache=file.parent / "cache")


def answered_by(verdict: Verdict) -> str | None:
    assert (verdict.status is Status.ANSWERED) == (verdict.article is not None)
    return verdict.article.slug if verdict.article else None


@pytest.mark.parametrize("slug", TITLES)
def test_a_title_is_answered_by_its_article(library: Library, slug: str) -> None:
    """FAULT 22: whatever else is like it, with and without its capitals and marks."""
    for asked in (TITLES[slug], TITLES[slug].lower().replace("?", "").replace(",", "")):
        verdict = library.ask(asked)
        assert answered_by(verdict) == slug
        assert verdict.matches[0].slug == slug
        assert verdict.section is None


def test_a_phrasing_is_answered_by_its_article(library: Library) -> None:
    """FAULT 22: so is every other way to ask that the article lists."""
    assert answered_by(library.ask("does a peel cost")) == "long"
    assert answered_by(library.ask("Peel work?")) == "long"


def test_a_misspelt_title_is_one(library: Library) -> None:
    """The correction is made first."""
    assert answered_by(library.ask("what does a peel csot")) in (None, "peel-cost")
    assert answered_by(library.ask("is retnol safe")) == "retinol"


def test_a_category_and_a_confidence_are_heeded(library: Library) -> None:
    """What is outside the category is not looked at, and nothing is quite sure."""
    assert answered_by(library.ask("Is retinol safe?", category="d")) != "retinol"
    assert answered_by(library.ask("Is retinol safe?", min_confidence=1)) is None


@pytest.mark.parametrize(
    "name", ["peel", "Peels", "chemical peel", "face acids", "exfoliation", "acid facial", "peeel"]
)
def test_the_bare_name_of_a_topic_is_answered_by_its_overview(library: Library, name: str) -> None:
    """Corrected, in the plural, and under each of its synonyms; more of it is named by title."""
    verdict = library.ask(name)
    assert answered_by(verdict) == "overview"
    assert verdict.topic is not None
    slugs = [link.slug for link in verdict.topic.more]
    assert slugs[0] == "peel-hurt"
    assert {"peel", "peel-cost"} < set(slugs)
    assert not {"overview", "gone"} & set(slugs)
    assert len(slugs) <= 6
    assert verdict.section is None


def test_a_question_about_a_topic_is_no_bare_name(library: Library) -> None:
    """More than the name is a question."""
    assert library.ask("does a peel work").topic is None
    assert library.ask("peel safe at home").topic is None


def test_a_topic_without_an_overview_is_a_list(library: Library) -> None:
    """Several titles with the name in them are what there is to read; status and reason say that it is no answer."""
    verdict = library.ask("retinol", min_confidence=1)
    assert (verdict.status, verdict.article) == (Status.SUGGESTED, None)
    assert verdict.topic is not None
    assert verdict.topic.name == "retinol"
    assert {link.slug for link in verdict.topic.more} >= {"retinol", "retinol-2"}
    assert verdict.reason == "no article is an overview of this topic"


def test_a_question_without_words_names_nothing(tmp_path: Path) -> None:
    """An article whose title has no words is not what an empty question asks for."""
    file = tmp_path / "odd.jsonl"
    file.write_text(json.dumps(article("odd", "?!")) + "\n", encoding="utf-8")
    assert answered_by(Library.open([file]).ask("...")) is None
    assert isinstance(Library.open([file]).article("odd"), Article)
