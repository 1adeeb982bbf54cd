"""Fit the weights by which signs of danger are seen, and show what they are worth on writers they were not fitted on.

    python benchmarks/fit_red_flags.py [--write] [--leave-out]

The sentences are in benchmarks/danger, with a label (danger or calm), a sign and a sentence a line: writer-*.tsv of
several writers, project.tsv of the project's own, and short.tsv. The titles and phrasings of the bundled articles are
calm, but for those that phrasings.tsv lists (red_flags.py --phrasings prints which raise a notice).
--leave-out fits on all writers but one and scores that one, for each in turn. --write fits on all and writes
data/danger/weights.txt. The model is a multinomial logistic regression with an L2 penalty over the signs and calm;
every message has length one.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from red_flags import SENTENCES, Row, Tally, model_alone, read_phrasings, read_rows, table
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from ora_cli.matching.danger import CALM, Model, features
from ora_cli.text.informal import informal_words

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "data" / "danger" / "weights.txt"
HEAD = """\
# From which probability danger is seen; what each sign of danger starts from; then what speaks in a message for which
# sign (+) and against which (-), the strongest first. Words and pairs of words stand as they are. {breathe} is any word
# of that group in word_groups.txt, {no breathe} one that is denied, {toxin} + {breathe} both in one message.
# <begins: is it> and <ends: ?> say how a message begins and ends, <pregnant> that it tells of a pregnancy. "calm" is a
# message without danger. Written by benchmarks/fit_red_flags.py; docs/editorial.md says how.
"""
# These weigh least among the rows, since they are many and plain, and sentences with others' words around are made up.
PHRASING_SHARE, SHORT_SHARE, SURROUNDED_SHARE, BURIED_SHARE = 0.1, 0.3, 0.5, 0.1
# So many phrasings of an article are read: with 100 fewer dangers are seen, with 46 twice as many calm ones.
MOST_PHRASINGS = 62
# How many sentences are put around one in a story.
MOST_AROUND = 7
SCALE = 15.0
LEAST_ROWS = 2
KEPT = 9_500
SMALLEST = 0.7
# Rounds of the fit that finds which features weigh most, and of the one that has these alone.
ROUGH, FINE = 80, 400
# From which probability danger is seen: so that of the calm sentences of writers left out 2 in 100 are raised.
THRESHOLD = 0.64

Matrix: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Rows:
    """Sentences to fit on, each with its share of the whole, and whether others' words were put around it."""

    rows: Sequence[Row]
    shares: Sequence[float]
    made_up: Sequence[bool]

    @property
    def classes(self) -> list[str]:
        return [row.sign if row.danger else CALM for row in self.rows]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights of a fit on all writers")
    parser.add_argument("--leave-out", action="store_true", help="score each writer with a fit on the others")
    parser.add_argument("--keep", type=int, default=KEPT, help="how many features have weights")
    given = parser.parse_args(arguments)
    writers = {path.stem: read_rows(path) for path in sorted(SENTENCES.glob("writer-*.tsv"))}
    if given.leave_out:
        leave_out(writers, given.keep)
    if given.write:
        model = fit(training([row for rows in writers.values() for row in rows]), given.keep)
        WEIGHTS.write_text("".join(lines_of(model)), encoding="utf-8")


def leave_out(writers: dict[str, list[Row]], keep: int) -> None:
    """Print how each writer is seen by a model that was fitted on the others."""
    tallies = []
    for left, rows in writers.items():
        model = fit(training([row for name, other in writers.items() if name != left for row in other]), keep)
        tally = Tally.of(rows, partial(model_alone, model=model))
        tallies.append(tally)
        print(f"{left}: {tally.summary()}", flush=True)
    print(table(tallies))


@cache
def found_in(text: str) -> dict[str, float]:
    return features(informal_words(text))


def training(rows: Sequence[Row]) -> Rows:
    """Return the rows to fit on: these, the same with what people say around them, and the phrasings of articles."""
    rows = [*rows, *read_rows(SENTENCES / "project.tsv")]
    sets = [
        (rows, 1.0, False),
        (surrounded(rows), SURROUNDED_SHARE, True),
        (buried(rows), BURIED_SHARE, True),
        (read_rows(SENTENCES / "short.tsv"), SHORT_SHARE, False),
        (read_rows(SENTENCES / "phrasings.tsv"), SHORT_SHARE, False),
        (read_phrasings(MOST_PHRASINGS), PHRASING_SHARE, False),
    ]
    return Rows(
        [row for each, _, _ in sets for row in each],
        [share for each, share, _ in sets for _ in each],
        [made_up for each, _, made_up in sets for _ in each],
    )


