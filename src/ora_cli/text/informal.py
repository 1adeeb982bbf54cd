"""The words of a message as people type it in a hurry, with short forms read out and the ends of sentences kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from ora_cli.paths import bundled_text
from ora_cli.text.words import is_english

END, ASKED = ".", "?"
"""What stands for the end of a sentence, and for that of a question."""

_WORD = re.compile(r"\d+\.\d+|[^\W\d_]+|\d+|[?!]+|[.;]+")
# A number stuck to a word, a letter three times or more, and a letter twice.
_STUCK = re.compile(r"[^\W\d_]{2,}\d+|\d+[^\W\d_]{2,}")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_SHORTEST_DOUBLED = 3
_DOUBLED = re.compile(r"([^\W\d_])\1")
# Endings that are written as they are said: "swellin", "spotz", "overnite".
_ENDINGS = (("in", "ing"), ("z", "s"), ("nite", "night"))
_NOT = (("cannot", "can not"), ("can't", "can not"), ("won't", "will not"), ("shan't", "shall not"), ("n't", " not"))
_CONTRACTED = re.compile(r"'(s|re|ve|ll|d|m)\b")
_SPELLED = {"s": "", "re": " are", "ve": " have", "ll": " will", "d": "", "m": " am"}


@cache
def short_forms() -> dict[str, list[str]]:
    """Return what the short forms of messages stand for: "cnt" for "can not", "wk" for "week"."""
    lines = bundled_text("short_forms.txt").splitlines()
    pairs = (line.split(": ") for line in lines if line and not line.startswith("#"))
    return {short: spelled.split() for short, spelled in pairs}


def forms_of(word: str) -> Iterator[list[str]]:
    """Yield what a word typed in a hurry may stand for, the likeliest first: "wot", "swellin", "spf50", "boddy".

    A short form is nothing else, even one that is English ("nite"); any other English word stands for itself.
    """
    if word in short_forms():
        yield short_forms()[word]
        return
    if is_english(word):
        return
    for said, written in _ENDINGS:
        if word.endswith(said):
            yield [word.removesuffix(said) + written]
    if _STUCK.fullmatch(word):
        parts = re.findall(r"\d+|\D+", word)
        yield parts
        # Numbers are short forms too, but not here.
        yield [read for part in parts for read in (short_forms().get(part, [part]) if part.isalpha() else [part])]
    if _DRAWN_OUT.search(word) and len(set(word)) > 1:
        yield [_DRAWN_OUT.sub(r"\1\1", word)]
        yield [_DRAWN_OUT.sub(r"\1", word)]
    for doubled in _DOUBLED.finditer(word) if len(word) > _SHORTEST_DOUBLED else ():
        yield [word[: doubled.start()] + word[doubled.start() + 1 :]]


def informal_words(text: str) -> list[str]:
    """Return the words of a message in lower case, its short forms read out, with END and ASKED between sentences."""
    found: list[str] = []
    forms = short_forms()
    for word in _WORD.findall(_spelled_out(text)):
        if word[0] in "?!.;":
            found.append(ASKED if "?" in word else END)
        elif word == "i" and (found[-1:] == ["my"] or found[-2:-1] == ["my"]):
            found.append("eye")  # "in my i", "my left i"
        else:
            found += forms.get(word, (word,))
    return found


def _spelled_out(text: str) -> str:
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.replace("\u2019", "'").replace("\u2018", "'"))
        text = "".join(character for character in decomposed if not unicodedata.combining(character))
    text = text.lower()
    if "'" in text or "cannot" in text:
        for contraction, spelled_out in _NOT:
            text = text.replace(contraction, spelled_out)
        text = _CONTRACTED.sub(lambda found: _SPELLED[found[1]], text)
    return text
