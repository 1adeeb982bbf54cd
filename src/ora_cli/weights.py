"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-26 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml hard.toml
What each feature is stands in `features.py` and `decide.py`; what each brings, in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 2.449,
    "bm25": 9.638,
    "alike": 4.051,
    "alike_mean": 10.139,
    "alike_sum": -1.245,
    "covered": -5.311,
    "covering": -0.296,
    "asked_covered": 0.208,
    "any_covered": 2.611,
    "letters": 8.448,
}

# Each: the weight, and what it gains with the number of the article's askings (0 for one, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "lead": (0.073, 0.188),
    "lead_fourth": (0.168, 0.000),
    "share": (0.863, 1.750),
    "score": (0.127, 0.000),
    "terms": (1.351, 0.000),
    "asked_covered": (0.157, 0.000),
    "aims_missing": (-0.979, 0.000),
    "aims_extra": (-0.468, 0.000),
    "negation": (-0.329, 0.000),
    "gaps": (-5.054, 0.000),
    "missing": (-1.101, 0.000),
    "strange": (-2.253, 0.000),
    "lacks_subject": (-0.790, 0.000),
    "story": (1.815, 0.000),
    "misses_theme": (-3.342, 0.000),
    "marginal": (-1.618, 0.000),
}

DECISION_INTERCEPT = -6.506
