"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-25 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml fresh_dev.toml
What each feature is stands in `features.py` and `decide.py`; what each brings, in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 2.483,
    "bm25": 12.102,
    "alike": 4.741,
    "alike_mean": 9.691,
    "alike_sum": -1.164,
    "pairs": 0.285,
    "covered": -5.941,
    "covering": -0.257,
    "asked_covered": 0.358,
    "any_covered": 2.818,
    "letters": 7.961,
}

# Each: the weight, and what it gains with the number of the article's askings (0 for one, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "overlap_sum": (0.161, 0.000),
    "aims_missing": (-0.862, 0.000),
    "aims_extra": (-0.446, 0.000),
    "negation": (-0.260, 0.000),
    "lead": (0.085, 0.159),
    "share": (1.726, 1.406),
    "terms": (1.345, 0.000),
    "score": (0.110, 0.000),
    "gap": (-0.376, 0.000),
    "gaps": (-10.587, 0.000),
    "theme": (1.266, 0.000),
}

DECISION_INTERCEPT = -7.152
