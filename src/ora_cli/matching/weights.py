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
        "retrieved": (5.023, 2.125, 1.619),
        "text": (1.508, 0.485, 0.274),
        "bm25": (6.208, 8.588, 7.465),
        "phrasing_similarity": (6.194, 7.150, 1.252),
        "trigram_dice": (3.901, 9.491, 6.823),
        "direction": (1.350, 2.381, 9.650),
    },
    decision={
        "margin": (0.160, 0.015, 0.101),
        "posterior": (2.917, 2.857, 2.227),
        "score": (0.118, 0.171, 0.115),
        "intents_missing": (-1.241, -0.582, -0.426),
        "intents_extra": (0.000, -0.822, 0.000),
        "missing_weight": (-4.790, -3.420, -4.808),
        "unanswered": (-2.687, -2.803, 0.000),
        "known": (0.000, 0.342, 0.611),
        "added": (-0.290, -0.677, 0.702),
        "short_of_theme": (-1.167, 0.000, 0.000),
        "phrasings": (1.767, 1.412, 0.000),
        "foreign": (-2.558, -1.509, 0.000),
    },
    intercept=(-5.063, -3.045, -3.083),
)

# By words and by meaning (`meaning.py`).
MEANING = Weights(
    ranking={
        "retrieved": (3.782, 0.373, 1.405),
        "text": (1.224, 0.655, 0.203),
        "bm25": (6.245, 7.698, 7.074),
        "phrasing_similarity": (1.915, 0.536, 0.043),
        "trigram_dice": (2.196, 5.849, 5.318),
        "direction": (0.717, 0.435, 8.252),
        "meaning": (12.781, 17.061, 8.150),
    },
    decision={
        "margin": (0.127, 0.075, 0.050),
        "posterior": (2.063, 2.239, 2.572),
        "score": (0.146, 0.179, 0.068),
        "intents_missing": (-1.212, -0.336, -0.263),
        "intents_extra": (0.000, -0.717, 0.000),
        "missing_weight": (-4.119, -1.852, -3.855),
        "unanswered": (-1.655, -2.337, 0.000),
        "known": (0.000, 0.745, 0.683),
        "added": (0.821, 0.783, 1.401),
        "short_of_theme": (-1.225, 0.000, 0.000),
        "phrasings": (3.252, 2.614, 0.000),
        "foreign": (-1.983, -1.102, 0.000),
        "meaning": (5.638, 5.840, 4.528),
        "meaning_unanswered": (-3.436, -1.537, 0.000),
    },
    intercept=(-9.502, -9.292, -6.106),
)

# What tells the sections that answer from the others of their article (`sections.py`).
SECTIONS = {"words": 0.23, "heading_intents": 0.39, "direction": 2.41, "whole": 2.18, "asked": 4.21}
