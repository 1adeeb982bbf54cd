"""The documents: what they name exists, what they show is what happens, and the recipes work in real shells."""

from __future__ import annotations

import functools
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import JSON_COMMANDS, PROJECT, SCHEMA, check_json, environment, ora_here
from jsonschema import Draft202012Validator

from ora_cli import Library
from ora_cli.commands import SUMMARIES
from ora_cli.commands.misspelt import nearly_command
from ora_cli.commands.program import load
from ora_cli.errors import ExitCode
from ora_cli.matching.verdict import Status

PAGES = {
    path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8")
    for pattern in ("*.md", "docs/**/*.md", ".github/**/*.md")
    for path in sorted(PROJECT.glob(pattern))
}
README = PAGES["README.md"]

# The languages of blocks that are run, and what runs them.
INTERPRETERS = {"sh": ("bash", "zsh"), "zsh": ("zsh",), "python": ("python",)}
COMMANDS = {"bash": ["bash", "--norc"], "zsh": ["zsh", "--no-rcs"], "python": [sys.executable]}
TOOLS = ("fzf", "git", "jq")

_FENCED = re.compile(
    r"^(?:<!-- (?P<mark>.+) -->\n)?```(?P<language>\w+)(?: (?P<name>\S+))?\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
# A file of the project, and what follows it in a command.
_OWN_PATH = re.compile(r"(?<![\w/.-])((?:\.ci|\.github|benchmarks|docs|src|tests)/[\w./-]+)([^|;&\n]*)")


class Block(NamedTuple):
    """A block of code: a comment for the tests before it, its language, the file that it is, if any."""

    mark: str | None
    language: str
    name: str | None
    text: str


def blocks(text: str, language: str | None = None) -> list[Block]:
    """Return the blocks of code, or those in one language."""
    found = [Block(*fenced.groups()) for fenced in _FENCED.finditer(text)]
    return [block for block in found if language in (None, block.language)]


def sections(text: str) -> dict[str, str]:
    """Return the parts of a page by their headings."""
    _, *parts = re.split(r"^##+ (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def run(code: str, interpreter: str, folder: Path, env: dict[str, str | None]) -> subprocess.CompletedProcess[str]:
    """Run code as a file, with the installed `ora` on the path, both streams as one."""
    scripts = Path(sys.executable).parent
    assert (scripts / "ora").exists(), "the package is not installed"
    file = folder.with_suffix(".code")
    file.write_text(code, encoding="utf-8")
    return subprocess.run(
        [*COMMANDS[interpreter], file],
        cwd=folder,
        env=environment({"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", **env}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def assert_shown(printed: str, shown: str) -> None:
    """Assert that a page shows what was printed; `…` stands for anything."""
    pattern = ".*".join(map(re.escape, shown.strip().split("…")))
    assert re.fullmatch(pattern, printed.strip(), re.DOTALL), f"shown:\n{shown}\nprinted:\n{printed}"


# --- every page ---


def code_of(text: str) -> list[str]:
    """Return everything on a page that is set as code."""
    return [*(block.text for block in blocks(text)), *re.findall(r"`([^`\n]+)`", _FENCED.sub("", text))]


def commands_in(code: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of `ora` in a piece of code, with its options."""
    for name, rest in re.findall(r"\bora ([a-z]+)\b([^|;&<>\n]*)", code):
        question = name not in SUMMARIES and nearly_command(name) is None
        yield "ask" if question else name, re.findall(r"(?<!\S)--?[A-Za-z][\w-]*", rest.split(" -- ")[0])


@functools.cache
def options(command: str) -> set[str]:
    """Return the options that a command takes."""
    return {"-h", "--help"}.union(*(parameter.opts for parameter in load(command).params))


@pytest.mark.parametrize("page", PAGES)
def test_commands_on_a_page_exist(page: str) -> None:
    """Every command in the code of a page is one, and has the options it is shown with."""
    for code in code_of(PAGES[page]):
        for name, given in commands_in(code):
            assert name in SUMMARIES, code
            assert set(given) <= options(name), code


@pytest.mark.parametrize("page", PAGES)
def test_paths_on_a_page_exist(page: str) -> None:
    """Every file of the project in the code of a page is there; a script has the options it is shown with."""
    for code in code_of(PAGES[page]):
        for name, given in _OWN_PATH.findall(code):
            file = PROJECT / name
            assert file.exists(), code
            if name.startswith("benchmarks/"):
                source = file.read_text(encoding="utf-8")
                assert all(f'"{option}"' in source for option in re.findall(r"--[a-z-]+", given)), code


LINKS = [
    (page, target)
    for page, text in PAGES.items()
    for target in sorted(set(re.findall(r"\]\(([^)\s]+)\)", _FENCED.sub("", text))))
    if not target.startswith(("https://", "http://"))
]


@pytest.mark.parametrize(("page", "target"), LINKS, ids=map(" ".join, LINKS))
def test_link_leads_somewhere(page: str, target: str) -> None:
    """A link into the repository leads to a file, and to a heading of it."""
    path, _, anchor = target.partition("#")
    file = (PROJECT / page).parent / path if path else PROJECT / page
    assert file.exists()
    if anchor:
        headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        assert anchor in [re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings]


# --- the README ---


def test_readme_lists_the_commands() -> None:
    """Each command has its row in the table."""
    assert sorted(set(re.findall(r"^\| `ora ([a-z]+)", README, re.MULTILINE))) == sorted(SUMMARIES)


def test_readme_names_options_that_exist() -> None:
    """An option that is named without a command belongs to one of them."""
    known = {"--version"}.union(*map(options, SUMMARIES))
    named = [code.split()[0] for code in code_of(README) if code.startswith("-")]
    assert named
    assert set(named) <= known


def test_readme_lists_the_exit_codes() -> None:
    """The table has all of them and no other."""
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)] == sorted(ExitCode)


def test_readme_has_the_right_figures(shared_index: None) -> None:
    """The numbers of articles, categories and sources are those of the bundled file."""
    library = Library.open()
    counts = {
        "articles": len(library.entries()),
        "categories": len(library.categories()),
        "sources": sum(bool(slugs) for _, slugs in library.sources()),
    }
    [line] = re.findall(r"^- \d+ articles in .+$", README, re.MULTILINE)
    assert {name: int(number) for number, name in re.findall(r"(\d+) (\w+)", line)} == counts


def test_readme_shows_what_is_printed(tmp_path: Path, cached: dict[str, str | None]) -> None:
    """Under each command of a session stands what it prints."""
    sessions = "".join(block.text for block in blocks(README, "console"))
    shown = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", sessions, re.MULTILINE)
    assert shown
    for command, expected in shown:
        assert_shown(run(command, "bash", tmp_path, cached).stdout, expected)


def test_readme_shows_python_that_works(tmp_path: Path, cached: dict[str, str | None]) -> None:
    """The example of the library runs."""
    for block in blocks(README, "python"):
        done = run(block.text, "python", tmp_path, cached)
        assert done.returncode == 0, done.stdout


def test_readme_shows_articles_that_are_right(tmp_path: Path) -> None:
    """The example of an article file has nothing for `ora check` to find."""
    file = tmp_path / "example.toml"
    for block in blocks(README, "toml"):
        if "[[article]]" in block.text:
            file.write_text(block.text, encoding="utf-8")
            assert ora_here("check", file).stdout == ""


def readme_json() -> dict[str, Any]:
    """Return the README's example of an answer."""
    example: dict[str, Any] = json.loads(blocks(README, "json")[0].text)
    return example


def test_readme_shows_json_as_the_schema_has_it() -> None:
    """The example has every key that an answer always has and no other; every status is named."""
    check_json("ask", json.dumps(readme_json()) + "\n")
    assert all(f"`{status}`" in README for status in Status)


# --- the schema ---


def test_schema_is_one() -> None:
    """It keeps to its own schema, and lists commands only."""
    Draft202012Validator.check_schema(SCHEMA)
    assert set(JSON_COMMANDS) <= set(SUMMARIES)


@pytest.mark.parametrize("command", JSON_COMMANDS)
def test_schema_fits_what_is_printed_of_the_bundled_articles(command: str, cached: dict[str, str | None]) -> None:
    """`ora_here` holds against it all that the tests print; this is to print everything there is."""
    slug, exported = "face-sagging-after-botox", str(PROJECT / "tests" / "render" / "rendered" / "export.jsonl")
    args: dict[str, tuple[str, ...]] = {
        "ask": ("botocks sagging", "--explain"),
        "search": ("sagging",),
        "show": (slug,),
        "edit": (slug,),
        "import": (exported, "--dry-run"),
        "completion": ("bash",),
    }
    writing = command in ("edit", "new")
    result = ora_here(command, *args.get(command, ()), "--json", env={} if writing else cached)
    assert result.code == 0
    for line in result.stdout.splitlines():
        Draft202012Validator(SCHEMA).validate(json.loads(line))


def objects(data: Any) -> Iterator[dict[str, Any]]:
    """Yield all objects in JSON, at any depth."""
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from objects(value)
    if isinstance(data, dict):
        yield data


def refused(data: dict[str, Any]) -> bool:
    """Say whether the schema refuses this as what `ora ask` prints."""
    try:
        check_json("ask", json.dumps(data) + "\n")
    except AssertionError:
        return True
    return False


def test_schema_refuses_other_keys() -> None:
    """Wherever a key is missing from an answer, or there is one more, it does not fit."""
    count = len(list(objects(readme_json())))
    assert count > 5
    for number in range(count):
        changed = readme_json()
        place = list(objects(changed))[number]
        for key, value in list(place.items()):
            del place[key]
            assert refused(changed), key
            place[key] = value
        assert not refused(changed)
        place["new"] = None
        assert refused(changed)


CONTRADICTIONS: dict[str, dict[str, Any]] = {
    "another schema": {"schema": 2},
    "too sure": {"confidence": 1.1},
    "no answer but an article": {"status": "no_match", "reason": "why"},
    "no answer and no reason": {"status": "suggested", "article": None, "section": None},
    "an answer without an article": {"article": None},
    "an answer with a reason against it": {"reason": "why"},
    "an error with an article": {"status": "error", "error": "what"},
    "unknown status": {"status": "maybe"},
}


@pytest.mark.parametrize("change", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_schema_refuses_contradictions(change: dict[str, Any]) -> None:
    """What the keys say has to go together."""
    assert refused({**readme_json(), **change})


# --- the reference of the library ---


def test_reference_is_current() -> None:
    """It is made from the docstrings."""
    made = runpy.run_path(str(PROJECT / "docs" / "reference.py"))["page"]()
    assert made == PAGES["docs/python.md"], "write it anew: python docs/reference.py"


def test_reference_shows_python_that_works(tmp_path: Path, cached: dict[str, str | None]) -> None:
    """Its example runs."""
    [example] = blocks(PAGES["docs/python.md"], "python")
    done = run(example.text, "python", tmp_path, cached)
    assert done.returncode == 0, done.stdout
    assert "no article 'no-such-article-anywhere'" in done.stdout


# --- pictures ---

PICTURES = runpy.run_path(str(PROJECT / "docs" / "pictures" / "draw.py"))


@pytest.mark.parametrize("name", PICTURES["PICTURES"])
def test_picture_shows_what_is_printed(name: str, shared_home: Path) -> None:
    """A picture drawn anew is the same, byte for byte, and loads nothing from the net."""
    drawn = PICTURES["draw"](name, shared_home)
    kept = (PROJECT / "docs" / "pictures" / f"{name}.svg").read_text(encoding="utf-8")
    assert drawn == kept, "draw it anew: python docs/pictures/draw.py"
    assert "url(http" not in kept


def test_pictures_are_all_shown() -> None:
    """There is no picture without a page, and none that is not drawn."""
    kept = {path.stem for path in (PROJECT / "docs" / "pictures").glob("*.svg")}
    assert kept == set(PICTURES["PICTURES"])
    assert all(any(f"pictures/{name}.svg)" in text for text in PAGES.values()) for name in kept)


# --- recipes ---

RECIPES = {
    f"{heading} ({interpreter})": (part, interpreter)
    for heading, part in sections(PAGES["docs/recipes.md"]).items()
    for language in dict.fromkeys(block.language for block in blocks(part))
    for interpreter in INTERPRETERS.get(language, ())
}


def steps(recipe: str) -> Iterator[tuple[Block, Block | None]]:
    """Yield each block of a recipe with the one that shows what it prints."""
    for block, after in pairwise([*blocks(recipe), None]):
        if block and block.language != "text":
            yield block, after if after and after.language == "text" else None


@pytest.mark.parametrize(("recipe", "interpreter"), RECIPES.values(), ids=RECIPES)
def test_recipe(recipe: str, interpreter: str, tmp_path: Path, cached: dict[str, str | None]) -> None:
    """A recipe prints what the page shows; where it shows nothing, it ends well."""
    tools = [tool for tool in TOOLS if re.search(rf"\b{tool}\b", recipe)]
    for tool in (COMMANDS[interpreter][0], *tools):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    person = {f"GIT_{role}_{key}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    for block, shown in steps(recipe):
        if block.name:
            (tmp_path / block.name).write_text(block.text, encoding="utf-8")
            continue
        typed = re.fullmatch("the test types: (.+)", block.mark or "")
        env = {"FZF_DEFAULT_OPTS": f"--exact --filter='{typed[1]}'" if typed else None}
        done = run(block.text, interpreter, tmp_path, {**cached, **person, **env})
        if shown:
            assert_shown(done.stdout, shown.text)
        else:
            assert done.returncode == 0, done.stdout
