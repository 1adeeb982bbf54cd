"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-30 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml hard.toml independent_fitted.toml
The features are explained in `features.py` and `decision.py`, and what each contributes in docs/matching.md.
"""

# The weight where an article is all text, and where it is all phrasings.
RANKING: dict[str, tuple[float, float]] = {
    "retrieved": (4.168, 1.441),
    "text": (1.959, -0.227),
    "bm25": (12.091, 11.059),
    "phrasing_similarity": (6.261, 7.436),
    "trigram_dice": (2.593, 9.770),
}

# The weight for a short question, and for a long one.
DECISION: dict[str, tuple[float, float]] = {
    "margin": (0.130, 0.086),
    "posterior": (2.532, 2.328),
    "score": (0.125, 0.151),
    "intents_missing": (-1.419, -0.560),
    "intents_extra": (0.000, -0.796),
    "missing_weight": (-4.723, -4.951),
    "unanswered": (-1.770, -3.194),
    "known": (0.162, 1.728),
    "added": (0.094, -0.695),
    "short_of_theme": (-1.660, -0.168),
    "phrasings": (1.663, 1.328),
}

DECISION_INTERCEPT = (-4.915, -2.603)