def surrounded(rows: Iterable[Row]) -> list[Row]:
    """Return the sentences with something before or behind them, for a mild question ends many an alarming message."""
    sayings, chance = read_sayings(SENTENCES / "around.txt"), random.Random(1)
    made = []
    for row in rows:
        label = "danger" if row.danger else "calm"
        place, text = chance.random(), row.text
        if place < 0.6:
            text = text.rstrip("?. ") + chance.choice([". ", ", ", " "]) + chance.choice(sayings[f"behind {label}"])
        if place > 0.4:
            text = f"{chance.choice(sayings[f'before {label}'])} {text}"
        made.append(row._replace(text=text))
    return made


def buried(rows: Iterable[Row]) -> list[Row]:
    """Return the sentences each at a place of a long story, whose other sentences say nothing, and these alone."""
    story, chance = read_sayings(SENTENCES / "around.txt")["story"], random.Random(2)
    made = []
    for row in rows:
        around = chance.sample(story, chance.randint(2, MOST_AROUND))
        place = chance.randint(0, len(around))
        made.append(row._replace(text=". ".join([*around[:place], row.text.rstrip(". "), *around[place:]])))
        made.append(Row(False, "-", ". ".join(around)))
    return made


def read_sayings(path: Path) -> dict[str, list[str]]:
    sayings: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            sayings.setdefault(name, []).append(line)
    return sayings


def fit(training: Rows, keep: int) -> Model:
    """Return the model of these rows: fitted on what two of them have, then again on what turned out to weigh most."""
    found = [found_in(row.text) for row in training.rows]
    counts = Counter(
        feature for each, made_up in zip(found, training.made_up, strict=True) if not made_up for feature in each
    )
    columns = sorted(feature for feature, count in counts.items() if count >= LEAST_ROWS)
    weights, _, _ = fitted(found, columns, training, ROUGH)
    importance = np.abs(weights).max(axis=1) * np.sqrt([counts[feature] for feature in columns])
    columns = sorted(columns[place] for place in np.argsort(-importance, kind="stable")[:keep])
    weights, start, signs = fitted(found, columns, training, FINE)
    return Model(
        {
            feature: [
                (sign, round(float(weight), 1))
                for sign, weight in zip(signs, row, strict=True)
                if abs(weight) >= SMALLEST
            ]
            for feature, row in zip(columns, weights, strict=True)
            if np.abs(row).max() >= SMALLEST
        },
        {sign: round(float(value), 2) for sign, value in zip(signs, start, strict=True)},
        THRESHOLD,
    )


def fitted(
    found: Sequence[dict[str, float]], columns: Sequence[str], training: Rows, rounds: int
) -> tuple[Matrix, Matrix, list[str]]:
    """Return the weights of each column by class, what each class starts from, and the classes."""
    matrix = normalised(found, columns)
    signs = sorted(set(training.classes))
    wanted = np.eye(len(signs))[[signs.index(name) for name in training.classes]]
    shares = np.array(training.shares)[:, None]

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        both = flat.reshape(len(columns) + 1, len(signs))
        scores = matrix @ both[:-1] + both[-1]
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        apart = shares * (np.exp(logs) - wanted)
        slope = np.vstack([matrix.T @ apart + both[:-1], apart.sum(axis=0)])
        return float(-(shares * wanted * logs).sum() + 0.5 * (both[:-1] ** 2).sum()), slope.ravel()

    first = np.zeros((len(columns) + 1) * len(signs))
    best = minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "ftol": 1e-7, "gtol": 1e-3})
    both = best.x.reshape(len(columns) + 1, len(signs))
    return both[:-1] * SCALE, both[-1], signs


def normalised(found: Sequence[dict[str, float]], columns: Sequence[str]) -> csr_matrix:
    """Return the features of each row that have a column, all of a row together of length SCALE."""
    places = {feature: place for place, feature in enumerate(columns)}
    values: list[float] = []
    indices: list[int] = []
    ends = [0]
    for each in found:
        known = {places[feature]: value for feature, value in each.items() if feature in places}
        length = math.hypot(*each.values()) or 1.0
        indices += known
        values += (SCALE * value / length for value in known.values())
        ends.append(len(indices))
    return csr_matrix((values, indices, ends), shape=(len(found), len(columns)))


def lines_of(model: Model) -> Iterator[str]:
    """Yield the lines of the file of weights, those of the features sorted, for `ora` searches them."""
    yield f"{HEAD}\n{model.threshold}\n\n"
    yield from (f"{sign} {start:+}\n" for sign, start in sorted(model.start.items()))
    yield "\n"
    features = (f"{feature}\t{_strongest_first(weights)}\n" for feature, weights in model.weights.items() if weights)
    yield from sorted(features)


def _strongest_first(weights: Sequence[tuple[str, float]]) -> str:
    by_strength = sorted(weights, key=lambda pair: (-abs(pair[1]), pair))
    return ", ".join(f"{sign} {weight:+}" for sign, weight in by_strength)


if __name__ == "__main__":
    main()
