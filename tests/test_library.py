"""The library as Python code uses it: any question gets a sane verdict, and nothing is printed."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import SLUGS, SMALL, examples
from hypothesis import given
from hypothesis import strategies as st

from ora_cli import Article, Library, Match, OraError, Status, Verdict
from ora_cli.errors import ExitCode
from ora_cli.index.database import Index
from ora_cli.text.cleaning import clean

VOCABULARY = sorted(set(SMALL.split()))
QUESTIONS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join),
    st.lists(st.one_of(st.sampled_from(VOCABULARY), st.text(max_size=8)), max_size=12).map(" ".join),
    st.lists(st.sampled_from(['"', "*", "NEAR(", ")", "AND", "OR", "NOT", "-", "^", ":", "clay", "mask"])).map(
        " ".join
    ),
)


@examples(150)
@given(
    question=QUESTIONS,
    category=st.sampled_from([None, "clay-masks", "hand-care"]),
    limit=st.integers(min_value=1, max_value=10),
    min_confidence=st.one_of(st.none(), st.floats(min_value=0, max_value=1)),
    explain=st.booleans(),
)
def test_any_question_gets_a_sane_verdict(
    library: Library, *, question: str, category: str | None, limit: int, min_confidence: float | None, explain: bool
) -> None:
    """No question is an error, and the parts of its verdict agree with each other."""
    verdict = library.ask(question, category=category, limit=limit, min_confidence=min_confidence, explain=explain)
    assert verdict.query == " ".join(clean(question).split())
    assert 0 <= verdict.confidence <= 1
    assert len(verdict.matches) <= limit
    assert all(0 <= match.confidence <= verdict.confidence + 1e-9 for match in verdict.matches)
    assert [match.confidence for match in verdict.matches] == sorted(
        (match.confidence for match in verdict.matches), reverse=True
    )
    assert {match.slug for match in verdict.matches} <= set(SLUGS)
    assert category is None or {match.category for match in verdict.matches} <= {category}
    assert (verdict.article is not None) == (verdict.status is Status.ANSWERED) == (verdict.reason is None)
    if verdict.article is not None:
        assert verdict.article.slug == verdict.matches[0].slug
        assert min_confidence is None or verdict.confidence >= min_confidence
        assert verdict.section in (None, *(section.heading for section in verdict.article.sections))
    if verdict.status is Status.SUGGESTED:
        assert verdict.matches
    assert verdict.status is not Status.ERROR
    assert (
        library.ask(question, category=category, limit=limit, min_confidence=min_confidence, explain=explain) == verdict
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_a_title_finds_its_article(library: Library, slug: str) -> None:
    """Asked for by its title, an article is the best match."""
    assert library.ask(library.article(slug).title).matches[0].slug == slug


def test_explanation_adds_up(library: Library) -> None:
    """What the explanation lists is all that the confidence is made of."""
    verdict = library.ask("why does my face prickle under a clay mask", explain=True)
    assert verdict.explanation is not None
    log_odds = sum(added for _, _, added in verdict.explanation.evidence)
    assert verdict.confidence == pytest.approx(1 / (1 + math.exp(-log_odds)))


def test_synonyms_match(library: Library) -> None:
    """A word of a synonym group finds what another word of it says."""
    assert library.ask("why does my face prickle under a clay mask").matches[0].slug == "clay-mask-itch"


@pytest.mark.parametrize("question", ["How long does a clay mask stay on?", "clay", "zzyzx"])
def test_which_article_answers_is_what_asking_says(library: Library, question: str) -> None:
    """Or none, where asking is not sure."""
    article = library.ask(question).article
    assert library.answering(question) == (article.slug if article else None)


def test_category_that_is_not_there_is_an_error(library: Library) -> None:
    """A misspelt category is told rather than answered with nothing."""
    with pytest.raises(OraError) as caught:
        library.ask("clay", category="clay-mask")
    assert (caught.value.code, caught.value.hint) == (ExitCode.USAGE, "did you mean: clay-masks")


def test_places_may_be_strings(small: Path) -> None:
    """Paths are taken as strings too, as one types them."""
    assert len(Library.open([str(small)]).entries()) == len(SLUGS)


def test_random_article_is_one_of_the_library(library: Library) -> None:
    """Any article may come."""
    assert {library.random_article().slug for _ in range(20)} <= set(SLUGS)


def test_nothing_is_printed(small: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The library leaves the streams of the program that uses it alone."""
    library = Library.open([small])
    library.ask("how long does a clay mask stay on", explain=True)
    with pytest.raises(OraError):
        library.article("none")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("stored", [True, False], ids=["index in a file", "index in memory"])
