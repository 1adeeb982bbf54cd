"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-22 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml
What each feature is stands in `features.py` and `decide.py`; what each brings, in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 3.312,
    "bm25": 10.006,
    "token_set": 4.764,
    "spread": 1.890,
    "alike": 8.417,
    "alike_mean": 8.927,
    "alike_sum": -1.799,
    "pairs": 2.054,
    "covered": -5.758,
    "covering": -2.165,
    "aims_extra": -0.509,
    "asked_covered": 1.115,
}

# Each: the weight, and what it gains with the number of the article's askings (0 for one, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "bm25": (0.000, 0.526),
    "overlap_sum": (0.210, 0.000),
    "alike_mean": (0.000, 0.000),
    "asked_covered": (0.264, 0.000),
    "aims_missing": (-0.666, 0.000),
    "aims_extra": (-0.209, 0.000),
    "negation": (-0.412, 0.000),
    "lead": (0.120, 0.157),
    "share": (1.413, 1.579),
    "terms": (1.299, 0.000),
    "score": (0.135, 0.000),
    "gap": (-1.452, 0.000),
    "gaps": (-6.178, 0.000),
    "theme": (1.004, 0.000),
}

DECISION_INTERCEPT = -7.500
