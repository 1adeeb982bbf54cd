"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-30 by: python benchmarks/fit.py --write --model FOLDER
mqp-dev clinc-dev questions.toml hard.toml independent_fitted.toml
The features are explained in `features.py` and `decision.py`, and what each contributes in docs/matching.md.
"""

from ora_cli.matching.features import Weights

# By words alone.
WORDS = Weights(
    ranking={
        "retrieved": (4.369, 1.377),
        "text": (1.687, 0.004),
        "bm25": (12.675, 11.247),
        "phrasing_similarity": (5.915, 7.609),
        "trigram_dice": (2.294, 10.047),
    },
    decision={
        "margin": (0.127, 0.094),
        "posterior": (2.770, 2.497),
        "score": (0.108, 0.143),
        "intents_missing": (-1.550, -0.668),
        "intents_extra": (0.000, -0.664),
        "missing_weight": (-5.205, -5.971),
        "unanswered": (-2.339, -1.930),
        "known": (0.000, 0.837),
        "added": (-0.439, -0.520),
        "short_of_theme": (-1.700, 0.000),
        "phrasings": (1.751, 1.551),
    },
    intercept=(-4.658, -2.795),
)

# By words and by meaning (`meaning.py`).
MEANING = Weights(
    ranking={
        "retrieved": (3.878, -0.692),
        "text": (0.969, 0.577),
        "bm25": (12.195, 10.986),
        "phrasing_similarity": (1.855, -0.024),
        "trigram_dice": (0.555, 6.416),
        "meaning": (12.676, 18.404),
    },
    decision={
        "margin": (0.145, 0.195),
        "posterior": (1.960, 1.573),
        "score": (0.081, 0.145),
        "intents_missing": (-1.588, -0.239),
        "intents_extra": (0.000, -0.691),
        "missing_weight": (-4.431, -2.704),
        "unanswered": (-0.912, -1.897),
        "known": (0.075, 1.703),
        "added": (0.530, 0.707),
        "short_of_theme": (-1.595, 0.000),
        "phrasings": (3.118, 2.925),
        "meaning": (6.064, 5.435),
        "meaning_unanswered": (-3.032, -2.970),
    },
    intercept=(-8.653, -8.402),
)
