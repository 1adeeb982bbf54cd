"""Finding article files: below folders, through links, each once."""

from __future__ import annotations

from pathlib import Path

from ora_cli.content.locations import article_files


def test_linked_folders_are_read_once(tmp_path: Path) -> None:
    """FAULT 18: a folder that a tool has linked counts, and loops of links end."""
    store, folder = tmp_path / "store", tmp_path / "articles"
    for made in (store / "deep", folder):
        made.mkdir(parents=True)
    (store / "deep" / "a.toml").touch()
    (folder / "z.toml").touch()
    (folder / "one").symlink_to(store)
    (folder / "two").symlink_to(store)
    (store / "up").symlink_to(folder)
    (store / "self").symlink_to("self")
    found = [file.relative_to(folder).as_posix() for file in article_files([folder])]
    assert found == ["z.toml", "one/deep/a.toml"]
