"""Rules of red flags: parts that stand near each other, and what is not told of now."""

from __future__ import annotations

import pytest

from ora_cli.content.rules import read_rule
from ora_cli.matching.danger import groups
from ora_cli.matching.rules import matcher

GROUPS = {"mask": ["clay", "mud mask*"], "swell": ["swell*", "swollen", "can't close"]}


def matches(rule: str, message: str) -> bool:
    return bool(matcher([(0, read_rule(rule))], GROUPS, groups()).matching(message))


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("{mask} + {swell}", "my eyes are swollen, from clay"),
        ("{mask} + {swell}", "mud masks made me swell up"),
        ("{mask} + {swell}", "clay swelin"),
        ("{mask} + {swell}", "i cant close my eyes after clay"),
        ("{mask} + lip / tongue + {swell}", "clay on my tongue, swelling fast"),
        ("swollen tongue", "a swollen tongue!"),
        ("ton*", "my tongues"),
        ("{swell}", "how long does clay stay on? I have swelling"),
        ("{swell}", "it swelled years ago and now it swells again"),
    ],
)
def test_rules_that_match(rule: str, message: str) -> None:
    """All parts stand in a window, in any order, each by one of its alternatives, misspelt or not."""
    assert matches(rule, message)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("{mask} + {swell}", "clay"),
        ("{mask} + {swell}", f"clay {'and so on ' * 10} swollen"),
        ("swollen tongue", "tongue swollen"),
        ("{swell}", "no fever or swelling"),
        ("{swell}", "never swelled"),
        ("{swell}", "what is swelling"),
        ("{swell}", "can clay make you swell"),
        ("{swell}", "it swelled years ago"),
        ("{swell}", "i read about a woman who swelled"),
        ("{nothing}", "nothing"),
    ],
)
def test_rules_that_do_not_match(rule: str, message: str) -> None:
    """A part is missing or far away, or the message denies, asks, remembers or tells of others."""
    assert not matches(rule, message)


@pytest.mark.parametrize("text", ["", "+", "a + ", "a / / b", "{a", "a}", "{}", "{a} b", "*"])
def test_rules_that_are_none(text: str) -> None:
    """A part without words, and braces without their other half, are mistakes."""
    with pytest.raises(ValueError, match=r"empty part|neither words nor a group"):
        read_rule(text)


def test_groups_of_a_rule() -> None:
    """A rule names the groups that it refers to."""
    assert read_rule("{a} + b / {c d}").groups() == ["a", "c d"]
