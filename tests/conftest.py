"""What all tests share: the command as a real process, a small library, and folders that are not the user's."""

from __future__ import annotations

import functools
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pexpect
import ptyprocess
import pytest
from hypothesis import settings
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from ora_cli import Library, paths
from ora_cli.cli import main
from ora_cli.commands import SUMMARIES

PROJECT = Path(__file__).parent.parent
SCHEMA: dict[str, Any] = json.loads((PROJECT / "docs" / "json.schema.json").read_text(encoding="utf-8"))
JSON_COMMANDS = [output["$ref"].removeprefix("#/$defs/") for output in SCHEMA["oneOf"]]

ALL_ROUNDS = bool(os.environ.get("CI"))
VARIABLES = (
    "CI",
    "COLUMNS",
    "FORCE_COLOR",
    "LINES",
    "NO_COLOR",
    "ORA_DEBUG",
    "ORA_MODEL",
    "ORA_PAGER",
    "ORA_PATH",
    "PAGER",
    "TERM",
)

# What Python raises before it starts another process.
PROCESS_EVENTS = {"os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system", "subprocess.Popen"}

SMALL = """
[[category]]
slug = "clay-masks"
name = "Clay masks"
description = "Mud on the face, and how to get it off."

[[category]]
slug = "hand-care"
name = "Hand care"
description = "Gloves, creams and nails."

[[source]]
id = "mudford-guide"
title = "A guide to clay"
publisher = "Mudford Institute"
url = "https://example.org/clay_guide"
kind = "reference"
date = "2021-05"
accessed = 2026-01-02

[[source]]
id = "glove-trial"
title = "A trial of cotton gloves at night"
publisher = "Annals of Invented Results"
url = "https://example.org/trials/an-address-that-is-too-long-for-forty-columns?page=1"
kind = "study"

[[source]]
id = "uncited-review"
title = "A review that nobody cites"
publisher = "Mudford Institute"
url = "https://example.org/review"
kind = "review"

[[synonym]]
terms = ["itch", "prickle"]

[[red_flag]]
sign = "clay-breath"
name = "Trouble breathing"
grade = "EMERGENCY"
rules = ["trouble breathing", "swollen tongue"]
examples = ["i have trouble breathing", "my swollen tongue"]
message = "Call the emergency number now."
sources = ["glove-trial"]

[[article]]
slug = "clay-mask-time"
title = "How long does a clay mask stay on?"
category = "clay-masks"
answer = "Ten minutes, or until it turns pale [^mudford-guide]."
also_asked = ["when should I wash off a clay mask"]
reviewed = 2026-02-03
urgent = "Wash it off at once if the skin burns [^mudford-guide]."
see_also = ["clay-mask-itch"]
was = ["mask-minutes"]
[[article.section]]
heading = "Why not longer"
body = \"\"\"
Dry clay draws **water** from the skin
and cracks [^mudford-guide].

- Thin layers dry faster.
- Steam slows drying [^glove-trial].
\"\"\"
[[article.section]]
heading = "Taking it off"
body = "Use lukewarm water and a soft cloth."

[[article]]
slug = "clay-mask-itch"
title = "Why does my face itch under a clay mask?"
category = "clay-masks"
answer = "Clay shrinks as it dries and pulls at the skin [^mudford-guide]."

[[article]]
slug = "clay-mask-often"
title = "How often can I use a clay mask?"
category = "clay-masks"
answer = "Once a week suits most skin."
reviewed = 2026-02-04

[[article]]
slug = "gloves-at-night"
title = "Do cotton gloves help dry hands at night?"
category = "hand-care"
answer = "Yes, over a thick cream [^glove-trial]."
also_asked = ["should I sleep in gloves"]

[[article]]
slug = "hot-water-hands"
title = "Is hot water bad for my hands?"
category = "hand-care"
answer = "Yes. It washes the oil away."

[[article]]
slug = "brittle-nails"
title = "What helps brittle nails?"
category = "hand-care"
answer = "Short nails, and oil every evening."
"""
SLUGS = [line.split('"')[1] for line in SMALL.split("[[article]]", 1)[1].splitlines() if line.startswith("slug = ")]


Variables = dict[str, str | None]


def rounds(count: int) -> int:
    """Return how many of so many rounds that differ by chance to run: all where `CI` is set, else a fifth."""
    return count if ALL_ROUNDS else count // 5


def examples(count: int) -> settings:
    """Return the settings of a test with so many made-up examples."""
    return settings(max_examples=rounds(count), deadline=None)


@dataclass(frozen=True)
class Result:
    """What a run of the command gave back."""

    code: int
    stdout: str
    stderr: str


def environment(changes: dict[str, str | None] | None = None) -> dict[str, str]:
    """Return the environment of the test with these changes; None takes a variable away."""
    merged = {**os.environ, **(changes or {})}
    return {name: value for name, value in merged.items() if value is not None}


