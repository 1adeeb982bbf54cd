"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-22 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml
What each feature is stands in `features.py` and `decide.py`; what each brings, in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 3.213,
    "bm25": 10.603,
    "token_set": 3.827,
    "alike": 7.743,
    "alike_mean": 10.009,
    "alike_sum": -1.734,
    "pairs": 2.714,
    "covered": -4.556,
    "covering": -1.958,
    "asked_covered": 1.057,
}

# Each: the weight, and what it gains with the number of the article's askings (0 for one, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "overlap_sum": (0.510, 0.000),
    "aims_missing": (-0.718, 0.000),
    "aims_extra": (-0.438, 0.000),
    "negation": (-0.359, 0.000),
    "lead": (0.127, 0.166),
    "share": (1.305, 1.496),
    "terms": (1.212, 0.000),
    "score": (0.121, 0.000),
    "gap": (-1.743, 0.000),
    "gaps": (-8.106, 0.000),
    "theme": (0.936, 0.000),
}

DECISION_INTERCEPT = -6.699
