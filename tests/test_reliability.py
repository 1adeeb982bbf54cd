"""What happens to programs in the world: killed in the middle, out of room, cut off, and fed with anything.

Nothing is pretended where it can be done: real processes, signals, file systems. `test_store` damages the index.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import resource
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir, closing, contextmanager, suppress
from pathlib import Path

import pytest
from conftest import SLUGS, SMALL, Result, environment, examples, ora, ora_here, rounds, stored
from hypothesis import given
from hypothesis import strategies as st

from ora_cli import Library, __version__, paths
from ora_cli.commands import SUMMARIES
from ora_cli.content import reading
from ora_cli.errors import ExitCode, OraError
from ora_cli.index.database import Index
from ora_cli.index.files import CHECKSUM_BYTES, lock, status_of

COMMAND = (sys.executable, "-m", "ora_cli")
QUESTION = "How long does a clay mask stay on?"
ANSWERED = ("--min-confidence", "0")
IS_ROOT = os.geteuid() == 0
LINUX = sys.platform == "linux"


def start(*args: str | Path, **options: object) -> subprocess.Popen[bytes]:
    """Start the command and go on; the caller says how it ends."""
    return subprocess.Popen(
        [*COMMAND, *args],
        stdin=options.pop("stdin", subprocess.DEVNULL),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(options.pop("env", None)),
        **options,
    )


def run(command: list[str | Path], **options: object) -> Result:
    """Run any command and return what it gave back."""
    done = subprocess.run(command, capture_output=True, timeout=60, check=False, **options)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def names(cache: Path) -> set[str]:
    return {path.name for path in cache.iterdir()} - {"lock"}


# --- builds that are killed or interrupted ---


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of articles that takes a while to index."""
    choose = random.Random(1)
    vocabulary = ["".join(choose.choices("abdegiklmnoprstu", k=choose.randint(3, 9))) for _ in range(8000)]
    file = tmp_path_factory.mktemp("collection") / "collection.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        for number in range(1000):
            title, text = (" ".join(choose.choices(vocabulary, k=count)) for count in (8, 40))
            article = {"slug": f"article-{number}", "title": title, "category": "any", "answer": text}
            print(json.dumps(article), file=stream)
    return file


def first_title(collection: Path) -> str:
    """Return what its first article answers."""
    with collection.open(encoding="utf-8") as lines:
        return str(json.loads(next(lines))["title"])


def wait_for_build(process: subprocess.Popen[bytes], cache: Path) -> None:
    """Return as soon as the process writes an index, or when it has ended."""
    while process.poll() is None and not list(cache.glob("*.building")):
        time.sleep(0.002)


def build_seconds(collection: Path, cache: Path) -> float:
    """Return how long a build takes here and now."""
    process = start("list", "--articles", collection)
    wait_for_build(process, cache)
    started = time.monotonic()
    process.communicate(timeout=60)
    return time.monotonic() - started


def test_builds_that_are_killed(collection: Path, tmp_path: Path, cache: Path) -> None:
    """After a kill at any moment of a build, the next start answers as ever and sweeps what was left."""
    show = ("show", "article-17", "--articles", collection)
    took = build_seconds(collection, cache)
    expected = ora(*show)
    assert expected.code == 0

    def kill(number: int) -> int:
        env = {"XDG_CACHE_HOME": str(tmp_path / str(number))}
        cache = tmp_path / str(number) / "ora"
        process = start(*show, env=env)
        wait_for_build(process, cache)
        time.sleep(random.Random(number).uniform(0, took))
        process.kill()
        process.communicate(timeout=60)
        left = [name for name in names(cache) if not name.endswith(".sqlite")]
        assert ora(*show, env=env) == expected
        stored(cache)
        return len(left)

    with ThreadPoolExecutor(2) as pool:
        leftovers = list(pool.map(kill, range(rounds(30))))
    assert sum(leftovers) > 0


def test_builds_that_are_interrupted(collection: Path, cache: Path) -> None:
    """An interrupt at any moment of a build ends the program with 130, no traceback, and nothing half-made."""
    took = build_seconds(collection, cache)
    codes = set()
    for number in range(rounds(20)):
        shutil.rmtree(cache)
        process = start("list", "--articles", collection)
        wait_for_build(process, cache)
        time.sleep(random.Random(number).uniform(0, took))
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
        assert stderr.decode() == ""
        assert all(name.endswith(".sqlite") for name in names(cache))
        codes.add(process.returncode)
    # The interrupt may come after the end, or in Python's own last moments, which it ends in the system's way.
    assert 130 in codes
    assert codes <= {130, 0, -signal.SIGINT}


