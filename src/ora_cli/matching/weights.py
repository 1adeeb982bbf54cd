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
        "retrieved": (5.158, 2.113, 1.600),
        "text": (1.411, 0.486, 0.226),
        "bm25": (6.312, 8.552, 7.470),
        "phrasing_similarity": (6.258, 7.126, 1.405),
        "trigram_dice": (3.731, 9.588, 6.846),
        "direction": (1.443, 2.598, 9.619),
    },
    decision={
        "margin": (0.146, 0.009, 0.091),
        "posterior": (2.935, 2.776, 2.317),
        "score": (0.103, 0.193, 0.115),
        "intents_missing": (-1.492, -0.543, -0.502),
        "intents_extra": (0.000, -0.823, 0.000),
        "missing_weight": (-5.149, -4.061, -4.931),
        "unanswered": (-2.620, -2.638, 0.000),
        "known": (0.000, 0.285, 0.600),
        "added": (-0.591, -0.754, 0.763),
        "short_of_theme": (-1.550, 0.000, 0.000),
        "phrasings": (1.834, 1.334, 0.000),
    },
    intercept=(-4.659, -3.151, -3.149),
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
SECTIONS = {"words": 0.30, "heading_intents": 1.03, "text_intents": 0.64, "direction": 4.09}
