"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-26 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml hard.toml
What each feature is stands in `features.py` and `decide.py`; what each brings, in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 2.416,
    "bm25": 9.611,
    "alike": 3.177,
    "alike_mean": 10.353,
    "alike_sum": -1.547,
    "covered": -4.571,
    "any_covered": 2.641,
    "letters": 8.396,
}

# Each: the weight, and what it gains with the number of the article's askings (0 for one, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "lead": (0.080, 0.177),
    "share": (1.539, 1.847),
    "score": (0.165, 0.000),
    "terms": (1.324, 0.000),
    "aims_missing": (-0.955, 0.000),
    "aims_extra": (-0.474, 0.000),
    "gaps": (-5.099, 0.000),
    "missing": (-1.239, 0.000),
    "strange": (-2.053, 0.000),
    "lacks_subject": (-0.823, 0.000),
    "story": (1.604, 0.000),
    "misses_theme": (-3.191, 0.000),
    "marginal": (-1.882, 0.000),
}

DECISION_INTERCEPT = -6.713
