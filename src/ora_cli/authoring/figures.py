"""The figures of a text: what an article claims in numbers, so that it can be held against its sources' facts."""

from __future__ import annotations

import re

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPELLED = dict(zip(_ONES, range(20), strict=True)) | dict(zip(_TENS, range(20, 100, 10), strict=True))
# Shares and spans that a text names without a number, with the numbers that say the same.
_NAMED = {
    "half": (50.0, 2.0),
    "quarter": (25.0, 4.0),
    "third": (33.0, 3.0),
    "fifth": (20.0, 5.0),
    "tenth": (10.0,),
    "twice": (2.0,),
    "fortnight": (2.0, 14.0),
}
_NUMBER_WORD = "|".join(sorted(_SPELLED, key=len, reverse=True))
# A spelled number is a figure when it counts one of these; "the two of you" is none.
_UNIT = (
    r"(?:minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|sessions?|treatments?|visits?|times|per ?cent|"
    rf"in (?:every )?(?:\d|{_NUMBER_WORD}|a hundred|a thousand)|out of|pounds?|dollars?|inch(?:es)?|teaspoons?|"
    r"fingers?|drops?|units?|doses?|injections?|hundred|thousand|stages?|grades?|degrees|layers|coats)"
)
_TELEPHONE = re.compile(r"\b(?:999|112|911|111|101|988|116 ?123|1-800[-\d]+|0800 ?[\d ]+)\b")
# A protection factor is a product's name rather than a claim.
_PROTECTION_FACTOR = re.compile(r"\bSPF ?\d+\b")
_DIGITS = re.compile(r"(?<![A-Za-z\d.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_BETWEEN = rf"[ -](?:to|or|and|in|out of)[ -](?:{_NUMBER_WORD}|\d+)"
_QUALIFIER = r"[ -](?:more|or more|full|whole|further|extra|small|separate|short)"
_COUNTING = re.compile(rf"\b({_NUMBER_WORD})\b(?=(?:{_BETWEEN})?(?:{_QUALIFIER})?[ -]{_UNIT}\b)", re.IGNORECASE)
_RANGE_END = re.compile(rf"\b(?:{_NUMBER_WORD}|\d+)[ -](?:to|or|in|out of)[ -]({_NUMBER_WORD})\b", re.IGNORECASE)
_ANY_NUMBER_WORD = re.compile(rf"\b({_NUMBER_WORD})\b", re.IGNORECASE)
_ONE_NUMBER = rf"(?:\d[\d,.]*|\b(?:{_NUMBER_WORD})\b)"
_RANGE = re.compile(
    rf"({_ONE_NUMBER})\s?(?:%|per cent)?\s*(?:-|\u2013|to|or|in every|in|out of|and)\s*[£$€]?{_ONE_NUMBER}",
    re.IGNORECASE,
)


def figures(text: str) -> set[float]:
    """Return the numbers that a text claims: all in digits, and the spelled ones that count something.

    Telephone numbers are no claims.
    """
    text = _TELEPHONE.sub(" ", text)
    spelled = {*_COUNTING.findall(text), *(word for word in _RANGE_END.findall(text) if word.lower() != "one")}
    return _digits(text) | {float(_SPELLED[word.lower()]) for word in spelled}


def count_figures(text: str) -> int:
    """Return how many figures a reader sees: a range such as "three to four months" is one, an SPF none."""
    text = _RANGE.sub(r"\1", _PROTECTION_FACTOR.sub(" ", _TELEPHONE.sub(" ", text)))
    return len(_DIGITS.findall(text)) + len(_COUNTING.findall(text))


def recorded_numbers(fact: str) -> set[float]:
    """Return every number that a fact states, in digits or words, and what "half" and its like come to."""
    spelled = {float(_SPELLED[word.lower()]) for word in _ANY_NUMBER_WORD.findall(fact)}
    named = {number for word, numbers in _NAMED.items() if word in fact for number in numbers}
    numbers = re.findall(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", fact)
    return spelled | named | {float(number.replace(",", "")) for number in numbers}


def _digits(text: str) -> set[float]:
    return {float(number.replace(",", "")) for number in _DIGITS.findall(text)}
