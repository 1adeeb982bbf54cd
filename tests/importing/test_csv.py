"""Tables as programs write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ora_here
from test_importing import imported, reasons, taken

from ora_cli.errors import OraError

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


# FAULT 20: a table with one article, whose title has a comma, and the columns of it that are no others' business.
TABLES = {
    "separator named": 'sep=;\r\nQuestion;Answer\r\n"Why, oh why?";So.\r\n',
    "separator named, with a mark": '\ufeff"sep=|"\nQuestion|Answer\nWhy, oh why?|So.\n',
    "pipes": "question|answer\nWhy, oh why?|So.\n",
    "tabs in quotes": 'questions\t"the, answers"\nWhy, oh why?\tSo.\n',
    "plural": 'Questions,Answers\n"Why, oh why?",So.\n',
    "names with more words": 'FAQ Question;Answer (HTML)\n"Why, oh why?";So.\n',
    "names of a plug-in": 'Title,Content,Categories\n"Why, oh why?",So.,None-named\n',
    "underscores": 'question_text,answer_text\n"Why, oh why?",So.\n',
    "answer and description": 'name,description,answer\n"Why, oh why?",,So.\n',
}


@pytest.mark.parametrize("content", TABLES.values(), ids=TABLES)
def test_separators_and_names_as_programs_write_them(tmp_path: Path, content: str) -> None:
    """Any common delimiter, and the usual names of columns."""
    [article] = taken(imported(tmp_path, "a.csv", content))
    assert (article.title, article.answer, article.category) == ("Why, oh why?", "So.", "none-named")


def test_columns_can_be_named(tmp_path: Path) -> None:
    """The report says which were found, and a message which there are."""
    file = tmp_path / "a.csv"
    file.write_text("sep=;\nFrage;Antwort;質問\nWhy?;So.;https://a.example\n", encoding="utf-8")
    named = ("--question-column", "frage", "--answer-column", "Antwort", "--source-column", "質問")
    result = ora_here("import", file, "--dry-run", *named)
    assert result.code == 0
    assert f"{file}: question is 'Frage', answer is 'Antwort', source is '質問'\n" in result.stderr
    assert f"taken\t{file}:3\twhy\tWhy?" in result.stdout
    result = ora_here("import", file, "--dry-run", *named[:3], "Reply")
    assert result.code == 65
    assert "names no column 'Reply', but 'Frage', 'Antwort', '質問'" in result.stderr
    assert "--answer-column NAME" in result.stderr


def test_two_columns_that_could_be_it_are_asked_for(tmp_path: Path) -> None:
    """No column is guessed where two have as good a name."""
    with pytest.raises(OraError, match="no column 'question'"):
        imported(tmp_path, "a.csv", "question en,question fr,answer\nWhy?,Pourquoi?,So.\n")


def test_lines_are_counted_from_the_one_that_names_the_separator(tmp_path: Path) -> None:
    """A row that is none is told with the line that an editor shows."""
    found = imported(tmp_path, "a.csv", "sep=;\nquestion;answer;x\n;So.;\n")
    assert [where for where, _ in reasons(found)] == ["a.csv:2", "a.csv:3"]
