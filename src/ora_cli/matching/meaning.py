"""The ranking once more, with what a model says of how near questions and phrasings are in meaning.

It is asked only where the words are not sure (`decision.SURE`), and knows no articles but those that words have found.
"""

from __future__ import annotations

import numpy as np

from ora_cli.matching.features import AVERAGED
from ora_cli.matching.ranking import Candidate, Ranking, score
from ora_cli.matching.weights import MEANING
from ora_cli.semantic.encoder import Matrix
from ora_cli.semantic.vectors import Vectors

# The last digits of a cosine differ from one processor to the next.
_DIGITS = 4


def ranked_by_meaning(ranking: Ranking, vectors: Vectors) -> Ranking:
    """Return the ranking with its candidates scored and ordered anew."""
    if not ranking.candidates:
        return ranking
    compared = compared_by_meaning(ranking, vectors).candidates
    scored = [each._replace(score=score(each.features, each.document.asked, MEANING)) for each in compared]
    scored.sort(key=lambda candidate: (-candidate.score, candidate.article))
    return ranking._replace(candidates=tuple(scored), weights=MEANING)


def compared_by_meaning(ranking: Ranking, vectors: Vectors) -> Ranking:
    """Return the ranking with the meaning of its candidates, in the same order with the same scores."""
    question = vectors.encode(ranking.query.text)
    return ranking._replace(candidates=tuple(_compared(each, question, vectors) for each in ranking.candidates))


def _compared(candidate: Candidate, question: Matrix, vectors: Vectors) -> Candidate:
    phrasings, text, unanswered = (each @ question for each in vectors.of(candidate.article))
    meaning = max(float(np.sort(cosines)[-AVERAGED:].mean()) for cosines in (phrasings, text) if len(cosines))
    return candidate._replace(
        features=candidate.features._replace(meaning=round(meaning, _DIGITS)),
        meaning_unanswered=round(float(unanswered.max(initial=0.0)), _DIGITS),
    )
