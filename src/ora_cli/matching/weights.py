"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-30 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml hard.toml independent_fitted.toml
The features are explained in `features.py` and `decision.py`, and what each contributes in docs/matching.md.
"""

# The weight where an article is all text, and where it is all phrasings.
RANKING: dict[str, tuple[float, float]] = {
    "retrieved": (4.165, 1.438),
    "text": (1.961, -0.225),
    "bm25": (12.094, 11.072),
    "phrasing_similarity": (6.274, 7.440),
    "trigram_dice": (2.544, 9.758),
}

# The weight for a short question, and for a long one.
DECISION: dict[str, tuple[float, float]] = {
    "margin": (0.152, 0.097),
    "posterior": (2.528, 2.340),
    "score": (0.093, 0.132),
    "intents_missing": (-1.505, -0.585),
    "intents_extra": (0.000, -0.807),
    "missing_weight": (-4.868, -5.313),
    "unanswered": (-1.781, -1.424),
    "known": (0.000, 1.019),
    "added": (-0.238, -0.859),
    "short_of_theme": (-1.492, 0.000),
    "phrasings": (1.722, 1.273),
}

DECISION_INTERCEPT = (-4.437, -2.333)
