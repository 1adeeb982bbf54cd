"""Synonyms: terms with the same meaning become one term, in questions and phrasings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Synonyms:
    """Replaces each term of a group with the first term of the group; a term can have several words."""

    def __init__(self, groups: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._names: dict[str, str] = {}
        self._single: dict[str, str] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._members: dict[str, list[tuple[str, ...]]] = {}
        for name, terms in groups:
            if terms:
                self._names.setdefault(terms[0].replace(" ", "_"), name)
                self._add([tuple(term.split(" ")) for term in terms])
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))

    def _add(self, group: Sequence[tuple[str, ...]]) -> None:
        canonical = "_".join(group[0])
        members = self._members.setdefault(canonical, [])
        for stems in group:
            members.append(stems)
            if len(stems) == 1:
                self._single.setdefault(stems[0], canonical)
            else:
                self._phrases.setdefault(stems[0], []).append((stems, canonical))

    def canonical(self, terms: Sequence[str]) -> list[str]:
        """Return the terms with all synonyms replaced, longer ones first."""
        if not self._phrases.keys().isdisjoint(terms):
            terms = self._fold(terms)
        if self._single.keys().isdisjoint(terms):
            return list(terms)
        return [self._single.get(term, term) for term in terms]

    def single(self, stem: str) -> str:
        """Return the term for a stem that is not part of a longer synonym."""
        return self._single.get(stem, stem)

    def members(self, term: str) -> list[tuple[str, ...]]:
        """Return the stems of all terms that a canonical term stands for; only itself if it is in no group."""
        return self._members.get(term) or [(term,)]

    def name(self, term: str) -> str:
        """Return a canonical term as it is written in its group."""
        return self._names.get(term, term)

    def _fold(self, terms: Sequence[str]) -> list[str]:
        folded: list[str] = []
        done = 0
        for position, term in enumerate(terms):
            if position < done or term not in self._phrases:
                continue
            for stems, canonical in self._phrases[term]:
                if tuple(terms[position : position + len(stems)]) == stems:
                    folded += (*terms[done:position], canonical)
                    done = position + len(stems)
                    break
        return [*folded, *terms[done:]]
