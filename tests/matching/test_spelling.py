"""Which words are corrected, and to what: the words of these articles are made up, so that none is English."""

from __future__ import annotations

import random
import string
from collections.abc import Sequence

import pytest
from written import article, index_of

from ora_cli.matching.spelling import correct_spelling, is_typo
from ora_cli.text.phonetics import phonetic_key


def corrected(typed: str, *words: str | tuple[str, int]) -> str | None:
    """Return the correction of a word where the articles have these words, some of them in several articles."""
    counts = [(word, 1) if isinstance(word, str) else word for word in words]
    rows = [article(f"{word} {number}", answer="Yes.") for word, count in counts for number in range(count)]
    return correct_spelling(typed, index_of(rows))


# What is typed, the words that there are, and what is read.
CASES: dict[str, tuple[str, Sequence[str | tuple[str, int]], str | None]] = {
    "one letter of six is wrong": ("zorbal", ["zorbel"], "zorbel"),
    "two letters of six are too many": ("zarbol", ["zorbel"], None),
    "two letters of nine are not": ("grumvelak", ["gramvelok"], "gramvelok"),
    "three letters of nine are too many": ("grumvulak", ["gramvelok"], None),
    "two letters are missing": ("zobeki", ["zorbekli"], "zorbekli"),
    "two letters are too many": ("zorbekli", ["zobeki"], "zobeki"),
    "four letters of sixteen are too many": ("grumvelakdet", ["grumvelakdetorpi"], None),
    "five letters can be wrong": ("zorbl", ["zorbel"], "zorbel"),
    "four letters can only be swapped": ("zrob", ["zorb"], "zorb"),
    "four letters with one wrong are another word": ("zorp", ["zorbp"], None),
    "unless many articles have a word with one letter more": ("zrbe", [("zorbe", 3)], "zorbe"),
    "three letters are not corrected": ("zro", ["zor"], None),
    "everyday English is what it is": ("danger", ["dancer"], None),
    "letters and digits are no word": ("zorbe1", ["zorbel"], None),
    "a letter of a word of many articles is left out, and one of a general word": ("csts", [("cysts", 6)], "cysts"),
    "it is in too few": ("csts", ["cysts"], "costs"),
    "neighbours are swapped in either": ("laer", [("laser", 40)], "laser"),
    "neighbours are swapped in a word of grammar": ("becuase", ["zorbel"], "because"),
    "in a short one too": ("adn", ["zorbel"], "and"),
    "but not at its start": ("nad", ["zorbel"], None),
    "a letter of one is left out": ("whre", ["zorbel"], "where"),
    "a letter of one is doubled": ("agaain", ["zorbel"], "again"),
    "a letter too many is no typo": ("hows", ["zorbel"], None),
    "a wrong letter makes no word of grammar": ("olay", ["zorbel"], None),
    "unless the word is long": ("sometging", ["zorbel"], "something"),
    "nor does what is left out of three letters": ("als", ["zorbel"], None),
    "a letter of a general word is left out": ("ceap", ["zorbel"], "cheap"),
    "a general word must be closer": ("yestursey", ["zorbel"], None),
    "and comes first where it is": ("weding", ["weeding"], "wedding"),
    "and is no misspelling itself": ("asap", ["asaph"], None),
    "it sounds alike": ("phyllah", ["fillah"], "fillah"),
    "what sounds alike comes before what is spelled alike": ("qwoxophi", ["kwoksofi", "qwoxaphi"], "kwoksofi"),
    "what more articles have comes first": ("zorbal", ["zorbel", ("zorbil", 3)], "zorbil"),
    "a letter left out comes before a wrong one": ("zorbal", ["zorbail", ("zorbel", 6)], "zorbail"),
    "so does a doubled one": ("zorbell", ["zorbel", ("zorbeld", 6)], "zorbel"),
    "of two typos what more articles have": ("zorbal", ["zorbail", ("zorbral", 3)], "zorbral"),
    "the second letter is wrong": ("zurbel", ["zorbel"], "zorbel"),
    "the first letter is seldom wrong": ("zrumvil", ["grumvil"], None),
    "but in a long word it is seen": ("zrumvelak", ["grumvelak"], "grumvelak"),
    "the first letter is missing": ("rumvelakt", ["grumvelakt"], "grumvelakt"),
    "the first letters are swapped": ("rgumvelak", ["grumvelak"], "grumvelak"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_word_is_corrected(case: tuple[str, Sequence[str | tuple[str, int]], str | None]) -> None:
    """A word that no article has is read as the one it is most likely meant to be, or left alone."""
    typed, words, expected = case
    assert corrected(typed, *words) == expected


def test_a_frequent_word_that_is_spelled_alike_can_come_before_one_that_sounds_alike() -> None:
    """To sound alike is nearly, not quite, to be the same."""
    typed, sounds, spelled = "xophyquathiloxed", "ksofikuatiloksed", "xophyquathilomed"
    assert phonetic_key(typed) == phonetic_key(sounds) != phonetic_key(spelled)
    assert corrected(typed, sounds, spelled) == sounds
    assert corrected(typed, sounds, (spelled, 12)) == spelled


def test_any_first_letter_can_be_wrong() -> None:
    """Whichever letter the word begins with, one other at its place is seen through."""
    choose = random.Random(1)
    words = [letter + "".join(choose.choices("bdfglmnprv", k=9)) for letter in string.ascii_lowercase]
    index = index_of([article(word) for word in words])
    for word in words:
        other = "a" if word[0] != "a" else "e"
        assert correct_spelling(other + word[1:], index) == word


@pytest.mark.parametrize(("words", "expected"), [(50_000, "zorbel"), (60_000, None)])
def test_of_many_words_those_are_compared_that_begin_alike(words: int, expected: str | None) -> None:
    """Where there are more words than can be compared in a moment, the first two letters must be right."""
    index = index_of([article("zorbel")])
    index.words = words
    assert correct_spelling("zurbel", index) == expected
    assert correct_spelling("zorbal", index) == "zorbel"


# A word as typed, the word that is meant, and whether that is a typo.
TYPOS: dict[str, tuple[str, str, bool]] = {
    "the same": ("zorbel", "zorbel", False),
    "swapped": ("zobrel", "zorbel", True),
    "swapped at the start": ("ozrbel", "zorbel", False),
    "swapped at the end": ("zorble", "zorbel", True),
    "swapped over a letter": ("zebrol", "zorbel", False),
    "swapped in three letters": ("zro", "zor", True),
    "left out": ("zrbel", "zorbel", True),
    "left out at the end": ("zorbe", "zorbel", True),
    "left out at the start": ("orbel", "zorbel", False),
    "left out of four": ("zrb", "zorb", False),
    "doubled": ("zorrbel", "zorbel", True),
    "doubled at the end": ("zorbell", "zorbel", True),
    "doubled at the start": ("zzorbel", "zorbel", True),
    "another letter too many": ("zorbels", "zorbel", False),
    "another letter": ("zorbil", "zorbel", False),
    "two left out": ("zrbl", "zorbel", False),
}


@pytest.mark.parametrize("case", TYPOS.values(), ids=TYPOS)
def test_typo(case: tuple[str, str, bool]) -> None:
    """Only what one slip of the hand does is a typo."""
    typed, meant, expected = case
    assert is_typo(typed, meant) is expected
