"""What the texts of an article consist of: paragraphs, sentences, words; with or without footnote marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ora_cli.content.articles import FOOTNOTE, Article

FOOTNOTE_MARK = re.compile(r"\s*" + FOOTNOTE.pattern)
"""A footnote mark with the blanks before it."""

NOT_AN_END = r"(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\bDr\.)(?<!\bSt\.)"
CLOSING = "[\"'\u2019\u201d)]"
_OPENING = "[A-Z\"'\u2018\u201c(\\[]"
_BLOCK_END = re.compile(r"\n\s*\n|\n(?=\s*- )")
_SENTENCE_END = re.compile(rf"(?:(?<=[.!?])|(?<=[.!?]{CLOSING})){NOT_AN_END}\s+(?={_OPENING})")
_COUNTED = re.compile(r"\S*\w\S*")


def paragraphs(text: str) -> list[str]:
    """Return the parts of a text between blank lines; a list with its introduction is one."""
    return [part for part in re.split(r"\n\s*\n", text) if part.strip()]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text with their footnote marks; a bullet ends one, with or without a full stop."""
    blocks = (" ".join(block.split()).removeprefix("- ") for block in _BLOCK_END.split(text.replace("**", "")))
    return [sentence for block in blocks if block for sentence in _SENTENCE_END.split(block)]


def unmarked(text: str) -> str:
    """Return a text without footnote marks and without the signs of strong text."""
    return FOOTNOTE_MARK.sub("", text).replace("**", "")


def count_words(text: str) -> int:
    """Return how many words a reader sees."""
    return len(_COUNTED.findall(unmarked(text)))


def excerpt(text: str) -> str:
    """Return the start of a text, for a message."""
    text = " ".join(unmarked(text).split())
    return text if len(text) <= 80 else f"{text[:79]}…"


def keyed_texts(article: Article) -> Iterator[tuple[str, str]]:
    """Yield what can hold footnote marks, each text with its key."""
    if article.urgent:
        yield "urgent", article.urgent
    yield "answer", article.answer
    yield from (("body", section.body) for section in article.sections)
