"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-30 by: python benchmarks/fit.py --write --model FOLDER
mqp-dev clinc-dev questions.toml hard.toml independent_fitted.toml
The features are explained in `features.py` and `decision.py`, and what each contributes in docs/matching.md.
"""

from ora_cli.matching.features import Weights

# By words alone.
WORDS = Weights(
    ranking={
        "retrieved": (4.904, 1.982, 1.592),
        "text": (1.600, 0.155, 0.071),
        "bm25": (7.788, 8.498, 8.135),
        "phrasing_similarity": (6.205, 7.356, 1.188),
        "trigram_dice": (3.280, 9.710, 6.223),
        "direction": (2.360, 3.047, 9.472),
    },
    decision={
        "margin": (0.134, 0.021, 0.102),
        "posterior": (2.989, 2.675, 2.144),
        "score": (0.138, 0.206, 0.102),
        "intents_missing": (-1.490, -0.596, -0.587),
        "intents_extra": (0.000, -0.786, 0.000),
        "missing_weight": (-4.277, -2.914, -4.677),
        "unanswered": (-2.600, -3.058, 0.000),
        "known": (0.000, 0.380, 0.593),
        "added": (-0.472, -0.547, 0.709),
        "short_of_theme": (-1.423, 0.000, 0.000),
        "phrasings": (1.724, 1.248, 0.000),
    },
    intercept=(-5.175, -3.371, -2.950),
)

# By words and by meaning (`meaning.py`).
MEANING = Weights(
    ranking={
        "retrieved": (3.804, 0.229, 1.361),
        "text": (1.145, 0.384, -0.030),
        "bm25": (7.612, 7.842, 7.845),
        "phrasing_similarity": (1.953, 0.637, 0.112),
        "trigram_dice": (1.264, 5.939, 4.631),
        "direction": (1.527, 1.044, 8.042),
        "meaning": (12.969, 16.938, 7.975),
    },
    decision={
        "margin": (0.109, 0.074, 0.049),
        "posterior": (2.251, 2.035, 2.387),
        "score": (0.150, 0.192, 0.060),
        "intents_missing": (-1.392, -0.293, -0.284),
        "intents_extra": (-0.018, -0.654, 0.000),
        "missing_weight": (-3.450, -1.669, -3.718),
        "unanswered": (-1.384, -2.371, 0.000),
        "known": (0.131, 0.853, 0.772),
        "added": (0.944, 0.811, 1.375),
        "short_of_theme": (-1.426, 0.000, 0.000),
        "phrasings": (3.351, 2.597, 0.000),
        "meaning": (6.588, 6.008, 4.771),
        "meaning_unanswered": (-3.725, -1.466, 0.000),
    },
    intercept=(-10.365, -9.484, -6.066),
)
