"""How building and asking grow with the number of articles, beside bm25s and tantivy on the same articles in one run.

    python benchmarks/scale.py [SIZE ...] [--ora PATH] [--engines NAME ...] [--questions N] [--rounds N] [--seed N]

A SIZE is a number of made-up articles (`1k`, `1M`), or `bundled` for those of `ora`. Without --ora it installs the
wheel and the other engines into a new environment first. 1M takes about 4 GB of disk for all three engines.

- Building: the whole way from the JSONL file to an index on disk, which holds the articles too. `CPU s` includes the
  start of the process; `text` is what the articles say, without the keys; `peak` is the most memory the process had.
- Asking: `first process` is the first after building, `process` the median of later ones, each from its start to its
  end, all sizes and engines taking turns; `growth` is that over the first row of the same engine. The rest is from one
  process that asks all questions one by one: `CPU ms` is the processor's time for one, `right` how often the article
  that was meant came first.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

import collection
from collection import Collection
from engines import ENGINES, NOT_INSTALLED
from installed import environment, machine, python_beside

WORKER = Path(__file__).with_name("engines.py")


class Subject(NamedTuple):
    """An engine with a collection, what its processes are started with, and what was measured."""

    engine: str
    collection: Collection
    python: Path
    home: Path
    figures: dict[str, float]
    processes: list[float]

    @property
    def folder(self) -> Path:
        """Where the index is; for `ora`, where its command looks for it."""
        return self.home / "cache" / self.engine

    def worker(self, action: str, *more: str) -> dict[str, float]:
        """Run a worker and return what it measured."""
        done = subprocess.run(
            self._command(action, *more), env=environment(self.home), stdout=subprocess.PIPE, check=True
        )
        measured: dict[str, float] = json.loads(done.stdout)
        return measured

    def process(self, question: str) -> float:
        """Return how many seconds a process takes that answers one question."""
        command = self._command("ask", question)
        if self.engine == "ora":
            articles = str(self.collection.file)
            command = [str(self.python.with_name("ora")), "ask", "--articles", articles, "--", question]
        started = time.perf_counter()
        done = subprocess.run(command, env=environment(self.home), capture_output=True, check=False)
        taken = time.perf_counter() - started
        if done.returncode not in (0, 1):  # 1: no confident answer
            sys.exit(f"{self.engine}: {done.stderr.decode()}")
        return taken

    def _command(self, action: str, *more: str) -> list[str]:
        return list(map(str, (self.python, WORKER, action, self.engine, self.collection.file, self.folder, *more)))


def number_of_articles(size: str) -> int | None:
    """Return the number that a size stands for, None for the bundled articles."""
    if size == "bundled":
        return None
    factor = {"k": 1_000, "M": 1_000_000}.get(size[-1], 1)
    return int(size.rstrip("kM")) * factor


def make(size: int | None, work: Path, questions: int, seed: int) -> Collection:
    """Make the collection of a size, with its questions in a file beside it."""
    file = work / f"{size or 'bundled'}.jsonl"
    say(f"writing {file.name}")
    if size is None:
        made = collection.copy_bundled(file, questions=questions, seed=seed)
    else:
        made = collection.make(file, size, questions=questions, seed=seed)
    file.with_suffix(".questions").write_text(json.dumps(made.questions), encoding="utf-8")
    return made


def measure(subject: Subject) -> None:
    """Build, ask in a new process, ask everything in one."""
    say(f"{subject.engine}: building {subject.collection.file.name}")
    built = subject.worker("build")
    size = sum(file.stat().st_size for file in subject.folder.rglob("*"))
    first = subject.process(subject.collection.questions[0][1])
    say(f"{subject.engine}: asking {subject.collection.file.name}")
    asked = subject.worker("batch", str(subject.collection.file.with_suffix(".questions")))
    subject.figures.update({f"build_{key}": value for key, value in built.items()})
    subject.figures.update(asked, size=size, first=first)
    say(building_table([subject]).splitlines()[-1])  # a run with a million articles takes an hour, and may be stopped
    say(f"{subject.engine}: p50 {asked['p50'] * 1000:.2f} ms, p99 {asked['p99'] * 1000:.2f} ms")


def building_table(subjects: list[Subject]) -> str:
    """Return what building took, as Markdown."""
    lines = [
        "| articles | text MB | engine | s | CPU s | articles/s | peak MB | index MB | index / text |",
        "|---:|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    for subject in subjects:
        of, seen = subject.collection, subject.figures
        lines.append(
            f"| {of.articles:,} | {of.text / 1e6:.1f} | {subject.engine} | {seen['build_seconds']:.1f}"
            f" | {seen['build_cpu']:.1f} | {of.articles / seen['build_seconds']:,.0f} | {seen['build_peak'] / 1e6:.0f}"
            f" | {seen['size'] / 1e6:.1f} | {seen['size'] / of.text:.1f} |"
        )
    return "\n".join(lines)


def asking_table(subjects: list[Subject]) -> str:
    """Return what asking took, as Markdown."""
    lines = [
        "| articles | engine | first process ms | process ms | growth"
        " | questions/s | p50 ms | p99 ms | CPU ms | peak MB | right |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for subject in subjects:
        seen, process = subject.figures, median(subject.processes)
        smallest = median(next(other.processes for other in subjects if other.engine == subject.engine))
        lines.append(
            f"| {subject.collection.articles:,} | {subject.engine} | {seen['first'] * 1000:.0f} | {process * 1000:.0f}"
            f" | {process / smallest:.2f} | {seen['per_second']:,.0f} | {seen['p50'] * 1000:.2f}"
            f" | {seen['p99'] * 1000:.2f} | {seen['cpu'] * 1000:.2f} | {seen['peak'] / 1e6:.0f} | {seen['right']:.3f} |"
        )
    return "\n".join(lines)


def say(what: str) -> None:
    print(f"{what} …", file=sys.stderr)


def measure_all(args: argparse.Namespace, python: Path, work: Path) -> tuple[list[Subject], list[str]]:
    """Measure every engine with every collection, and say what had to be left out."""
    subjects, left_out = [], []
    for size in args.sizes:
        made = make(size, work, args.questions, args.seed)
        for engine in args.engines:
            subject = Subject(engine, made, python, work / f"home-{made.file.stem}", {}, [])
            try:
                measure(subject)
                subjects.append(subject)
            except subprocess.CalledProcessError as error:
                why = "not installed" if error.returncode == NOT_INSTALLED else f"exit code {error.returncode}"
                left_out.append(f"Left out: {engine} on {made.articles:,} articles: {why}.")
    return subjects, left_out


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how building and asking grow with the articles.")
    sizes = [None, 150, 1_000, 10_000, 100_000]
    parser.add_argument("sizes", nargs="*", metavar="SIZE", type=number_of_articles, default=sizes)
    parser.add_argument("--ora", type=Path, help="the command, installed from a wheel; by default a new environment")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--questions", type=int, default=1000, help="how many are asked in one process (%(default)s)")
    parser.add_argument("--rounds", type=int, default=20, help="how many processes answer one question (%(default)s)")
    parser.add_argument("--seed", type=int, default=20261122)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        python = python_beside(args.ora, Path(folder))
        subjects, left_out = measure_all(args, python, Path(folder))
        say("asking one question a process")
        for number in range(args.rounds):
            for subject in subjects:
                questions = subject.collection.questions
                subject.processes.append(subject.process(questions[number % len(questions)][1]))
        print(machine(python, ("ora-cli", "typer", "rapidfuzz", "bm25s", "PyStemmer", "numpy", "tantivy")))
        print(building_table(subjects), asking_table(subjects), *left_out, sep="\n\n")


if __name__ == "__main__":
    main()
