"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-22 by: python benchmarks/fit.py --write mqp-dev clinc-dev
What each feature is stands in `features.py` and `decide.py`; what each brings, in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 2.402,
    "bm25": 7.080,
    "token_set": 3.972,
    "spread": 3.452,
    "alike": 8.024,
    "alike_mean": 8.337,
    "alike_sum": -1.870,
    "pairs": 3.232,
    "covered": -4.193,
    "covering": -1.843,
    "aims_extra": -0.640,
    "asked_covered": 0.212,
}

# Each: the weight, and what it gains with the number of the article's askings (0 for one, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "bm25": (0.081, 0.907),
    "overlap_of_all": (0.327, 0.000),
    "overlap_sum": (0.358, 0.000),
    "alike": (0.270, 0.000),
    "alike_mean": (0.997, 0.000),
    "pairs": (0.000, 0.852),
    "asked_covered": (0.518, 0.000),
    "aims_missing": (-0.860, 0.000),
    "aims_extra": (-0.339, 0.000),
    "negation": (-0.503, 0.000),
    "lead": (0.130, 0.188),
    "share": (1.495, 1.012),
    "unknown": (0.000, -0.169),
    "terms": (1.350, 0.000),
    "score": (0.087, 0.000),
}

DECISION_INTERCEPT = -7.465