def test_threads_share_a_library(small: Path, tmp_path: Path, stored: bool) -> None:
    """One library answers several threads, each as it would answer one."""
    shared = Library.open([small], cache=tmp_path / "cache" if stored else tmp_path / "small.toml" / "no folder")
    questions = [f"how long does a clay mask stay on {number}" for number in range(50)]
    expected = list(map(shared.ask, questions))
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(shared.ask, questions)) == expected
        assert threads.submit(shared.files).result() == shared.files()
        assert threads.submit(shared.entries).result() == shared.entries()


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": -1}, {"min_confidence": 5}, {"min_confidence": math.nan}])
def test_wrong_arguments_are_refused(library: Library, wrong: dict[str, Any]) -> None:
    """A limit below one and a confidence that is none are mistakes in the caller's code."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        library.ask("how long does a clay mask stay on", **wrong)


LOOK_UPS: dict[str, Callable[[Library], object]] = {
    "categories": lambda library: library.categories(),
    "entries": lambda library: library.entries(),
    "files": lambda library: [file.path for file in library.files()],
    "random_slug": lambda library: library.random_article().slug in SLUGS,
    "sources": lambda library: library.sources(),
}


@pytest.mark.parametrize("method", LOOK_UPS)
def test_damage_found_by_a_look_up_costs_no_answer(small: Path, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a look-up stumbles on a damaged index, the index is made anew and the look-up answered from that."""
    library = Library.open([small])
    expected = LOOK_UPS[method](library)
    whole = getattr(Index, method)

    damage = iter([sqlite3.DatabaseError()])

    def damaged(index: Index, **wanted: Any) -> Any:
        for error in damage:
            raise error
        return whole(index, **wanted)

    monkeypatch.setattr(Index, method, damaged)
    assert LOOK_UPS[method](library) == expected


def test_the_package_offers_what_code_needs(library: Library) -> None:
    """The types of what comes back, and of what goes wrong, can be imported from the top."""
    verdict = library.ask("how long does a clay mask stay on")
    assert isinstance(verdict, Verdict)
    assert isinstance(verdict.article, Article)
    assert isinstance(verdict.matches[0], Match)
    assert verdict.status is Status.ANSWERED
    with pytest.raises(OraError):
        library.article("zzyzx")


def test_text_of_a_verdict_has_no_marks(library: Library) -> None:
    """What is said reads as a sentence: answer and section, a notice first, a reason, the titles of a topic."""
    assert library.ask("how long does a clay mask stay on").text() == "Ten minutes, or until it turns pale."
    told = library.ask("why not longer for a clay mask", min_confidence=0)
    assert told.section == "Why not longer"
    assert "\n\nDry clay draws water from the skin\nand cracks.\n" in told.text()
    assert library.ask("zzyzx trouble breathing").text().startswith("Call the emergency number now.\n\n")
    assert library.ask("zzyzx").text() == "not a word that ora knows: zzyzx"
    assert "How long does a clay mask stay on?" in library.ask("clay mask", min_confidence=1).text()


NAMES = {
    "Clay-Mask-Time": "clay-mask-time",
    "mask-minutes": "clay-mask-time",
    "clay-mask-t": "clay-mask-time",
    "How long does a clay mask stay on": "clay-mask-time",
    "should I sleep in gloves?": "gloves-at-night",
    "brittle": "brittle-nails",
}


@pytest.mark.parametrize("name", NAMES)
def test_an_article_has_many_names(library: Library, name: str) -> None:
    """A slug in any case, a former one, the unique start of one, a title, another phrasing."""
    assert library.article(name).slug == NAMES[name]


def test_a_section_is_found_by_its_words(library: Library) -> None:
    """Words of its heading or of its text."""
    article = library.article("clay-mask-time")
    assert library.section(article, "longer") == "Why not longer"
    assert library.section(article, "lukewarm water") == "Taking it off"
