"""A question without options is answered without Typer, and not otherwise than with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ora_here

from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import OPTIONS
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
    "an empty argument first": (["", "botox"], ["", "botox"]),
    "an empty argument last": (["ask", ""], [""]),
    "a command in capitals": (["Ask", "botox"], None),
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


# What the configuration file holds, and what is said of it.
CONFIGURED = {
    "format = 3": "format can't be 3",
    'format = "json"': "",
    'model = "/nowhere"': "the model",
    "min_confidence = 1": "Not sure",
}


@pytest.mark.usefixtures("shared_index")
@pytest.mark.parametrize("question", ["is botox safe if i take warfarin", " "])
@pytest.mark.parametrize(("config", "said"), CONFIGURED.items())
def test_configuration_counts_alike(tmp_path: Path, config: str, said: str, question: str) -> None:
    """The way of a question does not matter to what is set, nor to what is wrong with it."""
    (tmp_path / "ora").mkdir()
    (tmp_path / "ora" / "config.toml").write_text(config, encoding="utf-8")
    env: dict[str, str | None] = {"XDG_CONFIG_HOME": str(tmp_path)}
    plain, typer = (ora_here("ask", question, *options, env=env) for options in ((), ("--no-pager",)))
    assert plain == typer
    assert said in plain.stderr or not question.strip()


def test_every_common_option_is_declared() -> None:
    """Typer is told of each option that a command can be given."""
    assert [*OPTIONS, "config"] == list(CommonOptions._fields)
