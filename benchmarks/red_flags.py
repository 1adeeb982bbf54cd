"""Show how well signs of danger are seen: recall and false notices by sign, on sentences in a file.

    python benchmarks/red_flags.py [--list] [--compare] FILE [FILE ...]
    python benchmarks/red_flags.py --phrasings

A FILE has a label (danger or calm), the key of a sign and a sentence a line, with tabs between. A sign of a sentence
counts as seen when its notice comes, or one of a graver grade. --list prints what was missed and what was raised.
--compare shows rules alone (benchmarks/danger/rules.txt), the model alone, and both joined. --phrasings prints the
titles and phrasings of the bundled articles that raise a notice, but for those that benchmarks/danger/phrasings.tsv
has: these tell of danger, or a nurse may think either of them.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from ora_cli import Library
from ora_cli.content.articles import GRADES, Article
from ora_cli.content.reading import read_articles
from ora_cli.content.rules import Rule, read_rule
from ora_cli.matching.danger import Model, bundled_model, groups, seen_sign
from ora_cli.matching.rules import Matcher, matcher
from ora_cli.paths import bundled_articles
from ora_cli.text.informal import informal_words
from ora_cli.text.word_groups import bundled_groups

SENTENCES = Path(__file__).parent / "danger"
# Joined, a sign of the rules counts too where the model finds danger at least so probable.
DOUBT = 0.3


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
    return [Row(label == "danger", sign, text) for label, sign, text in rows if label != "either"]


def read_phrasings(most: int | None = None) -> list[Row]:
    """Return the titles and phrasings, any `most` of an article, that tell of no danger, whoever reads them."""
    lines = (SENTENCES / "phrasings.tsv").read_text(encoding="utf-8").splitlines()
    others = {line.rsplit("\t", maxsplit=1)[-1] for line in lines}
    articles = (record for record in read_articles(bundled_articles()) if isinstance(record, Article))
    texts = dict.fromkeys(
        # Their order in the file says what they ask for, so which are read has to do with their letters alone.
        text
        for article in articles
        for text in sorted(article.phrasings(), key=lambda text: crc32(text.encode()))[:most]
    )
    return [Row(False, "-", text) for text in texts if text not in others]


def read_rules() -> list[tuple[str, Rule]]:
    """Return the rules that the model is compared with, each with its sign."""
    rules: list[tuple[str, Rule]] = []
    sign = ""
    for line in (SENTENCES / "rules.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            sign = line.strip("[]")
        elif line and not line.startswith("#"):
            rules.append((sign, read_rule(line)))
    return rules


class Rules:
    """Rules alone, as a way of seeing signs: of several that match, the one with the most parts counts."""

    def __init__(self) -> None:
        self._rules = read_rules()
        self._matcher: Matcher = matcher(enumerate(rule for _, rule in self._rules), bundled_groups(), groups())

    def sign(self, text: str) -> str | None:
        matching = sorted(self._matcher.matching(text), key=lambda number: -len(self._rules[number][1].parts))
        return self._rules[matching[0]][0] if matching else None

    def joined(self, text: str) -> str | None:
        """Return the sign that the model sees, or that of a rule where the model is in doubt."""
        seen = seen_sign(text)
        if seen or bundled_model().most_probable(informal_words(text)).probability < DOUBT:
            return seen and seen.key
        return self.sign(text)


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


def compared(rows: Sequence[Row]) -> str:
    """Return what rules alone, the model alone and both joined see, as a Markdown table."""
    rules = Rules()
    ways: dict[str, Callable[[str], str | None]] = {
        f"{len(read_rules())} rules alone": rules.sign,
        "the model alone": model_alone,
        "the model, in doubt the rules": rules.joined,
    }
    lines = ["| way | right or graver | any notice | calm raised |", "|---|---|---|---|"]
    for name, see in ways.items():
        tally = Tally.of(rows, see)
        shares = (
            share(tally.seen, tally.there),
            share(tally.any, tally.there),
            share(tally.raised, tally.calm),
        )
        lines.append(f"| {name} | {' | '.join(shares)} |")
    return "\n".join(lines)


def model_alone(text: str, model: Model | None = None) -> str | None:
    seen = (model or bundled_model()).seen(text)
    return seen and seen.key


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--list", action="store_true", help="print what was missed and what was raised")
    parser.add_argument("--compare", action="store_true", help="show rules, the model, and both joined")
    parser.add_argument("--phrasings", action="store_true", help="print the calm phrasings that raise a notice")
    given = parser.parse_args(arguments)
    if given.phrasings:
        show_raised_phrasings()
    rows = [row for path in given.files for row in read_rows(path)]
    if rows and given.compare:
        print(compared(rows))
    elif rows:
        show_how_well(rows, listed=given.list)


def show_raised_phrasings() -> None:
    raised, count = raised_phrasings()
    for sign, text in raised:
        print(f"{sign}: {text}")
    print(f"{len(raised)} of {count} titles and phrasings raise a notice")


def raised_phrasings() -> tuple[list[tuple[str, str]], int]:
    """Return the calm titles and phrasings that raise a notice, each behind its sign, and how many there are in all."""
    phrasings = read_phrasings()
    return [(seen, row.text) for row in phrasings if (seen := model_alone(row.text))], len(phrasings)


def show_how_well(rows: Sequence[Row], *, listed: bool) -> None:
    library = Library.open([bundled_articles()])
    started = time.perf_counter()
    tally = Tally.of(rows, lambda text: (flag := library.red_flag(text)) and flag.sign)
    took = time.perf_counter() - started
    if listed:
        print("\n".join(tally.wrong))
    print(table([tally]))
    print(f"{tally.summary()}; {1000 * took / len(rows):.2f} ms a sentence")


if __name__ == "__main__":
    main()
