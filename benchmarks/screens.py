"""How long answers are on the screen, and how many questions end with the right article in sight.

    python benchmarks/screens.py [ARTICLES] [--questions FILE ...] [--longest N]

Every article is asked for by its title; the lines that a terminal shows are counted at 80 and at 40 columns, with the
line for the shell's prompt below. Of the questions of FILE (by default tests/questions.toml) that an article answers,
it counts those that get that article as the answer, and those that are shown it among the first three titles.
"""

from __future__ import annotations

import argparse
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from ora_cli import Library
from ora_cli.paths import bundled_articles
from ora_cli.render import terminal
from ora_cli.render.answer import choices, verdict_blocks

QUESTIONS = Path(__file__).parent.parent / "tests" / "questions.toml"
SCREENS = ((80, 24), (80, 40), (40, 24))


def heights(library: Library, columns: int) -> dict[str, int]:
    """Return how many lines the answer to each article's title takes, with one for the shell's prompt."""
    lines = {}
    for entry in library.entries():
        shown = terminal.render(verdict_blocks(library.ask(entry.title)), width=columns, color=False)
        lines[entry.slug] = terminal.lines_on_screen(shown, columns) + 1
    return lines


def height_table(library: Library, longest: int) -> str:
    """Return the heights of the answer screens as Markdown."""
    rows = ["| screen | median | 95th percentile | largest | fit |", "|---|---:|---:|---:|---:|"]
    for columns, height in SCREENS:
        found = heights(library, columns)
        high = quantiles(found.values(), n=100, method="inclusive")[94] if len(found) > 1 else max(found.values())
        fit = sum(lines <= height for lines in found.values()) / len(found)
        rows.append(
            f"| {columns}x{height} | {median(found.values()):.0f} | {high:.0f} | {max(found.values())} | {fit:.1%} |"
        )
    found = heights(library, 80)
    tallest = sorted(found, key=lambda slug: -found[slug])[:longest]
    return "\n".join([*rows, *(f"{found[slug]} lines: {slug}" for slug in tallest)])


def outcome(library: Library, row: dict[str, Any]) -> str:
    """Return what became of a question that an article answers."""
    verdict, right = library.ask(row["question"]), {row["slug"], *row.get("accept", ())}
    if verdict.article:
        return "answered" if verdict.article.slug in right else "wrong"
    return "shown" if right & {link.slug for link in choices(verdict)} else "missed"


def question_line(library: Library, file: Path) -> str:
    """Return how the questions of a file ended."""
    rows = [row for row in tomllib.loads(file.read_text(encoding="utf-8"))["row"] if "slug" in row]
    ended = [outcome(library, row) for row in rows]
    shares = {name: ended.count(name) / len(rows) for name in ("answered", "shown", "missed", "wrong")}
    told = ", ".join(f"{name} {share:.1%}" for name, share in shares.items())
    return f"{file.name}: {len(rows)} questions: {told}; in sight {shares['answered'] + shares['shown']:.1%}"


def report(articles: Path, questions: Sequence[Path], longest: int) -> None:
    with tempfile.TemporaryDirectory() as cache:
        library = Library.open([articles], cache=cache)
        print(height_table(library, longest))
        for file in questions:
            print(question_line(library, file))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the answer screens.")
    parser.add_argument("articles", nargs="?", type=Path, default=bundled_articles())
    parser.add_argument("--questions", nargs="*", type=Path, default=[QUESTIONS])
    parser.add_argument("--longest", type=int, default=0, help="how many of the tallest screens to name")
    args = parser.parse_args()
    report(args.articles, args.questions, args.longest)


if __name__ == "__main__":
    main()
