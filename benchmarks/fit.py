"""Fit the matcher's weights on labelled question sets, and show by cross-validation what they are worth.

    python benchmarks/fit.py [--write] [--ablate] SET [SET ...]

A SET is a folder with `articles.toml` and `queries.tsv` (a header, then question, tab, expected slug or `-`), or a file
such as tests/questions.toml, of questions about the bundled articles.
Ranking is a conditional logit over a question's candidates (D. McFadden, "Conditional logit analysis of qualitative
choice behavior", 1974), decision a logistic regression on what the best candidate shows; both with an L2 penalty.
Every set counts the same. All figures come from questions that the weights behind them were not fitted on.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from quality import Outcome, article_files, figures, read_queries, reliability
from scipy.optimize import minimize

from ora_cli.index import cache
from ora_cli.matching import decision
from ora_cli.matching.features import Features
from ora_cli.matching.ranking import Candidate, Ranking, Searcher

Matrix = NDArray[np.float64]

RANKING_FEATURES = tuple(name for name in Features._fields if name != "phrasing_recall")
DECISION_FEATURES = tuple(name for name in decision.Evidence._fields if name != "phrasings")
# What means something else where an article has many phrasings.
DECISION_WITH_PHRASINGS = ("margin", "posterior")
# A feature that speaks for an article may not count against it, and the other way round, whatever a set's accidents.
SPEAKS_FOR = frozenset({"margin", "posterior", "score", "exact_coverage"})
SPEAKS_AGAINST = frozenset(
    {
        "intents_extra",
        "intents_missing",
        "missing_weight",
        "lacks_subject",
        "weak_coverage",
        "misses_theme",
        "missing_count",
        "not_in_title",
        "short_of_theme",
        "unmatched_subject",
    }
)
FOLDS = 5
RANKING_PENALTY = 1e-3
DECISION_PENALTY = 1e-3
# Sets have as few as 6 unanswerable questions in 100; people ask more of them than that.
LEAST_UNANSWERABLE = 0.2


@dataclass(frozen=True)
class Example:
    """A question with its candidates; `expected` is the place of the right one among them, if it is there."""

    group: int
    answerable: bool
    ranking: Ranking
    slugs: list[str]
    expected: int | None
    fold: int


@dataclass(frozen=True)
class Weights:
    """What a fit gives."""

    ranking: dict[str, float]
    decision: dict[str, tuple[float, float]]
    intercept: float


def read_examples(group: int, folder: Path, rng: np.random.Generator) -> list[Example]:
    """Return the set's questions with their candidates."""
    index = cache.open_index(article_files(folder), cache=None)
    slugs = {entry.id: entry.slug for entry in index.entries()}
    searcher = Searcher(index)
    examples = []
    for question, expected in read_queries(folder):
        ranking = searcher.rank(question)
        found = [slugs[candidate.article] for candidate in ranking.candidates]
        place = found.index(expected) if expected in found else None
        examples.append(Example(group, expected != "-", ranking, found, place, int(rng.integers(FOLDS))))
    return examples


def fit_ranking(examples: Sequence[Example], names: Sequence[str]) -> dict[str, float]:
    """Return the weights under which the right candidates are most likely to be chosen."""
    usable = [example for example in examples if example.expected is not None]
    widest = max(len(example.slugs) for example in usable)
    values = np.zeros((len(usable), widest, len(names)))
    absent = np.full((len(usable), widest), -1e9)
    for row, example in enumerate(usable):
        count = len(example.slugs)
        values[row, :count] = feature_matrix(example.ranking.candidates, names)
        absent[row, :count] = 0
    spread = values[absent == 0].std(axis=0) + 1e-9
    values /= spread
    expected = np.array([example.expected for example in usable])
    rows = np.arange(len(usable))
    importance = set_importance(usable)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = values @ weights + absent
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        value = -(importance * np.log(chances[rows, expected] + 1e-12)).sum() + RANKING_PENALTY * weights @ weights
        chances[rows, expected] -= 1
        slope = np.einsum("rc,rcf->f", chances * importance[:, None], values) + 2 * RANKING_PENALTY * weights
        return float(value), slope

    fitted = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x / spread
    return dict(zip(names, map(float, fitted), strict=True))


