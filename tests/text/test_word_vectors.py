"""Word vectors: sums of them point where a text is about the same thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ora_cli.paths import bundled
from ora_cli.text.stems import Stemmer, function_stems
from ora_cli.text.word_vectors import DIMENSIONS, direction, length, product
from ora_cli.text.words import words

NEARER = [
    ("wrinkle jab", "botox injection", "shampoo for dandruff"),
    ("my hair is falling out", "baldness", "cheek filler"),
    ("zits on my chin", "acne", "varicose veins"),
    ("manky toenail", "fungal nail", "eyelid surgery"),
    ("knackered looking eyes", "dark circles under the eyes", "ringworm"),
]
KNOWN = st.lists(st.sampled_from(["botox", "acn", "hair", "nail", "sun", "how", "much"]), min_size=1, max_size=30)


GRAMMAR = function_stems(Stemmer())


def direction_of(text: str) -> bytes:
    return direction(Stemmer()(words(text)), GRAMMAR)


@pytest.mark.parametrize(("asked", "same", "other"), NEARER)
def test_words_of_one_thing_are_near(asked: str, same: str, other: str) -> None:
    """What people call a thing is nearer to its proper name than to another thing, without a word in common."""
    assert product(direction_of(asked), direction_of(same)) > product(direction_of(asked), direction_of(other)) + 0.2


@given(stems=KNOWN)
def test_direction_is_the_same_however_long_the_text(stems: list[str]) -> None:
    """Neither the order nor how often everything is said changes where a text points."""
    one = direction(stems, GRAMMAR)
    assert direction(reversed(stems), GRAMMAR) == direction(stems * 3, GRAMMAR) == one
    if set(stems) <= GRAMMAR:
        assert one == b""
    else:
        assert len(one) == DIMENSIONS
        assert length(one) == pytest.approx(1, abs=0.05)
        assert product(one, one) == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("stems", [[], ["qwxzqwxz"], [""], ["\n"], ["how", "much"]])
def test_words_without_a_vector_point_nowhere(stems: list[str]) -> None:
    """A text of which no word but grammar has a vector is like no other."""
    assert direction(stems, GRAMMAR) == b""
    assert product(direction(stems, GRAMMAR), direction_of("botox")) == 0
    assert length(b"") == 0


def test_unknown_words_make_a_direction_shorter() -> None:
    """A text with other words is about other things as well, so that less is made of where it points."""
    known = ["botox", "hair", "nail"]
    whole, part = direction(known, GRAMMAR), direction([*known, "qwxzqwxz"], GRAMMAR)
    assert 0 < length(part) < length(whole) / 4
    assert 0 < product(part, whole) < product(whole, whole) / 4


def test_file_has_a_vector_for_each_stem() -> None:
    """The stems can be searched, and none is there twice."""
    stems, _, vectors = bundled("word_vectors.bin").read_bytes().partition(b"\n\n")
    names = stems.decode().split("\n")
    assert names == sorted(set(names))
    assert len(vectors) == len(names) * DIMENSIONS
