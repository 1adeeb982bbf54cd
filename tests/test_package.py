"""What is shipped: the built packages hold the data, and the wheel runs on its own."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from conftest import PROJECT, check_json, environment

from ora_cli import __version__, commands
from ora_cli.commands.program import load


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the wheel and the source archive, the wheel made from the source archive."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(PROJECT)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    [wheel], [source] = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, source


def test_wheel_holds_the_program_and_its_data(built: tuple[Path, Path]) -> None:
    """Articles, their index, the word list with its licence, scripts, the manual page, the mark for types; no tests."""
    wheel = zipfile.ZipFile(built[0])
    names = set(wheel.namelist())
    assert {
        "ora_cli/cli.py",
        "ora_cli/data/articles.sqlite",
        "ora_cli/py.typed",
        "ora_cli/render/page.css",
        "ora_cli/terminal/scripts/ora.fish",
    } <= names
    page = f"ora_cli-{__version__}.data/data/share/man/man1/ora.1"
    assert wheel.read(page) == (PROJECT / "docs" / "ora.1").read_bytes()
    for name in (
        "articles.toml",
        "words.txt",
        "general_words.txt",
        "short_forms.txt",
        "spelling.txt",
        "word_vectors.bin",
    ):
        assert wheel.read(f"ora_cli/data/{name}") == (PROJECT / "data" / name).read_bytes()
    assert any(name.endswith("licenses/data/words.LICENSE.txt") for name in names)
    assert all(name.startswith(("ora_cli/", f"ora_cli-{__version__}.dist-info/")) for name in names - {page})


def test_source_archive_holds_what_the_wheel_is_made_from(built: tuple[Path, Path]) -> None:
    """Somebody with the archive alone can build, read and test it."""
    with tarfile.open(built[1]) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    assert {"pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "data/articles.toml", "data/words.txt"} <= names
    assert not [name for name in names if name.endswith(".sqlite")]
    assert {"docs/json.schema.json", "docs/pictures/draw.py", "docs/ora.1"} <= names
    assert {"src/ora_cli/cli.py", "tests/conftest.py", "tests/render/rendered/article.toml"} <= names


def test_wheel_runs_from_where_it_is_installed(built: tuple[Path, Path], tmp_path: Path) -> None:
    """The installed program answers from its own data, also where nothing can be written beside it."""
    installed = tmp_path / "installed"
    zipfile.ZipFile(built[0]).extractall(installed)

    def run(*args: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "ora_cli", *args],
            env=environment({"PYTHONPATH": str(installed)}),
            cwd=tmp_path,
            capture_output=True,
            check=True,
            text=True,
            timeout=60,
        )
        return done.stdout

    assert run("--version") == f"ora {__version__}\n"
    printed = run("paths", "--json")
    check_json("paths", printed)
    facts = json.loads(printed)
    assert run("completion", "bash").startswith("#")
    assert facts["bundled"] == str(installed / "ora_cli" / "data" / "articles.toml")
    assert facts["files"][0]["articles"] > 100


def test_first_question_to_the_wheel_builds_no_index(built: tuple[Path, Path], tmp_path: Path) -> None:
    """What builds an index is not even imported, where one can be kept and where not."""
    installed = tmp_path / "installed"
    zipfile.ZipFile(built[0]).extractall(installed)
    for folder in (tmp_path / "cache", "/dev/null"):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "ora_cli", "does", "botox", "cause", "sagging"],
            env=environment({"PYTHONPATH": str(installed), "XDG_CACHE_HOME": str(folder)}),
            cwd=tmp_path,
            capture_output=True,
            check=True,
            text=True,
            timeout=60,
        )
        assert "Botox" in done.stdout
        loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
        assert "ora_cli.index.prebuilt" in loaded
        assert loaded & {"ora_cli.index.builder", "ora_cli.content.reading", "tomllib"} == set()


def test_editable_install_has_no_prebuilt_index() -> None:
    """In a checkout the articles change all the time."""
    hook = runpy.run_path(str(PROJECT / "hatch_build.py"))["PrebuiltIndex"](str(PROJECT), {}, None, None, "", "wheel")
    to_be_packed: dict[str, dict[str, str]] = {"force_include": {}}
    hook.initialize("editable", to_be_packed)
    hook.finalize("editable", to_be_packed, "")
    assert to_be_packed == {"force_include": {}}


def test_command_is_declared(built: tuple[Path, Path]) -> None:
    """Installing the wheel makes the command `ora`."""
    wheel = zipfile.ZipFile(built[0])
    [declared] = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    assert "ora = ora_cli.__main__:main" in wheel.read(declared).decode()


def test_version_is_one(built: tuple[Path, Path]) -> None:
    """The packages carry the version of the code."""
    assert all(f"-{__version__}" in path.name for path in built)


HELPERS = set(
    "answering common conversation greeting manual misspelt options plain_question program settings".split()  # noqa: SIM905 -- names
)
"""What stands beside the commands and is none."""


def test_help_says_of_each_command_what_the_command_says_of_itself() -> None:
    """The summaries, which the help shows without importing the commands, are the commands' own."""
    folder = Path(commands.__file__).parent
    modules = {path.stem.rstrip("_") for path in folder.glob("[!_]*.py")}
    assert modules - HELPERS == set(commands.SUMMARIES)
    for name, summary in commands.SUMMARIES.items():
        assert load(name).get_short_help_str(limit=200) == summary
        assert len(summary) <= 60


def test_runs_from_a_zip_archive(tmp_path: Path) -> None:
    """FAULT 30: a plain zipapp finds its articles, its word lists and its scripts, with and without a cache folder."""
    import shutil
    import zipapp

    folder = tmp_path / "app"
    shutil.copytree(PROJECT / "src" / "ora_cli", folder / "ora_cli", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PROJECT / "data", folder / "ora_cli" / "data", ignore=shutil.ignore_patterns("facts"))
    archive = tmp_path / "ora.pyz"
    zipapp.create_archive(folder, archive, main="ora_cli.__main__:main")
    for env in ({}, {"XDG_CACHE_HOME": "/dev/null"}):
        for args, shown in ((("does", "botoks", "hurt"), "Botox"), (("completion", "bash"), "complete")):
            done = subprocess.run(
                [sys.executable, archive, *args], capture_output=True, text=True, env=environment(env), check=False
            )
            assert shown in done.stdout, done.stderr
