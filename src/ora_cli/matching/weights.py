"""The fitted weights of the matcher: written by a program, not by hand.

Made 2026-11-26 by: python benchmarks/fit.py --write mqp-dev clinc-dev questions.toml hard.toml
What each feature is stands in `features.py` and `decide.py`; what each brings, in docs/matching.md.
"""

RANKING: dict[str, float] = {
    "retrieved": 2.322,
    "bm25": 9.538,
    "alike": 3.116,
    "alike_mean": 8.725,
    "alike_sum": -1.527,
    "covered": -3.841,
    "any_covered": 2.310,
    "letters": 8.491,
    "title": 1.971,
    "whole": 1.192,
}

# Each: the weight, and what it gains with the number of the article's askings (0 for one, 1 for ten or more).
DECISION: dict[str, tuple[float, float]] = {
    "lead": (0.063, 0.131),
    "share": (1.326, 2.391),
    "score": (0.188, 0.000),
    "terms": (1.405, 0.000),
    "aims_missing": (-0.991, 0.000),
    "aims_extra": (-0.448, 0.000),
    "gaps": (-4.856, 0.000),
    "missing": (-1.595, 0.000),
    "strange": (-1.817, 0.000),
    "lacks_subject": (-0.654, 0.000),
    "story": (1.476, 0.000),
    "misses_theme": (-2.394, 0.000),
    "marginal": (-1.398, 0.000),
    "short_of_theme": (-3.447, 0.000),
    "off_title": (-3.426, 0.000),
    "whole": (0.686, 0.000),
}

DECISION_INTERCEPT = -7.056
