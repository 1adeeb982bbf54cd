"""Words and cleaning: the same for questions and articles, and safe for any text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ora_cli.text.cleaning import clean
from ora_cli.text.phonetics import phonetic_key, phonetic_keys
from ora_cli.text.stems import Stemmer
from ora_cli.text.words import normalise, question_part, words

WORDS = {
    "Does Botox cause SAGGING?": ["does", "botox", "cause", "sagging"],
    "can't": ["can", "not"],
    "cannot": ["can", "not"],
    "won’t": ["will", "not"],  # noqa: RUF001 -- the apostrophe that phones type
    "it isn't": ["it", "is", "not"],
    "what's my skin's type": ["what", "my", "skin", "type"],
    "Café naïve": ["cafe", "naive"],
    "SPF50+ and 2.5%": ["spf50", "and", "2", "5"],
    "snake_case": ["snake", "case"],
    "x-ray": ["x", "ray"],
    "面膜": ["面膜"],
    "?!…": [],
    "": [],
}
WORD_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789é"
CLEAN = {
    "a\x1b[31mred\x1b[0m": "ared",
    "a\x1b]0;title\x07b": "ab",
    "a\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\b": "alinkb",
    "a\x1bPq\x1b\\b": "ab",
    "a\x9b31mb": "ab",
    "a\rb\x08c\x7fd\x00e": "abcde",
    "a\u202eb\u2066c\u200bd\ufeffe": "abcde",
    "a\tb\nc": "a\tb\nc",
    "\x1b": "",
    "\x1b\x1b[31m": "",
    "👩\u200d⚕️": "👩\u200d⚕️",
}
# Text with more of what matters here than chance would give.
TRICKY = st.text(
    st.one_of(st.sampled_from("\x1b[]\\\x9b;mPX^_0;\x07\r\n\t'’n tcanoİßﬁ"), st.characters()),  # noqa: RUF001
    max_size=40,
)


@pytest.mark.parametrize(("text", "expected"), WORDS.items())
def test_words(text: str, expected: list[str]) -> None:
    """Case, accents, apostrophes and punctuation make no difference."""
    assert words(text) == expected


@pytest.mark.parametrize(("text", "expected"), CLEAN.items())
def test_clean(text: str, expected: str) -> None:
    """Escape sequences go as a whole, controls one by one, and the rest stays."""
    assert clean(text) == expected


@given(TRICKY)
def test_clean_text_has_no_controls_and_stays_as_it_is(text: str) -> None:
    """Nothing is left that could drive a terminal, and cleaning twice is cleaning once."""
    cleaned = clean(text)
    assert {ch for ch in cleaned if unicodedata.category(ch) in ("Cc", "Cs")} <= {"\n", "\t"}
    assert clean(cleaned) == cleaned
    cleaned.encode()


@given(TRICKY)
def test_words_are_words(text: str) -> None:
    """A word is a run of letters and digits, in lower case, and reading words again gives the same."""
    found = words(text)
    assert all(word and not any(ch.isspace() for ch in word) for word in found)
    assert words(" ".join(found)) == found


@given(TRICKY)
def test_normalising_twice_changes_nothing_in_words(text: str) -> None:
    """The index and the question may meet after any number of passes."""
    assert words(normalise(text)) == words(text)


@given(st.lists(TRICKY, min_size=1))
def test_texts_together_have_the_stems_of_each_alone(texts: list[str]) -> None:
    """Many texts are stemmed at once because it is fast; which words stand in which stays as it is."""
    lines = [" ".join(clean(text).split()) for text in texts]
    together = Stemmer().of_texts(lines)
    assert [text.split() for text in together] == [Stemmer()(words(line)) for line in lines]
    assert all(text == f" {' '.join(text.split())} " or text == " " for text in together)


@given(st.lists(st.text(WORD_LETTERS, min_size=1)))
def test_words_together_have_the_sounds_of_each_alone(together: list[str]) -> None:
    """Many words are sounded at once because it is fast, also none of them."""
    assert phonetic_keys(together) == [phonetic_key(word) for word in together]


def test_stems_that_are_forgotten_are_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million articles have more words than are remembered, and none of them may go without its stem."""
    monkeypatch.setattr("ora_cli.text.stems._CACHE_LIMIT", 2)
    stem = Stemmer()
    for word, stemmed in {"fillers": "filler", "injections": "inject", "wrinkles": "wrinkl", "peels": "peel"}.items():
        assert stem([word, word]) == [stemmed, stemmed]
        assert stem.of_texts([f"{word} peels", "fillers"]) == [f" {stemmed} peel ", " filler "]


@given(st.text())
def test_question_part_is_part_of_the_text(text: str) -> None:
    """Any text has a part that asks."""
    assert question_part(text) in text


def test_question_part_is_the_last_question() -> None:
    """In a story the question counts, wherever it stands; without one, the last sentence."""
    assert question_part("I had filler. Is it safe? It hurts.") == "Is it safe?"
    assert question_part("I had filler. It hurts.") == "It hurts."
