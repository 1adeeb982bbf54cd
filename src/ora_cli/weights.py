"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-26 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml hard.toml
What each feature is stands in `features.py` and `decide.py`; what each brings, in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 2.430,
    "bm25": 9.702,
    "alike": 3.590,
    "alike_mean": 10.037,
    "alike_sum": -1.247,
    "covered": -5.100,
    "any_covered": 2.812,
    "letters": 8.471,
}

# Each: the weight, and what it gains with the number of the article's askings (0 for one, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "lead": (0.083, 0.173),
    "share": (1.546, 1.829),
    "score": (0.152, 0.000),
    "terms": (1.297, 0.000),
    "aims_missing": (-0.981, 0.000),
    "aims_extra": (-0.493, 0.000),
    "gaps": (-5.028, 0.000),
    "missing": (-1.289, 0.000),
    "strange": (-2.257, 0.000),
    "lacks_subject": (-0.759, 0.000),
    "story": (1.802, 0.000),
    "misses_theme": (-3.366, 0.000),
    "marginal": (-1.717, 0.000),
}

DECISION_INTERCEPT = -6.428
