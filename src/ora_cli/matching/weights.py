"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-29 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml hard.toml independent_fitted.toml
The features are explained in `features.py` and `decision.py`, and what each contributes in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 2.653,
    "bm25": 8.846,
    "phrasing_similarity": 1.921,
    "phrasing_similarity_mean": 9.440,
    "phrasing_similarity_sum": -1.407,
    "query_recall": -2.813,
    "any_query_recall": 1.543,
    "trigram_dice": 7.751,
    "title": 1.526,
    "exact_coverage": 0.528,
}

# The weight, and what is added to it in proportion to `phrasings` (0 for one phrasing, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "margin": (0.109, 0.137),
    "posterior": (0.911, 1.831),
    "score": (0.227, 0.000),
    "terms": (1.190, 0.000),
    "intents_missing": (-0.832, 0.000),
    "intents_extra": (-0.465, 0.000),
    "missing_weight": (-3.878, 0.000),
    "missing_count": (-0.183, 0.000),
    "slips": (0.816, 0.000),
    "unmatched_subject": (-0.862, 0.000),
    "lacks_subject": (0.000, 0.000),
    "long_question": (1.060, 0.000),
    "misses_theme": (-4.207, 0.000),
    "weak_coverage": (-0.707, 0.000),
    "short_of_theme": (-2.768, 0.000),
    "not_in_title": (-1.363, 0.000),
    "exact_coverage": (0.106, 0.000),
}

DECISION_INTERCEPT = -7.011
