"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-12-01 by: python benchmarks/fit.py --write --model FOLDER
mqp-dev clinc-dev questions.toml hard.toml independent_fitted.toml
The features are explained in `features.py`, `decision.py` and `sections.py`, and what each contributes in
docs/matching.md.
"""

from ora_cli.matching.features import Weights

# By words alone.
WORDS = Weights(
    ranking={
        "retrieved": (5.192, 2.207, 1.661),
        "text": (1.418, 0.350, 0.089),
        "bm25": (6.039, 8.125, 6.881),
        "phrasing_similarity": (6.191, 7.066, 1.137),
        "trigram_dice": (3.678, 9.401, 6.505),
        "direction": (1.642, 2.559, 9.630),
    },
    decision={
        "margin": (0.145, 0.000, 0.099),
        "posterior": (2.853, 2.728, 2.192),
        "score": (0.113, 0.204, 0.105),
        "intents_missing": (-1.541, -0.534, -0.553),
        "intents_extra": (0.000, -0.789, 0.000),
        "missing_weight": (-4.963, -3.727, -4.958),
        "unanswered": (-2.684, -3.072, 0.000),
        "known": (0.000, 0.228, 0.592),
        "added": (-0.503, -0.873, 0.656),
        "short_of_theme": (-1.513, 0.000, 0.000),
        "phrasings": (1.763, 1.339, 0.000),
    },
    intercept=(-4.717, -3.129, -2.962),
)

# By words and by meaning (`meaning.py`).
MEANING = Weights(
    ranking={
        "retrieved": (3.899, 0.503, 1.486),
        "text": (1.110, 0.495, -0.006),
        "bm25": (6.037, 7.261, 6.526),
        "phrasing_similarity": (1.986, 0.548, 0.057),
        "trigram_dice": (1.996, 5.715, 5.079),
        "direction": (0.976, 0.675, 8.198),
        "meaning": (12.665, 16.877, 7.803),
    },
    decision={
        "margin": (0.088, 0.056, 0.053),
        "posterior": (2.079, 2.124, 2.352),
        "score": (0.152, 0.203, 0.058),
        "intents_missing": (-1.389, -0.310, -0.263),
        "intents_extra": (0.000, -0.618, 0.000),
        "missing_weight": (-4.142, -1.512, -3.993),
        "unanswered": (-1.529, -2.325, 0.000),
        "known": (0.000, 0.772, 0.757),
        "added": (0.802, 0.652, 1.303),
        "short_of_theme": (-1.522, 0.000, 0.000),
        "phrasings": (3.377, 2.628, 0.000),
        "meaning": (6.345, 5.786, 4.764),
        "meaning_unanswered": (-3.858, -1.789, 0.000),
    },
    intercept=(-9.862, -9.406, -5.930),
)

# What tells the sections that answer from the others of their article (`sections.py`).
SECTIONS = {"words": 0.15, "heading_intents": 1.08, "text_intents": 0.62, "direction": 4.23}
