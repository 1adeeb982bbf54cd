"""Make the word vectors of data/word_vectors.bin from questions and the articles that answer them.

    python benchmarks/fit_word_vectors.py

A question is the sum of the vectors of its stems, an article that of some other questions which it answers and of some
of its text. The vectors are fitted by gradient descent (Adam: Kingma and Ba 2015, arXiv:1412.6980) such that a question
is nearer to its own article than to those of the other questions of its batch (InfoNCE: van den Oord and others 2018,
arXiv:1807.03748). The questions are the phrasings of the bundled articles and those of benchmarks/asked.tsv, which
stand nowhere else: people's words for what the articles say, written by readers of the articles. The same seed gives
the same vectors on one kind of processor. It takes a minute.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from fit import FOOTNOTE
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from ora_cli.content.articles import Article
from ora_cli.content.reading import read_articles
from ora_cli.paths import bundled_articles
from ora_cli.text.stems import Stemmer
from ora_cli.text.word_vectors import BIAS, DIMENSIONS
from ora_cli.text.words import words

Matrix: TypeAlias = NDArray[np.float32]

ASKED = Path(__file__).parent / "asked.tsv"
TARGET = Path(__file__).parents[1] / "data" / "word_vectors.bin"
SEED = 20261130
EPOCHS, BATCH, OTHERS = 12, 512, 8
RATE, LEAST_RATE, TEMPERATURE = 0.0105, 0.0013, 0.07
# A fifth of a question's words are left out at random, so that no single one carries it.
LEFT_OUT = 0.2
# A stem that only one line has says nothing of others.
FEWEST_LINES = 2
# Values beyond this many standard deviations are cut off to fit a byte.
_DEVIATIONS = 3.0
_FIRST_DECAY, _SECOND_DECAY, _TINY = 0.9, 0.999, 1e-8


def lines() -> Iterator[tuple[str, str]]:
    """Yield questions and paragraphs, each with the slug of its article."""
    for article in read_articles(bundled_articles()):
        if isinstance(article, Article):
            yield from ((article.slug, question) for question in (article.title, *article.other_phrasings()))
            paragraphs = (f"{section.heading} {section.body}" for section in article.sections)
            yield from ((article.slug, FOOTNOTE.sub("", paragraph)) for paragraph in (article.answer, *paragraphs))
    for line in ASKED.read_text(encoding="utf-8").splitlines():
        slug, _, question = line.partition("\t")
        yield slug, question


def table(stemmed: Sequence[Sequence[str]]) -> tuple[list[str], csr_matrix]:
    """Return the stems that have a vector, sorted, and which of them each line has, as zeros and ones."""
    counts = Counter(stem for line in stemmed for stem in set(line))
    stems = sorted(stem for stem, count in counts.items() if count >= FEWEST_LINES)
    number = {stem: n for n, stem in enumerate(stems)}
    found = [[number[stem] for stem in dict.fromkeys(line) if stem in number] for line in stemmed]
    ends = np.cumsum([0, *map(len, found)])
    columns = np.concatenate([np.array(line, dtype=np.int64) for line in found])
    return stems, csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(found), len(stems)))


def fit(has: csr_matrix, article: NDArray[np.int64]) -> Matrix:
    """Return the vectors, a row for each stem; `article` has the number of the article of each line."""
    rng = np.random.default_rng(SEED)
    count, stems = has.shape
    # The lines of an article follow each other in `together`, from `first_of` on; `place` is where each line stands.
    together = np.argsort(article, kind="stable")
    place = np.argsort(together, kind="stable")
    sizes = np.bincount(article)
    first_of = np.cumsum(sizes) - sizes
    rarity = np.log(count / has.sum(axis=0).A1) / np.log(count)
    vectors: Matrix = (rng.normal(0, DIMENSIONS**-0.5, (stems, DIMENSIONS)) * rarity[:, None]).astype(np.float32)
    first, second, step = np.zeros_like(vectors), np.zeros_like(vectors), 0
    for epoch in range(EPOCHS):
        order, total = rng.permutation(count), 0.0
        rate = LEAST_RATE + (RATE - LEAST_RATE) * (1 - epoch / EPOCHS)
        for start in range(0, count - BATCH + 1, BATCH):
            chosen = order[start : start + BATCH]
            asked = has[chosen]
            asked.data = asked.data * (rng.random(len(asked.data)) >= LEFT_OUT)
            start_of, size_of = first_of[article[chosen]], sizes[article[chosen]]
            # An article stands for itself by other lines than the one that asks.
            further = [rng.integers(1, size_of) for _ in range(OTHERS)]
            others = [together[start_of + (place[chosen] - start_of + far) % size_of] for far in further]
            answering = sum(has[lines] for lines in others)
            loss, slope = gradient(vectors, asked, answering, article[chosen])
            total, step = total + loss, step + 1
            first += (1 - _FIRST_DECAY) * (slope - first)
            second += (1 - _SECOND_DECAY) * (slope * slope - second)
            size = rate * np.sqrt(1 - _SECOND_DECAY**step) / (1 - _FIRST_DECAY**step)
            vectors -= size * first / (np.sqrt(second) + _TINY)
        print(f"epoch {epoch + 1}: loss {total / (count // BATCH):.3f}", file=sys.stderr, flush=True)
    return vectors


def gradient(
    vectors: Matrix, asked: csr_matrix, answering: csr_matrix, article: NDArray[np.int64]
) -> tuple[float, Matrix]:
    """Return the mean loss of a batch and its gradient."""
    questions, question_lengths = unit(asked @ vectors)
    articles, article_lengths = unit(answering @ vectors)
    scores = questions @ articles.T / TEMPERATURE
    scores[(article[:, None] == article[None, :]) & ~np.eye(len(article), dtype=bool)] = -1e9
    scores -= scores.max(axis=1, keepdims=True)
    chances = np.exp(scores)
    chances /= chances.sum(axis=1, keepdims=True)
    loss = -float(np.log(np.diag(chances) + 1e-12).mean())
    chances -= np.eye(len(article), dtype=np.float32)
    chances /= TEMPERATURE * len(article)
    slope = asked.T @ through_unit(chances @ articles, questions, question_lengths)
    return loss, slope + answering.T @ through_unit(chances.T @ questions, articles, article_lengths)


def unit(rows: Matrix) -> tuple[Matrix, Matrix]:
    """Return the rows with a length of one, and the lengths that they had, in a column."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6
    return rows / lengths, lengths


def through_unit(slope: Matrix, units: Matrix, lengths: Matrix) -> Matrix:
    """Return the gradient of rows from that of their directions."""
    through: Matrix = (slope - units * (slope * units).sum(axis=1, keepdims=True)) / lengths
    return through


def main() -> None:
    slugs, texts = zip(*lines(), strict=True)
    stem = Stemmer()
    stems, has = table([stem(words(text)) for text in texts])
    vectors = fit(has, np.unique(slugs, return_inverse=True)[1])
    values = np.rint(vectors / (_DEVIATIONS * vectors.std()) * (BIAS - 1)).clip(1 - BIAS, BIAS - 1)
    TARGET.write_bytes("\n".join(stems).encode() + b"\n\n" + (values + BIAS).astype(np.uint8).tobytes())
    print(f"written: {TARGET}, {len(stems)} vectors", file=sys.stderr)


if __name__ == "__main__":
    main()
