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
        "retrieved": (5.186, 2.216, 1.674),
        "text": (1.451, 0.325, 0.098),
        "bm25": (6.169, 8.109, 6.924),
        "phrasing_similarity": (6.199, 7.055, 1.169),
        "trigram_dice": (3.652, 9.378, 6.437),
        "direction": (1.636, 2.514, 9.658),
    },
    decision={
        "margin": (0.140, 0.000, 0.100),
        "posterior": (2.902, 2.735, 2.190),
        "score": (0.112, 0.203, 0.108),
        "intents_missing": (-1.549, -0.528, -0.555),
        "intents_extra": (0.000, -0.798, 0.000),
        "missing_weight": (-4.984, -3.730, -4.913),
        "unanswered": (-2.706, -3.101, 0.000),
        "known": (0.000, 0.221, 0.595),
        "added": (-0.516, -0.865, 0.674),
        "short_of_theme": (-1.546, 0.000, 0.000),
        "phrasings": (1.773, 1.339, 0.000),
    },
    intercept=(-4.718, -3.126, -3.002),
)

# By words and by meaning (`meaning.py`).
MEANING = Weights(
    ranking={
        "retrieved": (3.892, 0.507, 1.495),
        "text": (1.143, 0.470, 0.005),
        "bm25": (6.136, 7.247, 6.569),
        "phrasing_similarity": (1.986, 0.550, 0.095),
        "trigram_dice": (1.985, 5.681, 5.008),
        "direction": (0.984, 0.643, 8.243),
        "meaning": (12.696, 16.877, 7.772),
    },
    decision={
        "margin": (0.084, 0.056, 0.051),
        "posterior": (2.124, 2.120, 2.362),
        "score": (0.150, 0.203, 0.063),
        "intents_missing": (-1.389, -0.303, -0.297),
        "intents_extra": (0.000, -0.625, 0.000),
        "missing_weight": (-4.159, -1.538, -3.947),
        "unanswered": (-1.598, -2.310, 0.000),
        "known": (0.000, 0.743, 0.753),
        "added": (0.772, 0.669, 1.325),
        "short_of_theme": (-1.568, 0.000, 0.000),
        "phrasings": (3.393, 2.636, 0.000),
        "meaning": (6.371, 5.802, 4.710),
        "meaning_unanswered": (-3.841, -1.793, 0.000),
    },
    intercept=(-9.840, -9.425, -5.975),
)

# What tells the sections that answer from the others of their article (`sections.py`).
SECTIONS = {"words": 0.29, "heading_intents": 0.99, "text_intents": 0.62, "direction": 4.33}
