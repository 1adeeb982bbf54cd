"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-26 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml hard.toml
What each feature is stands in `features.py` and `decide.py`; what each brings, in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 2.417,
    "bm25": 10.306,
    "alike": 3.892,
    "alike_mean": 10.384,
    "alike_sum": -1.622,
    "covered": -4.985,
    "any_covered": 2.488,
    "letters": 7.946,
}

# Each: the weight, and what it gains with the number of the article's askings (0 for one, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "lead": (0.088, 0.179),
    "share": (1.502, 1.819),
    "score": (0.155, 0.000),
    "terms": (1.291, 0.000),
    "aims_missing": (-0.986, 0.000),
    "aims_extra": (-0.490, 0.000),
    "gaps": (-5.188, 0.000),
    "missing": (-1.325, 0.000),
    "strange": (-1.944, 0.000),
    "lacks_subject": (-0.835, 0.000),
    "story": (1.573, 0.000),
    "misses_theme": (-3.311, 0.000),
    "marginal": (-1.812, 0.000),
}

DECISION_INTERCEPT = -6.438
