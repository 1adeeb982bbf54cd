"""The questions over the bundled articles: what must be answered by which article, and what must be refused."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest
from conftest import PROJECT

from ora_cli import Library
from ora_cli.content.articles import FOOTNOTE
from ora_cli.paths import bundled_articles

TABLES = PROJECT / "tests"
MOST_MISSES, MOST_WRONG = 0.11, 0.03


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library.open([bundled_articles()], cache=tmp_path_factory.mktemp("cache"))


def test_questions(bundled: Library) -> None:
    """At most 3 % of the questions get a wrong answer, and at most 11 % of those that could be answered get none.

    One by an article on the right subject that does not say what is asked (`near`) is as bad.
    """
    rows = tomllib.loads((TABLES / "questions.toml").read_text(encoding="utf-8"))["row"]
    confusion: Counter[tuple[str, str]] = Counter()
    wrong, missed = [], []
    for row in rows:
        verdict = bundled.ask(row["question"])
        given = verdict.article.slug if verdict.article else None
        expected = row.get("slug")
        if given == expected or given in row.get("accept", ()):
            outcome = "right"
        elif given is None:
            outcome = "missed"
            missed.append(f"{row['question']} -> {expected} ({verdict.confidence:.2f}: {verdict.reason})")
        else:
            outcome = "wrong"
            wrong.append(f"{row['question']} -> {expected}, not {given} ({verdict.confidence:.2f})")
        confusion["answerable" if expected else "unanswerable", outcome] += 1
    print(dict(confusion), *wrong, *missed, sep="\n")
    answerable = sum(count for (kind, _), count in confusion.items() if kind == "answerable")
    assert len(rows) >= 250
    assert len(rows) - answerable >= 80
    assert len(wrong) <= MOST_WRONG * len(rows), "\n".join(wrong)
    assert len(missed) <= MOST_MISSES * answerable, "\n".join(missed)


@pytest.mark.parametrize(
    ("question", "slug", "section"),
    [
        ("why do eyelids droop after botox", "droopy-eyelid-after-botox", "Why it happens"),
        ("does benzoyl peroxide bleach towels", "how-to-use-benzoyl-peroxide", "Side effects"),
        ("how long is recovery after a facelift", "facelift-last-risks", "Recovery"),
    ],
)
def test_section_that_answers(bundled: Library, question: str, slug: str, section: str) -> None:
    """The best match is the article, and the section that answers is named, if one does."""
    verdict = bundled.ask(question, min_confidence=0)
    assert verdict.article is not None
    assert verdict.article.slug == slug
    assert verdict.section == section


def test_every_mark_has_its_source(bundled: Library) -> None:
    """No answer can show a footnote that leads nowhere."""
    for entry in bundled.entries():
        article = bundled.article(entry.slug)
        cited = {mark for text in article.texts() for mark in FOOTNOTE.findall(text)}
        assert cited == {source.id for source in article.sources}
