"""The terms of a collection: turning words into terms, and the weight of each term."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ora_cli.content.articles import without_marks
from ora_cli.index.database import Index, TermCount
from ora_cli.index.synonyms import Synonyms
from ora_cli.text.words import words

if TYPE_CHECKING:
    from ora_cli.text.stems import Stemmer

# Function words say little about the subject, but not nothing: "what is" is not "how long".
_FUNCTION_WORD_SHARE = 0.15
_CACHED = 50_000
_CACHED_TEXTS = 4000
_NOWHERE = TermCount(0, 0)


class Vocabulary:
    """Turns words into the terms of an index, and weighs them; up to `cached` words and terms are kept in memory."""

    def __init__(self, index: Index, *, cached: int = _CACHED) -> None:
        self.index = index
        self._cached = cached
        self.function_terms = index.function_terms
        self._stems: dict[str, str] = {}
        self._weights: dict[str, float] = {}
        self._texts: dict[str, list[str]] = {}

    @cached_property
    def synonyms(self) -> Synonyms:
        """The synonyms of the index."""
        return Synonyms(self.index.synonyms())

    def stems(self, words: Sequence[str]) -> list[str]:
        """Return the stem of each word."""
        stems = self._stems
        new = [word for word in dict.fromkeys(words) if word not in stems]
        if new:
            if len(stems) > self._cached:
                stems.clear()
                new = list(dict.fromkeys(words))
            stems.update(self.index.stems(new))
            if unseen := [word for word in new if word not in stems]:
                # Only words that no article has need the stemmer, which is slow to start.
                stems.update(zip(unseen, self._stemmer(unseen), strict=True))
        return [stems[word] for word in words]

    @cached_property
    def _stemmer(self) -> Stemmer:
        from ora_cli.text.stems import Stemmer

        return Stemmer()

    def terms(self, words: Sequence[str]) -> list[str]:
        """Return the terms of the words, in order."""
        return self.synonyms.canonical(self.stems(words))

    def terms_of(self, text: str) -> list[str]:
        """Return the terms of a text of an article, in order, without footnote marks; recent texts are cached."""
        terms = self._texts.get(text)
        if terms is None:
            if len(self._texts) >= _CACHED_TEXTS:
                self._texts.clear()
            terms = self._texts[text] = self.terms(words(without_marks(text)))
        return terms

    def known_words(self, words: Sequence[str]) -> set[str]:
        """Return the words of which some article has a form: "humans" is known if an article has "human"."""
        stems = dict(zip(words, self.stems(words), strict=True))
        counts = self.index.term_counts(stems.values())
        return {word for word, stem in stems.items() if stem in counts}

    def weights(self, terms: Iterable[str]) -> dict[str, float]:
        """Return the weight of each distinct term: its inverse document frequency among the phrasings, in nats.

        The formula is that of BM25 as Robertson and Zaragoza give it ("The Probabilistic Relevance Framework", 2009),
        kept above zero: ln(1 + (N - n + 0.5) / (n + 0.5)).
        """
        weights = self._weights
        wanted = dict.fromkeys(terms)
        new = [term for term in wanted if term not in weights]
        if new:
            if len(weights) > self._cached:
                weights.clear()
                new = list(wanted)
            self._weigh(new)
        return {term: weights[term] for term in wanted}

    def content(self, terms: Iterable[str]) -> list[str]:
        """Return the terms that are not function words, in their order."""
        return [term for term in terms if term not in self.function_terms]

    def content_weights(self, terms: Iterable[str]) -> dict[str, float]:
        """Return the content weight of each distinct term: its weight, reduced for function words."""
        grammar = self.function_terms
        return {
            term: weight * _FUNCTION_WORD_SHARE if term in grammar else weight
            for term, weight in self.weights(terms).items()
        }

    def searched(self, term: str) -> list[tuple[str, ...]]:
        """Return the synonyms to search for a term, as stems; what is all grammar would be found anywhere."""
        members = self.synonyms.members(term)
        return [stems for stems in members if not self.function_terms.issuperset(stems)] or members

    def occurrences(self, terms: Iterable[str]) -> dict[str, int]:
        """Return an upper bound of the number of articles with each term."""
        return {
            term: sum(min(count.articles for count in phrase) for phrase in group)
            for term, group in self._counts(terms)
        }

    def in_phrasings(self, terms: Iterable[str]) -> set[str]:
        """Return those of the terms that some article is asked by."""
        return {
            term
            for term, group in self._counts(terms)
            if any(min(count.in_phrasings for count in phrase) for phrase in group)
        }

    def _weigh(self, terms: Iterable[str]) -> None:
        for term, group in self._counts(terms):
            # An article with several terms of a group must not count several times, so the most common term stands
            # for the group, and the rarest word for a term of several words.
            self._weights[term] = self._weight(max(min(count.in_phrasings for count in phrase) for phrase in group))

    def _counts(self, terms: Iterable[str]) -> Iterator[tuple[str, list[list[TermCount]]]]:
        """Yield each term with the counts of all its synonyms: for each a list with the counts of its stems."""
        members = {term: self.searched(term) for term in terms}
        counts = self.index.term_counts(stem for group in members.values() for stems in group for stem in stems)
        for term, group in members.items():
            yield term, [[counts.get(stem, _NOWHERE) for stem in stems] for stems in group]

    def _weight(self, articles: int) -> float:
        total = self.index.articles
        articles = min(articles, total)
        return math.log(1 + (total - articles + 0.5) / (articles + 0.5))
