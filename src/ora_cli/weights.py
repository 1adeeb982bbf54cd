"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-25 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml
What each feature is stands in `features.py` and `decide.py`; what each brings, in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 2.461,
    "bm25": 9.474,
    "alike": 4.196,
    "alike_mean": 10.291,
    "alike_sum": -1.270,
    "pairs": 0.534,
    "covered": -5.363,
    "covering": -0.358,
    "asked_covered": 0.252,
    "any_covered": 2.568,
    "letters": 8.099,
}

# Each: the weight, and what it gains with the number of the article's askings (0 for one, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "overlap_sum": (0.290, 0.000),
    "aims_missing": (-0.868, 0.000),
    "aims_extra": (-0.489, 0.000),
    "negation": (-0.305, 0.000),
    "lead": (0.087, 0.142),
    "share": (1.730, 1.482),
    "terms": (1.237, 0.000),
    "score": (0.105, 0.000),
    "gap": (-0.535, 0.000),
    "gaps": (-9.255, 0.000),
    "theme": (1.174, 0.000),
}

DECISION_INTERCEPT = -6.698
