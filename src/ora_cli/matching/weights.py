"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-30 by: python benchmarks/fit.py --write --model FOLDER
mqp-dev clinc-dev questions.toml hard.toml independent_fitted.toml
The features are explained in `features.py` and `decision.py`, and what each contributes in docs/matching.md.
"""

from ora_cli.matching.features import Weights

# By words alone.
WORDS = Weights(
    ranking={
        "retrieved": (4.317, 1.379),
        "text": (1.717, 0.009),
        "bm25": (12.641, 11.195),
        "phrasing_similarity": (5.865, 7.563),
        "trigram_dice": (2.400, 10.048),
    },
    decision={
        "margin": (0.150, 0.098, 0.146),
        "posterior": (2.491, 2.564, 1.897),
        "score": (0.106, 0.139, 0.076),
        "intents_missing": (-1.573, -0.656, -0.569),
        "intents_extra": (0.000, -0.684, 0.000),
        "missing_weight": (-5.236, -5.904, -4.968),
        "unanswered": (-2.331, -1.951, 0.000),
        "known": (0.000, 0.860, 0.747),
        "added": (-0.438, -0.551, 0.835),
        "short_of_theme": (-1.688, 0.000, 0.000),
        "phrasings": (1.765, 1.563, 0.000),
    },
    intercept=(-4.481, -2.808, -2.653),
)

# By words and by meaning (`meaning.py`).
MEANING = Weights(
    ranking={
        "retrieved": (3.839, -0.694),
        "text": (0.992, 0.571),
        "bm25": (12.146, 10.937),
        "phrasing_similarity": (1.788, -0.067),
        "trigram_dice": (0.653, 6.435),
        "meaning": (12.727, 18.393),
    },
    decision={
        "margin": (0.164, 0.200, 0.111),
        "posterior": (1.695, 1.591, 1.948),
        "score": (0.086, 0.144, 0.061),
        "intents_missing": (-1.601, -0.223, -0.294),
        "intents_extra": (0.000, -0.704, 0.000),
        "missing_weight": (-4.319, -2.762, -3.895),
        "unanswered": (-0.896, -1.945, 0.000),
        "known": (0.108, 1.678, 0.945),
        "added": (0.474, 0.690, 1.438),
        "short_of_theme": (-1.572, 0.000, 0.000),
        "phrasings": (2.940, 3.034, 0.000),
        "meaning": (5.398, 5.500, 4.115),
        "meaning_unanswered": (-2.844, -3.004, 0.000),
    },
    intercept=(-8.078, -8.512, -5.585),
)
