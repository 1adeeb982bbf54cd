"""Signs of danger in a message: a notice comes first, whatever else is answered.

The signs that come with the program are seen by a model (`danger`), those of own articles by rules (`rules`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ora_cli.content.articles import GRADES, RedFlag
from ora_cli.content.rules import Rule, read_rule
from ora_cli.index.database import FlagEntry, Index
from ora_cli.matching.danger import groups, seen_sign
from ora_cli.matching.rules import Matcher, matcher
from ora_cli.text.word_groups import bundled_groups


class RedFlags:
    """The red flags of a library, to be looked for in messages."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._entries = index.signs()

    def find(self, text: str) -> RedFlag | None:
        """Return the red flag of a message; of several, the gravest, and of these one that the model sees."""
        found = [*self._seen_by_model(text), *self._matched_by_rules(text)]
        if not found:
            return None
        return self._index.red_flag(min(found, key=lambda entry: GRADES.index(entry.grade)).id)

    def _seen_by_model(self, text: str) -> Iterable[FlagEntry]:
        without_rules = {entry.sign: entry for entry in self._entries if not entry.rules}
        if without_rules:
            sign = seen_sign(text)
            if sign and sign.key in without_rules:
                yield without_rules[sign.key]

    def _matched_by_rules(self, text: str) -> Iterable[FlagEntry]:
        if not self._rules:
            return ()
        matching = self._matcher.matching(text)
        return (self._entries[number] for number in sorted(matching))

    @cached_property
    def _rules(self) -> list[tuple[int, Rule]]:
        return [(number, read_rule(rule)) for number, entry in enumerate(self._entries) for rule in entry.rules]

    @cached_property
    def _matcher(self) -> Matcher:
        own = {group.name: group.words for group in self._index.word_groups()}
        return matcher(self._rules, {**bundled_groups(), **own}, groups())
