"""What `ora check` finds in red flags."""

from __future__ import annotations

from pathlib import Path

import pytest

from ora_cli.authoring.check import check_files

SOURCE = """
[[source]]
id = "guide"
title = "Guide"
publisher = "Mudford Institute"
url = "https://example.org/"
kind = "reference"
"""
GROUP = '[[word_group]]\nname = "mud"\nwords = ["mud", "clay"]\n'
FLAG = """
[[red_flag]]
sign = "mud-burn"
name = "Burn from mud"
grade = "TODAY"
message = "Wash it off."
rules = ["{mud} + {burning}"]
examples = ["the mud burns"]
sources = ["guide"]
"""


def found(folder: Path, text: str) -> list[str]:
    file = folder / "own.toml"
    file.write_text(text, encoding="utf-8")
    return [f"{problem.article}: {problem.key}: {problem.what}; {problem.hint}" for problem in check_files([file])]


def test_a_sound_flag(tmp_path: Path) -> None:
    """Rules may refer to own groups and to those of the program."""
    assert found(tmp_path, SOURCE + GROUP + FLAG) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (FLAG.replace('sources = ["guide"]', ""), "sources: is missing; name the sources that the notice follows"),
        (
            FLAG.replace('rules = ["{mud} + {burning}"]', "").replace('examples = ["the mud burns"]', ""),
            "rules: is missing; write when a message has this sign; nothing else sees it",
        ),
        (FLAG.replace("{burning}", "{burnin}"), "rules: no group of words is called 'burnin'; did you mean 'burning'?"),
        (
            FLAG.replace("rules = [", 'rules = ["{mud} + {fever}", '),
            "rules: no example reaches '{mud} + {fever}'; add a message to examples that has it",
        ),
        (
            FLAG.replace("examples = [", 'examples = ["no mud", '),
            "examples: 'no mud' raises nothing; write a rule for it, or change one",
        ),
    ],
)
def test_flags_that_lead_nowhere(tmp_path: Path, text: str, told: str) -> None:
    """A rule that no example reaches, an example that raises nothing, and a notice without a source are found."""
    assert f"red_flag mud-burn: {told}" in found(tmp_path, SOURCE + GROUP + text)


def test_signs_of_the_program_need_no_rules(tmp_path: Path) -> None:
    """Another notice for a sign that the model sees is no mistake."""
    flag = FLAG.replace("mud-burn", "allergy").replace("rules =", "# rules =").replace("examples =", "# examples =")
    assert found(tmp_path, SOURCE + flag) == []