def fit_decision(
    examples: Sequence[Example], ranking: dict[str, float], names: Sequence[str], with_phrasings: Sequence[str]
) -> tuple[dict[str, tuple[float, float]], float]:
    """Return the weights and the intercept under which the best candidates' being right is most likely."""
    rows = [(example, ranked(example, ranking)) for example in examples if example.slugs]
    seen = [decision.evidence(new_ranking) for _, (new_ranking, _) in rows]
    values = np.array(
        [[getattr(s, n) for n in names] + [getattr(s, n) * s.phrasings for n in with_phrasings] for s in seen]
    )
    right = np.array([place == 0 for _, (_, place) in rows])
    importance = set_importance([example for example, _ in rows], raise_unanswerable=True)
    center, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    scaled = np.column_stack([(values - center) / spread, np.ones(len(values))])

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        log_odds = scaled @ weights
        value = (importance * (np.logaddexp(0, log_odds) - right * log_odds)).sum()
        slope = scaled.T @ (importance * (1 / (1 + np.exp(-log_odds)) - right))
        shrunk = np.append(weights[:-1], 0)
        return float(value + DECISION_PENALTY * shrunk @ shrunk), slope + 2 * DECISION_PENALTY * shrunk

    bounds = [*map(bound, names), *map(bound, with_phrasings), (None, None)]
    fitted = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    plain = fitted[:-1] / spread
    extra = dict(zip(with_phrasings, plain[len(names) :], strict=True))
    weights = {name: (float(plain[i]), float(extra.get(name, 0.0))) for i, name in enumerate(names)}
    return weights, float(fitted[-1] - plain @ center)


def bound(name: str) -> tuple[float | None, float | None]:
    """Return the sign that a feature's weight must have, as bounds."""
    return (0.0 if name in SPEAKS_FOR else None), (0.0 if name in SPEAKS_AGAINST else None)


def fit(
    examples: Sequence[Example],
    ranking: Sequence[str] = RANKING_FEATURES,
    decision: Sequence[str] = DECISION_FEATURES,
    with_phrasings: Sequence[str] = DECISION_WITH_PHRASINGS,
) -> Weights:
    """Return the weights fitted on these examples."""
    ranking_weights = fit_ranking(examples, ranking)
    # The decision must see scores as they will be on new questions, so each fold is ranked by the others' weights.
    by_fold = {
        fold: fit_ranking([example for example in examples if example.fold != fold], ranking)
        for fold in sorted({example.fold for example in examples})
    }
    honest = [rescored(example, by_fold[example.fold]) for example in examples]
    decision_weights, intercept = fit_decision(honest, {}, decision, with_phrasings)
    return Weights(ranking_weights, decision_weights, intercept)


def cross_validate(examples: Sequence[Example], **features: Sequence[str]) -> list[Outcome]:
    """Return the outcome of every question under weights fitted without its fold."""
    outcomes: dict[int, Outcome] = {}
    for fold in range(FOLDS):
        weights = fit([example for example in examples if example.fold != fold], **features)
        for number, example in enumerate(examples):
            if example.fold == fold:
                outcomes[number] = outcome(example, weights)
    return [outcomes[number] for number in range(len(examples))]


def outcome(example: Example, weights: Weights) -> Outcome:
    """Return what a question comes to under these weights."""
    if not example.slugs:
        return Outcome(example.answerable, None, 0.0)
    ranking, place = ranked(example, weights.ranking)
    seen = decision.evidence(ranking)
    return Outcome(example.answerable, place, decision.confidence(seen, weights.decision, weights.intercept))


def ranked(example: Example, weights: dict[str, float]) -> tuple[Ranking, int | None]:
    """Return the example's candidates in the order of these weights (or as they are), and the right one's place."""
    candidates = rescored(example, weights).ranking.candidates if weights else example.ranking.candidates
    order = sorted(range(len(candidates)), key=lambda number: -candidates[number].score)
    place = order.index(example.expected) if example.expected is not None else None
    return example.ranking._replace(candidates=tuple(candidates[number] for number in order)), place


def rescored(example: Example, weights: dict[str, float]) -> Example:
    """Return the example with its candidates scored anew, in the same order."""
    if not example.slugs:
        return example
    scores = feature_matrix(example.ranking.candidates, list(weights)) @ np.array(list(weights.values()))
    candidates = tuple(
        candidate._replace(score=float(score))
        for candidate, score in zip(example.ranking.candidates, scores, strict=True)
    )
    return replace(example, ranking=example.ranking._replace(candidates=candidates))


