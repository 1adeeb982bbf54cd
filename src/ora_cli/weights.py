"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-22 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml
What each feature is stands in `features.py` and `decide.py`; what each brings, in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 2.894,
    "bm25": 11.017,
    "token_set": 3.897,
    "spread": 1.743,
    "alike": 7.963,
    "alike_mean": 8.851,
    "alike_sum": -1.761,
    "pairs": 2.819,
    "covered": -4.919,
    "covering": -1.754,
    "asked_covered": 1.043,
}

# Each: the weight, and what it gains with the number of the article's askings (0 for one, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "bm25": (0.163, 0.519),
    "overlap_sum": (0.383, 0.000),
    "alike_mean": (0.360, 0.000),
    "asked_covered": (0.011, 0.000),
    "aims_missing": (-0.717, 0.000),
    "aims_extra": (-0.478, 0.000),
    "negation": (-0.346, 0.000),
    "lead": (0.129, 0.167),
    "share": (1.488, 1.385),
    "terms": (1.217, 0.000),
    "score": (0.089, 0.000),
    "gap": (-1.693, 0.000),
    "gaps": (-7.932, 0.000),
    "theme": (0.932, 0.000),
}

DECISION_INTERCEPT = -6.635
