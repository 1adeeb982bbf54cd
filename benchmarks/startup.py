"""How long whole commands take, beside a bare Python, the smallest Typer program and the tldr client, all in one run.

    python benchmarks/startup.py [--ora PATH] [--rounds N] [--runs N]

Without --ora it installs the wheel into a new environment first. The commands take turns, so that a machine that is
busy for a while slows all of them. Times are of whole processes, from their start to their end: by hyperfine where it
is installed, else, and on a terminal always, by this program. All but the fastest are medians. `/ Typer` is the ratio
to a Typer program with two commands that prints one word, with the same Typer; `/ tldr` to `tldr` showing a cached
page; `/ warm` to a question whose index is in the cache folder. That folder is deleted before each first question, and
cannot be made for those without one. Own articles are one file with one article. On a machine with other work to do,
the times of the processor are steadier than those by the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import NamedTuple

from installed import environment, machine, python_beside

QUESTION = ("does", "botox", "cause", "sagging")
TYPER, TLDR, WARM = "Typer, two commands, one word", "tldr, a cached page", "ora ask … \\| cat"
OWN_ARTICLE = """
[[article]]
slug = "own"
title = "What about an article of my own?"
category = "own"
answer = "It is in a file of its own."
"""
TWO_COMMANDS = """
import typer

app = typer.Typer()


@app.command()
def first() -> None:
    print("first")


@app.command()
def second() -> None:
    print("second")


app()
"""
PAGE = """# tar

> Put many files into one, and take them out again.
> More information: <https://example.org/tar>.

- Put files into an archive:

`tar cf {{archive.tar}} {{file1 file2 ...}}`

- Do the same, and compress it:

`tar czf {{archive.tar.gz}} {{file1 file2 ...}}`

- Name what is in an archive:

`tar tf {{archive.tar}}`

- Take everything out into the current folder:

`tar xf {{archive.tar}}`

- Take everything out into another folder:

`tar xf {{archive.tar}} --directory={{folder}}`
"""


class Case(NamedTuple):
    """A command to time, and what is deleted before each run."""

    name: str
    command: list[str]
    variables: dict[str, str]
    terminal: bool = False
    deleted: Path | None = None


class Taken(NamedTuple):
    """What one run took, in seconds: by the clock, and of the processor."""

    seconds: float
    cpu: float


def cases(python: Path, work: Path) -> list[Case]:
    """Return what is timed, having laid out what it needs."""
    program = work / "two_commands.py"
    program.write_text(TWO_COMMANDS, encoding="utf-8")
    page = work / "cache" / "tldr" / "pages" / "common" / "tar.md"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, encoding="utf-8")
    usual, ora = environment(work), str(python.with_name("ora"))
    own = work / "own" / "ora" / "articles" / "own.toml"
    own.parent.mkdir(parents=True)
    own.write_text(OWN_ARTICLE, encoding="utf-8")
    fresh = work / "fresh"
    first, nowhere = {"XDG_CACHE_HOME": str(fresh)}, {"XDG_CACHE_HOME": str(page)}
    with_own = {"XDG_DATA_HOME": str(work / "own")}
    ask = [ora, "ask", *QUESTION]
    # Neither Python nor the shell starts a completion with these variables by itself.
    completing = {"_ORA_COMPLETE": "complete_bash", "COMP_WORDS": "ora show face", "COMP_CWORD": "2"}
    return [
        Case("python -c pass", [str(python), "-c", "pass"], usual),
        Case(TYPER, [str(python), str(program), "first"], usual),
        Case(TLDR, [str(python.with_name("tldr")), "tar"], usual),
        Case(WARM, ask, usual),
        Case("the first question", ask, usual | first, deleted=fresh),
        Case("the first question, own articles", ask, usual | first | with_own, deleted=fresh),
        Case("every question without a cache folder", ask, usual | nowhere),
        Case("ora ask … on a terminal", [ora, "ask", "--no-pager", *QUESTION], usual, terminal=True),
        Case("ora ask … --json", [ora, "ask", "--json", *QUESTION], usual),
        Case("ora --help", [ora, "--help"], usual),
        Case("ora list", [ora, "list"], usual),
        Case("completion of a slug", [ora], usual | completing),
    ]


def problem(case: Case) -> str | None:
    """Run a command once, which also makes what it keeps, and say why it can't be timed."""
    try:
        done = subprocess.run(case.command, env=case.variables, capture_output=True, text=True, timeout=60, check=False)
    except FileNotFoundError:
        return "not installed"
    if done.returncode:
        return f"exit code {done.returncode}"
    return None if done.stdout or "pass" in case.command else "printed nothing"


