"""Figures in a text, and that each of an article's stands in a recorded fact of a source it cites."""

from __future__ import annotations

from pathlib import Path

import pytest

from ora_cli.authoring.check import check_files
from ora_cli.authoring.facts import read_facts
from ora_cli.authoring.figures import count_figures, figures, recorded_numbers
from ora_cli.content.articles import Problem
from ora_cli.errors import OraError


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("It lasts three to four months.", {3, 4}),
        ("About 1 in 50 people", {1, 50}),
        ("1,250 of them, or 2.4%", {1250, 2.4}),
        ("one or two weeks", {1, 2}),
        ("the two of you", set()),
        ("Call 999 or 111 in the UK, 911 in the US.", set()),
        ("SPF 30, from £150", {30, 150}),
        ("vitamin B12 and T4", set()),
        ("in four out of ten", {4, 10}),
        ("One day it may be known", {1}),
    ],
)
def test_figures_of_a_text(text: str, claimed: set[float]) -> None:
    """Digits are figures, spelled numbers when they count something, telephone numbers never."""
    assert figures(text) == claimed


@pytest.mark.parametrize(
    ("text", "seen"),
    [("three to four months", 1), ("about 1 in 50", 1), ("6 to 8 weeks, or 3 months", 2), ("ring 999", 0), ("many", 0)],
)
def test_a_range_is_one_figure(text: str, seen: int) -> None:
    """What a reader takes in as one figure counts as one."""
    assert count_figures(text) == seen


def test_a_fact_states_what_its_words_come_to() -> None:
    """A fact's "a third" covers "1 in 3"; its numbers count in digits and in words."""
    assert {3.0, 33.0, 12.0} <= recorded_numbers("A third of them, over twelve weeks")


FACTS = """
[[source]]
id = "leaflet"
title = "A leaflet"
publisher = "Mudford Institute"
url = "https://example.org/leaflet"
kind = "health-service"
read = 2026-01-02
facts = ["It stays on for 10 minutes.", "About 1 in 50 get a rash (2.1%)."]
"""
ARTICLES = """
[[source]]
id = "leaflet"
title = "A leaflet"
publisher = "Mudford Institute"
url = "https://example.org/leaflet"
kind = "health-service"

[[source]]
id = "trial"
title = "A trial"
publisher = "Annals"
url = "https://example.org/trial"
kind = "study"

[[article]]
slug = "clay"
title = "How long does clay stay on?"
category = "care"
answer = "Ten minutes, and about 1 in 50 people get a rash [^leaflet]."
[[article.section]]
heading = "Longer"
body = "After 20 minutes it cracks [^leaflet]. It is dry then [^trial]."
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "care.toml").write_text(FACTS, encoding="utf-8")
    file = tmp_path / "articles.toml"
    file.write_text(ARTICLES, encoding="utf-8")
    return file


def about_facts(file: Path) -> list[Problem]:
    return [problem for problem in check_files([file], strict=True) if "fact" in problem.what]


def test_a_figure_without_a_fact_is_found(library: Path) -> None:
    """The figure, the sources of its paragraph and its words are named; a source without facts is named too."""
    assert [(problem.key, problem.what) for problem in about_facts(library)] == [
        ("footnote", "source 'trial' has no recorded facts"),
        ("body", "20 stands in no fact of leaflet, trial: 'After 20 minutes it cracks. It is dry then.'"),
    ]


def test_facts_count_for_their_address_alone(library: Path) -> None:
    """Facts that were read at another address say nothing of this one."""
    library.write_text(ARTICLES.replace("/leaflet", "/other"), encoding="utf-8")
    assert "is not the address its facts were recorded from" in [problem.what for problem in about_facts(library)]


def test_without_a_folder_of_facts_nothing_is_compared(library: Path) -> None:
    """Own files need no recorded facts."""
    (library.parent / "facts" / "care.toml").unlink()
    (library.parent / "facts").rmdir()
    assert about_facts(library) == []


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (FACTS + FACTS, "recorded twice"),
        (FACTS.replace("read =", "seen ="), "unknown key 'seen'"),
        (FACTS.replace('kind = "health-service"\n', ""), "lacks 'kind'"),
        ("facts = [", "care.toml"),
    ],
)
def test_broken_facts_are_told(library: Path, broken: str, what: str) -> None:
    """A file of facts with a mistake is named with it."""
    file = library.parent / "facts" / "care.toml"
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(OraError, match=what):
        read_facts(library)
