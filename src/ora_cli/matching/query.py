"""Analysing a question: its words are corrected and become terms with weights."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ora_cli.text.cleaning import clean
from ora_cli.text.informal import forms_of, short_forms
from ora_cli.text.words import FUNCTION_WORDS, general_words, is_english, question_part, words

if TYPE_CHECKING:
    from ora_cli.index.vocabulary import Vocabulary

MAX_WORDS = 400
# Shorter parts of a word look like words by chance, and nobody types a longer word for two.
_SHORTEST_JOINED, _LONGEST_JOINED = 3, 30


class Correction(NamedTuple):
    """A word as typed, and the word it was read as."""

    typed: str
    used: str


class Query(NamedTuple):
    """A question, analysed.

    `typed_stems` are the stems of all words as typed, `stems` those of the first MAX_WORDS after correction, and
    `terms` the same with synonyms replaced. `weights` are the weights of the distinct terms in this collection, in
    nats, without what names nothing ("plz"). `focus` are the terms of the last question in the text. `words` maps
    terms to words of the question. `unknown` are the words that no article has and that were not corrected. `read` are
    the first MAX_WORDS after correction.
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
    strange = _strange(typed, vocabulary)
    meant = _meant(strange, vocabulary)
    read = _as_meant(typed, meant)
    unknown = [word for word in strange if word not in meant]
    stems = vocabulary.stems(read)
    terms = vocabulary.synonyms.canonical(stems)
    part = question_part(text)
    focus = terms if part == text else vocabulary.terms(_as_meant(words(part), meant))
    chatter = vocabulary.terms([word for word in unknown if word in general_words()])
    by_term = {term: vocabulary.synonyms.name(term) for term in terms}
    single = vocabulary.synonyms.single
    by_term |= {single(stem): word for stem, word in zip(reversed(stems), reversed(read), strict=True)}
    return Query(
        text=text,
        typed_stems=tuple(stems if read == all_words else vocabulary.stems(all_words)),
        stems=tuple(stems),
        terms=tuple(terms),
        weights=vocabulary.weights(term for term in terms if term not in chatter),
        focus=frozenset(focus),
        words=by_term,
        corrections=tuple(_corrections(meant)),
        unknown=tuple(unknown),
        read=tuple(read),
    )


def _strange(typed: Sequence[str], vocabulary: "Vocabulary") -> list[str]:
    """Return the distinct words that neither an article has nor grammar."""
    known = vocabulary.known_words(typed)
    return [word for word in dict.fromkeys(typed) if word not in known and word not in FUNCTION_WORDS]


def _meant(strange: Sequence[str], vocabulary: "Vocabulary") -> dict[str, list[str]]:
    """Return what those of the strange words are read as that were typed in a hurry, or misspelt."""
    forms = {word: _meant_by(word, vocabulary) for word in strange}
    return {word: form for word, form in forms.items() if form}


def _meant_by(word: str, vocabulary: "Vocabulary") -> list[str] | None:
    """Return what an unknown word is read as, or None: a typo is likelier than any other reading."""
    from ora_cli.matching.spelling import correct_spelling, is_typo

    corrected = None if word in short_forms() else correct_spelling(word, vocabulary.index)
    if corrected and is_typo(word, corrected):
        return [corrected]
    form = next((form for form in forms_of(word) if _all_known(form, vocabulary)), None)
    return form or _joined(word, vocabulary) or ([corrected] if corrected else None)


def _joined(word: str, vocabulary: "Vocabulary") -> list[str] | None:
    """Return the two words that were typed as one, as in "headlice", if some article has them side by side."""
    if is_english(word) or len(word) > _LONGEST_JOINED:
        return None
    splits = [[word[:end], word[end:]] for end in range(_SHORTEST_JOINED, len(word) - _SHORTEST_JOINED + 1)]
    known = vocabulary.known_words([part for split in splits for part in split])
    for split in splits:
        stems = vocabulary.stems(split)
        likely = known.issuperset(split) and vocabulary.function_terms.isdisjoint(stems)
        if likely and vocabulary.index.matching([stems], limit=1):
            return split
    return None


def _as_meant(typed: Sequence[str], meant: Mapping[str, list[str]]) -> list[str]:
    return [read for word in typed for read in meant.get(word, (word,))]


def _all_known(form: Sequence[str], vocabulary: "Vocabulary") -> bool:
    return all(map(is_english, _strange(form, vocabulary)))


def _corrections(meant: Mapping[str, list[str]]) -> Iterator[Correction]:
    """Yield what is worth telling: a word read as another, not by a short form, nor as grammar that has its letters."""
    for word, (read, *more) in meant.items():
        if not (more or word in short_forms() or (read in FUNCTION_WORDS and set(word) == set(read))):
            yield Correction(word, read)
