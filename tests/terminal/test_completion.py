"""Completion: what is offered where, and that real shells offer it."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
from conftest import SLUGS, environment, ora, ora_here

from ora_cli.commands import SUMMARIES
from ora_cli.terminal.completion import Shell

CATEGORIES = ["clay-masks", "hand-care"]
FORMATS = ["rich", "plain", "markdown", "json"]
FILES = ["files"]

# The line up to the cursor, and the words that may stand there. {} is the file of the small library.
OFFERED = {
    "ora ": list(SUMMARIES),
    "ora s": ["search", "show", "sources"],
    "ora --v": ["--version"],
    "ora --version s": ["search", "show", "sources"],
    "ora nonsense --e": ["--explain"],  # it is a question
    "ora ask ": [],
    "ora ask does ": [],
    "ora ask --e": ["--explain"],
    "ora ask --nonsense --e": ["--explain"],
    "ora ask --explain --e": [],
    "ora ask -- --e": [],
    "ora ask --format ": FORMATS,
    "ora ask --format p": ["plain"],
    "ora ask --format=": [f"--format={name}" for name in FORMATS],
    "ora ask --format=p": ["--format=plain"],
    "ora ask --format=plain --color a": ["auto", "always"],
    "ora ask --min-confidence ": [],
    "ora ask --batch ": FILES,
    "ora ask --batch=que": FILES,
    "ora check ": FILES,
    "ora check one.toml tw": FILES,
    "ora list --articles ": FILES,
    "ora list --articles ~/some": FILES,
    "ora list --articles {} --category ": CATEGORIES,
    "ora list --articles {} -c cl": ["clay-masks"],
    "ora ask --articles={} --category=h": ["--category=hand-care"],
    "ora show --articles {} ": sorted(SLUGS),
    "ora show --articles {} clay-mask-": ["clay-mask-itch", "clay-mask-often", "clay-mask-time"],
    "ora show --articles {} 'clay-mask-t": ["clay-mask-time"],
    "ora show --articles {} clay-mask-time b": ["brittle-nails"],
    "ora sources --articles {} mud": ["mudford-guide"],
    "ora categories --articles {} h": ["hand-care"],
    "ora help sho": ["show"],
    "ora show --articles {} sm": [],
    "ora show --articles {} %": [],
    "ora show --articles {} \N{GRINNING FACE}": [],
    "ora sources --articles {} b": ["brittle-nails"],
    "/usr/bin/ora sources --articles {} b": ["brittle-nails"],
    "ora show --articles no-such-folder ": [],
    "ora show --articles {} --articles no-such-folder ": [],
    "ora list --articles no-such-folder --category ": [],
    "ora completion ": list(Shell),
}


def asked(line: str, shell: str = "bash") -> list[str]:
    """Ask as the script of a shell does, and return the lines of the answer."""
    result = ora_here(env={"_ORA_COMPLETE": f"complete_{shell}", "_ORA_LINE": line})
    assert (result.code, result.stderr) == (0, "")
    return result.stdout.splitlines()


def offered(line: str, shell: str = "bash") -> list[str]:
    """Return the words that may stand at the end of the line, or `FILES`."""
    kind, *words = asked(line, shell)
    return FILES if kind == "files" else [word.split("\t")[0] for word in words]


@pytest.mark.parametrize("line", OFFERED)
def test_offers_what_may_stand_at_the_cursor(line: str, small: Path) -> None:
    """Commands, options, the values of options, slugs, categories, or the names of files."""
    assert offered(line.format(small)) == OFFERED[line]


@pytest.mark.parametrize("name", SUMMARIES)
def test_offers_the_options_of_each_command(name: str) -> None:
    """Every command, also one that is new, has its options completed with what they mean."""
    options = dict(line.split("\t") for line in asked(f"ora {name} --", "zsh")[1:])
    heeded = {"completion": "--json", "man": "--roff", "help": "--json"}
    assert options[heeded.get(name, "--quiet")]
    assert ("--quiet" in options) == (name not in heeded)


def test_words_come_with_what_they_mean(small: Path) -> None:
    """Commands with their summary, slugs with their title, categories with their name."""
    assert asked("ora sho") == ["words", "show\tShow whole articles."]
    title = "How long does a clay mask stay on?"
    assert asked(f"ora show --articles {small} clay-mask-t") == ["words", f"clay-mask-time\t{title}"]
    assert asked(f"ora list --articles {small} -c h") == ["words", "hand-care\tHand care"]


def test_offers_slugs_of_the_default_library(own_folder: Path, bundled: Path) -> None:
    """Without --articles, bundled articles are offered and the user's own."""
    own = bundled.read_text(encoding="utf-8").replace("clay-mask-time", "mud-mask-time")
    (own_folder / "own.toml").write_text(own, encoding="utf-8")
    assert offered("ora show clay-mask-t") == ["clay-mask-time"]
    assert offered("ora show mud-mask-t") == ["mud-mask-time"]


