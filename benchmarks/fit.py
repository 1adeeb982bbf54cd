"""Fit the matcher's weights on labelled question sets, and show by cross-validation what they are worth.

    python benchmarks/fit.py [--write] [--ablate] [--model FOLDER] SET [SET ...]

A SET is a folder with `articles.toml` and `queries.tsv` (a header, then question, tab, expected slug or `-`), or a file
such as tests/questions.toml, of questions about the bundled articles.
Ranking is a conditional logit over a question's candidates (D. McFadden, "Conditional logit analysis of qualitative
choice behavior", 1974), decision a logistic regression on what the best candidate shows; both with an L2 penalty.
Every set counts the same. All figures come from questions that the weights behind them were not fitted on.
With the folder of the model (the extra "semantic") the weights that count meaning too are fitted as well. --write fits
those of sections too, on benchmarks/sections.tsv.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from quality import CACHE, Outcome, article_files, figures, read_queries, reliability, right_at_wrong
from scipy.optimize import minimize
from sections import fit_sections, read_labelled
from sections import written as sections_written

from ora_cli.index.cache import open_index
from ora_cli.matching import decision
from ora_cli.matching.features import Features, Weights
from ora_cli.matching.meaning import compared_by_meaning
from ora_cli.matching.ranking import Candidate, Ranking, Searcher
from ora_cli.paths import bundled_articles
from ora_cli.semantic.vectors import Vectors

Matrix: TypeAlias = NDArray[np.float64]
Table: TypeAlias = dict[str, Any]

MEANING_FEATURES = tuple(name for name in Features._fields if name != "familiar")
MEANING_EVIDENCE = tuple(name for name in decision.Evidence._fields if name not in ("length", "text_alone"))
RANKING_FEATURES = tuple(name for name in MEANING_FEATURES if name != "meaning")
DECISION_FEATURES = tuple(name for name in MEANING_EVIDENCE if not name.startswith("meaning"))
# A feature that speaks for an article may not count against it, and the other way round, whatever a set's accidents.
SPEAKS_FOR = frozenset({"margin", "posterior", "score", "trigram_dice", "known", "meaning"})
SPEAKS_AGAINST = frozenset(
    {
        "foreign",
        "intents_extra",
        "intents_missing",
        "missing_weight",
        "short_of_theme",
        "unanswered",
        "meaning_unanswered",
    }
)
INTERCEPT = "intercept"
FOOTNOTE = re.compile(r"\s*\[\^[^\]]*\]")
FOLDS = 5
RANKING_PENALTY = 1e-3
DECISION_PENALTY = 1e-3
# Sets have as few as 6 unanswerable questions in 100; people ask more of them than that.
LEAST_UNANSWERABLE = 0.2
# The bundled articles are ranked without their other phrasings too, as other people's collections are; so much of a set
# that counts in the ranking. In the decision it is a set like the others, for it has weights of its own.
TITLES_ALONE = 0.2
TITLES = -1
THRESHOLDS = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)


@dataclass(frozen=True)
class Example:
    """A question with its candidates; `right` are the places of the right ones among them, `near` of those near."""

    group: int
    answerable: bool
    ranking: Ranking
    right: frozenset[int]
    near: frozenset[int]
    fold: int


def read_examples(
    group: int, source: Path, articles: Path, rng: np.random.Generator, *, model: Path | None
) -> list[Example]:
    """Return the set's questions with their candidates, compared by meaning too if there is a model."""
    index = open_index([articles], cache=None)
    slugs = {entry.id: entry.slug for entry in index.entries()}
    searcher, vectors = Searcher(index), model and Vectors(index, model, cache=CACHE)
    examples = []
    for asked in read_queries(source):
        ranking = searcher.rank(asked.question)
        if vectors and ranking.candidates:
            ranking = compared_by_meaning(ranking, vectors)
        found = [slugs[candidate.article] for candidate in ranking.candidates]
        right, near = (
            frozenset(place for place, slug in enumerate(found) if slug in wanted)
            for wanted in (asked.right, asked.near)
        )
        examples.append(Example(group, bool(asked.right), ranking, right, near, int(rng.integers(FOLDS))))
    return examples


def titles_alone() -> Path:
    """Write the bundled articles without their other phrasings and topics."""

    def plain(table: Table, *keys: str) -> Table:
        return {key: FOOTNOTE.sub("", table[key]) for key in keys}

    CACHE.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = CACHE / "titles.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        for article in tomllib.loads(bundled_articles().read_text(encoding="utf-8"))["article"]:
            sections = [plain(section, "heading", "body") for section in article["section"]]
            plainly = plain(article, "slug", "title", "category", "answer")
            stream.write(json.dumps({**plainly, "section": sections}) + "\n")
    return file


