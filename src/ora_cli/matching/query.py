"""Analysing a question: its words are corrected and become terms with weights."""

from typing import TYPE_CHECKING, NamedTuple

from ora_cli.text.cleaning import clean
from ora_cli.text.words import FUNCTION_WORDS, question_part, words

if TYPE_CHECKING:
    from ora_cli.index.vocabulary import Vocabulary

MAX_WORDS = 400


class Correction(NamedTuple):
    """A word as typed, and the word it was read as."""

    typed: str
    used: str


class Query(NamedTuple):
    """A question, analysed.

    `typed_stems` are the stems of all words as typed, `stems` those of the first MAX_WORDS after correction, and
    `terms` the same with synonyms replaced. `weights` are the weights of the distinct terms in this collection, in
    nats. `focus` are the terms of the last question in the text. `words` maps terms to words of the question. `unknown`
    are the words that no article has and that were not corrected. `read` are the first MAX_WORDS after correction.
    """

    text: str
    typed_stems: tuple[str, ...]
    stems: tuple[str, ...]
    terms: tuple[str, ...]
    weights: dict[str, float]
    focus: frozenset[str]
    words: dict[str, str]
    corrections: tuple[Correction, ...]
    unknown: tuple[str, ...]
    read: tuple[str, ...]

    def word(self, term: str) -> str:
        """Return the word of the question that a term stands for."""
        return self.words.get(term) or term.replace("_", " ")


def analyse(text: str, vocabulary: "Vocabulary") -> Query:
    """Return the text as a query, which has no terms if the text has no words."""
    text = " ".join(clean(text).split())
    all_words = words(text)
    typed = all_words[:MAX_WORDS]
    known = vocabulary.known_words(typed)
    unknown = [word for word in dict.fromkeys(typed) if word not in known and word not in FUNCTION_WORDS]
    used = _corrections(unknown, vocabulary)
    used_words = [used.get(word, word) for word in typed]
    stems = vocabulary.stems(used_words)
    terms = vocabulary.synonyms.canonical(stems)
    part = question_part(text)
    focus = terms if part == text else vocabulary.terms([used.get(word, word) for word in words(part)])
    by_term = {term: vocabulary.synonyms.name(term) for term in terms}
    single = vocabulary.synonyms.single
    by_term |= {single(stem): word for stem, word in zip(reversed(stems), reversed(used_words), strict=True)}
    return Query(
        text=text,
        typed_stems=tuple(stems if not used and len(typed) == len(all_words) else vocabulary.stems(all_words)),
        stems=tuple(stems),
        terms=tuple(terms),
        weights=vocabulary.weights(terms),
        focus=frozenset(focus),
        words=by_term,
        corrections=tuple(Correction(word, corrected) for word, corrected in used.items()),
        unknown=tuple(word for word in unknown if word not in used),
        read=tuple(used_words),
    )


def _corrections(unknown: list[str], vocabulary: "Vocabulary") -> dict[str, str]:
    """Return the unknown words that are misspellings, each with its correction."""
    if not unknown:
        return {}
    from ora_cli.matching.spelling import correct_spelling

    found = ((word, correct_spelling(word, vocabulary.index)) for word in unknown)
    return {word: corrected for word, corrected in found if corrected is not None}
