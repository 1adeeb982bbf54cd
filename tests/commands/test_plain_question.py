"""A question without options is answered without Typer, and not otherwise than with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ora_here

from ora_cli.commands.plain_question import words_of

# The arguments, and the words of the question if they are one that Typer need not read.
READ: dict[str, tuple[list[str], list[str] | None]] = {
    "a question after the command": (["ask", "does", "botox", "hurt"], ["does", "botox", "hurt"]),
    "one argument": (["ask", "does botox hurt"], ["does botox hurt"]),
    "a question": (["does", "botox", "hurt"], ["does", "botox", "hurt"]),
    "a word that is a command later": (["botox", "list"], ["botox", "list"]),
    "no argument": ([], None),
    "the command alone": (["ask"], None),
    "blanks": (["ask", " "], [" "]),
    "an empty argument": ([""], None),
    "an option": (["ask", "botox", "--json"], None),
    "a short option": (["ask", "-s", "botox"], None),
    "standard input": (["ask", "-"], None),
    "what follows is no option": (["ask", "--", "botox"], None),
    "the help": (["--help"], None),
    "another command": (["list", "botox"], None),
    "a misspelt command": (["lsit", "botox"], None),
}

ASKED = [
    ("ask", "does", "botox", "cause", "sagging"),
    ("does", "botox", "cause", "sagging"),
    ("ask", "botox headake after 2 weeks"),
    ("ask", "botox"),
    ("ask", "how", "far", "is", "the", "moon"),
    ("ask", "my tongue is swelling and i cannot breathe"),
    ("ask", "\x1b[31m"),
    ("ask", "?"),
    ("ask", " "),
]


@pytest.mark.parametrize(("args", "words"), READ.values(), ids=READ)
def test_what_is_a_plain_question(args: list[str], words: list[str] | None) -> None:
    """What has an option, a command or no words is left to Typer."""
    assert words_of(args) == words


@pytest.mark.usefixtures("shared_index")
@pytest.mark.parametrize("args", ASKED, ids=" ".join)
def test_the_same_comes_with_and_without_typer(args: tuple[str, ...]) -> None:
    """An option that changes nothing has Typer read the command line."""
    assert ora_here(*args) == ora_here(*args, "--no-pager")


def test_configuration_in_error_is_told_alike(tmp_path: Path) -> None:
    """The way of a question does not matter to what it finds wrong."""
    (tmp_path / "ora").mkdir()
    (tmp_path / "ora" / "config.toml").write_text("format = 3", encoding="utf-8")
    env: dict[str, str | None] = {"XDG_CONFIG_HOME": str(tmp_path)}
    plain, typer = (ora_here("ask", "botox", *options, env=env) for options in ((), ("--no-pager",)))
    assert plain == typer
    assert "format can't be 3" in plain.stderr
