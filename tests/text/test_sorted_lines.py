"""Sorted lines, and the files of the program that are looked up in this way."""

from __future__ import annotations

import pytest

from ora_cli.paths import bundled_text
from ora_cli.text.sorted_lines import SortedLines

LINES = "bar 1\nbarn\nbarn owl\nzoo\n"
# What a line starts with, and the first line that does.
FOUND = {
    "bar ": "bar 1",
    "bar": "bar 1",
    "barn": "barn",
    "barn ": "barn owl",
    "zoo": "zoo",
    "": "bar 1",
    "a": "",
    "bas": "",
    "zoos": "",
}


@pytest.mark.parametrize(("start", "line"), FOUND.items())
def test_first_line_with_a_start(start: str, line: str) -> None:
    """A line is found by how it starts, wherever it stands."""
    assert SortedLines(LINES).starting(start) == line


def test_no_lines() -> None:
    """In an empty text there is nothing."""
    assert SortedLines("").starting("a") == ""


@pytest.mark.parametrize("name", ["words.txt", "danger/weights.txt"])
def test_bundled_lines_are_sorted(name: str) -> None:
    """A line out of order would hide others; so would ends of lines of another system."""
    lines = bundled_text(name).split("\n\n")[-1]
    assert lines.endswith("\n")
    assert lines.splitlines() == sorted(lines.splitlines())
    assert "\r" not in lines
