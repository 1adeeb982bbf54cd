"""One way to turn text into words, for questions and articles alike."""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import cache, lru_cache

from ora_cli.paths import bundled_text
from ora_cli.text.sorted_lines import SortedLines

# The words that carry grammar rather than a subject. They have little weight, but they are kept, because the intent of
# a question and negation show in them.
FUNCTION_WORDS = frozenset(
    """
    a about actually after again all also am an and any anybody anyone anything are as ask at away
    be became because been before being but by can cannot could did do does doing done else
    ever every few for from get gets getting give go goes going gonna good got had has have having
    he help her hers hi hello him his how i if im in into is it its itself ive just kind know let like
    likely look make many may maybe me mean might mine more most much must my myself need no nor not
    now of off ok okay on one only or other our ours out over own please possible quite rather
    really said same say see shall she should so some someone something somewhat such sure take tell
    than thank thanks that the their theirs them then there these they thing think this those though
    to too try trying up upon us use used using very want wanted was way we well were what
    whats when where whether which while who whom whose why will wish with wondering would yes yet
    you your yours
    """.split()  # noqa: SIM905 -- a list of two hundred strings would be harder to read
)
# How many words are remembered to be English or not.
_CACHED_WORDS = 50_000
_WORD = r"[^\W_]+|\0"
_NOT_ASCII = r"[^\x00-\x7f]+"
_SLUG_WORD = r"[a-z0-9]+"
_SLUG_LENGTH = 60
END_OF_TEXT = "\0"
"""A word of its own that separates texts which are split into words together."""
# Every ASCII character except letters and digits becomes a blank.
_SEPARATORS = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != END_OF_TEXT}
_NOT = (("cannot", "can not"), ("can't", "can not"), ("won't", "will not"), ("n't", " not"))
# The same without the apostrophe; "wont" is also a word of its own, but a rare one. And letters that are read out even
# though articles have them, in "Nd:YAG" or "U-shaped", for in a question they hardly ever mean that; "uve" would be UV.
_SPELLED_OUT = {
    f"{verb}nt": [verb, "not"]
    for verb in "are could did do does had has have is should was were would".split()  # noqa: SIM905
} | {
    **{"cant": ["can", "not"], "wont": ["will", "not"], "u": ["you"], "ur": ["your"], "n": ["and"], "nd": ["and"]},
    **{"em": ["them"], "til": ["until"], "uve": ["you"]},
}
_SENTENCE_END = r"(?<=[.?!])\s+"
_SHORT_FORM = r"'(?<=\w')(?:s|re|ve|ll|d|m)\b"  # starts with the apostrophe, which makes the search fast


@cache
def general_words() -> frozenset[str]:
    """Return the general words: a question without them is still the same question."""
    lines = bundled_text("general_words.txt").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=_CACHED_WORDS)
def is_english(word: str) -> bool:
    """Return whether `word` is in the bundled list of everyday English words, which have the letters a to z alone."""
    return bool(word) and _english_words().starting(word) == word


@cache
def _english_words() -> SortedLines:
    # A set of them takes 10 ms to make.
    return SortedLines(bundled_text("words.txt"))


def normalise(text: str) -> str:
    """Return `text` case-folded, without accents and with contractions spelled out."""
    if not text.isascii():
        text = re.sub(_NOT_ASCII, _without_accents, text)
    text = text.casefold()
    if "'" in text or "cannot" in text:
        for contraction, spelled_out in _NOT:
            text = text.replace(contraction, spelled_out)
        text = re.sub(_SHORT_FORM, "", text)
    return text


def _without_accents(found: re.Match[str]) -> str:
    """Return non-ASCII characters without accents; all but letters and digits become blanks."""
    text = found[0].replace("\u2019", "'").replace("\u02bc", "'")
    decomposed = unicodedata.normalize("NFKD", text)
    plain = (ch for ch in decomposed if not unicodedata.combining(ch))
    return "".join(ch if ch.isalnum() or ch.isascii() else " " for ch in plain)


def words(text: str) -> list[str]:
    """Return the words of `text` in order: normalised runs of letters and digits, with "dont" as "do not"."""
    text = normalise(text)
    # Both ways give the same words; for ASCII text, which most is by now, the first takes a third of the time.
    found: list[str] = text.translate(_SEPARATORS).split() if text.isascii() else re.findall(_WORD, text)
    if _SPELLED_OUT.keys().isdisjoint(found):
        return found
    return [spelled for word in found for spelled in _SPELLED_OUT.get(word, (word,))]


def common_start(one: str, other: str) -> int:
    """Return how many letters two words have in common at their start."""
    places = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in places if a != b), min(len(one), len(other)))


def slug_of(text: str) -> str:
    """Return a slug made of the first words of `text`; empty if it has no letters a to z and no digits."""
    slug = ""
    for word in re.findall(_SLUG_WORD, normalise(text)):
        longer = f"{slug}-{word}" if slug else word[:_SLUG_LENGTH]
        if len(longer) > _SLUG_LENGTH:
            break
        slug = longer
    return slug


def slug_for(text: str, default: str) -> str:
    """Return a slug for a title or a name; where it has no letters a to z and no digits, one made of all its letters.

    That one says nothing to a reader, but it is always the same and of no other text. Without any text it is `default`.
    """
    if not text.strip():
        return default
    return slug_of(text) or f"{default}-{zlib.crc32(text.strip().encode('utf-8', 'replace')):08x}"


def question_part(text: str) -> str:
    """Return the last question in `text`, or the last sentence if none ends with a question mark."""
    sentences = re.split(_SENTENCE_END, text)
    questions = [sentence for sentence in sentences if sentence.endswith("?")]
    return (questions or sentences)[-1]