def fit_ranking(examples: Sequence[Example], names: Sequence[str]) -> dict[str, tuple[float, float, float]]:
    """Return the weights under which the right candidates are most likely to be chosen.

    Each feature has three: for an article that is all text, for one that is all phrasings, and where word vectors know
    both the question and the article.
    """
    answered = [example for example in examples if example.right]
    # Words of other libraries mostly have no vectors, so each question counts twice: as it is, and as if none had one.
    usable = answered + list(map(without_direction, answered))
    widest = max(len(example.ranking.candidates) for example in usable)
    values = np.zeros((len(usable), widest, 3 * len(names)))
    right = np.zeros((len(usable), widest), dtype=bool)
    absent = np.full((len(usable), widest), -1e9)
    for row, example in enumerate(usable):
        count = len(example.ranking.candidates)
        values[row, :count] = feature_matrix(example.ranking.candidates, names)
        absent[row, :count] = 0
        right[row, list(example.right)] = True
    # The ends of a weight share one scale, as in the decision.
    whole = np.add.reduce(np.split(values[absent == 0], 3, axis=1))
    spread = np.tile(whole.std(axis=0) + 1e-9, 3)
    values /= spread
    importance = set_importance(usable)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = values @ weights + absent
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        chosen = np.where(right, chances, 0)
        total = chosen.sum(axis=1) + 1e-12
        value = -(importance * np.log(total)).sum() + RANKING_PENALTY * weights @ weights
        pull = (chances - chosen / total[:, None]) * importance[:, None]
        slope = np.einsum("rc,rcf->f", pull, values) + 2 * RANKING_PENALTY * weights
        return float(value), slope

    fitted = minimize(loss, np.zeros(3 * len(names)), jac=True, method="L-BFGS-B").x / spread
    return dict(zip(names, zip(*(end.tolist() for end in np.split(fitted, 3)), strict=True), strict=True))


def without_direction(example: Example) -> Example:
    """Return the example as if no word had a vector."""
    candidates = tuple(
        each._replace(features=each.features._replace(direction=0.0, familiar=0.0))
        for each in example.ranking.candidates
    )
    return replace(example, ranking=example.ranking._replace(candidates=candidates))


def fit_decision(
    examples: Sequence[Example], names: Sequence[str]
) -> tuple[dict[str, tuple[float, float, float]], tuple[float, float, float]]:
    """Return the weights and the intercept under which the best candidates' being right is most likely.

    Each has three ends: for a short question, for a long one, and for an article judged by its text alone.
    """
    rows = [ranked(example) for example in examples if example.ranking.candidates]
    seen = [decision.evidence(example.ranking) for example in rows]
    plain = np.array([[*(getattr(s, n) for n in names), 1.0] for s in seen])
    length, text = (np.array([[getattr(s, name)] for s in seen]) for name in ("length", "text_alone"))
    values = np.hstack([plain * (1 - length) * (1 - text), plain * length * (1 - text), plain * text])
    right = np.array([0 in example.right for example in rows])
    importance = set_importance(rows, titles_alone=1.0, raise_unanswerable=True)
    # The ends of a weight share one scale, for an end that few examples are near has hardly any spread of its own.
    spread = np.tile(np.where(np.ptp(plain, axis=0), plain.std(axis=0), 1.0), 3)
    scaled = values / spread
    held = np.array([name != INTERCEPT for name in (*names, INTERCEPT)] * 3)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        log_odds = scaled @ weights
        value = (importance * (np.logaddexp(0, log_odds) - right * log_odds)).sum()
        slope = scaled.T @ (importance * (1 / (1 + np.exp(-log_odds)) - right))
        shrunk = np.where(held, weights, 0)
        return float(value + DECISION_PENALTY * shrunk @ shrunk), slope + 2 * DECISION_PENALTY * shrunk

    bounds = [*map(bound, names), (None, None)] * 3
    fitted = minimize(loss, np.zeros(len(spread)), jac=True, method="L-BFGS-B", bounds=bounds).x / spread
    *ends, intercept = zip(*(end.tolist() for end in np.split(fitted, 3)), strict=True)
    return dict(zip(names, ends, strict=True)), intercept


def bound(name: str) -> tuple[float | None, float | None]:
    """Return the sign that a feature's weight must have, as bounds."""
    return (0.0 if name in SPEAKS_FOR else None), (0.0 if name in SPEAKS_AGAINST else None)