def test_more_slugs_than_a_shell_can_show(tmp_path: Path) -> None:
    """Of many slugs the first are offered and the last, so that what they have in common is true of all."""
    file = tmp_path / "many.jsonl"
    line = '{{"slug": "a-{}", "title": "T", "category": "c", "answer": "A"}}\n'
    file.write_text("".join(line.format(f"{n:04}") for n in range(2000)), encoding="utf-8")
    found = offered(f"ora show --articles {file} a-")
    assert found == [*(f"a-{n:04}" for n in range(499)), "a-1999"]
    assert len(offered(f"ora show --articles {file} a-12")) == 100


def test_a_broken_library_offers_nothing(tmp_path: Path) -> None:
    """Mistakes in a file are for other commands to report."""
    file = tmp_path / "broken.toml"
    file.write_text("[[article]]\nslug = 3", encoding="utf-8")
    assert offered(f"ora show --articles {file} ") == []


def test_a_library_that_takes_long_to_index_is_completed_as_it_was(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for a completion until an index is built: there is none at first, then the one there is."""
    line = f"ora show --articles {small} "
    monkeypatch.setattr("ora_cli.index.cache._SOON_INDEXED", 1)
    assert offered(line) == []
    ora_here("list", "--articles", small)
    small.write_text(small.read_text(encoding="utf-8").replace("brittle-nails", "strong-nails"), encoding="utf-8")
    assert "brittle-nails" in offered(line)
    ora_here("list", "--articles", small)
    assert "strong-nails" in offered(line)


@pytest.mark.parametrize("shell", Shell)
def test_prints_a_script(shell: Shell) -> None:
    """The script goes to standard output, or into JSON."""
    result = ora_here("completion", shell)
    assert result.code == 0
    assert "_ORA_COMPLETE" in result.stdout
    assert f"complete_{shell}" in result.stdout
    [line] = ora_here("completion", shell, "--json").stdout.splitlines()
    assert shell in line


def test_a_script_is_for_a_shell_that_is_known() -> None:
    """Another shell is a mistake in usage, and the message names those that there are."""
    result = ora_here("completion", "tcsh")
    assert (result.code, result.stdout) == (2, "")
    assert "fish" in result.stderr


def test_answers_powershell(small: Path) -> None:
    """PowerShell gets what Typer's script for it understands: a word, three colons, what it means."""

    def answer(line: str, word: str) -> list[str]:
        asking = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_WORD_TO_COMPLETE": word}
        return ora_here(env={"_ORA_COMPLETE": "complete_powershell", **asking}).stdout.splitlines()

    assert answer("ora sho", "sho") == ["show:::Show whole articles."]
    assert answer("ora ask --format p", "p") == ["plain::: "]
    assert answer("ora ask --format=p", "--format=p") == ["--format=plain::: "]
    assert answer(f"ora show --articles {small.name}x", "") == [""]
    assert answer("ora check", "") == [""]


# --- in real shells ---

SETUPS = {
    "bash": 'eval "$(ora completion bash)"',
    "bash with bash-completion": '. /usr/share/bash-completion/bash_completion; eval "$(ora completion bash)"',
    "zsh": 'autoload -Uz compinit; compinit -u -D; eval "$(ora completion zsh)"',
    "zsh from a folder": "ora completion zsh > _ora; fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D",
    "fish": "ora completion fish | source",
    "fish from a folder": "ora completion fish > $HOME/ora.fish; set -p fish_complete_path $HOME",
}
START = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}
PROMPT = "ready> "
SET_PROMPT = {
    "bash": "PS1='rea''dy> '",
    "zsh": "PS1='rea''dy> '",
    "fish": "function fish_prompt; echo 'rea''dy> '; end",
}

