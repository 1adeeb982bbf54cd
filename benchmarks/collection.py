"""Collections of made-up articles as large as wanted, with words as frequent as in real text, and questions on them.

How often a word comes follows a Zipf-Mandelbrot law: the word of rank r comes in proportion to (r + 2.7) ** -1.1, which
makes the most frequent one about every thirtieth word, as "the" is among the bundled articles. The first ranks are the
words of the bundled articles from the most frequent to the rarest, the next those of the word list in random order, and
the rest words that nobody has written. An article has a title, three other phrasings of it and an answer of about 40
words, which all come back to the same few words. The same seed makes the same collection.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from installed import ROOT

BUNDLED = ROOT / "data" / "articles.toml"
_SHIFT, _EXPONENT, _RANKS = 2.7, 1.1, 400_000
# Ranks before this one are words such as "the" and "can", which no article is about.
_TELLING_FROM = 150
_ASKINGS, _CATEGORIES = 4, 20
_ONSETS = (*"bcdfghklmnprstvwz", "br", "ch", "dr", "gr", "pl", "qu", "sh", "st", "th")
_VOWELS = (*"aeiou", "ai", "ea", "ou")
_ENDS = ("", "l", "m", "n", "r", "st", "t")

Json = dict[str, Any]


class Collection(NamedTuple):
    """A file of articles; `text` is the number of bytes of what they say, `questions` come with the article meant."""

    file: Path
    articles: int
    text: int
    questions: list[tuple[str, str]]


class Words:
    """Draws words by the law."""

    def __init__(self, rng: random.Random) -> None:
        counts = Counter(word for article in _bundled()["article"] for word in _plain_words(article))
        others = _plain(ROOT.joinpath("data", "words.txt").read_text(encoding="utf-8")) - counts.keys()
        self._rng = rng
        self._known = [word for word, _ in counts.most_common()] + rng.sample(sorted(others), len(others))

    def draw(self, first: int = 1) -> str:
        """Return a random word of this rank or a later one."""
        # The law as an integral, turned round: no table of 400,000 sums to search for each word.
        power, shift = 1 - _EXPONENT, _SHIFT - 0.5
        low, high = (first + shift) ** power, (_RANKS + 1 + shift) ** power
        rank = int((low + self._rng.random() * (high - low)) ** (1 / power) - shift)
        return self._known[rank - 1] if rank <= len(self._known) else _made_up(rank)


def make(file: Path, size: int, *, questions: int, seed: int) -> Collection:
    """Write a collection of made-up articles, one at a time."""
    rng = random.Random(seed)
    words = Words(rng)
    articles = (_article(number, words, rng) for number in range(size))
    file.write_bytes(b"")
    return _append(file, size, articles, words, rng, questions)


def copy_bundled(file: Path, *, questions: int, seed: int) -> Collection:
    """Write the bundled articles as a collection."""
    rng = random.Random(seed)
    tables = _bundled()
    articles = tables.pop("article")
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(_line({kind: table}) for kind, many in tables.items() for table in many)
    return _append(file, len(articles), articles, Words(rng), rng, questions)


def _append(
    file: Path, size: int, articles: Iterable[Json], words: Words, rng: random.Random, questions: int
) -> Collection:
    """Append the articles to the file and ask as many questions on them, spread evenly."""
    text = 0
    asked: list[tuple[str, str]] = []
    with file.open("a", encoding="utf-8") as stream:
        for number, article in enumerate(articles):
            stream.write(_line(article))
            text += sum(len(part.encode()) for part in _texts(article))
            due = questions * (number + 1) // size - len(asked)
            asked += [(article["slug"], _question(rng.choice(_askings(article)), words, rng)) for _ in range(due)]
    return Collection(file, size, text, asked)


def _article(number: int, words: Words, rng: random.Random) -> Json:
    topic = [words.draw(_TELLING_FROM) for _ in range(5)]

    def text(length: int, on_topic: float) -> str:
        drawn = (rng.choice(topic) if rng.random() < on_topic else words.draw() for _ in range(length))
        return " ".join(drawn).capitalize()

    title, *others = (text(rng.randint(5, 11), 0.4) for _ in range(_ASKINGS))
    return {
        "slug": f"{topic[0]}-{number}",
        "title": f"{title}?",
        "category": f"category-{number % _CATEGORIES}",
        "answer": " ".join(f"{text(rng.randint(8, 19), 0.1)}." for _ in range(3)),
        "also_asked": others,
    }


def _question(phrasing: str, words: Words, rng: random.Random) -> str:
    """Return the phrasing as somebody else puts it: words left out, words added, in one of five a slip of the hand."""
    asked = phrasing.lower().rstrip("?").split()
    kept = [word for word in asked if rng.random() > 0.25] or asked
    for _ in range(rng.randint(0, 2)):
        kept.insert(rng.randint(0, len(kept)), words.draw())
    long = [place for place, word in enumerate(kept) if len(word) > 4]
    if long and rng.random() < 0.2:
        place = rng.choice(long)
        kept[place] = _mistyped(kept[place], rng)
    return " ".join(kept)


def _mistyped(word: str, rng: random.Random) -> str:
    """Return the word with a letter left out, doubled, or swapped with the next."""
    place = rng.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return before + rng.choice([after, letter + letter + after, after[0] + letter + after[1:]])


def _made_up(number: int) -> str:
    """Return a word of three syllables, another for each number, and unlike those of the numbers next to it."""
    number *= 7_368_787
    parts = []
    for _ in range(3):
        number, onset = divmod(number, len(_ONSETS))
        number, vowel = divmod(number, len(_VOWELS))
        parts += [_ONSETS[onset], _VOWELS[vowel]]
    return "".join(parts) + _ENDS[number % len(_ENDS)]


def _bundled() -> Json:
    return tomllib.loads(BUNDLED.read_text(encoding="utf-8"))


def _askings(article: Json) -> list[str]:
    of_sections = (phrasing for section in article.get("section", ()) for phrasing in section.get("asked", ()))
    return [article["title"], *article.get("also_asked", ()), *of_sections]


def _texts(article: Json) -> Iterator[str]:
    yield from _askings(article)
    yield article["answer"]
    for section in article.get("section", ()):
        yield from (section["heading"], section["body"])


def _plain_words(article: Json) -> Iterator[str]:
    for text in _texts(article):
        yield from re.findall(r"[a-z]+", re.sub(r"\[\^.*?\]", "", text.lower()))


def _plain(text: str) -> set[str]:
    return set(re.findall(r"\b[a-z]+\b", text))


def _line(table: Json) -> str:
    return json.dumps(table, ensure_ascii=False, default=str) + "\n"  # dates become text
