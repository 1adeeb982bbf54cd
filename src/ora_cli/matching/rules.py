"""The rules of red flags, matched with a message; what happens now is told from what is denied, past or asked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from ora_cli.content.rules import GROUP, Rule
from ora_cli.matching.danger import mended
from ora_cli.text.informal import informal_words
from ora_cli.text.word_groups import WordGroups, denied, normalised

# How far apart the parts of a rule may begin, in words.
_WINDOW = 14
# Who asks, remembers, reads or plans something does not tell of danger, unless something says that it happens now.
_NOT_NOW = frozenset({"past", "recovered", "hearsay", "study", "plan", "general question", "feel fine", "joke"})
_NOW = frozenset({"now", "has it", "help", "keeps", "worse"})

Places = Sequence[Collection[int]]
"""Where each part of a rule stands in a message."""


class Matcher(NamedTuple):
    """The rules that are looked for, with the groups of words that they refer to."""

    groups: WordGroups
    circumstances: WordGroups
    rules: Sequence[tuple[int, Rule]]

    def matching(self, text: str) -> set[int]:
        """Return the numbers of the rules that match a message."""
        words = [word if self.groups.knows(word) else mended(word) for word in informal_words(text)]
        if _told_of_another_time(words, self.circumstances):
            return set()
        hits = self.groups.hits(words)
        places: dict[str, set[int]] = {}
        for hit in hits - denied(words, hits):
            places.setdefault(hit.group, set()).add(hit.start)
        return {
            number for number, rule in self.rules if _stand_together([_any_of(part, places) for part in rule.parts])
        }


def matcher(
    rules: Iterable[tuple[int, Rule]], groups: Mapping[str, Sequence[str]], circumstances: WordGroups
) -> Matcher:
    """Return a matcher of these numbered rules; words in a rule that are no group are a group of their own."""
    listed = list(rules)
    needed = {name: groups.get(name, ()) for _, rule in listed for name in rule.groups()}
    words = {each for _, rule in listed for part in rule.parts for each in part if not GROUP.fullmatch(each)}
    named = [(f"{{{name}}}", map(normalised, expressions)) for name, expressions in needed.items()]
    return Matcher(WordGroups([*named, *((each, [normalised(each)]) for each in words)]), circumstances, listed)


def _told_of_another_time(words: Sequence[str], circumstances: WordGroups) -> bool:
    told = {hit.group for hit in circumstances.hits(words)}
    return bool(told & _NOT_NOW) and not told & _NOW


def _any_of(part: Iterable[str], places: dict[str, set[int]]) -> set[int]:
    return {place for each in part for place in places.get(each, ())}


def _stand_together(places: Places) -> bool:
    """Return whether the parts of a rule stand in one window: a part each, wherever one of the first begins it."""
    return any(
        all(any(abs(place - first) <= _WINDOW for place in part) for part in places[1:])
        for first in (places[0] if places else ())
    )