# What is typed before the tab key, and the arguments of `ora` once it was pressed.
COMPLETED = {
    "ora categ": ["categories"],
    "ora s": ["s"],
    "ora ask --exp": ["ask", "--explain"],
    "ora ask --format mark": ["ask", "--format", "markdown"],
    "ora ask --format=mark": ["ask", "--format=markdown"],
    "ora ask will it sm": ["ask", "will", "it", "sm"],
    "ora ask --batch sm": ["ask", "--batch", "small.toml"],
    "ora ask --batch=sm": ["ask", "--batch=small.toml"],
    "ora check sm": ["check", "small.toml"],
    "ora check 'with sp": ["check", "with space.toml"],
    "ora show --articles small.toml hot": ["show", "--articles", "small.toml", "hot-water-hands"],
    "ora show --articles=small.toml hot": ["show", "--articles=small.toml", "hot-water-hands"],
    "ora show --articles 'with space.toml' hot": ["show", "--articles", "with space.toml", "hot-water-hands"],
    "ora show --articles small.toml cl": ["show", "--articles", "small.toml", "clay-mask-"],
    "ora show --articles small.toml sm": ["show", "--articles", "small.toml", "sm"],
    "ora list --articles small.toml -c ha": ["list", "--articles", "small.toml", "-c", "hand-care"],
    "ora list --articles small.toml --category=ha": ["list", "--articles", "small.toml", "--category=hand-care"],
    "true; ora sources --articles small.toml hot": ["sources", "--articles", "small.toml", "hot-water-hands"],
}
EXPANDING = (
    r"""a: `touch pwned` $(touch pwned) \$(touch pwned) \`touch pwned\` ' " '$(touch pwned)' )) %F{red} $x ; * ~"""
)


@pytest.fixture
def start(tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], pexpect.spawn]:
    """Return what starts a shell, with completion set up, in a folder with some files.

    There, `ora` prints scripts and completes, and otherwise prints its arguments.
    """
    monkeypatch.chdir(tmp_path)
    shutil.copy(small, "with space.toml")
    program = tmp_path / "bin" / "ora"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\n"
        f'if [ "$_ORA_COMPLETE" ] || [ "$1" = completion ]; then exec {sys.executable} -m ora_cli "$@"; fi\n'
        "printf RAN; printf '<%s>' \"$@\"; echo\n"
    )
    program.chmod(0o755)
    path = f"{program.parent}:{environment()['PATH']}"

    def started(setup: str) -> pexpect.spawn:
        name = setup.partition(" ")[0]
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not installed")
        if "bash-completion" in setup and not Path("/usr/share/bash-completion/bash_completion").exists():
            pytest.skip("bash-completion is not installed")
        shell = pexpect.spawn(
            name,
            START[name],
            env=environment({"PATH": path, "TERM": "xterm"}),
            encoding="utf-8",
            dimensions=(40, 200),
            timeout=60,
        )
        shell.sendline(f"{SET_PROMPT[name]}; {SETUPS[setup]}")
        shell.expect_exact(PROMPT)
        return shell

    return started


@pytest.mark.parametrize("name", START)
def test_completes_in_a_real_shell(name: str, start: Callable[[str], pexpect.spawn]) -> None:
    """The tab key completes; where nothing is to be completed, the line stays as it is."""
    shell = start(name)
    assert {typed: completed(shell, typed) for typed in COMPLETED} == COMPLETED


@pytest.mark.parametrize("setup", [setup for setup in SETUPS if setup not in START])
def test_completes_however_it_is_set_up(setup: str, start: Callable[[str], pexpect.spawn]) -> None:
    """The script works from a file as well as in the start-up file, and beside other completions."""
    shell = start(setup)
    typed = "ora show --articles=small.toml hot"
    assert completed(shell, typed) == COMPLETED[typed]
    assert completed(shell, "ora check sm") == COMPLETED["ora check sm"]


def completed(shell: pexpect.spawn, typed: str) -> list[str]:
    """Type, press the tab key, then enter, and return the arguments that `ora` gets."""
    shell.send(f"{typed}\t\r")
    shell.expect(r"RAN(<.*>)\r?\n")
    arguments = shell.match[1][1:-1].split("><")
    shell.expect_exact(PROMPT)
    return arguments


@pytest.mark.parametrize("name", ["zsh", "fish"])
def test_shows_titles(name: str, start: Callable[[str], pexpect.spawn]) -> None:
    """A shell that can do so shows the titles of the articles beside their slugs."""
    shell = start(name)
    shell.send("ora show --articles small.toml clay-mask-\t")
    shell.expect_exact("mask-itch")
    shell.expect_exact("Why does my face itch under a clay mask?")


@pytest.mark.parametrize("name", START)
def test_a_title_is_never_run(name: str, start: Callable[[str], pexpect.spawn], small: Path) -> None:
    """Whatever is in a title, it is shown, not evaluated."""
    text = small.read_text(encoding="utf-8")
    for title in ("What helps brittle nails?", "Is hot water bad for my hands?"):
        text = text.replace(json.dumps(title), json.dumps(EXPANDING))
    small.write_text(text.replace("hot-water-hands", "brittle-hands"), encoding="utf-8")
    assert EXPANDING in ora("show", "brittle-nails", "--articles", small).stdout
    shell = start(name)
    shell.send("ora show --articles small.toml brittle-\t")
    if name != "bash":  # which shows slugs alone
        shell.expect_exact(EXPANDING[:20])
    shell.send("n\t\r")
    shell.expect_exact("RAN<show><--articles><small.toml><brittle-nails>")
    assert not Path("pwned").exists()