def ora(
    *args: str | Path | bytes,
    stdin: str | bytes | None = None,
    env: dict[str, str | None] | None = None,
    cwd: Path | None = None,
) -> Result:
    """Run the command as users do, in a process of its own. It never shows a traceback."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "ora_cli", *args],
        input=given,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        env=environment(env),
        cwd=cwd,
        timeout=60,
        check=False,
    )
    return _checked(args, done.returncode, done.stdout, done.stderr)


def ora_here(*args: str | Path | bytes, stdin: str | bytes = b"", env: dict[str, str | None] | None = None) -> Result:
    """Run the command in this process, through its own `main`: the same result sooner, where no process is needed."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    stdout, stderr = io.BytesIO(), io.BytesIO()
    streams = {
        "stdin": io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"),
        "stdout": io.TextIOWrapper(stdout, encoding="utf-8"),
        "stderr": io.TextIOWrapper(stderr, encoding="utf-8", errors="backslashreplace"),
    }
    with (
        patch.multiple(sys, argv=["ora", *map(os.fsdecode, args)], **streams),
        patch.dict(os.environ, environment(env), clear=True),
        pytest.raises(SystemExit) as left,
    ):
        main()
    for stream in streams.values():
        stream.flush()
    return _checked(args, int(left.value.code or 0), stdout.getvalue(), stderr.getvalue())


def _checked(args: Sequence[str | Path | bytes], code: int, stdout: bytes, stderr: bytes) -> Result:
    result = Result(code, stdout.decode(), stderr.decode())
    assert "Traceback" not in result.stderr, result.stderr
    assert "unexpected error" not in result.stderr, result.stderr
    options = args[: args.index("--")] if "--" in args else args
    json_wanted = args and args[0] in JSON_COMMANDS and {"--json", "json", "--batch"} & set(options)
    if json_wanted or result.stdout.startswith('{"schema"'):
        check_json(str(args[0]), result.stdout)
    return result


def keys(name: str) -> set[str]:
    """Return the keys that an object of JSON always has, by its name in the schema."""
    return set(SCHEMA["$defs"][name]["required"])


def check_json(command: str, printed: str) -> None:
    """Hold every line that a command printed against the schema of its JSON, or of that of a failure."""
    for line in printed.split("\n")[:-1]:
        data = json.loads(line)
        # What is no command is a question.
        name = "failure" if data.get("status") == "error" else command if command in SUMMARIES else "ask"
        assert name in SCHEMA["$defs"], f"docs/json.schema.json has nothing of `ora {command}`"
        mistake = best_match(_validator(name).iter_errors(data))
        assert mistake is None, f"{name}: {mistake.json_path}: {mistake.message}"


@functools.cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]})


@pytest.fixture(autouse=True)
def _folders_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point everything that names a folder of the user's below the test's own folder."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Return the cache folder of the test; it is not there yet."""
    return tmp_path / "home" / "cache" / "ora"


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    """Return the user's own article folder, empty."""
    folder = tmp_path / "home" / "data" / "ora" / "articles"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return the file of the small library."""
    file = tmp_path / "small.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file


@pytest.fixture
def bundled(small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the small library the bundled one, in this process: the real one takes long to index."""
    monkeypatch.setattr(paths, "bundled_articles", lambda: small)
    return small


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a home folder in which the first test makes the index of the bundled articles for all others."""
    home = tmp_path_factory.mktemp("home")
    yield home
    assert {path.name for path in home.iterdir()} <= {".cache"}, "a test wrote where others read"


@pytest.fixture(scope="session")
def cached(shared_home: Path) -> Variables:
    """Return the variables that lead a command to the shared index; nothing may be written to these folders."""
    places = {"CONFIG": ".config", "DATA": ".local/share", "CACHE": ".cache"}
    return {f"XDG_{kind}_HOME": str(shared_home / place) for kind, place in places.items()}


@pytest.fixture
def shared_index(cached: Variables, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the test use the shared index of the bundled articles, here and in other processes."""
    for name, value in cached.items():
        monkeypatch.setenv(name, str(value))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Return the small library, opened in this process once for a whole file of tests."""
    folder = tmp_path_factory.mktemp("library")
    file = folder / "small.toml"
    file.write_text(SMALL, encoding="utf-8")
    return Library.open([file], cache=folder / "cache")


def stored(cache: Path) -> Path:
    """Return the one index in the cache folder, and make sure that nothing else was left there."""
    [index] = [path for path in cache.iterdir() if path.name != "lock"]
    assert index.suffix == ".sqlite"
    return index


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="Write tests/render/rendered and the manual page anew.")
    parser.addoption("--no-processes", action="store_true", help="Skip each test once it starts another process.")


@pytest.fixture(scope="session", autouse=True)
def _close_at_once() -> Iterator[None]:
    """Take away the tenths of a second that pexpect waits after closing a terminal, of which the tests close many."""
    started, opened = pexpect.spawn.__init__, ptyprocess.PtyProcess.__init__

    def start(child: Any, *args: Any, **options: Any) -> None:
        started(child, *args, **options)
        child.delaybeforesend, child.delayafterclose, child.delayafterterminate = 0.01, 0.01, 0.01

    def open_terminal(terminal: Any, *args: Any, **options: Any) -> None:
        opened(terminal, *args, **options)
        terminal.delayafterclose, terminal.delayafterterminate = 0.01, 0.01

    with (
        patch.object(pexpect.spawn, "__init__", start),
        patch.object(ptyprocess.PtyProcess, "__init__", open_terminal),
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """Heed interrupts, and let child processes do so: a shell that runs tests in the background has them ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _no_processes(request: pytest.FixtureRequest) -> None:
    """Skip tests that start a process, for the quick check: no test has to be marked, and none can be forgotten."""

    def skip_a_process(event: str, _: tuple[object, ...]) -> None:
        if event in PROCESS_EVENTS:
            pytest.skip("starts another process")

    if request.config.getoption("--no-processes"):
        sys.addaudithook(skip_a_process)
