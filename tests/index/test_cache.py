"""Keeping indexes: built once, renewed when the articles change, never trusted when something is wrong."""

from __future__ import annotations

import json
import os
import random
import shlex
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import SLUGS, SMALL, ora, ora_here, stored

from ora_cli import Library, paths
from ora_cli.content import reading
from ora_cli.content.locations import article_files
from ora_cli.content.reading import ArticleFileError
from ora_cli.errors import ExitCode, OraError

QUESTION = "How long does a clay mask stay on?"
OWN = """
[[article]]
slug = "brittle-nails"
title = "What do I do about my own brittle nails?"
category = "hand-care"
answer = "My own answer."
"""


def see(library: Library) -> tuple[object, ...]:
    """Return everything that a library can tell."""
    entries = library.entries()
    articles = [library.article(entry.slug) for entry in entries]
    return entries, articles, library.categories(), library.sources(), library.ask(QUESTION)


@pytest.fixture
def parse_counts(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return a list that gets every file that is parsed."""
    parsed: list[Path] = []
    real = reading.read_articles

    def read(path: Path, count_bytes: Callable[[int], None] | None = None) -> Iterator[object]:
        parsed.append(path)
        return real(path, count_bytes)

    monkeypatch.setattr(reading, "read_articles", read)
    return parsed


def test_index_is_built_once_and_used_again(small: Path, parse_counts: list[Path]) -> None:
    """The second time the articles are not parsed, and everything is as the first time."""
    first = see(Library.open([small]))
    assert parse_counts == [small]
    assert see(Library.open([small])) == first
    assert parse_counts == [small]


def test_fresh_index_is_opened_without_reading_the_articles(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the article files look as they did, they are not even opened."""
    now = time.time_ns
    # By this clock the file is old enough for its times to prove something.
    monkeypatch.setattr(time, "time_ns", lambda: now() + 10**10)
    Library.open([small])
    watch = (
        "import sys, time\n"
        "now = time.time_ns\n"
        "time.time_ns = lambda: now() + 10**10\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "from ora_cli import Library\n"
        "assert Library.open([sys.argv[1]]).article('brittle-nails')\n"
        "assert opened and sys.argv[1] not in opened, opened\n"
    )
    subprocess.run([sys.executable, "-c", watch, str(small)], check=True, timeout=60)


def same_size_and_time(file: Path) -> None:
    before = file.stat()
    file.write_text(SMALL.replace("Ten minutes", "Two minutes"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def replaced_by_another_file(file: Path) -> None:
    before = file.stat()
    other = file.with_name("other")
    other.write_text(SMALL.replace("Ten minutes", "Two minutes"), encoding="utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)


CHANGES: dict[str, Callable[[Path], object]] = {
    "longer": lambda file: file.write_text(SMALL.replace("Ten minutes", "Two minutes at most"), encoding="utf-8"),
    "same size and time": same_size_and_time,
    "another file moved into place": replaced_by_another_file,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("clock", [0, 10**10], ids=["at once", "later"])
def test_changed_content_is_seen(
    small: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object], clock: int
) -> None:
    """The index is made anew when the content changed, however well that is hidden, and takes the old one's place."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + clock)
    assert "Ten" in Library.open([small]).article("clay-mask-time").answer
    change(small)
    assert "Two" in Library.open([small]).article("clay-mask-time").answer
    stored(cache)


def test_index_of_other_word_vectors_is_not_used(
    small: Path, parse_counts: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an index says of the directions of its articles is comparable with the same vectors alone."""
    Library.open([small])
    monkeypatch.setattr("ora_cli.text.word_vectors.version", lambda: "of another program")
    Library.open([small])
    assert parse_counts == [small, small]


def test_one_file_under_two_names_is_not_parsed_in_turns(
    small: Path, monkeypatch: pytest.MonkeyPatch, parse_counts: list[Path]
) -> None:
    """Output says where an article is from as it was given, so each way to name the file has its index."""
    monkeypatch.chdir(small.parent)
    for _ in range(3):
        for name in ("small.toml", str(small)):
            library = Library.open([name])
            assert library.article(SLUGS[0]).origin == name
    assert len(parse_counts) == 2


def test_only_what_changed_is_read_again(tmp_path: Path, small: Path, parse_counts: list[Path]) -> None:
    """In a folder of a hundred files a new, a changed and a removed one cost no reading of the others."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(100):
        text = (
            f'[[article]]\nslug = "n{number}"\ntitle = "Is {number} odd?"\ncategory = "c"\nanswer = "Yes {number}."\n'
        )
        (folder / f"{number:03}.toml").write_text(text, encoding="utf-8")
    assert len(Library.open([folder]).entries()) == 100
    parse_counts.clear()
    small.rename(folder / "200.toml")
    assert len(Library.open([folder]).entries()) == 100 + len(SLUGS)
    assert [path.name for path in parse_counts] == ["200.toml"]
    parse_counts.clear()
    (folder / "050.toml").write_text(
        '[[article]]\nslug = "n51"\ntitle = "Is 51 prime?"\ncategory = "c"\nanswer = "No."\n', encoding="utf-8"
    )
    (folder / "003.toml").unlink()
    library = Library.open([folder])
    assert [path.name for path in parse_counts] == ["050.toml"]
    assert library.article("n51").title == "Is 51 odd?"  # the later file's
    assert library.ask("how long does a clay mask stay on", min_confidence=0).article
    assert library.article("clay-mask-time").sources
    (folder / "051.toml").unlink()
    assert Library.open([folder]).article("n51").title == "Is 51 prime?"


def test_index_made_of_an_earlier_one_is_as_one_made_anew(small: Path, tmp_path: Path) -> None:
    """What is taken over is all of it: synonyms, red flags, categories, old slugs."""
    folder = tmp_path / "articles"
    folder.mkdir()
    small.rename(folder / "small.toml")
    Library.open([folder])
    other = folder / "zz.toml"
    other.write_text(
        '[[article]]\nslug = "z"\ntitle = "Is z last?"\ncategory = "c"\nanswer = "Yes."\n', encoding="utf-8"
    )
    renewed, anew = see(Library.open([folder])), see(Library.open([folder], cache=tmp_path / "elsewhere"))
    assert renewed == anew


def test_touched_file_with_the_same_content_is_not_parsed_again(small: Path, parse_counts: list[Path]) -> None:
    """New times alone don't make an index stale: the content decides."""
    Library.open([small])
    os.utime(small, (1, 1))
    assert Library.open([small]).article("brittle-nails")
    assert parse_counts == [small]


def test_touched_file_with_the_same_content_is_read_once(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index learns how the file looks now, and stays as good as it was."""
    cache = tmp_path / "cache"
    before = see(Library.open([small], cache=cache))
    os.utime(small, ns=(1, 1))
    time.sleep(0.06)  # what was changed just now is read again in any case
    assert see(Library.open([small], cache=cache)) == before
    monkeypatch.setattr("ora_cli.index.cache.digest_of", lambda path: pytest.fail(f"read {path} again"))
    assert see(Library.open([small], cache=cache)) == before
    assert stored(cache).stat().st_mode & 0o777 == 0o600


def test_file_that_came_or_went_is_seen(small: Path, tmp_path: Path) -> None:
    """A folder is looked at anew each time."""
    folder = tmp_path / "folder"
    folder.mkdir()
    small.rename(folder / "small.toml")
    assert len(Library.open([folder]).entries()) == 6
    extra = folder / "extra.toml"
    extra.write_text(OWN.replace("brittle-nails", "another"), encoding="utf-8")
    assert len(Library.open([folder]).entries()) == 7
    extra.unlink()
    assert len(Library.open([folder]).entries()) == 6


@pytest.mark.usefixtures("bundled")
def test_own_folder_and_ora_path_come_over_the_bundled_articles(
    own_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The default library is the bundled file, the user's own folder, then ORA_PATH; the last with a slug counts."""
    (own_folder / "own.toml").write_text(OWN.replace("brittle-nails", "hot-water-hands") + OWN, encoding="utf-8")
    library = Library.open()
    assert len(library.entries()) == 6
    assert library.article("brittle-nails").origin == str(own_folder / "own.toml")
    extra = tmp_path / "extra"
    extra.mkdir()
    (extra / "team.toml").write_text(OWN.replace("My own", "The team's"), encoding="utf-8")
    monkeypatch.setenv("ORA_PATH", os.pathsep.join([str(tmp_path / "missing"), "", str(extra)]))
    library = Library.open()
    assert library.article("brittle-nails").answer == "The team's answer."
    assert library.article("brittle-nails").origin == str(extra / "team.toml")
    assert library.article("hot-water-hands").answer == "My own answer."


@pytest.mark.usefixtures("bundled")
def test_broken_file_of_the_default_library_is_left_out_and_named(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch, parse_counts: list[Path]
) -> None:
    """One bad file of the user's doesn't take the others away; what is wrong with it is told each time."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 10**10)
    (own_folder / "a-bad.toml").write_text('[[article]]\nslug = "x"', encoding="utf-8")
    (own_folder / "b-good.toml").write_text(OWN, encoding="utf-8")
    (own_folder / "c-dangling.toml").symlink_to("nowhere.toml")
    for _ in range(2):
        library = Library.open()
        assert library.article("brittle-nails").answer == "My own answer."
        problems = {Path(file.path).name: file.problem for file in library.files() if file.problem}
        assert set(problems) == {"a-bad.toml", "c-dangling.toml"}
        assert "title: is missing" in str(problems["a-bad.toml"])
    assert parse_counts.count(own_folder / "a-bad.toml") == 1


def test_broken_file_that_was_named_is_an_error(tmp_path: Path, cache: Path) -> None:
    """Articles that were asked for by name are all there or none; nothing is left in the cache folder."""
    file = tmp_path / "bad.toml"
    file.write_text('[[article]]\nslug = "x"', encoding="utf-8")
    with pytest.raises(ArticleFileError):
        Library.open([file])
    assert [path.name for path in cache.iterdir()] in ([], ["lock"])


def noise(whole: bytes, start: int) -> bytes:
    return whole[:start] + random.Random(start).randbytes(4096) + whole[start + 4096 :]


def foreign_database(path: Path, whole: bytes) -> None:
    path.unlink()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE meta (a, b, c)")
    other.commit()
    other.close()


def empty_tables(path: Path, whole: bytes) -> None:
    """Leave a sound database of the right shape without the files it was made from."""
    database = sqlite3.connect(path)
    database.execute("DELETE FROM file")
    database.commit()
    database.close()


def folder_in_its_place(path: Path, whole: bytes) -> None:
    path.unlink()
    path.mkdir()


def link_to_another_index(path: Path, whole: bytes) -> None:
    target = path.parent.parent / "planted.sqlite"
    target.write_bytes(whole.replace(b"Ten minutes", b"Six minutes"))
    path.unlink()
    path.symlink_to(target)


def anybody_could_write(path: Path, whole: bytes) -> None:
    path.write_bytes(whole.replace(b"Ten minutes", b"Six minutes"))
    path.chmod(0o666)


DAMAGE: dict[str, Callable[[Path, bytes], object]] = {
    "empty": lambda path, whole: path.write_bytes(b""),
    "cut to a byte": lambda path, whole: path.write_bytes(whole[:1]),
    "cut in the header": lambda path, whole: path.write_bytes(whole[:60]),
    "cut to one page": lambda path, whole: path.write_bytes(whole[:4096]),
    "cut in half": lambda path, whole: path.write_bytes(whole[: len(whole) // 2]),
    "cut by a byte": lambda path, whole: path.write_bytes(whole[:-1]),
    "something appended": lambda path, whole: path.write_bytes(whole + b"x"),
    "text": lambda path, whole: path.write_text("not a database " * 1000),
    "zeros": lambda path, whole: path.write_bytes(bytes(len(whole))),
    "noise": lambda path, whole: path.write_bytes(random.Random(1).randbytes(len(whole))),
    "zeros after the first page": lambda path, whole: path.write_bytes(whole[:4096] + bytes(len(whole) - 4096)),
    "another database": foreign_database,
    "made from nothing": empty_tables,
    "a folder": folder_in_its_place,
    "a link": link_to_another_index,
    "writable for anybody": anybody_could_write,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damaged_index_is_never_used(small: Path, cache: Path, damage: Callable[[Path, bytes], object]) -> None:
    """Whatever became of the index, the answers are those of the articles."""
    expected = see(Library.open([small]))
    path = stored(cache)
    damage(path, path.read_bytes())
    assert see(Library.open([small])) == expected
    assert see(Library.open([small])) == expected
    assert path.is_dir() or not path.lstat().st_mode & 0o022


def test_noise_in_any_page_changes_no_answer(small: Path, cache: Path) -> None:
    """A page of noise anywhere in the index makes it built anew, at the latest when a look-up stumbles on it."""
    expected = see(Library.open([small]))
    path = stored(cache)
    whole = path.read_bytes()
    for start in range(0, len(whole), 4096):
        path.write_bytes(noise(whole, start))
        assert see(Library.open([small])) == expected, f"noise at {start}"


def one_bit_of_a_text(path: Path, whole: bytes) -> None:
    changed = whole.replace(b"Ten minutes", b"Ten mhnutes")
    assert changed != whole
    path.write_bytes(changed)


def a_value_lost(path: Path, whole: bytes) -> None:
    database = sqlite3.connect(path)
    database.execute("UPDATE article SET answer = NULL")
    database.commit()
    database.close()


@pytest.mark.parametrize("damage", [one_bit_of_a_text, a_value_lost])
def test_damage_that_sqlite_does_not_notice(small: Path, cache: Path, damage: Callable[[Path, bytes], object]) -> None:
    """An index that is a sound database but not the one that was written is not trusted either."""
    expected = see(Library.open([small]))
    path = stored(cache)
    damage(path, path.read_bytes())
    assert see(Library.open([small])) == expected


def test_damage_is_not_taken_over_into_the_next_index(
    small: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where an index is too large to be checked for every question, it is checked before another is made of it."""
    monkeypatch.setattr("ora_cli.index.files._LARGE", 0)
    folder = tmp_path / "folder"
    folder.mkdir()
    small.rename(folder / "small.toml")
    Library.open([folder])
    path = stored(cache)
    one_bit_of_a_text(path, path.read_bytes())
    (folder / "own.toml").write_text(OWN, encoding="utf-8")
    assert "Ten minutes" in Library.open([folder]).article("clay-mask-time").answer


def test_command_survives_noise_in_the_index(small: Path, cache: Path) -> None:
    """A process on a damaged index prints what it printed before, and no traceback."""
    args = ("show", "clay-mask-time", "--articles", small)
    expected = ora(*args)
    path = stored(cache)
    path.write_bytes(noise(path.read_bytes(), 8192))
    assert ora(*args) == expected


UNUSABLE: dict[str, Callable[[Path], object]] = {
    "a file in its place": lambda cache: cache.write_text("not a folder"),
    "a link to nowhere": lambda cache: cache.symlink_to("nowhere"),
    "a link to itself": lambda cache: cache.symlink_to(cache.name),
    "writable for anybody": lambda cache: (cache.mkdir(), cache.chmod(0o777)),
}


@pytest.mark.parametrize("make", UNUSABLE.values(), ids=UNUSABLE)
def test_without_a_usable_cache_folder_the_index_lives_in_memory(
    small: Path, tmp_path: Path, make: Callable[[Path], object]
) -> None:
    """A cache folder that can't be written or can't be trusted costs time but no answer, and nothing goes there."""
    cache = tmp_path / "unusable"
    make(cache)
    library = Library.open([small], cache=cache)
    assert [entry.slug for entry in library.entries()] == SLUGS
    assert not cache.is_dir() or list(cache.iterdir()) == []


def test_cache_folder_that_is_not_trusted_is_told_with_its_remedy(small: Path, cache: Path) -> None:
    """One line says why every question takes long, and what to do; `ora paths` shows it too."""
    cache.mkdir(parents=True)
    cache.chmod(0o775)
    remedy = f"chmod go-w {cache}"
    asked = ora_here("ask", "how long does a clay mask stay on", "--articles", small)
    assert (asked.code, asked.stderr.count(remedy)) == (0, 1)
    assert "others can write to it" in asked.stderr
    assert ora_here("list", "--quiet", "--articles", small).stderr == ""
    assert remedy in ora_here("paths", "--articles", small).stdout
    assert remedy in json.loads(ora_here("paths", "--json", "--articles", small).stdout)["cache_problem"]
    subprocess.run(shlex.split(remedy), check=True)
    assert ora_here("list", "--articles", small).stderr == ""
    assert "cache_problem" not in ora_here("paths", "--json", "--articles", small).stdout
    stored(cache)


def test_named_folder_with_a_closed_one_in_it_is_an_error(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Articles that were asked for by name are all there or none."""
    folder = tmp_path / "folder"
    (folder / "closed").mkdir(parents=True)
    small.rename(folder / "a.toml")
    scandir = os.scandir

    def closed(path: Path | str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(OraError, match=r"cannot read .*closed: Permission denied"):
        Library.open([folder])


def test_cache_folder_is_for_the_user_alone(small: Path, cache: Path) -> None:
    """The folder and the index can't be read by others: they tell what is asked about."""
    Library.open([small])
    assert cache.stat().st_mode & 0o777 == 0o700
    assert stored(cache).stat().st_mode & 0o777 == 0o600


def test_linked_cache_folder_is_used(small: Path, tmp_path: Path) -> None:
    """A cache folder may be a link to a folder elsewhere."""
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to("elsewhere")
    Library.open([small], cache=tmp_path / "link")
    stored(tmp_path / "elsewhere")


def test_cache_can_be_deleted_under_an_open_library(small: Path, cache: Path) -> None:
    """What is open stays open; the next one builds anew."""
    library = Library.open([small])
    expected = see(library)
    stored(cache).unlink()
    assert see(library) == expected
    assert see(Library.open([small])) == expected


def test_leftovers_of_killed_builds_are_swept(small: Path, cache: Path) -> None:
    """What a killed build left, and indexes unused for months, go with the next build; other files stay."""
    cache.mkdir(parents=True, mode=0o700)
    (cache / "index-0123-99.building").write_text("half an index")
    (cache / "index-0123456789abcdef.sqlite").write_text("of last year")
    os.utime(cache / "index-0123456789abcdef.sqlite", (1, 1))
    (cache / "index-fedcba9876543210.sqlite").write_text("of another library")
    Library.open([small])
    left = {path.name for path in cache.iterdir()} - {"lock"}
    assert len(left) == 2
    assert "index-fedcba9876543210.sqlite" in left


def test_strange_lock_file_does_not_stop_a_build(small: Path, cache: Path) -> None:
    """Without a usable lock the index is built all the same."""
    cache.mkdir(parents=True, mode=0o700)
    (cache / "lock").write_text("not a database " * 100)
    assert len(Library.open([small]).entries()) == 6
    stored(cache)


def test_each_set_of_files_has_its_own_index(
    small: Path, tmp_path: Path, cache: Path, parse_counts: list[Path]
) -> None:
    """Going back and forth between two libraries builds each once."""
    other = tmp_path / "other.toml"
    other.write_text(OWN, encoding="utf-8")
    for _ in range(3):
        assert len(Library.open([small]).entries()) == 6
        assert len(Library.open([other]).entries()) == 1
    assert parse_counts == [small, other]
    assert len(list(cache.glob("*.sqlite"))) == 2


def test_hidden_and_other_files_in_a_folder_are_passed_over(small: Path, tmp_path: Path) -> None:
    """Only what ends in .toml or .jsonl and is not hidden is an article file; the order is by name."""
    folder = tmp_path / "folder"
    (folder / ".git").mkdir(parents=True)
    for name in (".hidden.toml", "notes.txt", "a.toml~", ".git/config.toml"):
        (folder / name).write_text("not TOML at all", encoding="utf-8")
    small.rename(folder / "b.toml")
    (folder / "a.jsonl").write_text("\n", encoding="utf-8")
    files = article_files([folder, folder / "b.toml"])
    assert [file.name for file in files] == ["a.jsonl", "b.toml"]


NOT_THERE = {
    "missing": ("missing.toml", "no such file or folder"),
    "unknown suffix": ("notes.txt", "must end in .toml or .jsonl"),
    "folder without articles": ("empty", "no article files"),
}


@pytest.mark.parametrize("case", NOT_THERE.values(), ids=NOT_THERE)
def test_place_without_articles_is_an_error_that_names_it(tmp_path: Path, case: tuple[str, str]) -> None:
    """Articles that were asked for by name must be there."""
    (tmp_path / "notes.txt").touch()
    (tmp_path / "empty").mkdir()
    name, message = case
    with pytest.raises(OraError) as caught:
        Library.open([tmp_path / name])
    assert caught.value.code is ExitCode.IO
    assert message in f"{caught.value} {caught.value.hint}"
    assert str(tmp_path / name) in str(caught.value)


def test_without_a_home_folder_nothing_is_written(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no home folder at all, the index lives in memory."""
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.setitem(sys.modules, "pwd", None)
    assert paths.user_folders() == (None, None, None)
    assert len(Library.open([small]).entries()) == 6


def test_home_unset_but_folders_set(small: Path, cache: Path) -> None:
    """The XDG variables count without HOME, too."""
    result = ora("list", "--articles", small, env={"HOME": None})
    assert result.stdout.split() == SLUGS
    stored(cache)


@pytest.mark.parametrize("kind", ["cache", "data", "config"])
def test_each_folder_that_is_named_counts_without_a_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    """FAULT 21: one XDG variable needs neither the others nor a home folder."""
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.setitem(sys.modules, "pwd", None)
    monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(tmp_path))
    folders = paths.user_folders()
    named = {"cache": folders.cache, "data": folders.articles, "config": folders.config}
    expected = {kind: tmp_path / "ora" / "articles" if kind == "data" else tmp_path / "ora"}
    assert {name: folder for name, folder in named.items() if folder} == expected
    shown = ora_here("paths", "--json").stdout
    assert shown.count("none (there is no home folder)") == 2


def test_relative_cache_folder_is_not_used(small: Path, tmp_path: Path) -> None:
    """A relative XDG_CACHE_HOME would put indexes wherever one stands; the specification says to ignore it."""
    work = tmp_path / "work"
    work.mkdir()
    result = ora("list", "--articles", small, env={"XDG_CACHE_HOME": "here"}, cwd=work)
    assert result.stdout.split() == SLUGS
    assert list(work.iterdir()) == []


def test_nothing_is_written_but_the_cache(small: Path, tmp_path: Path, cache: Path) -> None:
    """Asking leaves the index and its lock, and nothing else anywhere in the user's folders."""
    ora("ask", QUESTION, "--articles", small)
    files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert files
    assert {path.parent for path in files} == {cache}
