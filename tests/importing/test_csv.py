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
    "other plurals": 'Queries;Replies\n"Why, oh why?";So.\n',
    "solution": 'Subject,Solution\n"Why, oh why?",So.\n',
    "title above": 'Our questions,,\n\n,Question,Answer\n,"Why, oh why?",So.\n',
    "title above without a delimiter": "Our questions\n\nQuestion;Answer\nWhy, oh why?;So.\n",
    "underscores": 'question_text,answer_text\n"Why, oh why?",So.\n',
    "answer and description": 'name,description,answer\n"Why, oh why?",,So.\n',
}


def test_source_among_other_words(tmp_path: Path) -> None:
    """A link is where it says so."""
    [article] = taken(imported(tmp_path, "a.csv", "question,answer,Web link\nWhy?,So.,https://a.example\n"))
    assert [source.url for source in article.sources] == ["https://a.example"]


@pytest.mark.parametrize("content", TABLES.values(), ids=TABLES)
def test_separators_and_names_as_programs_write_them(tmp_path: Path, content: str) -> None:
    """Any common delimiter, and the usual names of columns."""
    [article] = taken(imported(tmp_path, "a.csv", content))
    assert (article.title, article.answer, article.category) == ("Why, oh why?", "So.", "none-named")


def test_what_stands_above_the_names_is_told(tmp_path: Path) -> None:
    """Spreadsheets have titles; the lines keep their numbers."""
    found = imported(tmp_path, "a.csv", "Our questions;2024\n\nquestion;answer\n;So.\n")
    assert reasons(found) == [
        ("a.csv:1", "stands above the names of the columns: 'Our questions 2024'"),
        ("a.csv:4", "title: is empty"),
    ]


def test_large_field_costs_its_row_alone(tmp_path: Path) -> None:
    """FAULT 20: what Python's limit of 128 kB refused; beyond a million letters it is no article."""
    rows = f"Why?,{'so ' * 100_000}\nWhen?,{'x' * 1_000_001}\nHow?,So.\n"
    found = imported(tmp_path, "a.csv", f"question,answer\n{rows}")
    assert [article.title for article in taken(found)] == ["Why?", "How?"]
    [(where, why)] = reasons(found)
    assert (where, "has more than 1,000,000 letters" in why) == ("a.csv:3", True)


def test_one_column_is_not_two(tmp_path: Path) -> None:
    """A name given for the question is not the answer's as well."""
    with pytest.raises(OraError, match="no column 'a'"):
        imported(tmp_path, "a.csv", "a,b\nWhy?,So.\n", columns={"question": "a", "answer": "a"})


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
