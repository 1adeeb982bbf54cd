"""A corpus of files in the shape of real ones: site generators, plug-ins, spreadsheets, encodings, and broken ones."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from conftest import ora_here

from ora_cli.errors import OraError
from ora_cli.importing import import_files

CORPUS = Path(__file__).parent / "corpus"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((CORPUS / "expected.toml").read_text(encoding="utf-8"))
NO_FILES = ("expected.toml", ".gitattributes")


def test_all_files_have_expectations() -> None:
    """No file is forgotten, and there are enough of each kind."""
    files = {file.relative_to(CORPUS).as_posix() for file in CORPUS.rglob("*") if file.is_file()}
    assert files - set(NO_FILES) == set(EXPECTED)
    counts = {kind: sum(name.startswith(f"{kind}/") for name in EXPECTED) for kind in ("plugins", "spreadsheets")}
    assert counts["plugins"] >= 4
    assert counts["spreadsheets"] >= 3
    assert len(EXPECTED) >= 30


@pytest.mark.parametrize("name", EXPECTED)
def test_file_of_the_corpus(name: str) -> None:
    """Its articles are those that a person would take from it, and what is left out is told."""
    expected, file = EXPECTED[name], CORPUS / name
    if "error" in expected:
        with pytest.raises(OraError) as caught:
            import_files([file], category="none-named")
        assert str(caught.value).replace(str(file), name) == expected["error"]
        return
    found = import_files([file], category="none-named")
    assert [_shown(item.article) for item in found.taken] == expected.get("articles", [])
    skipped = [[where.removeprefix(str(file)).lstrip(": "), why] for where, why in found.skipped]
    assert skipped == expected.get("skipped", [])


def _shown(article: Any) -> dict[str, Any]:
    """Return an article as `expected.toml` has it."""
    shown = {
        "title": article.title,
        "category": article.category if article.category != "none-named" else "",
        "answer": article.answer,
        "sections": [[section.heading, section.body] for section in article.sections],
        "sources": [[source.title, source.publisher, source.url] for source in article.sources],
    }
    return {key: value for key, value in shown.items() if value}


def test_corpus_as_a_folder(tmp_path: Path) -> None:
    """All of it at once makes an article file that is sound, whatever is broken in it."""
    target = tmp_path / "all.toml"
    result = ora_here("import", CORPUS, "--to", target)
    assert result.code == 0
    assert ora_here("check", target).code == 0
    taken = sum(len(expected.get("articles", [])) for expected in EXPECTED.values())
    assert f"{taken} articles of {len(EXPECTED)} files" in result.stderr.replace("\n", " ")
