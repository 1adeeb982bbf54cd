"""What a start of the program imports: an answer must not wait for what it does not use."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import Variables, environment, ora

from ora_cli.commands import SUMMARIES

QUESTION = ("does", "botox", "cause", "sagging")
COSTLY = {
    "dataclasses",
    "hashlib",
    "importlib.metadata",
    "json",
    "numpy",
    "ora_cli.index.builder",
    "ora_cli.content.reading",
    "platformdirs",
    "rapidfuzz",
    "rich",
    "tomllib",
    "typer",
    "urllib.request",
}
"""What takes long to import, or is only needed to make an index."""

# The arguments, and which of the costly modules they need.
STARTS: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "plain ask": (("ask", *QUESTION), set()),
    "plain question": (QUESTION, set()),
    "JSON ask": (("ask", *QUESTION, "--json"), {"json", "typer"}),
    "list": (("list",), {"typer"}),
    "help": (("--help",), {"typer"}),
    "help of a command": (("ask", "--help"), {"typer"}),
    "version": (("--version",), {"typer"}),
}


@pytest.fixture(scope="module")
def fresh_index(cached: Variables) -> Variables:
    """Make the index of the default library and return the variables that lead to it."""
    ora("list", env=cached)
    return cached


def imported(*args: str, env: Variables) -> set[str]:
    """Return the modules that are loaded when the command ends, without those that Python itself loads."""
    watch = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
    loaded = []
    for program in ("", "from ora_cli.__main__ import main; main()"):
        done = subprocess.run(
            [sys.executable, "-c", watch + program, *args],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment(env),
            timeout=60,
            check=True,
            text=True,
        )
        loaded.append(set(done.stderr.splitlines()[-1].split()))
    without, with_command = loaded
    assert "ora_cli.cli" in with_command
    return with_command - without


def commands_of(modules: set[str]) -> set[str]:
    return {name for name in SUMMARIES if modules & {f"ora_cli.commands.{name}", f"ora_cli.commands.{name}_"}}


@pytest.mark.parametrize("case", STARTS.values(), ids=STARTS)
def test_start_imports_only_what_it_needs(fresh_index: Variables, case: tuple[tuple[str, ...], set[str]]) -> None:
    """On a fresh index, nothing costly is imported but what the output is made with."""
    args, needed = case
    assert imported(*args, env=fresh_index) & COSTLY == needed


def test_completion_imports_only_what_it_needs(fresh_index: Variables) -> None:
    """Words are completed while somebody waits."""
    asking: Variables = {"_ORA_COMPLETE": "complete_fish", "_ORA_LINE": "ora show face-sag"}
    modules = imported(env={**fresh_index, **asking})
    assert modules & COSTLY == {"typer"}
    assert commands_of(modules) == {"show"}


@pytest.mark.parametrize("args", [("ask", *QUESTION, "--json"), ("list",), ("--help",)], ids=lambda args: args[0])
def test_only_the_command_that_is_called_is_imported(fresh_index: Variables, args: tuple[str, ...]) -> None:
    """However many commands there are, a start takes as long as with one."""
    assert commands_of(imported(*args, env=fresh_index)) == {args[0]} & SUMMARIES.keys()


def test_formatted_output_does_import_rich(fresh_index: Variables) -> None:
    """The other tests would notice if something were imported."""
    assert "rich" in imported("ask", *QUESTION, "--format", "rich", env=fresh_index)
