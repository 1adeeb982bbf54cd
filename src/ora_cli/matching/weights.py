"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-26 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml hard.toml
The features are explained in `features.py` and `decision.py`, and what each contributes in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 2.322,
    "bm25": 9.538,
    "phrasing_similarity": 3.116,
    "phrasing_similarity_mean": 8.725,
    "phrasing_similarity_sum": -1.527,
    "query_recall": -3.841,
    "any_query_recall": 2.310,
    "trigram_dice": 8.491,
    "title": 1.971,
    "exact_coverage": 1.192,
}

# The weight, and what is added to it in proportion to `phrasings` (0 for one phrasing, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "margin": (0.063, 0.131),
    "posterior": (1.326, 2.391),
    "score": (0.188, 0.000),
    "terms": (1.405, 0.000),
    "intents_missing": (-0.991, 0.000),
    "intents_extra": (-0.448, 0.000),
    "missing_weight": (-4.856, 0.000),
    "missing_count": (-1.595, 0.000),
    "unmatched_subject": (-1.817, 0.000),
    "lacks_subject": (-0.654, 0.000),
    "long_question": (1.476, 0.000),
    "misses_theme": (-2.394, 0.000),
    "weak_coverage": (-1.398, 0.000),
    "short_of_theme": (-3.447, 0.000),
    "not_in_title": (-3.426, 0.000),
    "exact_coverage": (0.686, 0.000),
}

DECISION_INTERCEPT = -7.056