def fit(
    examples: Sequence[Example],
    ranking: Sequence[str] = RANKING_FEATURES,
    decision: Sequence[str] = DECISION_FEATURES,
) -> Weights:
    """Return the weights fitted on these examples."""
    ranking_weights = fit_ranking(examples, ranking)
    # The decision must see scores as they will be on new questions, so each fold is ranked by the others' weights.
    by_fold = {
        fold: fit_ranking([example for example in examples if example.fold != fold], ranking)
        for fold in sorted({example.fold for example in examples})
    }
    weighed = (example for example in examples if not example.ranking.named)  # what is named is not weighed
    honest = [rescored(example, by_fold[example.fold]) for example in weighed]
    decision_weights, intercept = fit_decision(honest, decision)
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
    if not example.ranking.candidates:
        return Outcome(example.answerable, None, 0.0)
    example = ranked(rescored(example, weights.ranking))
    confidence = decision.confidence(decision.evidence(example.ranking), weights)
    if example.ranking.named:
        confidence = max(confidence, decision.NAMED)
    return Outcome(example.answerable, min(example.right, default=None), confidence, near=0 in example.near)


def ranked(example: Example) -> Example:
    """Return the example with its candidates in the order of their scores; what the question names stays first."""
    candidates = example.ranking.candidates
    order = sorted(range(len(candidates)), key=lambda n: (not (example.ranking.named and n == 0), -candidates[n].score))
    right, near = (frozenset(map(order.index, places)) for places in (example.right, example.near))
    ranking = example.ranking._replace(candidates=tuple(candidates[number] for number in order))
    return replace(example, ranking=ranking, right=right, near=near)


def rescored(example: Example, weights: Mapping[str, tuple[float, float, float]]) -> Example:
    """Return the example with its candidates scored anew, in the same order."""
    candidates = example.ranking.candidates
    if not candidates:
        return example
    scores = feature_matrix(candidates, list(weights)) @ np.array(list(zip(*weights.values(), strict=True))).ravel()
    scored = tuple(candidate._replace(score=float(score)) for candidate, score in zip(candidates, scores, strict=True))
    return replace(example, ranking=example.ranking._replace(candidates=scored))


def feature_matrix(candidates: Sequence[Candidate], names: Sequence[str]) -> Matrix:
    """Return the features of the candidates, a row each: for each of the three ends of their weights."""
    columns = [Features._fields.index(name) for name in names]
    values = np.array([candidate.features for candidate in candidates])[:, columns]
    asked, known = (
        np.array(column)[:, None]
        for column in zip(*((each.document.asked, each.features.familiar) for each in candidates), strict=True)
    )
    return np.hstack([values * (1 - asked) * (1 - known), values * asked * (1 - known), values * known])


def set_importance(
    examples: Sequence[Example], *, titles_alone: float = TITLES_ALONE, raise_unanswerable: bool = False
) -> Matrix:
    """Return each example's weight: the sets weigh the same, but for that of the titles alone, and all of them one."""
    groups = np.array([example.group for example in examples])
    answerable = np.array([example.answerable for example in examples])
    importance = np.ones(len(examples))
    for group in np.unique(groups):
        here = groups == group
        share = 1 - answerable[here].mean()
        if raise_unanswerable and 0 < share < LEAST_UNANSWERABLE:
            odds = LEAST_UNANSWERABLE / (1 - LEAST_UNANSWERABLE)
            importance[here & ~answerable] = odds * (1 - share) / share
        importance[here] *= (titles_alone if group == TITLES else 1.0) / importance[here].sum()
    importance /= importance.sum()
    return importance


def write_weights(
    path: Path, words: Weights, meaning: Weights, sections: Mapping[str, float], sets: Sequence[str]
) -> None:
    """Write the module that the matcher reads."""
    path.write_text(
        f'''"""The fitted weights of the matcher: written by a program, not by hand.

Made {datetime.date.today()} by: python benchmarks/fit.py --write --model FOLDER
{" ".join(sets)}
The features are explained in `features.py`, `decision.py` and `sections.py`, and what each contributes in
docs/matching.md.
"""

from ora_cli.matching.features import Weights

# By words alone.
WORDS = {written(words)}

# By words and by meaning (`meaning.py`).
MEANING = {written(meaning)}

# What tells the sections that answer from the others of their article (`sections.py`).
SECTIONS = {sections_written(sections)}
''',
        encoding="utf-8",
    )


def written(weights: Weights) -> str:
    """Return the weights as Python."""

    def tuple_of(ends: Iterable[float]) -> str:
        return f"({', '.join(f'{round(end, 3) + 0.0:.3f}' for end in ends)})"

    ranking, decision = (
        "".join(f'        "{name}": {tuple_of(ends)},\n' for name, ends in table.items())
        for table in (weights.ranking, weights.decision)
    )
    return (
        f"Weights(\n    ranking={{\n{ranking}    }},\n    decision={{\n{decision}    }},\n"
        f"    intercept={tuple_of(weights.intercept)},\n)"
    )