def test_interrupt_while_another_process_builds(small: Path, cache: Path) -> None:
    """Who waits for a build that takes too long can leave."""
    cache.mkdir(parents=True, mode=0o700)
    program = "import sys; from ora_cli.cli import main; print('ready', file=sys.stderr, flush=True); main()"
    with lock(cache, seconds=1) as locked:
        assert locked
        process = subprocess.Popen(
            [sys.executable, "-c", program, "list", "--articles", small],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        assert process.stderr is not None
        assert process.stderr.readline() == b"ready\n"
        time.sleep(0.5)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30) == (b"", b"")
    assert process.returncode == 130


def test_stopped_build_does_not_stop_the_others(small: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits too long for another's build makes an index too, and says meanwhile that nothing is done yet."""
    monkeypatch.setattr("ora_cli.index.cache._LOCK_SECONDS", 0.3)
    cache.mkdir(parents=True, mode=0o700)
    told: list[float] = []
    with lock(cache, seconds=1):
        library = Library.open([small], on_progress=told.append)
        stored(cache)
    assert library.article(SLUGS[0])
    assert told[:3] == [0.0, 0.0, 0.0]


def test_interrupt_while_the_program_is_imported(tmp_path: Path) -> None:
    """Most of a short run is imports, so that is where an interrupt hits."""
    (tmp_path / "typer.py").write_text("raise KeyboardInterrupt", encoding="utf-8")
    assert ora("list", env={"PYTHONPATH": str(tmp_path)}) == Result(130, "", "")


def test_processes_that_start_together(collection: Path, cache: Path) -> None:
    """Sixteen processes on an empty cache folder print the same bytes and leave one index."""
    ask = ("ask", "--json", "--articles", collection, *ANSWERED, first_title(collection))
    started = [start(*ask) for _ in range(16)]
    results = {(process.communicate(timeout=60), process.returncode) for process in started}
    ((stdout, stderr), code) = results.pop()
    assert not results
    assert (json.loads(stdout)["status"], stderr, code) == ("answered", b"", 0)
    stored(cache)


# --- no room, no permission, no locks ---


def show_limited(small: Path, prepare: Callable[[], object]) -> Result:
    """Show an article in a process that was restricted before it became the command."""
    return run([*COMMAND, "show", SLUGS[0], "--articles", small], env=environment(), preexec_fn=prepare)


@pytest.mark.parametrize("share", [0, 0.001, 0.5, 1])
def test_files_that_may_not_grow(small: Path, cache: Path, share: float) -> None:
    """Where there is room for nothing, a byte, half an index, or all but its checksum: the answer comes from memory."""
    expected = ora("show", SLUGS[0], "--articles", small)
    length = stored(cache).stat().st_size - CHECKSUM_BYTES
    shutil.rmtree(cache)
    limit = int(length * share)
    assert show_limited(small, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) == expected
    assert names(cache) == set()


DISKS = {
    "full at once": "size=4k",
    "full half-way": "size=64k",
    "full of files": "nr_inodes=3",
    "read-only": "ro",
}
ON_A_DISK = """
mount -t tmpfs -o "$1" tmpfs "$2" || exit 99
folder=$2
shift 2
"$@"
code=$?
find "$folder" -name '*.*' >&2
exit $code
"""


@pytest.mark.parametrize("disk", DISKS.values(), ids=DISKS)
def test_small_disk(small: Path, cache: Path, disk: str) -> None:
    """On a file system that has no room or takes no files, the answer comes from memory and nothing is left."""
    expected = ora("show", SLUGS[0], "--articles", small)
    # A mount of its own, which goes with the process; without root that takes a user namespace.
    alone = ["unshare", "--mount"] if IS_ROOT else ["unshare", "--user", "--map-root-user", "--mount"]
    home = small.parent / "home"
    command = [*alone, "sh", "-c", ON_A_DISK, "sh", disk, home, *COMMAND, "show", SLUGS[0], "--articles", small]
    if shutil.which("unshare") is None or (result := run(command, env=environment())).code in (1, 99):
        pytest.skip("no file system can be mounted here")
    assert result == expected


def without_powers() -> None:
    """Take from root the powers that chmod does not bind: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""
    libc = ctypes.CDLL(None)
    for capability in (1, 2):
        libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP: for what is executed from here on


@contextmanager
def mode_of(folders: Iterable[Path], mode: int) -> Iterator[None]:
    """Give these folders a mode for a while, inner ones first."""
    for folder in folders:
        folder.chmod(mode)
    yield
    for folder in reversed(list(folders)):
        folder.chmod(0o700)


@pytest.mark.skipif(IS_ROOT and not LINUX, reason="chmod does not bind root")
@pytest.mark.parametrize("index", ["fresh", "stale", "none"])
@pytest.mark.parametrize("mode", [0o500, 0o000], ids=["read-only", "closed"])
def test_home_that_cannot_be_written(small: Path, tmp_path: Path, cache: Path, index: str, mode: int) -> None:
    """A home folder without permission to write, or even to look, costs time but no answer, and stays as it is."""
    expected = ora("show", SLUGS[0], "--articles", small)
    if index == "none":
        shutil.rmtree(cache)
    if index == "stale":
        small.write_text(small.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    home = tmp_path / "home"
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    with mode_of([folder for folder in (cache, home / "cache", home) if folder.exists()], mode):
        assert show_limited(small, without_powers) == expected
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


@pytest.mark.skipif(IS_ROOT and not LINUX, reason="chmod does not bind root")
def test_own_articles_that_may_not_be_looked_at(tmp_path: Path, own_folder: Path) -> None:
    """A user's folder that is closed, as it is after `sudo -u`, takes the bundled articles from nobody."""
    (own_folder / "own.toml").write_text(SMALL, encoding="utf-8")
    with mode_of([tmp_path / "home" / "data"], 0):
        result = run([*COMMAND, "list"], env=environment(), preexec_fn=without_powers)
    assert (result.code, result.stderr) == (0, "")
    assert "face-sagging-after-botox" in result.stdout


@pytest.fixture(scope="session")
def broken_system(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the library to preload for a system without locks or with another clock, and make sure that it works."""
    if not LINUX or shutil.which("gcc") is None:
        pytest.skip("takes Linux and gcc")
    library = tmp_path_factory.mktemp("system") / "broken_system.so"
    source = Path(__file__).with_name("broken_system.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-Wall", "-Werror", "-o", library, source, "-ldl"], check=True)
    tried = (
        "import fcntl, sqlite3, time\n"
        "with open('tried', 'w') as file:\n"
        "    for lock in (fcntl.flock, fcntl.lockf):\n"
        "        try: lock(file, fcntl.LOCK_EX)\n"
        "        except OSError as error: print(error.errno == __import__('errno').ENOLCK)\n"
        "try: sqlite3.connect('database', timeout=0).execute('BEGIN EXCLUSIVE')\n"
        "except sqlite3.OperationalError: print(True)\n"
        "print(time.time_ns() < 10**18)\n"
    )
    env = {"LD_PRELOAD": str(library), "NO_LOCKS": "1", "CLOCK_OFFSET": "-1000000000"}
    assert run([sys.executable, "-c", tried], env=environment(env), cwd=library.parent).stdout == "True\n" * 4
    return str(library)


def test_file_system_without_locks(collection: Path, cache: Path, broken_system: str) -> None:
    """Where no file can be locked, processes build side by side, and one index of theirs stays and is used."""
    env = environment({"LD_PRELOAD": broken_system, "NO_LOCKS": "1"})
    command = [*COMMAND, "ask", "--json", "--articles", collection, *ANSWERED, first_title(collection)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, env=env) for _ in range(4)]
    assert len({process.communicate(timeout=60) for process in started}) == 1
    index = stored(cache)
    before = index.stat()
    assert json.loads(run(command, env=env).stdout)["status"] == "answered"
    after = stored(cache).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


# --- indexes that are not this user's, or not this program's ---


def give_away(path: Path) -> None:
    os.chown(path, 12345, 12345)


def open_to_all(path: Path) -> None:
    path.chmod(path.stat().st_mode | 0o022)


STRANGERS = {"another user's": give_away, "writable for anybody": open_to_all}


def planted(small: Path, cache: Path) -> tuple[Path, bytes]:
    """Put a well-made index with another answer where the index of the small library goes."""
    small.write_text(SMALL.replace("Ten minutes", "Two hours"), encoding="utf-8")
    times = small.stat()
    Library.open([small], cache=cache)
    path = stored(cache)
    content = path.read_bytes()
    small.write_text(SMALL, encoding="utf-8")
    os.utime(small, ns=(times.st_atime_ns, times.st_mtime_ns))
    return path, content


@pytest.mark.parametrize("make", STRANGERS.values(), ids=STRANGERS)
@pytest.mark.parametrize("what", ["index", "folder"])
def test_index_of_a_stranger(
    small: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, what: str, make: Callable[[Path], None]
) -> None:
    """An index, or a cache folder, that others can have written is neither read nor written."""
    if make is give_away and not IS_ROOT:
        pytest.skip("only root can give files away")
    path, content = planted(small, cache)
    monkeypatch.setattr("ora_cli.index.cache._fresh", lambda *_: True)  # as if its making had been forged as well
    assert "Two hours" in Library.open([small]).article(SLUGS[0]).answer
    kept = tmp_path / "kept"
    os.link(path, kept)
    make(path if what == "index" else cache)
    before = kept.stat()
    assert "Ten minutes" in Library.open([small]).article(SLUGS[0]).answer
    assert kept.read_bytes() == content
    assert (kept.stat().st_mtime_ns, kept.stat().st_uid) == (before.st_mtime_ns, before.st_uid)
    if what == "folder":
        assert names(cache) == {path.name}
    else:
        assert stored(cache).stat().st_ino != before.st_ino


def versioned(version: str, files: list[Path], cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let another version of the program make its index, and return that."""
    before = names(cache)
    with monkeypatch.context() as patched:
        patched.setattr("ora_cli.index.cache.__version__", version)
        Library.open(files, cache=cache)
    [name] = names(cache) - before
    return cache / name


@pytest.mark.parametrize("version", ["0.0.1", "99.0"], ids=["older", "newer"])
def test_index_of_another_version(small: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """Versions of the program leave each other's index alone, and none uses the other's, whatever its name."""
    time.sleep(0.06)  # the signature of a file changed just now is not believed, and written anew later
    Library.open([small])
    ours = stored(cache)
    theirs = versioned(version, [small], cache, monkeypatch)
    before = [(path, path.stat().st_ino) for path in (ours, theirs)]
    assert len(Library.open([small]).entries()) == len(SLUGS)
    assert [(path, path.stat().st_ino) for path in (ours, theirs)] == before
    theirs.replace(ours)
    assert len(Library.open([small]).entries()) == len(SLUGS)
    with closing(sqlite3.connect(ours)) as database:
        assert Index(database).cache_key.startswith(f"{__version__}\n")


# --- articles that change ---


def test_clock_that_jumps(small: Path, cache: Path, broken_system: str) -> None:
    """Whatever the clock says, and however far it went back, the answer is that of the file as it is."""
    day = 24 * 3600
    for offset, count in (
        (0, "Ten"),
        (-day, "Two"),
        (-day, "Six"),
        (400 * day, "Ten"),
        (0, "Two"),
        (-400 * day, "Six"),
    ):
        small.write_text(SMALL.replace("Ten minutes", f"{count} minutes"), encoding="utf-8")
        env: dict[str, str | None] = {"LD_PRELOAD": broken_system, "CLOCK_OFFSET": str(offset)}
        for _ in range(2):
            assert f"{count} minutes" in ora("show", SLUGS[0], "--articles", small, env=env).stdout
        stored(cache)


@pytest.mark.parametrize("tick", [1, 1_000_000_000], ids=["as it counts", "in seconds"])
def test_changes_of_the_same_size_within_a_second(
    small: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, tick: int
) -> None:
    """A file written over and over is answered from as it is, however coarse the times of the file system are."""
    status = status_of

    def coarse(path: Path) -> tuple[int, int, int, int] | None:
        size, changed, renamed, inode = status(path) or (0, 0, 0, 0)
        return size, changed // tick * tick, renamed // tick * tick, inode

    monkeypatch.setattr("ora_cli.index.files.status_of", coarse)
    for number in range(100, 150):
        small.write_text(SMALL.replace("Ten minutes", f"{number} minutes"), encoding="utf-8")
        assert f"{number} minutes" in Library.open([small]).article(SLUGS[0]).answer
    stored(cache)


@pytest.mark.parametrize("minutes", [("Ten", "Ten", "Two"), ("Ten", "Two", "Ten"), ("Ten", "Two", "Six")])
def test_file_that_is_written_while_it_is_read(
    small: Path, monkeypatch: pytest.MonkeyPatch, minutes: tuple[str, str, str]
) -> None:
    """A file that changes before, while and after it is read is known as it was left."""
    before, meanwhile, after = (SMALL.replace("Ten minutes", f"{count} minutes") for count in minutes)
    read = reading.read_articles

    def write_and_read(path: Path, *rest: object) -> list[object]:
        time.sleep(0.02)  # longer than the times of files take to move on
        small.write_text(meanwhile, encoding="utf-8")
        records = list(read(path, *rest))
        small.write_text(after, encoding="utf-8")
        return records

    small.write_text(before, encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(reading, "read_articles", write_and_read)
        Library.open([small])
    assert f"{minutes[-1]} minutes" in Library.open([small]).article(SLUGS[0]).answer


def test_file_that_is_replaced_while_it_is_read(tmp_path: Path, cache: Path) -> None:
    """Every answer is that of one state of the file, and the last one that of the last."""
    file, other, done = tmp_path / "changing.toml", tmp_path / "other", threading.Event()

    def replace(number: int) -> None:
        article = '[[article]]\nslug = "a-{0}"\ntitle = "What is {0}?"\ncategory = "any"\nanswer = "Answer {1}."\n'
        other.write_text("".join(article.format(slug, number) for slug in range(100)), encoding="utf-8")
        other.replace(file)

    def replace_on() -> None:
        number = 0
        while not done.is_set():
            number += 1
            replace(number)

    replace(0)
    writer = threading.Thread(target=replace_on)
    writer.start()
    try:
        for _ in range(30):
            library = Library.open([file])
            assert len({library.article(f"a-{slug}").answer for slug in range(0, 100, 9)}) == 1
    finally:
        done.set()
        writer.join()
    replace(12345)
    assert Library.open([file]).article("a-5").answer == "Answer 12345."


def test_file_mended_while_another_is_read(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in a file is remembered with the file as it was when it was read."""
    monkeypatch.setattr(paths, "bundled_articles", lambda: own_folder / "none.toml")
    stream, fixed = own_folder / "a.jsonl", own_folder / "b.toml"
    stream.write_text("{}", encoding="utf-8")
    fixed.write_text("[[article]]", encoding="utf-8")
    read = reading.read_articles

    def mend_then_read(path: Path, *rest: object) -> Iterator[object]:
        if path == stream:  # which is read last, and makes the building start again
            fixed.write_text(SMALL, encoding="utf-8")
            time.sleep(0.1)  # by then the file's times are old enough to be believed
        return read(path, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(reading, "read_articles", mend_then_read)
        Library.open()
    assert len(Library.open().entries()) == len(SLUGS)


# --- many files, huge articles ---


def test_links_that_loop_end(small: Path, tmp_path: Path) -> None:
    """A folder that links to itself is read once, and a file that is a link to itself is named."""
    folder = tmp_path / "folder"
    (folder / "below").mkdir(parents=True)
    small.rename(folder / "below" / "small.toml")
    (folder / "below" / "up").symlink_to(folder)
    (folder / "self").symlink_to("self")
    assert ora("list", "--articles", folder).stdout.split() == SLUGS
    (folder / "self.toml").symlink_to("self.toml")
    result = ora("list", "--articles", folder)
    assert result.code == ExitCode.IO
    assert "self.toml: Too many levels of symbolic links" in result.stderr


def test_ten_thousand_files(tmp_path: Path) -> None:
    """A folder of ten thousand files (here of a fifth of them) is a library; one that changes is seen."""
    folder, count = tmp_path / "folder", rounds(10_000)
    for number in range(count):
        file = folder / f"{number % 100:02}" / f"{number}.toml"
        if number < 100:
            file.parent.mkdir(parents=True)
        article = f'[[article]]\nslug = "a-{number}"\ntitle = "What is {number}?"\ncategory = "c"\nanswer = "It is."\n'
        file.write_text(article, encoding="utf-8")
    assert len(ora("list", "--articles", folder).stdout.splitlines()) == count
    file.write_text(article.replace("It is.", "It was."), encoding="utf-8")
    assert "It was." in ora("show", f"a-{count - 1}", "--articles", folder).stdout


@pytest.mark.parametrize("suffix", ["jsonl", "toml"])
def test_article_of_fifty_megabytes(tmp_path: Path, suffix: str) -> None:
    """An article that is longer than any book is refused with the reason; nothing is printed for hours."""
    text = "Water helps the skin. " * (50_000_000 // 22)
    file = tmp_path / f"huge.{suffix}"
    if suffix == "jsonl":
        article = {"slug": "huge", "title": "What helps?", "category": "any", "answer": text}
        file.write_text(json.dumps(article), encoding="utf-8")
    else:
        section = f"[[article.section]]\nheading = \"All\"\nbody = '''{text}'''\n"
        file.write_text(SMALL + section, encoding="utf-8")
    result = ora("ask", "what", "helps", "--articles", file)
    assert (result.code, result.stdout) == (ExitCode.BAD_ARTICLES, "")
    assert "more than 1,000,000 letters" in result.stderr
    assert "split the article" in result.stderr


# --- no network ---

GUARD = """
import os, sys

def refuse(event, arguments):
    if event.split(".")[0] in ("socket", "urllib", "http", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib"):
        with open(os.environ["GUARD_LOG"], "a") as log:
            print(sys.argv, event, arguments, file=log)
        raise OSError("the test has no network")

sys.addaudithook(refuse)
"""
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "ask": ("does", "botox", "cause", "sagging"),
    "search": ("botocks", "sagging"),
    "show": ("face-sagging-after-botox",),
    "new": ("what", "is", "new", "--to", "new.toml"),
    "edit": ("clay-mask-time", "--articles", "small.toml"),
    "import": ("page.md", "--to", "page.toml"),
    "check": ("--strict", "small.toml"),
    "completion": ("bash",),
}
"""What the commands are called with; the others with nothing."""


@pytest.fixture
def guard(tmp_path: Path, shared_index: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have every Python process that starts from here refuse the network, and return the log of what was tried."""
    log = tmp_path / "tried"
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "guard"))
    monkeypatch.setenv("GUARD_LOG", str(log))
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.setenv(name, "true")
    return log


def test_guard_guards(guard: Path) -> None:
    """The network is refused in the processes that the next test starts."""
    tried = run([sys.executable, "-c", "import socket; socket.getaddrinfo('localhost', 80)"], env=environment())
    assert "the test has no network" in tried.stderr
    assert "socket.getaddrinfo" in guard.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SUMMARIES)
def test_no_command_tries_the_network(guard: Path, tmp_path: Path, name: str) -> None:
    """Every command does its work without a socket, as formatted text and as JSON; the first one makes an index."""
    for shape in ((), ("--json",)):
        folder = tmp_path / f"work{len(shape)}"
        folder.mkdir()
        (folder / "small.toml").write_text(SMALL, encoding="utf-8")
        (folder / "page.md").write_text("# What is a page?\n\nText on paper.\n", encoding="utf-8")
        result = ora(name, *ARGUMENTS.get(name, ()), *shape, stdin="", cwd=folder, env={"FORCE_COLOR": "1"})
        assert result.code in (ExitCode.OK, ExitCode.NOTHING), result
    assert not guard.exists(), guard.read_text(encoding="utf-8")


# --- anything at all ---


def as_jsonl(text: str) -> str:
    """Return the articles of a TOML file as JSONL."""
    tables = [(kind, table) for kind, tables in tomllib.loads(text).items() for table in tables]
    return "".join(
        json.dumps(table if kind == "article" else {kind: table}, default=str) + "\n" for kind, table in tables
    )


FORMS = {"toml": SMALL, "jsonl": as_jsonl(SMALL)}
PIECES = sorted({*SMALL.split(), "\n[[article]]\n", '"""', "'''", "\\u0000", "[^", "{", "}", "\r", "\ufeff"})
EDIT = st.tuples(
    st.floats(0, 1),
    st.integers(0, 40),
    st.one_of(st.sampled_from(PIECES).map(str.encode), st.text(max_size=5).map(str.encode), st.binary(max_size=3)),
)
# No path can come of it that leads out of the folder.
ARGUMENT = st.one_of(
    st.sampled_from(["--json", "--format", "rich", "-n", "5", "--", "-", "--batch", "--short", "--category", "-q"]),
    st.sampled_from(["clay-masks", SLUGS[0], *QUESTION.split(), "--explain", "--min-confidence", "--articles", "0.5"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0/.~"), max_size=8),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for files that are written over and over, with the small library in it."""
    made = tmp_path_factory.mktemp("anything")
    (made / "small.toml").write_text(SMALL, encoding="utf-8")
    return made


@pytest.mark.parametrize("form", FORMS)
@examples(40)
@given(edits=st.lists(EDIT, max_size=4))
def test_any_article_file(folder: Path, form: str, edits: list[tuple[float, int, bytes]]) -> None:
    """An article file with anything done to it is a library, or an error for people."""
    content = FORMS[form].encode()
    for place, length, inserted in edits:
        start = int(place * len(content))
        content = content[:start] + inserted + content[start + length :]
    file = folder / f"any.{form}"
    file.write_bytes(content)
    with suppress(OraError):
        library = Library.open([file])
        assert [library.article(entry.slug).title for entry in library.entries()]
        library.ask(QUESTION, explain=True)
    for args in (("ask", QUESTION, "--explain"), ("sources", "--json"), ("list", "--long", "--format", "rich")):
        assert ora_here(*args, "--articles", file).code in (ExitCode.OK, ExitCode.NOTHING, ExitCode.BAD_ARTICLES)
    assert ora_here("check", file).code in (ExitCode.OK, ExitCode.NOTHING)


@examples(60)
@given(question=st.one_of(st.binary(max_size=40), st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join)))
def test_any_question_on_the_command_line(folder: Path, question: str | bytes) -> None:
    """A question of any bytes is answered or not, alone and in a batch."""
    line = question.encode() if isinstance(question, str) else question
    small = folder / "small.toml"
    argument = line.replace(b"\0", b"")
    for command in ("ask", "search"):
        result = ora_here(command, "--json", "--articles", small, "--", argument)
        assert result.code in (ExitCode.OK, ExitCode.NOTHING, ExitCode.USAGE)
        assert isinstance(json.loads(result.stdout), dict)
    batch = ora_here("ask", "--batch", "-", "--articles", small, stdin=line)
    assert batch.stdout.count("\n") == line.count(b"\n") + (not line.endswith(b"\n") and line != b"")


@examples(150)
@given(
    command=st.sampled_from(["ask", "search", "show", "list", "categories", "sources", "check", "paths", "--version"]),
    arguments=st.lists(ARGUMENT, max_size=6),
)
def test_any_command_line(folder: Path, command: str, arguments: list[str]) -> None:
    """Whatever is typed, the program ends with one of its exit codes and without a traceback."""
    known = {*ExitCode} - {ExitCode.UNEXPECTED, ExitCode.INTERRUPTED}
    with chdir(folder):
        assert ora_here(command, "--articles", folder / "small.toml", *arguments).code in known


# --- streams and signals ---

CLOSED = ("<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-")
STREAMERS = {"answer": ("ask", QUESTION, *ANSWERED), "miss": ("ask", "zzyzx"), "batch": ("ask", "--batch", "-")}


@pytest.mark.parametrize("closed", CLOSED)
@pytest.mark.parametrize("args", STREAMERS.values(), ids=STREAMERS)
def test_several_streams_closed(small: Path, cache: Path, closed: str, args: tuple[str, ...]) -> None:
    """Files that are opened get the numbers of the closed streams; nothing is written into them by mistake."""
    command = shlex.join(map(str, [*COMMAND, *args, "--articles", small]))
    result = run(["/bin/sh", "-c", f"{command} {closed}"], env=environment())
    assert "Traceback" not in result.stderr
    if " >&-" in f" {closed}" or "--batch" in args:
        assert result.code == ExitCode.IO
    else:
        assert result.code == (ExitCode.OK if ANSWERED[0] in args else ExitCode.NOTHING)
        before = stored(cache).stat().st_ino
        assert "Ten minutes" in ora_here("ask", QUESTION, *ANSWERED, "--articles", small).stdout
        assert stored(cache).stat().st_ino == before


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """Return a file of more questions than are answered in a moment."""
    file = tmp_path / "questions.txt"
    file.write_text(f"{QUESTION}\nshould I sleep in gloves\n" * 5000, encoding="utf-8")
    return file


def test_batch_that_is_interrupted(small: Path, questions: Path) -> None:
    """An interrupt at any moment of a batch ends it with 130 and without a word."""
    for number in range(5):
        process = start("ask", "--batch", questions, "--articles", small)
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["query"] == QUESTION
        time.sleep(random.Random(number).uniform(0, 0.1))
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
        assert (process.returncode, stderr.decode()) == (130, "")


def test_batch_whose_reader_leaves(small: Path, questions: Path) -> None:
    """`ora ask --batch … | head -n 1` ends well."""
    process = start("ask", "--batch", questions, "--articles", small)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 0
