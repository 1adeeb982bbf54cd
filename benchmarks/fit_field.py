"""Fit the weights of data/field.txt, which tell questions of other fields from those about skin, hair and cosmetics.

    python benchmarks/fit_field.py [--write]

A logistic regression on the subject terms of questions, with an L2 penalty: those of our field are the phrasings of
the bundled articles, what these are known not to answer and benchmarks/asked.tsv, those of other fields
benchmarks/other_fields.tsv (a kind and a question a line), whose writers knew only the names of the fields. It shows by
five folds, and on held-out questions, how many of other fields are seen, for some shares of our own that are taken for
one.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from quality import read_queries
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from ora_cli.content.articles import Article
from ora_cli.content.reading import read_articles
from ora_cli.index.cache import open_index
from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.decision import subject_terms
from ora_cli.matching.query import analyse
from ora_cli.paths import bundled_articles

Vector: TypeAlias = NDArray[np.float64]

HERE = Path(__file__).parent
TARGET = HERE.parent / "data" / "field.txt"
HELD_OUT = ("independent_held_out.toml", "independent_new_topics.toml", "held_out_plain.toml")
OUTSIDE = "independent_outside.toml"
FOLDS = 5
PENALTY = 3e-6
# Of what people ask of a tool for one field, no more than this is of others.
OTHERS_SHARE = 1 / 3
# From these numbers of terms on questions are of the next length.
LENGTHS = (2, 3, 4, 6, 9)
# A term that fewer questions have says nothing of others.
FEWEST = 2
SHARES = (0.005, 0.01, 0.02, 0.05)


def ours() -> list[str]:
    """Return the questions of our field."""
    found = [line.partition("\t")[2] for line in _lines("asked.tsv")]
    for article in read_articles(bundled_articles()):
        if isinstance(article, Article):
            found += [article.title, *article.other_phrasings(), *article.unanswered]
    return found


def others() -> list[str]:
    """Return the questions of other fields."""
    return [line.partition("\t")[2] for line in _lines("other_fields.tsv")]


def _lines(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").splitlines()


class Terms:
    """The subject terms of questions, as the matcher reads them."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary(open_index([bundled_articles()], cache=None))

    def __call__(self, questions: Iterable[str]) -> list[list[str]]:
        read = (analyse(question, self._vocabulary) for question in questions)
        return [subject_terms(query, self._vocabulary) for query in read]


def fit(ours: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> tuple[dict[str, float], float]:
    """Return the weight of each term, and the number that the log odds of another field start from.

    The shares are those of each length: else a story would be foreign by the words that all stories have.
    """
    questions = [*ours, *others]
    counts = Counter(term for terms in questions for term in set(terms))
    number = {term: n for n, term in enumerate(sorted(term for term, count in counts.items() if count >= FEWEST))}
    shares = matrix(questions, number)
    foreign = np.repeat([-1.0, 1.0], [len(ours), len(others)])
    importance = importance_of(ours, others)

    def loss(weights: Vector) -> tuple[float, Vector]:
        log_odds = shares @ weights[:-1] + weights[-1]
        value = importance @ np.logaddexp(0, -foreign * log_odds) + PENALTY * weights[:-1] @ weights[:-1]
        slope = -foreign * importance / (1 + np.exp(foreign * log_odds))
        return float(value), np.append(shares.T @ slope + 2 * PENALTY * weights[:-1], slope.sum())

    *weights, start = minimize(loss, np.zeros(len(number) + 1), jac=True, method="L-BFGS-B").x.tolist()
    return dict(zip(number, weights, strict=True)), start


def importance_of(ours: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> Vector:
    """Return what each question counts: all others the same, and ours so much that of each length these are a third."""
    lengths = [np.digitize([len(terms) for terms in each], LENGTHS) for each in (ours, others)]
    own, foreign = (np.bincount(each, minlength=len(LENGTHS) + 1) for each in lengths)
    per_question = (foreign / np.maximum(own, 1))[lengths[0]] * (1 - OTHERS_SHARE) / OTHERS_SHARE
    return np.concatenate([per_question, np.ones(len(others))]) * OTHERS_SHARE / len(others)


def matrix(questions: Sequence[Sequence[str]], number: dict[str, int]) -> csr_matrix:
    """Return the share of each numbered term in the terms of each question."""
    rows = [(n, number[term], 1 / len(terms)) for n, terms in enumerate(questions) for term in terms if term in number]
    row, column, share = zip(*rows, strict=True)
    return csr_matrix((share, (row, column)), shape=(len(questions), len(number)))


def log_odds(questions: Sequence[Sequence[str]], fitted: tuple[dict[str, float], float]) -> Vector:
    """Return the log odds of another field for each question; without a term it is none."""
    weights, start = fitted
    return np.array(
        [start + sum(weights.get(t, 0.0) for t in terms) / len(terms) if terms else -np.inf for terms in questions]
    )


def cross_validated(questions: Sequence[Sequence[Sequence[str]]]) -> list[Vector]:
    """Return the log odds of ours and of the others, each by weights that were fitted without a fifth of both."""
    rng = np.random.default_rng(20261201)
    folds = [rng.integers(FOLDS, size=len(each)) for each in questions]
    found = [np.zeros(len(each)) for each in questions]
    for fold in range(FOLDS):
        kept = [
            [t for t, f in zip(each, of, strict=True) if f != fold] for each, of in zip(questions, folds, strict=True)
        ]
        fitted = fit(*kept)
        for each, of, odds in zip(questions, folds, found, strict=True):
            odds[of == fold] = log_odds([t for t, f in zip(each, of, strict=True) if f == fold], fitted)
    return found


def show(name: str, ours: Vector, others: Vector) -> None:
    """Print the share of the others that is seen where so many of ours are taken for one of them."""
    seen = [float((others > np.quantile(ours, 1 - share)).mean()) for share in SHARES]
    print(f"| {name} | {len(ours)} | {len(others)} | " + " | ".join(f"{share:.3f}" for share in seen) + " |")


def write(weights: dict[str, float], start: float) -> None:
    """Write the file that the matcher reads, without the terms that say next to nothing."""
    lines = sorted(f"{term} {weight:.1f}\n" for term, weight in weights.items() if abs(weight) >= 0.05)
    remarks = (
        "# What the terms of a question say of its field: above 0 that it is another one than cosmetic treatments,\n"
        "# skin, hair and nails. benchmarks/fit_field.py made it: first what the log odds start from, then each term."
    )
    TARGET.write_text(f"{remarks}\n\n{start:.2f}\n\n{''.join(lines)}", encoding="utf-8")
    print(f"written: {TARGET}, {len(lines)} terms", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the weights that tell questions of other fields.")
    parser.add_argument("--write", action="store_true", help="write data/field.txt")
    args = parser.parse_args()
    terms = Terms()
    questions = [terms(ours()), terms(others())]
    fitted = fit(*questions)
    if args.write:
        write(*fitted)
    print("| questions | ours | others | " + " | ".join(f"{share:.1%}" for share in SHARES) + " |")
    print("|---" + "|---:" * (2 + len(SHARES)) + "|")
    show("by folds", *cross_validated(questions))
    held_out = [asked.question for name in HELD_OUT for asked in read_queries(HERE / name) if asked.right]
    outside = [asked.question for asked in read_queries(HERE / OUTSIDE) if not asked.right]
    show("held out", *(log_odds(terms(each), fitted) for each in (held_out, outside)))


if __name__ == "__main__":
    main()
