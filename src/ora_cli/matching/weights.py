"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-12-01 by: python benchmarks/fit.py --write --model FOLDER
mqp-dev clinc-dev questions.toml hard.toml independent_fitted.toml independent_strangers.toml
The features are explained in `features.py`, `decision.py` and `sections.py`, and what each contributes in
docs/matching.md.
"""

from ora_cli.matching.features import Weights

# By words alone.
WORDS = Weights(
    ranking={
        "retrieved": (4.731, 1.886, 1.315),
        "text": (2.304, 0.356, 0.573),
        "bm25": (6.780, 9.577, 7.630),
        "phrasing_similarity": (6.494, 7.339, 1.971),
        "trigram_dice": (4.983, 9.278, 7.047),
        "direction": (1.717, 2.420, 9.691),
    },
    decision={
        "margin": (0.139, 0.011, 0.100),
        "posterior": (2.714, 2.854, 2.290),
        "score": (0.094, 0.094, 0.068),
        "trigram_dice": (1.154, 2.562, 1.114),
        "intents_missing": (-1.367, -0.591, -0.279),
        "intents_extra": (0.000, -0.665, 0.000),
        "missing_weight": (-4.110, -1.334, -4.670),
        "unanswered": (-2.753, -1.846, 0.000),
        "known": (0.000, 0.593, 0.566),
        "added": (-0.369, -0.358, 1.055),
        "short_of_theme": (-1.163, 0.000, 0.000),
        "phrasings": (1.708, 1.555, 0.000),
        "foreign": (-2.609, -2.136, 0.000),
    },
    intercept=(-4.967, -3.499, -3.195),
)

# By words and by meaning (`meaning.py`).
MEANING = Weights(
    ranking={
        "retrieved": (3.670, 0.228, 1.141),
        "text": (1.864, 0.535, 0.509),
        "bm25": (6.456, 8.543, 7.151),
        "phrasing_similarity": (2.156, 0.968, 0.597),
        "trigram_dice": (3.247, 5.872, 5.604),
        "direction": (1.051, 0.753, 8.163),
        "meaning": (13.220, 16.521, 8.467),
    },
    decision={
        "margin": (0.109, 0.063, 0.066),
        "posterior": (1.901, 2.676, 2.630),
        "score": (0.123, 0.116, 0.063),
        "trigram_dice": (0.200, 1.136, 0.000),
        "intents_missing": (-1.392, -0.433, -0.163),
        "intents_extra": (-0.008, -0.684, 0.000),
        "missing_weight": (-3.197, 0.000, -3.687),
        "unanswered": (-1.876, -1.218, 0.000),
        "known": (0.155, 0.784, 0.621),
        "added": (0.765, 0.965, 1.527),
        "short_of_theme": (-1.223, -0.190, 0.000),
        "phrasings": (3.068, 2.574, 0.000),
        "foreign": (-2.025, -1.763, 0.000),
        "meaning": (5.984, 5.947, 4.466),
        "meaning_unanswered": (-3.276, -1.244, 0.000),
    },
    intercept=(-9.148, -9.282, -6.186),
)

# What tells the sections that answer from the others of their article (`sections.py`).
SECTIONS = {"words": 0.23, "heading_intents": 0.38, "direction": 3.17, "asked": 4.33}
