"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-30 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml hard.toml independent_fitted.toml
The features are explained in `features.py` and `decision.py`, and what each contributes in docs/matching.md.
"""

# The weight where an article is all text, and where it is all phrasings.
RANKING: dict[str, tuple[float, float]] = {
    "retrieved": (4.256, 0.856),
    "text": (2.049, 0.560),
    "bm25": (13.868, 13.237),
    "phrasing_similarity": (3.380, 8.616),
    "trigram_dice": (4.390, 9.556),
}

# The weight for a short question, and for a long one.
DECISION: dict[str, tuple[float, float]] = {
    "margin": (0.275, 0.077),
    "posterior": (2.356, 2.588),
    "score": (0.102, 0.200),
    "intents_missing": (-1.379, -0.744),
    "intents_extra": (0.000, -0.546),
    "missing_weight": (-5.502, -3.992),
    "slips": (0.277, 0.351),
    "short_of_theme": (-1.387, 0.000),
    "phrasings": (1.660, 2.089),
}

DECISION_INTERCEPT = (-5.120, -3.768)
