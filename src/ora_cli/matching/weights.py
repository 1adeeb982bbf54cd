"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-12-01 by: python benchmarks/fit.py --write --model FOLDER
mqp-dev clinc-dev questions.toml hard.toml independent_fitted.toml
The features are explained in `features.py` and `decision.py`, and what each contributes in docs/matching.md.
"""

from ora_cli.matching.features import Weights

# By words alone.
WORDS = Weights(
    ranking={
        "retrieved": (5.238, 2.234, 1.766),
        "text": (1.372, 0.428, 0.080),
        "bm25": (5.991, 8.116, 6.873),
        "phrasing_similarity": (6.131, 7.034, 1.057),
        "trigram_dice": (3.667, 9.457, 6.448),
        "direction": (1.652, 2.856, 9.580),
    },
    decision={
        "margin": (0.133, 0.000, 0.104),
        "posterior": (3.056, 2.739, 2.167),
        "score": (0.114, 0.205, 0.105),
        "intents_missing": (-1.534, -0.546, -0.573),
        "intents_extra": (0.000, -0.810, 0.000),
        "missing_weight": (-4.812, -3.652, -5.008),
        "unanswered": (-2.781, -3.120, 0.000),
        "known": (0.000, 0.226, 0.575),
        "added": (-0.549, -0.815, 0.644),
        "short_of_theme": (-1.511, 0.000, 0.000),
        "phrasings": (1.766, 1.341, 0.000),
    },
    intercept=(-4.857, -3.179, -2.920),
)

# By words and by meaning (`meaning.py`).
MEANING = Weights(
    ranking={
        "retrieved": (3.944, 0.540, 1.581),
        "text": (1.077, 0.547, -0.003),
        "bm25": (6.036, 7.214, 6.518),
        "phrasing_similarity": (1.992, 0.533, 0.032),
        "trigram_dice": (1.931, 5.733, 4.983),
        "direction": (0.989, 0.964, 8.136),
        "meaning": (12.645, 16.876, 7.863),
    },
    decision={
        "margin": (0.080, 0.047, 0.059),
        "posterior": (2.155, 2.306, 2.388),
        "score": (0.158, 0.205, 0.059),
        "intents_missing": (-1.378, -0.280, -0.273),
        "intents_extra": (0.000, -0.639, 0.000),
        "missing_weight": (-4.048, -1.807, -4.058),
        "unanswered": (-1.606, -2.418, 0.000),
        "known": (0.000, 0.837, 0.748),
        "added": (0.824, 0.749, 1.309),
        "short_of_theme": (-1.474, 0.000, 0.000),
        "phrasings": (3.378, 2.614, 0.000),
        "meaning": (6.407, 5.833, 4.754),
        "meaning_unanswered": (-3.905, -1.809, 0.000),
    },
    intercept=(-10.040, -9.666, -5.983),
)
