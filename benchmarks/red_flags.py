"""Show how well signs of danger are seen: recall and false notices by sign, on sentences in a file.

    python benchmarks/red_flags.py [--list] FILE [FILE ...]

A FILE has a label (danger or calm), the key of a sign and a sentence a line, with tabs between. A sign of a sentence
counts as seen when its notice comes, or one of a graver grade. --list prints what was missed and what was raised.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ora_cli import Library
from ora_cli.content.articles import GRADES
from ora_cli.paths import bundled_articles


class Row(NamedTuple):
    """A sentence, whether it tells of danger, and the sign that it is about."""

    danger: bool
    sign: str
    text: str


@dataclass
class Tally:
    """How often each sign was there, seen, raised by another name, and raised without need."""

    there: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    any: Counter[str] = field(default_factory=Counter)
    calm: Counter[str] = field(default_factory=Counter)
    raised: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[Row], see: Callable[[str], str | None]) -> Tally:
        tally = cls()
        for row in rows:
            tally.add(row, see(row.text))
        return tally

    def add(self, row: Row, sign: str | None) -> None:
        if row.danger:
            self.there[row.sign] += 1
            self.any[row.sign] += sign is not None
            self.seen[row.sign] += is_right(sign, row.sign)
            if not is_right(sign, row.sign):
                self.wrong.append(f"missed {row.sign} ({sign}): {row.text}")
        else:
            self.calm[row.sign] += 1
            self.raised[row.sign] += sign is not None
            if sign:
                self.wrong.append(f"raised {sign}: {row.text}")

    def summary(self) -> str:
        return (
            f"right or graver {share(self.seen, self.there)}, any notice {share(self.any, self.there)},"
            f" calm raised {share(self.raised, self.calm)}"
        )


def share(part: Counter[str], whole: Counter[str]) -> str:
    return f"{100 * part.total() / max(1, whole.total()):.1f} %"


@cache
def grades() -> dict[str, str]:
    """Return the grade of each sign of the bundled articles."""
    library = Library.open([bundled_articles()])
    return {flag.sign: flag.grade for flag in library.red_flags()}


def is_right(seen: str | None, sign: str) -> bool:
    """Return whether a notice is the right one for a sign, or one of a graver grade."""
    if seen is None or seen == sign:
        return seen == sign
    return GRADES.index(grades()[seen]) < GRADES.index(grades()[sign])


def read_rows(path: Path) -> list[Row]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return [Row(label == "danger", sign, text) for label, sign, text in rows]


def table(tallies: Sequence[Tally]) -> str:
    """Return recall and false notices by sign, as a Markdown table."""
    seen, there, raised, calm = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for tally in tallies:
        seen, there = seen + tally.seen, there + tally.there
        raised, calm = raised + tally.raised, calm + tally.calm
    lines = ["| sign | seen | calm raised |", "|---|---|---|"]
    for sign in there:
        lines.append(f"| {sign} | {seen[sign]} of {there[sign]} | {raised[sign]} of {calm[sign]} |")
    lines.append(f"| all | {share(seen, there)} | {share(raised, calm)} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--list", action="store_true", help="print what was missed and what was raised")
    given = parser.parse_args(arguments)
    library = Library.open([bundled_articles()])
    rows = [row for path in given.files for row in read_rows(path)]
    started = time.perf_counter()
    tally = Tally.of(rows, lambda text: (flag := library.red_flag(text)) and flag.sign)
    took = time.perf_counter() - started
    if given.list:
        print("\n".join(tally.wrong))
    print(table([tally]))
    print(f"{tally.summary()}; {1000 * took / max(1, len(rows)):.2f} ms a sentence")


if __name__ == "__main__":
    sys.exit(main())
