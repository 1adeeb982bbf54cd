"""Whether a question is about another field than the bundled articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from written import article, ranking_of

from ora_cli.library import Library
from ora_cli.matching import field
from ora_cli.matching.decision import evidence

WEIGHTS = "# What it is.\n\n-0.50\n\nlawn 6.5\nmole -2.0\nskin -9.0\n"


@pytest.fixture
def small_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(field, "bundled_text", lambda _: WEIGHTS)
    field._model.cache_clear()
    yield
    field._model.cache_clear()


@pytest.mark.usefixtures("small_model")
@pytest.mark.parametrize(
    ("terms", "log_odds"),
    [
        ((), 0.0),
        (("mole", "skin"), 0.0),
        (("mole", "lawn"), (6.5 - 2.0) / 2 - 0.5),
        (("mole", "lawn", "zorbel"), (6.5 - 2.0) / 3 - 0.5),
        (("lawn",), field.MOST_FOREIGN),
        (("law",), 0.0),
    ],
)
def test_the_mean_of_the_weights(terms: Sequence[str], log_odds: float) -> None:
    assert field.foreign(terms) == pytest.approx(log_odds)


@pytest.mark.usefixtures("shared_index")
@pytest.mark.parametrize(
    ("question", "outside"),
    [
        ("export kindle highlights to word", True),
        ("windows 11 patch tuesday update stuck", True),
        ("how do I get the scale out of my kettle", True),
        ("car polish before or after wax", True),
        ("how do I get rid of a mole on my back", False),
        ("lip filler swelling", False),
        ("my scalp itches since I dyed my hair, what helps", False),
    ],
)
def test_bundled_articles_have_a_field(question: str, outside: bool) -> None:
    """Who asks of another field, in words that articles on skin and hair have too, is offered none of them."""
    assert Library.open().ask(question).outside is outside


def test_other_articles_have_none() -> None:
    found = ranking_of("how do I lay tiles on a kitchen wall", article("How do you lay tiles on a kitchen wall?"))
    assert evidence(found).foreign == 0
