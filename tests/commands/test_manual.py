"""The manual page: the same as the help, whole, and right for the programs that read manual pages."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import PROJECT, ora_here

from ora_cli.commands import SUMMARIES
from ora_cli.commands.manual import EXAMPLES
from ora_cli.commands.program import load
from ora_cli.errors import ExitCode
from ora_cli.render import roff
from ora_cli.render.blocks import Block, Kind

PAGE = PROJECT / "docs" / "ora.1"

# Text that roff would take for requests, escapes or macros, or show as something else.
ODD = (
    ".SH not a heading",
    "'br not a request",
    "a backslash \\n and \\fB no bold",
    "straight ' and ` and \" and ^ and ~ and -",
    "ellipsis … dash \N{EN DASH} and emoji \N{GRINNING FACE}",
    "  blanks   between  ",
    "word " * 40 + ". 'end",
    "[brackets] <angles> %s {} |",
)


@pytest.fixture
def mandoc() -> str:
    if program := shutil.which("mandoc"):
        return program
    pytest.skip("mandoc is not installed")


def test_the_page_in_the_docs_is_current(request: pytest.FixtureRequest) -> None:
    """What is shipped is what the program says of itself: `ora man --roff > docs/ora.1` makes it anew."""
    page = ora_here("man", "--roff").stdout
    if request.config.getoption("--renew"):
        PAGE.write_text(page, encoding="utf-8")
    assert page == PAGE.read_text(encoding="utf-8")


def test_mandoc_finds_no_fault(mandoc: str) -> None:
    """The page is clean in the eyes of a strict reader."""
    done = subprocess.run([mandoc, "-T", "lint", PAGE], capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_page_has_everything() -> None:
    """All commands, options, arguments, variables of the environment, exit codes."""
    page = ora_here("man").stdout
    terms = [line for line in page.splitlines() if not line.startswith(" ")]
    explained = {word for term in terms for word in re.split(",? ", term)}
    for name, summary in SUMMARIES.items():
        assert f"\nora {name} [OPTIONS]" in page
        assert f"\n{summary}\n" in page
        for parameter in load(name).params:
            assert {option for option in parameter.opts if option.startswith("-")} <= explained
            assert f"\n    {parameter.help}" in page
    assert {str(int(code)) for code in ExitCode} <= explained
    assert variables_read() <= explained


def variables_read() -> set[str]:
    """Return the variables of the environment that the program reads, but for those of its own completion."""
    code = "".join(file.read_text(encoding="utf-8") for file in (PROJECT / "src").rglob("*.py"))
    return set(re.findall(r'environ(?:\.get\(|\[)"([A-Z]\w+)', code)) | set(re.findall(r'"(XDG_\w+)"', code))


def test_examples_are_commands(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page gives as an example can be typed as it stands."""
    monkeypatch.chdir(small.parent)
    small.rename("my-articles.toml")
    Path("questions.txt").write_text("does botox cause sagging\n")
    for example in EXAMPLES:
        program, *words = shlex.split(example)
        result = ora_here(*words)
        assert program == "ora"
        assert result.code in (ExitCode.OK, ExitCode.NOTHING), example


def test_man_shows_the_page_in_every_format() -> None:
    """As text for people, wrapped on a narrow terminal; as Markdown; its source within JSON."""
    plain = ora_here("man").stdout
    assert "\nExit status\n" in plain
    assert "\n-c, --category SLUG\n    Only articles of this category.\n" in plain
    narrow = ora_here("man", "--format", "rich", env={"COLUMNS": "40"}).stdout
    assert max(map(len, narrow.splitlines())) <= 40
    assert (
        "- **-c, --category SLUG** Only articles of this category.\n" in ora_here("man", "--format", "markdown").stdout
    )
    assert json.loads(ora_here("man", "--json").stdout)["roff"] == PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [Kind.PARAGRAPH, Kind.TERM, Kind.HEADING])
@pytest.mark.parametrize("text", ODD)
def test_text_is_never_roff(kind: Kind, text: str, mandoc: str) -> None:
    """A page shows text as it stands, whatever roff would make of it."""
    blocks = [Block(Kind.TITLE, "name"), Block(Kind.PARAGRAPH, "x - y"), Block(kind, text, label=text)]
    page = "".join(f"{line}\n" for line in roff.render(blocks, name="x", section=1, date="2026-01-01", source="x"))
    shown = subprocess.run(
        [mandoc, "-T", "utf8", "-O", "width=1000"], input=page, capture_output=True, check=True, text=True
    )
    plain = re.sub(".\b", "", shown.stdout)
    assert " ".join(text.split()) in " ".join(plain.split())
