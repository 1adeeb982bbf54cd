"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-26 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml hard.toml
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
    "lead": (0.089, 0.163),
    "lead_fourth": (0.167, 0.000),
    "share": (0.779, 1.645),
    "score": (0.097, 0.000),
    "terms": (1.350, 0.000),
    "overlap_sum": (0.392, 0.000),
    "asked_covered": (0.199, 0.000),
    "aims_missing": (-0.917, 0.000),
    "aims_extra": (-0.487, 0.000),
    "negation": (-0.330, 0.000),
    "gaps": (-4.962, 0.000),
    "missing": (-1.122, 0.000),
    "strange": (-2.381, 0.000),
    "lacks_subject": (-0.727, 0.000),
    "story": (1.961, 0.000),
    "misses_theme": (-3.875, 0.000),
    "marginal": (-1.563, 0.000),
}

DECISION_INTERCEPT = -6.213
