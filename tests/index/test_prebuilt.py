"""The index that the wheel brings along: a quick way to the same library, and never more than that."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SMALL, ora_here, stored

from ora_cli import Library, paths
from ora_cli.content import reading
from ora_cli.content.reading import ArticleFileError
from ora_cli.index import builder, schema
from ora_cli.index.files import seal
from ora_cli.index.prebuilt import make_prebuilt

QUESTION = "How long does a clay mask stay on?"
OWN = """
[[synonym]]
terms = ["wash", "rinse"]

[[category]]
slug = "hand-care"
name = "Hands of mine"

[[article]]
slug = "brittle-nails"
title = "What do I do about my own brittle nails?"
category = "hand-care"
answer = "My own answer."
was = ["mask-minutes"]
"""


@pytest.fixture
def prebuilt(bundled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the prebuilt index of the small library, which is the bundled one here."""
    package = tmp_path / "package"
    package.mkdir()
    index = package / "articles.sqlite"
    make_prebuilt(bundled, index)
    monkeypatch.setattr(paths, "bundled_index", lambda: index)
    # By this clock the articles are old enough for their times to prove something, as installed ones are.
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 10**10)
    return index


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return a list that gets every file that is parsed."""
    files: list[Path] = []
    real = reading.read_articles
    monkeypatch.setattr(reading, "read_articles", lambda path, *rest: (files.append(path), real(path, *rest))[1])
    return files


def see(library: Library) -> tuple[object, ...]:
    """Return everything that a library can tell."""
    entries = library.entries()
    articles = [library.article(entry.slug) for entry in entries]
    shown = (library.categories(), library.sources(), library.red_flags(), library.slugs(limit=100))
    # How a file looked is not always known, and nothing that is shown.
    files = [file._replace(signature="") for file in library.files()]
    asked = [library.ask(question, explain=True) for question in (QUESTION, "nails", "what about my itchy face")]
    return entries, articles, shown, files, library.location(articles[0]), asked


def anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[object, ...]:
    """Return what the default library tells where there is no prebuilt index."""
    with monkeypatch.context() as without:
        without.setattr(paths, "bundled_index", lambda: tmp_path / "missing")
        return see(Library.open(cache=tmp_path / "anew"))


def test_first_question_builds_nothing(
    prebuilt: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, parsed: list[Path]
) -> None:
    """The prebuilt index becomes the one in the cache folder, which tells what one built here tells."""
    with monkeypatch.context() as unable:
        unable.setattr(builder, "Builder", lambda _: pytest.fail("it was built"))
        first = see(Library.open())
        kept = stored(cache).read_bytes()
        prebuilt.unlink()
        assert see(Library.open()) == first
    assert stored(cache).read_bytes() == kept
    assert stored(cache).stat().st_mode & 0o777 == 0o600
    assert parsed == []
    assert first == anew(tmp_path, monkeypatch)


@pytest.mark.usefixtures("prebuilt")
def test_without_a_cache_folder_it_is_used_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parsed: list[Path]
) -> None:
    """Where no index can be kept, no question has to build one."""
    unusable = tmp_path / "unusable"
    unusable.write_text("not a folder", encoding="utf-8")
    seen = [see(Library.open(cache=unusable)) for _ in range(2)]
    assert parsed == []
    assert seen == [anew(tmp_path, monkeypatch)] * 2


def test_full_disk_costs_no_build_either(
    prebuilt: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, parsed: list[Path]
) -> None:
    """An index that cannot be written to the cache folder is used from memory."""

    def full(_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("ora_cli.index.cache._empty_database", full)
    assert Library.open().ask(QUESTION).article
    assert (parsed, [path.name for path in cache.iterdir()]) == ([], ["lock"])
    assert prebuilt.exists()


def test_package_that_nobody_can_write_to_is_left_as_it_is(prebuilt: Path, parsed: list[Path]) -> None:
    """What the index is copied from is only read, and nothing comes to lie beside it."""
    whole = prebuilt.read_bytes()
    prebuilt.chmod(0o444)
    prebuilt.parent.chmod(0o555)
    try:
        assert Library.open().ask(QUESTION).article
        assert [path.name for path in prebuilt.parent.iterdir()] == [prebuilt.name]
    finally:
        prebuilt.parent.chmod(0o755)
    assert prebuilt.read_bytes() == whole
    assert parsed == []


def test_paths_are_those_of_this_machine(prebuilt: Path, bundled: Path) -> None:
    """The index knows nothing of where it was made, and what is shown is where the articles are now."""
    moved = bundled.rename(bundled.with_name("moved.toml"))
    whole = prebuilt.read_bytes()
    for place in (bundled, prebuilt):
        assert os.fsencode(place.parent) not in whole
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "bundled_articles", lambda: moved)
        library = Library.open()
        assert library.has_bundled
        article = library.article("clay-mask-time")
        assert (article.origin, library.location(article)) == (str(moved), moved)
        assert str(moved) in ora_here("paths", "--all").stdout


def test_same_articles_make_the_same_bytes(bundled: Path, tmp_path: Path) -> None:
    """A wheel that is built again is the same wheel."""
    make = (
        "import sys; from pathlib import Path; from ora_cli.index.prebuilt import make_prebuilt;"
        "make_prebuilt(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    made = [tmp_path / "one.sqlite", tmp_path / "other.sqlite"]
    for seed, target in enumerate(made):
        env = {**os.environ, "PYTHONHASHSEED": str(seed)}
        subprocess.run([sys.executable, "-c", make, bundled, target], env=env, check=True, timeout=60)
    assert made[0].read_bytes() == made[1].read_bytes()


def test_broken_articles_make_no_wheel(tmp_path: Path) -> None:
    """What has mistakes is not packed."""
    broken = tmp_path / "broken.toml"
    broken.write_text('[[article]]\nslug = "x"', encoding="utf-8")
    with pytest.raises(ArticleFileError):
        make_prebuilt(broken, tmp_path / "index.sqlite")


def other_articles(_: Path, articles: Path, __: pytest.MonkeyPatch) -> None:
    articles.write_text(SMALL.replace("Ten minutes", "Two minutes"), encoding="utf-8")


def other_version(index: Path, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index.unlink()
    with monkeypatch.context() as then:
        then.setattr("ora_cli.index.prebuilt._CACHE_KEY", f"prebuilt\n0.0.1\n{schema.SCHEMA_VERSION}")
        make_prebuilt(articles, index)


@pytest.mark.parametrize("change", [other_articles, other_version], ids=["other articles", "another version"])
def test_index_of_something_else_is_not_used(
    prebuilt: Path,
    bundled: Path,
    monkeypatch: pytest.MonkeyPatch,
    parsed: list[Path],
    change: Callable[[Path, Path, pytest.MonkeyPatch], None],
) -> None:
    """The articles are what counts, as this version reads them."""
    change(prebuilt, bundled, monkeypatch)
    parsed.clear()
    answer = Library.open().article("clay-mask-time").answer
    assert parsed == [bundled]
    assert answer.split()[0] in bundled.read_text(encoding="utf-8")


def without_tables(path: Path, whole: bytes) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE meta (key, value)")
    other.close()
    seal(path)


DAMAGE: dict[str, Callable[[Path, bytes], object]] = {
    "missing": lambda path, whole: path.unlink(),
    "empty": lambda path, whole: path.write_bytes(b""),
    "cut in half": lambda path, whole: path.write_bytes(whole[: len(whole) // 2]),
    "another letter": lambda path, whole: path.write_bytes(whole.replace(b"Ten minutes", b"Six minutes")),
    "noise": lambda path, whole: path.write_bytes(random.Random(1).randbytes(len(whole))),
    "zeros after the first page": lambda path, whole: path.write_bytes(whole[:4096] + bytes(len(whole) - 4096)),
    "another database": without_tables,
    "a folder": lambda path, whole: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damage_falls_back_to_building(
    prebuilt: Path,
    bundled: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    parsed: list[Path],
    damage: Callable[[Path, bytes], object],
) -> None:
    """Whatever became of the prebuilt index, the answers are those of the articles."""
    damage(prebuilt, prebuilt.read_bytes())
    parsed.clear()
    seen = see(Library.open())
    assert parsed == [bundled]
    assert seen == anew(tmp_path, monkeypatch)


@pytest.mark.usefixtures("prebuilt")
def test_own_articles_come_over_those_of_the_prebuilt_index(
    own_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parsed: list[Path]
) -> None:
    """With articles of one's own the index is built, but the bundled ones are not read again, not even later."""
    own = own_folder / "own.toml"
    for answer in ("My own answer.", "My other answer."):
        own.write_text(OWN.replace("My own answer.", answer), encoding="utf-8")
        library = Library.open()
        assert library.article("brittle-nails").answer == answer
        assert parsed == [own]
        parsed.clear()
    seen = see(library)
    assert seen == anew(tmp_path, monkeypatch)
    own.unlink()
    parsed.clear()
    assert Library.open().article("brittle-nails").answer != "My other answer."
    assert parsed == []


def test_other_libraries_do_without(prebuilt: Path, tmp_path: Path, parsed: list[Path]) -> None:
    """Articles that were named are those, even where they are the same."""
    copy = tmp_path / "copy.toml"
    copy.write_text(SMALL, encoding="utf-8")
    assert Library.open([copy]).article("clay-mask-time").origin == str(copy)
    assert parsed == [copy]
    assert prebuilt.exists()