def set_name(source: Path) -> str:
    """Return the name of a set; questions that their askers wrote with the articles in view are one set."""
    if source.suffix != ".toml":
        return source.name
    return source.stem if source.stem.startswith("independent") else "bundled"


def of_group(group: int, examples: Sequence[Example], outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the outcomes of the questions of one group of sets."""
    return [outcome for example, outcome in zip(examples, outcomes, strict=True) if example.group == group]


def show(title: str, examples: Sequence[Example], outcomes: Sequence[Outcome], groups: Sequence[str]) -> None:
    """Print one row a group of sets."""
    for group, name in [*enumerate(groups), (TITLES, "titles alone")]:
        row = figures(of_group(group, examples, outcomes))
        print(f"| {title} | {name} | " + " | ".join(f"{value:.3f}" for value in row.values()) + " |", flush=True)


def thresholds(examples: Sequence[Example], outcomes: Sequence[Outcome], groups: Sequence[str]) -> str:
    """Return the table of what each threshold gives: right answers, and of the others those that are only near."""
    lines = ["| set | threshold | right | wrong | of them near |", "|---|---:|---:|---:|---:|"]
    for group, name in enumerate(groups):
        here = of_group(group, examples, outcomes)
        for threshold in THRESHOLDS:
            row = figures(here, threshold)
            lines.append(f"| {name} | {threshold} | {row['right']:.3f} | {row['wrong']:.3f} | {row['near']:.3f} |")
    return "\n".join(lines)


def ablate(examples: Sequence[Example], whole: Sequence[Outcome], groups: Sequence[str]) -> None:
    """Print the table without each feature in turn: what is first, and what is right while few answers are wrong.

    `whole` are the outcomes with all of them, which the first row tells.
    """
    sets = [*enumerate(groups), (TITLES, "titles alone")]
    print("| without | " + " | ".join(f"first: {name}" for _, name in sets), end=" | ")
    print(" | ".join(f"right: {name}" for _, name in sets[:-1]) + " |")
    print("|---" * (2 * len(sets)) + "|")
    for name in (None, *RANKING_FEATURES, *DECISION_FEATURES):
        ranking, evidence = ([other for other in of if other != name] for of in (RANKING_FEATURES, DECISION_FEATURES))
        without = list(map(without_direction, examples)) if name == "direction" else examples
        outcomes = cross_validate(without, ranking=ranking, decision=evidence) if name else whole
        by_set = [of_group(group, examples, outcomes) for group, _ in sets]
        values = [*(figures(here)["P@1"] for here in by_set), *map(right_at_wrong, by_set[:-1])]
        print(f"| {name or 'nothing'} | " + " | ".join(f"{value:.3f}" for value in values) + " |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the matcher's weights on labelled question sets.")
    parser.add_argument("--write", action="store_true", help="write matching/weights.py, fitted on all questions")
    parser.add_argument("--ablate", action="store_true", help="show the figures without each feature in turn")
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="the model, to fit the weights of meaning too")
    parser.add_argument("sets", nargs="+", type=Path)
    args = parser.parse_args()
    if args.write and not args.model:
        parser.error("--write fits the weights of meaning too, and needs --model")
    rng = np.random.default_rng(20261122)
    groups = list(dict.fromkeys(map(set_name, args.sets)))
    examples = []
    titles, read = titles_alone(), partial(read_examples, rng=rng, model=args.model)
    for source in args.sets:
        examples += read(groups.index(set_name(source)), source, article_files(source)[0])
        if source.suffix == ".toml":
            examples += read(TITLES, source, titles)
    with_meaning = {"ranking": MEANING_FEATURES, "decision": MEANING_EVIDENCE}
    if args.write:
        target = Path(__file__).parents[1] / "src" / "ora_cli" / "matching" / "weights.py"
        words, meaning = fit(examples), fit(examples, **with_meaning)
        write_weights(target, words, meaning, fit_sections(read_labelled()), [folder.name for folder in args.sets])
        print(f"written: {target}", file=sys.stderr)
    outcomes = cross_validate(examples)
    print("| weights | set | " + " | ".join(figures(outcomes)) + " |")
    print("|---|---" + "|---:" * len(figures(outcomes)) + "|")
    show("words", examples, outcomes, groups)
    if args.model:
        sure = [o.confidence >= decision.SURE for o in outcomes]
        helped = cross_validate(examples, **with_meaning)
        both = [o if of_words else other for o, other, of_words in zip(outcomes, helped, sure, strict=True)]
        show("with the model", examples, both, groups)
    if args.ablate:
        ablate(examples, outcomes, groups)
    print("\n" + thresholds(examples, outcomes, groups))
    print("\n" + reliability([o for e, o in zip(examples, outcomes, strict=True) if e.group != TITLES]))


if __name__ == "__main__":
    main()