def times(case: Case, runs: int) -> list[Taken]:
    """Return what each of the runs took."""
    if case.terminal:
        return [_by_hand(_on_terminal, case) for _ in range(runs)]
    if hyperfine := shutil.which("hyperfine"):
        return _by_hyperfine(hyperfine, case, runs)
    return [_by_hand(_into_pipe, case) for _ in range(runs)]


def _by_hyperfine(hyperfine: str, case: Case, runs: int) -> list[Taken]:
    with tempfile.NamedTemporaryFile(suffix=".json") as result:
        options = ["--shell=none", "--style=none", "--output=pipe", f"--runs={runs}", f"--export-json={result.name}"]
        if case.deleted:
            options += ["--prepare", shlex.join(["rm", "-rf", str(case.deleted)])]
        command = [hyperfine, *options, shlex.join(case.command)]
        subprocess.run(command, env=case.variables, stderr=subprocess.DEVNULL, check=True)
        [measured] = json.load(result)["results"]
    return [Taken(seconds, measured["user"] + measured["system"]) for seconds in measured["times"]]


def _by_hand(run: Callable[[Case], None], case: Case) -> Taken:
    if case.deleted:
        shutil.rmtree(case.deleted, ignore_errors=True)
    started, cpu = time.perf_counter(), _cpu_of_children()
    run(case)
    return Taken(time.perf_counter() - started, _cpu_of_children() - cpu)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _into_pipe(case: Case) -> None:
    subprocess.run(case.command, env=case.variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)


def _on_terminal(case: Case) -> None:
    """Run on a terminal of its own; util-linux's `script` would do, but waits for longer than a prompt answer takes."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(case.command[0], case.command, case.variables)
    with suppress(OSError):  # which is how Linux says that nobody writes any more
        while os.read(terminal, 65536):
            pass
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    if status:
        sys.exit(f"{case.name}: failed on a terminal")


def table(taken: dict[str, list[Taken]]) -> str:
    """Return medians and ratios as Markdown."""
    clock = {name: median(each.seconds for each in runs) for name, runs in taken.items()}
    cpu = {name: median(each.cpu for each in runs) for name, runs in taken.items()}
    lines = [
        "| | ms | / Typer | / tldr | / warm | fastest ms | CPU ms | / Typer | / warm |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, runs in taken.items():
        fastest = min(each.seconds for each in runs)
        to_tldr = f"{clock[name] / clock[TLDR]:.2f}" if TLDR in clock else "-"
        lines.append(
            f"| {name} | {clock[name] * 1000:.1f} | {clock[name] / clock[TYPER]:.2f} | {to_tldr}"
            f" | {clock[name] / clock[WARM]:.2f} | {fastest * 1000:.1f}"
            f" | {cpu[name] * 1000:.1f} | {cpu[name] / cpu[TYPER]:.2f} | {cpu[name] / cpu[WARM]:.2f} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time whole commands beside others.")
    parser.add_argument("--ora", type=Path, help="the command, installed from a wheel; by default a new environment")
    parser.add_argument("--rounds", type=int, default=10, help="how often all commands take turns (%(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="runs of a command in its turn (%(default)s)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        python = python_beside(args.ora, Path(folder))
        every = cases(python, Path(folder))
        problems = {case.name: why for case in every if (why := problem(case))}
        taken: dict[str, list[Taken]] = {case.name: [] for case in every if case.name not in problems}
        for number in range(args.rounds):
            print(f"\rround {number + 1} of {args.rounds} ", end="", file=sys.stderr, flush=True)
            for case in every:
                if case.name in taken:
                    taken[case.name] += times(case, args.runs)
        print(file=sys.stderr)
        print(machine(python, ("ora-cli", "typer", "rich", "tldr")))
        print(table(taken))
        for name, why in problems.items():
            print(f"\nLeft out: {name}: {why}.")


if __name__ == "__main__":
    main()
