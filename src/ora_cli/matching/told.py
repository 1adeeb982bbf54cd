"""Whether an article tells what is asked of its subject.

Most questions name the subject of their article; what decides is the rest. It is compared with the questions that the
article is known to answer, and with those that it is known not to.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.features import Document, Lines, Question

# A term that more than this share of the phrasings has belongs to the theme, as those of the title do.
_THEME_SHARE = 0.4
# The stored weights of phrasings are rounded, so that the same words may differ in what comes after these.
_DIGITS = 3


class Told(NamedTuple):
    """What a question adds to the theme of an article, beside what others ask of it.

    The theme are the terms of the title, and those of the question that many phrasings have.

    `answered` and `unanswered` are its similarity, 0 to 1, to the closest phrasing that the article answers, and to the
    closest question that it or one beside it does not; `known` is the share of it that the answered phrasings have
    together. `added` is the share of the question's content weight that it has.
    """

    answered: float
    unanswered: float
    known: float
    added: float

    @property
    def not_said(self) -> float:
        """The similarity to a question that is not answered, 0 if one that is answered is nearer."""
        return self.unanswered if self.unanswered > self.answered else 0.0


ALL_TOLD = Told(1.0, 0.0, 1.0, 0.0)
"""A question that adds nothing is what the title asks."""


def told(question: Question, document: Document, vocabulary: Vocabulary, *, beside: Sequence[Document] = ()) -> Told:
    """Return what an article tells of a question.

    `unanswered` counts what the articles `beside` it are known not to answer too, less the theme of this one: less
    their own themes, whatever names its subject would be like the question.
    """
    many = _THEME_SHARE * len(document.phrasings)
    theme = {term for term in question.content_weights if len(document.phrasings.having(term)) > many}
    theme.update(document.phrasings.lines[0].split())
    added = {term: weight for term, weight in question.content_weights.items() if term not in theme}
    total = sum(added.values())
    if not total:
        return ALL_TOLD
    themes = vocabulary.content_weights(sorted(theme))
    return Told(
        answered=_closest(added, themes, document.phrasings),
        unanswered=max(_closest(added, themes, each.unanswered) for each in (document, *beside)),
        known=sum(weight for term, weight in added.items() if document.phrasings.having(term)) / total,
        added=total / question.total,
    )


def _closest(added: Mapping[str, float], theme: Mapping[str, float], asked: Lines) -> float:
    """Return the similarity of the closest question: the Dice coefficient of the weights of what is not the theme."""
    total, common, themed = sum(added.values()), _shares(added, asked), _shares(theme, asked)
    return round(
        max(
            (2 * share / (total + max(asked.weights[n] - themed.get(n, 0.0), share)) for n, share in common.items()),
            default=0.0,
        ),
        _DIGITS,
    )


def _shares(weights: Mapping[str, float], asked: Lines) -> dict[int, float]:
    """Return how much of these weights each question has, without those that have none."""
    shares: dict[int, float] = {}
    for term, numbers in asked.shared(weights).items():
        for number in numbers:
            shares[number] = shares.get(number, 0.0) + weights[term]
    return shares
