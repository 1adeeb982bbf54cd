"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-26 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml hard.toml
What each feature is stands in `features.py` and `decide.py`; what each brings, in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 2.474,
    "bm25": 9.662,
    "alike": 3.155,
    "alike_mean": 10.845,
    "alike_sum": -1.653,
    "covered": -4.967,
    "any_covered": 2.758,
    "letters": 8.440,
}

# Each: the weight, and what it gains with the number of the article's askings (0 for one, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "lead": (0.076, 0.175),
    "share": (1.554, 1.876),
    "score": (0.161, 0.000),
    "terms": (1.320, 0.000),
    "aims_missing": (-0.939, 0.000),
    "aims_extra": (-0.459, 0.000),
    "gaps": (-5.230, 0.000),
    "missing": (-1.283, 0.000),
    "strange": (-1.955, 0.000),
    "lacks_subject": (-0.822, 0.000),
    "story": (1.529, 0.000),
    "misses_theme": (-3.271, 0.000),
    "marginal": (-1.739, 0.000),
}

DECISION_INTERCEPT = -6.642
