"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-26 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml hard.toml
What each feature is stands in `features.py` and `decide.py`; what each brings, in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 2.127,
    "bm25": 9.518,
    "alike": 3.236,
    "alike_mean": 9.073,
    "alike_sum": -1.560,
    "covered": -4.191,
    "any_covered": 2.566,
    "letters": 8.174,
    "title": 1.955,
    "whole": 1.145,
}

# Each: the weight, and what it gains with the number of the article's askings (0 for one, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "lead": (0.074, 0.170),
    "share": (1.349, 2.030),
    "score": (0.172, 0.000),
    "terms": (1.213, 0.000),
    "aims_missing": (-0.945, 0.000),
    "aims_extra": (-0.494, 0.000),
    "gaps": (-4.024, 0.000),
    "missing": (-1.479, 0.000),
    "strange": (-1.809, 0.000),
    "lacks_subject": (-0.860, 0.000),
    "story": (1.588, 0.000),
    "misses_theme": (-2.274, 0.000),
    "marginal": (-1.239, 0.000),
    "short_of_theme": (-3.248, 0.000),
    "whole": (0.724, 0.000),
}

DECISION_INTERCEPT = -6.344
