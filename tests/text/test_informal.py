"""Messages as people type them, and groups of words in them."""

from __future__ import annotations

import pytest

from ora_cli.content.articles import Article
from ora_cli.content.reading import read_articles
from ora_cli.paths import bundled_articles
from ora_cli.text.informal import forms_of, informal_words, short_forms
from ora_cli.text.word_groups import Hit, WordGroups, denied
from ora_cli.text.words import is_english, words


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("I can't, won't & didn't", "i can not will not did not"),
        ("cnt brethe n im dizzy", "can not breathe and i am dizzy"),
        ("It’s 39.5. Help?!", "it 39.5 . help ?"),  # noqa: RUF001
        ("dye in my i", "dye in my eye"),
        ("Señora está mal", "senora esta mal"),
        ("", ""),
    ],
)
def test_messages_are_read_out(text: str, read: str) -> None:
    """Short forms are spelled out, accents left out, and ends of sentences kept."""
    assert " ".join(informal_words(text)) == read


def test_hits() -> None:
    """A word, the start of a word and a phrase are found, each where it stands."""
    found = WordGroups([("pain", ["pain*", "hurts"]), ("sight", ["can not see", "see double*"])])
    assert found.hits(["painful", "and", "i", "can", "not", "see"]) == {Hit("pain", 0, 1), Hit("sight", 3, 6)}
    assert found.hits(["see", "doubles"]) == {Hit("sight", 0, 2)}
    assert found.knows("painless")
    assert not found.knows("double")
    assert {"pain", "pains", "painting", "hurts"} - found.vocabulary() == {"painting"}


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("no pain", False),
        ("not in any real pain", False),
        ("no fever but pain", True),
        ("no . pain", True),
        ("can not pain", True),
        ("never one two three four five pain", True),
    ],
)
def test_what_is_denied(message: str, left: bool) -> None:
    """A negation reaches over a few words, up to a break; "cannot" says what fails."""
    words = message.split()
    hits = WordGroups([("pain", ["pain"])]).hits(words)
    assert bool(hits - denied(words, hits)) is left


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("spf50", ["spf", "50"]),
        ("itchyyy", ["itchy"]),
        ("boddy", ["body"]),
        ("wot", ["what"]),
        ("swellin", ["swelling"]),
        ("spotz", ["spots"]),
    ],
)
def test_what_haste_may_stand_for(word: str, form: list[str]) -> None:
    """Numbers come off words, drawn-out and doubled letters are dropped, and short forms read out."""
    assert form in list(forms_of(word))


def test_one_letter_over_and_over_stands_for_nothing() -> None:
    """No article on a z-plasty answers it."""
    assert ["z"] not in list(forms_of("zzzzzz"))


# Short forms that the bundled articles are asked by as they are: they name something, or everybody writes so.
ASKED_BY = {"derm", "hes", "im", "its", "ive", "med", "meds", "op", "shes", "thats", "theres", "whats"}


def test_phrasings_of_the_bundled_articles_hide_no_short_form() -> None:
    """A question's "wks" is read as weeks only as long as it is no word of an article."""
    articles = (record for record in read_articles(bundled_articles()) if isinstance(record, Article))
    used = {word for article in articles for phrasing in article.phrasings() for word in words(phrasing)}
    hidden = {word for word in used.intersection(short_forms()) if not (word.isdigit() or is_english(word))}
    assert hidden <= ASKED_BY
