"""Terms that mean the same become one term, in questions and askings alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Synonyms:
    """Replaces each term of a group by the group's first term; a term may be several words."""

    def __init__(self, groups: Iterable[tuple[str, Sequence[Sequence[str]]]]) -> None:
        self._names: dict[str, str] = {}
        self._single: dict[str, str] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._members: dict[str, list[tuple[str, ...]]] = {}
        for name, group in groups:
            if group:
                self._names.setdefault("_".join(group[0]), name)
                self._add(group)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))

    def _add(self, group: Sequence[Sequence[str]]) -> None:
        canonical = "_".join(group[0])
        for stems in group:
            self._members.setdefault(canonical, []).append(tuple(stems))
            if len(stems) == 1:
                self._single.setdefault(stems[0], canonical)
            else:
                self._phrases.setdefault(stems[0], []).append((tuple(stems), canonical))

    def canonical(self, terms: Sequence[str]) -> list[str]:
        """Return the terms with every synonym replaced, the longest first."""
        single, phrases = self._single, self._phrases
        if phrases and not phrases.keys().isdisjoint(terms):
            terms = self._fold(terms)
        return [single.get(term, term) for term in terms]

    def members(self, term: str) -> list[tuple[str, ...]]:
        """Return what a canonical term can stand for, each as its stems; itself when it is in no group."""
        return self._members.get(term) or [(term,)]

    def name(self, term: str) -> str:
        """Return how people write a canonical term."""
        return self._names.get(term, term)

    def _fold(self, terms: Sequence[str]) -> list[str]:
        folded: list[str] = []
        position = 0
        while position < len(terms):
            for stems, canonical in self._phrases.get(terms[position], ()):
                if tuple(terms[position : position + len(stems)]) == stems:
                    folded.append(canonical)
                    position += len(stems)
                    break
            else:
                folded.append(terms[position])
                position += 1
        return folded
