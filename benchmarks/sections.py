"""Fit the weights by which the sections are chosen that answer a question, and show how often the right ones are.

    python benchmarks/sections.py [FILE]

FILE (benchmarks/sections.tsv) has a question a line, with the article that answers it, "enough" if the short answer
alone does and "more" if it does not, and the headings of the sections that say what was asked, best first. Readers of
the articles wrote these labels; the questions are phrasings, which are not compared with themselves, and some of those
of independent_fitted.toml. The model is a conditional logit over the sections of an article, as in the ranking.
Figures, of the questions that need a section, by five folds of articles:

    best    the best section is the first that is shown
    shown   the best section is shown
    any     a section that says what was asked is shown
    number  how many sections are shown, of all questions
    off     of those that the short answer answers: a section is shown, and none that says more of what was asked
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from ora_cli.index.cache import open_index
from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.features import Comparer
from ora_cli.matching.query import analyse
from ora_cli.matching.sections import SectionFeatures, chosen, section_features
from ora_cli.paths import bundled_articles
from ora_cli.text.words import words

LABELLED = Path(__file__).parent / "sections.tsv"
FOLDS = 5
# Of two sections that say it, the better one is to be chosen, but the other is no mistake.
BEST_SHARE = 0.7
# What a question counts in the fit that the short answer answers.
ENOUGH_SHARE = 0.6
PENALTY = 0.005


@dataclass(frozen=True)
class Labelled:
    """A question with the features of each section of its article; `right` are the numbers of those that say it."""

    article: str
    enough: bool
    right: Sequence[int]
    features: NDArray[np.float64]


def read_labelled(path: Path = LABELLED) -> list[Labelled]:
    """Return the questions of a file."""
    index = open_index([bundled_articles()], cache=None)
    vocabulary, ids = Vocabulary(index), {entry.slug: entry.id for entry in index.entries()}
    comparer, found = Comparer(vocabulary), []
    with path.open(encoding="utf-8", newline="") as file:
        for question, slug, enough, *headings in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            article = index.article(slug)
            assert article, slug
            query = analyse(question, vocabulary)
            [document] = comparer.documents([ids[slug]])
            # A question is not compared with itself.
            itself = [words(phrasing) == words(question) for phrasing in article.phrasings()]
            lines = ["" if same else line for same, line in zip(itself, document.phrasings.lines, strict=True)]
            features = section_features(query, article, vocabulary, lines)
            places = {section.heading: number for number, section in enumerate(article.sections)}
            right = [places[heading] for heading in headings]
            found.append(Labelled(slug, enough == "enough", right, np.array(features)))
    return found


def fit_sections(labelled: Sequence[Labelled], *, without: str = "") -> dict[str, float]:
    """Return the weight of each feature, which is 0 for the one to do without."""
    used = [each for each in labelled if each.right and len(each.features)]
    scale = np.vstack([each.features for each in used]).std(axis=0)
    scale[[name == without for name in SectionFeatures._fields]] = np.inf  # what is divided by it says nothing

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.0, np.zeros(len(weights))
        for each in used:
            features = each.features / scale
            score = features @ weights
            share = np.exp(score - score.max())
            share /= share.sum()
            wanted = np.zeros(len(score))
            wanted[each.right[0]] = BEST_SHARE if len(each.right) > 1 else 1.0
            wanted[each.right[1:]] = (1 - BEST_SHARE) / max(1, len(each.right) - 1)
            counts = ENOUGH_SHARE if each.enough else 1.0
            total -= counts * float(wanted @ np.log(share + 1e-12))
            gradient -= counts * (wanted - share) @ features
        count = len(used)
        return total / count + PENALTY * float(weights @ weights), gradient / count + 2 * PENALTY * weights

    start = np.zeros(len(SectionFeatures._fields))
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B").x / scale
    return dict(zip(SectionFeatures._fields, map(float, fitted), strict=True))


def written(weights: Mapping[str, float]) -> str:
    """Return the weights as Python."""
    return "{" + ", ".join(f'"{name}": {weight:.2f}' for name, weight in weights.items()) + "}"


def figures(labelled: Sequence[Labelled], weights: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the figures, where each question has the weights that were fitted without it."""
    shown = [
        chosen([SectionFeatures(*row) for row in each.features], own)
        for each, own in zip(labelled, weights, strict=True)
    ]
    enough = [(each.right, numbers) for each, numbers in zip(labelled, shown, strict=True) if each.enough]
    needed = [
        (row.right, numbers) for row, numbers in zip(labelled, shown, strict=True) if row.right and not row.enough
    ]
    return {
        "best": float(np.mean([numbers[:1] == [right[0]] for right, numbers in needed])),
        "shown": float(np.mean([right[0] in numbers for right, numbers in needed])),
        "any": float(np.mean([not set(right).isdisjoint(numbers) for right, numbers in needed])),
        "number": float(np.mean([len(numbers) for numbers in shown])),
        "off": float(np.mean([bool(numbers) and set(right).isdisjoint(numbers) for right, numbers in enough])),
    }


def cross_validated(labelled: Sequence[Labelled], *, without: str = "") -> list[dict[str, float]]:
    """Return for each question the weights that were fitted without its article, and without a feature."""
    articles = sorted({each.article for each in labelled})
    np.random.default_rng(20261201).shuffle(articles)
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    others = [[each for each in labelled if fold[each.article] != number] for number in range(FOLDS)]
    fitted = [fit_sections(each, without=without) for each in others]
    return [fitted[fold[each.article]] for each in labelled]


def main() -> None:
    labelled = read_labelled(*map(Path, sys.argv[1:]))
    weights = fit_sections(labelled)
    print(f"SECTIONS = {written(weights)}")
    rows = {"nothing": figures(labelled, cross_validated(labelled))}
    for name in weights:
        rows[f"`{name}`"] = figures(labelled, cross_validated(labelled, without=name))
    print("| without | " + " | ".join(rows["nothing"]) + " |\n|---" + "|---:" * len(rows["nothing"]) + "|")
    for without, found in rows.items():
        print(f"| {without} | " + " | ".join(f"{value:.3f}" for value in found.values()) + " |")
    needing = [each for each in labelled if not each.enough and each.right]
    print(f"{len(labelled)} questions, {len(needing)} of which need a section")


if __name__ == "__main__":
    main()
