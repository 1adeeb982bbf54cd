"""FAULT 16: one reader of text, whatever the encoding that its mark names."""

from __future__ import annotations

import codecs
import json
from io import BytesIO
from pathlib import Path

import pytest
from conftest import SMALL, ora_here

from ora_cli import Library
from ora_cli.text.decoding import decode, utf8_lines

# What each begins with, and its name.
ENCODINGS = {
    "UTF-8": (b"", "utf-8"),
    "UTF-8 with its mark": (codecs.BOM_UTF8, "utf-8"),
    "UTF-16, little end first": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "UTF-16, big end first": (codecs.BOM_UTF16_BE, "utf-16-be"),
    "UTF-32": (codecs.BOM_UTF32_LE, "utf-32-le"),
}


@pytest.mark.parametrize("case", ENCODINGS.values(), ids=ENCODINGS)
def test_text_is_read_in_the_encoding_of_its_mark(case: tuple[bytes, str]) -> None:
    """As a whole and by lines; a line feed may be a byte of another letter."""
    mark, encoding = case
    text = "café Ċ\r\n\nlast"
    data = mark + text.encode(encoding)
    assert decode(data) == text
    lines = [line.decode("utf-8-sig") for line in utf8_lines(BytesIO(data))]
    assert lines == ["café Ċ\r\n", "\n", "last"]


def test_an_empty_stream_has_no_lines() -> None:
    """Not one that is empty."""
    assert list(utf8_lines(BytesIO(b""))) == []


@pytest.mark.parametrize("case", ENCODINGS.values(), ids=ENCODINGS)
def test_questions_are_read(small: Path, tmp_path: Path, case: tuple[bytes, str]) -> None:
    """PowerShell 5 redirects and pipes in UTF-16; a batch and a question from standard input know it."""
    mark, encoding = case
    given = mark + "How long does a clay mask stay on?\r\nclay café?\r\n".encode(encoding)
    (tmp_path / "batch.txt").write_bytes(given)
    for file, stdin in ((tmp_path / "batch.txt", b""), ("-", given)):
        printed = ora_here("ask", "--batch", file, "--articles", small, stdin=stdin).stdout
        assert [json.loads(line)["query"] for line in printed.splitlines()] == [
            "How long does a clay mask stay on?",
            "clay café?",
        ]
    printed = ora_here("ask", "-", "--json", "--articles", small, stdin=given).stdout
    assert " ".join(json.loads(printed)["query"].split()) == "How long does a clay mask stay on? clay café?"


def test_question_in_bytes_that_are_no_text_is_told(small: Path) -> None:
    """A letter that is lost could change what is asked."""
    for given in (b"clay \xff mask?", codecs.BOM_UTF16_LE + b"c\0l"):
        result = ora_here("ask", "-", "--articles", small, stdin=given)
        assert (result.code, result.stdout) == (2, "")
        assert "the question is not UTF-8" in result.stderr


@pytest.mark.parametrize("case", ENCODINGS.values(), ids=ENCODINGS)
def test_article_files_and_imports_are_read(tmp_path: Path, case: tuple[bytes, str]) -> None:
    """Articles in both formats, and an export that was redirected into a file."""
    mark, encoding = case
    (tmp_path / "a.toml").write_bytes(mark + SMALL.encode(encoding))
    slugs = [entry.slug for entry in Library.open([tmp_path / "a.toml"]).entries()]
    exported = ora_here("export", "--articles", tmp_path / "a.toml").stdout
    (tmp_path / "a.jsonl").write_bytes(mark + exported.encode(encoding))
    assert [entry.slug for entry in Library.open([tmp_path / "a.jsonl"]).entries()] == slugs
    result = ora_here("import", tmp_path / "a.jsonl", "--dry-run")
    assert all(f"\t{slug}\t" in result.stdout for slug in slugs)


def test_half_of_a_letter_is_told(tmp_path: Path) -> None:
    """What breaks off is a mistake of the file, not of the program."""
    (tmp_path / "a.jsonl").write_bytes(codecs.BOM_UTF16_LE + b"{\0}")
    result = ora_here("check", tmp_path / "a.jsonl")
    assert result.code == 1
    assert "is not UTF-8" in result.stdout + result.stderr
