"""Writing files: whole or not at all, and over nothing that is there unless that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ora_cli.authoring.saving import save, save_folder
from ora_cli.errors import OraError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder."""
    path = tmp_path / "folder"
    path.mkdir()
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_file_that_appears_while_another_is_written_stays(folder: Path) -> None:
    """Of two processes that write the same file, the second is told that it exists, and the first one's text stays."""
    file = folder / "new.toml"

    def chunks() -> Iterator[str]:
        yield "mine"
        file.write_text("theirs", encoding="utf-8")

    with pytest.raises(OraError, match="exists already"):
        save(file, chunks())
    assert file.read_text(encoding="utf-8") == "theirs"
    assert names(folder) == ["new.toml"]


def test_failed_text_leaves_nothing(folder: Path) -> None:
    """What can't be made to its end is not there at all."""

    def chunks() -> Iterator[str]:
        yield "half"
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 -- it is the one from above
        save(folder / "new.toml", chunks())
    assert names(folder) == []


def test_replaced_file_keeps_its_mode(folder: Path) -> None:
    """A file that only the user may read stays so, also while it is written."""
    file = folder / "private.toml"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o600)
    modes = []

    def chunks() -> Iterator[str]:
        yield "new"
        modes.extend(path.stat().st_mode & 0o777 for path in folder.iterdir())

    save(file, chunks(), force=True)
    assert file.read_text(encoding="utf-8") == "new"
    assert {*modes, file.stat().st_mode & 0o777} == {0o600}


def test_name_of_the_unfinished_file_cannot_be_foreseen(folder: Path) -> None:
    """Nobody can plant a link under the name that a file has while it is written."""
    seen = []

    def chunks() -> Iterator[str]:
        yield ""
        seen.extend(names(folder))

    save(folder / "a.toml", chunks())
    save(folder / "b.toml", chunks())
    unfinished = [name for name in seen if name != "a.toml"]
    assert len(set(unfinished)) == 2


def test_files_of_a_folder_appear_when_all_are_complete(folder: Path) -> None:
    """What fails halfway leaves nothing: neither files, nor a folder that was not there."""

    def files() -> Iterator[tuple[str, str]]:
        yield "one.html", "one"
        assert not [file for file in folder.rglob("*.html") if ".ora-" not in str(file)]
        raise ValueError

    for place in (folder, folder / "new"):
        with pytest.raises(ValueError):  # noqa: PT011 -- it is the one from above
            save_folder(place, files(), marks=(), force=False)
        assert names(folder) == []


def test_link_in_a_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    """A file of an earlier time that became a link is replaced itself, not what it leads to."""
    elsewhere = tmp_path / "elsewhere.html"
    elsewhere.write_text("mark\nold", encoding="utf-8")
    (folder / "one.html").symlink_to(elsewhere)
    assert save_folder(folder, [("one.html", "mark\nnew")], marks=["mark"], force=True) == []
    assert elsewhere.read_text(encoding="utf-8") == "mark\nold"
    assert not (folder / "one.html").is_symlink()


def test_mark_is_a_line_at_the_start(folder: Path) -> None:
    """A file that speaks of the mark, or has it far below, was written by somebody else."""
    for text in ("about the mark", "\n" * 10 + "mark"):
        (folder / "one.html").write_text(text, encoding="utf-8")
        with pytest.raises(OraError, match="not from an export"):
            save_folder(folder, [("one.html", "mark")], marks=["mark"], force=True)
