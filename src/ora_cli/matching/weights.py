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
        "retrieved": (5.030, 2.124, 1.602),
        "text": (1.504, 0.514, 0.280),
        "bm25": (6.199, 8.605, 7.527),
        "phrasing_similarity": (6.192, 7.166, 1.256),
        "trigram_dice": (3.944, 9.522, 6.880),
        "direction": (1.330, 2.384, 9.617),
    },
    decision={
        "margin": (0.163, 0.015, 0.102),
        "posterior": (2.861, 2.903, 2.217),
        "score": (0.118, 0.173, 0.114),
        "intents_missing": (-1.305, -0.602, -0.428),
        "intents_extra": (0.000, -0.826, 0.000),
        "missing_weight": (-4.228, -2.523, -4.813),
        "unanswered": (-2.713, -2.889, 0.000),
        "known": (0.000, 0.371, 0.610),
        "added": (-0.287, -0.683, 0.703),
        "short_of_theme": (-1.300, 0.000, 0.000),
        "phrasings": (1.780, 1.384, 0.000),
        "foreign": (-1.733, -1.157, 0.000),
    },
    intercept=(-5.014, -3.123, -3.068),
)

# By words and by meaning (`meaning.py`).
MEANING = Weights(
    ranking={
        "retrieved": (3.890, 0.370, 1.378),
        "text": (1.119, 0.645, 0.145),
        "bm25": (6.269, 7.617, 7.086),
        "phrasing_similarity": (2.101, 0.559, 0.318),
        "trigram_dice": (2.038, 5.939, 5.377),
        "direction": (0.815, 0.743, 8.215),
        "meaning": (12.703, 17.109, 8.051),
    },
    decision={
        "margin": (0.099, 0.074, 0.049),
        "posterior": (2.160, 2.205, 2.552),
        "score": (0.132, 0.178, 0.066),
        "intents_missing": (-1.384, -0.336, -0.331),
        "intents_extra": (0.000, -0.727, 0.000),
        "missing_weight": (-4.397, -2.052, -4.002),
        "unanswered": (-1.568, -2.077, 0.000),
        "known": (0.000, 0.759, 0.710),
        "added": (0.712, 0.780, 1.453),
        "short_of_theme": (-1.498, 0.000, 0.000),
        "phrasings": (3.398, 2.605, 0.000),
        "meaning": (6.496, 6.021, 4.646),
        "meaning_unanswered": (-3.753, -1.589, 0.000),
    },
    intercept=(-9.732, -9.387, -6.128),
)

# What tells the sections that answer from the others of their article (`sections.py`).
SECTIONS = {"words": 0.23, "heading_intents": 0.36, "direction": 2.43, "whole": 2.19, "asked": 4.21}
