"""Tables as programs write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_importing import imported, reasons, taken

# FAULT 11: a cell of sources, the addresses in it, and what is told of it.
SOURCES = {
    "n/a": ("n/a", [], "n/a"),
    "nothing": (" - ", [], ""),
    "two": ("https://a.example/1, https://b.example/2.", ["https://a.example/1", "https://b.example/2"], ""),
    "two without a blank": ("https://a.example;https://b.example", ["https://a.example", "https://b.example"], ""),
    "commas of its own": ("https://a.example/1,2(3)", ["https://a.example/1,2(3)"], ""),
    "words about it": ("NHS (https://nhs.example/peel), 2024", ["https://nhs.example/peel"], "NHS ( ), 2024"),
    "no scheme": ("www.example.org/a", ["https://www.example.org/a"], ""),
    "broken": ("https://[x, http://, <https://a.example>", ["https://a.example"], "https://[x, http://, < >"),
}


@pytest.mark.parametrize("case", SOURCES.values(), ids=SOURCES)
def test_addresses_are_found_in_a_cell(tmp_path: Path, case: tuple[str, list[str], str]) -> None:
    """The article is taken whatever the cell says, and what is no address is told."""
    cell, addresses, rest = case
    found = imported(tmp_path, "a.csv", f'question,answer,source\nWhy?,So.,"{cell}"\n')
    [article] = taken(found)
    assert [source.url for source in article.sources] == addresses
    assert reasons(found) == ([("a.csv:2", f"left out: no web address in the source {rest!r}")] if rest else [])