def feature_matrix(candidates: Sequence[Candidate], names: Sequence[str]) -> Matrix:
    """Return the features of the candidates, a row each."""
    columns = [Features._fields.index(name) for name in names]
    return np.array([candidate.features for candidate in candidates])[:, columns]


def set_importance(examples: Sequence[Example], *, raise_unanswerable: bool = False) -> Matrix:
    """Return each example's weight; the sets weigh the same, and all of them one."""
    groups = np.array([example.group for example in examples])
    answerable = np.array([example.answerable for example in examples])
    importance = np.ones(len(examples))
    for group in np.unique(groups):
        here = groups == group
        share = 1 - answerable[here].mean()
        if raise_unanswerable and 0 < share < LEAST_UNANSWERABLE:
            odds = LEAST_UNANSWERABLE / (1 - LEAST_UNANSWERABLE)
            importance[here & ~answerable] = odds * (1 - share) / share
        importance[here] /= importance[here].sum() * len(np.unique(groups))
    return importance


def write_weights(path: Path, weights: Weights, sets: Sequence[str]) -> None:
    """Write the module that the matcher reads."""
    ranking = "".join(f'    "{name}": {value:.3f},\n' for name, value in weights.ranking.items())
    decision = "".join(
        f'    "{name}": ({plain:.3f}, {extra:.3f}),\n' for name, (plain, extra) in weights.decision.items()
    )
    path.write_text(
        f'''"""The fitted weights of the matcher: written by a program, not by hand.

Made {datetime.date.today()} by: python benchmarks/fit.py --write {" ".join(sets)}
The features are explained in `features.py` and `decision.py`, and what each contributes in docs/matching.md.
"""

RANKING: dict[str, float] = {{
{ranking}}}

# The weight, and what is added to it in proportion to `phrasings` (0 for one phrasing, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {{
{decision}}}

DECISION_INTERCEPT = {weights.intercept:.3f}
''',
        encoding="utf-8",
    )


def collection(source: Path) -> str:
    """Return the name of what a set asks about."""
    return "bundled" if source.suffix == ".toml" else source.name


def show(title: str, examples: Sequence[Example], outcomes: Sequence[Outcome], groups: Sequence[str]) -> None:
    """Print one row a group of sets."""
    for group, name in enumerate(groups):
        row = figures([o for e, o in zip(examples, outcomes, strict=True) if e.group == group])
        print(f"| {title} | {name} | " + " | ".join(f"{value:.3f}" for value in row.values()) + " |", flush=True)


def ablate(examples: Sequence[Example], groups: Sequence[str]) -> None:
    """Print the table without each feature in turn."""
    for name in RANKING_FEATURES:
        rest = [other for other in RANKING_FEATURES if other != name]
        show(f"ranking without `{name}`", examples, cross_validate(examples, ranking=rest), groups)
    for name in DECISION_FEATURES:
        rest = [other for other in DECISION_FEATURES if other != name]
        also = [other for other in DECISION_WITH_PHRASINGS if other != name]
        show(
            f"decision without `{name}`", examples, cross_validate(examples, decision=rest, with_phrasings=also), groups
        )
    for name in DECISION_WITH_PHRASINGS:
        also = [other for other in DECISION_WITH_PHRASINGS if other != name]
        show(
            f"decision without `{name}` with phrasings", examples, cross_validate(examples, with_phrasings=also), groups
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the matcher's weights on labelled question sets.")
    parser.add_argument("--write", action="store_true", help="write matching/weights.py, fitted on all questions")
    parser.add_argument("--ablate", action="store_true", help="show the figures without each feature in turn")
    parser.add_argument("sets", nargs="+", type=Path)
    args = parser.parse_args()
    rng = np.random.default_rng(20261122)
    # Files of questions about the bundled articles count as one set.
    groups = list(dict.fromkeys(map(collection, args.sets)))
    examples = [e for source in args.sets for e in read_examples(groups.index(collection(source)), source, rng)]
    if args.write:
        target = Path(__file__).parents[1] / "src" / "ora_cli" / "matching" / "weights.py"
        write_weights(target, fit(examples), [folder.name for folder in args.sets])
        print(f"written: {target}", file=sys.stderr)
    outcomes = cross_validate(examples)
    print("| weights | set | " + " | ".join(figures(outcomes)) + " |")
    print("|---|---" + "|---:" * len(figures(outcomes)) + "|")
    show("all features", examples, outcomes, groups)
    if args.ablate:
        ablate(examples, groups)
    print("\n" + reliability(outcomes))


if __name__ == "__main__":
    main()
