"""The rules of a red flag: what has to stand together in a message for its notice to be shown.

"{toxin} + {unable} + {breathe} / swallow*" has three parts, which have to stand near each other in any order. What is
between slashes are alternatives: a `[[word_group]]` in braces, or words as people type them; a "*" is any ending.
"""

import re
from typing import NamedTuple

GROUP = re.compile(r"\{([^{}]*)\}")
"""A group of words in a rule; the match's group is its name."""


class Rule(NamedTuple):
    """A rule as it is written, and its parts, each with its alternatives."""

    text: str
    parts: tuple[tuple[str, ...], ...]

    def groups(self) -> list[str]:
        """Return the names of the groups of words that the rule refers to."""
        return GROUP.findall(self.text)


def read_rule(text: str) -> Rule:
    """Return the rule that a text is.

    Raises:
        ValueError: a part is empty, or a brace lacks its other half; the message says which.
    """
    parts = tuple(tuple(each.strip() for each in part.split("/")) for part in text.split("+"))
    for each in (each for part in parts for each in part):
        if not each.strip("{}* "):
            raise ValueError(f"{text!r} has an empty part")
        if ("{" in each or "}" in each) and not GROUP.fullmatch(each):
            raise ValueError(f"{each!r} is neither words nor a group in braces")
    return Rule(text, parts)
